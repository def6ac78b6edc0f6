"""The talks of a month, recounted by hand: 60 working minutes for an answer, from 8:30 to 12 and from 14 to 17:30."""

import datetime as dt

from model.calendar import CHINA
from model.talk_record import TalkFigures, TalkRecord
from routing.limits import working_time
from routing.talk_figures import talk_figures
from tests.routing.county import xinxiang

NOW = dt.datetime(2026, 11, 27, 16, tzinfo=CHINA)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


def talk(
    begun: dt.datetime, answered: dt.datetime | None, ended: dt.datetime | None = None, by: str = ""
) -> TalkRecord:
    return TalkRecord(begun, answered, ended, by, enquiry=by == "time" and answered is None)


def told(*talks: TalkRecord) -> TalkFigures:
    return talk_figures(talks, working_time(xinxiang()), 60, NOW)


def test_a_month() -> None:
    found = told(
        talk(at(23, 9), at(23, 9, 10), at(23, 10), "staff"),  # 10 minutes
        talk(at(23, 17, 20), at(24, 9), at(24, 10), "time"),  # 10 that evening and 30 in the morning
        talk(at(24, 11, 30), at(24, 14, 30)),  # 30 and 30: the last minute is in time
        talk(at(24, 9), at(24, 10, 1)),  # 61
        talk(at(25, 9), None, at(25, 10), "time"),  # nobody answered
        talk(at(25, 9), None, at(25, 9, 5), "staff"),  # ended without a word
        talk(at(25, 9), None, at(25, 9, 5), "applicant"),  # he did not wait
        talk(at(25, 9), None, at(25, 10, 5), "applicant"),  # he has waited long enough
        talk(at(27, 14, 30), None),  # is late by now
        talk(at(27, 15, 30), None),  # still waits
    )
    assert found == TalkFigures(begun=10, kept=3, due=8, answered=4, waited=3000, left=1, enquiries=1)


def test_a_month_without_any() -> None:
    assert told() == TalkFigures(begun=0, kept=0, due=0, answered=0, waited=None, left=0, enquiries=0)
