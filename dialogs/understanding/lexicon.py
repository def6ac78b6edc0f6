"""All the words a form knows: names of its fields, its options, what people say for yes and no. Data of the county."""

import dataclasses as fields
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Literal

from dialogs.derived import derived
from dialogs.folding import fold
from dialogs.kinds.number import SPELLINGS
from dialogs.numerals import NUMBER
from dialogs.sounding import as_meant
from model.fields import ChoiceField, DeclarationField, Field, NumberField, TextField, YesNoField
from model.form import Form

Role = Literal["label", "cell", "option", "fact", "yes", "no", "zero"]
GAP = "…"
"""In a word of the county's: up to six characters that do not matter (换…大的), and a blank before what is wanted."""
_KEPT = "\ue000"
"""A character that means nothing to anybody and that folding leaves alone."""
BLANK = "_"
"""In a name of a field: where its value stands (共_期)."""
_PATTERN = {GAP: r"(?:[^\s,。;!?]{0,6}?(?: [想要得需也再就请][^\s,。;!?]{0,4}?)?| )"}
_WORDS = r"[\u4e00-\u9fffA-Za-z0-9]{2,14}?"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word says: it names a field, or is one of its options, or a yes, a no or a nothing for it."""

    name: str
    role: Role
    option: str = ""
    field: Field = fields.field(kw_only=True, compare=False, repr=False)


class Senses:
    """All that a word can mean on a form."""

    __slots__ = ("all", "by_roles")

    def __init__(self, senses: Iterable[Sense]) -> None:
        self.all = tuple(senses)
        self.by_roles: dict[tuple[Role, ...], tuple[Sense, ...]] = {}
        """What `of` found before."""

    def of(self, roles: tuple[Role, ...]) -> tuple[Sense, ...]:
        """Those in these roles."""
        found = self.by_roles.get(roles)
        if found is None:
            found = self.by_roles[roles] = tuple(one for one in self.all if one.role in roles)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A word of the form in a text, with everything it can mean; `inside` is the value in the middle of it."""

    start: int
    end: int
    text: str
    word: Senses
    inside: tuple[int, int] = (0, 0)

    @property
    def senses(self) -> tuple[Sense, ...]:
        """Everything it can mean."""
        return self.word.all

    def of(self, *roles: Role) -> tuple[Sense, ...]:
        """The senses in these roles."""
        found = self.word.by_roles.get(roles)  # asked of every word in every pass
        return self.word.of(roles) if found is None else found


class _Gapped:
    """A word with a gap or a value inside; its pattern is put together when its letters are first met: most never are."""

    def __init__(self, word: str, senses: Senses) -> None:
        self._word = word
        self.senses = senses
        self.told = _told(word, BLANK if BLANK in word else GAP)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds it in a text: with `value` where its value stands, or `head`, the part that is the word's own."""
        if BLANK in self._word:
            value = NUMBER if isinstance(self.senses.all[0].field, NumberField) else _WORDS
            parts = [re.escape(part) for part in self._word.split(BLANK)]
            apart = "" if isinstance(self.senses.all[0].field, TextField) else r"\s{0,8}"  # 热表装好了 牌子…
            return re.compile(rf"{apart}(?P<value>{value}){apart}".join(parts))
        head, *rest = map(re.escape, self._word.split(GAP))
        return re.compile(_PATTERN[GAP].join((f"(?P<head>{head})", *rest)))


