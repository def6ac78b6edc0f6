"""A stand-in for the platform's pushing side, written from its published description alone.

It shares no code with the product, so that a misreading of the rules on one side does not hide on the other.
"""

import base64
import hashlib
import itertools
import re
import secrets
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import aiohttp
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_ANCHOR = re.compile(r'<a href="(weixin://bizmsgmenu\?[^"<>]*)">([^<>]*)</a>')
_ELEMENT = re.compile(r"<(\w+)>(.*?)</\1>", re.DOTALL)
_SECTION = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_numbers = itertools.count(24_000_000_000_000_001)


class WrongReply(AssertionError):
    """The product's answer is one that the platform would not accept."""


@dataclass(frozen=True)
class ReplySeen:
    """What came back: the words on the phone without markup, the tappable choices, and the answer as it was.

    `links` are (what a tap sends, its id, its label). `text` is "" for `success` and for statuses other than 200.
    """

    text: str
    links: list[tuple[str, str, str]] = field(default_factory=list)
    raw: str = ""
    status: int = 200
    content: str = ""

    @property
    def labels(self) -> list[str]:
        """The labels of the choices."""
        return [label for _, _, label in self.links]


def sha1_of(*parts: str) -> str:
    """The platform's signature over these parts."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


class Envelopes:
    """AES-256-CBC with the key's first half as IV, PKCS#7 to 32 bytes, and the appid at the end."""

    def __init__(self, aes_key: str, appid: str) -> None:
        self.key = base64.b64decode(aes_key + "=")
        self.appid = appid.encode()

    def seal_bytes(self, plain: bytes) -> str:
        """Encrypt bytes that are already a whole number of blocks."""
        encryptor = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).encryptor()
        return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()

    def seal(self, xml: str | bytes, appid: str | None = None) -> str:
        """Encrypt a document."""
        data = xml.encode() if isinstance(xml, str) else xml
        tail = self.appid if appid is None else appid.encode()
        plain = secrets.token_bytes(16) + struct.pack(">I", len(data)) + data + tail
        fill = 32 - len(plain) % 32
        return self.seal_bytes(plain + bytes([fill]) * fill)

    def open(self, sealed: str) -> str:
        """Decrypt a document and check padding, length and appid."""
        decryptor = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).decryptor()
        plain = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
        fill = plain[-1]
        if not 1 <= fill <= 32 or plain[-fill:] != bytes([fill]) * fill:
            raise WrongReply("padding")
        (length,) = struct.unpack(">I", plain[16:20])
        data, appid = plain[20 : 20 + length], plain[20 + length : -fill]
        if len(data) != length or appid != self.appid:
            raise WrongReply("appid in the reply")
        return data.decode()


def element(tag: str, value: object) -> str:
    """One element; texts in CDATA, numbers bare, mappings nested, lists repeated."""
    if isinstance(value, list | tuple):
        return "".join(element(tag, one) for one in value)
    if isinstance(value, Mapping):
        return f"<{tag}>" + "".join(element(name, one) for name, one in value.items()) + f"</{tag}>"
    if isinstance(value, str):
        return f"<{tag}><![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + f"]]></{tag}>"
    return f"<{tag}>{value}</{tag}>"


def elements(xml: str) -> dict[str, str]:
    """The children of a flat `<xml>` document."""
    text = xml.strip()
    if not (text.startswith("<xml>") and text.endswith("</xml>")):
        raise WrongReply("not an <xml> document")
    # CDATA may hold anything that looks like an element: put the sections away before looking for elements.
    sections: list[str] = []

    def away(match: re.Match[str]) -> str:
        sections.append(match.group(1))
        return f"\0{len(sections) - 1}\0"

    flat = _SECTION.sub(away, text[5:-6])
    rest = _ELEMENT.sub("", flat).strip()
    if rest or "<![CDATA[" in flat:
        raise WrongReply("loose text between elements")
    back = re.compile(r"\0(\d+)\0")
    return {
        name: back.sub(lambda match: sections[int(match.group(1))], value) for name, value in _ELEMENT.findall(flat)
    }


