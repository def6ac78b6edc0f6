"""What is stored of a conversation has a format number, and the number has one shape."""

import hashlib
import json

from handlers.book import FORMAT
from model.conversation import Conversation

# An older program refuses unknown keys, so every new one needs a new number once a release is out; before the first,
# the shape may simply be replaced here.
SHAPES = {1: "8af96fda3b7c585e"}


def test_a_changed_shape_has_another_number() -> None:
    assert SHAPES[FORMAT] == shape(Conversation.model_json_schema()), (
        "raise handlers.book.FORMAT, and enter the new shape"
    )


def shape(schema: object) -> str:
    """A digest of names and types; words that only explain do not count."""
    return hashlib.sha256(json.dumps(_bare(schema), sort_keys=True).encode()).hexdigest()[:16]


_WORDS = ("description", "title")


def _bare(one: object) -> object:
    if isinstance(one, dict):
        return {name: _bare(value) for name, value in one.items() if not (name in _WORDS and isinstance(value, str))}
    return [_bare(value) for value in one] if isinstance(one, list) else one
