"""撤销 takes back what the last message did, and nothing that was changed since or was not its doing."""

from dialogs.advance import advance
from dialogs.events import NothingToUndo, Undone
from dialogs.turn import Turn
from dialogs.undoing import undo
from model.conversation import Conversation
from model.message import Actor, TextMessage
from model.values import Phone
from tests.dialogues.people import NOW
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
ACTOR = Actor(person="o", role="applicant")


def talk(*texts):
    conversation = Conversation(id="x", account="gh", person="o", county=COUNTY.id)
    events = ()
    for text in texts:
        outcome = advance(COUNTY, conversation, TextMessage(text=text), ACTOR, NOW)
        conversation, events = outcome.conversation, outcome.events
    return conversation, events


OPENED = ("用水", "个人", "同意", "李示例", "不同意")
TWO = "电话13800000000，地址小冀镇示范路10号"


def test_all_of_a_message_is_taken_back():
    before, _ = talk(*OPENED)
    after, events = talk(*OPENED, TWO, "撤销")
    assert after.draft().answers == before.draft().answers
    assert after.draft().trail == before.draft().trail
    assert any(isinstance(one, Undone) and len(one.changes) == 2 for one in events)


def test_a_question_in_between_changes_nothing():
    before, _ = talk(*OPENED)
    assert talk(*OPENED, TWO, "帮助", "撤销")[0].draft().answers == before.draft().answers


def test_what_was_changed_since_stays():
    conversation, _ = talk(*OPENED, TWO)
    draft = conversation.draft()
    changed = draft.answers["phone"].model_copy(update={"value": Phone(number="13800000009"), "revision": 99})
    draft = draft.model_copy(update={"answers": {**draft.answers, "phone": changed}})
    turn = Turn(COUNTY, conversation.with_draft(draft), ACTOR, NOW)
    undo(turn)
    assert turn.draft.answers["phone"] is changed
    assert "applicant_address" not in turn.draft.answers


def test_it_is_done_once():
    _, events = talk(*OPENED, TWO, "撤销", "撤销")
    assert any(isinstance(one, NothingToUndo) for one in events)


def test_what_was_deleted_on_purpose_stays_deleted():
    after, events = talk(*OPENED, "重来", "确定", "撤销")
    assert not after.draft().answers
    assert any(isinstance(one, NothingToUndo) for one in events)


def test_before_the_notice_the_words_that_wait_are_taken_back():
    waiting, _ = talk("用水", "我叫李示例，电话13800000000")
    assert len(waiting.draft().unread) == 1
    assert not talk("用水", "我叫李示例，电话13800000000", "撤销")[0].draft().unread
