"""What lies with a member of staff beside his orders: permits that he decides, joint works that he leads, consultations that he convenes
or that left him something to do, the sheet of a survey of which he has no order, a call after a bad mark (X31–X50, X57, J35).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from handlers.approving import application_title
from handlers.consulting import consult_title
from handlers.joining import joint_title
from handlers.ports import RoutingCore
from handlers.sheeting import sheet_title
from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.message import Invitation
from model.staff import Staff
from routing.acts import call_back_invitation
from routing.approval_acts import approval_invitation
from routing.consultation_acts import consult_invitation
from routing.joint_acts import joint_invitation
from routing.sheet_acts import VIEW, sheet_invitation

_NEVER: Final = dt.datetime.max.replace(tzinfo=dt.UTC)


class Matter(NamedTuple):
    """One of them: what can be done about it now, and by when, if a limit runs. Its name says nobody's name, number or address."""

    case: Case
    asked: Invitation
    due: dt.datetime | None

    @property
    def id(self) -> str:
        """As it is called in chat, too."""
        return self.asked.id

    @property
    def name(self) -> str:
        """What it is, without the number of its case."""
        return self.asked.title.removeprefix(self.case.number).strip()


async def matters_of(core: RoutingCore, county: County, staff: Staff) -> tuple[Matter, ...]:
    """All of which something is left to do, what is due first at the top: as 任务 in chat, and calls that were never pushed.

    Raises `CoreAway`.
    """
    found = list[Matter]()
    for case, one in await core.permits(staff.id):
        title = application_title(county, case, one, None)
        running = one.clock if one.clock is not None and one.clock.runs else None
        due = running.due.at if running is not None else None
        found.append(Matter(case, approval_invitation(case, one, county, title), due))
    for case in await core.proposals(staff.id):
        found.append(Matter(case, joint_invitation(case, county, joint_title(case)), None))
    consulting = list(await core.consultations(staff.id))
    if staff.duty == "lead":
        consulting += [(case, name) for case, name in await core.agreed(county.id, staff.body) if case.agreed(name)]
    for case, name in consulting:
        title = consult_title(county, case, name, None)
        found.append(Matter(case, consult_invitation(case, name, county, title), _held_by(case, name)))
    own = {(case.id, order.body) for case, order in await core.tasks(staff.id)}
    for case, body in await core.sheets(staff.id):
        if (case.id, body) not in own:  # it is on that task
            asked = sheet_invitation(case, body, county, sheet_title(county, case, body, None))
            found.append(Matter(case, _without_looking(asked), None))
    return _sorted([*found, *await calls_of(core, county, staff)])


async def calls_of(core: RoutingCore, county: County, staff: Staff) -> tuple[Matter, ...]:
    """Only the calls after a bad mark: all that whoever supervises has to do himself. Raises `CoreAway`."""
    title = county.messages["call_back_title"].strip()
    return _sorted(
        [
            Matter(case, call_back_invitation(case, county, title), _to_call(case))
            for case in await core.call_backs(staff.id)
        ]
    )


def _sorted(found: Iterable[Matter]) -> tuple[Matter, ...]:
    left = {one.id: one for one in found if one.asked.acts}
    return tuple(sorted(left.values(), key=lambda one: (one.due or _NEVER, one.case.accepted_at)))


def _held_by(case: Case, name: str) -> dt.datetime | None:
    """By when a consultation is answered or held, or what was agreed is done: the end of that day."""
    one = case.consultation(name)
    if one is None:
        return None
    if (item := one.item(name)) is not None:
        return dt.datetime.combine(item.day, dt.time(23, 59, 59), CHINA)
    if one.state == "named":
        return one.at
    return next((ring.at for ring in one.rings if ring.what == "reply"), None) if one.state == "asked" else None


def _to_call(case: Case) -> dt.datetime | None:
    """By when the applicant is called."""
    order = case.order(case.rating.order) if case.rating is not None else None
    due = order.due("call_back") if order is not None else None
    return due.at if due is not None else None


def _without_looking(sheet: Invitation) -> Invitation:
    """The page shows the sheet anyhow."""
    return sheet.model_copy(update={"acts": tuple(one for one in sheet.acts if one.id != VIEW)})
