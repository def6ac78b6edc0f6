"""All keys of an installation as one run of bytes that says by itself whether it is whole."""

import hashlib
from dataclasses import dataclass
from typing import Final

from storage.vault import KEY_BYTES, Keyring, Secrets

_FORMAT: Final = 1
_DIGEST_BYTES: Final = 8
_WRAPS, _LOOKUP, _LOOKUP_BEFORE, _BACKUP = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Bundle:
    """The keys of the records, and that of backups if there is one."""

    secrets: Secrets
    backup: bytes | None


def packed(bundle: Bundle) -> bytes:
    """The current wrapping key first; a digest of all of it at the end."""
    ring = bundle.secrets.keyring
    names = [ring.current, *(name for name in ring.keys if name != ring.current)]
    entries = [(_WRAPS, name, ring.keys[name]) for name in names] + [(_LOOKUP, "", bundle.secrets.lookup)]
    for kind, key in ((_LOOKUP_BEFORE, bundle.secrets.lookup_before), (_BACKUP, bundle.backup)):
        if key is not None:
            entries.append((kind, "", key))
    body = bytes([_FORMAT, len(entries)])
    for kind, name, key in entries:
        body += bytes([kind, len(name)]) + name.encode("ascii") + key
    return body + hashlib.sha256(body).digest()[:_DIGEST_BYTES]


def unpacked(data: bytes) -> Bundle | None:
    """What was packed; None for anything else: shares that do not belong together give anything else."""
    body, digest = data[:-_DIGEST_BYTES], data[-_DIGEST_BYTES:]
    if len(body) < 2 or hashlib.sha256(body).digest()[:_DIGEST_BYTES] != digest or body[0] != _FORMAT:
        return None
    keys, single, place = dict[str, bytes](), dict[int, bytes](), 2
    for _ in range(body[1]):
        kind, length = body[place], body[place + 1]
        name = body[place + 2 : place + 2 + length].decode("ascii")
        key = body[place + 2 + length : place + 2 + length + KEY_BYTES]
        place += 2 + length + KEY_BYTES
        if kind == _WRAPS:
            keys[name] = key
        else:
            single[kind] = key
    ring = Keyring(next(iter(keys)), keys)
    return Bundle(Secrets(ring, single[_LOOKUP], single.get(_LOOKUP_BEFORE)), single.get(_BACKUP))
