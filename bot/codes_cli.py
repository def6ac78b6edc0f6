"""`codes`: QR codes for the county's entrances, to bind a member of staff, to hand a case over to its caller (带参二维码)."""

from argparse import ArgumentParser, Namespace

from bot.code_pictures import CodesMistake, picture
from bot.handover_cli import hand_over
from bot.platform_beside import Platform, platform_beside
from bot.settings import Settings
from handlers.people.codes import VALID
from model.scene import AtEntrance, Binding, Scene


def codes_arguments(parser: ArgumentParser) -> None:
    """`codes COUNTY [--bind CODE | --handover CASE-NUMBER --by STAFF]`."""
    parser.add_argument("county")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--bind", metavar="CODE", help="a binding code, as `staff` prints it: he scans instead of typing")
    one.add_argument(
        "--handover", metavar="CASE-NUMBER", help="a case of the hotline: its caller goes on with it in WeChat"
    )
    parser.add_argument("--by", default="", metavar="STAFF", help="of --handover: id of whoever hands it over")


async def codes(settings: Settings, options: Namespace) -> list[str]:
    """Where the picture of each code is to be fetched. Raises CodesMistake, AccountsMissing."""
    if options.handover:
        return await hand_over(settings, options.county, options.handover, options.by)
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
        await picture(one, name if len(clients) == 1 else f"{name}（{one.account.id}）", scene, seconds)
        for one in clients
    ]
