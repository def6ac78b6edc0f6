"""模板消息: a card by the county's mapping, whenever he follows; sent again it is the same message for ten minutes (platform rule)."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.errors import Correction
from bot.channels.wechat.repair import repaired
from bot.channels.wechat.results import NoAnswer, Refusal, Sent
from bot.delivery import Announce
from bot.ways.gate import TEMPLATE, Gate, template_breaker
from bot.ways.way import NO_RIGHT, Closed, number_of
from handlers.letter import Letter
from handlers.turn import Turns
from model.delivery import Delivered, Failed, Outcome, Row, Unknown

_PROTECTED: Final = dt.timedelta(minutes=10)


class TemplateWay:
    """`Way` by 模板消息."""

    name = TEMPLATE
    shows_choices = False

    def __init__(self, clients: Mapping[str, WeChat], turns: Turns, gate: Gate) -> None:
        self._clients = clients
        self._turns = turns
        self._gate = gate

    def serves(self, account: str) -> bool:
        """See `Way`."""
        return account in self._clients

    async def send(self, row: Row, letter: Letter, announce: Announce) -> Outcome | Closed:
        """See `Way`. What the platform says is wrong about one field is put right once; else the row has failed."""
        client, talk = self._clients[letter.account], self._turns.conversation_id(letter.account, letter.person)
        account, template_id = client.account.appid, client.account.templates.get(letter.template)
        if not client.account.may_card:
            return Closed(NO_RIGHT)
        if not letter.fields:
            return Closed("no_card")
        if template_id is None:
            return Closed("no_template")
        quota = (await self._turns.conversation(letter.account, letter.person)).quota
        if quota.left_at is not None:
            return Closed("not_following")
        if (shut := await self._gate.ledger.shut(talk, TEMPLATE, quota.last_at)) is not None:
            return Closed(shut)
        if (held := await self._gate.admit(account, TEMPLATE, template_breaker(template_id))) is not None:
            return held
        await announce(TEMPLATE, _PROTECTED)
        # By the platform's names from here on: its rules, and what it finds wrong, go by these.
        fields = {client.account.field_at_platform(template_id, one): value for one, value in letter.fields.items()}
        sent = await client.send_template(letter.person, letter.template, fields, key=row.key)
        if isinstance(sent, Refusal) and sent.meaning.correction is Correction.REPAIR:
            mended = repaired(fields, sent.errmsg)
            if mended is not None:
                sent = await client.send_template(letter.person, letter.template, mended, key=row.key)
        match sent:
            case Sent(msgid=msgid):
                return Delivered(taken_as=number_of(letter.account, msgid) if msgid else "")
            case NoAnswer(reason=reason, may_have_arrived=may):
                return Unknown(reason=reason) if may else Failed(reason=reason)
            case Refusal():
                return await self._gate.learn(account, TEMPLATE, talk, sent, template=template_id)
