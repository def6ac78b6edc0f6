"""A signature as a browser hands it over: a small PNG, read chunk by chunk; what is no picture, or more than one, is refused."""

import struct
import zlib
from typing import Final

MOST_BYTES: Final = 64 * 1024
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_WIDEST, _HIGHEST = 1600, 800
_KEPT: Final = frozenset({b"IHDR", b"IDAT", b"IEND"})
_CHANNELS: Final = {0: 1, 2: 3, 4: 2, 6: 4}
"""By colour type, eight bits each: grey, colour, both with transparency. What a canvas makes is one of these."""


class NotDrawn(Exception):
    """It is no signature: `empty` where nobody drew, `large`, or `broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def drawn(data: bytes) -> bytes:
    """The picture with nothing in it but the picture. Raises `NotDrawn`."""
    if len(data) > MOST_BYTES:
        raise NotDrawn("large")
    if not data.startswith(_SIGNATURE):
        raise NotDrawn("broken")
    kept, pixels, at, size = [_SIGNATURE], b"", len(_SIGNATURE), 0
    row = 0
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            raise NotDrawn("broken")
        body = data[at + 8 : end - 4]
        if (kind == b"IHDR") != (at == len(_SIGNATURE)):
            raise NotDrawn("broken")
        if kind == b"IHDR":
            row, size = _measured(body)
        elif kind == b"IDAT":
            pixels += body
        elif kind[0] & 0x20 == 0 and kind not in _KEPT:  # something that a reader would have to know
            raise NotDrawn("broken")
        if kind in _KEPT:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    else:
        raise NotDrawn("broken")
    if at != len(data):  # something else comes after the picture
        raise NotDrawn("broken")
    _looked_at(pixels, row, size)
    return b"".join(kept)


def _measured(header: bytes) -> tuple[int, int]:
    """Bytes of a row, and of all."""
    if len(header) != 13:
        raise NotDrawn("broken")
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", header)
    if not (0 < width <= _WIDEST and 0 < height <= _HIGHEST):
        raise NotDrawn("large")
    if depth != 8 or colour not in _CHANNELS or any(rest):
        raise NotDrawn("broken")
    row = 1 + width * _CHANNELS[colour]
    return row, row * height


def _looked_at(pixels: bytes, row: int, size: int) -> None:
    """It holds as many points as it says, and not all are the same."""
    reading = zlib.decompressobj()
    try:
        points = reading.decompress(pixels, size + 1)
    except zlib.error:
        raise NotDrawn("broken") from None
    if len(points) != size or not reading.eof or reading.unused_data:
        raise NotDrawn("broken")
    # The first byte of a row says how the others are written, and a row like the one above is written as nothing at all.
    if not any(any(points[at + 1 : at + row]) for at in range(row, size, row)):
        raise NotDrawn("empty")
