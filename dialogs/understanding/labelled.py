"""Values behind the name of their field: 法人 侯志强, 建面五万二千平, 换热站没建."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from dialogs.conditions import holds
from dialogs.kinds.number import check
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked, Piece, is_blank
from dialogs.understanding.once import once
from dialogs.understanding.openings import Opening
from dialogs.understanding.scene import Scene
from dialogs.understanding.values import (
    Finding,
    amounts,
    find,
    fit_unit,
    is_old,
    left_open,
    measured_once,
    overtaken,
    with_unit,
)
from model.fields import (
    AddressField,
    AttachmentField,
    ChoiceField,
    CodeField,
    ContactField,
    Field,
    NumberField,
    PhoneField,
    TableField,
    TextField,
    YesNoField,
)
from model.form import Section
from model.values import Amount, YesNo

_GLUE = re.compile(
    r"\s*[?？]?\s*(?:(?:他|她|客户|对方|电工|师傅)(?:说|讲|报)的?)?(?:那个|这个|那块|这块|那格|这格|那栏|一栏|那行|这行|那一行|那一栏|这项|那项|方面|这边)?\s*(?P<strong>[:=]|就?(?:是|"
    r"系|叫做?|为)|就?(?:帮我|给我|里)?(?:写上?|填|勾|选|登记?|录入?|打|注明|加)(?:成|为|的是|一?下|一句|一笔|"
    r"有)?:?)?\s*"
)
_BEFORE = re.compile(
    r"(?:那个|这个|我的?|俺的?|我们的?|单位的?|公司的?|他的?|她的?|的|然后|还有|另外|再|把|将|,|和|总共|一共|共|"
    r"大概|约|下|一下|改下|改一下|改|写|填|其中|里)*$"
)
_DENIED = re.compile(
    r"(?:没有|没得|没|无|不要|不用|不需要)(?:你说的|你们说的|上面说的)?(?:什么|那种|这种|任何|那些|啥|装|配)?\Z|"
    r"不(?:单独|另外)?(?:装|上|要|用|开)\Z"
)
_HAS = re.compile(
    r"(?<![没还])(?:有|配|备|装)(?:了|着|有)?(?:[一1]?[台套个组]|两台|[\d二三四]台)(?:\d+(?:千瓦|kw|KW)的)?$"
)
_MOST_BETWEEN = 24
_FULL = 4
"""Characters of a name that is nothing else's."""
_FARTHEST = 2000
"""As long as a message that is read at all: what many names share is not looked through without end for each of them."""
_ASKS = re.compile(
    r"\s{0,8}(?:是?啥意思|是?什么意思|是啥|是什么|怎么填|咋填|指什么|指啥|怎么算|有啥用|啥区别|什么区别)"
)


_DIGIT = re.compile(r"\s*\d")
_AND = re.compile(r"\s{0,8}[和跟与、及]\s{0,8}")
_BESIDE = re.compile(r"\s{0,8}[和跟与、及]?\s{0,8}")
_IDENTITY = re.compile("身份证|证件?号")


def _label_like(marked: Marked, hit: Hit) -> bool:
    """Whether this word stands where the name of a field stands: first in its piece, or before a colon or a value."""
    text, piece = marked.text, marked.piece_at(hit.start)
    glue = _GLUE.match(text, hit.end)
    if glue and glue["strong"]:
        return True
    near = hit.start - piece.start <= _MOST_BETWEEN
    if (near and is_blank(_BEFORE.sub("", text[piece.start : hit.start]))) or _only_marks(marked, piece, hit.start):
        return True
    return bool(_DIGIT.match(text, hit.end))


def _only_marks(marked: Marked, piece: Piece, at: int) -> bool:
    """Whether everything before this place in its piece is marked already as something else."""
    covered = marked.covered
    if piece.start >= at or covered.count(0, piece.start, at) > _MOST_BETWEEN:
        return False
    left, place = "", covered.find(0, piece.start, at)
    while place >= 0:
        left += marked.text[place]
        place = covered.find(0, place + 1, at)
    return is_blank(_BEFORE.sub("", left))


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """What stands behind the name of a field, up to the next name or the end of the sentence.

    `pointed`: a colon or the like stands between; `strong`: the name stands where names stand; `shared`: what
    stands there may be said of another field too; `kin`: see `_kin`.
    """

    hit: Hit
    field: Field
    begin: int
    stop: int
    pointed: bool
    strong: bool
    shared: bool
    kin: int


