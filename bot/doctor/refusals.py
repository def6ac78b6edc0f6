"""What is said of an answer that is none, wherever no check knows better."""

from typing import Final

from bot.channels.wechat.results import Failed, NoAnswer, Refusal
from bot.doctor import places
from bot.doctor.finding import Check, Finding, act, unseen

UNAUTHORISED: Final = frozenset({48001, 76022})
"""Not open to this account (76022: quota/get says so of a path)."""
BANNED: Final = frozenset({48004, 50002, 50004, 50007})
"""Punished, limited, frozen (全局返回码)."""

NOT_LISTED: Final = 40164
"""Asked from an address that is not on the whitelist."""

_REASONS: Final[dict[str, str]] = {
    "ClientConnectorDNSError": "域名解析不到",
    "ClientConnectorCertificateError": "HTTPS 证书不被信任",
    "ClientConnectorSSLError": "HTTPS 握手不成",
    "ClientConnectorError": "连不上（端口没有开，或者被防火墙拦了）",
    "ConnectionTimeoutError": "连接超时（多半被防火墙拦了）",
    "SocketTimeoutError": "等不到回答",
    "ServerTimeoutError": "等不到回答",
    "TimeoutError": "等不到回答",
    "ServerDisconnectedError": "连上了又断开",
    "unexpected": "答的不是文档里写的样子",
    "not_json": "答的不是 JSON（中间可能有别的程序在代答）",
    "token_unreadable": "答的不是文档里写的样子（中间可能有别的程序在代答）",
}


_NOTES: Final[dict[int, str]] = {
    40201: "没有填推送地址",
    40243: "AppSecret 已冻结",
    50002: "账号受限制",
    50004: "不让取令牌，多半是处罚",
    50007: "账号已冻结",
    61024: "要用第三方平台的令牌",
    76021: "没有这个接口",
    76022: "没有这个接口的权限",
}
"""What only whoever sets an account up meets (全局返回码, 查询 API 调用额度, 网络通信检测)."""


def reason(why: str) -> str:
    """Why nothing was heard, in words: by the type of the exception, or the status."""
    known = _REASONS.get(why)
    return known or (f"HTTP {why.removeprefix('http_')}" if why.startswith("http_") else why)


def code(refusal: Refusal) -> str:
    """The error answer for people: its number, what it means, and its `rid` for the platform's support."""
    note = _NOTES.get(refusal.code, refusal.meaning.note)
    return f"微信答 {refusal.code}（{note}）" + (f"，rid {refusal.rid}" if refusal.rid else "")


def failed(check: Check, found: Failed) -> Finding:
    """Nothing can be told; a refusal that everybody must hear of is to be acted on."""
    if isinstance(found, NoAnswer):
        return unseen(check, f"没有问到：{reason(found.reason)}", "过几分钟再运行一次")
    if found.code in BANNED:
        return banned(check, found)
    if found.code == NOT_LISTED:
        return act(check, code(found), f"{places.KEYS} → API IP 白名单：加上这台服务器的出口地址")
    return unseen(
        check,
        code(found),
        "过几分钟再运行一次；还是这样，带上 rid 到微信开放社区（developers.weixin.qq.com/community）问",
    )


def banned(check: Check, found: Refusal) -> Finding:
    """The account, or its right to call, was taken away for a time."""
    return act(
        check,
        f"接口被封或账号被限制：{code(found)}",
        f"{places.NOTICES}：看处罚的原因和到什么时候",
        "按通知改正，能申诉的在通知里点“申诉”；期满或申诉通过后再运行一次",
    )
