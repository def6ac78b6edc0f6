"""The kinds of messages a person sends, read into ours; official accounts and WeCom write them alike (platform rule)."""

import datetime as dt
import math
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from bot.channels.wechat.document import field, word
from bot.channels.wechat.refused import broken
from model.message import LocationMessage, Message, OtherMessage, PhotoMessage, TextMessage, VoiceMessage

UNSUPPORTED: Final = "【收到不支持的消息类型，暂无法显示】"
"""Platform rule: what an unsupported message may arrive as."""

MAX_NAME: Final = 64


def message_of(kind: str, root: Element) -> Message:
    """The message of this MsgType. Raises Refused (400)."""
    read = _KINDS.get(kind)
    return read(root) if read else OtherMessage(name=kind[:MAX_NAME])


def number_in(root: Element) -> str:
    """Its MsgId. Raises Refused (400)."""
    number = word(root, "MsgId")
    if not (number.isascii() and number.isdigit()):
        raise broken("msgid")
    return number


def sent_at(root: Element) -> dt.datetime:
    """When it was sent. Raises Refused (400)."""
    text = word(root, "CreateTime")
    if not (text.isascii() and text.isdigit() and len(text) <= 11):
        raise broken("create_time")
    return dt.datetime.fromtimestamp(int(text), dt.UTC)


def _text(root: Element) -> Message:
    text = field(root, "Content")
    if text == UNSUPPORTED:
        return OtherMessage(name="unsupported")
    return TextMessage(text=text, choice=word(root, "bizmsgmenuid") or None)


def _photo(root: Element) -> Message:
    media = word(root, "MediaId")
    if not media:
        raise broken("media_id")
    return PhotoMessage(media_id=media)


def _file(root: Element) -> Message:
    # Some accounts get a FileKey only, which nothing can fetch: then the person must be asked for a photo.
    media = word(root, "MediaId")
    return PhotoMessage(media_id=media, name=field(root, "Title")) if media else OtherMessage(name="file")


def _voice(root: Element) -> Message:
    return VoiceMessage(text=field(root, "Recognition"), media_id=word(root, "MediaId"))


def _location(root: Element) -> Message:
    try:
        latitude, longitude = float(field(root, "Location_X")), float(field(root, "Location_Y"))
    except ValueError as error:
        raise broken("location") from error
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise broken("location")
    return LocationMessage(latitude=latitude, longitude=longitude, label=field(root, "Label"))


_KINDS: Final[dict[str, Callable[[Element], Message]]] = {
    "text": _text,
    "image": _photo,
    "file": _file,
    "voice": _voice,
    "location": _location,
}
