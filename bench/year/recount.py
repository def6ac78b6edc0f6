"""The whole year counted again from its log: warnings, notices, what arrived, and the monthly figures."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from bench.year.earlier import faults as earlier_faults
from bench.year.figures import Counted, Recount
from bench.year.receivers import Receivers
from bench.year.reminders import Reminders
from bench.year.rings import Rings
from bench.year.running import Running
from bench.year.seen import Seen
from bench.year.whom import heard
from bench.year.world import World
from model.delivery import RowState
from model.event import Recorded
from storage.schema import commands, outbox

_FINAL = (RowState.DELIVERED, RowState.FAILED, RowState.WORKLIST, RowState.SUPERSEDED, RowState.EXPIRED)


@dataclass
class Found:
    """What the recount counted, and everything that is wrong."""

    events: int = 0
    warnings: int = 0
    rung: int = 0
    reminded: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    """How often each kind of event is in the logs."""
    notices: int = 0
    digests: int = 0
    arrived: int = 0
    states: Counter[str] = field(default_factory=Counter)
    months: list[dict[str, Counted]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


async def recount(world: World, ends: Sequence[dt.datetime]) -> Found:
    """Reads every log once. `ends` are those of the months."""
    found, figures = Found(), Recount(world.hours, ends)
    told, batches = await _told(world, found), await _batches(world)
    receivers = Receivers(world.county, world.staff, world.gone)
    for case_id in world.cases:
        log = await world.core.events(case_id)
        found.events += len(log)
        running = Running(world.county, world.hours)
        found.faults += running.faults(log, world.end)
        found.warnings += running.warnings
        rings = Rings(world.county, world.hours)
        found.faults += rings.faults(log, world.end)
        found.faults += receivers.faults(log)
        reminders = Reminders(world.county)
        found.faults += reminders.faults(log, world.end)
        found.rung += rings.rung
        found.reminded += reminders.given
        found.faults += _given_to_nobody(log, world.gone)
        found.faults += earlier_faults(log, world.county, world.hours)
        found.happened.update(one.event.event for one in log)
        expected = _expected(case_id, log, batches.get(case_id, []))
        rows = told.pop(case_id, Counter())
        found.notices += expected.total()
        found.faults += [f"not told: {one}; {_until(log, one[1])}" for one in expected - rows]
        found.faults += [f"told too often: {one}; {_until(log, one[1])}" for one in rows - expected]
        figures.count(log)
    found.faults += [f"rows of no case: {case_id}" for case_id in told]
    found.months = figures.months()
    return found


def _until(log: Sequence[Recorded], sequence: int) -> str:
    """What happened up to this event: the case has another id in the next run, and is not found again by it."""
    return " / ".join(f"{one.sequence} {one.at:%m-%d %H:%M} {one.event}" for one in log if one.sequence <= sequence)


def _expected(case_id: str, log: Sequence[Recorded], lasts: Sequence[int]) -> Counter[tuple[str, int, str, str]]:
    """Whom each event must reach, command by command."""
    seen, expected, first = Seen(), Counter[tuple[str, int, str, str]](), 0
    for last in lasts:
        for event, people in heard(seen, log[first:last]).items():
            expected.update((case_id, event, kind, name) for kind, name in people)
        first = last
    return expected


def _given_to_nobody(log: Sequence[Recorded], gone: Mapping[str, dt.datetime]) -> Iterator[str]:
    """Orders that were given to somebody who had left by then."""
    for one in log:
        steward = getattr(one.event, "steward", None)
        if one.event.event in ("order_routed", "order_assigned") and steward in gone and gone[steward] < one.at:
            yield f"given to {steward} at {one.at}, who had left: {one.event}"


async def _batches(world: World) -> dict[str, list[int]]:
    """By case, where in its log the acceptance and each command end."""
    ends: dict[str, list[int]] = {}
    query = select(commands.c.case_id, commands.c.first, commands.c.last).where(commands.c.first.is_not(None))
    async with world.database.reading() as connection:
        for row in await connection.execute(query.order_by(commands.c.case_id, commands.c.first)):
            ends.setdefault(row.case_id, [row.first - 1]).append(row.last)
    for case_id, case in world.cases.items():
        ends.setdefault(case_id, [case.version])
    return ends


async def _told(world: World, found: Found) -> dict[str, Counter[tuple[str, int, str, str]]]:
    """The rows of the outbox by case; each must have ended, and arrived once if it was delivered."""
    told: dict[str, Counter[tuple[str, int, str, str]]] = {}
    wanted = (
        outbox.c.key,
        outbox.c.kind,
        outbox.c.case_id,
        outbox.c.event,
        outbox.c.recipient_kind,
        outbox.c.recipient,
    )
    async with world.database.reading() as connection:
        rows = (await connection.execute(select(*wanted, outbox.c.state, outbox.c.attempts))).all()
    arrived = Counter(world.post.arrived)
    for row in rows:
        found.states[row.state] += 1
        times = arrived.pop(row.key, 0)
        found.arrived += times
        if row.state not in _FINAL:
            found.faults.append(f"still {row.state}: {row.key}")
        if row.state == RowState.DELIVERED and times != 1:
            found.faults.append(f"delivered {times} times: {row.key}")
        if times > 1:
            found.faults.append(f"doubled: {row.key}")
        if row.kind == "notice":
            one = (row.case_id, row.event, row.recipient_kind, row.recipient)
            told.setdefault(row.case_id, Counter())[one] += 1
        else:
            found.digests += 1
    found.faults += [f"arrived, and nobody had written it: {key}" for key in arrived]
    return told
