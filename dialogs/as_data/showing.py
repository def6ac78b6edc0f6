"""An answer as a plain JSON value, in the form in which it can be given again (X23, J33)."""

from decimal import Decimal
from typing import Any, assert_never

from dialogs.as_data.reading import read_value
from dialogs.kinds import parse
from dialogs.kinds.table import rows as read_rows
from dialogs.reading import Context, Understood
from model.fields import ChoiceField, Field, NumberField, TableField
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
    Pick,
    Picks,
    Rows,
    Value,
    Words,
    YesNo,
)


def plain(value: Value, field: Field) -> Any:
    """The value as `reading.read_value` reads it; of files only their kind and size, of the declaration that it was made."""
    match value:
        case Words(text=text):
            return text
        case Amount(number=number, unit=unit):
            several = isinstance(field, NumberField) and len(field.units) > 1
            return {"number": _number(number), "unit": unit} if several else _number(number)
        case Picks(picks=picks):
            ticks = [_tick(pick) for pick in picks]
            return ticks if isinstance(field, ChoiceField) and field.several else ticks[0]
        case YesNo(yes=yes, count=count):
            return yes if count is None else {"yes": yes, "count": count}
        case Phone(number=number) | Code(number=number):
            return number
        case Contact(name=name, phone=phone):
            return {"name": name, "phone": phone}
        case Address(text=text, latitude=latitude, longitude=longitude):
            return text if latitude is None else {"text": text, "latitude": latitude, "longitude": longitude}
        case Day(date=date, half=half, time=time):
            return " ".join(filter(None, (date.isoformat(), f"{time:%H:%M}" if time else half)))
        case Buildings(numbers=numbers):
            return list(numbers)
        case Rows(rows=rows):
            return [{name: _cell(cell) for name, cell in row.items()} for row in rows]
        case Files(files=files):
            return [{"media_type": one.media_type, "size": one.size} for one in files]
        case Declared():
            return True
        case _:
            assert_never(value)


def example(field: Field, context: Context) -> Any:
    """A good answer to the field as JSON; None where it has none, as an attachment."""
    if isinstance(field, TableField):
        told = [one.cells for one in read_rows(field.example, field) if not one.missing]
        return plain(Rows(rows=tuple(told)), field) if told else None
    reading = parse(field.example, field, context)
    value = reading.value if isinstance(reading, Understood) else None
    if value is None and isinstance(field, ChoiceField):
        first = field.options[0]
        value = Picks(picks=(Pick(option=first.text, note="……" if first.blank == "required" else ""),))
    given = None if value is None else plain(value, field)
    return given if isinstance(read_value(given, field, context), Understood) else None


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _tick(pick: Pick) -> Any:
    return {"option": pick.option, "note": pick.note} if pick.note else pick.option


def _cell(cell: Words | Amount | None) -> Any:
    match cell:
        case None:
            return None
        case Words(text=text):
            return text
        case Amount(number=number):
            return _number(number)
