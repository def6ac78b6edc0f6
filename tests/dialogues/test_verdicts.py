"""What is decided after a question was explained is its answer, also beside other things."""

import pytest

from tests.dialogues.test_undoing import OPENED, talk

ASKED = (*OPENED, "用电新装", "充电桩算不算非线性负荷？")


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("那就按有填吧。用电类别选商业。", True),
        ("那就填无吧", False),
        ("哦那算没有，类别是商业", False),
        ("还是写是吧 第一路300千瓦", True),
    ],
)
def test_a_verdict(said, yes):
    conversation, _ = talk(*ASKED, said)
    assert conversation.draft().answers["nonlinear_load"].value.yes is yes


@pytest.mark.parametrize("said", ["那就这样吧", "用电类别选商业", "要不要填我再看看", "那开个票要多久"])
def test_no_verdict(said):
    conversation, _ = talk(*ASKED, said)
    assert "nonlinear_load" not in conversation.draft().answers


def test_what_is_told_before_a_question_is_not_what_is_asked():
    _, events = talk(*OPENED, "现在的变压器带不动了，想把电加大，找您这儿对吧？")
    assert "Helped" not in {type(one).__name__ for one in events}


def test_a_service_nobody_asked_for_is_not_taken_for_an_answer():
    before, _ = talk(*ASKED)
    after, events = talk(*ASKED, "气不办 我们用电灶")
    assert after.draft().answers == before.draft().answers
    assert "Rejected" not in {type(one).__name__ for one in events}
