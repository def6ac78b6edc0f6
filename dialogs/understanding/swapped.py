"""One piece of an answer in place of another: 不是中心街 是中兴街, 张三改张小三, 电话里的1234是1324, 是千瓦不是千伏安."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.kinds import parse
from dialogs.kinds.number import check
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.refused import refused_mended
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.units import fit_unit
from model.fields import AddressField, CodeField, ContactField, Field, NumberField, PhoneField, TextField
from model.values import Address, Amount, Code, Contact, Phone, Value, Words

_W = r"[一-鿿A-Za-z\d]"
_END = r"(?=$|[\s,。;!])"
_NOTED = r"(?:写|打|说|填|弄|记|报|抄|录|登|念|听|搞)"
_WRONG = rf"(?:那个|这个|那里|那块|两个字|几个字|这几个字|打头|开头)?(?:是我)?(?:不对|有误|(?:{_NOTED}[^\s,。;]{{0,2}})?(?:错|岔|反)了?)"
_IS = r"(?:而?是|应该是|应该叫|应该写|应为|改成|改为|换成|正确的是|实际是|得是|要写|叫)"
_PATTERNS = (
    re.compile(rf"不是(?P<old>{_W}{{1,16}}?)的?(?:[\s,]{{0,2}}{_IS}|[\s,]{{1,2}})\s?(?P<new>{_W}{{1,20}}){_END}"),
    re.compile(rf"(?P<new>{_W}{{1,20}})[\s,]{{0,2}}(?:不是|别写|别填|别记|不要写)(?P<old>{_W}{{1,16}}){_END}"),
    re.compile(rf"(?P<old>{_W}{{1,20}}?){_WRONG}[\s,]{{0,2}}{_IS}?\s?(?P<new>{_W}{{1,20}}){_END}"),
    re.compile(rf"(?P<old>{_W}{{1,20}}?)(?:要|得|给我|帮我)?(?:改成|改为|换成|改做|应该是|应为|那里是|改(?![造建装扩良善]))\s?(?P<new>{_W}{{1,20}}){_END}"),
    re.compile(rf"{_NOTED}成了?(?P<old>{_W}{{1,16}}?)了?[\s,]{{1,2}}{_IS}?\s?(?P<new>{_W}{{1,20}}){_END}"),
    re.compile(rf"(?:把)?(?P<new>{_W}{{1,20}}?)(?:让我|被我|我)?{_NOTED}成了?(?P<old>{_W}{{1,16}}?)了?{_END}"),
    re.compile(rf"(?:里的?|中间的?|开头的?|前面的?)(?P<old>\d{{2,7}})(?:应该)?是(?P<new>\d{{2,7}}){_END}"),
)  # fmt: skip
"""Ways to say that one piece takes the place of another."""
_WORDS = re.compile(r"不是|别[写填记]|不要写|不对|错|岔|反|有误|改|换|应该是|应为|成了?|里的?\d|中间|开头|前面")
_TRAIL = re.compile(r"(?:吧|了|呀|啊|哈|呢|的|才对|才是|为准)+$")
_LEAD = re.compile(r"^(?:那|就|是|叫|写|应该|应|改成|我叫|我是|其实|实际|:)+")
_DIGITS = re.compile(r"\d{2,7}$")
_PERSON = re.compile(r"[一-鿿]{2,4}")
_SENTENCE, _LONGEST = re.compile(r"[^。;!?\n]+"), 160
"""Who puts something right does not go on for so many characters without a stop."""
_MOST = 4
"""Characters of a person's name, and of the words that stand before a piece in its run."""
_SCORE = 230


@dataclass(frozen=True, slots=True)
class _Swap:
    start: int
    end: int
    old: str
    new: str
    back: bool
    """Whether other words may stand before the old piece in its run: 名字张三改张小三."""


def swapped(scene: Scene) -> Iterator[Candidate]:
    """The answers given before, with the piece exchanged; every answer that has the same words is put right alike."""
    if not scene.before:
        return
    for swap in _swaps(scene.marked):
        mended = list(refused_mended(scene, swap.old, swap.new))
        for number, reading in mended:
            yield Candidate(number.id, reading, swap.start, swap.end, _SCORE, "没收下的号码换了几位", group=("swap",))
        made = [] if mended else list(_made(scene, swap))
        for field, value in made:
            yield Candidate(
                field.id,
                Understood(value),
                swap.start,
                swap.end,
                _SCORE,
                "前面那个换了几个字",
                group=("swap",),
                how="own",
            )
        if made:
            return


