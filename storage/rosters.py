"""The staff of a county, read again only once somebody has changed them: every command asks for all of them (design §6)."""

import datetime as dt
from typing import Final

from sqlalchemy import String, bindparam, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.staff import Engagement, Staff
from storage.schema import appointments, rosters, staff
from storage.staffing import county_staff, open_tasks

_VERSION: Final = select(rosters.c.version).where(rosters.c.county == bindparam("county"))
_LOADS: Final = select(staff.c.id, open_tasks()).where(staff.c.county == bindparam("county"), staff.c.active)
# The half hour as it is written: it is read as a time once, and not at every command.
_ENGAGED: Final = (
    select(appointments.c.steward, cast(appointments.c.slot, String).label("slot"), appointments.c.case_id)
    .where(appointments.c.slot >= bindparam("since"))
    .order_by(appointments.c.slot)
)


class Rosters:
    """What this process knows of the staff, by county. `storage.staffing` counts every change."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int | None, tuple[Staff, ...]]] = {}
        self._engaged: dict[tuple[str, str], Engagement] = {}

    async def of(self, connection: AsyncConnection, county: str, since: dt.datetime) -> tuple[Staff, ...]:
        """Those in service, with their open tasks and the half hours from `since` on in which each is expected somewhere."""
        version = (await connection.execute(_VERSION, {"county": county})).scalar_one_or_none()
        read_at, known = self._known.get(county, (None, ()))
        # The version was asked for before the staff are read: whoever is changed meanwhile is read again next time.
        if version is None or version != read_at:
            known = await county_staff(connection, county)
            self._known[county] = version, known
        loads = {row.id: row.open_tasks for row in await connection.execute(_LOADS, {"county": county})}
        rows = (await connection.execute(_ENGAGED, {"since": since})).all()
        before, self._engaged = self._engaged, {}
        held = dict[str, list[Engagement]]()
        for steward, slot, case in rows:
            one = before.get((slot, case)) or Engagement(slot=_at(slot), case=case)
            self._engaged[slot, case] = one
            held.setdefault(steward, []).append(one)
        return tuple(_as_now(one, loads.get(one.id, 0), tuple(held.get(one.id, ()))) for one in known)


def _at(written: str) -> dt.datetime:
    at = dt.datetime.fromisoformat(written)
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


def _as_now(one: Staff, tasks: int, engagements: tuple[Engagement, ...]) -> Staff:
    if (one.open_tasks, one.engagements) == (tasks, engagements):
        return one
    return one.model_copy(update={"open_tasks": tasks, "engagements": engagements})
