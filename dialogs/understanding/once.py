"""What is seen at a place of a message, looked at once: every pass and every field asks the same of it again."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, TypeVarTuple


class Remembering(Protocol):
    """A message that holds what was seen in it; that is forgotten with the message."""

    @property
    def seen(self) -> dict[tuple[Any, ...], Any]:
        """By what was looked for and where."""


Message = TypeVar("Message", bound=Remembering)
Where = TypeVarTuple("Where")
Seen = TypeVar("Seen")


def once(look: Callable[[Message, *Where], Seen]) -> Callable[[Message, *Where], Seen]:
    """The same function of a message and a place, remembering in the message what it found there."""

    def find(message: Message, *where: *Where) -> Seen:
        key, seen = (look, *where), message.seen
        if key in seen:
            found: Seen = seen[key]
            return found
        found = seen[key] = look(message, *where)
        return found

    return find
