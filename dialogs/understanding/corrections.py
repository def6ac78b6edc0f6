"""Corrections of something said before: 尾号是624, 最后两位是08, 少了一个零, 减两门, 更正620."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.kinds.phone import read_phone
from dialogs.numerals import NUMBER, read_number
from dialogs.sought import Sought
from dialogs.understanding.addresses_exchanged import addresses_exchanged
from dialogs.understanding.building_changes import changed_buildings
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.counts_exchanged import counts_exchanged
from dialogs.understanding.differences import differences
from dialogs.understanding.fillable import fillable
from dialogs.understanding.known_numbers import known_numbers, value_before
from dialogs.understanding.letters_dropped import letters_dropped
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.phones_exchanged import phones_exchanged
from dialogs.understanding.pieced import pieced
from dialogs.understanding.put_right import put_right
from dialogs.understanding.refused import reborn
from dialogs.understanding.renumbered import renumbered
from dialogs.understanding.rewritten import rewritten
from dialogs.understanding.said_short import said_short
from dialogs.understanding.scene import Scene
from dialogs.understanding.swapped import swapped
from dialogs.understanding.tails import tails
from dialogs.understanding.whose import is_anothers
from dialogs.understanding.within.amounts import measured_once
from model.fields import NumberField, PhoneField
from model.values import Amount

_ZERO = Sought(
    r"(?P<less>少|漏)(?:写|打|说|按|念)?了?[一1]?个?[零0](?![^,。;\n]{0,4}是)|(?P<more>多)(?:写|打|说|按|念)?了?[一1]?个?[零0]"
    r"|[零0](?:[写打说按念]|我)?(?P<many>多)(?:出来|[写打说按念])?了?[一1]?个"
)


def corrections(scene: Scene, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """Values that come from changing part of an earlier one."""
    yield from tails(scene)
    for match in _all_of(scene.marked, _ZERO):
        yield from _zeros(scene, match.start(), match.end(), Decimal(10) if match["less"] else Decimal("0.1"))
    yield from differences(scene)
    yield from _instead(scene)
    yield from rewritten(scene)
    yield from renumbered(scene)
    yield from pieced(scene)
    yield from swapped(scene)
    yield from letters_dropped(scene)
    yield from phones_exchanged(scene)
    yield from counts_exchanged(scene)
    yield from addresses_exchanged(scene)
    yield from said_short(scene)
    yield from reborn(scene)
    yield from changed_buildings(scene, taken)
    yield from put_right(scene, taken)


@once
def _all_of(marked: Marked, pattern: re.Pattern[str] | Sought) -> list[re.Match[str]]:
    return list(pattern.finditer(marked.text))


def _zeros(scene: Scene, start: int, end: int, factor: Decimal) -> Iterator[Candidate]:
    named = scene.marked.named
    for name, said in scene.draft.slips.items():
        field = scene.form.fields.get(name)
        if isinstance(field, PhoneField) and factor < 1 and (run := max(re.findall(r"0+", said), key=len, default="")):
            yield Candidate(
                name, read_phone(said.replace(run, run[1:], 1), scene.context.area_code), start, end, 90, "多了一个零"
            )
            return
    named |= {one.id for name in named for one in fillable(scene.form).counted(name)}  # 柴油机少打个零
    known = known_numbers(scene)
    told = {one.number for one in scene.marked.amounts[1]}
    fits = [one for one in known if value_before(scene, *one).number * factor in told]  # 少打个零 400的: it was 40
    chosen = fits or [one for one in known if one[0].id in named] or known[:1]
    for field, value in chosen[:1]:
        of = value_before(scene, field, value)
        yield Candidate(field.id, check(of.number * factor, of.unit, field), start, end, 88, "零的个数不对", how="own")


_TOO_LITTLE = r"不够|太小|够呛|吃紧|不顶用|不经用|费劲|太慢|太卡|悬|(?:有点|偏|太|还是|嫌)?紧(?:巴|张)?(?=$|[ ,。;])"
_INSTEAD = (
    re.compile(rf"不是\s*(?P<old>{NUMBER})[^,。;\n\d]{{0,6}}?[ ,]*(?:而?是|应该是|改成|写)\s*(?P<new>{NUMBER})"),
    re.compile(rf"不是\s*(?P<old>{NUMBER})[^。;\n\d]{{1,16}}? (?P<new>{NUMBER})"),
    re.compile(rf"不是\s*(?P<old>{NUMBER})[^。;\n]{{1,24}}?(?:按|改成|应该是|实际是?|改为)\s*(?P<new>{NUMBER})"),
    re.compile(rf"(?:是|改成|写|到)\s*(?P<new>{NUMBER})[^,。;\n\d]{{0,6}}?[ ,]*不是\s*(?P<old>{NUMBER})"),
    Sought(
        rf"(?P<old>{NUMBER})[^,。;\n\d]{{0,4}}?(?:{_TOO_LITTLE}|[偏嫌][大小高低少多]|少了|[写报说填]小了|[写报说填]大了|用不[掉了完]|太多|太大|小了|大了)[^\d。;\n]{{0,8}}?(?P<new>{NUMBER})"
    ),
    Sought(
        rf"(?P<old>{NUMBER})(?:个?千瓦|千伏安|kw|kva|吨|方|户)?(?:那个|的)?"
        rf"(?:不要了?|作废|不算了?|取消|有误|[记写说填报抄]?错了?|不对)[ ,]{{1,2}}[^\d,。;\n一二三四五六七八九]{{0,8}}?(?P<new>{NUMBER})"
    ),
    Sought(
        rf"(?P<new>{NUMBER})(?:个?千瓦|千伏安|kw|kva|吨|方|户)?(?:就|也|便)?(?:够|行|可以|中|好)了?[ ,]{{1,2}}"
        rf"(?:不要|不用|用不着|别按|不按)(?:那个|原来的?|之前的?|前面的?)?\s?(?P<old>{NUMBER})"
    ),
    Sought(
        rf"(?P<old>{NUMBER})(?:的)?(?:那个|那一?项|这个)(?:数字?)?(?:写错了?|不对)?[ ,]?"
        rf"(?:应该是|应为|改成|改为|换成|是|改)\s*(?P<new>{NUMBER})"
    ),
)  # fmt: skip


@once
def _may_replace(marked: Marked) -> bool:
    """Whether any of the words is there without which no number takes another's place."""
    return any(
        word in marked.text
        for word in (
            "不是",
            "不够",
            "够呛",
            "紧",
            "不顶用",
            "不经用",
            "费劲",
            "悬",
            "太",
            "偏",
            "嫌",
            "少了",
            "小了",
            "大了",
            "用不",
            "个",
            "那",
            "错",
            "误",
            "不要",
            "不对",
            "作废",
            "取消",
        )
    )


