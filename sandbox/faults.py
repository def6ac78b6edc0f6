"""Failures on order: the platform's API can be told to refuse, or to fall silent, the next few times."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from .errors import ApiError


class Fault(BaseModel):
    """What is to go wrong. An `errcode` is answered instead of acting; `silent` closes the connection without an
    answer, before or after acting: what a sender sees when the network fails.
    """

    model_config = ConfigDict(extra="forbid")

    path: str = Field(min_length=1, description="the part after /cgi-bin/, such as message/template/send")
    errcode: int = 0
    errmsg: str = "fault on order"
    silent: Literal["", "before", "after"] = ""
    times: int = Field(default=1, ge=0, le=1000)


@dataclass
class _Planned:
    fault: Fault
    left: int


class Faults:
    """The failures one account has been promised, by path."""

    def __init__(self) -> None:
        self._planned: dict[str, _Planned] = {}

    def plan(self, fault: Fault) -> None:
        """Promise a failure; a new one for the same path replaces the old, `times` 0 takes it back."""
        self._planned[fault.path] = _Planned(fault, fault.times)

    def take(self, path: str) -> Fault | None:
        """The failure this call meets, if one is left; an errcode is raised here."""
        planned = self._planned.get(path)
        if planned is None or planned.left < 1:
            return None
        planned.left -= 1
        if planned.fault.errcode:
            raise ApiError(planned.fault.errcode, planned.fault.errmsg)
        return planned.fault
