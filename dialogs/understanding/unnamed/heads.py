"""Who is said to be the head of what applies, and to apply himself: 老板李示例 我自己, 理事长李示例 本人打的, 老板李示例 3425….

Of one person's business (its code begins with 92) he is the only one named: 泾县示例理发店 9234… 店主李示例.
"""

import re
from collections.abc import Iterator

from dialogs.derived import derived
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.headed import REPRESENTATIVES
from dialogs.understanding.lexicon import Sense, lexicon
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import ChoiceField
from model.form import Form
from model.values import Pick, Picks

_HEADS = (
    r"(?:法人|法定代表人|法代|老板娘?|经营者|店主|掌柜的?|东家|当家[的人]|主理人|负责人|董事长|理事长|[场厂园校院社]长)"
)
_HEAD = re.compile(r"法人|法定代表人|法代|老板娘?|经营者|店主|掌柜的?|董事长|理事长|场长")
_IT_IS_ME = re.compile(rf"{_HEADS}(?:\s?:\s?|\s)(?:就是?|是|也是|还是)?[我俺](?:本人|自己)?[\s,:、]{{1,2}}$")
"""Before a name: 当家的:就我本人 李示例, 老板:我 李示例."""
_NAMED_ME = re.compile(rf"{_HEADS}(?:\([^()\n]{{0,8}}\))?\s?:?\s?$")
_ME = re.compile(r"\s?\((?:就是?|也是|是)?[我俺](?:本人|自己)?\)")
"""Around a name: 老板:李示例(我)."""
_HIMSELF = re.compile(
    r"[\s,、(]{0,2}(?:[我他她](?:本人|自己)|本人|自己(?:来|打|办)|就是[我他她](?![们的爸妈爹娘])|来电本人)"
)
_NO_CLERK = re.compile(r"替|代办|经办|委托|跑[腿手]|让我|叫我|派我|帮")
_ANOTHER = re.compile(
    r"[我俺](?:是(?![开做干搞])|叫|姓)|(?<!本人)来电(?:人|者)?(?!本人)|[店经]长|店员|前台|不在|出差|外地"
)
"""Somebody else speaks, or may."""
_SOLE_TRADER = re.compile("92")
_CALLS = re.compile(r"(?:来电|打电话)(?!本人)[^,。;\n\d]{0,8}$|(?:办事|经手|经办|跑[手腿])[^,。;\n\d]{0,4}$")
_DOES_IT = re.compile(r"[\s,]{0,2}(?:是|由)?[他她]?(?:来|代|去)?(?:办|经办|跑[腿手]|跑(?![步车]))(?!公)")
_CLERKS = frozenset({"办事人", "经手人", "代办人", "经办人", "经办", "办事员", "办事的", "跑腿的"})
_FOR_HIM = "替单位"
_SAID = "我就是老板"
"""What says so in any county's words."""


def heads(scene: Scene) -> Iterator[Candidate]:
    """The option that says so; it is read back where it only follows from the identity number behind the name."""
    yield from _represented(scene)
    told = _as_head(scene.form)
    if told is None or not scene.open(field := scene.form.fields[told.name]) or not isinstance(field, ChoiceField):
        return
    if (needs := scene.needs(field)) is None or _NO_CLERK.search(scene.marked.text):
        return
    found = _head(scene.marked)
    if found is not None:
        name, sure = found
        value = Picks(picks=(Pick(option=told.option),))
        yield Candidate(
            field.id,
            Understood(value),
            name.start,
            name.end,
            44 if sure else 30,
            "老板自己",
            needs,
            "said" if sure else "guessed",
            not sure,
            (BESIDE,),
        )


def _represented(scene: Scene) -> Iterator[Candidate]:
    """That somebody else applies for the head who is named: 法人李示例 来电会计 尚示例."""
    told, named = _for_him(scene.form), represented(scene.marked)
    if told is None or named is None or not scene.open(field := scene.form.fields[told.name]):
        return
    if (needs := scene.needs(field)) is not None:
        value = Picks(picks=(Pick(option=told.option),))
        yield Candidate(
            field.id, Understood(value), named.start, named.end, 30, "法人以外的人", needs, "guessed", True, (BESIDE,)
        )


@once
def represented(marked: Marked) -> Name | None:
    """Whoever is named beside the head of a firm, and calls or does the errands."""
    people = [one for one in marked.people if one.kind == "person" and one.sure]
    clerk = next((one for one in people if one.cue in _CLERKS), None)
    if clerk is not None and marked.firms:
        return clerk
    if not any(one.cue in REPRESENTATIVES for one in people):
        return None
    return next((one for one in people if one.cue not in REPRESENTATIVES and _acts(marked, one)), None)


def _acts(marked: Marked, name: Name) -> bool:
    before = marked.said(max(0, name.start - 12), name.start)
    return bool(_CALLS.search(before) or _DOES_IT.match(marked.text, name.end))


@derived
def _as_head(form: Form) -> Sense | None:
    return _told(form, _SAID)


@derived
def _for_him(form: Form) -> Sense | None:
    return _told(form, _FOR_HIM)


def _told(form: Form, said: str) -> Sense | None:
    hits = lexicon(form).scan(said)
    return next((sense for hit in hits if hit.text == said for sense in hit.of("option")), None)


@once
def _head(marked: Marked) -> tuple[Name, bool] | None:
    """The head named in the message, and whether it is said that he applies himself."""
    people = [one for one in marked.people if one.kind == "person" and (one.sure or one.cue)]
    traded = any(
        _SOLE_TRADER.match(marked.text, atom.start) for atom in marked.numbered if atom.shape == "organisation"
    )
    himself = next((one for one in marked.people if one.kind == "person" and _is_me(marked, one)), None)
    if himself is not None:
        return himself, True
    for one in people:
        if not _HEAD.fullmatch(one.cue):
            continue
        if _HIMSELF.match(marked.text, one.end):
            return one, True
        follows = marked.atoms_from(one.end, one.end + 12)
        if len(people) == 1 and (
            any(atom.shape == "identity" for atom in follows) or (traded and not _ANOTHER.search(marked.text))
        ):
            return one, False
    return None


def _is_me(marked: Marked, name: Name) -> bool:
    before = marked.said(max(0, name.start - 18), name.start)
    return bool(_IT_IS_ME.search(before) or (_NAMED_ME.search(before) and _ME.match(marked.text, name.end)))
