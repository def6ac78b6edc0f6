"""Photos people sent, from the platform of their account."""

from collections.abc import Mapping
from typing import Protocol

from bot.channels.wechat.results import Failed, Media, NoAnswer, TooLarge
from handlers.ports import Picture


class Shelf(Protocol):
    """The temporary files of one account, on whichever platform."""

    async def media(self, media_id: str, /) -> Media | TooLarge | Failed:
        """One of them."""


class WeChatGallery:
    """`handlers.ports.Gallery` over the accounts of this process."""

    def __init__(self, clients: Mapping[str, Shelf]) -> None:
        """`clients` by account id."""
        self._clients = clients

    async def fetch(self, account: str, media_id: str) -> Picture | None:
        """See `Gallery`."""
        match await self._clients[account].media(media_id):
            case Media(data=data):
                return Picture(data)
            case TooLarge():
                return Picture(b"", "file.large")
            case NoAnswer():
                return None
            case _:
                return Picture(b"", "file.gone")
