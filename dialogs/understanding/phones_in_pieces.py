"""Mobile numbers told piece by piece in one message: 前面是1380000 后面接着7184, 前七位…后四位…, 138开头 中间0000 尾号7184."""

import re
from collections.abc import Iterator

_WHOLE = 11
_UNIT = r"\s?[万千百平㎡户元块吨米年月方台栋点]"
_HEAD = re.compile(rf"(?<![\dA-Za-z.])1[3-9]\d(?:[ \-]?\d{{1,4}}){{0,2}}(?!\d|{_UNIT})")
_LINK = re.compile(rf"(?P<said>[^\d。;?!A-Za-z]{{0,14}})(?P<more>\d{{1,4}}(?:[ \-]\d{{1,4}})?)(?![\dA-Za-z.]|{_UNIT})")
_GOES_ON = re.compile(r"后|接[着上下]|剩|余下|最末|中间|开头|打头|末|尾|再|然后|结尾|最后")
_MOST = 3


def phones_in_pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each such number begins and ends, and its eleven digits."""
    if not _GOES_ON.search(text):
        return
    for head in _HEAD.finditer(text):
        if (found := _followed(text, head)) is not None:
            yield head.start(), *found


def _followed(text: str, head: re.Match[str]) -> tuple[int, str] | None:
    """The end and the digits of a number that begins here, once there are as many as a mobile number has."""
    digits, end, linked = _plain(head[0]), head.end(), False
    for _ in range(_MOST):
        link = _LINK.match(text, end)
        if link is None:
            return None
        linked = linked or bool(_GOES_ON.search(link["said"]))
        if not linked:
            return None
        digits, end = digits + _plain(link["more"]), link.end()
        if len(digits) >= _WHOLE:
            return (end, digits) if len(digits) == _WHOLE else None
    return None


def _plain(said: str) -> str:
    return re.sub(r"[ \-]", "", said)
