"""Calls that failed, and the word of the applicant after the last of them (X20)."""

from typing import Literal

from model.frozen import Frozen

Counts = Literal["yes", "off_hours", "late"]
"""Whether a failed call counts: `off_hours`, nobody need answer then; `late`, the limit had ended before it."""


class CallFailed(Frozen):
    """没打通: so many failed calls count with this one; with the last of them the limit stands still (`pauses`)."""

    event: Literal["call_failed"] = "call_failed"
    order: str
    steward: str
    counts: Counts = "yes"
    number: int
    pauses: bool = False


class ApplicantHeard(Frozen):
    """The applicant whom nobody had reached has let hear of himself: what stood still for it runs on."""

    event: Literal["applicant_heard"] = "applicant_heard"
    orders: tuple[str, ...]
