"""The rows that follow from a decision: what can be searched and sorted without opening the events (design §6)."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.case import Case
from model.decision import Decision, Ring
from model.events.external import ExternalLineCleared
from model.order import Order, OrderState
from model.process import is_staffs
from storage.consulting import alarms_of_consultations, put_consulting
from storage.engine import Database
from storage.permits import put_permits
from storage.schema import alarms, appointments, cases, deadlines, orders, parts

SLOT_MINUTES: Final = 30
# Made once: making a statement costs more than carrying it out.
_GIVE_UP: Final = delete(appointments).where(appointments.c.case_id == bindparam("case"))
_SILENCE: Final = delete(alarms).where(alarms.c.case_id == bindparam("case"))
_RING: Final = insert(alarms)
_LEAVE: Final = delete(deadlines).where(deadlines.c.order_id == bindparam("order"), deadlines.c.step == bindparam("of"))
_ENTER: Final = insert(cases)
_MOVE: Final = (
    update(cases)
    .where(cases.c.id == bindparam("case"), cases.c.version == bindparam("since"))
    .values({name: bindparam(name) for name in ("version", "process_version", "closed_at", "account", "person")})
)


class SlotTaken(Exception):
    """A steward is at another place in this half hour. Nothing of the transaction may stay."""

    def __init__(self, steward: str) -> None:
        super().__init__(steward)
        self.steward = steward


async def project(database: Database, connection: AsyncConnection, before: Case | None, decision: Decision) -> None:
    """Write what changed of the case's orders, deadlines, permits and appointments since it was as `before` (None: there
    was none). Raises `SlotTaken`.
    """
    case = decision.case
    await _put_orders(database, connection, before, case)
    await _put_clocks(database, connection, before, case)
    await put_permits(database, connection, case)
    if case.sheet is not None or any(isinstance(one.event, ExternalLineCleared) for one in decision.recorded):
        await _put_parts(connection, case)
    await _put_appointments(database, connection, before, case)
    await put_consulting(connection, before, case)
    await _put_alarms(connection, before, decision)


async def _put_orders(database: Database, connection: AsyncConnection, before: Case | None, case: Case) -> None:
    known = _orders(before) if before else []
    if rows := [row for row in _orders(case) if row not in known]:
        changing = ("body", "steward", "state", "open", "unassigned")
        await connection.execute(database.upsert(orders, keys=("id",), changing=changing), rows)


def _orders(case: Case) -> list[dict[str, object]]:
    return [_order(case, order) for order in case.orders]


def _order(case: Case, order: Order) -> dict[str, object]:
    return {
        "id": order.id,
        "case_id": case.id,
        "service": order.service,
        "body": order.body,
        "steward": order.steward,
        "state": order.state.value,
        "open": order.state != OrderState.CONNECTED and order.ending is None and case.closed_at is None,
        "unassigned": bool(order.candidates),
    }


async def _put_clocks(database: Database, connection: AsyncConnection, before: Case | None, case: Case) -> None:
    known = _clocks(before) if before else []
    if rows := [row for row in _clocks(case) if row not in known]:
        changing = tuple(name for name in rows[0] if name not in ("order_id", "step", "case_id"))
        await connection.execute(database.upsert(deadlines, keys=("order_id", "step"), changing=changing), rows)
    # The time for what may still follow is passed on (X47): with the order that had it, it would be due for ever.
    left = {(order.id, step) for order in case.orders for step in order.clocks}
    if gone := [row for row in known if (row["order_id"], row["step"]) not in left]:
        await connection.execute(_LEAVE, [{"order": row["order_id"], "of": row["step"]} for row in gone])


def _clocks(case: Case) -> list[dict[str, object]]:
    """Every limit of the case as it stands: when it ends, and what is to be warned of next."""
    return [
        {
            "order_id": order.id,
            "step": step,
            "case_id": case.id,
            "started_at": clock.begins_at,
            "due_at": clock.due.at,
            "provisional": clock.due.provisional,
            "met_at": clock.met_at,
            "runs": clock.runs and is_staffs(step),
            "warned": clock.warned,
            "next_share": coming.share if coming else None,
            "next_at": coming.at if coming else None,
        }
        for order in case.orders
        for step, clock in order.clocks.items()
        for coming in (clock.next if case.closed_at is None or step == "call_back" else None,)
    ]


async def _put_parts(connection: AsyncConnection, case: Case) -> None:
    """What each body has to do about the sheet; nobody has once the case is closed."""
    await connection.execute(delete(parts).where(parts.c.case_id == case.id))
    rows = [
        {"case_id": case.id, "body": part.body, "steward": part.staff, "open": part.open and case.closed_at is None}
        for part in case.parts
    ]
    if rows:
        await connection.execute(insert(parts), rows)


async def _put_appointments(database: Database, connection: AsyncConnection, before: Case | None, case: Case) -> None:
    rows = _appointments(case)
    if before and rows == _appointments(before):
        return
    await connection.execute(_GIVE_UP, {"case": case.id})
    for row in rows:
        done = await connection.execute(database.add(appointments), row)
        if done.rowcount == 0:
            raise SlotTaken(str(row["steward"]))


def _appointments(case: Case) -> list[dict[str, object]]:
    """The half hour of every steward bound by a time that still stands."""
    rows: dict[tuple[str, dt.datetime], dict[str, object]] = {}
    for appointment in case.appointments.values():
        if appointment.wish or appointment.released or case.closed_at is not None:
            continue
        slot = _half_hour(appointment.at)
        for order in case.orders:
            if order.id in appointment.orders and order.steward:
                row = {"steward": order.steward, "slot": slot, "case_id": case.id, "at": appointment.at}
                rows[order.steward, slot] = {**row, "agreed": appointment.agreed}
    for one in case.consultations:
        if one.state == "named" and one.at is not None and case.closed_at is None:
            slot = _half_hour(one.at)
            held = {"slot": slot, "case_id": case.id, "at": one.at, "agreed": True}
            rows |= {(each.staff, slot): {"steward": each.staff, **held} for each in one.invited if each.staff}
    return [row for _, row in sorted(rows.items())]  # sorted: two cases never wait for each other


def _half_hour(at: dt.datetime) -> dt.datetime:
    slot = at.astimezone(dt.UTC)
    return slot.replace(minute=slot.minute - slot.minute % SLOT_MINUTES, second=0, microsecond=0)


async def _put_alarms(connection: AsyncConnection, before: Case | None, decision: Decision) -> None:
    case = decision.case
    rows = [*_alarms(case), *_rung(case, decision.rings)]
    if before and rows == [*_alarms(before), *_rung(before, decision.rings_before)]:
        return
    await connection.execute(_SILENCE, {"case": case.id})
    if rows:
        await connection.execute(_RING, rows)


def _rung(case: Case, rings: tuple[Ring, ...]) -> list[dict[str, object]]:
    """What the county's rules add."""
    return [{"case_id": case.id, **one.model_dump()} for one in rings]


