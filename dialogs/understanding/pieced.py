"""Numbers that come in pieces: 户号前头0060 后头723158; 户号003771 and then 接着是9208; 末尾再加个4, 前面还有两个零."""

import re
from collections.abc import Iterator

from dialogs.kinds import code
from dialogs.reading import Refusal, Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.refused import read_again, refused
from dialogs.understanding.scene import Scene
from dialogs.understanding.whose import is_anothers
from model.fields import CodeField
from model.values import Code

_PART = r"(?:头|面|边|半?[截段]|半部分|一半|半|[一两二三四五六七八]位|几位|几个数)"
_FIRST = rf"(?:前{_PART}|第一[截段]|[上头]半?[截段]|开头|打头|头[里上]?|先头)"
_LAST = rf"(?:后{_PART}|第二[截段]|[下尾]半?[截段]|最后|末尾|末了|尾巴上?|尾|结尾)"
_DIGITS = r"\d[\d \-]{0,18}\d|\d"
_IN_TWO = Sought(
    rf"{_FIRST}(?:是|为|:)?\s{{0,2}}(?P<first>{_DIGITS})[\s,;、]{{0,3}}(?:然后|再)?{_LAST}(?:是|为|:|接)?\s{{0,2}}(?P<last>{_DIGITS})(?![\d位个])"
)
_LEFT_OFF = r"(?:少|漏|缺|差|掉|没)(?:报|写|说|打|抄|发|念|记)?了?"
_SO_MANY = r"(?:[一两二三四五六七八\d]?(?:位|个)(?:数字?|号)?)?"
_ADDED = r"(?:还有|再|加|补|添|接|有){1,2}(?:上|个|一个|一位|着|[:\s])?(?:是)?"
_GOES_ON = Sought(
    rf"(?:接着(?:上面|前面|刚才)?(?:的)?(?:是|写|填)?|接上面(?:的)?(?:是)?"
    rf"|{_LAST}(?:还|再|又|得|应该|要|应)?(?:{_LEFT_OFF})?{_SO_MANY}(?:是|[,\s])?{_ADDED}{_SO_MANY}"
    rf"|{_LAST}(?:还|又)?{_LEFT_OFF}{_SO_MANY})[:,\s]{{0,2}}(?:是)?"
    rf"(?P<more>{_DIGITS})(?![\d位栋幢户层台个米方平月日号点件块楼家人口间件千万元])"
)
_AHEAD = Sought(
    rf"{_FIRST}(?:还|再|又|得|应该|要)?(?:少|漏|缺|差)?(?:报|写|说|打|抄)?了?(?:还有|有|加|补|添){{0,2}}(?:上|了)?"
    r"(?:(?P<many>[一两俩二三四])个?(?:零|0)(?!\d)|个?(?P<zeros>0{1,6})(?!\d))"
)
_REST = re.compile(
    r"\s{0,2}(?:后(?:[面头半]?[段截]?|[一两二三四五六七八九十几]位(?:数字?)?)|剩下的?|接着)?[:是\s]{0,2}"
    r"(?P<rest>\d[\d \-]{1,14}[\dXx])(?![\dA-Za-z])"
)
_MANY = {"一": 1, "两": 2, "俩": 2, "二": 2, "三": 3, "四": 4}
_SCORE = 92


def pieced(scene: Scene) -> Iterator[Candidate]:
    """Accounts told in two pieces, and numbers that this message lengthens."""
    for match in _found(scene.marked, _IN_TWO):
        for field in _accounts(scene):
            if (needs := scene.needs(field)) is not None and _is_named(scene, field, match.start()):
                reading = code.account(_plain(match["first"] + match["last"]))
                yield Candidate(field.id, reading, *match.span(), _SCORE, "分两截说的号码", needs, how="own")
    yield from _another(scene)
    yield from _rest(scene)
    for pattern in (_GOES_ON, _AHEAD):
        for match in _found(scene.marked, pattern):
            if pattern is _GOES_ON:
                head, tail = "", _plain(match["more"])
            else:
                head, tail = "0" * (_MANY[match["many"]] if match["many"] else len(match["zeros"])), ""
            yield from _longer(scene, match, head, tail)


