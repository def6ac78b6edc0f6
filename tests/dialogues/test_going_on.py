"""A code of the hotline in chat: told in any spelling it is heard, and nothing else is taken for one (ADR 27)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import going_on
from dialogs.advance import advance
from dialogs.events import DialogueEvent, GoOnAsked, GoOnDropped, GoOnMistyped, GoOnProved, GoOnUnclear
from model.conversation import Conversation
from model.draft import Answer, Draft
from model.handover import aloud, code_of, is_code
from model.message import Actor, FollowMessage, Message, TextMessage
from model.scene import GoingOn
from model.values import Words
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 27, 2, tzinfo=dt.UTC)
COUNTY = shipped()["jingxian"]
CODE = code_of("48291631")
STRANGER = Conversation(id="a:p", account="a", person="p", county="jingxian")
ASKED = STRANGER.model_copy(update={"floor": going_on.asked(CODE)})
CHINESE = str.maketrans("0123456789", "零幺二三四五六七八九")
ANSWER = Answer(value=Words(text="王示例"), by="p", at=NOW)
FORM = Draft(id="a:p-1", form=COUNTY.form.id, form_version=COUNTY.form.version, opened_at=NOW, changed_at=NOW)
FILLING = STRANGER.with_draft(FORM.model_copy(update={"answers": {"applicant_name": ANSWER}}))


def hears(said: str | Message, talk: Conversation = STRANGER) -> tuple[DialogueEvent, ...]:
    message = TextMessage(text=said) if isinstance(said, str) else said
    return advance(COUNTY, talk, message, Actor(person="p"), NOW).events


def test_a_scan_asks_whatever_is_under_way() -> None:
    scene = str(GoingOn(code=CODE))
    assert hears(FollowMessage(scene=scene)) == (GoOnAsked(CODE, first=True),)
    known = FILLING.model_copy(update={"greeted": True})
    assert hears(FollowMessage(scene=scene), known) == (GoOnAsked(CODE),)


@given(
    st.text(alphabet="0123456789", min_size=8, max_size=8).map(code_of),
    st.sampled_from(["接着办", "接办", "我要接着办", "交接码", "交接码是", "交接码：", "热线码", ""]),
    st.sampled_from([aloud, str, lambda code: aloud(code).replace(" ", "-"), lambda code: code.translate(CHINESE)]),
)
def test_a_code_is_heard_in_every_spelling(code: str, word: str, spelling: object) -> None:
    assert callable(spelling)
    assert hears(f"{word} {spelling(code)}") == (GoOnAsked(code),)


def test_a_slip_is_told_and_costs_nothing() -> None:
    assert hears("接着办 482 916 361") == (GoOnMistyped("482916361", short=False),)
    assert hears("接着办 48291631") == (GoOnMistyped("48291631", short=True),)


@pytest.mark.parametrize("said", ["482916361", "13800001234", "48291631", "接着办", "接着办3台"])
def test_other_numbers_are_no_codes(said: str) -> None:
    assert not [one for one in hears(said) if isinstance(one, GoOnAsked | GoOnMistyped)]


def test_digits_alone_are_an_answer_to_the_form_that_has_begun() -> None:
    assert not any(isinstance(one, GoOnAsked) for one in hears(CODE, FILLING))
    assert hears(f"接着办{CODE}", FILLING) == (GoOnAsked(CODE),)


@pytest.mark.parametrize(
    "said",
    [
        "1234",
        "１２３４",
        "尾号1234",
        "后四位1234",
        "后四位是一二三四",
        "13800001234",
        "138 0000 1234",
        "0563-5581234",
        "1234。",
    ],
)
def test_the_end_of_the_number_is_heard_in_every_spelling(said: str) -> None:
    assert hears(said, ASKED) == (GoOnProved(CODE, "1234"),)


@pytest.mark.parametrize(
    ("said", "told"),
    [("123", "123"), ("12345", "12345"), ("1234 或 5678", "1234或5678"), ("你好", ""), ("好的", ""), ("帮助", "")],
)
def test_anything_less_is_no_try(said: str, told: str) -> None:
    found = advance(COUNTY, ASKED, TextMessage(text=said), Actor(person="p"), NOW)
    assert found.events == (GoOnUnclear(told),)
    assert going_on.waits(found.conversation)


def test_whoever_is_not_meant_says_so_and_whoever_wants_something_else_has_it() -> None:
    assert hears("不是我的", ASKED) == (GoOnDropped(),)
    found = advance(COUNTY, ASKED, TextMessage(text="进度"), Actor(person="p"), NOW)
    assert not going_on.waits(found.conversation)


@given(st.text(max_size=40))
def test_nothing_said_is_taken_for_what_it_is_not(text: str) -> None:
    for event in hears(text, ASKED):
        if isinstance(event, GoOnProved):
            assert len(event.tail) == 4
            assert event.tail.isdecimal()
        if isinstance(event, GoOnAsked):
            assert is_code(event.code)
