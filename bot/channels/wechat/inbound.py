"""A verified message of the platform, read into an Update of ours.

wechatpy's `parse_message` is not used: it rewrites the event of a followed scan and knows neither `bizmsgmenuid` nor
files, and the dedupe key needs the raw fields anyway.
"""

import hashlib
from typing import Final, Literal
from xml.etree.ElementTree import Element

from bot.channels.wechat.account import Account
from bot.channels.wechat.document import document, field, word
from bot.channels.wechat.kinds import MAX_NAME, message_of, number_in, sent_at
from bot.channels.wechat.refused import broken, forbidden
from bot.channels.wechat.reports import Report, Silent, SubscriptionItem, SubscriptionReport, TemplateReport
from model.message import FollowMessage, MenuMessage, Message, OtherMessage, UnfollowMessage, Update

Inbound = Update | Silent | Report

_ACTS: Final = frozenset({"subscribe", "unsubscribe", "scan", "click", "scancode_waitmsg"})
"""Events that a person means us to hear. All others tell of something else (a place every few seconds, a page, a shop, a card, an audit,
a photo that comes as a message besides), and there are always new ones: an answer to them would come out of the blue.
"""
_SUBSCRIPTION_EVENTS: dict[str, Literal["popup", "change", "sent"]] = {
    "subscribe_msg_popup_event": "popup",
    "subscribe_msg_change_event": "change",
    "subscribe_msg_sent_event": "sent",
}
_SCENE_PREFIX = "qrscene_"


def parse(account: Account, xml: str) -> Inbound:
    """The message for the conversation, a report on our pushes, or Silent.

    Raises Refused: 400 when it is no platform message, 403 when it is addressed to another account.
    """
    root = document(xml)
    if word(root, "ToUserName") != account.original_id:
        raise forbidden("wrong_recipient")
    person, kind = word(root, "FromUserName"), word(root, "MsgType").lower()
    if not person or not kind:
        raise broken("fields")
    if kind == "event":
        return _event(account, person, root, xml)
    key = f"{account.appid}:{person}:{number_in(root)}"
    return Update(account=account.id, person=person, key=key, at=sent_at(root), message=message_of(kind, root))


def _event(account: Account, person: str, root: Element, xml: str) -> Inbound:
    name, event_key = word(root, "Event"), word(root, "EventKey")
    if not name:
        raise broken("event")
    digest = hashlib.sha1(xml.encode(), usedforsecurity=False).hexdigest()
    key = f"{account.appid}:{person}:{word(root, 'CreateTime')}:{name}:{event_key}:{digest}"
    at, lowered = sent_at(root), name.lower()
    if lowered == "templatesendjobfinish":
        status = _template_status(field(root, "Status"))
        msgid = word(root, "MsgID") or word(root, "MsgId")
        return TemplateReport(account=account.id, person=person, key=key, at=at, msgid=msgid, status=status)
    if lowered in _SUBSCRIPTION_EVENTS:
        kind, items = _SUBSCRIPTION_EVENTS[lowered], tuple(_item(one) for one in root.iter("List"))
        return SubscriptionReport(account=account.id, person=person, key=key, at=at, kind=kind, items=items)
    if lowered not in _ACTS:
        return Silent(name=lowered[:MAX_NAME])
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
            return OtherMessage(name=name[:MAX_NAME], event=True)


def _template_status(text: str) -> Literal["delivered", "blocked", "failed"]:
    # Platform rule: success, `failed:user block`, `failed: system failed`.
    if text.strip().lower() == "success":
        return "delivered"
    return "blocked" if "user block" in text.lower() else "failed"


def _item(one: Element) -> SubscriptionItem:
    return SubscriptionItem(
        template=word(one, "TemplateId"),
        status=word(one, "SubscribeStatusString") or word(one, "ErrorStatus"),
        scene=word(one, "PopupScene"),
        msgid=word(one, "MsgID"),
        code=word(one, "ErrorCode"),
    )
