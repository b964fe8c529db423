"""One VPC or one vSwitch, looked at by its id.

Sources: the vendor's pages DescribeVpcAttribute and DescribeVSwitchAttributes, and the models of its Python
SDK. What is not there is answered with 404, which clients take for "gone".
"""

import attrs

from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.networks import views
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session


@attrs.frozen(kw_only=True)
class DescribeVpcAttribute:
    """Show a VPC and count what it holds."""

    RegionId: str = required()
    VpcId: str = required()
    DryRun: bool = param(default=False)
    IsDefault: bool | None = ignored(note="the VPC is named")


@vpc_action()
def describe_vpc_attribute(session: Session, request: DescribeVpcAttribute) -> Body:
    """Show it."""
    network = lookup.network(session.graph, request.VpcId)
    common.end_dry_run(request)
    return views.vpc_attribute(session, network)


@attrs.frozen(kw_only=True)
class DescribeVSwitchAttributes:
    """Show a vSwitch."""

    VSwitchId: str = required()
    DryRun: bool = param(default=False)
    RegionId: str | None = param()


@vpc_action()
def describe_vswitch_attributes(session: Session, request: DescribeVSwitchAttributes) -> Body:
    """Show it."""
    subnet = lookup.subnet(session.graph, request.VSwitchId)
    common.end_dry_run(request)
    return views.vswitch(session, subnet)
