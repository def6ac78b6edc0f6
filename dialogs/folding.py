"""One spelling for reading: half width, no odd blanks, one kind of dash. What the person wrote is kept beside it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from dialogs.simplified import simplified

_DASHES = re.compile(r"[‐‑‒–—―−－﹣]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS, _NEW_LINES = re.compile(r"[ \t\u3000]+"), re.compile(r"\s*[\r\n]+\s*")
_WIDE = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
_EDGES = " \t\r\n。．.，,！!、；;~～"
_COURTESY = re.compile(
    r"^(?:那个|那|嗯+|哦+|噢|好的?|行|您好|你好|请|麻烦)[,，、 ]+|(?:吧|啊|呀|哈|呢|了|哦|噢|谢谢|谢了)+$"
)

# One message is folded by everyone who reads it, and so are the county's own words at every message.
_remembered = lru_cache(maxsize=1024)


@_remembered
def fold(text: str) -> str:
    """The text in NFKC and simplified characters, without control characters, with ASCII dashes and single blanks, trimmed."""
    plain = _CONTROL.sub("", unicodedata.normalize("NFKC", text))
    return simplified(_BLANKS.sub(" ", _DASHES.sub("-", plain))).strip()


def tidy(text: str) -> str:
    """The text as written, for keeping: without control characters, letters and digits half width, trimmed."""
    return _BLANKS.sub(" ", _NEW_LINES.sub(" ", _CONTROL.sub("", text).translate(_WIDE))).strip()


def is_place(text: str) -> bool:
    """Whether this is the number of something in a list: one to three plain digits."""
    return text.isascii() and text.isdecimal() and len(text) <= 3


@_remembered
def bare(text: str) -> str:
    """The folded text without punctuation at its edges, for comparing whole messages with words."""
    return fold(text).strip(_EDGES).replace(" ", "").upper()


@_remembered
def plain_words(text: str) -> str:
    """`bare`, and without a leading 嗯/好的 or a trailing 吧/啊/谢谢."""
    words = fold(text).strip(_EDGES)
    while (shorter := _COURTESY.sub("", words).strip(_EDGES)) != words:
        if not shorter:
            break
        words = shorter
    return words.replace(" ", "").upper()


def plainly(words: Iterable[str]) -> frozenset[str]:
    """Words to compare `plain_words` of a message with: 好了 is said as 好了 and heard as 好."""
    return frozenset(plain_words(word) for word in words)
