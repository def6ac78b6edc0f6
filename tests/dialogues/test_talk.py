"""What is said to us and is no value is never stored, whatever is asked."""

import pytest

from dialogs.talk import is_enough
from tests.dialogues.test_undoing import OPENED, talk

TALK = (
    "好的谢谢",
    "我再看看",
    "就这些",
    "提交",
    "等一下",
    "家里有点事回头再说",
    "填好了，提交吧",
    "你们上班了吗？",
    "经办人是谁啊",
)


@pytest.mark.parametrize("said", TALK)
@pytest.mark.parametrize("after", [OPENED[:3], OPENED, (*OPENED, "小冀镇示范路10号")])
def test_talk_is_no_answer(said, after):
    before, _ = talk(*after)
    conversation, events = talk(*after, said)
    assert conversation.draft().answers == before.draft().answers
    assert events


@pytest.mark.parametrize("said", ["就这些", "填好了，提交吧", "没有了，就这样"])
def test_enough(said):
    assert is_enough(said)


@pytest.mark.parametrize("said", ["就这些电话", "提交材料在哪儿", "好了吗", ""])
def test_not_enough(said):
    assert not is_enough(said)
