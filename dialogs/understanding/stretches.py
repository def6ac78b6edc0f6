"""What stands behind the name of a field, up to the next name or the end of the sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.understanding.kinship import kinship
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked, Piece, is_blank
from dialogs.understanding.once import once
from model.fields import AddressField, CodeField, ContactField, Field, PhoneField, TextField, YesNoField

_GLUE = re.compile(
    r"\s*[?？]?\s*(?:\((?![^()]*(?:是|兼|即|法|负责|经办|址|同))[^()\n\d]{1,8}\)(?=\s?[:=]))?(?:(?:他|她|客户|对方|电工|师傅)(?:说|讲|报)的?)?(?:那个|这个|那块|这块|那格|这格|那栏|一栏|那行|这行|那一行|那一栏|这项|那项|方面|这边)?\s*"
    r"(?:(?:[打写说填报记念抄录登搞弄]?(?:错|反|岔)了?|不对|有误|不准确?|[少多漏][打写说填报记念抄]了?[一两几]?[个位]?)[\s,]{1,2})?(?P<strong>[:=]|(?:应该|应当|应|实际|正确的|一样|同样)?就?(?:是|"
    r"系|叫做?|为)|(?:你们?|您)?(?:就|再|也|还|要|请|先|得)?(?:帮我|给我|里)?(?:写上?|填|勾|选|登记?|录入?|打|注明|加)(?:成|为|的是|一?下|一句|一笔|"
    r"有(?=[^\s,。;]))?:?|(?:要|想|请|帮我|给我)?(?:改|换|变更?|更改|更正|修改|订正)(?:成|为|作|叫):?)?\s*"
)


_BEFORE = re.compile(
    r"(?:由|那个|这个|我的?|俺的?|我们的?|单位的?|公司的?|他的?|她的?|的|然后|还有|另外|再|把|将|,|和|总共|一共|共|"
    r"大概|约|下|一下|改下|改一下|改|写|填|其中|里|更正|更改|改正|订正|纠正|修正|补充|对了|:)*$"
)


MOST_BETWEEN = 24


_FARTHEST = 2000
"""As long as a message that is read at all: what many names share is not looked through without end for each of them."""


_LONG = 300
"""Free words of so many characters may have the names of other fields, with their numbers, in them."""


_DIGIT = re.compile(r"\s*\d")


_AND = re.compile(r"\s{0,8}[和跟与、及]\s{0,8}")


_BESIDE = re.compile(r"\s{0,8}[和跟与、及(]?\s{0,8}")


_RUN = re.compile(r"[\s、,/和跟与及]{0,2}|以及|还有")
_OF_ALL = re.compile(r"[\s,:]{0,2}[^,。;\s]{0,4}?(?:都|均|全|皆|一概|一律|统统|[两二三四五][样项]|没有一)")
_EARLIER = re.compile("原[先来本]|以前|之前")
"""The former capacity is called so too, but no name is."""


_BOTH = re.compile(r"\s{0,2}(?:都|全都?|统一|两个都)(?:是|写|填|在|按|用)\s{0,2}:?")


def _label_like(marked: Marked, hit: Hit) -> bool:
    """Whether this word stands where the name of a field stands: first in its piece, or before a colon or a value."""
    text, piece = marked.text, marked.piece_at(hit.start)
    glue = _GLUE.match(text, hit.end)
    if glue and glue["strong"]:
        return True
    near = hit.start - piece.start <= MOST_BETWEEN
    if (near and is_blank(_BEFORE.sub("", text[piece.start : hit.start]))) or _only_marks(marked, piece, hit.start):
        return True
    return bool(_DIGIT.match(text, hit.end))


def _only_marks(marked: Marked, piece: Piece, at: int) -> bool:
    """Whether everything before this place in its piece is marked already as something else."""
    covered = marked.covered
    if piece.start >= at or covered.count(0, piece.start, at) > MOST_BETWEEN:
        return False
    left, place = "", covered.find(0, piece.start, at)
    while place >= 0:
        left += marked.text[place]
        place = covered.find(0, place + 1, at)
    return is_blank(_BEFORE.sub("", left))


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What stands behind the name of a field, up to the next name or the end of the sentence.

    `pointed`: a colon or the like stands between; `strong`: the name stands where names stand; `shared`: what
    stands there may be said of another field too; `kin`: see `_kin`.
    """

    hit: Hit
    field: Field
    begin: int
    stop: int
    pointed: bool
    strong: bool
    shared: bool
    kin: int


@once
def stretches(marked: Marked) -> list[Stretch]:
    """One for every field that each name in the message could be the name of."""
    return list(_cut(marked))


