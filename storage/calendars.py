"""The versions of each county's calendar in SQL, kept for good; every process looks for new ones (ADR 0043)."""

import datetime as dt
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update

from model.arrangement import Arrangement
from model.calendar_version import CalendarVersion
from storage.engine import Database
from storage.schema import calendars
from storage.steps import Step

_ROW: Final = calendars.c
_NEWEST: Final = select(_ROW.county, func.max(_ROW.number)).group_by(_ROW.county)
_OF: Final = select(calendars).where(_ROW.county == bindparam("county")).order_by(_ROW.number)


class Calendars:
    """Every method is a transaction of its own. A version is written once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> dict[str, int]:
        """The number of each county's newest version; of those that have none, nothing."""
        async with self._database.reading() as connection:
            return {row[0]: row[1] for row in (await connection.execute(_NEWEST)).all()}

    async def versions(self, county: str) -> tuple[CalendarVersion, ...]:
        """All versions of a county, the first one first."""
        async with self._database.reading() as connection:
            return tuple(_version(row) for row in (await connection.execute(_OF, {"county": county})).all())

    async def add(self, one: CalendarVersion) -> bool:
        """Keep it as the county's next version; False if it is not the next one: somebody was faster."""
        last = select(func.max(_ROW.number)).where(_ROW.county == one.county)
        row = {
            **one.model_dump(include={"county", "number", "year", "back", "by", "at", "counted_at"}),
            "arrangement": one.arrangement and one.arrangement.model_dump(mode="json"),
            "days": [day.isoformat() for day in one.days],
        }
        async with self._database.writing(Step.CALENDAR) as connection:
            if ((await connection.execute(last)).scalar() or 0) != one.number - 1:
                return False
            return (await connection.execute(self._database.add(calendars), row)).rowcount == 1

    async def counted(self, county: str, number: int, at: dt.datetime) -> None:
        """All limits that a version moves have been counted anew."""
        done = update(calendars).where(_ROW.county == county, _ROW.number == number).values(counted_at=at)
        async with self._database.writing(Step.CALENDAR) as connection:
            await connection.execute(done)


def _version(row: Any) -> CalendarVersion:
    return CalendarVersion(
        county=row.county,
        number=row.number,
        year=row.year,
        arrangement=None if row.arrangement is None else Arrangement.model_validate(row.arrangement),
        days=row.days,
        back=row.back,
        by=row.by,
        at=row.at,
        counted_at=row.counted_at,
    )
