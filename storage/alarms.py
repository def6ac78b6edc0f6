"""What the clock has to do about appointments: end the waiting for answers, remind (design §5)."""

import datetime as dt
from typing import Final, NamedTuple

from sqlalchemy import Integer, bindparam, func, select

from storage.engine import Database
from storage.schema import Utc, alarms

_ROW: Final = alarms.c
# Made once: making a statement costs more than carrying it out.
_SOONEST: Final = select(func.min(_ROW.at))
_RIPE: Final = (
    select(_ROW.case_id, _ROW.appointment, _ROW.what, _ROW.number, _ROW.at)
    .where(_ROW.at <= bindparam("now", type_=Utc))
    .order_by(_ROW.at, _ROW.case_id, _ROW.appointment, _ROW.what)
    .limit(bindparam("most", type_=Integer))
)


class Alarm(NamedTuple):
    """Something to be done about an appointment at this time; `number` is the round or the sequence it is about.

    Of a sheet (`what`) the appointment is what is missing: its rows, or an item; of a delay, or of a time
    said afterwards, it is the order.
    """

    case: str
    appointment: str
    what: str
    number: int
    at: dt.datetime


class Alarms:
    """The alarms of all cases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def soonest(self) -> dt.datetime | None:
        """When the next one rings; None while none is to come."""
        async with self._database.reading() as connection:
            found: dt.datetime | None = (await connection.execute(_SOONEST)).scalar()
        return found

    async def ripe(self, now: dt.datetime, most: int) -> tuple[Alarm, ...]:
        """The oldest that ring by `now`, at most so many."""
        async with self._database.reading() as connection:
            return tuple(Alarm(*found) for found in await connection.execute(_RIPE, {"now": now, "most": most}))