class Lexicon:
    """The words of one form, found in one pass over a text, longest first."""

    def __init__(self, form: Form) -> None:
        """Collects the words of all fields that an applicant answers."""
        senses: dict[str, tuple[Sense, ...]] = {}
        mine = (
            one for one in form.fields.values() if one.filler == "applicant" and not isinstance(one, DeclarationField)
        )
        said = [(word, sense) for field in mine for sense, words in _words(field) for word in words]
        for word, (_, sense) in zip(_spelt(word for word, _ in said), said, strict=True):
            known = senses.get(word, ())
            if sense not in known:
                senses[word] = (*known, sense)
        alike = {found: Senses(found) for found in set(senses.values())}
        self._words: dict[str, Senses] = {}
        lengths: dict[str, dict[int, None]] = defaultdict(dict)
        self._gapped: list[_Gapped] = []
        self._longest = max(map(len, senses), default=0)
        for word, found in sorted(senses.items(), key=lambda pair: -len(pair[0])):
            if BLANK in word or GAP in word:
                self._gapped.append(_Gapped(word, alike[found]))
            elif word:
                self._words[word] = alike[found]
                lengths[word[0]][len(word)] = None
        self._heads: dict[str, list[int]] = defaultdict(list)
        """Which words with a gap begin with these two characters, or are no longer than the one before it."""
        for place, one in enumerate(self._gapped):
            self._heads[one.told[0][:2]].append(place)
        self._lengths = {char: tuple(of) for char, of in lengths.items()}
        """How long the words are that begin with a character, the longest first."""
        self._begins = re.compile(f"[{re.escape(''.join(self._lengths))}]" if self._lengths else "(?!)")

    def is_name(self, words: str) -> bool:
        """Whether these words, and nothing beside them, are a name of a field."""
        senses = self._words.get(_upper(plain_label(words)))
        return senses is not None and bool(senses.of(("label",)))

    def inside(self, words: str) -> Iterator[Senses]:
        """What the words say that are part of these, the longest first."""
        said = _upper(words)
        for length in range(len(said) - 1, 1, -1):
            for at in range(len(said) - length + 1):
                if (found := self._words.get(said[at : at + length])) is not None:
                    yield found

    def scan(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Hit]:
        """The words in the text, left to right, none overlapping another or a span that is `taken`."""
        text = as_meant(text)
        upper, free = _upper(text), bytearray(len(text))
        for start, end in taken:
            free[start:end] = b"\x01" * (end - start)
        hits = list(self._gaps(upper, text, free))
        reached = 0
        for begin in self._begins.finditer(upper):
            at = begin.start()
            if at < reached or free[at] or (hit := self._at(upper, text, at, free)) is None:
                continue
            if not (self._better(upper, text, hit, free) or self._ends_in_other(upper, text, hit, free)):
                hits.append(hit)  # 用电信: 电信, not 用电
                reached = hit.end
        return sorted(hits, key=lambda hit: hit.start)

    def _better(self, upper: str, text: str, hit: Hit, free: bytearray) -> bool:
        """Whether a word as long begins inside this one and goes beyond it."""
        return any(
            not any(True for _ in self._beyond(upper, text, one, free)) for one in self._beyond(upper, text, hit, free)
        )  # 新装电信: 新装, for 装电 gives way to 电信

    def _ends_in_other(self, upper: str, text: str, hit: Hit, free: bytearray) -> bool:
        """Whether its last character begins an option of another field: in 要装个电视 nobody wants 电, and 宽带要移动的 moves
        nothing.
        """
        at = hit.end - 1
        if at == hit.start or not hit.of("option"):
            return False
        other = self._at(upper, text, at, free)
        if other is None or other.end == hit.end or not other.of("option"):
            return False
        return {one.field.id for one in other.of("option")}.isdisjoint({one.field.id for one in hit.senses})

    def _beyond(self, upper: str, text: str, hit: Hit, free: bytearray) -> Iterator[Hit]:
        others = (self._at(upper, text, at, free) for at in range(hit.start + 1, hit.end))
        return (one for one in others if one is not None and one.end > hit.end and len(one.text) >= len(hit.text))

    def _gaps(self, upper: str, text: str, free: bytearray) -> Iterator[Hit]:
        pairs = self._heads.keys() & {*upper, *map(add, upper, upper[1:])}
        near = {place for pair in pairs for place in self._heads[pair]}
        for gapped in (self._gapped[place] for place in sorted(near)):
            if not all(part in upper for part in gapped.told):
                continue  # looking for its letters alone is quick
            for match in gapped.pattern.finditer(upper):
                start, end = match.span()
                valued = "value" in match.re.groupindex
                if valued and self._is_longer(upper, text, start, end, free):
                    continue
                if valued and self._goes_on(upper, text, match.end("value"), end, free):
                    continue  # 热表装了牌子叫…: no make before 牌
                if valued and any(free[start:end]):
                    continue
                inside = match.span("value") if valued else (0, 0)
                stop = end if valued else match.end("head")
                if not valued and self._runs_on(upper, text, stop, end, free):
                    continue  # 要通电视: no 要…通电
                if stop - start == 1 and self._begins_other(upper, text, start, free, gapped.senses):
                    continue  # 电视也装上: no 电…装上
                if not any(free[start:stop]) and not self._inside_longer(upper, text, start, stop, free):
                    free[start:stop] = b"\x01" * (stop - start)
                    yield Hit(start, stop, text[start:end], gapped.senses, inside)

    def _runs_on(self, upper: str, text: str, start: int, end: int, free: bytearray) -> bool:
        """Whether a word that begins in the last two characters of this span goes on beyond it."""
        ends = (self._at(upper, text, at, free) for at in range(max(start, end - 2), end))
        return any(hit is not None and hit.end > end for hit in ends)

    def _begins_other(self, upper: str, text: str, start: int, free: bytearray, senses: Senses) -> bool:
        """Whether the one character here is the first of a word that is nothing of the same field."""
        word = self._at(upper, text, start, free)
        return (
            word is not None
            and len(word.text) > 1
            and {one.name for one in word.senses}.isdisjoint(one.name for one in senses.all)
        )

    def _is_longer(self, upper: str, text: str, start: int, end: int, free: bytearray) -> bool:
        """Whether a name that begins here goes beyond this span: 热表牌子 is one, and no 热表 of a 牌."""
        hit = self._at(upper, text, start, free)
        return hit is not None and hit.end > end and bool(hit.of("label"))

    def _goes_on(self, upper: str, text: str, start: int, end: int, free: bytearray) -> bool:
        """Whether a name begins behind the value and goes beyond this span."""
        ends = (self._at(upper, text, at, free) for at in range(start, end))
        return any(hit is not None and hit.end > end and bool(hit.of("label")) for hit in ends)

    def _inside_longer(self, upper: str, text: str, start: int, end: int, free: bytearray) -> bool:
        """Whether a word goes beyond this span on both sides: 是否与市政…对接 names a field and answers nothing."""
        before = range(max(0, start - self._longest), start)
        return any((hit := self._at(upper, text, at, free)) is not None and hit.end > end for at in before)

    def _at(self, upper: str, text: str, at: int, free: bytearray) -> Hit | None:
        for length in self._lengths.get(upper[at], ()):
            end = at + length
            senses = self._words.get(upper[at:end])
            if senses is not None and end <= len(upper) and not any(free[at:end]):
                return Hit(at, end, text[at:end], senses)
        return None


