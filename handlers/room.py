"""How much one conversation may hold: who fills it without end is asked to stop before he slows the others."""

from typing import Final

from model.conversation import Conversation
from model.message import LocationMessage, Message, PageMessage, PhotoMessage, TextMessage, VoiceMessage

ROOM: Final = 2 * 1024 * 1024
"""Sealed bytes in the store: an agent's fifty drafts of the longest real form, with all its rows and words."""

_ADDS = TextMessage | PhotoMessage | LocationMessage | VoiceMessage | PageMessage
_PASSING: Final = {"more", "quota", "human"}
"""What does not count: it goes by itself, or has a bound of its own. Whoever has no room left is sent to staff."""


def overfull(size: int, room: int, before: Conversation, after: Conversation, message: Message) -> bool:
    """Whether this message of a person makes a conversation, which as loaded has `size` bytes, fuller than there is
    `room` for. Whatever makes it smaller, or only reads in it, goes on.
    """
    if size <= room or not isinstance(message, _ADDS):
        return False
    return _weight(after) > _weight(before)


def _weight(conversation: Conversation) -> int:
    return len(conversation.model_dump_json(exclude=_PASSING))
