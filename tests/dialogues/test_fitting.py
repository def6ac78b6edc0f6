"""Which answers still fit a field that has changed; nothing is converted, and nothing that fits is asked again."""

import datetime as dt
from decimal import Decimal

import pytest

from dialogs.migration import fits
from model.draft import Answer
from model.fields import (
    ByAnswer,
    ChoiceField,
    CodeField,
    Column,
    DateField,
    Field,
    NumberField,
    Option,
    TableField,
    TextField,
    YesNoField,
)
from model.values import Amount, Code, Day, Pick, Picks, Rows, Value, Words, YesNo
from tests.dialogues.people import NOW

NAME, LOAD = Column(id="name", label="设备"), Column(id="load", label="功率", unit="千瓦", number=True)
ROWS = Rows(rows=({"name": Words(text="水泵"), "load": Amount(number=Decimal(5), unit="千瓦")},))
AT_NINE = Day(date=dt.date(2026, 12, 1), time=dt.time(9))


def number(**more: object) -> Field:
    return NumberField(**{"kind": "number", "id": "f", "label": "f", "unit": "千瓦"} | more)


def choice(*options: Option, several: bool = False) -> Field:
    return ChoiceField(kind="choice", id="f", label="f", options=options, several=several)


def table(*columns: Column, most: int = 30) -> Field:
    return TableField(kind="table", id="f", label="f", columns=columns, most=most)


A, B, NOTED = Option(text="甲"), Option(text="乙"), Option(text="甲", blank="required")
PICKED = Picks(picks=(Pick(option="甲"),))
BOTH = Picks(picks=(Pick(option="甲"), Pick(option="乙")))
CODE = Code(scheme="identity", number="410721198103090006")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (number(), Amount(number=Decimal(900), unit="千瓦"), True),
        (number(unit="千伏安"), Amount(number=Decimal(900), unit="千瓦"), False),
        (number(units=("千瓦", "千伏安")), Amount(number=Decimal(900), unit="千瓦"), True),
        (number(most=Decimal(500)), Amount(number=Decimal(900), unit="千瓦"), False),
        (number(whole=True), Amount(number=Decimal("9.5"), unit="千瓦"), False),
        (choice(A, B), PICKED, True),
        (choice(B, Option(text="丙")), PICKED, False),
        (choice(NOTED, B), PICKED, False),
        (choice(A, B), BOTH, False),
        (choice(A, B, several=True), BOTH, True),
        (table(NAME, LOAD), ROWS, True),
        (table(NAME, LOAD.model_copy(update={"unit": "千伏安"})), ROWS, False),
        (table(NAME, LOAD.model_copy(update={"number": False})), ROWS, True),
        (table(NAME.model_copy(update={"number": True}), LOAD), ROWS, False),
        (table(NAME, LOAD, Column(id="more", label="台数")), ROWS, True),  # the new cell is still to be asked
        (DateField(kind="date", id="f", label="f", hours=True), AT_NINE, True),
        (DateField(kind="date", id="f", label="f", halves=True), AT_NINE, True),
        (CodeField(kind="code", id="f", label="f", scheme="identity"), CODE, True),
        (CodeField(kind="code", id="f", label="f", scheme="project"), CODE, False),
        (
            CodeField(
                kind="code", id="f", label="f", by=ByAnswer(field="k", schemes={"人": "identity"}, otherwise="document")
            ),
            CODE,
            True,
        ),
        (TextField(kind="text", id="f", label="f", most=2), Words(text="三个字"), False),
        (TextField(kind="text", id="f", label="f", filler="staff"), Words(text="字"), False),
        (YesNoField(kind="yes_no", id="f", label="f", count_unit="台"), YesNo(yes=True), False),
        (YesNoField(kind="yes_no", id="f", label="f", count_unit="台"), YesNo(yes=False), True),
        (number(), Words(text="900千瓦"), False),
        (number(need="required"), None, False),
        (number(need="deferrable"), None, True),
        (None, Words(text="字"), False),
    ],
)
def test_fits(field: Field | None, value: Value | None, expected: bool) -> None:
    assert fits(field, Answer(value=value, by="o", at=NOW)) is expected
