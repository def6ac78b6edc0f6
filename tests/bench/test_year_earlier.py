"""What is said afterwards of when a step was done is counted apart from the core: the figures go by what stands (X59, J35)."""

import datetime as dt

from bench.year.earlier import done_earlier, faults
from bench.year.figures import Recount, plain
from bench.year.hours import Hours
from model.commands.backdating import AnswerBackdating
from model.commands.contact import ReportContact
from model.event import Recorded
from routing.bulletin import bulletin
from tests.routing.county import NOW
from tests.routing.desk import Desk
from tests.routing.test_backdating import ENTERED, HEAD, IN_TIME, ORDER, TOLERABLE, asked, enter, opened

MONTH = [NOW.replace(day=1, hour=0, minute=0), NOW.replace(day=30, hour=23)]


def hours(desk: Desk) -> Hours:
    process = desk.county.process
    return Hours(process.hours.spans, process.closes, dt.date(2026, 11, 1), dt.date(2026, 12, 31))


def wrong(desk: Desk, log: list[Recorded]) -> list[str]:
    return list(faults(log, desk.county, hours(desk)))


def counted(desk: Desk) -> bool:
    """Whether both counts agree."""
    recount = Recount(hours(desk), MONTH)
    recount.count(desk.log)
    told = bulletin([desk.log], desk.county, *MONTH)
    (month,) = recount.months()
    return month == {body: plain(figures) for body, figures in told.items()}


def test_what_a_head_agrees_to_counts_and_what_waits_does_not() -> None:
    desk = opened()
    asked(desk)
    assert (done_earlier(desk.log, MONTH[1]), counted(desk)) == ({}, True)
    desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), ENTERED)
    assert set(done_earlier(desk.log, MONTH[1]).values()) == {IN_TIME}
    assert done_earlier(desk.log, ENTERED) == {}
    assert counted(desk)
    assert wrong(desk, desk.log) == []


def test_a_time_that_stands_unasked_or_is_asked_about_needlessly_is_found() -> None:
    desk = opened()
    assert enter(desk, ReportContact(order=ORDER), TOLERABLE) == ["applicant_contacted", "back_dated"]
    assert (wrong(desk, desk.log), counted(desk)) == ([], True)
    last = desk.log[-1]
    far = last.model_copy(update={"event": last.event.model_copy(update={"happened_at": IN_TIME})})
    assert "nobody was asked" in wrong(desk, [*desk.log[:-1], far])[0]
    claimed = opened()
    asked(claimed)
    place = next(at for at, one in enumerate(claimed.log) if one.event.event == "backdating_claimed")
    claim = claimed.log[place]
    near = claim.model_copy(update={"event": claim.event.model_copy(update={"happened_at": TOLERABLE})})
    assert "need not be" in wrong(claimed, [*claimed.log[:place], near, *claimed.log[place + 1 :]])[0]
