"""Which resource group a resource is in. Groups are only names here.

Sources: the vendor's page JoinResourceGroup; the models of its Python SDKs, whose comments are the page
MoveResourceGroup.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.disks.changes import ModifyDisks
from duolect_core.disks.snapshots import ModifySnapshot
from duolect_core.engine.partition import Command
from duolect_core.errors import NotFound
from duolect_core.fleets.launch_templates import ModifyLaunchTemplate
from duolect_core.images.lifecycle import ModifyImage
from duolect_core.instances.changes import ModifyInstances
from duolect_core.interfaces.extras import StoreExtras
from duolect_core.interfaces.virtual_addresses import ModifyVirtualAddress
from duolect_core.key_pairs.lifecycle import ModifyKeyPair
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.changes import ModifyNetwork
from duolect_core.networks.dhcp_options import ModifyDhcpOptionsSet
from duolect_core.networks.flow_logs import ModifyFlowLog
from duolect_core.networks.gateways.lifecycle import ModifyGateway
from duolect_core.public_addresses.bandwidth_packages import ModifyBandwidthPackage
from duolect_core.public_addresses.lifecycle import ModifyPublicAddresses
from duolect_core.security_groups.lifecycle import ModifyGroup
from duolect_core.security_groups.lists.lifecycle import ModifyList
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action, vpc_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Form

_Make = Callable[[str, Mapping[str, Any]], Command[Any]]
_COMMANDS: Final[Mapping[str, _Make]] = MappingProxyType(
    {
        "instance": lambda found, extras: ModifyInstances(instance_ids=(found,), extras=extras),
        "eni": lambda found, extras: StoreExtras(interface_id=found, extras=extras),
        "securitygroup": lambda found, extras: ModifyGroup(group_id=found, extras=extras),
        "keypair": lambda found, extras: ModifyKeyPair(key_pair_id=found, extras=extras),
        "disk": lambda found, extras: ModifyDisks(disk_ids=(found,), extras=extras),
        "snapshot": lambda found, extras: ModifySnapshot(snapshot_id=found, extras=extras),
        "launchtemplate": lambda found, extras: ModifyLaunchTemplate(template_id=found, extras=extras),
        "image": lambda found, extras: ModifyImage(image_id=found, extras=extras),
    }
)
"""What puts a resource of each kind into a group."""
_ABSENT: Final = frozenset({"ddh", "ddhcluster"})
"""Kinds of which there are none."""


@attrs.frozen(kw_only=True)
class JoinResourceGroup:
    """Put a resource into a resource group."""

    RegionId: str | None = param()
    ResourceGroupId: str | None = stored()
    ResourceId: str | None = param()
    ResourceType: str | None = param(note="a kind that there is here")


@ecs_action()
def join_resource_group(session: Session, request: JoinResourceGroup) -> Body:
    """Put it there at once."""
    for name in ("ResourceGroupId", "ResourceId", "ResourceType"):
        if getattr(request, name) is None:
            message = f"The input parameter {name} that is mandatory for this action is not supplied."
            raise Refusal("MissingParameter", message, 403)
    kind, resource_id = str(request.ResourceType), str(request.ResourceId)
    group = common.resource_group(request.ResourceGroupId)
    if kind not in _COMMANDS and kind not in _ABSENT:
        raise Refusal("InvalidResourceType.NotFound", f"The resource type {kind} does not exist.", 404)
    absent = Refusal("InvalidResourceId.NotFound", f"The resource {resource_id} does not exist.", 404)
    if kind in _ABSENT:
        raise absent
    if kind == "keypair":
        resource_id = session.graph.key_pairs_by_name.get(resource_id, resource_id)
    try:
        session.execute(_COMMANDS[kind](resource_id, {"ResourceGroupId": group}))
    except NotFound:
        raise absent from None
    return {}


# -- moving within the product VPC ------------------------------------------------------------------------

_COMMANDS_OF_VPC: Final[Mapping[str, _Make]] = MappingProxyType(
    {
        "vpc": lambda found, extras: ModifyNetwork(network_id=found, extras=extras),
        "eip": lambda found, extras: ModifyPublicAddresses(address_ids=(found,), extras=extras),
        "havip": lambda found, extras: ModifyVirtualAddress(address_id=found, extras=extras),
        "bandwidthpackage": lambda found, extras: ModifyBandwidthPackage(package_id=found, extras=extras),
        "ipv4gateway": lambda found, extras: ModifyGateway(
            kind=ResourceKind.IPV4_GATEWAY, gateway_id=found, extras=extras
        ),
        "ipv6gateway": lambda found, extras: ModifyGateway(
            kind=ResourceKind.IPV6_GATEWAY, gateway_id=found, extras=extras
        ),
        "prefixlist": lambda found, extras: ModifyList(
            kind=ResourceKind.ROUTE_LIST, list_id=found, extras=extras
        ),
        "flowlog": lambda found, extras: ModifyFlowLog(log_id=found, extras=extras),
        "dhcpoptionsset": lambda found, extras: ModifyDhcpOptionsSet(set_id=found, extras=extras),
    }
)
"""What moves a resource of the product VPC of each kind into a group."""
_ABSENT_OF_VPC: Final = (
    "PublicIpAddressPool", "TrafficMirrorFilter",
    "TrafficMirrorSession", "IPv6Address", "GatewayEndpoint",
)  # fmt: skip
_VPC_TYPES: Final = Form(
    "(?i:" + "|".join((*_COMMANDS_OF_VPC, *_ABSENT_OF_VPC)) + ")",
    "a type of resource that can be moved",
)


@attrs.frozen(kw_only=True)
class MoveResourceGroup:
    """Put a VPC, or another resource of that product, into another resource group."""

    NewResourceGroupId: str = required()
    RegionId: str = required()
    ResourceId: str = required()
    ResourceType: str = required(_VPC_TYPES)


@vpc_action()
def move_resource_group(session: Session, request: MoveResourceGroup) -> Body:
    """Move it at once; the vSwitches of a VPC and its route table go along."""
    extras = {"ResourceGroupId": common.resource_group(request.NewResourceGroupId)}
    kind = request.ResourceType.lower()
    unknown_list = kind == "prefixlist" and request.ResourceId not in session.graph.route_lists
    if unknown_list or kind not in _COMMANDS_OF_VPC:
        message = f"The resource {request.ResourceId} does not exist."
        raise Refusal("InvalidResourceId.NotFound", message, 404)
    session.execute(_COMMANDS_OF_VPC[kind](request.ResourceId, extras))
    return {}