@once
def _swaps(marked: Marked) -> list[_Swap]:
    text, found = marked.text, list[_Swap]()
    if not _WORDS.search(text):
        return found
    places = [one.span() for one in _SENTENCE.finditer(text) if _WORDS.search(one[0]) and len(one[0]) <= _LONGEST]
    for number, pattern in enumerate(_PATTERNS):
        for match in (match for start, end in places for match in pattern.finditer(text, start, end)):
            new, old = _LEAD.sub("", _TRAIL.sub("", match["new"])), _TRAIL.sub("", match["old"])
            if (digits := _DIGITS.search(old)) and (others := _DIGITS.search(new)):
                old, new = digits[0], others[0]  # 开头是138 不是137
            if new and old and new != old and not _means_something(marked, match):
                found.append(_Swap(match.start(), match.end(), old, new, back=number in (2, 3)))
    return found


def _means_something(marked: Marked, match: re.Match[str]) -> bool:
    """Whether one of the two is a word of the form, and so no piece of a name or a place: 不是公司 是个人."""
    return any(
        hit.start <= match.start(side) and match.end(side) - 1 <= hit.end
        for side in ("old", "new")
        for hit in marked.hits_from(match.start(side), match.end(side))
        if hit.of("option", "label", "yes", "no")
    )


def _made(scene: Scene, swap: _Swap) -> Iterator[tuple[Field, Value]]:
    """The answers that have the old piece, the last spoken of first, with the new one in its place."""
    named = scene.marked.named
    order = dict.fromkeys((*reversed(scene.draft.trail), *scene.before))
    done, kind = set[str](), ""
    for name in sorted((one for one in order if one in scene.before), key=lambda one: one not in named):
        field, value = scene.form.fields.get(name), scene.before[name].value
        if field is None or value is None:
            continue
        said = _said(value)
        old = _in(said, swap) if said else ""
        if done and not (old and (said in done or (kind == "name" and old in done))):
            continue
        made = _with(scene, field, value, old, swap)
        if made is not None:
            kind = "name" if _is_name(field) else "other"
            done |= {said, old}
            yield field, made


def _said(value: Value) -> str:
    match value:
        case Words(text=text) | Address(text=text):
            return text
        case Phone(number=number) | Code(number=number):
            return number
        case Contact(name=name, phone=phone):
            return f"{name} {phone}"
        case Amount(unit=unit):
            return unit
        case _:
            return ""


def _in(said: str, swap: _Swap) -> str:
    """The old piece as it stands in an answer, once: of a run with other words before it, as much of its end as is there."""
    most = len(swap.old)
    for size in range(most, 0, -1) if swap.back else (most,):
        old = swap.old[most - size :]
        if said.count(old) == 1:
            return old if size > 1 or most == 1 else ""
    return ""


def _is_name(field: Field) -> bool:
    return isinstance(field, ContactField) or (isinstance(field, TextField) and field.name_only)


def _with(scene: Scene, field: Field, value: Value, old: str, swap: _Swap) -> Value | None:
    new = swap.new
    if not old:
        return None
    if isinstance(field, NumberField) and isinstance(value, Amount):
        unit = fit_unit(field, new)[0] if value.unit == old and field.units else None
        reading = check(value.number, unit, field) if unit else None
        return reading.value if isinstance(reading, Understood) else None
    if isinstance(field, PhoneField | CodeField) and not (old.isdigit() and new.isalnum() and len(old) == len(new) > 1):
        return None
    if old.isdigit() and isinstance(field, AddressField | TextField):
        return None  # numbers in them are put right elsewhere
    text = _said(value).replace(old, new, 1)
    person = isinstance(field, ContactField) or (_is_name(field) and len(_said(value)) <= _MOST)
    if person and not old.isdigit():
        if not _PERSON.fullmatch(text.split(" ")[0]):
            return None
    elif len(old) == 1:
        return None
    reading = parse(text, field, scene.context)
    return reading.value if isinstance(reading, Understood) and reading.value != value else None
