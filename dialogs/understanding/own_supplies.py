"""What one's own generators have together: 柴油机600kW+200kW, 六台每台1800千瓦, 一台五百千瓦 另一台三百."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dialogs.kinds.number import check
from dialogs.numerals import read_number
from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.supply_rows import rows_named
from dialogs.understanding.within.amounts import amounts, overtaken
from model.fields import NumberField, YesNoField

_COUNTERS = ("台", "个", "组", "部", "套")
_LOADS = ("千瓦", "kw", "个千瓦")
_NONE_BEFORE = re.compile(r"(?:没有|没得|没|无|不要|不用|不需要|不配|不上)[^\d,。;\s]{0,6}$")
_NONE_BEHIND = re.compile(
    r"[\s,:]{0,2}(?:那?是?|也|都|就|倒|这块|还)?(?:没有|没得|没|无|不要|不用|不需要|免|否|不配|不上)"
)
_JOINED = re.compile(r"\s?(?:[+、和跟与加]|再加|外加|还有|以及)\s?(?:另外?)?(?:一?[台部个组]|[大小]的)?(?:是)?\s?")
_ANOTHER = re.compile(
    r"(?:另外?|还有|再有|[大小]的|[一1][台部个组])(?:那|一|[一1])?[台部个组]?(?:的)?(?:是|为|有)?\s?$"
)
_EACH = re.compile(
    r"[\s,、]{0,2}(?:每|单|各|一|都|均|全|皆|[x×*])?(?:[台个组部])?(?:功率|容量)?(?:都|均|各|是|为|:)?\s?"
)
_EACH_BEHIND = re.compile(r"[^\d,。;]{0,8}[\s,、]{0,2}(?:每|单|各)[台个组部]?(?:功率|容量)?(?:都|均|是|为|:)?\s?")
"""4台柴油发电机,单台1800千瓦."""
_TIMES = re.compile(r"\s?(?:/台|的)?\s?(?:(?!还有|另|再|以及|外加|又)[\u4e00-\u9fff]{2,6})?[x×*]?\s?")
_IN_TURN = re.compile(r"分别|依次|[大小]的")
_SUM = re.compile(r"(?:合起来|加起来|加在?一[块起]|合计|合着|一共|总共|总计|总容量|总|共)(?:就|是|为|有|:)*\s?$")
_SUMMED = re.compile(r"合起来|加起来|合在一起|加在?一[块起]|合计|合着|总[数和]|求和|相加")
_PUT_RIGHT = re.compile(r"不对|错|不是|改|更正|应[为该]|实际|啊不|哦不|或|还是|到")
_SAID_AGAIN = re.compile(r"改口|更正|应[为该]是?|不对|说错|记错|实际是")
"""一台240 又改口300千瓦: the second is meant."""
_OLD_ONE = re.compile(r"[^\d,。;]{0,10}(?:老的|旧的|报废|淘汰|卖了|坏了|拆了|拆掉|不用了|不算|没法用)")
_GIVEN_BACK = re.compile(
    r"千?瓦?的?是(?:(?:租|借|雇)来?的|(?:别人|人家|隔壁|对门)[^,。;\s]{0,4}的"
    r"|(?P<whose>[\u4e00-\u9fff]{2,4}?)[上里]?的[^。;\n]*?(?P=whose)[^,。;\s]{0,4}?(?:还|退|卖|拆|报废|坏|拉走|开走|撤))"
)
"""一个100的是发电车上的 发电车还给人家了."""
_ONLY_SO_MANY = re.compile(
    r"[^。;\n]{0,24}[\s,](?:[我俺咱]们?(?:家|厂|这)?(?:自己)?的?|其实|实际上?)(?:就|只有?|是|有)+(?P<many>[一二两三四\d])台"
)
"""300千瓦的有两台 哦 有一台是隔壁的 咱就一台."""
_THIS_ONE = re.compile(r"[这那][一]?台(?:是|有|就是)?\s?$")
_LOAD_BEHIND = re.compile(r"\s?的?(?:用电)?(?:负荷|负载)")
_OF = re.compile(r"\s?的\s?|")
_GENERATES = re.compile("发电|自备|柴油机|柴发|光伏")
_RIGHT_BEHIND = re.compile(r"[\s:]|")
"""柴油机 500: its power, not its number on the list."""
_CLOSE, _AHEAD, _SMALLEST = 4, 14, 20
_SCORE = 104


@dataclass(frozen=True, slots=True)
class Owned:
    """Where one's own generators are spoken of: from what may count them to where something else begins."""

    start: int
    label: int
    named: int
    end: int
    field: NumberField


