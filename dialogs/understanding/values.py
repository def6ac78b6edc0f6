"""What a field of each kind finds in a stretch of a message that is meant for it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from dialogs.kinds import choice, code
from dialogs.kinds import date as dates
from dialogs.kinds.address import QUANTITY
from dialogs.kinds.number import SCALED, SPELLINGS, check
from dialogs.kinds.phone import read_phone
from dialogs.numerals import read_number
from dialogs.reading import Partial, Reading, Refusal, Understood
from dialogs.schemes import scheme_of
from dialogs.understanding.atoms import Atom
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name, shaped_as_person
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.span import Span
from model.draft import Certainty
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    CodeField,
    ContactField,
    DateField,
    Field,
    NumberField,
    PhoneField,
    TextField,
    YesNoField,
)
from model.values import Address, Amount, Buildings, Contact, Day, Phone, Pick, Picks, Value, Words, YesNo

_NOTHING = re.compile(
    r"^(?:先|就|都|也|暂时|目前|现在|还|那个|呢|,)*(?:没有|没得|没带|没办|没|无|不要|不用|不需要|不报|不装|不上|暂无|空着|不填|免了|算了)(?!线|锡|纺|缝)"
)
_LATER = re.compile(
    r"(?:后面|以后|回头|稍后|晚点|过后|下次|改天|到时候?|过两天|明天)再?(?:补|发|给|报|交|说|填|送|告诉)|先欠着|手边没有|没带|先跳过|先空着|在办|还没办|没下来|没拿到|先不填"
)
_UNSURE = re.compile(
    r"没定|未定|没想好|没决定|不清楚|不知道|不晓得|说不清|说不准|不确定|不懂|拿不准|没数|搞不清|弄不清"
)
_NO = re.compile(
    r"^(?:用不着|都|也|还|就|先|那个|肯定|暂时|目前|的|了|呢|,)*(?:没|无|不|未|否|暂无|(?:还)?(?:正)?在(?:建|挖|装|做|修|弄|铺|施工)|拟建|免)(?!锡|线)"
)
_YES = re.compile(
    r"^(?:的话|那|都|也|还|就|先|那个|肯定|目前|已经|已|的|了|要|需要|我们|自己|打|填|登|勾|选|写|按|算)*(?:有|是|装|建|要|开|对接|对|好|已|缴|交|需要|含|可以|行|嗯|同意|换|能|做|通|完工|齐|配了|买了|上了|带)"
)
_DONE = re.compile(r"(?:验收|建|做|弄|装|铺|修)(?:完|好|成)")
_OLD = re.compile(
    r"(?:原来?|原有|现有|现在|现(?=[\d一二三四五六七八九十百]|$)|目前|已有|之前|以前|从)[^\d,。;加增到换提要扩新申]{0,10}$"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a field found: the reading, its span, and whether it must be read back."""

    reading: Reading | None
    start: int
    end: int
    unsure: bool = False
    certainty: Certainty = "said"
    why: str = ""


def find(scene: Scene, field: Field, start: int, end: int, *, strong: bool) -> Finding | None:
    """The field's value in the stretch; None if there is nothing of the kind. `strong`: a colon or the like points there."""
    if _looks_at_answers(field):
        return _find(scene, field, start, end, strong=strong)
    scheme = scheme_of(field, scene.answers) if isinstance(field, CodeField) else ""
    key, seen = (find, field.id, start, end, strong, scheme), scene.marked.seen
    if key not in seen:
        seen[key] = _find(scene, field, start, end, strong=strong)
    found: Finding | None = seen[key]
    return found


def _looks_at_answers(field: Field) -> bool:
    """Whether the same words can be another value once other fields are answered, the kind of a number apart."""
    if isinstance(field, NumberField):
        return bool(field.units) or field.per is not None
    return isinstance(field, ContactField | BuildingsField)


def _find(scene: Scene, field: Field, start: int, end: int, *, strong: bool) -> Finding | None:
    match field:
        case NumberField():
            return _number(scene, field, start, end) or (_bare_number(scene, field, start, end) if strong else None)
        case YesNoField():
            return _yes_no(scene, field, start, end)
        case ChoiceField():
            return _choice(scene, field, start, end)
        case PhoneField():
            return _phone(scene, start, end)
        case ContactField():
            return _contact(scene, start, end)
        case CodeField():
            return _code(scene, field, start, end)
        case DateField():
            return _date(scene, field, start, end)
        case BuildingsField():
            return _buildings(scene, start, end)
        case TextField():
            return _text(scene, field, start, end, strong=strong)
        case AddressField():
            return _address(scene, field, start, end, strong=strong)
        case _:
            return None


