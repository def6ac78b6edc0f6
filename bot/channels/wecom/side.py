"""The side of a WeCom app: what may be answered to words, and what to a press of a button."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog

from bot.channels.wechat.envelope import Clock, Opened
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.render import cdata, plain, reply_xml, text_of
from bot.channels.wechat.results import Sent
from bot.channels.wecom.client import WeCom
from bot.channels.wecom.envelope import SealedDoor
from bot.channels.wecom.inbound import parse_wecom
from bot.reception import Said
from model.message import TextMessage, Update

_DONE: Final = frozenset({"answered", "quiet"})
"""Outcomes after which the press is done with; with any other it may be tried again on the same card."""

log = structlog.get_logger()


class WeComSide:
    """`Side` of a WeCom app.

    Platform rule: to a press only an update of the pressed card may be answered. So the card says what was chosen and has no
    buttons any more, and the words of the reply are a message of its own: put down before the answer, sent by the outbox.
    """

    nothing = ""

    def __init__(
        self,
        client: WeCom,
        clock: Clock,
        window: float,
        later: Callable[[Update], Awaitable[None]],
        chosen: Callable[[str, str], str],
    ) -> None:
        """`window`: how many seconds a request's timestamp may lie from our clock. `later` has the committed reply of a
        message pushed, once; it raises CoreAway. `chosen` words what stands on a card for the words that were chosen, in
        the county of an account.
        """
        self._client = client
        self._door = SealedDoor(client.app, clock, window)
        self._clock = clock
        self._later = later
        self._telling = set[asyncio.Task[None]]()
        self._chosen = chosen
        self.account = client.app.id
        self.path = f"/wecom/{client.app.id}"

    def greet(self, query: Mapping[str, str]) -> str:
        """See `Side`."""
        return self._door.greet(query)

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """See `Side`."""
        return self._door.open(query, body)

    def read(self, xml: str) -> Inbound:
        """See `Side`."""
        return parse_wecom(self._door.app, xml)

    async def answer(self, update: Update, opened: Opened, said: Said) -> str:
        """See `Side`."""
        text, corpid = text_of(said.reply, links=False), self._door.app.corpid
        if not (isinstance(update.message, TextMessage) and update.message.choice is not None):
            return self.words(update, opened, text) if text else ""
        if said.outcome not in _DONE:
            if text:
                # The platform must not wait for it: it would ask again, and he would be told again.
                telling = asyncio.create_task(self._say(update.person, said))
                self._telling.add(telling)
                telling.add_done_callback(self._telling.discard)
            return ""
        if text:
            await self._later(update)
        words = self._chosen(self.account, update.message.text)
        return self._door.seal(update_xml(update.person, corpid, int(self._clock().timestamp()), words), opened)

    def words(self, update: Update, opened: Opened, text: str) -> str:
        """See `Side`."""
        corpid, created = self._door.app.corpid, int(self._clock().timestamp())
        return self._door.seal(reply_xml(person=update.person, account=corpid, created=created, text=text), opened)

    async def _say(self, person: str, said: Said) -> None:
        """Nothing was done: he is told so at once or not at all, and his card stays as it is."""
        sent = await self._client.send_text(person, said.reply)
        if not isinstance(sent, Sent):
            log.warning("wecom.unsaid", outcome=said.outcome)


def update_xml(person: str, account: str, created: int, words: str) -> str:
    """The answer by which the pressed card has this in place of its buttons (platform rule: update_button)."""
    return (
        f"<xml><ToUserName>{cdata(person)}</ToUserName><FromUserName>{cdata(account)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType><![CDATA[update_button]]></MsgType>"
        f"<Button><ReplaceName>{cdata(plain(words))}</ReplaceName></Button></xml>"
    )
