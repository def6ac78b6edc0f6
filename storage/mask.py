"""Personal data made unreadable for screens and log lines, yet recognisable to whoever knows it (design §6).

Masks keep the length and the separators, so that a mistyped value still looks mistyped.
"""

import re
from collections.abc import Callable
from typing import Final

# One character for one, so that what is found in the folded text lies at the same place in the original.
_FOLD: Final = {
    **{0xFF10 + at: 0x30 + at for at in range(10)},  # full-width digits
    **{0xFF21 + at: 0x41 + at for at in range(26)},
    **{0xFF41 + at: 0x61 + at for at in range(26)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), ord("-")),
    **dict.fromkeys(map(ord, "\u00a0\u3000\t"), ord(" ")),
    **dict(zip(map(ord, "（）＋"), map(ord, "()+"), strict=True)),
}

_S: Final = "[- ]?"
_BEFORE: Final = r"(?<![0-9])"
_AFTER: Final = r"(?![0-9])"

# The first alternative that matches wins: longer codes hold runs that look like shorter ones.
_FOUND: Final = re.compile(
    rf"(?P<project>{_BEFORE}[0-9]{{4}}{_S}[0-9]{{6}}{_S}[0-9]{{2}}{_S}[0-9]{{2}}{_S}[0-9]{{6}}{_AFTER})"
    r"|(?P<organisation>(?<![0-9A-Za-z])[0-9A-Za-z]{2}[0-9]{6}[0-9A-Za-z]{10}(?![0-9A-Za-z]))"
    rf"|(?P<identity>{_BEFORE}(?:[0-9]{{6}}{_S}[0-9]{{4}}{_S}[0-9]{{4}}{_S}[0-9]{{3}}[0-9Xx]|[0-9]{{15,}}[Xx]?){_AFTER})"
    rf"|(?P<mobile>{_BEFORE}(?:86{_S})?1[3-9][0-9](?:{_S}[0-9]{{4}}{_S}[0-9]{{4}}|{_S}[0-9]{{3}}{_S}[0-9]{{5}}"
    rf"|[0-9]{_S}[0-9]{{3}}{_S}[0-9]{{4}}){_AFTER})"
    rf"|(?P<landline>{_BEFORE}\(?0[0-9]{{2,3}}\)?{_S}[0-9]{{3,4}}{_S}[0-9]{{4}}{_AFTER})"
)


def mask_phone(phone: str) -> str:
    """A phone number with its middle starred: ``138****5678``, ``0392-*****67``; shorter ones keep two digits."""
    folded = phone.translate(_FOLD)
    digits = [character for character in folded if character.isdigit()]
    if digits[:1] == ["0"]:
        area = 3 if len(digits) <= 10 or digits[1] in "12" else 4
        return _star(phone, area, 2)
    if len(digits) >= 11:
        return _star(phone, len(digits) - 11 + 3, 4)
    return _star(phone, 0, 2 if len(digits) >= 7 else 0)


def mask_identity(identity: str) -> str:
    """An identity, organisation or project number with its middle starred: ``410***********1234``."""
    length = sum(map(str.isalnum, identity))
    return _star(identity, 3, 4) if length >= 15 else _star(identity, 0, 0)


def mask_name(name: str) -> str:
    """A person's name with all but its first character starred: ``张*``; a single character is starred too."""
    name = name.strip()
    return "*" if len(name) == 1 else name[:1] + "*" * (len(name) - 1)


def mask_address(address: str) -> str:
    """An address down to its town or so: the first six characters, the rest starred: ``小冀镇示范路**``."""
    return _star(address, 6, 0)


def mask_text(text: str) -> str:
    """Free text with every number of a person in it starred; everything else is untouched.

    Finds mobile and landline numbers, identity numbers (18 or 15), bank cards and other runs of 15 and more digits,
    unified social credit codes and 24-character project codes; with spaces or dashes, full-width too. Names and
    addresses cannot be told from other words: log no free text that may hold them.
    """
    pieces: list[str] = []
    end = 0
    for match in _FOUND.finditer(text.translate(_FOLD)):
        mask = _MASKS[match.lastgroup or ""]
        pieces += text[end : match.start()], mask(text[match.start() : match.end()])
        end = match.end()
    return "".join([*pieces, text[end:]])


def _star(text: str, head: int, tail: int) -> str:
    """Star all letters and digits but the first `head` and the last `tail`."""
    places = [at for at, character in enumerate(text) if character.isalnum()]
    hidden = set(places[head : len(places) - tail])
    return "".join("*" if at in hidden else character for at, character in enumerate(text))


_MASKS: Final[dict[str, Callable[[str], str]]] = {
    "project": mask_identity,
    "organisation": mask_identity,
    "identity": mask_identity,
    "mobile": mask_phone,
    "landline": mask_phone,
}
