"""Which limits are to be warned of now (design §5)."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import func, select

from model.process import Step
from storage.engine import Database
from storage.schema import deadlines


class Ripe(NamedTuple):
    """A warning whose time has come, for all orders of the case that are due then."""

    case: str
    step: Step
    share: int
    due: dt.datetime


class Deadlines:
    """The limits of all cases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def soonest(self) -> dt.datetime | None:
        """When the next warning is to be given; None while none is to come."""
        async with self._database.reading() as connection:
            found: dt.datetime | None = (await connection.execute(select(func.min(deadlines.c.next_at)))).scalar()
        return found

    async def ripe(self, now: dt.datetime, most: int) -> tuple[Ripe, ...]:
        """The oldest warnings that are to be given by `now`, at most so many."""
        kept = (deadlines.c.case_id, deadlines.c.step, deadlines.c.next_share, deadlines.c.due_at)
        query = select(*kept).where(deadlines.c.next_at <= now).group_by(*kept)
        query = query.order_by(func.min(deadlines.c.next_at), deadlines.c.case_id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.limit(most))).all()
        return tuple(Ripe(*row) for row in rows)
