"""One access token for all processes, fetched by one of them."""

import asyncio

import pytest

from storage.conversations import RedisPort
from storage.tokens import TokenCache

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = 1_790_000_000_000


@pytest.fixture
def tokens(port: RedisPort, prefix: str) -> TokenCache:
    return TokenCache(port, prefix=prefix)


@pytest.fixture
def rival(rival_port: RedisPort, prefix: str) -> TokenCache:
    """The cache as another process sees it."""
    return TokenCache(rival_port, prefix=prefix)


async def test_a_token_is_valid_until_its_instant(tokens: TokenCache, rival: TokenCache) -> None:
    assert await tokens.get("wx1", NOW) is None
    await tokens.put("wx1", "token with spaces 甲", NOW + 7200)
    assert await rival.get("wx1", NOW + 7199) == "token with spaces 甲"
    assert await rival.get("wx1", NOW + 7200) is None
    assert await rival.get("wx2", NOW) is None


async def test_only_the_refused_token_is_deleted(tokens: TokenCache, rival: TokenCache) -> None:
    await tokens.put("wx1", "old", NOW + 1)
    await rival.put("wx1", "new", NOW + 2)
    assert not await tokens.invalidate("wx1", "old")
    assert await tokens.get("wx1", NOW) == "new"
    assert await rival.invalidate("wx1", "new")
    assert not await rival.invalidate("wx1", "new")
    assert await tokens.get("wx1", NOW) is None


@pytest.mark.parametrize("token", ["%d+", "a b", "5 a", ""])
async def test_a_token_is_compared_as_it_is(tokens: TokenCache, token: str) -> None:
    await tokens.put("wx1", token, -5)
    assert not await tokens.invalidate("wx1", token + "x")
    assert await tokens.invalidate("wx1", token)


async def test_only_one_process_fetches(tokens: TokenCache, rival: TokenCache) -> None:
    taken = await asyncio.gather(*((tokens, rival)[number % 2].lock("wx1") for number in range(20)))
    (held,) = [lock for lock in taken if lock is not None]
    assert await tokens.lock("wx2") is not None
    assert not await rival.unlock("wx1", "another's")
    assert await rival.lock("wx1") is None
    assert await rival.unlock("wx1", held)
    assert not await rival.unlock("wx1", held)
    assert await rival.lock("wx1") is not None


async def test_a_lease_ends_and_its_holder_cannot_release_the_next(tokens: TokenCache, rival: TokenCache) -> None:
    held = await tokens.lock("wx1", lease_ms=20)
    assert held is not None
    async with asyncio.timeout(30):
        while (taken := await rival.lock("wx1")) is None:
            await asyncio.sleep(0.01)
    assert not await tokens.unlock("wx1", held)
    assert await rival.unlock("wx1", taken)


async def test_nothing_stays_for_good(tokens: TokenCache, port: RedisPort, prefix: str) -> None:
    await tokens.put("wx1", "token", NOW)
    await tokens.lock("wx1")
    for name in ("token:wx1", "token-lock:wx1"):
        assert 0 < int(str(await port.command("PTTL", prefix + name, step=None))) <= 86_400_000
