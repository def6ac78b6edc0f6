"""What waits for a clerk at each place of the console, in a few words, so that the first page says where to go first."""

from typing import Final, Protocol

from bot.console.steward.board import tasks_of
from bot.console.steward.desk import leads
from bot.console.supervising import viewer_of
from bot.console.visit import Visit
from bot.console.window_list import WindowList
from handlers.call_list import CallList, by_person
from handlers.enquiries import EnquiryDesk
from handlers.hotline.inbox import Inbox
from handlers.matters import matters_of
from handlers.overseeing import Overseeing
from handlers.ports import RoutingCore
from handlers.task_board import lying
from model.intake import Intake
from routing.window_waits import waiting_at_window

_CALLS: Final = 50
"""So many calls are looked at: whether one is still to be made shows when it is put in words."""


class Begun(Protocol):
    """Where what callers say is kept until it is registered."""

    async def open_of(self, county: str, clerk: str) -> tuple[Intake, ...]:
        """Those that a clerk has not finished."""


class Waits:
    """Counts what the pages themselves list, for no more than they cost. Raises `CoreAway`."""

    def __init__(
        self,
        core: RoutingCore,
        begun: Begun,
        enquiries: EnquiryDesk,
        window: WindowList,
        calls: CallList,
        overseeing: Overseeing,
        inbox: Inbox,
    ) -> None:
        """`window` is the one whose list is served: it knows which cases have not moved."""
        self._core = core
        self._begun = begun
        self._enquiries = enquiries
        self._window = window
        self._calls = calls
        self._overseeing = overseeing
        self._inbox = inbox

    async def at(self, place: str, visit: Visit) -> str:
        """What waits at this place (the key of a `navigation.Place`); what is done there, where nothing is counted."""
        count, late, clerk = 0, 0, visit.clerk
        match place:
            case "intake":
                count = len(await self._begun.open_of(clerk.county.id, clerk.staff.id))
            case "inbox":
                count = await self._inbox.count(clerk.county)
            case "enquiries":
                asked = await self._enquiries.waiting_for(clerk.staff.id)
                count, late = len(asked), sum(one.due is not None and one.due.at < visit.now for one in asked)
            case "window":
                waiting = [waiting_at_window(one) for one in await self._window.waiting(clerk.county)]
                late = sum(any(one.due is not None and one.due < visit.now for one in each) for each in waiting)
                count = len(waiting)
            case "worklist":
                count = len(by_person(await self._calls.waiting(clerk.county, visit.catalogue, _CALLS)))
            case "tasks":
                tasks = lying(await tasks_of(self._core, clerk, everybody=leads(clerk)), visit.now)
                matters = await matters_of(self._core, clerk.county, clerk.staff)
                count, late = len(tasks) + len(matters), sum(one.group == "late" for one in tasks)
                late += sum(one.due is not None and one.due < visit.now for one in matters)
            case "supervision":
                whole = (await self._overseeing.board(viewer_of(clerk))).lamps
                count, late = whole.near, whole.late
            case _:
                pass  # Nothing is counted there.
        return visit.catalogue.say(f"console.home.waits.{place}", count=count, late=late)
