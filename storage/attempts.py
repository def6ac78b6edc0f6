"""What is written of attempts that are under way: that they go, and that they arrived (design §2.4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from model.delivery import Delivered, Row, RowState
from storage.outbox_sql import change_all

Values: TypeAlias = dict[str, Any]


async def change_together(connection: AsyncConnection, of: Sequence[tuple[Row, Values]]) -> list[bool]:
    """Changes each row, while its attempt is still this one; whether it was."""
    alike = dict[tuple[tuple[str, Any], ...], list[Row]]()
    for row, values in of:
        alike.setdefault(tuple(values.items()), []).append(row)
    changed = set[int]()
    for items, rows in alike.items():
        values = dict(items)
        mine = {"mine": [(row.id, row.attempt) for row in rows]}
        changed.update((await connection.execute(change_all(*values), values | mine)).scalars().all())
    return [row.id in changed for row, _ in of]


def as_announced(row: Row, channel: str, protected_until: dt.datetime | None) -> Values:
    """It goes by this channel; a repetition keeps the protection of the first."""
    return {"channel": channel} | ({"protected_until": protected_until} if row.channel != channel else {})


def as_delivered(outcome: Delivered, now: dt.datetime) -> Values:
    """It was taken; the reason for another way than the first stays with it."""
    return {
        "state": RowState.DELIVERED,
        "ended_at": now,
        "reason": outcome.reason or None,
        "lease_until": None,
        "taken_as": outcome.taken_as or None,
    }
