"""Tick boxes: by tap, number or words, several at once ("1 3", "水和电"), with a note on the blank beside an option."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from dialogs.derived import derived
from dialogs.folding import fold
from dialogs.kinds.option_names import option_names
from dialogs.numerals import read_number
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from dialogs.sounding import as_meant
from model.fields import ChoiceField, Option
from model.values import Pick, Picks

_BETWEEN = r"[\s,、;和跟与及加还有+/&.]*"
_PLACES = 8  # digits: 123456 is six options, more is a number of something else
_NUMBERED = re.compile(rf"\d++(?:{_BETWEEN}+\d++)*+[\s.、:号项个种]*")  # 9, 7 8: meant as numbers of the list
_NOTE_MOST = 60
_LONGEST = 300
"""Characters: all options of a list and a note are shorter, and what is longer is not looked through for one."""
_SHORT, _REMEMBERED = 8, 256
"""Characters of an answer that is looked up, and how many of them are remembered for a field."""
_ALL = re.compile(
    r"(?:我|我们|俺|这|那|几|两|三|四|五|六|样|个|项|种)*(?:全部|全都?|都|统统|通通|所有)+的?(?:都|全)?(?:要|选|办|报|装|有|勾|开)?(?:上|了|吧|的)*"
)
_ORDINAL = re.compile(
    r"(?:排在?|列在?)?第([一二三四五六七八九十\d]+)(?:个?选项|[个项种样位格类])?(?:的那?[个项])?|(\d+)号"
)
_LAST = re.compile(r"(?:最后|末尾|最末|最下面?)(?:的?[一1]?[个项种]|那个)|倒数第(?P<from>[一二三\d])[个项种]?")
_FIRST = re.compile(r"前([两二三四五六\d])[个项种样]")
_LEAD = re.compile(r"^(?:我们?|想|要|选|是|报|办|申请|装|用|需要|就|属于|勾)+")
_TRAIL = re.compile(r"(?:都要|都办|都装|的|类|类型|报装|业务|吧|就行|就好|这个|那个|两个|三个|都)+$")


def parse(text: str, field: ChoiceField, _: Context) -> Reading:
    """The ticked options (`choice.unknown`, `choice.number`, `choice.one`); a required blank left empty is asked for."""
    return _short_answers(field)(text) if len(text) <= _SHORT else _read(field, text)


@derived
def _short_answers(field: ChoiceField) -> Callable[[str], Reading]:
    """Most answers are the same few words: read once for a field, then looked up."""
    return lru_cache(maxsize=_REMEMBERED)(partial(_read, field))


def _read(field: ChoiceField, text: str) -> Reading:
    words = as_meant(fold(text)).strip(" 。.!;")
    if not words or len(words) > _LONGEST:
        return Refusal("choice.unknown", {"given": words[:20]})
    if field.several and _ALL.fullmatch(words):
        return Understood(Picks(picks=tuple(Pick(option=option.text) for option in field.options)))
    picks = _by_number(words, field)
    if isinstance(picks, Refusal):
        return picks
    if picks is None:
        picks = _by_words(words, field)
    if not picks:
        return Refusal("choice.unknown", {"given": words[:20]})
    return ticked(picks, field)


def ticked(picks: Sequence[Pick], field: ChoiceField) -> Reading:
    """These options of the field, in its order (`choice.one`, `text.long`); a required blank left empty is asked for."""
    if len(picks) > 1 and not field.several:
        return Refusal("choice.one", {"given": "、".join(pick.option for pick in picks)})
    if long := next((pick.note for pick in picks if len(pick.note) > _NOTE_MOST), None):
        return Refusal("text.long", {"length": str(len(long)), "most": str(_NOTE_MOST)})
    order = {option.text: n for n, option in enumerate(field.options)}
    blanks = {option.text for option in field.options if option.blank == "required"}
    if missing := next((pick for pick in picks if pick.option in blanks and not pick.note), None):
        return Partial("note", {"option": missing.option}, so_far=" ".join(pick.option for pick in picks))
    return Understood(Picks(picks=tuple(sorted(picks, key=lambda pick: order[pick.option]))))


def _by_number(words: str, field: ChoiceField) -> list[Pick] | Refusal | None:
    """Numbers of the offered list: `1 3`, `13` where that is no option, `第二个`, `1、3`, and `4 茶馆` with a note."""
    count = len(field.options)
    words = _LAST.sub(lambda found: f" {count + 1 - int(read_number(found['from'] or '1') or 1)} ", words)
    if field.several and (first := _FIRST.fullmatch(_LEAD.sub("", words))) and (most := read_number(first[1])):
        words = " ".join(str(number + 1) for number in range(int(most)))
    words = _ORDINAL.sub(lambda found: f" {read_number(found[1] or found[2]) or found[1]} ", words).strip()
    if re.match(r"\d", bare := _LEAD.sub("", words).strip()):
        words = bare
    if not (head := re.match(rf"\d+(?:{_BETWEEN}\d+)*", words)):
        return None
    if any(len(found) > _PLACES for found in re.findall(r"\d+", head[0])):
        return Refusal("choice.unknown", {"given": words[:20]})
    numbers = [int(found) for found in re.findall(r"\d+", head[0])]
    if len(numbers) == 1 and numbers[0] > len(field.options) and field.several and len(field.options) < 10:
        numbers = [int(digit) for digit in head[0]]
    note = re.sub(r"^[\s.、:,项号个)(]+|\)$", "", words[head.end() :])
    if any(not 1 <= number <= len(field.options) for number in numbers):
        if not _NUMBERED.fullmatch(words):
            return Refusal("choice.unknown", {"given": words[:20]})
        return Refusal("choice.number", {"given": head[0], "most": str(len(field.options))})
    picked = [field.options[number - 1] for number in dict.fromkeys(numbers)]
    if note and (picked[-1].blank == "none" or len(picked) > 1):
        return (
            None if _norm(note) not in {_norm(w) for w in _names(picked[-1])} else [Pick(option=o.text) for o in picked]
        )
    return [Pick(option=option.text, note=note if option is picked[-1] else "") for option in picked]


def _by_words(words: str, field: ChoiceField) -> list[Pick]:
    """Options named by their text or one of their words; longest names first, and nothing but fillers may be left over."""
    rest, picks, names = words, list[Pick](), option_names(field)
    for name, option in names.inside(words):
        if name not in rest:
            continue
        if option.blank != "none" and (found := re.fullmatch(rf"(.*?){re.escape(name)}[\s:,(、\-]*(.+?)\)?", rest)):
            before, note = found.groups()
            if not _left_over(before) and _left_over(note) and note not in names:
                return [*picks, Pick(option=option.text, note=note.strip())]
        rest = rest.replace(name, " ")
        if all(pick.option != option.text for pick in picks):
            picks.append(Pick(option=option.text))
    return [] if _left_over(rest) else picks


def _left_over(rest: str) -> str:
    """What remains when fillers and joining words are taken away."""
    rest = re.sub(r"[\s,、;和跟与及加还有再+/&.:()]+", "", rest)
    return _TRAIL.sub("", _LEAD.sub("", rest))


def _names(option: Option) -> tuple[str, ...]:
    return (option.text, *option.words)


def _norm(text: str) -> str:
    return fold(text).replace(" ", "")
