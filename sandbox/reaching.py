"""Whether the platform reaches the product: it looks its name up and knocks at every address it finds."""

import asyncio
import socket
import time
from typing import Any
from urllib.parse import urlsplit

from .errors import ApiError

_ACTIONS = {"dns", "ping", "all"}
_OPERATORS = {"CHINANET", "UNICOM", "CAP", "DEFAULT"}
_WITHIN = 1.0
"""Seconds: the platform pings once, with a deadline of one (platform rule: ping -c 1 -w 1)."""


async def check(endpoint: str, body: dict[str, Any]) -> dict[str, Any]:
    """POST /cgi-bin/callback/check. Instead of a ping, which takes rights, it opens a connection."""
    action, operator = body.get("action"), body.get("check_operator")
    if action not in _ACTIONS:
        raise ApiError(40202, "invalid action")
    if operator not in _OPERATORS:
        raise ApiError(40203, "invalid check_operator")
    url = urlsplit(endpoint)
    if url.hostname is None:
        raise ApiError(40201, "invalid url")
    port = url.port or (443 if url.scheme == "https" else 80)
    addresses, answer = await _addresses(url.hostname, port), dict[str, Any]()
    if action != "ping":
        answer["dns"] = [{"ip": one, "real_operator": "UNICOM"} for one in addresses]
    if action != "dns":
        answer["ping"] = [await _knocked(one, port, operator) for one in addresses]
    return answer


async def _addresses(name: str, port: int) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


async def _knocked(address: str, port: int, operator: str) -> dict[str, Any]:
    began = time.monotonic()
    try:
        async with asyncio.timeout(_WITHIN):
            _, writer = await asyncio.open_connection(address, port)
        writer.close()
    except (OSError, TimeoutError):
        return {"ip": address, "from_operator": operator, "package_loss": "100%", "time": ""}
    spent = (time.monotonic() - began) * 1000
    return {"ip": address, "from_operator": operator, "package_loss": "0%", "time": f"{spent:.3f}ms"}
