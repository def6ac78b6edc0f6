"""Binding codes: who sends one as 绑定 CODE, or scans it, is that member of staff."""

import datetime as dt
import secrets
from typing import Final

_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
VALID: Final = dt.timedelta(days=3)


def fresh_code() -> str:
    """Eight characters that nobody mistakes for others."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))
