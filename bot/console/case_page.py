"""A case of the console: how it stands, who has what, what was done when. What is personal is masked until somebody asks for it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from aiohttp import web

from bot.console.case_access import may_open, only_for_a_caller, visible_orders
from bot.console.entry_details import details
from bot.console.order_state import state_said
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.steward.desk import ROLES as OF_TASKS
from bot.console.steward.desk import may_open as may_serve
from bot.console.visit import Clerk, Visit
from bot.pages.problem import Problem
from handlers.hotline.desk import SHOWN_FOR
from handlers.parties import parties, to_call
from handlers.ports import RoutingCore, Task
from handlers.wording.dues import in_words
from handlers.wording.orders import order_name, standing_of
from handlers.wording.progress import lines
from handlers.wording.values import show
from model.case import CALLER, Case
from model.county import County
from model.edition import on_form, under
from model.event import Event, Recorded
from model.login import ALL, Role
from model.look import Look
from model.order import Order
from model.staff import Staff
from routing.timeline import next_step, timeline
from storage.mask import mask_address, mask_name, mask_phone

WHOLE: Final = "whole"
"""In the query of a page that shows what is personal."""
_REVEALED: Final = dt.timedelta(minutes=10)
"""So long such a page shows it again, to whoever goes back to it."""
_MARKS: Final = frozenset({"rated", "reason_given", "called_back", "objected"})
"""What an applicant says of those who served him: never shown to whom it concerns."""
_JUDGES: Final = frozenset({Role.WINDOW, Role.HOTLINE, Role.SUPERVISOR, Role.ADMIN})


class Looking(Protocol):
    """Writes down who has looked at what, and knows it."""

    async def note(self, looked: Sequence[Look]) -> None:
        """Each once."""

    async def by(self, staff: str, since: dt.datetime) -> Sequence[Look]:
        """All looks of a member of staff since then."""


class Shown(Protocol):
    """Says whether callers have shown that cases are theirs."""

    async def shown(self, case: str, clerk: str, since: dt.datetime) -> dt.datetime | None:
        """When one has last shown it to this clerk since then."""


class Party(NamedTuple):
    """Who applies, as it is shown."""

    name: str
    phone: str
    place: str
    shown: bool


class Line(NamedTuple):
    """An order in the table; `task`: the page on which this clerk serves it, if he does."""

    name: str
    task: str
    state: str
    reason: str
    who: str
    phone: str
    due: str
    late: bool
    paused: bool


class Entry(NamedTuple):
    """Something that was done."""

    at: dt.datetime
    what: str
    services: tuple[str, ...]
    by: str
    details: str


class CasePage:
    """`/console/cases/<id>`: for every role, as far as it may see the case."""

    def __init__(self, core: RoutingCore, callers: Shown, looks: Looking, pages: Pages) -> None:
        self._core = core
        self._callers = callers
        self._looks = looks
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page, and the page with what is personal."""
        return (
            Route("GET", "/cases/{case}", ALL, self._page),
            Route("POST", "/cases/{case}", ALL, self._revealed),
        )

    async def opened(self, visit: Visit) -> Case:
        """The case in the path. Raises Problem where there is none, or it is none of his: nobody learns which; and where it is opened
        for a caller who has not shown that it is his.
        """
        case = await self._core.case(visit.path["case"])
        if case is None or not may_open(visit.clerk, case):
            raise Problem(404, "no_case")
        since = visit.now - SHOWN_FOR
        if only_for_a_caller(visit.clerk, case) and not await self._callers.shown(case.id, visit.clerk.staff.id, since):
            raise Problem(403, "caller_unknown", again=f"{PREFIX}/desk/{case.id}")
        return case

    async def _page(self, visit: Visit) -> web.Response:
        case = await self.opened(visit)
        return await self._shown(visit, case, whole=await revealed(self._looks, visit, case))

    async def _revealed(self, visit: Visit) -> web.Response:
        case = await self.opened(visit)
        await self._looks.note([looked(visit.clerk, case, visit.now)])
        return web.Response(status=303, headers={"Location": f"{PREFIX}/cases/{case.id}?{WHOLE}=yes"})

    async def _shown(self, visit: Visit, case: Case, *, whole: bool) -> web.Response:
        clerk = visit.clerk
        county = under(clerk.county, case.process_version)
        orders = visible_orders(clerk, case)
        events = await self._core.events(case.id)
        staff = await self._staff(events, case)
        own = case.model_copy(update={"orders": orders})
        done = timeline(case, events)
        return self._pages.page(
            "case",
            visit,
            case=case,
            topic=f"county:{case.county}",
            party=await self._party(county, case, whole=whole),
            places_here=_places(clerk, case),
            sheets=[one for one in clerk.county.sheets if one.of != "survey" or case.sheet is not None],
            orders=[_line(visit, county, case, one, staff) for one in orders],
            telling=[one.splitlines() for one in lines(visit.catalogue, county, own, staff, done, visit.now)],
            log=list(_entries(visit, county, case, orders, events, staff)),
        )

    async def _party(self, county: County, case: Case, *, whole: bool) -> Party | None:
        submission = await self._core.submission(case.id)
        if submission is None:
            return None
        here = on_form(county, submission.form_version)
        named = parties(here, submission.answers)
        answer = submission.answers.get(here.places.address)
        name, phone = named.applicant.name, to_call(named, case.contact).phone
        place = show(answer.value) if answer is not None and answer.value is not None else ""
        if whole:
            return Party(name, phone, place, shown=True)
        return Party(mask_name(name), mask_phone(phone), mask_address(place), shown=False)

    async def _staff(self, events: Sequence[Recorded], case: Case) -> dict[str, Staff]:
        """Everybody who stands on the page, those who have left as well."""
        ids = {one.actor.staff for one in events} | {one.steward for one in case.orders}
        found = [await self._core.steward(one) for one in sorted(filter(None, ids))]
        return {one.id: one for one in found if one is not None}


