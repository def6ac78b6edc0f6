"""Whoever had the account before us answers what is not ours: his server, or what he had written down (ADR 26)."""

import asyncio
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.channels.wechat.account import Previous, PreviousServer
from bot.channels.wechat.autoreplies import AutoReplies, saved_replies
from bot.channels.wechat.relay import Delivery, NotPassed, Passed, Relay
from bot.channels.wechat.reports import Silent
from bot.recent import Recent
from bot.reception import LAST
from dialogs.whose import Whose, at_sight
from model.message import FollowMessage, OtherMessage, UnfollowMessage, Update

_MEMORY: Final = 10_000
_BACKGROUND: Final = 4.5
"""Seconds for what nobody waits for."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text of his, for us to send; "" says nothing."""

    text: str = field(repr=False)
    outcome: str = "words"


class Server(Protocol):
    """His server."""

    async def post(self, delivery: Delivery, seconds: float) -> Passed | NotPassed:
        """Its answer, within `seconds`."""

    async def close(self) -> None:
        """Nothing more comes."""


class Predecessor:
    """The program, or the automatic replies, that one account had before us."""

    def __init__(self, source: Server | AutoReplies, scenes: tuple[str, ...]) -> None:
        """`scenes` are the beginnings of the scenes of our own QR codes."""
        self._source = source
        self._scenes = scenes
        self._tries: Recent[str, int] = Recent(_MEMORY)
        self._copies: set[asyncio.Task[Passed | NotPassed]] = set()

    def whose(self, inbound: Update) -> Whose | None:
        """Whose a message is that can be told without its conversation."""
        return at_sight(inbound.message, self._scenes)

    async def answer(self, delivery: Delivery, inbound: Update | Silent, seconds: float) -> Passed | NotPassed | Words:
        """His answer, within `seconds`."""
        if isinstance(self._source, AutoReplies):
            return Words(self._source.reply_to(inbound) if isinstance(inbound, Update) else "")
        return await self._source.post(delivery, seconds)

    def tell(self, delivery: Delivery) -> None:
        """He hears of it, and nobody waits for what he says."""
        if isinstance(self._source, AutoReplies):
            return
        copy = asyncio.create_task(self._source.post(delivery, _BACKGROUND))
        self._copies.add(copy)
        copy.add_done_callback(self._copies.discard)

    def ask_again(self, inbound: Update | Silent, failed: NotPassed) -> bool:
        """Whether the platform shall deliver this once more: his server is then asked again, as it was before us."""
        if isinstance(inbound, Silent) or failed.hopeless:
            return False
        tries = (self._tries.get(inbound.key) or 0) + 1
        self._tries.put(inbound.key, tries)
        return tries < LAST

    @staticmethod
    def waits(inbound: Update | Silent) -> bool:
        """Whether a person has said or tapped something, and waits for an answer."""
        if isinstance(inbound, Silent) or isinstance(inbound.message, FollowMessage | UnfollowMessage):
            return False
        return not (isinstance(inbound.message, OtherMessage) and inbound.message.event)

    async def finish(self) -> None:
        """Wait for what is under way, and close the connections."""
        await asyncio.gather(*self._copies, return_exceptions=True)
        if not isinstance(self._source, AutoReplies):
            await self._source.close()


def predecessor_of(previous: Previous) -> Predecessor:
    """Who it was, by the settings of an account. Raises SavedMistake for a file that cannot be read."""
    source = Relay(previous.url) if isinstance(previous, PreviousServer) else saved_replies(previous.autoreplies)
    return Predecessor(source, previous.scenes)
