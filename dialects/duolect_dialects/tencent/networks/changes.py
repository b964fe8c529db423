"""Changes of VPCs and subnets.

Source: the definitions in tccli.
"""

from typing import Final

import attrs

from duolect_core.networks import changes as commands
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.values import AtMost, Count, Each
from duolect_dialects.wording import Message

_NAME: Final = AtMost(60)


@attrs.frozen(kw_only=True)
class ModifyVpcAttribute:
    """Rename a VPC, or change what is kept of it."""

    VpcId: str = required(common.VPC_ID)
    VpcName: str | None = param(_NAME)
    EnableMulticast: bool | None = stored()
    DnsServers: tuple[str, ...] | None = stored(Count(0, 4), Each(common.IPV4))
    DomainName: str | None = stored()
    EnableRouteVpcPublish: bool | None = stored()
    EnableCdcPublish: bool | None = param(note="true is refused: there are no dedicated clusters")
    EnableRouteVpcPublishIpv6: bool | None = stored()


@vpc_action()
def modify_vpc_attribute(session: Session, request: ModifyVpcAttribute) -> Body:
    """Change what is given, at once."""
    if request.EnableCdcPublish:
        raise Refusal(
            "UnsupportedOperation.CdcPublishNeedCdcId", Message("The VPC is in no dedicated cluster.")
        )
    session.execute(
        commands.ModifyNetwork(
            network_id=request.VpcId, name=request.VpcName, extras=common.stored_extras(request)
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class ModifySubnetAttribute:
    """Rename a subnet, or switch broadcast on or off."""

    SubnetId: str = required(common.SUBNET_ID)
    SubnetName: str | None = param(_NAME)
    EnableBroadcast: bool | None = stored()


@vpc_action()
def modify_subnet_attribute(session: Session, request: ModifySubnetAttribute) -> Body:
    """Change what is given, at once."""
    session.execute(
        commands.ModifySubnet(
            subnet_id=request.SubnetId, name=request.SubnetName, extras=common.stored_extras(request)
        )
    )
    return {}
