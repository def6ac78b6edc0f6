"""Names of people that have no Chinese surname: John Smith, 买买提·艾山."""

import re
from collections.abc import Iterator

_FOREIGN = re.compile(r"(?:叫|是|姓名|名字|本人|住户|外籍|外教|来电|:)\s*(?P<name>[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){1,3})")
_MINORITY = re.compile(
    r"(?:叫|是|姓名|名字|本人|法人|代表|老板|经营者|经办|负责人|联系人|来电|:|^|[\s,、])[\s:是叫]{0,2}(?P<name>[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,6})"
    r"(?=$|[^\u4e00-\u9fff])"
)
"""A name with a point in it, as many have in the west of the country: 法人买买提·艾山."""


def foreign_names(text: str) -> Iterator[re.Match[str]]:
    """Each such name, in the group `name`, with the word that announces it."""
    yield from _FOREIGN.finditer(text)
    if "·" in text:
        yield from _MINORITY.finditer(text)
