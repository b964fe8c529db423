"""Public IPv6 addresses, classic and elastic, for the plausible requests."""

from collections.abc import Callable
from typing import Any

Call = Callable[..., dict[str, Any]]


def ipv6_requests(call: Call, values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Make some of each; return what their actions take besides."""
    interface = {"NetworkInterfaceId": values["NetworkInterfaceId"]}
    made = call("AssignIpv6Addresses", **interface, Ipv6AddressCount=3)["Ipv6AddressSet"]
    classic, plain, held = (each["Address"] for each in made)
    (classic_id,) = call("AllocateIp6AddressesBandwidth", Ip6Addresses=[classic])["AddressSet"]
    free, bound = (call("AllocateIPv6Addresses")["AddressSet"][0] for _ in range(2))
    call("AssociateIPv6Address", IPv6AddressId=bound, PrivateIPv6Address=held, **interface)
    values |= {"Ip6AddressId": classic_id, "IPv6AddressId": free}
    return {
        "AllocateIp6AddressesBandwidth": {"Ip6Addresses": [plain]},
        "ModifyIp6AddressesBandwidth": {"Ip6AddressIds": [classic_id], "InternetMaxBandwidthOut": 9},
        "ReleaseIp6AddressesBandwidth": {"Ip6Addresses": [classic]},
        "AssociateIPv6Address": {"PrivateIPv6Address": plain, **interface},
        "DisassociateIPv6Address": {"IPv6AddressId": bound},
        "ReleaseIPv6Addresses": {"IPv6AddressIds": [free]},
        "ModifyIPv6AddressesAttributes": {"IPv6AddressIds": [free], "IPv6AddressName": "name"},
        "ModifyIPv6AddressesBandwidth": {"IPv6AddressIds": [free], "InternetMaxBandwidthOut": 9},
    }
