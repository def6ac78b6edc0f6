"""Nobody makes us knock at doors inside the house: neither by an address, nor by a name, nor by a name that changes."""

import socket
from collections.abc import Sequence

import pytest

from bot.webhooks.addresses import AddressRefused, Pinned, check_address, check_url, look_up, resolved

ALWAYS_REFUSED = [
    "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "224.0.0.1", "239.255.255.250", "ff02::1", "0.0.0.0",
    "0.1.2.3", "::", "255.255.255.255", "240.0.0.1", "100.100.100.200", "fd00:ec2::254", "::ffff:169.254.169.254",
    "::ffff:0.0.0.0", "2002:a9fe:a9fe::1", "64:ff9b::a9fe:a9fe", "::ffff:224.0.0.1", "not an address", "", "1.2.3", "4000::1",
]  # fmt: skip
PRIVATE = [
    "127.0.0.1", "127.8.8.8", "::1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fc00::1",
    "fd12:3456::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "2002:7f00:1::", "2002:c0a8:101::1",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "2001:db8::1",
]  # fmt: skip
PUBLIC = ["1.2.4.8", "114.114.114.114", "2400:3200::1", "::ffff:1.2.4.8", "2606:4700::1111"]


def names(**known: Sequence[str]):
    """A name service that knows these."""

    async def lookup(host: str, _port: int) -> Sequence[str]:
        return known[host.replace(".", "_")]

    return lookup


@pytest.mark.parametrize("address", ALWAYS_REFUSED)
@pytest.mark.parametrize("allow_private", [False, True])
def test_some_addresses_are_never_posted_to(address: str, allow_private: bool) -> None:
    with pytest.raises(AddressRefused):
        check_address(address, allow_private=allow_private)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_ones_only_where_that_is_allowed(address: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(address, allow_private=False)
    assert check_address(address, allow_private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_ones_may_be_posted_to(address: str) -> None:
    assert not check_address(address, allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://water.example/", "ftp://water.example/", "file:///etc/passwd", "gopher://x/", "//water.example", "water",
        "https://", "https:///path", "https://user:pass@water.example/", "https://user@water.example/", "https://w.example/#x",
        "https://w.example:99999/", "https://w.example:x/", "https://w.example/\r\nHost: x", "https://w example/", "", "https://[::1",
    ],
)  # fmt: skip
def test_urls_that_are_none_of_ours(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url, allow_private=False)


def test_good_urls() -> None:
    assert check_url("https://water.example/hook?x=1", allow_private=False) == ("water.example", 443)
    assert check_url("http://10.1.1.1:8080/", allow_private=True) == ("10.1.1.1", 8080)
    assert check_url("https://[2400:3200::1]:8443/", allow_private=False) == ("2400:3200::1", 8443)


@pytest.mark.parametrize("address", [*ALWAYS_REFUSED[:14], *PRIVATE])
async def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    lookup = names(evil_example=[address])
    with pytest.raises(AddressRefused):
        await resolved("https://evil.example/", allow_private=False, lookup=lookup)


async def test_a_name_with_a_good_and_a_bad_address_is_refused() -> None:
    lookup = names(mixed_example=["1.2.4.8", "127.0.0.1"])
    with pytest.raises(AddressRefused):
        await resolved("https://mixed.example/", allow_private=False, lookup=lookup)


async def test_plain_http_goes_to_private_addresses_only_even_where_allowed() -> None:
    lookup = names(public_example=["1.2.4.8"], inside_example=["10.0.0.8"])
    with pytest.raises(AddressRefused):
        await resolved("http://public.example/", allow_private=True, lookup=lookup)
    assert await resolved("http://inside.example/", allow_private=True, lookup=lookup) == ("10.0.0.8",)
    assert await resolved("https://public.example/", allow_private=True, lookup=lookup) == ("1.2.4.8",)


async def test_a_name_without_address_is_refused() -> None:
    with pytest.raises(AddressRefused):
        await resolved("https://none.example/", allow_private=False, lookup=names(none_example=[]))


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "127.1", "017700000001", "localhost", "0", "[::]", "[::ffff:7f00:1]"]
)
async def test_other_spellings_of_an_inside_address(host: str) -> None:
    """As the machine's own name service reads them; one that it cannot read has no address."""
    with pytest.raises((AddressRefused, OSError)):
        await resolved(f"https://{host}/", allow_private=False, lookup=look_up)


async def test_what_was_checked_is_what_is_connected_to() -> None:
    """Whatever the name service says later: there is no second look-up."""
    pinned = Pinned(["1.2.4.8", "2400:3200::1"])
    found = await pinned.resolve("rebinding.example", 443)
    assert [one["host"] for one in found] == ["1.2.4.8", "2400:3200::1"]
    only = await pinned.resolve("rebinding.example", 443, socket.AF_INET)
    assert [one["host"] for one in only] == ["1.2.4.8"]
