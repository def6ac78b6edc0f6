"""A value as people read it on the review card and in notices."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from model.calendar import CHINA
from model.fields import Field, NumberField, TableField, YesNoField
from model.values import (
    Address,
    Amount,
    Buildings,
    Code,
    Contact,
    Day,
    Declared,
    Files,
    Phone,
    Picks,
    Rows,
    Value,
    Words,
    YesNo,
)
from storage.mask import mask_identity

WEEKDAYS = "一二三四五六日"


def show(value: Value, field: Field | None = None) -> str:
    """The value in words; units as the form prints them, identity numbers masked."""
    match value:
        case Words(text=text) | Address(text=text):
            return text
        case Amount():
            return amount(value)
        case Picks(picks=picks):
            return "、".join(pick.option + (f"（{pick.note}）" if pick.note else "") for pick in picks)
        case YesNo():
            return _yes_no(value, field)
        case Code(scheme="identity", number=number):
            return mask_identity(number)
        case Code(scheme="document", number=number):
            return _document(number)
        case Phone(number=number) | Code(number=number):
            return number
        case Contact(name=name, phone=phone):
            return f"{name} {phone}"
        case Day():
            return day(value)
        case Buildings(numbers=numbers):
            return "、".join(f"{number}号楼" for number in numbers)
        case Rows(rows=rows):
            return "；".join(row(one, field) + _still_open(one, field) for one in rows)
        case Files(files=files):
            return f"{len(files)}个文件"
        case Declared():
            return "已承诺"
        case _:
            assert_never(value)


def _document(number: str) -> str:
    """G12345678 as G******78: of a passport as of an identity card, its owner must see whether it is his."""
    return f"{number[0]}{'*' * (len(number) - 3)}{number[-2:]}" if 8 <= len(number) < 15 else mask_identity(number)


def called(field: Field) -> str:
    """How a field is called in a sentence: with the printed row it belongs to, if it has one."""
    if not field.cell:
        return field.called
    if isinstance(field, NumberField) and field.called == field.unit:
        return f"{field.cell}（{field.called}）"
    return f"{field.cell}·{field.called}"


def amount(value: Amount) -> str:
    """12000平方米 as 12,000平方米."""
    number = value.number
    whole = number == number.to_integral_value()
    return f"{number.quantize(Decimal(1)) if whole else number.normalize():,f}{value.unit}"


def row(cells: object, field: Field | None = None) -> str:
    """One row of a table, cell by cell in the order of its columns."""
    assert isinstance(cells, dict)
    order = [column.id for column in field.columns] if isinstance(field, TableField) else list(cells)
    labels = {column.id: column for column in field.columns} if isinstance(field, TableField) else {}
    texts = list[str]()
    for name in order:
        cell = cells.get(name)
        if isinstance(cell, Amount):
            label = labels.get(name)
            texts.append(("每台" if label and "单台" in label.label else "") + amount(cell))
        elif isinstance(cell, Words):
            texts.append(cell.text)
    return " ".join(texts)


def _still_open(cells: Mapping[str, object], field: Field | None) -> str:
    """（单台额定流量后面补）, （还差台数）."""
    columns = field.columns if isinstance(field, TableField) else ()
    later = [column.label for column in columns if column.id in cells and cells[column.id] is None]
    missing = [column.label for column in columns if column.id not in cells]
    told = [f"还差{'、'.join(missing)}"] * bool(missing) + [f"{'、'.join(later)}后面补"] * bool(later)
    return f"（{'，'.join(told)}）" if told else ""


def day(value: Day) -> str:
    """2026年12月20日（周日） 上午 / 14:30."""
    date = value.date
    told = f"{date.year}年{date.month}月{date.day}日（周{WEEKDAYS[date.weekday()]}）"
    return told + (value.time.strftime("%H:%M") if value.time else value.half or "")


def moment(at: dt.datetime) -> str:
    """10月16日（周四）17:30, Asia/Shanghai."""
    local = at.astimezone(CHINA)
    return f"{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def stamp(at: dt.datetime) -> str:
    """2026-10-16 17:30, Asia/Shanghai: for tables."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def date_of(at: dt.datetime | dt.date) -> str:
    """10月16日（周四）."""
    date = at.astimezone(CHINA).date() if isinstance(at, dt.datetime) else at
    return f"{date.month}月{date.day}日（周{WEEKDAYS[date.weekday()]}）"


def _yes_no(value: YesNo, field: Field | None) -> str:
    yes, no = (field.yes, field.no) if isinstance(field, YesNoField) else ("是", "否")
    unit = field.count_unit if isinstance(field, YesNoField) else ""
    return (yes if value.yes else no) + (f"（{value.count}{unit}）" if value.count is not None else "")
