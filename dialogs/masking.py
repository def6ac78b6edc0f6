"""What says who somebody is, or where his door is, taken out of a message before it leaves the machine."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dialogs.folding import fold
from dialogs.understanding.atoms import Shape
from dialogs.understanding.marked import Marked
from dialogs.understanding.people import shaped_as_person
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
_NO_AMOUNT = re.compile(r"0\d|\d{9}")
"""0031905520 户名: an account before a word that begins like a unit."""
_MIXED = re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Za-z_.@\-]*[0-9@])(?=[0-9A-Za-z_.@\-]*[A-Za-z])[0-9A-Za-z_.@\-]{6,}")
_COUNT = r"(?:\d+|[一二三四五六七八九十百]+)"
_DOOR = re.compile(
    rf"(?<![月第\d.])[A-Za-z]?{_COUNT}(?:[-之]{_COUNT})*\s?(?:号楼|号院|号|#|栋|幢|座|单元|室)|(?<![\d.])\d+(?:-\d+)+(?![\d.])"
)
_IN_PLACE = re.compile(rf"[A-Za-z]?\d+(?:-\d+)*|{_COUNT}(?=[组队号栋幢座])")
_BEFORE_NAME = re.compile(
    r"找|联系(?:一下|下|的是)?|问(?:一下|下|问)?|打给|给|跟|和|让|叫|喊|替|帮|是|姓名|名字|"
    r"[人长员师板总部办户主计妈爸娘儿子女媳婿公婆爱哥姐弟妹叔舅姨姑友邻东客工联为的=:]"
)
"""What people are spoken of by: 找, 我妈, 店长, 前期部."""
_ROLE = re.compile(
    r"(?:法人|代表|负责|经办|联系|办理|代办|申请|来电)人?|[店园校厂村院所站队组事]长|会计|[老教]师|师傅|老板娘?|老总|[户业房店]主|[住客用租]户|[理务售]员|"
    r"本人|姓名|全名|户名|名字|叫|爱人|我[妈爸娘]"
)
_AFTER_ROLE = re.compile(r"[=:是叫为,、 ]{0,2}([\u4e00-\u9fff·]{2,4})(?![\u4e00-\u9fff])")
_BEFORE_SELF = re.compile(
    r"([\u4e00-\u9fff]{2,4})(?=本人|就是我|是我|来电|先生|女士|同志|的?身份证|的?证件|的?电话|的?手机|的?号码)"
)
_PIECE = re.compile(r"[\u4e00-\u9fff·]+(?![\u4e00-\u9fff·])")
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?:[ ·][A-Z][a-z]+)+")
_FIRM = re.compile(
    r"[\u4e00-\u9fff]{1,3}[省市县镇乡][\u4e00-\u9fff()]{2,20}?(?:公司|厂|店|铺|诊所|民宿|卫生室|歌城|中心|合作社|学校|医院|馆|院|社)(?![\u4e00-\u9fff])"
    r"|[\u4e00-\u9fff()]{4,20}有限公司"
)
_COUNTED = frozenset({"号", "号楼", "楼", "室", "单元", "组", "路"})
"""Units by which nothing is measured."""
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

    It hides too much rather than too little: what stands where names stand, any long number, and whatever the draft already
    knows as a name or number.
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
    measured = [
        one
        for one in marked.atoms
        if one.shape == "amount" and one.unit and one.unit not in _COUNTED and not _NO_AMOUNT.match(text, one.start)
    ]
    for match in _LONG.finditer(text):
        if not any(one.start <= match.start() and match.end() <= one.end for one in measured):
            yield match.start(), match.end(), "号码"
    for match in _MIXED.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in measured):
            yield match.start(), match.end(), "号码"
    for match in _FIRM.finditer(text):
        yield match.start(), match.end(), "单位"
    for start, end in _names(marked):
        yield start, end, "姓名"
    for kind, words in _known(form, draft):
        for match in re.finditer(re.escape(words), text):
            yield match.start(), match.end(), kind


def _names(marked: Marked) -> Iterator[tuple[int, int]]:
    """What may be a person's name by what stands around it, and is no word of the form and no amount."""
    words = [(one.start, one.end) for one in marked.hits if one.end - one.start > 1]
    words += [(start, end) for start, end, _ in marked.services if end - start > 1]
    words += [(one.start, one.end) for one in marked.atoms if one.shape == "amount" and one.unit]
    for start, end in _shaped(marked.text):
        if not any(begin < end and start < stop for begin, stop in words):
            yield start, end


def _shaped(text: str) -> Iterator[tuple[int, int]]:
    for cue in _BEFORE_NAME.finditer(text):
        if found := _name_at(text, cue.end()):
            yield found
    for role in _ROLE.finditer(text):  # any word alone behind a role is somebody, whatever his surname
        if alone := _AFTER_ROLE.match(text, role.end()):
            yield alone.span(1)
    for match in _BEFORE_SELF.finditer(text):
        for length in _NAME_LENGTHS:
            if shaped_as_person(match[1][-length:]):
                yield match.end() - min(length, len(match[1])), match.end()
                break
    for match in _PIECE.finditer(
        text
    ):  # the end of a piece: 卫生室的乔国庆; two characters only where they stand alone
        for length in _NAME_LENGTHS:
            said = match[0][-length:]
            if len(said) == length and shaped_as_person(said):
                yield match.end() - length, match.end()
                break
    for match in _LATIN.finditer(text):
        yield match.span()


def _name_at(text: str, start: int) -> tuple[int, int] | None:
    for length in _NAME_LENGTHS:
        said = text[start : start + length]
        if len(said) == length and shaped_as_person(said):
            return start, start + length
    return None


def _known(form: Form, draft: Draft) -> Iterator[tuple[str, str]]:
    """Names and numbers that the draft holds: said before, they are known wherever they stand."""
    for name, answer in (*draft.answers.items(), *draft.held.items(), *draft.read.items()):
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
