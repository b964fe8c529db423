"""The default VPC of a region and its default vSwitches, one for each zone.

Sources: the vendor's pages CreateDefaultVpc and CreateDefaultVSwitch, the models of its Python SDK, and the
page on default VPCs: the VPC has a mask of 16, the vSwitches have one of 20.
"""

from ipaddress import IPv4Network
from typing import Final

import attrs

from duolect_core.networks import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.networks import views
from duolect_dialects.declarations import param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between

_BLOCK: Final = IPv4Network("172.31.0.0/16")
_MASK: Final = 20


@attrs.frozen(kw_only=True)
class CreateDefaultVpc:
    """Create the default VPC of the region."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    EnableIpv6: bool = param(default=False)
    Ipv6CidrBlock: str | None = refused("IPv6 blocks are not reserved beforehand; the cloud chooses them")
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code="InvalidResourceGroupId")


@vpc_action(idempotent_by="ClientToken")
def create_default_vpc(session: Session, request: CreateDefaultVpc) -> Body:
    """Create it: Pending, then Available."""
    group = request.ResourceGroupId
    created = session.execute(
        commands.CreateNetwork(
            block=_BLOCK,
            ipv6=request.EnableIpv6,
            default=True,
            extras={} if group is None else {"ResourceGroupId": group},
        ),
    )
    body = views.created_vpc(session, created)
    del body["ResourceGroupId"]
    return body


@attrs.frozen(kw_only=True)
class CreateDefaultVSwitch:
    """Create the default vSwitch of a zone, in the default VPC."""

    RegionId: str = required()
    ZoneId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Ipv6CidrBlock: int | None = param(Between(0, 255))


@vpc_action(idempotent_by="ClientToken")
def create_default_vswitch(session: Session, request: CreateDefaultVSwitch) -> Body:
    """Create it in the first block that is free: Pending, then Available."""
    created = session.execute(
        commands.CreateDefaultSubnet(zone=request.ZoneId, mask=_MASK, ipv6_index=request.Ipv6CidrBlock),
    )
    return {"VSwitchId": created.id}
