"""请假 in chat: a member of staff says himself when he gets no new tasks."""

import datetime as dt

from dialogs.events import AbsenceTold
from handlers.mine import AWAY
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import AbsenceKnown, ActRefused, Told
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
    except CoreAway:
        return (ActRefused(AWAY),)
    if not bound:
        return (ActRefused(Refused(code="role.wrong")),)
    return (AbsenceKnown(told.absence, sum(one.open_tasks for one in bound)),)
