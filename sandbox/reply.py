"""What the product answered to a push, and whether the platform would show it."""

from dataclasses import dataclass, field
from xml.etree import ElementTree

from .accounts import Account, Mode
from .crypto import CryptoError, MessageCipher, same, signature
from .wire import WireError, child, parse

MAX_TEXT = 2048
"""Platform rule: a text reply holds about 2048 bytes of UTF-8."""


@dataclass(frozen=True)
class Part:
    """One thing a reply puts on the phone."""

    kind: str
    content: str = ""
    title: str = ""
    url: str = ""
    picture: str = ""
    media_id: str = ""


@dataclass(frozen=True)
class Verdict:
    """A reply judged: its readable XML, what it shows, and why it is refused, if it is."""

    text: str
    parts: tuple[Part, ...] = field(default=())
    refused: str = ""


def judge(account: Account, openid: str, body: bytes, known_media: frozenset[str] = frozenset()) -> Verdict:
    """Platform rule: `success` or an empty body shows nothing; an XML reply must come back the way the mode demands,
    be addressed to the person and from the account; everything else shows the person a failure line.
    """
    text = body.decode("utf-8", "replace")
    if text.strip() in {"", "success"}:
        return Verdict(text)
    try:
        text, root = _open(account, text)
        return Verdict(text, (_part(account, openid, root, known_media),))
    except (WireError, CryptoError) as error:
        return Verdict(text, refused=str(error))


def _open(account: Account, text: str) -> tuple[str, ElementTree.Element]:
    root = parse(text)
    if root.find("Encrypt") is None:
        if account.mode is Mode.SAFE:
            raise WireError("安全模式下回复了明文")
        return text, root
    if account.mode is Mode.PLAIN:
        raise WireError("明文模式下回复了密文")
    sealed, stamp, nonce = child(root, "Encrypt"), child(root, "TimeStamp"), child(root, "Nonce")
    if not same(child(root, "MsgSignature"), signature(account.token, stamp, nonce, sealed)):
        raise WireError("MsgSignature 不对")
    opened = MessageCipher(account.encoding_aes_key, account.appid).decrypt(sealed)
    return opened, parse(opened)


def _part(account: Account, openid: str, root: ElementTree.Element, known_media: frozenset[str]) -> Part:
    if child(root, "ToUserName") != openid:
        raise WireError("ToUserName 不是发消息的人")
    if child(root, "FromUserName") != account.original_id:
        raise WireError("FromUserName 不是本公众号")
    if not child(root, "CreateTime").strip().isdigit():
        raise WireError("CreateTime 不是整数")
    kind = child(root, "MsgType")
    if kind == "text":
        return _text(child(root, "Content"))
    if kind == "image":
        media_id = child(root, "Image/MediaId").strip()
        if media_id not in known_media:
            raise WireError("Image/MediaId 不存在或已过期")
        return Part("image", media_id=media_id)
    if kind == "news":
        return _news(root)
    raise WireError(f"沙箱不显示 MsgType {kind[:20]}")


def _text(content: str) -> Part:
    size = len(content.encode("utf-8"))
    if not content.strip():
        raise WireError("Content 为空")
    if size > MAX_TEXT:
        raise WireError(f"Content 有 {size} 字节，超过 {MAX_TEXT}")
    return Part("text", content=content)


def _news(root: ElementTree.Element) -> Part:
    items = root.findall("Articles/item")
    # Platform rule: a reply to a person's message carries one article.
    if child(root, "ArticleCount").strip() != "1" or len(items) != 1:
        raise WireError("图文消息只能有 1 条")
    item = items[0]
    title, url = child(item, "Title"), child(item, "Url")
    if not title.strip():
        raise WireError("图文消息没有标题")
    return Part("news", child(item, "Description"), title, url, item.findtext("PicUrl") or "")
