"""A stand-in for the platforms' own APIs: answers every call at once, and tells who was sent words.

In the load's own process, so that a bot's outgoing message is its answer the moment it arrives.
"""

import asyncio
import json
import re
from collections.abc import Callable

_LENGTH = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"transfer-encoding: *chunked", re.IGNORECASE)
_CHAT = re.compile(rb"chat_id[^0-9]+([0-9]+)")
_CHUNK_END = b"\r\n0\r\n\r\n"
_BOT = {"id": 42, "is_bot": True, "first_name": "bench", "username": "bench_bot"}


class StandIn(asyncio.Protocol):
    """One connection. `heard(person, body)` is called for every message sent."""

    def __init__(self, heard: Callable[[str, bytes], None]) -> None:
        self._heard, self._data = heard, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        self._data += data
        while (request := self._request()) is not None:
            head, body = request
            method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
            answer = self._answer(method, body)
            self._transport.write(  # type: ignore[union-attr]
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(answer), answer)
            )

    def _request(self) -> tuple[bytes, bytes] | None:
        head, separator, rest = self._data.partition(b"\r\n\r\n")
        if not separator:
            return None
        if _CHUNKED.search(head):
            end = (b"\r\n" + rest).find(_CHUNK_END)
            if end < 0:
                return None
            size = end + len(_CHUNK_END) - 2
        else:
            found = _LENGTH.search(head)
            size = int(found[1]) if found else 0
            if len(rest) < size:
                return None
        self._data = rest[size:]
        return head, rest[:size]

    def _answer(self, method: str, body: bytes) -> bytes:
        if method.startswith("send"):
            found = _CHAT.search(body)
            person = found[1].decode() if found else ""
            self._heard(person, body)
            result: object = {
                "message_id": 1, "date": 1_700_000_000, "text": "x",
                "chat": {"id": int(person or 0), "type": "private"}, "from": _BOT,
            }  # fmt: skip
        elif method == "getMe":
            result = _BOT
        elif method == "stable_token":
            return b'{"access_token": "bench", "expires_in": 7200}'
        else:
            result = True
        return json.dumps({"ok": True, "errcode": 0, "result": result}).encode()
