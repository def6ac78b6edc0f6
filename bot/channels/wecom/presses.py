"""What a button of a card says when it is pressed: the platform gives one key back, and two things must be in it."""

from urllib.parse import parse_qs, quote

from model.message import Button, TextMessage

MAX_KEY_BYTES = 1024
"""Platform rule."""


def key_of(button: Button) -> str:
    """The button's key: the id that comes back with it, and the words a tap says. Plain ASCII."""
    return f"c={quote(button.id, safe='')}&s={quote(button.say, safe='')}"


def said_by(key: str) -> TextMessage | None:
    """The message a press is; None for a key that is not one of ours."""
    try:
        found = parse_qs(key, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=2)
    except ValueError:
        return None
    match found:
        case {"c": [choice], "s": [words]} if words:
            return TextMessage(text=words, choice=choice)
        case _:
            return None
