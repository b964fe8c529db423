"""One VPC or one vSwitch, looked at by its id.

Sources: the vendor's pages DescribeVpcAttribute, DescribeVSwitchAttributes and
CheckCanAllocateVpcPrivateIpAddress, and the models of its Python SDK. What is not there is answered with
404, which clients take for "gone".
"""

import attrs

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.networks import views
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Form


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


@attrs.frozen(kw_only=True)
class CheckCanAllocateVpcPrivateIpAddress:
    """Ask whether an address of a vSwitch is free."""

    PrivateIpAddress: str = required()
    RegionId: str = required()
    VSwitchId: str = required()
    IpVersion: str = param(Form(r"(?i:ipv4|ipv6)", "ipv4 or ipv6"), default="ipv4")


@vpc_action()
def check_can_allocate_vpc_private_ip_address(
    session: Session, request: CheckCanAllocateVpcPrivateIpAddress
) -> Body:
    """Tell it: what is reserved, held or outside the vSwitch is not free."""
    subnet = lookup.subnet(session.graph, request.VSwitchId)
    if request.IpVersion.lower() == "ipv6":
        ip, pool = parse_ipv6(request.PrivateIpAddress), subnet.ipv6_pool
    else:
        ip, pool = parse_ipv4(request.PrivateIpAddress), subnet.pool
    if ip is None:
        message = f"{request.PrivateIpAddress} is not an address of {request.IpVersion}."
        raise Refusal("InvalidParameter", message, 400)
    return {"CanAllocate": pool is not None and pool.is_usable(ip) and pool.is_free(ip)}
