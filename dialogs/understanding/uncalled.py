"""Values that would open a service nobody asked for."""

import re

from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import is_others, only_complains
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.denied import in_a_word
from model.draft import Draft
from model.fields import BuildingsField, ChoiceField, DateField, NumberField, YesNoField


@once
def _spoken_of(marked: Marked) -> frozenset[str]:
    return frozenset(option for _, _, options in marked.services for option in options)


_ALSO = re.compile(r"也(?:要|办|报|装|得|想|一起)|还要|再(?:加|装|办|报)|加(?:上|装|一?个)|另外|顺便|一并")
_AND_THEN = re.compile(r"还有(?!没|多|吗|[^,。;]{0,8}[吗?])|再就是|外加")
"""Before what is to be done besides: 还有水管子要往里挪."""


_ASKED = re.compile(r"问|找谁|坏了|断网|掉线|修一?[下修]|什么意思|啥意思")
"""What somebody asks or complains of beside is no application for it: 还问宽带坏了找谁."""


@once
def _adds(marked: Marked, start: int, end: int) -> bool:
    """Whether something is asked for besides in this stretch."""
    return bool(_ALSO.search(marked.text, start, end))


@once
def _only_asked(marked: Marked, start: int, end: int) -> bool:
    """Whether something is asked or complained of in this stretch, and nothing applied for."""
    return bool(_ASKED.search(marked.text, start, end)) and not _adds(marked, start, end)


@once
def _mentions(marked: Marked, word: str, start: int, end: int) -> bool:
    at = marked.text.find(word, start, end)
    while at >= 0 and in_a_word(marked, at + len(word)):  # 有线电视 names no power
        at = marked.text.find(word, at + 1, end)
    return at >= 0


def uncalled(scene: Scene, draft: Draft, one: Candidate) -> bool:
    """Whether it would open a service that nobody asked for.

    Once services are chosen, only the name of a cell opens another, and a number only behind a long one; and where some
    are named, another is opened by what is to be done there (增容) or by words near its name, not by a bare number, day
    or 建好了, nor by what else is found there: the 厨房 to which a water meter is moved needs no gas.
    """
    chosen, piece = draft.answers.get(scene.services), scene.marked.piece_at(one.start)
    if one.field in fillable(scene.form).opened_by and is_others(scene.marked, one.start, chosen is not None):
        return True
    wanted = [option for name, option in one.needs if name == scene.services]
    if not wanted:
        return False
    spoken = _spoken_of(scene.marked)
    if one.refused and not spoken.issuperset(wanted):
        return True  # 那几家底商: no number, and nothing asked for
    if chosen is None and not spoken and not one.named and _tells_no_wish(scene, one, wanted):
        return True
    if chosen is None and only_complains(scene.marked):
        return True
    if chosen is not None and _only_asked(scene.marked, piece.start, piece.end):
        return True
    if spoken.issuperset(wanted):
        return False
    option_said = isinstance(scene.form.fields[one.field], ChoiceField) and not one.unsure
    if chosen is not None and chosen.value is not None:
        counted = isinstance(scene.form.fields[one.field], NumberField | DateField)
        if one.how == "full_name" if counted else one.named:
            return False
        return not option_said or not (
            _named_in(scene, wanted, one.start, one.end)
            or _adds(scene.marked, piece.start, piece.end + 4)
            or (
                one.field in fillable(scene.form).doings and _AND_THEN.search(scene.marked.text, piece.start, piece.end)
            )
        )
    if not spoken or (option_said and _tells_what_to_do(scene, one)) or one.how == "full_name":
        return False
    return not _named_in(scene, wanted, min(piece.start, one.start), max(piece.end, one.end))


def _tells_no_wish(scene: Scene, one: Candidate, wanted: list[str | bool]) -> bool:
    """Whether it tells what somebody is or has, and not what is wanted: 三组二十一号, 小区里, 全弄好要多少钱.

    What is to be done tells it, and kinds of a service that are ticked beside it (宽带, 电视).
    """
    field = scene.form.fields[one.field]
    if not isinstance(field, BuildingsField | YesNoField | ChoiceField):
        return False
    doings = fillable(scene.form).doings
    beside = isinstance(field, ChoiceField) and field.several
    if field.id in doings or (beside and any(f.id in doings for f in scene.form.section_of[field.id].fields)):
        return False
    return not _named_in(scene, wanted, one.start, one.end)


def _tells_what_to_do(scene: Scene, one: Candidate) -> bool:
    """Whether it is what the form prints for something to be done: 增容."""
    field = scene.form.fields[one.field]
    return (
        one.field in fillable(scene.form).doings
        and isinstance(field, ChoiceField)
        and scene.marked.said(one.start, one.end) in {option.text for option in field.options}
    )


def _named_in(scene: Scene, wanted: list[str | bool], start: int, end: int) -> bool:
    """Whether one of these services is called by a name of its own in the stretch."""
    return any(
        option in wanted and _mentions(scene.marked, word, start, end) for word, option in scene.service_words.items()
    )
