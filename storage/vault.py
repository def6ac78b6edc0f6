"""Encryption of personal data: one data key per applicant record, wrapped by the settings' key (design §6)."""

import base64
import binascii
import hmac
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
"""Length of every key: AES-256 and HMAC-SHA-256."""

_NONCE_BYTES = 12
_TAG_BYTES = 16
_VERSION = b"\x01"
_OVERHEAD = len(_VERSION) + _NONCE_BYTES + _TAG_BYTES
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_WRAPPING = b"record key under "
_LOOKUP_HEX = 32
_LOOKUP_ID_HEX = 8
_CACHED_KEYS = 4096


class Unreadable(Exception):
    """Something sealed cannot be opened: wrong key, wrong place, damaged, or its key is destroyed.

    `reason` is a fixed English phrase without any personal data; it may be logged.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Keyring:
    """The wrapping keys of the settings.

    `keys` maps a key id (letters, digits, ``._-``) to 32 bytes; `current` is the id that wraps new record keys. Old ids
    stay until every record key has been rewrapped. Raises `ValueError` for a missing current key or a malformed entry.
    """

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        for key_id, key in self.keys.items():
            if not _KEY_ID.fullmatch(key_id):
                raise ValueError(f"key id {key_id!r} may hold only letters, digits, '.', '_' and '-'")
            if len(key) != KEY_BYTES:
                raise ValueError(f"key {key_id!r} has {len(key)} bytes, not {KEY_BYTES}")
        if self.current not in self.keys:
            raise ValueError(f"the current key {self.current!r} is not in the keyring")


@dataclass(frozen=True, slots=True)
class Secrets:
    """All keys of an installation. `lookup_before` is the lookup key that is being replaced, while both are in use.

    Raises `ValueError` for a lookup key of another length than 32 bytes.
    """

    keyring: Keyring
    lookup: bytes = field(repr=False)
    lookup_before: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for key in (self.lookup, self.lookup_before):
            if key is not None and len(key) != KEY_BYTES:
                raise ValueError(f"the lookup key has {len(key)} bytes, not {KEY_BYTES}")


@dataclass(frozen=True, slots=True)
class RecordKey:
    """The data key of one applicant record, ready for use.

    `wrapped` is the form to store: ``keyid:base64``. Whoever destroys every copy of it destroys the record. The secret
    itself is never printed.
    """

    wrapped: str
    secret: bytes = field(repr=False)
    cipher: AESGCM = field(repr=False, compare=False)


class Vault:
    """Seals, opens and looks up personal data; holds no state but keys.

    `lookup_key` (32 bytes) is a key of its own: rotating the keyring leaves lookups alone. Raises `ValueError` when it
    has another length. `source` reads the settings' keys anew: asked when a record key names a wrapping key that is not
    known here, because another process has begun to rotate. Use from one event loop; `seal` and `open` may run in any
    thread.
    """

    def __init__(
        self,
        keyring: Keyring,
        lookup_key: bytes,
        lookup_before: bytes | None = None,
        *,
        source: Callable[[], Secrets] | None = None,
    ) -> None:
        self._unwrapped: dict[str, RecordKey] = {}  # oldest use first
        self._source = source
        self.take(Secrets(keyring, lookup_key, lookup_before))

    def take(self, secrets: Secrets) -> None:
        """From now on these are the keys."""
        self.current = secrets.keyring.current
        self._wrappers = {key_id: AESGCM(key) for key_id, key in secrets.keyring.keys.items()}
        self._lookup_key = secrets.lookup
        self._lookup_before = secrets.lookup_before
        self.lookup_id = hmac.digest(secrets.lookup, b"lookup key id", "sha256").hex()[:_LOOKUP_ID_HEX]

    def refresh(self) -> None:
        """Read the keys anew, where they come from a source that can change."""
        if self._source is not None:
            self.take(self._source())

    def new_record_key(self) -> RecordKey:
        """Draw a fresh data key, wrapped under the keyring's current key."""
        secret = os.urandom(KEY_BYTES)
        return self._remember(RecordKey(self._wrap(secret), secret, AESGCM(secret)))

    def unwrap(self, wrapped: str) -> RecordKey:
        """Make a stored key usable again. Raises `Unreadable` for an unknown key id or a damaged value."""
        known = self._unwrapped.pop(wrapped, None)
        if known is not None:
            self._unwrapped[wrapped] = known  # most recently used goes last
            return known
        key_id, separator, text = wrapped.partition(":")
        if not separator:
            raise Unreadable("malformed wrapped key")
        wrapper = self._wrappers.get(key_id)
        if wrapper is None:
            self.refresh()
            wrapper = self._wrappers.get(key_id)
        if wrapper is None:
            raise Unreadable("unknown key id")
        try:
            sealed = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise Unreadable("malformed wrapped key") from None
        secret = _open(wrapper, sealed, _WRAPPING + key_id.encode())
        if len(secret) != KEY_BYTES:
            raise Unreadable("malformed wrapped key")
        return self._remember(RecordKey(wrapped, secret, AESGCM(secret)))

    def rewrap(self, wrapped: str) -> str:
        """Rotation: the same data key under the keyring's current key.

        Returns `wrapped` unchanged when it already is. Blobs sealed under the data key stay valid. Raises `Unreadable`
        as `unwrap` does.
        """
        key = self.unwrap(wrapped)
        if wrapped.partition(":")[0] == self.current:
            return wrapped
        return self._wrap(key.secret)

    def forget(self, wrapped: str) -> None:
        """Drop a key from this process's memory, after its stored copies have been destroyed."""
        self._unwrapped.pop(wrapped, None)

    def seal(self, key: RecordKey, plaintext: bytes, context: bytes) -> bytes:
        """Encrypt with AES-256-GCM: version byte, 96-bit random nonce, ciphertext, tag (29 bytes more than the text).

        `context` names the blob's place (record, part); it is authenticated, not stored, and `open` must name the same.
        """
        return _seal(key.cipher, plaintext, context)

    def open(self, key: RecordKey, sealed: bytes, context: bytes) -> bytes:
        """Decrypt what `seal` made. Raises `Unreadable` for another key, another context or any changed byte."""
        return _open(key.cipher, sealed, context)

    def lookup(self, value: str) -> str:
        """Keyed hash of `canonical(value)`, 32 hex digits, for finding a record by phone, address or code.

        HMAC-SHA-256 under the lookup key, so that outsiders cannot test guesses. Kinds that must not meet put their
        name in front (``phone:13800000000``).
        """
        return _lookup(self._lookup_key, value)

    def lookups(self, value: str) -> tuple[str, ...]:
        """The hashes that `value` may be kept under: the present one, and the one of before while lookups are reindexed."""
        before = () if self._lookup_before is None else (_lookup(self._lookup_before, value),)
        return (self.lookup(value), *before)

    def digest(self, data: bytes, context: bytes) -> str:
        """Keyed hash of some content within a context, 64 hex digits; names files (see `storage.files`)."""
        return _digest(self._lookup_key, data, context)

    def digests(self, data: bytes, context: bytes) -> tuple[str, ...]:
        """As `lookups`: every digest that `data` may be known by."""
        before = () if self._lookup_before is None else (_digest(self._lookup_before, data, context),)
        return (self.digest(data, context), *before)

    def _wrap(self, secret: bytes) -> str:
        sealed = _seal(self._wrappers[self.current], secret, _WRAPPING + self.current.encode())
        return f"{self.current}:{base64.b64encode(sealed).decode()}"

    def _remember(self, key: RecordKey) -> RecordKey:
        if len(self._unwrapped) >= _CACHED_KEYS:
            self._unwrapped.pop(next(iter(self._unwrapped)))
        self._unwrapped[key.wrapped] = key
        return key


def _lookup(key: bytes, value: str) -> str:
    return hmac.digest(key, b"lookup\0" + canonical(value).encode(), "sha256").hex()[:_LOOKUP_HEX]


def _digest(key: bytes, data: bytes, context: bytes) -> str:
    mac = hmac.new(key, b"digest\0" + len(context).to_bytes(4, "big") + context, "sha256")
    mac.update(data)
    return mac.hexdigest()


def canonical(value: str) -> str:
    """The form of a value that is hashed: NFKC, without white space, case folded. Idempotent."""
    # Folding, composing and joining each make room for the others in rare scripts: repeat until nothing changes.
    while (folded := "".join(unicodedata.normalize("NFKC", value).casefold().split())) != value:
        value = folded
    return value


def _seal(cipher: AESGCM, plaintext: bytes, context: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + cipher.encrypt(nonce, plaintext, context)


def _open(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    if len(sealed) < _OVERHEAD:
        raise Unreadable("too short")
    if sealed[:1] != _VERSION:
        raise Unreadable("unknown version")
    try:
        return cipher.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], context)
    except InvalidTag:
        raise Unreadable("not authentic") from None
