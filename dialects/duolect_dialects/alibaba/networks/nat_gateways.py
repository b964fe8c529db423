"""NAT gateways, of which there are none as long as none can be created.

Source: the models of the vendor's Python SDK, whose comments are its page DescribeNatGateways. Programs ask
before they delete a VPC.
"""

import attrs

from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import OneOf

_NONE = "there are no NAT gateways, so nothing matches"


@attrs.frozen(kw_only=True)
class DescribeNatGateways:
    """List NAT gateways."""

    RegionId: str = required()
    AvailabilityMode: str | None = param(note=_NONE)
    DryRun: bool = param(default=False)
    InstanceChargeType: str | None = param(OneOf("PostPaid", "PrePaid"), note=_NONE)
    Name: str | None = param(note=_NONE)
    NatGatewayId: str | None = param(note=_NONE)
    NatType: str | None = param(note=_NONE)
    NetworkType: str | None = param(OneOf("internet", "intranet"), note=_NONE)
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)
    ResourceGroupId: str | None = param(note=_NONE)
    Spec: str | None = param(note=_NONE)
    Status: str | None = param(note=_NONE)
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param(note=_NONE)
    ZoneId: str | None = param(note=_NONE)


@vpc_action()
def describe_nat_gateways(_session: Session, request: DescribeNatGateways) -> Body:
    """List none."""
    common.end_dry_run(request)
    return {
        "NatGateways": {"NatGateway": []},
        "TotalCount": 0,
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
    }
