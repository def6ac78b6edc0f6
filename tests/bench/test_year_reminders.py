"""Reminders of visits are counted from the agreed time, apart from the core: left out, doubled or too soon, it is found (X36)."""

import datetime as dt

import pytest

from bench.year.reminders import Reminders
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.scheduling import Remind
from model.commands.survey import AgreeSurvey, MoveSurvey, ProposeSurvey
from model.event import Recorded
from model.meeting_rules import ReminderRule
from model.message import Actor
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk

ORDER = "case-1"
CLOCK = Actor(person="", role="clock")
VISIT = NOW + dt.timedelta(days=2)
END = NOW + dt.timedelta(days=5)


@pytest.fixture(name="desk")
def _desk() -> Desk:
    """A survey is agreed."""
    made = xinxiang()
    survey = made.process.survey.model_copy(update={"reminders": ReminderRule()})
    county = made.model_copy(update={"process": made.process.model_copy(update={"survey": survey})})
    desk = Desk(county, submission(county, "用水"))
    for do in (Take(order=ORDER), ReportContact(order=ORDER), ProposeSurvey(order=ORDER, at=VISIT)):
        assert isinstance(desk.do(desk.steward(), do), list)
    assert isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=ORDER, sequence=1)), list)
    return desk


def reminded(desk: Desk) -> None:
    for one in desk.case.appointments[ORDER].reminders:
        assert isinstance(desk.do(CLOCK, Remind(appointment=ORDER, sequence=1, which=one.which), one.at), list)


def faults(desk: Desk, log: list[Recorded]) -> list[str]:
    return list(Reminders(desk.county).faults(log, END))


def test_each_is_given_once(desk: Desk) -> None:
    reminded(desk)
    assert faults(desk, desk.log) == []
    assert "nobody was to be" in faults(desk, [*desk.log, desk.log[-1]])[0]
    day, _ = (one for one in desk.log if one.event.event == "reminded")
    assert "were not by" in faults(desk, [one for one in desk.log if one is not day])[0]
    soon = day.model_copy(update={"at": day.at - dt.timedelta(minutes=5)})
    assert "before" in faults(desk, [soon if one is day else one for one in desk.log])[0]


def test_none_is_given_is_found_at_the_end(desk: Desk) -> None:
    assert len(faults(desk, desk.log)) == 2


def test_of_a_time_that_was_moved_nobody_is_reminded(desk: Desk) -> None:
    given = desk.log[-1]
    assert isinstance(desk.do(APPLICANT, MoveSurvey(appointment=ORDER, sequence=1, wish="周六")), list)
    assert faults(desk, desk.log) == []
    assert given.event.event == "survey_agreed"
