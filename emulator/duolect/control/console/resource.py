"""One resource: in the words of the core, and as its vendor's API would show it.

The latter is what the vendor's own describing action answers, asked for this one resource. It is carried
out without being a call: it is in no journal, and since it only reads nothing changes.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.control.console.outline import find
from duolect.control.console.places import Place, partition_at
from duolect.control.console.rows import MapRow, row_of
from duolect.control.routes import ControlRequest
from duolect.control.state import fields_shown
from duolect.members import member
from duolect.problems import Problem
from duolect.state.worlds import SingleRegion
from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.engine.partition import Partition
from duolect_core.errors import CoreError
from duolect_core.model.resources import Interface, Resource
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.exchange import HttpRequest
from duolect_dialects.session import Account, Session

_ECS: Final = "2014-05-26"
_ALIBABA_VPC: Final = "2016-04-28"
_VPC: Final = "2017-03-12"
_CVM: Final = "2017-03-12"
_DESCRIBED_BY: Final[Mapping[str, Mapping[str, tuple[str, str, Mapping[str, Any]]]]] = {
    "alibaba": {
        "network": (_ALIBABA_VPC, "DescribeVpcs", {"VpcId": "ID"}),
        "subnet": (_ALIBABA_VPC, "DescribeVSwitches", {"VSwitchId": "ID"}),
        "route-table": (_ALIBABA_VPC, "DescribeRouteTableList", {"RouteTableId": "ID"}),
        "network-acl": (_ALIBABA_VPC, "DescribeNetworkAclAttributes", {"NetworkAclId": "ID"}),
        "public-address": (_ALIBABA_VPC, "DescribeEipAddresses", {"AllocationId": "ID"}),
        "nat-gateway": (_ALIBABA_VPC, "GetNatGatewayAttribute", {"NatGatewayId": "ID"}),
        "ipv4-gateway": (_ALIBABA_VPC, "GetIpv4GatewayAttribute", {"Ipv4GatewayId": "ID"}),
        "ipv6-gateway": (_ALIBABA_VPC, "DescribeIpv6GatewayAttribute", {"Ipv6GatewayId": "ID"}),
        "ipv6-address": (_ALIBABA_VPC, "DescribeIpv6Addresses", {"Ipv6AddressId": "ID"}),
        "ipv6-bandwidth": (_ALIBABA_VPC, "DescribeIpv6Addresses", {"Ipv6InternetBandwidthId": "ID"}),
        "route-target-group": (_ALIBABA_VPC, "GetRouteTargetGroup", {"RouteTargetGroupId": "ID"}),
        "dhcp-options-set": (_ALIBABA_VPC, "GetDhcpOptionsSet", {"DhcpOptionsSetId": "ID"}),
        "flow-log": (_ALIBABA_VPC, "DescribeFlowLogs", {"FlowLogId": "ID"}),
        "cidr-reservation": (
            _ALIBABA_VPC,
            "ListVSwitchCidrReservations",
            {"VSwitchCidrReservationIds": ["ID"]},
        ),
        "address-segment": (_ALIBABA_VPC, "DescribeEipSegment", {"SegmentInstanceId": "ID"}),
        "bandwidth-package": (
            _ALIBABA_VPC,
            "DescribeCommonBandwidthPackages",
            {"BandwidthPackageId": "ID"},
        ),
        "security-group": (_ECS, "DescribeSecurityGroupAttribute", {"SecurityGroupId": "ID"}),
        "key-pair": (_ECS, "DescribeKeyPairs", {"KeyPairName": "NAME"}),
        "placement-group": (_ECS, "DescribeDeploymentSets", {"DeploymentSetIds": '["ID"]'}),
        "launch-template": (_ECS, "DescribeLaunchTemplates", {"LaunchTemplateId": ["ID"]}),
        "instance": (_ECS, "DescribeInstances", {"InstanceIds": '["ID"]'}),
        "virtual-address": (
            _ALIBABA_VPC,
            "DescribeHaVips",
            {"Filter": [{"Key": "HaVipId", "Value": ["ID"]}]},
        ),
        "interface": (_ECS, "DescribeNetworkInterfaces", {"NetworkInterfaceId": ["ID"]}),
    },
    "tencent": {
        "network": (_VPC, "DescribeVpcs", {"VpcIds": ["ID"]}),
        "subnet": (_VPC, "DescribeSubnets", {"SubnetIds": ["ID"]}),
        "route-table": (_VPC, "DescribeRouteTables", {"RouteTableIds": ["ID"]}),
        "route-policy": (_VPC, "DescribeRoutePolicies", {"RoutePolicyIds": ["ID"]}),
        "network-acl": (_VPC, "DescribeNetworkAcls", {"NetworkAclIds": ["ID"]}),
        "public-address": (_VPC, "DescribeAddresses", {"AddressIds": ["ID"]}),
        "public-ipv6-address": (_VPC, "DescribeIPv6Addresses", {"IPv6AddressIds": ["ID"]}),
        "ipv6-bandwidth": (_VPC, "DescribeIp6Addresses", {"Ip6AddressIds": ["ID"]}),
        "nat-gateway": (_VPC, "DescribeNatGateways", {"NatGatewayIds": ["ID"]}),
        "flow-log": (_VPC, "DescribeFlowLogs", {"FlowLogId": "ID"}),
        "traffic-package": (_VPC, "DescribeTrafficPackages", {"TrafficPackageIds": ["ID"]}),
        "bandwidth-package": (_VPC, "DescribeBandwidthPackages", {"BandwidthPackageIds": ["ID"]}),
        "security-group": (_VPC, "DescribeSecurityGroups", {"SecurityGroupIds": ["ID"]}),
        "key-pair": (_CVM, "DescribeKeyPairs", {"KeyIds": ["ID"]}),
        "placement-group": (_CVM, "DescribeDisasterRecoverGroups", {"DisasterRecoverGroupIds": ["ID"]}),
        "launch-template": (_CVM, "DescribeLaunchTemplates", {"LaunchTemplateIds": ["ID"]}),
        "instance": (_CVM, "DescribeInstances", {"InstanceIds": ["ID"]}),
        "virtual-address": (_VPC, "DescribeHaVips", {"HaVipIds": ["ID"]}),
        "interface": (_VPC, "DescribeNetworkInterfaces", {"NetworkInterfaceIds": ["ID"]}),
    },
}
"""By cloud and kind the version, the name and the parameters of the action that describes one resource."""
_NOT_SHOWN: Final = frozenset({"pending", "operation", "order", "ipv4", "ipv6", "extras"})


@attrs.frozen(kw_only=True)
class ResourceQuery(Place):
    """Which resource is meant."""

    id: str = member("the resource's id")


@attrs.frozen(kw_only=True)
class VendorView:
    """What the vendor's API says of a resource."""

    action: str = member("the action that says it; empty where the kind has none")
    version: str = member("the version of the API")
    answer: dict[str, Any] = member("the answer, without the envelope")
    refused: str = member("why it is refused; empty where it is not")