def left_open(scene: Scene, field: Field, start: int, end: int) -> Finding | None:
    """没有 / 后面补 right behind the field's name."""
    found = _left_open(scene.marked, start, end)
    return None if found is not None and found.why == "没有" and isinstance(field, YesNoField) else found


@once
def _left_open(marked: Marked, start: int, end: int) -> Finding | None:
    said = marked.said(start, end)
    head = _STOPS.split(said, maxsplit=1)[0]
    first = head.split(" ")[0] or head
    if _LATER.search(head) or _UNSURE.search(first):
        return Finding(None, start, start + len(head), why="后面补")
    if match := _NOTHING.match(first):
        return Finding(None, start, start + match.end(), why="没有")
    return None


_STOPS = re.compile(r"[,。;\n]")


def amounts(marked: Marked, start: int, end: int) -> Iterator[Atom]:
    """The amounts inside a stretch."""
    starts, found = marked.amounts
    return (one for one in found[bisect_left(starts, start) : bisect_left(starts, end)] if one.end <= end)


def fit_unit(field: NumberField, unit: str) -> tuple[str | None, int]:
    """The unit of the field that this spelling means, and the factor of its scale; None if it is no unit of the field."""
    return fit_units(field.units or (field.unit,), unit)


@lru_cache(maxsize=2048)
def fit_units(units: tuple[str, ...], unit: str) -> tuple[str | None, int]:
    """See `fit_unit`. By the county's units and those that are known at all: nothing of anybody's message."""
    for own in units:
        if own and (unit == own.lower() or unit in SPELLINGS.get(own, ())):
            return own, 1
        if unit in SCALED.get(own, {}):
            return own, SCALED[own][unit]
    return None, 1


def measured(field: NumberField, atom: Atom) -> Finding | None:
    """An amount as the value of a number field; None if its unit is another one's."""
    unit, factor = fit_unit(field, atom.unit)
    counter = not field.unit and not field.units
    if atom.unit and unit is None and not counter:
        if atom.unit in ("个", "口", "把", "条") and not field.units and field.whole:
            unit = field.unit
        else:
            return None
    if atom.vague or atom.number is None:
        return Finding(Refusal("number.about", {"given": atom.text}), atom.start, atom.end)
    if field.units and unit is None:
        return Finding(
            Partial("unit", {"number": format(atom.number.normalize(), "f")}, so_far=atom.text), atom.start, atom.end
        )
    reading = check(atom.number * factor, unit or field.unit, field)
    certainty: Certainty = "derived" if atom.about else "said"
    return Finding(reading, atom.start, atom.end, atom.about, certainty)


def measured_once(marked: Marked, field: NumberField, atom: Atom) -> Finding | None:
    """The same of an amount in a message, worked out once."""
    key, seen = (measured_once, field.id, atom.start, atom.unit), marked.seen
    if key not in seen:
        seen[key] = measured(field, atom)
    found: Finding | None = seen[key]
    return found


def _number(scene: Scene, field: NumberField, start: int, end: int) -> Finding | None:
    marked = scene.marked
    for atom in amounts(marked, start, end):
        between = marked.said(start, atom.start)
        if len(_LIGHT.sub("", between)) > 8 or _FULL_STOP.search(between.strip()):
            break
        if overtaken(marked, atom) or (is_old(marked, atom.start) and "原" not in field.called):
            continue
        if (found := measured_once(marked, field, with_unit(scene, field, atom))) is not None and (
            found := multiplied(scene, field, atom, found)
        ):
            return found
    return None


def _bare_number(scene: Scene, field: NumberField, start: int, end: int) -> Finding | None:
    """A numeral that is a number only because the field's name points to it: 分期数：一."""
    said = re.split(r"[\n,。;]", scene.marked.said(start, end), maxsplit=1)[0].strip()
    number = read_number(said) if said else None
    if number is None or field.units:
        return None
    return Finding(check(number, field.unit, field), start, start + len(said))


_LIGHT = re.compile(r"[\s,:、/]")
_DOUBTFUL = re.compile(r"\s*(?:[?？]|吧[?？]|行[吗不])")
_EACH = re.compile(r"(?:每|单)[个间栋户台层户楼]?(?:还|就|都|也)?(?:是|有|各)?$|各$|[一1][个间](?:是|有)?$")


