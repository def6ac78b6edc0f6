"""A body's own works were late, or were said afterwards to be in time, and the user's are still waited for (X44, X59)."""

import datetime as dt

import pytest

from model.commands.backdating import AnswerBackdating, Backdate
from model.commands.contact import ReportContact
from model.commands.survey import GiveOpinion
from model.commands.works import GiveScheme, ReportBuilt, ReportInside
from routing.acts import steward_acts
from tests.routing.clocks import at
from tests.routing.desk import APPLICANT, replayed
from tests.routing.test_backdating import ENTERED, HEAD, ORDER, Desk, enter, opened, surveyed

LATE = at("2026-12-01 10:00")
"""The works had one working day from Thursday."""
DONE = at("2026-11-27 16:00")


def built() -> Desk:
    desk = opened()
    enter(desk, ReportContact(order=ORDER), None)
    surveyed(desk)
    enter(desk, GiveOpinion(order=ORDER, opinion="符合"), None)
    enter(desk, GiveScheme(order=ORDER, scheme="接DN25", days=1, inside=True), None, ENTERED)
    assert enter(desk, ReportBuilt(order=ORDER), None, LATE) == ["works_reported", "clock_paused"]
    return desk


@pytest.mark.parametrize("said", [False, True])
def test_who_was_late_stays_late_while_the_limit_stands(*, said: bool) -> None:
    desk = built()
    assert "backdate" in {act.id for act in steward_acts(desk.case, desk.order(), desk.county) if act.shown}
    if said:
        desk.do(desk.steward(), Backdate(order=ORDER, at=DONE, reason="忘了"), LATE)
        assert desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), LATE) == ["backdating_decided"]
    assert desk.do(APPLICANT, ReportInside(), LATE + dt.timedelta(days=3))
    assert desk.order().clocks["construction"].kept is said
    assert replayed(desk) == desk.case
