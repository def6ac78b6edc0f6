"""What follows from an answer without being said, however the answer was given."""

import pytest

from dialogs.advance import advance
from model.conversation import Conversation
from model.message import Actor, TextMessage
from model.values import Amount
from tests.dialogues.people import NOW
from tests.dialogues.telling import shortly
from tests.shipped import shipped


def talk(*texts):
    """The conversation after these messages in 新乡县."""
    county = shipped()["xinxiang"]
    now = Conversation(id="a:p", account="a", person="p", county="xinxiang")
    for text in texts:
        now = advance(county, now, TextMessage(text=text), Actor(person="p"), NOW).conversation
    return now


@pytest.mark.parametrize("choice", [None, "f:power_kind:1"])
def test_a_new_supply_had_none_before(choice):
    before = talk("用电")
    message = TextMessage(text="新装", choice=choice)
    after = advance(shipped()["xinxiang"], before, message, Actor(person="p"), NOW).conversation
    assert after.draft().answers["power_1_old"].value == Amount(number=0, unit="千伏安")


def test_a_supply_that_grows_after_all_is_asked_what_it_was():
    assert "power_1_old" not in shortly("xinxiang", "用电", "新装", "不对，是增容")
    assert shortly("xinxiang", "用电", "新装", "不对，是增容 原有容量160千伏安")["power_1_old"] == "160千伏安"


def test_what_was_said_is_not_taken_back():
    assert shortly("xinxiang", "用电", "新装 原有容量0", "不对，是增容")["power_1_old"] == "0千伏安"


def test_a_growing_supply_had_something_before():
    assert "power_1_old" not in shortly("xinxiang", "用电", "增容")


def test_what_was_said_stays():
    assert shortly("xinxiang", "用电 原有容量160千伏安", "新装")["power_1_old"] == "160千伏安"


def test_whoever_applies_for_a_house_lives_there():
    assert shortly("jingxian", "水", "住宅")["applicant_type"] == "住户"


def test_it_goes_with_its_cause_when_taken_back():
    before = talk("用电")
    after = talk("用电", "新装", "撤销")
    assert after.draft().answers.keys() == before.draft().answers.keys()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("猪场要报装用电，先前没接过", "新装"),
        ("用电 原有0 要315个kVA", "新装"),
        ("用电 现在容量80kVA，换成160kVA", "增容"),
        ("用电 变压器现为160kVA，拟改315kVA", "增容"),
        ("临时用电 现有容量80kVA", "临时用电"),
    ],
)
def test_what_is_to_be_done_follows_from_what_there_was(said, kind):
    assert shortly("xinxiang", said)["power_kind"] == kind


def test_it_goes_with_the_figure_it_followed_from():
    assert shortly("xinxiang", "用电 原有容量0", "原有容量是160千伏安")["power_kind"] == "增容"
