"""通讯录 (X57, 沟通联络): whom to call at each body of the county: who is on duty there today, its head, the body itself."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from handlers.mine import AWAY
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import ActRefused, DirectoryEntry, DirectoryKnown, Told
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.staff import Staff
from routing.assign import assign


def directory(county: County, staff: Sequence[Staff], day: dt.date, only: str = "") -> Iterator[DirectoryEntry]:
    """Every body of the county, or those whose name has these words in it."""
    for body in county.bodies:
        if only and only not in body.name and only not in body.short:
            continue
        ours = [one for one in staff if one.body == body.id]
        on_duty = assign(ours, body.id, None, day)
        steward = _first(one for one in ours if one.id == on_duty)
        yield DirectoryEntry(body, steward, _first(one for one in ours if one.duty == "lead"))


def _first(of: Iterable[Staff]) -> Staff | None:
    return next(iter(of), None)


async def told_directory(
    core: RoutingCore, county: County, conversation: Conversation, only: str, now: dt.datetime
) -> tuple[Told, ...]:
    """The directory, for whoever serves this county at this moment; refused to others."""
    try:
        bound = await core.staff(conversation.account, conversation.person)
        if not any(one.county == county.id for one in bound):
            return (ActRefused(Refused(code="role.wrong")),)
        staff = [one for body in county.bodies for one in await core.colleagues(county.id, body.id)]
    except CoreAway:
        return (ActRefused(AWAY),)
    return (DirectoryKnown(tuple(directory(county, staff, now.astimezone(CHINA).date(), only))),)
