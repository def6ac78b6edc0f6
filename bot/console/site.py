"""The way of a request to its page of the console: who it is, whether his roles see it, how often, whether his form is his."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit

from aiohttp import web
from aiohttp.web_request import FileField

from bot.channels.wechat.envelope import Clock
from bot.console.pages import Pages
from bot.console.route import PREFIX, Open, Route
from bot.console.signing_in import LOGIN, PASSWORD, SigningIn
from bot.console.visit import Visit
from bot.limits import Allowance, Buckets
from bot.pages.answering import Answering
from bot.pages.mounting import Handler, mounted
from bot.pages.problem import Problem
from bot.pages.proof import prove
from handlers.wording.catalogue import Catalogue

_NEW: Final = ""
"""Everybody who is not signed in counts as one."""


class Site:
    """Serves the routes of the table, and nothing else below `PREFIX`."""

    def __init__(
        self,
        routes: Iterable[Route],
        signing_in: SigningIn,
        pages: Pages,
        catalogues: Mapping[str, Catalogue],
        *,
        answering: Answering,
        clock: Clock,
        known: Buckets,
        new: Buckets,
        done: Callable[[], None],
    ) -> None:
        """`catalogues` by county; what is said to nobody known is taken from the first. `known` measures clerks one by one, `new` all
        together who are not signed in. `done` is called when a form was dealt with.
        """
        self._done = done
        self.routes = tuple(routes)
        self._signing_in = signing_in
        self._pages = pages
        self._catalogues = catalogues
        self._clock = clock
        self._known = known
        self._new = new
        self._answering = answering

    def add_to(self, app: web.Application) -> None:
        """Adds the routes, with their own words for what is not there."""

        async def slash(_: web.Request) -> web.Response:
            return _elsewhere(f"{PREFIX}/")

        app.router.add_get(PREFIX, slash)
        app.add_subapp(PREFIX, mounted(self.routes, self._serving, self._lost))

    def _serving(self, route: Route) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            visit = Visit(request, next(iter(self._catalogues.values())), self._clock())
            found: list[Visit] = [visit]
            return await self._answering.answered(
                route.path, self._serve(route, visit, found), lambda problem: self._pages.problem(problem, found[-1])
            )

        return serve

    async def _lost(self, request: web.Request, error: web.HTTPException) -> web.StreamResponse:
        visit = Visit(request, next(iter(self._catalogues.values())), self._clock())
        return await self._answering.refused(error, lambda problem: self._pages.problem(problem, visit))

    async def _serve(self, route: Route, visit: Visit, found: list[Visit]) -> web.StreamResponse:
        if route.audience is Open.ANYBODY:
            return await route.handle(visit)
        session, clerk = await self._signing_in.known(visit)
        visit = replace(visit, session=session)
        if clerk is not None:
            visit = replace(visit, served=clerk, catalogue=self._catalogues[clerk.county.id])
        found.append(visit)
        if clerk is None and route.audience is not Open.COMER:
            return self._away(visit)  # costs nothing
        self._measure(clerk.login.name if clerk else _NEW)
        if route.audience is Open.COMER:
            if session is None:
                if route.method == "POST":
                    raise Problem(401, "console_signed_out")
                return await self._signing_in.page(visit)
        elif visit.clerk.login.given and not route.first:
            return _elsewhere(PASSWORD)
        elif not route.admits(visit.clerk.roles):
            raise Problem(403, "not_for_you")
        if route.method != "POST":
            return await route.handle(visit)
        request = visit.request.clone(client_max_size=route.most)
        form = await request.post()
        try:
            await prove(request, visit.proof)
            visit = replace(visit, request=request, form=form)
            found.append(visit)
            return await route.handle(visit)
        finally:
            self._done()
            # aiohttp lets go of the files of the request that came, and not of those of its clone
            for one in form.values():
                if isinstance(one, FileField):
                    one.file.close()

    def _away(self, visit: Visit) -> web.Response:
        """Somebody who is not signed in asks for a page."""
        if visit.request.method != "GET":
            # Back to the page on which the form stood, not to where it was sent.
            stood = urlsplit(visit.request.headers.get("Referer", "")).path
            raise Problem(401, "console_signed_out", again=f"{LOGIN}?to={quote(stood, safe='')}")
        return _elsewhere(f"{LOGIN}?to={quote(visit.request.raw_path, safe='')}")

    def _measure(self, who: str) -> None:
        buckets = self._known if who else self._new
        if buckets.take(who) is not Allowance.HEARD:
            raise Problem(429, "crowded")


def _elsewhere(location: str) -> web.Response:
    return web.Response(status=303, headers={"Location": location})
