"""How one's own cases stand, on a page that looks by itself whether something has changed."""

from aiohttp import web

from bot.pages.problem import Problem
from bot.pages.rendering import Rendering
from bot.pages.route import PREFIX, Audience, Route
from bot.pages.visit import Visit
from handlers.form_desk import FormDesk
from handlers.own_progress import OwnProgress, mark


class ProgressPages:
    """For whoever the platform has named to us."""

    def __init__(self, progress: OwnProgress, desk: FormDesk, rendering: Rendering) -> None:
        """`desk` knows what waits for him in the chat."""
        self._progress = progress
        self._desk = desk
        self._rendering = rendering

    def routes(self) -> tuple[Route, ...]:
        """The page, and the short answer that it asks for again and again."""
        return (
            Route("GET", "/progress/{account}", Audience.PERSON, self._show),
            Route("GET", "/progress/{account}/mark", Audience.PERSON, self._mark),
        )

    async def _show(self, visit: Visit) -> web.Response:
        person, query = visit.person, visit.request.query
        cases = await self._progress.cases(person.account, person.person)
        wanted = [one for one in cases if query.get("case") in (None, one.number)]
        if "case" in query and not wanted:
            raise Problem(404, "not_your_case")
        talk = await self._desk.talk(person.account, person.person)
        return self._rendering.page(
            "progress",
            visit,
            account=visit.account.id,
            proof=person.proof,
            cases=[await self._progress.shown(one, talk, visit.now) for one in wanted] if len(wanted) == 1 else [],
            others=[(one.number, one.closed_at is not None) for one in cases if one not in wanted or len(wanted) > 1],
            drafts=len(talk.applications),
            here=f"{PREFIX}/progress/{visit.account.id}",
            form=f"{PREFIX}/form/{visit.account.id}",
            mark=mark(cases),
            received=query.get("received") == "yes",
        )

    async def _mark(self, visit: Visit) -> web.Response:
        cases = await self._progress.cases(visit.person.account, visit.person.person)
        return web.Response(text=mark(cases), content_type="text/plain")
