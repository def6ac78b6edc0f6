"""What a body checks about a 过户 or 销户, and the steps by which its own system reports it (J66–J82, J33)."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from model.frozen import Frozen
from model.message import Act
from model.order import Order
from model.route import CheckState

_Text = Annotated[str, StringConstraints(strict=True, max_length=500)]


class PassCheckStep(Frozen):
    """核对相符: a check is passed."""

    do: Literal["pass_check"]
    check: _Text = Field(description="核对哪一项，写 checks 里的 id")
    note: _Text = Field(default="", description="告知户主的，写怎么告知的：打了登记的电话等")


class FailCheckStep(Frozen):
    """核对不符: a check is not passed, for this reason."""

    do: Literal["fail_check"]
    check: _Text
    reason: _Text = Field(description="哪里不符、怎样才行，申请人查进度看得到")


class CheckShape(Frozen):
    """One thing to check before the order is finished (核对)."""

    id: str
    name: str
    state: CheckState
    note: str = Field(description="怎么告知的，或者哪里不符")


def check_shapes(order: Order) -> tuple[CheckShape, ...]:
    """What is to be checked, in the order of the county; nothing where something is built."""
    checks = order.route.checks if order.route is not None else ()
    return tuple(CheckShape(id=one.id, name=one.name, state=one.state, note=one.note) for one in checks)


def steps_shown(acts: Iterable[Act], known: Iterable[str]) -> tuple[str, ...]:
    """The names of those steps of a body's system that are open now; of several checks each step once."""
    shown = (one.id.partition(".")[0] if "_check." in one.id else one.id for one in acts if one.shown)
    return tuple(name for name in dict.fromkeys(shown) if name in set(known))
