"""Texts told over several messages: what comes later about the same thing is added, unless it says the same anew.

新建给水管260米, and then 管径PE160; 备注:水表装院墙外, and then 备注再加一句 下午才有人.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.folding import fold
from dialogs.reading import Understood
from dialogs.understanding.atoms import atoms
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.marked import Marked
from model.draft import Answer
from model.fields import Field, TextField
from model.form import Form
from model.values import Words

LONG = 300
"""Free words of so many characters can be told in parts."""
ADDS = re.compile(r"还[有要得]?|另[外有]?|再|也|补(?!偿|贴)|追加|[添外加]上|加(?=[一个条点])|此外|除了|接着|并且?")
"""What comes besides."""
_INSTEAD = re.compile(
    r"不对|不是|改(?:[成为到用下]|一下|[:,\s]|$)|换成|错|更正|纠正|重新|重写|应该?[是为]|实际|颠倒|删|去掉|不要|只[写填留要]|记[反串]|[写说填报记]反"
)
"""What comes in place of what was said."""
_LEAD = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}?(?=再|还要?|补充))?(?:里[面头]?|上|那?一?[栏块项格行条里])?(?:还要?|再|也|另外?|又|就|请|给我|帮我|麻烦){0,3}"
    r"(?:补充|补|追加|添加|添|加|写|记|填|注|有)?(?:上|进去|说明)?(?:一?[点条句个项笔下儿]){0,2}[:,\s]{0,3}"
)
"""再补充一点: the words that only say that more comes."""
_NEAR, _HEAD = 12, 8
_KINDS = (
    ("米", "公里", "千米", "m", "km"),
    ("户",),
    ("栋", "幢"),
    ("平", "平米", "平方米", "平方", "㎡"),
    ("间",),
    ("亩",),
)
_NUMBERS = re.compile(r"[\d.一二三四五六七八九十百千两]+")
_WIDE = re.compile(r"(?:DN|PE|DE|φ|管径|口径|直径)\s?(?:是|为)?\s?\d", re.IGNORECASE)


def with_more(form: Form, answers: Mapping[str, Answer], marked: Marked, taken: Candidate) -> Candidate:
    """The candidate with what was told for its field before, if that still stands."""
    field, kept = form.fields[taken.field], answers.get(taken.field)
    old = kept.value.text if kept is not None and isinstance(kept.value, Words) else ""
    if not old or not goes_on_long(field) or not isinstance(taken.reading, Understood):
        return taken
    new = taken.reading.value.text if isinstance(taken.reading.value, Words) else ""
    told = marked.said(max(0, taken.start - _NEAR), taken.end)
    if not new or _bare(old) in _bare(new) or _INSTEAD.search(told) or _same_but_numbers(old, new):
        return taken
    adds = bool(ADDS.search(told.removesuffix(new) + new[:_HEAD]))
    if not adds and same_kind(old, new):
        return taken
    if adds:
        new = _LEAD.sub("", new, count=1) or new
    text = old if _bare(new) in _bare(old) else f"{old}，{new}"
    if len(text) > getattr(field, "most", 0):
        return taken
    return replace(taken, reading=Understood(Words(text=text)))


def goes_on_long(field: Field) -> bool:
    """Whether what is told for it is free words that may come in parts."""
    return isinstance(field, TextField) and not field.name_only and field.most >= LONG


def same_kind(old: str, new: str) -> bool:
    """Whether both tell a number of one kind: 260米 and 320米, DN80 and DN100."""
    return bool(_kinds(old) & _kinds(new))


def _kinds(said: str) -> set[object]:
    units = {one.unit for one in atoms(fold(said)) if one.shape == "amount" and one.unit}
    found: set[object] = {next((kind for kind in _KINDS if unit in kind), unit) for unit in units - {"dn"}}
    return found | ({"wide"} if _WIDE.search(fold(said)) else set())


def _same_but_numbers(old: str, new: str) -> bool:
    """Whether it is what was told, with a number in it put right: 覆盖216户, 覆盖234户."""
    return _NUMBERS.sub("", _bare(old)) == _NUMBERS.sub("", _bare(new))


def _bare(text: str) -> str:
    return re.sub(r"[\s,，。;；、:：]", "", fold(text))
