"""暂停: what of a body, or of a member of staff, waits for somebody else; told in the morning, and whenever he asks (J35)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from dialogs.events import Choosing, PausedAsked
from dialogs.pausing import LIST
from handlers.heads import heads_of
from handlers.mine import AWAY
from handlers.offering import offered
from handlers.parties import parties, to_call
from handlers.ports import CoreAway, RoutingCore, Task
from handlers.wording.orders import order_name
from handlers.wording.outcomes import ActRefused, Listed, Told
from handlers.wording.paused import NotPaused, PausedTold, cause_of, days_of
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.edition import on_form
from model.staff import Staff
from routing.paused import Paused, paused

_KIND: Final = "pz"


class Waiting(NamedTuple):
    """A task that waits, and how."""

    task: Task
    pause: Paused


def waits(tasks: Sequence[Task], now: dt.datetime) -> tuple[Waiting, ...]:
    """Those of them that wait, what has waited longest first."""
    found = [Waiting(task, pause) for task in tasks if (pause := paused(task.order, now)) is not None]
    return tuple(sorted(found, key=lambda one: (one.pause.since, one.task.order.id)))


class Pausing:
    """What is asked about it in chat, by the head of a body or by whoever has the orders."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core

    async def carry_out(
        self, county: County, conversation: Conversation, event: PausedAsked, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The list; of one that is chosen, or the only one that he names, all that is known of its waiting."""
        try:
            found = await self._found(county, conversation, now)
            if found is None:
                return conversation, (ActRefused(Refused(code="role.wrong")),)
            if event.order:
                found = tuple(one for one in found if one.task.order.id == event.order)
            elif event.number:
                found = tuple(one for one in found if event.number in one.task.case.number)
            if not found:
                return conversation, (NotPaused(chosen=bool(event.order or event.number)),)
            if len(found) == 1 and (event.order or event.number):
                return conversation, (await self._told(county, conversation, found[0]),)
            return offered(conversation, LIST, await self._labels(county, found), {})
        except CoreAway:
            return conversation, (ActRefused(AWAY),)

    async def listed(
        self, county: County, conversation: Conversation, event: Choosing, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """更多: the next of the list."""
        try:
            found = await self._found(county, conversation, now)
            labels = await self._labels(county, found or ())
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        return conversation, (Listed(event, labels=labels),)

    async def _found(self, county: County, conversation: Conversation, now: dt.datetime) -> tuple[Waiting, ...] | None:
        """What waits of all that the person has to do with; None if he serves this county no more."""
        bound = [await self._core.steward(role.staff) for role in conversation.roles]
        here = [one for one in bound if one is not None and one.serves and one.county == county.id]
        if not here:
            return None
        tasks = {one.order.id: one for staff in here for one in await self._of(staff, now)}
        return waits(tuple(tasks.values()), now)

    async def _of(self, staff: Staff, now: dt.datetime) -> Sequence[Task]:
        """What may wait: of his body, if he heads it, else his own."""
        if staff.duty == "lead":
            return await self._core.paused(staff.county, staff.body, now)
        return [one for one in await self._core.tasks(staff.id) if one.order.steward == staff.id]

    async def _labels(self, county: County, found: Sequence[Waiting]) -> dict[str, str]:
        say = county.messages
        labels: dict[str, str] = {}
        for task, pause in found:
            steward = await self._core.steward(task.order.steward) if task.order.steward else None
            labels[f"{_KIND}:{task.order.id}"] = (
                say["paused.order"]
                .strip()
                .format(
                    number=task.case.number,
                    service=order_name(county, task.case, task.order),
                    steward=steward.name if steward else say["reassign.nobodys"].strip(),
                    cause=cause_of(say, pause),
                    since=pause.since.astimezone(CHINA),
                    days=days_of(say, pause),
                )
            )
        return labels

    async def _told(self, county: County, conversation: Conversation, one: Waiting) -> PausedTold:
        """With whom to call about it; a head hears besides how it is given to another."""
        task, pause = one
        submission = await self._core.submission(task.case.id)
        call = None
        if submission is not None:
            named = parties(on_form(county, submission.form_version), submission.answers)
            call = to_call(named, task.case.contact)
        steward = await self._core.steward(task.order.steward) if task.order.steward else None
        heads = {head.body for head in await heads_of(self._core, county, conversation)}
        return PausedTold(task.case, task.order, pause, call, steward, head=task.order.body in heads)
