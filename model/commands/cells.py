"""The body of an order writes into its own cells of the form (X97–X99, X146)."""

from typing import Literal

from model.frozen import Frozen
from model.values import Value


class FillCells(Frozen):
    """What stands in these cells from now on, by field id; the others stay as they are."""

    do: Literal["fill_cells"] = "fill_cells"
    order: str
    cells: dict[str, Value]
