"""Building numbers, ranges opened: "1-4号楼和6号楼" is 1, 2, 3, 4, 6 (X102, X114)."""

import re

from dialogs.folding import fold
from dialogs.numerals import read_number
from dialogs.reading import Context, Reading, Refusal, Understood
from model.fields import BuildingsField
from model.values import Buildings

_SIGNS = re.compile(r"号楼|号|#|栋|幢|楼|座")
_RANGE = re.compile(r"([A-Z]?)(\d+)(?:-|~|至|到|—)\1(\d+)")
_SPLIT = re.compile(r"[,、;和跟与及\s.+]+")
_MOST = 200


def parse(text: str, _: BuildingsField, __: Context) -> Reading:
    """The list (`buildings.none`, `buildings.range`, `buildings.many`)."""
    words = re.sub(r"[一二三四五六七八九十百]+", _arabic, fold(text).upper().strip(" 。"))
    words = re.sub(r"\s*(-|~|至|到)\s*", r"\1", _SIGNS.sub(" ", words).replace(" -", "-"))
    words = re.sub(r"(\d) (?=[-~至到])", r"\1", words)
    numbers = list[str]()
    for piece in filter(None, _SPLIT.split(words)):
        if match := _RANGE.fullmatch(piece):
            first, last = int(match[2]), int(match[3])
            if last < first:
                return Refusal("buildings.range", {"first": str(first), "last": str(last)})
            if last - first >= _MOST:
                return Refusal("buildings.many", {"most": str(_MOST)})
            numbers += [f"{match[1]}{number}" for number in range(first, last + 1)]
        elif re.fullmatch(r"[A-Z]?\d{1,4}[A-Z]?|[A-Z]", piece):
            numbers.append(piece)
        else:
            return Refusal("buildings.none", {"given": piece[:12]})
    numbers = list(dict.fromkeys(numbers))
    if not numbers:
        return Refusal("buildings.none", {"given": fold(text)[:12]})
    return (
        Understood(Buildings(numbers=tuple(numbers)))
        if len(numbers) <= _MOST
        else Refusal("buildings.many", {"most": str(_MOST)})
    )


def _arabic(found: re.Match[str]) -> str:
    number = read_number(found[0])
    return found[0] if number is None else str(number)
