"""Redis away, full, read-only or loading; SQL away: what people are told, that nothing is half done, and that all comes
back without a restart (ADR 7).
"""

import asyncio
import time

import aiohttp
import pytest

from storage.conversations import _COMMIT
from tests.e2e.jobs import fill, short
from tests.e2e.running import apart, client_of, eventually
from tests.e2e.stores import valkey, wire_to
from tests.e2e.test_lives import number_in, rows

pytestmark = pytest.mark.xdist_group("busy")

BUSY = "还没有处理"
_ids = iter(range(31_000_000_000_000_000, 32_000_000_000_000_000))


@pytest.fixture(scope="module")
async def server(tmp_path_factory):
    async with valkey(tmp_path_factory.mktemp("redis")) as one:
        yield one


@pytest.fixture(scope="module")
async def wire(server):
    async with wire_to(server.port) as one:
        yield one


@pytest.fixture(scope="module")
async def site(tmp_path_factory, wire):
    async with apart(tmp_path_factory.mktemp("busy"), REDIS_URL=f"redis://127.0.0.1:{wire.port}/0") as at:
        yield at


@pytest.fixture(scope="module")
async def clients(site):
    """The platform, which delivers once and tells what came back; each for one message at a time."""
    async with aiohttp.ClientSession() as session:
        yield [await client_of(site, "jingxian", session) for _ in range(8)]


@pytest.fixture
def client(clients):
    return clients[0]


async def says(client, person, words):
    """What is said to a message delivered once, and after how many seconds."""
    began = time.monotonic()
    seen = await client.text(person, words, next(_ids))
    assert seen.status == 200, seen
    return seen.text, time.monotonic() - began


async def recovered(client, person, words="已填"):
    async def answered():
        text, _ = await says(client, person, words)
        return text if BUSY not in text else None

    return await eventually(answered, every=0.1)


async def test_killed_told_at_once_and_back_without_a_restart(site, server, client):
    phone = await site.new_phone("jingxian", "o_jx_b_kill")
    await fill(phone, "水|住宅|同意")
    before = await phone.say("已填")
    server.kill()
    first, _ = await says(client, phone.person, "泾川镇示范路6号3栋201")
    assert BUSY in first
    took = []
    for _ in range(20):
        text, seconds = await says(client, phone.person, "泾川镇示范路6号3栋201")
        assert BUSY in text
        took.append(seconds)
    print("seconds to be told:", sorted(took))
    assert sorted(took)[5] < 1
    await server.start()
    # Nothing was done of what was refused, and everything of before is there.
    assert await recovered(client, phone.person) == before
    assert "示范路6号" in await phone.say("泾川镇示范路6号3栋201")


async def test_black_holed_nobody_waits_five_seconds(site, wire, clients):
    people = [(await site.new_phone("jingxian", f"o_jx_b_hole{number}")).person for number in range(len(clients))]
    await wire.cut("held")
    try:
        seen = await asyncio.gather(
            *(says(client, person, "水") for client, person in zip(clients, people, strict=True))
        )
        assert all(BUSY in text and seconds < 4.5 for text, seconds in seen), seen
        # From now on nobody waits for the store: of a few tries one is not held up by the machine.
        tries = [await says(clients[0], people[0], "水") for _ in range(5)]
        assert all(BUSY in text for text, _ in tries)
        assert min(seconds for _, seconds in tries) < 1
    finally:
        await wire.mend()
    await recovered(clients[0], people[0])


@pytest.mark.parametrize(
    ("trouble", "relief"),
    [
        (("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0")),
        (("REPLICAOF", "127.0.0.1", "1"), ("REPLICAOF", "NO", "ONE")),
    ],
    ids=["full", "read-only"],
)
async def test_a_refusing_redis_is_busy_and_half_does_nothing(site, server, client, trouble, relief):
    phone = await site.new_phone("jingxian", f"o_jx_b_{trouble[0]}")
    await fill(phone, "水|住宅|同意")
    before = await phone.say("已填")
    server.ask(*trouble)
    try:
        for _ in range(3):
            assert BUSY in (await says(client, phone.person, "泾川镇示范路6号3栋201"))[0]
    finally:
        server.ask(*relief)
    assert await recovered(client, phone.person) == before


async def test_a_loading_redis_is_busy_until_it_is_ready(site, server, client):
    phone = await site.new_phone("jingxian", "o_jx_b_load")
    before = await phone.say("水")
    server.kill()
    await server.start("--key-load-delay", "6000", "--loading-process-events-interval-bytes", "1024", ready=False)
    text, seconds = await says(client, phone.person, "住宅")
    assert BUSY in text
    assert seconds < 4.5
    await eventually(server.is_up)
    await recovered(client, phone.person)
    assert before


async def test_an_answer_lost_on_its_way_back_counts_once(site, wire, client):
    """The commit is made, the answer is not heard: neither busy nor done may be said before it is known."""
    phone = await site.new_phone("jingxian", "o_jx_b_lost")
    await fill(phone, "水|住宅|同意")
    lost = wire.lose(_COMMIT.sha.encode())
    promise = asyncio.create_task(phone.say("泾川镇示范路6号3栋201"))
    async with asyncio.timeout(30):
        await lost.wait()
    other = "o_jx_b_lost_other"
    assert BUSY in (await says(client, other, "水"))[0]
    assert not promise.done()
    await wire.mend()
    reply = await promise
    assert "示范路6号" in reply
    assert BUSY not in reply
    assert (await phone.say("已填")).count("示范路6号") == 1
    assert "过一会儿" not in await phone.say("住户")


async def test_a_promise_cut_in_the_middle_makes_one_case(site, wire, client):
    """The first commit of a promise is made and not heard; the platform asks again, and the receipt is the reply."""
    phone = await site.new_phone("jingxian", "o_jx_b_promise")
    await fill(phone, short())
    lost = wire.lose(_COMMIT.sha.encode())
    promise = asyncio.create_task(phone.say("我承诺"))
    async with asyncio.timeout(30):
        await lost.wait()
    await asyncio.sleep(1)
    await wire.mend()
    number = number_in(await promise)
    assert rows(site, "select number from cases where person = ?", phone.person) == [(number,)]
    assert await phone.pushes(number) == []
