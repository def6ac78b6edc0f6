"""停着: what waits for somebody else, since when and how long in all (J35)."""

import datetime as dt

from model.calendar import Due
from model.events.clock import Cause
from model.order import Clock, Order, Pause
from model.process import Timed
from routing.paused import Paused, paused
from tests.routing.county import NOW

DAY = dt.timedelta(days=1)
DUE = Due(at=NOW + 9 * DAY, days=9, provisional=False)


def at(days: float) -> dt.datetime:
    """So many days after `NOW`."""
    return NOW + days * DAY


def clock(*pauses: tuple[Cause, float, float | None], met: float | None = None) -> Clock:
    """A limit with pauses from one day to another."""
    kept = tuple(
        Pause(cause=cause, since=at(since), until=None if until is None else at(until))
        for cause, since, until in pauses
    )
    return Clock(started_at=NOW, due=DUE, pauses=kept, met_at=None if met is None else at(met))


def order(**clocks: Clock) -> Order:
    """An order with these clocks."""
    named: dict[Timed, Clock] = dict(clocks)  # type: ignore[misc]
    return Order(id="o", service="water", body="b", clocks=named)


def test_while_every_limit_runs_nothing_waits() -> None:
    assert paused(order(), at(5)) is None
    assert paused(order(survey=clock()), at(5)) is None
    assert paused(order(survey=clock(("correction", 1, 3))), at(5)) is None


def test_what_waits_now_counts_with_what_waited_before() -> None:
    waits = order(survey=clock(("unreached", 0, 1), ("correction", 2, None)))
    assert paused(waits, at(5)) == Paused("correction", at(2), None, 4 * DAY)


def test_an_hour_in_which_two_limits_stood_still_is_one_hour() -> None:
    waits = order(contact=clock(("correction", 1, None)), survey=clock(("correction", 1, None), ("visit", 1, 3)))
    found = paused(
        waits.model_copy(update={"clocks": {**waits.clocks, "scheme": clock(("materials", 2, None))}}), at(4)
    )
    assert found == Paused("correction", at(1), None, 3 * DAY)


def test_a_planned_time_waits_until_it_comes() -> None:
    waits = order(survey=clock(("planned", 0, 6)))
    assert paused(waits, at(5)) == Paused("planned", at(0), at(6), 5 * DAY)
    assert paused(waits, at(6)) is None


def test_a_step_that_is_done_and_what_the_applicant_has_to_keep_do_not_count() -> None:
    assert paused(order(contact=clock(("unreached", 1, None), met=2)), at(5)) is None
    assert paused(order(deferred=clock(("correction", 1, None))), at(5)) is None
    both = order(contact=clock(("unreached", 1, None), met=2), survey=clock(("correction", 4, None)))
    assert paused(both, at(5)) == Paused("correction", at(4), None, 2 * DAY)


def test_a_limit_runs_from_the_planned_time_on() -> None:
    assert clock(("planned", 0, 6)).begins_at == at(6)
    assert clock(("correction", 0, 6)).begins_at == NOW
