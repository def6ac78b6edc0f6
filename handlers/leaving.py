"""离岗: a member of staff leaves; his access ends at once and his open orders go to colleagues."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from handlers.covering import pass_on
from handlers.enquiries import EnquiryDesk
from handlers.ports import RoutingCore, Task
from handlers.reassigning import reassign
from handlers.sheet_leaving import leave_sheets
from model.calendar import CHINA
from model.command import Command
from model.commands.intake import Assign
from model.county import County
from model.decision import Done, Refused
from model.edition import on_form, under
from model.enquiry import EnquiryCommand, HolderLeaves
from model.message import Actor
from model.staff import Staff
from routing.approval_acts import permit_name
from routing.assign import assign
from routing.split import find_district

_OPERATOR = Actor(person="operator", role="staff")


class Roster(Protocol):
    """What leaving needs of the staff of a county."""

    async def retire(self, staff_id: str) -> None:
        """End the binding and the service of this member of staff."""

    async def of_county(self, county: str, body: str | None = None) -> tuple[Staff, ...]:
        """Those in service."""


class Handed(NamedTuple):
    """What became of one order, or application for a permit: who has it now, or why not.

    None: nobody of the body can be reached, the hotline calls.
    """

    number: str
    service: str
    to: Staff | None
    refused: Refused | None = None


class Falls(NamedTuple):
    """How many orders, and applications for permits, would go to somebody by the rule; None: nobody of the body is there, the hotline
    calls.
    """

    to: Staff | None
    orders: int = 0
    permits: int = 0


async def foreseen(
    core: RoutingCore, roster: Roster, counties: Mapping[str, County], staff: Staff, now: dt.datetime
) -> tuple[Falls, ...]:
    """To whom what he has would go if he left now, most first: as `leave` gives it away, one after the other. Raises `CoreAway`."""
    county, found = counties[staff.county], dict[str | None, Falls]()
    everybody = {one.id: one for one in await roster.of_county(county.id) if one.id != staff.id}

    def falls(to: str | None, *, orders: int = 0, permits: int = 0) -> None:
        one = everybody[to] if to is not None else None
        if one is not None:
            one = everybody[one.id] = one.model_copy(update={"open_tasks": one.open_tasks + 1})
        had = found.get(to, Falls(None))
        found[to] = Falls(one, had.orders + orders, had.permits + permits)

    for task in await _own(core, staff):
        falls(await _heir(core, county, task, tuple(everybody.values()), now), orders=1)
    for one in await core.permits(staff.id):
        if one.approval.officer == staff.id:
            falls(assign(everybody.values(), one.approval.body, None, now.astimezone(CHINA).date()), permits=1)
    return tuple(sorted(found.values(), key=lambda one: (one.to is None, -one.orders - one.permits)))


async def leave(
    core: RoutingCore,
    roster: Roster,
    counties: Mapping[str, County],
    staff: Staff,
    now: dt.datetime,
    desk: EnquiryDesk | None = None,
    by: Actor = _OPERATOR,
    to: Staff | None = None,
) -> tuple[Handed, ...]:
    """Ends all access of `staff`, then moves his open orders, enquiries and applications for permits (X160, J37).

    `to`: who gets the orders of his body, instead of those whom the rule names; the rest goes by the rule in any case.
    Each goes by a command of its own. Whoever does it again, because it broke off, moves what is left. Raises `CoreAway`.
    """
    await roster.retire(staff.id)
    if desk is not None:
        await _leave_enquiries(desk, staff, by, now)
    await leave_sheets(core, staff, by, now)
    county = counties[staff.county]
    orders = [await _hand_over(core, roster, county, task, by, now, to) for task in await _own(core, staff)]
    return (*orders, *await _permits(core, roster, county, staff, by, now))


async def _permits(
    core: RoutingCore, roster: Roster, county: County, staff: Staff, by: Actor, now: dt.datetime
) -> tuple[Handed, ...]:
    """The applications that lay with him."""
    passed = await pass_on(core, staff, by, f"leave:{staff.id}", now)
    colleagues = {one.id: one for one in await roster.of_county(county.id, staff.body)}
    return tuple(
        Handed(
            one.application.case.number,
            permit_name(under(county, one.application.case.process_version), one.application.approval.kind),
            colleagues.get(one.to or ""),
            one.refused,
        )
        for one in passed
    )


async def _leave_enquiries(desk: EnquiryDesk, staff: Staff, by: Actor, now: dt.datetime) -> None:
    """What he had, or was to have, goes to a colleague, else to his head, who supervises, or the window."""
    for one in await desk.waiting_for(staff.id):
        key = f"leave:{staff.id}:{one.id}:{one.version}"
        do = HolderLeaves(staff=staff.id, body=staff.body)
        await desk.execute(EnquiryCommand(id=key, enquiry=one.id, actor=by, do=do), now)


async def _hand_over(
    core: RoutingCore, roster: Roster, county: County, task: Task, by: Actor, now: dt.datetime, to: Staff | None
) -> Handed:
    case, order = task
    colleagues = await roster.of_county(county.id, order.body)  # read anew: each order given counts as one more
    if to is not None and to.body == order.body:
        chosen: str | None = to.id
    else:
        chosen = await _heir(core, county, task, colleagues, now)
    # The case's version is in the id: what was refused once may be possible when the case has gone on.
    key = f"leave:{order.steward}:{order.id}:{case.version}"
    do = Assign(order=order.id, body=order.body, steward=chosen)
    done = await reassign(core, Command(id=key, case=case.id, actor=by, do=do), now)
    service = county.service[order.service].name
    if isinstance(done, Refused):
        return Handed(case.number, service, None, done)
    return Handed(case.number, service, _now_with(done, order.id, colleagues))


async def _own(core: RoutingCore, staff: Staff) -> list[Task]:
    return [task for task in await core.tasks(staff.id) if task.order.steward == staff.id]


async def _heir(
    core: RoutingCore, county: County, task: Task, colleagues: Sequence[Staff], now: dt.datetime
) -> str | None:
    """Who gets the order by the rule."""
    district = None
    if any(one.districts for one in colleagues if one.body == task.order.body):
        submission = await core.submission(task.case.id)
        district = find_district(submission, on_form(county, submission.form_version)) if submission else None
    return assign(colleagues, task.order.body, district, now.astimezone(CHINA).date())


def _now_with(done: Done, order_id: str, colleagues: tuple[Staff, ...]) -> Staff | None:
    order = done.case.order(order_id)
    return next((one for one in colleagues if order is not None and one.id == order.steward), None)
