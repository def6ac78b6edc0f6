"""请假 in chat: a member of staff says himself when he gets no new tasks."""

import datetime as dt

from dialogs.events import AbsenceTold
from handlers.covering import Passed
from handlers.mine import AWAY
from handlers.people.absence import come_back, go_away, unfit
from handlers.people.noting import By
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import AbsenceKnown, ActRefused, Told
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.staff import Absence, Staff


async def told_absence(
    core: RoutingCore, county: County, conversation: Conversation, told: AbsenceTold, now: dt.datetime
) -> tuple[Told, ...]:
    """Enters it for every role the person has in this county at this moment; his tasks stay with him."""
    today, passed = now.astimezone(CHINA).date(), list[Passed]()
    try:
        bound = [one for one in await core.staff(conversation.account, conversation.person) if one.county == county.id]
        days = {one.id: told.absence and _from_its_beginning(one, told.absence, today) for one in bound}
        # In all of his roles or in none: he has said it once.
        for one in bound:
            if (absence := days[one.id]) is not None and (wrong := unfit(one, absence, now)) is not None:
                return (ActRefused(wrong),)
        for one in bound:
            absence, by = days[one.id], By(one.id, now)
            done = await (go_away(core, one, absence, by) if absence else come_back(core, one, None, by))
            if isinstance(done, Refused):
                return (ActRefused(done),)
            passed += done or ()
        there = [now_away for one in bound if (now_away := await core.steward(one.id)) is not None]
        orders = sum([task.order.steward == one.id for one in there for task in await core.tasks(one.id)])
        kept = sum([each.approval.officer == one.id for one in there for each in await core.permits(one.id)])
    except CoreAway:
        return (ActRefused(AWAY),)
    if not bound:
        return (ActRefused(Refused(code="role.wrong")),)
    moved = sum(one.to is not None for one in passed)
    begun = told.absence is not None and told.absence.first <= today
    return (AbsenceKnown(told.absence, orders, moved, kept, begun),)


def _from_its_beginning(one: Staff, said: Absence, today: dt.date) -> Absence:
    """Whoever is away today and says until when changes the absence that he is on."""
    standing = next((each for each in one.absences if each.first <= today <= each.last), None)
    return said if standing is None or said.first != today else Absence(first=standing.first, last=said.last)
