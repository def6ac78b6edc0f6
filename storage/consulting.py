"""会商 in SQL: with whom consultations lie and what was agreed at them; what was said is in the sealed events (X57, J34)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, delete, false, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.case import Case
from model.staff import Staff
from storage.schema import cases, consulting, staff


async def put_consulting(connection: AsyncConnection, before: Case | None, case: Case) -> None:
    """Every consultation of the case, and what was agreed, if that is not as it was `before`."""
    rows = _rows(case)
    if not rows or (before and rows == _rows(before)):
        return
    await connection.execute(delete(consulting).where(consulting.c.case_id == case.id))
    await connection.execute(insert(consulting), rows)


def _rows(case: Case) -> list[dict[str, object]]:
    """Nothing is left to do once the case is closed."""
    found = list[dict[str, object]]()
    for one in case.consultations:
        found.append({"name": one.id, "body": one.convener, "steward": one.officer, "open": one.convening})
        found += [
            {"name": item.id, "body": item.body, "steward": item.staff, "open": item.done_at is None}
            for item in one.items
        ]
    return [{"case_id": case.id, **row, "open": row["open"] and case.closed_at is None} for row in found]


def alarms_of_consultations(case: Case) -> Iterator[dict[str, object]]:
    """When the clock has something to do about them."""
    for one in case.consultations:
        for ring in one.ringing:
            yield {"appointment": f"{one.id}:{ring.what}", "what": "consult", "number": ring.number, "at": ring.at}


def consulting_of(of: Sequence[Staff]) -> Select[Any]:
    """What of it (case, id) is open and lies with these staff, or with their bodies if nobody in service has it; oldest first."""
    query = select(consulting.c.case_id, consulting.c.name).join(cases, cases.c.id == consulting.c.case_id)
    mine = consulting.c.steward.in_([one.id for one in of])
    bodies = [and_(cases.c.county == one.county, consulting.c.body == one.body) for one in of]
    served = select(staff.c.id).where(staff.c.active)
    free = and_(or_(consulting.c.steward.is_(None), consulting.c.steward.not_in(served)), or_(false(), *bodies))
    return query.where(consulting.c.open, or_(mine, free)).order_by(cases.c.accepted_at, consulting.c.name)


def agreed_at(county: str, body: str) -> Select[Any]:
    """What lies open of it (case, id) with a body, whoever of it has it: what it convenes and what it is to do; oldest first."""
    query = select(consulting.c.case_id, consulting.c.name).join(cases, cases.c.id == consulting.c.case_id)
    query = query.where(cases.c.county == county, consulting.c.body == body, consulting.c.open)
    return query.order_by(cases.c.accepted_at, consulting.c.name)


def consulted_in(county: str) -> Select[Any]:
    """The cases of a county in which there was a consultation, oldest first; those erased are not among them."""
    query = select(cases.c.id).join(consulting, consulting.c.case_id == cases.c.id).distinct()
    query = query.add_columns(cases.c.accepted_at).where(cases.c.county == county, cases.c.erased_at.is_(None))
    return query.order_by(cases.c.accepted_at, cases.c.id)
