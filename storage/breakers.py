"""How an account stands with the platform, shared by all processes: what is shut until when, how much of the day is used
(design §2.4).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias, cast
from urllib.parse import quote

from storage.port import Argument, Port, Script
from storage.steps import Step

_ADMIT = Script.read("platform_admit")
_SHUT, _DAY = "shut:", "day:"
_MINUTE_MS: Final = 60_000


class Shut(NamedTuple):
    """A breaker is open: `what` is not asked before `until`, because of `why`."""

    what: str
    until: dt.datetime
    why: str


class Wait(NamedTuple):
    """Too many at once: not before so much time."""

    time: dt.timedelta


class DayUsed(NamedTuple):
    """As much as may be asked on one day was asked."""


class Go(NamedTuple):
    """It may go; it is the `number`th of its day."""

    number: int


Admission: TypeAlias = Go | Shut | Wait | DayUsed


@dataclass(frozen=True, slots=True)
class Pace:
    """How much may be asked of one API: requests a minute (0: any number), so many of them at once, requests a day (0: any)."""

    a_minute: int = 0
    at_once: int = 0
    a_day: int = 0


class Standing(NamedTuple):
    """All that is known of an account: its open breakers, and the requests of today by API."""

    shut: tuple[Shut, ...]
    used: Mapping[str, int]


class Breakers:
    """By account (its appid). Raises `StoreAway` and `StoreBusy`."""

    def __init__(self, port: Port, *, prefix: str = "lianban:") -> None:
        self._port = port
        self._prefix = prefix

    async def admit(
        self, account: str, api: str, needs: Sequence[str], pace: Pace, now: dt.datetime, day_ends: dt.datetime
    ) -> Admission:
        """Whether a request may go now; one that may is counted. `needs` are the breakers that must not be open."""
        apart = _MINUTE_MS // pace.a_minute if pace.a_minute else 0
        arguments: tuple[Argument, ...] = (
            _ms(now),
            _ms(day_ends),
            api,
            apart,
            apart * pace.at_once,
            pace.a_day,
            *needs,
        )
        answer = await self._port.call(_ADMIT, (self._key(account),), arguments, step=Step.QUOTA)
        match cast("Sequence[bytes | int]", answer):
            case [b"go", int() as number]:
                return Go(number)
            case [b"wait", int() as ms]:
                return Wait(dt.timedelta(milliseconds=ms))
            case [b"shut", bytes() as what, bytes() as until, bytes() as why]:
                return Shut(what.decode(), _at(until), why.decode())
            case _:
                return DayUsed()

    async def shut(self, account: str, what: str, until: dt.datetime, why: str) -> None:
        """Nobody asks for `what` before `until`. `why` is one word for the log and the worklist."""
        await self._port.command("HSET", self._key(account), _SHUT + what, f"{_ms(until)} {why}", step=Step.QUOTA)

    async def reopen(self, account: str, what: str) -> bool:
        """An operator has put it right; whether it was shut."""
        return await self._port.command("HDEL", self._key(account), _SHUT + what, step=Step.QUOTA) == 1

    async def standing(self, account: str, now: dt.datetime) -> Standing:
        """What is shut now, and what was asked today."""
        kept = cast("Mapping[bytes, bytes]", await self._port.command("HGETALL", self._key(account), step=None))
        shut, used = list[Shut](), dict[str, int]()
        for field, value in kept.items():
            name = field.decode()
            until, _, rest = value.partition(b" ")
            if name.startswith(_SHUT) and _at(until) > now:
                shut.append(Shut(name.removeprefix(_SHUT), _at(until), rest.decode()))
            elif name.startswith(_DAY) and _at(until) > now:
                used[name.removeprefix(_DAY)] = int(rest)
        return Standing(tuple(sorted(shut)), used)

    def _key(self, account: str) -> str:
        return f"{self._prefix}platform:{quote(account, safe='')}"


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _at(ms: bytes) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(ms) / 1000, dt.UTC)
