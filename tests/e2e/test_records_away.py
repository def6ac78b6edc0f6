"""PostgreSQL away: conversations go on, a submission waits and arrives by itself, and nothing is restarted (ADR 7)."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.e2e.jobs import fill, short
from tests.e2e.running import apart, eventually
from tests.e2e.stores import Wire
from tests.e2e.test_production_stores import postgres  # noqa: F401 - a fixture

pytestmark = pytest.mark.xdist_group("walk")


@pytest.fixture(scope="module")
async def wire(postgres):  # noqa: F811
    folder = parse_qs(urlsplit(postgres).query)["host"][0]
    async with Wire(f"{folder}/.s.PGSQL.5432") as one:
        yield one


@pytest.fixture(scope="module")
async def site(tmp_path_factory, wire):
    url = f"postgresql://postgres@127.0.0.1:{wire.port}/postgres"
    async with apart(tmp_path_factory.mktemp("away"), DATABASE_URL=url) as at:
        yield at


@pytest.mark.parametrize("how", ["stopped", "black hole"])
async def test_a_promise_waits_for_the_records_and_the_receipt_follows(site, wire, how):
    name = how.split()[0]
    phone, other = [await site.new_phone("jingxian", f"o_jx_sql_{name}_{one}") for one in ("done", "talks")]
    water = site.phone("jingxian", "o_jx_water")
    tasks = len(await water.pushes("新任务"))
    await fill(phone, short())
    if how == "stopped":
        await wire.down()
    else:
        wire.hole = True
    began = time.monotonic()
    waits = await phone.say("我承诺")
    print("told to wait after", time.monotonic() - began)
    assert "(JXLB)" not in waits
    await fill(other, "水|住宅|同意|泾川镇示范路6号3栋201|住户")  # conversations go on
    assert "(JXLB)" not in await phone.say("进度")
    if how == "stopped":
        await wire.up()
    else:
        wire.hole = False
    await eventually(lambda: gets_on(site, phone), within=30, every=0.5)
    assert len(await phone.pushes("(JXLB)")) == 1
    await water.pushed("新任务", times=tasks + 1)
    assert (await phone.say("进度")).count("(JXLB)") == 1


async def gets_on(site, phone):
    """Time passes for the sweeper; nobody writes."""
    await site.move_clock(30)
    return await phone.pushes("(JXLB)")
