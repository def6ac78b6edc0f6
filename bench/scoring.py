"""How much of a story was understood: cell by cell against what a careful clerk would have written (tests/stories)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

_WHOLE = {"_contains", "数值", "选项"}
"""A mapping with one of these is one value, not a cell with parts."""
_NO_INVENTION = {"外线工程", "客户类别", "联合办件号", "日期"}
"""What follows from other cells or is set by the program."""
_PARTS_OF = {
    "居民客户": ("报装户数", "报装范围", "是否含有小户型", "是否含有公/廉租房", "选择安装方式"),
    "工、商业用户": ("用气性质", "用气设备、数量"),
}
"""A part of the form that is named as one."""
_SAME_UNIT = {"千伏安": "kva", "千瓦": "kw", "千帕": "kpa", "兆": "mb", "m": "mb", "mbps": "mb"}
_TIMES = {"万": 10_000, "亿": 100_000_000, "公里": 1000, "km": 1000}
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(万|亿)?(公里|km)?(.{0,10})")
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?t?(上午|下午)?(?:(\d{1,2})[:点时].*)?")
_BUILDING = re.compile(r"(?<=\d)(?:号楼|[#号栋幢楼])$")
_ABOVE = re.compile(r"^(?:河南省?)?(?:新乡市)?(?:新乡县)?(?:安徽省?)?(?:宣城市)?(?:泾县)?")


@dataclass(frozen=True, slots=True)
class Tally:
    """Cells counted over some stories. `needless` of the right ones were marked to be confirmed though nobody would ask."""

    stories: int = 0
    turns: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    needless: int = 0
    usable: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))

    @property
    def precision(self) -> float:
        """Right of all that was filled in."""
        return _share(self.right, self.right + self.wrong + self.invented)

    @property
    def recall(self) -> float:
        """Right of all that was to be filled in."""
        return _share(self.right, self.right + self.wrong + self.missing)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)

    @property
    def usable_share(self) -> float:
        """Stories of which nothing has to be done again."""
        return _share(self.usable, self.stories)

    @property
    def needless_share(self) -> float:
        """Right cells that were marked to be confirmed without need."""
        return _share(self.needless, self.right)

    @property
    def turns_per_field(self) -> float:
        """Messages of the story for each right cell."""
        return self.turns / self.right if self.right else float("inf")


def tally(story: Mapping[str, Any], result: Mapping[str, Any]) -> Tally:
    """What came of one story. `result` is what `replay` makes of it."""
    expected = story["expected"]
    wanted, got = cells(expected), cells(result["values"])
    allowed = cells(expected.get("_可填", {}))
    marked, open_questions = result["to_confirm"], [*result["asked"], *result["missing"]]
    right = wrong = missing = needless = 0
    usable = True
    for path, want in wanted.items():
        to_ask = asks_for(expected, path)
        if path not in got:
            excused = to_ask and _among(path, [*marked, *open_questions])
            missing += not excused
            usable &= excused
        elif same(want, got[path], _label(path)):
            right += 1
            needless += not to_ask and _among(path, marked)
        else:
            wrong += 1
            usable &= _among(path, marked)
    invented = sum(
        not (
            path in wanted
            or (path in allowed and same(allowed[path], value, _label(path)))
            or _label(path) in _NO_INVENTION
            or (_label(path) == "备注" and "_备注线索" in expected)
            or _among(path, marked)
        )
        for path, value in got.items()
    )
    usable &= not invented and not any(_within(path, name) for name in _closed(expected) for path in got)
    return Tally(1, len(story["turns"]), right, wrong, missing, invented, needless, int(usable))


def cells(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Every filled innermost cell by `section/label[/sub-label]`, labels without what stands in brackets."""
    return dict(_cells(tree, ()))


def asks_for(expected: Mapping[str, Any], path: str) -> bool:
    """Whether a clerk would ask about this cell although it was spoken of; about its row, or about what hangs on it, is enough."""
    labels = path.split("/")[1:] or [path]
    names = [plain_label(one.partition(":")[0]) for one in map(_half_width, expected.get("_待确认", ()))]
    return any(
        name.partition("/")[0] in labels or any(len(one) > 3 and one in name for one in labels) for name in names
    )


