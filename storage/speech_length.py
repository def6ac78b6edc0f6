"""How long a piece of speech is, from its bytes: frames of AMR are counted, nothing is decoded (RFC 4867, section 5)."""

from collections.abc import Sequence
from typing import Final

_NARROW: Final = (b"#!AMR\n", (13, 14, 16, 18, 20, 21, 27, 32, 6))
_WIDE: Final = (b"#!AMR-WB\n", (18, 24, 33, 37, 41, 47, 51, 59, 61, 6))
"""How a file begins, and how many bytes a frame of each type has, its own first byte with it; the last is of silence."""
_NONE: Final = {len(_NARROW[1]): (15,), len(_WIDE[1]): (14, 15)}
"""The types of frames that hold no speech, one byte each; in wide speech also of a frame that was lost."""
_PER_SECOND: Final = 50
"""A frame is 20 ms."""


def speech_seconds(data: bytes) -> int | None:
    """Seconds, rounded up, of AMR as WeChat has it; None where it cannot be known: another format, or it is damaged.

    What was cut off in the middle of a frame counts up to there.
    """
    for start, sizes in (_WIDE, _NARROW):
        if data.startswith(start):
            frames = _frames(data, len(start), sizes)
            return -(-frames // _PER_SECOND) if frames else None
    return None


def _frames(data: bytes, at: int, sizes: Sequence[int]) -> int:
    """How many there are; 0 for what is none."""
    frames, none = 0, _NONE[len(sizes)]
    while at < len(data):
        kind = data[at] >> 3 & 0x0F
        if kind < len(sizes):
            at += sizes[kind]
        elif kind in none:
            at += 1
        else:
            return 0
        frames += 1
    return frames
