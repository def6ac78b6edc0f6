"""Lines of a list below the name of a text belong together (审批事项: 1.道路开挖 2.占用绿地, a line each)."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate, behind
from dialogs.understanding.goes_on import goes_on_long
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from model.fields import Field, TextField
from model.values import Words

_SCORE = 95
_SUCH = r"(?:(?:这|以下|下面这?)[几些两三]?[样项个条]?)?"
_HEAD = re.compile(rf"[\s:]{{0,2}}(?:是|有|为|如下|包括|写|填|主要有?)?{_SUCH}[\s:]{{0,3}}$")
_ITEM = re.compile(r"\s?[-·•*①②③④⑤⑥⑦⑧⑨]\s?|\s?\d{1,2}\s(?![栋幢户层间个台座米套条根处所])(?=[\u4e00-\u9fff])")
"""What is left of the signs of a list; its numbers are taken for ends of lines."""


def listed_below(scene: Scene) -> Iterator[Candidate]:
    """The lines below the name of a long text, or from its first number on, up to the name of another field."""
    marked = scene.marked
    if "\n" not in marked.text:
        return
    for hit in marked.labels:
        field = next((one.field for one in hit.of("label") if goes_on_long(one.field)), None)
        if field is None or scene.needs(field) != () or not isinstance(field, TextField):
            continue
        lines, end = _lines(scene, marked, field, hit)
        if len(lines) < 2:
            continue
        said = "；".join(lines)
        if len(said) <= field.most:
            yield Candidate(
                field.id,
                Understood(Words(text=said)),
                hit.start,
                end,
                _SCORE,
                f"在“{hit.text}”下面，一行一条",
                group=(BESIDE,),
                how=behind(hit.text),
            )


def _lines(scene: Scene, marked: Marked, field: TextField, hit: Hit) -> tuple[list[str], int]:
    """The lines, and where the last ends. A blank line stands between numbered ones; two end the list."""
    first = _line_end(marked, hit.end)
    rest, found = marked.said(hit.end, first), list[str]()
    if not (alone := bool(_HEAD.fullmatch(rest))):
        if not rest.startswith(":") or asks(rest):
            return [], hit.end
        found.append(_ITEM.sub("", rest.lstrip(" :"), count=1).strip(" ,。;"))
    end, at, blank = first, first + 1, False
    while at < len(marked.text):
        stop = _line_end(marked, at)
        item = _ITEM.match(marked.text, at, stop)
        at = item.end() if item else at
        line = marked.said(at, stop).strip(" ,。;")
        if (not line and blank) or (line and (asks(line) or _is_of_other(scene, marked, field, at))):
            break
        if line and not (alone or item) and not _tells(marked, field, at, stop):
            break
        blank = not line
        if line:
            found.append(line)
            end = stop
        at = stop + 1
    return found, end


def _tells(marked: Marked, field: TextField, at: int, stop: int) -> bool:
    """Whether a line goes on with what stands behind the name: it counts or measures, or has words of the field."""
    said = marked.said(at, stop)
    if re.search(r"\d{7}", said) or any(at <= one.start < stop for one in marked.labels):
        return False
    told = any(at <= one.start < stop and one.unit for one in marked.amounts[1])
    return told or any(one in said.upper() for one in field.tells)


def _line_end(marked: Marked, at: int) -> int:
    stop = marked.text.find("\n", at)
    return stop if stop >= 0 else len(marked.text)


def _is_of_other(scene: Scene, marked: Marked, field: Field, at: int) -> bool:
    """Whether the line begins with the name of another field that is asked for here."""
    for hit in marked.hits_from(at, at + 2):
        named = [one.field for one in hit.of("label") if scene.needs(one.field) == ()]
        if named and field not in named and marked.said(hit.end, hit.end + 1) in (":", "是", " ", ""):
            return True
    return False
