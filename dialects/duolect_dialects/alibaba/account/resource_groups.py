"""Resource groups of the VPC product: a resource is moved from one to another. Groups are only names here.

Source: the models of the vendor's Python SDK, whose comments are its page MoveResourceGroup.
"""

from typing import Final

import attrs

from duolect_core.networks.changes import ModifyNetwork
from duolect_core.public_addresses.lifecycle import ModifyPublicAddresses
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.values import Form

_ABSENT: Final = (
    "BandwidthPackage", "PrefixList", "PublicIpAddressPool", "FlowLog", "HaVip", "TrafficMirrorFilter",
    "TrafficMirrorSession", "IPv4Gateway", "IPv6Gateway", "IPv6Address", "DhcpOptionsSet",
    "GatewayEndpoint",
)  # fmt: skip
_TYPES: Final = Form(
    "(?i:" + "|".join(("Vpc", "Eip", *_ABSENT)) + ")", "a type of resource that can be moved"
)


@attrs.frozen(kw_only=True)
class MoveResourceGroup:
    """Put a VPC or an EIP into another resource group."""

    NewResourceGroupId: str = required()
    RegionId: str = required()
    ResourceId: str = required()
    ResourceType: str = required(_TYPES)


@vpc_action()
def move_resource_group(session: Session, request: MoveResourceGroup) -> Body:
    """Move it at once; the vSwitches of a VPC and its route table go along."""
    extras = {"ResourceGroupId": common.resource_group(request.NewResourceGroupId)}
    kind = request.ResourceType.lower()
    if kind == "vpc":
        session.execute(ModifyNetwork(network_id=request.ResourceId, extras=extras))
    elif kind == "eip":
        session.execute(ModifyPublicAddresses(address_ids=(request.ResourceId,), extras=extras))
    else:
        message = f"The resource {request.ResourceId} does not exist."
        raise Refusal("InvalidResourceId.NotFound", message, 404)
    return {}
