"""The new numbers of a row, behind the thing or right before it: 蒸柜改成三台, 就报一台锅炉."""

import re
from decimal import Decimal

from dialogs.kinds.table import Row
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.row_mentions import Mention
from dialogs.understanding.row_parts import counts, plain, told_in_turn
from dialogs.understanding.things import thing_behind
from dialogs.understanding.within.amounts import overtaken
from dialogs.understanding.within.units import fit_units
from model.fields import Column, TableField
from model.values import Amount

_MISTAKEN = re.compile(r"(?:[写记登录听报说算抄看打填]|误)成(?:了)?\s?$")
_TAKEN_SO = re.compile(
    r"[台个口只]?(?:了|,?应|,?其实|,?实际|\?|[\s,]{1,2}(?:就|该|才)?是\s?[\d一二两三四五六七八九十])"
)
"""写成三台了吧: what was taken down, and not what is so."""
_CHANGES = re.compile(
    r"改|换|漏|不是|应该|应为|实际|写|变|加到|减到|增到|更正|错|成|只|就|报|共|再|加|减|少|多|看错|看了|查到|是|要|上|补|为|撤|查|流量|铭牌|单台|每台|掉|砍|停|删|取消|拆|送|卖|让|匀|淘汰|报废|定了|(?:后来|又|现在)说"
)
_MORE = re.compile(
    r"(?:少|漏)(?:(?:报|写|说|算|数|录|登|打)了?|了)\s*$|(?:再|又|还要?|另)(?:加|添|上|多|来|要|装)?(?:了|上)?\s*$|(?:多加|加|添|增加|多)(?:了|上)?\s*$"
    r"|多(?:买|要|装|上|订|购|配|放|置|添|报|算)(?:上)?\s*$"
)
LESS = re.compile(
    r"多(?:报|算)了\s*$|多(?:写|说|数|录|登|打)了?\s*$|(?:减|少|减少|撤|砍|删|停|(?:去|拿|砍|减|撤|删|划|停)掉|取消|拆)(?:了|上|掉)?\s*$"
    r"|(?:送人|送给?[^\s,。;\d]{1,4}|卖|处理|淘汰|报废|匀给?[^\s,。;\d]{0,4}|让给?[^\s,。;\d]{1,4})(?:掉|出去)?了?\s*$"
)
PARTED = re.compile(r"[台个口只](?:要|打算|准备|已经?|都|就)?(?:送(?:人|给)|卖(?:掉|了|出)|让给|匀给|处理|淘汰|报废)")
"""有一台让给亲戚了: one less."""
_MISCOUNTED = re.compile(
    r"[算报写说录登打数填记点](?P<way>多|少|漏)了?(?P<apart>[\s,:]+(?:应该?|其实|就|只|是|有){0,3})?$"
)
"""报多了一个 takes one off; 算多了 两个 says how many there are."""
_ONE_OF_THEM = re.compile(r"(?:其中|里头|里面|内中)?(?:还)?有(?:那)?$")
_IS_LIKE_THAT = re.compile(r"[台个口只](?:那?是|要|坏|不|没|旧|老|早|归|在)")
"""有一口是旧的不改: which of them is no number of the row."""
_FINAL = re.compile(
    r"(?:应该|实际|还是|改成|改为|改到|更正|共|只有|只要|加到|减到|增到|[加减增变]为|变|成)(?:还)?(?:是|为|有)?\s*$"
)
_WRONG = re.compile(
    r"[台个口只]?(?:写|打|说|报|算|录|记)?(?:多|少|错)了|[台个口只]?了?[没吗?]|[台个口只]?(?:改|换|变|减|加|增)[成到为]?\d?"
)
_IN_RESERVE = re.compile(r"[台个口只]?(?:是|做|当|作|用来)(?:备用|备份|备着|备(?=[,。;\s]|$))")
"""热水炉一台是备用: one of them."""
_NOTED = re.compile(r"更正|改|报错|说错|少报|多报")
_ORDER = re.compile(r"第\s*$")
FAR = 14
"""Characters between a thing and the number that is new for it."""


