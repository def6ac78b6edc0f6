"""A cell of the form that staff fill in, as data (X97–X99, X146, J75, J88–J89)."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from dialogs.as_data.showing import plain
from model.frozen import Frozen
from routing.cells import Cell


class CellShape(Frozen):
    """A cell that the body of an order fills in, or the system."""

    id: str
    label: str
    name: str
    value: Any | None = Field(description="现在填的；还没有填的没有值")


def cell_shapes(cells: Iterable[Cell], order: str | None) -> tuple[CellShape, ...]:
    """Those of an order, or (None) of the case as a whole."""
    return tuple(
        CellShape(
            id=one.field.id,
            label=one.field.label,
            name=one.field.called,
            value=None if one.value is None else plain(one.value, one.field),
        )
        for one in cells
        if (one.order.id if one.order else None) == order
    )
