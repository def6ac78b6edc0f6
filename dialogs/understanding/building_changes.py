"""Lists of buildings that grow or shrink by one: 6号去掉, 没有9号是10号."""

import re
from collections.abc import Iterator, Mapping

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE
from dialogs.understanding.scene import Scene
from dialogs.understanding.standing import stands
from dialogs.understanding.within.buildings import BUILDING_OUT, building_of
from model.fields import BuildingsField
from model.values import Buildings

_B = r"(?:号楼|号|#|栋|幢)"
_BUILDING_FOR = re.compile(
    rf"(?P<old>\d{{1,3}}){_B}?(?:要|得)?(?:换成|改成|改为|换|改|[应实其]?(?:该|际|实)?(?:应?为|是)|[说写报打]?错了?[,\s]?(?:应该)?是)\s?(?P<new>\d{{1,3}}){_B}"
    rf"|不是(?P<old_2>\d{{1,3}}){_B}?[,\s]{{0,2}}是(?P<new_2>\d{{1,3}}){_B}"
)
_BUILDING_MORE = re.compile(
    rf"(?:再|还要?|另外?|也|补|少[写报说]了)(?:加|添|补|报|有|算)?(?:上|个|一个)?"
    rf"(?P<numbers>\d{{1,3}}{_B}(?:[、,和跟 ]{{1,2}}\d{{1,3}}{_B}){{0,4}})"
)
_AS = tuple("同跟和与按照")
"""楼号同气: spoken of only to liken another one to it."""
_AFTER_ALL = re.compile(
    rf"(?P<number>\d{{1,3}}){_B}[^\n。;\d]{{0,24}}?(?<![都])也(?:还是|得|要|能|可以|一[起块]|跟着){{0,2}}[接报算供通装加]"
    rf"(?:上|进去|进来|入|暖|热|气)*(?=了|吧|$|[\s,。;])"
)
"""4号楼加固就行 也接: it belongs to the list after all."""
_BUILDING_IN = re.compile(r"(?:是|改成|换成|加上?|还有)\s*(?P<number>\d{1,3})(?:号楼|号|#|栋)")


def changed_buildings(scene: Scene, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """6号去掉, 没有9号是10号: a building leaves the lists that have it, and another may take its place."""
    text = scene.marked.text
    yield from _exchanged(scene, text)
    gone = [
        one
        for one in BUILDING_OUT.finditer(text)
        if not any(place.start <= one.start() < place.end for place in scene.marked.places)
    ]  # 地址 小冀镇安居路2号 代码说没有
    out = [building_of(match) for match in gone]
    if not out or any(_is_listed(scene, one) for one in taken.values()):
        return
    span = gone[0]
    added = [match["number"] for match in _BUILDING_IN.finditer(text, span.end() - 1)] if CUE.search(text) else []
    only = _services_named(scene, *span.span())
    for name, answer in scene.before.items():
        if only and _service_of(scene, name) not in only or _stands(scene, name):
            continue
        if isinstance(answer.value, Buildings) and set(out) & set(answer.value.numbers):
            left = [one for one in answer.value.numbers if one not in out]
            left += [one for one in added if one not in left]
            if left:
                yield Candidate(
                    name,
                    Understood(Buildings(numbers=tuple(left))),
                    span.start(),
                    _last_end(text, span.end()),
                    95,
                    "楼号增减",
                    group=("buildings",),
                    how="own",
                )


def _is_listed(scene: Scene, one: Candidate) -> bool:
    """Whether the buildings are told anew, as a list that no word beside it speaks for."""
    return one.how == "found" and isinstance(scene.form.fields[one.field], BuildingsField)


def _service_of(scene: Scene, name: str) -> str | None:
    return scene.option_of(scene.form.section_of[name])


def _services_named(scene: Scene, start: int, end: int) -> set[str]:
    """The services for which a building is left out, where they are named: 19号不报气."""
    return {one for at, _, options in scene.marked.services if start <= at <= end + 1 for one in options}


def _stands(scene: Scene, name: str) -> bool:
    """Whether nothing changes for this service: 供暖的不改."""
    option = _service_of(scene, name)
    return any(option in options and stands(scene.marked, end) for _, end, options in scene.marked.services)


def _exchanged(scene: Scene, text: str) -> Iterator[Candidate]:
    """7号楼换成9号楼, 再加个6号楼: in the lists told before."""
    told = {name: answer.value.numbers for name, answer in scene.before.items() if isinstance(answer.value, Buildings)}
    if not told:
        return
    for match in _BUILDING_FOR.finditer(text):
        old, new = match["old"] or match["old_2"], match["new"] or match["new_2"]
        for name, numbers in told.items():
            if old in numbers:
                made = tuple(dict.fromkeys(new if one == old else one for one in numbers))
                yield _candidate(name, made, match)
    for match in () if asks(text) else _BUILDING_MORE.finditer(text):
        last = next((name for name in reversed(scene.draft.trail) if name in told), None)
        if last is not None:
            for name in (
                one for one, numbers in told.items() if numbers == told[last] and _may_hold(scene, one, match)
            ):
                more = re.findall(r"\d+", match["numbers"])
                yield _candidate(name, tuple(dict.fromkeys((*told[name], *more))), match)
    for match in () if asks(text) else _AFTER_ALL.finditer(text):
        for name, numbers in told.items():
            if len(numbers) > 1 and _may_hold(scene, name, match) and match["number"] not in numbers:
                yield _candidate(name, _with(numbers, match["number"]), match)


def _may_hold(scene: Scene, name: str, match: re.Match[str]) -> bool:
    """Whether the service is the one named there, if one is."""
    marked, start = scene.marked, scene.marked.sentence_start(match.start())
    named = [
        options
        for at, _, options in marked.services
        if start <= at <= match.end() and marked.said(max(0, at - 1), at) not in _AS
    ]
    return not named or _service_of(scene, name) in named[-1]


def _with(numbers: tuple[str, ...], more: str) -> tuple[str, ...]:
    """The list with one more, in their order if it is told in its order."""
    made = (*numbers, more)
    if all(one.isdecimal() for one in made) and list(numbers) == sorted(numbers, key=int):
        return tuple(sorted(made, key=int))
    return made


def _candidate(name: str, numbers: tuple[str, ...], match: re.Match[str]) -> Candidate:
    value = Understood(Buildings(numbers=numbers))
    return Candidate(name, value, *match.span(), 95, "楼号增减", group=("buildings",), how="own")


def _last_end(text: str, at: int) -> int:
    added = list(_BUILDING_IN.finditer(text, max(0, at - 1)))
    return added[-1].end() if added and CUE.search(text) else at
