"""High-availability virtual IP addresses (HAVIPs): create, associate, describe, rename, delete.

What a HAVIP is associated with says where it may drift to. It drifts when a guest announces it; there are
no guests here, so it stays on the network interface that it was created on, or on none.

Source: the definitions in tccli.
"""

from collections.abc import Iterable
from typing import Final

import attrs

from duolect_core.addressing.pools import parse_ipv4
from duolect_core.by_fields import Value, statically_frozen
from duolect_core.graph.graph import Graph
from duolect_core.interfaces import virtual_addresses as commands
from duolect_core.model.virtual_addresses import VirtualAddress
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.interfaces import virtual_address_views as views
from duolect_dialects.tencent.interfaces.public_addresses import addresses_at
from duolect_dialects.values import AtMost, Count, Each, OneOf

HAVIP_ID: Final = common.id_of("havip")
NAME: Final = AtMost(60)
_MOST_ASSOCIATIONS: Final = 10


@statically_frozen(kw_only=True, eq=False, repr=False)
class NewHaVipAssociation(Value):
    """One of HaVipAssociationSet of a new HAVIP."""

    InstanceId: str = required()
    HaVipId: str | None = ignored(HAVIP_ID, note="it is the new HAVIP, which has no id yet")
    InstanceType: str = param(OneOf(views.INSTANCE, views.INTERFACE), default=views.INSTANCE)


@statically_frozen(kw_only=True, eq=False, repr=False)
class HaVipAssociation(NewHaVipAssociation):
    """One of HaVipAssociationSet."""

    HaVipId: str | None = param(HAVIP_ID, note="required")


# -- creating and renaming ---------------------------------------------------------------------------------


@statically_frozen(kw_only=True, eq=False, repr=False)
class CreateHaVip(Value):
    """Create a HAVIP of a subnet."""

    VpcId: str = required(common.VPC_ID)
    HaVipName: str = required(NAME)
    SubnetId: str | None = param(common.SUBNET_ID, note="required: every subnet has an id")
    Vip: str | None = param(common.IPV4, note="any free address unless given")
    NetworkInterfaceId: str | None = param(common.INTERFACE_ID)
    CheckAssociate: bool = stored(default=False)
    Tags: tuple[TagParam, ...] = param(default=())
    HaVipAssociationSet: tuple[NewHaVipAssociation, ...] = param(Count(0, _MOST_ASSOCIATIONS), default=())
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def create_ha_vip(session: Session, request: CreateHaVip) -> Body:
    """Create it, usable at once."""
    if request.SubnetId is None:
        raise request_errors.missing("SubnetId")
    created = session.execute(
        commands.CreateVirtualAddress(
            network_id=request.VpcId,
            subnet_id=request.SubnetId,
            ip=None if request.Vip is None else common.ipv4(request.Vip),
            interface_id=request.NetworkInterfaceId or "",
            carriers=_carryings(request.HaVipAssociationSet),
            name=request.HaVipName,
            tags=common.tags(request.Tags),
            extras={"CheckAssociate": request.CheckAssociate},
        )
    )
    return {"HaVip": views.ha_vip(session.graph, created)}


def _carryings(given: Iterable[NewHaVipAssociation]) -> tuple[commands.Carrying, ...]:
    return tuple(
        commands.Carrying(
            each.HaVipId or "", each.InstanceId, as_interface=each.InstanceType == views.INTERFACE
        )
        for each in given
    )


@attrs.frozen(kw_only=True)
class ModifyHaVipAttribute:
    """Rename a HAVIP."""

    HaVipId: str = required(HAVIP_ID)
    HaVipName: str | None = param(NAME)


@vpc_action()
def modify_ha_vip_attribute(session: Session, request: ModifyHaVipAttribute) -> Body:
    """Change the name at once."""
    session.execute(commands.ModifyVirtualAddress(address_id=request.HaVipId, name=request.HaVipName))
    return {}