def _rest(scene: Scene) -> Iterator[Candidate]:
    """The rest of a number that was too short, at the head of a message: 02180003(接上一条)."""
    rest = _REST.match(scene.marked.text)
    for field, said in refused(scene) if rest is not None else ():
        reading = read_again(scene, field, f"{_plain(said)}{_plain(rest['rest'])}".upper()) if rest else None
        if rest is not None and isinstance(reading, Understood):
            yield Candidate(field.id, reading, *rest.span(), _SCORE, "号码接上了", how="own")
            return


@once
def _found(marked: Marked, pattern: re.Pattern[str] | Sought) -> list[re.Match[str]]:
    return list(pattern.finditer(marked.text))


def _plain(number: str) -> str:
    return re.sub(r"[ \-]", "", number)


def _accounts(scene: Scene) -> list[CodeField]:
    return [one for one in scene.form.fields.values() if isinstance(one, CodeField) and one.scheme == "account"]


def _is_named(scene: Scene, field: CodeField, at: int) -> bool:
    """Whether the number was asked for or is named in the sentence."""
    start = scene.marked.sentence_start(at)
    hits = scene.marked.hits_from(start, at)
    return scene.focused == field.id or any(one.field is field for hit in hits for one in hit.of("label"))


def _another(scene: Scene) -> Iterator[Candidate]:
    """60024458是抄的电费单,水费单上是60013358: beside the account told before stands another one of its kind."""
    marked = scene.marked
    for field in _accounts(scene):
        value = scene.before[field.id].value if field.id in scene.before else None
        if not isinstance(value, Code) or value.number not in _plain(marked.text) or _STANDS.search(marked.text):
            continue
        for found in _WHOLE.finditer(marked.text):
            number = _plain(found[0])
            close = abs(len(number) - len(value.number)) <= _MORE_OR_LESS
            solid = any(one.start <= found.start() < one.end for one in marked.numbered)
            if number == value.number or not close or solid or is_anothers(marked, *found.span()):
                continue
            if not _is_denied(marked, found.start()):
                yield Candidate(field.id, code.account(number), *found.span(), _SCORE, "号码换成另一个", how="own")


_WHOLE = re.compile(r"(?<![\dA-Za-z.])\d(?:[ \-]?\d){4,19}(?![\dA-Za-z.]|[ ]?[万千百平㎡户元吨米年])")
_STANDS = re.compile(r"没错|对的|不用改|不变|不动|没有?问题|电表|电费?[的号]|[气热]表|(?<!抄的)燃?气费")
_MORE_OR_LESS = 2


def _is_denied(marked: Marked, at: int) -> bool:
    """Whether the number here is said not to be it: 不是60024458."""
    return bool(re.search(r"不是\s?$", marked.said(max(0, at - 4), at)))


def _longer(scene: Scene, match: re.Match[str], head: str, tail: str) -> Iterator[Candidate]:
    """The account told before, or a number that was too short, with these digits at its head or tail."""
    named = {one.field.id for hit in scene.marked.hits for one in hit.of("label")}
    for field, said in refused(scene) if len(tail) > 1 else ():
        reading = read_again(scene, field, f"{head}{_plain(said)}{tail}".upper())
        if not isinstance(reading, Refusal):
            yield Candidate(field.id, reading, *match.span(), _SCORE, "号码接上了", how="own")
            return
    fields = [one for one in _accounts(scene) if one.id in scene.before]
    for field in fields:
        value = scene.before[field.id].value
        last = field.id in scene.draft.trail[-_LATELY:]
        if not isinstance(value, Code) or not (field.id in named or (last and len(scene.marked.text) <= _SHORT)):
            continue
        reading = code.account(f"{head}{value.number}{tail}")
        if isinstance(reading, Understood):
            yield Candidate(field.id, reading, *match.span(), _SCORE, "号码接上了", how="own")


_LATELY = 4
_SHORT = 20
"""A message of so few characters is about what was said last."""
