"""Where a request may lead: to public addresses, unless the user allowed a host by name."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_NOT_PUBLIC = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "168.63.129.16/32 2001::/23 2001:db8::/32 3fff::/20"
    ).split()
)
"""IANA's special-purpose blocks that no public site lives in, Teredo (2001::/32) among them, and the one address that
machines in Azure ask about themselves. `ipaddress.is_global` differs from release to release."""

_UNICAST = ip_network("2000::/3")
"""All that IANA has given to public IPv6 hosts."""

_WRAPPINGS = tuple(
    (ip_network(block), shift)
    for block, shift in (("::/96", 0), ("::ffff:0:0/96", 0), ("64:ff9b::/96", 0), ("2002::/16", 80))
)
"""IPv6 blocks that carry an IPv4 address (compatible, mapped, NAT64, 6to4), and the bits behind it."""

_PRIVATE_NAMES = tuple(".localhost .local .internal .intranet .lan .corp .home .home.arpa .localdomain".split())
_ENDS_IN_A_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet; an IPv4 address inside an IPv6 one is what counts.

    >>> is_public("93.184.216.34"), is_public("2606:2800:220:1:248:1893:25c8:1946")
    (True, True)
    >>> is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::7f00:1")
    (False, False, False)
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        inner = _carried(found)
        if inner is None:
            return found in _UNICAST and not found.scope_id and not _is_special(found)
        found = inner
    return not _is_special(found)


def is_number(host: str) -> bool:
    """Whether a host is an address in its usual spelling, which no name server needs to be asked about.

    >>> is_number("192.0.2.1"), is_number("2001:db8::1"), is_number("example.org")
    (True, True, False)
    """
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def refusal(host: str, allowed: Collection[str] = ()) -> str:
    """Why a host may not be asked, as a sentence, or empty where it may.

    `host` is as `read_url` writes it. A name that is let through here can still lead to a private address, so the
    address itself is judged again when it is connected to.

    >>> refusal("example.org"), refusal("10.0.0.7", allowed={"10.0.0.7"})
    ('', '')
    >>> refusal("router.local")
    'router.local is a private address; allow it with --allow-private router.local'
    >>> refusal("0x7f.1")
    '0x7f.1 is an address in an odd spelling, and litdb does not guess which'
    """
    if host in {name.lower() for name in allowed}:
        return ""
    try:
        return "" if is_public(host) else private(host)
    except ValueError:
        return _name_refusal(host)


def private(host: str) -> str:
    """The sentence that refuses a private host, with the way to allow it."""
    return f"{host} is a private address; allow it with --allow-private {host}"


def _name_refusal(host: str) -> str:
    if _ENDS_IN_A_NUMBER.search(host):
        return f"{host} is an address in an odd spelling, and litdb does not guess which"
    return private(host) if "." not in host or host.endswith(_PRIVATE_NAMES) else ""


def _carried(address: IPv6Address) -> IPv4Address | None:
    shift = next((shift for block, shift in _WRAPPINGS if address in block), None)
    return None if shift is None else IPv4Address(int(address) >> shift & 0xFFFFFFFF)


def _is_special(address: IPv4Address | IPv6Address) -> bool:
    return any(address in block for block in _NOT_PUBLIC)
