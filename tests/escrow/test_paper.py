"""Shares on paper: every slip of the pen is noticed, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.escrow.paper import _ALPHABET, Share, ShareUnreadable, read, written

SHARE = Share(b"abcd", 2, 3, bytes(range(75)))


@given(st.binary(min_size=4, max_size=4), st.integers(1, 255), st.integers(2, 255), st.binary(min_size=1, max_size=300))
def test_what_was_written_is_read(batch: bytes, number: int, need: int, data: bytes) -> None:
    share = Share(batch, number, need, data)
    assert read("\n".join(written(share))) == [share]


def test_as_people_type_it() -> None:
    lines = written(SHARE)
    typed = ["联办钥匙 第2份", "", *(line.lower().replace("0", "o").replace("1", "l") for line in lines[1:])]
    numbers = [line.split(maxsplit=1) for line in lines]
    loose = [
        f"{int(number)}. {rest.lower().replace('0', 'o').replace('1', 'i').replace(' ', '-')}"
        for number, rest in numbers
    ]
    assert read("\n".join([typed[0], *loose, "还原：…"])) == [SHARE]
    other = Share(b"abcd", 1, 3, bytes(75))
    assert read("\n".join([*lines, "", *written(other)])) == [SHARE, other]


def test_nearly_every_wrong_letter_is_noticed_where_it_stands() -> None:
    """Two check characters let one in 1024 pass; the digest over all of it finds that."""
    lines, missed, tried = written(SHARE), 0, 0
    for row, line in enumerate(lines):
        for at in range(4, len(line)):
            if line[at] == " ":
                continue
            for letter in _ALPHABET:
                if letter == line[at]:
                    continue
                tried += 1
                changed = [*lines[:row], line[:at] + letter + line[at + 1 :], *lines[row + 1 :]]
                try:
                    missed += read("\n".join(changed)) != [SHARE]
                except ShareUnreadable as error:
                    assert row == 0 or f"第{row + 1}行" in str(error)
    assert tried > 4000 and missed < tried / 200


def test_lines_that_are_lost_moved_or_of_another_share_are_noticed() -> None:
    lines = written(SHARE)
    other = written(Share(b"abcd", 1, 3, bytes(75)))
    renumbered = f" 2{lines[2][2:]}"
    for changed, says in [
        (lines[1:], "缺第1行"),
        (lines[:-1], "行数不对"),
        ([*lines[:2], *lines[3:]], "第3行的位置上是第4行"),
        ([lines[0], lines[2], lines[1], *lines[3:]], "第2行的位置上是第3行"),
        ([lines[0], renumbered, *lines[2:]], "第2行打错了"),
        ([*lines[:3], other[3], *lines[4:]], "第4行打错了"),
        ([lines[0], lines[1][:-1], *lines[2:]], "一共18个"),
        (["什么也没有"], "没有一份钥匙"),
    ]:
        with pytest.raises(ShareUnreadable, match=says):
            read("\n".join(changed))


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read(text)
    except ShareUnreadable as error:
        assert str(error)
