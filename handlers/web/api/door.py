"""The door of the API: who is there, how often, with what; and every answer as JSON, also when it is a no (X23, J22)."""

import datetime as dt
import json
import re
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Final

import structlog
from aiohttp import hdrs, web

from handlers.ports import Clock, CoreAway, RoutingCore
from handlers.web.api.bodies import MOST, canonical, read_json
from handlers.web.api.call import Call
from handlers.web.api.desk import BodyDesk
from handlers.web.api.openapi import openapi
from handlers.web.api.portal import Portal
from handlers.web.api.problems import Refusing, problem_response
from handlers.web.api.routes import Audience, Route, routes
from handlers.wording.catalogue import Catalogue
from model.client import Client
from model.county import County
from model.edition import EditionUnknown
from storage.away import RECORDS_AWAY
from storage.clients import Clients

Allow = Callable[[str], bool]
"""Whether a client, by its id, may ask for something now."""

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PREFIX: Final = "/api"
_IDEMPOTENCY: Final = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_WAIT: Final = {"Retry-After": "5"}
_GIVEN: Final = {"portal": "portal_only", "body": "body_only"}

log = structlog.get_logger()


@dataclass(slots=True)
class _Visit:
    """What becomes known of a request on its way in: by which route, from whom, and in whose words it is answered."""

    route: str
    catalogue: Catalogue
    client: str = ""


class Api:
    """The JSON API over the routing core, for the clients that have a key."""

    def __init__(
        self,
        core: RoutingCore,
        clients: Clients,
        counties: Mapping[str, County],
        catalogues: Mapping[str, Catalogue],
        *,
        clock: Clock,
        allow: Allow = lambda _: True,
    ) -> None:
        """`catalogues` by county; what is said to somebody unknown is taken from the first."""
        self._clients = clients
        self._counties = counties
        self._catalogues = catalogues
        self._clock = clock
        self._allow = allow
        self._routes = routes(Portal(core, clients), BodyDesk(core, clients))

    def add_to(self, app: web.Application) -> None:
        """Add the routes below `/api`, with their own words for what is not there."""
        inner = web.Application(middlewares=[self._routed])
        for route in self._routes:
            inner.router.add_route(route.method, f"/v1{route.path}", self._serving(route))
        inner.router.add_get("/v1/openapi.json", self._described, allow_head=False)
        app.add_subapp(PREFIX, inner)

    async def _described(self, _: web.Request) -> web.Response:
        return web.Response(body=self._description, content_type="application/json")

    @cached_property
    def _description(self) -> bytes:
        return json.dumps(openapi(self._routes), ensure_ascii=False).encode()

    def _serving(self, route: Route) -> _Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            visit = _Visit(route.name, self._unknown())
            return await self._answered(visit, self._serve(route, request, visit))

        return serve

    @web.middleware
    async def _routed(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """What is not there is told as everything else."""

        async def nowhere(error: web.HTTPException) -> web.StreamResponse:
            raise error

        try:
            return await handler(request)
        except web.HTTPException as error:
            return await self._answered(_Visit("", self._unknown()), nowhere(error))

    async def _serve(self, route: Route, request: web.Request, visit: _Visit) -> web.Response:
        client = await self._known(request)
        visit.client = client.id
        county = self._counties.get(client.county)
        if county is None:
            raise Refusing(403, "county_closed")
        visit.catalogue = self._catalogues[county.id]
        if not self._allow(client.id):
            raise Refusing(429, "crowded", headers=_WAIT)
        if not _meant_for(route.audience, client):
            raise Refusing(403, _GIVEN[route.audience])
        if not all(one.isprintable() for one in (*request.match_info.values(), *request.query.values())):
            raise Refusing(404, "not_found")  # no name of ours has such characters, and not every database takes them
        call = Call(
            client=client,
            county=county,
            catalogue=visit.catalogue,
            now=self._clock().astimezone(dt.UTC),
            match=request.match_info,
            query=request.query,
        )
        if route.request is not None:
            call = await _with_body(call, request)
        answer = await route.handle(call)
        return web.Response(
            status=route.status,
            body=answer.model_dump_json(by_alias=True).encode(),
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    async def _known(self, request: web.Request) -> Client:
        scheme, _, key = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        asks = {"WWW-Authenticate": "Bearer"}
        if scheme.lower() != "bearer" or not key:
            raise Refusing(401, "key_missing", headers=asks)
        client = await self._clients.by_key(key.strip())
        if client is None:
            raise Refusing(401, "key_unknown", headers=asks)
        return client

    def _unknown(self) -> Catalogue:
        return next(iter(self._catalogues.values()))

    async def _answered(self, visit: _Visit, answer: Awaitable[web.StreamResponse]) -> web.StreamResponse:
        """The answer, or why there is none, as JSON; and a line in the log without anything of a person."""
        began = time.monotonic()
        try:
            response = await answer
        except Exception as error:
            response = problem_response(_told(error), visit.catalogue)
        took = round((time.monotonic() - began) * 1000, 1)
        log.info("api", route=visit.route, client=visit.client, status=response.status, ms=took)
        return response


def _told(error: Exception) -> Refusing:
    """What is said of whatever went wrong."""
    match error:
        case Refusing():
            return error
        case web.HTTPMethodNotAllowed():
            return Refusing(405, "method", headers={"Allow": ", ".join(sorted(error.allowed_methods))})
        case web.HTTPRequestEntityTooLarge():
            return Refusing(413, "too_large", about={"most": str(MOST // 1024)})
        case web.HTTPException():
            return Refusing(404, "no_route")
        case CoreAway() | EditionUnknown():  # an edition is learnt by then
            return Refusing(503, "away", headers=_WAIT)
    if isinstance(error, RECORDS_AWAY):
        return Refusing(503, "away", headers=_WAIT)
    log.error("api.failed", error=type(error).__name__, where=_where(error))
    return Refusing(500, "failed")


async def _with_body(call: Call, request: web.Request) -> Call:
    key = request.headers.get("Idempotency-Key")
    if key is None or not _IDEMPOTENCY.fullmatch(key):
        raise Refusing(400, "key_needed")
    body = await read_json(request)
    return replace(call, body=body, key=key, content=canonical([request.path, body]))


def _meant_for(audience: Audience, client: Client) -> bool:
    return audience == "anybody" or (audience == "body") == (client.body is not None)


def _where(error: BaseException) -> str:
    """The line it happened on: the message of an error may hold what somebody wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{PurePath(frame.filename).name}:{frame.lineno}:{frame.name}"
