"""A long reply in parts: nothing is lost, and each part fits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.wording.paging import LEAST, Limit, page, size
from model.message import Button, Reply

MORE, NOTE = Button(label="更多", say="更多"), "（后面还有，回复“更多”）"
TEXTS = st.text(st.sampled_from("水电a。\n🏠"), min_size=1, max_size=1500)


@settings(max_examples=25)
@given(TEXTS, st.integers(LEAST, 2048), st.integers(0, 3))
def test_nothing_is_lost_and_all_of_it_fits(text: str, most: int, choices: int) -> None:
    asked = tuple(Button(label=f"选{number}", say=str(number), number=number) for number in range(choices))
    first, rest = page(Reply(text=text, buttons=asked), Limit(most), MORE, NOTE)
    assert "".join((first.text, *rest)).replace("\n", "") == text.replace("\n", "")
    assert size(first) <= most
    assert all(len(one.encode()) + len(NOTE.encode()) <= most for one in rest)
    assert first.buttons == ((MORE, *asked) if rest or first.text != text else asked)


def test_a_channel_that_holds_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        Limit(LEAST - 1)
