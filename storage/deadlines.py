"""Which limits are to be warned of now (design §5)."""

import datetime as dt
from typing import Final, NamedTuple

from sqlalchemy import Integer, and_, bindparam, func, or_, select

from model.process import Timed
from storage.engine import Database
from storage.enquiry_limits import RipeEnquiry, ripe_enquiries, soonest_enquiry
from storage.permits import RipePermit, ripe_permits, soonest_permit
from storage.schema import Utc, cases, deadlines, permit_deadlines

_ROW: Final = deadlines.c
# Made once: making a statement costs more than carrying it out.
_SOONEST: Final = select(func.min(_ROW.next_at))
_RIPE: Final = (
    select(_ROW.case_id, _ROW.step, _ROW.next_share, _ROW.next_at, _ROW.due_at, func.min(_ROW.order_id))
    .where(_ROW.next_at <= bindparam("now", type_=Utc))
    .group_by(_ROW.case_id, _ROW.step, _ROW.next_share, _ROW.next_at, _ROW.due_at)
    .order_by(_ROW.next_at, _ROW.case_id, _ROW.step, _ROW.next_share, _ROW.due_at)
    .limit(bindparam("most", type_=Integer))
)


class Ripe(NamedTuple):
    """A warning whose time has come, for all orders of the case whose time it is, `order` the first of them."""

    case: str
    step: Timed
    share: int
    at: dt.datetime
    due: dt.datetime
    order: str


class Deadlines:
    """The limits of all cases, and of enquiries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def soonest(self) -> dt.datetime | None:
        """When the next warning is to be given; None while none is to come."""
        async with self._database.reading() as connection:
            found: dt.datetime | None = (await connection.execute(_SOONEST)).scalar()
            others = await soonest_permit(connection), await soonest_enquiry(connection)
        return min(filter(None, (found, *others)), default=None)

    async def ripe(self, now: dt.datetime, most: int) -> tuple[Ripe, ...]:
        """The oldest warnings that are to be given by `now`, at most so many."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(_RIPE, {"now": now, "most": most})).all()
        return tuple(Ripe(*row) for row in rows)

    async def ripe_permits(self, now: dt.datetime, most: int) -> tuple[RipePermit, ...]:
        """The oldest warnings of applications for permits that are to be given by `now`, at most so many."""
        async with self._database.reading() as connection:
            return await ripe_permits(connection, now, most)

    async def ripe_enquiries(self, now: dt.datetime, most: int) -> tuple[RipeEnquiry, ...]:
        """The oldest warnings of enquiries that are to be given by `now`, at most so many."""
        async with self._database.reading() as connection:
            return await ripe_enquiries(connection, now, most)

    async def provisional(self, county: str, before: dt.datetime, most: int) -> tuple[str, ...]:
        """The county's open cases that have a provisional limit which ends before this, and still runs; at most so many."""
        runs = and_(deadlines.c.provisional, deadlines.c.met_at.is_(None), deadlines.c.due_at < before)
        orders = select(deadlines.c.case_id).where(runs)
        permits = select(permit_deadlines.c.case_id).where(
            permit_deadlines.c.provisional, permit_deadlines.c.due_at < before
        )
        query = select(cases.c.id).where(cases.c.county == county, cases.c.closed_at.is_(None))
        query = query.where(or_(cases.c.id.in_(orders), cases.c.id.in_(permits))).order_by(cases.c.id).limit(most)
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query)).scalars().all())

    async def over(self, county: str, since: dt.datetime, after: str, most: int) -> tuple[tuple[str, int], ...]:
        """The county's open cases that have a limit which still runs and ends, or is to be warned of, from then on, with their
        versions; by id, those `after` this one, at most so many.
        """
        runs = and_(deadlines.c.met_at.is_(None), or_(deadlines.c.due_at >= since, deadlines.c.next_at >= since))
        orders = select(deadlines.c.case_id).where(runs)
        late = or_(permit_deadlines.c.due_at >= since, permit_deadlines.c.next_at >= since)
        permits = select(permit_deadlines.c.case_id).where(late)
        query = select(cases.c.id, cases.c.version).where(cases.c.county == county, cases.c.closed_at.is_(None))
        query = query.where(cases.c.id > after, or_(cases.c.id.in_(orders), cases.c.id.in_(permits)))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(cases.c.id).limit(most))).all()
        return tuple((row[0], row[1]) for row in rows)