def _cut(marked: Marked) -> Iterator[Stretch]:
    labels = marked.labels
    strong = [hit for hit in labels if _label_like(marked, hit)]
    starts, firsts = [one.start for one in strong], [one.start for one in strong if _first(marked, one)]
    coded = [one.start for one in strong if _is_numbered(marked, one)]
    begins = {one.start for one in strong if _EARLIER.match(one.text)}
    ends, meeting = {one.start: one.end for one in strong}, set[int]()
    for hit in labels:
        glue = _GLUE.match(marked.text, hit.end)
        begin = glue.end() if glue else hit.end
        pointed = bool(glue and glue["strong"])
        following = _from(starts, max(hit.end, begin), len(marked.text))
        first = _from(firsts, max(hit.end, begin), len(marked.text))
        asked = "?" in marked.said(hit.end, begin)  # 发电机?没有
        stop = min(following, marked.sentence_end(begin if asked and begin < len(marked.text) else hit.start))
        if pointed and glue and glue["strong"] in (":", "="):
            line = marked.text.find("\n", begin)
            stop = max(stop, min(following, line if line >= 0 else len(marked.text)))
        for sense in hit.of("label"):
            field, until = sense.field, stop
            if isinstance(field, TextField) and not field.name_only:
                own = _from(coded, max(hit.end, begin), len(marked.text)) if field.most < _LONG else len(marked.text)
                until = max(stop, min(first, own, marked.sentence_end(hit.start))) if own > stop else stop
            if isinstance(field, TextField) and field.name_only and hit.end in begins:
                until = min(_from(starts, hit.end + 1, len(marked.text)), marked.sentence_end(hit.start))  # 法人原先是…
            shared = isinstance(field, YesNoField | ContactField)  # 项目负责人、经办人都写…: said of both
            person = isinstance(field, TextField) and field.name_only and field.names == "person"
            if isinstance(field, YesNoField) and (last := _last_of_run(marked, hit, starts, ends)) is not None:
                begin, until = last, min(_from(starts, last, len(marked.text)), marked.sentence_end(last))
            elif ((shared or person) and _AND.fullmatch(marked.text, hit.end, following)) or (
                isinstance(field, AddressField) and _BESIDE.fullmatch(marked.text, hit.end, following)
            ):
                until = marked.sentence_end(hit.start)  # 项目负责人和经办人都写…
                begin = ends.get(following, begin)
                meeting.add(begin)
            shared = shared or ((person or isinstance(field, AddressField)) and begin in meeting)
            if (
                isinstance(field, AddressField)
                and len(hit.of("label")) > 1
                and (both := _BOTH.match(marked.text, hit.end))
            ):
                begin, shared = both.end(), True  # 地址都写…
            until = min(until, begin + _FARTHEST)
            yield Stretch(hit, field, begin, until, pointed, hit.start in ends, shared, kinship(marked, field, hit))


def _last_of_run(marked: Marked, hit: Hit, starts: list[int], ends: dict[int, int]) -> int | None:
    """What stands behind the last of several names in a row of which the same is said: 换热站 庭院管网 热量表 三样都没有."""
    at, apart = hit.end, False
    for start in starts[bisect_left(starts, at) :]:
        if not _RUN.fullmatch(marked.text, at, start):
            break
        apart = apart or not marked.said(at, start).strip("、/和跟与及")
        at = ends[start]
    if at == hit.end or (apart and not _OF_ALL.match(marked.text, at)):
        return None
    glue = _GLUE.match(marked.text, at)
    return glue.end() if glue else at


@once
def first_names(marked: Marked) -> list[Hit]:
    """The names that stand first in their piece, where names stand."""
    return [one for one in marked.labels if _label_like(marked, one) and _first(marked, one)]


def _from(starts: list[int], at: int, otherwise: int) -> int:
    """The first of these places from here on."""
    found = bisect_left(starts, at)
    return starts[found] if found < len(starts) else otherwise


def _is_numbered(marked: Marked, hit: Hit) -> bool:
    """Whether the number this is the name of stands behind it: 项目名称酿造车间一期代码2503-…."""
    return any(isinstance(one.field, CodeField | PhoneField) for one in hit.of("label")) and any(
        one.shape != "amount" and not marked.said(hit.end, one.start).strip(" :,是")
        for one in marked.atoms_from(hit.end, hit.end + 3)
    )


def _first(marked: Marked, hit: Hit) -> bool:
    """Whether the word is the first of its piece: only there does a name end a stretch of free words."""
    piece = marked.piece_at(hit.start)
    return hit.start - piece.start <= MOST_BETWEEN and is_blank(_BEFORE.sub("", marked.said(piece.start, hit.start)))
