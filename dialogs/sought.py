"""Patterns looked for only where one of the few characters stands that they can begin with."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, cast

_SHORT = 48
"""In so few characters a pattern is tried at every place: that is as quick."""
_FEW, _DENSE = 16, 5
"""After so many trials, if every fifth character is one that it can begin with, it is tried at every place too."""
_MOST = 1200
"""Characters that a pattern can begin with, at most: more stand everywhere."""


class Sought:
    """A pattern whose every match begins with one of a few characters; those are found much quicker than it is tried.

    It finds what the pattern alone finds. The characters are read off the pattern, so that nobody has to keep them in step.
    """

    __slots__ = ("_begins", "whole")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.whole = re.compile(pattern, flags)
        first = _first(pattern, flags)
        self._begins = re.compile(f"[{first}]", flags) if first else None

    @property
    def pattern(self) -> str:
        """As it was written."""
        return self.whole.pattern

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match in this stretch."""
        if self._begins is None or min(end, len(text)) - start < _SHORT:
            return self.whole.finditer(text, start, end)
        return self._found(self._begins, text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in this stretch."""
        if self._begins is None or min(end, len(text)) - start < _SHORT:
            return self.whole.search(text, start, end)
        return next(self._found(self._begins, text, start, end), None)

    def sub(self, put: Callable[[re.Match[str]], str] | str, text: str) -> str:
        """The text with something put in place of every match."""
        return text if len(text) >= _SHORT and self.search(text) is None else self.whole.sub(put, text)

    def _found(self, begins: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        at, tried, match = start, 0, self.whole.match
        for begin in begins.finditer(text, start, end):
            place = begin.start()
            if place < at:
                continue
            tried += 1
            if tried > _FEW and tried * _DENSE > place - start:
                yield from self.whole.finditer(text, place, end)
                return
            found = match(text, place, end)
            if found is not None:
                yield found
                at = found.end()


def needed(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    """Finds a character without which none of the patterns finds anything: quicker than to try them all."""
    several = [_needed(_read(one.pattern, one.flags)) for one in patterns]
    of = frozenset().union(*several) if all(several) else frozenset()
    return re.compile(f"[{''.join(sorted(of))}]" if 0 < len(of) <= _MOST else "")


def _needed(parts: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """The fewest characters of which one stands in every match; empty if that cannot be told."""
    found = [of for kind, what in parts if 0 < len(of := _needed_by(str(kind), what)) <= _MOST]
    return min(found, key=len, default=frozenset())


def _needed_by(kind: str, of: Any) -> frozenset[str]:  # the standard library says no more
    match kind:
        case "LITERAL" | "IN":
            return _of_one(kind, of)[0]
        case "BRANCH":
            several = [_needed(one) for one in of[1]]
            return frozenset().union(*several) if all(several) else frozenset()
        case "SUBPATTERN":
            return _needed(of[3])
        case "MAX_REPEAT" | "MIN_REPEAT" if of[0]:
            return _needed(of[2])
    return frozenset()


def _read(pattern: str, flags: int) -> Iterable[tuple[Any, Any]]:
    """The parts of a pattern; none if this interpreter has what reads them elsewhere."""
    try:
        return cast("Iterable[tuple[Any, Any]]", import_module("re._parser").parse(pattern, flags))
    except ImportError:
        return ()


def _first(pattern: str, flags: int) -> str:
    """The characters that a match can begin with, as a class has them; empty if they cannot be told, or are too many."""
    of = _of_sequence(_read(pattern, flags))
    return "".join(sorted(of[0])) if not of[1] and len(of[0]) <= _MOST else ""


_ANY = frozenset(str(number) for number in range(_MOST + 1))
"""Stands for more than `_MOST`."""
_Of = tuple[frozenset[str], bool]
"""What something begins with, and whether it may be empty: then what follows begins the match as well."""


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> _Of:
    first = frozenset[str]()
    for kind, of in parts:
        begins, empty = _of_one(str(kind), of)
        first |= begins
        if not empty:
            return first, False
    return first, True


def _of_one(kind: str, of: Any) -> _Of:  # the standard library says no more
    match kind:
        case "LITERAL":
            return frozenset({re.escape(chr(of))}), False
        case "IN":
            return frozenset().union(*(_of_class(str(one), what) for one, what in of)), False
        case "BRANCH":
            several = [_of_sequence(one) for one in of[1]]
            return frozenset().union(*(one for one, _ in several)), any(empty for _, empty in several)
        case "SUBPATTERN":
            return _of_sequence(of[3])
        case "MAX_REPEAT" | "MIN_REPEAT":
            begins, empty = _of_sequence(of[2])
            return begins, empty or of[0] == 0
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return frozenset(), True
    return _ANY, True


def _of_class(kind: str, of: Any) -> frozenset[str]:  # the standard library says no more
    match kind:
        case "LITERAL":
            return frozenset({re.escape(chr(of))})
        case "RANGE":
            return frozenset(re.escape(chr(one)) for one in range(of[0], min(of[1], of[0] + _MOST) + 1))
        case "CATEGORY" if str(of) in _CATEGORIES:
            return frozenset({_CATEGORIES[str(of)]})
    return _ANY


_CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}
