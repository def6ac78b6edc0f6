"""One JSON value as the answer to a field: read by the same kinds as words, but nothing is guessed (X23, J22)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, assert_never

from dialogs.folding import tidy
from dialogs.kinds import parse
from dialogs.kinds.choice import ticked
from dialogs.kinds.number import check
from dialogs.kinds.table import Cell, checked
from dialogs.reading import Context, Reading, Refusal, Understood
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    Column,
    ContactField,
    DateField,
    Field,
    NumberField,
    TableField,
    YesNoField,
)
from model.values import Address, Amount, Pick, Rows, Words

_LONGEST: Final = 1000
"""Characters of one text: no cell of a form holds more."""
_DIGITS: Final = 15
"""Of a number, before the point or behind it: what has more counts nothing in a county, and would be long to write."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}( (上午|下午|\d{2}:\d{2}))?")
_SPOT: Final = {"text", "latitude", "longitude"}


def read_value(given: Any, field: Field, context: Context) -> Reading:
    """The value, or why it is none. Never raises; a number is an `int`, a `float` or a `Decimal`.

    Codes of its own: `data.text`, `data.number`, `data.unit`, `data.option`, `data.yes_no`, `data.contact`, `data.date`,
    `data.address`, `data.buildings`, `data.rows`, `data.columns`, `data.file`; all others are those of the kinds.
    """
    if isinstance(given, str) and len(given) > _LONGEST:
        return Refusal("text.long", {"length": str(len(given)), "most": str(_LONGEST)})
    match field.kind:
        case "text" | "phone" | "code":
            return parse(given, field, context) if isinstance(given, str) else Refusal("data.text")
        case "number":
            return _number(given, field)
        case "choice":
            return _choice(given, field)
        case "yes_no":
            return _yes_no(given, field, context)
        case "contact":
            return _contact(given, field, context)
        case "address":
            return _address(given, field, context)
        case "date":
            return _date(given, field, context)
        case "buildings":
            return _buildings(given, field, context)
        case "table":
            return _table(given, field)
        case "attachment":
            return Refusal("data.file")
        case "declaration":
            return Refusal("data.declaration")
        case _:
            assert_never(field)


def _number(given: Any, field: NumberField) -> Reading:
    """A number, or `{"number": 400, "unit": "千伏安"}`; the unit may be left out where the form prints only one."""
    units, unit = field.units or (field.unit,), None
    if isinstance(given, Mapping):
        if not {"number"} <= given.keys() <= {"number", "unit"}:
            return Refusal("data.number")
        given, unit = given["number"], given.get("unit")
    number = _decimal(given)
    if number is None:
        return Refusal("data.number")
    if unit is None and len(units) > 1:
        return Refusal("data.unit", {"units": "、".join(units)})
    if unit is not None and unit not in units:
        return Refusal("number.unit", {"given": str(unit)[:12], "unit": "或".join(units)})
    if number.adjusted() >= _DIGITS:
        return Refusal("number.large", {"most": f"{field.most:,}"})
    return check(number, units[0] if unit is None else unit, field)


def _decimal(given: Any) -> Decimal | None:
    """The number as it was written; None for what is none, or too fine to mean anything."""
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        return None
    number = Decimal(str(given)) if isinstance(given, float) else Decimal(given)
    if not number.is_finite() or int(number.as_tuple().exponent) < -_DIGITS:
        return None
    return number


def _choice(given: Any, field: ChoiceField) -> Reading:
    """The text of an option as the form prints it, `{"option": …, "note": …}`, or a list of these."""
    options, picks = {option.text: option for option in field.options}, dict[str, Pick]()
    unknown = Refusal("data.option", {"options": "、".join(options)})
    for one in given if isinstance(given, list) else [given]:
        ticks = one if isinstance(one, Mapping) else {"option": one}
        text, note = ticks.get("option"), ticks.get("note", "")
        if not ticks.keys() <= {"option", "note"} or not isinstance(text, str) or not isinstance(note, str):
            return unknown
        if text not in options or (note and options[text].blank == "none"):
            return unknown
        picks[text] = Pick(option=text, note=tidy(note[:_LONGEST]))
    return ticked(list(picks.values()), field) if picks else unknown


