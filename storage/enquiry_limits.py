"""Which enquiries are to be warned of now (J35, J39)."""

import datetime as dt
from typing import Final, NamedTuple

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import Utc, enquiries

_ROW: Final = enquiries.c
# Made once: making a statement costs more than carrying it out.
_SOONEST: Final = select(func.min(_ROW.next_at))
_RIPE: Final = (
    select(_ROW.id, _ROW.next_share, _ROW.next_at)
    .where(_ROW.next_at <= bindparam("now", type_=Utc))
    .order_by(_ROW.next_at, _ROW.id)
    .limit(bindparam("most", type_=Integer))
)


class RipeEnquiry(NamedTuple):
    """A warning whose time has come, of an enquiry that nobody has answered."""

    enquiry: str
    share: int
    at: dt.datetime


async def soonest_enquiry(connection: AsyncConnection) -> dt.datetime | None:
    """When the next warning of an enquiry is to be given."""
    found: dt.datetime | None = (await connection.execute(_SOONEST)).scalar()
    return found


async def ripe_enquiries(connection: AsyncConnection, now: dt.datetime, most: int) -> tuple[RipeEnquiry, ...]:
    """The oldest warnings of enquiries that are to be given by `now`, at most so many."""
    found = await connection.execute(_RIPE, {"now": now, "most": most})
    return tuple(RipeEnquiry(*one) for one in found)
