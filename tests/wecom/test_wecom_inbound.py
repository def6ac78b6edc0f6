"""Messages and events of WeCom, read into Updates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.refused import Refused
from bot.channels.wechat.reports import Silent
from bot.channels.wecom.inbound import parse_wecom
from bot.channels.wecom.presses import key_of, said_by
from model.message import (
    Button,
    FollowMessage,
    LocationMessage,
    MenuMessage,
    OtherMessage,
    PhotoMessage,
    TextMessage,
    UnfollowMessage,
    Update,
    VoiceMessage,
)
from tests.wecom.enterprise import MEMBER, wecom_app, xml_of

APP = wecom_app()


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("text", {"Content": "任务"}, TextMessage(text="任务")), ("image", {"MediaId": "m1"}, PhotoMessage(media_id="m1")),
        ("voice", {"MediaId": "m1", "Format": "amr"}, VoiceMessage(media_id="m1")), ("video", {"MediaId": "m1"}, OtherMessage(name="video")),
        ("location", {"Location_X": 35.1, "Location_Y": 113.8, "Label": "青年路"}, LocationMessage(latitude=35.1, longitude=113.8, label="青年路")),
        ("event", {"Event": "subscribe"}, FollowMessage()), ("event", {"Event": "unsubscribe"}, UnfollowMessage()),
        ("event", {"Event": "click", "EventKey": "tasks"}, MenuMessage(key="tasks")),
        ("event", {"Event": "template_card_event", "EventKey": key_of(Button(label="接单", say="接单", id="i:1:take")), "TaskId": "t"}, TextMessage(text="接单", choice="i:1:take")),
        ("event", {"Event": "pic_weixin", "EventKey": "x"}, OtherMessage(name="pic_weixin")),
    ],
)  # fmt: skip
def test_what_a_member_does(kind, fields, message):
    found = parse_wecom(APP, xml_of(kind, **fields))
    assert isinstance(found, Update)
    assert (found.account, found.person, found.message) == ("desk", MEMBER, message)
    assert found.key.startswith(f"{APP.corpid}:{APP.agentid}:{MEMBER}:")


@pytest.mark.parametrize(
    "fields",
    [
        {"Event": "enter_agent"}, {"Event": "LOCATION", "Latitude": 1}, {"Event": "view", "EventKey": "https://x.example"},
        {"Event": "change_contact", "ChangeType": "create_user"}, {"Event": "batch_job_result"}, {"Event": "low_active"},
        {"Event": "template_card_event", "EventKey": "key111", "TaskId": "another system's"}, {"Event": "template_card_event"},
        {"Event": "template_card_event", "EventKey": "c=i%3A1%3Atake&s="}, {"Event": "template_card_event", "EventKey": "c=1&s=2&s=3"},
    ],
)  # fmt: skip
def test_what_is_nobodys_words(fields):
    assert isinstance(parse_wecom(APP, xml_of("event", **fields)), Silent)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"ToUserName": "wwother"}, 403), ({"AgentID": 7}, 403), ({"FromUserName": ""}, 400), ({"MsgType": ""}, 400),
        ({"MsgId": "x"}, 400), ({"MsgId": None}, 400), ({"CreateTime": "later"}, 400), ({"CreateTime": None}, 400),
    ],
)  # fmt: skip
def test_what_is_refused(fields, status):
    with pytest.raises(Refused) as refused:
        parse_wecom(APP, xml_of(Content="任务", **fields))
    assert refused.value.status == status


def test_the_same_press_has_the_same_key_and_another_one_has_not():
    """The platform draws a ResponseCode for each press: a second one is no redelivery of the first."""
    press = {"Event": "template_card_event", "EventKey": "c=1&s=2", "TaskId": "t"}
    first, again, second = (
        parse_wecom(APP, xml_of("event", **press, ResponseCode=code)) for code in ("one", "one", "two")
    )
    assert first.key == again.key != second.key


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@given(WORDS, st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_a_button_comes_back_as_it_was_whatever_stands_on_it(say, choice):
    key = key_of(Button(label="x", say=say, id=choice))
    assert key.isascii()
    assert said_by(key) == TextMessage(text=say, choice=choice)


@given(st.text(max_size=80))
def test_any_key_is_read_or_left(key):
    assert said_by(key) is None or isinstance(said_by(key), TextMessage)
