"""What waits for a clerk at each place of the console, in a few words, so that the first page says where to go first."""

import datetime as dt
from typing import Final, Protocol

from bot.console.lately import Count, Lately
from bot.console.steward.desk import leads, matters_at, serves
from bot.console.steward.orders import orders_of
from bot.console.supervising import viewer_of
from bot.console.visit import Visit
from bot.console.window_list import WindowList
from handlers.asked_here import AskedHere
from handlers.call_list import CallList, by_person
from handlers.enquiries import EnquiryDesk
from handlers.hotline.inbox import Inbox
from handlers.overseeing import Overseeing
from handlers.ports import RoutingCore
from model.county import County
from model.intake import Intake
from model.viewer import Viewer
from routing.window_waits import waiting_at_window

_CALLS: Final = 50
"""So many calls are looked at: whether one is still to be made shows when it is put in words."""


class Begun(Protocol):
    """Where what callers say is kept until it is registered."""

    async def open_of(self, county: str, clerk: str) -> tuple[Intake, ...]:
        """Those that a clerk has not finished."""


class Waits:
    """Counts what the pages themselves list, what many clerks see once for all of them. Raises `CoreAway`."""

    def __init__(
        self,
        core: RoutingCore,
        begun: Begun,
        enquiries: EnquiryDesk,
        asked: AskedHere,
        window: WindowList,
        calls: CallList,
        overseeing: Overseeing,
        inbox: Inbox,
        lately: Lately,
    ) -> None:
        """`window` is the one whose list is served: it knows which cases have not moved."""
        self._lately = lately
        self._core = core
        self._begun = begun
        self._enquiries = enquiries
        self._asked = asked
        self._window = window
        self._calls = calls
        self._overseeing = overseeing
        self._inbox = inbox

    async def at(self, place: str, visit: Visit) -> str:
        """What waits at this place (the key of a `navigation.Place`); what is done there, where nothing is counted."""
        count, late = await self._count(place, visit)
        return visit.catalogue.say(f"console.home.waits.{place}", count=count, late=late)

    async def _count(self, place: str, visit: Visit) -> Count:
        clerk, county = visit.clerk, visit.clerk.county
        match place:
            case "intake":
                return len(await self._begun.open_of(county.id, clerk.staff.id)), 0
            case "inbox":
                return await self._lately.of((place, county.id), lambda: self._talks(county))
            case "enquiries":
                asked = await self._enquiries.waiting_for(clerk.staff.id)
                return len(asked), sum(one.due is not None and one.due.at < visit.now for one in asked)
            case "window":
                return await self._lately.of((place, county.id), lambda: self._at_window(county, visit.now))
            case "worklist":
                return await self._lately.of((place, county.id), lambda: self._to_call(visit))
            case "tasks":
                return await self._lately.of((place, clerk.staff.id, clerk.roles), lambda: self._tasks(visit))
            case "supervision":
                viewer = viewer_of(clerk)
                return await self._lately.of((place, viewer.county, viewer.body), lambda: self._lamps(viewer))
            case _:
                return 0, 0  # Nothing is counted there.

    async def _talks(self, county: County) -> Count:
        return await self._inbox.count(county), 0

    async def _at_window(self, county: County, now: dt.datetime) -> Count:
        waiting = [waiting_at_window(one) for one in await self._window.waiting(county)]
        return len(waiting), sum(any(one.due is not None and one.due < now for one in each) for each in waiting)

    async def _to_call(self, visit: Visit) -> Count:
        return len(by_person(await self._calls.waiting(visit.clerk.county, visit.catalogue, _CALLS))), 0

    async def _tasks(self, visit: Visit) -> Count:
        """What nobody has yet is not late on the board either."""
        clerk, staff = visit.clerk, visit.clerk.staff
        orders = await orders_of(self._core, clerk, everybody=leads(clerk)) if serves(clerk) else []
        claims = await self._core.claims(staff.id) if serves(clerk) else ()
        matters = await matters_at(self._core, clerk)
        asked = await self._asked.waiting(clerk.county, staff)
        dues = [one.due for one in orders if one.steward is not None]
        dues += [*(one.due for one in matters), *(one.due for one in asked)]
        late = sum(one is not None and one < visit.now for one in dues)
        return len(orders) + len(claims) + len(matters) + len(asked), late

    async def _lamps(self, viewer: Viewer) -> Count:
        whole = (await self._overseeing.board(viewer)).lamps
        return whole.near, whole.late
