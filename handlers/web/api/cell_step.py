"""A body's system fills in the body's own cells of the form: values as they are given everywhere else (X97–X99, X146, J33)."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from dialogs.as_data.filling import Problem
from dialogs.as_data.reading import read_value
from dialogs.reading import Context, Partial, Refusal, Understood
from model.commands.cells import FillCells
from model.county import County
from model.frozen import Frozen
from model.values import Value


class CellsStep(Frozen):
    """填单位栏: what stands in the body's own cells (受理编号, 审核意见); what is not named stays as it is."""

    do: Literal["fill_cells"]
    cells: dict[str, Any] = Field(
        min_length=1, max_length=50, description="栏的编号（见 cells）和要填的，写法和申请表的答案一样"
    )


def cells_command(given: Mapping[str, Any], order: str, county: County, context: Context) -> FillCells | list[Problem]:
    """The command to the routing core, or everything that does not fit; `county` is on the form of the submission."""
    read, unfit = dict[str, Value](), list[Problem]()
    for name, one in given.items():
        field = county.form.fields.get(name)
        if field is None:
            unfit.append(Problem(name, "form.unknown", {}, None))
            continue
        match read_value(one, field, context):
            case Understood(value=value):
                read[name] = value
            case Refusal(code=code, about=about):
                unfit.append(Problem(name, code, about, field))
            case Partial(want=want, about=about):
                unfit.append(Problem(name, f"want.{want}", about, field))
    return unfit or FillCells(order=order, cells=read)