def _alarms(case: Case) -> list[dict[str, object]]:
    """When the clock has something to do about an appointment; what rang, or was moved, is gone."""
    found = (
        [*_of_backdating(case)]
        if case.closed_at is not None
        else [
            *_closings(case),
            *_reminders(case),
            *_of_sheet(case),
            *_of_delays(case),
            *_of_plan(case),
            *_of_backdating(case),
            *alarms_of_consultations(case),
        ]
    )
    return [{"case_id": case.id, **row} for row in found]


def _closings(case: Case) -> Iterator[dict[str, object]]:
    going = {order.id for order in case.orders if order.ending is None}
    for key, one in case.gatherings.items():
        if one.state in ("asking", "holding") and not one.closed and going.intersection(one.orders):
            yield {"appointment": key, "what": "close", "number": one.round, "at": one.closes}


def _reminders(case: Case) -> Iterator[dict[str, object]]:
    for key, one in case.appointments.items():
        for reminder in one.reminders if one.orders else ():
            yield {"appointment": key, "what": reminder.which, "number": one.sequence, "at": reminder.at}


def _of_sheet(case: Case) -> Iterator[dict[str, object]]:
    for what, one in (case.sheet.ringing if case.sheet else {}).items():
        yield {"appointment": what, "what": "sheet", "number": one.number, "at": one.at}


def _of_delays(case: Case) -> Iterator[dict[str, object]]:
    for order in case.orders:
        if order.late is not None and order.late.rings is not None:
            yield {"appointment": order.id, "what": "delay", "number": order.late.number, "at": order.late.rings}


def _of_backdating(case: Case) -> Iterator[dict[str, object]]:
    for order in case.orders:
        for one in order.backdatings:
            yield {
                "appointment": f"{order.id}:{one.entry}",
                "what": "backdating",
                "number": one.number,
                "at": one.rings,
            }


def _of_plan(case: Case) -> Iterator[dict[str, object]]:
    if case.booking is not None and case.plan_rings is not None:
        yield {"appointment": "plan", "what": "plan", "number": case.booking.number, "at": case.plan_rings}


async def put_case(connection: AsyncConnection, case: Case, *, digest: str, sealed: bytes, words: bytes) -> None:
    """Enter a new case."""
    row = case.model_dump(
        include={"id", "county", "number", "account", "person", "submission", "joint", "process_version", "version"}
        | {"accepted_at", "closed_at"}
    )
    await connection.execute(_ENTER, {**row, "digest": digest, "sealed": sealed, "words": words})


async def move_case(connection: AsyncConnection, case: Case, *, since: int) -> bool:
    """Take the case from version `since` to its own; False if somebody else was first."""
    now: dict[str, object] = {"version": case.version, "process_version": case.process_version}
    now |= {"closed_at": case.closed_at, "account": case.account, "person": case.person}
    done = await connection.execute(_MOVE, {"case": case.id, "since": since, **now})
    return done.rowcount == 1
