"""What is said to be in a place: 项目就在厂里, 工程在小冀镇…, 气就装在店里."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.kinship import related
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.one_place import one_place, place_behind
from dialogs.understanding.places import Place, is_built
from dialogs.understanding.same_place import is_there
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.addresses import address_said
from model.fields import AddressField, TextField
from model.values import Address

_MOST = 40
"""Characters between the name of something and where it is said to be."""
_IS = re.compile(r"\s*(?:都|全)?(?:是|写|填)?\s*")
_AND = re.compile(r"\s{0,2}[和跟与、及]\s{0,2}")
_IN = re.compile(r"\s*(?:也|就|都|还|要|拟)?是?(?:[建盖设搭落选放]|新建)?(?:在|到|位于|坐落(?:在|于)?)\s*")


def whereabouts(scene: Scene) -> Iterator[Candidate]:
    """The address of what is named, where it is said to be in a place, or in the one told before."""
    known = fillable(scene.form)
    mine = [one for one in known.addresses if one not in known.former]
    for hit in scene.marked.labels:
        for field in mine:
            if scene.needs(field) == () and any(
                isinstance(one.field, TextField) and one.field.names != "person" and related(one.field, field)
                for one in hit.of("label")
            ):
                yield from _of(scene, field, hit)
    for field in mine:
        yield from _called(scene, field)
    for field in mine:
        if scene.open(field) and scene.needs(field) == ():
            yield from _put(scene, field)


def _of(scene: Scene, field: AddressField, hit: Hit) -> Iterator[Candidate]:
    marked = scene.marked
    begin, stop, end = hit.end, _until(marked, hit), marked.sentence_end(hit.start)
    if (place := _place_at(marked, _over_others(marked, begin))) is not None and not is_built(place):
        value = Understood(Address(text=place.text.strip()))
        group = (f"both:{place.start}",)
        yield Candidate(field.id, value, place.start, place.end, 76, f"“{hit.text}”在那里", group=group)
        return
    if (inside := _IN.match(marked.text, begin, stop)) and not is_there(marked.text, begin, end):
        found = address_said(scene, field, inside.end(), stop, strong=True)
        if found is not None:
            group = (f"both:{found.start}",)
            yield Candidate(field.id, found.reading, hit.start, found.end, 76, f"“{hit.text}”在那里", group=group)
        return
    if not scene.open(field):
        return
    for piece in marked.pieces_to(begin, stop):
        inside = _IN.match(marked.text, piece.start, stop)
        place = next((one for one in marked.places if inside and one.start == inside.end()), None)
        if place is not None:
            value = Understood(Address(text=place.text.strip()))
            yield Candidate(field.id, value, place.start, place.end, 70, f"“{hit.text}”在那里")
            return
    for at in (begin, *(one.start for one in marked.pieces_to(begin, stop) if one.start > begin)):
        if (there := is_there(marked.text, at, end)) and (told := _told(scene, field)) is not None:
            yield Candidate(
                field.id, Understood(told), at, there.end(), 66, f"“{hit.text}”在前面说的地方", (), "derived"
            )
            return


def _over_others(marked: Marked, at: int) -> int:
    """Where 单位和项目 ends, from the end of 单位."""
    following = next((one for one in marked.labels if one.start >= at), None)
    return following.end if following is not None and _AND.fullmatch(marked.text, at, following.start) else at


def _place_at(marked: Marked, at: int) -> Place | None:
    """The place that stands here behind 是 or 都是."""
    said = _IS.match(marked.text, at)
    return next((one for one in marked.places if said and at < said.end() == one.start), None)


def _put(scene: Scene, field: AddressField) -> Iterator[Candidate]:
    """What is connected is where the applicant is, or the other way round: 冷库也建在这块."""
    if (told := _told(scene, field)) is None:
        return
    for there in one_place(scene.marked):
        if place_behind(scene.marked, there) is None:
            yield Candidate(
                field.id, Understood(told), there.start, there.end, 44, "在前面说的地方", (), "derived", group=(BESIDE,)
            )
            return


def _called(scene: Scene, field: AddressField) -> Iterator[Candidate]:
    """The place of what is named where an address is meant: 影院在小冀镇人民路…,工程地址写影院."""
    marked = scene.marked
    for hit in marked.labels:
        if len(marked.places) == 0 or [one.field for one in hit.of("label")] != [field] or scene.needs(field) != ():
            continue
        said = _NAMED.match(marked.text, hit.end)
        for place in marked.places if said else ():
            before = marked.said(max(0, place.start - _NAME_MOST), place.start)
            if said and re.search(rf"{said['what']}(?:地址)?(?:就?是?在|位于|:)?\s?$", before):
                value = Understood(Address(text=place.text.strip()))
                group = (f"both:{place.start}",)
                yield Candidate(field.id, value, hit.start, said.end(), 70, f"“{hit.text}”写的是它的地址", group=group)
                break


_NAMED = re.compile(
    r"\s?:?(?:就|也|要|请)?(?:写|填|按|用|登记?|是)(?P<what>[\u4e00-\u9fff]{1,5}?)(?:的|那边|那里|的地址|地址)?(?:吧)?(?=$|[\s,。;])"
)
_NAME_MOST = 12


def _until(marked: Marked, hit: Hit) -> int:
    """Where the next name of a field begins, or the sentence ends."""
    following = next((one.start for one in marked.labels if one.start >= hit.end), len(marked.text))
    return min(following, marked.sentence_end(hit.start), hit.end + _MOST)


def _told(scene: Scene, field: AddressField) -> Address | None:
    """The address of the applicant, or whichever other one was told that is no former one."""
    known = fillable(scene.form)
    for one in known.addresses:
        if one is not field and one not in known.former and one.id in scene.answers:
            value = scene.answers[one.id].value
            if isinstance(value, Address):
                return value
    return None
