"""What a file is, by its first bytes: a name or a header sent along proves nothing."""

from typing import Final

HEAD_BYTES: Final = 32
"""How much of a file's beginning `media_type` looks at."""

_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_SPEECH: Final = (
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_STILL_BRAND: Final = b"mif1"  # any HEIF still image: HEIC only if a compatible brand says so


def media_type(head: bytes) -> str | None:
    """The media type of an image or PDF that begins with `head`, None for anything else.

    Knows JPEG, PNG, GIF, WebP, HEIC and PDF. Give it `HEAD_BYTES` bytes or more.
    """
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        major = head[8:12]
        compatible = {head[at : at + 4] for at in range(16, HEAD_BYTES, 4)}
        if major in _HEIC_BRANDS or (major == _STILL_BRAND and compatible & _HEIC_BRANDS):
            return "image/heic"
    return None


def speech_type(head: bytes) -> str | None:
    """The media type of speech that begins with `head`: AMR, as WeChat has it, or MP3; None for anything else."""
    return next((name for start, name in _SPEECH if head.startswith(start)), None)
