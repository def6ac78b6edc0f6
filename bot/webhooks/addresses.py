"""To which addresses we post: a name is resolved once, every address of it is checked, and only those are connected to.

Whoever enters a webhook, or owns the name in it, must not make us knock at doors inside the house (SSRF), nor change the
answer of the name service between the check and the connection.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, as the name service tells them. Raises OSError."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_THIS_NETWORK: Final = ipaddress.IPv4Network("0.0.0.0/8")
_LOWEST: Final = 0xFFFFFFFF
_METADATA: Final = frozenset(map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254")))
"""Where clouds tell their machines secrets, and that no link-local range covers."""


class AddressRefused(Exception):
    """Nothing may be posted there; `reason` says why, and holds nothing of the address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_url(url: str, *, allow_private: bool) -> tuple[str, int]:
    """Host and port of a URL that may be posted to. Raises AddressRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("not a URL") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or any(one <= " " for one in url):
        raise AddressRefused("not a URL of https")
    if parts.username is not None or parts.fragment:
        raise AddressRefused("a URL without user and fragment is wanted")
    if parts.scheme == "http" and not allow_private:
        raise AddressRefused("not https")
    return parts.hostname, port if port is not None else (443 if parts.scheme == "https" else 80)


def check_address(text: str, *, allow_private: bool) -> bool:
    """Whether the address is private. Raises AddressRefused where nothing may be posted to it.

    Never: link-local (the door of clouds to their machines), multicast, reserved, unspecified. Private ones, loopback
    among them, only where that is allowed. An IPv4 address inside of an IPv6 one counts as itself.
    """
    try:
        address = _inner(ipaddress.ip_address(text))
    except ValueError:
        raise AddressRefused("not an address") from None
    if address.is_link_local or address.is_multicast or address.is_unspecified or address in _METADATA:
        raise AddressRefused("link-local, multicast or unspecified address")
    if isinstance(address, ipaddress.IPv4Address):
        if address in _THIS_NETWORK or address.is_reserved:
            raise AddressRefused("reserved address")
        private = not address.is_global
    else:
        private = not address.is_global or address.is_site_local
        if not private and address not in _UNICAST:
            raise AddressRefused("reserved address")
    if private and not allow_private:
        raise AddressRefused("private address")
    return private


async def resolved(url: str, *, allow_private: bool, lookup: Lookup) -> tuple[str, ...]:
    """The addresses of a URL, all of them checked. Raises AddressRefused, and OSError where the name has none."""
    host, port = check_url(url, allow_private=allow_private)
    found = tuple(dict.fromkeys(await lookup(host, port)))
    if not found:
        raise AddressRefused("no address")
    private = [check_address(one, allow_private=allow_private) for one in found]
    if url.lower().startswith("http:") and not all(private):
        raise AddressRefused("not https")
    return found


async def look_up(host: str, port: int) -> Sequence[str]:
    """By the machine's own name service."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(address[0]) for *_, address in found]


class Pinned(AbstractResolver):
    """Resolves every name to the addresses that were checked, and to nothing else."""

    def __init__(self, addresses: Sequence[str]) -> None:
        """The addresses of the one host that is posted to."""
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """See `AbstractResolver`."""
        return [
            ResolveResult(
                hostname=host,
                host=one,
                port=port,
                family=socket.AF_INET6 if ":" in one else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for one in self._addresses
            if family in (socket.AF_UNSPEC, socket.AF_INET6 if ":" in one else socket.AF_INET)
        ]

    async def close(self) -> None:
        """Nothing is held."""


def _inner(address: IPAddress) -> IPAddress:
    """The IPv4 address that an IPv6 one leads to: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & _LOWEST)
    return address