def multiplied(scene: Scene, field: NumberField, atom: Atom, found: Finding) -> Finding | None:
    """A number said of each, times how many there are; None if that is no total of this field."""
    if not _of_each(scene.marked, atom.start):
        return replace(found, unsure=True) if _DOUBTFUL.match(scene.marked.text, atom.end) else found
    many = scene.answers.get(field.per or "")
    count = many.value if many else None
    if (
        not isinstance(count, Amount)
        or not isinstance(found.reading, Understood)
        or not isinstance(found.reading.value, Amount)
    ):
        return None
    total = check(found.reading.value.number * count.number, found.reading.value.unit, field)
    return replace(found, reading=total, unsure=True, certainty="derived", why="每个乘个数")


@once
def _of_each(marked: Marked, at: int) -> bool:
    return bool(_EACH.search(marked.said(max(0, at - 5), at)))


def overtaken(marked: Marked, atom: Atom) -> bool:
    """Whether what follows takes the amount back: 12吨不够, 从5吨加到12吨, 不是1600."""
    return _overtaken(marked, atom.start, atom.end)


_NOT_ENOUGH = re.compile(r"\s*(?:不够|太少|太小|少了|不行|写错|是错的)")
_NOT_THIS = re.compile(r"(?:不是|而非|减|加装|去掉|算|每)\s*$")
_FROM = re.compile(r"(?:从|由)[^\s,。;]{0,6}$")
_GROWS = re.compile(r"[^\s,。;]{0,2}(?:加|增|涨|扩|提|改|换|升|降|减|到|变)")


@once
def _overtaken(marked: Marked, start: int, end: int) -> bool:
    after, before = marked.text[end : end + 8], marked.said(max(0, start - 8), start)
    if _NOT_ENOUGH.match(after) or _NOT_THIS.search(before):
        return True
    return bool(_FROM.search(before) and _GROWS.match(after))


_TRANSFORMER = re.compile(r"变压器|箱变|的变(?![压更])")
"""What is said of a transformer is in its unit."""
_UNIT_AHEAD = re.compile(r"(千伏安|千瓦|kva|kw)(?:数|那个)?\s*(?:改成?|改为|是|为|写|报|按|:)\s*$", re.IGNORECASE)
"""千瓦改260: the unit stands before the number."""


@once
def unit_ahead(marked: Marked, at: int) -> str:
    """A unit of power that stands before the number which begins here; else ""."""
    ahead = _UNIT_AHEAD.search(marked.text, max(0, at - 9), at)
    return ahead[1].lower() if ahead else ""


@once
def _of_transformer(marked: Marked, start: int, end: int) -> bool:
    stop = min(end + 6, marked.sentence_end(start))
    return bool(_TRANSFORMER.search(marked.said(max(0, start - 12), stop)))


def with_unit(scene: Scene, field: NumberField, atom: Atom) -> Atom:
    """增到1250 has the unit of the former amount said just before (原来800千伏安)."""
    if atom.unit:
        return atom
    if ahead := unit_ahead(scene.marked, atom.start):
        return replace(atom, unit=ahead)
    if not field.units:
        alone = unit_alone(scene.marked, atom.end, atom.start) if field.unit in ("千瓦", "千伏安") else ""
        return replace(atom, unit=alone) if alone else atom
    if "千伏安" in field.units and _of_transformer(scene.marked, atom.start, atom.end):
        return replace(atom, unit="千伏安")
    if unit := _units_before(scene.marked, field.units).get(atom.start):
        return replace(atom, unit=unit)
    alone = unit_alone(scene.marked, atom.end, atom.start)
    if alone and fit_unit(field, alone)[0]:
        return replace(atom, unit=alone)
    before = scene.answers.get(field.id)
    if before is not None and isinstance(before.value, Amount) and before.value.unit:
        return replace(atom, unit=before.value.unit.lower())
    return atom


_POWER_HERE = re.compile(r"千伏安|千瓦|kva|kw", re.IGNORECASE)
_POWER_APART = re.compile(r"[ ,、](千伏安|千瓦|kva|kw)", re.IGNORECASE)


