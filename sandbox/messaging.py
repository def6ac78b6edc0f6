"""What the product may send on its own: 客服消息, the typing signal, template messages, subscription messages."""

import html
from typing import Any
from urllib.parse import quote

from .errors import ApiError
from .fields import card_fields
from .opt_ins import sent, subscription_of
from .phones import Entry, Phone
from .reply import MAX_TEXT, Part
from .wire import Fields
from .world import Hall, World

_OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
_IDEMPOTENT = 600
"""Platform rule: client_msg_id protects a repeated template message for ten minutes."""
_TYPING_WITHIN, _TYPING_LASTS = 30, 15
"""Platform rule: typing needs an interaction within 30 s and lasts 15 s."""


def phone_of(hall: Hall, openid: Any) -> Phone:
    """The phone an openid belongs to; 40003 when it is none of this account's."""
    phone = hall.phones.get(openid) if isinstance(openid, str) else None
    if phone is None or phone.config.channel != "official":
        raise ApiError(40003, "invalid openid")
    return phone


def _follower(hall: Hall, openid: Any) -> Phone:
    phone = phone_of(hall, openid)
    if not phone.following:
        raise ApiError(43004, "require subscribe")
    if phone.blacklisted:
        raise ApiError(43019, "user in blacklist")
    return phone


