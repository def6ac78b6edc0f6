"""The check that the platform makes when the address is set, made by ourselves: it signs, we must answer the echo verbatim."""

import datetime as dt
import secrets
from collections.abc import Mapping

from bot.channels.wechat.account import Account
from bot.channels.wechat.results import NoAnswer
from bot.channels.wechat.signature import signature
from bot.doctor.finding import Check, Finding, act, good
from bot.doctor.knocking import Heard
from bot.doctor.refusals import reason

_SERVER = "看本程序在不在运行（python -m bot run），反向代理有没有把 /wechat/ 转到它的端口"


def query(account: Account, now: dt.datetime) -> Mapping[str, str]:
    """Platform rule: signature, timestamp, nonce, echostr (接入指南)."""
    stamp, nonce = str(int(now.timestamp())), secrets.token_hex(8)
    echo = str(secrets.randbelow(10**18) + 10**18)
    return {"signature": signature(account.token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "echostr": echo}


def judged(found: Heard | NoAnswer, echo: str, where: str) -> Finding:
    """`where` was asked, from this machine: a firewall in front of it may still keep the platform out."""

    def wrong(said: str, *do: str) -> Finding:
        return act(Check.GREETING, f"{where} {said}", *do)

    if isinstance(found, NoAnswer):
        return wrong(
            f"走不通：{reason(found.reason)}",
            _SERVER,
            "看域名解析到哪里，云服务器的安全组有没有放行 80、443",
            "有的机房从里面走不到自己的公网地址：换一台外面的机器再试",
        )
    match found.status:
        case 200 if found.body == echo.encode():
            return good(Check.GREETING, f"{where} 按微信的样子去敲门，答对了")
        case 200:
            return wrong("答的不是原样：那里是别的网页", "反向代理把 /wechat/ 转到本程序，不要加页面、不要拦")
        case 403:
            return wrong(
                "不认签名：运行着的程序里 token 和清单里的不一样，或者两边的时钟差得多",
                "改过清单的，重新启动程序",
                "看“时钟”；程序在另一台机器上的，两台都要对时",
            )
        case 404:
            return wrong(
                "说没有这个号：运行着的程序不认识它，或者反向代理没有转",
                "改过清单的，重新启动程序",
                "反向代理转的时候路径要原样，/wechat/ 不能去掉",
            )
        case 301 | 302 | 303 | 307 | 308:
            return wrong(
                "转到别处去了，微信不跟着走",
                "LIANBAN_PUBLIC_URL 写转到的那个（多半是 https://…）",
                "代理上 /wechat/ 不要转址",
            )
        case 502 | 503 | 504:
            return wrong(f"反向代理在，后面的程序没有应（HTTP {found.status}）", _SERVER)
        case status:
            return wrong(f"答了 HTTP {status}", _SERVER)
