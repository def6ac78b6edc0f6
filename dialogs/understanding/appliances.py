"""What several machines draw together: 三台水泵每台15千瓦 两台风机各7.5千瓦, 空调3台2千瓦的 热水器一台3千瓦."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt
from dialogs.understanding.whose import is_anothers

_COUNTER = "[台个盏只部组套把]"
_MACHINES = re.compile(
    rf"(?P<many>{NUMBER})\s?{_COUNTER}(?P<name>[^\d,。;\n一两二三四五六七八九十每单各都共总]{{0,6}})[\s,]?"
    rf"(?P<of>(?:每|单|一){_COUNTER}|各|每个)?(?:都是|都|各|是|功率|要|得|用|有|约|大概){{0,3}}\s?"
    rf"(?P<each>{NUMBER})\s?个?(?:千瓦|kw)(?P<kind>的)?(?P<behind>(?:一|每|/){_COUNTER})?",
    re.IGNORECASE,
)
"""So many of a thing and what one of them draws."""
_OWN = re.compile(r"变压器|箱变|发电|柴油机|柴发|光伏|自备")
_AND_ONE = re.compile(
    rf"[\s,、和跟]{{0,2}}(?:还有|另外?|再有)?(?:一|1|另一){_COUNTER}\s?(?:[是有]\s?)?[\d一二两三四五六七八九十]"
)
_NOT_ALL = re.compile(
    r"原来|原先|原有|以前|之前|本来|不算|不要|不用|不开|不同时|轮着|换着|拆|卖|报废|坏|退|备|改|换|不对|错|减|去掉|抵|借|租"
)
"""Where some of them are not to run, or no longer, the sum is not what is drawn."""
_POWER = ("", "千瓦", "kw", "个千瓦", "千伏安", "kva")
_SCORE, _NEAR = 92, 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the machines of a message draw, and where they are told."""

    total: Decimal
    start: int
    end: int


def appliances(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """The load of the first supply, worked out and to be read back; none where a total is told as well."""
    drawn, rows = _drawn(scene.marked), fillable(scene.form).supplies
    if drawn is None or not rows:
        return
    field = rows[0].either or rows[0].load
    if field is None or not scene.open(field) or scene.needs(field) is None:
        return
    if topic_at(drawn.start) is not scene.form.section_of[field.id]:
        return
    yield Candidate(
        field.id, check(drawn.total, "千瓦", field), drawn.start, drawn.end, _SCORE, "各样电器加起来",
        scene.needs(field) or (), "derived", unsure=True,
    )  # fmt: skip


@once
def _drawn(marked: Marked) -> Drawn | None:
    """The sum, where every load of the message is that of machines."""
    parts, text = list[tuple[int, int, Decimal]](), marked.text
    if _NOT_ALL.search(text):
        return None
    for match in _MACHINES.finditer(text):
        many, each = read_number(match["many"]), read_number(match["each"])
        around = marked.said(max(marked.sentence_start(match.start()), match.start() - _NEAR), match.end() + _NEAR)
        if many is None or each is None or _OWN.search(around) or is_anothers(marked, match.start(), match.end()):
            return None
        if many > 1 and not (match["of"] or match["kind"] or match["behind"]):
            return None  # 三台45千瓦: of each or of all
        if (match["of"] or "").startswith("一") and _AND_ONE.match(text, match.end()):
            many = Decimal(1)  # 两台,一台7.5千瓦,一台5.5千瓦
        parts.append((match.start(), match.end(), many * each))
    if not parts:
        return None
    told = [one for one in marked.amounts[1] if one.unit in _POWER]
    if any(not any(start <= one.start and one.end <= end for start, end, _ in parts) for one in told):
        return None  # another one may be the total, or more than is drawn: 留点余量报40
    first, last = min(start for start, _, _ in parts), max(end for _, end, _ in parts)
    return Drawn(sum((each for _, _, each in parts), Decimal(0)), first, last)
