"""Amounts as values of number fields."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from dialogs.derived import derived
from dialogs.kinds.number import check
from dialogs.numerals import read_number
from dialogs.reading import Partial, Refusal, Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.at_other_times import is_of_another_time
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.not_ours import is_not_ours
from dialogs.understanding.within.of_other_things import is_no_home, is_of_line, is_of_meters
from dialogs.understanding.within.over_time import over_time
from dialogs.understanding.within.units import fit_unit, with_unit
from dialogs.understanding.within.words import FULL_STOP
from model.draft import Certainty
from model.fields import NumberField
from model.form import Form
from model.values import Amount

_OLD = re.compile(
    r"(?:原来?|原有|现有|现用|在用|现在|现(?=[\d一二三四五六七八九十百]|$)|现(?:容量|变压器)|目前|眼下|本来|已有|之前|以前|(?:从|由)(?![^\d,。;]{0,10}(?:[进接引拉穿绕出]|过来)))[^\d,。;加增到换提要扩新申没无]{0,10}$"
)


_MONEY = 5


def amounts(marked: Marked, start: int, end: int) -> Iterator[Atom]:
    """The amounts inside a stretch."""
    starts, found = marked.amounts
    inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
    return iter(inside[:-1] if inside and inside[-1].end > end else inside)  # they do not overlap


def measured(field: NumberField, atom: Atom) -> Finding | None:
    """An amount as the value of a number field; None if its unit is another one's."""
    if field.unit == "元" and atom.unit == "块" and atom.number is not None and atom.number < _MONEY:
        return None  # 热表一块: no money
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
    """The same of an amount in a message, worked out once; the two of a range are no value, and one of each is none."""
    key, seen = (measured_once, field.id, atom.start, atom.unit), marked.seen
    if key not in seen:
        doubtful = replace(atom, vague=True) if ranged(marked, atom) else atom
        nothing = is_one_of_each(marked, atom.start, atom.end) or (field.unit == "元" and is_of_meters(marked, atom))
        seen[key] = None if nothing else measured(field, doubtful)
    found: Finding | None = seen[key]
    return found


def number_said(scene: Scene, field: NumberField, start: int, end: int) -> Finding | None:
    """The first amount in the stretch with a unit of the field, near enough and not taken back."""
    marked = scene.marked
    for atom in amounts(marked, start, end):
        between = marked.said(start, atom.start)
        if len(_LIGHT.sub("", between)) > 8 or FULL_STOP.search(between.strip()):
            break
        if overtaken(marked, atom) or (is_old(marked, atom.start) and "原" not in field.called):
            start = atom.end if _AT_FIRST.search(marked.said(max(0, atom.start - 8), atom.start)) else start
            continue
        if atom.unit and field.unit in ("兆", "MB") and is_of_line(marked, atom.start, atom.end):
            continue
        if not atom.unit and field.unit in _priced(marked.form) and is_money(marked, atom.start):
            continue
        if (found := measured_once(marked, field, with_unit(scene, field, atom))) is not None and (
            found := multiplied(scene, field, atom, found)
        ):
            return found
    return None


def bare_number_said(scene: Scene, field: NumberField, start: int, end: int) -> Finding | None:
    """A numeral that is a number only because the field's name points to it: 分期数：一."""
    marked = scene.marked
    said = re.split(r"[\n,。;]", marked.said(start, end), maxsplit=1)[0].strip()
    number = read_number(said) if said else None
    if (
        number is None
        or field.units
        or field.unit != "元"
        and any(one.start < start + len(said) and start < one.end for one in marked.numbered)
    ):
        return None  # 固定电话5101634 counts no lines
    for atom in amounts(marked, start, start + len(said) + 2):
        if (told := with_unit(scene, field, atom)).unit and measured_once(marked, field, told) is None:
            return None  # 主供2000 备用1000 都是千伏安
    return Finding(check(number, field.unit, field), start, start + len(said))


