"""Which enquiries are to be warned of now (J35, J39)."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import enquiries


class RipeEnquiry(NamedTuple):
    """A warning whose time has come, of an enquiry that nobody has answered."""

    enquiry: str
    share: int
    at: dt.datetime


async def soonest_enquiry(connection: AsyncConnection) -> dt.datetime | None:
    """When the next warning of an enquiry is to be given."""
    found: dt.datetime | None = (await connection.execute(select(func.min(enquiries.c.next_at)))).scalar()
    return found


async def ripe_enquiries(connection: AsyncConnection, now: dt.datetime, most: int) -> tuple[RipeEnquiry, ...]:
    """The oldest warnings of enquiries that are to be given by `now`, at most so many."""
    row = enquiries.c
    query = select(row.id, row.next_share, row.next_at).where(row.next_at <= now)
    rows = await connection.execute(query.order_by(row.next_at, row.id).limit(most))
    return tuple(RipeEnquiry(*found) for found in rows)
