"""What an act of the person allows us to send as 客服消息 (platform rule)."""

import datetime as dt
from typing import Final

from model.conversation import Quota
from storage.ledger import Right

_MARGIN: Final = dt.timedelta(seconds=10)
"""Our clock and the platform's differ, and a request takes its time."""
_KINDS: Final = (
    ("wrote_at", "wrote", dt.timedelta(hours=48), 5),
    ("tapped_at", "tapped", dt.timedelta(minutes=1), 3),
    ("came_at", "came", dt.timedelta(minutes=1), 3),
)
"""A message opens 5 within 48 h; a menu click, or a tap on a link in a text, 3 within a minute; so do following and scanning."""


def rights_of(quota: Quota) -> tuple[Right, ...]:
    """The rights that his acts opened, used or not. Of following and scanning only the later counts, so we count rather less."""
    found = ((getattr(quota, field), name, window, most) for field, name, window, most in _KINDS)
    return tuple(Right(name, at, at + window - _MARGIN, most) for at, name, window, most in found if at is not None)
