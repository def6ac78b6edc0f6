"""Every kind of message and event the platform pushes, and what the conversation gets of it."""

import datetime as dt
import re

import pytest

from bot.channels.wechat.account import Mode
from bot.channels.wechat.inbound import parse
from bot.channels.wechat.kinds import UNSUPPORTED
from bot.channels.wechat.reports import Silent, SubscriptionItem, SubscriptionReport, TemplateReport
from model.message import (
    FollowMessage,
    LocationMessage,
    MenuMessage,
    Message,
    OtherMessage,
    PhotoMessage,
    TextMessage,
    UnfollowMessage,
    Update,
    VoiceMessage,
)
from tests.wechat.hall import APPID, NOW, OPENID, ORIGINAL, Site, account
from tests.wechat.safe_client import element

MEDIA = {"MediaId": "m-1"}
MESSAGES: list[tuple[str, dict[str, object], Message]] = [
    ("text", {"Content": " 新装\n用水 "}, TextMessage(text=" 新装\n用水 ")),
    ("text", {"Content": ""}, TextMessage(text="")),
    ("text", {"Content": "新装", "bizmsgmenuid": "w1"}, TextMessage(text="新装", choice="w1")),
    ("text", {"Content": UNSUPPORTED}, OtherMessage(name="unsupported")),
    ("image", {"PicUrl": "http://p.example/1", **MEDIA}, PhotoMessage(media_id="m-1")),
    ("file", {"Title": "平面图.pdf", **MEDIA}, PhotoMessage(media_id="m-1", name="平面图.pdf")),
    ("file", {"Title": "平面图.pdf", "FileKey": "k"}, OtherMessage(name="file")),
    ("voice", {"Format": "amr", "Recognition": "", **MEDIA}, VoiceMessage(media_id="m-1")),
    ("voice", {"Format": "amr", "Recognition": "你好", **MEDIA}, VoiceMessage(text="你好", media_id="m-1")),
    (
        "location",
        {"Location_X": 34.21, "Location_Y": "112.5", "Scale": 16, "Label": "东湖镇"},
        LocationMessage(latitude=34.21, longitude=112.5, label="东湖镇"),
    ),
    ("video", {"ThumbMediaId": "t", **MEDIA}, OtherMessage(name="video")),
    ("shortvideo", {"ThumbMediaId": "t", **MEDIA}, OtherMessage(name="shortvideo")),
    ("link", {"Title": "t", "Description": "d", "Url": "http://u.example/"}, OtherMessage(name="link")),
    ("hologram", {}, OtherMessage(name="hologram")),
]
EVENTS: list[tuple[dict[str, object], Message]] = [
    ({"Event": "subscribe", "EventKey": ""}, FollowMessage()),
    ({"Event": "subscribe"}, FollowMessage()),
    ({"Event": "subscribe", "EventKey": "qrscene_hall-3", "Ticket": "t"}, FollowMessage(scene="hall-3")),
    ({"Event": "SCAN", "EventKey": "hall-3", "Ticket": "t"}, FollowMessage(scene="hall-3")),
    ({"Event": "unsubscribe", "EventKey": ""}, UnfollowMessage()),
    ({"Event": "CLICK", "EventKey": "apply"}, MenuMessage(key="apply")),
    ({"Event": "scancode_waitmsg", "EventKey": "k"}, OtherMessage(name="scancode_waitmsg", event=True)),
]


def document(kind: str, **fields: object) -> str:
    created = int(NOW.timestamp())
    head = {"ToUserName": ORIGINAL, "FromUserName": OPENID, "CreateTime": created, "MsgType": kind}
    return element("xml", head | fields)


@pytest.mark.parametrize(("kind", "fields", "expected"), MESSAGES)
async def test_messages(site: Site, kind: str, fields: dict[str, object], expected: Message) -> None:
    client = site.client()
    seen = await client.message(OPENID, kind, fields, msg_id=41)
    assert seen.text == "收到 1"
    key = f"{APPID}:{OPENID}:41"
    assert site.hall.updates == [Update(account="safe", person=OPENID, key=key, at=NOW, message=expected)]
    await client.redeliver()
    assert len(site.hall.updates) == 1


@pytest.mark.parametrize(("fields", "expected"), EVENTS)
async def test_events(site: Site, fields: dict[str, object], expected: Message) -> None:
    client = site.client()
    await client.push(OPENID, client.document(OPENID, "event", fields))
    await client.redeliver()
    (update,) = site.hall.updates
    assert update.message == expected
    assert update.at == NOW
    event, event_key = fields["Event"], fields.get("EventKey", "")
    assert update.key.startswith(f"{APPID}:{OPENID}:{int(NOW.timestamp())}:{event}:{event_key}:")


