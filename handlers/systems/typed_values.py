"""An answer as typed data for another program: which field, its kind, the value as our own API gives it, its unit (X23)."""

from typing import Any

from dialogs.as_data.showing import plain
from model.fields import Field, TableField, YesNoField
from model.values import Amount, Code, Value, YesNo


def typed(field: Field, value: Value) -> dict[str, Any]:
    """The answer of one field. Files are named with their kind and size, not sent."""
    known = {"id": field.id, "label": field.label, "type": field.kind, "value": plain(value, field)}
    named = {"name": field.name, "row": field.cell}
    return {**known, **{key: text for key, text in named.items() if text}, **_beside(field, value)}


def _beside(field: Field, value: Value) -> dict[str, Any]:
    """What the value alone does not say."""
    match value, field:
        case Amount(unit=unit), _ if unit:
            return {"unit": unit}
        case YesNo(count=count), YesNoField(count_unit=unit) if count is not None:
            return {"unit": unit}
        case Code(scheme=scheme), _:
            return {"scheme": scheme}
        case _, TableField(columns=columns):
            return {"columns": [{"id": one.id, "label": one.label, "unit": one.unit} for one in columns]}
        case _:
            return {}
