"""Free words for a cell that is named behind them (… 写到规模那一栏), that goes on over names of what nobody asks here
(规模:两层食堂,建筑面积1600平), or that is told in parts (管长:800米 管径:PE110).
"""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate, behind
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.kinship import related_words
from dialogs.understanding.lexicon import Hit, plain_label
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from dialogs.understanding.stretches import Stretch, first_names, stretches
from dialogs.understanding.unnamed.descriptions import sized
from dialogs.understanding.within.words import words_said
from model.fields import TextField
from model.values import Words

_BEHIND, _ON = 93, 92
_LEAST = 4
_PUTS = re.compile(
    r"[\s,、]*(?:这个|这些|这条|这句|这事|这是|都)?(?:请|麻烦|帮忙?|帮我|给我|你|您|也|就|再|要|把它?)*(?:写|填|记|放|加|登|录)(?:到|在|进|入|上|个)?(?:那个|这个|工程|项目)?$"
)
_ENDS = re.compile(
    r"\s?(?:这|那)?一?(?:栏|格|行|项|块|里头|里面|里|上|处|边|去|中)*\s?(?:去|吧|啊|就行|就好|就可以|谢谢)*(?=$|[,。;!\n])"
)
_THIS = re.compile(r"(?:就|也)?(?:(?:叫|是|写|填|用)(?:这个|它|上面那个)|[叫写填用]这)(?=$|[\s,。;!\n吧])")
"""饲料车间扩建 项目就叫这个."""
_LAST = re.compile(r"[\s,、]{1,2}(?:[这那我][个们])?(?:的)?$")
_LEAD = re.compile(r"^(?:对了|哦|还有|另外|麻烦|请|帮我|给我|把|将|工程|项目|[\s,])+")
_FARTHEST = 400


def written(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """What is said for each cell of free words outside the labels' own stretches."""
    marked = scene.marked
    for field in fields.written:
        if (needs := scene.needs(field)) is None or needs:
            continue
        mine = [one for one in stretches(marked) if one.field is field]
        for stretch in mine:
            if (found := _before(marked, field, stretch.hit)) is not None:
                start, said = found
                value = Understood(Words(text=said[: field.most]))
                yield Candidate(field.id, value, start, stretch.hit.end, _BEHIND, f"写到“{stretch.hit.text}”那里")
        if field.most >= _LONG:
            yield from _going_on(scene, field, [one for one in mine if one.strong or one.pointed])


_LONG = 300


def _before(marked: Marked, field: TextField, hit: Hit) -> tuple[int, str] | None:
    """What stands before 写到规模那一栏: in its sentence, or in its piece where a short name is wanted."""
    if not (_ENDS.match(marked.text, hit.end) or _THIS.match(marked.text, hit.end)):
        return None
    start = marked.sentence_start(hit.start)
    puts = (
        _PUTS.search(marked.text, start, hit.start)
        or _THIS.match(marked.text, hit.end)
        and _LAST.search(marked.text, start, hit.start)
    )
    if puts is None:
        return None
    if field.most < _LONG:
        start = max(start, marked.piece_at(max(start, puts.start() - 1)).start)
    said = marked.said(start, puts.start())
    lead = _LEAD.match(said)
    said = (said[lead.end() :] if lead else said).strip(" ,、:")
    return (start, said) if len(said) >= _LEAST and not asks(said) else None


def _going_on(scene: Scene, field: TextField, mine: list[Stretch]) -> Iterator[Candidate]:
    """The words behind the first of these names, over the others and over names of fields that are not asked here."""
    parts, until, at = list[str](), -1, -1
    for stretch in mine:
        hit = stretch.hit
        others = [one.field for one in hit.of("label") if one.field is not field]
        if hit.start < until or any(scene.needs(one) == () for one in others):
            continue
        stop = _until(scene, field, stretch)
        found = words_said(scene, field, stretch.begin, stop, strong=True)
        if found is None or not isinstance(found.reading, Understood) or not isinstance(found.reading.value, Words):
            continue
        said, own = found.reading.value.text, _is_own(field, hit)
        parts.append(said if own else f"{hit.text}{said}")
        at = hit.start if at < 0 else at
        until = found.end
        if found.end > stretch.stop or not own:
            at = min(at, hit.start)
    if parts and (len(parts) > 1 or until > mine[0].stop or not _is_own(field, mine[0].hit)):
        first = next(one for one in mine if one.hit.start == at)
        end = until if len(parts) == 1 else max(first.stop, at + 1)
        said = ",".join(parts)
        run = sized(scene.marked) if field in fillable(scene.form).sized else None
        if run is not None and run[0] < at and until <= run[1]:
            at, said = run[0], scene.marked.said(*run).strip(" ,、/")  # 管长120米 管径DN80
        value = Understood(Words(text=said[: field.most]))
        yield Candidate(field.id, value, at, end, _ON, f"在“{first.hit.text}”后面，接着说", how=behind(first.hit.text))


def _until(scene: Scene, field: TextField, stretch: Stretch) -> int:
    """Where the next name of a field begins that is asked here, or the sentence ends."""
    marked = scene.marked
    end = max(
        stretch.stop, marked.sentence_end(stretch.begin if stretch.begin < len(marked.text) else stretch.hit.start)
    )
    end = min(end, stretch.begin + _FARTHEST)
    for hit in first_names(marked):
        if stretch.begin <= hit.start < end and any(
            one.field is not field and scene.needs(one.field) == () for one in hit.of("label")
        ):
            return hit.start
    return end


def _is_own(field: TextField, hit: Hit) -> bool:
    """Whether the word names the cell as it is printed; 管径 names what is told in it, and is a part of what is said."""
    return related_words(plain_label(field.called), hit.text)
