"""What whoever supervises looks at, read from the rows without opening an event."""

import datetime as dt
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Final, get_args

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, not_, or_, select

from model.ledger import LedgerOrder, Wanted
from model.limit import LimitGroup, OpenLimit, Reach
from model.process import Supplementing
from storage.engine import Database
from storage.schema import cases, deadlines, events, orders, permits

_LEFT: Final = (deadlines.c.met_at.is_(None), deadlines.c.step.not_in(get_args(Supplementing)))
_AT_ONCE: Final = 200


class Oversight:
    """Every method reads; a body may be named, and then nothing of another is seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def groups(self, county: str, body: str | None, now: dt.datetime) -> tuple[LimitGroup, ...]:
        """How many limits of the staff's are left of the open orders of a county, or of one body of it, and how far they have come."""
        reach = _reach(now)
        place = (orders.c.body, orders.c.unassigned, orders.c.service, deadlines.c.step)
        query = _open(select(*place, *reach, func.count().label("count")), county, body).group_by(*place, *reach)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            LimitGroup("" if row.unassigned else row.body, row.service, row.step, _come(row), row.count) for row in rows
        )

    async def limits(
        self, county: str, body: str | None, groups: Sequence[LimitGroup], now: dt.datetime, page: int, most: int
    ) -> tuple[OpenLimit, ...]:
        """A page (from 1) of the limits of these groups: what ended, or will end, first; what stands still comes last."""
        if not groups:
            return ()
        reach = _reach(now)
        kept = (
            deadlines.c.order_id,
            cases.c.id.label("case"),
            cases.c.number,
            orders.c.service,
            orders.c.body,
            orders.c.unassigned,
            orders.c.steward,
            deadlines.c.step,
            deadlines.c.started_at,
            deadlines.c.due_at,
            deadlines.c.provisional,
        )
        runs, begun = deadlines.c.runs, deadlines.c.started_at <= now
        query = _open(select(*kept, *reach), county, body).where(or_(*(_of_group(one, reach) for one in groups)))
        query = query.order_by(not_(and_(runs, begun)), deadlines.c.due_at, deadlines.c.order_id, deadlines.c.step)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.limit(most).offset((page - 1) * most))).all()
        return tuple(
            OpenLimit(
                order=row.order_id,
                case=row.case,
                number=row.number,
                service=row.service,
                body=row.body,
                chosen=not row.unassigned,
                steward=row.steward,
                step=row.step,
                since=row.started_at,
                due=row.due_at,
                provisional=row.provisional,
                reach=_come(row),
            )
            for row in rows
        )

    async def permits(self, county: str, body: str | None) -> tuple[tuple[str, str], ...]:
        """The open applications for permits of a county, or of one deciding body of it (case, id), the oldest case first."""
        query = select(permits.c.case_id, permits.c.id).join(cases, cases.c.id == permits.c.case_id)
        query = query.where(cases.c.county == county, permits.c.open).order_by(cases.c.accepted_at, permits.c.id)
        if body is not None:
            query = query.where(permits.c.body == body)
        async with self._database.reading() as connection:
            return tuple((row.case_id, row.id) for row in await connection.execute(query))

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


def _reach(now: dt.datetime) -> tuple[ColumnElement[Any], ...]:
    """The columns of a `Reach`; as numbers, for on SQLite a comparison is one."""
    return (
        _number("runs", deadlines.c.runs),
        _number("begun", deadlines.c.started_at <= now),
        _number("past", deadlines.c.due_at < now),
        func.coalesce(deadlines.c.next_share, 0).label("next_share"),
        _number("ripe", deadlines.c.next_at <= now),
    )


def _number(name: str, so: ColumnElement[bool]) -> ColumnElement[Any]:
    return case((so, literal_column("1")), else_=literal_column("0")).label(name)


def _come(row: Any) -> Reach:
    return Reach(bool(row.runs), bool(row.begun), bool(row.past), row.next_share or None, bool(row.ripe))


def _of_group(one: LimitGroup, reach: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
    runs, begun, past, next_share, ripe = reach
    come = one.reach
    body = orders.c.unassigned if not one.body else and_(orders.c.body == one.body, orders.c.unassigned.is_(False))
    return and_(
        body,
        orders.c.service == one.service,
        deadlines.c.step == one.step,
        runs.element == int(come.runs),
        begun.element == int(come.begun),
        past.element == int(come.past),
        next_share.element == (come.next_share or 0),
        ripe.element == int(come.ripe),
    )


def _open(query: Select[Any], county: str, body: str | None) -> Select[Any]:
    query = (
        query.select_from(deadlines)
        .join(orders, orders.c.id == deadlines.c.order_id)
        .join(cases, cases.c.id == orders.c.case_id)
        .where(cases.c.county == county, orders.c.open, *_LEFT)
    )
    return query if body is None else query.where(orders.c.body == body, orders.c.unassigned.is_(False))


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
