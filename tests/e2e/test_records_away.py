"""PostgreSQL away: conversations go on, a submission waits and arrives by itself, and nothing is restarted (ADR 7)."""

import time
from urllib.parse import urlsplit

import pytest

from tests.e2e.jobs import fill, short
from tests.e2e.running import apart, eventually
from tests.e2e.stores import socket_of, wire_to

pytestmark = pytest.mark.xdist_group("walk")


@pytest.fixture(scope="module")
async def wire(postgres):
    async with wire_to(socket_of(postgres)) as one:
        yield one


@pytest.fixture(scope="module")
async def site(tmp_path_factory, postgres, wire):
    url = f"postgresql://postgres@127.0.0.1:{wire.port}{urlsplit(postgres).path}"
    async with apart(tmp_path_factory.mktemp("away"), DATABASE_URL=url) as at:
        yield at


@pytest.mark.parametrize("how", ["away", "held"], ids=["stopped", "black hole"])
async def test_a_promise_waits_for_the_records_and_the_receipt_follows(site, wire, how):
    phone, other = [await site.new_phone("jingxian", f"o_jx_sql_{how}_{one}") for one in ("done", "talks")]
    water = site.phone("jingxian", "o_jx_water")
    tasks = len(await water.pushes("新任务"))
    await fill(phone, short())
    await wire.cut(how)
    began = time.monotonic()
    waits = await phone.say("我承诺")
    print("told to wait after", time.monotonic() - began)
    assert "(JXLB)" not in waits
    await fill(other, "水|住宅|同意|泾川镇示范路6号3栋201|住户")  # conversations go on
    assert "(JXLB)" not in await phone.say("进度")
    await wire.mend()
    await eventually(lambda: gets_on(site, phone), within=30, every=0.5)
    assert len(await phone.pushes("(JXLB)")) == 1
    await water.pushed("新任务", times=tasks + 1)
    assert (await phone.say("进度")).count("(JXLB)") == 1


async def gets_on(site, phone):
    """Time passes for the sweeper; nobody writes."""
    await site.move_clock(30)
    return await phone.pushes("(JXLB)")
