"""`/console/enquiries`: what callers ask or complain of is written down here, and seen to by whoever heard it (首问负责, J37–J47)."""

import secrets
from typing import Final, Protocol

from aiohttp import web

from bot.console.hotline.intake_page import CALLS
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.hotline.asking import Asking
from handlers.wording.holders import called
from model.decision import Refused
from model.enquiry import Enquiry, Holder
from model.login import Role
from model.staff import Staff
from routing.enquiries import LONGEST

HOME: Final = f"{PREFIX}/enquiries/"
_KEY: Final = 64
_DONE: Final = ("answered", "offered")


class Staffed(Protocol):
    """Who serves."""

    async def one(self, staff_id: str) -> Staff | None:
        """A member of staff by his id."""


class EnquiryPage:
    """A list of those that wait for the clerk, and a form for the next."""

    def __init__(self, asking: Asking, staffing: Staffed, pages: Pages) -> None:
        self._asking = asking
        self._staffing = staffing
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """For whoever serves callers and visitors."""
        one = "/enquiries/{enquiry}"
        return (
            Route("GET", "/enquiries/", CALLS, self._page),
            Route("POST", "/enquiries/", CALLS, self._ask),
            Route("POST", f"{one}/answer", CALLS, self._answer),
            Route("POST", f"{one}/hand-over", CALLS, self._hand_over),
        )

    async def _page(self, visit: Visit) -> web.Response:
        return await self._shown(visit, told=await self._told(visit))

    async def _ask(self, visit: Visit) -> web.Response:
        if visit.text("draft"):  # words that were typed elsewhere, to begin with
            return await self._shown(visit, words=visit.text("words"))
        window = visit.text("channel") == "window" and Role.WINDOW in visit.clerk.roles
        done = await self._asking.ask(
            visit.clerk.staff,
            visit.text("words"),
            visit.text("phone"),
            f"{visit.clerk.staff.id}:{visit.text('key')[:_KEY]}",
            visit.now,
            about=visit.text("about"),
            complaint=bool(visit.text("complaint")),
            channel="window" if window else "phone",
            ticket=visit.text("ticket"),
        )
        if isinstance(done, Refused):
            said = visit.catalogue.say(f"refused.{done.code}", **done.about)
            return await self._shown(visit, refused=said, words=visit.text("words"), phone=visit.text("phone"))
        return _elsewhere(f"{HOME}?done=asked&enquiry={done.id}")

    async def _answer(self, visit: Visit) -> web.Response:
        done = await self._asking.answer(visit.clerk.staff, visit.path["enquiry"], visit.text("words"), visit.now)
        return await self._done(visit, done, "answered")

    async def _hand_over(self, visit: Visit) -> web.Response:
        done = await self._asking.hand_over(visit.clerk.staff, visit.path["enquiry"], visit.text("body"), visit.now)
        return await self._done(visit, done, "offered")

    async def _done(self, visit: Visit, done: Enquiry | Refused, told: str) -> web.Response:
        if isinstance(done, Refused):
            if done.code == "enquiry.unknown":
                raise Problem(404, "no_enquiry")
            return await self._shown(visit, refused=visit.catalogue.say(f"refused.{done.code}", **done.about))
        return _elsewhere(f"{HOME}?done={told}")

    async def _told(self, visit: Visit) -> str:
        """What was done on the page before."""
        done, say = visit.request.query.get("done", ""), visit.catalogue.say
        if done in _DONE:
            return say(f"console.hotline.{done}")
        one = await self._asking.one(visit.clerk.staff, visit.request.query.get("enquiry", "")[:_KEY])
        if done != "asked" or one is None:
            return ""
        return say("console.hotline.asked", owner=await self._name(visit, one.owner), due=one.due)

    async def _shown(
        self, visit: Visit, *, refused: str = "", told: str = "", words: str = "", phone: str = ""
    ) -> web.Response:
        waiting = await self._asking.waiting(visit.clerk.staff)
        me = Holder(kind="staff", id=visit.clerk.staff.id)
        return self._pages.page(
            "enquiries",
            visit,
            status=422 if refused else 200,
            waiting=[(one, await self._name(visit, one.owner), one.owner == me) for one in waiting],
            tickets=await self._asking.tickets(waiting),
            refused=refused,
            told=told,
            words=words,
            phone=phone,
            longest=LONGEST,
            visitors=Role.WINDOW in visit.clerk.roles,
            key=secrets.token_hex(8),
        )

    async def _name(self, visit: Visit, holder: Holder) -> str:
        return called(
            holder, visit.clerk.county, await self._staffing.one(holder.id) if holder.kind == "staff" else None
        ).name


def _elsewhere(location: str) -> web.Response:
    # 303: whatever asked, what follows is a GET.
    return web.Response(status=303, headers={"Location": location})
