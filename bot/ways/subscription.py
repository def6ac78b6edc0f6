"""订阅通知: a card to whoever agreed to it, as often as he agreed; sent again it is another message (platform rule)."""

from collections.abc import Awaitable, Mapping
from typing import Final

import structlog

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.errors import Correction
from bot.channels.wechat.repair import repaired
from bot.channels.wechat.results import NoAnswer, Refusal, Sent
from bot.delivery import Announce
from bot.ways.gate import Gate, template_breaker
from bot.ways.way import NO_RIGHT, Closed, number_of
from handlers.letter import Letter
from handlers.ports import Clock
from handlers.turn import Turns
from model.delivery import Delivered, Failed, Outcome, Row, Unknown
from storage.away import RECORDS_AWAY
from storage.opt_ins import SUBSCRIPTION, OptIns, Taken

NO_OPT_IN: Final = "no_opt_in"

log = structlog.get_logger()


class SubscriptionWay:
    """`Way` by 订阅通知. It has no idempotency key: an opt-in is taken before, and what may have arrived has spent it."""

    name = SUBSCRIPTION
    shows_choices = False

    def __init__(self, clients: Mapping[str, WeChat], turns: Turns, gate: Gate, opt_ins: OptIns, clock: Clock) -> None:
        self._clients = clients
        self._turns = turns
        self._gate = gate
        self._opt_ins = opt_ins
        self._clock = clock

    def serves(self, account: str) -> bool:
        """Where any of our names goes this way."""
        return account in self._clients and bool(self._clients[account].account.subscriptions.templates)

    async def send(self, row: Row, letter: Letter, announce: Announce) -> Outcome | Closed:
        """See `Way`."""
        client, talk = self._clients[letter.account], self._turns.conversation_id(letter.account, letter.person)
        account, template_id = client.account.appid, client.account.subscriptions.templates.get(letter.template)
        if not client.account.may_card:
            return Closed(NO_RIGHT)
        if template_id is None:
            return Closed("no_subscription")
        if not letter.fields:
            return Closed("no_card")
        quota = (await self._turns.conversation(letter.account, letter.person)).quota
        if quota.left_at is not None:
            return Closed("not_following")
        if (shut := await self._gate.ledger.shut(talk, SUBSCRIPTION, quota.last_at)) is not None:
            return Closed(shut)
        taken = await self._opt_ins.take(letter.account, letter.person, template_id, row.key, self._clock())
        if taken is None:
            return Closed(NO_OPT_IN)
        if (held := await self._gate.admit(account, SUBSCRIPTION, template_breaker(template_id))) is not None:
            await self._opt_ins.give_back(taken, self._clock())
            return held
        await announce(SUBSCRIPTION, None)
        match await self._sent(client, letter, template_id):
            case Sent(msgid=msgid):
                await self._kept(self._opt_ins.spend(taken, self._clock()))
                return Delivered(taken_as=number_of(letter.account, msgid) if msgid else "")
            case NoAnswer(reason=reason, may_have_arrived=True):
                await self._kept(self._opt_ins.spend(taken, self._clock()))
                return Unknown(reason=reason)
            case NoAnswer(reason=reason):
                await self._kept(self._opt_ins.give_back(taken, self._clock()))
                return Failed(reason=reason)
            case Refusal() as refusal:
                await self._kept(self._refused(letter, template_id, taken, refusal))
                return await self._gate.learn(account, SUBSCRIPTION, talk, refusal, template=template_id)

    async def _sent(self, client: WeChat, letter: Letter, template_id: str) -> Sent | NoAnswer | Refusal:
        """By the platform's names of fields; what it says is wrong about one is put right once."""
        fields = {client.account.field_at_platform(template_id, one): value for one, value in letter.fields.items()}
        sent = await client.send_subscription(letter.person, letter.template, fields)
        if isinstance(sent, Refusal) and sent.meaning.correction is Correction.REPAIR:
            mended = repaired(fields, sent.errmsg)
            if mended is not None:
                return await client.send_subscription(letter.person, letter.template, mended)
        return sent

    async def _refused(self, letter: Letter, template_id: str, taken: Taken, refusal: Refusal) -> None:
        if refusal.meaning.correction is Correction.OPT_IN_SPENT:
            await self._opt_ins.clear(letter.account, letter.person, template_id, taken.at, self._clock())
        else:
            await self._opt_ins.give_back(taken, self._clock())

    async def _kept(self, writing: Awaitable[None]) -> None:
        """What became of the message is known, and the row must not lose it: what stays taken counts as spent in the end."""
        try:
            await writing
        except RECORDS_AWAY as error:
            log.warning("opt_in.unsettled", error=type(error).__name__)
