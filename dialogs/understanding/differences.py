"""Numbers told by how much they grow or shrink: 减两门, 固话本来8门 有两门不要了, 现在一天30吨 再加20吨."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts, is_old
from dialogs.understanding.within.units import fit_unit
from model.fields import Field, NumberField, YesNoField
from model.values import Amount, YesNo

_THINGS, _MEASURES = "门|台|户|个|栋|部|块", "吨|方|千瓦|个千瓦|千伏安|兆|kw|kva"
_ANYTHING = ("个", "台", "块")
"""Units of what is no field's alone."""
_NOTING = "报写说算数录登打记填"
"""少报了30户: that many more."""
_LESS = Sought(
    rf"(?P<how>[少漏多][{_NOTING}]|减掉?|少|去掉|拆掉|砍掉?|退掉?|撤掉?|加|多|添|增加)(?:了|去|上|装|个|掉|出来?)?\s*(?P<number>{NUMBER})"
    rf"\s*(?P<unit>{_THINGS}|(?=$|[\s,。;]))"
    rf"|(?:再|另外?|还|又|基础上[\s,]?)(?:要|想|得)?(?:加|增加?|添|多|补)(?:个|上)?\s*(?P<number_2>{NUMBER})\s*(?P<unit_2>{_MEASURES})"
    rf"|(?P<how_3>减)(?:掉|少|去)?\s*(?P<number_3>{NUMBER})\s*(?P<unit_3>{_MEASURES})"
    rf"|(?:有|里头|其中)?(?<!\d)(?P<number_4>{NUMBER})\s*(?P<unit_4>{_THINGS})(?:就|都|先|也)?(?P<how_4>不要|不用|不装|不迁|不搬|不留|拆掉|拆了|退掉|退了|撤掉|撤了|销掉)",
    re.IGNORECASE,
)


_COMES_TO = re.compile(
    rf"(?:户|栋|台|个|门)?[\s,、]{{0,2}}(?:就|还|只|那|现在){{0,2}}(?:剩下?|余|变成|变为|变|改成|改为|合计|一共|总共|共|是)\s?{NUMBER}"
)


def differences(scene: Scene) -> Iterator[Candidate]:
    """All of them; the number is the one that is told to be the former, else the one known."""
    for match in _found(scene.marked):
        yield from _changed(scene, match)


@once
def _found(marked: Marked) -> list[re.Match[str]]:
    return list(_LESS.finditer(marked.text))


def _changed(scene: Scene, match: re.Match[str]) -> Iterator[Candidate]:
    marked = scene.marked
    said = next(one for one in ("", "_2", "_3", "_4") if match[f"number{one}"])
    number, unit = read_number(match[f"number{said}"]), match[f"unit{said}"].lower()
    piece = marked.piece_at(match.start())
    named = [one.field for hit in marked.hits if piece.start <= hit.start <= match.start() for one in hit.of("label")]
    fields = [one for one in named if isinstance(one, NumberField)]
    if _COMES_TO.match(marked.text, match.end()):
        return  # 户数就少72 剩748: the number itself follows
    if "比" in marked.said(piece.start, match.start()):
        return  # 入网比建面少800
    beside = [one for one in _beside_a_yes(scene, named, unit) if number is not None]
    for asked, count in beside:
        several = count + int(number or 0) * _sign(match, said)
        if several > 0:
            yield Candidate(
                asked.id, Understood(YesNo(yes=True, count=several)), match.start(), match.end(), 106, "在原来的数上加减",
                certainty="derived", how="own")  # fmt: skip
    if beside:
        return  # 小户型的数我少算24户
    told = _former(marked, match.start(), unit) if unit else None
    if told is not None or (said and not fields):
        fields = [
            one for one in fillable(scene.form).measured_in(unit) if "原" not in one.called and scene.needs(one) == ()
        ]
    if not fields and unit and unit not in _ANYTHING:
        known = [
            one for one in fillable(scene.form).measured_in(unit) if one.id in scene.before and scene.needs(one) == ()
        ]
        fields = known if len(known) == 1 else []  # 固话10门多了,减4门
    for field in fields:
        value = scene.before[field.id].value if field.id in scene.before else None
        if number is None or (unit and fit_unit(field, unit)[0] is None):
            continue
        base = told if told is not None else value.number if isinstance(value, Amount) else None
        if base is None:
            base = _said_before(marked, field, match.start())
        if base is None:
            continue
        own = value.unit if isinstance(value, Amount) and told is None else fit_unit(field, unit)[0] or field.unit
        total = base + number * _sign(match, said)
        if total <= 0:
            continue  # none of them is wanted
        yield Candidate(
            field.id,
            check(total, own, field),
            match.start(),
            match.end(),
            106,
            "在原来的数上加减",
            certainty="derived",
            how="own",
        )
        if told is not None or said:
            break


def _sign(match: re.Match[str], said: str) -> int:
    """Whether it is so many more or less: 少报了30户 are more, 减30户 less."""
    how = match["how"] or "加"
    noted = how[1:2] in tuple(_NOTING)
    return -1 if said in ("_3", "_4") or (how[0] in "减少漏去拆砍退撤") != noted else 1


def _beside_a_yes(scene: Scene, named: list[Field], unit: str) -> list[tuple[YesNoField, int]]:
    """The named answers with a number in this unit beside their yes, and the number."""
    found = list[tuple[YesNoField, int]]()
    for field in named:
        value = scene.before[field.id].value if field.id in scene.before else None
        if (
            isinstance(field, YesNoField)
            and isinstance(value, YesNo)
            and value.count
            and unit in ("", field.count_unit)
        ):
            found.append((field, value.count))
    return found


def _said_before(marked: Marked, field: NumberField, at: int) -> Decimal | None:
    """The last number of this field's unit before this place, in the same sentence."""
    found = [
        one
        for one in amounts(marked, marked.sentence_start(at), at)
        if one.unit and one.number is not None and fit_unit(field, one.unit)[0] is not None
    ]
    return found[-1].number if found else None


def _former(marked: Marked, at: int, unit: str) -> Decimal | None:
    """The former number in this unit, told just before this place in its sentence."""
    start = marked.sentence_start(at)
    found = [
        one
        for one in amounts(marked, start, at)
        if one.unit == unit and one.number is not None and is_old(marked, one.start)
    ]
    return found[-1].number if found else None
