"""An address put right in the message that tells it: 新街13号 不是13 31号; 22号 等下 22号是后门 正门是20号; 南头第三家,说反了,北头."""

import re
from collections.abc import Iterator, Mapping

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.places import Place
from dialogs.understanding.scene import Scene
from model.values import Address

_SCORE = 130
_NEAR = 30
"""Characters between the place and what puts it right."""
_N = r"\d{1,4}(?:-\d{1,4})?"
_U = r"(?:号楼|号院?|栋|幢|座|单元|室|楼|层|组|排)"
_IS = r"(?:[,\s]{0,2}(?:而?是|应该是|应为|在|写))?[,\s]{0,2}"
_OURS = r"(?:大门|院门|我家|我们家?|俺家?|咱家?|自家|正门|前门|本店|我的?店|我那|店|厂|应该|实际)"
_END = r"(?![\d.万千百兆吨方平户米])"
_RIGHT = (
    re.compile(rf"不是\s?(?P<old>{_N})(?P<unit>{_U})?{_IS}(?:{_OURS}{_IS})?(?P<new>{_N})(?P<as>{_U})?{_END}"),
    re.compile(
        rf"(?P<old>{_N})(?P<unit>{_U})(?:那?是|那边?是|那家是)[^\d,。;]{{1,10}}[,\s]{{1,2}}{_OURS}(?:门?牌号?)?{_IS}(?P<new>{_N})(?P<as>{_U})?{_END}"
    ),
    re.compile(
        rf"(?:不对|[写说打报填记搞弄看][错反岔颠]倒?了?|等下|等等|更正)[,\s]{{0,2}}(?:是|应该是|应为|{_OURS}){{0,2}}\s?(?P<new>{_N})(?P<as>{_U})(?!\d|那?是|卖|的)"
    ),
)
_SIDE = re.compile(
    r"(?:[写说打报填记搞弄][错反岔]了?|不对)[,\s]{0,2}(?:是|应该是)?(?P<new>[东西南北])(?P<what>[头边侧面段院街])(?=$|[\s,。;!])"
)


def same_breath(scene: Scene, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """The places of the message with another number in them, each for the field that it answers."""
    places = scene.marked.places
    for n, place in enumerate(places):
        until = places[n + 1].start if n + 1 < len(places) else len(scene.marked.text)
        made = _made(scene.marked.text, place, min(until, place.end + _NEAR))
        if made is None:
            continue
        text, end = made
        for field in fillable(scene.form).addresses:
            one = taken.get(field.id)
            if one is not None and one.start <= place.start < one.end:
                value = Understood(Address(text=text))
                yield Candidate(field.id, value, place.start, end, _SCORE, "同一句里改了号")


def _made(text: str, place: Place, until: int) -> tuple[str, int] | None:
    """The place put right, and where the words for it end."""
    said = place.text.strip()
    for pattern in _RIGHT:
        right = pattern.search(text, place.start, until)
        if right is None or right.end() <= place.end:
            continue
        old = right.groupdict().get("old")
        numbers = [
            one for one in re.finditer(rf"(?<![\d\-]){_N}(?={right['as'] or _U})", said) if old is None or one[0] == old
        ]
        if numbers and numbers[-1][0] != right["new"]:
            last = numbers[-1]
            return f"{said[: last.start()]}{right['new']}{said[last.end() :]}", right.end()
    side = _SIDE.search(text, place.end, until)
    sides = list(re.finditer(rf"[东西南北](?={side['what']})", said)) if side else []
    if side is not None and sides:
        return f"{said[: sides[-1].start()]}{side['new']}{said[sides[-1].end() :]}", side.end()
    return None
