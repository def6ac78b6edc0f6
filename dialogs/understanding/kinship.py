"""Names of fields that share a word (项目名称, 项目地址): what was named just before tells which of them is meant."""

import re
from collections.abc import Sequence
from functools import lru_cache

from dialogs.understanding.cues import STRONG_CUE
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from model.fields import CodeField, Field

IDENTITY_WORD = re.compile("身份证|证件?号")


_COMMON = frozenset(
    {
        "名称",
        "地址",
        "代码",
        "电话",
        "号码",
        "联系",
        "容量",
        "面积",
        "数量",
        "是否",
        "时间",
        "安装",
        "系电",
        "信用",
        "业务",
        "类型",
        "种类",
        "备注",
    }
)


def later_of_several(scene: Scene, field: Field, hit: Hit) -> int:
    """Of several fields outside the services with this name, the first on the form that is still open is meant."""
    labels = hit.of("label")
    if len(labels) == 1:
        return 0
    names = [one.field for one in labels if scene.option_of(scene.form.section_of[one.field.id]) is None]
    if (wrong := put_right(scene, names)) is not None:
        return -5 if wrong is field else 9
    open_ = [one for one in names if scene.open(one)] or names
    return 0 if all(one is not field for one in open_) or open_[0] is field else 5


def put_right(scene: Scene, fields: Sequence[Field]) -> Field | None:
    """Which of several fields a correction is of: the one told last before it, if any was told."""
    if not STRONG_CUE.search(scene.marked.text):
        return None
    told = [one for one in fields if not scene.open(one)]
    trail = {name: place for place, name in enumerate(scene.draft.trail)}
    return max(told, key=lambda one: trail.get(one.id, -1), default=None)


def whose(scene: Scene, field: CodeField) -> int:
    """An identity number where a firm applies is its representative's, else the applicant's."""
    firm = scene.firm
    if field.by is not None and "organisation" in (*field.by.schemes.values(), field.by.otherwise):
        return -20 if firm else 6
    return 6 if firm or not fillable(scene.form).own_codes else -10


def kinship(marked: Marked, field: Field, hit: Hit) -> int:
    """A name that fits several fields goes with the one related to what was named just before (项目 … 地址 …)."""
    if len(hit.of("label")) < 2 and hit.text == field.called:
        return 0
    sentence = marked.piece_at(hit.start).sentence
    before = [one for one in marked.labels_before(hit.start, 2) if marked.piece_at(one.start).sentence == sentence]
    if not before:
        return 0
    named = [hit.of("label")[0].field for hit in before[-2:]]
    return 18 if any(related(one, field) for one in named if one.id != field.id) else 0


def related_words(one: str, other: str) -> bool:
    """Whether two names share a word that says more than what kind of thing they are."""
    return _share_a_word(one, other)


def related(one: Field, other: Field) -> bool:
    """Whether the names of two fields share a word that says more than what kind of thing they are."""
    return _share_a_word(one.called, other.called)


@lru_cache(maxsize=4096)
def _share_a_word(one: str, other: str) -> bool:
    """Of the county's own words."""
    mine = {one[n : n + 2] for n in range(len(one) - 1)} - _COMMON
    return any(other[n : n + 2] in mine for n in range(len(other) - 1))
