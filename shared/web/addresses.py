"""Which addresses may be connected to. A name is resolved once and the addresses found are the ones connected to, so that what a server of
names says a second later (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from copydesk.shared.web.settings import Network

NAT64 = IPv6Network("64:ff9b::/96")
IpAddress = IPv4Address | IPv6Address


class PrivateAddressError(OSError):
    """A host whose addresses are all private, loopback or link-local."""


def may_connect(address: str, allowed: Sequence[Network]) -> bool:
    """Whether this is an address of the public internet, or in a network that the settings allow. Scopes (`fe80::1%eth0`) are dropped."""
    found = ip_address(address.partition("%")[0])
    return all(_public(one) or any(one.version == network.version and one in network for network in allowed) for one in _meant(found))


def _meant(address: IpAddress) -> list[IpAddress]:
    """The address, or the IPv4 address that it carries: `::ffff:127.0.0.1` is 127.0.0.1."""
    if isinstance(address, IPv4Address):
        return [address]
    if address in NAT64:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return [one for one in carried if one is not None] or [address]


def _public(address: IpAddress) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def connected_host(url: str) -> str:
    """The host of an address as aiohttp connects to it: `http://１２７。0。0。1/` → 127.0.0.1. Raises ValueError for what is none."""
    return URL(url).raw_host or ""


class GuardedResolver(AbstractResolver):
    """The system's resolver without the addresses that may not be connected to."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed
        self._inner = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        good = [one for one in found if may_connect(one["host"], self._allowed)]
        if found and not good:
            raise PrivateAddressError(f"{host} has only private addresses, such as {found[0]['host']}")
        return good

    async def close(self) -> None:
        await self._inner.close()
