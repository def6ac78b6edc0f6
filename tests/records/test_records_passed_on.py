"""The applicant's time for what may still follow is one, wherever it lies: nothing stays due with whom it left (X47)."""

import datetime as dt

from sqlalchemy import select

from bot.warning import Warner
from model.commands.ending import Withdraw
from storage.deadlines import Deadlines
from storage.engine import Database
from storage.records import Records
from storage.schema import deadlines
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office
from tests.routing.county import NOW
from tests.routing.test_supplements import COUNTY, handed


async def test_what_is_passed_on_is_due_there_alone(database: Database, records: Records, staffing: Staffing) -> None:
    office = await Office(database, records, staffing, COUNTY).open()
    case = await office.accept(handed("用水", "用电", missing=("clerk",)))
    first, heir = (order.id for order in case.orders)

    async def due() -> list[str]:
        query = select(deadlines.c.order_id).where(deadlines.c.step == "deferred", deadlines.c.next_at.is_not(None))
        async with database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    assert await due() == [first]
    await office.done(case, APPLICANT, Withdraw(orders=(first,)))
    assert await due() == [heir]
    later = NOW + dt.timedelta(days=200)
    while await Warner(Deadlines(database), office.casework, lambda: later).round():
        pass
    assert [one.step for one in await Deadlines(database).ripe(later, 9) if one.step == "deferred"] == []
