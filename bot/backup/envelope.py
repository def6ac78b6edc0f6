"""The sealed file: a header, then chunks, each sealed with its number and whether it is the last.

Whatever is changed, cut off, put in or taken from elsewhere is refused, and nothing of a chunk is handed out before it is
known to be whole. The cipher is AES-256-GCM, the construction STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): a key of
the file's own, nonces that count.
"""

import hmac
import io
import os
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
CHUNK: Final = 1 << 18
_MAGIC: Final = b"LBBACKUP\x01"
_ID_BYTES, _SALT_BYTES, _TAG_BYTES = 8, 16, 16
_HEADER: Final = len(_MAGIC) + _ID_BYTES + _SALT_BYTES


class BackupDamaged(Exception):
    """What is in the file is not what was written; the message says where, in Chinese."""


class WrongKey(Exception):
    """The file was sealed under another key; the message names both by their marks."""


def mark(key: bytes) -> str:
    """By what a key is told from others: 16 hex digits, from which it cannot be worked out."""
    return hmac.digest(key, b"lianban backup key id", "sha256")[:_ID_BYTES].hex()


class Sealer(io.RawIOBase):
    """A file to be written once, from its beginning to its end; `close` seals the last chunk. `key` is 32 bytes."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        super().__init__()
        salt = os.urandom(_SALT_BYTES)
        self._head = _MAGIC + bytes.fromhex(mark(key)) + salt
        self._cipher = _cipher(key, salt)
        self._out = out
        self._waiting = bytearray()
        self._number = 0
        out.write(self._head)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Takes all of it; whole chunks are sealed, but not the one that may be the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Seals what is left. Without it the file is cut off, and is refused as such."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, self._head))
        self._number += 1


class Opener(io.RawIOBase):
    """What was sealed, to be read once. Raises WrongKey at once, and BackupDamaged while reading."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        super().__init__()
        head = source.read(_HEADER)
        if len(head) < _HEADER or not head.startswith(_MAGIC):
            raise BackupDamaged("这不是联办的备份文件，或者文件开头坏了")
        sealed_under = head[len(_MAGIC) : len(_MAGIC) + _ID_BYTES].hex()
        if not hmac.compare_digest(sealed_under, mark(key)):
            raise WrongKey(
                f"备份钥匙不对：这份备份是用记号为 {sealed_under} 的钥匙加密的，现在给的这一把是 {mark(key)}"
            )
        self._head = head
        self._cipher = _cipher(key, head[-_SALT_BYTES:])
        self._source = source
        self._ahead = source.read(CHUNK + _TAG_BYTES)
        self._open = bytearray()
        self._number = 0
        self._ended = False

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As many bytes as asked for, fewer only at the end."""
        while (size < 0 or len(self._open) < size) and not self._ended:
            self._next()
        count = len(self._open) if size < 0 else min(size, len(self._open))
        data = bytes(self._open[:count])
        del self._open[:count]
        return data

    def _next(self) -> None:
        sealed, self._ahead = self._ahead, self._source.read(CHUNK + _TAG_BYTES)
        last = not self._ahead
        try:
            self._open += self._cipher.decrypt(_nonce(self._number, last=last), sealed, self._head)
        except InvalidTag:
            told = f"备份文件坏了：第{self._number + 1}块和写下时不一样，或者文件没有传完"
            raise BackupDamaged(told) from None
        self._number += 1
        self._ended = last


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a backup key has {KEY_BYTES} bytes")
    return AESGCM(hmac.digest(key, b"lianban backup file\0" + salt, "sha256"))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