def custom_send(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    """POST /cgi-bin/message/custom/send. A message that is refused for its content costs no quota."""
    phone = _follower(hall, body.get("touser"))
    part = _custom_part(world, hall, body)
    hall.door.writes("message/custom/send", phone.openid, world.clock.now())
    phone.ledger.spend(world.clock.now())
    phone.typing_until = 0.0
    world.show(hall, phone, world.entry_of(hall, phone, part, "custom"))
    world.changed(hall, phone)
    return _OK


def _custom_part(world: World, hall: Hall, body: dict[str, Any]) -> Part:
    kind = body.get("msgtype")
    content = body.get(kind) if isinstance(kind, str) else None
    if kind not in {"text", "image", "news", "msgmenu"}:
        raise ApiError(40008, "invalid message type")
    if not isinstance(content, dict):
        raise ApiError(47001, f"data format error: {kind}")
    if kind == "text":
        return _text(content.get("content"))
    if kind == "image":
        medium = world.media.as_kind(hall.account.id, str(content.get("media_id")), "image", world.clock.now())
        return Part("image", media_id=medium.id)
    if kind == "news":
        return _news(content.get("articles"))
    if not hall.account.accepts_msgmenu:
        raise ApiError(40200, "invalid account type")
    return _msgmenu(content)


def _text(content: Any) -> Part:
    if not isinstance(content, str) or not content.strip():
        raise ApiError(44004, "empty content")
    if len(content.encode("utf-8", "replace")) > MAX_TEXT:
        raise ApiError(45002, "content size out of limit")
    return Part("text", content)


def _news(articles: Any) -> Part:
    if not isinstance(articles, list) or not articles or not isinstance(articles[0], dict):
        raise ApiError(44003, "empty news data")
    if len(articles) > 1:
        raise ApiError(45008, "article size out of limit")
    title, about, url, picture = (str(articles[0].get(key, "")) for key in ("title", "description", "url", "picurl"))
    if not title.strip():
        raise ApiError(44003, "empty news data")
    return Part("news", about, title, url, picture)


def _msgmenu(content: dict[str, Any]) -> Part:
    choices = content.get("list")
    if not isinstance(choices, list) or not choices or not all(isinstance(choice, dict) for choice in choices):
        raise ApiError(40201, "invalid msgmenu list")
    lines = [str(content.get("head_content", ""))]
    for choice in choices:
        words, number = str(choice.get("content", "")), str(choice.get("id", ""))
        link = f"weixin://bizmsgmenu?msgmenucontent={quote(words)}&msgmenuid={quote(number)}"
        lines.append(f'<a href="{html.escape(link)}">{words}</a>')
    lines.append(str(content.get("tail_content", "")))
    return _text("\n".join(line for line in lines if line))


def typing(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    """POST /cgi-bin/message/custom/typing."""
    phone, now = _follower(hall, body.get("touser")), world.clock.now()
    command = body.get("command")
    if command not in {"Typing", "CancelTyping"}:
        raise ApiError(45072, "invalid command")
    if command == "Typing":
        if phone.ledger.last is None or now - phone.ledger.last > _TYPING_WITHIN:
            raise ApiError(45080, "no interaction within 30 seconds")
        if now < phone.typing_until:
            raise ApiError(45081, "already typing")
    phone.typing_until = now + _TYPING_LASTS if command == "Typing" else 0.0
    seconds = _TYPING_LASTS if command == "Typing" else 0
    world.stream.publish("typing", hall.account.id, {"openid": phone.openid, "seconds": seconds})
    return _OK


def template_send(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    """POST /cgi-bin/message/template/send; TEMPLATESENDJOBFINISH follows as a push of its own."""
    phone = _follower(hall, body.get("touser"))
    template_id, now = body.get("template_id"), world.clock.now()
    template = next((known for known in hall.account.templates if known.template_id == template_id), None)
    if not isinstance(template_id, str) or not template_id or (hall.account.templates and template is None):
        raise ApiError(40037, "invalid template_id")
    client_id = body.get("client_msg_id")
    if client_id is not None and (not isinstance(client_id, str) or not 0 < len(client_id) <= 32):
        raise ApiError(47003, "argument invalid! client_msg_id invalid")
    lines = card_fields(body.get("data"), template)
    hall.sent = {key: value for key, value in hall.sent.items() if now - value[1] <= _IDEMPOTENT}
    if client_id is not None and (phone.openid, client_id) in hall.sent:
        return _OK | {"msgid": hall.sent[phone.openid, client_id][0]}
    hall.door.writes("message/template/send", phone.openid, now)
    number = world.ids.draw()
    if client_id is not None:
        hall.sent[phone.openid, client_id] = (number, now)
    status = "failed:user block" if phone.blocks_templates else "success"
    if not phone.blocks_templates:
        title = template.title if template else "服务通知"
        card = Entry(side="them", kind="template", origin="template", title=title, fields=lines)
        world.show(hall, phone, card.model_copy(update={"url": _web(body.get("url"))}))
    _job_finished(world, hall, phone, [("Event", "TEMPLATESENDJOBFINISH"), ("MsgID", number), ("Status", status)])
    return _OK | {"msgid": number}


def subscribe_send(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    """POST /cgi-bin/message/subscribe/bizsend. Platform rule: a one-time opt-in carries one message, then 43101."""
    phone, now = phone_of(hall, body.get("touser")), world.clock.now()
    template_id: Any = body.get("template_id")
    template = subscription_of(hall.account, template_id)
    lines = card_fields(body.get("data"), template)
    if not phone.opt_ins.allows(template_id):
        raise ApiError(43101, "user refuse to accept the msg")
    hall.door.writes("message/subscribe/bizsend", phone.openid, now)
    phone.opt_ins.spend(template_id)
    title = template.title if template else "订阅通知"
    card = Entry(side="them", kind="template", origin="subscribe", title=title, fields=lines)
    world.show(hall, phone, card.model_copy(update={"url": _web(body.get("page"))}))
    world.changed(hall, phone)
    number = world.ids.draw()
    _job_finished(world, hall, phone, sent(template_id, number))
    return _OK | {"msgid": number}


def _web(url: Any) -> str | None:
    return url if isinstance(url, str) and url.startswith(("http://", "https://")) else None


def _job_finished(world: World, hall: Hall, phone: Phone, fields: Fields) -> None:
    push = world.compose(hall, phone, "event", fields, number=None, quiet=True)
    world.later(world.deliver(hall, phone, push))