def same(want: Any, got: Any, label: str) -> bool:
    """Whether this is the expected value, however it is spelled."""
    match want:
        case {"_contains": pieces}:
            text = folded(_words(got))
            return all(
                any(folded(one) in text for one in (piece if isinstance(piece, list) else [piece])) for piece in pieces
            )
        case {"数值": number, "单位": unit}:
            return measure(f"{number}{unit}") == measure(_words(got))
        case [Mapping(), *_]:
            return _same_rows(want, got)
        case _ if isinstance(got, Mapping) and "选项" in got:
            return same(want, got["选项"], label)
        case list():
            return _members(want) == _members(got)
        case bool():
            return False
        case int() | float():
            found = measure(_words(got))
            return found is not None and found[0] == Decimal(str(want))
        case _:
            return _same_words(str(want), _words(got), label)


def measure(text: str) -> tuple[Decimal, str] | None:
    """Number and unit of 630kVA, 7.1万平方米, 1.5公里; None for what is no number."""
    found = _MEASURE.fullmatch(folded(text).replace(",", "").lstrip("约"))
    if found is None:
        return None
    number, myriad, kilo, unit = found.groups()
    return Decimal(number) * _TIMES.get(myriad, 1) * _TIMES.get(kilo, 1), _SAME_UNIT.get(unit, unit)


def folded(text: str) -> str:
    """Half width, small letters, no blanks, one kind of hyphen."""
    return re.sub(r"\s", "", re.sub("[‐‑‒–—―−]+", "-", _half_width(text))).lower()


def plain_label(text: str) -> str:
    """A label without its brackets."""
    return re.sub(r"\([^()]*\)", "", re.sub(r"\s", "", _half_width(text))).strip("*:")


def _cells(tree: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        path = (*above, plain_label(name))
        if name.startswith("_") or value in (None, "", [], {}):
            continue
        if isinstance(value, Mapping) and not _WHOLE & set(value):
            yield from _cells(value, path)
        else:
            yield "/".join(path), value


def _label(path: str) -> str:
    return path.rpartition("/")[2]


def _along(one: str, other: str) -> bool:
    """Whether they are the same cell, or one lies within the other."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _among(path: str, names: Iterable[str]) -> bool:
    """Whether one of the full names is this cell, its row or a part of it; a section alone is no name."""
    return any("/" in name and _along(path, plain_label(name)) for name in names)


def _within(path: str, name: str) -> bool:
    return f"/{name}/" in f"/{path}/"


def _closed(expected: Mapping[str, Any]) -> Iterator[str]:
    """What must stay empty."""
    for entry in expected.get("_不应填写", ()):
        yield from _PARTS_OF.get(entry, (plain_label(entry),))


def _same_rows(want: list[Mapping[str, Any]], got: Any) -> bool:
    """The same rows in any order; columns that nobody expects do not matter."""
    left = list(got) if isinstance(got, list) else []
    for row in want:
        match = next(
            (one for one in left if all(name in one and same(row[name], one[name], name) for name in row)), None
        )
        if match is None:
            return False
        left.remove(match)
    return not left


def _members(value: Any) -> frozenset[str]:
    """A list as a set; building numbers without 号楼."""
    each = value if isinstance(value, list) else re.split(r"[、,，;；\s]+", str(value))
    return frozenset(_BUILDING.sub("", folded(_words(one))) for one in each)


def _same_words(want: str, got: str, label: str) -> bool:
    if "电话" in label:
        return re.sub(r"\D", "", _half_width(want)) == re.sub(r"\D", "", _half_width(got))
    one, other = folded(want), folded(got)
    if (day := _day(one)) is not None:
        return day == _day(other)
    one, other = (re.sub(r"[,。;、]", "", text) for text in (one, other))
    return one == other or ("地址" in label and _ABOVE.sub("", one) == _ABOVE.sub("", other))


def _day(text: str) -> tuple[int, int, int, str] | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day, half, hour = found.groups()
    return int(year), int(month), int(day), half or ("" if hour is None else "上午" if int(hour) < 12 else "下午")


def _words(value: Any) -> str:
    """All of a value in one text, numbers without needless zeros."""
    match value:
        case Mapping():
            return "".join(map(_words, value.values()))
        case list():
            return "".join(map(_words, value))
        case Decimal() | float():
            number = Decimal(str(value))
            return format(
                number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize(), "f"
            )
        case _:
            return str(value)


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
