"""Who changed what of the staff, and when (ADR 42): each row comes with its change, in one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.login import Role
from model.staff_change import StaffChange
from storage.engine import Database
from storage.schema import logins, rosters, staff, staff_changes


class StaffingChanged(Exception):
    """Somebody else has changed the staff of this county, or this one of it, meanwhile."""


class LastAdmin(Exception):
    """Nobody would be left who runs this county at the console."""


class Noting(NamedTuple):
    """A change to be kept with what it changes.

    `seen`: the newest change of this member of staff that whoever makes it knows of (0: none); None: whatever it is.
    `keeps_admin`: somebody has to be left who runs the county at the console.
    """

    change: StaffChange
    seen: int | None = None
    keeps_admin: bool = False


class StaffChanges:
    """To be looked at."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, staff_id: str, most: int) -> tuple[StaffChange, ...]:
        """The changes of a member of staff, newest first."""
        query = select(staff_changes).where(staff_changes.c.staff == staff_id)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(staff_changes.c.id.desc()).limit(most))
            return tuple(_change(row) for row in rows)


@asynccontextmanager
async def noted(database: Database, connection: AsyncConnection, noting: Noting | None) -> AsyncIterator[None]:
    """Around a change, in its transaction: those of one county come one after the other. Nothing without `noting`.

    Raises StaffingChanged, LastAdmin: whoever is in the transaction lets them end it.
    """
    if noting is None:
        yield
        return
    change = noting.change
    await counted(database, connection, change.county)
    if noting.seen is not None:
        newest = select(func.max(staff_changes.c.id)).where(staff_changes.c.staff == change.staff)
        if ((await connection.execute(newest)).scalar_one_or_none() or 0) != noting.seen:
            raise StaffingChanged
    yield
    if noting.keeps_admin and not await _has_admin(connection, change.county):
        raise LastAdmin
    await connection.execute(insert(staff_changes).values(_row(change)))


async def counted(database: Database, connection: AsyncConnection, county: str) -> None:
    """Whoever knows the staff of this county (`storage.rosters`) reads them again; who changes them too waits for us."""
    added = database.insert(rosters).values(county=county, version=1)
    again = {"version": rosters.c.version + 1}
    await connection.execute(added.on_conflict_do_update(index_elements=[rosters.c.county], set_=again))


async def _has_admin(connection: AsyncConnection, county: str) -> bool:
    query = select(logins.c.roles).join(staff, staff.c.id == logins.c.staff_id)
    found = await connection.execute(query.where(staff.c.county == county, staff.c.active))
    return any(Role.ADMIN in roles for roles in found.scalars())


def _row(change: StaffChange) -> dict[str, Any]:
    return change.model_dump(exclude={"number", "about"}) | {
        "about": {key: list(one) for key, one in change.about.items()}
    }


def _change(row: Any) -> StaffChange:
    kept = {name: getattr(row, name) for name in StaffChange.model_fields if name != "number"}
    return StaffChange(number=row.id, **kept)
