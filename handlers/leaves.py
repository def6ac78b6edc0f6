"""A draft in pieces: its answers lie in leaves of a few, so that a message seals and sends only what it changed."""

from collections.abc import Callable
from operator import is_

from pydantic import TypeAdapter

from model.draft import Answer, Draft
from model.frozen import Frozen

_LEAF = 8
"""Answers on a leaf: fewer make more pieces to open, more make larger ones to seal."""

_ANSWERS = TypeAdapter(dict[str, Answer])


class _Head(Frozen):
    """The draft without its answers, and how many leaves of them there are."""

    draft: Draft
    leaves: int


def names(draft: Draft) -> list[str]:
    """The names of all pieces; the first is the draft's id and that of its head."""
    return [draft.id, *(_leaf(draft, number) for number in range(_leaves(draft)))]


def pieces(draft: Draft, before: Draft | None) -> dict[str, bytes | None]:
    """The pieces that are not those of `before`, by name; None for one that is no longer there.

    Answers are compared by identity: what a message does not touch stays the same object.
    """
    fields, answers = list(draft.answers), list(draft.answers.values())
    old_fields = [] if before is None else list(before.answers)
    old_answers = [] if before is None else list(before.answers.values())
    head = _Head(draft=draft.model_copy(update={"answers": {}}), leaves=_leaves(draft))
    found: dict[str, bytes | None] = {draft.id: head.model_dump_json().encode()}
    for number in range(head.leaves):
        leaf = slice(number * _LEAF, (number + 1) * _LEAF)
        if fields[leaf] != old_fields[leaf] or not all(map(is_, answers[leaf], old_answers[leaf])):
            on_it = dict(zip(fields[leaf], answers[leaf], strict=True))
            found[_leaf(draft, number)] = _ANSWERS.dump_json(on_it)
    gone = [] if before is None else names(before)[1 + head.leaves :]
    return found | dict.fromkeys(gone)


def joined(head: bytes, piece: Callable[[str], bytes]) -> Draft:
    """The draft again; `piece` gives a leaf by its name."""
    read = _Head.model_validate_json(head)
    answers = dict[str, Answer]()
    for number in range(read.leaves):
        answers |= _ANSWERS.validate_json(piece(_leaf(read.draft, number)))
    return read.draft.model_copy(update={"answers": answers})


def _leaves(draft: Draft) -> int:
    return -(-len(draft.answers) // _LEAF)


def _leaf(draft: Draft, number: int) -> str:
    return f"{draft.id}/{number}"
