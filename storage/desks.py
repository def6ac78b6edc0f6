"""What lies open on the desks of a body, read from the rows without opening an event."""

import datetime as dt
from typing import get_args

from sqlalchemy import and_, func, or_, select

from model.desk import OpenOrder
from model.process import Supplementing
from storage.engine import Database
from storage.schema import cases, deadlines, orders


class Desks:
    """The open orders of all bodies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_body(self, county: str, body: str) -> tuple[OpenOrder, ...]:
        """Its open orders, oldest case first; not those of which the window has still to choose the body."""
        running = (deadlines.c.order_id == orders.c.id) & deadlines.c.runs & deadlines.c.met_at.is_(None)
        running &= deadlines.c.step.not_in(get_args(Supplementing))  # the applicant's own
        kept = (orders.c.id, orders.c.case_id, cases.c.number, orders.c.service, orders.c.steward, cases.c.accepted_at)
        query = (
            select(*kept, func.min(deadlines.c.due_at).label("due"))
            .join(cases, cases.c.id == orders.c.case_id)
            .outerjoin(deadlines, running)
            .where(cases.c.county == county, orders.c.body == body, orders.c.open, orders.c.unassigned.is_(False))
            .group_by(*kept)
            .order_by(cases.c.accepted_at, orders.c.id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            OpenOrder(
                order=row.id, case=row.case_id, number=row.number, service=row.service, steward=row.steward, due=row.due
            )
            for row in rows
        )

    async def paused_at(self, county: str, body: str, now: dt.datetime) -> tuple[tuple[str, str], ...]:
        """Its open orders (case, order) of which a limit stands still, or is still to begin; oldest case first."""
        stands = and_(~deadlines.c.runs, deadlines.c.step.not_in(get_args(Supplementing)))
        waits = select(deadlines.c.order_id).where(
            deadlines.c.met_at.is_(None), or_(stands, deadlines.c.started_at > now)
        )
        query = (
            select(orders.c.case_id, orders.c.id)
            .join(cases, cases.c.id == orders.c.case_id)
            .where(cases.c.county == county, orders.c.body == body, orders.c.open, orders.c.unassigned.is_(False))
            .where(orders.c.id.in_(waits))
            .order_by(cases.c.accepted_at, orders.c.id)
        )
        async with self._database.reading() as connection:
            return tuple((row.case_id, row.id) for row in await connection.execute(query))