def labelled(scene: Scene, topic_at: "TopicAt") -> Iterator[Candidate]:
    """Every value that stands behind a name of its field."""
    for stretch in _stretches(scene.marked):
        hit, field = stretch.hit, stretch.field
        shared = stretch.shared or (
            isinstance(field, NumberField) and len(hit.of("label")) > 1 and of_all(scene, field, hit.start, topic_at)
        )
        for one in _behind(scene, stretch, topic_at):
            yield replace(one, group=(*one.group, f"both:{stretch.begin}")) if shared else one


@once
def _stretches(marked: Marked) -> list[_Stretch]:
    return list(_cut(marked))


def _cut(marked: Marked) -> Iterator[_Stretch]:
    labels = marked.labels
    strong = [hit for hit in labels if _label_like(marked, hit)]
    starts, firsts = [one.start for one in strong], [one.start for one in strong if _first(marked, one)]
    ends, meeting = {one.start: one.end for one in strong}, set[int]()
    for hit in labels:
        glue = _GLUE.match(marked.text, hit.end)
        begin = glue.end() if glue else hit.end
        pointed = bool(glue and glue["strong"])
        following = _from(starts, max(hit.end, begin), len(marked.text))
        first = _from(firsts, max(hit.end, begin), len(marked.text))
        asked = "?" in marked.said(hit.end, begin)  # 发电机?没有
        stop = min(following, marked.sentence_end(begin if asked and begin < len(marked.text) else hit.start))
        if pointed and glue and glue["strong"] in (":", "="):
            line = marked.text.find("\n", begin)
            stop = max(stop, min(following, line if line >= 0 else len(marked.text)))
        for sense in hit.of("label"):
            field, until = sense.field, stop
            if isinstance(field, TextField) and not field.name_only:
                until = max(stop, min(first, marked.sentence_end(hit.start)))
            shared = isinstance(field, YesNoField | ContactField)  # 项目负责人、经办人都写…: said of both
            if (shared and _AND.fullmatch(marked.text, hit.end, following)) or (
                isinstance(field, AddressField) and _BESIDE.fullmatch(marked.text, hit.end, following)
            ):
                until = marked.sentence_end(hit.start)  # 换热站和庭院管网都没建
                begin = ends.get(following, begin)
                meeting.add(begin)
            shared = shared or (isinstance(field, AddressField) and begin in meeting)
            until = min(until, begin + _FARTHEST)
            yield _Stretch(hit, field, begin, until, pointed, hit.start in ends, shared, _kin(marked, field, hit))


def _from(starts: list[int], at: int, otherwise: int) -> int:
    """The first of these places from here on."""
    found = bisect_left(starts, at)
    return starts[found] if found < len(starts) else otherwise


def _first(marked: Marked, hit: Hit) -> bool:
    """Whether the word is the first of its piece: only there does a name end a stretch of free words."""
    piece = marked.piece_at(hit.start)
    return hit.start - piece.start <= _MOST_BETWEEN and is_blank(_BEFORE.sub("", marked.said(piece.start, hit.start)))


class TopicAt:
    """The service section, and the printed row of several cells, that a place of the message is about."""

    def __init__(self, marks: list[tuple[int, Section | None]], scene: Scene) -> None:
        """From the marks of `topics`, and the names of fields in the message."""
        self._marks, self._starts = marks, [start for start, _ in marks]
        self._row_starts, self._rows = _printed_rows(scene.marked)

    def __call__(self, at: int) -> Section | None:
        """The section at this place."""
        before = bisect_right(self._starts, at)
        return self._marks[before - 1][1] if before else None

    def within(self, start: int, end: int) -> int | None:
        """Where in this stretch a service is named, if one is."""
        inside = self._marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return next((at for at, section in inside if section is not None), None)

    def row(self, at: int) -> str | None:
        """The printed row (第一路电源容量) named last before this place."""
        before = bisect_left(self._row_starts, at)
        return self._rows[before - 1] if before else None


@once
def _printed_rows(marked: Marked) -> tuple[list[int], list[str]]:
    """Where a printed row is named, and which."""
    rows = [(hit.start, {one.field.cell for one in hit.of("label")}) for hit in marked.labels]
    found = [(start, cell) for start, cells in rows if len(cells) == 1 and (cell := next(iter(cells))) is not None]
    return [start for start, _ in found], [cell for _, cell in found]