_LIGHT = re.compile(r"[\s,:、/]")
_DOUBTFUL = re.compile(r"\s*(?:[?？]|吧[?？]|行[吗不])")
_EACH = re.compile(
    r"(?:每|单)[个间栋户台层户楼处所座]?(?:还|就|都|也)?(?:是|有|各)?$|各$|[一1][个间处](?:是|有)?$"
    r"|(?:每|[一1])个?(?:栋|幢|座|层|单元)楼?(?:有|设|是|就|各)?$"
    r"|(?:每|[一1]个?)(?:平方?米?|㎡|m2)(?:是|按|要|收|交|缴|算|得)?\s?$|单价\s?(?:是|为|:)?\s?$"
)
_EACH_AFTER = re.compile(r"\s?(?:/|每|一|1)\s?个?(?:平|㎡|m2)")
"""40块一平, 40元/平米."""


def multiplied(scene: Scene, field: NumberField, atom: Atom, found: Finding) -> Finding | None:
    """A number said of each, times how many there are; None if that is no total of this field."""
    if (timed := over_time(scene.marked, field, atom, found)) is not found:
        return timed
    if not is_of_each(scene.marked, atom.start, atom.end):
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
def is_of_each(marked: Marked, start: int, end: int) -> bool:
    """Whether an amount is said of each of several: 每个15平, 一平40块, 40元/平米."""
    return bool(_EACH.search(marked.said(max(0, start - 6), start)) or _EACH_AFTER.match(marked.text, end))


@once
def is_price(marked: Marked, start: int, end: int) -> bool:
    """Whether an amount is what one square metre costs: 每平40, 单价40, 40块一平; 蒸柜单台3.2 is no price."""
    return bool(_PRICE_BEFORE.search(marked.said(max(0, start - 8), start)) or _EACH_AFTER.match(marked.text, end))


@derived
def _priced(form: Form) -> frozenset[str]:
    """The units of the sizes for which money was paid."""
    numbers = [one for one in form.fields.values() if isinstance(one, NumberField)]
    paid = {one.per for one in numbers if one.unit == "元"}
    return frozenset(one.unit for one in numbers if one.id in paid)


@once
def is_money(marked: Marked, start: int) -> bool:
    """Whether a bare number is what was paid, for its size is told before it: 按26300平交的,七十八万九."""
    return bool(_PAID_FOR.search(marked.text, max(marked.sentence_start(start), start - 30), start))


_PAID_FOR = re.compile(
    r"(?:平方?米?|㎡|m2|(?:按照?|照着?|以)[^\d,。;]{1,10})(?:来|去|都|全|一次|算|的){0,3}(?:交|缴|付)[^\d。;]{0,10}$"
    r"|(?:一共|总共|合计|共计|总计|拢共)(?:交|缴|付|花|掏)?了?\s?$"
)
_PRICE_BEFORE = re.compile(
    r"(?:(?:每|[一1]个?)(?:平方?米?|㎡|m2)(?:是|按|要|收|交|缴|算|得)?|单价\s?(?:是|为|按|:)?)\s?$"
)


def ranged(marked: Marked, atom: Atom) -> bool:
    """Whether the amount is one end of a range: 一百五到一百八十千瓦, 三四百到五百."""
    return atom.start in _ranges(marked)


@once
def _ranges(marked: Marked) -> frozenset[int]:
    """Where the amounts of ranges begin."""
    found, amounts_ = set[int](), marked.amounts[1]
    for one, other in pairwise(amounts_):
        if one.number is None or other.number is None or not one.number < other.number < 3 * one.number:
            continue
        if not _TO.fullmatch(marked.text, one.end, other.start) or one.unit not in ("", other.unit) or not other.unit:
            continue
        start = marked.sentence_start(one.start)
        if (
            other.unit in _RANGED
            and not (one.unit and one.unit in _SIZES)
            and not _FORMER.search(marked.text, start, one.start)
            and not _GROWN.search(marked.text, start, other.start)
        ):
            found |= {one.start, other.start}
    return frozenset(found)