@once
def unit_alone(marked: Marked, at: int, start: int) -> str:
    """A unit of power standing alone behind an amount (which begins at `start` and ends here), in its sentence; else ""."""
    end, text = marked.sentence_end(start), marked.text
    here = _POWER_HERE.match(text, at, end)
    if here and _ends_there(text, here.end(), end):
        return here[0].lower()
    starts, spans = _powers(marked)
    for place in range(bisect_left(starts, at), len(starts)):
        after, unit = spans[place]
        if after > end:
            break
        if _ends_there(text, after, end):
            return unit
    return ""


def _ends_there(text: str, at: int, end: int) -> bool:
    return at == end or text[at] in " ,、。;"


@once
def _powers(marked: Marked) -> tuple[list[int], list[tuple[int, str]]]:
    found = list(_POWER_APART.finditer(marked.text))
    return [one.start() for one in found], [(one.end(), one[1].lower()) for one in found]


@once
def _units_before(marked: Marked, units: tuple[str, ...]) -> dict[int, str]:
    """For the start of each amount the last unit of these said before it in its sentence."""
    found, last, within = dict[int, str](), "", -1
    for atom in marked.amounts[1]:
        sentence = marked.piece_at(atom.start).sentence
        if sentence != within:
            last, within = "", sentence
        if last:
            found[atom.start] = last
        if atom.unit and fit_units(units, atom.unit)[0]:
            last = atom.unit
    return found


_INSIDE = re.compile(r"里头|里面|里|中")


def counted(marked: Marked, start: int, end: int, unit: str) -> list[Atom]:
    """The numbers of such things in the stretch, without those of things inside others."""
    return [
        one
        for one in amounts(marked, start, end)
        if one.unit == unit and one.number is not None and not _INSIDE.match(marked.text, one.end)
    ]


def _yes_no(scene: Scene, field: YesNoField, start: int, end: int) -> Finding | None:
    marked = scene.marked
    count = next(iter(counted(marked, start, end, field.count_unit)), None) if field.count_unit else None
    for hit in marked.hits_from(start, end + 1):
        if said := [one for one in hit.of("yes", "no") if one.field is field]:
            yes = said[0].role == "yes"
            return _said_yes(field, yes, count, hit.start, hit.end)
    stretch = marked.said(start, end)
    lead = len(stretch) - len(stretch.lstrip(" ,:?"))
    first = re.split(r"[ ,。;\n、]", stretch[lead:], maxsplit=1)[0]
    if _UNSURE.search(stretch[lead : lead + 14]) or re.match(r"(\S)不\1", first):
        return None
    if numbered := re.match(r"(?:也)?(?:选|是|勾)*第([12一二])个", first):
        return _said_yes(field, numbered[1] in "1一", count, start, start + lead + numbered.end())
    if told := re.match(r"[^,。;\n]{0,8}(?:填|打|登|勾|选|写)(有|无|是|否|没有)", stretch[lead:]):
        yes = told[1] in ("有", "是")
        return replace(_said_yes(field, yes, count, start, start + lead + told.end()), unsure="的话" in stretch)
    if _NO.match(first) or first in (field.no, "2"):
        return _said_yes(field, False, None, start, start + lead + len(first))
    if _YES.match(first) or _DONE.search(first) or first in (field.yes, "1"):
        return replace(_said_yes(field, True, count, start, start + lead + len(first)), unsure="的话" in first)
    if count is not None:
        return _said_yes(field, True, count, start, count.end)
    return None


def _said_yes(field: YesNoField, yes: bool, count: Atom | None, start: int, end: int) -> Finding:
    if not yes:
        return Finding(Understood(YesNo(yes=False)), start, end)
    if field.count_unit and count is None:
        return Finding(Partial("count", {"unit": field.count_unit}, so_far=field.yes), start, end)
    number = int(count.number) if count is not None and count.number is not None else None
    return Finding(Understood(YesNo(yes=True, count=number)), start, max(end, count.end if count else end))


_MAY_CHOOSE = re.compile(r"[\d第都全]")
"""Without one of these only the words of an option choose it."""
_LONGEST_CHOICE = 200
_OR = re.compile(r"还是|吗|不$")
_QUESTION = re.compile(r"[^。;\n]*\?")


@lru_cache(maxsize=256)
def _noted(option: str) -> re.Pattern[str]:
    """An option of the county's with words for the blank beside it."""
    return re.compile(
        rf"(?:归|选|勾|填|是|写|算)?{option}(?:吧|那栏)?[ ,:(]*(?:就?写上?|填|说明|注明)?[ :]*"
        r"([\u4e00-\u9fffA-Za-z0-9]{2,20})"
    )


