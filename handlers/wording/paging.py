"""A reply never exceeds the channel's limit: what does not fit waits behind 更多."""

from dataclasses import dataclass
from typing import Final

from model.message import Button, Reply

LEAST: Final = 512


@dataclass(frozen=True, slots=True)
class Limit:
    """What one reply of a channel holds: bytes of UTF-8 of text and choices together. Raises ValueError for less than `LEAST`."""

    size: int

    def __post_init__(self) -> None:
        if self.size < LEAST:
            raise ValueError(f"a channel of {self.size} bytes cannot hold a question with its choices")


WECHAT = Limit(2048)
"""Platform rule: about 2048 bytes a passive reply."""


def size(reply: Reply) -> int:
    """The least room the reply needs: choices as plain numbered lines."""
    lines = (
        f"{'' if button.number is None else button.number} {button.label}（回复“{button.say}”）"
        for button in reply.buttons
    )
    return len("\n".join(filter(None, (reply.text, *lines, reply.tail))).encode())


def page(reply: Reply, limit: Limit, more: Button, note: str) -> tuple[Reply, tuple[str, ...]]:
    """The reply as it fits with room left for `note`, and the parts still to be read.

    The choices stay with the first part, where they are asked.
    """
    if size(reply) <= limit.size:
        return reply, ()
    frame = size(Reply(text=note, buttons=(*reply.buttons, more), tail=reply.tail)) + 2
    first, rest = _split(reply.text, max(limit.size - frame, limit.size // 4))
    parts = list[str]()
    while rest:
        part, rest = _split(rest, limit.size - len(note.encode()) - 200)
        parts.append(part)
    return Reply(text=first, buttons=(more, *reply.buttons), tail=reply.tail), tuple(parts)


def _split(text: str, room: int) -> tuple[str, str]:
    """The longest beginning within `room` bytes that ends at a line end if it can, and the rest."""
    if len(text.encode()) <= room:
        return text, ""
    start = text.encode()[:room].decode(errors="ignore")
    end = start.rfind("\n")
    cut = end if end > len(start) // 3 else len(start)
    return text[:cut].rstrip("\n"), text[cut:].lstrip("\n")
