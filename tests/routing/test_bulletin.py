"""The figures of a month, recounted by hand."""

import datetime as dt

import pytest

from dialogs.commands import bulletin as asked
from model.calendar import CHINA
from model.commands.contact import ReportContact
from model.commands.intake import Assign, Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import Connect, ReportAcceptance
from routing.bulletin import Share, bulletin
from tests.routing.county import NOW, everybody, jingxian, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk

NOVEMBER, DECEMBER = dt.datetime(2026, 11, 1, tzinfo=CHINA), dt.datetime(2026, 12, 1, tzinfo=CHINA)
JANUARY = dt.datetime(2027, 1, 1, tzinfo=CHINA)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def surveyed(desk: Desk, contact: dt.datetime, opinion: str) -> None:
    """Contacted at this instant, surveyed on the 26th."""
    who = desk.steward()
    desk.do(who, Take(order="case-1"), contact)
    desk.do(who, ReportContact(order="case-1"), contact)
    desk.do(who, ProposeSurvey(order="case-1", at=at(26, 9)), contact)
    desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1), contact)
    desk.do(who, GiveOpinion(order="case-1", opinion=opinion, remark="加深"), at(26, 10))


def one(services: str = "用水") -> Desk:
    """A case pushed on Monday the 23rd at 9:30; contact is due on Tuesday at 17:30 (X20)."""
    county = xinxiang()
    return Desk(county, submission(county, services))


def test_a_month_recounted_by_hand() -> None:
    """Four water orders: one in time and connected, one late and failed at first, one untouched, one of power."""
    good, late, idle, power = one(), one(), one(), one("用电")
    surveyed(good, at(23, 11, 30), "符合")  # two working hours after the push
    good.do(good.steward(), ReportAcceptance(order="case-1", result="通过"), at(27, 9))
    good.do(good.steward(), Connect(order="case-1"), at(27, 10))
    surveyed(late, at(25, 9, 30), "不符合")  # two days of seven hours after the push
    surveyed(power, at(24, 17, 30), "待整改")  # in the last instant; 2.5 + 3.5 hours, and 7 on the day after
    found = bulletin([good.log, late.log, idle.log, power.log], good.county, NOVEMBER, DECEMBER)
    water = found["water_body"]
    assert (water.opened, water.closed, water.overdue) == (3, 1, 1)
    assert water.on_time == {"contact": Share(1, 2)}
    assert water.mean_to_contact == dt.timedelta(hours=8)  # (2 + 14) / 2
    assert water.first_surveys == Share(1, 2)
    assert found["power_body"].on_time == {"contact": Share(1, 1)}
    assert found["power_body"].mean_to_contact == dt.timedelta(hours=13)
    assert found["power_body"].first_surveys == Share(1, 1)
    assert list(found) == ["water_body", "power_body"]


def test_what_comes_later_is_not_of_this_month() -> None:
    """The second opinion of a survey is no first one, and December's closing is December's."""
    desk = one()
    surveyed(desk, at(23, 10, 30), "不符合")
    who = desk.steward()
    desk.do(who, ProposeSurvey(order="case-1", at=at(2, 9, month=12)), at(27, 9))
    desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=2), at(27, 9))
    desk.do(who, GiveOpinion(order="case-1", opinion="符合"), at(2, 10, month=12))
    desk.do(who, ReportAcceptance(order="case-1", result="通过"), at(3, 9, month=12))
    desk.do(who, Connect(order="case-1"), at(3, 10, month=12))
    november = bulletin([desk.log], desk.county, NOVEMBER, DECEMBER)["water_body"]
    december = bulletin([desk.log], desk.county, DECEMBER, JANUARY)["water_body"]
    assert (november.opened, november.closed, november.first_surveys) == (1, 0, Share(0, 1))
    assert (december.opened, december.closed, december.first_surveys) == (0, 1, Share(0, 0))
    assert december.to_contact == []


def test_now_is_the_end_of_a_month_under_way() -> None:
    """Overdue is what is overdue now: on Tuesday evening, not on Monday."""
    desk = one()
    assert bulletin([desk.log], desk.county, NOVEMBER, at(24, 17, 30))["water_body"].overdue == 0
    assert bulletin([desk.log], desk.county, NOVEMBER, at(24, 17, 31))["water_body"].overdue == 1


def test_a_body_answers_for_what_it_had() -> None:
    """An order counts for a body once it is its own; whoever takes over starts anew, a colleague does not."""
    county = jingxian()
    desk = Desk(county, submission(county, "气"))
    assert bulletin([desk.log], county, NOVEMBER, DECEMBER) == {}  # the window has still to say whose it is
    desk.do(WINDOW, Assign(order="case-1", body="gas_west"), at(24, 9))
    desk.do(desk.steward(), Take(order="case-1"), at(24, 10))
    desk.do(desk.steward(), ReportContact(order="case-1"), at(24, 10))
    west = bulletin([desk.log], county, NOVEMBER, DECEMBER)["gas_west"]
    assert (west.opened, west.mean_to_contact) == (1, dt.timedelta(hours=1))

    county = xinxiang()
    desk = Desk(county, submission(county, "用水"), (*everybody(county), steward("water_body", name="b")))
    desk.do(WINDOW, Assign(order="case-1", body="water_body", steward="water_body-b"), at(23, 10))
    water = bulletin([desk.log], county, NOVEMBER, DECEMBER)["water_body"]
    assert (water.opened, water.overdue) == (1, 1)


def test_shares_are_rounded_to_the_nearest() -> None:
    assert [Share(*one).percent for one in ((1, 3), (2, 3), (1, 8), (1, 1), (0, 4))] == [33, 67, 13, 100, 0]


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("通报", dt.date(2026, 11, 1)),
        ("本月通报", dt.date(2026, 11, 1)),
        ("上月通报", dt.date(2026, 10, 1)),
        ("上个月的通报", dt.date(2026, 10, 1)),
        ("10月通报", dt.date(2026, 10, 1)),
        ("通报 9月", dt.date(2026, 9, 1)),
        ("12月通报", dt.date(2025, 12, 1)),
        ("13月通报", None),
        ("通报批评", None),
    ],
)
def test_which_month_is_asked_for(said: str, month: dt.date | None) -> None:
    assert asked(said, NOW.date()) == month
