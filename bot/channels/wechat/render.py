"""A Reply as the text of a passive reply, and that as XML.

Only buttons become markup. Everything else is somebody's text, perhaps an applicant's own words read back, and must
not be able to form a link that sends words in the reader's name.
"""

import re
from typing import Final

from model.message import Button, Reply

MAX_TEXT_BYTES: Final = 2048
"""Platform rule (reported, not documented): a text reply holds about 2048 bytes of UTF-8."""

CUT_NOTE: Final = "（内容过长，未能全部显示）"

# Not allowed in XML 1.0, or invisible and without meaning in a chat; `\r` has become `\n` before.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# `&lt;` and `&#60;` too: whether a phone decodes them before it looks for links is undocumented.
_ENTITY = re.compile(r"&(?=lt|#)", re.IGNORECASE)
# Characters that end a query value, an attribute or a tag; Chinese stays as it is, as in the platform's own example.
_IN_LINK = str.maketrans({character: f"%{ord(character):02X}" for character in "%&#+=?\"'<>\\ \t\n"})


def plain(text: str) -> str:
    """The text without control characters, and with `<` widened to `＜`, which no phone takes for a tag."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ENTITY.sub("＆", text.replace("<", "＜"))


def text_of(reply: Reply, limit: int = MAX_TEXT_BYTES, *, links: bool = True) -> str:
    """The whole reply within `limit` bytes of UTF-8; "" means: say nothing.

    Degrades in this order: choices as links (if there are `links` in a chat: WeCom has none that answer), choices as plain
    numbered lines, the text cut at a line end with a note.
    Callers page long replies before; the last step only keeps the platform from refusing the reply.
    """
    if not reply.text and not reply.buttons:
        return ""
    text, tail = plain(reply.text), plain(reply.tail)
    for line in (_link, _line) if links else (_line,):
        whole = _joined(text, *(line(button) for button in reply.buttons), tail)
        if _size(whole) <= limit:
            return whole if whole.strip() else ""
    choices = [_line(button) for button in reply.buttons]
    room = limit - _size(_joined("\n", CUT_NOTE, *choices, tail))
    if room > 0:
        return _joined(_cut(text, room), CUT_NOTE, *choices, tail)
    # The choices alone are too long: a form with this many was never meant for one message.
    return _joined(_cut(_joined(text, *choices, tail), limit - _size("\n" + CUT_NOTE)), CUT_NOTE)


def reply_xml(*, person: str, account: str, created: int, text: str) -> str:
    """The passive reply (platform rule: text, CDATA). `account` is the original id, `created` Unix seconds."""
    return (
        f"<xml><ToUserName>{cdata(person)}</ToUserName><FromUserName>{cdata(account)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>{cdata(text)}</Content></xml>"
    )


def cdata(text: str) -> str:
    """The text as CDATA: `]]>` is split, so that it cannot end the section; what XML forbids is dropped."""
    return f"<![CDATA[{_CONTROL.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _caption(button: Button) -> str:
    # A link without words cannot be tapped, and a `>` in one might end it.
    label = plain(button.label or button.say).replace("\n", " ").replace(">", "＞")
    return label if button.number is None else f"{button.number} {label}"


def _link(button: Button) -> str:
    # Platform rule: the tap sends msgmenucontent as a text message, with msgmenuid as its bizmsgmenuid.
    say = _CONTROL.sub("", button.say).translate(_IN_LINK)
    if not say:
        return _caption(button)
    number = _CONTROL.sub("", button.id).translate(_IN_LINK)
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={say}&msgmenuid={number}">{_caption(button)}</a>'


def _line(button: Button) -> str:
    if button.number is not None or button.say in {"", button.label}:
        return _caption(button)
    return f"{_caption(button)}（回复“{plain(button.say)}”）"


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _size(text: str) -> int:
    return len(text.encode())


def _cut(text: str, room: int) -> str:
    """The longest beginning of whole lines within `room` bytes; if not even one line fits, of whole characters."""
    start = text.encode()[: max(room, 0)].decode(errors="ignore")
    if len(start) == len(text) or text[len(start)] == "\n":
        return start
    line_end = start.rfind("\n")
    return start[:line_end] if line_end > 0 else start
