"""Numbers read out, in the digits they are written with: 幺三八 四个零 四四一二, 5080338 分机八零六."""

import re

from dialogs.numerals import DIGITS
from dialogs.sought import Sought

_SAID = "".join(char for char in DIGITS if char not in "两俩")
_ONE = rf"[\d{_SAID}]"
_MANY = {"两": 2, "俩": 2, "二": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6}
_REPEATED = Sought(
    rf"(?P<before>{_ONE}{{2}})?(?P<blank> ?)(?P<many>[{''.join(_MANY)}])个(?P<digit>[零〇0]|(?<={_ONE}...)[{_SAID}])(?= ?{_ONE}{{3}})"
)
"""Digits that are counted: 一八九四个零三三六二."""
_SCALE = "十百千万点"
_RUN = Sought(
    rf"(?<![{_SAID}{_SCALE}])(?:(?:\d|{_ONE}{{2,24}})[ -]){{0,8}}{_ONE}{{2,24}}(?![{_SAID}{_SCALE}个栋幢台户层块间米平兆])(?!号楼)"
)
"""Groups of digits, those in words of two at least, with blanks between them; no count (五十二, 三四个)."""
_SPOKEN = re.compile(rf"[{_SAID}]")
_GROUPED = 7
"""Digits of the shortest number that is read out in groups, a local telephone."""
_IN_ONE = 5
"""So many digits said one after the other are no count any more."""
_LANDLINE = r"(?<![\dA-Za-z])(?:\(?0\d{2,3}[-) ]{0,2})?[2-8]\d{2,3}[ -]?\d{4}"
_THROUGH = r"(?:转接?|(?:转接?|按|拨)?(?:分机|内线))[号码到是为:拨按 ]{0,3}"
_EXTENSION = Sought(
    rf"(?P<number>{_LANDLINE})[ ,、;(]{{0,2}}(?:然后|接通后?|再|接着|请|要|按|拨){{0,2}}{_THROUGH}"
    rf"(?P<extension>{_ONE}{{1,6}})(?![\d{_SAID}{_SCALE}])\)?"
)
"""What is dialled behind a number: 5080316,再转8012."""


def read_out(text: str) -> str:
    """The text with every number that was read out in digits, and an extension right behind its number."""
    text = _RUN.sub(_in_digits, _REPEATED.sub(_repeated, text)) if _SPOKEN.search(text) else text
    if "转" not in text and "分机" not in text and "内线" not in text:
        return text
    return _EXTENSION.sub(lambda found: f"{found['number']}转{_digits(found['extension'])}", text)


def _digits(said: str) -> str:
    return "".join(str(DIGITS.get(char, char)) for char in said)


def _in_digits(found: re.Match[str]) -> str:
    said = found[0]
    alone = " " not in said and "-" not in said
    return _digits(said) if len(re.sub("[ -]", "", said)) >= (_IN_ONE if alone else _GROUPED) else said


def _repeated(found: re.Match[str]) -> str:
    return (
        (found["before"] or "")
        + found["blank"]
        + str(DIGITS[found["digit"]] if found["digit"] != "0" else 0) * _MANY[found["many"]]
    )
