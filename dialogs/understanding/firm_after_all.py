"""A firm told after whoever applies in his own name: it applies, and he heads it (我叫李示例 4107… 牌照是新乡县示例浴池 9241…)."""

import re
from collections.abc import Iterator, Mapping

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.cues import corrects
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.people import shaped_as_person
from dialogs.understanding.scene import Scene
from dialogs.understanding.unnamed.not_applicants import is_formers
from model.fields import ChoiceField, CodeField, TextField
from model.values import Code, Contact, Pick, Picks, Value, Words

_SCORE = 92
_NUMBER_SCORE = 60
_SOLE_TRADER = "92"
"""Such a code is one person's business, and that person is its head."""
_NAMED = re.compile(
    r"(?:执照|牌照|证书|公章|登记证?|注册|全名|全称|大名|字号|抬头|招牌|[店厂校]名|单位|公司|名字|名称|名)[^,。;\d]{0,8}$"
)
"""What says of a name that it is that of the firm."""
_CODED = 24
"""Characters between a firm and its code."""
_FOR_ANOTHER = re.compile(r"替|代办|经办|委托|跑[腿手]|帮[我俺他她]|办事员|会计|文员|行政|后勤")


def firm_after_all(scene: Scene) -> Iterator[Candidate]:
    """The firm in place of the person told before, he as its head, and his number as the head's."""
    fields = fillable(scene.form)
    field = next((one for one in fields.names if one.names == "either"), None)
    person = _person(scene, field)
    firm = _firm(scene.marked)
    if firm is not None and _code_told(scene.marked):
        yield from _it_applies(scene, firm)
    if field is None or person is None or firm is None:
        return
    codes = [one for one in fields.own_codes if _identity(scene, one)]
    headed = any(not scene.open(one) and scene.before[one.id].value == Words(text=person) for one in fields.heads)
    if not codes and not headed:
        return  # who is not identified gives way anyhow
    at, end = firm.start, firm.end
    if not _code_told(scene.marked):
        yield from _it_applies(scene, firm)
    for code in codes:
        if not _code_told(scene.marked):
            yield Candidate(code.id, None, at, end, _SCORE, "号码是法人自己的", group=(BESIDE,), withdrawn=True)
    yield Candidate(field.id, Understood(Words(text=firm.text)), at, end, _SCORE, "后来说的单位")
    if _is_clerk(scene, person) or _FOR_ANOTHER.search(scene.marked.text) or _others(scene.marked, person):
        return
    for head in fields.heads:
        if scene.open(head):
            yield _beside(head.id, Words(text=person), at, end)
    for own in fields.codes:
        if _is_heads(own) and scene.open(own) and codes:
            number = scene.before[codes[0].id].value
            if number is not None and not any(one.shape == "identity" for one in scene.marked.numbered):
                yield _beside(own.id, number, at, end)


def displaced(scene: Scene, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """The same where a firm's code takes the place of his number: 褚示例 4107…, and then 服务部 执照9241…."""
    if any(one.shape == "identity" for one in scene.marked.numbered):
        return
    if _FOR_ANOTHER.search(scene.marked.text):
        return  # 我替示例服务部跑腿
    fields = fillable(scene.form)
    for own in fields.own_codes:
        one, before = taken.get(own.id), scene.before.get(own.id)
        old = before.value if before is not None else None
        new = one.reading.value if one is not None and isinstance(one.reading, Understood) else None
        if one is None or not (isinstance(old, Code) and old.scheme == "identity" and isinstance(new, Code)):
            continue
        if new.scheme != "organisation":
            continue
        name = _applied(scene)
        if any(scene.answers[head.id].value != name for head in fields.heads if head.id in scene.answers):
            return  # somebody else is the head
        unsure = not new.number.startswith(_SOLE_TRADER)
        values: list[tuple[str, Value]] = [(field.id, old) for field in fields.codes if _is_heads(field)]
        if name is not None:
            values += [(head.id, name) for head in fields.heads]
        for field, value in values:
            if field not in scene.before and (needs := scene.needs(scene.form.fields[field])) is not None:
                yield Candidate(
                    field, Understood(value), one.start, one.end, _NUMBER_SCORE, "先前报的是本人", needs, "derived", unsure, (BESIDE,)
                )  # fmt: skip


def _it_applies(scene: Scene, firm: Name) -> Iterator[Candidate]:
    """That a firm applies, where it was said or taken before that a person does."""
    for code in fillable(scene.form).own_codes:
        kind = scene.form.fields[code.by.field] if code.by is not None else None
        if isinstance(kind, ChoiceField) and kind.id in scene.before:
            option = next((one.text for one in kind.options if one.told_by == "organisation"), None)
            if option is not None:
                yield _beside(kind.id, Picks(picks=(Pick(option=option),)), firm.start, firm.end)


def _beside(field: str, value: Value, start: int, end: int) -> Candidate:
    return Candidate(field, Understood(value), start, end, _SCORE, "单位是他的", certainty="derived", group=(BESIDE,))


def _person(scene: Scene, field: TextField | None) -> str | None:
    """Whoever stood as the applicant before this message."""
    answer = scene.before.get(field.id) if field is not None else None
    value = answer.value if answer is not None else None
    return value.text if isinstance(value, Words) and shaped_as_person(value.text) else None


def _applied(scene: Scene) -> Words | None:
    """The person who was taken for the applicant, before the firm was told."""
    values = (answer.value for answer in scene.before.values())
    people = [one for one in values if isinstance(one, Words) and shaped_as_person(one.text)]
    return people[0] if len(people) == 1 else None


def _is_heads(field: CodeField) -> bool:
    return field.scheme == "identity" and field.by is None


def _identity(scene: Scene, code: CodeField) -> bool:
    answer = scene.before.get(code.id)
    return answer is not None and isinstance(answer.value, Code) and answer.value.scheme == "identity"


def _code_told(marked: Marked) -> bool:
    return any(one.shape == "organisation" for one in marked.numbered)


@once
def _firm(marked: Marked) -> Name | None:
    """The one firm that the message names as what applies: by its code, or as what a licence says."""
    firms = [one for one in marked.firms if one.sure and not is_formers(marked, one.start, one.end)]
    if len(firms) != 1 or corrects(marked):
        return None
    firm = firms[0]
    coded = any(one.shape == "organisation" for one in marked.atoms_from(firm.start - _CODED, firm.end + _CODED))
    named = _NAMED.search(marked.said(max(0, firm.start - 14), firm.start))
    return firm if coded or named else None


def _others(marked: Marked, person: str) -> bool:
    """Whether somebody else is named here as its head."""
    return any(one.kind == "person" and one.text != person for one in marked.people)


def _is_clerk(scene: Scene, person: str) -> bool:
    """Whether he was told before as whoever does the errands."""
    return any(isinstance(one.value, Contact) and one.value.name == person for one in scene.before.values())
