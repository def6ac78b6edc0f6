"""Words that several services have: of which of them one is said (水电过户, 都是新装)."""

import re
from bisect import bisect_left, bisect_right

from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.service_names import Named
from dialogs.understanding.topic_at import TopicAt
from model.fields import ChoiceField, Field

_APART = re.compile(r"[\s,。;、()]")


@once
def service_ahead(marked: Marked, at: int) -> int | None:
    """Where right behind this place a service is named."""
    services = marked.services
    for place in range(bisect_left(services, (at,)), len(services)):
        start = services[place][0]
        if start - at > 5:
            return None
        if not _APART.search(marked.text, at, start):
            return start
    return None


def is_of_others(scene: Scene, field: Field, hit: Hit, role: str, at: int, topic_at: TopicAt) -> bool:
    """Whether a word that several services have is said of others: of those spoken of here, else of those named or chosen."""
    if len(hit.senses) == 1 or (role == "fact" and field.id not in fillable(scene.form).doings):
        return False  # 开饭店的: what somebody is counts for every service
    section, topic = scene.form.section_of[field.id], topic_at(at)
    option = scene.option_of(section)
    if option is None or section is topic:
        return False
    if among := topic_at.among(at):
        return option not in among
    of = (scene.form.section_of[one.field.id] for one in hit.senses if one.role == role)
    others = {one.id: one for one in of if one is not section}
    if topic is not None:
        return bool(others)
    named = _named_from(scene.marked, scene.marked.sentence_start(hit.start))
    if option in named or option in scene.chosen:
        return False
    options = {scene.option_of(one) for one in others.values()}
    return not options.isdisjoint(named) or not options.isdisjoint(scene.chosen)


@once
def _named_from(marked: Marked, at: int) -> frozenset[str]:
    """The services named from this place on."""
    return _named_still(marked)[bisect_left(marked.services, at, key=_begin)]


@once
def _named_still(marked: Marked) -> list[frozenset[str]]:
    """The services named in all the places, in all but the first, and so on."""
    named = [frozenset[str]()]
    for _, _, options in reversed(marked.services):
        named.append(named[-1] if named[-1].issuperset(options) else named[-1].union(options))
    return named[::-1]


def said_together(scene: Scene, field: Field, hit: Hit, role: str, topic_at: TopicAt) -> tuple[str, ...]:
    """水电过户, 都是新装: one word for several services; and several ticks of one field in one message."""
    words = [f"several:{field.id}"] if isinstance(field, ChoiceField) and field.several else []
    if role in ("zero", "cell") or for_all(scene, field, hit, topic_at):
        words.append(str(hit.start))
    return tuple(words)


@once
def _several_named(marked: Marked) -> list[Named]:
    """Where several services are named in one breath."""
    return [one for one in marked.services if len(one[2]) > 1]


def for_all(scene: Scene, field: Field, hit: Hit, topic_at: TopicAt) -> bool:
    """Whether the word is said of this field's service among others: named together, or 都 before it."""
    section, piece = scene.form.section_of[field.id], scene.marked.piece_at(hit.start)
    option = scene.option_of(section)
    if option is None:
        return False
    ahead = service_ahead(scene.marked, hit.end)
    if among := topic_at.among(hit.start if ahead is None else ahead):
        return option in among
    marks = scene.marked.services
    named = _named_before(scene.marked, hit.start)
    if topic_at(hit.start if ahead is None else ahead) is None:
        return option in (named or scene.chosen or _named_so_far(scene.marked)[-1] or (option,))
    if any(
        option in options and start <= hit.start and hit.start - end <= 4 and end >= piece.start - 12
        for start, end, options in _several_named(scene.marked)
    ):
        return True
    if any(hit.start <= start < hit.end for start, _, options in _several_named(scene.marked)):
        return True
    if len(named) > 1 and option in named and _OF_ALL.search(scene.marked.said(max(0, hit.start - 4), hit.start)):
        return True
    near = scene.marked.said(max(piece.start, hit.start - 8), hit.start) + hit.text[:1]
    return (
        (option in scene.chosen or option in named)
        and bool(_ALL_OF_THEM.search(near))
        and sum(1 for start, _, _ in marks[: bisect_left(marks, (hit.start,))] if piece.start <= start) != 1
    )


_OF_ALL = re.compile(r"(?:都|全|均)(?:是|要|得|想|该)?$")


_ALL_OF_THEM = re.compile(r"(?:都|全|均)(?:是|要|得|办|报|申请|想|得)?(?:头一回)?.?$")


@once
def _named_before(marked: Marked, at: int) -> frozenset[str]:
    """The services named up to this place."""
    named = _named_so_far(marked)
    return named[bisect_right(marked.services, at, key=_begin)]


@once
def _named_so_far(marked: Marked) -> list[frozenset[str]]:
    """The services named in none of the places, in the first, in the first two, and so on."""
    named = [frozenset[str]()]
    for _, _, options in marked.services:
        named.append(named[-1] if named[-1].issuperset(options) else named[-1].union(options))
    return named


def _begin(named: Named) -> int:
    return named[0]
