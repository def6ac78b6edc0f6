"""What a county decides about orders that end otherwise than connected."""

from typing import Literal

from pydantic import Field as Setting

from model.calendar import Length
from model.frozen import Frozen


class WithdrawalRule(Frozen):
    """撤回: for `undo_days` days the applicant can take it back, while nothing is built; `reasons` he can tap."""

    undo_days: int = Setting(default=7, ge=0, le=90)
    reasons: tuple[str, ...] = Setting(default=(), max_length=6)


class TerminationRule(Frozen):
    """终止: so long before it the applicant is told, and can say that he goes on."""

    notice: Length = Length(days=3)


class DecliningRule(Frozen):
    """不予受理, 不具备接入条件: the form in which a body says it, whether the head of the body must agree to it, and the
    form in which the applicant objects (J44).
    """

    form: str
    confirmed_by: Literal["lead"] | None = None
    objection_form: str
