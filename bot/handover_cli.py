"""`codes COUNTY --handover NUMBER`: what a clerk needs to hand a telephone case over to its caller in WeChat (交接码, ADR 27)."""

from typing import Final

from bot.accounts import AccountsMissing
from bot.code_pictures import CodesMistake, picture
from bot.editions_cli import office
from bot.platform_beside import platform_beside
from bot.settings import Settings
from handlers.handing_over import Offered
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import moment
from model.county import County
from model.decision import Refused
from model.handover import aloud
from model.scene import GoingOn

_KNOWN: Final = 3
"""Digits of the number that a clerk may name; how it ends the caller has to say himself."""


async def hand_over(settings: Settings, county_id: str, number: str, by: str) -> list[str]:
    """The code to be told and sent, and where its picture is. Raises CodesMistake."""
    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise CodesMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        if not any(one.id == by for one in await here.staffing.of_county(county.id)):
            raise CodesMistake(f"请写明是谁给的：--by 编号；名单请看：python -m bot staff list {county.id}")
        case = await here.casework.numbered(county.id, number.strip())
        if case is None:
            raise CodesMistake(f"没有这个办件：{number}；编号要写全，例如 XXLB2026000001。")
        now = here.now()
        made = await here.handing_over.offer(case, by, now)
        if isinstance(made, Refused):
            raise CodesMistake(Catalogue(county).say(f"refused.{made.code}", **made.about))
    said = f"接着办 {aloud(made.code)}"
    return [
        f"{case.number}的交接码：{aloud(made.code)}",
        f"念给来电人：请他在“{county.title}”公众号里发“{said}”。",
        f"发短信：您的申请可以在微信里接着办：关注“{county.title}”公众号，发“{said}”。{county.handover.days}天内有效，请不要告诉别人。",
        *await _pictures(settings, county, made, int((made.until - now).total_seconds())),
        f"{moment(made.until)}前用一次；以前给这一件的码都不能用了。",
        f"他还要答登记时留的电话（{made.phone[:_KNOWN]}开头）的后四位，3次不对码就作废，请核对电话后再给一个。",
    ]


async def _pictures(settings: Settings, county: County, made: Offered, seconds: int) -> list[str]:
    """Of every account that can have codes; without a picture the digits do."""
    try:
        async with platform_beside(settings) as platform:
            clients, lines = platform.of(county.id), list[str]()
            for one in clients:
                name = "扫码" if len(clients) == 1 else f"扫码（{one.account.id}）"
                try:
                    lines.append(await picture(one, name, GoingOn(code=made.code), seconds))
                except CodesMistake as mistake:
                    lines.append(f"没有二维码，请他发数字：{mistake}")
            return lines
    except AccountsMissing as missing:
        return [f"没有二维码，请他发数字：{missing}"]
