"""Whose each number of a long message is: 婆婆手机136…, 我叫李示例手机158…, 法人137…; and the one of whom is spoken (写她的)."""

import re

from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.people import names_himself
from dialogs.understanding.titles import KIN, TITLES
from dialogs.understanding.within.contacts import is_spare
from model.fields import ContactField, PhoneField, TextField

_NUMBER = r"(?:本人|自己)?(?:会用)?[的嘞哩]?(?:是?老人机|联系)?(?:手机号?码?|电话号?码?|号码?|座机)?[是为:,、\s]{0,3}$"
_MINE = re.compile(rf"(?:[我俺咱](?:自己|本人|个人)?|本人){_NUMBER}")
_OTHERS = re.compile(
    rf"(?:{KIN}|{TITLES}|[\u4e00-\u9fff]总|老板娘?|法人|法代|他|她)(?:[\u4e00-\u9fff]{{2,3}})?{_NUMBER}"
)
_ASIDE = 30
"""Characters before a number in which its owner is looked for."""
_STOPS = re.compile(r"[。;\n]")
ME = "我"


def number_of(marked: Marked, whom: str) -> Atom | None:
    """The number in this message of whoever is called so (`ME`: of whoever writes), where it tells several."""
    phones = _phones(marked)
    if len({one.text for one in phones}) < 2:
        return None
    own = [one for one in phones if _is_mine(marked, one)]
    if whom == ME:
        if own:
            return own[-1]
        rest = [one for one in phones if not _OTHERS.search(_before(marked, one))]
        return rest[0] if len(rest) == 1 else None
    if len(whom) > 1 or whom not in "他她":
        called = [one for one in phones if one not in own and _is_of(marked, one, whom)]
        if called:
            return called[-1]
    rest = [one for one in phones if one not in own]
    return rest[0] if own and len(rest) == 1 else None


@once
def _phones(marked: Marked) -> list[Atom]:
    return [one for one in marked.numbered if one.shape == "phone" and not _counts(marked, one)]


def _counts(marked: Marked, atom: Atom) -> bool:
    """Whether it stands behind the name of another number: 户号0520077341."""
    label = marked.label_before(atom.start)
    return (
        label is not None
        and atom.start - label.end <= 1
        and not any(
            isinstance(one.field, PhoneField | ContactField)
            or (isinstance(one.field, TextField) and one.field.name_only)
            for one in label.of("label")
        )
    )


_FIRST, _LAST = "(?:前|上)(?:面|边|头)?|头一|第一|先(?:说|报|写)的", "(?:后|下)(?:面|边|头)?|第二|最后|后(?:说|报|写)的"
_ONE = "(?:这|那)?一?个?(?:号码?|手机|电话)?"
_BY_PLACE = re.compile(
    rf"(?:打|用|留|写|填|登|记|拨|以)(?:(?P<first>{_FIRST})|(?P<last>{_LAST}))(?:这|那)?一?个(?:号码?|手机|电话)?"
    rf"|(?:(?P<front>{_FIRST})|(?P<end>{_LAST})){_ONE}(?:是我)?(?:最|比较|平时|一直)?(?:常用|为准|打得通|能打通|好打|方便|在用|是主号)"
)


@once
def by_place(marked: Marked) -> Atom | None:
    """The number of two that is told by its place: 打后面那个, 前面那个常用."""
    phones = _phones(marked)
    said = _BY_PLACE.search(marked.text)
    if said is None or len(phones) != 2 or said.start() < phones[1].end or phones[0].text == phones[1].text:
        return None
    if _NOT.search(marked.said(max(0, said.start() - 2), said.start())):
        return None
    return phones[0] if said["first"] or said["front"] else phones[1]


_NOT = re.compile(r"[别不没]要?$")


@once
def own_number(marked: Marked) -> Atom | None:
    """The number of whoever writes for himself, where all the others told are those of his people: 俺闺女手机178…."""
    mine = number_of(marked, ME)
    others = [one for one in _phones(marked) if mine is not None and one.text != mine.text]
    if mine is None or _FOR_THEM.search(marked.text) or is_spare(marked, mine):
        return None
    return mine if all(_is_of_his_people(marked, one) for one in others) else None


def _is_of_his_people(marked: Marked, atom: Atom) -> bool:
    return bool(_OF_HIS_PEOPLE.search(_before(marked, atom)) or _IS_THEIRS.match(marked.text, atom.end))


_FOR_THEM = re.compile(rf"(?:替|帮|给|代)[我俺咱]们?家?(?:{KIN})")
_OF_HIS_PEOPLE = re.compile(
    rf"(?:(?:[我俺]们?家?(?:{KIN})|会计|出纳|门卫|保管)(?:[\u4e00-\u9fff]{{2,3}})?|[,\s][他她]){_NUMBER}"
)

_IS_THEIRS = re.compile(rf"[\s,(]{{0,2}}(?:那|这)?个?[是为](?:[我俺]们?家?(?:{KIN})|会计|出纳|门卫|保管)的?")
"""137…是我儿子的,我的是138…."""


@once
def _before(marked: Marked, atom: Atom) -> str:
    """What is said between the number before this one and this one."""
    last = max((one.end for one in marked.numbered if one.end <= atom.start), default=0)
    said = marked.said(max(last, atom.start - _ASIDE), atom.start)
    return _STOPS.split(said.rstrip())[-1]


@once
def _is_mine(marked: Marked, atom: Atom) -> bool:
    """Whether it is said to be that of whoever writes: 我的158…, 我叫李示例手机158…."""
    before = _before(marked, atom)
    if _MINE.search(before):
        return True
    if _OTHERS.search(before):
        return False
    near = [one for one in marked.people if one.kind == "person" and atom.start - len(before) <= one.start < atom.start]
    return bool(near) and names_himself(marked.text, near[-1])


def _is_of(marked: Marked, atom: Atom, whom: str) -> bool:
    """Whether it stands behind this word for somebody, or behind the name of whom it tells: 法人范示例 138…."""
    before = _before(marked, atom)
    if re.search(rf"{re.escape(whom)}(?:[\u4e00-\u9fff]{{2,3}})?{_NUMBER}", before):
        return True
    at = atom.start - len(before)
    names = [one for one in marked.people if one.kind == "person" and (whom in (one.cue, one.text, one.text[1:]))]
    return any(
        at <= one.start < atom.start or re.search(rf"{one.text}{_NUMBER}", before) is not None for one in names
    ) and not any(
        one.kind == "person" and at <= one.start < atom.start and all(one.text != each.text for each in names)
        for one in marked.people
    )
