"""Crypto vectors among the strings of other projects: what signs, and what opens, with nothing but strings of the same file.

Nobody says which string is a token and which a nonce, and nobody has to: a SHA-1 that comes out right, or a ciphertext that ends in an
appid of the same file, is no accident. Signatures and ciphers are computed by the stand-in platform's code (`sandbox.crypto`), which shares
none with the product.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from sandbox.crypto import CryptoError, MessageCipher, signature

_SIGNATURE = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{40}(?![0-9A-Za-z])")
_KEY = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}(?==?(?![A-Za-z0-9+/=]))")
_SEALED = re.compile(
    r"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{4}){16,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])"
)
_STAMP = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")
_PARAMETER = re.compile(r"[?&]\s*\w+=([^&\s\"'<>]{1,64})")
_CONTENT = re.compile(r">(?:<!\[CDATA\[)?([^<>\[\]\s]{1,64})(?:\]\]>)?<")
_WORD_CHARACTERS = 64
_BLOCK = 32
_MOST = 20_000_000
"""So many combinations are tried in one file."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature and what it signs; `sealed` is "" where it is that of a URL."""

    value: str
    token: str
    timestamp: str
    nonce: str
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ciphertext with its key, who it is for (an appid, a CorpId), the text in it, and its signature if the file has one.

    `repeated`: the text, or all its fields, stand in the file too.
    """

    value: str
    key: str
    receiver: str
    text: str
    repeated: bool
    signed: Signed | None = None


@dataclass(frozen=True, slots=True)
class Vectors:
    """What one file holds; and what could be a signature or a ciphertext of a message, and is made of nothing that stands in it."""

    urls: tuple[Signed, ...]
    sealed: tuple[Sealed, ...]
    unexplained: tuple[str, ...]
    unopened: tuple[str, ...]
    untried: bool = False


def find(strings: Iterable[str]) -> Vectors:
    """The vectors of one file, from all its strings."""
    said = list(strings)
    marks, keys, ciphers = _all(_SIGNATURE, said), _all(_KEY, said), [one for one in _all(_SEALED, said) if _whole(one)]
    if not marks and not keys:
        return Vectors((), (), (), ())
    words, stamps = _words(said), sorted(_all(_STAMP, said), key=lambda one: not one.startswith("1"))
    untried = len(stamps) * len(words) ** 2 * (len(ciphers) + 1) > _MOST
    signed = [] if untried or not marks else list(_signed(set(marks), words, stamps, ciphers))
    by_cipher = {one.sealed: one for one in signed}
    opened = [one for cipher in ciphers if (one := _opened(cipher, keys, words, said, by_cipher.get(cipher)))]
    explained, open_ones = {one.value for one in signed}, {one.value for one in opened}
    return Vectors(
        tuple(one for one in signed if not one.sealed),
        tuple(opened),
        tuple(one for one in marks if one not in explained),
        tuple(one for one in ciphers if keys and one not in open_ones),
        untried,
    )


def _all(pattern: re.Pattern[str], said: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one for text in said for one in pattern.findall(text)))


def _whole(sealed: str) -> bool:
    return (len(sealed) // 4 * 3 - sealed.count("=")) % _BLOCK == 0


def _words(said: Iterable[str]) -> list[str]:
    """Short strings, parameters of URLs, contents of elements: what a token, a nonce or an appid can be."""
    found = dict[str, None]()
    for text in said:
        if 0 < len(text) <= _WORD_CHARACTERS and "\n" not in text:
            found[text.strip()] = None
        found.update(dict.fromkeys((*_PARAMETER.findall(text), *_CONTENT.findall(text))))
    return [one for one in found if one]


def _signed(marks: set[str], words: list[str], stamps: list[str], ciphers: list[str]) -> Iterator[Signed]:
    """Each signature once. Its parts are sorted, so only looks can tell token and nonce apart: the number is the nonce."""
    for stamp, sealed in itertools.product(stamps, ("", *ciphers)):
        for one, other in itertools.combinations_with_replacement(words, 2):
            value = signature(one, other, stamp, *((sealed,) if sealed else ()))
            if value in marks:
                marks.discard(value)
                token, nonce = (other, one) if one.isdigit() and not other.isdigit() else (one, other)
                yield Signed(value, token, stamp, nonce, sealed)


def _opened(sealed: str, keys: list[str], words: list[str], said: list[str], signed: Signed | None) -> Sealed | None:
    for key, receiver in itertools.product(keys, words):
        try:
            text = MessageCipher(key, receiver).decrypt(sealed)
        except CryptoError:
            continue
        return Sealed(sealed, key, receiver, text, _repeated(text, said), signed)
    return None


def _repeated(text: str, said: list[str]) -> bool:
    if any(text == one for one in said):
        return True
    try:
        fields = [(one.text or "").strip() for one in ElementTree.fromstring(text)]  # noqa: S314 - a vector, no entities
    except ElementTree.ParseError:
        return False
    everything = "\n".join(said)
    return bool(fields) and all(one in everything for one in fields)
