"""`worklist`: what reached nobody in chat and somebody has to say by telephone (热线工单, design §2.4)."""

import datetime as dt
from argparse import ArgumentParser, Namespace
from typing import Final

from bot.editions_cli import Office, office
from bot.settings import Settings
from bot.staff_cli import StaffMistake
from handlers.notices import Notices
from handlers.spoken import Spoken
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.county import County

_MOST: Final = 500
_WHY: Final = {
    "not_following": "没有关注，或者取消了关注",
    "blacklisted": "公众号把他拉黑了",
    "wrong_person": "微信编号对不上这个公众号",
    "blocked": "他拒收模板消息",
    "closed": "他很久没在公众号里说话",
    "used": "客服消息用完了",
    "no_template": "没有配置模板",
    "no_card": "这条没有卡片",
    "template_unknown": "模板编号不对",
    "not_authorised": "公众号没有这个权限",
    "day_used": "今天的次数用完了",
    "may have arrived": "发出去了，不知道到没到",
    "no channel reaches this body": "单位在微信里没有人",
    "no channel reaches this window": "窗口的事，不发微信",
    "no channel reaches this applicant": "申请人没用微信",
    "no channel reaches this staff": "还没有绑定微信",
    "failed": "微信没能送到",
}
"""Why, in words; what is not here is shown as it stands."""


def worklist_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `worklist`."""
    parser.add_argument("county")
    parser.add_argument("--called", type=int, metavar="NUMBER", help="it has been said by telephone")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever called")


async def worklist(settings: Settings, options: Namespace) -> list[str]:
    """A few lines per call, oldest first; or the call that was made. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise StaffMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        if options.called is not None:
            return [await _called(here, county, options.called, options.by)]
        notices = Notices(here.casework, here.counties, {name: Wording(one) for name, one in here.counties.items()})
        lines, calls = list[str](), 0
        for row, reason, written in await here.outbox.left_over(_MOST):
            told = await notices.told(row) if row.kind == "notice" and row.case else None
            if isinstance(told, Spoken) and told.county == county.id:
                calls += 1
                lines += _lines(row.id, told, reason, written)
        return (
            [*lines, f"共{calls}个电话要打。打过的：worklist {county.id} --called 编号 --by 工号"]
            if calls
            else ["没有要打的电话。"]
        )


async def _called(here: Office, county: County, number: int, by: str) -> str:
    staff = await here.staffing.one(by) if by else None
    if staff is None or staff.county != county.id:
        raise StaffMistake("请写明是谁打的：--by 工号，见 staff list")
    if not await here.outbox.called(number, staff.id, here.now()):
        raise StaffMistake(f"没有这一条，或者已经打过：{number}")
    return f"{number}：记下了，{staff.name}打过。"


def _lines(number: int, told: Spoken, reason: str, written: dt.datetime) -> list[str]:
    why = "；".join(dict.fromkeys(_why(one) for one in reason.split(" ") if "=" in one)) or _why(reason)
    head = (
        f"{number}　{told.number}　{told.call.name} {told.call.phone}　{written.astimezone(CHINA):%m-%d %H:%M}　{why}"
    )
    return [head, *(f"    {line}" for line in told.text.splitlines())]


def _why(reason: str) -> str:
    _, _, word = reason.rpartition("=")
    return _WHY.get(word, f"没送到（{word}）")
