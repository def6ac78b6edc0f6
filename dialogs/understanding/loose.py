"""Values that stand without the name of their field: told by their shape, their unit, or the county's words for options."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dialogs.conditions import holds
from dialogs.kinds import buildings as building_lists
from dialogs.kinds import date as dates
from dialogs.kinds.code import document
from dialogs.kinds.number import check
from dialogs.numerals import read_number
from dialogs.reading import Partial, Reading, Refusal, Understood
from dialogs.schemes import scheme_of
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.corrections import STRONG_CUE, corrects
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.labelled import TopicAt, fit, of_all, related
from dialogs.understanding.lexicon import Hit, Sense
from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.service_names import Named
from dialogs.understanding.values import (
    asked_whether,
    counted,
    denied,
    fit_unit,
    is_old,
    measured_once,
    multiplied,
    overtaken,
    read_code,
    rests,
    spoken_phone,
    unit_ahead,
    unit_alone,
    with_unit,
)
from model.fields import (
    AddressField,
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
from model.form import Section
from model.values import Address, Amount, Buildings, Code, Contact, Day, Phone, Pick, Picks, Words, YesNo

_NOT_MINE = re.compile(
    r"(?:他叫|她叫|他姓|她姓|替|帮|给|原户主|房东|邻居|我爱人|我老婆|我老公|儿子|女儿|兄弟|原来户主|前户主|上家|物业)[^\s,。;]{0,6}$"
)
_NOT_MINE_MOST = 12
"""Characters of these, and some more."""
_THOSE = re.compile(
    r"(?:跟|和|同|与)[^,。;\s]{0,4}(?:同样|一样|相同)的?楼|[这那]几[栋幢]楼?|(?<!\d)\d+[栋幢]楼?(?:都|全)|(?:楼|楼号|楼栋)(?:也|都)?(?:跟|和|同)[^,。;\s]{0,8}一样"
)
_DAY = re.compile(
    r"(?<!\d)\d+月(?:\d+|底|初|中旬)|今天|明天|明早|后天|大后天|周|星期|礼拜|(?<!\d)\d+[号日]|月底|下周|这两天|上午|下午|(?<![一二三四五六七八九十])[一二三四五六七八九十]+[号日]"
)


def loose(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """All of them, each with every field it could answer."""
    fields = fillable(scene.form)
    yield from _codes(scene, fields)
    yield from _documents(scene, fields)
    yield from _phones(scene, fields)
    yield from _names(scene, fields)
    yield from _places(scene, fields)
    yield from _options(scene, topic_at)
    yield from _others(scene, topic_at)
    yield from _measures(scene, fields, topic_at)
    yield from _buildings(scene, fields, topic_at)
    yield from _moments(scene, fields, topic_at)
    yield from _cells(scene, topic_at)
    yield from _leftovers(scene, fields, topic_at)


def _codes(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    for atom in scene.marked.numbered:
        if atom.shape not in ("identity", "organisation", "project"):
            continue
        named = _coded(scene.marked, atom.start)
        for field in fields.codes:
            if named and field.id not in named:
                continue  # 法人身份证号…: nobody else's
            if (needs := scene.needs(field)) is None:
                continue
            scheme = scheme_of(field, scene.answers)
            score = _code_fits(scene, field, scheme, atom)
            if score:
                yield Candidate(
                    field.id,
                    read_code(scene, field, atom),
                    atom.start,
                    atom.end,
                    score + (5 if scene.open(field) else 0),
                    "号码的样子",
                    needs,
                )


def _documents(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The number beside the name of its document: 台胞证 00012345."""
    marked = scene.marked
    for field in fields.codes:
        if field.by is None or scheme_of(field, scene.answers) != "document":
            continue
        for hit in marked.hits:
            if any(one.field.id == field.by.field for one in hit.of("option")):
                found = _DOCUMENT.match(marked.text, hit.end)
                if found:
                    yield Candidate(
                        field.id,
                        document(found["number"].upper()),
                        found.start("number"),
                        found.end("number"),
                        60,
                        "证件后面的号码",
                    )


_DOCUMENT = re.compile(r"\s*(?:号码?|号|是|为|:)*\s*(?P<number>[A-Za-z]{0,2}\d{5,12}(?:\(\d{1,2}\))?)(?!\d)")


def _code_fits(scene: Scene, field: CodeField, scheme: str, atom: Atom) -> int:
    """How well a number of this shape fits; a firm's code only where a firm applies, a person's where he does."""
    if atom.shape == "project":
        return 44 if scheme == "project" else 0
    if field.scheme == scheme == atom.shape:
        firm = scheme == "organisation" or scene.firm
        return 40 if firm else 30
    if field.by is not None and scheme in ("identity", "organisation"):
        chosen = field.by.field in scene.answers
        both = {*field.by.schemes.values(), field.by.otherwise}
        if atom.shape not in both:
            return 0
        if chosen:
            return 42 if scheme == atom.shape else 0
        if atom.shape == "identity" and "organisation" in both and scene.firm:
            return 0
        return 39 if atom.shape == field.by.otherwise else 36
    return 0


