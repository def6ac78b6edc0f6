"""What a working day holds."""

import datetime as dt

from model.calendar import CHINA
from model.commands.contact import ReportContact
from model.commands.intake import Take
from routing.agenda import agenda, morning, next_limit, next_morning
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.desk import Desk

HOUR = dt.timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


def test_today_then_overdue_then_the_others() -> None:
    things = [
        ("none", None),
        ("tomorrow", at(24, 0)),
        ("late", NOW - HOUR),
        ("later today", at(23, 23, 59)),
        ("very late", at(20, 9)),
        ("today", NOW + HOUR),
        ("this instant", NOW),
    ]
    found = agenda(things, NOW)
    assert found.today == ("this instant", "today", "later today")
    assert found.overdue == ("very late", "late")
    assert found.others == ("tomorrow", "none")
    assert found.all == (*found.today, *found.overdue, *found.others)


def test_the_limit_that_still_runs() -> None:
    """X20: contact within one working day; once it is met nothing runs here."""
    county = xinxiang()
    desk = Desk(county, submission(county, "用水"))
    assert next_limit(desk.order()) == ("contact", at(24, 17, 30))
    desk.do(desk.steward(), Take(order="case-1"))
    desk.do(desk.steward(), ReportContact(order="case-1"))
    assert next_limit(desk.order()) is None


def test_mornings_are_those_of_working_days() -> None:
    """Monday's opening is past at half past nine; Friday is followed by Monday."""
    county = xinxiang()
    found = morning(county, NOW.date())
    assert found is not None
    assert (found.opens, found.ends) == (at(23, 8, 30), at(23, 12))
    assert morning(county, dt.date(2026, 11, 28)) is None
    assert next_morning(county, at(23, 8, 29)) == at(23, 8, 30)
    assert next_morning(county, at(23, 8, 30)) == at(24, 8, 30)
    assert next_morning(county, at(27, 12)) == at(30, 8, 30)
