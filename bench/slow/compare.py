"""Pushes come at a steady rate; each scene has another brake, and the wait of those whom it does not concern is told."""

import asyncio
import datetime as dt
import json
import multiprocessing
import tempfile
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import insert

from bench.outage.scene import KINDS, Person
from bench.outage.simulate import alive, answers
from bench.outage.worker import deliver, hear
from bench.processes import free_port
from bench.slow.platform import SLOW_PERSON, serve
from model.delivery import Recipient
from storage.engine import Database, open_database
from storage.enqueuing import base_row
from storage.migrate import upgrade
from storage.schema import outbox
from storage.steps import Step
from storage.valkey import EmbeddedValkey

_RATE: Final = 40
"""Pushes a second."""
_PER_PERSON: Final = 4
"""Less than the five 客服消息 that one message of a person allows."""
_BATCHES: Final = 10
"""A second."""
_AFTER_SECONDS: Final = 15.0
_FORK: Final = multiprocessing.get_context("forkserver")


class _Scene(NamedTuple):
    name: str
    slow: str
    seconds: float


_SCENES: Final = (
    _Scene("nobody is slow", "", 0),
    _Scene("two people: each answer takes 8 s", SLOW_PERSON, 8),
    _Scene("cards: each answer takes 3 s", "template/send", 3),
    _Scene("cards: no answer within our patience", "template/send", 30),
)


def run(seconds: int = 20) -> None:
    """Prints the wait from queue to platform of pushes that nothing holds up, scene by scene."""
    _FORK.set_forkserver_preload(["bench.outage.worker", "bench.slow.platform"])
    people = _RATE * seconds // _PER_PERSON * 2
    print(
        f"slow: {_RATE} pushes/s for {seconds} s by one worker on SQLite, half 客服消息 and half cards; from the queue to the platform"
    )
    for scene in _SCENES:
        with tempfile.TemporaryDirectory(prefix="lianban-slow-") as directory:
            asyncio.run(_play(Path(directory), scene, people, seconds))


async def _play(directory: Path, scene: _Scene, people: int, seconds: int) -> None:
    database, clock, began = f"sqlite:///{directory}/slow.sqlite3", directory / "ahead", dt.datetime.now(dt.UTC)
    await asyncio.to_thread(clock.write_text, "0")
    await upgrade(database)
    store = open_database(database)
    async with EmbeddedValkey(directory / "valkey") as valkey:
        platform_port, product_port = free_port(), free_port()
        url, product = f"http://127.0.0.1:{platform_port}", f"http://127.0.0.1:{product_port}"
        fork = partial(_FORK.Process, daemon=True)
        platform = fork(target=serve, args=(people, platform_port, product, scene.slow, scene.seconds))
        ears = fork(target=hear, args=(database, valkey.url, product_port, clock, began))
        with alive([platform, ears]):
            await answers(url)
            worker = fork(target=deliver, args=(database, valkey.url, url, clock, began))
            with alive([worker]):
                written = await _feed(store, people, seconds)
                await asyncio.sleep(_AFTER_SECONDS)
                arrived = json.loads(await asyncio.to_thread(_get, f"{url}/bench/arrived"))
    await store.close()
    _tell(scene, written, arrived)


async def _feed(store: Database, people: int, seconds: int) -> dict[str, tuple[Person, float]]:
    """By key, for whom and when; one after the other, evenly."""
    by_text = [Person(one) for one in range(people) if KINDS[one % len(KINDS)] == "writes"]
    by_card = [Person(one) for one in range(people) if KINDS[one % len(KINDS)] == "silent"]
    written, began = dict[str, tuple[Person, float]](), time.monotonic()
    for batch in range(seconds * _BATCHES):
        await asyncio.sleep(max(0.0, began + batch / _BATCHES - time.monotonic()))
        rows, now = list[dict[str, object]](), dt.datetime.now(dt.UTC)
        for place in range(_RATE // _BATCHES):
            number = batch * (_RATE // _BATCHES) + place
            whom = by_text if number % 2 else by_card
            person = whom[number // 2 % len(whom)]
            row = base_row(Recipient(kind="applicant", id=person.openid), f"k{number}", now)
            rows.append(row | {"kind": "notice", "template": "survey", "subject": f"k{number}"})
            written[f"k{number}"] = person, now.timestamp()
        async with store.writing(Step.LETTER) as connection:
            await connection.execute(insert(outbox), rows)
    return written


def _tell(scene: _Scene, written: dict[str, tuple[Person, float]], arrived: dict[str, float]) -> None:
    free = [key for key, (person, _) in written.items() if _is_free(scene, person)]
    waits = sorted(arrived[key] - written[key][1] for key in free if key in arrived)
    late = len(free) - len(waits)
    p50, p99 = (waits[int(len(waits) * share)] for share in (0.5, 0.99))
    print(
        f"  {scene.name:<40} {len(free):>5} others: p50 {p50:6.2f} s, p99 {p99:6.2f} s, longest {waits[-1]:6.2f} s; not yet sent {late}"
    )


def _is_free(scene: _Scene, person: Person) -> bool:
    """Whether nothing holds him up."""
    if scene.slow == SLOW_PERSON:
        return person.number not in (3, 7)
    return not scene.slow or person.kind == "writes"


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own process
        return bytes(answer.read())