def with_numbers(marked: Marked, table: TableField, row: Row, mention: Mention, stop: int) -> Row | None:
    """The row with the new numbers said behind the thing, or right before it (就报一台锅炉)."""
    cells, final, stepped = dict(row), set[str](), set[str]()
    begin = next((one.start for one in marked.amounts[1] if one.end == mention.start and one.unit), mention.end)
    said = marked.said(begin, stop)
    told = marked.said(max(marked.sentence_start(mention.start), mention.start - 30), stop)
    near, closed = mention.end, _unchanged(table, told)
    for atom in marked.amounts[1]:
        if atom.start < begin or atom.end > stop or atom.number is None:
            continue
        least = begin if atom.start >= mention.end else marked.sentence_start(mention.start)
        before = marked.said(max(least, atom.start - 8), atom.start)
        if atom.start - near > FAR or _ORDER.search(before):
            break
        near = max(near, atom.end)
        if atom.start >= mention.end and (_of_other(marked, atom, said) or _is_in_turn(marked, atom)):
            continue
        if _MISTAKEN.search(before) and _TAKEN_SO.match(marked.text, atom.end):
            continue
        if _ONE_OF_THEM.search(before) and _IS_LIKE_THAT.match(marked.text, atom.end - 1):
            continue
        miscounted = _MISCOUNTED.search(before)
        taken_off = bool(atom.unit and LESS.search(before))
        if (
            before.endswith("不是")
            or (overtaken(marked, atom) and not taken_off)
            or _WRONG.match(marked.text, atom.end)
        ):
            continue
        if _IN_RESERVE.match(marked.text, atom.end):
            continue
        column = _column(table, row, atom, said, told, before)
        if column is None or column.id in final or column.id in closed or _RUNNING.search(before):
            continue
        number, old = plain(atom.number), row.get(column.id)
        sure = bool(_FINAL.search(before) or (miscounted and miscounted["apart"]))
        if cells.get(column.id) != old and column.id not in stepped and not sure:
            continue
        if not sure and isinstance(old, Amount) and column.whole and atom.unit:
            if miscounted and miscounted["way"] == "多" and old.number > number:
                number, stepped = plain(old.number - number), stepped | {column.id}
            elif _MORE.search(before):
                number, stepped = plain(old.number + number), stepped | {column.id}
            elif (LESS.search(before) or PARTED.match(marked.text, atom.end - 1)) and old.number > number:
                number, stepped = plain(old.number - number), stepped | {column.id}
            else:
                stepped -= {column.id}
        if sure:
            final.add(column.id)
        cells[column.id] = Amount(number=number, unit=column.unit)
    completed = any(row.get(name) is None for name in cells if cells[name] is not None)
    return cells if cells != row and (completed or _CHANGES.search(told)) else None


def _is_in_turn(marked: Marked, atom: Atom) -> bool:
    """流量分别是5、4: whether it is told of each row in turn."""
    span = told_in_turn(marked)
    return span is not None and span[0] <= atom.start < span[1]


def _of_other(marked: Marked, atom: Atom, said: str) -> bool:
    """大锅灶6方,另外加一台开水炉: whether another thing is counted."""
    called, _ = thing_behind(marked, atom.end, model=False)
    return bool(atom.unit) and len(called) > 1 and called not in said[: said.find(atom.text)]


def _unchanged(table: TableField, told: str) -> set[str]:
    """The columns of which is said that they stay: 台数不改, 流量没变."""
    numbers = [one for one in table.columns if one.number]
    return {
        one.id
        for one, words in zip((numbers[0], numbers[-1]), (_COUNT_STAYS, _FLOW_STAYS), strict=True)
        if words.search(told)
    }


_OF_ONE = re.compile(r"[每单一][台个口只](?:流量|用气量?|耗气量?|是|为|改成?|按|应?该?是?)*\s?$")
_STAY = r"(?:都|也|就|还是|的)?(?:不改|不变|没变|没错|照旧|不动|不用改|是?对的)"
_COUNT_STAYS = re.compile(rf"(?:台数|数量|个数|数目){_STAY}")
_FLOW_STAYS = re.compile(rf"(?:流量|耗气量?|用气量|每台的?|单台的?|方数){_STAY}")
_RUNNING = re.compile(r"(?:平时|一般|常年?|同时|轮流|只)(?:就|只|都)?(?:开|用|烧|点|转)着?\s*$")
"""平时只开一台: how many are at work, and not how many there are."""


def _column(table: TableField, row: Row, atom: Atom, said: str, told: str, before: str) -> Column | None:
    """Which number of the row this is: by its unit, by the column named, by what it cannot be."""
    numbers = [one for one in table.columns if one.number]
    missing = [one for one in numbers if row.get(one.id) is None]
    if not atom.unit and re.search(rf"[x×*X]\s?{re.escape(atom.text)}(?![\d.])", said):
        return numbers[0]
    if atom.unit:
        if fit_units((numbers[-1].unit,), atom.unit)[0] is not None and len(numbers) > 1 and atom.unit != "个":
            return numbers[-1]
        return numbers[0] if counts(numbers[0], atom.unit) else None
    if len(numbers) > 1 and _OF_ONE.search(before):
        return numbers[-1]  # 锅炉单台150
    if said.lstrip(" :").startswith(atom.text) and atom.number == int(atom.number or 0) and _NOTED.search(told):
        return numbers[0]  # 更正 猛火灶4
    if len(missing) == 1:
        return missing[0]  # 蒸箱2: how many there are is known
    named = [one for one in numbers if one.label[-2:] in said]
    if len(named) == 1:
        return named[0]
    if len(numbers) > 1 and (atom.number != int(atom.number or Decimal(0)) or re.search(r"铭牌|流量|耗气", told)):
        return numbers[-1]
    digits = re.findall(r"\d+(?:\.\d+)?", told)
    olds = [
        one
        for one in numbers
        if isinstance(cell := row.get(one.id), Amount)
        and format(cell.number, "f") in digits
        and cell.number != atom.number
    ]
    return olds[0] if len(olds) == 1 else None  # 涮锅灶20打多了 实际18
