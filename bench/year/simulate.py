"""A whole year of a county in minutes, and its account (`python -m bench year`)."""

import asyncio
import datetime as dt
import logging
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import structlog

from bench.year.at_home import AtHome
from bench.year.conduct import Conduct
from bench.year.figures import Counted, plain
from bench.year.people import staff_of
from bench.year.recount import Found, recount
from bench.year.told import told as told_of
from bench.year.world import World
from config.loader import load_counties
from model.calendar import CHINA
from routing.bulletin import bulletin
from storage.engine import Database, open_database
from storage.migrate import upgrade

try:
    import uvloop
except ImportError:  # as in `bot.__main__`
    uvloop = None

START = dt.datetime(2026, 1, 1, tzinfo=CHINA)
DAYS = 365
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - what is made there has a name of its own


@dataclass
class Year:
    """What a simulated year came to."""

    world: World
    seconds: float
    cpu: float
    bulletins: list[dict[str, Counted]]
    bulletin_seconds: list[float]
    """Of CPU."""
    found: Found


@asynccontextmanager
async def records_at(url: str | None) -> AsyncIterator[Database]:
    """The migrated database at a URL; without one SQLite, in a file in memory that is gone afterwards: what is measured is
    our own work, not the disk's.
    """
    with tempfile.TemporaryDirectory(prefix="lianban-year-", dir=_MEMORY) as directory:
        file = Path(directory) / "year.db"
        await upgrade(url or f"sqlite:///{file}")
        database = open_database(url, patience=60) if url else AtHome(file)
        try:
            yield database
        finally:
            await database.close()


async def simulate(
    database: Database, county_id: str, cases: int, *, days: int = DAYS, seed: int = 1, every: int = 0
) -> Year:
    """Lets everybody act for so many days, has the bulletin of every month at its end, and counts all again.

    `every`: after so many simulated days a line is printed.
    """
    county = load_counties()[county_id]
    end = START + dt.timedelta(days=days)
    world = World(county, database, START, end, seed)
    for one in staff_of(county, cases):
        await world.hire(one)
    Conduct(world).plan(cases)
    ends = [START, *(_month(number) for number in range(1, 13) if _month(number) <= end)]
    bulletins, took = list[dict[str, Counted]](), list[float]()

    def asked(since: dt.datetime, until: dt.datetime) -> None:
        async def ask() -> None:
            began = time.process_time()
            logs = await world.core.logs(county.id, since, until)
            told = bulletin(logs, county, since, until)
            took.append(time.process_time() - began)
            bulletins.append({body: plain(figures) for body, figures in told.items()})

        world.at(until, ask)

    for since, until in pairwise(ends):
        asked(since, until)
    began, cpu = time.perf_counter(), time.process_time()
    for day in range(every, days, every) if every else ():
        _tell(world, day, began)
    await world.run()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    found = await recount(world, ends)
    found.faults += [
        f"bulletin of month {number}: {_difference(told, counted)}"
        for number, (told, counted) in enumerate(zip(bulletins, found.months, strict=True), 1)
        if told != counted
    ]
    return Year(world, seconds, cpu, bulletins, took, found)


def _month(number: int) -> dt.datetime:
    return START.replace(year=START.year + number // 12, month=number % 12 + 1)


def _tell(world: World, day: int, began: float) -> None:
    async def tell() -> None:
        spent = {name: round(seconds) for name, seconds in world.spent.items()}
        took = time.perf_counter() - began
        print(f"  day {day}: {len(world.cases):,} cases, {world.commands:,} commands, {took:.0f} s {spent}", flush=True)

    world.at(START + dt.timedelta(days=day), tell)


def _difference(told: dict[str, Counted], counted: dict[str, Counted]) -> str:
    bodies = sorted(told.keys() | counted.keys())
    return "; ".join(
        f"{body} said {told.get(body)}, counted {counted.get(body)}"
        for body in bodies
        if told.get(body) != counted.get(body)
    )


def run(cases: int = 10_000, county: str = "xinxiang", database: str | None = None) -> None:
    """Prints the account of the year, and whatever is wrong with it."""

    async def whole() -> Year:
        async with records_at(database) as opened:
            return await simulate(opened, county, cases, every=30)

    print(f"year: {cases:,} applications to {county} over {DAYS} days, {database or 'SQLite'}", flush=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    _print((uvloop or asyncio).run(whole()))


def _print(year: Year) -> None:
    world, found = year.world, year.found
    made, closed = len(world.cases), sum(one.closed_at is not None for one in world.cases.values())
    print(f"  {made:,} cases ({closed:,} closed), {found.events:,} events, {world.commands + world.warned:,} commands")
    for name, seconds in (("s", year.seconds), ("s of CPU", year.cpu)):
        print(f"  {seconds:.0f} {name}: {made / seconds:.1f} cases/s, {found.events / seconds:.0f} events/s")
    print(f"  of the CPU: {', '.join(f'{name} {seconds:.0f} s' for name, seconds in world.spent.items())}")
    print(
        f"  a command {world.spent['commands'] / world.commands * 1000:.2f} ms of CPU; refused: {dict(world.refused)}"
    )
    print(f"  {found.warnings:,} warnings of an order, each once, at its time; {found.notices:,} notices, each once")
    print(f"  {found.rung:,} rings of the clock for consultations and times said afterwards, each once, at its time")
    print(f"  {found.reminded:,} reminders of visits, each once, at its time")
    for line in told_of(found.happened):
        print(f"  {line}")
    print(f"  outbox: {dict(found.states)}, of them {found.digests:,} digests; {found.arrived:,} arrived")
    print(f"  bulletins: {len(year.bulletins)}, the dearest {max(year.bulletin_seconds, default=0):.2f} s of CPU")
    print(f"  faults: {len(found.faults) or 'none'}")
    for fault in found.faults[:20]:
        print(f"    {fault}")
