"""What is to be done, told by a thing and a verb that may stand far apart: 那块表钉在旧墙上, 请师傅给迁到院门旁边."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.asking import asks
from dialogs.derived import derived
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import in_others_talk
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt, fit
from model.fields import ChoiceField
from model.form import Form
from model.values import Pick, Picks

_SCORE = 38
_FAR, _NEAR = 48, 6
"""Characters back to the thing, and on to it."""
_WANTED = re.compile(
    r"(?:给|把|将|请|得|要|想|须|需|帮|替|希望|打算|准备|申请|再|让|它|随|一并|顺便|一起|跟着|可以|能|麻烦|(?:往|朝|向|从|由)[^,。;]{1,8})"
    r"[我俺咱们你您它再都也一下先]{0,4}$|^[只就先也都还是请并]{0,3}$"
)
"""Before the verb: it is wanted, and not done by somebody to himself (我们搬到新店)."""
_OWN = re.compile(r"(?:(?<![给帮替把让])[我俺咱他她]们?|店|厂|公司|单位|学校|家|人)(?:[准打][备算])?[要想得也都]{0,2}$")
_NOT = re.compile(r"[不没别未甭](?:用|要|必|需要|打算|想)?[再去来给]{0,2}$")
_DONE = re.compile(r"过(?![来去户到])|了[一二两三几\d]")
"""Behind the verb: it has been done (前年移过五百米)."""
_ONCE = re.compile("去年|前年|上个?月|上一?[次回年]|早[几些]年|当年|那年")


@dataclass(frozen=True, slots=True)
class _Told:
    """From the thing to the verb, where the verb stands, and the options both speak for."""

    start: int
    end: int
    at: int
    verb: str
    options: frozenset[tuple[str, str]]
    near: bool


class _Acts:
    """The things and verbs of a form, each with the options it may speak for."""

    def __init__(self, form: Form) -> None:
        self.things = dict[str, set[tuple[str, str]]]()
        self.verbs = dict[str, set[tuple[str, str]]]()
        for field in form.fields.values():
            for option in field.options if isinstance(field, ChoiceField) else ():
                for act in option.acts:
                    for words, known in ((act.of, self.things), (act.done, self.verbs)):
                        for word in words:
                            known.setdefault(word, set()).add((field.id, option.text))
        _with_shorter(self.verbs)
        self.thing, self.verb = _any(self.things), _any(self.verbs)


def _with_shorter(words: dict[str, set[tuple[str, str]]]) -> None:
    """What a word is of is what a shorter one in it is of as well: 移到 of one service, 移 of another."""
    for word, known in words.items():
        known.update(*(more for shorter, more in words.items() if shorter != word and shorter in word))


def _any(words: dict[str, set[tuple[str, str]]]) -> Sought:
    return Sought("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)")


_acts = derived(_Acts)


def acts(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """The choices that each verb and the thing it is said of could answer."""
    for told in _told(scene.marked):
        for name, option in sorted(told.options):
            field = scene.form.fields[name]
            needs = scene.needs(field)
            if not isinstance(field, ChoiceField) or needs is None or _is_elsewhere(scene, field, told.at, topic_at):
                continue
            bonus, why = fit(scene, field, told.at, topic_at)
            if not scene.open(field) and not field.several:
                bonus -= 22
            group = (BESIDE, f"several:{name}") if field.several else (BESIDE,)
            yield Candidate(
                name,
                Understood(Picks(picks=(Pick(option=option),))),
                told.start,
                told.end,
                _SCORE + bonus,
                f"要“{told.verb}”的是这个" + (f"，{why}" if why else ""),
                needs,
                "said" if told.near else "derived",
                not told.near,
                group,
            )


def _is_elsewhere(scene: Scene, field: ChoiceField, at: int, topic_at: TopicAt) -> bool:
    """Whether another service is spoken of here."""
    section, topic = scene.form.section_of[field.id], topic_at(at)
    if among := topic_at.among(at):
        return scene.option_of(section) not in among
    return topic is not None and topic is not section


@once
def _told(marked: Marked) -> list[_Told]:
    known, found = _acts(marked.form), list[_Told]()
    for match in known.verb.finditer(marked.text):
        if not _is_wanted(marked, match.start(), match.end()):
            continue
        if (thing := _thing(marked, known, match)) is not None:
            near = marked.piece_at(thing.start()).sentence == marked.piece_at(match.start()).sentence
            options = frozenset(known.things[thing[0]] & known.verbs[match[0]])
            start, end = min(thing.start(), match.start()), max(thing.end(), match.end())
            found.append(_Told(start, end, match.start(), match[0], options, near))
    return found


def _is_wanted(marked: Marked, start: int, end: int) -> bool:
    piece = marked.piece_at(start)
    before = marked.said(max(piece.start, start - 14), start).strip()
    if _NOT.search(before) or _OWN.search(before) or not _WANTED.search(before) or _DONE.match(marked.text, end):
        return False
    if _ONCE.search(marked.text, piece.start, start):
        return False
    return not in_others_talk(marked, start) and not asks(marked.said(piece.start, piece.end))


def _thing(marked: Marked, known: _Acts, verb: re.Match[str]) -> re.Match[str] | None:
    """Of what this may be said: named last before the verb, in this sentence or the one before it, else right behind it."""
    start, end = verb.span()
    begin = max(marked.sentence_start(max(0, marked.sentence_start(start) - 2)), start - _FAR)
    stop = min(marked.piece_at(start).end, end + _NEAR)
    before = [*known.thing.finditer(marked.text, begin, start)]
    for thing in (*reversed(before), *known.thing.finditer(marked.text, end, stop)):
        if not known.things[thing[0]].isdisjoint(known.verbs[verb[0]]):
            return thing
    return None
