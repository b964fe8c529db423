"""The network interfaces that RunInstances creates or attaches together with its instances."""

from typing import Any, Final

import attrs

from duolect_core.addressing.pools import parse_ipv6
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.interfaces.secondaries import Secondary
from duolect_core.relations.address_plans import ANY, AddressPlan, AddressRequest
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.instances.options import NetworkInterfaceParam
from duolect_dialects.call import Refusal

_OF_A_FREE_ONE: Final = frozenset({"InstanceType", "NetworkInterfaceId", "NetworkCardIndex"})
"""All that can be said of an interface that is there already."""


def primary(named: tuple[NetworkInterfaceParam, ...], flat: dict[str, Any]) -> NetworkInterfaceParam:
    """Return what is wanted of the primary interface, given flat or as a NetworkInterface.

    Raises:
        Refusal: it is given twice, or cannot be had.
    """
    primaries = [each for each in named if each.InstanceType == "Primary"]
    if len(primaries) > 1:
        raise _inconsistent("An instance has only one primary network interface.")
    if not primaries:
        return NetworkInterfaceParam(InstanceType="Primary", **flat)
    mixed = sorted(name for name, value in flat.items() if value)
    if mixed:
        raise Refusal(
            "InvalidParameter.Combination",
            f"A primary NetworkInterface cannot be used together with the flat form of {mixed[0]}.",
            403,
        )
    (found,) = primaries
    _check_primary(found)
    return found


def _check_primary(wanted: NetworkInterfaceParam) -> None:
    if wanted.NetworkInterfaceId is not None:
        raise _inconsistent("A primary network interface is created with its instance.")
    if wanted.DeleteOnRelease is False:
        raise Refusal(
            "UnsupportedParameter", "A primary network interface always goes with its instance here.", 400
        )
    if wanted.NetworkInterfaceTrafficMode == "HighPerformance":
        raise Refusal(
            "UnsupportedParameter", "A primary network interface is always in the Standard mode here.", 400
        )
    if wanted.NetworkCardIndex:
        raise Refusal(
            "InvalidParameter.NetworkCardIndexInvalid", "A primary network interface is on card 0.", 400
        )
    _check(wanted)


def _check(wanted: NetworkInterfaceParam) -> None:
    """Raise ``Refusal`` where parameters of one interface exclude each other."""
    common.exclusive(wanted, "SecurityGroupId", "SecurityGroupIds")
    common.exclusive(wanted, "Ipv6Address", "Ipv6AddressCount")
    if wanted.QueuePairNumber is not None and wanted.NetworkInterfaceTrafficMode != "HighPerformance":
        raise Refusal(
            "InvalidParameter.QueuePairNumberMustEmpty",
            "QueuePairNumber can be used in the HighPerformance traffic mode only.",
            403,
        )


def _inconsistent(message: str) -> Refusal:
    return Refusal("InvalidParameter.NetworkInterface", message, 403)


def secondaries(
    named: tuple[NetworkInterfaceParam, ...], beside: NetworkInterfaceParam, amount: int
) -> tuple[Secondary, ...]:
    """Return the secondary interfaces of each of ``amount`` instances.

    Where nothing else is said they are in the vSwitch and the groups of the primary one ``beside`` them.

    Raises:
        Refusal: they cannot be had.
    """
    return tuple(_secondary(each, beside, amount) for each in named if each.InstanceType == "Secondary")


def _secondary(wanted: NetworkInterfaceParam, beside: NetworkInterfaceParam, amount: int) -> Secondary:
    card = wanted.NetworkCardIndex
    if wanted.NetworkInterfaceId is not None:
        given = attrs.asdict(wanted, filter=lambda _, value: value not in (None, ()))
        others = sorted(given.keys() - _OF_A_FREE_ONE)
        if others:
            raise _inconsistent(f"{others[0]} cannot be used together with NetworkInterfaceId.")
        return Secondary(wanted.NetworkInterfaceId, card=card)
    _check(wanted)
    if amount > 1 and (wanted.PrimaryIpAddress or wanted.Ipv6Address):
        raise Refusal(
            "InvalidParam.SecondaryNetworkInterface",
            "Certain addresses of a secondary network interface can be had by a single instance only.",
            400,
        )
    create = CreateInterface(
        subnet_id=wanted.VSwitchId or beside.VSwitchId or "",
        group_ids=groups(wanted) or groups(beside),
        addresses=attrs.evolve(addresses(wanted), primary=_primary_ip(wanted)),
        name=wanted.NetworkInterfaceName or "",
        description=wanted.Description or "",
        delete_on_release=wanted.DeleteOnRelease,
        rdma=wanted.NetworkInterfaceTrafficMode == "HighPerformance",
        queues=wanted.QueueNumber,
        queue_pairs=wanted.QueuePairNumber,
        extras=extras(wanted),
    )
    return Secondary(create, card=card)


def _primary_ip(wanted: NetworkInterfaceParam) -> AddressRequest:
    if wanted.PrimaryIpAddress is None:
        return ANY
    return AddressRequest(common.ipv4(wanted.PrimaryIpAddress, "InvalidPrivateIpAddress", 400))


def groups(wanted: NetworkInterfaceParam) -> tuple[str, ...]:
    """Return the security groups that an interface shall be in."""
    return (wanted.SecurityGroupId,) if wanted.SecurityGroupId else wanted.SecurityGroupIds


def addresses(wanted: NetworkInterfaceParam) -> AddressPlan:
    """Return all but the primary address of an interface, which may be any."""
    ipv6 = tuple(_ipv6(text) for text in wanted.Ipv6Address)
    return AddressPlan(
        secondaries=(ANY,) * (wanted.SecondaryPrivateIpAddressCount or 0),
        ipv6=ipv6 + (ANY,) * (wanted.Ipv6AddressCount or 0),
    )


def _ipv6(text: str) -> AddressRequest:
    ip = parse_ipv6(text)
    if ip is None:
        raise Refusal("InvalidParameter", f"{text} is not an IPv6 address.", 400)
    return AddressRequest(ip)


def extras(wanted: NetworkInterfaceParam) -> dict[str, Any]:
    """Return what of an interface is only shown again.

    Raises:
        Refusal: the depths of its queues differ.
    """
    if wanted.RxQueueSize != wanted.TxQueueSize:
        raise Refusal("InvalidParameter", "RxQueueSize and TxQueueSize must be equal.", 400)
    names = ("RxQueueSize", "TxQueueSize", "SourceDestCheck")
    return {name: value for name in names if (value := getattr(wanted, name)) is not None}
