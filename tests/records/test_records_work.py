"""The work of a body page by page, and the ways to a case for another system, over both databases."""

import datetime as dt

import pytest

from storage.engine import Database
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import Office
from tests.routing.county import NOW, everybody, jingxian, submission


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing).open()


async def pages(office: Office, body: str, most: int) -> list[list[str]]:
    found, after = list[list[str]](), None
    while page := await office.casework.work(office.county.id, body, after, most):
        found.append([task.order.id for task in page])
        after = page[-1].order.id
    return found


async def test_a_body_reads_its_open_orders_page_by_page(office: Office) -> None:
    """Those of one instant too, each once, the oldest first."""
    times = [NOW, NOW, NOW, NOW + dt.timedelta(minutes=1), NOW - dt.timedelta(minutes=1)]
    cases = [
        await office.accept(submission(office.county, "用水", "用电", key=f"s{n}"), at) for n, at in enumerate(times)
    ]
    water = [next(order.id for order in case.orders if order.service == "water") for case in cases]
    expected = [water[4], *sorted(water[:3]), water[3]]
    for most in (1, 2, 5, 100):
        found = await pages(office, "water_body", most)
        assert [name for page in found for name in page] == expected
        assert all(len(page) == most for page in found[:-1])
    assert await office.casework.work("jingxian", "water_body", None, 9) == ()
    assert await office.casework.work(office.county.id, "gas_body", None, 9) == ()


async def test_a_place_that_is_not_in_the_list_ends_it(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水", "用电"))
    power = next(order.id for order in case.orders if order.service == "power")
    for after in ("nowhere", power):
        assert await office.casework.work(office.county.id, "water_body", after, 9) == ()


async def test_the_ways_to_a_case(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水", key="from a portal"))
    core = office.casework
    assert await core.numbered(office.county.id, case.number) == case
    assert await core.numbered("jingxian", case.number) is None
    assert await core.numbered(office.county.id, "2026-9999") is None
    assert await core.submitted("from a portal") == case
    assert await core.submitted("from nobody") is None
    task = await core.task(case.orders[0].id)
    assert task is not None
    assert (task.case, task.order) == (case, case.orders[0])
    assert await core.task("nowhere") is None


async def test_what_the_window_must_place_is_nobodys_work(
    database: Database, records: Records, staffing: Staffing
) -> None:
    office = await Office(database, records, staffing, jingxian()).open(everybody(jingxian()))
    made = submission(office.county, "气")
    case = await office.accept(made)
    assert case.orders[0].candidates
    for body in case.orders[0].candidates:
        assert await office.casework.work(office.county.id, body, None, 9) == ()
