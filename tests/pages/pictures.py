"""Small files of every kind that is taken, and files that pretend to be one of them."""

import struct
import zlib
from collections.abc import Iterator


def _segment(kind: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data


def jpeg(*before: bytes, after: bytes = b"") -> bytes:
    """As much of one as a reader of its structure needs."""
    return (
        b"\xff\xd8"
        + b"".join(before)
        + _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
        + _segment(0xDA, b"\1\1\0\0\x3f\0")
        + b"\x12\x34"
        + b"\xff\xd9"
        + after
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*before: bytes, after: bytes = b"") -> bytes:
    """One grey point."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + b"".join(before)
        + _chunk(b"IDAT", zlib.compress(b"\0\0"))
        + _chunk(b"IEND", b"")
        + after
    )


JPEG, PNG = jpeg(), png()
WEBP = b"RIFF" + struct.pack("<I", 4 + 8 + 10) + b"WEBPVP8 " + struct.pack("<I", 10) + b"\0" * 10
HEIC = struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + struct.pack(">I", 16) + b"mdat" + b"\0" * 8
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HTML, SVG = b"<!doctype html><script>alert(1)</script>", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
_ZIP = b"PK\x05\x06" + b"\0" * 18


def polyglots() -> Iterator[bytes]:
    """Each begins as a photo or a PDF, and is something else as well."""
    page = b"<html><script>alert(1)</script></html>"
    yield jpeg(_segment(0xFE, page))
    yield jpeg(after=page)
    yield jpeg(after=PDF)
    yield jpeg(after=_ZIP)
    yield b"\xff\xd8\xff" + page
    yield png(after=page)
    yield png(_chunk(b"tEXt", b"Comment\0" + page))
    yield png()[:-12]
    yield WEBP + page
    yield HEIC + page
    yield b"%PDF-1.4\n" + page + PDF
    yield PDF + _ZIP
    yield b"%PDF-1.4\nnothing else"
    yield b"GIF89a" + b"\0" * 20
