"""加办: services come to a case that was handed in."""

from typing import Literal

from model.calendar import Length
from model.frozen import Frozen
from model.submission import Submission


class ServiceAdded(Frozen):
    """The applicant has signed for these services more; these orders were routed for them, just before.

    `signed` is the part of the form he has filled in for them, beside the form of the case, which stays as it was signed.
    `joint`, `possible_permits` and `promises` are those of the case from now on.
    """

    event: Literal["service_added"] = "service_added"
    services: tuple[str, ...]
    orders: tuple[str, ...]
    signed: Submission
    joint: bool
    possible_permits: tuple[str, ...] | None = None
    promises: dict[str, Length] = {}