_NEAR = 3
"""Characters between a name and the number put right behind it."""


def _instead(scene: Scene) -> Iterator[Candidate]:
    """不是630 是500: the answer that was the one number becomes the other."""
    for pattern in _INSTEAD if _may_replace(scene.marked) else ():
        for match in _all_of(scene.marked, pattern):
            old, (new, start, end) = read_number(match["old"]), _ours(scene.marked, match)
            known = known_numbers(scene)
            near = {
                one.field.id
                for hit in scene.marked.labels_before(match.start() + 1, 1)
                if match.start() - hit.end <= _NEAR
                for one in hit.of("label")
            }
            for field, _ in sorted(known, key=lambda one: one[0].id not in near):  # 入网是四万五千 不是四万五千二
                value = scene.before[field.id].value if field.id in scene.before else None
                if new is not None and isinstance(value, Amount) and value.number == old:
                    if not _fits_at(scene.marked, field, start):
                        continue
                    yield Candidate(
                        field.id,
                        check(new, value.unit, field),
                        match.start(),
                        end,
                        190,
                        "这个数换成那个数",
                        how="own",
                    )
                    break


_NO_NUMBER = re.compile(r"一(?:样|起|块儿?|般|下|直|定|些|点|会)")


def _ours(marked: Marked, match: re.Match[str]) -> tuple[Decimal | None, int, int]:
    """The new number and where the words end, past what others have: 三十怕不够 隔壁报了六十 我报四十吧."""
    if _NO_NUMBER.match(marked.text, match.start("new")):
        return None, match.start("new"), match.end()  # 8怕不够 跟我弟一样
    if not is_anothers(marked, *match.span("new")):
        return read_number(match["new"]), match.start("new"), match.end()
    for atom in marked.atoms_from(match.end(), marked.sentence_end(match.start())):
        if atom.shape == "amount" and not is_anothers(marked, atom.start, atom.end):
            return atom.number, atom.start, max(match.end(), atom.end)
    return None, match.start("new"), match.end()


def _fits_at(marked: Marked, field: NumberField, at: int) -> bool:
    """Whether the number here has no other unit than the field's."""
    atom = next((one for one in marked.atoms_from(at, at + 1) if one.shape == "amount"), None)
    return atom is None or not atom.unit or measured_once(marked, field, atom) is not None
