"""Answers that a cell does not take, each with its reason (X73, X79, X80, X110, X121, X148, J54)."""

import datetime as dt

import pytest

from dialogs.kinds import parse, table
from dialogs.reading import Context, Refusal
from model.calendar import CHINA
from tests.shipped import shipped

XINXIANG = shipped()["xinxiang"]
CONTEXT = Context(
    now=dt.datetime(2026, 3, 4, 10, tzinfo=CHINA), area_code=XINXIANG.area_code, calendar=XINXIANG.calendar, answers={}
)


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("project_address", "示范路", "address.short"),
        ("project_address", "No.10 A", "address.short"),
        ("project_manager", "不知道是谁 13800000001", "contact.name"),
        ("project_manager", "不知道", "contact.name"),
        ("heat_start", "3月32号", "date.unreal"),
        ("heat_start", "2025年11月15日", "date.past"),
        ("heat_start", "昨天", "date.past"),
        ("gas_buildings", "9到3号楼", "buildings.range"),
        ("gas_households", "0", "number.small"),
        ("network_buildings", "2.5", "number.whole"),
    ],
)
def test_what_a_cell_does_not_take(name: str, said: str, code: str) -> None:
    reading = parse(said, XINXIANG.form.fields[name], CONTEXT)
    assert isinstance(reading, Refusal)
    assert reading.code == code


@pytest.mark.parametrize(
    ("said", "code"),
    [("燃烧机 200000000台 50", "number.large"), ("燃烧机 1.5台 50", "number.whole"), ("燃烧机 0台 50", "number.small")],
)
def test_what_a_row_does_not_take(said: str, code: str) -> None:
    (row,) = table.rows(said, XINXIANG.form.fields["gas_devices"])
    assert row.refused is not None
    assert row.refused.code == code
