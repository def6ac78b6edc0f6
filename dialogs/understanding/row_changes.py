"""Changes to rows of a table by the name of the thing or by words of it: 蒸柜改成三台, 煮面的锅是三口, 蒸饭车再加一台."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dialogs.half_rows import lacking
from dialogs.kinds.table import Row
from dialogs.understanding.atoms import Atom
from dialogs.understanding.cues import corrects
from dialogs.understanding.marked import Marked
from dialogs.understanding.row_parts import FoundRow, counts, plain, told_in_turn
from dialogs.understanding.rows import alike, found_rows
from dialogs.understanding.scene import Scene
from dialogs.understanding.things import thing_behind
from dialogs.understanding.within.amounts import amounts, overtaken
from dialogs.understanding.within.units import fit_units
from model.fields import Column, TableField
from model.values import Amount, Words

_GONE = re.compile(
    r"(?:先|就|也|都|这次|暂时|暂)?(?:不上|不要|不用|不装|不买|不报|不算|去掉|删[掉调除了]?|划掉|划去|取消|撤[掉下走]?|减掉|没有|拿掉|作废)了?(?!错|问题)"
    r"|(?:[它这]|那个)?[先就]?去了(?=吧|$|[,。;])|不(?:烧|用|走|使|接)(?:天然|燃)?气|(?:用|烧|使|插)的?(?:是|就是)?电(?![话压])|换了?个?电的|停做|不做了"
)
_THOSE = re.compile(r"^[ ,]{0,2}[那这][一两二三四五六七八九十\d]{0,2}[台个口只](?:都|全)?")
"""层炉那两台不要了: all there are of it."""
_GONE_AHEAD = re.compile(r"(?:取消|去掉|撤[掉下]|删[掉除]|划掉|减掉|拿掉)了?\s?$")
_MISTAKEN = re.compile(r"(?:[写记登录听报说算抄看打填]|误)成(?:了)?\s?$")
_TAKEN_SO = re.compile(
    r"[台个口只]?(?:了|,?应|,?其实|,?实际|\?|[\s,]{1,2}(?:就|该|才)?是\s?[\d一二两三四五六七八九十])"
)
"""写成三台了吧: what was taken down, and not what is so."""
_CHANGES = re.compile(
    r"改|换|漏|不是|应该|应为|实际|写|变|加到|减到|增到|更正|错|成|只|就|报|共|再|加|减|少|多|看错|看了|查到|是|要|上|补|为|撤|查|流量|铭牌|单台|每台|掉|砍|停|删|取消|拆|定了"
)
_MORE = re.compile(
    r"(?:少|漏)(?:(?:报|写|说|算|数|录|登|打)了?|了)\s*$|(?:再|又|还要?|另)(?:加|添|上|多|来|要|装)?(?:了|上)?\s*$|(?:多加|加|添|增加|多)(?:了|上)?\s*$"
    r"|多(?:买|要|装|上|订|购|配|放|置|添|报|算)(?:上)?\s*$"
)
_LESS = re.compile(
    r"多(?:报|算)了\s*$|多(?:写|说|数|录|登|打)了?\s*$|(?:减|少|减少|撤|砍|删|停|(?:去|拿|砍|减|撤|删|划|停)掉|取消|拆)(?:了|上|掉)?\s*$"
)
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
_RETOLD = re.compile(r"改|换|更正|变|错|不是|不对|定了|定下|减|增")
"""燃烧机定了三台 每台变成28方: told anew, by a shorter name."""
_FAR = 14
"""Characters between a thing and the number that is new for it."""
_LEAST = 2
"""So many characters of a name are enough to mean the thing."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a row is spoken of."""

    row: int
    start: int
    end: int


