"""The head of a body: in which roles somebody is one, and what lies on the desks of his bodies, to choose from (R33)."""

import datetime as dt
from collections.abc import Sequence

from dialogs.events import Choosing
from handlers.mine import AWAY
from handlers.offering import offered
from handlers.ports import CoreAway, RoutingCore, Task
from handlers.wording.outcomes import ActRefused, Listed, Told
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.desk import OpenOrder
from model.staff import Staff
from routing.agenda import agenda


async def heads_of(core: RoutingCore, county: County, conversation: Conversation) -> tuple[Staff, ...]:
    """The person's roles in which he heads a body of this county."""
    own = [await core.steward(role.staff) for role in conversation.roles]
    return tuple(one for one in own if one and one.duty == "lead" and one.serves and one.county == county.id)


def head_of(heads: Sequence[Staff], task: Task | None) -> Staff | None:
    """Who of them heads the body that the task lies with; None if nobody does, or there is no such task."""
    return next((one for one in heads if task is not None and one.body == task.order.body), None)


async def lying_with(core: RoutingCore, county: County, heads: Sequence[Staff], number: str) -> tuple[OpenOrder, ...]:
    """The open orders of their bodies, of cases whose number has this in it."""
    return tuple([one for head in heads for one in await core.desk(county.id, head.body) if number in one.number])


def nothing_lies(number: str) -> ActRefused:
    """Nothing does; or no case of this number."""
    return ActRefused(Refused(code="reassign.unknown" if number else "reassign.nothing"))


async def listed_today_first(
    core: RoutingCore,
    county: County,
    conversation: Conversation,
    heads: Sequence[Staff],
    lying: Sequence[OpenOrder],
    about: str,
    kind: str,
    now: dt.datetime,
) -> tuple[Conversation, tuple[Told, ...]]:
    """These orders as choices of this kind, today's first."""
    first = agenda(((one, one.due) for one in lying), now).all
    labels = await _labels(core, county, first, now, kind)
    return offered(conversation, about, labels, {"body": county.body[heads[0].body].short})


async def more_of_them(
    core: RoutingCore, county: County, conversation: Conversation, event: Choosing, kind: str, now: dt.datetime
) -> tuple[Conversation, tuple[Told, ...]]:
    """更多: the next orders of such a list."""
    try:
        lying = await lying_with(core, county, await heads_of(core, county, conversation), "")
        labels = await _labels(core, county, lying, now, kind)
    except CoreAway:
        return conversation, (ActRefused(AWAY),)
    return conversation, (Listed(event, labels=labels),)


async def _labels(
    core: RoutingCore, county: County, lying: Sequence[OpenOrder], now: dt.datetime, kind: str
) -> dict[str, str]:
    """Each order as a choice of this kind, with whose it is and when its first limit ends."""
    names: dict[str, Staff | None] = {}
    for one in lying:
        if one.steward is not None and one.steward not in names:
            names[one.steward] = await core.steward(one.steward)
    return {f"{kind}:{one.order}": _label(county, one, names.get(one.steward or ""), now) for one in lying}


def _label(county: County, one: OpenOrder, steward: Staff | None, now: dt.datetime) -> str:
    say = county.messages
    due = one.due.astimezone(CHINA) if one.due else None
    when = ""
    if due is not None:
        today = due.date() == now.astimezone(CHINA).date()
        when = say[f"reassign.{'late' if due < now else 'today' if today else 'later'}"].format(due=due)
    name = steward.name if steward else say["reassign.nobodys"].strip()
    service = county.service[one.service].name
    return say["reassign.order"].format(number=one.number, service=service, steward=name, due=when).strip()
