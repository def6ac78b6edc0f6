"""What the product is compared with does its work: the frozen form takes right answers and only those."""

import pytest

from bench.peers.questions import FORM, GREETING, RECEIPT, Wrong, answer, parse
from bench.script import peers_script, windows


def test_every_answer_of_the_frozen_form_is_taken_and_the_last_one_completes_it():
    state, reply, done = answer(None, GREETING)
    for question, line in zip(FORM, peers_script(), strict=False):
        assert line.expect in reply, question["id"]
        assert not done
        state, reply, done = answer(state, question["answer"])
    assert done
    assert reply == RECEIPT
    assert len([value for value in state["answers"].values() if value is not None]) > 60


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("applicant_code", "91410721MA000901X4"), ("legal_identity", "410721199001010007"), ("phone", "1380000000"),
        ("applicant_kind", "3"), ("services", "用水、煤"), ("gas_households", "三百"), ("gas_households", "320.5户"),
        ("heat_start", "2026年2月30日"), ("clerk", "张示例"), ("tv_design", "好"), ("gas_small_flats", "是"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_asked_again(name, text):
    number = next(place for place, one in enumerate(FORM) if one["id"] == name)
    with pytest.raises(Wrong):
        parse(FORM[number], text)
    state = {"at": number, "answers": {}}
    after, reply, done = answer(state, text)
    assert (after["at"], after["answers"], done) == (number, {}, False)
    assert FORM[number]["ask"] in reply


def test_stretches_are_the_whole_form_once():
    cut = windows(6)
    assert [start for start, _, _ in cut[1:]] == [end for _, end, _ in cut[:-1]]
    assert cut[0][0] == 0
    assert [talk is None for _, _, talk in cut] == [True, *[False] * 5]