def _yes_no(given: Any, field: YesNoField, context: Context) -> Reading:
    """`true` or `false`; with a number beside it `{"yes": true, "count": 48}`."""
    said, count = (given.get("yes"), given.get("count")) if isinstance(given, Mapping) else (given, None)
    if not isinstance(said, bool) or (isinstance(given, Mapping) and not given.keys() <= {"yes", "count"}):
        return Refusal("data.yes_no", {"unit": field.count_unit})
    if count is None or not field.count_unit:
        return Refusal("data.yes_no", {"unit": ""}) if count is not None else parse(_said(field, said), field, context)
    number = _decimal(count)
    if not said or number is None or number != number.to_integral_value() or not 0 < number < 10**_DIGITS:
        return Refusal("yes_no.count", {"unit": field.count_unit})
    return parse(f"{field.yes}{int(number)}", field, context)


def _said(field: YesNoField, yes: bool) -> str:
    return field.yes if yes else field.no


def _contact(given: Any, field: ContactField, context: Context) -> Reading:
    """`{"name": …, "phone": …}`."""
    if not isinstance(given, Mapping) or given.keys() != {"name", "phone"}:
        return Refusal("data.contact")
    if not all(isinstance(part, str) and len(part) <= _LONGEST for part in given.values()):
        return Refusal("data.contact")
    return parse(f"{given['name']} {given['phone']}", field, context)


def _address(given: Any, field: AddressField, context: Context) -> Reading:
    """A text, or `{"text": …, "latitude": …, "longitude": …}`."""
    if isinstance(given, str):
        return parse(given, field, context)
    if not isinstance(given, Mapping) or given.keys() != _SPOT or not isinstance(given["text"], str):
        return Refusal("data.address")
    latitude, longitude = _decimal(given["latitude"]), _decimal(given["longitude"])
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return Refusal("data.address")
    reading = parse(given["text"][: _LONGEST + 1], field, context)
    if not isinstance(reading, Understood) or not isinstance(reading.value, Address):
        return reading
    point = {"latitude": float(latitude), "longitude": float(longitude)}
    return Understood(reading.value.model_copy(update=point))


def _date(given: Any, field: DateField, context: Context) -> Reading:
    """`2026-12-20`, `2026-12-20 上午` or `2026-12-20 14:30`, whichever the field asks for."""
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        return Refusal("data.date")
    return parse(given, field, context)


def _buildings(given: Any, field: BuildingsField, context: Context) -> Reading:
    """A list of building numbers, or a text with ranges (`1-4号楼、6号楼`)."""
    if isinstance(given, list) and all(isinstance(one, str) and len(one) <= 12 for one in given):
        given = "、".join(given)
    return parse(given[: _LONGEST + 1], field, context) if isinstance(given, str) else Refusal("data.buildings")


def _table(given: Any, field: TableField) -> Reading:
    """A list of rows, each an object with a value for every column; `null` where that may follow (容缺)."""
    if not isinstance(given, list) or not given or not all(isinstance(row, Mapping) for row in given):
        return Refusal("data.rows")
    if len(given) > field.most:
        return Refusal("table.many", {"most": str(field.most)})
    rows = []
    for row in given:
        cells = _cells(row, field)
        if isinstance(cells, Refusal):
            return cells
        rows.append(cells)
    return Understood(Rows(rows=tuple(rows)))


def _cells(row: Mapping[str, Any], field: TableField) -> dict[str, Cell] | Refusal:
    wanted = Refusal("data.columns", {"columns": "、".join(f"{one.id}（{one.label}）" for one in field.columns)})
    if not row.keys() <= {column.id for column in field.columns}:
        return wanted
    cells = dict[str, Cell]()
    for column in field.columns:
        given = row.get(column.id)
        cell = _cell(given, column)
        if cell is None and (given is not None or column.need == "required"):
            return wanted
        cells[column.id] = cell
    return checked(cells, field).refused or cells


def _cell(given: Any, column: Column) -> Words | Amount | None:
    if column.number:
        number = _decimal(given)
        return None if number is None or number.adjusted() >= _DIGITS else Amount(number=number, unit=column.unit)
    return Words(text=words) if isinstance(given, str) and (words := tidy(given[: _LONGEST + 1])) else None