@attrs.frozen(kw_only=True)
class ResourceDetails:
    """A resource."""

    now: int = member("the partition's time, in microseconds since 1970")
    row: MapRow = member("what the map shows of it")
    core: dict[str, Any] = member("its fields that are not empty, as a snapshot has them")
    addresses: tuple[dict[str, Any], ...] = member("the private addresses of an interface")
    vendor: VendorView = member("the same as the vendor's API shows it")


async def show_resource(pipeline: Pipeline, request: ControlRequest) -> ResourceDetails:
    """Show a resource in the core's words, and as its vendor's API would show it."""
    query: ResourceQuery = request.query
    async with partition_at(pipeline, query) as partition:
        resource = find(partition, query.id)
        if resource is None:
            raise Problem(HTTPStatus.NOT_FOUND, f"There is no resource {query.id[:100]!r}.")
        row = row_of(partition, resource)
        (dialect,) = (each for each in pipeline.dialects if each.name == query.cloud)
        return ResourceDetails(
            now=partition.now,
            row=row,
            core=fields_shown(resource, _NOT_SHOWN),
            addresses=_addresses(resource),
            vendor=_vendor(dialect, partition, query, row),
        )


def _addresses(resource: Resource) -> tuple[dict[str, Any], ...]:
    if not isinstance(resource, Interface):
        return ()
    texts = [(format_ipv4(each.ip), each) for each in resource.ipv4]
    texts += [(format_ipv6(each.ip), each) for each in resource.ipv6]
    return tuple({"ip": text, "primary": each.primary, "state": each.state} for text, each in texts)


# -- as the vendor's API would show it ---------------------------------------------------------------------


def _vendor(dialect: Dialect, partition: Partition, place: Place, row: MapRow) -> VendorView:
    version, name, pattern = _DESCRIBED_BY[dialect.name].get(row.kind, ("", "", {}))
    if not name:
        return VendorView(action="", version="", answer={}, refused="")
    action = dialect.actions[(version, name)]
    tree = {key: _filled(value, row) for key, value in pattern.items()}
    if "RegionId" in action.parameters:
        tree["RegionId"] = place.region
    call = Call(
        request=HttpRequest("POST", "/", b"", {}, b""),
        request_id="",
        action=name,
        version=version,
        access_key=place.access_key,
        region=place.region,
        tree=tree,
    )
    answer: dict[str, Any] = {}
    refused = ""
    try:
        session = Session(
            call=call,
            account=Account(place.access_key),
            partition=partition,
            at=partition.now,
            account_regions=SingleRegion(place.region, partition),
            request=dialect.parse_request(call, action),
            token=None,
        )
        answer = action.run(session, session.request)
    except Refusal as refusal:
        refused = f"{refusal.code}: {refusal.message}"
    except CoreError as error:
        translated = dialect.translate(error, call)
        refused = f"{translated.code}: {translated.message}"
    return VendorView(action=name, version=version, answer=answer, refused=refused)


def _filled(pattern: Any, row: MapRow) -> Any:  # noqa: ANN401 - a tree of parameters
    if isinstance(pattern, list):
        return [_filled(each, row) for each in pattern]
    return pattern.replace("ID", row.id).replace("NAME", row.name)
