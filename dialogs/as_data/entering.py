"""One field of a form on a page: what its inputs hold for an answer, and what was entered in them as the answer (design §3).

A field's inputs are called as the field, those beside the first `<field>.<part>` (`phone.later`, `power_main.unit`, `gas_devices.0.count`).
What is entered is read by the same kinds as words in the chat, so that the same reasons are told.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from dialogs.as_data.reading import read_value
from dialogs.folding import fold, tidy
from dialogs.kinds import parse
from dialogs.kinds.table import Cell, checked
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from dialogs.schemes import PERSONAL
from model.fields import (
    ChoiceField,
    CodeField,
    Column,
    ContactField,
    DateField,
    Field,
    NumberField,
    TableField,
    YesNoField,
)
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

Entered = tuple[tuple[str, str], ...]
"""What the inputs of a field hold: the part ("" is the first input) and what stands in it; empty ones are not there."""
Posted = Mapping[str, Sequence[str]]
"""A form as a browser sends it: the values of each input."""

LATER, EITHER_HALF, YES, NO = "later", "全天", "yes", "no"
"""The tick box that leaves a field open on purpose; the choice of both halves of a day; the two buttons of a yes or no."""
LONGEST: Final = 1000
"""Characters of one input: no cell of a form holds more; one more is kept, so that it is told to be too long."""
_DIGITS: Final = 15
_PLAIN: Final = re.compile(NUMBER)


def entered(field: Field, posted: Posted) -> Entered:
    """What was sent for this field. Of a table the rows that hold something, in order, numbered anew."""
    if isinstance(field, TableField):
        return tuple(_rows_sent(field, posted))
    found = list[tuple[str, str]]()
    for part in ("", *_parts(field), LATER):
        name = f"{field.id}.{part}" if part else field.id
        texts = [one.strip()[: LONGEST + 1] for one in posted.get(name, ())]
        several = isinstance(field, ChoiceField) and not part
        found += [(part, one) for one in (texts if several else texts[:1]) if one]
    return tuple(found)


def shown(value: Value | None, field: Field) -> Entered:
    """What the inputs hold while nobody has changed them. Numbers of people are never put into a page: their inputs stay empty.
    None: left open on purpose.
    """
    match value:
        case None:
            return ((LATER, "1"),) if leaves_open(field) else ()
        case Words(text=text) | Address(text=text):
            return (("", tidy(text)),)
        case Amount(number=number, unit=unit):
            own = isinstance(field, NumberField) and field.units
            return (("", format(number, "f")), *((("unit", unit),) if own and unit else ()))
        case Picks(picks=picks):
            order = {one.text: n for n, one in enumerate(field.options)} if isinstance(field, ChoiceField) else {}
            notes = tuple((f"note.{order[one.option]}", one.note) for one in picks if one.note and one.option in order)
            return (*(("", one.option) for one in picks), *notes)
        case YesNo(yes=yes, count=count):
            return (("", YES if yes else NO), *((("count", str(count)),) if count is not None else ()))
        case Code(scheme=scheme, number=number):
            return () if scheme in PERSONAL else (("", number),)
        case Phone(number=number):
            return (("", number),)
        case Contact(name=name, phone=phone):
            return (("name", name), ("phone", phone))
        case Day(date=date, half=half, time=time):
            halves = isinstance(field, DateField) and field.halves
            told = (("half", half or EITHER_HALF),) if halves else ()
            return (("", date.isoformat()), *told, *((("time", f"{time:%H:%M}"),) if time else ()))
        case Buildings(numbers=numbers):
            return (("", "、".join(numbers)),)
        case Rows(rows=rows):
            return tuple(
                (f"{at}.{name}", cell.text if isinstance(cell, Words) else format(cell.number, "f"))
                for at, row in enumerate(rows)
                for name in _columns(field, row)
                if (cell := row.get(name)) is not None
            )
        case Files() | Declared():
            return ()
        case _:
            assert_never(value)


def leaves_open(field: Field) -> bool:
    """Whether the page has a tick box for leaving it open: what may follow (容缺), and numbers that can be checked in person. What is
    optional is simply left empty.
    """
    return field.need == "deferrable" or (isinstance(field, CodeField) and field.consent is not None)


def mark(one: Entered) -> str:
    """A short digest: whether somebody has changed what the page showed."""
    return hashlib.sha256(json.dumps(one, ensure_ascii=False).encode()).hexdigest()[:16]


def read_entered(given: Entered, field: Field, context: Context) -> Reading:
    """The value, or why it is none. Never raises; `given` is not empty, and does not leave the field open."""
    if long := next((text for _, text in given if len(text) > LONGEST), None):
        return Refusal("text.long", {"length": str(len(long)), "most": str(LONGEST)})
    parts = dict(reversed(given))
    text = parts.get("", "")
    match field.kind:
        case "text" | "phone" | "code" | "address" | "buildings":
            return parse(text, field, context)
        case "number":
            return _number(text, parts.get("unit", ""), field, context)
        case "choice":
            return _choice(given, field, context)
        case "yes_no":
            return _yes_no(text, parts.get("count", ""), field, context)
        case "contact":
            return _contact(parts.get("name", ""), parts.get("phone", ""), field, context)
        case "date":
            return parse(" ".join(filter(None, (text, parts.get("half"), parts.get("time")))), field, context)
        case "table":
            return _table(given, field)
        case "attachment" | "declaration":
            return parse(text, field, context)
        case _:
            assert_never(field)


def _parts(field: Field) -> tuple[str, ...]:
    match field.kind:
        case "number":
            return ("unit",) if field.units else ()
        case "choice":
            return tuple(f"note.{n}" for n, one in enumerate(field.options) if one.blank != "none")
        case "yes_no":
            return ("count",) if field.count_unit else ()
        case "contact":
            return ("name", "phone")
        case "date":
            return (*(("half",) if field.halves else ()), *(("time",) if field.hours else ()))
        case _:
            return ()


def _rows_sent(field: TableField, posted: Posted) -> Iterator[tuple[str, str]]:
    pattern, found = re.compile(rf"{field.id}\.(\d{{1,3}})\.(\w+)"), dict[int, dict[str, str]]()
    columns = {one.id for one in field.columns}
    for name, texts in posted.items():
        if (match := pattern.fullmatch(name)) and match[2] in columns and texts and (text := texts[0].strip()):
            found.setdefault(int(match[1]), {})[match[2]] = text[: LONGEST + 1]
    for at, row in enumerate(found[number] for number in sorted(found)):
        yield from ((f"{at}.{one.id}", row[one.id]) for one in field.columns if one.id in row)
    if later := posted.get(f"{field.id}.{LATER}"):
        yield (LATER, later[0])


def _columns(field: Field, row: Mapping[str, object]) -> list[str]:
    return [one.id for one in field.columns] if isinstance(field, TableField) else list(row)


def _number(text: str, unit: str, field: NumberField, context: Context) -> Reading:
    """The unit that was chosen stands behind a number that has none of its own."""
    bare = unit and _PLAIN.fullmatch(fold(text))
    return parse(f"{text}{unit}" if bare else text, field, context)


def _choice(given: Entered, field: ChoiceField, context: Context) -> Reading:
    notes = dict(given)
    order = {one.text: f"note.{n}" for n, one in enumerate(field.options)}
    picked = [text for part, text in given if not part]
    if not picked:
        return Refusal("choice.unknown")
    picks = [
        {"option": one, "note": notes[order[one]]} if order.get(one) in notes else {"option": one} for one in picked
    ]
    return read_value(picks, field, context)


def _yes_no(text: str, count: str, field: YesNoField, context: Context) -> Reading:
    if text not in (YES, NO):
        return Refusal("yes_no.unclear", {"given": text[:20], "yes": field.yes, "no": field.no})
    if text == NO or not count or not field.count_unit:
        return read_value(text == YES, field, context)
    number = read_number(fold(count))
    if number is None:
        return Refusal("yes_no.count", {"unit": field.count_unit})
    return read_value({"yes": True, "count": number}, field, context)


def _contact(name: str, phone: str, field: ContactField, context: Context) -> Reading:
    reading = parse(f"{name} {phone}", field, context)
    if name and phone and isinstance(reading, Partial):  # both stand there: one of them is none
        return Refusal("phone.none" if reading.want == "phone" else "contact.name")
    return reading


def _table(given: Entered, field: TableField) -> Reading:
    rows = dict[int, dict[str, str]]()
    for part, text in given:
        at, _, column = part.partition(".")
        if column:
            rows.setdefault(int(at), {})[column] = text
    if not rows:
        return Refusal("table.row")
    if len(rows) > field.most:
        return Refusal("table.many", {"most": str(field.most)})
    read = [_row(row, field, at) for at, row in enumerate(rows.values(), 1)]
    refused = next((one for one in read if isinstance(one, Refusal)), None)
    return refused or Understood(Rows(rows=tuple(one for one in read if not isinstance(one, Refusal))))


def _row(row: Mapping[str, str], field: TableField, at: int) -> dict[str, Cell] | Refusal:
    """The cells; what is wrong with one names its row and column."""
    cells = dict[str, Cell]()
    for column in field.columns:
        text = row.get(column.id, "")
        cell = _cell(text, column)
        where = {"row": str(at), "column": column.label}
        if cell is None and text:
            return Refusal("number.none", where)
        if cell is None and column.need == "required":
            return Refusal("table.cell", where)
        cells[column.id] = cell
        if refused := checked({column.id: cell}, field).refused:
            return Refusal(refused.code, {**refused.about, **where})
    return cells


def _cell(text: str, column: Column) -> Cell:
    if not column.number:
        words = tidy(text)
        return Words(text=words) if words else None
    number = read_number(fold(text))
    return None if number is None or number.adjusted() >= _DIGITS else Amount(number=number, unit=column.unit)