lexicon = derived(Lexicon)
"""The words of a form."""


def plain_label(label: str) -> str:
    """A printed label without brackets, blanks and colon."""
    return re.sub(r"[(（].*?[)）]|[*:：\s]", "", fold(label))


def _told(word: str, hole: str) -> tuple[str, ...]:
    """The letters of a word that are always the same."""
    return tuple(part for part in word.split(hole) if part)


def _upper(text: str) -> str:
    """The text in capitals, each in its place: ß stays, for it would become two."""
    upper = text.upper()
    return (
        upper if len(upper) == len(text) else "".join(char.upper() if len(char.upper()) == 1 else char for char in text)
    )


def _spelt(words: Iterable[str]) -> list[str]:
    """As a message is spelt that is looked through. All at once: a county has tens of thousands, and a start waits for them."""
    kept = "\n".join(words).replace(GAP, _KEPT)  # folding would open the gap into dots
    lines = fold(kept).upper().split("\n") if kept else []
    return [re.sub(rf"\s*{_KEPT}\s*", GAP, line).strip() if _KEPT in line else line.strip() for line in lines]


def _words(field: Field) -> Iterator[tuple[Sense, Iterable[str]]]:
    printed = "" if BLANK in field.label else plain_label(field.label)
    names = [
        one
        for one in dict.fromkeys((field.called, plain_label(field.called), printed, *field.words))
        if one and one not in SPELLINGS
    ]
    yield _sense(field, "label"), (one for one in names if BLANK not in one)
    yield _sense(field, "cell"), (one for one in names if BLANK in one)
    if isinstance(field, ChoiceField):
        for option in field.options:
            yield _sense(field, "option", option.text), (option.text, *option.words)
            yield _sense(field, "fact", option.text), option.facts
    elif isinstance(field, YesNoField):
        yield _sense(field, "yes"), field.yes_words
        yield _sense(field, "no"), field.no_words
        yield _sense(field, "fact"), field.facts
    elif isinstance(field, NumberField):
        yield _sense(field, "zero"), field.zero_words


def _sense(field: Field, role: Role, option: str = "") -> Sense:
    return Sense(field.id, role, option, field=field)
