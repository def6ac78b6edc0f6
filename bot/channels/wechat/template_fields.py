"""Values of template-message fields: checked by the platform's rules, and shortened by meaning where that is possible.

Only free text may lose something. An identifier, a number, a date that does not fit is refused instead: a shortened one
would be a different one.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from bot.channels.wechat.shorten import shortened, without_brackets

THING: Final = 20
CODE: Final = 32
SYMBOL: Final = 5
PHRASE: Final = 5
NAME_CHINESE: Final = 10
NAME_LETTERS: Final = 20
FREE: Final = 200


@dataclass(frozen=True, slots=True)
class Unfit:
    """A value the platform would refuse and nobody but a person can shorten."""

    field: str
    reason: str


class _DoesNotFit(Exception):
    """Why a value does not fit."""


_KEY = re.compile(r"([a-z_]+?)[0-9]*", re.ASCII)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U000e0000-\U000e007f\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe00-\ufe0f\u200b-\u200f\u20e3]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def fit_all(fields: Mapping[str, str], allowed: Mapping[str, Collection[str]] | None = None) -> dict[str, str] | Unfit:
    """All fields made to fit, or the first that cannot. `allowed` lists the approved values of `const` fields.

    Platform rule: keys carry no `.DATA`.
    """
    fitted: dict[str, str] = {}
    for written, value in fields.items():
        key = written.removesuffix(".DATA")
        found = fit(key, value, (allowed or {}).get(key))
        if isinstance(found, Unfit):
            return found
        fitted[key] = found
    return fitted


def fit(key: str, value: str, allowed: Collection[str] | None = None) -> str | Unfit:
    """The value as the field `key` (its kind and a number: thing1, time2 …) takes it. Unknown kinds are free text."""
    text = _one_line(value)
    if not text:
        return Unfit(key, "empty")
    if allowed is not None and text not in allowed:
        return Unfit(key, "not an approved value")
    match = _KEY.fullmatch(key)
    rule = _RULES.get(match.group(1) if match else "", _free)
    try:
        return rule(text)
    except _DoesNotFit as unfit:
        return Unfit(key, str(unfit))


def _one_line(text: str) -> str:
    # Platform rule: no newline, no emoji.
    return re.sub(r"\s+", " ", _CONTROL.sub("", _EMOJI.sub("", text))).strip()


def _at_most(limit: int) -> Callable[[str], str]:
    def rule(text: str) -> str:
        found = shortened(text, limit)
        if found is None:
            raise _DoesNotFit(f"over {limit} characters and cannot be shortened")
        return found

    return rule


def _pattern(pattern: str, reason: str, *, drop: str = "") -> Callable[[str], str]:
    compiled, dropped = re.compile(pattern), str.maketrans("", "", drop)

    def rule(text: str) -> str:
        text = text.translate(dropped)
        if not compiled.fullmatch(text):
            raise _DoesNotFit(reason)
        return text

    return rule


def _character_string(text: str) -> str:
    # Platform rule: digits, letters and symbols, no Chinese (full-width forms count as Chinese).
    if len(text) > CODE or not text.isascii():
        raise _DoesNotFit(f"over {CODE} characters, or not ASCII")
    return text


def _phrase(text: str) -> str:
    for candidate in (text, without_brackets(text)):
        if 0 < len(candidate) <= PHRASE and len(_CHINESE.findall(candidate)) == len(candidate):
            return candidate
    raise _DoesNotFit(f"not at most {PHRASE} Chinese characters")


def _name(text: str) -> str:
    for candidate in (text, without_brackets(text)):
        chinese = bool(_CHINESE.search(candidate))
        if 0 < len(candidate) <= (NAME_CHINESE if chinese else NAME_LETTERS):
            return candidate
    raise _DoesNotFit(f"over {NAME_CHINESE} Chinese characters or {NAME_LETTERS} letters")


_DATE = r"(?P<y>[0-9]{4})[年/.-](?P<m>[0-9]{1,2})[月/.-](?P<d>[0-9]{1,2})日?"
_TIME = r"(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2}))?"
# Between date and time a space, or the 日 that ends the date.
_INSTANT = re.compile(rf"(?:{_DATE}(?:$|\s|(?<=日)))?(?:{_TIME})?")


def _moment(text: str) -> str:
    # Platform rule: 24-hour time, date, or both; a span is two of them joined by `~`.
    parts = text.replace("：", ":").replace("～", "~").split("~")
    if len(parts) > 2:
        raise _DoesNotFit("more than one span")
    return "~".join(_instant(part.strip()) for part in parts)


def _instant(text: str) -> str:
    match = _INSTANT.fullmatch(text)
    if not text or not match:
        raise _DoesNotFit("not a date or 24-hour time")
    found = {name: int(value) for name, value in match.groupdict().items() if value}
    try:
        dt.date(found.get("y", 2000), found.get("m", 1), found.get("d", 1))
        dt.time(found.get("H", 0), found.get("M", 0), found.get("S", 0))
    except ValueError as error:
        raise _DoesNotFit("no such date or time") from error
    return text


def _date(text: str) -> str:
    found = _moment(text)
    if not re.match(r"[0-9]{4}", found):
        raise _DoesNotFit("a date begins with its year")
    return found


def _free(text: str) -> str:
    return _at_most(FREE)(text)


_RULES: dict[str, Callable[[str], str]] = {
    "thing": _at_most(THING),
    "character_string": _character_string,
    "number": _pattern(r"[0-9]{1,32}|(?=[0-9.]{3,32}$)[0-9]+\.[0-9]+", "not a number of at most 32 digits"),
    "letter": _pattern(r"[A-Za-z]{1,32}", "not at most 32 letters"),
    "symbol": _pattern(r"[^\w\s]{1,5}", "not at most 5 symbols"),
    "phrase": _phrase,
    "name": _name,
    "phone_number": _pattern(r"[0-9+()*-]{1,17}", "not a telephone number of at most 17 characters", drop=" "),
    "car_number": _pattern(r"\w{1,8}", "not a number plate of at most 8 characters", drop=" ·"),
    "amount": _pattern(r"[¥￥$€£]?[0-9]{1,10}(?:\.[0-9]{1,2})?元?", "not an amount of at most 10 digits", drop=" ,，"),
    "time": _moment,
    "date": _date,
    "const": _at_most(THING),
}