def _choice(scene: Scene, field: ChoiceField, start: int, end: int) -> Finding | None:
    marked, stretch = scene.marked, scene.marked.said(start, end)
    if (
        _OR.search(stretch)
        and _QUESTION.match(stretch + marked.text[end : end + 1])
        or (marked.text[end : end + 1] == "?" and "还是" in stretch)
    ):
        return None
    blank = next((one for one in field.options if one.blank == "required"), None)
    told = _noted(blank.text).search(stretch) if blank and blank.text in stretch else None
    if blank and told:
        value = Picks(picks=(Pick(option=blank.text, note=told[1]),))
        return Finding(Understood(value), start + told.start(), start + told.end())
    named = any(word in stretch for word in fillable(scene.form).words_of(field)) or _MAY_CHOOSE.search(stretch)
    # a longer one than is read at all need not be cut out first, and nor where no option can be read
    cuts = [at for at in range(1, min(len(stretch), _LONGEST_CHOICE)) if stretch[at] in "\n。;, "] if named else []
    stops = [len(stretch), *reversed(cuts)] if named else []
    noted = any(option.blank != "none" for option in field.options) and not field.several
    for stop in reversed(stops) if noted else stops:
        said = stretch[:stop]
        if len(said.strip()) > 60 or not said.strip():
            continue
        reading = choice.parse(
            re.sub(r"(?<=[ ,])写(?:上|成)?", "", re.sub(r"^[勾选填写是为: ]+", "", said)), field, scene.context
        )
        if isinstance(reading, Partial) and noted and stop != stops[0]:
            continue
        if isinstance(reading, Understood | Partial):
            return Finding(reading, start, start + stop)
    options = [
        (hit, one)
        for hit in marked.hits_from(start, end)
        for one in hit.of("option")
        if one.field is field and not asked_whether(marked, hit.start) and not denied(marked, hit.start)
    ]
    if not options:
        return None
    chosen = options if field.several else options[:1]
    picks = tuple(dict.fromkeys(one.option for _, one in chosen))
    order = {option.text: n for n, option in enumerate(field.options)}
    value = Picks(picks=tuple(Pick(option=name) for name in sorted(picks, key=lambda name: order[name])))
    return Finding(Understood(value), chosen[0][0].start, chosen[-1][0].end)


_NOT_MEANT = re.compile(r"(?:不是|不属于|不算|非|没有|不含)[^是,。]{0,4}$|(?<![要是能算])不$")
_DENIAL = 8
"""Characters of it, at most, and one more."""


@once
def denied(marked: Marked, at: int) -> bool:
    """Whether an option here is said not to be meant: 不是住宅, 也不是商用工业."""
    return bool(_NOT_MEANT.search(marked.said(max(marked.piece_at(at).start, at - _DENIAL), at)))


@once
def asked_whether(marked: Marked, at: int) -> bool:
    """Whether the words here are a question of the form 要不要, or something one moves away from (从移动换到)."""
    before, after = marked.said(max(0, at - 3), at), marked.text[at : at + 10]
    if before[-1:] and after[:1] in "不没" and before[-1] == after[1:2]:
        return True  # 算|不算非线性, 有|没有发电机: neither
    if re.match(r"[^\s,。;]{2,8}?(?:不|吗|么)(?=$|[\s,。;?!])", marked.text[at : at + 12]):
        return True  # 算非线性不
    if (
        re.match(r"[^\s,。;]{1,4}?([装要用开换])不\1", marked.text[at : at + 8])
        or re.search(r"(?:老板|法人)是我$", marked.said(max(0, at), at + 4))
        and re.match(r"[^\s]{4}(?:姐|哥|爸|妈|爱人|老公|老婆|弟|妹|叔|舅|朋友|同学|们|家)", marked.text[at : at + 6])
    ):
        return True
    if re.match(r"[^\s,。;]{1,4}?(?:是不是|能不能|行不行|好不好|便宜)", after):
        return True
    if re.search(r"(?:要不|是不|有没|能不|算不|属不)$", before) or re.match(
        r"(?:要不要|是不是|有没有|能不能|算不算)", after
    ):
        return True
    moved = re.match(r"[^\s,。;]{1,6}?(?:换|改|转|变|携|到)", after)
    return bool(re.search(r"(?:从|由)$", before) and moved and not re.match(r"[^\s,。;]{1,4}改成", after))


