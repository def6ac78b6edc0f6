"""Free words as their writer wrote them: what is read is folded, what is kept is not."""

import unicodedata

from dialogs.folding import tidy
from dialogs.simplified import simplified
from model.values import Address, Value, Words

_DASHES = "‐‑‒–—―−－﹣"


def as_written(value: Value, message: str) -> Value:
    """Words and addresses with the punctuation of the message they were found in (，and （ instead of , and ()."""
    if not isinstance(value, Words | Address) or value.text in message:
        return value
    at = "".join(map(_plain, message)).find(value.text)
    written = tidy(message[at : at + len(value.text)]) if at >= 0 else ""
    return value.model_copy(update={"text": written}) if written else value


def _plain(char: str) -> str:
    """The character as folding leaves it, if it stays one."""
    if char in _DASHES:
        return "-"
    plain = unicodedata.normalize("NFKC", char)
    return simplified(plain if len(plain) == 1 else char)
