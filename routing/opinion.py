"""Survey and acceptance opinions in the county's words (X39, X41)."""

from collections.abc import Sequence
from typing import Final

from model.process import Opinion
from routing.refusal import No

_NOTHING: Final = {"没有", "没", "无", "略", "不知道", "不清楚", "-", "—", "/", "、", "。"}
"""Words that say nothing, where something has to be said."""


def said(words: str) -> str:
    """What was said; nothing where the words only fill the box."""
    told = words.strip()
    return "" if told.strip("。.！!") in _NOTHING | {""} else told


def opinion_of(do: str, text: str, remark: str, choices: Sequence[Opinion]) -> Opinion:
    """The county's opinion of these words; 不符合 and the like need their reasons (X41)."""
    opinion = next((one for one in choices if one.text == text), None)
    if opinion is None:
        raise No(f"{do}.unknown", choices="、".join(one.text for one in choices))
    if opinion.needs_text and not remark.strip():
        raise No(f"{do}.needs_text", opinion=opinion.text)
    return opinion