@dataclass(frozen=True, slots=True)
class Part:
    """So many generators of such a power."""

    many: Decimal
    atom: Atom
    counted: bool
    start: int


@once
def owned(marked: Marked) -> list[Owned]:
    """All of these stretches in the message, without those where there is said to be none."""
    form, text = marked.form, marked.text
    rows, found = rows_named(marked), list[Owned]()
    for hit in marked.hits:
        fields = _capacities(marked, hit)
        if not fields or any(one.start == hit.start for one in rows):
            continue  # 备用电源 beside 主供 is the other row
        if _NONE_BEFORE.search(text, max(0, hit.start - 10), hit.start) or _NONE_BEHIND.match(text, hit.end):
            continue
        end = marked.sentence_end(hit.start)
        section = form.section_of[fields[0].id]
        others = [one.start for one in rows if one.start >= hit.end]
        for other in marked.labels[bisect_left(marked.label_starts, hit.end) :]:
            of_it = [one.field for one in other.of("label") if form.section_of[one.field.id] is section]
            if _of_what_was(marked, other):
                continue  # 柴油机 原120千瓦那台报废了
            if of_it and not any(one is fields[0] or fillable(form).counted(one.id) for one in of_it):
                others.append(other.start)
                break
        end = min(end, *others) if others else end
        start = max(marked.piece_at(hit.start).start, hit.start - _AHEAD)
        if found and found[-1].end >= hit.start:
            continue  # 自备电源 柴油发电机
        found.append(Owned(start, hit.start, hit.end, end, fields[0]))
    return found


def _of_what_was(marked: Marked, name: Hit) -> bool:
    """Whether a word for what there was (原, 原来) is said of a load, and so of no transformer."""
    atom = next(iter(amounts(marked, name.end, name.end + _AHEAD)), None)
    return name.text.startswith("原") and atom is not None and atom.start == name.end and atom.unit in _LOADS


def _capacities(marked: Marked, hit: Hit) -> tuple[NumberField, ...]:
    """The numbers of power asked beside a yes that this name may stand for."""
    return tuple(
        one
        for sense in hit.of("label", "yes")
        if isinstance(sense.field, YesNoField)
        for one in fillable(marked.form).counted(sense.field.id)
        if one.unit == "千瓦"
    )


def is_of_own(marked: Marked, start: int, end: int) -> bool:
    """Whether the amount here is what one's own generators have, and no row's of the supply."""
    for one in owned(marked):
        if one.named <= start and end <= one.end:
            atom = next(iter(amounts(marked, start, end)), None)
            power = atom is not None and atom.unit in (*_LOADS, "")
            return (power or start - one.named <= _CLOSE) and not _LOAD_BEHIND.match(marked.text, end)
    return False


def speaks_of_own(marked: Marked, at: int, start: int | None = None) -> bool:
    """Whether a generator is spoken of before this place, in its sentence or from `start` on: 发电机铭牌200千瓦."""
    return bool(_GENERATES.search(marked.text, marked.sentence_start(at) if start is None else start, at))


def own_supplies(scene: Scene) -> Iterator[Candidate]:
    """What they have together, to be read back where it is worked out."""
    for one in owned(scene.marked):
        needs = scene.needs(one.field)
        told = _total(scene.marked, one)
        if needs is None or told is None:
            continue
        total, first, last, plain = told
        reading = check(total, one.field.unit, one.field)
        if isinstance(reading, Understood):
            yield Candidate(
                one.field.id, reading, first, last, _SCORE, "几台合起来", needs, "said" if plain else "derived",
                unsure=not plain,
            )  # fmt: skip


@once
def _total(marked: Marked, one: Owned) -> tuple[Decimal, int, int, bool] | None:
    """The sum, where its parts stand, and whether it is said itself."""
    parts, count = _parts(marked, one)
    if not parts:
        return None
    first, last = parts[0], parts[-1].atom
    if len(parts) > 1 and first.many == len(parts) and not any(one.counted for one in parts[1:]):
        count, parts[0] = (
            first.many,
            Part(Decimal(1), first.atom, counted=False, start=first.start),
        )  # 两台,400和300千瓦
    numbers = [part.atom.number for part in parts if part.atom.number is not None]
    if len(parts) > 1 and _SUM.search(marked.said(max(one.named, last.start - 6), last.start)):
        return numbers[-1], first.start, last.end, True  # 500加300 一共800
    if len(parts) > 1:
        if _SAID_AGAIN.search(marked.text, parts[-2].atom.end, last.start):
            return parts[-1].many * numbers[-1], first.start, last.end, True
        if not _belong(marked, one, parts, count):
            return None
    elif _THIS_ONE.search(marked.said(max(one.named, last.start - 5), last.start)):
        return numbers[0], first.start, last.end, True
    elif (only := _ONLY_SO_MANY.match(marked.text, last.end)) and (many := read_number(only["many"])):
        return many * numbers[0], first.start, only.end(), True
    elif not parts[0].counted and last.unit and not _OLD_ONE.search(marked.text, one.named, last.start):
        return None  # a plain number: its name says what it is
    if len(parts) == 1 and count is not None and parts[0].counted and parts[0].many == 1 < count:
        parts = [Part(count, first.atom, counted=True, start=first.start)]  # 三台,一台150千瓦
    total = sum((part.many * number for part, number in zip(parts, numbers, strict=True)), Decimal(0))
    return total, first.start, last.end, len(parts) == 1 and parts[0].many == 1


