"""A verified message of the platform, read into an Update of ours.

wechatpy's `parse_message` is not used: it rewrites the event of a followed scan and knows neither `bizmsgmenuid` nor
files, and the dedupe key needs the raw fields anyway.
"""

import datetime as dt
import hashlib
import math
from collections.abc import Callable
from typing import Final, Literal
from xml.etree.ElementTree import Element

from bot.channels.wechat.account import Account
from bot.channels.wechat.document import document, field
from bot.channels.wechat.refused import broken, forbidden
from bot.channels.wechat.reports import Report, Silent, SubscriptionItem, SubscriptionReport, TemplateReport
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

Inbound = Update | Silent | Report

UNSUPPORTED: Final = "【收到不支持的消息类型，暂无法显示】"
"""Platform rule: what an unsupported message may arrive as."""

_SILENT_EVENTS = frozenset(
    {
        "location",  # every ~5 s while the person reads (platform rule): never answer
        "view",
        "view_miniprogram",
        "masssendjobfinish",
        "publishjobfinish",
        "freepublishjobfinish",
        "enter",
    }
)
_SILENT_PREFIXES = ("kf_", "card_", "user_", "qualification_", "naming_", "annual_", "verify_", "subscribe_msg_")
_SUBSCRIPTION_EVENTS: dict[str, Literal["popup", "change", "sent"]] = {
    "subscribe_msg_popup_event": "popup",
    "subscribe_msg_change_event": "change",
    "subscribe_msg_sent_event": "sent",
}
_SCENE_PREFIX = "qrscene_"
_MAX_NAME = 64


def parse(account: Account, xml: str) -> Inbound:
    """The message for the conversation, a report on our pushes, or Silent.

    Raises Refused: 400 when it is no platform message, 403 when it is addressed to another account.
    """
    root = document(xml)
    if field(root, "ToUserName") != account.original_id:
        raise forbidden("wrong_recipient")
    person, kind = field(root, "FromUserName"), field(root, "MsgType").lower()
    if not person or not kind:
        raise broken("fields")
    if kind == "event":
        return _event(account, person, root, xml)
    number = field(root, "MsgId")
    if not (number.isascii() and number.isdigit()):
        raise broken("msgid")
    read = _KINDS.get(kind)
    message = read(root) if read else OtherMessage(name=kind[:_MAX_NAME])
    key = f"{account.appid}:{person}:{number}"
    return Update(account=account.id, person=person, key=key, at=_at(root), message=message)


def _at(root: Element) -> dt.datetime:
    text = field(root, "CreateTime")
    if not (text.isascii() and text.isdigit() and len(text) <= 11):
        raise broken("create_time")
    return dt.datetime.fromtimestamp(int(text), dt.UTC)


def _text(root: Element) -> Message:
    text = field(root, "Content")
    if text == UNSUPPORTED:
        return OtherMessage(name="unsupported")
    return TextMessage(text=text, choice=field(root, "bizmsgmenuid") or None)


def _photo(root: Element) -> Message:
    media = field(root, "MediaId")
    if not media:
        raise broken("media_id")
    return PhotoMessage(media_id=media)


def _file(root: Element) -> Message:
    # Some accounts get a FileKey only, which nothing can fetch: then the person must be asked for a photo.
    media = field(root, "MediaId")
    return PhotoMessage(media_id=media, name=field(root, "Title")) if media else OtherMessage(name="file")


def _voice(root: Element) -> Message:
    return VoiceMessage(text=field(root, "Recognition"))


def _location(root: Element) -> Message:
    try:
        latitude, longitude = float(field(root, "Location_X")), float(field(root, "Location_Y"))
    except ValueError as error:
        raise broken("location") from error
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise broken("location")
    return LocationMessage(latitude=latitude, longitude=longitude, label=field(root, "Label"))


_KINDS: dict[str, Callable[[Element], Message]] = {
    "text": _text,
    "image": _photo,
    "file": _file,
    "voice": _voice,
    "location": _location,
}


def _event(account: Account, person: str, root: Element, xml: str) -> Inbound:
    name, event_key = field(root, "Event"), field(root, "EventKey")
    if not name:
        raise broken("event")
    digest = hashlib.sha1(xml.encode(), usedforsecurity=False).hexdigest()
    key = f"{account.appid}:{person}:{field(root, 'CreateTime')}:{name}:{event_key}:{digest}"
    at, lowered = _at(root), name.lower()
    if lowered == "templatesendjobfinish":
        status = _template_status(field(root, "Status"))
        msgid = field(root, "MsgID") or field(root, "MsgId")
        return TemplateReport(account=account.id, person=person, key=key, at=at, msgid=msgid, status=status)
    if lowered in _SUBSCRIPTION_EVENTS:
        kind, items = _SUBSCRIPTION_EVENTS[lowered], tuple(_item(one) for one in root.iter("List"))
        return SubscriptionReport(account=account.id, person=person, key=key, at=at, kind=kind, items=items)
    if lowered in _SILENT_EVENTS or lowered.startswith(_SILENT_PREFIXES):
        return Silent(name=lowered[:_MAX_NAME])
    message = _event_message(lowered, event_key)
    return Update(account=account.id, person=person, key=key, at=at, message=message)


def _event_message(name: str, event_key: str) -> Message:
    match name:
        case "subscribe":
            _, _, scene = event_key.partition(_SCENE_PREFIX)
            return FollowMessage(scene=scene)
        case "scan":
            return FollowMessage(scene=event_key)
        case "unsubscribe":
            return UnfollowMessage()
        case "click":
            return MenuMessage(key=event_key)
        case _:
            return OtherMessage(name=name[:_MAX_NAME], event=True)


def _template_status(text: str) -> Literal["delivered", "blocked", "failed"]:
    # Platform rule: success, `failed:user block`, `failed: system failed`.
    if text.strip().lower() == "success":
        return "delivered"
    return "blocked" if "user block" in text.lower() else "failed"


def _item(one: Element) -> SubscriptionItem:
    return SubscriptionItem(
        template=field(one, "TemplateId"),
        status=field(one, "SubscribeStatusString") or field(one, "ErrorStatus"),
        scene=field(one, "PopupScene"),
        msgid=field(one, "MsgID"),
        code=field(one, "ErrorCode"),
    )
