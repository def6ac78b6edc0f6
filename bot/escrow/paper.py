"""A share as it stands on paper: numbered lines of four groups, each with two check characters, in letters that nobody mistakes.

Crockford's alphabet: no I, L, O, U; what is typed as one of the first three is read as 1, 1, 0. The check of a line is made
over what stands in the first one too, so that a line of another share, or in another place, is noticed where it stands.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ: Final = str.maketrans("ILO", "110")
_VERSION: Final = 1
_LINE_BYTES, _LINE_CHARS, _CHECK_CHARS = 10, 16, 2
_LINE: Final = re.compile(r"^\s*(\d{1,3})[\s.:：、]+([0-9A-Za-z\s-]+)$")


class ShareUnreadable(Exception):
    """What was typed is no share; the message says which line, and what to look at."""


@dataclass(frozen=True, slots=True)
class Share:
    """One share: `batch` is the same on all that were made together (4 bytes), `need` of which give the keys back."""

    batch: bytes
    number: int
    need: int
    data: bytes

    @property
    def called(self) -> str:
        """The batch, as people say it."""
        return _letters(self.batch + b"\0")[:6]


def written(share: Share) -> list[str]:
    """The lines to be printed."""
    head = (
        bytes([_VERSION]) + share.batch + bytes([share.number, share.need]) + len(share.data).to_bytes(2, "big") + b"\0"
    )
    padded = share.data + bytes(-len(share.data) % _LINE_BYTES)
    pieces = [head, *(padded[at : at + _LINE_BYTES] for at in range(0, len(padded), _LINE_BYTES))]
    return [_line(number, piece, head) for number, piece in enumerate(pieces, 1)]


def read(text: str) -> list[Share]:
    """Every share in a text; a line 1 begins each, and whatever is no numbered line is passed over. Raises ShareUnreadable."""
    shares = list[list[tuple[int, str]]]()
    for line in text.splitlines():
        if (found := _LINE.fullmatch(line)) is None:
            continue
        number, letters = int(found.group(1)), re.sub(r"[\s-]", "", found.group(2)).upper().translate(_READ)
        if number == 1:
            shares.append([])
        if not shares:
            raise ShareUnreadable(f"缺第1行，从第{number}行开始了")
        shares[-1].append((number, letters))
    if not shares:
        raise ShareUnreadable("里面没有一份钥匙：每行以行号开头，例如：1  0400 …")
    return [_read(lines) for lines in shares]


def _read(lines: Iterable[tuple[int, str]]) -> Share:
    head, pieces, called = b"", list[bytes](), ""
    for expected, (number, letters) in enumerate(lines, 1):
        where = f"{called}第{number}行"
        if number != expected:
            raise ShareUnreadable(f"{called}第{expected}行的位置上是第{number}行：一行不缺，按次序打")
        if len(letters) != _LINE_CHARS + _CHECK_CHARS or any(one not in _ALPHABET for one in letters):
            raise ShareUnreadable(f"{where}应当是4组4个、再加2个，一共18个字母和数字，现在是{len(letters)}个")
        piece = _bytes(letters[:_LINE_CHARS])
        head = head or piece
        if _check(number, piece, head) != letters[_LINE_CHARS:]:
            raise ShareUnreadable(f"{where}打错了，或者不是这一份里的：请对着纸再看一遍")
        if number == 1:
            if piece[0] != _VERSION:
                raise ShareUnreadable("这一份是更新的程序做的：请用那一版的程序")
            called = f"第{piece[5]}份的"
        else:
            pieces.append(piece)
    length = int.from_bytes(head[7:9], "big")
    if len(pieces) != -(-length // _LINE_BYTES):
        raise ShareUnreadable(f"{called}行数不对：应当有{1 - (-length // _LINE_BYTES)}行，现在有{len(pieces) + 1}行")
    return Share(head[1:5], head[5], head[6], b"".join(pieces)[:length])


def _line(number: int, piece: bytes, head: bytes) -> str:
    letters = _letters(piece)
    groups = [letters[at : at + 4] for at in range(0, _LINE_CHARS, 4)]
    return f"{number:>2}  {' '.join(groups)}  {_check(number, piece, head)}"


def _check(number: int, piece: bytes, head: bytes) -> str:
    value = int.from_bytes(hashlib.sha256(head + bytes([number]) + piece).digest()[:2], "big")
    return _ALPHABET[value >> 5 & 31] + _ALPHABET[value & 31]


def _letters(piece: bytes) -> str:
    value, count = int.from_bytes(piece, "big"), len(piece) * 8 // 5
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(count)))


def _bytes(letters: str) -> bytes:
    value = 0
    for one in letters:
        value = value << 5 | _ALPHABET.index(one)
    return value.to_bytes(_LINE_BYTES, "big")
