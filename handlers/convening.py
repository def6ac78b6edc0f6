"""提请会商 by the head of a body, about a case on its desks, whoever of it has the order (X57, J34)."""

import datetime as dt
from collections.abc import Sequence

from dialogs.consulting import LIST
from dialogs.events import Choosing, ConsultWanted, Invited
from handlers.heads import head_of, heads_of, listed_today_first, lying_with, more_of_them, nothing_lies
from handlers.mine import AWAY
from handlers.ports import CoreAway, RoutingCore, Task
from handlers.steward import task_title
from handlers.wording.outcomes import ActRefused, Told
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.edition import under
from model.staff import Staff
from routing.consultation_acts import consult_invitation, of_order

_KIND = "hc"


class Convening:
    """Finds the case the head means, and invites him to ask; the rest is the same as on a task."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core

    async def carry_out(
        self, county: County, conversation: Conversation, event: ConsultWanted, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The list of what lies with his bodies; of the one that is meant, 提请会商 as a tap."""
        try:
            heads = await heads_of(self._core, county, conversation)
            if not heads:
                return conversation, (ActRefused(Refused(code="consultation.not_head")),)
            if event.order:
                task = await self._core.task(event.order)
                if task is None or head_of(heads, task) is None:
                    return conversation, (ActRefused(Refused(code="order.unknown")),)
                return await self._invited(county, conversation, task)
            return await self._list(county, conversation, event.number, heads, now)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)

    async def listed(
        self, county: County, conversation: Conversation, event: Choosing, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """更多: the next of the list."""
        return await more_of_them(self._core, county, conversation, event, _KIND, now)

    async def _list(
        self, county: County, conversation: Conversation, number: str, heads: Sequence[Staff], now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        lying = await lying_with(self._core, county, heads, number)
        if not lying:
            return conversation, (nothing_lies(number),)
        if number and len({one.case for one in lying}) == 1 and (task := await self._core.task(lying[0].order)):
            return await self._invited(county, conversation, task)
        return await listed_today_first(self._core, county, conversation, heads, lying, LIST, _KIND, now)

    async def _invited(
        self, county: County, conversation: Conversation, task: Task
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The case with 提请会商 beside it; refused where none can be asked for now."""
        case, order = task
        title = task_title(county, case, order, await self._core.submission(case.id))
        invitation = consult_invitation(case, of_order(order), county, title)
        if not invitation.acts:
            rule = under(county, case.process_version).process.consultation
            over = Refused(code="reassign.over")
            runs = Refused(code="ask_consultation.already", about={"kind": rule.name}) if rule else over
            none = Refused(code="consultation.absent") if rule is None else runs if case.consulting else over
            return conversation, (ActRefused(none),)
        others = tuple(one for one in conversation.invitations if one.id != invitation.id)
        changed = {"invitations": (*others, invitation), "floor": invitation.id, "pushed": False}
        return conversation.model_copy(update=changed), (Invited(invitation),)
