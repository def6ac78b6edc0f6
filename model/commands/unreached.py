"""没打通: a call that failed, and the applicant's word that he can be called now (X20)."""

from typing import Literal

from model.frozen import Frozen


class ReportUnreached(Frozen):
    """没打通: the steward called, and nobody was reached."""

    do: Literal["unreached"] = "unreached"
    order: str


class SayReachable(Frozen):
    """可以打给我: the applicant says that he can be called now."""

    do: Literal["reachable"] = "reachable"
    order: str
