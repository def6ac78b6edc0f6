"""Whether the platform can be reached at all, and whether our clock is right."""

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import Final

from bot.channels.wechat.results import NoAnswer
from bot.doctor.finding import Check, Finding, act, good, unseen
from bot.doctor.knocking import Heard
from bot.doctor.refusals import reason

_NOTICED: Final = 60.0
"""Seconds: a clock that is kept by NTP is never as far off."""


def reached(found: Heard | NoAnswer, host: str) -> Finding:
    """From a request without a token, which is refused wherever it is heard."""
    if isinstance(found, Heard):
        return good(Check.REACH, f"连得到 {host}")
    return act(
        Check.REACH,
        f"连不到 {host}：{reason(found.reason)}",
        f"在这台服务器上试：curl -I https://{host}/，看是域名解析不到，还是被拦",
        "政务内网的机器：请网络管理员放行到 api.weixin.qq.com 的 443 端口（HTTPS）",
        "需要代理才能上网的：本程序不走代理，请网络管理员直接放行",
    )


def clock(found: Heard | NoAnswer, now: dt.datetime, window: float) -> Finding:
    """By the `Date` of the answer. The platform signs its time, and beyond `window` seconds we take nothing from it."""
    theirs = _date(found.date) if isinstance(found, Heard) else None
    if theirs is None:
        return unseen(Check.CLOCK, "没有问到微信的时间，没法比", "在服务器上看：timedatectl，要有 synchronized: yes")
    behind = (theirs - now).total_seconds()
    off = f"{'慢' if behind > 0 else '快'}了 {abs(behind):.0f} 秒"
    if abs(behind) < _NOTICED:
        return good(Check.CLOCK, f"和微信相差不到 {_NOTICED:.0f} 秒")
    lost = "微信推来的消息全都会被拒" if abs(behind) > window else f"超过 {window:.0f} 秒，微信推来的消息就全都会被拒"
    return act(
        Check.CLOCK,
        f"这台服务器的时钟{off}，{lost}",
        "打开自动对时：timedatectl set-ntp true（云服务器用云厂商的对时地址）",
        "对准以后再运行一次",
    )


def _date(text: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
