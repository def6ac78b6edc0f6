"""Words of a county written short: (单位|公司)(名称|全称) stands for four of them, (现场|)负责人 for two."""

import re
from collections.abc import Iterable
from itertools import product
from math import prod
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_PART = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)|([^()]+|[()])")
_MOST = 40_000
"""Spellings that one word may stand for: all are kept with every edition of the form, and looked for in every message."""


def alternatives(words: Iterable[str]) -> tuple[str, ...]:
    """Every word that is meant, each once, in the order written; brackets without a bar stand for themselves.

    Brackets may stand in brackets: what is spelt out is spelt out again, so that reading it once more changes nothing.
    Raises `PydanticCustomError` (too_many_spellings) for a word that stands for more than 40,000.
    """
    said = tuple(words)
    spelt = tuple(dict.fromkeys(one for word in said for one in _spelt_out(word)))
    return spelt if spelt == said else alternatives(spelt)


def _spelt_out(word: str) -> Iterable[str]:
    if "|" not in word:
        return (word,)
    parts = [found[1].split("|") if found[1] is not None else [found[2]] for found in _PART.finditer(word)]
    if (many := prod(map(len, parts))) > _MOST:
        raise PydanticCustomError(
            "too_many_spellings",
            "{word} stands for {many} words, at most {most}",
            {"word": word, "many": many, "most": _MOST},
        )
    return ("".join(chosen) for chosen in product(*parts))


SaidWords = Annotated[tuple[str, ...], AfterValidator(alternatives)]
"""What people say for something: alternatives are spelt out when the form is read."""
