"""Where rows of a table are spoken of: by the name of the thing, or by a part of it that is no other's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.understanding.marked import Marked

_LEAST = 2
"""So many characters of a name are enough to mean the thing."""


_SIZE_OF_MODEL = re.compile(r"(?<=[A-Za-z\-])\d{2,4}$|^\d{2,4}(?=芯$)")
"""GXF-288 is the 288 for people."""
_IN_LONGER = re.compile(r"[A-Za-z\d.\-]$")
_NAMES_BY_SIZE = re.compile(r"的|芯|型|那|不要|不用|再|改|换|加|减|少|多|去掉|取消|是|要")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a row is spoken of."""

    row: int
    start: int
    end: int


def mentioned(marked: Marked, names: list[str]) -> Iterator[Mention]:
    """Where one of these is named, whole or by a part that is no other's, in the order of the text."""
    text, plain_at = _without_of(marked.text)
    sizes = {size for called in names for size in _SIZE_OF_MODEL.findall(called)}
    found, closed = list[Mention](), bytearray(len(text))
    parts = sorted(
        {(part, number) for number, called in enumerate(names) for part in _parts(called)},
        key=lambda one: (-len(one[0]), one[0]),
    )
    shared = {part for part, _ in parts if sum(part == other for other, _ in parts) > 1}
    for part, number in parts:
        at = text.find(part)
        while at >= 0:
            if 1 not in closed[at : at + len(part)]:
                closed[at : at + len(part)] = b"\x01" * len(part)
                if part not in shared and (part not in sizes or _is_size(text, at, at + len(part))):
                    found.append(Mention(number, plain_at[at], plain_at[at + len(part) - 1] + 1))
            at = text.find(part, at + 1)
    yield from sorted(found, key=lambda one: one.start)


def _is_size(text: str, start: int, end: int) -> bool:
    """288的不要了, 576芯改两台: whether these digits stand alone, and no other number of things or longer model."""
    return not _IN_LONGER.search(text, max(0, start - 1), start) and bool(_NAMES_BY_SIZE.match(text, end))


def _without_of(text: str) -> tuple[str, list[int]]:
    """煮面的锅 as 煮面锅, and where each character stood."""
    places = [at for at, char in enumerate(text) if char != "的" or not ("\u4e00" <= text[at + 1 : at + 2] <= "\u9fff")]
    return "".join(text[at] for at in places), places


def _parts(called: str) -> set[str]:
    """The name and what people leave of it: its end, or its beginning if that is no number."""
    if not re.search(r"[\u4e00-\u9fff]", called):
        return {called, *_SIZE_OF_MODEL.findall(called)} if called else set()
    if len(called) < _LEAST:
        return {called}
    ends = {called[at:] for at in range(len(called) - _LEAST + 1)}
    heads = {called[:at] for at in range(_LEAST, len(called))} if len(called) > _LEAST else set()
    return {
        one
        for one in (*ends, *heads)
        if len(one) >= _LEAST and not re.match(r"[一二两三四五六七八九单双多大小][头眼门口]?$", one)
    }


def told_until(marked: Marked, mentions: list[Mention], number: int) -> int:
    """Where what is said of a thing ends: at the next one, or with the sentence."""
    one = mentions[number]
    end = marked.sentence_end(one.start)
    line = marked.text.find("\n", one.end)
    end = min(end, line) if line >= 0 else end
    following = next((other.start for other in mentions[number + 1 :] if other.row != one.row), end)
    return min(end, following)
