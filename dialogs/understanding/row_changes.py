"""Changes to rows of a table by the name of the thing or by words of it: 蒸柜改成三台, 煮面的锅是三口, 蒸饭车再加一台."""

import re
from decimal import Decimal

from dialogs.half_rows import lacking
from dialogs.kinds.table import Row
from dialogs.understanding.cues import corrects
from dialogs.understanding.marked import Marked
from dialogs.understanding.row_mentions import Mention, mentioned, told_until
from dialogs.understanding.row_numbers import FAR, LESS, PARTED, with_numbers
from dialogs.understanding.row_parts import FoundRow, counts
from dialogs.understanding.rows import alike, found_rows
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts
from dialogs.understanding.within.units import fit_units
from model.fields import Column, TableField
from model.values import Amount, Words

_GONE = re.compile(
    r"(?:先|就|也|都|这次|暂时|暂)?(?:不上|不要|不用|不装|不买|不报|不算|去掉|删[掉调除了]?|划掉|划去|取消|撤[掉下走]?|减掉|没有|拿掉|作废)了?(?!错|问题)"
    r"|(?:[它这]|那个)?[先就]?去了(?=吧|$|[,。;])|不(?:烧|用|走|使|接)(?:天然|燃)?气|(?:用|烧|使|插)的?(?:是|就是)?电(?![话压])|换了?个?电的|停做|不做了|(?:坏|旧|老)了?,?(?:就|也|都)?不(?:接|用|装|要|上|报)了?|(?:已经?|都|要)?(?:送人|送给?[^\s,。;\d]{1,4}|卖|处理|淘汰|报废|让给[^\s,。;\d]{1,4})(?:掉|出去)?了"
)
_THOSE = re.compile(r"^[ ,]{0,2}[那这][一两二三四五六七八九十\d]{0,2}[台个口只](?:都|全)?")
"""层炉那两台不要了: all there are of it."""
_NOT_SO_MANY = re.compile(
    r"\s?不(?:用|要|上|装)\s?[\d一二两三四五六七八九十]{1,3}[台个口只][^。;]{0,6}?[\d一二两三四五六七八九十]{1,3}[台个口只]"
)
"""猛火灶不用三台,用两台: fewer of it."""
_GONE_AHEAD = re.compile(r"(?:取消|去掉|撤[掉下]|删[掉除]|划掉|减掉|拿掉)了?\s?$")
_RETOLD = re.compile(r"改|换|更正|变|错|不是|不对|定了|定下|减|增")
"""燃烧机定了三台 每台变成28方: told anew, by a shorter name."""


def changed_rows(scene: Scene, table: TableField, kept: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """The rows after words about some of them; None if none is spoken of."""
    marked = scene.marked
    name = next((one for one in table.columns if not one.number), None)
    if name is None:
        return None
    rows: list[Row | None] = list(kept)
    fresh = found_rows(marked, table, tuple(row for row in kept if lacking(table, row)))
    mentions = list(mentioned(marked, [_called(row, name) for row in kept]))
    for number, one in enumerate(mentions):
        row, stop = rows[one.row], told_until(marked, mentions, number)
        if row is None or any(whole.start < one.end and one.start < whole.end for whole in fresh):
            continue
        said = marked.said(one.end, stop)
        if _GONE_AHEAD.search(marked.said(max(0, one.start - 5), one.start)) or _is_gone(
            marked, one.end, stop, _most(table, row)
        ):
            rows[one.row] = None
            continue
        if re.match(r"[的,\s]{0,2}换[成了]?|\s?改[成为](?![\d一二两三四五六七八九十])", said) and any(
            whole.start - one.end <= 6 and whole.start >= one.end for whole in fresh
        ):
            rows[one.row] = None  # 汤炉换成开水器1台3方
            continue
        if (changed := with_numbers(marked, table, row, one, stop)) is not None:
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
    if _NOT_SO_MANY.match(said):
        return False
    if any(
        atom.unit
        and (atom.number or many) < many
        and (LESS.search(marked.said(start, atom.start)) or PARTED.match(marked.text, atom.end - 1))
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
    last = scene.draft.trail[-1:] == (table.id,) and corrects(marked) and len(marked.text) <= FAR
    if len(fresh) == 1 and place is not None and re.search(r"错|改|更正|换|不对", marked.text):
        return True, [fresh[0].cells]
    of_model = "型号" in marked.text
    if fresh or (place is None and not last and not of_model):
        return False, rows
    name = next((one for one in table.columns if not one.number), None)
    if (place is not None or of_model) and name is not None and (model := _other_model(marked, _called(row, name))):
        row = {**row, name.id: Words(text=model)}
        return True, [row]
    if place is None and not last:
        return False, rows
    start = place if place is not None else 0
    changed = with_numbers(
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


def spoken_of(marked: Marked, table: TableField, kept: tuple[Row, ...]) -> tuple[int, int]:
    """From where to where a message that changes rows speaks of them: what stands around it is other fields'."""
    name = next(one for one in table.columns if not one.number)
    numbers = [one for one in table.columns if one.number]
    named = [(one.start, one.end) for one in mentioned(marked, [_called(row, name) for row in kept])]
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