def _phone(scene: Scene, start: int, end: int) -> Finding | None:
    for atom in scene.marked.atoms_from(start, end):
        if atom.shape == "phone":
            return Finding(spoken_phone(scene, atom), atom.start, atom.end)
    found = re.search(r"(?<!\d)1[3-9][\d\- ]{5,14}\d(?!\d)", scene.marked.said(start, end))
    if found and not any(
        one.start < start + found.end() and start + found.start() < one.end for one in scene.marked.numbered
    ):
        return Finding(read_phone(found[0], scene.context.area_code), start + found.start(), start + found.end())
    return None


def spoken_phone(scene: Scene, atom: Atom) -> Reading:
    """The number of a telephone atom, whatever stands between its digits."""
    return _spoken_phone(scene.marked, atom.text, scene.context.area_code)


@once
def _spoken_phone(_: Marked, text: str, area_code: str) -> Reading:
    if "转" not in text and "分机" not in text:
        text = re.sub(r"[.,、]", "", text)
    return read_phone(re.sub(r"(?<=[\d一-鿿]) (?=[\d一-鿿])", "", text), area_code)


def _contact(scene: Scene, start: int, end: int) -> Finding | None:
    marked = scene.marked
    people = _names_of(marked, "person")
    person = next(iter(people[bisect_left(people, start, key=_start) : bisect_left(people, end, key=_start)]), None)
    stop = marked.sentence_end(start)
    if person is None:
        return None
    phone = next((one for one in marked.atoms_from(start, stop) if one.shape == "phone"), None)
    if (
        phone is not None
        and phone.start > end
        and not re.fullmatch(
            r"[\s,、:]*(?:他|她|的)?(?:联系)?(?:电话|手机|号码|手机号|联系方式)?[\s:是]*",
            marked.said(person.end, phone.start),
        )
    ):
        phone = None
    if phone is None:
        known = _known_phone(scene, person.text) or _own_phone(scene, person)
        if known is None and re.search(
            r"同前|同上|一样|一个号|还是那个|号码?同|同一个|就是(?:上面|刚才|前面)", marked.said(person.end, stop)
        ):
            phones = [one.value for one in scene.answers.values() if isinstance(one.value, Phone)]
            known = phones[-1].number if phones else None
        if known:
            return Finding(
                Understood(Contact(name=person.text, phone=known)), person.start, person.end, certainty="derived"
            )
        return Finding(Partial("phone", {"name": person.text}, so_far=person.text), person.start, person.end)
    reading = spoken_phone(scene, phone)
    if isinstance(reading, Understood) and isinstance(reading.value, Phone):
        reading = Understood(Contact(name=person.text, phone=reading.value.number))
    return Finding(reading, min(person.start, phone.start), max(person.end, phone.end))


def _own_phone(scene: Scene, person: Name) -> str | None:
    """The telephone of whoever applies, if this is he: 田保国本人."""
    if not scene.marked.text.startswith(("本人", "自己"), person.end):
        return None
    return next((one.value.number for one in scene.answers.values() if isinstance(one.value, Phone)), None)


def _known_phone(scene: Scene, name: str) -> str | None:
    for answer in scene.answers.values():
        if isinstance(answer.value, Contact) and answer.value.name == name:
            return answer.value.phone
    return None


def _code(scene: Scene, field: CodeField, start: int, end: int) -> Finding | None:
    scheme, marked = scheme_of(field, scene.answers), scene.marked
    wanted = {"identity": ("identity",), "organisation": ("organisation", "identity"), "project": ("project",)}.get(
        scheme, ()
    )
    if field.by is not None and scheme in ("identity", "organisation"):
        wanted = ("organisation", "identity")
    for atom in marked.atoms_from(start, end):
        if atom.shape in wanted:
            return Finding(read_code(scene, field, atom), atom.start, atom.end)
    if scheme == "account" and (
        found := re.search(r"(?<![\dA-Za-z])\d[\d ]{3,20}\d(?![\d万千百平㎡户元吨])", marked.said(start, end))
    ):
        return Finding(code.account(found[0].replace(" ", "")), start + found.start(), start + found.end())
    if scheme == "document" and (
        found := re.search(r"(?<![\dA-Za-z])[A-Za-z]{0,2}\d{5,14}(?:\(\d{1,2}\))?(?!\d)", marked.said(start, end))
    ):
        return Finding(code.document(found[0].upper()), start + found.start(), start + found.end())
    if scheme == "project" and (
        found := re.search(r"(?<![\dA-Za-z])\d{4}[\d\- ]{10,24}\d(?!\d)", marked.said(start, end))
    ):
        return Finding(code.project(re.sub(r"\s", "", found[0])), start + found.start(), start + found.end())
    return None


