"""Staff and their bindings: who can be given an order, and which person in WeChat is which member of staff."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Label,
    Select,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from model.decision import Refused
from model.staff import Absence, Staff
from storage.engine import Database
from storage.schema import absences, bindings, cases, consulting, logins, orders, parts, permits, rosters, rota, staff
from storage.staff_changes import Noting, StaffingChanged, counted, noted
from storage.steps import Step
from storage.vault import Vault


class _Shared(Exception):
    """Ends a transaction that would enter days of an absence that stands."""

    def __init__(self, absence: Absence) -> None:
        super().__init__()
        self.absence = absence


class Staffing:
    """The staff of all counties. A binding code is kept only as a keyed hash and serves one person."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def put(self, one: Staff) -> None:
        """Enter a member of staff, or change name, phone, body and districts; a binding stays.

        Ids are unique over all counties. Raises `ValueError` when another county has this one.
        """
        async with self._database.writing(Step.STAFF) as connection:
            await self._put(connection, one)
            await self._changed(connection, one.id)

    async def put_all(
        self,
        county: str,
        people: Sequence[Staff],
        codes: Mapping[str, str],
        until: dt.datetime,
        *,
        since: int | None,
        notings: Sequence[Noting] = (),
    ) -> None:
        """Enter or change all of these of one county, or none; `codes` by id bind those new until then.

        Raises `StaffingChanged` where the staff are not those of the version `since` any more, so that what was worked out of
        them is not entered on top of somebody else's change; `ValueError` as `put` does.
        """
        async with self._database.writing(Step.STAFF) as connection:
            added = self._database.insert(rosters).values(county=county, version=1)
            begun = added.on_conflict_do_nothing(index_elements=[rosters.c.county])
            next_one = update(rosters).where(rosters.c.county == county, rosters.c.version == since)
            turn = begun if since is None else next_one.values(version=rosters.c.version + 1)
            if (await connection.execute(turn)).rowcount == 0:
                raise StaffingChanged
            for one in people:
                await self._put(connection, one)
                if one.id in codes:
                    code = {"code": self._hash(codes[one.id]), "code_until": until}
                    await connection.execute(update(staff).where(staff.c.id == one.id).values(code))
            for each in notings:
                async with noted(self._database, connection, each):
                    pass

    async def version(self, county: str) -> int | None:
        """How often the staff of a county were changed; None: never. Ask for it before asking for them."""
        query = select(rosters.c.version).where(rosters.c.county == county)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def retire(self, staff_id: str, noting: Noting | None = None) -> None:
        """Take a member of staff out of service: no new orders, no binding, no login. His name stays with what he did.

        This and what follows raise what `noted` does.
        """
        async with self._changing(staff_id, noting) as connection:
            await connection.execute(delete(bindings).where(bindings.c.staff_id == staff_id))
            await connection.execute(delete(logins).where(logins.c.staff_id == staff_id))
            await connection.execute(
                update(staff).where(staff.c.id == staff_id).values(active=False, code=None, code_until=None)
            )

    async def attending(self, county: str) -> frozenset[str]:
        """Whoever has something of a consultation to do: to convene it, or what was agreed (X57)."""
        query = select(consulting.c.steward).join(cases, cases.c.id == consulting.c.case_id).distinct()
        query = query.where(cases.c.county == county, consulting.c.open, consulting.c.steward.is_not(None))
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def issue_code(self, staff_id: str, code: str, until: dt.datetime, noting: Noting | None = None) -> bool:
        """Let `code` bind this member of staff until `until`; an earlier code is void. False if there is no such one."""
        change = update(staff).where(staff.c.id == staff_id, staff.c.active)
        async with self._database.writing(Step.STAFF) as connection, noted(self._database, connection, noting):
            done = await connection.execute(change.values(code=self._hash(code), code_until=until))
            return done.rowcount == 1

    async def redeem(self, code: str, account: str, person: str, now: dt.datetime) -> Staff | Refused:
        """Bind the person who names a valid code; naming it again gives the same answer.

        Refused `code.unknown`, `code.expired`, or `code.used` when it has bound somebody else.
        """
        hashes = self._vault.lookups(f"code:{code}")
        async with self._database.writing(Step.BIND) as connection:
            found = await connection.execute(
                select(staff).where(staff.c.code.in_(hashes), staff.c.active).with_for_update()
            )
            row = found.mappings().one_or_none()
            if row is None:
                return Refused(code="code.unknown")
            bound = await connection.execute(select(bindings).where(bindings.c.staff_id == row["id"]))
            old = bound.mappings().one_or_none()
            if old is None or old["code"] not in hashes:
                if row["code_until"] is None or row["code_until"] < now:
                    return Refused(code="code.expired")
                await connection.execute(delete(bindings).where(bindings.c.staff_id == row["id"]))
                await connection.execute(
                    insert(bindings).values(
                        staff_id=row["id"], account=account, person=person, code=hashes[0], bound_at=now
                    )
                )
                await self._changed(connection, row["id"])
            elif (old["account"], old["person"]) != (account, person):
                return Refused(code="code.used")
            return (await read_staff(connection, staff.c.id == row["id"]))[0]

    async def unbind(self, staff_id: str) -> None:
        """Forget which person this member of staff is; the code that bound him is void."""
        async with self._database.writing(Step.STAFF) as connection:
            await connection.execute(delete(bindings).where(bindings.c.staff_id == staff_id))
            await connection.execute(update(staff).where(staff.c.id == staff_id).values(code=None, code_until=None))
            await self._changed(connection, staff_id)

    async def absent(
        self, staff_id: str, absence: Absence, today: dt.date, noting: Noting | None = None
    ) -> Absence | None:
        """Enter an absence; one that begins on the same day, and those that are over, make room for it.

        None, or the other one whose days it would share: then nothing is entered.
        """
        gone = or_(absences.c.last < today, absences.c.first == absence.first)
        shared = and_(absences.c.first <= absence.last, absences.c.last >= absence.first, not_(gone))
        query = select(absences.c.first, absences.c.last).where(absences.c.staff_id == staff_id, shared)
        try:
            async with self._changing(staff_id, noting) as connection:
                await _nothing_shared(connection, query.limit(1))
                await connection.execute(delete(absences).where(absences.c.staff_id == staff_id, gone))
                entered = insert(absences).values(staff_id=staff_id, first=absence.first, last=absence.last)
                await connection.execute(entered)
        except _Shared as other:
            return other.absence
        return None

    async def back(self, staff_id: str, first: dt.date | None = None, noting: Noting | None = None) -> None:
        """He is there: no absence stands any more, or not the one that begins on that day."""
        which = () if first is None else (absences.c.first == first,)
        async with self._changing(staff_id, noting) as connection:
            await connection.execute(delete(absences).where(absences.c.staff_id == staff_id, *which))

    async def on_duty(self, staff_id: str, weekdays: Sequence[int], noting: Noting | None = None) -> None:
        """On these weekdays, and on no others, he is on duty; none takes him off the rota."""
        async with self._changing(staff_id, noting) as connection:
            await connection.execute(delete(rota).where(rota.c.staff_id == staff_id))
            if weekdays:
                rows = [{"staff_id": staff_id, "weekday": one} for one in sorted(set(weekdays))]
                await connection.execute(insert(rota), rows)

    async def one(self, staff_id: str) -> Staff | None:
        """The member of staff, also when retired: his name may be asked for later."""
        async with self._database.reading() as connection:
            found = await _read(connection, (await connection.execute(_ONE, {"id": staff_id})).mappings())
        return found[0] if found else None

    async def of_person(self, account: str, person: str) -> tuple[Staff, ...]:
        """Every member of staff that this person is bound as."""
        where = and_(bindings.c.account == account, bindings.c.person == person, staff.c.active)
        async with self._database.reading() as connection:
            return await read_staff(connection, where)

    async def of_county(self, county: str, body: str | None = None) -> tuple[Staff, ...]:
        """Those in service of a county, or of one body of it."""
        async with self._database.reading() as connection:
            return await county_staff(connection, county, body)

    async def left(self, county: str) -> tuple[Staff, ...]:
        """Those of a county who have left."""
        async with self._database.reading() as connection:
            return await read_staff(connection, and_(staff.c.county == county, staff.c.active.is_(False)))

    async def _put(self, connection: AsyncConnection, one: Staff) -> None:
        values = one.model_dump(include={"id", "county", "body", "name", "phone", "duty"})
        values |= {"districts": list(one.districts), "active": True}
        statement = (
            self._database.insert(staff)
            .values(values)
            .on_conflict_do_update(index_elements=[staff.c.id], set_=values, where=staff.c.county == one.county)
        )
        if (await connection.execute(statement)).rowcount == 0:
            raise ValueError(f"another county has a member of staff {one.id}")

    @asynccontextmanager
    async def _changing(self, staff_id: str, noting: Noting | None) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes a member of staff, kept as `noting` says."""
        async with self._database.writing(Step.STAFF) as connection, noted(self._database, connection, noting):
            yield connection
            await self._changed(connection, staff_id)

    async def _changed(self, connection: AsyncConnection, staff_id: str) -> None:
        """Whoever knows the staff of his county (`storage.rosters`) reads them again."""
        county = select(staff.c.county).where(staff.c.id == staff_id)
        if (found := (await connection.execute(county)).scalar_one_or_none()) is not None:
            await counted(self._database, connection, found)

    def _hash(self, code: str) -> str:
        return self._vault.lookup(f"code:{code}")


async def _nothing_shared(connection: AsyncConnection, query: Select[Any]) -> None:
    """Raises _Shared with the absence that the query finds."""
    if (row := (await connection.execute(query)).one_or_none()) is not None:
        raise _Shared(Absence(first=row.first, last=row.last))


async def county_staff(connection: AsyncConnection, county: str, body: str | None = None) -> tuple[Staff, ...]:
    """Those in service of a county, or of one body of it, inside a transaction."""
    if body is None:
        return await _read(connection, (await connection.execute(_IN_SERVICE, {"county": county})).mappings())
    found = await connection.execute(_OF_BODY, {"county": county, "body": body})
    return await _read(connection, found.mappings())


async def read_staff(connection: AsyncConnection, where: Any) -> tuple[Staff, ...]:
    """The staff that fit a condition over `staff` and `bindings`, with their open tasks, by id."""
    return await _read(connection, (await connection.execute(_ALL.where(where))).mappings())


async def _read(connection: AsyncConnection, found: Iterable[Mapping[Any, Any]]) -> tuple[Staff, ...]:
    rows = [dict(row) for row in found]
    ids = {"ids": [row["id"] for row in rows]}
    away, duties = dict[str, list[Absence]](), dict[str, list[int]]()
    for one in await connection.execute(_ABSENCES, ids):
        away.setdefault(one.staff_id, []).append(Absence(first=one.first, last=one.last))
    for one in await connection.execute(_ROTA, ids):
        duties.setdefault(one.staff_id, []).append(one.weekday)
    return tuple(
        Staff(
            **row | {"districts": tuple(row["districts"])},
            absences=tuple(away.get(row["id"], ())),
            weekdays=tuple(duties.get(row["id"], ())),
        )
        for row in rows
    )


def open_tasks() -> Label[Any]:
    """How many orders and applications for permits lie with a member of staff, as a column `open_tasks`."""
    own = select(func.count()).where(orders.c.steward == staff.c.id, orders.c.open).correlate(staff).scalar_subquery()
    lying = (
        select(func.count()).where(permits.c.officer == staff.c.id, permits.c.open).correlate(staff).scalar_subquery()
    )
    return (own + lying).label("open_tasks")


def _select_staff() -> Select[Any]:
    kept = (staff.c.id, staff.c.county, staff.c.body, staff.c.name, staff.c.phone, staff.c.duty, staff.c.districts)
    return (
        select(*kept, staff.c.active.label("serves"), bindings.c.account, bindings.c.person, open_tasks())
        .select_from(staff.outerjoin(bindings, bindings.c.staff_id == staff.c.id))
        .order_by(staff.c.id)
    )


# Made once: every command asks for the staff, and making a statement costs more than carrying it out.
_ALL: Final = _select_staff()
_ONE: Final = _ALL.where(staff.c.id == bindparam("id"))
_IN_SERVICE: Final = _ALL.where(staff.c.county == bindparam("county"), staff.c.active)
_OF_BODY: Final = _IN_SERVICE.where(staff.c.body == bindparam("body"))
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_ABSENCES: Final = select(absences).where(absences.c.staff_id.in_(_IDS)).order_by(absences.c.first)
_ROTA: Final = select(rota).where(rota.c.staff_id.in_(_IDS)).order_by(rota.c.weekday)


def tasks_where(of: Sequence[Staff]) -> Any:
    """The condition for open orders of these staff, and for those of their bodies that nobody has; joins `cases`."""
    mine = orders.c.steward.in_([one.id for one in of])
    bodies = [and_(cases.c.county == one.county, orders.c.body == one.body) for one in of]
    free = and_(orders.c.steward.is_(None), orders.c.unassigned.is_(False), or_(false(), *bodies))
    return and_(orders.c.open, or_(mine, free))


def parts_where(of: Sequence[Staff]) -> Any:
    """The condition for open parts of these staff in surveys, and those of their bodies that nobody in service has."""
    mine = parts.c.steward.in_([one.id for one in of])
    bodies = [and_(cases.c.county == one.county, parts.c.body == one.body) for one in of]
    served = select(staff.c.id).where(staff.c.active)
    free = and_(or_(parts.c.steward.is_(None), parts.c.steward.not_in(served)), or_(false(), *bodies))
    return and_(parts.c.open, or_(mine, free))
