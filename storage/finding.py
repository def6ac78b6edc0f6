"""Finding cases by what is known of them; what is found are ids, nothing is opened."""

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import and_, or_, select, union

from model.desk import OpenOrder
from storage.desks import Desks
from storage.engine import Database
from storage.schema import cases, deadlines, lookups, orders
from storage.vault import Vault


class Finding:
    """The ways to a case."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def of_submission(self, submission: str) -> str | None:
        """The case that came of a draft, by the draft's id."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(cases.c.id).where(cases.c.submission == submission))).scalar()

    async def find(self, county: str, *, number: str | None = None, **values: str) -> tuple[str, ...]:
        """Case ids of a county by joint number, or by a value of `find_by` (``phone="13800000000"``)."""
        query = select(cases.c.id).where(cases.c.county == county).order_by(cases.c.accepted_at.desc(), cases.c.id)
        if number is not None:
            query = query.where(cases.c.number == number)
        for kind, value in values.items():
            held = select(lookups.c.case_id).where(lookups.c.hash.in_(self._vault.lookups(f"{kind}:{value}")))
            query = query.where(cases.c.id.in_(held))
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def alike(
        self, county: str, keys: Mapping[str, Iterable[str]], *, open_only: bool = False, most: int = 20
    ) -> dict[str, tuple[str, ...]]:
        """Cases of a county that have one of these values, newest first, with the kinds in which they are alike."""
        wanted = [
            one for kind, values in keys.items() for value in values for one in self._vault.lookups(f"{kind}:{value}")
        ]
        query = select(cases.c.id, lookups.c.kind).join(cases, cases.c.id == lookups.c.case_id)
        query = query.where(lookups.c.hash.in_(wanted), cases.c.county == county, cases.c.erased_at.is_(None))
        if open_only:
            query = query.where(cases.c.closed_at.is_(None))
        found: dict[str, tuple[str, ...]] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(query.order_by(cases.c.accepted_at.desc(), cases.c.id)):
                if row.id in found or len(found) < most:
                    found[row.id] = tuple(dict.fromkeys((*found.get(row.id, ()), row.kind)))
        return found

    async def of_person(self, account: str, person: str) -> tuple[str, ...]:
        """Case ids of an applicant, newest first."""
        query = select(cases.c.id).where(cases.c.account == account, cases.c.person == person)
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query.order_by(cases.c.accepted_at.desc(), cases.c.id))).scalars())

    async def open_between(self, county: str, since: dt.datetime, until: dt.datetime) -> tuple[str, ...]:
        """Ids of a county's cases that were open at some time between these instants, or of which a limit was met then
        (a call back comes after the closing), oldest first.
        """
        met = select(deadlines.c.case_id).where(deadlines.c.met_at >= since, deadlines.c.met_at < until)
        mine = select(cases.c.id).where(cases.c.county == county)
        # Each by its own index; sorted here, for in SQL the order would be that of an index of all cases that ever were.
        found = union(mine.where(cases.c.closed_at.is_(None)), mine.where(cases.c.closed_at >= since), met)
        query = select(cases.c.accepted_at, cases.c.id, cases.c.county).where(cases.c.id.in_(found))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(one.id for one in sorted(rows) if one.county == county and one.accepted_at < until)

    async def at_work(self, county: str) -> tuple[tuple[str, int], ...]:
        """Ids of a county's cases that are open, or of which somebody is still to be called back, with their versions; oldest first."""
        owed = select(deadlines.c.case_id).where(deadlines.c.step == "call_back", deadlines.c.met_at.is_(None))
        query = select(cases.c.id, cases.c.version).where(cases.c.county == county, cases.c.erased_at.is_(None))
        query = query.where(or_(cases.c.closed_at.is_(None), cases.c.id.in_(owed))).order_by(
            cases.c.accepted_at, cases.c.id
        )
        async with self._database.reading() as connection:
            return tuple((one.id, one.version) for one in (await connection.execute(query)).all())

    async def to_call_back(self, county: str) -> tuple[str, ...]:
        """Ids of a county's cases whose applicant is still to be called after a bad mark; the oldest call first."""
        query = select(cases.c.id).join(deadlines, deadlines.c.case_id == cases.c.id)
        query = query.where(cases.c.county == county, cases.c.erased_at.is_(None))
        query = query.where(deadlines.c.step == "call_back", deadlines.c.met_at.is_(None))
        async with self._database.reading() as connection:
            found = (await connection.execute(query.order_by(deadlines.c.due_at, cases.c.id))).scalars()
            return tuple(dict.fromkeys(found))

    async def of_body(self, county: str, body: str, after: str | None, most: int) -> tuple[tuple[str, str], ...]:
        """Open orders (case, order) of a body, oldest case first, at most so many, those that stand after the order `after`.

        Not those of which the window has still to choose the body.
        """
        place = (cases.c.accepted_at, orders.c.id)
        query = select(orders.c.case_id, orders.c.id).join(cases, cases.c.id == orders.c.case_id)
        mine = (cases.c.county == county, orders.c.body == body, cases.c.erased_at.is_(None))
        query = query.where(*mine, orders.c.open, orders.c.unassigned.is_(False)).order_by(*place).limit(most)
        async with self._database.reading() as connection:
            if after is not None:
                last = select(*place).join(cases, cases.c.id == orders.c.case_id).where(orders.c.id == after, *mine)
                row = (await connection.execute(last)).one_or_none()
                if row is None:
                    return ()
                at, name = cases.c.accepted_at, orders.c.id
                query = query.where(or_(at > row.accepted_at, and_(at == row.accepted_at, name > row.id)))
            return tuple((row.case_id, row.id) for row in await connection.execute(query))

    async def lying_at(self, county: str, body: str) -> tuple[OpenOrder, ...]:
        """The open orders of a body as rows: see `Desks`."""
        return await Desks(self._database).of_body(county, body)

    async def paused_at(self, county: str, body: str, now: dt.datetime) -> tuple[tuple[str, str], ...]:
        """Those of them (case, order) that wait for somebody else: see `Desks`."""
        return await Desks(self._database).paused_at(county, body, now)

    async def of_order(self, order_id: str) -> str | None:
        """The case of an order."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(orders.c.case_id).where(orders.c.id == order_id))).scalar()
