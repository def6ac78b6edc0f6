"""请假 in chat: a member of staff says himself when he gets no new tasks."""

import datetime as dt

from dialogs.events import AbsenceTold
from handlers.covering import cover
from handlers.mine import AWAY
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import AbsenceKnown, ActRefused, Told
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.decision import Refused


async def told_absence(
    core: RoutingCore, county: County, conversation: Conversation, told: AbsenceTold, now: dt.datetime
) -> tuple[Told, ...]:
    """Enters it for every role the person has in this county at this moment; his tasks stay with him."""
    try:
        bound = [one for one in await core.staff(conversation.account, conversation.person) if one.county == county.id]
        for one in bound:
            await core.absent(one.id, told.absence, now)
        # What nobody but an officer can do goes to a colleague from the first day on; orders stay with their steward.
        there = [now_away for one in bound if (now_away := await core.steward(one.id)) is not None]
        passed = [each for one in there for each in await cover(core, one, now)]
        orders = sum([task.order.steward == one.id for one in there for task in await core.tasks(one.id)])
        kept = sum([each.approval.officer == one.id for one in there for each in await core.permits(one.id)])
    except CoreAway:
        return (ActRefused(AWAY),)
    if not bound:
        return (ActRefused(Refused(code="role.wrong")),)
    moved = sum(one.to is not None for one in passed)
    begun = told.absence is not None and told.absence.first <= now.astimezone(CHINA).date()
    return (AbsenceKnown(told.absence, orders, moved, kept, begun),)
