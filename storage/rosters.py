"""The staff of a county, read again only once somebody has changed them: every command asks for all of them (design §6)."""

import datetime as dt
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.staff import Engagement, Staff
from storage.schema import appointments, rosters, staff
from storage.staffing import county_staff, open_tasks

_VERSION: Final = select(rosters.c.version).where(rosters.c.county == bindparam("county"))
_LOADS: Final = select(staff.c.id, open_tasks()).where(staff.c.county == bindparam("county"), staff.c.active)
_ENGAGED: Final = (
    select(appointments.c.steward, appointments.c.slot, appointments.c.case_id)
    .where(appointments.c.slot >= bindparam("since"))
    .order_by(appointments.c.slot)
)


class Rosters:
    """What this process knows of the staff, by county. `storage.staffing` counts every change."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int | None, tuple[Staff, ...]]] = {}

    async def of(self, connection: AsyncConnection, county: str, since: dt.datetime) -> tuple[Staff, ...]:
        """Those in service, with their open tasks and the half hours from `since` on in which each is expected somewhere."""
        version = (await connection.execute(_VERSION, {"county": county})).scalar_one_or_none()
        before, known = self._known.get(county, (None, ()))
        if (
            before != version or version is None
        ):  # asked before the staff are read: who is changed meanwhile is read again
            known = await county_staff(connection, county)
            self._known[county] = version, known
        loads = {row.id: row.open_tasks for row in await connection.execute(_LOADS, {"county": county})}
        held = dict[str, list[Engagement]]()
        for row in await connection.execute(_ENGAGED, {"since": since}):
            held.setdefault(row.steward, []).append(Engagement(slot=row.slot, case=row.case_id))
        return tuple(_as_now(one, loads.get(one.id, 0), tuple(held.get(one.id, ()))) for one in known)


def _as_now(one: Staff, tasks: int, engagements: tuple[Engagement, ...]) -> Staff:
    if (one.open_tasks, one.engagements) == (tasks, engagements):
        return one
    return one.model_copy(update={"open_tasks": tasks, "engagements": engagements})
