"""评价 and the call that follows a bad mark (J35)."""

from typing import Literal

from model.frozen import Frozen


class Rate(Frozen):
    """评价: the applicant's mark for a case that is closed."""

    do: Literal["rate"] = "rate"
    mark: str


class GiveReason(Frozen):
    """Why his mark is a bad one."""

    do: Literal["reason"] = "reason"
    reason: str


class CallBack(Frozen):
    """已回访: he was called about it; what came of it."""

    do: Literal["call_back"] = "call_back"
    text: str
