"""Words of a county written short: (单位|公司)(名称|全称) stands for four of them, (现场|)负责人 for two."""

import re
from collections.abc import Iterable
from itertools import product
from typing import Annotated

from pydantic import AfterValidator

_PART = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)|([^()]+|[()])")


def alternatives(words: Iterable[str]) -> tuple[str, ...]:
    """Every word that is meant, each once, in the order written; brackets without a bar stand for themselves.

    Brackets may stand in brackets: what is spelt out is spelt out again, so that reading it once more changes nothing.
    """
    said = tuple(words)
    spelt = tuple(dict.fromkeys(one for word in said for one in _spelt_out(word)))
    return spelt if spelt == said else alternatives(spelt)


def _spelt_out(word: str) -> Iterable[str]:
    if "|" not in word:
        return (word,)
    parts = [found[1].split("|") if found[1] is not None else [found[2]] for found in _PART.finditer(word)]
    return ("".join(chosen) for chosen in product(*parts))


SaidWords = Annotated[tuple[str, ...], AfterValidator(alternatives)]
"""What people say for something: alternatives are spelt out when the form is read."""
