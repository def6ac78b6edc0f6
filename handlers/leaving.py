"""离岗: a member of staff leaves; his access ends at once and his open orders go to colleagues."""

import datetime as dt
from collections.abc import Mapping
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


async def leave(
    core: RoutingCore,
    roster: Roster,
    counties: Mapping[str, County],
    staff: Staff,
    now: dt.datetime,
    desk: EnquiryDesk | None = None,
    by: Actor = _OPERATOR,
) -> tuple[Handed, ...]:
    """Ends all access of `staff`, then moves his open orders, enquiries and applications for permits (X160, J37).

    Each goes by a command of its own. Whoever does it again, because it broke off, moves what is left. Raises `CoreAway`.
    """
    await roster.retire(staff.id)
    if desk is not None:
        await _leave_enquiries(desk, staff, by, now)
    await leave_sheets(core, staff, by, now)
    own = [task for task in await core.tasks(staff.id) if task.order.steward == staff.id]
    county = counties[staff.county]
    orders = [await _hand_over(core, roster, county, task, by, now) for task in own]
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
    core: RoutingCore, roster: Roster, county: County, task: Task, by: Actor, now: dt.datetime
) -> Handed:
    case, order = task
    submission = await core.submission(case.id)
    district = find_district(submission, on_form(county, submission.form_version)) if submission else None
    colleagues = await roster.of_county(county.id, order.body)  # read anew: each order given counts as one more
    chosen = assign(colleagues, order.body, district, now.astimezone(CHINA).date())
    # The case's version is in the id: what was refused once may be possible when the case has gone on.
    key = f"leave:{order.steward}:{order.id}:{case.version}"
    do = Assign(order=order.id, body=order.body, steward=chosen)
    done = await reassign(core, Command(id=key, case=case.id, actor=by, do=do), now)
    service = county.service[order.service].name
    if isinstance(done, Refused):
        return Handed(case.number, service, None, done)
    return Handed(case.number, service, _now_with(done, order.id, colleagues))


def _now_with(done: Done, order_id: str, colleagues: tuple[Staff, ...]) -> Staff | None:
    order = done.case.order(order_id)
    return next((one for one in colleagues if order is not None and one.id == order.steward), None)