def _belong(marked: Marked, one: Owned, parts: list[Part], count: Decimal | None) -> bool:
    """Whether the numbers are those of one generator each, and not one that takes another's place."""
    if _PUT_RIGHT.search(marked.text, parts[0].atom.end, parts[-1].atom.end):
        return False
    if count == len(parts) or _IN_TURN.search(marked.text, one.named, parts[-1].atom.start):
        return True
    if _SUMMED.search(marked.text, one.start, one.end):
        return True
    return all(
        _JOINED.fullmatch(marked.text, before.atom.end, after.atom.start)
        or after.counted
        or _ANOTHER.search(marked.text, before.atom.end, after.atom.start)
        for before, after in pairwise(parts)
    )


def _parts(marked: Marked, one: Owned) -> tuple[list[Part], Decimal | None]:
    """The powers told, each with how many have it; and how many there are of which none is told right behind."""
    parts, count, of_all, near = list[Part](), None, None, one.start
    sum_of: Decimal | None = None
    found = [atom for atom in amounts(marked, one.start, one.end) if atom.number is not None and not atom.vague]
    for place, atom in enumerate(found):
        ahead = atom.start < one.named
        if ahead and atom.unit not in _COUNTERS and not _OF.fullmatch(marked.text, atom.end, one.label):
            continue
        behind = marked.said(max(near, one.named) if parts and parts[-1].atom.start < one.named else near, atom.start)
        if (
            parts
            and atom.unit in _COUNTERS
            and atom.number == 1 < parts[-1].many
            and atom.start - parts[-1].atom.end <= 1
        ):
            sum_of, near = parts[-1].many, atom.end  # 两台 500千瓦一台 300千瓦一台
            parts[-1] = Part(Decimal(1), parts[-1].atom, counted=True, start=atom.start)
            continue
        if atom.unit in _COUNTERS or (not atom.unit and parts and "×" in behind.replace("x", "×").replace("*", "×")):
            if parts and not parts[-1].counted and _TIMES.fullmatch(behind):
                parts[-1] = Part(
                    atom.number or Decimal(1), parts[-1].atom, counted=True, start=parts[-1].start
                )  # 150kW×2, 300kW两台
            else:
                of_all, count = count or of_all, atom
            near = atom.end
            continue
        bare = not atom.unit and (
            _follows(parts, found, place)
            or (count is not None and atom.start - count.end <= _CLOSE)
            or (
                not parts
                and (atom.number or 0) >= _SMALLEST
                and _RIGHT_BEHIND.fullmatch(marked.text, one.named, atom.start)
            )
        )
        if (atom.unit not in _LOADS and not bare) or overtaken(marked, atom) or _OLD_ONE.match(marked.text, atom.end):
            continue
        if _GIVEN_BACK.match(marked.text, atom.end):
            count, near, sum_of = None, atom.end, Decimal(1)
            continue
        if _LOAD_BEHIND.match(marked.text, atom.end):
            break
        between = marked.said(max(count.end, one.named), atom.start) if count is not None else ""
        if count is not None and (_EACH.fullmatch(between) or _EACH_BEHIND.fullmatch(between)):
            parts.append(Part(count.number or Decimal(1), atom, counted=True, start=count.start))
        else:
            of_all = count or of_all
            parts.append(Part(Decimal(1), atom, counted=False, start=atom.start))
        count, near = None, atom.end
    return parts, sum_of or (of_all.number if of_all is not None else None)


def _follows(parts: list[Part], found: list[Atom], place: int) -> bool:
    """一台五百千瓦 另一台三百, 500和300千瓦: whether another number beside it tells the unit."""
    after = found[place + 1] if place + 1 < len(found) else None
    return bool(parts) or (after is not None and after.unit in _LOADS)
