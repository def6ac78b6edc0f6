"""Whether the account may call at all: the addresses of the platform, which every kind of account may ask for."""

from bot.channels.wechat.results import Failed
from bot.doctor.answers import Addresses
from bot.doctor.finding import Check, Finding, good
from bot.doctor.refusals import failed


def judged(callers: Addresses | Failed, servers: Addresses | Failed) -> Finding:
    """获取微信推送服务器 IP, 获取微信 API 服务器 IP: for whoever keeps a firewall."""
    if not isinstance(callers, Addresses):
        return failed(Check.API, callers)
    ours = tuple(f"出 {one}" for one in servers.ip_list) if isinstance(servers, Addresses) else ()
    return good(
        Check.API,
        f"能调；防火墙限制来源的，要放行微信推消息的 {len(callers.ip_list)} 个地址（加 --json 看 api 的 listed，会变）",
        listed=(*(f"进 {one}" for one in callers.ip_list), *ours),
    )
