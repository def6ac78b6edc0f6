"""A county made up for this test, unlike the two, loads from data alone (design §4)."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from config.loader import load_counties, load_county
from model.condition import AllOf
from model.fields import NumberField, TableField

DATA = Path(__file__).parent / "data"


def test_it_loads_with_its_own_words() -> None:
    """Its own services, steps, opinions, limits and numbers."""
    county = load_county(DATA / "counties" / "shili", defaults=DATA / "messages")
    assert [service.option for service in county.services] == ["自来水", "暖气"]
    assert [rule.name for rule in county.process.steps] == ["联络", "看现场", "开通"]
    contact = county.process.rule("contact")
    assert contact is not None
    assert contact.limit is not None
    assert (contact.limit.days, contact.limit.count_first) == (2, True)
    assert county.process.rule("acceptance") is None
    assert county.process.number.template.format(year=2026, counter=100) == "示2026-0100"
    assert county.process.closes == dt.time(17, 0)
    assert [opinion.text for opinion in county.process.survey.opinions] == ["可以", "不行"]
    assert county.body["heat_west"].phone == "0999-5000004转12"


def test_texts_are_merged_and_answers_filled() -> None:
    """Own texts replace the defaults; answers of the guide carry the county's facts."""
    county = load_county(DATA / "counties" / "shili", defaults=DATA / "messages")
    assert county.messages == {
        "hello": "欢迎来到{{ county }}。",
        "ask.next": "下一项：{{ question | trim }}",
        "ask.done": "都填好了。",
    }
    assert county.guide.topics[0].answer == "示例县示例县大厅二楼，电话 12345。"


def test_words_stay_words() -> None:
    """Scalars are read by the field they belong to: no 是 becomes a truth value, no number loses its zeros."""
    form = load_county(DATA / "counties" / "shili", defaults=DATA / "messages").form
    size, rows = form.fields["pool_size"], form.fields["rows"]
    assert isinstance(size, NumberField)
    assert size.least == Decimal("0.5")
    assert isinstance(size.when, AllOf)
    assert isinstance(rows, TableField)
    assert [column.whole for column in rows.columns] == [False, True]
    assert form.fields["who_phone"].example == "13800000000"


def test_its_own_calendar() -> None:
    """Own days off and make-up workdays join the national ones, and the next year counts as published."""
    calendar = load_county(DATA / "counties" / "shili", defaults=DATA / "messages").calendar
    assert not calendar.is_workday(dt.date(2026, 6, 10))
    assert not calendar.is_workday(dt.date(2027, 2, 8))
    assert calendar.is_workday(dt.date(2027, 2, 13))
    assert calendar.published(dt.date(2027, 12, 31))
    assert calendar.source.endswith("；示例县补充")


def test_counties_of_a_directory() -> None:
    """All counties below a directory, by id."""
    assert set(load_counties(DATA / "counties", defaults=DATA / "messages")) == {"shili"}
