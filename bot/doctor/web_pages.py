"""Our pages: whether the reverse proxy passes them on, and what the platform must have been told for people to be known there."""

from typing import Final
from urllib.parse import urlsplit

from bot.channels.wechat.account import Account
from bot.channels.wechat.results import NoAnswer
from bot.doctor import places
from bot.doctor.finding import Check, Finding, act, good, unseen
from bot.doctor.knocking import Heard
from bot.doctor.refusals import reason

_OURS: Final = b"/pages/static/"
"""Stands in every page of ours, however it was passed on."""
_FORWARD: Final = "反向代理上把 /pages/ 也转到本程序，路径要原样，和 /wechat/ 一样"


def knocked_at(url: str, account: str) -> str:
    """A sign-in to nowhere: it is refused by whoever knows the account, and leaves nothing behind."""
    return f"{url.rstrip('/')}/pages/sign-in/{account}"


def judged(found: Heard | NoAnswer, where: str) -> Finding:
    """What `where` (`knocked_at`) answered."""
    if isinstance(found, NoAnswer):
        return act(Check.PAGES, f"{where} 走不通：{reason(found.reason)}", _FORWARD)
    if _OURS not in found.body:
        return act(Check.PAGES, f"{where} 答的不是本程序的网页（HTTP {found.status}）", _FORWARD)
    if found.status == 404:
        return act(Check.PAGES, f"{where} 说没有这个号：运行着的程序不认识它", "改过清单的，重新启动程序")
    return good(Check.PAGES, "/pages/ 转到了本程序")


def domains(account: Account, url: str) -> Finding:
    """网页授权域名, JS接口安全域名: no interface tells them. A subscription account has no 网页授权 (platform rule: 接口权限)."""
    if not account.may_card:
        return good(Check.PAGE_DOMAINS, "订阅号没有网页授权，不用填")
    host = urlsplit(url).hostname
    return unseen(
        Check.PAGE_DOMAINS,
        "网页授权域名、JS接口安全域名填了没有，从这里看不出；没有填的，网页打开是“错误码：10003”",
        f"{places.DOMAINS}：这两项都填 {host}，不带 https:// 和端口（一个月只能改几次，看清楚再填）",
        f"先把后台给的 MP_verify_….txt 放到网站的根目录，https://{host}/MP_verify_….txt 打得开，再点确定",
        "填好以后用手机试：在公众号里点一条网页的链接，看打不打得开",
    )