def fit(scene: Scene, field: Field, at: int, topic_at: TopicAt) -> tuple[int, str]:
    """How well a field goes with what is spoken of at this place."""
    section, topic = scene.form.section_of[field.id], topic_at(at)
    score, why = 0, ""
    if section is topic:
        score, why = score + 12, f"，正说到{section.title}"
    elif topic is not None and scene.option_of(section) is not None:
        score -= 8
    if field.cell is not None and (row := topic_at.row(at)) is not None:
        score += 14 if row == field.cell else -16
    elif field.id in fillable(scene.form).later_rows:
        score -= 14  # the first row, unless another is named
    if scene.open(field):
        score, why = score + 5, f"{why}，还没填"
    if field.id == scene.focused:
        score, why = score + 6, f"{why}，正问着"
    if field.id not in scene.visible:
        score -= 4
    return score, why[1:]


def of_all(scene: Scene, field: Field, at: int, topic_at: TopicAt) -> bool:
    """Whether something said before any service is spoken of is said of all the chosen ones that ask for it."""
    if scene.option_of(scene.form.section_of[field.id]) not in scene.chosen:
        return False
    topic = topic_at(at)
    return topic is None or topic.id not in fillable(scene.form).asking(field)


def _behind(scene: Scene, stretch: _Stretch, topic_at: TopicAt) -> Iterator[Candidate]:
    hit, field, begin, stop = stretch.hit, stretch.field, stretch.begin, stretch.stop
    pointed, strong = stretch.pointed, stretch.strong
    needs = scene.needs(field)
    if (
        needs is not None
        and isinstance(field, CodeField)
        and field.by is not None
        and scene.open(scene.form.fields[field.by.field])
    ):
        needs = (*needs, *_told_kind(scene, field.by.field, hit))
    if needs is None or isinstance(field, AttachmentField | TableField) or _ASKS.match(scene.marked.text, hit.end):
        return
    if isinstance(field, NumberField) and len(hit.text) < _FULL and not _may_open(scene.marked, hit, needs):
        return  # 暖气面积1万2: only its full name says the yes that it is asked beside
    at = hit.start
    if len(hit.of("label")) > 1 and (mark := topic_at.within(begin, begin + 3)) is not None:
        at = mark  # 备注 电那边有两台中频炉
    bonus, why = fit(scene, field, at, topic_at)
    if (
        not pointed
        and field.need == "optional"
        and not holds(field.ask_when, scene.answers)
        and isinstance(field, TextField)
        and len({one.name for one in hit.senses}) > 1
    ):
        return  # 宽带要移动的: the service, not the line for other wishes
    if isinstance(field, PhoneField) and not scene.open(field) and _of_contact(scene, hit):
        return  # 经办人王五,联系方式…: his
    if (
        isinstance(field, TextField)
        and field.cell
        and field.need == "optional"
        and len(hit.text) <= 2
        and not _noting(scene, hit, begin)
    ):
        return  # 电视用安广的: of the service, not the line for wishes about it
    bonus += stretch.kin - _rank(scene, field, hit)
    if isinstance(field, CodeField) and _IDENTITY.match(hit.text):
        bonus += whose(scene, field)
    score = 50 + bonus + min(len(hit.text), 8) + (12 if pointed else 0) + (8 if strong else -12)
    if isinstance(field, YesNoField) and (
        before := _DENIED.search(scene.marked.said(max(0, hit.start - 12), hit.start))
    ):
        yield Candidate(
            field.id,
            Understood(YesNo(yes=False)),
            hit.start - len(before[0]),
            hit.end,
            score + 8,
            f"“{hit.text}”前面说没有",
            needs,
        )
        return
    if (
        isinstance(field, YesNoField)
        and not field.count_unit
        and _HAS.search(scene.marked.said(max(0, hit.start - 8), hit.start))
    ):
        yield Candidate(
            field.id, Understood(YesNo(yes=True)), hit.start, hit.end, score + 2, f"“{hit.text}”前面说有", needs
        )
        yield from _dependants(scene, field, hit, begin, stop, score)
        return
    opened = left_open(scene, field, begin, stop)
    if opened is not None and any(
        sense.field is field for one in scene.marked.hits_from(begin, begin + 2) for sense in one.of("option")
    ):
        opened = None  # 不清楚 is an answer where it is an option
    later = isinstance(field, CodeField | PhoneField | ChoiceField) and find(
        scene, field, begin, stop, strong=pointed or strong
    )
    if opened is not None and not later:
        if isinstance(field, NumberField) and field.zero_words and opened.why == "没有":
            zero = Understood(Amount(number=Decimal(0), unit=field.unit))
            yield Candidate(field.id, zero, hit.start, opened.end, score, f"“{hit.text}”后面说没有", needs)
        elif (field.need != "required" or field.consent) and scene.open(field) and not needs:
            yield Candidate(field.id, None, hit.start, opened.end, score, f"“{hit.text}”后面说{opened.why}")
        return
    if isinstance(field, NumberField) and _POINTS_AWAY.match(scene.marked.text, hit.end):
        return
    yield from _dependants(scene, field, hit, begin, stop, score)
    yield from _siblings(scene, field, hit, begin, stop, score)
    found = find(scene, field, begin, stop, strong=pointed or strong)
    if found is None or (isinstance(field, TextField) and not strong and not pointed):
        return
    if isinstance(field, NumberField):
        score += _old_or_new(scene, field, found)
        between = scene.marked.said(begin, found.start)
        if (
            field.cell is not None
            and scene.marked.said(found.start, found.end)[-1:].isdigit()
            and _GROWS.search(between)
            and hit.text in ("一路", "二路", "第一路", "第二路")
        ):
            score -= 20  # 一路到1250: of which cell, the unit would say
    if isinstance(field, ChoiceField | YesNoField) and not strong and not pointed:
        score -= 6
    reason = f"在“{hit.text}”后面" + (f"，{why}" if why else "")
    begins = hit.start if not isinstance(field, NumberField) or strong else found.start
    if len(re.sub(r"[\s,:、的]", "", scene.marked.said(begin, found.start))) > 3:
        begins = found.start  # what stands between is something else's
    yield Candidate(field.id, found.reading, begins, found.end, score, reason, needs, found.certainty, found.unsure)