def seen_in(content: str) -> tuple[str, list[tuple[str, str, str]]]:
    """What a phone makes of a text: the visible words, and the choices in it."""
    links = []
    for href, label in _ANCHOR.findall(content):
        query = parse_qs(urlsplit(href).query, keep_blank_values=True)
        links.append((query["msgmenucontent"][0], query.get("msgmenuid", [""])[0], label))
    visible = _ANCHOR.sub(lambda match: match.group(2), content)
    if "<a" in visible:
        raise WrongReply("a link that is no choice")
    return visible, links


class SafeClient:
    """Pushes messages of one account to the product, in safe mode unless told otherwise.

    `endpoint` is the whole URL of the account, `to_user` its original id, `clock` the platform's time.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - an account has that many secrets
        self,
        session: aiohttp.ClientSession,
        endpoint: str,
        token: str,
        aes_key: str,
        appid: str,
        to_user: str,
        clock: Callable[[], datetime],
        *,
        mode: str = "safe",
    ) -> None:
        self.session = session
        self.endpoint = endpoint
        self.token = token
        self.envelopes = Envelopes(aes_key, appid)
        self.to_user = to_user
        self.clock = clock
        self.mode = mode
        self.last_xml = ""
        self.last_openid = ""
        self._last_request: tuple[dict[str, str], bytes] = ({}, b"")

    async def text(self, openid: str, text: str, msg_id: int | None = None, menu_id: str | None = None) -> ReplySeen:
        """Words typed, or with `menu_id` a tapped choice."""
        extra = {} if menu_id is None else {"bizmsgmenuid": menu_id}
        return await self.message(openid, "text", {"Content": text, **extra}, msg_id)

    async def tap(self, openid: str, link: tuple[str, str, str], msg_id: int | None = None) -> ReplySeen:
        """Tap a choice of a reply seen before."""
        content, menu_id, _ = link
        return await self.text(openid, content, msg_id, menu_id)

    async def photo(self, openid: str, media_id: str, msg_id: int | None = None) -> ReplySeen:
        """A photo."""
        fields = {"PicUrl": "http://pictures.example/0", "MediaId": media_id}
        return await self.message(openid, "image", fields, msg_id)

    async def file(self, openid: str, media_id: str, name: str, msg_id: int | None = None) -> ReplySeen:
        """A document."""
        fields = {"Title": name, "Description": "", "FileKey": "k", "FileTotalLen": 4, "MediaId": media_id}
        return await self.message(openid, "file", fields, msg_id)

    async def location(self, openid: str, latitude: float, longitude: float, label: str = "") -> ReplySeen:
        """A point chosen on the map."""
        fields = {"Location_X": latitude, "Location_Y": longitude, "Scale": 16, "Label": label}
        return await self.message(openid, "location", fields)

    async def voice(self, openid: str, recognition: str = "") -> ReplySeen:
        """Speech."""
        return await self.message(openid, "voice", {"MediaId": "v1", "Format": "amr", "Recognition": recognition})

    async def message(
        self, openid: str, kind: str, fields: Mapping[str, object], msg_id: int | None = None
    ) -> ReplySeen:
        """Any kind of message."""
        number = next(_numbers) if msg_id is None else msg_id
        return await self.push(openid, self.document(openid, kind, {**fields, "MsgId": number}))

    async def event(self, openid: str, event: str, key: str | None = None, **fields: object) -> ReplySeen:
        """Any event; further elements as keywords."""
        first: dict[str, object] = {"Event": event}
        if key is not None:
            first["EventKey"] = key
        return await self.push(openid, self.document(openid, "event", {**first, **fields}))

    async def follow(self, openid: str, scene: str | None = None) -> ReplySeen:
        """Follow the account, by a code with this scene."""
        return await self.event(openid, "subscribe", "" if scene is None else f"qrscene_{scene}", Ticket="t")

    async def click(self, openid: str, key: str) -> ReplySeen:
        """Tap the account's menu."""
        return await self.event(openid, "CLICK", key)

    async def redeliver(self) -> ReplySeen:
        """Push the last message again, as the platform does: same document, new time, nonce and ciphertext."""
        return await self.push(self.last_openid, self.last_xml)

    async def replay(self) -> ReplySeen:
        """Send the last HTTP request again, byte for byte, as an eavesdropper would."""
        return await self.post(*self._last_request)

    async def forge(self, openid: str, text: str) -> ReplySeen:
        """A message from somebody who does not know the token."""
        known, self.token = self.token, "guessed"
        try:
            return await self.text(openid, text)
        finally:
            self.token = known

    async def check_url(self, echostr: str) -> tuple[int, str]:
        """The URL check of the platform's settings page: status and body."""
        async with self.session.get(self.endpoint, params={**self.greeting(), "echostr": echostr}) as response:
            return response.status, await response.text()

    def document(self, openid: str, kind: str, fields: Mapping[str, object]) -> str:
        """The XML of a message from this person, now."""
        created = int(self.clock().timestamp())
        head = {"ToUserName": self.to_user, "FromUserName": openid, "CreateTime": created, "MsgType": kind}
        return element("xml", {**head, **fields})

    def greeting(self, at: datetime | None = None) -> dict[str, str]:
        """The query that proves where a request comes from; `at` for a stale one."""
        stamp, nonce = str(int((at or self.clock()).timestamp())), str(secrets.randbelow(10**9))
        return {"signature": sha1_of(self.token, stamp, nonce), "timestamp": stamp, "nonce": nonce}

    def wrapped(
        self, xml: str | bytes, sealed: str | None = None, at: datetime | None = None
    ) -> tuple[dict[str, str], bytes]:
        """Query and body of a push in this mode; `sealed` puts something else in the place of the ciphertext."""
        query = self.greeting(at)
        data = xml.encode() if isinstance(xml, str) else xml
        if self.mode == "plain":
            return query, data
        sealed = self.envelopes.seal(xml) if sealed is None else sealed
        query["encrypt_type"] = "aes"
        query["msg_signature"] = sha1_of(self.token, query["timestamp"], query["nonce"], sealed)
        if self.mode == "compatible":
            return query, data.removesuffix(b"</xml>") + element("Encrypt", sealed).encode() + b"</xml>"
        return query, element("xml", {"ToUserName": self.to_user, "Encrypt": sealed}).encode()

    async def push(self, openid: str, xml: str) -> ReplySeen:
        """Push a whole document and read the answer as the platform does."""
        self.last_xml, self.last_openid = xml, openid
        query, body = self.wrapped(xml)
        self._last_request = ({**query, "openid": openid}, body)
        return await self.post(*self._last_request)

    async def post(self, query: Mapping[str, str], body: bytes) -> ReplySeen:
        """Send a request as it is."""
        headers = {"Content-Type": "text/xml"}
        async with self.session.post(self.endpoint, params=query, data=body, headers=headers) as response:
            raw = await response.text()
            if response.status != 200:
                return ReplySeen("", raw=raw, status=response.status)
        if raw in {"", "success"}:
            return ReplySeen("", raw=raw)
        return self._read(raw)

    def _read(self, raw: str) -> ReplySeen:
        outer = elements(raw)
        if "Encrypt" in outer:
            signed = sha1_of(self.token, outer["TimeStamp"], outer["Nonce"], outer["Encrypt"])
            if self.mode == "plain" or outer["MsgSignature"] != signed:
                raise WrongReply("signature of the reply")
            inner = elements(self.envelopes.open(outer["Encrypt"]))
        elif self.mode == "safe":
            raise WrongReply("a plain reply in safe mode")
        else:
            inner = outer
        if inner["ToUserName"] != self.last_openid or inner["FromUserName"] != self.to_user:
            raise WrongReply("addresses of the reply")
        content = inner["Content"]
        if inner["MsgType"] != "text" or not inner["CreateTime"].isdigit() or not content.strip():
            raise WrongReply("fields of the reply")
        if len(content.encode()) > 2048:
            raise WrongReply("longer than 2048 bytes")
        text, links = seen_in(content)
        return ReplySeen(text, links, raw=raw, content=content)
