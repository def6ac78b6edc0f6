"""The rows that follow from a decision: what can be searched and sorted without opening the events (design §6)."""

import datetime as dt
from typing import Final

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.calendar import Due
from model.case import (
    ApplicantContacted,
    Case,
    Decision,
    OpinionGiven,
    Order,
    OrderAssigned,
    OrderRouted,
    OrderState,
)
from storage.engine import Database
from storage.schema import appointments, cases, deadlines, orders

SLOT_MINUTES: Final = 30


class SlotTaken(Exception):
    """A steward is at another place in this half hour. Nothing of the transaction may stay."""

    def __init__(self, steward: str) -> None:
        super().__init__(steward)
        self.steward = steward


async def project(database: Database, connection: AsyncConnection, decision: Decision) -> None:
    """Write what changed of the case's orders, deadlines and appointments. Raises `SlotTaken`."""
    case = decision.case
    await _put_orders(database, connection, case)
    for one in decision.recorded:
        match one.event:
            case OrderRouted() | OrderAssigned() as event:
                for step, due in (("contact", event.contact_due), ("survey", event.survey_due)):
                    if due is not None:
                        clock = {"order_id": event.order, "step": step, "case_id": case.id, "started_at": one.at}
                        await _start(database, connection, clock, due)
            case ApplicantContacted() as event:
                await _stop(connection, event.order, "contact", one.at)
            case OpinionGiven() as event:
                await _stop(connection, event.order, "survey", one.at)
    await _put_appointments(database, connection, case)


async def _put_orders(database: Database, connection: AsyncConnection, case: Case) -> None:
    statement = database.insert(orders)
    changing = {name: statement.excluded[name] for name in ("body", "steward", "state", "open", "unassigned")}
    rows = [_order(case, order) for order in case.orders]
    await connection.execute(statement.on_conflict_do_update(index_elements=[orders.c.id], set_=changing), rows)


def _order(case: Case, order: Order) -> dict[str, object]:
    return {
        "id": order.id,
        "case_id": case.id,
        "service": order.service,
        "body": order.body,
        "steward": order.steward,
        "state": order.state.value,
        "open": order.state != OrderState.CONNECTED and case.closed_at is None,
        "unassigned": bool(order.candidates),
    }


async def _start(database: Database, connection: AsyncConnection, clock: dict[str, object], due: Due) -> None:
    """Start a clock; one that ran already, for another body, starts anew."""
    values = {"due_at": due.at, "days": due.days, "provisional": due.provisional}
    statement = database.insert(deadlines).values(clock | values)
    again = values | {"started_at": clock["started_at"], "warned": 0}
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[deadlines.c.order_id, deadlines.c.step],
            set_=again,
            where=deadlines.c.due_at != due.at,
        )
    )


async def _stop(connection: AsyncConnection, order: str, step: str, at: dt.datetime) -> None:
    """Stop a clock that runs; one that was met stays met."""
    running = (deadlines.c.order_id == order, deadlines.c.step == step, deadlines.c.met_at.is_(None))
    await connection.execute(update(deadlines).where(*running).values(met_at=at))


async def _put_appointments(database: Database, connection: AsyncConnection, case: Case) -> None:
    """Hold the half hour of every steward bound by a time that still stands."""
    await connection.execute(delete(appointments).where(appointments.c.case_id == case.id))
    rows: dict[tuple[str, dt.datetime], dict[str, object]] = {}
    for appointment in case.appointments.values():
        if appointment.wish or case.closed_at is not None:
            continue
        slot = appointment.at.astimezone(dt.UTC)
        slot = slot.replace(minute=slot.minute - slot.minute % SLOT_MINUTES, second=0, microsecond=0)
        for order in case.orders:
            if order.id in appointment.orders and order.steward:
                row = {"steward": order.steward, "slot": slot, "case_id": case.id, "at": appointment.at}
                rows[order.steward, slot] = {**row, "agreed": appointment.agreed}
    for (steward, _), row in sorted(rows.items()):  # sorted: two cases never wait for each other
        done = await connection.execute(database.insert(appointments).values(row).on_conflict_do_nothing())
        if done.rowcount == 0:
            raise SlotTaken(steward)


async def put_case(connection: AsyncConnection, case: Case, *, digest: str, sealed: bytes, words: bytes) -> None:
    """Enter a new case."""
    row = case.model_dump(
        include={"id", "county", "number", "account", "person", "submission", "joint", "process_version", "version"}
        | {"accepted_at", "closed_at"}
    )
    await connection.execute(insert(cases).values(**row, digest=digest, sealed=sealed, words=words))


async def move_case(connection: AsyncConnection, case: Case, *, since: int) -> bool:
    """Take the case from version `since` to its own; False if somebody else was first."""
    change = update(cases).where(cases.c.id == case.id, cases.c.version == since)
    now = {"version": case.version, "process_version": case.process_version, "closed_at": case.closed_at}
    done = await connection.execute(change.values(now))
    return done.rowcount == 1
