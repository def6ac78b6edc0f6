"""What a field of each kind finds in a stretch of a message that is meant for it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dialogs.kinds import choice, code
from dialogs.kinds import date as dates
from dialogs.kinds.address import QUANTITY
from dialogs.kinds.number import SCALED, SPELLINGS, check
from dialogs.kinds.phone import read_phone
from dialogs.numerals import read_number
from dialogs.reading import Partial, Reading, Refusal, Understood
from dialogs.schemes import scheme_of
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import shaped_as_person
from dialogs.understanding.scene import Scene
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
_UNSURE = re.compile(r"不清楚|不知道|不晓得|说不清|说不准|不确定|不懂|拿不准|没数|搞不清|弄不清")
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
    said = scene.marked.said(start, end)
    head = re.split(r"[,。;\n]", said, maxsplit=1)[0]
    first = head.split(" ")[0] or head
    if _LATER.search(head) or _UNSURE.search(first):
        return Finding(None, start, start + len(head), why="后面补")
    if (match := _NOTHING.match(first)) and not isinstance(field, YesNoField):
        return Finding(None, start, start + match.end(), why="没有")
    return None


def amounts(marked: Marked, start: int, end: int) -> Iterator[Atom]:
    """The amounts inside a stretch."""
    starts, found = marked.amounts
    return (one for one in found[bisect_left(starts, start) : bisect_left(starts, end)] if one.end <= end)


def fit_unit(field: NumberField, unit: str) -> tuple[str | None, int]:
    """The unit of the field that this spelling means, and the factor of its scale; None if it is no unit of the field."""
    for own in field.units or (field.unit,):
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


def _number(scene: Scene, field: NumberField, start: int, end: int) -> Finding | None:
    marked = scene.marked
    for atom in amounts(marked, start, end):
        between = marked.said(start, atom.start)
        if len(re.sub(r"[\s,:、/]", "", between)) > 8 or re.search(r"[。;\n]", between.strip()):
            break
        if overtaken(marked, atom) or (is_old(marked, atom.start) and "原" not in field.called):
            continue
        if (found := measured(field, with_unit(scene, field, atom))) is not None and (
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


_EACH = re.compile(r"(?:每|单)[个间栋户台层户楼]?(?:是|有|各)?$|各$|[一1][个间](?:是|有)?$")


def multiplied(scene: Scene, field: NumberField, atom: Atom, found: Finding) -> Finding | None:
    """A number said of each, times how many there are; None if that is no total of this field."""
    if not _EACH.search(scene.marked.said(max(0, atom.start - 4), atom.start)):
        doubtful = re.match(r"\s*(?:[?？]|吧[?？]|行[吗不])", scene.marked.text[atom.end :])
        return replace(found, unsure=True) if doubtful else found
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


def overtaken(marked: Marked, atom: Atom) -> bool:
    """Whether what follows takes the amount back: 12吨不够, 从5吨加到12吨, 不是1600."""
    after, before = marked.text[atom.end : atom.end + 8], marked.said(max(0, atom.start - 8), atom.start)
    if re.match(r"\s*(?:不够|太少|太小|少了|不行|写错|是错的)", after) or re.search(
        r"(?:不是|而非|减|加装|去掉|算|每)\s*$", before
    ):
        return True
    return bool(
        re.search(r"(?:从|由)[^\s,。;]{0,6}$", before)
        and re.match(r"[^\s,。;]{0,2}(?:加|增|涨|扩|提|改|换|升|降|减|到|变)", after)
    )


def with_unit(scene: Scene, field: NumberField, atom: Atom) -> Atom:
    """增到1250 has the unit of the former amount said just before (原来800千伏安)."""
    if atom.unit:
        return atom
    if not field.units:
        end = scene.marked.sentence_end(atom.start)
        alone = re.search(
            r"(?:^|[ ,、])(千伏安|千瓦|kva|kw)(?=$|[ ,、。;])", scene.marked.text[atom.end : end], re.IGNORECASE
        )
        return replace(atom, unit=alone[1].lower()) if alone and field.unit in ("千瓦", "千伏安") else atom
    sentence = scene.marked.piece_at(atom.start).sentence
    for other in reversed(scene.marked.atoms):
        if (
            other.start < atom.start
            and other.unit
            and scene.marked.piece_at(other.start).sentence == sentence
            and fit_unit(field, other.unit)[0]
        ):
            return replace(atom, unit=other.unit)
    end = scene.marked.sentence_end(atom.start)
    alone = re.search(
        r"(?:^|[ ,、])(千伏安|千瓦|kva|kw)(?=$|[ ,、。;])", scene.marked.text[atom.end : end], re.IGNORECASE
    )
    if alone and fit_unit(field, alone[1].lower())[0]:
        return replace(atom, unit=alone[1].lower())
    before = scene.answers.get(field.id)
    if before is not None and isinstance(before.value, Amount) and before.value.unit:
        return replace(atom, unit=before.value.unit.lower())
    return atom


def _yes_no(scene: Scene, field: YesNoField, start: int, end: int) -> Finding | None:
    marked = scene.marked
    counts = [
        one
        for one in amounts(marked, start, end)
        if field.count_unit and one.unit == field.count_unit and one.number is not None
    ]
    count = next((one for one in counts if not re.match(r"里头|里面|里|中", marked.text[one.end :])), None)
    for hit in marked.hits:
        if start <= hit.start < end + 1 and (
            said := [one for one in hit.senses if one.field is field and one.role in ("yes", "no")]
        ):
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


def _choice(scene: Scene, field: ChoiceField, start: int, end: int) -> Finding | None:
    marked, stretch = scene.marked, scene.marked.said(start, end)
    if (
        re.search(r"还是|吗|不$", stretch)
        and re.match(r"[^。;\n]*\?", stretch + marked.text[end : end + 1])
        or (marked.text[end : end + 1] == "?" and "还是" in stretch)
    ):
        return None
    blank = next((one for one in field.options if one.blank == "required"), None)
    if blank and (
        told := re.search(
            rf"(?:归|选|勾|填|是|写|算)?{blank.text}(?:吧|那栏)?[ ,:(]*(?:就?写上?|填|说明|注明)?[ :]*([\u4e00-\u9fffA-Za-z0-9]{{2,20}})",
            stretch,
        )
    ):
        value = Picks(picks=(Pick(option=blank.text, note=told[1]),))
        return Finding(Understood(value), start + told.start(), start + told.end())
    stops = [
        len(stretch),
        *sorted({match.start() for match in re.finditer(r"[\n。;]|[, ]", stretch) if match.start()}, reverse=True),
    ]
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
        for hit in marked.hits
        if start <= hit.start < end and not asked_whether(marked, hit.start) and not denied(marked, hit.start)
        for one in hit.of("option")
        if one.field is field
    ]
    if not options:
        return None
    chosen = options if field.several else options[:1]
    picks = tuple(dict.fromkeys(one.option for _, one in chosen))
    order = {option.text: n for n, option in enumerate(field.options)}
    value = Picks(picks=tuple(Pick(option=name) for name in sorted(picks, key=lambda name: order[name])))
    return Finding(Understood(value), chosen[0][0].start, chosen[-1][0].end)


def denied(marked: Marked, at: int) -> bool:
    """Whether an option here is said not to be meant: 不是住宅, 也不是商用工业."""
    said = marked.said(marked.piece_at(at).start, at)
    return bool(re.search(r"(?:不是|不属于|不算|非|没有|不含)[^是,。]{0,4}$", said))


def asked_whether(marked: Marked, at: int) -> bool:
    """Whether the words here are a question of the form 要不要, or something one moves away from (从移动换到)."""
    before, after = marked.said(max(0, at - 3), at), marked.text[at : at + 10]
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
    for atom in scene.marked.atoms:
        if atom.shape == "phone" and start <= atom.start < end:
            return Finding(spoken_phone(scene, atom), atom.start, atom.end)
    found = re.search(r"(?<!\d)1[3-9][\d\- ]{5,14}\d(?!\d)", scene.marked.said(start, end))
    if found and not any(
        one.shape != "amount" and one.start < start + found.end() and start + found.start() < one.end
        for one in scene.marked.atoms
    ):
        return Finding(read_phone(found[0], scene.context.area_code), start + found.start(), start + found.end())
    return None


def spoken_phone(scene: Scene, atom: Atom) -> Reading:
    """The number of a telephone atom, whatever stands between its digits."""
    text = atom.text
    if "转" not in text and "分机" not in text:
        text = re.sub(r"[.,、]", "", text)
    return read_phone(re.sub(r"(?<=[\d一-鿿]) (?=[\d一-鿿])", "", text), scene.context.area_code)


def _contact(scene: Scene, start: int, end: int) -> Finding | None:
    marked = scene.marked
    person = next((one for one in marked.people if start <= one.start < end and one.kind == "person"), None)
    stop = marked.sentence_end(start)
    if person is None:
        return None
    phone = next((one for one in marked.atoms if one.shape == "phone" and start <= one.start < stop), None)
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
        known = _known_phone(scene, person.text)
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
    for atom in marked.atoms:
        if atom.shape in wanted and start <= atom.start < end:
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
    number = re.sub(r"[\s.\-]", "", atom.text).upper().replace("×", "X")
    scheme = scheme_of(field, scene.answers)
    if scheme == "project":
        return code.project(number)
    if field.by is not None and atom.shape in ("identity", "organisation") and scheme in ("identity", "organisation"):
        scheme = "identity" if atom.shape == "identity" else "organisation"
    return code.identity(number, scene.context.now.date()) if scheme == "identity" else code.organisation(number)


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

    for atom in scene.marked.atoms:
        if atom.shape == "buildings" and start <= atom.start < end:
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
    if len(said) < 2 or _CHAT.search(said) or _NOTHING.match(said) or _LATER.search(said) or POINTS.match(said):
        return None
    if field.name_only and not _may_be_name(field, said, colon=marked.said(max(0, start - 1), start) == ":"):
        return None
    if field.name_only and (len(said) > 30 or not re.search(r"[一-鿿A-Za-z]{2}", said)):
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
    names = [
        *(marked.firms if field.names != "person" else ()),
        *(marked.people if field.names != "organisation" else ()),
    ]
    inside = sorted(
        (one for one in names if start <= one.start < end and one.kind != "title"), key=lambda one: one.start
    )
    for one in inside:
        gap = re.sub(r"[\s,:、就是叫写为也\d]", "", marked.said(start, one.start))
        if len(gap) <= 6:
            return Finding(Understood(Words(text=one.text)), one.start, one.end)
    return None


def _address(scene: Scene, field: AddressField, start: int, end: int, *, strong: bool) -> Finding | None:
    marked = scene.marked
    place = next((one for one in marked.places if start - 1 <= one.start < end), None)
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
        or re.search(r"^[同跟和与照]|一样|相同|同上|没|不清楚|发你|变|也是|就是", said)
    ):
        return None
    if not strong and not re.search(r"[路街村镇乡区号楼院里园东西南北旁边门口处]", said):
        return None
    return Finding(Understood(Address(text=said)), start + lead, start + lead + len(said))


def is_old(marked: Marked, at: int) -> bool:
    """Whether an amount at this place is said to be the former one (原160)."""
    if _OLD.search(marked.said(max(0, at - 14), at)):
        return True
    start = marked.sentence_start(at)
    return bool(re.match(r"(?:电|气|水)?\s*(?:现有|原有|原来|目前)", marked.text[start:])) and not re.search(
        r"[到加增换提扩申要]", marked.said(start, at)
    )


def number_of(value: Value | None) -> Decimal | None:
    """The number of an amount."""
    return value.number if isinstance(value, Amount) else None
