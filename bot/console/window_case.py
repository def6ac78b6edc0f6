"""A case on the window's desk: what waits, and a form for every act that can be done now; what is done is a command of the core."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from bot.console.case_access import may_open
from bot.console.order_state import state_said
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.casework import Casework
from handlers.parties import parties
from handlers.window_acts import window_act
from handlers.window_desk import Desk, NotUnderstood
from handlers.window_forms import APART, FORMS, LONGEST, PICKED, SEVERAL, Lacking, at_window, typed
from handlers.window_rest import possible
from handlers.window_said import named
from handlers.wording.orders import order_name, standing_of
from model.case import Case
from model.command import Command
from model.county import County
from model.decision import Done, Refused
from model.edition import on_form, under
from model.login import Role
from routing.window_waits import waiting_at_window
from storage.mask import mask_name
from storage.staffing import Staffing

AT_WINDOW: Final = frozenset({Role.WINDOW})
_REQUEST: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_UNDERSTOOD: Final = 422


class WindowCase:
    """`/console/window/<case>` and its acts."""

    def __init__(self, core: Casework, staffing: Staffing, pages: Pages) -> None:
        self._core = core
        self._staffing = staffing
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The case, and what is done to it."""
        return (
            Route("GET", "/window/{case}", AT_WINDOW, self._page),
            Route("POST", "/window/{case}/acts/{act}", AT_WINDOW, self._acted),
        )

    async def opened(self, visit: Visit) -> Case:
        """The case in the path. Raises Problem where there is none, or it is none of his."""
        case = await self._core.case(visit.path["case"])
        if case is None or not may_open(visit.clerk, case):
            raise Problem(404, "no_case")
        return case

    async def _page(self, visit: Visit) -> web.Response:
        case = await self.opened(visit)
        said = visit.request.query.get("done", "")
        act, _, request = said.partition(".")
        done = (
            await self._core.done(key_of(case, act, request)) if act in FORMS and _REQUEST.fullmatch(request) else None
        )
        return await self._shown(visit, case, done=act if isinstance(done, Done) else "")

    async def _acted(self, visit: Visit) -> web.Response:
        case, act = await self.opened(visit), visit.path["act"]
        request = visit.text("request")
        if act not in FORMS or act in APART or not _REQUEST.fullmatch(request):
            raise Problem(404, "no_page")
        key = key_of(case, act, request)
        if isinstance(await self._core.done(key), Done):  # clicked twice, or the answer was lost
            return elsewhere(case, act, request)
        if visit.text("version") != str(case.version):
            return await self._shown(visit, case, act=act, stale=True, status=409)
        desk = await self.desk(visit, case)
        sent: dict[str, Sequence[str]] = {
            one.kind: [each for each in visit.form.getall(one.kind, []) if isinstance(each, str)]
            for one in FORMS[act].inputs
        }
        what = typed(act, sent, visit.now, visit.clerk.staff.id)
        if isinstance(what, Lacking):
            problem = visit.catalogue.say(
                f"console.window.problems.{what.code}", name=self._called(visit, act, what.kind)
            )
            return await self._shown(
                visit, case, act=act, sent=sent, problem=problem, wrong=what.kind, status=_UNDERSTOOD
            )
        try:
            do = window_act(act, what, case, desk.county, desk.staff, desk.signed)
        except NotUnderstood as error:
            return await self._shown(visit, case, act=act, sent=sent, problem=str(error), status=_UNDERSTOOD)
        command = Command(id=key, case=case.id, actor=at_window(visit.clerk.staff.id), do=do)
        done = await self._core.execute(command, visit.now)
        if isinstance(done, Refused):
            problem = visit.catalogue.say(f"refused.{done.code}", **done.about)
            now = await self._core.case(case.id) or case
            return await self._shown(visit, now, act=act, sent=sent, problem=problem, status=_UNDERSTOOD)
        return elsewhere(case, act, request)

    async def desk(self, visit: Visit, case: Case) -> Desk:
        """The case with all that its acts need to know."""
        county = visit.clerk.county
        rules = under(county, case.process_version)
        return Desk(case, rules, await self._staffing.of_county(county.id), await self._core.submission(case.id))

    async def _shown(
        self,
        visit: Visit,
        case: Case,
        *,
        act: str = "",
        sent: Mapping[str, Sequence[str]] | None = None,
        status: int = 200,
        **said: Any,
    ) -> web.Response:
        """`act`: whose form stays open, with what was `sent`; `problem` says why it was not done, `wrong` at which input."""
        desk = await self.desk(visit, case)
        county = desk.county
        waits = [(one, named(county, case, one)) for one in waiting_at_window(case)]
        now = {one.act for one, _ in waits}
        facts = {"done": "", "problem": "", "wrong": "", "stale": False} | said
        return self._pages.page(
            "window_case",
            visit,
            status=status,
            case=case,
            topic=f"county:{case.county}",
            applicant=_applicant(county, desk),
            waits=waits,
            orders=[_order(visit, county, case, one.id) for one in case.orders],
            acts=sorted(possible(desk, visit.now, visit.clerk.staff.id), key=lambda one: one.act not in now),
            open_acts=now | {act},
            act=act,
            sent=sent or {},
            known=visit.catalogue,
            request=secrets.token_urlsafe(18),
            picked=PICKED,
            several=SEVERAL,
            longest=LONGEST,
            apart=APART,
            **facts,
        )

    @staticmethod
    def _called(visit: Visit, act: str, kind: str) -> str:
        own, said = f"console.window.own.{act.replace('-', '_')}.{kind}", visit.catalogue
        return said.say(own) if own in said else said.say(f"console.window.inputs.{kind}")


def key_of(case: Case, act: str, request: str) -> str:
    """Of the command: the same form of the same page, however often it is sent."""
    return f"window:{case.id}:{act}:{request}"


def elsewhere(case: Case, act: str, request: str) -> web.Response:
    """To the case, which says what was done."""
    return web.Response(status=303, headers={"Location": f"{PREFIX}/window/{case.id}?done={act}.{request}"})


def _applicant(county: County, desk: Desk) -> str:
    if desk.signed is None:
        return ""
    return mask_name(parties(on_form(county, desk.signed.form_version), desk.signed.answers).applicant.name)


def _order(visit: Visit, county: County, case: Case, name: str) -> tuple[str, str, str]:
    order = next(one for one in case.orders if one.id == name)
    short = county.body[order.body].short if not order.candidates else ""
    return order_name(county, case, order), short, state_said(visit, order, standing_of(case, order))
