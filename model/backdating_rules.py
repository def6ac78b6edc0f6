"""What a county decides about steps that are entered later than they were done (补报)."""

from typing import Literal

from pydantic import Field as Setting

from model.calendar import Length
from model.frozen import Frozen


class BackdatingRule(Frozen):
    """An earlier time is simply recorded within `tolerance` of it; later it needs a reason and the word of `approved_by` (O).

    None goes back further than `farthest`. Who is asked has `within` to answer, and so long is a reason waited for;
    else the time of entry stands. `time_form` asks for the time, one of `reasons` is tapped or said in `reason_form`.
    """

    tolerance: Length
    farthest: Length
    within: Length
    approved_by: Literal["lead", "supervisor"] = "lead"
    reasons: tuple[str, ...] = Setting(min_length=1, max_length=8)
    time_form: str
    reason_form: str
