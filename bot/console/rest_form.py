"""`…/<case>/fill`: the rest of a telephone application as a form, at the window and at the hotline's desk."""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.console.pages import Pages
from bot.console.posted import posted_of
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from dialogs.as_data.edits import Result
from dialogs.as_data.entering import Posted
from handlers.ports import RoutingCore
from handlers.web.form.shape import SectionView
from handlers.web.form.view import FormPage
from handlers.window_forms import at_window
from handlers.window_rest import Rest, taken
from model.case import Case
from model.command import Command
from model.decision import Done, Refused
from model.draft import Draft
from model.edition import form_of, under
from model.login import Role

_REQUEST: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_DONE: Final = "filled"
MOST: Final = 128 * 1024
"""Bytes of a whole form."""


class RestForm:
    """One page; `opened` says whose case it is, and raises Problem for a case that is not his."""

    def __init__(
        self,
        core: RoutingCore,
        pages: Pages,
        place: str,
        roles: frozenset[Role],
        opened: Callable[[Visit], Awaitable[Case]],
    ) -> None:
        """`place`: the address below which it lies, where the case itself is shown."""
        self._core = core
        self._pages = pages
        self._place = place
        self._roles = roles
        self._opened = opened

    def routes(self) -> tuple[Route, ...]:
        """The form, empty and filled in."""
        path = f"{self._place}/{{case}}/fill"
        return Route("GET", path, self._roles, self._page), Route("POST", path, self._roles, self._sent, most=MOST)

    async def _page(self, visit: Visit) -> web.Response:
        try:
            case = await self._opened(visit)
        except Problem as problem:
            if not problem.again:
                raise
            return web.Response(status=303, headers={"Location": problem.again})  # something has to be shown first
        request = visit.request.query.get(_DONE, "")
        done = await self._core.done(_key(case, request)) if _REQUEST.fullmatch(request) else None
        return await self._shown(visit, case, done=isinstance(done, Done))

    async def _sent(self, visit: Visit) -> web.Response:
        case, request, posted = await self._opened(visit), visit.text("request"), posted_of(visit)
        if not _REQUEST.fullmatch(request):
            return await self._shown(visit, case, status=422)
        if isinstance(await self._core.done(_key(case, request)), Done):  # clicked twice, or the answer was lost
            return self._again(case, request)
        rest = self._rest(visit, case)
        empty = rest.empty()
        if empty is None:
            return await self._shown(visit, case, status=409)
        draft, results = rest.entered(empty, posted)
        if others := rest.overtaken(posted):
            problem = visit.catalogue.say("console.rest.overtaken", names=others)
            return await self._shown(visit, case, draft, posted, results, problem=problem, status=409)
        if not taken(results):
            return await self._shown(visit, case, draft, posted, results, status=422)
        actor = at_window(visit.clerk.staff.id)
        command = Command(id=_key(case, request), case=case.id, actor=actor, do=rest.command(draft))
        done = await self._core.execute(command, visit.now)
        if isinstance(done, Refused):
            now = await self._core.case(case.id) or case
            problem = visit.catalogue.say(f"refused.{done.code}", **done.about)
            return await self._shown(visit, now, draft, posted, results, problem=problem, status=422)
        return self._again(case, request)

    @staticmethod
    def _rest(visit: Visit, case: Case) -> Rest:
        return Rest(case, under(visit.clerk.county, case.process_version), visit.clerk.staff.id, visit.now)

    def _again(self, case: Case, request: str) -> web.Response:
        return web.Response(status=303, headers={"Location": f"{PREFIX}{self._place}/{case.id}/fill?{_DONE}={request}"})

    async def _shown(
        self,
        visit: Visit,
        case: Case,
        draft: Draft | None = None,
        posted: Posted | None = None,
        results: Mapping[str, Result] | None = None,
        *,
        problem: str = "",
        done: bool = False,
        status: int = 200,
    ) -> web.Response:
        """The form as it is now; without one it says that nothing is missing."""
        draft = draft or self._rest(visit, case).empty()
        sections: tuple[SectionView, ...] = ()
        if draft is not None:
            form = form_of(visit.clerk.county, draft)
            sections = FormPage(visit.catalogue, form, draft, posted=posted, results=results).sections()
        return self._pages.page(
            "rest_form",
            visit,
            status=status,
            case=case,
            sections=sections,
            problem=problem,
            done=done,
            request=secrets.token_urlsafe(18),
            at=f"{PREFIX}{self._place}/{case.id}",
        )


def _key(case: Case, request: str) -> str:
    """Of the command: the same form of the same page, however often it is sent."""
    return f"rest:{case.id}:{request}"
