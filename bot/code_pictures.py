"""The picture of a QR code of ours, as the platform makes it (带参二维码)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import quote

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.results import QrCode, Refusal
from model.scene import Scene

_PICTURE: Final = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="


class CodesMistake(Exception):
    """There is nothing to make a code for, or the platform makes none; the message says what would do."""


async def picture(client: WeChat, name: str, scene: Scene, seconds: int | None) -> str:
    """A line that says where it is to be fetched; good for ever without `seconds`. Raises CodesMistake."""
    match await client.create_qrcode(str(scene), seconds=seconds):
        case QrCode(ticket=ticket):
            return f"{name}：{_PICTURE}{quote(ticket, safe='')}"
        case Refusal(code=code, errmsg=said):
            raise CodesMistake(f"微信没有给二维码（{code} {said}）。要认证过的服务号才有：python -m bot doctor")
        case failed:
            raise CodesMistake(f"微信没有答复（{failed.reason}），请过一会再试")


def scanned_at(clients: Mapping[str, WeChat]) -> Callable[[str, str, int], Awaitable[str]]:
    """What a code of a county says for a scene and so many seconds, of the first of its accounts that can have one; else ""."""

    async def says(county: str, scene: str, seconds: int) -> str:
        for client in clients.values():
            if client.account.county == county:
                made = await client.create_qrcode(scene, seconds=seconds)
                if isinstance(made, QrCode):
                    return made.url
        return ""

    return says
