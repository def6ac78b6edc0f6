"""The certificate of our address: trusted, and for how long yet."""

import asyncio
import datetime as dt
import ssl
from typing import Final

from bot.doctor.finding import Check, Finding, act, good, unseen
from model.calendar import CHINA

_SOON: Final = dt.timedelta(days=14)
_WITHIN: Final = 8.0
"""Seconds for the whole handshake."""


async def expiry(host: str, port: int, context: ssl.SSLContext) -> dt.datetime | str:
    """When the certificate at this address ends; or, in words of the library, why it is not trusted. "" where nobody answers."""
    try:
        async with asyncio.timeout(_WITHIN):
            _, writer = await asyncio.open_connection(host, port, ssl=context)
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except (OSError, TimeoutError, ssl.SSLError):
        return ""
    held = writer.get_extra_info("ssl_object").getpeercert()
    writer.transport.abort()
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(held["notAfter"]), dt.UTC)


def judged(found: dt.datetime | str, now: dt.datetime) -> Finding:
    """Seen: the platform does not push to an address whose certificate is not trusted."""
    renew = "续期（用 certbot、acme.sh 的看它的定时任务有没有在跑），再让反向代理重新读证书"
    if isinstance(found, str):
        if not found:
            return unseen(Check.CERTIFICATE, "握手没有成，没有看到证书", "先解决“接入验证”")
        return act(
            Check.CERTIFICATE,
            f"不被信任：{found}",
            "自签的、过期的、域名不对的、缺中间证书的，微信都不来",
            "换一张正式的证书，安装时带上中间证书（fullchain）",
        )
    day = f"{found.astimezone(CHINA):%Y年%m月%d日}"
    if found - now < _SOON:
        return act(Check.CERTIFICATE, f"{day} 到期，快了", renew)
    return good(Check.CERTIFICATE, f"有效，到 {day}")