def _phones(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    for atom in scene.marked.numbered:
        if atom.shape != "phone":
            continue
        for field in fields.reached:
            if isinstance(field, PhoneField) and (needs := scene.needs(field)) is not None:
                score = 34 + (6 if scene.open(field) else 0) + (6 if scene.focused == field.id else 0)
                yield Candidate(field.id, spoken_phone(scene, atom), atom.start, atom.end, score, "电话的样子", needs)
            elif isinstance(field, ContactField) and scene.focused == field.id:
                person = next((one for one in scene.marked.people if one.kind == "person"), None)
                reading = spoken_phone(scene, atom)
                if person is not None and isinstance(reading, Understood) and isinstance(reading.value, Phone):
                    value = Contact(name=person.text, phone=reading.value.number)
                    yield Candidate(
                        field.id,
                        Understood(value),
                        min(person.start, atom.start),
                        max(person.end, atom.end),
                        48,
                        "姓名和电话",
                        (),
                    )


def _names(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    marked, either = scene.marked, fields.either
    for name in (*marked.firms, *marked.people):
        if name.kind == "title" or not_mine(marked, name.start):
            continue
        beside, identified = _numbers_beside(marked, name.start, name.end)
        for field in fields.names:
            if (needs := scene.needs(field)) is None:
                continue
            if field.names not in ("either", name.kind) or _is_anothers(marked, name, field):
                continue
            score = (
                30
                + (8 if scene.open(field) or _is_better(scene, field, name) else -14)
                + (6 if scene.focused == field.id else 0)
                + (3 if field.names == name.kind else 0)
            )
            if name.kind == "person":
                if either:
                    firm = scene.firm or bool(marked.firms)
                    score += (8 if firm else -8) if field.names == "person" else (-8 if firm else 8)
                if (
                    not name.sure
                    and not beside
                    and not (scene.focused == field.id and name.text == marked.text.strip())
                ):
                    continue
                score -= 20 if not scene.open(field) and _identified(scene) and not corrects(marked) else 0
                score -= 16 if field.names == "either" and name.cue in _CALLERS else 0
                score += 6 if name.cue in ("我叫", "俺叫", "叫", "我是", "俺是", "本人", "全名", "姓名") else 0
                score += 4 if beside else 0
                at = max(0, name.start - len(name.cue))
                if marked.said(max(0, at - 1), at) in ("他", "她"):
                    continue
                own = name.cue and any(name.cue in word or word in name.cue for word in (field.called, *field.words))
                if not own and field.names == "person" and either and (name.cue or not identified):
                    score -= 16 if name.cue in _HEADS else 28
                if name.cue in ("校长", "院长", "主任", "是", "写", "书记"):
                    score -= 4
            elif not name.sure:
                score -= 8
            yield Candidate(
                field.id,
                Understood(Words(text=name.text)),
                name.start,
                name.end,
                score,
                "名称的样子" if name.kind == "organisation" else "人名",
                needs,
            )


@once
def not_mine(marked: Marked, at: int) -> bool:
    """Whether a name at this place is somebody else's: 替李示例, 房东."""
    return bool(_NOT_MINE.search(marked.said(max(0, at - 8), at)))


@once
def _numbers_beside(marked: Marked, start: int, end: int) -> tuple[bool, bool]:
    """Whether a personal number stands beside a name, and whether an identity number follows it."""
    after = {one.shape for one in marked.atoms_from(end, end + 9)}
    before = any(one.shape == "identity" and 0 <= start - one.end <= 2 for one in marked.atoms_from(start - 40, start))
    return bool(after & {"identity", "phone"}) or before, "identity" in after


_HEADS = frozenset(
    {"主任", "校长", "院长", "园长", "理事长", "董事长", "总经理", "经理", "书记", "所长", "村长", "负责人", "全名"}
)
"""Who may be the head of a firm or an office, where nobody else is named."""
_CALLERS = frozenset({"联系人", "来电", "来电人", "来电者", "打电话的是", "老师", "后勤", "财务", "总务"})


def _is_better(scene: Scene, field: TextField, name: Name) -> bool:
    """Whether a firm is named where before only a person was, whose identity number was not given."""
    before = scene.before.get(field.id)
    said = before.value.text if before and isinstance(before.value, Words) else ""
    return name.kind == "organisation" and name.sure and len(said) <= 4 and not _identified(scene)


def _identified(scene: Scene) -> bool:
    return any(isinstance(one.value, Code) and one.value.scheme == "identity" for one in scene.before.values())


@once
def _coded(marked: Marked, at: int) -> frozenset[str]:
    """The fields for such numbers that are named right before this one."""
    label = marked.label_before(at)
    told = label.of("label") if label and at - label.end <= _CLOSE else ()
    return frozenset(one.field.id for one in told if isinstance(one.field, CodeField))


def _is_anothers(marked: Marked, name: Name, field: TextField) -> bool:
    """Whether the person is named behind the name of another cell for people: 项目经理 荆涛, 法定代表人是我们苗总苗翠萍."""
    if name.kind != "person":
        return False
    kinds = _people_named(marked, name.start)
    return bool(kinds) and field.id not in kinds


@once
def _people_named(marked: Marked, at: int) -> frozenset[str]:
    """The fields named right before this place, if one of them is for a name."""
    label = marked.label_before(at)
    kinds = [one.field for one in label.of("label")] if label and at - label.end <= _NEXT else []
    people = any(isinstance(one, ContactField) or (isinstance(one, TextField) and one.name_only) for one in kinds)
    return frozenset(one.id for one in kinds) if people else frozenset()


def _places(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    for place in scene.marked.places:
        for n, field in enumerate(fields.addresses):
            if (needs := scene.needs(field)) is None or needs:
                continue
            score = (
                32
                + (8 if scene.open(field) else -4)
                + (6 if scene.focused == field.id else 0)
                - 6 * n
                + (4 if place.sure else 0)
            )
            score += 22 if _belongs(scene, field, place.start) else 0
            score += _former(scene, fields, field, place.start)
            both = scene.open(field) and _of_both(scene.marked, place.start, place.end)
            group = (f"both:{place.start}",) if both else ()
            yield Candidate(
                field.id,
                Understood(Address(text=place.text.strip())),
                place.start,
                place.end,
                score,
                "地址的样子",
                group=group,
            )


_NEXT, _CLOSE = 6, 3
_BOTH_BEFORE = re.compile(
    r"(?:和|跟|与|、)[^,。;\s]{1,6}(?:都|全)?(?:在|是)\s*$|(?:都|全)(?:在|是|写|填)\s*:?$|(?:一个|同一个)(?:地址|地方|地儿)\s*$"
)
_BOTH_AFTER = re.compile(
    r"[\s,。;]*(?:就这|单位|公司|项目|工程|工地)(?:一个地方|地址|也|同址|位置)*(?:也|就|都)?(?:在|是|写|同|按)?(?:这|那|一个地方|同|此|址)"
    r"|[\s,。;]*(?:[水电气暖网]|用电|用水|天然气|装|灶|表)*(?:也|就|都|全|想)*(?:装|接|建|用|安|拉)(?:也装)?(?:在|到|进)?(?:这|店|厂|园|院|家|屋|里头|公司|学校|同一)"
)
"""An address that is both the applicant's and the one to be connected."""


@once
def _of_both(marked: Marked, start: int, end: int) -> bool:
    return bool(_BOTH_BEFORE.search(marked.said(max(0, start - 14), start))) or bool(
        _BOTH_AFTER.match(marked.said(end, end + 20))
    )


_DROPPED = re.compile(r"(?:就|也|先|都)?(?:不要|不用|不装|不办|去掉|取消|不上|免了)了?")
_NEEDS_NAME = frozenset(
    {"是", "否", "有", "无", "其他", "不清楚", "不知道", "不确定", "说不清", "说不准", "没有", "不要", "不用", "别的"}
)
"""Options that mean nothing without the name of their field."""
_SITE = re.compile(
    r"(?:工地|项目|工程|现场|施工|安装|要接|房子|门面|井|大棚|地头|基地|场地|新址)(?:就)?(?:在|位于|地点|是)?\s*$"
)


_FORMER = re.compile(r"(?:原来|原先|以前|之前|老|旧|从)[^\s,。;]{0,8}$")


def _former(scene: Scene, fields: Fillable, field: AddressField, at: int) -> int:
    """An address said to be the former one goes to the field for it, where the form has one."""
    if any(one.id in scene.visible for one in fields.former):
        former = bool(_FORMER.search(scene.marked.said(max(0, at - 10), at)))
        return 16 if former == field.called.startswith("原") else -16
    return 0


def _belongs(scene: Scene, field: Field, at: int) -> bool:
    """Whether the address goes with what was named just before it: 项目 云栖康养中心 古固寨镇…, 工地在…."""
    if _SITE.search(scene.marked.said(max(0, at - 6), at)):
        return related(field, scene.form.fields[field.id]) and any(word in field.called for word in ("项目", "工程"))
    label = _owner_before(scene.marked, at)
    return label is not None and related(label.of("label")[0].field, field)


@once
def _owner_before(marked: Marked, at: int) -> Hit | None:
    """The last name of a field that is no address, before this place in its sentence."""
    sentence = marked.piece_at(at).sentence
    for hit in reversed(marked.labels_before(at, len(marked.labels))):
        if marked.piece_at(hit.start).sentence != sentence:
            return None
        if not any(isinstance(one.field, AddressField) for one in hit.of("label")):
            return hit
    return None


def _options(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    marked = scene.marked
    for hit, senses in _telling(marked):
        ahead = _service_ahead(marked, hit.end)
        for sense in senses:
            field = sense.field
            if (
                field.id == scene.services
                or (needs := scene.needs(field)) is None
                or (sense.role == "fact" and any(name == scene.services for name, _ in needs))
                or (isinstance(field, ChoiceField) and _in_question(marked, hit.start))
                or (isinstance(field, ChoiceField) and not field.several and _is_dropped(marked, hit.end))
            ):
                continue  # 开饭店的 says what the power is for, not that power is wanted
            about = topic_at(hit.start if ahead is None else ahead)
            if _is_topics(scene, field, hit, sense.role, about) and not _for_all(scene, field, hit, topic_at):
                continue
            bonus, why = fit(scene, field, hit.start if ahead is None else ahead, topic_at)
            bonus -= _doubt(scene, field, hit, sense)
            score = (
                36
                + bonus
                + min(len(hit.text), 6)
                + (3 if isinstance(field, ChoiceField) and hit.text == sense.option else 0)
            )
            reading: Understood
            unsure = sense.role == "fact"
            if isinstance(field, ChoiceField):
                kept = scene.before[field.id].value if field.id in scene.before else None
                if field.several and isinstance(kept, Picks) and _is_dropped(marked, hit.end):
                    left = tuple(one for one in kept.picks if one.option != sense.option)
                    if left and len(left) < len(kept.picks):
                        yield Candidate(
                            field.id,
                            Understood(Picks(picks=left)),
                            hit.start,
                            hit.end,
                            score + 10,
                            f"“{hit.text}”不要了",
                            needs,
                        )
                    continue
                if _is_dropped(marked, hit.end) and not _tells_of_leaving(marked):
                    continue
                reading = Understood(Picks(picks=(Pick(option=sense.option),)))
            elif isinstance(field, YesNoField):
                if field.count_unit and sense.role == "yes":
                    stop = marked.sentence_end(hit.start)
                    inner = counted(marked, hit.end, stop, field.count_unit)
                    if not inner or inner[0].number is None:
                        continue
                    value = YesNo(yes=True, count=int(inner[0].number))
                    yield Candidate(
                        field.id, Understood(value), hit.start, inner[0].end, score + 6, f"“{hit.text}”", needs
                    )
                    continue
                reading = Understood(YesNo(yes=sense.role == "yes"))
            else:
                assert isinstance(field, NumberField)
                reading = Understood(Amount(number=Decimal(0), unit=field.unit))
            if unsure:
                score -= 10
            group = _group(scene, field, hit, sense.role, topic_at)
            score += 6 if str(hit.start) in group else 0
            yield Candidate(
                field.id,
                reading,
                hit.start,
                hit.end,
                score,
                f"“{hit.text}”" + (f"，{why}" if why else ""),
                needs,
                "guessed" if unsure else "said",
                unsure,
                group,
            )


_SOMEBODY = re.compile(r"(?:是|叫)?(?!我|本人|自己)[一-鿿]{2,5}(?=[ ,。;\n]|$)")
_APART = re.compile(r"[\s,。;]")
_LEAVES = re.compile("销|拆|停|迁|搬")


@once
def _is_dropped(marked: Marked, at: int) -> bool:
    return bool(_DROPPED.match(marked.text, at))


@once
def _tells_of_leaving(marked: Marked) -> bool:
    return bool(_LEAVES.search(marked.text))


@once
def _telling(marked: Marked) -> list[tuple[Hit, tuple[Sense, ...]]]:
    """The words that say something without the name of a field, neither asked nor denied."""
    return [
        (hit, senses)
        for hit in marked.hits
        if (senses := hit.of("option", "fact", "yes", "no", "zero"))
        and hit.text not in _NEEDS_NAME
        and not asked_whether(marked, hit.start)
        and not denied(marked, hit.start)
    ]


@once
def _service_ahead(marked: Marked, at: int) -> int | None:
    """Where right behind this place a service is named."""
    services = marked.services
    for place in range(bisect_left(services, (at,)), len(services)):
        start = services[place][0]
        if start - at > 5:
            return None
        if not _APART.search(marked.text, at, start):
            return start
    return None


@once
def _is_corrected(marked: Marked, at: int) -> bool:
    piece = marked.piece_at(at)
    return _piece_corrects(marked, piece.start, piece.end)


@once
def _piece_corrects(marked: Marked, start: int, end: int) -> bool:
    return bool(STRONG_CUE.search(marked.text, max(0, start - 6), end))


@once
def _of_others(marked: Marked, at: int) -> bool:
    return bool(_NOT_MINE.search(marked.said(max(marked.piece_at(at).start, at - _NOT_MINE_MOST), at)))


def _doubt(scene: Scene, field: Field, hit: Hit, sense: Sense) -> int:
    """What speaks against an option: one is ticked already, it is said of somebody else, a name follows."""
    marked, doubt = scene.marked, 0
    if (
        not scene.open(field)
        and isinstance(field, ChoiceField)
        and not field.several
        and not _is_corrected(marked, hit.start)
    ):
        doubt += 22
    if _of_others(marked, hit.start):
        doubt += 15
    if hit.text == sense.option and isinstance(field, ChoiceField) and _SOMEBODY.match(marked.text, hit.end):
        doubt += 8  # 法人是园长苏梦洁: who he is, not who applies
    return doubt


def _is_topics(scene: Scene, field: Field, hit: Hit, role: str, topic: Section | None) -> bool:
    """Whether a word that several services have is said of others: of the one spoken of, else of those named or chosen."""
    if len(hit.senses) == 1:
        return False
    section = scene.form.section_of[field.id]
    option = scene.option_of(section)
    if option is None or section is topic:
        return False
    of = (scene.form.section_of[one.field.id] for one in hit.senses if one.role == role)
    others = {one.id: one for one in of if one is not section}
    if topic is not None:
        return topic.id in others
    named = _named_from(scene.marked, scene.marked.sentence_start(hit.start))
    if option in named or option in scene.chosen:
        return False
    options = {scene.option_of(one) for one in others.values()}
    return not options.isdisjoint(named) or not options.isdisjoint(scene.chosen)


@once
def _named_from(marked: Marked, at: int) -> frozenset[str]:
    """The services named from this place on."""
    return _named_still(marked)[bisect_left(marked.services, at, key=_begin)]


@once
def _named_still(marked: Marked) -> list[frozenset[str]]:
    """The services named in all the places, in all but the first, and so on."""
    named = [frozenset[str]()]
    for _, _, options in reversed(marked.services):
        named.append(named[-1] if named[-1].issuperset(options) else named[-1].union(options))
    return named[::-1]


_OTHER = re.compile(
    r"(?:勾|选|填|归|算|登|打|写)(?:个|上|了|到)?(?P<option>其他|其它)[\s,，:(]{0,8}(?:就|再)?(?:写|填|说明|注明|是|:)?(?:上|成|明)?\s{0,8}:?\s{0,8}"
    r"(?P<note>[\u4e00-\u9fffA-Za-z0-9]{2,20})"
)


@once
def _noted(marked: Marked) -> list[re.Match[str]]:
    """Where 其他 is to be chosen and what is to be written beside it."""
    return list(_OTHER.finditer(marked.text))


def _others(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """性质勾其他 写影视拍摄: the option beside which something is written, of the field named, else of the service."""
    marked = scene.marked
    for match in _noted(marked):
        label = marked.label_before(match.start())
        named = [one.field for one in label.of("label")] if label else []
        near = [one for one in named if _takes_note(one)]
        section = topic_at(match.start())
        asked = near or [one for one in (section.fields if section else ()) if _takes_note(one)]
        for field in asked:
            needs = scene.needs(field)
            if needs is None or not isinstance(field, ChoiceField):
                continue
            bonus, why = fit(scene, field, match.start(), topic_at)
            option = next(one.text for one in field.options if one.text == "其他")
            value = Picks(picks=(Pick(option=option, note=match["note"]),))
            group = (f"several:{field.id}",) if field.several else ()
            begin = label.start if near and label else match.start()
            yield Candidate(
                field.id,
                Understood(value),
                begin,
                match.end(),
                82 + bonus,
                f"其他：{match['note']}，{why}",
                needs,
                group=group,
            )


def _takes_note(field: Field) -> bool:
    return isinstance(field, ChoiceField) and any(one.text == "其他" and one.blank != "none" for one in field.options)


@once
def _in_question(marked: Marked, at: int) -> bool:
    """Whether this place is inside a question about papers, prices or times (过户要准备什么材料?)."""
    piece = marked.piece_at(at)
    return _asks_about(marked, piece.start, piece.end)


_MATTERS = re.compile(r"什么材料|啥材料|哪些材料|材料|多少钱|几天|多久|怎么收")
_ASKS = re.compile(r"什么|啥|哪些|多少|几天|多久|怎么|要带|吗")


@once
def _asks_about(marked: Marked, start: int, end: int) -> bool:
    return bool(_MATTERS.search(marked.text, start, end) and _ASKS.search(marked.text, start, end))


def _group(scene: Scene, field: Field, hit: Hit, role: str, topic_at: TopicAt) -> tuple[str, ...]:
    """水电过户, 都是新装: one word for several services; and several ticks of one field in one message."""
    words = [f"several:{field.id}"] if isinstance(field, ChoiceField) and field.several else []
    if role in ("zero", "cell") or _for_all(scene, field, hit, topic_at):
        words.append(str(hit.start))
    return tuple(words)


@once
def _several_named(marked: Marked) -> list[Named]:
    """Where several services are named in one breath."""
    return [one for one in marked.services if len(one[2]) > 1]


def _for_all(scene: Scene, field: Field, hit: Hit, topic_at: TopicAt) -> bool:
    section, piece = scene.form.section_of[field.id], scene.marked.piece_at(hit.start)
    option = scene.option_of(section)
    if option is None:
        return False
    marks = scene.marked.services
    named = _named_before(scene.marked, hit.start)
    if topic_at(hit.start) is None:
        return option in (named or scene.chosen or _named_so_far(scene.marked)[-1] or (option,))
    if any(
        option in options and start <= hit.start and hit.start - end <= 4 and end >= piece.start - 12
        for start, end, options in _several_named(scene.marked)
    ):
        return True
    if any(hit.start <= start < hit.end for start, _, options in _several_named(scene.marked)):
        return True
    if len(named) > 1 and option in named and _OF_ALL.search(scene.marked.said(max(0, hit.start - 4), hit.start)):
        return True
    near = scene.marked.said(max(piece.start, hit.start - 8), hit.start) + hit.text[:1]
    return (
        (option in scene.chosen or option in named)
        and bool(_ALL_OF_THEM.search(near))
        and sum(1 for start, _, _ in marks[: bisect_left(marks, (hit.start,))] if piece.start <= start) != 1
    )


_OF_ALL = re.compile(r"(?:都|全|均)(?:是|要|得|想|该)?$")
_ALL_OF_THEM = re.compile(r"(?:都|全|均)(?:是|要|得|办|报|申请|想|得)?(?:头一回)?.?$")


@once
def _named_before(marked: Marked, at: int) -> frozenset[str]:
    """The services named up to this place."""
    named = _named_so_far(marked)
    return named[bisect_right(marked.services, at, key=_begin)]


@once
def _named_so_far(marked: Marked) -> list[frozenset[str]]:
    """The services named in none of the places, in the first, in the first two, and so on."""
    named = [frozenset[str]()]
    for _, _, options in marked.services:
        named.append(named[-1] if named[-1].issuperset(options) else named[-1].union(options))
    return named


def _begin(named: Named) -> int:
    return named[0]


def _measures(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    marked = scene.marked
    asked = [one for one in fields.numbers if one.units or one.id == scene.focused or one.id in scene.draft.refusals]
    for atom in marked.amounts[1]:
        # whose unit it is; a bare number is seldom anybody's
        for field in fields.measured_in(atom.unit) if atom.unit else _bare(marked, atom, fields, asked):
            if (needs := scene.needs(field)) is None:
                continue
            told = with_unit(scene, field, atom)
            unit, _ = fit_unit(field, told.unit)
            first = not atom.unit and _first_number(scene, field, atom, topic_at)
            pending = (
                first
                or field.id == scene.focused
                or (field.id in scene.draft.refusals and field.id not in scene.answers)
            )
            money = field.unit == "元" and not atom.unit and atom.number is not None and atom.number >= _MUCH
            if unit is None and not (not atom.unit and (pending or money)):
                continue
            if len(needs) > 1 or (needs and (needs[0][0] == scene.services or needs[0][1] is True)):
                continue
            if atom.number == 1 and atom.unit == "个" and not atom.text[0].isdigit():
                continue  # 建一个数据中心
            if overtaken(marked, atom):
                continue
            found = measured_once(marked, field, told)
            if found is None or (found := multiplied(scene, field, atom, found)) is None:
                continue
            bonus, why = fit(scene, field, atom.start, topic_at)
            if not scene.open(field) and not first and not corrects(marked):
                bonus -= 20
            if field.id == scene.focused and not first and not atom.unit and _made(marked, atom.start):
                continue  # 改成180 puts a number right that was said before
            if (
                (field.unit == "个" or (atom.unit in ("个", "台") and field.unit not in ("个", "台")))
                and atom.unit
                and not _labelled_before(scene, field, atom)
            ):
                continue
            own = (
                atom.unit in (unit, "") or len(atom.unit) > 1 or atom.unit in ("平", "方", "米", "兆", "户", "台", "门")
            )
            bonus += 0 if own else -5
            label = marked.label_before(atom.start)
            if _is_total(marked, atom.start):
                bonus += 8
            if (
                label
                and 0 <= atom.start - label.end <= 3
                and not any(_is_near(one.field, field) for one in label.of("label"))
            ):
                bonus -= 15
            if money and not (label and any(related(one.field, field) for one in label.of("label"))):
                continue
            if label and any(related(one.field, field) or one.field is field for one in label.of("label")):
                bonus += 6
            score = 30 + bonus + (10 if is_old(marked, atom.start) == ("原" in field.called) else -30)
            if field.need == "optional" and not holds(field.ask_when, scene.answers) or field.need == "optional":
                score -= 8
            yield Candidate(
                field.id,
                found.reading,
                atom.start,
                atom.end,
                score,
                f"单位“{atom.unit}”" + (f"，{why}" if why else ""),
                needs,
                found.certainty,
                found.unsure,
            )


def _bare(marked: Marked, atom: Atom, fields: Fillable, asked: Sequence[NumberField]) -> Sequence[NumberField]:
    """The fields that a number without a unit may be meant for: those that were `asked`, have several units or are at hand."""
    if (
        _service_before(marked, atom.start) is not None
        or unit_ahead(marked, atom.start)
        or unit_alone(marked, atom.end, atom.start)
    ):
        return fields.numbers
    if atom.number is None or atom.number < _MUCH:
        return asked
    names = {one.id for one in asked}
    return [one for one in fields.numbers if one.unit == "元" or one.id in names]


_MUCH = 10_000
"""From here on a number is taken for money."""
_TOTAL = re.compile(r"(?:一共|总共|合计|共)(?:是|有)?\s*$")


@once
def _is_total(marked: Marked, at: int) -> bool:
    return bool(_TOTAL.search(marked.said(max(0, at - 4), at)))


@once
def _made(marked: Marked, at: int) -> bool:
    """Whether the number here is what another is to become."""
    return bool(_MADE.search(marked.text, max(0, at - 8), at))


def _is_near(one: Field, other: Field) -> bool:
    return one is other or related(one, other) or (one.cell is not None and one.cell == other.cell)


def _labelled_before(scene: Scene, field: Field, atom: Atom) -> bool:
    """Whether the field, or one related to it, was named before the amount in its sentence."""
    label = scene.marked.label_before(atom.start)
    return label is not None and any(one.field is field or related(one.field, field) for one in label.of("label"))


_MADE = re.compile(r"(?:改成|改为|改到|换成|改)\s*$")
_TO = re.compile(
    r"(?:量|容量)?(?:那边|那块|那个|这边|也|就|还是)*(?:写|改|改成|改到|改为|报|要|按|加到|减到|降到|登)*\s?"
)
"""What may stand between a service and the first number asked of it: 水写130."""


def _first_number(scene: Scene, field: NumberField, atom: Atom, topic_at: TopicAt) -> bool:
    """电150: a bare number right behind the name of its service is the first number asked of it."""
    section = scene.form.section_of[field.id]
    if atom.unit or section is not topic_at(atom.start):
        return False
    between = _service_before(scene.marked, atom.start)
    if between is None or not _TO.fullmatch(between):
        return False
    asked = [
        one
        for one in section.fields
        if isinstance(one, NumberField)
        and one.need == "required"
        and (scene.open(one) or between.strip())
        and scene.needs(one) == ()
    ]
    return bool(asked) and asked[0].id == field.id


@once
def _service_before(marked: Marked, at: int) -> str | None:
    """What stands between a service named just before this place and the place."""
    ends = _service_ends(marked)
    before = bisect_right(ends, at)
    return marked.said(ends[before - 1], at) if before and at - ends[before - 1] <= 6 else None


@once
def _service_ends(marked: Marked) -> list[int]:
    return [end for _, end, _ in marked.services]


@once
def _those(marked: Marked) -> list[re.Match[str]]:
    return list(_THOSE.finditer(marked.text))


def _buildings(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    known = next((one.value for one in scene.answers.values() if isinstance(one.value, Buildings)), None)
    for match in _those(scene.marked):
        for field in fields.buildings:
            if (
                known is not None
                and scene.open(field)
                and scene.form.section_of[field.id] is topic_at(match.start())
                and (needs := scene.needs(field)) is not None
            ):
                yield Candidate(
                    field.id, Understood(known), match.start(), match.end(), 50, "和前面的楼一样", needs, "derived"
                )
    for atom in scene.marked.numbered:
        if atom.shape != "buildings":
            continue
        for field in fields.buildings:
            if (needs := scene.needs(field)) is not None:
                bonus, why = fit(scene, field, atom.start, topic_at)
                reading = building_lists.parse(re.sub(r"还有|以及", "和", atom.text), field, scene.context)
                group = (f"all:{atom.start}",) if of_all(scene, field, atom.start, topic_at) else ()
                yield Candidate(
                    field.id,
                    reading,
                    atom.start,
                    atom.end,
                    36 + bonus,
                    "楼号" + (f"，{why}" if why else ""),
                    needs,
                    group=group,
                )


@once
def _dated(marked: Marked) -> list[Piece]:
    """The pieces that name a day and no place."""
    return [
        piece
        for piece in marked.pieces
        if _DAY.search(marked.text, piece.start, piece.end)
        and not re.search(r"每天|一天|天天|原来|以后才|号楼", marked.said(piece.start, piece.end))
        and not any(one.start < piece.end and piece.start < one.end for one in marked.places)
    ]


def _moments(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """A day without a name before it: an appointment, where the form has one."""
    marked = scene.marked
    for piece in _dated(marked):
        said = marked.said(piece.start, piece.end)
        for field in fields.dates:
            about = scene.form.section_of[field.id] is topic_at(piece.start)
            if not (field.halves or field.id == scene.focused or about):
                continue
            if (needs := scene.needs(field)) is None:
                continue
            reading = dates.parse(said, field, scene.context)
            if re.search(r"[上中下]旬", said):
                reading = Refusal("date.vague", {"given": said[:20]})
            whole = marked.said(piece.start, marked.sentence_end(piece.start))
            if (
                field.halves
                and isinstance(reading, Understood)
                and isinstance(reading.value, Day)
                and re.search(r"上午下午|全天|都行|整天|一天都|都可以", whole)
            ):
                reading = Understood(Day(date=reading.value.date))
            elif (
                field.halves
                and isinstance(reading, Partial)
                and reading.want == "half"
                and re.search(r"上午下午|全天|整天", whole)
            ):
                reading = dates.parse(re.sub(r"上午下午都?行?|整天", "全天", whole), field, scene.context)
                if isinstance(reading, Understood) and isinstance(reading.value, Day):
                    reading = Understood(Day(date=reading.value.date))
            if isinstance(reading, Partial) and reading.want == "half" and len(whole) <= 24:
                reading = dates.parse(whole, field, scene.context)
            if field.halves and not isinstance(reading, Understood):
                reading = _simpler(scene, field, said, marked.said(piece.end, piece.end + 10), reading)
            if isinstance(reading, Understood) or ((field.id == scene.focused or about) and not _none(reading)):
                score = 34 + (5 if scene.open(field) else 0) - (0 if about or field.halves else 4)
                score += 4 if re.search(r"来|上门|约|在家|有人|看|装|改", said) else 0
                score += 12 if field.halves and _MOVED.search(marked.text, max(0, piece.start - 3), piece.end) else 0
                score -= 14 if field.halves and _BUSY.search(said) else 0
                score -= 6 if re.search(r"开学|开业|之?前(?!面)|以后|交房", said) else 0
                unsure = rests(scene, field, reading)
                days = list(_DAY.finditer(said))
                yield Candidate(
                    field.id,
                    reading,
                    piece.start + days[0].start(),
                    piece.start + days[-1].end(),
                    score,
                    "日子",
                    needs,
                    unsure=unsure,
                )


_WEEKDAY = re.compile(r"(?:下下|下个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天]")
_HALF = re.compile(r"^[\s,]*(上午|下午|早上|中午)?\s?(?:[\d一二两三四五六七八九十]{1,3}点半?)?")


def _simpler(scene: Scene, field: DateField, said: str, after: str, reading: Reading) -> Reading:
    """The day without its weekday, without words beside it, or with the half of the day that follows."""
    days = list(_DAY.finditer(said))
    bare = said[days[0].start() : days[-1].end()]
    both = _WEEKDAY.sub("", said) if re.search(r"\d月\d|\d[号日]", said) else said
    half = _HALF.match(after)
    tries = [both, both + (half[0] if half else ""), bare + (half[0] if half else "")]
    if re.search(r"一整天|整天|全天|一天都", said + after):
        tries.append(bare + "全天")
    for one in tries:
        found = dates.parse(one, field, scene.context)
        if isinstance(found, Understood):
            if one.endswith("全天") and isinstance(found.value, Day):
                return Understood(Day(date=found.value.date))
            return found
    return reading


_MOVED = re.compile(
    r"(?:挪|改|推|换|延|移)(?:到|成|至|为|在)?(?=[\s]*(?:\d|周|下|这|本|礼拜|星期|后天|明天|大后))|不上就"
)
_BUSY = re.compile(r"没人|没空|有事|出差|进货|上课|看病|撞了|不行|不在|要上班|来不了|赶不上")
"""Words that take a day back."""


def _none(reading: object) -> bool:
    return getattr(reading, "code", "") == "date.none"


def _cells(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """Values in the middle of their name: 共2期, 恒流牌的, 从一楼挪到二楼."""
    marked = scene.marked
    for hit in marked.hits:
        for sense in hit.of("cell"):
            field, (start, end) = sense.field, hit.inside
            if (needs := scene.needs(field)) is None or len(needs) > 2:
                continue
            bonus, why = fit(scene, field, hit.start, topic_at)
            said = marked.said(start, end)
            value: Understood | None = None
            if isinstance(field, NumberField) and (number := read_number(said)) is not None:
                reading = check(number, field.unit, field)
                value = reading if isinstance(reading, Understood) else None
            elif isinstance(field, TextField):
                value = Understood(Words(text=said))
            elif isinstance(field, AddressField):
                value = Understood(Address(text=said))
            if value is not None:
                yield Candidate(
                    field.id, value, start, end, 54 + bonus, f"“{hit.text}”，{why}", needs, group=(str(hit.start),)
                )


def _leftovers(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """A service's description in free words, where its section asks for one and nothing else: 有线 住宅756户."""
    marked = scene.marked
    for field in fields.described:
        section = scene.form.section_of[field.id]
        option = scene.option_of(section)
        if option is None or not scene.open(field):
            continue
        if (needs := scene.needs(field)) is None:
            continue
        for _start, end, options in scene.marked.services:
            if option not in options:
                continue
            words = _words_behind(marked, end)
            if words is not None and topic_at(words[0]) is section:
                start, last = words
                said = _ABOUT_IT.sub("", marked.said(start, last)).strip(" :,、")
                if re.search(r"\d", said):
                    yield Candidate(
                        field.id, Understood(Words(text=said[: field.most])), start, last, 47, "这一项的概况", needs
                    )


@once
def _words_behind(marked: Marked, at: int) -> tuple[int, int] | None:
    """From the first to the last words behind this place in its sentence that say something."""
    stop = marked.sentence_end(at - 1)
    pieces = marked.pieces_to(at, stop)
    first = next((max(one.start, at) for one in pieces if _tells(marked, one, at, stop)), None)
    last = next((one.end for one in reversed(pieces) if _tells(marked, one, at, stop)), None)
    return (first, last) if first is not None and last is not None else None


def _tells(marked: Marked, piece: Piece, at: int, stop: int) -> bool:
    if not (at <= piece.start and piece.end <= stop or piece.start < at < piece.end):
        return False
    return (
        len(marked.said(max(piece.start, at), piece.end).strip(" :,")) >= 3
        and _ABOUT_PAPERS.search(marked.text, piece.start, piece.end) is None
    )


_ABOUT_IT = re.compile(r"^(?:这块|那块|这边|方面|的话)?[\s:,、]*")
_ABOUT_PAPERS = re.compile(r"图纸|材料|资料|文件|一块|一起|也报|新装|报装|怎么|多少|啥|什么|后面|回头|\?|吗")