_TO = re.compile(r"\s?(?:到|至|-|~|或者?)\s?")
_RANGED = (
    "千瓦", "千伏安", "kw", "kva", "个千瓦", "个千伏安", "个kw", "个kva", "吨", "方", "平", "平米", "平方", "平方米", "米", "户",
    "兆", "千帕", "个方",
)  # fmt: skip
_SIZES = ("千伏安", "kva", "个千伏安")
"""30千伏安到80千伏安: told with its unit twice, a transformer takes the place of another."""
_FORMER = re.compile(r"[由从原现]")
_GROWN = re.compile(r"[增加扩提升涨减降]")


@once
def is_one_of_each(marked: Marked, start: int, end: int) -> bool:
    """Whether an amount is the one of which a price or a size follows (一平40块, 1平方40元), or a price stands before (40块一平).

    一栋一个, 一栋48户 where there are several.
    """
    said = marked.said(start, end)
    if _ONE_BUILDING.match(said):
        return bool(_THINGS_IN_IT.match(marked.text, end)) or bool(
            _HOMES_IN_IT.match(marked.text, end)
            and any(one.unit == said[-1] and (one.number or 0) > 1 for one in marked.amounts[1])
        )
    if not _ONE.match(said):
        return False
    return bool(_PRICE.match(marked.text, end) or _PRICED.search(marked.said(max(0, start - 4), start)))


_ONE = re.compile(r"[一1]个?(?:平方?米?|㎡|m2|方)$", re.IGNORECASE)
_ONE_BUILDING = re.compile(r"[一1]个?(?:栋|幢|座)$")
_HAS = r"\s?(?:楼|都|各|就|均|有|是|设|装|配|放){0,3}\s?"
_THINGS_IN_IT = re.compile(rf"{_HAS}(?:\d{{1,3}}|[一二两三四五六七八九十俩]{{1,3}})\s?(?:个|块|只|台|口)")
_HOMES_IN_IT = re.compile(rf"{_HAS}(?:\d{{1,4}}|[一二两三四五六七八九十百]{{1,6}})\s?(?:户|间|套|床)")
_PRICE = re.compile(r"\s?(?:是|按|要|收|交|缴|算|得)?\s?\d{1,4}(?:\.\d{1,2})?\s?(?:元|块|$|[\s,。;])")
_PRICED = re.compile(r"(?:元|块钱?|\d)\s?/?$")


def overtaken(marked: Marked, atom: Atom) -> bool:
    """Whether what follows takes the amount back (12吨不够, 从5吨加到12吨, 不是1600), or it is nobody's answer."""
    return (
        _overtaken(marked, atom.start, atom.end)
        or is_not_ours(marked, atom.start, atom.end)
        or is_of_another_time(marked, atom.start)
    )


_NOT_ENOUGH = re.compile(
    r"\s*(?:用不[掉了完]|怕[^,。;\s\d]{1,6}不够|的?(?:变压器|箱变)?(?:早就?|已经?|去年|前年|都)(?:已经?|就)?(?:拆|卖|报废|退|销)(?:走|掉)?了(?![^。;]{0,6}[换改增])|太多|太大|[怕恐]?不够|够呛|吃紧|(?:有点|偏|太|还是|嫌)?紧(?:巴|张)?(?=$|[\s,。;])|不顶用|不经用|费劲|太慢|(?:太|也|还是?|有点|老是?)?[卡慢](?=$|[\s,。;得])|悬(?=$|[\s,。;])|太少|太小|(?:就|先|也|都)?(?:别|甭|不)(?:算(?!错)|计入|算进)|[偏嫌][大小高低少多]|少了|不行|有误|[写说报填记]错|是?错的|那?是?不对(?!外)|作废|不算数)"
)
_SLIPPED = re.compile(
    r"(?:[抄看听念认]错?成|[敲打写输按填报说记念抄听登看](?:错)?成了|[敲打写输填报说记念抄听登看]错(?:成|为)|误[写报填登记]?(?:成|为|作))\s?$"
)
"""末位应为3,我敲成了8: not so."""
_MORE_BY = re.compile(r"(?:多|少|缺)(?:出来?|掉|加)?了?\s?$")
_IS_NOW = re.compile(
    r"[^\d,。;]{0,3}[\s,](?:那|这样|现在|实际|合计|总共|一共|共|就|应该?|该|得)*(?:是|为|成|有|变成|变为|剩下?|余下?)"
)
"""多出1间,是7间: the difference."""
_ADDED = re.compile(r"(?:[再又还][加添补增要]|加装|增加|追加)(?:上|了|个)?\s?$")
_IN_ALL = re.compile(r"[\s,]{1,2}(?:一?共|总共|合计|总计|加起来)(?:就?是|要)?\s?[\d一二两三四五六七八九十]")
"""电视再加4台 共24台: the second counts."""
_AT_FIRST = re.compile(r"(?:先|起先|开始|起初|刚才|原先|原来|之前)(?:[说报讲写填记念]的?)(?:是|成|了)?\s?$")
_IS_NOW_AFTER_ALL = re.compile(r"[^\d。;\n]{1,14}\d")
"""他先说100 查图是110."""
_REST = re.compile(r"(?:其余|余下|剩下|剩余|多的|另外|还有|有)(?:的|那)?\s?$")
_GIVEN_UP = re.compile(
    r"\s?(?:的)?(?:就|都|也|先|全)?(?:退掉|退了|退还|拆掉|拆了|拆除|销掉|销了|注销|报停|停掉|停了|不要|不用|不搬|不迁|不动|不留|不装|留给|送人)"
)


