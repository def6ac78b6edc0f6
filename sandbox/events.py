"""The live stream to the page: server-sent events, fanned out to every open page."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

_BACKLOG = 1000


class Stream:
    """Publishes what happens. A reader that does not keep up is cut off; its browser comes back for a snapshot."""

    def __init__(self) -> None:
        self._readers: dict[asyncio.Queue[bytes | None], str | None] = {}
        self._closed = False

    def publish(self, name: str, account: str | None, data: dict[str, Any]) -> None:
        """Send one event to every reader of this account; account None concerns all."""
        text = json.dumps(data | {"account": account}, ensure_ascii=False)
        block = f"event: {name}\ndata: {text}\n\n".encode()
        for queue, wanted in self._readers.items():
            if wanted is None or account is None or wanted == account:
                try:
                    queue.put_nowait(block)
                except asyncio.QueueFull:
                    _end(queue)

    @contextlib.contextmanager
    def subscribe(self, account: str | None) -> Iterator[asyncio.Queue[bytes | None]]:
        """A queue of ready blocks; None in it means the stream has ended."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(_BACKLOG)
        if self._closed:
            queue.put_nowait(None)
        self._readers[queue] = account
        try:
            yield queue
        finally:
            del self._readers[queue]

    def close(self) -> None:
        """End every open stream, so that the process can stop."""
        self._closed = True
        for queue in self._readers:
            _end(queue)


async def blocks(queue: asyncio.Queue[bytes | None], heartbeat: float) -> AsyncIterator[bytes]:
    """The blocks of a queue; a comment line when nothing happens for a while, so that proxies keep the line open."""
    while True:
        try:
            block = await asyncio.wait_for(queue.get(), heartbeat)
        except TimeoutError:
            block = b": still here\n\n"
        if block is None:
            return
        yield block


def _end(queue: asyncio.Queue[bytes | None]) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)
