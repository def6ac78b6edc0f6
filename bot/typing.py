"""「对方正在输入」 while somebody waits longer than usual (platform rule: within 30 s of his message, shown for 15 s)."""

import asyncio
from collections.abc import Mapping

from bot.channels.wechat.client import WeChat
from model.message import Update


class Typing:
    """Shown beside the turn, which does not wait for it; that it could not be shown is no matter."""

    def __init__(self, clients: Mapping[str, WeChat]) -> None:
        """By account id."""
        self._clients = clients
        self._under_way: set[asyncio.Task[object]] = set()

    def show(self, update: Update) -> None:
        """To whoever sent this."""
        client = self._clients.get(update.account)
        if client is None:
            return
        task = asyncio.create_task(client.typing(update.person))
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    async def finish(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # our own store was away: nobody needs to hear of it here