def read_code(scene: Scene, field: CodeField, atom: Atom) -> Reading:
    """An identity or organisation atom in the scheme its own shape shows, where the field takes both."""
    scheme = scheme_of(field, scene.answers)
    if field.by is not None and atom.shape in ("identity", "organisation") and scheme in ("identity", "organisation"):
        scheme = "identity" if atom.shape == "identity" else "organisation"
    return _read_code(scene.marked, atom.text, scheme, scene.context.now.date())


@once
def _read_code(_: Marked, text: str, scheme: str, today: date) -> Reading:
    number = re.sub(r"[\s.\-]", "", text).upper().replace("×", "X")
    if scheme == "project":
        return code.project(number)
    return code.identity(number, today) if scheme == "identity" else code.organisation(number)


def _date(scene: Scene, field: DateField, start: int, end: int) -> Finding | None:
    said = scene.marked.said(start, end).split("\n")[0]
    if re.search(r"[上中下]旬|前后|左右", said):
        return (
            Finding(Refusal("date.vague", {"given": said.strip()[:20]}), start, start + len(said))
            if re.search(r"\d|月", said)
            else None
        )
    reading = dates.parse(said, field, scene.context)
    if isinstance(reading, Refusal) and reading.code == "date.none":
        return None
    return Finding(reading, start, start + len(said), rests(scene, field, reading))


def rests(scene: Scene, field: DateField, reading: Reading) -> bool:
    """Whether an appointment falls on a day on which nobody works: kept, and asked."""
    day = reading.value if isinstance(reading, Understood) else None
    return field.halves and isinstance(day, Day) and not scene.context.calendar.is_workday(day.date)


def _buildings(scene: Scene, start: int, end: int) -> Finding | None:
    from dialogs.kinds import buildings  # noqa: PLC0415

    for atom in scene.marked.atoms_from(start, end):
        if atom.shape == "buildings":
            text = re.sub(r"还有|以及", "和", atom.text)
            return Finding(buildings.parse(text, None, scene.context), atom.start, atom.end)  # type: ignore[arg-type]
    listed = re.match(r"[ :是]*((?:[A-Za-z]?\d{1,3}(?:[ 、,和.]+|(?=[^\d]|$))){2,})", scene.marked.said(start, end))
    if listed:
        reading = buildings.parse(listed[1], None, scene.context)  # type: ignore[arg-type]
        if isinstance(reading, Understood):
            return Finding(reading, start, start + listed.end())
    if re.search(r"[这那]几[栋幢]|同(?:上|前)|一样", scene.marked.said(start, end)):
        known = next((one.value for one in scene.answers.values() if isinstance(one.value, Buildings)), None)
        if known is not None:
            return Finding(Understood(known), start, end, certainty="derived")
    return None


POINTS = re.compile(
    r"^(?:跟|和|与|同)|^(?:也|就|还|都)?(?:是|写|填|用)?(?:他|她|我|这个|那个|本人|法人|老板|上面|同上|同前|一样)"
)
_FULL_STOP = re.compile(r"[\n。;]")
_SOFT = re.compile(r"[\n。;,、 ]")
_ASIDE = re.compile(r"\((?![^()]{1,6}\)[\u4e00-\u9fff]).*$")
"""A bracket that is no part of a name: not that of 华泰(新乡)有限公司."""
_ELSEWHERE = re.compile(r"也?就?(?:在|位于|同|从|那儿|这儿)")
_CALLED_SO = re.compile(r"[,。; ]叫做?([^,。;\s\n]{3,24})")
_CHAT = re.compile(r"[?？]|什么|怎么|咋|啥|吗$|多少")


