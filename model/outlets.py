"""联合办理营业网点: where a unit takes applications for all of them at one window (J14)."""

from typing import Literal

from pydantic import Field as Setting

from model.calendar import OpeningHours
from model.frozen import Frozen


class Outlet(Frozen):
    """An outlet of a body, for whose `towns` it is the nearest; open at these hours on working days, or every day."""

    name: str = Setting(min_length=2, max_length=20)
    body: str
    address: str
    phone: str
    towns: tuple[str, ...] = ()
    hours: OpeningHours = OpeningHours()
    days: Literal["working", "every"] = "working"
