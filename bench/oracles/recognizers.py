"""Cases of Microsoft's Recognizers-Text: JSON files of sentences with what is to be found in them (`Specs/*/Chinese`)."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.oracles import reading
from bench.oracles.cases import Case, Oracle
from dialogs.kinds.number import SPELLINGS
from model.calendar import CHINA

_UNITS = {
    "Mu": ("亩",),
    "Centimeter": ("公分", "厘米", "cm"),
    "Meter": ("米", "m"),
    "Kilometer": ("公里", "千米", "km"),
    "Ton": ("吨", "t"),
    "Kilowatt": ("千瓦", "kw"),
}
"""What our forms call their units."""
_NO_DAY = "0001-01-01"
"""Their value of a day there is not: 2月30日."""
LUNAR = re.compile(r"[农阴]历|正月|腊月|闰|初[\d一二三四五六七八九十]|廿|大年|除夕")
"""Words for days and months of the old calendar."""


def oracles(checkout: Path) -> Iterator[Oracle]:
    """The rows of numbers, amounts and moments."""
    yield Oracle(
        "Recognizers-Text, Chinese `NumberModel`", "read_number", _values(checkout, "Number"), reading.number, _NUMBERS
    )
    yield Oracle(
        "Recognizers-Text, Chinese `DimensionModel`", "atoms", _amounts(checkout, "Dimension"), _measure, _MEASURES
    )
    yield Oracle(
        "Recognizers-Text, Chinese `CurrencyModel` (yuan)", "atoms", _amounts(checkout, "Currency"), _money, _MONEY
    )
    for name in ("DateParser", "DateTimeParser"):
        yield Oracle(
            f"Recognizers-Text, Chinese `{name}`", "read_moment", _moments(checkout, name), reading.moment, _DAYS
        )
    yield Oracle(
        "Recognizers-Text, Chinese `TimeParser`",
        "read_half",
        _moments(checkout, "TimeParser"),
        reading.time_of_day,
        {},
    )


def _results(checkout: Path, path: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each sentence with each of what is to be found in it."""
    for spec in json.loads((checkout / "Specs" / path).read_text("utf-8-sig")):
        for result in spec["Results"]:
            yield spec, result


def _values(checkout: Path, model: str) -> tuple[Case, ...]:
    found = _results(checkout, f"{model}/Chinese/{model}Model.json")
    return tuple(Case(one["Text"], Decimal(one["Resolution"]["value"])) for _, one in found)


def _says(pattern: str) -> Callable[[Case], bool]:
    return lambda case: re.search(pattern, case.said) is not None


_NUMBERS: dict[str, Callable[[Case], bool]] = {
    "fractions": _says(r"分\s*之|[/／]"),
    "negative": _says(r"^[-－负負]"),
    "approximate (十余万)": _says("[余餘多几幾]"),
    "exponents and letters": _says(r"[\^a-zA-Z]"),
    "dozens": _says("打"),
    "above 亿 (兆)": _says("兆"),
    "half of a hundred (半百)": _says("^半."),
}


def _amounts(checkout: Path, model: str) -> tuple[Case, ...]:
    """The number and their name of the unit; `kind` is the unit's or the currency's."""
    found = _results(checkout, f"NumberWithUnit/Chinese/{model}Model.json")
    return tuple(_amount(one["Text"], one["Resolution"]) for _, one in found)


def _amount(said: str, value: Mapping[str, Any]) -> Case:
    kind = value.get("isoCurrency") or value["unit"]
    return Case(said, None if value["value"] is None else (Decimal(value["value"]), kind), kind=kind)


def _negative(case: Case) -> bool:
    return isinstance(case.want, tuple) and case.want[0] < 0


def _of(pattern: str) -> Callable[[Case], bool]:
    return lambda case: re.search(pattern, case.kind) is not None


_MEASURES: dict[str, Callable[[Case], bool]] = {
    "weight": _of(r"[Gg]ram$|^Jin$|^Liang$|^Qian$|[Pp]ound$|[Oo]unce$"),
    "data": _of("bit$|byte$|^Bit$|^Byte$"),
    "frequency": _of("[Hh]ertz$"),
    "energy": _of("calorie$|[Jj]oule$"),
    "negative": _negative,
}
_MONEY: dict[str, Callable[[Case], bool]] = {
    "other currencies": lambda case: case.kind != "CNY",
    "yuan without a number": lambda case: case.want is None,
}


def _measure(case: Case) -> object:
    return _only(
        (number, next((name for name, words in _UNITS.items() if unit in words), unit))
        for number, unit in reading.amounts(case.said)
    )


def _money(case: Case) -> object:
    return _only((number, "CNY" if unit in SPELLINGS["元"] else unit) for number, unit in reading.amounts(case.said))


def _only(amounts: Iterator[tuple[Decimal | None, str]]) -> object:
    """The amount, if there is no other."""
    found = tuple(amounts)
    return found[0] if len(found) == 1 else found


def _moments(checkout: Path, name: str) -> tuple[Case, ...]:
    return tuple(_moment(spec, one) for spec, one in _results(checkout, f"DateTime/Chinese/{name}.json"))


def _moment(spec: Mapping[str, Any], result: Mapping[str, Any]) -> Case:
    """What is to come counts: in a form nothing is planned for the past."""
    now = dt.datetime.fromisoformat(spec["Context"]["ReferenceDateTime"]).replace(tzinfo=CHINA)
    ((kind, value),) = result["Value"]["FutureResolution"].items()
    want: object
    match kind:
        case "date":
            want = None if value == _NO_DAY else dt.date.fromisoformat(value)
        case "time":
            want = dt.time.fromisoformat(value)
        case _:
            want = dt.datetime.fromisoformat(value)
    return Case(result["Text"], want, now, kind)


_DAYS: dict[str, Callable[[Case], bool]] = {
    "lunar": lambda case: LUNAR.search(case.said) is not None,
    "before 2000": lambda case: isinstance(case.want, dt.date) and case.want.year < 2000,
    "no such day": lambda case: case.want is None,
}
