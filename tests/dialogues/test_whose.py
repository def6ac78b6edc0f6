"""Whose a message is on an account that another program had before us (ADR 26): by what somebody would expect who writes it."""

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.selfmenu import buttons_of, without
from bot.menus import KEYS, menu_beside, menu_of
from dialogs import going_on
from dialogs.advance import MENU, advance
from dialogs.commands import command
from dialogs.whose import MATTER, TALK, Whose, at_sight, whose
from model.conversation import CaseLink, Conversation, Quota, StaffRole
from model.county import County
from model.message import (
    Act,
    Actor,
    FollowMessage,
    Invitation,
    LocationMessage,
    MenuMessage,
    Message,
    OtherMessage,
    PhotoMessage,
    TextMessage,
    UnfollowMessage,
    VoiceMessage,
)
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 27, 2, tzinfo=dt.UTC)
LATELY, TODAY, LONG_AGO = NOW - TALK, NOW - MATTER, NOW - MATTER - dt.timedelta(seconds=1)
SCENES = ("lianban",)
CASE = CaseLink(case="c1", number="N1", services=("water",))
STRANGER = Conversation(id="a:p", account="a", person="p", county="xinxiang")

BEGINS = [
    "报装",
    "进度",
    "申请",
    "查进度",
    "我的办件",
    "再报一件",
    "开始",
    "我要报装水电",
    "新房子要装天然气",
    "想给厂里接电",
    "家里要通天然气",
    "办个宽带",
    "水电气一起办",
    "开户",
    "工业园新建厂房要用水用气",
    "接着办 482 916 316",
]
ALSO = {"xinxiang": ("电力增容", "水表移位", "我们小区想接暖气", "商铺100平要用电30千瓦"), "jingxian": ("过户",)}
"""What only one county does."""
OTHERS = [
    "你好",
    "帮助",
    "人工",
    "谢谢",
    "医保怎么交",
    "停水了什么时候来",
    "停电了",
    "社保卡怎么办",
    "我要投诉物业",
    "营业时间",
    "1",
    "天气",
    "我家电费多少钱",
    "营业执照怎么办",
    "公积金怎么提取",
    "水费怎么交",
    "好的",
    "13800138000",
    "气表坏了",
    "暖气不热",
    "取消",
    "更多",
    "上一步",
    "我要申请低保",
    "网上能申请吗",
    "任务",
    "我家在小冀镇，家里停电了",
    "家里有3个人，低保能申请吗",
    "明天停电吗",
    "欠费停电了已经交了50块钱",
    "催一下",
    "我的信息",
    "评价",
    "V1001_GOOD",
]


def heard(conversation: Conversation, message: Message, county: str = "xinxiang", now: dt.datetime = NOW) -> Whose:
    """Whose it is, after the dialogue core has looked at it as it does in a turn."""
    made = shipped()[county]
    outcome = advance(made, conversation, message, Actor(person="p", role=conversation.role), now)
    return whose(made, conversation, message, outcome.events, now, SCENES)


def said(conversation: Conversation, text: str, **more: str) -> Whose:
    return heard(conversation, TextMessage(text=text), **more)


def after(*texts: str, spoke: dt.datetime, county: str = "xinxiang") -> Conversation:
    """Somebody who has said these things to us, and spoke last at that time."""
    conversation = STRANGER.model_copy(update={"county": county})
    for text in texts:
        conversation = advance(
            shipped()[county], conversation, TextMessage(text=text), Actor(person="p"), spoke
        ).conversation
    return conversation.model_copy(update={"quota": Quota(wrote_at=spoke)})


def invited(kind: str) -> Conversation:
    act = Act(id="agree", label="同意", words=("同意",))
    one = Invitation(id="i1", kind=kind, case="c1", number="N1", title="踏勘时间", acts=(act,))
    return STRANGER.model_copy(update={"cases": (CASE,), "invitations": (one,), "floor": "i1", "greeted": True})


@pytest.mark.parametrize(("county", "text"), [(county, text) for county in ALSO for text in (*BEGINS, *ALSO[county])])
def test_whoever_turns_to_us_is_ours(text: str, county: str) -> None:
    assert said(STRANGER, text, county=county) is Whose.OURS


@pytest.mark.parametrize("county", ["xinxiang", "jingxian"])
@pytest.mark.parametrize("text", OTHERS)
def test_whoever_does_not_is_theirs(text: str, county: str) -> None:
    assert said(STRANGER, text, county=county) is Whose.THEIRS
    assert heard(STRANGER, VoiceMessage(text=text), county) is Whose.THEIRS


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (MenuMessage(key="apply"), Whose.OURS),
        (MenuMessage(key="V1001_GOOD"), Whose.THEIRS),
        (FollowMessage(), Whose.BOTH),
        (FollowMessage(scene="old-3"), Whose.BOTH),
        (FollowMessage(scene="lianban-3"), Whose.OURS),
        (UnfollowMessage(), Whose.BOTH),
        (OtherMessage(name="scancode_waitmsg", event=True), Whose.THEIRS),
        (OtherMessage(name="video"), None),
        (TextMessage(text="1 新装", choice="f:services:1@2"), Whose.OURS),
        (TextMessage(text="满意", choice="w1"), None),
        (PhotoMessage(media_id="m"), None),
    ],
)
def test_at_sight(message: Message, expected: Whose | None) -> None:
    assert at_sight(message, SCENES) is expected


