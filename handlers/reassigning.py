"""转派: giving an order to somebody else, with the survey time where he can keep it; and 请转给别人 (R33)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from dialogs.events import Choosing, ReassignAsked, ReliefWanted
from dialogs.reassigning import DROP, LIST, RELIEF, TO, WHICH, WHY
from handlers.heads import head_of, heads_of, listed_today_first, lying_with, more_of_them, nothing_lies
from handlers.mine import AWAY
from handlers.offering import offered
from handlers.ports import CoreAway, RoutingCore, Task
from handlers.wording.orders import order_name
from handlers.wording.outcomes import ActRefused, Listed, Told
from handlers.wording.reassigned import Reassigned, ReliefTold
from model.command import Command, Do
from model.commands.intake import Assign
from model.commands.relief import AskRelief, RefuseRelief
from model.conversation import Conversation
from model.county import County
from model.decision import Done, Refused
from model.events.intake import OrderAssigned
from model.events.relief import ReliefAsked
from model.message import Act, Actor, Invitation
from model.staff import Staff
from routing.relief import relievers
from routing.transitions import finished

_BUSY = "survey.busy"
_KIND: Final = "ro"
ABOUT: Final = (LIST, TO, WHY, WHICH, RELIEF)
"""What its lists are about."""


async def reassign(core: RoutingCore, command: Command, now: dt.datetime) -> Done | Refused:
    """Carries out a command to assign. Where the new steward is elsewhere in that half hour, the time is given up.

    Raises `CoreAway`.
    """
    done = await core.execute(command, now)
    if not (isinstance(done, Refused) and done.code == _BUSY and isinstance(command.do, Assign)):
        return done
    without = command.do.model_copy(update={"anew": True})
    return await core.execute(command.model_copy(update={"id": f"{command.id}:anew", "do": without}), now)


class Reassigning:
    """What the head of a body does with what lies on its desks; what a steward asks of him."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core

    async def carry_out(
        self,
        county: County,
        conversation: Conversation,
        event: ReassignAsked | ReliefWanted,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Asks which order, to whom and why, and does it."""
        try:
            if isinstance(event, ReliefWanted):
                return await self._relief(county, conversation, event, key, actor, now)
            heads = await heads_of(self._core, county, conversation)
            if not heads:
                return conversation, (ActRefused(Refused(code="reassign.not_head")),)
            if not event.order:
                return await self._list(county, conversation, event, heads, now)
            task = await self._core.task(event.order)
            head = head_of(heads, task)
            if task is None or head is None:
                return conversation, (ActRefused(Refused(code="order.unknown")),)
            if finished(task.order, task.case.steps_of(task.order)):
                return conversation, (ActRefused(Refused(code="reassign.over")),)
            if event.sure:
                return await self._do(conversation, event, task, head, key, actor, now)
            if event.staff:
                return await self._why(county, conversation, event, task)
            return await self._whom(county, conversation, task, now, event.name)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)

    async def listed(
        self, county: County, conversation: Conversation, event: Choosing, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """更多: the next orders of the list, or colleagues."""
        try:
            labels: dict[str, str] = {}
            if event.about == LIST:
                return await more_of_them(self._core, county, conversation, event, _KIND, now)
            if event.about == WHICH:
                own = [task for role in conversation.roles for task in await self._own(role.staff)]
                labels = _own_names(county, own)
            elif event.choices and (task := await self._core.task(event.choices[0][3:].partition("/")[0])):
                labels = _names(task, await self._able(county, task, now), county)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        return conversation, (Listed(event, labels=labels),)

    async def decided(
        self,
        county: County,
        conversation: Conversation,
        invitation: Invitation,
        act: Act,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """转派 asks to whom; 不转 leaves it with its steward, who hears so."""
        order = invitation.order or ""
        if act.id == "reassign":
            return await self.carry_out(county, conversation, ReassignAsked(order), key, actor, now)
        try:
            task = await self._core.task(order)
            heads = await heads_of(self._core, county, conversation)
            head = head_of(heads, task)
            if task is None or head is None:
                return conversation, (ActRefused(Refused(code="not.yours")),)
            done = await self._core.execute(command_of(key, task, RefuseRelief(order=order), head.id, actor), now)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        return conversation, (ReliefTold(done.case, task.order, refused=True),)

    async def _list(
        self,
        county: County,
        conversation: Conversation,
        event: ReassignAsked,
        heads: Sequence[Staff],
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """What lies open at his bodies, today's first; of a single one, at once to whom."""
        lying = await lying_with(self._core, county, heads, event.number)
        if not lying:
            return conversation, (nothing_lies(event.number),)
        if event.number and len(lying) == 1 and (task := await self._core.task(lying[0].order)):
            return await self._whom(county, conversation, task, now)
        return await listed_today_first(self._core, county, conversation, heads, lying, LIST, _KIND, now)

    async def _whom(
        self, county: County, conversation: Conversation, task: Task, now: dt.datetime, name: str = ""
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Colleagues who are there, those with the fewest tasks first; one who is named at once."""
        able = await self._able(county, task, now)
        named = [one for one in able if name and name.startswith(one.name)]
        if len(named) == 1:
            return await self._why(county, conversation, ReassignAsked(task.order.id, named[0].id), task)
        if not able:
            return conversation, (ActRefused(Refused(code="reassign.nobody")),)
        present = await self._core.steward(task.order.steward) if task.order.steward else None
        facts = {**facts_of(county, task), "present": present}
        return offered(conversation, TO, _names(task, able, county), facts)

    async def _why(
        self, county: County, conversation: Conversation, event: ReassignAsked, task: Task
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Asked once, with room for a word of reason."""
        labels = {
            f"ry:{event.order}/{event.staff}": county.messages["button.reassign_yes"].strip(),
            DROP: county.messages["button.reassign_no"].strip(),
        }
        facts = {**facts_of(county, task), "staff": await self._core.steward(event.staff)}
        return offered(conversation, WHY, labels, facts)

    async def _do(
        self,
        conversation: Conversation,
        event: ReassignAsked,
        task: Task,
        head: Staff,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        do = Assign(order=event.order, body=head.body, steward=event.staff, reason=event.reason)
        done = await reassign(self._core, command_of(key, task, do, head.id, actor), now)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        order, staff = done.case.order(event.order), await self._core.steward(event.staff)
        given = next((one.event for one in done.events if isinstance(one.event, OrderAssigned)), None)
        if order is None or staff is None or given is None:
            return conversation, (ActRefused(Refused(code="order.unknown")),)
        former = await self._core.steward(given.previous) if given.previous else None
        return conversation, (Reassigned(done.case, order, staff, former),)

    async def _relief(
        self,
        county: County,
        conversation: Conversation,
        event: ReliefWanted,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """A steward says why, in his own words or with one tap; it goes to the head of his body."""
        own = [task for role in conversation.roles for task in await self._own(role.staff)]
        if not own:
            return conversation, (ActRefused(Refused(code="ask_relief.nothing")),)
        if not event.order and len(own) > 1:
            return offered(conversation, WHICH, _own_names(county, own), {})
        task = next((one for one in own if one.order.id == event.order), own[0] if not event.order else None)
        if task is None:
            return conversation, (ActRefused(Refused(code="not.yours")),)
        reasons = county.messages["relief.reasons"].split()
        if event.reason == "":
            if task.order.relief_asked:
                return conversation, (ActRefused(Refused(code="ask_relief.already")),)
            labels = {f"rr:{task.order.id}/{place}": reason for place, reason in enumerate(reasons)}
            labels[DROP] = county.messages["button.reassign_no"].strip()
            return offered(conversation, RELIEF, labels, facts_of(county, task))
        said = reasons[event.reason] if isinstance(event.reason, int) else event.reason
        do = AskRelief(order=task.order.id, reason=said)
        done = await self._core.execute(command_of(key, task, do, task.order.steward, actor), now)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        asked = next((one.event for one in done.events if isinstance(one.event, ReliefAsked)), None)
        head = next((one.id for one in asked.told if one.receiver == "lead"), None) if asked else None
        return conversation, (ReliefTold(done.case, task.order, await self._core.steward(head) if head else None),)

    async def _own(self, staff: str) -> tuple[Task, ...]:
        return tuple([one for one in await self._core.tasks(staff) if one.order.steward == staff])

    async def _able(self, county: County, task: Task, now: dt.datetime) -> tuple[Staff, ...]:
        return relievers(task.order, await self._core.colleagues(county.id, task.order.body), now)


def command_of(key: str, task: Task, do: Do, staff: str | None, actor: Actor) -> Command:
    """The command of a member of staff about this task."""
    speaks = actor.model_copy(update={"role": "steward", "staff": staff})
    return Command(id=key, case=task.case.id, actor=speaks, do=do)


def facts_of(county: County, task: Task) -> dict[str, object]:
    """What the task is called."""
    return {"number": task.case.number, "service": order_name(county, task.case, task.order)}


def _own_names(county: County, own: Sequence[Task]) -> dict[str, str]:
    return {f"rq:{one.order.id}": f"{one.case.number} {order_name(county, one.case, one.order)}" for one in own}


def _names(task: Task, able: Sequence[Staff], county: County) -> dict[str, str]:
    text = county.messages["reassign.colleague"].strip()
    return {f"rt:{task.order.id}/{one.id}": text.format(name=one.name, count=one.open_tasks) for one in able}
