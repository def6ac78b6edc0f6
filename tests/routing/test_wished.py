"""The time an applicant names in the form is looked at first; if it suits nobody, he is asked like everybody else (J64, J65, X21)."""

from model.case import JOINT
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.times import APPLICANT
from model.values import Day
from routing.limits import spans_of
from tests.routing.county import submission
from tests.routing.desk import Desk, replayed
from tests.routing.test_gathering import COUNTY, day, gives, span, told


def wished() -> Desk:
    """He wants people on Wednesday morning; one of the stewards has reached him."""
    desk = Desk(COUNTY, submission(COUNTY, "用水", "用电"))
    accepted = desk.log[0].event.model_copy(update={"wished": (span(25, 9, 12),)})
    desk.log[0] = desk.log[0].model_copy(update={"event": accepted})
    desk.case = replayed(desk)
    desk.do(desk.steward(), Take(order="case-1"))
    desk.do(desk.steward(), ReportContact(order="case-1"))
    return desk


def test_he_is_not_asked_again() -> None:
    desk = wished()
    assert desk.case.gatherings[JOINT].times == {APPLICANT: (span(25, 9, 12),)}
    assert ("applicant", "applicant.times_asked") not in told(desk, len(desk.log) - 1)
    gives(desk, desk.steward(1), span(25, 9, 12))
    assert gives(desk, desk.steward(2), span(25, 11, 12)) == ["times_given", "time_set"]
    assert desk.case.appointments[JOINT].at == day(25, 11)


def test_nobody_decides_over_his_head_before_he_is_asked() -> None:
    desk = wished()
    gives(desk, desk.steward(1), span(26, 9, 12))
    assert gives(desk, desk.steward(2), span(26, 9, 12)) == ["times_given", "times_asked"]
    gathering = desk.case.gatherings[JOINT]
    assert (gathering.round, gathering.silent) == (2, (APPLICANT,))
    assert told(desk, len(desk.log) - 1) == {("applicant", "applicant.times_asked")}
    assert replayed(desk) == desk.case


def test_the_hours_of_a_day_a_half_or_a_time() -> None:
    date = day(25, 9).date()
    morning, afternoon = COUNTY.process.hours.spans
    whole = spans_of(Day(date=date), COUNTY)
    assert [(one.start.time(), one.end.time()) for one in whole] == [morning, afternoon]
    assert spans_of(Day(date=date, half="上午"), COUNTY) == whole[:1]
    assert spans_of(Day(date=date, half="下午"), COUNTY) == whole[1:]
    late = spans_of(Day(date=date, time=day(25, 15).time()), COUNTY)
    assert [(one.start, one.end) for one in late] == [(day(25, 15), whole[1].end)]
