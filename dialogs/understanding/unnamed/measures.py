"""Amounts: which field each is the number of, by its unit and by what is spoken of."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dialogs.asking import asks
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import corrects
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.kinship import related
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.openings import Opening
from dialogs.understanding.own_supplies import speaks_of_own
from dialogs.understanding.scene import Scene
from dialogs.understanding.supply_rows import rows_named
from dialogs.understanding.topic_at import TopicAt, fit
from dialogs.understanding.unnamed.counted_options import counts_option
from dialogs.understanding.within.amounts import (
    is_of_each,
    is_old,
    is_price,
    measured_once,
    multiplied,
    overtaken,
)
from dialogs.understanding.within.of_other_things import is_no_home, is_of_line, is_speed
from dialogs.understanding.within.units import (
    SPEEDS,
    fit_unit,
    grows_to,
    is_new_transformer,
    is_speed_alone,
    unit_ahead,
    unit_alone,
    with_unit,
)
from model.fields import Field, NumberField
from model.holding import holds

_NONE = re.compile(r"\s?[也都]?(?:没有?|无|不要|不装|不用|不需要)(?=$|[\s,。;])")


def measures(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """The number fields that each amount could answer."""
    marked = scene.marked
    asked = [one for one in fields.numbers if one.units or one.id == scene.focused or one.id in scene.draft.refusals]
    for atom in marked.amounts[1]:
        if _is_of_others(marked, atom):
            continue
        part = bool(_PART.search(marked.said(max(0, atom.start - 3), atom.start)))  # 有36户: some of those told
        # whose unit it is; a bare number is seldom anybody's
        for field in fields.measured_in(atom.unit) if atom.unit else _bare(marked, atom, fields, asked):
            if (
                (needs := scene.needs(field)) is None
                or (part and not scene.open(field))
                or (field.unit == "米" and is_speed(marked, atom))
            ):
                continue
            told = with_unit(scene, field, atom)
            unit, _ = fit_unit(field, told.unit)
            first = not atom.unit and _first_number(scene, field, atom, topic_at)
            pending = (
                first
                or field.id == scene.focused
                or (field.id in scene.draft.refusals and field.id not in scene.answers)
            )
            price = field.per is not None and is_price(marked, atom.start, atom.end)
            money = field.unit == "元" and not atom.unit and atom.number is not None and (atom.number >= _MUCH or price)
            if unit is None and not (not atom.unit and (pending or money)):
                continue
            if len(needs) > 1 or (needs and (needs[0][0] == scene.services or needs[0][1] is True)):
                continue
            if needs and (needs[0][0] in scene.before or atom.unit in _COUNTERS) and not _is_named(marked, needs):
                continue  # 两台630的箱变 asks for no television; 两家一起来看 for no 户 where it was chosen otherwise
            if atom.number == 1 and _is_none(marked, atom):
                continue  # 建一个数据中心; 公租一户没有
            if overtaken(marked, atom) and not ("原" in field.called and is_old(marked, atom.start)):
                continue
            found = measured_once(marked, field, told)
            if found is None or (found := multiplied(scene, field, atom, found)) is None:
                continue
            bonus, why = fit(scene, field, atom.start, topic_at)
            bonus -= _unspoken(scene, fields, field, atom)
            if (
                not scene.open(field)
                and not first
                and not corrects(marked)
                and not _comes_to(marked, atom.start)
                and not _asked_anew(marked, atom)
            ):
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
            bonus += (0 if own else -5) - (3 if (atom.unit, field.unit) == ("台", "门") else 0)
            label = marked.label_before(atom.start)
            bonus += 8 if _is_total(marked, atom.start) else 0
            if (
                label
                and 0 <= atom.start - label.end <= 3
                and not any(_is_near(one.field, field) for one in label.of("label"))
                and any(_takes(one.field, atom) for one in label.of("label"))
            ):
                bonus -= 15
            if money and not price and not (label and any(related(one.field, field) for one in label.of("label"))):
                continue
            if label and any(related(one.field, field) or one.field is field for one in label.of("label")):
                bonus += 6
            score = 30 + bonus + (10 if is_old(marked, atom.start) == ("原" in field.called) else -30)
            score += 16 if needs and counts_option(marked, atom, needs) else 0
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


_COMES_TO = re.compile(r"[减加增降提换改升缩扩](?:少|加|大|小|高|低)?(?:到|成|为)\s?$")


@once
def _comes_to(marked: Marked, at: int) -> bool:
    """Whether the amount here is said to take the place of another one: 电视减到两台."""
    return bool(_COMES_TO.search(marked.text, max(0, at - 5), at))


@once
def _wanted_anew(marked: Marked, at: int) -> bool:
    between = _service_before(marked, at)
    return between is not None and bool(_WANTED.fullmatch(between))


def _asked_anew(marked: Marked, atom: Atom) -> bool:
    """电要12个千瓦: said of the service itself, with its unit, it is what is wanted now."""
    return bool(atom.unit) and _wanted_anew(marked, atom.start)


_WANTED = re.compile(r"(?:就|还是|得|也|那边|那块)?(?:要|用|报|按|写|改)(?:成|到)?\s?")


def _takes(field: Field, atom: Atom) -> bool:
    """Whether a field could have this amount at all: 减到 is a name of the capacity, and 减到两台 is none."""
    return not isinstance(field, NumberField) or not atom.unit or fit_unit(field, atom.unit)[0] is not None


def _is_none(marked: Marked, atom: Atom) -> bool:
    """Whether a one counts nothing: 建一个数据中心, 公租一户没有."""
    return (atom.unit == "个" and not atom.text[0].isdigit()) or bool(_NONE.match(marked.text, atom.end))


def _of_own(scene: Scene, fields: Fillable, atom: Atom) -> bool:
    """Whether a generator that was told of before is spoken of right before an amount."""
    piece = scene.marked.piece_at(atom.start)
    return any(one in scene.before for one in fields.owned) and speaks_of_own(scene.marked, atom.start, piece.start)


def _unspoken(scene: Scene, fields: Fillable, field: NumberField, atom: Atom) -> int:
    """How little an amount is likely to be of a second supply, or of a generator told before, that is not named beside it."""
    if field.id in fields.later_rows and not _row_named(scene, atom):
        row = next(row for row in fields.supplies if any(one.id == field.id for one in row.fields))
        told = any(one.id in scene.answers and scene.answers[one.id].value is not None for one in row.fields)
        first = fields.supplies[0].fields[[one.id for one in row.fields].index(field.id)]
        return 12 if told or scene.open(first) else 24  # 用电提高到30千瓦
    if field.id in fields.row_of and not _row_named(scene, atom) and _of_own(scene, fields, atom):
        return 12  # 改 发电机铭牌200千瓦
    if field.id in fields.owned and not scene.open(field) and field.id != scene.focused:
        return 0 if speaks_of_own(scene.marked, atom.start) else 12
    return 0


def _row_named(scene: Scene, atom: Atom) -> bool:
    """Whether a row of the supply is named in the sentence of an amount, or asked for."""
    start = scene.marked.sentence_start(atom.start)
    focus = scene.form.fields.get(scene.focused or "")
    return (focus is not None and focus.id in fillable(scene.form).later_rows) or any(
        start <= place.start <= atom.end for place in rows_named(scene.marked)
    )


def _is_of_others(marked: Marked, atom: Atom) -> bool:
    """Whether it counts or measures what no number is asked of."""
    if _PART.search(marked.said(max(0, atom.start - 3), atom.start)) and _is_inside(marked, atom):
        return True
    if atom.unit == _HOLDS and _SO_MANY.match(marked.text, atom.end):
        return not _ALL_OF_IT.search(marked.said(max(0, atom.start - 6), atom.start))
    if atom.unit == _HOLDS and _SO_MANY_OF.search(marked.said(max(0, atom.start - 3), atom.start)):
        return marked.said(atom.end, atom.end + 1) == "的"
    if atom.unit in _HOMES and _SMALL.match(marked.text, atom.end):
        return True
    if atom.unit == "家":
        piece = marked.piece_at(atom.start)
        return is_no_home(marked, atom.start, atom.end) or asks(marked.said(piece.start, piece.end + 1))
    return atom.unit in _SPEEDS and is_of_line(marked, atom.start, atom.end)


_HOMES = ("户", "家", "套")
_SMALL = re.compile(r"的?(?:是|属于?)?(?:小(?=[\s,。;的户])|公租|廉租|公廉)")
"""96家小户型, 36户小的: told beside another answer."""
_PART = re.compile(r"(?:其中|里头|里面|(?:^|[\s,?])有|含)$")


def _is_inside(marked: Marked, atom: Atom) -> bool:
    """Whether what it is a part of stands right before it: 14栋(含1栋物业楼), 728户 其中公租96户."""
    before = [one for one in marked.atoms_from(atom.start - _CLOSE, atom.start) if one.shape == "amount"]
    return bool(before) and before[-1].unit == atom.unit and (before[-1].number or 0) > (atom.number or 0)


_CLOSE = 12
_HOLDS, _ALL_OF_IT = "芯", re.compile(r"[总共]|合计|容量")
_SO_MANY = re.compile(
    r"\s?(?:的|型|规格|光交箱?|交接箱|箱子?){0,2}\s?[x×*]?\s?[\d一两二三四五六七八九十]{1,2}\s?(?:台|个|只|套)"
)
"""交接箱 288芯 2台: what one of them holds."""
_SO_MANY_OF = re.compile(r"[\d一二两三四五六七八九十](?:台|个|只|套)$")
"""两台288芯的."""
_SPEEDS = ("兆", "m", "mb", "mbps", "mb/s")
_COUNTERS = ("台", "个", "部", "块", "套")
"""Units of anything."""


def _is_named(marked: Marked, needs: Sequence[Opening]) -> bool:
    """Whether the options that a count would open are named in the message."""
    said = {(one.field.id, one.option) for hit in marked.hits for one in hit.of("option")}
    return all(isinstance(wanted, bool) or (name, wanted) in said for name, wanted in needs)


def _bare(marked: Marked, atom: Atom, fields: Fillable, asked: Sequence[NumberField]) -> Sequence[NumberField]:
    """The fields that a number without a unit may be meant for: those that were `asked`, have several units or are at hand."""
    if is_speed_alone(marked, atom.start, atom.end):
        return [*asked, *(one for one in fields.numbers if one.unit in SPEEDS and one not in asked)]
    if (
        is_new_transformer(marked, atom.start, atom.end)
        or grows_to(marked, atom.start, atom.end)
        or _service_before(marked, atom.start) is not None
        or unit_ahead(marked, atom.start)
        or unit_alone(marked, atom.end, atom.start)
    ):
        return fields.numbers
    if atom.number is not None and is_of_each(marked, atom.start, atom.end):
        return [*asked, *(one for one in fields.numbers if one.unit == "元" and one.per)]
    if atom.number is None or atom.number < _MUCH:
        return asked
    names = {one.id for one in asked}
    return [one for one in fields.numbers if one.unit == "元" or one.id in names]


_MUCH = 10_000
"""From here on a number is taken for money."""


_TOTAL = re.compile(r"(?:一共|总共|合计|共|总数|总计|拢共|算下来|全开|加起来)(?:是|有)?\s*$")


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
