"""What is left of today's calls."""

from collections.abc import Mapping
from typing import Final

from bot.channels.wechat.results import Failed
from bot.doctor import places
from bot.doctor.answers import Quota
from bot.doctor.finding import Check, Finding, act, good, unseen
from bot.doctor.refusals import failed

COUNTED: Final[dict[str, str]] = {
    "/cgi-bin/message/custom/send": "客服消息",
    "/cgi-bin/message/template/send": "模板消息",
    "/cgi-bin/media/get": "取照片",
    "/cgi-bin/qrcode/create": "二维码",
}
"""What the program calls most, as openapi/quota/get names it."""
_SHORT: Final = 0.1


def judged(found: Mapping[str, Quota | Failed]) -> Finding:
    """查询 API 调用额度 (openapi/quota/get), path by path; a limit of 0 is none that could be judged."""
    known = {path: one for path, one in found.items() if isinstance(one, Quota) and one.daily_limit > 0}
    if not known:
        refused = next((one for one in found.values() if not isinstance(one, Quota)), None)
        where = f"{places.RIGHTS}：看每个接口今天用了多少"
        return failed(Check.QUOTA, refused) if refused else unseen(Check.QUOTA, "微信没有说额度", where)
    short = [path for path, one in known.items() if one.remain < one.daily_limit * _SHORT]
    said = "；".join(f"{COUNTED[path]}剩 {one.remain}/{one.daily_limit}" for path, one in known.items())
    if not short:
        return good(Check.QUOTA, said)
    names = "、".join(COUNTED[path] for path in short)
    return act(
        Check.QUOTA,
        f"{names}今天快用完了：{said}",
        "半夜零点自动清零；用完以后程序会停着，第二天接着发，急的打电话（python -m bot worklist 县）",
        f"{places.RIGHTS}：看是谁用的；别的系统也用这个号的，请它少调",
        "天天不够用：关注的人多了额度会自己涨，也可以在同一页申请提高",
    )
