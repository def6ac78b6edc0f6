"""What a platform sends, as the bytes of whole HTTP requests made before the clock runs; and what came back, read after.

WeChat in plain and in safe mode, and Telegram's webhook. Shares no code with the product.
"""

import base64
import hashlib
import itertools
import json
import os
import re
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote_plus, urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ORIGINAL_ID = "gh_bench"
APPID = "wxbench0000000000"
TOKEN = "bench0token"  # noqa: S105 - of a platform that exists only here
AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
BOT_TOKEN = "42:bench0bot0token0bench0bot0token0bench"  # noqa: S105 - likewise

_KEY = base64.b64decode(AES_KEY + "=")
_AES = Cipher(algorithms.AES(_KEY), modes.CBC(_KEY[:16]))
_SEALED = re.compile(rb"<Encrypt><!\[CDATA\[([^\]]*)\]\]>")
_numbers = itertools.count(time.time_ns() // 1_000_000 * 1_000_000)


@dataclass(frozen=True, slots=True)
class Wire:
    """How messages go to a server and how its answers are read: `request(person, text)`, `words(answer)`."""

    request: Callable[[str, str], bytes]
    words: Callable[[bytes], str]


def wire(name: str, path: str) -> Wire:
    """The wire `plain`, `safe` or `telegram`, to a path. Raises KeyError for another name."""
    requests = {"plain": _plain, "safe": _safe, "telegram": _telegram}
    readers = {"plain": bytes.decode, "safe": _opened, "telegram": _telegram_words}
    make, read = requests[name], readers[name]
    return Wire(lambda person, text: make(path, person, text), read)


def _signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def _document(person: str, text: str) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ORIGINAL_ID}]]></ToUserName><FromUserName><![CDATA[{person}]]></FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{next(_numbers)}</MsgId></xml>"
    )


def _plain(path: str, person: str, text: str) -> bytes:
    stamp, nonce = str(int(time.time())), str(next(_numbers))
    query = {"signature": _signature(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": person}
    return _post(f"{path}?{urlencode(query)}", "text/xml", _document(person, text).encode())


def _safe(path: str, person: str, text: str) -> bytes:
    data = _document(person, text).encode()
    plain = os.urandom(16) + struct.pack(">I", len(data)) + data + APPID.encode()
    fill = 32 - len(plain) % 32
    encryptor = _AES.encryptor()
    sealed = base64.b64encode(encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()).decode()
    stamp, nonce = str(int(time.time())), str(next(_numbers))
    query = {
        "signature": _signature(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": person,
        "encrypt_type": "aes", "msg_signature": _signature(TOKEN, stamp, nonce, sealed),
    }  # fmt: skip
    body = f"<xml><ToUserName><![CDATA[{ORIGINAL_ID}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return _post(f"{path}?{urlencode(query)}", "text/xml", body.encode())


def _telegram(path: str, person: str, text: str) -> bytes:
    number = int(person)
    update = {
        "update_id": next(_numbers) % 2**31,
        "message": {
            "message_id": next(_numbers) % 2**31, "date": int(time.time()), "text": text,
            "chat": {"id": number, "type": "private", "first_name": "示例"},
            "from": {"id": number, "is_bot": False, "first_name": "示例", "language_code": "zh-hans"},
        },
    }  # fmt: skip
    return _post(path, "application/json", json.dumps(update, ensure_ascii=False).encode())


def _post(target: str, content_type: str, body: bytes) -> bytes:
    return (
        f"POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _opened(answer: bytes) -> str:
    found = _SEALED.search(answer)
    if not found:
        return answer.decode()
    decryptor = _AES.decryptor()
    plain = decryptor.update(base64.b64decode(found[1])) + decryptor.finalize()
    (size,) = struct.unpack_from(">I", plain, 16)
    if plain[20 + size : -plain[-1]] != APPID.encode():
        return ""
    return plain[20 : 20 + size].decode()


def _telegram_words(answer: bytes) -> str:
    """A form in parts as it is; a urlencoded one decoded."""
    text = answer.decode(errors="replace")
    return text if "\r\n" in text else unquote_plus(text)
