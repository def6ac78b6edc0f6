"""What fetching a token says: about the AppSecret, and about from where we may ask."""

import ipaddress
import re
from typing import Final

from bot.channels.wechat.results import Failed, NoAnswer, Refusal
from bot.doctor import places
from bot.doctor.finding import Check, Finding, act, good, unseen
from bot.doctor.refusals import BANNED, NOT_LISTED, banned, code, failed

_WRONG_APPID: Final = frozenset({40013, 41002})
_WRONG_SECRET: Final = frozenset({40001, 40125, 41004})
_FROZEN: Final = 40243
_ENTRUSTED: Final = 61024
_ADDRESS: Final = re.compile(r"[0-9A-Fa-f:.]{3,}")

NEWS_TAKES: Final = "等十分钟（白名单和密钥的改动要几分钟才生效），再运行一次"


def credentials(found: Failed | None) -> Finding:
    """stable_token, never forced (获取稳定版接口调用凭据); None when it gave a token."""
    if found is None:
        return good(Check.CREDENTIALS, "对，取到了令牌")
    if isinstance(found, NoAnswer):
        return failed(Check.CREDENTIALS, found)
    if found.code == NOT_LISTED:
        return unseen(Check.CREDENTIALS, "要等 IP 白名单放行以后才知道", NEWS_TAKES)
    if found.code in _WRONG_APPID:
        return act(
            Check.CREDENTIALS,
            f"AppID 不对：{code(found)}",
            f"{places.KEYS}：复制 AppID（在 基础信息 最上面），和公众号清单里的 appid 对照",
            f"{places.FILE}：改 appid，重新启动",
        )
    if found.code in _WRONG_SECRET:
        return act(
            Check.CREDENTIALS,
            f"AppSecret 不对，或者已经被重置：{code(found)}",
            "先看这个 AppSecret 是不是这个号的：几个号的容易放错",
            f"{places.KEYS}：忘了就“重置”（旧的马上失效，别的系统用着它的要一起换），新的只显示一次，当场抄好",
            f"{places.FILE}：改 appsecret，重新启动",
        )
    if found.code == _FROZEN:
        return act(Check.CREDENTIALS, f"AppSecret 被冻结了：{code(found)}", f"{places.KEYS}：点“解冻”", NEWS_TAKES)
    if found.code == _ENTRUSTED:
        return act(
            Check.CREDENTIALS,
            f"这个 AppID 是第三方平台的，不是公众号的：{code(found)}",
            f"{places.KEYS}：用服务号自己的 AppID 和 AppSecret",
        )
    if found.code in BANNED:
        return banned(Check.CREDENTIALS, found)
    return failed(Check.CREDENTIALS, found)


def whitelist(found: Failed | None) -> Finding:
    """Platform rule (API IP 白名单): only listed addresses may call, by secret or by token; the refusal names the one that called."""
    if found is None:
        return good(Check.WHITELIST, "这台服务器的地址放行了")
    if not isinstance(found, Refusal) or found.code != NOT_LISTED:
        return unseen(Check.WHITELIST, "没有取到令牌，不知道", "先解决上面的")
    address = caller(found.errmsg)
    shown = address or "（微信没有说是哪一个，问网络管理员这台服务器的出口地址）"
    return act(
        Check.WHITELIST,
        f"这台服务器的出口地址 {shown} 不在白名单里，微信什么都不让调",
        f"{places.KEYS} → API IP 白名单：加上 {address or '出口地址'}（一行一个；可以写网段，不能带端口）",
        "确认加在这一个号上：几个号的各加各的",
        "出口地址会变的（家用宽带、没有固定 IP 的云主机），请先申请固定的",
        NEWS_TAKES,
    )


def caller(errmsg: str) -> str:
    """The address in `invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist`; "" if there is none."""
    for word in _ADDRESS.findall(errmsg.partition("rid:")[0]):
        try:
            found = ipaddress.ip_address(word)
        except ValueError:
            continue
        mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
        return str(mapped or found)
    return ""
