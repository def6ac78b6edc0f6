"""客服消息: while the person's own acts leave a right to write to him, and as many as they allow (platform rule)."""

from collections.abc import Mapping

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.errors import Correction
from bot.channels.wechat.results import Failed as NotSent
from bot.channels.wechat.results import NoAnswer, Refusal, Sent
from bot.channels.wechat.rights import rights_of
from bot.delivery import Announce
from bot.ways.enclosing import Enclosing
from bot.ways.gate import CUSTOM, Gate
from bot.ways.together import Together
from bot.ways.way import NO_RIGHT, Closed
from handlers.letter import Enclosed, Letter
from handlers.ports import Clock
from handlers.turn import Turns
from model.delivery import Delivered, Failed, Outcome, Row, Unknown
from model.message import Reply
from storage.ledger import NotOpen, Spent


class CustomWay:
    """`Way` by 客服消息. It has no idempotency key (platform rule): what may have arrived is never sent again."""

    name = CUSTOM
    shows_choices = True

    def __init__(
        self,
        clients: Mapping[str, WeChat],
        turns: Turns,
        gate: Gate,
        together: Together,
        clock: Clock,
        enclosing: Enclosing | None = None,
    ) -> None:
        """Without `enclosing` no papers are sent."""
        self._enclosing = enclosing
        self._clients = clients
        self._turns = turns
        self._gate = gate
        self._together = together
        self._clock = clock

    def serves(self, account: str) -> bool:
        """See `Way`."""
        return account in self._clients

    async def send(self, row: Row, letter: Letter, announce: Announce) -> Outcome | Closed:
        """See `Way`."""
        client, talk = self._clients[letter.account], self._turns.conversation_id(letter.account, letter.person)
        if not client.account.may_text:
            return Closed(NO_RIGHT)
        quota = (await self._turns.conversation(letter.account, letter.person)).quota
        if quota.left_at is not None:
            return Closed("not_following")
        rights = rights_of(quota)
        spent = await self._gate.ledger.spend(talk, rights, self._clock(), quota.last_at)
        if isinstance(spent, NotOpen):
            return Closed(spent.reason)
        if (held := await self._gate.admit(client.account.appid, CUSTOM)) is not None:
            await self._gate.ledger.give_back(talk, spent)
            return held
        if letter.enclosed is not None and self._enclosing is not None:
            sent = await self._paper(client, talk, letter, letter.enclosed, self._enclosing, spent, announce)
        else:
            together = await self._together.announced(row, letter, announce)
            sent = await self._sent(client, talk, letter.person, together.reply, spent)
        if isinstance(sent, Refusal):
            return await self._gate.learn(client.account.appid, CUSTOM, talk, sent, rights=rights)
        return sent

    async def _paper(
        self,
        client: WeChat,
        talk: str,
        letter: Letter,
        enclosed: Enclosed,
        enclosing: Enclosing,
        spent: Spent,
        announce: Announce,
    ) -> Outcome | Refusal:
        """The paper as a picture; in words that it cannot be one."""

        async def send(media_id: str) -> Sent | NotSent:
            await announce(CUSTOM, None)
            return await client.send_image(letter.person, media_id)

        sent = await enclosing.send(client.account.appid, client, enclosed, "image", talk, send)
        if sent is None:
            await announce(CUSTOM, None)
            return await self._sent(client, talk, letter.person, letter.reply, spent)
        if isinstance(sent, Sent | NoAnswer | Refusal):
            return await self._settled(talk, sent, spent)
        await self._gate.ledger.give_back(talk, spent)
        return sent

    async def _sent(
        self, client: WeChat, talk: str, person: str, reply: Reply, spent: Spent
    ) -> Delivered | Failed | Unknown | Refusal:
        sent = await client.send_text(person, reply)
        too_long = isinstance(sent, Refusal) and sent.meaning.correction is Correction.SPLIT
        if too_long and reply.text.strip() and (halves := await self._halves(client, talk, person, reply, spent)):
            return halves
        return await self._settled(talk, sent, spent)

    async def _settled(self, talk: str, sent: Sent | NotSent, spent: Spent) -> Delivered | Failed | Unknown | Refusal:
        """What became of it; of what surely was not sent the right is given back."""
        match sent:
            case Sent():
                return Delivered()
            case NoAnswer(reason=reason, may_have_arrived=True):
                return Unknown(reason=reason)
            case NoAnswer(reason=reason):
                await self._gate.ledger.give_back(talk, spent)
                return Failed(reason=reason)
            case Refusal() as refusal:
                if refusal.meaning.correction not in (Correction.COUNT_USED, Correction.WINDOW_CLOSED):
                    await self._gate.ledger.give_back(talk, spent)
                return refusal

    async def _halves(
        self, client: WeChat, talk: str, person: str, reply: Reply, spent: Spent
    ) -> Delivered | Failed | Unknown | None:
        """Too long for the platform after all: once more in two, at the end of a line. None if there is none."""
        lines = reply.text.splitlines()
        if len(lines) < 2:
            return None
        middle = len(lines) // 2
        match await client.send_text(person, Reply(text="\n".join(lines[:middle]))):
            case Refusal():
                return None
            case NoAnswer(reason=reason, may_have_arrived=may):
                if may:
                    return Unknown(reason=reason)
                await self._gate.ledger.give_back(talk, spent)
                return Failed(reason=reason)
        rest = reply.model_copy(update={"text": "\n".join(lines[middle:])})
        # The first half has arrived: whatever becomes of the second, this is not begun again.
        return Delivered() if isinstance(await client.send_text(person, rest), Sent) else Unknown(reason="second half")
