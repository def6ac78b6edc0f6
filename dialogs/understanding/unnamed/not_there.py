"""Things of a choice of several of which there is none, beside one that there is: 只有宽带 电视没有."""

import re

from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import Field
from model.values import Picks

_NONE_THERE = re.compile(
    r"(?:那边|那块|的)?[他她我]?们?[也都就倒]?(?:从来|一直|家里)?(?:没有|没得|没(?:装|办|开|用|拉|报)过?)(?:了|的)?(?=$|[\s,。;])"
    r"|\s?[他她]们?(?:也|都|又)?不(?:要|用|装)"
    r"|(?:那边|那块|的)?(?:早就?|老早|[早前]?几年前?|前年|去年)+(?:就|都|也)?(?:停|没|拆|退|销)(?:掉|机|用)?了"
)
_CHAINED = 4
"""So many things may be named in one breath of which there is none: 固话电视都没有."""


def is_not_there(scene: Scene, field: Field, hit: Hit) -> bool:
    """Whether of what is named there is none, beside something else of the choice that there is: 只有宽带 电视没有."""
    own = frozenset(sense.option for sense in hit.of("option") if sense.field is field)
    kept = scene.before[field.id].value if field.id in scene.before else None
    before = frozenset(kept.options) if isinstance(kept, Picks) else frozenset[str]()
    return _there_is_none(scene.marked, field.id, own, before, _is_known(scene, field))


@once
def _there_is_none(marked: Marked, field: str, own: frozenset[str], before: frozenset[str], known: bool) -> bool:
    """Whether of these options there is none, wherever they are named: 问他宽带 说宽带没装过."""
    there = frozenset(
        option
        for one in _naming(marked, field)
        if not _NONE_THERE.match(marked.text, one.end)
        for option in _of(one, field)
    )
    return any(
        bool((before | there) - named) or known
        for one in _naming(marked, field)
        if not own.isdisjoint(_of(one, field)) and (named := _none_of(marked, field, one)) is not None
    )


@once
def _naming(marked: Marked, field: str) -> tuple[Hit, ...]:
    """The words that name an option of this choice."""
    return tuple(hit for hit in marked.hits if _of(hit, field))


def _none_of(marked: Marked, field: str, hit: Hit) -> frozenset[str] | None:
    """The options named in one breath of which there is none; None if that is not said."""
    last, named = hit, _of(hit, field)
    for _ in range(_CHAINED):
        if _NONE_THERE.match(marked.text, last.end):
            return named
        after = next((one for one in marked.hits_from(last.end, last.end + 2) if _of(one, field)), None)
        if after is None or marked.said(last.end, after.start).strip("、和跟"):
            return None
        last, named = after, named | _of(after, field)
    return None


def _of(hit: Hit, field: str) -> frozenset[str]:
    return frozenset(sense.option for sense in hit.of("option") if sense.field.id == field)


def _is_known(scene: Scene, field: Field) -> bool:
    """Whether it was told before what is to be done there, and so of something else: 宽带移机 | 固话没有 电视也没有."""
    doings = fillable(scene.form).doings
    return any(one.id in doings and one.id in scene.before for one in scene.form.section_of[field.id].fields)
