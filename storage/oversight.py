"""What whoever supervises looks at, read from the rows without opening an event."""

import datetime as dt
from collections.abc import AsyncGenerator
from typing import Any, Final, get_args

from sqlalchemy import Select, and_, or_, select

from model.ledger import LedgerOrder, Wanted
from model.limit import OpenLimit
from model.process import Supplementing
from storage.engine import Database
from storage.schema import cases, deadlines, events, orders

_LEFT: Final = (deadlines.c.met_at.is_(None), deadlines.c.step.not_in(get_args(Supplementing)))
_AT_ONCE: Final = 200


class Oversight:
    """Every method reads; a body may be named, and then nothing of another is seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def limits(self, county: str, body: str | None = None) -> tuple[OpenLimit, ...]:
        """Every limit of the staff's that is left of the open orders of a county, or of one body of it."""
        kept = (
            deadlines.c.order_id.label("order"),
            cases.c.id.label("case"),
            cases.c.number,
            orders.c.service,
            orders.c.body,
            orders.c.unassigned,
            orders.c.steward,
            deadlines.c.step,
            deadlines.c.started_at.label("since"),
            deadlines.c.due_at.label("due"),
            deadlines.c.runs,
            deadlines.c.provisional,
            deadlines.c.next_share,
            deadlines.c.next_at,
        )
        query = (
            select(*kept)
            .join(orders, orders.c.id == deadlines.c.order_id)
            .join(cases, cases.c.id == orders.c.case_id)
            .where(cases.c.county == county, orders.c.open, *_LEFT)
        )
        if body is not None:
            query = query.where(orders.c.body == body, orders.c.unassigned.is_(False))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(_limit(dict(row)) for row in rows)

    async def rated(self, county: str, since: dt.datetime, until: dt.datetime) -> tuple[str, ...]:
        """The cases of a county of which a mark was given between these instants, oldest first."""
        marked = select(events.c.case_id).where(events.c.kind == "rated", events.c.at >= since, events.c.at < until)
        query = select(cases.c.id).where(cases.c.county == county, cases.c.id.in_(marked), cases.c.erased_at.is_(None))
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query.order_by(cases.c.accepted_at, cases.c.id))).scalars())

    async def handed_in(self, county: str, since: dt.datetime, until: dt.datetime) -> int:
        """How many cases were handed in between these instants by people in chat (who called is `telephone:…`)."""
        query = select(cases.c.id).where(
            cases.c.county == county,
            cases.c.accepted_at >= since,
            cases.c.accepted_at < until,
            cases.c.person.not_like("%:%"),
        )
        async with self._database.reading() as connection:
            return len((await connection.execute(query)).all())

    async def ledger(self, county: str, wanted: Wanted) -> AsyncGenerator[tuple[LedgerOrder, ...]]:
        """The orders that are wanted, oldest case first, some hundred at a time; each time is a transaction of its own."""
        last: LedgerOrder | None = None
        while True:
            async with self._database.reading() as connection:
                rows = (await connection.execute(_page(county, wanted, last))).mappings().all()
            if not rows:
                return
            page = tuple(_order(dict(row)) for row in rows)
            yield page
            last = page[-1]


def _limit(row: dict[str, Any]) -> OpenLimit:
    return OpenLimit(chosen=not row.pop("unassigned"), **row)


def _order(row: dict[str, Any]) -> LedgerOrder:
    return LedgerOrder(chosen=not row.pop("unassigned"), **row)


def _page(county: str, wanted: Wanted, last: LedgerOrder | None) -> Select[Any]:
    place = (cases.c.accepted_at, orders.c.id)
    query = (
        select(
            orders.c.id.label("order"),
            cases.c.id.label("case"),
            cases.c.number,
            orders.c.service,
            orders.c.body,
            orders.c.unassigned,
            orders.c.steward,
            orders.c.state,
            orders.c.open,
            cases.c.accepted_at,
            cases.c.closed_at,
            cases.c.erased_at,
        )
        .join(cases, cases.c.id == orders.c.case_id)
        .where(cases.c.county == county)
        .order_by(*place)
        .limit(_AT_ONCE)
    )
    if wanted.body is not None:
        query = query.where(orders.c.body == wanted.body, orders.c.unassigned.is_(False))
    if wanted.service is not None:
        query = query.where(orders.c.service == wanted.service)
    if wanted.state == "open":
        query = query.where(orders.c.open)
    elif wanted.state == "closed":
        query = query.where(orders.c.open.is_(False))
    if wanted.since is not None:
        query = query.where(cases.c.accepted_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(cases.c.accepted_at < wanted.until)
    if wanted.late_at is not None:
        late = select(deadlines.c.order_id).where(
            *_LEFT, deadlines.c.runs, deadlines.c.started_at <= wanted.late_at, deadlines.c.due_at < wanted.late_at
        )
        query = query.where(orders.c.open, orders.c.id.in_(late))
    if last is not None:
        at, name = place
        query = query.where(or_(at > last.accepted_at, and_(at == last.accepted_at, name > last.order)))
    return query