def _may_open(marked: Marked, hit: Hit, needs: tuple[Opening, ...]) -> bool:
    """Whether every yes that a number with this short name would bring with it is spoken of before, in its sentence."""
    wanted = {name for name, yes in needs if yes is True}
    start = marked.sentence_start(hit.start)
    named = {
        one.field.id
        for label in marked.labels_before(hit.start, 4)
        if label.start >= start
        for one in label.of("label")
    }
    return wanted <= named


def _of_contact(scene: Scene, hit: Hit) -> bool:
    """Whether a person to be called was named just before, in the same sentence."""
    before = scene.marked.label_before(hit.start)
    return (
        before is not None
        and hit.start - before.end <= _MOST_BETWEEN
        and any(isinstance(one.field, ContactField) for one in before.of("label"))
    )


def _noting(scene: Scene, hit: Hit, begin: int) -> bool:
    """Whether something is to be written there: 写, a colon where 其他服务 was spoken of."""
    glue = scene.marked.said(hit.end, begin)
    return bool(re.search(r"[写填登]|注明", glue)) or (":" in glue and "其他服务" in scene.marked.text)


_COMMON = frozenset(
    {
        "名称",
        "地址",
        "代码",
        "电话",
        "号码",
        "联系",
        "容量",
        "面积",
        "数量",
        "是否",
        "时间",
        "安装",
        "系电",
        "信用",
        "业务",
        "类型",
        "种类",
        "备注",
    }
)


def _told_kind(scene: Scene, name: str, hit: Hit) -> tuple[Opening, ...]:
    """护照号码 says what kind of document it is the number of."""
    kinds = scene.form.fields[name]
    options = kinds.options if isinstance(kinds, ChoiceField) else ()
    told = next((one.text for one in options if any(word in hit.text for word in (one.text, *one.words))), None)
    return ((name, told),) if told else ()


def _dependants(scene: Scene, field: Field, hit: Hit, begin: int, stop: int, score: int) -> Iterator[Candidate]:
    """自备电源 柴油机300千瓦: the number asked beside a yes, behind the name of what is answered yes."""
    if not isinstance(field, YesNoField):
        return
    for one in fillable(scene.form).counted(field.id):
        needs = scene.needs(one)
        found = (
            (_together(scene, one, begin, stop) or find(scene, one, begin, stop, strong=False))
            if needs is not None
            else None
        )
        if (
            needs is not None
            and found is not None
            and isinstance(found.reading, Understood)
            and scene.marked.said(found.start, found.end)[-1:] not in "0123456789"
        ):
            yield Candidate(
                one.id,
                found.reading,
                found.start,
                found.end,
                score - 4,
                f"“{hit.text}”的数",
                needs,
                found.certainty,
                found.unsure,
            )