@attrs.frozen(kw_only=True)
class DeleteHaVip:
    """Delete a HAVIP that no EIP is bound to."""

    HaVipId: str = required(HAVIP_ID)


@vpc_action()
def delete_ha_vip(session: Session, request: DeleteHaVip) -> Body:
    """Delete it at once."""
    session.execute(commands.DeleteVirtualAddress(request.HaVipId))
    return {}


# -- associating -------------------------------------------------------------------------------------------


@statically_frozen(kw_only=True, eq=False, repr=False)
class AssociateHaVipInstance(Value):
    """Let HAVIPs drift to instances and network interfaces."""

    HaVipAssociationSet: tuple[HaVipAssociation, ...] = required(*common.non_empty(_MOST_ASSOCIATIONS))


@statically_frozen(kw_only=True, eq=False, repr=False)
class DisassociateHaVipInstance(AssociateHaVipInstance):
    """Let HAVIPs no longer drift to instances and network interfaces."""


@vpc_action()
def associate_ha_vip_instance(session: Session, request: AssociateHaVipInstance) -> Body:
    """Associate them at once: all of them, or none."""
    session.execute(commands.AssociateVirtualAddresses(_named(request.HaVipAssociationSet)))
    return {}


@vpc_action()
def disassociate_ha_vip_instance(session: Session, request: DisassociateHaVipInstance) -> Body:
    """Undo the associations at once: all of them, or none."""
    session.execute(commands.DisassociateVirtualAddresses(_named(request.HaVipAssociationSet)))
    return {}


def _named(given: tuple[HaVipAssociation, ...]) -> tuple[commands.Carrying, ...]:
    """Return what associations say, or raise ``Refusal`` where one names no HAVIP."""
    for place, each in enumerate(given):
        if each.HaVipId is None:
            raise request_errors.missing(f"HaVipAssociationSet.{place}.HaVipId")
    return _carryings(given)


# -- describing --------------------------------------------------------------------------------------------


@statically_frozen(kw_only=True, eq=False, repr=False)
class HaVipFilter(Value):
    """One of Filters: any of its values may match."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 5))


@statically_frozen(kw_only=True, eq=False, repr=False)
class DescribeHaVips(Value):
    """List HAVIPs, newest first: by ids, or by filters that must all match."""

    HaVipIds: tuple[str, ...] = param(Count(0, 100), Each(HAVIP_ID), default=())
    Filters: tuple[HaVipFilter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_ha_vips(session: Session, request: DescribeHaVips) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _filters(graph), request.HaVipIds, request.Filters)
    page = common.page(graph.virtual_addresses, selection, request.Offset, request.Limit)
    return {"TotalCount": page.total, "HaVipSet": [views.ha_vip(graph, shown) for shown in page.items]}


def _filters(graph: Graph) -> "FilterTable[VirtualAddress]":
    return {
        "havip-id": common.by_ids,
        "havip-name": common.contains(lambda found: found.name),
        "vpc-id": common.by(graph.virtual_addresses_by_network),
        "subnet-id": common.by(graph.virtual_addresses_by_subnet),
        "vip": lambda criteria, values: criteria.by(
            graph.virtual_addresses_by_ip, *(parse_ipv4(value) or 0 for value in values)
        ),
        "address-ip": lambda criteria, values: criteria.among(
            {
                found.association.interface_id
                for found in addresses_at(graph, values)
                if found.association is not None
            }
        ),
        "havip-association.instance-id": common.by(graph.virtual_addresses_by_carrier),
        "havip-association.instance-type": common.one_of(lambda found: views.carrier_types(graph, found)),
        "check-associate": common.flag(lambda found: bool(found.extras.get("CheckAssociate"))),
        "cdc-id": common.exactly(lambda _found: ""),
        "type": common.exactly(lambda _found: "NORMAL"),
        "termination-protection": common.flag(lambda _found: False),
        "traffic-protection": common.flag(lambda _found: False),
    }
