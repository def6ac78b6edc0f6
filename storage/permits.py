"""Applications for permits as rows: whose they are, and when the next warning of each is due (X48)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.approval import Approval
from model.case import Case
from model.order import Clock
from model.staff import Staff
from storage.engine import Database
from storage.schema import Utc, cases, permit_deadlines, permits, staff

_ROW: Final = permit_deadlines.c
# Made once: making a statement costs more than carrying it out.
_SOONEST: Final = select(func.min(_ROW.next_at))
_RIPE: Final = (
    select(_ROW.case_id, _ROW.permit_id, _ROW.later, _ROW.next_share, _ROW.next_at, _ROW.due_at)
    .where(_ROW.next_at <= bindparam("now", type_=Utc))
    .order_by(_ROW.next_at, _ROW.permit_id, _ROW.later)
    .limit(bindparam("most", type_=Integer))
)


class RipePermit(NamedTuple):
    """A warning whose time has come, of an application or (`items`) of what was allowed to follow it."""

    case: str
    permit: str
    items: bool
    share: int
    at: dt.datetime
    due: dt.datetime


async def put_permits(database: Database, connection: AsyncConnection, case: Case) -> None:
    """Every application of the case as it stands, and the proposal of joint construction that lies with who leads it."""
    joint = case.joint_works
    if not case.approvals and joint is None:
        return
    closed = case.closed_at is not None
    rows = [
        {"id": one.id, "case_id": case.id, "body": one.body, "officer": one.officer, "open": one.open and not closed}
        for one in case.approvals
    ]
    if joint is not None and joint.id.startswith(case.id):  # the proposal itself, not what is shared of another case's
        asked = joint.state == "proposed" and not closed
        rows.append({"id": joint.id, "case_id": case.id, "body": joint.body, "officer": joint.officer, "open": asked})
    if not rows:
        return
    await connection.execute(database.upsert(permits, keys=("id",), changing=("officer", "open")), rows)
    limits = [row for one in case.approvals for row in _limits(case, one, closed=closed)]
    if limits:
        changing = ("due_at", "provisional", "next_share", "next_at")
        await connection.execute(
            database.upsert(permit_deadlines, keys=("permit_id", "later"), changing=changing), limits
        )


def _limits(case: Case, one: Approval, *, closed: bool) -> list[dict[str, Any]]:
    """Of the decision while it is waited for and not sent back; of what is to follow also when the case is closed."""
    clocks: tuple[tuple[bool, Clock | None, bool], ...] = (
        (False, one.clock, not closed),
        (True, one.items_clock, one.owes),
    )
    return [
        {
            "permit_id": one.id,
            "later": items,
            "case_id": case.id,
            "due_at": clock.due.at,
            "provisional": clock.due.provisional and clock.met_at is None and (one.owes if items else one.open),
            "next_share": clock.next.share if clock.next and waits else None,
            "next_at": clock.next.at if clock.next and waits else None,
        }
        for items, clock, waits in clocks
        if clock is not None
    ]


async def soonest_permit(connection: AsyncConnection) -> dt.datetime | None:
    """When the next warning of an application is to be given."""
    found: dt.datetime | None = (await connection.execute(_SOONEST)).scalar()
    return found


async def ripe_permits(connection: AsyncConnection, now: dt.datetime, most: int) -> tuple[RipePermit, ...]:
    """The oldest warnings of applications that are to be given by `now`, at most so many."""
    found = await connection.execute(_RIPE, {"now": now, "most": most})
    return tuple(RipePermit(*one) for one in found)


def lying_with(of: Sequence[Staff]) -> Select[Any]:
    """Open applications (case, id) of these officers, and those of their bodies that nobody in service has; oldest first."""
    query = select(permits.c.case_id, permits.c.id).join(cases, cases.c.id == permits.c.case_id)
    mine = permits.c.officer.in_([one.id for one in of])
    bodies = [and_(cases.c.county == one.county, permits.c.body == one.body) for one in of if one.duty == "steward"]
    served = select(staff.c.id).where(staff.c.active)
    free = and_(or_(permits.c.officer.is_(None), permits.c.officer.not_in(served)), or_(false(), *bodies))
    return query.where(permits.c.open, or_(mine, free)).order_by(cases.c.accepted_at, permits.c.id)
