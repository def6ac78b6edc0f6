"""What stands behind a name and tells that it is one: a number, what its bearer is, the end of what is said."""

import re

from dialogs.understanding.surnames import DOUBTFUL

NUMBERED = re.compile(
    r"[\s,、:(]{0,2}(?:[男女][\s,、]|身份证|证号|电话|手机|联系|1[3-9]\d[\d ]{8,10}"
    r"|\d{6} ?\d{8} ?\d{3}[\dXx]|[一二三四五六七八九零〇幺洞]{6})"
)
ROLE_BEHIND = re.compile(
    r"[\s,、:(]{1,2}(?:今年|[一二三四五六七八九]?十[一二三四五六七八九]?岁|\d{2}岁|老板|法人|法定代表|经营者|店主|业主|户主|[校园院厂场]长"
    r"|[我俺]?(?:本人|自己)(?![家们])|[我俺](?:自己)?的店|就?是?我(?=[\s,。]|$))"
)
"""What somebody is, who stands alone before it: 米示例 老板; 米示例 今年七十一."""


def is_told(text: str, start: int, name: str) -> bool:
    """Whether a name whose surname is nearly always another word ends with what is said, or before a number."""
    after = start + len(name)
    if name[0] == "来":
        return len(name) > 2 and bool(NUMBERED.match(text, after))
    return name[0] not in DOUBTFUL or (
        len(name) > 2 and bool(NUMBERED.match(text, after) or _TOLD_END.match(text, after))
    )


_TOLD_END = re.compile(r"\s?(?:$|[,。;])")
