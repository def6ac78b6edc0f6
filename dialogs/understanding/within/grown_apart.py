"""A transformer in use and the one wished for instead, with a story between: 用着一台200的变压器够够的,…电工说得换315的."""

import re
from dataclasses import replace

from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked

_VERB = r"(?:换|增|加|扩|升|提|改|上)"
_WISHED = re.compile(
    r"(?:想|要|得|打算|准备|应该|该|须|需|建议|希望|说|叫|让|这次|这回)[^\d,。;\s]{0,8}"
    rf"{_VERB}(?:成|到|为|至|个|一台|一个|台|上|大|\s){{0,4}}$"
)
"""想换成, 说得换, 要增到."""
_GONE = re.compile(r"[^。;]{0,14}?(?:拆|停用|卖|没批|作废|报废|拉走|不是我|不算|别算)")
_SIZE = re.compile(r"\s?[个号型]?(?:[的嘞]|变|箱变|$|[\s,。;]|一直)")
_POWER = re.compile(r"变压器|箱变|千伏安|kva", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(r"兆|[吨方]|管|水表|摄像")
_SIZES = ("千伏安", "kva", "个千伏安")
_FAR, _LEAST = 110, 5


def grown_apart(marked: Marked) -> tuple[Atom, Atom] | None:
    """The last size in use before the one that is wished for, both in kVA, where nothing says it of anything else."""
    sizes = [one for one in marked.amounts[1] if (not one.unit or one.unit in _SIZES) and not one.vague]
    for number, wish in enumerate(sizes):
        if (
            not number
            or not _is_size(marked, wish)
            or not _WISHED.search(marked.said(max(0, wish.start - 16), wish.start))
        ):
            continue
        for old in reversed(sizes[:number]):
            if wish.start - old.end > _FAR:
                break
            if _is_size(marked, old) and _is_in_use(marked, old):
                return _of_power(marked, old, wish)
    return None


def _of_power(marked: Marked, old: Atom, wish: Atom) -> tuple[Atom, Atom] | None:
    if old.number is None or wish.number is None or wish.number <= old.number:
        return None
    told = marked.said(max(marked.sentence_start(old.start), old.start - 20), wish.end + 5)
    if not _POWER.search(told) or _SOMETHING_ELSE.search(marked.said(old.end, wish.start + 1)[-24:]):
        return None
    return replace(old, unit="千伏安"), replace(wish, unit="千伏安")


def _is_size(marked: Marked, one: Atom) -> bool:
    if one.number is None or one.number < _LEAST:
        return False
    return bool(one.unit or _SIZE.match(marked.text, one.end))


def _is_in_use(marked: Marked, one: Atom) -> bool:
    """Whether it is neither gone nor wished for itself."""
    return not _GONE.match(marked.text, one.end) and not _WISHED.search(marked.said(max(0, one.start - 16), one.start))
