"""`/console/tasks/enquiries/<enquiry>`: a question that somebody has to answer (首问责任制), answered or handed on as in chat (J37–J47)."""

from typing import Final

from aiohttp import web

from bot.console.case_access import may_open
from bot.console.case_page import Looking
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.steward.desk import DONE, MATTERS, Desk
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.asked_here import HOW, Asked, AskedHere, done_key
from handlers.ports import RoutingCore
from handlers.wording.outcomes import EnquiryActed
from model.look import Look
from model.message import Act
from routing.enquiries import LONGEST
from storage.mask import mask_phone, mask_text

PLACE: Final = "/tasks/enquiries/{enquiry}"
_DONE_BY: Final = {"refer_enquiry": "answer_enquiry"}
"""What the record has of an act under another name."""


class EnquiryPage:
    """For whoever it lies with; nobody else learns that there is one."""

    def __init__(self, core: RoutingCore, enquiries: AskedHere, desk: Desk, looks: Looking, pages: Pages) -> None:
        self._core = core
        self._enquiries = enquiries
        self._desk = desk
        self._looks = looks
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page, what is done on it, and the page with the number to call."""
        return (
            Route("GET", PLACE, MATTERS, self._page),
            Route("POST", PLACE, MATTERS, self._sent),
            Route("POST", f"{PLACE}/look", MATTERS, self._revealed),
        )

    async def _page(self, visit: Visit) -> web.Response:
        one, did = await self._waiting(visit), await self._desk.did(visit)
        if one is None and did:  # nothing is left to do about it
            return web.Response(
                status=303, headers={"Location": f"{PREFIX}/tasks?{DONE}={visit.request.query.get(DONE, '')}"}
            )
        return await self._shown(visit, _there(one), did=did)

    async def _revealed(self, visit: Visit) -> web.Response:
        one, staff = _there(await self._waiting(visit)), visit.clerk.staff
        key = f"enquiry:{staff.id}:{one.enquiry.id}:{visit.now:%Y%m%d%H%M}"
        look = Look(
            key=key, county=staff.county, what="enquiry", case=one.enquiry.case, staff=staff.id, way="console", at=visit.now
        )  # fmt: skip
        await self._looks.note([look])
        return await self._shown(visit, one, whole=True)

    async def _sent(self, visit: Visit) -> web.Response:
        """An act; told twice, it is done once, and what was seen before something else has happened is not done."""
        one, act_id = await self._waiting(visit), visit.text("act")
        seen = visit.text("request")
        version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 8 else 0
        if one is None or one.enquiry.version != version:
            key = done_key(visit.path["enquiry"], version + 1)
            if await self._did(visit, key, act_id):
                return _done(visit, key)
        one = _there(one)
        act = next((each for each in one.asked.acts if each.id == act_id), None)
        if act is None or one.enquiry.version != version:
            return await self._shown(visit, one, problem=visit.catalogue.say("console.tasks.stale"), status=409)
        words, to = visit.text("words"), visit.text("to")
        if (lacking := await self._lacking(visit, one, act, words, to)) is not None:
            return await self._shown(visit, one, problem=lacking, status=400)
        outcome = await self._enquiries.act(visit.clerk.county, visit.clerk.staff, one, act, visit.now, words, to)
        if not outcome.refused:
            return _done(visit, outcome.key)
        current = _there(await self._waiting(visit))
        return await self._shown(visit, current, problem=self._desk.words(visit, outcome), status=409)

    async def _lacking(self, visit: Visit, one: Asked, act: Act, words: str, to: str) -> str | None:
        """What he has to enter yet."""
        if act.id == "answer_enquiry" and not words.strip():
            return visit.catalogue.say("console.asked.no_words")
        if act.id in HOW:
            known = await self._enquiries.targets(visit.clerk.county, visit.clerk.staff, one)
            if to not in {target.id for target in known[act.id]}:
                return visit.catalogue.say("console.asked.no_target")
        return None

    async def _waiting(self, visit: Visit) -> Asked | None:
        found = await self._enquiries.waiting(visit.clerk.county, visit.clerk.staff)
        return next((one for one in found if one.enquiry.id == visit.path["enquiry"]), None)

    async def _did(self, visit: Visit, key: str, act_id: str) -> bool:
        """Whether this is what he has done there."""
        found = await self._enquiries.told(visit.clerk.county, visit.clerk.staff, key)
        said = found.told[0] if found is not None else None
        return isinstance(said, EnquiryActed) and said.do == _DONE_BY.get(act_id, act_id)

    async def _shown(
        self, visit: Visit, one: Asked, *, whole: bool = False, did: str = "", problem: str = "", status: int = 200
    ) -> web.Response:
        clerk, enquiry = visit.clerk, one.enquiry
        case = await self._core.case(enquiry.case) if enquiry.case else None
        return self._pages.page(
            "asked",
            visit,
            status=status,
            topic=f"county:{clerk.county.id}",
            one=one,
            at=f"{PREFIX}/tasks/enquiries/{enquiry.id}",
            words=enquiry.words if whole else mask_text(enquiry.words),
            phone=enquiry.phone if whole else mask_phone(enquiry.phone),
            whole=whole,
            case=case if case is not None and may_open(clerk, case) else None,
            targets=await self._enquiries.targets(clerk.county, clerk.staff, one),
            typed=visit.text("words") if problem else "",
            longest=LONGEST,
            did=did,
            problem=problem,
        )


def _there(one: Asked | None) -> Asked:
    if one is None:
        raise Problem(404, "no_matter")
    return one


def _done(visit: Visit, key: str) -> web.Response:
    return web.Response(status=303, headers={"Location": f"{visit.request.path}?{DONE}={key}"})
