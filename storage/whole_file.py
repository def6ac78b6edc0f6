"""Whether a photo or PDF is that and nothing else: a file may begin as one and be read by somebody as another (polyglots).

What the platform has sent us it has read as a picture itself; what a browser uploads nobody has looked at yet.
"""

import re
from typing import Final

_MARKUP: Final = re.compile(rb"<\s*(?:script|html|svg|iframe|body|!doctype)|<\?php", re.IGNORECASE)
_ZIP_ENDS: Final = b"PK\x05\x06"
_TAIL: Final = 66_000
"""Bytes: a zip is found by its end, which lies no farther from the end of the file."""
_PDF_TAIL: Final = 2_048
_HEAD: Final = 4_096
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def is_whole(data: bytes, media_type: str) -> bool:
    """Whether the file is built as its kind is (see `storage.sniff`) to its end, with nothing of another kind where that is looked for."""
    if _ZIP_ENDS in data[-_TAIL:]:
        return False
    match media_type:
        case "image/jpeg":
            return _jpeg(data)
        case "image/png":
            return _png(data)
        case "image/webp":
            return len(data) - 8 in (size := int.from_bytes(data[4:8], "little"), size + 1) and not _MARKUP.search(
                data[:_HEAD]
            )
        case "image/heic":
            return _boxes(data) and not _MARKUP.search(data[:_HEAD])
        case "application/pdf":
            return b"%%EOF" in data[-_PDF_TAIL:] and not _MARKUP.search(data[:_HEAD])
    return False


def _jpeg(data: bytes) -> bool:
    """Segments with their lengths up to the picture, which ends. Phones put a film behind it: that may be there, a page or a PDF not."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == 0xDA:
            ends = data.rfind(b"\xff\xd9")
            rest = data[ends + 2 :]
            return ends > at and not _MARKUP.search(rest[:_HEAD]) and b"%PDF-" not in rest
        if size < 2 or _MARKUP.search(data, at, at + 2 + size) or b"%PDF-" in data[at : at + 2 + size]:
            return False
        at += 2 + size
    return False


def _png(data: bytes) -> bool:
    at = len(_PNG)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf") and _MARKUP.search(data, at, at + 12 + size):
            return False
        at += 12 + size
        if kind == b"IEND":
            return at == len(data)
    return False


def _boxes(data: bytes) -> bool:
    """ISO media: boxes, each with its length, to the end of the file."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 0:
            return True  # to the end
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < 8:
            return False
        at += size
    return at == len(data)
