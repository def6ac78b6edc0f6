"""What the body of an order has written into its own cells of the form (X97–X99, X146)."""

from typing import Literal

from model.frozen import Frozen
from model.values import Value


class CellsFilled(Frozen):
    """These cells, by field id; `tell` are those of which the applicant hears."""

    event: Literal["cells_filled"] = "cells_filled"
    order: str
    steward: str
    cells: dict[str, Value]
    tell: tuple[str, ...] = ()
