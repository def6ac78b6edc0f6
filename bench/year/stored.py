"""What one more case costs where many are stored (`python -m bench stored`): CPU per act at 1,000, 10,000 and 100,000 cases.

A few weeks are simulated; their closed cases with nothing due are then copied row by row in SQL under new ids, with their orders,
log, commands, limits, lookups and notices (not permits, nor parts of a sheet), until there are so many. What is measured is done to
new cases beside them, and never opens a copy: its sealed parts are bound to the case they were made for.
"""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from statistics import median
from typing import Any, Final

import structlog
from sqlalchemy import Column, MetaData, Table, exists, func, insert, literal, select
from sqlalchemy.schema import CreateTable, DropTable

from bench.year.conduct import Conduct
from bench.year.people import application, staff_of
from bench.year.simulate import START, records_at
from bench.year.world import World
from config.loader import load_counties
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.message import Actor
from routing.bulletin import bulletin
from storage.engine import Database
from storage.schema import cases, commands, deadlines, events, lookups, orders, outbox, record_keys

SIZES: Final = (1_000, 10_000, 100_000)
_TEMPLATE, _WEEKS, _ROUNDS = 120, 9, 40
_NEW: Final[Mapping[str, Sequence[str]]] = {
    "cases": ("id", "number", "submission", "person"),
    "orders": ("id", "case_id"),
    "events": ("case_id",),
    "commands": ("id", "case_id"),
    "deadlines": ("order_id", "case_id"),
    "lookups": ("hash", "case_id"),
    "record_keys": ("case_id",),
    "outbox": ("key", "case_id", "order_id"),
}
"""What has another value in every copy."""
_TABLES: Final = (cases, orders, events, commands, deadlines, lookups, record_keys, outbox)


async def _fill(database: Database, to: int, first: int) -> int:
    """Copies what is closed until so many cases are there; the number of the next copy."""
    # A call back after a bad mark may still be due: the clock would open the copy.
    due = exists().where(deadlines.c.case_id == cases.c.id, deadlines.c.next_at.is_not(None))
    closed = select(cases.c.id).where(cases.c.closed_at.is_not(None), cases.c.number.not_like("%:%"), ~due)
    async with database.reading() as connection:
        there = (await connection.execute(select(func.count()).select_from(cases))).scalar_one()
        models = (await connection.execute(closed)).scalars().all()
    number = first
    async with database.engine.connect() as connection:
        # Set aside once: looking for them in tables that grow would cost more than copying them.
        for one in _TABLES:
            case = one.c.id if one is cases else one.c.case_id
            await connection.execute(CreateTable(_model(one)))
            await connection.execute(insert(_model(one)).from_select(one.c.keys(), select(one).where(case.in_(models))))
        await connection.commit()
        while there < to:
            most = min(len(models), to - there)
            for one in _TABLES:
                await connection.execute(_copy(one, models[:most], number))
            await connection.commit()
            there, number = there + most, number + 1
        for one in _TABLES:
            await connection.execute(DropTable(_model(one)))
        await connection.commit()
    return number


@cache
def _model(one: Table) -> Table:
    """What is copied of a table."""
    columns = (Column(each.name, each.type) for each in one.c)
    return Table(f"model_{one.name}", MetaData(), *columns, prefixes=["TEMPORARY"])


def _copy(one: Table, which: Sequence[str], number: int) -> Any:
    """One copy of what a table keeps of these cases."""
    model, suffix = _model(one), literal(f":{number}")
    names = [each.name for each in one.c if not (one is outbox and each.name in ("id", "along"))]
    values = [(model.c[name] + suffix) if name in _NEW[one.name] else model.c[name] for name in names]
    case = model.c.id if one is cases else model.c.case_id
    return insert(one).from_select(names, select(*values).where(case.in_(which)))


async def _timed(acts: Sequence[Callable[[], Awaitable[object]]]) -> float:
    """The median CPU of these acts, in ms."""
    took = list[float]()
    for act in acts:
        began = time.process_time()
        await act()
        took.append(time.process_time() - began)
    return median(took) * 1000


