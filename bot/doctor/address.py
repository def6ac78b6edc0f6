"""The address we are to be reached at: what can be told by looking at it."""

import ipaddress
from urllib.parse import urlsplit

from bot.doctor.finding import Check, Finding, act, good, unseen

_STEPS = (
    "准备一个域名，解析（A 记录）指到服务器的公网 IP",
    "域名要办 ICP 备案：在买服务器的云厂商那里办，不收费，一般一到三个星期；没有备案的境内服务器会被拦",
    "反向代理（例如 nginx）上装 HTTPS 证书，把 /wechat/ 转到本程序",
    "设 LIANBAN_PUBLIC_URL=https://你的域名，再运行一次",
)
_PORTS = {"http": 80, "https": 443}


def address(url: str, account: str) -> Finding:
    """Platform rule: http with port 80 or https with 443 (公众号与服务号的消息推送配置)."""
    if not url:
        return unseen(Check.ADDRESS, "没有设 LIANBAN_PUBLIC_URL，不知道微信从哪里来", *_STEPS)
    parts, port = urlsplit(url), port_of(url)
    host = parts.hostname or ""
    if port is None:
        return act(Check.ADDRESS, f"{url} 里的端口不对", "LIANBAN_PUBLIC_URL 写成 https://你的域名")
    if port != _PORTS[parts.scheme]:
        return act(
            Check.ADDRESS,
            f"{url} 的端口是 {port}，微信只来 80（http）和 443（https）",
            "反向代理上开 443，再转到本程序的端口；LIANBAN_PUBLIC_URL 里不写端口",
        )
    if _not_public(host):
        return act(Check.ADDRESS, f"“{host}”不是公网的域名，微信找不到", *_STEPS)
    if parts.path.rstrip("/").endswith("/wechat"):
        return act(Check.ADDRESS, f"{url} 多写了 /wechat", "LIANBAN_PUBLIC_URL 写到域名为止，/wechat/ 程序自己加")
    plain = "；用的是 http，建议换成 https" if parts.scheme == "http" else ""
    return good(Check.ADDRESS, f"后台的 URL 填 {entrance(url, account)}{plain}")


def domain(url: str) -> Finding:
    """ICP 备案 cannot be asked for by a program."""
    return unseen(
        Check.DOMAIN,
        f"{urlsplit(url).hostname} 有没有备案，从这里看不出",
        "到 beian.miit.gov.cn 的“ICP备案查询”输入域名：要查得到，主办单位是本单位",
        "没有的：在买服务器的云厂商那里办，一般一到三个星期",
    )


def port_of(url: str) -> int | None:
    """The port it names or means; None when what it names is none."""
    parts = urlsplit(url)
    try:
        return parts.port or _PORTS[parts.scheme]
    except ValueError:
        return None


def entrance(url: str, account: str) -> str:
    """Where the platform pushes to."""
    return f"{url.rstrip('/')}/wechat/{account}"


def _not_public(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal"))
    return True
