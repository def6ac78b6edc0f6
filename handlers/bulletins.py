"""通报: a supervisor asks for the figures of a month (J34)."""

import datetime as dt

from dialogs.events import BulletinAsked
from handlers.mine import AWAY
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import ActRefused, BulletinKnown, Told
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from routing.bulletin import bulletin


async def told_bulletin(
    core: RoutingCore, county: County, conversation: Conversation, asked: BulletinAsked, now: dt.datetime
) -> tuple[Told, ...]:
    """The bulletin, for whoever supervises this county at this moment; refused to others."""
    since = dt.datetime.combine(asked.month, dt.time(), CHINA)
    until = min(dt.datetime.combine((asked.month + dt.timedelta(days=32)).replace(day=1), dt.time(), CHINA), now)
    try:
        bound = await core.staff(conversation.account, conversation.person)
        if not any(one.county == county.id and one.duty == "supervisor" for one in bound):
            return (ActRefused(Refused(code="role.wrong")),)
        logs = await core.logs(county.id, since, until)
    except CoreAway:
        return (ActRefused(AWAY),)
    return (BulletinKnown(asked.month, until, bulletin(logs, county, since, until)),)
