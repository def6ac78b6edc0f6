"""What lies open on the desks of a body, read from the rows without opening an event."""

from sqlalchemy import func, select

from model.desk import OpenOrder
from storage.engine import Database
from storage.schema import cases, deadlines, orders


class Desks:
    """The open orders of all bodies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_body(self, county: str, body: str) -> tuple[OpenOrder, ...]:
        """Its open orders, oldest case first; not those of which the window has still to choose the body."""
        running = (deadlines.c.order_id == orders.c.id) & deadlines.c.runs & deadlines.c.met_at.is_(None)
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