def _text(scene: Scene, field: TextField, start: int, end: int, *, strong: bool) -> Finding | None:
    marked = scene.marked
    if field.name_only:
        named = _named(scene, field, start, end)
        if named is not None:
            return named
        if not strong:
            return None
    stretch = marked.said(start, end)
    lead = len(stretch) - len(stretch.lstrip(" ,:、就是叫写上填一下"))
    body = stretch[lead:]
    stop = _FULL_STOP if field.most >= 300 else _SOFT
    cut = stop.search(body)
    said = (body[: cut.start()] if cut else body).strip(" ,;")
    if field.name_only:
        said = _ASIDE.sub("", said)
        if _ELSEWHERE.match(said):
            called = _CALLED_SO.search(scene.marked.text, start, scene.marked.sentence_end(start))
            if called is None or field.names == "person":
                return None
            return Finding(Understood(Words(text=called[1])), *called.span(1))
    if len(said) < 2 or _CHAT.search(said) or _NOTHING.match(said) or _LATER.search(said) or POINTS.match(said):
        return None
    if field.name_only and not _may_be_name(field, said, colon=marked.said(max(0, start - 1), start) == ":"):
        return None
    if field.name_only and (len(said) > 30 or not re.search(r"[一-鿿A-Za-z]{2}", said) or re.search(r"\d{5}", said)):
        return None
    if len(said) > field.most:
        return Finding(
            Refusal("text.long", {"length": str(len(said)), "most": str(field.most)}), start, start + lead + len(said)
        )
    return Finding(Understood(Words(text=said)), start + lead, start + lead + len(said))


def _may_be_name(field: TextField, said: str, *, colon: bool) -> bool:
    """What stands behind the name of a field of names is one only if it looks like it, or if a colon says so."""
    if field.names == "person" and not colon:
        return shaped_as_person(said)
    return colon or (len(said) >= 4 and not re.search(r"[搬到在要办报是了吗我他她]|开发区", said))


def _named(scene: Scene, field: TextField, start: int, end: int) -> Finding | None:
    marked = scene.marked
    names = _names_of(marked, field.names)
    first = bisect_left(names, start, key=_start)
    if first == len(names) or names[first].start >= end:
        return None
    one = names[first]  # those behind it are only farther away
    gap = _CALLED.sub("", marked.said(start, one.start))
    return Finding(Understood(Words(text=one.text)), one.start, one.end) if len(gap) <= 6 else None


_CALLED = re.compile(r"[\s,:、就是叫写为也\d]")


def _start(one: Span) -> int:
    return one.start


@once
def _names_of(marked: Marked, names: str) -> list[Name]:
    """The names in the text, of firms, of people or of either, in its order."""
    found = [
        *(marked.firms if names != "person" else ()),
        *(one for one in marked.people if names != "organisation" and one.kind != "title"),
    ]
    return sorted(found, key=_start)


def _address(scene: Scene, field: AddressField, start: int, end: int, *, strong: bool) -> Finding | None:
    marked = scene.marked
    places = marked.places
    place = next(iter(places[bisect_left(places, start - 1, key=_start) : bisect_left(places, end, key=_start)]), None)
    if place is not None and len(marked.said(start, place.start).strip(" :,在就是")) <= 4:
        return Finding(Understood(Address(text=place.text.strip())), place.start, place.end)
    stretch = marked.said(start, end)
    lead = len(stretch) - len(stretch.lstrip(" ,:就是在写"))
    cut = re.search(r"[\n。;,]", stretch[lead:])
    said = (stretch[lead : lead + cut.start()] if cut else stretch[lead:]).strip()
    if not strong:
        said = said.split(" ")[0]
    if re.fullmatch(r"(?:厂|店|单位|公司|站|校|院|家)(?:址|子|里|那|这|内|头)?(?:那儿|这儿|那里|这里|那边)?", said):
        return None
    short = len(said) < 4 or len(said) > field.most or QUANTITY.fullmatch(said)
    if (
        short
        or not re.search(r"[一-鿿]{3}", said)
        or _CHAT.search(said)
        or re.search(r"^[同跟和与照]|一样|相同|同上|没|不清楚|发你|变|也是|就是|^\d+[个台户]|就够", said)
    ):
        return None
    if not strong and not re.search(r"[路街村镇乡区号楼院里园东西南北旁边门口处]", said):
        return None
    return Finding(Understood(Address(text=said)), start + lead, start + lead + len(said))


_OLD_FIRST = re.compile(r"(?:电|气|水)?\s*(?:现有|原有|原来|目前)")
_TO_NEW = re.compile(r"[到加增换提扩申要]")


@once
def is_old(marked: Marked, at: int) -> bool:
    """Whether an amount at this place is said to be the former one (原160)."""
    if _OLD.search(marked.said(max(0, at - 14), at)):
        return True
    start = marked.sentence_start(at)
    return bool(_OLD_FIRST.match(marked.text, start)) and not _TO_NEW.search(marked.text, start, at)


def number_of(value: Value | None) -> Decimal | None:
    """The number of an amount."""
    return value.number if isinstance(value, Amount) else None
