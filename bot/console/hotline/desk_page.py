"""`/console/desk`: somebody calls about a case. It is found in one line, and told of once he has shown that it is his (X14, X162)."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from aiohttp import web

from bot.console.case_page import looked
from bot.console.hotline.code_page import CodePage
from bot.console.hotline.intake_page import CALLS
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.handing_over import HandingOver
from handlers.hotline.desk import Desk, Found
from handlers.hotline.reporting import report
from handlers.ports import RoutingCore
from handlers.window_acts import ACTS, window_act, window_command
from handlers.window_desk import Desk as Window
from handlers.window_desk import NotUnderstood, Typed
from handlers.window_rest import possible
from model.case import Case
from model.commands.adding import AddService
from model.decision import Refused
from model.edition import under
from model.look import Look
from model.staff import Staff
from storage.caller_checks import How

HOME: Final = f"{PREFIX}/desk/"
_KEY: Final = 64
_LONGEST: Final = 200


OFFERED: Final[Mapping[str, str]] = {
    "agree": "",
    "built-inside": "",
    "phone": "phone",
    "fill": "",
    "read-out": "",
    "withdraw": "reason",
    "resume": "",
    "keep-on": "",
    "call-back": "outcome",
    "original": "",
    "reply-urge": "answer",
}
"""What a caller asks for most, of all that the window can do, and what words each wants ("" none); the rest is for the case's own page
and the command line.
"""


TAKEN: Final = frozenset({*OFFERED, "urge"} - {"fill"})
"""What is sent to this page; 补填 is a form of its own."""


class Looking(Protocol):
    """Writes down who has looked at what."""

    async def note(self, looked: Sequence[Look]) -> None:
        """Each once."""


class Staffed(Protocol):
    """Who serves."""

    async def of_county(self, county: str, body: str | None = None) -> tuple[Staff, ...]:
        """Those in service."""


class DeskPage:
    """Before he has shown that it is his, nothing of a case is on the page that he is to say himself."""

    def __init__(
        self,
        core: RoutingCore,
        desk: Desk,
        handing_over: HandingOver,
        staffing: Staffed,
        looks: Looking,
        pages: Pages,
        codes: CodePage,
    ) -> None:
        self._core = core
        self._desk = desk
        self._handing_over = handing_over
        self._staffing = staffing
        self._looks = looks
        self._pages = pages
        self._codes = codes

    def routes(self) -> tuple[Route, ...]:
        """For whoever serves callers and visitors."""
        one = "/desk/{case}"
        return (
            Route("GET", "/desk/", CALLS, self._home),
            Route("POST", "/desk/", CALLS, self._find),
            Route("GET", one, CALLS, self._page),
            Route("POST", f"{one}/check", CALLS, self._check),
            Route("POST", f"{one}/call", CALLS, self._call),
            Route("POST", f"{one}/act", CALLS, self._act),
            Route("POST", f"{one}/ticket", CALLS, self._ticket),
            Route("POST", f"{one}/handover", CALLS, self._hand_over),
        )

    async def _home(self, visit: Visit) -> web.Response:
        return self._pages.page("desk", visit, words="", found=None, key="")

    async def _find(self, visit: Visit) -> web.Response:
        """Posted, because what is typed is somebody's number or name, and would stand in addresses and logs else."""
        words = visit.text("words")[:_LONGEST]
        found: Found | None = None
        if words:
            found = await self._desk.find(visit.clerk.county, words)
            staff = visit.clerk.staff.id
            key = f"search:{staff}:{visit.now.timestamp()}"
            look = Look(
                key=key,
                county=visit.clerk.county.id,
                what="search",
                staff=staff,
                paper=found.by,
                way="console",
                at=visit.now,
            )
            await self._looks.note([look])
        return self._pages.page("desk", visit, words=words, found=found, key=secrets.token_hex(8))

    async def _page(self, visit: Visit) -> web.Response:
        act = visit.request.query.get("done", "")
        said = (
            visit.catalogue.say("console.hotline.done", act=ACTS[act].told.partition("：")[0]) if act in TAKEN else ""
        )
        return await self._shown(visit, await self._opened(visit), told=said)

    async def _check(self, visit: Visit) -> web.Response:
        case = await self._opened(visit)
        key = f"{visit.clerk.staff.id}:{case.id}:{visit.text('key')[:_KEY]}"
        if visit.text("how") == "called":
            await self._desk.called_back(case, visit.clerk.staff, key, visit.now)
            return _elsewhere(f"{HOME}{case.id}")
        how: How = "identity" if visit.text("how") == "identity" else "number"
        no = await self._desk.check(case, visit.clerk.staff, how, visit.text("said")[:_LONGEST], key, visit.now)
        if no is not None:
            return await self._shown(visit, case, refused=visit.catalogue.say(f"refused.{no.code}", **no.about))
        return _elsewhere(f"{HOME}{case.id}")

    async def _call(self, visit: Visit) -> web.Response:
        """The number on the case, for whoever calls back a caller who could not show that it is his."""
        case = await self._opened(visit)
        clerk = visit.clerk
        key = f"back:{clerk.staff.id}:{case.id}:{visit.now:%Y%m%d%H%M}"
        await self._looks.note(
            [
                Look(
                    key=key,
                    county=case.county,
                    what="call",
                    case=case.id,
                    staff=clerk.staff.id,
                    way="console",
                    at=visit.now,
                )
            ]
        )
        return await self._shown(visit, case, call=await self._desk.registered(clerk.county, case))

    async def _act(self, visit: Visit) -> web.Response:
        case = await self.his(visit)
        county = under(visit.clerk.county, case.process_version)
        staff = await self._staffing.of_county(county.id)
        names = tuple(filter(None, (one.strip() for one in visit.text("names").replace("；", "\n").splitlines())))
        typed = Typed(names, "", "", visit.text("words"), visit.now, visit.clerk.staff.id)
        act = visit.text("act")
        if act not in TAKEN or visit.text("version") != str(case.version):
            return await self._shown(visit, case, refused=visit.catalogue.say("console.hotline.moved_on"))
        try:
            do = window_act(act, typed, case, county, staff, await self._core.submission(case.id))
        except NotUnderstood as error:
            return await self._shown(visit, case, refused=str(error))
        if isinstance(do, AddService):  # it is read out first, which this page does not do
            raise Problem(404, "no_page")
        done = await self._core.execute(window_command(case, do, visit.clerk.staff.id), visit.now)
        if isinstance(done, Refused):
            said = visit.catalogue.say(f"refused.{done.code}", **done.about)
            return await self._shown(visit, case, refused=said)
        return _elsewhere(f"{HOME}{case.id}?done={act}")

    async def _ticket(self, visit: Visit) -> web.Response:
        case = await self.his(visit)
        no = await self._desk.ticket(case, visit.clerk.staff, visit.text("number"), visit.now)
        if no is not None:
            return await self._shown(visit, case, refused=visit.catalogue.say(f"refused.{no.code}", **no.about))
        return _elsewhere(f"{HOME}{case.id}")

    async def _hand_over(self, visit: Visit) -> web.Response:
        """A code that is shown once, now: it is not kept (ADR 27)."""
        case = await self.his(visit)
        made = await self._handing_over.offer(case, visit.clerk.staff.id, visit.now)
        if isinstance(made, Refused):
            return await self._shown(visit, case, refused=visit.catalogue.say(f"refused.{made.code}", **made.about))
        say = visit.catalogue.say
        title = say("console.hotline.code_of", number=case.number)
        return await self._codes.shown(visit, made, title, f"{HOME}{case.id}", say("console.hotline.back"))

    async def _opened(self, visit: Visit) -> Case:
        """The case in the path. Raises Problem where there is none of this county."""
        case = await self._desk.opened(visit.clerk.county, visit.path["case"])
        if case is None:
            raise Problem(404, "no_case")
        return case

    async def his(self, visit: Visit) -> Case:
        """The case, once its caller has shown that it is his. Raises Problem."""
        case = await self._opened(visit)
        if not await self._desk.shown(case, visit.clerk.staff, visit.now):
            raise Problem(403, "caller_unknown", again=f"{HOME}{case.id}")
        return case

    async def _shown(
        self, visit: Visit, case: Case, *, refused: str = "", told: str = "", call: str = ""
    ) -> web.Response:
        clerk, status = visit.clerk, 422 if refused else 200
        if not await self._desk.shown(case, clerk.staff, visit.now):
            return self._pages.page(
                "desk_check",
                visit,
                status=status,
                one=await self._desk.candidate(clerk.county, case),
                ways=await self._desk.ways(case),
                resting=await self._desk.resting(case, visit.now),
                call=call,
                refused=refused,
                key=secrets.token_hex(8),
                at=f"{HOME}{case.id}",
            )
        await self._looks.note([looked(clerk, case, visit.now)])
        rules = under(clerk.county, case.process_version)
        staff = await self._staffing.of_county(clerk.county.id)
        window = Window(case, rules, staff, await self._core.submission(case.id))
        can = {one.act: one.inputs for one in possible(window, visit.now, clerk.staff.id)}
        return self._pages.page(
            "desk_case",
            visit,
            status=status,
            case=case,
            report=await report(self._core, clerk.county, case, visit.now),
            offers=[(act, words, can[act]) for act, words in OFFERED.items() if act in can],
            urge="urge" in can,
            urged=min((one.urged.due.at for one in case.orders if one.urged is not None), default=None),
            tickets=await self._desk.tickets(case),
            refused=refused,
            number=visit.text("number")[:_LONGEST] if refused else "",
            told=told,
            at=f"{HOME}{case.id}",
        )


def _elsewhere(location: str) -> web.Response:
    # 303: whatever asked, what follows is a GET.
    return web.Response(status=303, headers={"Location": location})