@pytest.mark.parametrize("message", [FollowMessage(), UnfollowMessage()])
def test_of_whom_we_never_met_nothing_is_noted(message: Message) -> None:
    assert heard(STRANGER, message) is Whose.THEIRS
    assert heard(STRANGER.model_copy(update={"cases": (CASE,)}), message) is Whose.BOTH
    assert heard(STRANGER.model_copy(update={"quota": Quota(wrote_at=LONG_AGO)}), message) is Whose.BOTH


@pytest.mark.parametrize(
    "message",
    [PhotoMessage(media_id="m"), LocationMessage(latitude=35.2, longitude=113.8), OtherMessage(name="video"), VoiceMessage(),
     TextMessage(text="天气"), TextMessage(text="你好"), TextMessage(text="满意", choice="w1")],
)  # fmt: skip
def test_while_we_talk_all_is_said_to_us(message: Message) -> None:
    assert heard(STRANGER, message) is Whose.THEIRS
    assert heard(after("报装", spoke=LATELY), message) is Whose.OURS
    assert heard(after("进度", spoke=LATELY), message) is Whose.OURS
    assert heard(after("进度", spoke=LATELY - dt.timedelta(seconds=1)), message) is Whose.THEIRS


def test_staff_are_always_at_work() -> None:
    steward = STRANGER.model_copy(update={"roles": (StaffRole(staff="s", body="b", name="n"),), "speaks_as": "steward"})
    assert {said(steward, text) for text in ("天气", "任务", "1", "好的")} == {Whose.OURS}
    assert heard(steward, MenuMessage(key="V1001_GOOD")) is Whose.THEIRS


def test_what_a_case_asks_waits_for_its_answer_however_long() -> None:
    assert said(invited("survey"), "那天我不在家") is Whose.OURS
    assert heard(invited("works"), PhotoMessage(media_id="m")) is Whose.OURS
    assert said(invited("rating"), "同意") is Whose.OURS
    assert said(invited("rating"), "医保怎么交") is Whose.THEIRS


def test_a_form_that_somebody_wrote_in_takes_what_it_understands_however_late() -> None:
    form = ("我要报装自来水", "同意")
    assert said(after(*form, spoke=TODAY), "随便说说") is Whose.OURS
    assert said(after(*form, spoke=TODAY), "公积金怎么提取") is Whose.THEIRS
    assert said(after(*form, spoke=LONG_AGO), "住宅，张三，13800138000") is Whose.OURS
    assert said(after(*form, spoke=LONG_AGO), "取消") is Whose.OURS
    assert said(after(*form, spoke=LONG_AGO), "你好") is Whose.THEIRS


def test_a_form_in_which_nobody_wrote_holds_nobody() -> None:
    opened = after("报装", spoke=TODAY)
    assert opened.draft() is not None
    assert said(opened, "随便说说") is Whose.THEIRS
    assert said(opened, "1") is Whose.THEIRS


def test_whoever_has_a_case_speaks_of_it() -> None:
    served = STRANGER.model_copy(update={"cases": (CASE,), "greeted": True})
    assert {said(served, text) for text in ("催一下", "你们什么时候来踏勘", "我的信息", "不办了", "窗口在哪")} == {
        Whose.OURS
    }
    assert {said(served, text) for text in ("医保怎么交", "1", "谢谢", "任务", "暖气不热", "绑定 13800138000")} == {
        Whose.THEIRS
    }
    lately = served.model_copy(update={"quota": Quota(wrote_at=TODAY)})
    assert said(lately, "表箱的位置腾出来了") is Whose.OURS
    assert said(lately, "医保怎么交") is Whose.THEIRS


def test_a_binding_code_is_ours_whoever_sends_it() -> None:
    assert said(STRANGER, "绑定 K7P2Q9AB") is Whose.OURS
    assert said(STRANGER, "绑定 13800138000") is Whose.THEIRS


CONVERSATIONS = st.sampled_from(
    [
        STRANGER,
        STRANGER.model_copy(update={"cases": (CASE,)}),
        after("我要报装自来水", spoke=LONG_AGO),
        invited("rating"),
    ]
)


@given(conversation=CONVERSATIONS, text=st.text(max_size=30), key=st.text(min_size=1, max_size=20))
def test_the_same_again_is_the_same_and_what_is_not_ours_changes_nothing(
    counties: Mapping[str, County], conversation: Conversation, text: str, key: str
) -> None:
    """Whatever is said: it is decided the same way each time, a menu key by itself, and a word of ours is always heard."""
    message = TextMessage(text=text)
    assert heard(conversation, message) is heard(conversation, message)
    assert heard(conversation, MenuMessage(key=key)) is (Whose.OURS if key in MENU else Whose.THEIRS)
    if heard(conversation, message) is Whose.THEIRS:
        assert not {word.value for word in [command(text)] if word} & {"报装", "进度"}
        talking = conversation.model_copy(update={"quota": Quota(wrote_at=NOW)})
        assert heard(talking, message) is Whose.OURS


def test_our_own_menu_is_ours(counties: Mapping[str, County]) -> None:
    """Every key that the menu of `bot menus` sends is one of ours."""
    for county in counties.values():
        for menu in (menu_of(county), menu_beside(county, ())):
            assert buttons_of(told := {"selfmenu_info": menu})
            assert not buttons_of(without(told, KEYS))
    assert set(MENU) >= KEYS


def test_whoever_scanned_a_code_of_the_hotline_answers_us() -> None:
    """He has only scanned as yet, which opens no talk."""
    asked = STRANGER.model_copy(update={"floor": going_on.asked("482916316")})
    assert whose(shipped()["xinxiang"], asked, TextMessage(text="1234"), (), NOW) is Whose.OURS
    assert whose(shipped()["xinxiang"], STRANGER, TextMessage(text="1234"), (), NOW) is Whose.THEIRS
