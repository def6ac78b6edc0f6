"""Whether a value stands in what was written so far. Leans to yes only where the text says it; nothing is inferred."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bench.scoring import folded
from dialogs.numerals import DIGITS, NUMBER, read_number
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    CodeField,
    ContactField,
    DateField,
    Field,
    NumberField,
    PhoneField,
    TableField,
    YesNoField,
)

_SPOKEN = str.maketrans({word: str(digit) for word, digit in DIGITS.items()})
_NUMBER = re.compile(NUMBER)
_KILO = re.compile(rf"({NUMBER})(?:公里|千米|km)")
_WHEN = re.compile(
    r"\d月|[一二三四五六七八九十]月|月底|[号日]|周[一二三四五六日天]|星期|礼拜|[今明后]天|今年|明年|下周|年底"
)
_ASKS = re.compile(r"啥意思|什么意思|是啥|[?？吗]")
_HOUSE = re.compile("[楼栋幢#]")
_RANGE = re.compile(r"(\d+)[#号楼栋]*[-~至到](\d+)")
_SMALL = 10
"""Below this a number is said in many ways that mean nothing (一块报, 一起办), so that what it counts must stand there too."""
_REGION = re.compile(r"^(?:河南省?)?(?:新乡市)?(?:新乡县)?(?:安徽省?)?(?:宣城市)?(?:泾县)?")


def stands(asked: Field, known: Any, text: str) -> bool:
    """Whether the text holds the value of this field."""
    words = folded(text)
    match asked, known:
        case _, {"_contains": pieces}:
            return all(any(_holds(str(one), words) for one in (p if isinstance(p, list) else [p])) for p in pieces)
        case ChoiceField(), _:
            return all(_named(asked, str(one), words) for one in (known if isinstance(known, list) else [known]))
        case YesNoField(), Mapping():
            return "户数" not in known or Decimal(known["户数"]) in _numbers(words)
        case YesNoField(), _ if _ASKS.search(words):
            return False
        case YesNoField(), _:
            said = (*asked.yes_words, *asked.no_words, *asked.words, asked.called)
            return any(folded(one) in words for one in said)
        case PhoneField() | CodeField(), _:
            local = str(known).partition("-")[2] if isinstance(asked, PhoneField) else ""  # without the area code
            return _digits(str(known)) in _digits(text) or (local != "" and _digits(local) in _digits(text))
        case ContactField(), Mapping():
            return all(_holds(str(one), words) or _digits(str(one)) in _digits(text) for one in known.values())
        case NumberField(), {"数值": number}:
            return Decimal(str(number)) in _numbers(words)
        case NumberField(zero_words=zero), 0:
            return any(one in words for one in zero)
        case NumberField(), _:
            return Decimal(str(known)) in _numbers(words) and (known >= _SMALL or _counted(asked, words))
        case DateField(), _:
            return _WHEN.search(words) is not None
        case BuildingsField(), list():
            return _HOUSE.search(words) is not None and set(map(str, known)) <= _opened(words)
        case TableField(), list():
            return all(folded(str(next(iter(row.values())))) in words for row in known)
        case AddressField(), _:
            return _plain(_REGION.sub("", str(known))) in _plain(words)
        case _:
            return _holds(str(known), words)


def _holds(piece: str, words: str) -> bool:
    number = read_number(piece)
    return _plain(piece) in _plain(words) or (number is not None and number in _numbers(words))


def _named(asked: ChoiceField, option: str, words: str) -> bool:
    """Whether the option is named, by its text or another word for it. One character (是) is too little, but for a service (水)."""
    names = (option, *next((one.words for one in asked.options if one.text == option), ()))
    return any(folded(one) in words for one in names if len(one) > 1 or (asked.several and one == option))


def _numbers(words: str) -> set[Decimal]:
    plain = words.replace(",", "")
    found = {number for one in _NUMBER.findall(plain) if (number := read_number(one)) is not None}
    return found | {number * 1000 for one in _KILO.findall(plain) if (number := read_number(one)) is not None}


def _counted(asked: NumberField, words: str) -> bool:
    return any(folded(one.rpartition("_")[2]) in words for one in (asked.unit, asked.called, *asked.words) if one)


def _opened(words: str) -> set[str]:
    """All numbers, those of a range too."""
    between = (
        range(int(first), int(last) + 1) for first, last in _RANGE.findall(words) if int(last) - int(first) < 100
    )
    return {str(one) for each in between for one in each} | {str(number) for number in _numbers(words)}


def _digits(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", folded(text).translate(_SPOKEN))


def _plain(text: str) -> str:
    return re.sub(r"[,，。;；、:：()（）\-]", "", folded(text))
