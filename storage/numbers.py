"""The joint number of a case (联合办件号, J50, J90): drawn from a counter in the transaction that uses it."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from model.calendar import CHINA
from model.process import Numbering
from storage.engine import Database
from storage.schema import counters


async def draw_number(
    database: Database, connection: AsyncConnection, county: str, numbering: Numbering, now: dt.datetime
) -> str:
    """The next number of this county. If the transaction fails, the number was never drawn: no gaps."""
    year = now.astimezone(CHINA).year
    period = str(year) if numbering.restart == "yearly" else ""
    insert = database.insert(counters).values(county=county, period=period, value=numbering.first)
    count = insert.on_conflict_do_update(
        index_elements=[counters.c.county, counters.c.period], set_={"value": counters.c.value + 1}
    ).returning(counters.c.value)
    return numbering.template.format(counter=(await connection.execute(count)).scalar_one(), year=year)
