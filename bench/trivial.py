"""A server that does nothing: what the load itself can do at most."""

import asyncio
import os
import re

import uvloop

_LENGTH = re.compile(rb"Content-Length: ([0-9]+)")
CONTENT = "好的。"
_BODY = f"<xml><Content><![CDATA[{CONTENT}]]></Content></xml>".encode()
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)


class Trivial(asyncio.Protocol):
    """The same answer to every request."""

    def __init__(self) -> None:
        self._data = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        self._data += data
        head, separator, body = self._data.partition(b"\r\n\r\n")
        found = _LENGTH.search(head)
        if separator and found and len(body) >= int(found[1]):
            self._data = body[int(found[1]) :]
            self._transport.write(_ANSWER)  # type: ignore[union-attr]


async def serve() -> None:
    """Until it is ended."""
    loop = asyncio.get_running_loop()
    await loop.create_server(Trivial, "127.0.0.1", int(os.environ["BENCH_PORT"]))
    await loop.create_future()


if __name__ == "__main__":
    uvloop.run(serve())
