"""What many look at is counted once for all of them."""

import asyncio

import pytest

from bot.console.lately import Count, Lately


class Counted:
    """How often it was counted; each takes until it is let go."""

    def __init__(self) -> None:
        self.times = 0
        self.away = False
        self.go = asyncio.Event()

    async def __call__(self) -> Count:
        self.times += 1
        await self.go.wait()
        if self.away:
            raise ConnectionError
        return self.times, 0


async def test_whoever_asks_meanwhile_gets_the_same() -> None:
    lately, counted = Lately(), Counted()
    asked = [asyncio.create_task(lately.of("a", counted)) for _ in range(3)]
    await asyncio.sleep(0)
    asked[0].cancel()  # he closed his page; the others wait for it
    counted.go.set()
    assert await asyncio.gather(*asked[1:]) == [(1, 0), (1, 0)]
    assert await lately.of("a", counted) == (1, 0)
    assert await lately.of("b", counted) == (2, 0)


async def test_it_is_counted_anew_when_it_is_old_and_when_something_was_done() -> None:
    now = [0.0]
    lately, counted = Lately(seconds=2, now=lambda: now[0]), Counted()
    counted.go.set()
    assert await lately.of("a", counted) == (1, 0)
    now[0] = 1.9
    assert await lately.of("a", counted) == (1, 0)
    now[0] = 2.0
    assert await lately.of("a", counted) == (2, 0)
    lately.forget()
    assert await lately.of("a", counted) == (3, 0)


async def test_what_could_not_be_counted_is_tried_again() -> None:
    lately, counted = Lately(), Counted()
    counted.go.set()
    counted.away = True
    with pytest.raises(ConnectionError):
        await lately.of("a", counted)
    counted.away = False
    assert await lately.of("a", counted) == (2, 0)
