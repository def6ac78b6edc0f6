"""Words of a county written short: (单位|公司)(名称|全称) stands for four of them, (现场|)负责人 for two."""

import re
from collections.abc import Iterable
from itertools import product
from typing import Annotated

from pydantic import AfterValidator

_PART = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)|([^()]+|[()])")


def alternatives(words: Iterable[str]) -> tuple[str, ...]:
    """Every word that is meant, each once, in the order written; brackets without a bar stand for themselves."""
    return tuple(dict.fromkeys(one for word in words for one in _spelt_out(word)))


def _spelt_out(word: str) -> Iterable[str]:
    if "|" not in word:
        return (word,)
    parts = [found[1].split("|") if found[1] is not None else [found[2]] for found in _PART.finditer(word)]
    return ("".join(chosen) for chosen in product(*parts))


SaidWords = Annotated[tuple[str, ...], AfterValidator(alternatives)]
"""What people say for something: alternatives are spelt out when the form is read."""
