"""A whole turn on a real embedded Valkey: messages per second of one loop, and round trips to Redis per message."""

import asyncio
import datetime as dt
import os
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.walk import next_answer
from config.loader import load_counties
from handlers.book import SealedBook
from handlers.effects import Effects
from handlers.handing_in import HandingIn
from handlers.turn import Turns
from model.county import County
from model.message import TextMessage, Update
from storage.conversations import Conversations, open_port
from storage.port import Argument, Command, RedisPort, Script
from storage.steps import Step
from storage.valkey import EmbeddedValkey
from storage.vault import Keyring, Vault

PEOPLE, AT_ONCE = 40, 8


class CountingPort:
    """Counts the calls that pass: each is one round trip."""

    def __init__(self, port: RedisPort) -> None:
        self._port = port
        self.calls: Counter[str] = Counter()

    async def call(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        *,
        step: Step | None,
        before: Sequence[Command] = (),
    ) -> object:
        """See `storage.port.Port`."""
        self.calls["script"] += 1
        return await self._port.call(script, keys, arguments, step=step, before=before)

    async def command(self, *command: Argument, step: Step | None) -> object:
        """See `storage.port.Port`."""
        self.calls["command"] += 1
        return await self._port.command(*command, step=step)


async def _measure(directory: Path) -> None:
    county = load_counties()["xinxiang"]
    async with EmbeddedValkey(directory) as valkey:
        plain = open_port(valkey.url)
        port = CountingPort(plain)
        vault = Vault(Keyring("k", {"k": os.urandom(32)}), os.urandom(32))
        book = SealedBook(Conversations(port), vault)
        nobody: object = None
        turns = Turns(
            {county.id: county}, {"a": county.id}, book, Effects(nobody), HandingIn(nobody, nobody),  # type: ignore[arg-type]
            lambda: dt.datetime.now(dt.UTC),
        )  # fmt: skip
        seconds = list[float]()
        queue = iter(range(PEOPLE))

        async def people() -> None:
            for number in queue:
                await _walk(turns, county, f"p{number}", seconds)

        began, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(people() for _ in range(AT_ONCE)))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        await plain.close()
    seconds.sort()
    messages = len(seconds)
    looks = messages  # the applicant looks at the conversation after each message to know what is asked
    half, late = (seconds[int(messages * share)] * 1000 for share in (0.5, 0.99))
    print(f"turns: {PEOPLE} applicants, {AT_ONCE} at once, to the review card, embedded Valkey, appendfsync always")
    print(
        f"  {messages / took:8.0f} messages/s   p50 {half:.1f} ms   p99 {late:.1f} ms   CPU {cpu / messages * 1e6:.0f} µs"
    )
    print(f"  {(port.calls['script'] - looks) / messages:.2f} round trips to Redis a message (bar: 2)")


async def _walk(turns: Turns, county: County, person: str, seconds: list[float]) -> None:
    """One applicant up to the review card."""
    said: str | None = "你好"
    count = 0
    while said not in {None, "0"}:
        now, message = dt.datetime.now(dt.UTC), TextMessage(text=said or "")
        began = time.perf_counter()
        await turns.answer(Update(account="a", person=person, key=f"{person}:{count}", at=now, message=message))
        seconds.append(time.perf_counter() - began)
        count += 1
        said = next_answer(county, await turns.conversation("a", person))


def run() -> None:
    """Prints throughput, latency and round trips."""
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_measure(Path(directory)))
