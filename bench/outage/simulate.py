"""Starts platform, workers and whoever kills them; waits until every push has ended; counts (design §2.4)."""

import asyncio
import datetime as dt
import json
import multiprocessing
import random
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from bench.outage.platform import serve
from bench.outage.scene import PER_PERSON, Person, person_of
from bench.outage.worker import deliver, hear
from bench.processes import free_port
from model.delivery import Recipient, RowState
from storage.engine import Database, open_database
from storage.enqueuing import base_row
from storage.migrate import upgrade
from storage.outbox import LEASE, PENDING
from storage.schema import outbox
from storage.steps import Step
from storage.valkey import EmbeddedValkey

WORKERS: Final = 8
_KILL_SECONDS: Final = 1.5
_LOOK_SECONDS: Final = 0.2
_QUIET_LOOKS: Final = 5
"""So often nothing is left: whoever claims next finds the last reports."""
_JUMP_SECONDS: Final = 120.0
"""So far the clock goes ahead where hardly anything is due."""
_FEW: Final = 20
_SENDS_SECONDS: Final = LEASE.total_seconds() / 2 + 1
"""Sending gives up by then."""
_MOST_SECONDS: Final = 1200
_FORK: Final = multiprocessing.get_context("forkserver")
"""Whoever is killed is back at once: the server has imported what he needs, and has no threads that a fork would tear."""


def run(pushes: int = 10_000) -> None:
    """Prints where the pushes ended, and what must not have happened."""
    _FORK.set_forkserver_preload(["bench.outage.worker", "bench.outage.platform"])
    with tempfile.TemporaryDirectory(prefix="lianban-outage-") as directory:
        asyncio.run(_run(Path(directory), pushes))


async def _run(directory: Path, pushes: int) -> None:
    people = pushes // PER_PERSON
    database, clock, began = f"sqlite:///{directory}/outage.sqlite3", directory / "ahead", dt.datetime.now(dt.UTC)
    await asyncio.to_thread(clock.write_text, "0")
    await upgrade(database)
    store = open_database(database)
    await _fill(store, people, began)
    async with EmbeddedValkey(directory / "valkey") as valkey:
        platform_port, product_port = free_port(), free_port()
        url, product = f"http://127.0.0.1:{platform_port}", f"http://127.0.0.1:{product_port}"
        platform = _FORK.Process(target=serve, args=(people, platform_port, product), daemon=True)
        ears = _FORK.Process(target=hear, args=(database, valkey.url, product_port, clock, began), daemon=True)
        with alive([platform, ears]):
            await answers(url)
            worker = partial(_FORK.Process, target=deliver, args=(database, valkey.url, url, clock, began), daemon=True)
            team = [worker() for _ in range(WORKERS)]
            with alive(team):
                seconds, killed = await _until_all_ended(store, team, worker, url, clock)
            found = json.loads(await asyncio.to_thread(_get, f"{url}/bench/arrived"))
        await _tell(store, found, people, seconds, killed)
    await store.close()


@contextmanager
def alive(processes: Sequence[Any]) -> Iterator[None]:
    """They, and whoever has taken the place of one meanwhile, run while this lasts."""
    for one in processes:
        one.start()
    try:
        yield
    finally:
        for one in processes:
            if one.is_alive():
                one.kill()
            one.join()


async def _fill(store: Database, people: int, began: dt.datetime) -> None:
    rows = [
        base_row(Recipient(kind="applicant", id=Person(number).openid), f"{number}-{place}", began)
        | {"kind": "notice", "template": "survey", "subject": f"{number}-{place}"}
        for place in range(PER_PERSON)
        for number in range(people)
    ]
    async with store.writing(Step.LETTER) as connection:
        await connection.execute(outbox.insert(), rows)


async def _until_all_ended(
    store: Database, team: list[Any], worker: Callable[[], Any], url: str, clock: Path
) -> tuple[float, int]:
    """Kills a worker every moment and puts another in his place; where nothing is due yet, the clock goes ahead."""
    chance, began, killed, ahead = random.Random(1), time.monotonic(), 0, 0.0
    next_kill, quiet = began + _KILL_SECONDS, 0
    while time.monotonic() - began < _MOST_SECONDS:
        await asyncio.sleep(_LOOK_SECONDS)
        if time.monotonic() > next_kill:
            place = chance.randrange(len(team))
            team[place].kill()
            team[place].join()
            team[place] = worker()
            team[place].start()
            killed, next_kill = killed + 1, time.monotonic() + _KILL_SECONDS
        now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=ahead)
        waits, sending, ready = await _standing(store, now)
        if not waits and not sending:
            quiet = 0 if await _still_told(url) else quiet + 1
            if quiet == _QUIET_LOOKS:
                return time.monotonic() - began, killed
            continue
        quiet = 0
        if ready <= _FEW:
            ahead += _JUMP_SECONDS
            await _go_ahead(store, url, clock, ahead)
            next_kill = time.monotonic() + _KILL_SECONDS
    raise SystemExit("outage: not over in time")