def changed_rows(scene: Scene, table: TableField, kept: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """The rows after words about some of them; None if none is spoken of."""
    marked = scene.marked
    name = next((one for one in table.columns if not one.number), None)
    if name is None:
        return None
    rows: list[Row | None] = list(kept)
    fresh = found_rows(marked, table, tuple(row for row in kept if lacking(table, row)))
    mentions = list(_mentions(marked, [_called(row, name) for row in kept]))
    for number, one in enumerate(mentions):
        row, stop = rows[one.row], _stop(marked, mentions, number)
        if row is None or any(whole.start < one.end and one.start < whole.end for whole in fresh):
            continue
        said = marked.said(one.end, stop)
        if _GONE_AHEAD.search(marked.said(max(0, one.start - 5), one.start)) or _is_gone(
            marked, one.end, stop, _most(table, row)
        ):
            rows[one.row] = None
            continue
        if re.match(r"\s?换[成了]?|\s?改[成为](?![\d一二两三四五六七八九十])", said) and any(
            whole.start - one.end <= 6 and whole.start >= one.end for whole in fresh
        ):
            rows[one.row] = None  # 汤炉换成开水器1台3方
            continue
        if (changed := _with_numbers(marked, table, row, one, stop)) is not None:
            rows[one.row] = changed
    _exchange(marked, table, kept, rows, mentions)
    touched = any(after != before for after, before in zip(rows, kept, strict=True))
    if not touched and len(kept) == 1:
        touched, rows = _only_row(scene, table, kept[0], fresh, rows)
    added = []
    for whole in fresh:
        same = next((at for at, row in enumerate(kept) if row.get(name.id) == whole.cells.get(name.id)), None)
        if same is None and _RETOLD.search(marked.text, whole.start, marked.sentence_end(whole.start)):
            like = [at for at, row in enumerate(kept) if alike(row.get(name.id), whole.cells.get(name.id))]
            if len(like) == 1 and rows[like[0]] == kept[like[0]]:
                rows[like[0]], touched = {**whole.cells, name.id: kept[like[0]][name.id]}, True
                continue
        if same is None:
            added.append(whole.cells)
        elif rows[same] is not None and rows[same] == kept[same] and whole.cells != kept[same]:
            rows[same], touched = whole.cells, True
    left = tuple(row for row in rows if row is not None)
    if touched and rows != list(kept) and len(kept) == 1 and added and left == (added[0],):
        added = added[1:]
    return (*left, *added) if touched else None


_CROSSED = re.compile(
    r"(?:[填写报说弄搞记抄打录登念]|颠)?(?:反|颠倒|岔|串|倒)(?:了|过来)|(?:对调|互换|换过来|调过来|掉个个|调个个|对换)"
)


def _exchange(
    marked: Marked, table: TableField, kept: tuple[Row, ...], rows: list[Row | None], mentions: list[Mention]
) -> None:
    """夹层锅和杀菌釜的流量填反了: each of two things has what the other had."""
    two = list(dict.fromkeys(one.row for one in mentions))
    crossed = _CROSSED.search(marked.text)
    if len(two) != 2 or crossed is None or not re.search(r"流量|台数|数量|[跟和与]", marked.text):
        return
    first, second = kept[two[0]], kept[two[1]]
    if rows[two[0]] != first or rows[two[1]] != second:
        return
    numbers = [one for one in table.columns if one.number]
    column = numbers[0] if re.search(r"台数|数量|个数", marked.text) else numbers[-1]
    if column.id in first and column.id in second:
        rows[two[0]] = {**first, column.id: second[column.id]}
        rows[two[1]] = {**second, column.id: first[column.id]}


def _most(table: TableField, row: Row) -> Decimal:
    """How many there are of it."""
    many = next((row.get(one.id) for one in table.columns if one.number), None)
    return many.number if isinstance(many, Amount) else Decimal(1)


def _is_gone(marked: Marked, start: int, stop: int, many: Decimal) -> bool:
    """Whether what stands behind a thing says that it is left out: 汤炉不装了, and not 旋转炉多写一台 去掉."""
    said = marked.said(start, stop)
    if any(
        atom.unit and (atom.number or many) < many and _LESS.search(marked.said(start, atom.start))
        for atom in amounts(marked, start, stop)
    ):
        return False  # 汤炉拿掉一个
    if _GONE.match(_THOSE.sub("", said).lstrip(" 就也先都,那行个台这")):
        return True
    return bool(_GONE.search(said)) and not any(one.number is not None for one in amounts(marked, start, stop))


def _only_row(
    scene: Scene, table: TableField, row: Row, fresh: tuple[FoundRow, ...], rows: list[Row | None]
) -> tuple[bool, list[Row | None]]:
    """The one row there is, meant when the table itself is named: 光交箱改成5台, 光交箱拿错图了 型号GXF-144 还是两台."""
    marked = scene.marked
    place = _named_at(marked, table)
    last = scene.draft.trail[-1:] == (table.id,) and corrects(marked) and len(marked.text) <= _FAR
    if len(fresh) == 1 and place is not None and re.search(r"错|改|更正|换|不对", marked.text):
        return True, [fresh[0].cells]
    if fresh or (place is None and not last):
        return False, rows
    name = next((one for one in table.columns if not one.number), None)
    if place is not None and name is not None and (model := _other_model(marked, _called(row, name))):
        row = {**row, name.id: Words(text=model)}
        return True, [row]
    start = place if place is not None else 0
    changed = _with_numbers(
        marked, table, row, Mention(0, start, start), marked.piece_at(start).end if place else len(marked.text)
    )
    return (True, [changed]) if changed is not None else (False, rows)


_MODEL_IS = re.compile(
    r"(?:是|为|改成|换成|改为|写|用|叫|[,:\s])\s?(?P<model>[A-Za-z]{1,6}\d{0,3}(?:-?[A-Za-z]?\d{1,5}){1,2}[A-Za-z]?)(?![A-Za-z\d-])"
)


def _other_model(marked: Marked, called: str) -> str | None:
    """交接箱型号抄串了,应是GXF-144,台数没错: another model of as many."""
    if not corrects(marked) and not re.search(r"串|错|改|换", marked.text):
        return None
    found = [one["model"] for one in _MODEL_IS.finditer(marked.text)]
    other = [one for one in found if one.upper() != called.upper() and re.search(r"\d{2}", one)]
    kin = re.match(r"[A-Za-z]{2}", called)
    return other[-1] if other and kin and other[-1][:2].upper() == kin[0].upper() else None


def _called(row: Row, name: Column) -> str:
    cell = row.get(name.id)
    return cell.text if isinstance(cell, Words) else ""


def _mentions(marked: Marked, names: list[str]) -> Iterator[Mention]:
    """Where one of these is named, whole or by a part that is no other's, in the order of the text."""
    text, plain_at = _without_of(marked.text)
    found, closed = list[Mention](), bytearray(len(text))
    parts = sorted(
        {(part, number) for number, called in enumerate(names) for part in _parts(called)},
        key=lambda one: (-len(one[0]), one[0]),
    )
    shared = {part for part, _ in parts if sum(part == other for other, _ in parts) > 1}
    for part, number in parts:
        at = text.find(part)
        while at >= 0:
            if 1 not in closed[at : at + len(part)]:
                closed[at : at + len(part)] = b"\x01" * len(part)
                if part not in shared:
                    found.append(Mention(number, plain_at[at], plain_at[at + len(part) - 1] + 1))
            at = text.find(part, at + 1)
    yield from sorted(found, key=lambda one: one.start)


def _without_of(text: str) -> tuple[str, list[int]]:
    """煮面的锅 as 煮面锅, and where each character stood."""
    places = [at for at, char in enumerate(text) if char != "的" or not ("\u4e00" <= text[at + 1 : at + 2] <= "\u9fff")]
    return "".join(text[at] for at in places), places


def _parts(called: str) -> set[str]:
    """The name and what people leave of it: its end, or its beginning if that is no number."""
    if not re.search(r"[\u4e00-\u9fff]", called):
        return {called} if called else set()
    if len(called) < _LEAST:
        return {called}
    ends = {called[at:] for at in range(len(called) - _LEAST + 1)}
    heads = {called[:at] for at in range(_LEAST, len(called))} if len(called) > _LEAST else set()
    return {
        one
        for one in (*ends, *heads)
        if len(one) >= _LEAST and not re.match(r"[一二两三四五六七八九单双多大小][头眼门口]?$", one)
    }


def _stop(marked: Marked, mentions: list[Mention], number: int) -> int:
    """Where what is said of a thing ends: at the next one, or with the sentence."""
    one = mentions[number]
    end = marked.sentence_end(one.start)
    line = marked.text.find("\n", one.end)
    end = min(end, line) if line >= 0 else end
    following = next((other.start for other in mentions[number + 1 :] if other.row != one.row), end)
    return min(end, following)


def _with_numbers(marked: Marked, table: TableField, row: Row, mention: Mention, stop: int) -> Row | None:
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
        if atom.start - near > _FAR or _ORDER.search(before):
            break
        near = max(near, atom.end)
        if atom.start >= mention.end and (_of_other(marked, atom, said) or _is_in_turn(marked, atom)):
            continue
        if _MISTAKEN.search(before) and _TAKEN_SO.match(marked.text, atom.end):
            continue
        taken_off = bool(atom.unit and _LESS.search(before))
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
        sure = bool(_FINAL.search(before))
        if cells.get(column.id) != old and column.id not in stepped and not sure:
            continue
        if not sure and isinstance(old, Amount) and column.whole and atom.unit:
            if _MORE.search(before):
                number, stepped = plain(old.number + number), stepped | {column.id}
            elif _LESS.search(before) and old.number > number:
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


def spoken_of(marked: Marked, table: TableField, kept: tuple[Row, ...]) -> tuple[int, int]:
    """From where to where a message that changes rows speaks of them: what stands around it is other fields'."""
    name = next(one for one in table.columns if not one.number)
    numbers = [one for one in table.columns if one.number]
    named = [(one.start, one.end) for one in _mentions(marked, [_called(row, name) for row in kept])]
    named += [(hit.start, hit.end) for hit in marked.labels if any(sense.field is table for sense in hit.of("label"))]
    named += [(one.start, one.end) for one in found_rows(marked, table)]
    if not named:
        return 0, len(marked.text)
    start, end = min(first for first, _ in named), max(last for _, last in named)
    for _, last in named:
        stop = marked.sentence_end(last - 1)
        for atom in marked.amounts[1]:
            if last <= atom.start < stop and (
                not atom.unit
                or counts(numbers[0], atom.unit)
                or fit_units((numbers[-1].unit,), atom.unit)[0] is not None
            ):
                end = max(end, atom.end)
    return start, end


def _named_at(marked: Marked, table: TableField) -> int | None:
    """Behind which place the table itself is named (光交箱改成5台: the only row there is)."""
    hits = [one for one in marked.labels if any(sense.field is table for sense in one.of("label"))]
    return hits[0].end if hits else None
