"""The sealed file: what was written comes out, and whatever was touched is refused."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backup import envelope
from bot.backup.envelope import BackupDamaged, Opener, Sealer, WrongKey, mark

KEY = b"k" * 32


def sealed(data: bytes, key: bytes = KEY, *, finish: bool = True) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, key)
    for at in range(0, len(data), 7):
        sealer.write(data[at : at + 7])
    if finish:
        sealer.finish()
    return out.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return Opener(io.BytesIO(data), key).read()


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "CHUNK", 16)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 33, 100])
def test_what_was_sealed_comes_out(size: int) -> None:
    data = os.urandom(size)
    assert opened(sealed(data)) == data
    assert size < 15 or data not in sealed(data)  # a single byte may well be among those of its seal


@given(st.binary(max_size=80), st.lists(st.integers(0, 20), max_size=8))
def test_in_whatever_pieces_it_is_read(data: bytes, pieces: list[int]) -> None:
    opener = Opener(io.BytesIO(sealed(data)), KEY)
    assert b"".join([*(opener.read(size) for size in pieces), opener.read()]) == data


def test_every_byte_counts() -> None:
    whole = sealed(b"a" * 40)
    for at in range(len(whole)):
        for bit in (1, 128):
            changed = bytearray(whole)
            changed[at] ^= bit
            with pytest.raises((BackupDamaged, WrongKey)):
                opened(bytes(changed))


def test_nothing_may_be_cut_off_or_put_behind() -> None:
    whole = sealed(b"a" * 48)
    for size in range(len(whole)):
        with pytest.raises(BackupDamaged):
            opened(whole[:size])
    with pytest.raises(BackupDamaged):
        opened(whole + b"\0")


def test_chunks_keep_their_order_and_their_file() -> None:
    head, size = len(sealed(b"")) - 16, 32
    whole = sealed(b"a" * 16 + b"b" * 16 + b"c")
    first, second, last = whole[head : head + size], whole[head + size : head + 2 * size], whole[head + 2 * size :]
    other = sealed(b"a" * 16 + b"b" * 16 + b"c")
    for mixed in (second + first + last, first + last, first + second, other[head : head + size] + second + last):
        with pytest.raises(BackupDamaged):
            opened(whole[:head] + mixed)


def test_a_file_that_was_not_finished_is_refused() -> None:
    with pytest.raises(BackupDamaged):
        opened(sealed(b"a" * 40, finish=False))


def test_another_key_is_named_as_such() -> None:
    other = b"o" * 32
    with pytest.raises(WrongKey) as told:
        opened(sealed(b"a"), other)
    assert mark(KEY) in str(told.value) and mark(other) in str(told.value)
