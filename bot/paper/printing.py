"""Text from outside made fit to print: nothing of it is lost in silence, and nothing turns the rest of the line round."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from bot.paper.glyphs import printable
from model.frozen import Frozen

_LINES: Final = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_EMPTY_LINES: Final = re.compile(r"\n(?:[ \u3000]*\n)+")
_NOTHING: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
"""They have no shape of their own: soft hyphens, joiners, marks for how an emoji looks."""
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn")


@cache
def _plain() -> frozenset[str]:
    """What is printed as it is."""
    return frozenset(one for one in printable() if unicodedata.category(one) not in _UNSEEN)


class MissingGlyph(Frozen):
    """A character that our fonts do not have, and where on the sheet it stands; printed there is its `code` (〔U+20BB7〕)."""

    where: str
    character: str

    @property
    def code(self) -> str:
        """What is printed instead."""
        return f"〔U+{ord(self.character):04X}〕"


def fit(text: str, where: str) -> tuple[str, tuple[MissingGlyph, ...]]:
    """The text as it is printed, and what of it the fonts do not have, each once."""
    if _plain().issuperset(text):
        return text, ()
    missing = dict[str, MissingGlyph]()
    made = list[str]()
    for character in _LINES.sub("\n", text):
        if character == "\n" or character in _plain():
            made.append(character)
        elif character == "\t" or unicodedata.category(character) == "Zs":
            made.append(" ")
        elif character not in _NOTHING:
            missing.setdefault(character, MissingGlyph(where=where, character=character))
            made.append(missing[character].code)
    return _EMPTY_LINES.sub("\n", "".join(made)), tuple(missing.values())


def fit_all(data: Any, where: str) -> tuple[Any, tuple[MissingGlyph, ...]]:
    """The same for every text in plain data; keys are ours."""
    if isinstance(data, str):
        return fit(data, where)
    if isinstance(data, Mapping):
        done = {key: fit_all(one, where) for key, one in data.items()}
        return {key: one for key, (one, _) in done.items()}, _once(lacking for _, lacking in done.values())
    if isinstance(data, list | tuple):
        items = [fit_all(one, where) for one in data]
        return [one for one, _ in items], _once(lacking for _, lacking in items)
    return data, ()


def _once(found: Iterable[tuple[MissingGlyph, ...]]) -> tuple[MissingGlyph, ...]:
    return tuple(dict.fromkeys(one for some in found for one in some))
