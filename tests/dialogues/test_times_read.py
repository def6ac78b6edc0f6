"""When people can come, in the words they use for it (X30)."""

import datetime as dt

import pytest

from dialogs.times import read_times
from model.calendar import CHINA, OpeningHours

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)
"""A Monday."""


def read(text: str) -> list[str] | None:
    found = read_times(text, NOW, OpeningHours())
    return None if found is None else [f"{one.start:%m-%d %H:%M}-{one.end:%H:%M}" for one in found]


def halves(*days: str) -> list[str]:
    """25上 is the morning of 25 November, 25 the whole day."""
    spans = {"上": ["08:30-12:00"], "下": ["14:00-17:30"]}
    return [f"11-{day[:2]} {span}" for day in days for span in spans.get(day[2:], spans["上"] + spans["下"])]


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("周三", halves("25")),
        ("周三下午、周五都行", halves("25下", "27")),
        ("周四下午或者周五上午", halves("26下", "27上")),
        ("周三到周五上午", halves("25上", "26上", "27上")),
        ("周三上午、下午", halves("25上", "25下")),
        ("我周三上午要开会，下午可以", halves("25下")),
        ("周四、周五没空，周三可以", halves("25")),
        ("明天上午9点半以后", ["11-24 09:30-12:00"]),
        ("明天下午4点前", ["11-24 14:00-16:00"]),
        ("明天下午3点", ["11-24 15:00-15:30"]),
        ("明天3点到5点", ["11-24 15:00-17:00"]),
        ("25号上午9点", ["11-25 09:00-09:30"]),
        ("周三下午3点以后和周五全天", ["11-25 15:00-17:30", *halves("27")]),
        ("周三前都行", ["11-23 09:30-12:00", *halves("23下", "24")]),
    ],
)
def test_times(said: str, means: list[str]) -> None:
    assert read(said) == means


@pytest.mark.parametrize("said", ["除了周四都可以", "除周四外都行", "周四不行"])
def test_all_but(said: str) -> None:
    found, everything = read(said), read("都行")
    assert found is not None
    assert everything is not None
    assert [one for one in everything if one not in found] == halves("26")


@pytest.mark.parametrize("said", ["都行", "随时", "什么时候都行", "哪天都可以"])
def test_any(said: str) -> None:
    assert read(said) == read("都行")
    assert len(read(said) or ()) == 60


@pytest.mark.parametrize(
    "said",
    [
        "可以",
        "好的",
        "改时间",
        "帮助",
        "13800000000",
        "看情况吧",
        "周三上午我想换个电话号码行不行呢谢谢您",
        "周三谁来啊要准备什么材料",
        "小冀镇示范路10号",
        "示范路10号、文明街25号",
    ],
)
def test_no_times(said: str) -> None:
    """An answer to something else, or a question, is not taken for a time."""
    assert read(said) is None