async def _still_told(url: str) -> bool:
    """Whether the platform has reports to bring yet: what did not arrive goes on its way again."""
    return bool(json.loads(await asyncio.to_thread(_get, f"{url}/bench/arrived"))["under_way"])


async def _go_ahead(store: Database, url: str, clock: Path, ahead: float) -> None:
    """The clock of all goes ahead; whoever is sending has ended before, so that no lease runs out under him."""
    moves, began = clock.with_suffix(".moves"), time.monotonic()
    await asyncio.to_thread(moves.touch)
    while time.monotonic() - began < _SENDS_SECONDS:
        await asyncio.sleep(_LOOK_SECONDS)
        if not (await _standing(store, dt.datetime.now(dt.UTC)))[1]:
            break
    await asyncio.to_thread(_post, f"{url}/sandbox/clock", {"add": _JUMP_SECONDS})
    await asyncio.to_thread(clock.write_text, str(ahead))
    await asyncio.to_thread(moves.unlink)


async def _standing(store: Database, now: dt.datetime) -> tuple[int, int, int]:
    """How many wait, how many are being sent, how many of those that wait are due."""
    due = func.count().filter(outbox.c.due_at <= now)
    async with store.reading() as connection:
        waits, ready = (await connection.execute(select(func.count(), due).where(outbox.c.state.in_(PENDING)))).one()
        sending = select(func.count()).where(outbox.c.state == RowState.SENDING)
        return int(waits), int((await connection.execute(sending)).scalar_one()), int(ready)


async def _tell(store: Database, found: dict[str, Any], people: int, seconds: float, killed: int) -> None:
    query = select(outbox.c.key, outbox.c.recipient, outbox.c.state, outbox.c.channel, outbox.c.reason)
    async with store.reading() as connection:
        rows = (await connection.execute(query)).all()
    arrived, calls = Counter[str](found["arrived"]), Counter[str](found["calls"])
    print(
        f"outage: {len(rows):,} pushes to {people:,} people through faults of every kind, {WORKERS} workers on SQLite, {killed} of them "
        f"killed -9, {seconds:,.0f} s"
    )
    for state, count in Counter(one.state for one in rows).most_common():
        reasons = Counter(one.reason or one.channel or "" for one in rows if one.state == state)
        print(f"  {state:<10} {count:>6,}   " + "; ".join(f"{why} {n:,}" for why, n in reasons.most_common(6)))
    twice = [one for one in rows if arrived[one.key] > 1]
    delivered = [one for one in rows if one.state == RowState.DELIVERED]
    print(f"  arrived {sum(1 for one in rows if arrived[one.key]):,}; twice {len(twice):,}")
    never = [person_of(one.recipient).kind for one in delivered if not arrived[one.key]]
    unheard = never.count("refuses")
    lied = len(never) - unheard
    print(
        f"  delivered and never arrived: {lied:,}; of people who refuse cards, and the report of it was lost: {unheard:,}"
    )
    refused = [one for one in rows if one.state == RowState.FAILED and arrived[one.key]]
    sure = [one for one in rows if one.state == RowState.WORKLIST and "=" in (one.reason or "") and arrived[one.key]]
    print(f"  failed or unreachable, and arrived: {len(refused) + len(sure):,}")
    print("  calls: " + ", ".join(f"{path.removeprefix('/cgi-bin/')} {n:,}" for path, n in calls.most_common(4)))
    print(
        f"  reports of the platform: {found['reports']:,}; told again {found['again']:,}; lost after three times {found['lost']:,}"
    )
    tokens, lost = calls["/cgi-bin/stable_token"], seconds / 5
    print(f"  tokens: {tokens:,} fetched by {WORKERS} workers; {lost:,.0f} were made invalid every five seconds")
    if twice or lied or refused or sure:
        raise SystemExit("outage: a push came twice, or is not where its row says")


async def answers(url: str) -> None:
    """Waits until the platform listens."""
    for _ in range(200):
        try:
            await asyncio.to_thread(_get, f"{url}/healthz")
        except OSError:
            await asyncio.sleep(0.05)
        else:
            return
    raise SystemExit("outage: the platform does not answer")


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own process
        return bytes(answer.read())


def _post(url: str, body: dict[str, Any]) -> None:
    asked = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    urllib.request.urlopen(asked, timeout=60).close()  # noqa: S310
