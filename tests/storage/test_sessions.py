"""Who is signed in, and who was sent to the platform for it, as every process sees it."""

import asyncio

import pytest

from storage.conversations import RedisPort
from storage.sessions import IDLE_MS, WHOLE_MS, Sessions
from storage.sign_ins import LASTS_MS, Back, Return, SignIns

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = 1_790_000_000_000


@pytest.fixture
def sessions(port: RedisPort, prefix: str) -> Sessions:
    return Sessions(port, prefix=prefix)


@pytest.fixture
def sign_ins(port: RedisPort, prefix: str) -> SignIns:
    return SignIns(port, prefix=prefix)


async def test_a_session_is_had_by_its_secret_alone(sessions: Sessions, rival_port: RedisPort, prefix: str) -> None:
    secret, begun = await sessions.begin("a", "o1", NOW)
    assert await Sessions(rival_port, prefix=prefix).of(secret, NOW) == begun
    assert await sessions.of(secret + "x", NOW) is None
    await sessions.end(secret)
    assert await sessions.of(secret, NOW) is None


async def test_it_is_kept_while_used_and_ends_all_the_same(sessions: Sessions) -> None:
    secret, _ = await sessions.begin("a", "o1", NOW)
    assert await sessions.of(secret, NOW + IDLE_MS + 1) is None
    for at in range(NOW, NOW + WHOLE_MS, IDLE_MS):
        assert await sessions.of(secret, at) is not None
    assert await sessions.of(secret, NOW + WHOLE_MS) is None


async def test_who_left_does_not_come_back_by_a_request_under_way(
    sessions: Sessions, port: RedisPort, prefix: str
) -> None:
    """It had read the session when he left, and would note that he was here."""
    secret, _ = await sessions.begin("a", "o1", NOW)

    class Leaving:
        async def command(self, *command, step):
            answer = await port.command(*command, step=step)
            if command[0] == "GET":
                await sessions.end(secret)
            return answer

    assert await Sessions(Leaving(), prefix=prefix).of(secret, NOW + IDLE_MS) is not None
    assert await sessions.of(secret, NOW + IDLE_MS) is None


async def test_one_comes_first(sign_ins: SignIns, rival_port: RedisPort, prefix: str) -> None:
    state = await sign_ins.begin("a", "browser", "/pages/x", NOW)
    both = sign_ins, SignIns(rival_port, prefix=prefix)
    found = await asyncio.gather(*(both[number % 2].come_back("a", "browser", state, NOW) for number in range(10)))
    assert sorted(one.back.value for one in found if one) == ["again"] * 9 + ["first"]
    assert {one.to for one in found if one} == {"/pages/x"}


async def test_whose_a_state_is(sign_ins: SignIns) -> None:
    state = await sign_ins.begin("a", "browser", "/pages/x", NOW)
    assert await sign_ins.come_back("a", "another", state, NOW) == Return(Back.STRANGER, "/pages/x")
    assert await sign_ins.come_back("b", "browser", state, NOW) is None
    assert await sign_ins.come_back("a", "browser", "0" * 48, NOW) is None
    assert await sign_ins.come_back("a", "browser", state, NOW + LASTS_MS) is None
    assert await sign_ins.come_back("a", "browser", state, NOW + LASTS_MS - 1) == Return(Back.FIRST, "/pages/x")


async def test_nothing_stays_for_good(sessions: Sessions, sign_ins: SignIns, port: RedisPort, prefix: str) -> None:
    secret, _ = await sessions.begin("a", "o1", NOW)
    await sessions.of(secret, NOW + IDLE_MS)
    state = await sign_ins.begin("a", "browser", "/pages/x", NOW)
    await sign_ins.come_back("a", "browser", state, NOW)
    keys = [key.decode() async for key in port.scan(f"{prefix}*")]
    assert len(keys) == 3
    for key in keys:
        assert 0 < int(str(await port.command("PTTL", key, step=None))) <= WHOLE_MS
