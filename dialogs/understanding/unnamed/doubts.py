"""What speaks against an option that is named: one is ticked already, it is said of somebody else, a name follows."""

import re

from dialogs.asking import asks
from dialogs.understanding.cues import STRONG_CUE
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit, Sense
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.unnamed.heads import represented
from dialogs.understanding.unnamed.names import NOT_MINE
from dialogs.understanding.within.denied import denied
from model.fields import ChoiceField, Field

_NOT_MINE_MOST = 12
"""Characters of these, and some more."""

_REVERTS = re.compile(r"(?:还是|改|换)(?:按|报|填|选|算|写|成|回|为)$")
"""还是按住宅吧: what was ticked before is not meant any more."""

_SOMEBODY = re.compile(
    r"(?:是|叫)?(?!我|本人|自己)(?:[一-鿿]{2,5}(?=[ ,。;\n]|$)|[一-鿿](?:总|经理|院长|校长|园长|厂长|主任|书记)(?!是我|就是我))"
)
_HE_IS = re.compile(
    r"(?:[他她]|[校园院厂场社所站]长|主任|书记|经理|[一-鿿]总|老[公婆板]|我[爸妈爹娘哥姐弟妹])(?:才|就)?是$"
)
"""园长是法人 叫我来办: he is, and does not apply."""


def doubt(scene: Scene, field: Field, hit: Hit, sense: Sense) -> int:
    """What speaks against an option: one is ticked already, it is said of somebody else, a name follows."""
    marked, against = scene.marked, 0
    if (
        not scene.open(field)
        and isinstance(field, ChoiceField)
        and not field.several
        and not _is_corrected(marked, hit.start)
        and not (sense.role == "option" and _REVERTS.search(marked.text, max(0, hit.start - 6), hit.start))
        and not (sense.role == "option" and _only_derived(scene, field))
        and not (field.id in fillable(scene.form).doings and _gives_up(marked, hit.start))
    ):
        against += 22
        if field.id in fillable(scene.form).doings and (
            not _is_changed(marked, hit.start, hit.end)
            or _sentence_asks(marked, hit.start)
            or (sense.role == "fact" and scene.before[field.id].certainty == "said")  # 主供从80改成100
        ):
            against += 24  # 二路这次新上: the enlargement stays one
    if _of_others(marked, hit.start) and not _is_of_ones_own(marked, hit.start):
        against += 15
    if hit.text == sense.option and _OTHERS_BEFORE.search(marked.text, max(0, hit.start - 5), hit.start):
        against += 40  # 楼上住户才有气
    if (
        isinstance(field, ChoiceField)
        and (hit.text == sense.option or hit.of("label"))
        and (_is_somebody(marked, hit.end) or _HE_IS.search(marked.text, max(0, hit.start - 6), hit.start))
    ):
        against += 11 + (29 if represented(marked) else 0)  # 法人是园长苏梦洁: who he is, not who applies
    if (
        sense.role == "option"
        and isinstance(field, ChoiceField)
        and not _OF_MYSELF.search(hit.text)
        and _is_told_at_length(marked, field.id, sense.option)
    ):
        against += 25
    return against


@once
def _is_told_at_length(marked: Marked, name: str, option: str) -> bool:
    """Whether another option is told of whoever writes: 法人是周总 我替公司跑."""
    return any(
        sense.option not in ("", option) and hit.text != sense.option and _OF_WHO_WRITES.search(hit.text)
        for hit in marked.hits
        for sense in hit.of("option")
        if sense.field.id == name and not denied(marked, hit.start)
    )


_OF_MYSELF = re.compile(r"[我俺就是]|本人|自己")
_OF_WHO_WRITES = re.compile(r"^[替代帮受]|跑[腿手]|[委受][托派]|[我俺]|经办")


def _only_derived(scene: Scene, field: ChoiceField) -> bool:
    """Whether what is ticked was not said: it waits to be confirmed, or follows from something else (小区: a 住户 then).

    Who is named with a number has said more than that.
    """
    kept = scene.before[field.id]
    told = field.id in fillable(scene.form).doings or any(one.told_by for one in field.options)
    return not kept.confirmed or (kept.certainty != "said" and not told)


@once
def _is_corrected(marked: Marked, at: int) -> bool:
    piece = marked.piece_at(at)
    return _piece_corrects(marked, piece.start, piece.end)


_CHANGED = re.compile(r"[哦啊噢哎]不[\s,]|错了|更正|应该是|还是|直接|干脆|就按|就报|先报|别|不是|算了|改|换|转|吧")


@once
def _is_changed(marked: Marked, start: int, end: int) -> bool:
    """Whether somebody thinks again about what is to be done: 电别搞临时的了 直接新装."""
    return bool(_CHANGED.search(marked.text, max(0, start - 10), end + 4))


_GIVEN_UP = re.compile(
    r"(?:不|别|甭)(?:用|要|必|想|需要?)?再?(?:过户?|改|移|挪|装|增容?|加|销户?|迁|办|报|搞|弄|扩)[^,。;\s]{0,4}了|(?:不|别|甭)[^,。;\s]{0,3}临时(?!的(?:人|工))"
)
_BEFORE = 24


@once
def _gives_up(marked: Marked, at: int) -> bool:
    """Whether what was to be done is given up right before: 煤气不用过了 把户销了, 临时的不办了 办新装."""
    return bool(_GIVEN_UP.search(marked.text, max(0, at - _BEFORE), at))


@once
def _sentence_asks(marked: Marked, at: int) -> bool:
    """Whether it is only asked what is to be done: 要装水表不 还是直接接消防栓."""
    start, end = marked.sentence_start(at), marked.sentence_end(at)
    return asks(marked.said(start, end + 1))


_OH_NO = re.compile(r"(?:^|[\s,。;])[哦啊噢哎]不(?:是)?[\s,]{1,2}$")


@once
def _piece_corrects(marked: Marked, start: int, end: int) -> bool:
    return bool(STRONG_CUE.search(marked.text, max(0, start - 6), end) or _OH_NO.search(marked.said(0, start)))


_OTHERS_BEFORE = re.compile(
    r"(?:[楼院]上|[楼院]下|隔壁|对[门面]|周[围边]|附近|其他|其它|别的|[楼院]里|小区)(?:的|那些|几家)?$"
)


_TO_ONES_OWN = re.compile(r"给(?:我们?|俺们?|咱们?|自己|新|这个?)?$")
"""给店里拉条网: the shop is one's own."""


@once
def _is_of_ones_own(marked: Marked, at: int) -> bool:
    """Whether it is said for what something is to be done, and not for whom."""
    return bool(_TO_ONES_OWN.search(marked.said(max(0, at - 4), at)))


@once
def _of_others(marked: Marked, at: int) -> bool:
    return bool(NOT_MINE.search(marked.said(max(marked.piece_at(at).start, at - _NOT_MINE_MOST), at)))


@once
def _is_somebody(marked: Marked, at: int) -> bool:
    """Whether a name follows."""
    named = any(one.kind == "person" and 0 <= one.start - at <= 2 for one in marked.people)
    return named or bool(_SOMEBODY.match(marked.text, at))
