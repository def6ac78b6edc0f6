"""The side of an official account: its door, its messages, and passive replies as texts with links."""

from collections.abc import Mapping

from bot.channels.wechat.account import Account
from bot.channels.wechat.envelope import Clock, Door, Opened
from bot.channels.wechat.inbound import Inbound, parse
from bot.channels.wechat.render import reply_xml, text_of
from bot.reception import Said
from model.message import Update


class OfficialSide:
    """`Side` of an official account."""

    nothing = "success"

    def __init__(self, account: Account, clock: Clock, window: float) -> None:
        """`window`: how many seconds a request's timestamp may lie from our clock."""
        self._door = Door(account, clock, window)
        self._clock = clock
        self.account = account.id
        self.path = f"/wechat/{account.id}"

    def greet(self, query: Mapping[str, str]) -> str:
        """See `Side`. The echo goes back verbatim."""
        return self._door.greet(query)

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """See `Side`."""
        return self._door.open(query, body)

    def read(self, xml: str) -> Inbound:
        """See `Side`."""
        return parse(self._door.account, xml)

    async def answer(self, update: Update, opened: Opened, said: Said) -> str:
        """See `Side`."""
        text = text_of(said.reply)
        return self.words(update, opened, text) if text else ""

    def words(self, update: Update, opened: Opened, text: str) -> str:
        """See `Side`."""
        account, created = self._door.account.original_id, int(self._clock().timestamp())
        return self._door.seal(
            reply_xml(person=update.person, account=account, created=created, text=text), opened.cipher
        )
