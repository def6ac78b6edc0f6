"""A step said together with when it was done, and days of the past (X59)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.done_before import done_before
from dialogs.moments import read_moment
from model.backdating import STEPS
from model.calendar import CHINA, OpeningHours
from model.message import Act

NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
"""A Monday."""
HOURS = OpeningHours()
ACTS = (
    Act(id="contact", label="已联系", words=("联系了", "联系上了")),
    Act(id="unreached", label="没打通", words=("打不通",)),
    Act(id="propose_survey", label="约踏勘", words=("约时间",)),
    Act(id="opinion", label="踏勘意见", words=("现场看过了", "踏勘过了")),
    Act(id="built", label="外线完工", words=("完工",)),
)


def said(words: str) -> tuple[str, dt.datetime | None] | None:
    done = done_before(words, ACTS, STEPS, NOW, HOURS)
    return (done[0].id, done[1]) if done else None


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("words", "act", "when"),
    [
        ("昨天下午三点已经联系了", "contact", at(22, 15)),
        ("上周五现场看过了", "opinion", at(20, 17, 30)),
        ("周五上午就踏勘过了", "opinion", at(20, 12)),
        ("今天上午已经和申请人联系上了", "contact", at(23, 10)),
        ("20号下午4点半完工了", "built", at(20, 16, 30)),
        ("刚才已经联系了", "contact", None),
        ("刚和申请人联系上", "contact", None),
    ],
)
def test_a_step_with_its_time(words: str, act: str, when: dt.datetime | None) -> None:
    assert said(words) == (act, when)


@pytest.mark.parametrize(
    "words",
    [
        "已经联系了",
        "昨天没联系上",
        "刚才没联系上",
        "昨天下午三点约踏勘",
        "明天上午联系",
        "昨天下午三点打不通",
        "上周五想联系",
        "昨天他让我联系一下物业公司的王经理再说",
        "昨天下午三点",
    ],
)
def test_what_says_no_such_thing(words: str) -> None:
    assert said(words) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("周五", dt.date(2026, 11, 20)),
        ("周一", dt.date(2026, 11, 23)),
        ("20号", dt.date(2026, 11, 20)),
        ("25号", dt.date(2026, 10, 25)),
        ("11月20日", dt.date(2026, 11, 20)),
        ("12月31日", dt.date(2025, 12, 31)),
        ("前天下午", dt.date(2026, 11, 21)),
        ("明天", dt.date(2026, 11, 24)),
        ("下周三", dt.date(2026, 12, 2)),
    ],
)
def test_days_of_the_past_are_the_last_such_days(words: str, day: dt.date) -> None:
    found = read_moment(words, NOW, past=True)
    assert found is not None
    assert found.date == day


@given(st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31)), st.integers(0, 6), st.integers(1, 28))
def test_a_weekday_or_a_day_of_the_past_is_never_to_come(today: dt.date, weekday: int, number: int) -> None:
    now = dt.datetime.combine(today, dt.time(10), CHINA)
    last = read_moment(f"周{'一二三四五六日'[weekday]}", now, past=True)
    assert last is not None
    assert 0 <= (today - last.date).days < 7
    found = read_moment(f"{number}号", now, past=True)
    assert found is not None
    assert 0 <= (today - found.date).days < 31


def test_a_day_in_figures_and_an_hour_after_a_blank_stay_apart():
    """2026-12-1 8:00 is the first of December at eight, and not the eighteenth."""
    said = read_moment("2026-12-1 8:00", NOW)
    assert said is not None
    assert (said.date, said.time) == (dt.date(2026, 12, 1), dt.time(8))
