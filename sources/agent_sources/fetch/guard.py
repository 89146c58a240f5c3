"""Which IP addresses may be connected to: the public internet, and nothing that could be another name for somewhere else."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Special, though some versions of Python count them as global; and one address at which a provider answers its own machines.
_INSIDE_V4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv4Network("168.63.129.16/32"))
# Forms that carry another address inside, and Python counts some of them as global: NAT64, 6to4, Teredo, ORCHID, documentation.
_CARRIERS_V6 = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2002::/16"),
    IPv6Network("2001::/23"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("3fff::/20"),
)
_GLOBAL_V6 = IPv6Network("2000::/3")  # all that has been given out for use on the internet


def refusal(text: str) -> str | None:
    """Why an IP address is not connected to, in a few words; None for one that may be."""
    if "%" in text:
        return "an address with a zone id"
    try:
        address = ip_address(text)
    except ValueError:
        return "not an IP address"
    if address.is_loopback:
        return "a loopback address"
    if address.is_link_local:
        return "a link-local address, as cloud metadata services have"
    if address.is_multicast:
        return "a multicast address"
    return _refused_v4(address) if isinstance(address, IPv4Address) else _refused_v6(address)


def _refused_v4(address: IPv4Address) -> str | None:
    if any(address in network for network in _INSIDE_V4):
        return "an address with a special use"
    if not address.is_global or address.is_private or address.is_reserved or address.is_unspecified:
        return "not a public address"
    return None


def _refused_v6(address: IPv6Address) -> str | None:
    if address.ipv4_mapped is not None:
        return "an IPv4 address in IPv6 form"
    if any(address in network for network in _CARRIERS_V6):
        return "an address that carries another one inside"
    if address not in _GLOBAL_V6 or not address.is_global or address.is_private or address.is_reserved:
        return "not a public address"
    return None