def _together(scene: Scene, field: NumberField, begin: int, stop: int) -> Finding | None:
    """6台每台1800千瓦; 一台500一台300合起来: the number of all together, to be read back."""
    found = list(amounts(scene.marked, begin, max(stop, scene.marked.sentence_end(begin))))
    fits = [one for one in found if one.number is not None and fit_unit(field, one.unit)[0] is not None]
    if len(fits) > 1 and begin <= _last_sum(scene.marked):
        total = sum((one.number for one in fits if one.number), Decimal(0))
        return Finding(check(total, field.unit, field), fits[0].start, fits[-1].end, True, "derived")
    count = next(
        (one for one in found if one.unit in ("台", "个", "组") and one.number and fits and one.start < fits[0].start),
        None,
    )
    if (
        count
        and count.number
        and fits
        and fits[0].number
        and _OF_EACH.search(scene.marked.said(max(0, fits[0].start - 8), fits[0].start))
    ):
        return Finding(
            check(count.number * fits[0].number, field.unit, field), count.start, fits[0].end, True, "derived"
        )
    return None


_OF_EACH = re.compile(r"(?:每|单)[台个组]\s*$")
_SUMS = re.compile(r"合起来|加起来|合在一起|合计|加一块")


@once
def _last_sum(marked: Marked) -> int:
    """Where it is said for the last time that numbers are to be added up; -1 if nowhere."""
    return max((one.start() for one in _SUMS.finditer(marked.text)), default=-1)


_POINTS_AWAY = re.compile(r"\s*(?:(?:也|就)?(?:跟|和|同|与|按|照)[\u4e00-\u9fff]|一样|相同|一致)")
_GROWS = re.compile(r"到|增|加|换|容量|还是|申请|变压器|箱变|保持")


def _siblings(scene: Scene, field: Field, hit: Hit, begin: int, stop: int, score: int) -> Iterator[Candidate]:
    """第一路 1000千伏安: the other cells of a printed row, behind the name of the row."""
    if field.cell is None or not isinstance(field, NumberField):
        return
    for one in fillable(scene.form).row(field.cell):
        if one is field:
            continue
        needs = scene.needs(one)
        if needs is None:
            continue
        for atom in amounts(scene.marked, begin, stop):
            old = is_old(scene.marked, atom.start)
            told = with_unit(scene, one, atom)
            if (
                (not told.unit and not ("申请" in one.called and _GROWS.search(scene.marked.text, begin, atom.start)))
                or old != ("原" in one.called)
                or overtaken(scene.marked, atom)
            ):
                continue
            found = measured_once(scene.marked, one, told)
            if found is not None and isinstance(found.reading, Understood):
                yield Candidate(
                    one.id,
                    found.reading,
                    atom.start,
                    atom.end,
                    score - (0 if told.unit else 2),
                    f"“{hit.text}”这一行",
                    needs,
                    found.certainty,
                    found.unsure,
                )
                break


def _rank(scene: Scene, field: Field, hit: Hit) -> int:
    """Of several fields outside the services with this name, the first on the form that is still open is meant."""
    labels = hit.of("label")
    if len(labels) == 1:
        return 0
    names = [one.field for one in labels if scene.option_of(scene.form.section_of[one.field.id]) is None]
    open_ = [one for one in names if scene.open(one)] or names
    return 0 if all(one is not field for one in open_) or open_[0] is field else 5


def whose(scene: Scene, field: CodeField) -> int:
    """An identity number where a firm applies is its representative's, else the applicant's."""
    firm = scene.firm
    if field.by is not None and "organisation" in (*field.by.schemes.values(), field.by.otherwise):
        return -20 if firm else 6
    return 6 if firm or not fillable(scene.form).own_codes else -10


def _kin(marked: Marked, field: Field, hit: Hit) -> int:
    """A name that fits several fields goes with the one related to what was named just before (项目 … 地址 …)."""
    if len(hit.of("label")) < 2 and hit.text == field.called:
        return 0
    sentence = marked.piece_at(hit.start).sentence
    before = [one for one in marked.labels_before(hit.start, 2) if marked.piece_at(one.start).sentence == sentence]
    if not before:
        return 0
    named = [hit.of("label")[0].field for hit in before[-2:]]
    return 18 if any(related(one, field) for one in named if one.id != field.id) else 0


def related(one: Field, other: Field) -> bool:
    """Whether the names of two fields share a word that says more than what kind of thing they are."""
    return _share_a_word(one.called, other.called)


@lru_cache(maxsize=4096)
def _share_a_word(one: str, other: str) -> bool:
    """Of the county's own words."""
    mine = {one[n : n + 2] for n in range(len(one) - 1)} - _COMMON
    return any(other[n : n + 2] in mine for n in range(len(other) - 1))


def _old_or_new(scene: Scene, field: NumberField, found: Finding) -> int:
    """A number said to be the former one belongs to the field for it (the one asked only of an enlargement)."""
    old = is_old(scene.marked, found.start)
    former = "原" in field.called
    return 10 if old == former else -30
