"""What the platform says afterwards of messages it has taken (回执): kept as it comes, joined with its row by whoever claims.

A receipt may come before the row knows by which number it was taken, and each in a transaction of its own: so neither looks
for the other, and the next claim finds both.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.delivery import RowState
from storage.engine import Database
from storage.group_commit import GroupCommit
from storage.outbox_sql import NOW
from storage.schema import outbox, receipts
from storage.steps import Step

Status = Literal["delivered", "blocked", "failed"]
"""It arrived; the person refuses such messages; the platform could not."""

_KEPT: Final = dt.timedelta(days=3)
"""A number that nobody knows by then is none of ours: another program may send by the same account."""
_RECOGNISED: Final = dt.timedelta(minutes=11)
"""So long after it was taken the platform may take a repetition for the same message (platform rule: ten minutes)."""
_MOST: Final = 200
_TRIES: Final = 6

_COME: Final = (
    select(receipts.c.taken_as, receipts.c.status, outbox.c.id, outbox.c.attempts, outbox.c.ended_at, outbox.c.channel)
    .join(outbox, outbox.c.taken_as == receipts.c.taken_as)
    .where(outbox.c.state == RowState.DELIVERED)
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)
"""Locked, receipt and row: of two that claim at once one deals with it, or the row would go back to the other's queue while it is sent."""
_ANY: Final = select(receipts.c.taken_as).limit(1)
_ARRIVED: Final = (
    update(outbox).where(outbox.c.taken_as.in_(bindparam("numbers", expanding=True))).values(arrived_at=NOW)
)
_OVER: Final = delete(receipts).where(receipts.c.taken_as.in_(bindparam("numbers", expanding=True)))
_OLD: Final = delete(receipts).where(receipts.c.at < bindparam("before", type_=receipts.c.at.type))


class _Receipt(NamedTuple):
    taken_as: str
    status: Status
    at: dt.datetime


class Receipts:
    """Where they are kept. The platform repeats one only twice: many that come at once wait for one commit, not for each other's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keeping = GroupCommit(database, Step.REPORT, self._together)

    async def keep(self, taken_as: str, status: Status, now: dt.datetime) -> bool:
        """The receipt for the message taken as this. False if it has come before: the first counts."""
        return await self._keeping.write(_Receipt(taken_as, status, now))

    async def _together(self, connection: AsyncConnection, come: Sequence[_Receipt]) -> list[bool]:
        first = {one.taken_as: one for one in reversed(come)}
        statement = self._database.insert(receipts).on_conflict_do_nothing().returning(receipts.c.taken_as)
        new = set((await connection.execute(statement.values([one._asdict() for one in first.values()]))).scalars())
        return [first[one.taken_as] is one and one.taken_as in new for one in come]


async def settle_receipts(connection: AsyncConnection, now: dt.datetime) -> None:
    """Rows whose receipt has come: arrived, or to be sent once more, by another way where the person refuses this one."""
    if (await connection.execute(_ANY)).first() is None:
        return
    come = (await connection.execute(_COME)).all()
    for one in come:
        if one.status != "delivered":
            await connection.execute(update(outbox).where(outbox.c.id == one.id).values(_again(one, now)))
    numbers = [one.taken_as for one in come]
    arrived = [one.taken_as for one in come if one.status == "delivered"]
    if arrived:
        await connection.execute(_ARRIVED, {"numbers": arrived, "now": now})
    if numbers:
        await connection.execute(_OVER, {"numbers": numbers})
    await connection.execute(_OLD, {"before": now - _KEPT})


def _again(one: Any, now: dt.datetime) -> dict[str, Any]:
    reason = f"{one.channel}={one.status}"
    if one.attempts >= _TRIES:
        return {"state": RowState.FAILED, "reason": reason, "taken_as": None}
    due = now if one.status == "blocked" else max(now, one.ended_at + _RECOGNISED)
    return {
        "state": RowState.WAITING,
        "due_at": due,
        "reason": reason,
        "ended_at": None,
        "channel": None,
        "protected_until": None,
        "taken_as": None,
    }
