"""WeCom: a card with buttons, or a text with numbered choices, to a member of the enterprise."""

from collections.abc import Mapping
from typing import Final, Literal

from bot.channels.wechat.errors import Correction
from bot.channels.wechat.results import Failed as NotSent
from bot.channels.wechat.results import NoAnswer, Refusal, Sent
from bot.channels.wecom.card import card_of
from bot.channels.wecom.client import CHECKED, WeCom
from bot.channels.wecom.errors import TASK_ID_TAKEN
from bot.delivery import Announce
from bot.ways.enclosing import Enclosing
from bot.ways.gate import MEMBER, WECOM, Gate
from bot.ways.way import Closed
from handlers.letter import Enclosed, Letter
from handlers.turn import Turns
from model.delivery import Delivered, Failed, Outcome, Row, Unknown
from storage.breakers import Pace

MEMBER_PACE: Final = Pace(a_minute=16, at_once=13)
"""Platform rule: 30 messages a minute and 1000 an hour to one member, and more are dropped without a word. Fourteen at once
and one every 3.75 s after that are at most 30 in any minute and 974 in any hour.
"""

PICTURES: Final = frozenset({"image/jpeg", "image/png"})
"""Platform rule: what can be sent as a picture; all else goes as a file."""


class WeComWay:
    """`Way` by WeCom. A card has a task id from the row's key, which the platform takes once; a notice as a text is not
    delivered twice within half an hour. A reply as a text has neither: the same words may well be said again on purpose,
    so nothing of it is recognised as a repetition, and what may have arrived is never sent again.
    """

    name = WECOM
    shows_choices = True

    def __init__(
        self, clients: Mapping[str, WeCom], turns: Turns, gate: Gate, enclosing: Enclosing | None = None
    ) -> None:
        """Without `enclosing` no papers are sent."""
        self._enclosing = enclosing
        self._clients = clients
        self._turns = turns
        self._gate = gate

    def serves(self, account: str) -> bool:
        """See `Way`."""
        return account in self._clients

    async def send(self, row: Row, letter: Letter, announce: Announce) -> Outcome | Closed:
        """See `Way`."""
        client, talk = self._clients[letter.account], self._turns.conversation_id(letter.account, letter.person)
        quota = (await self._turns.conversation(letter.account, letter.person)).quota
        if quota.left_at is not None:
            return Closed("not_member")
        if (shut := await self._gate.ledger.shut(talk, WECOM, quota.last_at)) is not None:
            return Closed(shut)
        app = client.app.name
        held = await self._gate.admit(app, WECOM) or await self._gate.admit(f"{app}:{letter.person}", MEMBER)
        if held is not None:
            return held
        if letter.enclosed is not None and self._enclosing is not None:
            sent = await self._paper(client, talk, letter, letter.enclosed, self._enclosing, announce)
        else:
            sent = await self._sent(client, row, letter, announce)
        match sent:
            case Sent():
                return Delivered()
            case NoAnswer(reason=reason, may_have_arrived=may):
                return Unknown(reason=reason) if may else Failed(reason=reason)
            case Refusal():
                return await self._gate.learn(app, WECOM, talk, sent)
            case _:
                return sent

    async def _paper(
        self,
        client: WeCom,
        talk: str,
        letter: Letter,
        enclosed: Enclosed,
        enclosing: Enclosing,
        announce: Announce,
    ) -> Sent | NotSent | Outcome:
        """The paper as a picture if it is one that the platform shows, else as a file; in words if neither."""
        kind: Literal["image", "file"] = "image" if enclosed.media_type in PICTURES else "file"

        async def send(media_id: str) -> Sent | NotSent:
            await announce(WECOM, None)
            return await client.send_media(letter.person, kind, media_id)

        sent = await enclosing.send(client.app.name, client, enclosed, kind, talk, send)
        if sent is not None:
            return sent
        await announce(WECOM, None)
        return await client.send_text(letter.person, letter.reply)

    async def _sent(self, client: WeCom, row: Row, letter: Letter, announce: Announce) -> Sent | NotSent:
        """As a card if it is one; as a text if it is none, or the platform finds fault with the card."""
        card = card_of(letter.reply, row.key)
        if card is not None:
            await announce(WECOM, CHECKED)
            sent = await client.send_card(letter.person, card)
            if not isinstance(sent, Refusal):
                return sent
            if sent.code == TASK_ID_TAKEN and row.channel == WECOM:
                return Sent()  # the attempt before this one has arrived
            if sent.meaning.correction is not Correction.REPAIR:
                return sent
        once = row.kind == "notice"
        await announce(WECOM, CHECKED if once else None)
        return await client.send_text(letter.person, letter.reply, once=once)
