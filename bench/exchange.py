"""One kept connection to the server under test: a request out, an answer back, with as little work as asyncio allows."""

import asyncio
from collections.abc import Callable

Done = Callable[[int, bytes], None]
"""Called with the status (0: the connection broke) and the body, as it came (chunked: with the chunk lines)."""


class Exchange(asyncio.Protocol):
    """Opens its connection when first asked, and again when the server closed it."""

    def __init__(self, port: int) -> None:
        self._port, self._data = port, b""
        self._transport: asyncio.Transport | None = None
        self._done: Done | None = None
        self._opening: asyncio.Task[object] | None = None

    def ask(self, request: bytes, done: Done) -> None:
        """Sends a request; one at a time."""
        self._done = done
        if self._transport is None:
            self._opening = asyncio.get_running_loop().create_task(self._open(request))
        else:
            self._transport.write(request)

    def close(self) -> None:
        """Hang up; nobody is told."""
        self._done = None
        if self._transport is not None:
            self._transport.close()

    async def _open(self, request: bytes) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self._port)
        except OSError:
            self._tell(0, b"")
            return
        if self._transport is not None:
            self._transport.write(request)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport, self._data = transport, b""  # type: ignore[assignment]

    def connection_lost(self, _: Exception | None) -> None:
        """See asyncio."""
        self._transport = None
        self._tell(0, b"")

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        data = self._data + data if self._data else data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            self._data = data
            return
        head = data[:end].lower()
        at = head.find(b"content-length:")
        if at >= 0:
            whole = len(data) >= end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
        else:
            whole = data.endswith(b"0\r\n\r\n") or b"transfer-encoding: chunked" not in head
        if not whole:
            self._data = data
            return
        self._data = b""
        if b"connection: close" in head and self._transport is not None:
            self._transport.close()
            self._transport = None
        self._tell(int(head[9:12]), data[end + 4 :])

    def _tell(self, status: int, body: bytes) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(status, body)
