"""拟终止, 终止 and 恢复 in chat, for the head of a body: the same commands as at the window (X160)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from dialogs.events import Choosing, TerminationAsked
from dialogs.terminating import DROP, LIST, NEXT, WHY
from handlers.heads import head_of, heads_of, listed_today_first, lying_with, more_of_them, nothing_lies
from handlers.mine import AWAY
from handlers.offering import offered
from handlers.ports import CoreAway, RoutingCore, Task
from handlers.reassigning import command_of, facts_of
from handlers.wording.outcomes import ActRefused, Told
from handlers.wording.terminating import TerminationTold
from model.commands.ending import AnnounceEnd, KeepOn, Terminate
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.transitions import finished

_KIND: Final = "to"
TERMINATIONS: Final = (LIST, WHY, NEXT)
"""What its lists are about."""


class Terminating:
    """What the head of a body ends of what lies on its desks."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core

    async def carry_out(
        self,
        county: County,
        conversation: Conversation,
        event: TerminationAsked,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Asks which order and why, and does it."""
        try:
            heads = await heads_of(self._core, county, conversation)
            if not heads:
                return conversation, (ActRefused(Refused(code="termination.not_head")),)
            if not event.order:
                return await self._list(county, conversation, event.number, heads, now)
            task = await self._core.task(event.order)
            head = head_of(heads, task)
            if task is None or head is None:
                return conversation, (ActRefused(Refused(code="order.unknown")),)
            if event.reason == "" and not event.then:
                return _asked(county, conversation, task, now)
            return await self._do(county, conversation, event, task, head, key, actor, now)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)

    async def listed(
        self, county: County, conversation: Conversation, event: Choosing, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """更多: the next orders of the list."""
        return await more_of_them(self._core, county, conversation, event, _KIND, now)

    async def _list(
        self, county: County, conversation: Conversation, number: str, heads: Sequence[Staff], now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """What lies open at his bodies, today's first; of a single one that he names, at once why."""
        lying = await lying_with(self._core, county, heads, number)
        if not lying:
            return conversation, (nothing_lies(number),)
        if number and len(lying) == 1 and (task := await self._core.task(lying[0].order)):
            return _asked(county, conversation, task, now)
        return await listed_today_first(self._core, county, conversation, heads, lying, LIST, _KIND, now)

    async def _do(
        self,
        county: County,
        conversation: Conversation,
        event: TerminationAsked,
        task: Task,
        head: Staff,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        name = task.order.id
        reasons = county.messages["termination.reasons"].split()
        reason = reasons[event.reason] if isinstance(event.reason, int) else event.reason
        do = (
            Terminate(order=name)
            if event.then == "end"
            else KeepOn(order=name)
            if event.then == "go_on"
            else AnnounceEnd(order=name, reason=reason)
        )
        done = await self._core.execute(command_of(key, task, do, head.id, actor), now)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        order = done.case.order(name) or task.order
        how = {"end": "ended", "go_on": "kept", "": "announced"}[event.then]
        return conversation, (TerminationTold(done.case, order, how),)  # type: ignore[arg-type]


def _asked(
    county: County, conversation: Conversation, task: Task, now: dt.datetime
) -> tuple[Conversation, tuple[Told, ...]]:
    """Why it is to end; once that was announced, whether it goes on, and from the announced time on that it ends."""
    order = task.order
    if finished(order, task.case.steps_of(order)):
        return conversation, (ActRefused(Refused(code="reassign.over")),)
    if order.announced is None:
        reasons = county.messages["termination.reasons"].split()
        labels = {f"tw:{order.id}/{place}": reason for place, reason in enumerate(reasons)}
        labels[DROP] = county.messages["button.terminate_no"].strip()
        return offered(conversation, WHY, labels, facts_of(county, task))
    labels = _next(county, order, now)
    facts = {**facts_of(county, task), "announced": order.announced, "early": now < order.announced.until}
    return offered(conversation, NEXT, labels, facts)


def _next(county: County, order: Order, now: dt.datetime) -> dict[str, str]:
    over = order.announced is not None and now >= order.announced.until
    ends = {f"tx:{order.id}": county.messages["button.terminate_yes"].strip()} if over else {}
    return {**ends, f"tk:{order.id}": county.messages["button.terminate_go_on"].strip()}
