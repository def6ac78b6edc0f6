"""Temporary media: photos and files the platform keeps for three days."""

import secrets
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .errors import ApiError

LIFETIME = 3 * 86400
"""Platform rule: temporary media live three days."""

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF8", "image/gif", "gif"),
    (b"%PDF-", "application/pdf", "pdf"),
    (b"#!AMR", "voice/amr", "amr"),
)
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})


class Kind(NamedTuple):
    """What may be uploaded as a kind: how many bytes at least and at most, and of which types (None: whatever it is)."""

    most: int
    types: frozenset[str] | None = None
    least: int = 1


OFFICIAL: dict[str, Kind] = {
    "image": Kind(10 << 20, _PICTURES),
    "voice": Kind(2 << 20),
    "video": Kind(10 << 20),
    "thumb": Kind(64 << 10, frozenset({"image/jpeg"})),
}
"""Platform rule: 新增临时素材."""
WECOM: dict[str, Kind] = {
    "image": Kind(10 << 20, frozenset({"image/jpeg", "image/png"}), 6),
    "voice": Kind(2 << 20, frozenset({"voice/amr"}), 6),
    "video": Kind(10 << 20, None, 6),
    "file": Kind(20 << 20, None, 6),
}
"""Platform rule: 上传临时素材; every file has more than 5 bytes."""


@dataclass(frozen=True)
class Medium:
    """One stored file; its type comes from its first bytes, never from what somebody claimed."""

    id: str
    account: str
    data: bytes
    name: str
    content_type: str
    created: float
    kind: str = ""
    """As what the product has uploaded it; "" for what a phone has sent."""


class MediaStore:
    """The media of all accounts."""

    def __init__(self) -> None:
        self._media: dict[str, Medium] = {}

    def keep(self, account: str, data: bytes, now: float, name: str = "", kind: str = "") -> Medium:
        """Store bytes that a phone sent, or that were uploaded as a kind. `account`: to whom they belong."""
        self._media = {key: medium for key, medium in self._media.items() if now - medium.created <= LIFETIME}
        unknown = ("application/octet-stream", "bin")
        content_type, ending = next(
            ((kind, ending) for magic, kind, ending in _MAGIC if data.startswith(magic)), unknown
        )
        media_id = secrets.token_urlsafe(48)
        medium = Medium(media_id, account, data, name or f"{media_id}.{ending}", content_type, now, kind)
        self._media[media_id] = medium
        return medium

    def upload(self, account: str, kind: str, data: bytes, now: float, name: str, kinds: dict[str, Kind]) -> Medium:
        """Store bytes the product sends: 40004 unknown kind, 44001 empty, 40009 and 40006 bad size, 40005 not what the kind
        promises.
        """
        rule = kinds.get(kind)
        if rule is None:
            raise ApiError(40004, "invalid media type")
        if not data:
            raise ApiError(44001, "empty media data")
        if not rule.least <= len(data) <= rule.most:
            raise ApiError(40009, "invalid image size") if kind == "image" else ApiError(40006, "invalid media size")
        medium = self.keep(account, data, now, name, kind)
        if rule.types is not None and medium.content_type not in rule.types:
            del self._media[medium.id]
            raise ApiError(40005, "invalid file type")
        return medium

    def as_kind(self, account: str, media_id: str, kind: str, now: float) -> Medium:
        """A medium of this account that can be sent as a kind; 40007 if it is none, or was uploaded as another."""
        medium = self.get(account, media_id, now)
        shown = medium.content_type in _PICTURES if kind == "image" else True
        if medium.kind not in ("", kind) or not shown:
            raise ApiError(40007, "invalid media_id")
        return medium

    def get(self, account: str, media_id: str, now: float) -> Medium:
        """A medium of this account; 40007 when unknown or past its three days."""
        medium = self._media.get(media_id)
        if medium is None or medium.account != account or now - medium.created > LIFETIME:
            raise ApiError(40007, "invalid media_id")
        return medium

    def find(self, media_id: str) -> Medium | None:
        """A medium as the page shows it, whoever it belongs to."""
        return self._media.get(media_id)

    def live(self, account: str, now: float) -> frozenset[str]:
        """The ids this account may use now."""
        mine = (medium for medium in self._media.values() if medium.account == account)
        return frozenset(medium.id for medium in mine if now - medium.created <= LIFETIME)


def sample_photo() -> bytes:
    """A small picture for those who have none at hand: a plain PNG, drawn here."""
    return drawn(320, 240, _house)


def drawn(width: int, height: int, colour: Callable[[int, int], bytes], *more: tuple[bytes, bytes]) -> bytes:
    """A PNG of the colours (RGB) of its points; `more` are other chunks, by their kinds."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += colour(x, y)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), *more, (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _house(x: int, y: int) -> bytes:
    if y > 70 and abs(x - 160) < (y - 70) * 1.6 and y < 130:
        return b"\x8a\x5a\x44"
    if 130 <= y < 200 and abs(x - 160) < 80:
        return b"\xe8\xd9\xc4"
    return b"\xb9\xc9\xae" if y >= 200 else b"\xcf\xde\xe8"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


SAMPLE_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
SAMPLE_VOICE = b"#!AMR\n" + b"\x3c" + bytes(31)
