"""What has been spent of each person's quota of 客服消息, shared by all processes (design §2.4, §6).

What opens a right travels in the conversation; only what was spent of it is kept here, so that nothing of it is written when
a person writes. The platform counts too, and where it counts otherwise it is right (`exhaust`).
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple, cast
from urllib.parse import quote

from storage.port import Argument, Port, Script
from storage.steps import Step

GARBAGE_MS: Final = 3 * 86_400_000
"""The longest right lasts two days."""

BAR_MS: Final = 30 * 86_400_000
"""After that the platform is asked again, and says so again."""

_REFUSES: Final = "refuses:"
_SPEND = Script.read("quota_spend")
_RETURN = Script.read("quota_return")


class Right(NamedTuple):
    """What an act of the person allows: at most so many messages (`most`) from `since` until `until`. `name` is the kind of act."""

    name: str
    since: dt.datetime
    until: dt.datetime
    most: int


class Spent(NamedTuple):
    """One message of this right may be sent now."""

    name: str
    since_ms: int


class NotOpen(NamedTuple):
    """Nothing may be sent: `closed` (no right is open), `used` (all are used up), or why the person is barred."""

    reason: str


class QuotaLedger:
    """Spends, gives back, corrects. Raises `StoreAway` and `StoreBusy`."""

    def __init__(self, port: Port, *, prefix: str = "lianban:") -> None:
        self._port = port
        self._prefix = prefix

    async def spend(
        self, conversation: str, rights: Sequence[Right], now: dt.datetime, last: dt.datetime | None
    ) -> Spent | NotOpen:
        """One message of the right that ends first. `last` is when the person last did anything: a bar older than that is over."""
        arguments: list[Argument] = [_ms(now), 0 if last is None else _ms(last), GARBAGE_MS]
        for one in rights:
            arguments += (one.name, _ms(one.since), _ms(one.until), one.most)
        answer = await self._port.call(_SPEND, (self._key(conversation),), arguments, step=Step.QUOTA)
        word, *rest = (one.decode() for one in cast("Sequence[bytes]", answer))
        return Spent(rest[0], int(rest[1])) if word == "spent" else NotOpen(rest[0] if word == "barred" else word)

    async def give_back(self, conversation: str, spent: Spent) -> None:
        """The message surely was not sent."""
        arguments = (spent.name, spent.since_ms)
        await self._port.call(_RETURN, (self._key(conversation),), arguments, step=Step.QUOTA)

    async def exhaust(self, conversation: str, rights: Sequence[Right]) -> None:
        """The platform counts more than we do: nothing is left of any of these."""
        if not rights:
            return
        used = [part for one in rights for part in (one.name, f"{_ms(one.since)} {one.most}")]
        await self._port.command("HSET", self._key(conversation), *used, step=Step.QUOTA)

    async def bar(self, conversation: str, why: str, now: dt.datetime) -> None:
        """The platform says that this person cannot be written to; it holds until he does something here himself."""
        key = self._key(conversation)
        await self._port.command("HSET", key, "bar", f"{_ms(now)} {why}", step=Step.QUOTA)
        await self._port.command("PEXPIRE", key, BAR_MS, step=Step.QUOTA)

    async def refuse(self, conversation: str, way: str, now: dt.datetime) -> None:
        """The person does not take what comes this way: it is not tried for thirty days, or for three after a 客服消息 to him."""
        key = self._key(conversation)
        await self._port.command("HSET", key, f"{_REFUSES}{way}", _ms(now), step=Step.QUOTA)
        await self._port.command("PEXPIRE", key, BAR_MS, step=Step.QUOTA)

    async def shut(self, conversation: str, way: str, last: dt.datetime | None) -> str | None:
        """Why nothing reaches him this way, whatever rights there are; None if nothing is known against it."""
        key = self._key(conversation)
        answer = await self._port.command("HMGET", key, "bar", f"{_REFUSES}{way}", step=None)
        bar, refused = cast("Sequence[bytes | None]", answer)
        at, _, why = (bar or b"").decode().partition(" ")
        if at and (last is None or int(at) >= _ms(last)):
            return why
        return "blocked" if refused else None

    def _key(self, conversation: str) -> str:
        return f"{self._prefix}quota:{{{quote(conversation, safe='')}}}"


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)
