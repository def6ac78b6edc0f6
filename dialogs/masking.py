"""What says who somebody is, or where his door is, taken out of a message before it leaves the machine."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dialogs.folding import fold
from dialogs.understanding.atoms import Shape
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import shaped_as_person
from model.draft import Draft
from model.form import Form
from model.values import Code, Contact, Phone, Value, Words

_SHAPES: Mapping[Shape, str] = {
    "identity": "证件",
    "organisation": "代码",
    "project": "代码",
    "serial": "号码",
    "phone": "电话",
    "buildings": "楼号",
}
_OPEN, _SHUT = "〔", "〕"
_DIGIT = "0-9零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_LONG = re.compile(rf"[{_DIGIT}](?:[ \-]?[{_DIGIT}]){{6,}}|(?<![0-9.])[0-9](?:[0-9]){{4,}}(?![0-9.])")
"""Seven digits in any spelling, five in a row: whatever it is, it may be somebody's."""
_MIXED = re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Za-z_.@\-]*[0-9@])(?=[0-9A-Za-z_.@\-]*[A-Za-z])[0-9A-Za-z_.@\-]{6,}")
_COUNT = r"(?:\d+|[一二三四五六七八九十百]+)"
_DOOR = re.compile(
    rf"(?<![月第\d.])[A-Za-z]?{_COUNT}(?:[-之]{_COUNT})*\s?(?:号楼|号院|号|#|栋|幢|座|单元|室)|(?<![\d.])\d+(?:-\d+)+(?![\d.])"
)
_IN_PLACE = re.compile(rf"[A-Za-z]?\d+(?:-\d+)*|{_COUNT}(?=[组队号栋幢座])")
_SAID_OF = re.compile(
    r"找|联系(?:一下|下|的是)?|问(?:一下|下|问)?|打给|给|跟|和|让|叫|喊|替|帮|是|(?:爸|妈|儿子|闺女|女儿|媳妇|老公|老婆|爱人|"
    r"哥|姐|弟|妹|叔|邻居|房东|租户|租客|电工|师傅|同事|会计|村长|队长)(?:叫|是)?"
)
_NAME_LENGTHS = (4, 3, 2)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders (〔电话1〕), and the words they stand for; these never leave the machine."""

    text: str
    words: Mapping[str, str] = field(repr=False)

    def back(self, said: str) -> str:
        """Words of the masked text as they stood in the message."""
        for placeholder, words in self.words.items():
            said = said.replace(placeholder, words)
        return said


def masked(marked: Marked, form: Form, draft: Draft) -> Masked:
    """The folded text of a message without identity numbers, codes, telephone numbers, names and house numbers.

    It hides too much rather than too little: what looks like a name after 找 or 我爸, any long number, and whatever
    the draft already knows as a name or number.
    """
    text = marked.text
    spans = sorted(_spans(marked, form, draft), key=lambda one: (one[0], -one[1]))
    merged = list[tuple[int, int, str]]()
    for start, end, kind in spans:
        if merged and start < merged[-1][1]:
            before = merged[-1]
            merged[-1] = (before[0], max(before[1], end), before[2])
        else:
            merged.append((start, end, kind))
    known, counts, parts, at = dict[tuple[str, str], str](), dict[str, int](), list[str](), 0
    for start, end, kind in merged:
        words = text[start:end]
        if (kind, words) not in known:
            counts[kind] = counts.get(kind, 0) + 1
            known[kind, words] = f"{_OPEN}{kind}{counts[kind]}{_SHUT}"
        parts += [_plain(text[at:start]), known[kind, words]]
        at = end
    parts.append(_plain(text[at:]))
    return Masked("".join(parts), {placeholder: words for (_, words), placeholder in known.items()})


def _plain(text: str) -> str:
    """Nobody writes a placeholder himself."""
    return text.replace(_OPEN, "[").replace(_SHUT, "]")


def _spans(marked: Marked, form: Form, draft: Draft) -> Iterator[tuple[int, int, str]]:
    text = marked.text
    for atom in marked.atoms:
        if atom.shape in _SHAPES:
            yield atom.start, atom.end, _SHAPES[atom.shape]
    for one in marked.firms:
        yield one.start, one.end, "单位"
    for one in marked.people:
        yield one.start, one.end, "姓名"
    for place in marked.places:
        for match in _IN_PLACE.finditer(text, place.start, place.end):
            yield match.start(), match.end(), "门牌"
    for match in _DOOR.finditer(text):
        yield match.start(), match.end(), "门牌"
    measured = [one for one in marked.atoms if one.shape == "amount" and one.unit]
    for match in _LONG.finditer(text):
        if not any(one.start <= match.start() and match.end() <= one.end for one in measured):
            yield match.start(), match.end(), "号码"
    for match in _MIXED.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in measured):
            yield match.start(), match.end(), "号码"
    yield from _names(marked)
    for kind, words in _known(form, draft):
        for match in re.finditer(re.escape(words), text):
            yield match.start(), match.end(), kind


def _names(marked: Marked) -> Iterator[tuple[int, int, str]]:
    """What may be a name behind a word that is said of people, and is no word of the form."""
    words = [(one.start, one.end) for one in marked.hits] + [(start, end) for start, end, _ in marked.services]
    for cue in _SAID_OF.finditer(marked.text):
        start = cue.end()
        for length in _NAME_LENGTHS:
            said = marked.text[start : start + length]
            if len(said) == length and shaped_as_person(said):
                if not any(begin < start + length and start < end for begin, end in words):
                    yield start, start + length, "姓名"
                break


def _known(form: Form, draft: Draft) -> Iterator[tuple[str, str]]:
    """Names and numbers that the draft holds: said before, they are known wherever they stand."""
    for name, answer in (*draft.answers.items(), *draft.held.items()):
        about = form.fields.get(name)
        for kind, words in _identifiers(answer.value, named=bool(getattr(about, "name_only", False))):
            if len(folded := fold(words)) > 1:
                yield kind, folded


def _identifiers(value: Value | None, *, named: bool) -> Iterator[tuple[str, str]]:
    match value:
        case Words(text=text) if named:
            yield "姓名", text
        case Contact(name=name, phone=phone):
            yield "姓名", name
            yield "电话", phone
        case Phone(number=number):
            yield "电话", number
        case Code(number=number):
            yield "证件", number
        case _:
            pass
