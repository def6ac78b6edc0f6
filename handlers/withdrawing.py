"""撤回 and 恢复办理 in chat: what is meant, whether it is meant, and what came of it (X160)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from dialogs.choosing import CHOICE
from dialogs.events import Choosing, EndReasonTold, ResumeAsked, WithdrawAsked
from handlers.mine import AWAY
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.orders import order_name
from handlers.wording.outcomes import ActRefused, Listed, Told, Withdrawn
from model.case import Case
from model.command import Command, Do
from model.commands.ending import GiveEndReason, Resume, Withdraw
from model.conversation import Conversation, Offer
from model.county import County
from model.decision import Done, Refused
from model.edition import under
from model.message import Actor
from model.order import Order
from routing.ending import resumable
from routing.transitions import finished

_ALL: Final = 2
"""From so many orders on they can be withdrawn together."""


class Withdrawing:
    """What an applicant gives up of what he handed in, and takes back."""

    def __init__(self, core: RoutingCore, own: OwnCases) -> None:
        """Over the routing core; `own` knows his cases."""
        self._core = core
        self._own = own

    async def carry_out(
        self,
        county: County,
        conversation: Conversation,
        event: WithdrawAsked | EndReasonTold | ResumeAsked,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Asks which, asks whether it is meant, and does it."""
        speaker = actor.model_copy(update={"role": "applicant", "staff": None})
        try:
            known = await self._core.cases(conversation.account, conversation.person)
            match event:
                case WithdrawAsked():
                    return await self._withdraw(county, conversation, event, known, key, speaker, now)
                case ResumeAsked():
                    return await self._resume(county, conversation, event, known, key, speaker, now)
                case EndReasonTold():
                    return await self._reason(county, conversation, event, known, key, speaker, now)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)

    async def _withdraw(
        self,
        county: County,
        conversation: Conversation,
        event: WithdrawAsked,
        known: Sequence[Case],
        key: str,
        speaker: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        if event.sure and event.case is not None:
            done = await self._do(event.case, Withdraw(orders=event.orders), key, speaker, now)
            if isinstance(done, Refused):
                return conversation, (ActRefused(done),)
            return _withdrawn(county, conversation, done.case, event.orders)
        open_cases = [one for one in known if event.case in (None, one.id) and _open(one, event)]
        if not open_cases:
            nothing = "withdraw.nothing" if known else "withdraw.none"
            return conversation, (ActRefused(Refused(code=nothing)),)
        if len(open_cases) > 1:
            return await self._own.choose(conversation, known, open_cases, "withdraw", "cw")
        case = open_cases[0]
        left = _open(case, event)
        named = bool(event.services or event.orders)
        if len(left) >= _ALL and not named:
            return _which(county, conversation, case, left)
        return _whether(county, conversation, case, left)

    async def _resume(
        self,
        county: County,
        conversation: Conversation,
        event: ResumeAsked,
        known: Sequence[Case],
        key: str,
        speaker: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        able = [one for one in known if event.case in (None, one.id) and _back(county, one, now)]
        if len(able) > 1:
            return await self._own.choose(conversation, known, able, "resume", "cb")
        named = [one for one in known if event.case in (None, one.id) and any(order.ending for order in one.orders)]
        case = next(iter(able or named), None)
        if case is None:
            return conversation, (ActRefused(Refused(code="resume.nothing")),)
        before = {one.id for one in case.orders if one.ending is not None}
        done = await self._do(case.id, Resume(), key, speaker, now)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        again = tuple(one for one in done.case.orders if one.id in before and one.ending is None)
        return conversation, (Withdrawn(done.case, again, resumed=True),)

    async def _reason(
        self,
        county: County,
        conversation: Conversation,
        event: EndReasonTold,
        known: Sequence[Case],
        key: str,
        speaker: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        case = next((one for one in known if one.id == event.case), None)
        reasons = under(county, case.process_version).process.withdrawal.reasons if case else ()
        if case is None or not 1 <= event.reason <= len(reasons):
            return conversation, (ActRefused(Refused(code="end_reason.nothing")),)
        reason = reasons[event.reason - 1]
        done = await self._do(case.id, GiveEndReason(reason=reason), key, speaker, now)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        return conversation, (Withdrawn(done.case, (), reason=reason),)

    async def _do(self, case: str, do: Do, key: str, speaker: Actor, now: dt.datetime) -> Done | Refused:
        return await self._core.execute(Command(id=key, case=case, actor=speaker, do=do), now)


def _open(case: Case, event: WithdrawAsked) -> list[Order]:
    """What can be withdrawn of a case, of what is named."""
    left = [one for one in case.orders if case.closed_at is None and not finished(one, case.steps_of(one))]
    if event.orders:
        return [one for one in left if one.id in event.orders]
    return [one for one in left if not event.services or one.service in event.services]


def _back(county: County, case: Case, now: dt.datetime) -> tuple[Order, ...]:
    return resumable(case, under(county, case.process_version), now)


def _which(
    county: County, conversation: Conversation, case: Case, orders: Sequence[Order]
) -> tuple[Conversation, tuple[Told, ...]]:
    """One of its services, or all of them."""
    labels = {f"o:{case.id}/{one.id}": order_name(county, case, one) for one in orders}
    labels[f"o:{case.id}/{','.join(one.id for one in orders)}"] = county.messages["button.withdraw_all"].strip()
    return _offered(conversation, "withdraw_which", labels, {"number": case.number})


def _whether(
    county: County, conversation: Conversation, case: Case, orders: Sequence[Order]
) -> tuple[Conversation, tuple[Told, ...]]:
    """Asked once, with what follows from it."""
    names = ",".join(one.id for one in orders)
    labels = {
        f"z:{case.id}/{names}": county.messages["button.withdraw_yes"].strip(),
        "stay": county.messages["button.withdraw_no"].strip(),
    }
    facts = {
        "number": case.number,
        "services": [order_name(county, case, one) for one in orders],
        "rest": any(not finished(one, case.steps_of(one)) and one not in orders for one in case.orders),
        "days": under(county, case.process_version).process.withdrawal.undo_days,
    }
    return _offered(conversation, "withdraw_sure", labels, facts)


def _withdrawn(
    county: County, conversation: Conversation, case: Case, named: Sequence[str]
) -> tuple[Conversation, tuple[Told, ...]]:
    """It is done; why, he can tap, and that he takes it back."""
    rule = under(county, case.process_version).process.withdrawal
    gone = tuple(one for one in case.orders if one.id in named and one.ending is not None)
    at = next((one.ending.at for one in gone if one.ending is not None), None)
    back = at is not None and bool(resumable(case, under(county, case.process_version), at))
    until = at + dt.timedelta(days=rule.undo_days) if at is not None and back else None
    labels = {f"g:{case.id}/{place}": reason for place, reason in enumerate(rule.reasons, 1)}
    if back:
        labels[f"cb:{case.id}"] = county.messages["button.resume"].strip()
    told = Withdrawn(case, gone, until)
    if not labels:
        return conversation, (told,)
    conversation, asked = _offered(conversation, "withdraw_reason", labels, {"reasons": bool(rule.reasons)})
    return conversation, (told, *asked)


def _offered(
    conversation: Conversation, about: str, labels: Mapping[str, str], facts: Mapping[str, object]
) -> tuple[Conversation, tuple[Told, ...]]:
    choices = tuple(labels)
    offer = Offer(about=about, choices=choices, shown=len(choices))
    conversation = conversation.model_copy(update={"offer": offer, "floor": CHOICE, "pushed": False})
    return conversation, (Listed(Choosing(about, choices, left=0), labels=labels, facts=facts),)
