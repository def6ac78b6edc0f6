"""Who fails again and again is left alone, and then asked once."""

import datetime as dt

from model.breaker import FAILURES, FIRST, LONGEST, Breaker

NOW = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
TICK = dt.timedelta(microseconds=1)


def after(failures: int) -> Breaker:
    breaker = Breaker()
    for _ in range(failures):
        breaker = breaker.failed(NOW)
    return breaker


def test_a_few_failures_do_not_open_it() -> None:
    assert after(FAILURES - 1).lets(NOW)
    assert not after(FAILURES - 1).probing


def test_it_opens_and_lets_a_probe_through_when_the_time_is_over() -> None:
    breaker = after(FAILURES)
    assert not breaker.lets(NOW + FIRST - TICK)
    assert breaker.lets(NOW + FIRST)
    assert breaker.probing


def test_a_probe_that_fails_opens_it_for_twice_as_long_up_to_a_limit() -> None:
    breaker, pauses = after(FAILURES), []
    for _ in range(9):
        assert breaker.open_until is not None
        at = breaker.open_until
        breaker = breaker.failed(at)
        assert breaker.open_until is not None
        pauses.append(breaker.open_until - at)
    assert pauses[:3] == [2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert pauses[-1] == LONGEST


def test_a_pause_that_was_asked_for_is_no_failure() -> None:
    breaker = Breaker().paused(NOW + FIRST)
    assert not breaker.lets(NOW)
    assert breaker.lets(NOW + FIRST)
    assert (breaker.failures, breaker.probing) == (0, False)
