"""A verified message of WeCom, read into an Update of ours."""

import hashlib
from xml.etree.ElementTree import Element

from bot.channels.wechat.document import document, field
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.kinds import MAX_NAME, message_of, number_in, sent_at
from bot.channels.wechat.refused import broken, forbidden
from bot.channels.wechat.reports import Silent
from bot.channels.wecom.app import WeComApp
from bot.channels.wecom.presses import said_by
from model.message import FollowMessage, MenuMessage, Message, OtherMessage, UnfollowMessage, Update


def parse_wecom(app: WeComApp, xml: str) -> Inbound:
    """The message for the conversation, or Silent: most events of an enterprise are nobody's words.

    Raises Refused: 400 when it is no platform message, 403 when it is addressed to another enterprise or app.
    """
    root = document(xml)
    if field(root, "ToUserName") != app.corpid or field(root, "AgentID") not in ("", str(app.agentid)):
        raise forbidden("wrong_recipient")
    person, kind = field(root, "FromUserName"), field(root, "MsgType").lower()
    if not person or not kind:
        raise broken("fields")
    if kind == "event":
        return _event(app, person, root, xml)
    key = f"{app.name}:{person}:{number_in(root)}"
    return Update(account=app.id, person=person, key=key, at=sent_at(root), message=message_of(kind, root))


def _event(app: WeComApp, person: str, root: Element, xml: str) -> Inbound:
    name, event_key = field(root, "Event"), field(root, "EventKey")
    if not name:
        raise broken("event")
    message = _event_message(name.lower(), event_key)
    if message is None:
        return Silent(name=name[:MAX_NAME])
    digest = hashlib.sha1(xml.encode(), usedforsecurity=False).hexdigest()
    key = f"{app.name}:{person}:{field(root, 'CreateTime')}:{name}:{event_key}:{digest}"
    return Update(account=app.id, person=person, key=key, at=sent_at(root), message=message)


def _event_message(name: str, event_key: str) -> Message | None:
    match name:
        case "template_card_event":
            # A card that is not one of ours: whoever sent it by the same app knows what to do with it.
            return said_by(event_key)
        case "subscribe":
            return FollowMessage()
        case "unsubscribe":
            return UnfollowMessage()
        case "click":
            return MenuMessage(key=event_key)
        case "location" | "view" | "enter_agent":
            return None
        case "scancode_waitmsg" | "pic_sysphoto" | "pic_photo_or_album" | "pic_weixin" | "location_select":
            return OtherMessage(name=name)
        case _:
            return None
