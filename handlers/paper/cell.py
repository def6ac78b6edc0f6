"""One cell of an official sheet: a value in the parts that a template prints, each in its own place."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from model.calendar import CHINA
from model.fields import ChoiceField, Field, TableField, YesNoField
from model.frozen import Frozen
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


class PrintedCell(Frozen):
    """Every part is empty where nobody has answered. `text` is the whole value in words, without masks: the paper is what the
    offices work with.

    `options` are the boxes there are, `ticks` those that are ticked, `notes` the words on the blank beside them; `number` is without its
    `unit`, of buildings without 号楼; `count` stands beside 是. `rows` have a text for every column.
    """

    text: str = ""
    options: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    notes: dict[str, str] = {}
    number: str = ""
    unit: str = ""
    count: str = ""
    name: str = ""
    phone: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    rows: tuple[dict[str, str], ...] = ()


def empty_cell(field: Field) -> PrintedCell:
    """The cell as it stands on the blank sheet: its boxes, each with room for a note."""
    match field:
        case ChoiceField():
            options = tuple(one.text for one in field.options)
        case YesNoField():
            options = (field.yes, field.no)
        case _:
            options = ()
    return PrintedCell(options=options, notes=dict.fromkeys(options, ""))


def filled_cell(value: Value, field: Field) -> PrintedCell:
    """The cell with this value; what is ticked besides the field's own boxes stands in its `text` alone."""
    empty = empty_cell(field)
    return empty.model_copy(update=_parts(value, field, empty))


def date_parts(day: dt.date) -> dict[str, str]:
    """年 月 日, each in its place."""
    return {"year": str(day.year), "month": str(day.month), "day": str(day.day), "text": date_words(day)}


def date_words(at: dt.date | dt.datetime) -> str:
    """2026年11月15日, Asia/Shanghai."""
    day = at.astimezone(CHINA).date() if isinstance(at, dt.datetime) else at
    return f"{day.year}年{day.month}月{day.day}日"


def plain(number: Decimal) -> str:
    """12000, 0.5: as one writes it into a cell."""
    return f"{number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize():f}"


def _parts(value: Value, field: Field, empty: PrintedCell) -> Mapping[str, object]:
    match value:
        case Words(text=text) | Address(text=text):
            return {"text": text}
        case Amount(number=number, unit=unit):
            return {"text": plain(number) + unit, "number": plain(number), "unit": unit}
        case Picks(picks=picks):
            said = "、".join(pick.option + (f"（{pick.note}）" if pick.note else "") for pick in picks)
            notes = {pick.option: pick.note for pick in picks if pick.option in empty.options}
            return {"text": said, "ticks": tuple(notes), "notes": empty.notes | notes}
        case YesNo(yes=yes, count=count):
            ticked = empty.options[0 if yes else 1] if empty.options else ""
            return {"text": ticked, "ticks": (ticked,), "count": "" if count is None else str(count)}
        case Phone(number=number) | Code(number=number):
            return {"text": number}
        case Contact(name=name, phone=phone):
            return {"text": f"{name} {phone}", "name": name, "phone": phone}
        case Day(date=date, half=half, time=time):
            parts = date_parts(date)
            return {**parts, "text": parts["text"] + (f" {time:%H:%M}" if time else half or "")}
        case Buildings(numbers=numbers):
            return {"text": "、".join(f"{one}号楼" for one in numbers), "number": "、".join(numbers)}
        case Rows(rows=rows):
            made = tuple(_row(one, field) for one in rows)
            return {"text": "；".join(" ".join(filter(None, one.values())) for one in made), "rows": made}
        case Files(files=files):
            return {"text": f"{len(files)}份"}
        case Declared():
            return {}
        case _:
            assert_never(value)


def _row(cells: Mapping[str, Words | Amount | None], field: Field) -> dict[str, str]:
    names = [column.id for column in field.columns] if isinstance(field, TableField) else list(cells)
    return {name: _said(cells.get(name)) for name in names}


def _said(cell: Words | Amount | None) -> str:
    match cell:
        case Words(text=text):
            return text
        case Amount(number=number, unit=unit):
            return plain(number) + unit
        case None:
            return ""
