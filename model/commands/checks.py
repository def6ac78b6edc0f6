"""A body checks who applies and whose the meter is before it changes or closes an account (J66–J82)."""

from typing import Literal

from model.frozen import Frozen


class PassCheck(Frozen):
    """It is as it should be; of telling the registered holder `note` says how he was told."""

    do: Literal["pass_check"] = "pass_check"
    order: str
    check: str
    note: str = ""


class FailCheck(Frozen):
    """It is not, and why."""

    do: Literal["fail_check"] = "fail_check"
    order: str
    check: str
    reason: str
