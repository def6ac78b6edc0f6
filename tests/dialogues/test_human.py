"""人工会话 in the pure core: what it keeps has a bound, what is no word for staff goes on, and nothing of a draft moves (ADR 41)."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.advance import advance
from dialogs.events import Asked, HandedOver, Unreadable
from dialogs.human import ends_at
from dialogs.human_events import HumanEnded, HumanOpened, HumanSaid
from handlers.room import overfull
from model.conversation import Conversation, StaffRole
from model.human import LONGEST, MOST, WORDS
from model.message import Actor, DeskMessage, Message, TextMessage, VoiceMessage
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
NOW = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
HIM = Actor(person="p")


def said(one: Conversation, *messages: Message | str, now: dt.datetime = NOW) -> Conversation:
    for message in messages:
        told = TextMessage(text=message) if isinstance(message, str) else message
        one = advance(COUNTY, one, told, HIM, now).conversation
    return one


def begun(*first: str) -> Conversation:
    fresh = Conversation(id="xinxiang:p", account="xinxiang", person="p", county="xinxiang")
    return said(fresh, *first, "人工")


def desk(do: str, **more: object) -> DeskMessage:
    return DeskMessage.model_validate({"do": do, "talk": 1, "staff": "s", "name": "赵", "key": "k"} | more)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 3 * LONGEST), st.just(3)), max_size=MOST + 20))
def test_what_is_kept_has_a_bound_and_what_is_not_is_counted(lengths: list[int]) -> None:
    one = begun("燃气")
    draft = one.draft()
    for length in lengths:
        one = said(one, "字" * length)
    talk = one.human
    assert talk is not None
    assert one.draft() is draft
    assert len(talk.lines) <= MOST
    assert sum(len(line.text) for line in talk.lines) <= WORDS
    assert talk.dropped + len(talk.lines) == sum(length > 0 for length in lengths) == talk.count
    assert [line.number for line in talk.lines] == list(range(talk.dropped + 1, talk.count + 1))
    assert all(
        line.cut + len(line.text) == length
        for line, length in zip(reversed(talk.lines), [length for length in reversed(lengths) if length], strict=False)
    )


def test_only_a_word_that_wants_an_answer_waits() -> None:
    one = said(begun(), desk("say", text="您好"))
    assert one.human is not None
    assert one.human.waits_since is None
    assert said(one, "好的", "谢谢").human.waits_since is None  # type: ignore[union-attr]
    later = NOW + dt.timedelta(minutes=5)
    asked = said(said(one, "要几天", now=later), "在吗", now=later + dt.timedelta(minutes=5))
    assert asked.human is not None
    assert asked.human.waits_since == later  # his further words do not move it
    assert ends_at(COUNTY, asked.human) == later + dt.timedelta(minutes=60)


def test_time_ends_nothing_before_its_time_and_no_other_talk() -> None:
    one = begun()
    assert said(one, desk("time"), now=NOW + dt.timedelta(minutes=59)).attended
    assert said(one, desk("time", talk=2), now=NOW + dt.timedelta(days=9)).attended
    over = advance(COUNTY, one, desk("time"), HIM, NOW + dt.timedelta(minutes=60))
    (ended,) = (event for event in over.events if isinstance(event, HumanEnded))
    assert (ended.by, ended.waited, ended.left) == ("time", True, ())


def test_the_question_comes_back_when_it_ends() -> None:
    one = begun("燃气")
    for end in (TextMessage(text="结束人工"), TextMessage(text="结束人工", choice="h:end"), desk("end")):
        outcome = advance(COUNTY, one, end, HIM, NOW)
        assert [type(event) for event in outcome.events] == [HumanEnded, Asked]
        assert not outcome.conversation.attended


@pytest.mark.parametrize("message", [TextMessage(text="人工"), VoiceMessage()])
def test_staff_and_counties_without_an_inbox_are_told_where_to_call(message: Message) -> None:
    fresh = Conversation(id="a:p", account="a", person="p", county="xinxiang")
    steward = fresh.model_copy(
        update={"roles": (StaffRole(staff="s", body="gas_company", name="n"),), "speaks_as": "steward"}
    )
    without = COUNTY.made_anew(inbox=None)
    for county, one in ((COUNTY, steward), (without, fresh)):
        events = advance(county, one, message, HIM, NOW).events
        assert any(isinstance(event, HandedOver | Unreadable) for event in events)
        assert not any(isinstance(event, HumanOpened) for event in events)


def test_a_tap_on_what_is_no_word_for_staff_goes_on() -> None:
    one = said(begun(), "在吗")
    assert one.human is not None
    tapped = said(one, TextMessage(text="可以", choice="i:none:agree"))
    assert tapped.human == one.human
    kept = said(one, TextMessage(text="个人", choice="f:applicant_kind:2@1"))
    assert kept.human is not None
    assert kept.human.count == one.human.count + 1


def test_who_has_no_room_left_is_not_kept_from_staff() -> None:
    fresh = Conversation(id="xinxiang:p", account="xinxiang", person="p", county="xinxiang")
    assert not overfull(10, 1, fresh, begun(), TextMessage(text="人工"))
    assert overfull(10, 1, fresh, said(fresh, "燃气"), TextMessage(text="燃气"))


def test_words_of_staff_do_nothing_where_nobody_talks() -> None:
    fresh = Conversation(id="a:p", account="a", person="p", county="xinxiang")
    outcome = advance(COUNTY, fresh, desk("say", text="您好"), HIM, NOW)
    assert (outcome.conversation, outcome.events) == (fresh, ())
    taken = said(begun(), desk("take", staff="t", name="钱"))
    assert not any(
        isinstance(event, HumanSaid) for event in advance(COUNTY, taken, desk("say", text="x"), HIM, NOW).events
    )
