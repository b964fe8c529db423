"""Classic public IPv6 addresses: those of interfaces, which are given public bandwidth and lose it again.

Source: the definitions in tccli. Such an address is one as long as it has bandwidth, and goes with its
private address.
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import parse_ipv6
from duolect_core.public_addresses import ipv6_bandwidths as commands
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.public_addresses.lifecycle import (
    ADDRESS_ID,
    BY_PACKAGE,
    MALFORMED,
    TAG_CODES,
    AddressTag,
    check_bandwidth,
    execute_as_task,
)
from duolect_dialects.tencent.public_addresses.views import BY_TRAFFIC, UNNAMED
from duolect_dialects.values import Each, OneOf
from duolect_dialects.wording import Message

CHARGES: Final = OneOf(BY_TRAFFIC, BY_PACKAGE)


def ips_of(texts: tuple[str, ...]) -> tuple[int, ...]:
    """Return IPv6 addresses as numbers, or raise ``Refusal``."""
    found = []
    for text in texts:
        ip = parse_ipv6(text)
        if ip is None:
            raise Refusal(
                "InvalidParameterValue.InvalidIpv6",
                Message("`{text}` is not an IPv6 address.", text=text),
            )
        found.append(ip)
    return tuple(found)


@attrs.frozen(kw_only=True)
class AllocateIp6AddressesBandwidth:
    """Give IPv6 addresses of interfaces public bandwidth."""

    Ip6Addresses: tuple[str, ...] = required(*common.non_empty(100), code="InvalidParameterValue.Malformed")
    InternetMaxBandwidthOut: int = stored(default=1)
    InternetChargeType: str = stored(CHARGES, default=BY_TRAFFIC)
    BandwidthPackageId: str | None = param(common.id_of("bwp"), code="InvalidParameterValue.Malformed")
    Tags: tuple[AddressTag, ...] = param(default=())


@vpc_action()
def allocate_ip6_addresses_bandwidth(session: Session, request: AllocateIp6AddressesBandwidth) -> Body:
    """Give it: CREATING, then BIND; all of them, or none."""
    charge_type = BY_PACKAGE if request.BandwidthPackageId else request.InternetChargeType
    check_bandwidth(request.InternetMaxBandwidthOut, charge_type)
    made, task = execute_as_task(
        session,
        commands.CreateIpv6Bandwidths(
            ips=ips_of(request.Ip6Addresses),
            package_id=request.BandwidthPackageId,
            name=UNNAMED,
            tags=common.tags(request.Tags, TAG_CODES),
            extras={"Bandwidth": request.InternetMaxBandwidthOut, "InternetChargeType": charge_type},
        ),
    )
    return {"AddressSet": [each.id for each in made], "TaskId": task}


@attrs.frozen(kw_only=True)
class ReleaseIp6AddressesBandwidth:
    """Take the public bandwidth of IPv6 addresses away."""

    Ip6Addresses: tuple[str, ...] = param(default=(), note="these or Ip6AddressIds, and not both")
    Ip6AddressIds: tuple[str, ...] = param(Each(ADDRESS_ID), default=(), code=MALFORMED)


@attrs.frozen(kw_only=True)
class ModifyIp6AddressesBandwidth(ReleaseIp6AddressesBandwidth):
    """Give IPv6 addresses another public bandwidth."""

    InternetMaxBandwidthOut: int = required()


@vpc_action()
def release_ip6_addresses_bandwidth(session: Session, request: ReleaseIp6AddressesBandwidth) -> Body:
    """Take it away: OFFLINING, then the addresses are private ones alone; of all of them, or of none."""
    ips, ids = _named(request)
    _, task = execute_as_task(session, commands.DeleteIpv6Bandwidths(ips=ips, bandwidth_ids=ids))
    return {"TaskId": task}


@vpc_action()
def modify_ip6_addresses_bandwidth(session: Session, request: ModifyIp6AddressesBandwidth) -> Body:
    """Change it, for all of them or none."""
    (ips, ids), graph = _named(request), session.graph
    known = [graph.ipv6_bandwidth_by_ip[ip] for ip in ips if ip in graph.ipv6_bandwidth_by_ip]
    for found in (*known, *ids):
        its = named_gateways.ipv6_bandwidth(graph, found)
        check_bandwidth(request.InternetMaxBandwidthOut, its.extras["InternetChargeType"])
    command = commands.ResizeIpv6Bandwidths(
        ips=ips, bandwidth_ids=ids, extras={"Bandwidth": request.InternetMaxBandwidthOut}
    )
    _, task = execute_as_task(session, command)
    return {"TaskId": task}


def _named(request: ReleaseIp6AddressesBandwidth) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the addresses, or the ids, that a request names: one of both it must."""
    if request.Ip6Addresses and request.Ip6AddressIds:
        raise Refusal("InvalidParameter.Coexist", "Ip6Addresses and Ip6AddressIds cannot be used together.")
    if not request.Ip6Addresses and not request.Ip6AddressIds:
        raise request_errors.missing("Ip6AddressIds")
    return ips_of(request.Ip6Addresses), request.Ip6AddressIds