_NOT_THIS = re.compile(r"不要$|(?:不是|而非|减|加装|去掉|(?<![别不])算|每|户[里中](?:头|面)?有)\s*$|[别不]算$")
"""518户里有30户小户型: some of them."""


_FROM = re.compile(r"(?:从|由)[^\s,。;]{0,6}$")


_GROWS = re.compile(r"[^\s,。;]{0,2}(?:加|增|涨|扩|提|改|换|升|降|减|到|变)")


@once
def _overtaken(marked: Marked, start: int, end: int) -> bool:
    after, before = marked.text[end : end + 8], marked.said(max(0, start - 8), start)
    if _NOT_ENOUGH.match(after) or _NOT_THIS.search(before) or _SLIPPED.search(before):
        return True
    if _AT_FIRST.search(before) and _IS_NOW_AFTER_ALL.match(marked.text, end):
        return True
    if _ADDED.search(before) and _IN_ALL.match(marked.text, end):
        return True
    if _MORE_BY.search(before) and _IS_NOW.match(marked.text, end):
        return True
    if _REST.search(before) and _GIVEN_UP.match(marked.text, end):
        return True
    return bool(_FROM.search(before) and _GROWS.match(after))


_COUNTED_AS = {"户": ("套", "家")}
"""小户型30套 are so many households."""
_INSIDE = re.compile(r"里头|里面|里|中")


def counted(marked: Marked, start: int, end: int, unit: str) -> list[Atom]:
    """The numbers of such things in the stretch, without those of things inside others."""
    return [
        one
        for one in amounts(marked, start, end)
        if one.unit in (unit, *_COUNTED_AS.get(unit, ()))
        and one.number is not None
        and not _INSIDE.match(marked.text, one.end)
        and not (one.unit == "家" and is_no_home(marked, one.start, one.end))
    ]


_OLD_FIRST = re.compile(r"(?:电|气|水)?\s*(?:现有|原有|原来|目前)")


_SAID_ALREADY = re.compile(r"\d[^,]{0,4},")
"""原有都是0,第一路1600: what there was is told."""
_TO_NEW = re.compile(r"[到加增换提扩申要上想]|不够|太?小|嫌")


@once
def is_old(marked: Marked, at: int) -> bool:
    """Whether an amount at this place is said to be the former one (原160)."""
    if _OLD.search(marked.said(max(0, at - 14), at)):
        return True
    start = marked.sentence_start(at)
    first = _OLD_FIRST.match(marked.text, start)
    return (
        bool(first) and not _TO_NEW.search(marked.text, start, at) and not _SAID_ALREADY.search(marked.text, start, at)
    )