async def revealed(looks: Looking, visit: Visit, case: Case) -> bool:
    """Whether the page that is asked for shows what is personal: he has just asked for it, and that is recorded. A link alone never
    does; one that is gone back to does for a while, and then it is masked again.
    """
    if visit.request.query.get(WHOLE) != "yes":
        return False
    since = visit.now - _REVEALED
    return any(one.case == case.id and one.what == "case" for one in await looks.by(visit.clerk.staff.id, since))


def looked(clerk: Clerk, case: Case, now: dt.datetime) -> Look:
    """That he has seen name, telephone and address of a case; what he looks at twice within a minute is one look."""
    key = f"case:{clerk.staff.id}:{case.id}:{now:%Y%m%d%H%M}"
    return Look(key=key, county=case.county, what="case", case=case.id, staff=clerk.staff.id, way="console", at=now)


def _line(visit: Visit, county: County, case: Case, order: Order, staff: Mapping[str, Staff]) -> Line:
    say, found = visit.catalogue.say, standing_of(case, order)
    body = county.body[order.body]
    steward = staff.get(order.steward or "")
    step = next_step(case, order) if order.ending is None else None
    clock = order.clocks.get(step) if step else None
    runs = clock is not None and clock.runs
    return Line(
        name=order_name(county, case, order),
        task=_task(visit.clerk, case, order),
        state=state_said(visit, order, found),
        reason=found.reason,
        who=(f"{body.short} {steward.name}" if steward else body.short) if not order.candidates else "",
        phone=steward.phone if steward else body.phone,
        due=in_words(clock.due, say) if clock is not None and runs else "",
        late=clock is not None and runs and clock.due.at < visit.now,
        paused=clock is not None and not runs,
    )


def _task(clerk: Clerk, case: Case, order: Order) -> str:
    serves = bool(clerk.roles & OF_TASKS) and order.ending is None and may_serve(clerk, Task(case, order))
    return f"{PREFIX}/tasks/{order.id}" if serves else ""


def _places(clerk: Clerk, case: Case) -> list[tuple[str, str]]:
    """Where this clerk does something for the case: the path, and the key of the place (`console.case.at.<key>`)."""
    found = list[tuple[str, str]]()
    if Role.WINDOW in clerk.roles:
        found.append((f"{PREFIX}/window/{case.id}", "window"))
    if clerk.roles & {Role.WINDOW, Role.HOTLINE}:
        found.append((f"{PREFIX}/desk/{case.id}", "desk"))
    return found


def _entries(
    visit: Visit,
    county: County,
    case: Case,
    orders: Sequence[Order],
    events: Sequence[Recorded],
    staff: Mapping[str, Staff],
) -> Iterator[Entry]:
    """Newest first; without what is about orders that he does not see, or what was said of those who serve."""
    say, seen = visit.catalogue.say, {one.id: order_name(county, case, one) for one in orders}
    whole = len(seen) == len(case.orders)
    judges = bool(visit.clerk.roles & _JUDGES)
    for one in reversed(events):
        event = one.event
        applied = case.approval(getattr(event, "approval", ""))
        about = _about(event) or (applied.orders if applied is not None else ())
        # A permit is the business of whoever builds, and of whoever decides.
        decides = applied is not None and applied.body == visit.clerk.staff.body
        elsewhere = about and not decides and not any(each in seen for each in about)
        hidden = (says_how_it_was(event) and not judges) or elsewhere
        if hidden or (not about and not whole and event.event.startswith("consultation")):
            continue
        known = staff.get(one.actor.staff or "")
        yield Entry(
            at=one.at,
            what=say(f"console.events.{event.event}"),
            services=tuple(seen[each] for each in about if each in seen),
            by=known.name if known else say(f"console.case.actors.{_actor(one)}"),
            details=details(county, case, event, say),
        )


def says_how_it_was(event: Event) -> bool:
    """What the applicant says of those who served him, or what shows that it was no praise: a limit for calling him back."""
    return event.event in _MARKS or getattr(event, "step", "") == "call_back"


def _actor(one: Recorded) -> str:
    """Who did it: orders find their bodies by themselves, and whoever calls has it typed for him."""
    if one.event.event == "order_routed" and one.actor.role == "applicant":
        return "clock"
    return "caller" if one.actor.role == "applicant" and one.actor.person.startswith(CALLER) else one.actor.role


def _about(event: object) -> tuple[str, ...]:
    """The orders an event is about; none: the case."""
    several = getattr(event, "orders", None)
    one = getattr(event, "order", None)
    if isinstance(several, tuple) and all(isinstance(each, str) for each in several):
        return several
    return (one,) if isinstance(one, str) else ()
