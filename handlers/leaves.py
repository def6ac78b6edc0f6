"""A draft in pieces: its answers lie in leaves of a few, so that a message seals and sends only what it changed."""

from collections.abc import Callable
from itertools import count
from operator import is_

from pydantic import TypeAdapter

from model.draft import Answer, Draft

_LEAF = 8
"""Answers on a leaf: fewer make more pieces to open, more make larger ones to seal."""

_ANSWERS = TypeAdapter(dict[str, Answer])
_HEAD = TypeAdapter(Draft)


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
    leaves = _leaves(draft)
    found: dict[str, bytes | None] = {draft.id: _HEAD.dump_json(draft, exclude={"answers"})}
    for number in range(leaves):
        leaf = slice(number * _LEAF, (number + 1) * _LEAF)
        if fields[leaf] != old_fields[leaf] or not all(map(is_, answers[leaf], old_answers[leaf])):
            on_it = dict(zip(fields[leaf], answers[leaf], strict=True))
            found[_leaf(draft, number)] = _ANSWERS.dump_json(on_it)
    gone = [] if before is None else names(before)[1 + leaves :]
    return found | dict.fromkeys(gone)


def joined(name: str, piece: Callable[[str], bytes | None]) -> Draft:
    """The draft with this id again; `piece` gives a piece by its name, None where there is none."""
    head = _HEAD.validate_json(piece(name) or b"")
    answers = dict[str, Answer]()
    for number in count():
        leaf = piece(_leaf(head, number))
        if leaf is None:
            break
        answers |= _ANSWERS.validate_json(leaf)
    return head.model_copy(update={"answers": answers})


def _leaves(draft: Draft) -> int:
    return -(-len(draft.answers) // _LEAF)


def _leaf(draft: Draft, number: int) -> str:
    return f"{draft.id}/{number}"
