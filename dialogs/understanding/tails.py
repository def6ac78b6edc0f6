"""Numbers of which only the last characters are told again: 尾号是624, 末尾那俩数是28, 结尾应为7 不是3."""

import re
from collections.abc import Iterator

from dialogs.kinds import code as codes
from dialogs.kinds.phone import read_phone
from dialogs.numerals import DIGITS
from dialogs.reading import Reading, Understood
from dialogs.schemes import scheme_of
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.scene import Scene
from model.fields import CodeField, ContactField, Field, PhoneField
from model.values import Code, Contact, Phone, Value

_LAST = (
    r"(?:尾号|尾数|(?:后|最后|末|末尾|末了|结尾|尾)(?:头|面|边)?[的那这]?(?:[一两二俩三仨四五六七八](?=[数字位个是]))?(?:个|位)?(?:数字?|号码?|字母?|字)"
    r"|(?:后|最后|末|末尾|末了|结尾|尾)(?:头|面|边)?[的那这]?[一两二俩三仨四五六七八]?[个位]|最后|末尾|结尾|末了|尾巴(?:[上后][头面]?)?)"
)
_WRONG = (
    r"(?:[^\dXx\n]{0,8}(?:不是|不应是|不该是|不应为|并非)\s*[\dXx]{1,6}[\s,]*(?:而|应该|应)?[是为]"
    r"|[那这]?个?\s?[\dXx]{1,6}\s?(?:得|要|应该?|该|给我?)?(?:换|改)(?:成|为|作))"
)
"""末位不是8 是X; 尾巴上那个8得换成X."""
_TAIL = Sought(
    rf"{_LAST}(?:{_WRONG})?[^\dXx\n]{{0,14}}?(?:是|为|改成|成|写)?\s*"
    rf"(?P<tail>[\dXx]{{1,6}}(?![\dA-Za-z个位])|[{''.join(DIGITS)}]{{1,6}}(?![{''.join(DIGITS)}个位天号楼栋户台月年周次批份张页点块期路口套间层回家样]))"
)
_ACCOUNT = re.compile(r"账[号户]|帐[号户]|银行|[银信]用?卡|卡号|开户行|农商行|对公")
"""对公账户末四位6681: a number that is none of the form's."""
_STAYS = re.compile(r"\s?(?:千?瓦|千伏安|[kK][vVwW][aA]?)?(?:不[变动改]|没变|照旧|还是)")
"""负荷写45 后头那个63不变: another figure, and it stays."""
_OLD_TAIL = re.compile(r"不是\s?([\dXx]{1,6})(?![\dA-Za-z])")

_NOT_IT = re.compile(r"[\s,]{0,2}(?:不是|不对|错了)[\s,]{1,2}(?:应该?)?是?\s?([\dXx]{1,6})(?![\dA-Za-z])")
"""户号末尾18 不是 是81."""


def tails(scene: Scene) -> Iterator[Candidate]:
    """Values of which this message tells the end again."""
    solid = [one for one in scene.marked.numbered if one.shape in ("phone", "identity", "organisation", "project")]
    for match in _TAIL.finditer(scene.marked.text):
        if any(one.start < match.end() and match.start() < one.end for one in solid):
            continue
        if _STAYS.match(scene.marked.text, match.end()) or _ACCOUNT.search(
            scene.marked.text, scene.marked.sentence_start(match.start()), match.end()
        ):
            continue
        tail = "".join(str(DIGITS.get(char, char)) for char in match["tail"]).upper()
        if other := _NOT_IT.match(scene.marked.text, match.end()):
            tail = other[1].upper() if len(other[1]) == len(tail) else tail
        old = _OLD_TAIL.search(scene.marked.text, match.start(), match.end() + 8)
        yield from _tails(scene, tail, match.start(), match.end(), old[1].upper() if old else "")


def _tails(scene: Scene, tail: str, start: int, end: int, old_tail: str) -> Iterator[Candidate]:
    """A number with its last characters replaced: the one named, of the person named, else the last one spoken of."""
    targets = _targets(scene, (PhoneField, ContactField, CodeField), old_tail if old_tail != tail else "")
    for n, (field, old) in enumerate(targets):
        reading = _with_tail(scene, field, old, tail)
        if reading is not None:
            yield Candidate(field.id, reading, start, end, 90 - n, f"末尾改成{tail}", group=("tail",), how="own")


def _targets(scene: Scene, kinds: tuple[type, ...], ends: str) -> list[tuple[Field, Value | str]]:
    fields = scene.form.fields
    named = {one.field.id for hit in scene.marked.hits for one in hit.of("label") if isinstance(one.field, kinds)}
    known: list[tuple[Field, Value | str]] = [
        (fields[name], value)
        for name in dict.fromkeys((*reversed(scene.draft.trail), *scene.answers))
        if name in scene.answers
        and name in fields
        and isinstance(fields[name], kinds)
        and (value := scene.answers[name].value) is not None
    ]
    slips: list[tuple[Field, Value | str]] = [
        (fields[name], said)
        for name, said in scene.draft.slips.items()
        if name in fields and isinstance(fields[name], kinds)
    ]
    people = [one.text for one in scene.marked.people] + [
        value.name for _, value in known if isinstance(value, Contact) and value.name in scene.marked.text
    ]
    of_person: list[tuple[Field, Value | str]] = [
        (one, value) for one, value in known if isinstance(value, Contact) and value.name in people
    ]
    if of_person:
        return of_person
    of_name = [(one, value) for one, value in (*slips, *known) if one.id in named]
    if of_name:
        return of_name[:1]
    if named:
        return []
    if slips:
        return slips[:1]
    first = [one for one in known if ends and _digits(one[1]).endswith(ends)][:1] or known[:1]
    digits = _digits(first[0][1]) if first else ""
    return [(one, value) for one, value in known if digits and _digits(value) == digits]


def _digits(value: Value | str) -> str:
    match value:
        case Phone(number=number) | Code(number=number):
            return number
        case Contact(phone=phone):
            return phone
        case _:
            return value if isinstance(value, str) else ""


def _with_tail(scene: Scene, field: Field, old: Value | str, tail: str) -> Reading | None:
    digits = _digits(old)
    if len(digits) < len(tail):
        return None
    mobile = isinstance(field, PhoneField | ContactField) and digits.startswith("1")
    made = digits[: (11 if mobile else len(digits)) - len(tail)] + tail
    match field:
        case CodeField():
            scheme = scheme_of(field, scene.answers)
            if scheme == "identity":
                return codes.identity(made, scene.context.now.date())
            if scheme == "organisation":
                return codes.organisation(made)
            return codes.project(made) if scheme == "project" else codes.account(made)
        case ContactField() if isinstance(old, Contact):
            reading = read_phone(made, scene.context.area_code)
            if isinstance(reading, Understood) and isinstance(reading.value, Phone):
                return Understood(Contact(name=old.name, phone=reading.value.number))
            return reading
        case _:
            return read_phone(made, scene.context.area_code)
