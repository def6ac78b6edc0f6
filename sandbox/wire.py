"""The XML that travels between platform and product, and the envelope of each mode around it."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union
from xml.etree import ElementTree

from .accounts import Account, Mode
from .crypto import MessageCipher, signature

Value = Union[str, int, float, "Fields"]
Fields = Sequence[tuple[str, Value]]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class WireError(ValueError):
    """A document the platform could not read."""


@dataclass(frozen=True)
class Envelope:
    """One HTTP request to the product: its query and its body."""

    query: dict[str, str]
    body: bytes


def _cdata(text: str) -> str:
    # "]]>" inside CDATA would end it and let a person's words become markup.
    return "<![CDATA[" + _CONTROL.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _element(tag: str, value: Value) -> str:
    if isinstance(value, str):
        inner = _cdata(value)
    elif isinstance(value, int | float):
        inner = str(value)
    else:
        inner = "".join(_element(name, part) for name, part in value)
    return f"<{tag}>{inner}</{tag}>"


def build(fields: Fields) -> str:
    """An <xml> document in the platform's manner: text in CDATA, numbers bare, order kept."""
    return _element("xml", fields)


def parse(text: str) -> ElementTree.Element:
    """Read an <xml> document; a document type is refused, because it can only be an attack."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise WireError("XML 含有 DOCTYPE")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise WireError("不是合法的 XML") from error
    if root.tag != "xml":
        raise WireError("根元素不是 <xml>")
    return root


def child(root: ElementTree.Element, tag: str) -> str:
    """The text of a required child element."""
    text = root.findtext(tag)
    if text is None:
        raise WireError(f"缺少 {tag}")
    return text


def seal(account: Account, xml: str, openid: str, now: float) -> Envelope:
    """Platform rule: the URL carries signature, timestamp, nonce, openid; an encrypted body adds encrypt_type and
    msg_signature = sha1(sorted(token, timestamp, nonce, Encrypt)). Every call draws a new nonce and ciphertext.
    """
    query = greet(account, now) | {"openid": openid}
    if account.mode is Mode.PLAIN:
        return Envelope(query, xml.encode("utf-8"))
    sealed = MessageCipher(account.encoding_aes_key, account.appid).encrypt(xml)
    query["encrypt_type"] = "aes"
    query["msg_signature"] = signature(account.token, query["timestamp"], query["nonce"], sealed)
    if account.mode is Mode.COMPATIBLE:
        body = xml.removesuffix("</xml>") + _element("Encrypt", sealed) + "</xml>"
    else:
        body = build([("ToUserName", account.original_id), ("Encrypt", sealed)])
    return Envelope(query, body.encode("utf-8"))


def greet(account: Account, now: float) -> dict[str, str]:
    """The three values that prove a request comes from the platform."""
    timestamp, nonce = str(int(now)), str(secrets.randbelow(9 * 10**8) + 10**8)
    return {"signature": signature(account.token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