async def test_blanks_around_what_is_no_persons_words(site: Site) -> None:
    """So the platform's own examples of card events have it: `<MsgType> <![CDATA[event]]> </MsgType>`."""
    client = site.client()
    spaced = re.sub(
        r"<(\w+)>([^<].*?|<!.*?)</\1>", r"<\1> \2\n</\1>", document("event", Event="CLICK", EventKey="apply")
    )
    assert "<MsgType> <![CDATA[event]]>\n</MsgType>" in spaced
    await client.push(OPENID, spaced)
    text = document("text", Content=" 新装 ", MsgId=41).replace("<MsgType>", "<MsgType>\n").replace(">41<", "> 41 <")
    await client.push(OPENID, text)
    menu, words = site.hall.updates
    assert (menu.person, menu.at, menu.message) == (OPENID, NOW, MenuMessage(key="apply"))
    assert (words.key, words.message) == (f"{APPID}:{OPENID}:41", TextMessage(text=" 新装 "))


@pytest.mark.parametrize(
    "event",
    [
        "LOCATION",
        "VIEW",
        "view_miniprogram",
        "MASSSENDJOBFINISH",
        "card_pass_check",
        "kf_create_session",
        "WifiConnected",
        "merchant_order",
        "ShakearoundUserShake",
        "pic_weixin",
        "what_they_think_of_next_year",
    ],
)
async def test_events_nobody_said_anything_with(site: Site, event: str) -> None:
    parsed = parse(account(Mode.PLAIN), document("event", Event=event, EventKey="http://u.example/"))
    assert parsed == Silent(name=event.lower())
    assert (await site.client().event(OPENID, event, "k")).raw == "success"
    assert not site.hall.updates


@pytest.mark.parametrize(
    ("status", "expected"),
    [("success", "delivered"), ("failed:user block", "blocked"), ("failed: system failed", "failed"), ("?", "failed")],
)
async def test_template_reports(site: Site, status: str, expected: str) -> None:
    seen = await site.client().event(OPENID, "TEMPLATESENDJOBFINISH", MsgID=200163836, Status=status)
    assert seen.raw == "success"
    (report,) = site.hall.reports
    assert isinstance(report, TemplateReport)
    assert (report.person, report.msgid, report.status) == (OPENID, "200163836", expected)


@pytest.mark.parametrize("several", [False, True])
async def test_subscription_reports(site: Site, several: bool) -> None:
    one = {"TemplateId": "t1", "SubscribeStatusString": "accept", "PopupScene": 2}
    two = {"TemplateId": "t2", "SubscribeStatusString": "reject", "PopupScene": 2}
    await site.client().event(
        OPENID, "subscribe_msg_popup_event", SubscribeMsgPopupEvent={"List": [one, two] if several else one}
    )
    (report,) = site.hall.reports
    assert isinstance(report, SubscriptionReport)
    expected = (
        SubscriptionItem(template="t1", status="accept", scene="2"),
        SubscriptionItem(template="t2", status="reject", scene="2"),
    )
    assert (report.kind, report.items) == ("popup", expected if several else expected[:1])


async def test_what_became_of_subscription_messages(site: Site) -> None:
    sent = {"TemplateId": "t1", "MsgID": 17, "ErrorCode": 0, "ErrorStatus": "success"}
    await site.client().event(OPENID, "subscribe_msg_sent_event", SubscribeMsgSentEvent={"List": sent})
    rejected = {"TemplateId": "t1", "SubscribeStatusString": "reject"}
    await site.client().event(OPENID, "subscribe_msg_change_event", SubscribeMsgChangeEvent={"List": rejected})
    kinds = [(one.kind, one.items) for one in site.hall.reports if isinstance(one, SubscriptionReport)]
    assert kinds == [
        ("sent", (SubscriptionItem(template="t1", status="success", msgid="17", code="0"),)),
        ("change", (SubscriptionItem(template="t1", status="reject"),)),
    ]


async def test_a_report_that_could_not_be_kept_is_asked_for_again(site: Site) -> None:
    client = site.client()
    site.hall.deaf = True
    assert (await client.event(OPENID, "TEMPLATESENDJOBFINISH", MsgID=1, Status="success")).status == 503
    site.hall.deaf = False
    assert (await client.redeliver()).raw == "success"
    assert len(site.hall.reports) == 1


def test_time_is_the_platforms() -> None:
    update = parse(account(Mode.PLAIN), document("text", Content="x", MsgId=1, CreateTime=0))
    assert isinstance(update, Update)
    assert update.at == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
