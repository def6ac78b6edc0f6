"""Values in the spelling of the stories: labels as printed, numbers in the unit of the form, dates in ISO form."""

from typing import Any

from model.fields import ChoiceField, Field, NumberField, TableField, YesNoField
from model.form import Form
from model.values import (
    Address,
    Amount,
    Buildings,
    Code,
    Contact,
    Day,
    Phone,
    Picks,
    Rows,
    Value,
    Words,
    YesNo,
)


def path_of(form: Form, field: Field) -> str:
    """`section/label` or `section/cell/sub-label`."""
    parts = (form.section_of[field.id].title, field.cell, field.called)
    return "/".join(part for part in parts if part)


def value_out(field: Field, value: Value) -> Any:
    """The value as JSON; None for one the form leaves empty (an unticked box)."""
    match value:
        case Words(text=text) | Address(text=text):
            return text
        case Amount(number=number, unit=unit):
            return {"数值": number, "单位": unit} if isinstance(field, NumberField) and field.units else number
        case Picks():
            return _picks(field, value)
        case YesNo():
            return _yes_no(field, value)
        case Phone(number=number) | Code(number=number):
            return number
        case Contact(name=name, phone=phone):
            return {"姓名": name, "电话": phone}
        case Day(date=date, half=half):
            return date.isoformat() + (f" {half}" if half else "")
        case Buildings(numbers=numbers):
            return list(numbers)
        case Rows(rows=rows):
            labels = {one.id: one.label for one in field.columns} if isinstance(field, TableField) else {}
            return [{labels.get(name, name): _cell(cell) for name, cell in row.items() if cell} for row in rows]
        case _:
            return None


def _cell(cell: Words | Amount) -> Any:
    return cell.text if isinstance(cell, Words) else cell.number


def _picks(field: Field, value: Picks) -> Any:
    ticked = [{"选项": pick.option, "说明": pick.note} if pick.note else pick.option for pick in value.picks]
    several = isinstance(field, ChoiceField) and field.several
    return ticked if several else ticked[0]


def _yes_no(field: Field, value: YesNo) -> Any:
    assert isinstance(field, YesNoField)
    word = field.yes if value.yes else field.no
    if field.count_unit:
        return {"是否": word} | ({"户数": value.count} if value.count is not None else {})
    # A box that is only ticked (需要预约) has no printed word for 否.
    return None if not value.yes and field.yes not in ("是", "有") else word
