"""Free text, and the names of people and firms."""

import re

from dialogs.folding import bare, plain_words, tidy
from dialogs.han import HAN
from dialogs.kinds.yes_no import says
from dialogs.reading import Context, Reading, Refusal, Understood
from model.fields import TextField
from model.values import Words

FILLER = {"不知道", "不清楚", "?", "随便"}
_CALLED = re.compile(r"^(?:俺|我)?(?:们)?(?:的名字)?(?:就?叫|是|姓名|名称|名字|单位名称|公司名称)?(?:是|叫|[:：])?\s*")
_DIGITS = re.compile(r"\d{5,}")
_NEVER = re.compile(r"[@#$%^=<>{}|~\\]")
"""What stands in no name of a person or a firm."""
_LETTERS = re.compile(rf"[{HAN}A-Za-z]")


def parse(text: str, field: TextField, _: Context) -> Reading:
    """The text as it stands (`text.empty`, `text.long`), or a name (`text.name`, `text.digits`)."""
    words = tidy(text)
    said = bare(words)
    if not said or said in FILLER or (len(said) == 1 and said.isdecimal()):
        return Refusal("text.empty")
    if len(words) > field.most:
        return Refusal("text.long", {"length": str(len(words)), "most": str(field.most)})
    return _name(words) if field.name_only else Understood(Words(text=words))


def _name(words: str) -> Reading:
    """A name without 我叫; phones, addresses and the like beside it are asked for in their own places."""
    if _DIGITS.search(words):
        return Refusal("text.digits")
    name = _CALLED.sub("", words).strip(" ,，。.;；!！")
    if (
        _NEVER.search(name)
        or len(_LETTERS.findall(name)) < 2
        or says(name) is not None
        or plain_words(name) in {"没有", "跳过", "不填"}
    ):
        return Refusal("text.name")
    return Understood(Words(text=name))
