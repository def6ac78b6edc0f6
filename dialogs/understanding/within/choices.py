"""Options of a choice, with what is written beside one."""

import re
from functools import lru_cache

from dialogs.kinds import choice
from dialogs.kinds.option_names import option_names
from dialogs.reading import Partial, Understood
from dialogs.understanding.beside_option import BESIDE
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.merely_mentioned import is_merely_mentioned
from dialogs.understanding.scene import Scene
from dialogs.understanding.second_thoughts import counts_from, is_replaced
from dialogs.understanding.within.denied import asked_whether, denied
from dialogs.understanding.within.finding import Finding
from model.fields import ChoiceField
from model.values import Pick, Picks

_MAY_CHOOSE = re.compile(r"[\d第都全最末倒前]")
"""Without one of these only the words of an option choose it."""


_LONGEST_CHOICE = 200


_OR = re.compile(r"还是|吗|不$")


_QUESTION = re.compile(r"[^。;\n]*\?")


@lru_cache(maxsize=256)
def _noted(option: str) -> re.Pattern[str]:
    """An option of the county's with words for the blank beside it."""
    return re.compile(rf"(?:归|选|勾|填|是|写|算)?{re.escape(option)}{BESIDE}")


def choice_said(scene: Scene, field: ChoiceField, start: int, end: int) -> Finding | None:
    """Options by their words, their place in the list, or with what is written beside one."""
    marked = scene.marked
    start = counts_from(marked, field, start, end)
    stretch = marked.said(start, end)
    if (
        _OR.search(stretch)
        and _QUESTION.match(stretch + marked.text[end : end + 1])
        or (marked.text[end : end + 1] == "?" and "还是" in stretch)
    ):
        return None
    blank = next((one for one in field.options if one.blank == "required"), None)
    told = _noted(blank.text).search(stretch) if blank and blank.text in stretch else None
    if blank and told:
        value = Picks(picks=(Pick(option=blank.text, note=told["note"]),))
        return Finding(Understood(value), start + told.start(), start + told.end())
    named = option_names(field).inside(stretch) or _MAY_CHOOSE.search(stretch)
    # a longer one than is read at all need not be cut out first, and nor where no option can be read
    cuts = [at for at in range(1, min(len(stretch), _LONGEST_CHOICE)) if stretch[at] in "\n。;, "] if named else []
    stops = [len(stretch), *reversed(cuts)] if named else []
    noted = any(option.blank != "none" for option in field.options) and not field.several
    for stop in reversed(stops) if noted else stops:
        said = _PLACE.get(stretch[:stop].strip(), stretch[:stop])
        if len(said.strip()) > 60 or not said.strip():
            continue
        reading = choice.parse(
            re.sub(r"(?<=[ ,])写(?:上|成)?", "", re.sub(r"^[勾选填写是为也就: ]+", "", said)), field, scene.context
        )
        if isinstance(reading, Partial) and noted and stop != stops[0]:
            continue
        if isinstance(reading, Understood | Partial):
            return Finding(reading, start, start + stop)
    options = [
        (hit, one)
        for hit in marked.hits_from(start, end)
        for one in hit.of("option")
        if one.field is field
        and not asked_whether(marked, hit.start)
        and not denied(marked, hit.start)
        and not is_replaced(marked, field, hit.start)
        and not (field.id != scene.services and is_merely_mentioned(marked, field, hit))
    ]
    if not options:
        return None
    options = [options[at] for at in _ticked(scene, [hit for hit, _ in options])]
    chosen = options if field.several else options[:1]
    picks = tuple(dict.fromkeys(one.option for _, one in chosen))
    order = {option.text: n for n, option in enumerate(field.options)}
    value = Picks(picks=tuple(Pick(option=name) for name in sorted(picks, key=lambda name: order[name])))
    return Finding(Understood(value), chosen[0][0].start, chosen[-1][0].end)


_PLACE = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6"}
"""类别三: which of the list."""
_TICKS = re.compile(r"(?:勾|选|填|挑)(?:上|成|为|个|的)?$")
_BESIDE = re.compile(r"[、和跟与及,\s]{1,2}(?:还有)?")


def _ticked(scene: Scene, hits: list[Hit]) -> list[int]:
    """Which of these are to be ticked, where that is said of some: 里头有餐饮,我们不做吃的,请勾锅炉."""
    marked, kept = scene.marked, list[int]()
    for at, hit in enumerate(hits):
        joined = kept and kept[-1] == at - 1 and _BESIDE.fullmatch(marked.text, hits[at - 1].end, hit.start)
        if joined or _TICKS.search(marked.said(max(0, hit.start - 3), hit.start)):
            kept.append(at)
    return kept or list(range(len(hits)))
