"""A message with everything marked in it that can be told without the form's state: pieces, names, places, atoms, words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dialogs.folding import fold
from dialogs.read_out import read_out
from dialogs.understanding.atoms import Atom, atoms
from dialogs.understanding.fillable import fillable
from dialogs.understanding.grids import unrolled
from dialogs.understanding.lexicon import Hit, lexicon
from dialogs.understanding.names import Name, organisations, without_coded
from dialogs.understanding.often import not_too_often
from dialogs.understanding.people import people
from dialogs.understanding.places import Place, places
from dialogs.understanding.separators import separated
from dialogs.understanding.service_names import Named, service_names
from dialogs.understanding.span import Span
from dialogs.understanding.ticks import unticked
from dialogs.understanding.titles import KIN
from model.fields import ChoiceField, TextField
from model.form import Form

_WORDS, _AMOUNTS = 16, 64
"""The same words so often are looked at, from the first and from the last; a table may have the same amount in each row."""
_HARD, _SOFT = "\n。;!?", ",、 /|"
_RELATIVE = re.compile(rf"的?(?:{KIN})")
_SIGNS = re.compile(f"[{_HARD}{_SOFT}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words between separators; `sentence` counts the hard ones before it."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, eq=False)
class Marked:
    """The folded text and its marks, each kind in the order of the text, for this form."""

    text: str
    pieces: tuple[Piece, ...]
    atoms: tuple[Atom, ...]
    firms: tuple[Name, ...]
    people: tuple[Name, ...]
    places: tuple[Place, ...]
    hits: tuple[Hit, ...]
    services: tuple[Named, ...]
    form: Form = field(repr=False)

    def label_before(self, at: int) -> Hit | None:
        """The last name of a field that ends before this place, in the same sentence."""
        found = bisect_right(self.labels, at, key=_end)
        label = self.labels[found - 1] if found else None
        return label if label and self.piece_at(label.start).sentence == self.piece_at(at).sentence else None

    @cached_property
    def seen(self) -> dict[tuple[Any, ...], Any]:
        """What was seen in it already; see `once`."""
        return {}

    @cached_property
    def amounts(self) -> tuple[list[int], list[Atom]]:
        """The amounts, and where each begins."""
        found = [one for one in self.atoms if one.shape == "amount"]
        return [one.start for one in found], found

    @cached_property
    def covered(self) -> bytearray:
        """A byte for each character: 1 if it belongs to a mark."""
        made = bytearray(len(self.text))
        _close(made, (*self.hits, *self.atoms, *self.firms, *self.people, *self.places))
        return made

    @cached_property
    def _ends(self) -> list[int]:
        return [one.end for one in self.pieces]

    @cached_property
    def _sentences(self) -> dict[int, tuple[int, int]]:
        spans = dict[int, tuple[int, int]]()
        for one in self.pieces:
            spans[one.sentence] = (spans.get(one.sentence, (one.start, 0))[0], one.end)
        return spans

    @cached_property
    def labels(self) -> tuple[Hit, ...]:
        """The words that name a field."""
        return tuple(one for one in self.hits if one.of("label") and not self._says_whose(one))

    def _says_whose(self, hit: Hit) -> bool:
        """Whether a word for a person only says whose relative another is: 负责人是老板侄子 李示例."""
        person = all(isinstance(one.field, TextField) and one.field.names == "person" for one in hit.of("label"))
        return person and _RELATIVE.match(self.text, hit.end) is not None

    @cached_property
    def named(self) -> frozenset[str]:
        """The fields that are named here."""
        return frozenset(sense.field.id for one in self.labels for sense in one.of("label"))

    @cached_property
    def label_starts(self) -> list[int]:
        """Where each word that names a field begins."""
        return [one.start for one in self.labels]

    @cached_property
    def _hit_starts(self) -> list[int]:
        return [one.start for one in self.hits]

    def hits_from(self, start: int, end: int) -> tuple[Hit, ...]:
        """The words that begin in this stretch."""
        return self.hits[bisect_left(self._hit_starts, start) : bisect_left(self._hit_starts, end)]

    @cached_property
    def _atom_starts(self) -> list[int]:
        return [one.start for one in self.atoms]

    def atoms_from(self, start: int, end: int) -> tuple[Atom, ...]:
        """The atoms that begin in this stretch."""
        return self.atoms[bisect_left(self._atom_starts, start) : bisect_left(self._atom_starts, end)]

    def labels_before(self, at: int, most: int) -> tuple[Hit, ...]:
        """The last names of fields that end before this place."""
        found = bisect_right(self.labels, at, key=_end)
        return self.labels[max(0, found - most) : found]

    def pieces_to(self, at: int, stop: int) -> tuple[Piece, ...]:
        """The pieces from the one that holds this place to the end of the stretch."""
        return self.pieces[bisect_right(self._ends, at) : bisect_right(self._ends, stop)]

    @cached_property
    def numbered(self) -> tuple[Atom, ...]:
        """The atoms that are no amounts: numbers of telephones, people, firms and projects, and of buildings."""
        return tuple(one for one in self.atoms if one.shape != "amount")

    def piece_at(self, at: int) -> Piece:
        """The piece that holds this place, or the one after it."""
        found = bisect_right(self._ends, at)
        return self.pieces[found] if found < len(self.pieces) else self.pieces[-1]

    def sentence_start(self, at: int) -> int:
        """Where the sentence of this place begins."""
        return self._sentences[self.piece_at(at).sentence][0]

    def sentence_end(self, at: int) -> int:
        """Where the sentence of this place ends."""
        return self._sentences[self.piece_at(at).sentence][1]

    def said(self, start: int, end: int) -> str:
        """The words of a span."""
        return self.text[start:end]


def _end(one: Hit) -> int:
    return one.end


def mark(message: str, form: Form, services: str, towns: tuple[str, ...], regions: tuple[str, ...] = ()) -> Marked:
    """The marks of a message; `services` is the field that chooses services, `regions` see `organisations`.

    Longer shapes are found first, and what lies inside them is not marked again.
    """
    lines = unrolled(message, lexicon(form).is_name).splitlines()
    text = "\n".join(read_out(fold(separated(unticked(line)))) for line in lines)
    firms = organisations(text, regions)
    sites = places(without_coded(text, firms), towns)
    sure = [one for one in firms if one.sure]
    sites = tuple(one for one in sites if not _lies_in(one, sure))
    closed = bytearray(len(text))
    _close(closed, sites)
    firms = tuple(one for one in firms if 1 not in closed[one.start : one.end])
    _close(closed, firms)
    outer: list[Span] = [*sites, *firms]
    shapes = not_too_often([one for one in atoms(text) if 1 not in closed[one.start : one.end]], _AMOUNTS)
    solid: list[Span] = [one for one in shapes if one.shape != "amount"]
    _close(closed, solid)
    options = fillable(form).option_words
    folk = tuple(one for one in people(text) if 1 not in closed[one.start : one.end] and one.text not in options)
    taken = [(one.start, one.end) for one in (*outer, *solid, *(one for one in folk if one.sure))]
    hits = not_too_often(lexicon(form).scan(text, taken), _WORDS)
    labels = [one for one in hits if one.of("label")]  # 总规划面积(平方米): no 平 there
    folk = tuple(one for one in folk if one.sure or not _lies_in(one, labels))
    chooses = form.fields[services]
    named = (
        service_names(text, [*outer, *solid], hits, chooses, fillable(form).opened_by)
        if isinstance(chooses, ChoiceField)
        else ()
    )
    return Marked(text, tuple(_pieces(text, [*outer, *shapes])), shapes, firms, folk, sites, hits, named, form)


def _close(closed: bytearray, spans: Iterable[Span]) -> None:
    for one in spans:
        closed[one.start : one.end] = b"\x01" * (one.end - one.start)


def _lies_in(one: Span, others: Sequence[Span]) -> bool:
    """Whether a span lies inside one of the others, which are in the order of the text and do not meet."""
    found = bisect_right(others, one.start, key=_start)
    return found > 0 and one.end <= others[found - 1].end and one.start < others[found - 1].end


def _start(one: Span) -> int:
    return one.start


def _pieces(text: str, whole: Iterable[Span]) -> list[Piece]:
    closed = bytearray(len(text))
    _close(closed, whole)
    pieces, start, sentence = list[Piece](), 0, 0
    for sign in _SIGNS.finditer(text):
        at, hard = sign.start(), sign[0] in _HARD
        if closed[at]:
            continue
        if at > start:
            pieces.append(Piece(start, at, sentence))
        start, sentence = at + 1, sentence + hard
    if start < len(text):
        pieces.append(Piece(start, len(text), sentence))
    return pieces


def is_blank(text: str) -> bool:
    """Whether nothing is said here but separators and particles."""
    return not re.sub(r"[\s,、。;:!?()/的了呢吧啊哈就也都是]", "", text)
