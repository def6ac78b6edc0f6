"""Orders whose limits stand still, found on the rows of both engines (J35)."""

import datetime as dt

import pytest

from model.commands.intake import Take
from model.commands.unreached import ReportUnreached
from model.process import Limit
from model.unreached import UnreachedRule
from routing.paused import paused
from storage.engine import Database
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import Office, steward_of
from tests.routing.clocks import at, county
from tests.routing.county import submission

CALLED = at("2026-11-23 10:00")


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    made = county(("contact", Limit(days=1)), ("survey", Limit(days=3)))
    ruled = made.made_anew(process=made.process.model_copy(update={"unreached": UnreachedRule(calls=1)}))
    return await Office(database, records, staffing, ruled).open()


async def test_only_those_that_wait_for_somebody_else_are_read(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水"))
    await office.accept(submission(office.county, "用水", key="s2"))
    order = case.orders[0]
    find = office.casework.paused
    assert await find(office.county.id, order.body, CALLED) == ()
    await office.done(case, steward_of(case), Take(order=order.id))
    await office.done(case, steward_of(case), ReportUnreached(order=order.id), now=CALLED)
    (task,) = await find(office.county.id, order.body, CALLED)
    found = paused(task.order, CALLED + dt.timedelta(days=2))
    assert (task.order.id, found and (found.cause, found.since, found.total.days)) == (
        order.id,
        ("unreached", CALLED, 2),
    )
    assert await find("elsewhere", order.body, CALLED) == ()
