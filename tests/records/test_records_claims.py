"""Orders that a body may claim, over both engines: listed for its stewards until somebody has them (J75)."""

import pytest

from model.commands.claims import Claim
from model.decision import Done, Refused
from model.values import Words
from storage.engine import Database
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import Office
from tests.routing.county import steward, submission
from tests.routing.test_claims import EAST, WEST, gassy


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, gassy()).open()


async def claims(office: Office, staff: str) -> list[str]:
    return [one.order.id for one in await office.casework.claims(staff)]


async def test_it_is_listed_for_both_until_one_has_it(office: Office) -> None:
    case = await office.accept(submission(office.county, "气", town=Words(text="北湖乡")))
    order = case.orders[0].id
    await office.hire(steward("gas_east", name="lead", county="jingxian", duty="lead"))
    assert [await claims(office, one) for one in ("gas_east-a", "gas_west-a")] == [[order], [order]]
    assert [await claims(office, one) for one in ("water_body-a", "gas_east-lead", "nobody")] == [[], [], []]
    assert isinstance(await office.do(case, WEST, Claim(order=order)), Done)
    assert [await claims(office, one) for one in ("gas_east-a", "gas_west-a")] == [[], []]
    assert [one.order.id for one in await office.casework.tasks("gas_west-a")] == [order]
    late = await office.do(case, EAST, Claim(order=order))
    assert isinstance(late, Refused)
    assert late.code == "claim.gone"


async def test_the_same_tap_again_is_the_same_claim(office: Office) -> None:
    case = await office.accept(submission(office.county, "气", town=Words(text="北湖乡")))
    do = Claim(order=case.orders[0].id)
    first = await office.do(case, WEST, do, key="tap")
    assert await office.do(case, WEST, do, key="tap") == first
