"""One field put right as the platform names it (47003), once (platform rule)."""

import re
from collections.abc import Mapping
from typing import Final

from bot.channels.wechat.shorten import shortened
from bot.channels.wechat.template_fields import THING

_NAMED: Final = re.compile(r"data\.([A-Za-z_]+[0-9]*)", re.ASCII)
_PLAIN: Final = re.compile(r"[^\u3400-\u9fffA-Za-z0-9，。、：（）()\-: ]")


def repaired(fields: Mapping[str, str], errmsg: str) -> dict[str, str] | None:
    """The fields with the named one in plain characters and short; None if none is named, or it is plain already.

    Only free text may lose something: a number, a time or a telephone number with a part left out would be another one.
    """
    named = _NAMED.search(errmsg)
    key = named.group(1) if named else ""
    if not key.startswith("thing") or key not in fields:
        return None
    plain = shortened(_PLAIN.sub("", fields[key]).strip(), THING)
    return {**fields, key: plain} if plain and plain != fields[key] else None
