"""The parameters of a new interface, whether it is created alone or attached at once.

Sources: the vendor's page CreateNetworkInterface (2026-03-26) and the definitions in tccli.
"""

from typing import Final

from duolect_core.by_fields import Value, statically_frozen
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.relations.address_plans import ANY, ANY_PRIMARY, AddressPlan, AddressRequest
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import TagParam
from duolect_dialects.values import AtMost, Between, Coded, Count, Each

_TEXT: Final = AtMost(60)
_SHOWN: Final = "only shown by the vendor"


@statically_frozen(kw_only=True, eq=False, repr=False)
class PrivateIpAddressSpecification(Value):
    """One wanted private address; without an address any free one."""

    PrivateIpAddress: str | None = param()
    Primary: bool = param(default=False)
    PublicIpAddress: str | None = ignored(note=_SHOWN)
    AddressId: str | None = ignored(note=_SHOWN)
    Description: str = param(_TEXT, default="")
    IsWanIpBlocked: bool | None = ignored(note=_SHOWN)
    State: str | None = ignored(note=_SHOWN)
    QosLevel: str | None = ignored(common.QOS, note="the interface's level counts")


@statically_frozen(kw_only=True, eq=False, repr=False)
class Ipv6AddressParam(Value):
    """One wanted IPv6 address."""

    Address: str = required()
    Primary: bool | None = ignored(note=_SHOWN)
    AddressId: str | None = ignored(note=_SHOWN)
    Description: str = param(_TEXT, default="")
    IsWanIpBlocked: bool | None = ignored(note=_SHOWN)
    State: str | None = ignored(note=_SHOWN)
    PublicIpAddress: str | None = ignored(note=_SHOWN)
    AddressType: str | None = ignored(note=_SHOWN)


@statically_frozen(kw_only=True, eq=False, repr=False)
class NewInterface(Value):
    """What every request for a new interface may hold."""

    VpcId: str = required(common.VPC_ID)
    NetworkInterfaceName: str = required(Coded(common.NOT_EMPTY, "InvalidParameterValue"), _TEXT)
    SubnetId: str = required(common.SUBNET_ID)
    NetworkInterfaceDescription: str = param(_TEXT, default="")
    QosLevel: str = stored(common.QOS, default="DEFAULT")
    SecurityGroupIds: tuple[str, ...] = param(Each(common.GROUP_ID), default=())
    PrivateIpAddresses: tuple[PrivateIpAddressSpecification, ...] = param(Count(0, 10), default=())
    SecondaryPrivateIpAddressCount: int = param(Between(0, 255), default=0)
    Ipv6Addresses: tuple[Ipv6AddressParam, ...] = param(Count(0, 10), default=())
    Ipv6AddressCount: int = param(Between(0, 10), default=0)
    Tags: tuple[TagParam, ...] = param(default=())
    IsRdma: bool = param(default=False)
    ClientToken: str | None = param(*common.TOKEN)
    TerminationProtection: bool = param(default=False)
    TrafficProtection: bool | None = stored()


def creation(request: NewInterface, trunking: str | None = None) -> CreateInterface:
    """Return the command that creates the interface."""
    return CreateInterface(
        network_id=request.VpcId,
        subnet_id=request.SubnetId,
        group_ids=request.SecurityGroupIds,
        addresses=_addresses(request),
        name=request.NetworkInterfaceName,
        description=request.NetworkInterfaceDescription,
        tags=common.tags(request.Tags),
        protected=request.TerminationProtection,
        rdma=request.IsRdma,
        extras={
            "QosLevel": request.QosLevel,
            "TrunkingFlag": trunking,
            "TrafficProtection": request.TrafficProtection,
        },
    )


def _addresses(request: NewInterface) -> AddressPlan:
    """Return what is wanted. The primary address is the one marked so, else the first, else any."""
    counts = request.SecondaryPrivateIpAddressCount, request.Ipv6AddressCount
    if not (request.PrivateIpAddresses or request.Ipv6Addresses or any(counts)):
        return ANY_PRIMARY
    requests = [
        AddressRequest(
            None if each.PrivateIpAddress is None else common.ipv4(each.PrivateIpAddress),
            each.Description,
        )
        for each in request.PrivateIpAddresses
    ]
    marked = [place for place, each in enumerate(request.PrivateIpAddresses) if each.Primary]
    if len(marked) > 1:
        raise Refusal("InvalidParameterValue", "Only one of `PrivateIpAddresses` can be primary.")
    primary = requests.pop(marked[0] if marked else 0) if requests else ANY
    return AddressPlan(
        primary=primary,
        secondaries=(*requests, *(ANY,) * request.SecondaryPrivateIpAddressCount),
        ipv6=(
            *(
                AddressRequest(common.ipv6(each.Address), each.Description)
                for each in request.Ipv6Addresses
            ),
            *(ANY,) * request.Ipv6AddressCount,
        ),
    )
