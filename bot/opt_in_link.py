"""Where a person agrees to 订阅通知: a page of ours, opened in WeChat, that asks him (platform rule: wx-open-subscribe)."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

AT_ONCE: Final = 3
"""Platform rule: so many templates are asked for at most by one wx-open-subscribe."""


def opt_in_link(address: str, account: str, templates: Sequence[str]) -> str:
    """The page below `address`, our public one, that asks for these templates (the platform's ids) of this account."""
    asked = ",".join(quote(one, safe="") for one in templates)
    return f"{address.rstrip('/')}/pages/opt-in/{quote(account, safe='')}?templates={asked}"
