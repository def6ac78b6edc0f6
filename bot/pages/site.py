"""The way of a request to its page: whose it is, how often, whether its form was really sent by its reader; and every answer's headers."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from aiohttp import web

from bot.channels.wechat.account import Account
from bot.channels.wechat.envelope import Clock
from bot.limits import Allowance, Buckets
from bot.pages.answering import Answering
from bot.pages.cookies import Cookies
from bot.pages.mounting import Handler, mounted
from bot.pages.policy import headers
from bot.pages.posted import read_posted
from bot.pages.problem import Problem
from bot.pages.proof import from_elsewhere, prove
from bot.pages.rendering import Rendering
from bot.pages.route import MOST, PREFIX, Audience, Route
from bot.pages.signing_in import SigningIn
from bot.pages.visit import Visit
from handlers.wording.catalogue import Catalogue

_NEW: Final = ""
"""Everybody whose browser shows nothing of ours counts as one."""


class Site:
    """Serves the routes of the table, and nothing else below `PREFIX`."""

    def __init__(
        self,
        routes: Iterable[Route],
        signing_in: SigningIn,
        rendering: Rendering,
        cookies: Cookies,
        accounts: Mapping[str, Account],
        catalogues: Mapping[str, Catalogue],
        *,
        clock: Clock,
        known: Buckets,
        new: Buckets,
    ) -> None:
        """`catalogues` by county; what is said where no account is known is taken from the first. `known` measures people and browsers
        one by one, `new` all browsers together that show nothing of ours.
        """
        self.routes = tuple(routes)
        self._signing_in = signing_in
        self._rendering = rendering
        self._cookies = cookies
        self._accounts = accounts
        self._catalogues = catalogues
        self._clock = clock
        self._known = known
        self._new = new
        self._answering = Answering("pages", headers(secure=cookies.secure))

    def add_to(self, app: web.Application) -> None:
        """Adds the routes, with their own words for what is not there."""
        app.add_subapp(PREFIX, mounted(self.routes, self._serving, self._lost))

    def _serving(self, route: Route) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._answering.answered(
                route.path, self._serve(route, request), partial(self._problem, request)
            )

        return serve

    async def _lost(self, request: web.Request, error: web.HTTPException) -> web.StreamResponse:
        return await self._answering.refused(error, partial(self._problem, request))

    async def _serve(self, route: Route, request: web.Request) -> web.Response:
        shown = self._cookies.browser(request)
        visit = Visit(
            request, self._catalogue(request), self._clock(), shown or secrets.token_urlsafe(24), self._account(request)
        )
        if route.audience is Audience.ANYBODY:
            if route.measured:
                self._measure(shown)
            return await route.handle(visit)
        if route.audience is Audience.HOLDER:
            self._measure(shown)
            if route.method != "GET":
                from_elsewhere(request)
            return await route.handle(replace(visit, request=request.clone(client_max_size=route.most or MOST)))
        session = await self._signing_in.known(visit)
        if session is None:
            self._measure(shown)
            return await self._signing_in.needed(visit)
        self._measure(f"{session.account} {session.person}")
        posted = None
        if route.most:
            posted = await read_posted(request, session.proof, route.most)
        elif route.method != "GET":
            await prove(request, session.proof)
        return await route.handle(replace(visit, session=session, posted=posted))

    def _measure(self, who: str) -> None:
        buckets = self._known if who else self._new
        if buckets.take(who or _NEW) is not Allowance.HEARD:
            raise Problem(429, "crowded")

    def _account(self, request: web.Request) -> Account | None:
        return self._accounts.get(request.match_info.get("account", ""))

    def _catalogue(self, request: web.Request) -> Catalogue:
        account = self._account(request)
        return self._catalogues[account.county] if account else next(iter(self._catalogues.values()))

    def _problem(self, request: web.Request, problem: Problem) -> web.Response:
        home = self._account(request) is not None or len(self._catalogues) == 1
        return self._rendering.problem(problem, self._catalogue(request), home=home)