async def _measured(world: World, number: int) -> dict[str, float]:
    """Ms by act, over new cases."""
    county = world.county
    wanted = [application(county, number + place, world.now, world.chance) for place in range(_ROUNDS)]
    made = dict[str, float]()
    made["accept"] = await _timed([lambda one=one: world.accept(one) for one in wanted])  # type: ignore[misc]
    fresh = list(world.cases.values())[-_ROUNDS:]
    owned = [(case, order) for case in fresh for order in case.orders if order.steward and not order.candidates]

    def done(do: Callable[[str], Any]) -> list[Callable[[], Awaitable[object]]]:
        return [
            lambda case=case, order=order: world.do(case.id, _steward(world, order.steward), do(order.id))  # type: ignore[misc]
            for case, order in owned
        ]

    made["take"] = await _timed(done(lambda order: Take(order=order)))
    made["contact"] = await _timed(done(lambda order: ReportContact(order=order)))
    stewards = list(dict.fromkeys(order.steward for _, order in owned))
    made["his tasks"] = await _timed([lambda one=one: world.core.tasks(one) for one in stewards])  # type: ignore[misc]
    made["his cases"] = await _timed([lambda one=one: world.core.cases(one.account, one.person) for one in fresh])  # type: ignore[misc]
    made["by number"] = await _timed([lambda one=one: world.core.numbered(one.county, one.number) for one in fresh])  # type: ignore[misc]
    world.now += dt.timedelta(days=3)
    given = 0

    async def warn() -> None:
        nonlocal given
        while now := await world.warner.round():
            given += now

    made["warn"] = await _timed([warn]) / max(1, given)
    before = world.post.outcomes.total()
    all_of_it = await _timed([world.delivery.deliver_due])
    made["deliver"] = all_of_it / max(1, world.post.outcomes.total() - before)
    since = world.now - dt.timedelta(days=30)
    read = 0

    async def tell() -> None:
        nonlocal read
        logs = await world.core.logs(world.county.id, since, world.now)
        read = len(logs)
        bulletin(logs, world.county, since, world.now)

    # By case: later sizes have the open cases of the earlier ones in their month as well.
    made["通报, a case"] = await _timed([tell] * 5) / read
    return made


def _steward(world: World, staff: str | None) -> Actor:
    return Actor(person=world.staff[staff or ""].person or "", role="steward", staff=staff)


async def _growth(sizes: Sequence[int], county_id: str, url: str | None) -> None:
    county = load_counties()[county_id]
    async with records_at(url) as database:
        world = World(county, database, START, START + dt.timedelta(weeks=_WEEKS), seed=1)
        for one in staff_of(county, _TEMPLATE):
            await world.hire(one)
        Conduct(world).plan(_TEMPLATE)
        await world.run()
        world.on_change(lambda _before, _done: None)
        columns, copy = list[dict[str, float]](), 0
        for place, size in enumerate(sizes):
            began = time.perf_counter()
            copy = await _fill(database, size, copy)
            print(f"  {size:,} cases are there after {time.perf_counter() - began:.0f} s", flush=True)
            world.now = START + dt.timedelta(days=120 + 40 * place)  # each size has a month of its own
            columns.append(await _measured(world, 1_000 * (place + 1)))
    print("  ms of CPU" + "".join(f"{size:>12,}" for size in sizes) + "      growth")
    for name in columns[0]:
        row = [one[name] for one in columns]
        print(f"  {name:<12}" + "".join(f"{one:>12.2f}" for one in row) + f"  {row[-1] / row[0]:>9.2f}x")


def run(sizes: Sequence[int] = SIZES, county: str = "xinxiang", database: str | None = None) -> None:
    """Prints the table."""
    print(f"stored: {', '.join(f'{one:,}' for one in sizes)} cases of {county}, {database or 'SQLite'}", flush=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(_growth(sizes, county, database))
