"""A case that the hotline keeps for its caller becomes his in WeChat (交接)."""

from typing import Literal

from model.frozen import Frozen


class HandOver(Frozen):
    """接着办: whoever gives this command, in this account, is the applicant from now on; `by` is the staff id of who made his code."""

    do: Literal["hand_over"] = "hand_over"
    account: str
    by: str
