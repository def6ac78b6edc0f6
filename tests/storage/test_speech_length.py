"""The length of speech is counted in frames, whatever the bytes are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.speech_length import speech_seconds

NARROW, WIDE = b"#!AMR\n", b"#!AMR-WB\n"
FRAME = b"\x3c" + bytes(31)


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        (NARROW + FRAME, 1),
        (NARROW + FRAME * 50, 1),
        (NARROW + FRAME * 51, 2),
        (NARROW + (b"\x04" + bytes(12)) * 100 + b"\x7c" * 50, 3),  # the lowest rate, and frames with nothing
        (WIDE + (b"\x44" + bytes(60)) * 150, 3),
        (WIDE + b"\x74" * 50, 1),
        (NARROW + FRAME * 50 + FRAME[:9], 2),  # cut off
        (NARROW + FRAME + b"\x4c" + bytes(5), None),  # a type that WeChat has not
        (NARROW, None),
        (b"ID3" + bytes(99), None),
        (b"", None),
    ],
)
def test_frames_are_counted(data: bytes, seconds: int | None) -> None:
    assert speech_seconds(data) == seconds


@settings(max_examples=25)
@given(st.sampled_from([NARROW, WIDE, b""]), st.binary(max_size=400))
def test_any_bytes_have_a_length_or_none(start: bytes, rest: bytes) -> None:
    found = speech_seconds(start + rest)
    assert found is None or 1 <= found <= len(rest)
