"""The platform's pushing side for load: every request is built before the clock starts, so that sending costs little."""

import asyncio
import base64
import hashlib
import secrets
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

Mode = Literal["plain", "safe"]
_ANSWER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Platform:
    """One official account as the platform knows it."""

    mode: Mode
    token: str = "benchtoken"  # noqa: S105 - a stand-in
    aes_key: str = field(default_factory=lambda: base64.b64encode(secrets.token_bytes(32)).decode().rstrip("="))
    appid: str = "wxbench0000000001"
    original_id: str = "gh_bench00000001"
    account: str = "bench"

    def configured(self, county: str) -> dict[str, str]:
        """The entry of the product's accounts file."""
        return {"id": self.account, "county": county, "original_id": self.original_id, "appid": self.appid,
                "appsecret": "s", "token": self.token, "aes_key": self.aes_key, "mode": self.mode}  # fmt: skip

    def push(self, person: str, number: int, text: str, *, path: str | None = None) -> bytes:
        """The whole HTTP request for a text; `path` where it is not ours to say (`/wechat/<account>`)."""
        stamp, nonce = str(int(time.time())), secrets.token_hex(5)
        body = (
            f"<xml><ToUserName><![CDATA[{self.original_id}]]></ToUserName><FromUserName><![CDATA[{person}]]></FromUserName>"
            f"<CreateTime>{stamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
            f"<MsgId>{number}</MsgId></xml>"
        )
        query = f"signature={_sha1(self.token, stamp, nonce)}&timestamp={stamp}&nonce={nonce}&openid={person}"
        if self.mode == "safe":
            sealed = self._seal(body)
            query += f"&encrypt_type=aes&msg_signature={_sha1(self.token, stamp, nonce, sealed)}"
            body = f"<xml><ToUserName><![CDATA[{self.original_id}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        data = body.encode()
        head = (
            f"POST {path or '/wechat/' + self.account}?{query} HTTP/1.1\r\nHost: bench\r\n"
            f"Content-Type: text/xml\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        return head.encode() + data

    def _seal(self, xml: str) -> str:
        key, data = base64.b64decode(self.aes_key + "="), xml.encode()
        plain = secrets.token_bytes(16) + struct.pack(">I", len(data)) + data + self.appid.encode()
        fill = 32 - len(plain) % 32
        encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()).decode()


@dataclass(frozen=True, slots=True)
class Measured:
    """What the senders saw: seconds from the first push to the last answer, and of each answer."""

    took: float
    answers: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Messages per second."""
        return len(self.answers) / self.took

    def at(self, share: float) -> float:
        """The time in milliseconds within which this share of the answers came."""
        return sorted(self.answers)[min(int(len(self.answers) * share), len(self.answers) - 1)] * 1000


async def measure(host: str, port: int, people: Sequence[Sequence[bytes]], *, at_once: int = 16) -> Measured:
    """Each person pushes his requests one after the other, `at_once` people at a time, each on a connection kept open.

    Raises RuntimeError for an answer that is not 200 with a body that says something.
    """
    queue, answers = iter(people), list[float]()
    began = time.perf_counter()
    await asyncio.gather(*(_send(host, port, queue, answers) for _ in range(at_once)))
    return Measured(time.perf_counter() - began, tuple(answers))


async def _send(host: str, port: int, people: Iterator[Sequence[bytes]], answers: list[float]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        for pushes in people:
            for push in pushes:
                began = time.perf_counter()
                writer.write(push)
                async with asyncio.timeout(_ANSWER_SECONDS):
                    head = await reader.readuntil(b"\r\n\r\n")
                    body = await reader.readexactly(_length(head))
                answers.append(time.perf_counter() - began)
                if not head.startswith(b"HTTP/1.1 200") or not body.startswith(b"<xml>"):
                    raise RuntimeError(f"not answered: {head!r} {body[:200]!r}")
    finally:
        writer.close()


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    if not found:
        raise RuntimeError(f"an answer without length: {head!r}")
    return int(rest.partition(b"\r\n")[0])


def _sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()
