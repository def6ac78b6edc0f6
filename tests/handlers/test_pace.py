"""A walk over everything leaves most of the time to others."""

import asyncio

import pytest

from handlers import pace as module
from handlers.pace import Pace


@pytest.fixture
def clock(monkeypatch):
    """A clock that only work and rests move; the rests that were taken."""
    now, rests = [0.0], []

    async def sleep(seconds):
        rests.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(asyncio, "sleep", sleep)
    return now, rests


async def test_a_tenth_of_the_time_is_worked(clock):
    now, rests = clock
    pace = Pace(0.1)
    for _ in range(1000):
        now[0] += 0.001
        await pace.rest()
    assert now[0] == pytest.approx(10, rel=0.05)
    assert max(rests) < 0.3


async def test_a_command_of_its_own_never_rests(clock):
    now, rests = clock
    pace = Pace(1)
    for _ in range(100):
        now[0] += 1
        await pace.rest()
    assert rests == []
