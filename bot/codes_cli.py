"""`codes`: QR codes to hang at the county's entrances, and one by which a member of staff is bound (带参二维码)."""

from argparse import ArgumentParser, Namespace
from typing import Final
from urllib.parse import quote

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.results import QrCode, Refusal
from bot.platform_beside import Platform, platform_beside
from bot.settings import Settings
from bot.staff_cli import VALID
from model.scene import AtEntrance, Binding, Scene

_PICTURE: Final = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="


class CodesMistake(Exception):
    """There is nothing to make a code for, or the platform makes none; the message says what would do."""


def codes_arguments(parser: ArgumentParser) -> None:
    """`codes COUNTY [--bind CODE]`."""
    parser.add_argument("county")
    parser.add_argument(
        "--bind", metavar="CODE", help="a binding code, as `staff` prints it: he scans instead of typing"
    )


async def codes(settings: Settings, options: Namespace) -> list[str]:
    """Where the picture of each code is to be fetched. Raises CodesMistake, AccountsMissing."""
    async with platform_beside(settings) as platform:
        county = platform.counties.get(options.county)
        if county is None:
            raise CodesMistake(f"没有这个县：{options.county}；有：{'、'.join(platform.counties)}")
        if options.bind:
            code = options.bind.strip().upper()
            if not code.isascii() or not code.isalnum() or len(code) > 32:
                raise CodesMistake(f"“{options.bind}”不像绑定码；绑定码由 staff 打印，例如 K7P2Q9XH")
            lines = await _made(platform, county.id, "绑定", Binding(code=code), int(VALID.total_seconds()))
            return [*lines, f"只能用一次，{VALID.days}天内有效。请本人用自己的微信扫。"]
        if not county.entrances:
            raise CodesMistake("county.yaml 里还没有入口，例如：entrances: [{id: hall, name: 县政务服务大厅}]")
        lines = list[str]()
        for one in county.entrances:
            lines += await _made(platform, county.id, one.name, AtEntrance(entrance=one.id), None)
        return [*lines, "长期有效。用浏览器打开链接，存下图片，印出来挂上。"]


async def _made(platform: Platform, county: str, name: str, scene: Scene, seconds: int | None) -> list[str]:
    clients = platform.of(county)
    if not clients:
        raise CodesMistake("这个县还没有公众号：见 docs/installing.md")
    return [
        await _line(one, name if len(clients) == 1 else f"{name}（{one.account.id}）", scene, seconds)
        for one in clients
    ]


async def _line(client: WeChat, name: str, scene: Scene, seconds: int | None) -> str:
    match await client.create_qrcode(str(scene), seconds=seconds):
        case QrCode(ticket=ticket):
            return f"{name}：{_PICTURE}{quote(ticket, safe='')}"
        case Refusal(code=code, errmsg=said):
            raise CodesMistake(f"微信没有给二维码（{code} {said}）。要认证过的服务号才有：python -m bot doctor")
        case failed:
            raise CodesMistake(f"微信没有答复（{failed.reason}），请过一会再试")
