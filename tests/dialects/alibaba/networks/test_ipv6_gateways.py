"""IPv6 gateways of Alibaba Cloud: created with their route, described, listed, deleted."""

import pytest
from tests.dialects.alibaba.networks.gateways import ipv6_gateway, routes, show_ipv6, vpc
from tests.dialects.alibaba.sdk_models import VPC


def listed(account, **criteria):
    found = account.call("DescribeIpv6Gateways", VPC, **criteria)["Ipv6Gateways"]["Ipv6Gateway"]
    return [each["Ipv6GatewayId"] for each in found]


def main_table(account, vpc_id):
    of_vpc = {"VpcId": vpc_id, "RouteTableType": "System"}
    (found,) = account.call("DescribeRouteTableList", VPC, **of_vpc)["RouterTableList"][
        "RouterTableListType"
    ]
    return found["RouteTableId"]


def test_a_new_gateway_is_pending_then_available_with_a_route(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    created = account.call(
        "CreateIpv6Gateway",
        VPC,
        VpcId=vpc_id,
        Name="gw",
        Description="mine",
        ResourceGroupId="rg-mine",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    gateway_id = created["Ipv6GatewayId"]
    assert (gateway_id[:7], created["ResourceGroupId"]) == ("ipv6gw-", "rg-mine")
    assert show_ipv6(account, gateway_id)["Status"] == "Pending"
    assert routes(account, main_table(account, vpc_id)) == {}
    account.wait()
    shown = show_ipv6(account, gateway_id)
    assert (shown["Status"], shown["Name"], shown["Description"]) == ("Available", "gw", "mine")
    assert (shown["VpcId"], shown["RegionId"]) == (vpc_id, "cn-hangzhou")
    assert (shown["BusinessStatus"], shown["InstanceChargeType"]) == ("Normal", "PostPaid")
    assert shown["Tags"] == {"Tag": [{"Key": "k", "Value": "v"}]}
    assert routes(account, main_table(account, vpc_id)) == {"::/0": ("IPv6Gateway", gateway_id)}
    (row,) = account.call("DescribeIpv6Gateways", VPC)["Ipv6Gateways"]["Ipv6Gateway"]
    hidden = {"GatewayRouteTableId", "RequestId"}
    assert row == {name: value for name, value in shown.items() if name not in hidden}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"VpcId": "vpc-none"}, ("InvalidVpcId.NotFound", 404)),
        ({"VpcId": None}, ("MissingParameter", 400)),
        ({"Name": "http://n"}, ("IllegalParam.Name", 400)),
        ({"Name": "n" * 129}, ("IllegalParam.Name", 400)),
        ({"Description": "https://d"}, ("IllegalParam.Description", 400)),
        ({"ResourceGroupId": "none"}, ("IllegalParam.ResourceGroupId", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
    ],
)
def test_what_is_wrong_with_a_new_gateway(account, changes, refusal):
    params = {"VpcId": account.create_vpc(EnableIpv6=True), **changes}
    assert account.refusal("CreateIpv6Gateway", VPC, **params) == refusal


def test_a_vpc_with_ipv6_has_one(account):
    refused = lambda vpc_id: account.refusal("CreateIpv6Gateway", VPC, VpcId=vpc_id)  # noqa: E731
    assert refused(account.create_vpc()) == ("OperationFailed.VpcIpv6Disabled", 400)
    vpc_id = account.create_vpc(EnableIpv6=True)
    ipv6_gateway(account, vpc_id)
    assert refused(vpc_id) == ("OperationUnsupported.OnlyOneIpv6GatewayInVpc", 400)
    coming = account.call("CreateVpc", VPC, EnableIpv6=True)["VpcId"]
    assert refused(coming) == ("IncorrectStatus.Vpc", 400)


def test_a_vpc_with_a_gateway_keeps_ipv6(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    ipv6_gateway(account, vpc_id)
    refusal = account.refusal("ModifyVpcAttribute", VPC, VpcId=vpc_id, EnableIPv6=False)
    assert refusal == ("OperationDenied", 403)
    block = vpc(account, vpc_id)["Ipv6CidrBlock"]
    refusal = account.refusal("UnassociateVpcCidrBlock", VPC, VpcId=vpc_id, IPv6CidrBlock=block)
    assert refusal == ("OperationDenied", 403)


def test_a_gateway_is_renamed_and_described_anew(account):
    gateway_id = ipv6_gateway(account, Name="a", Description="d")
    modify = "ModifyIpv6GatewayAttribute"
    account.call(modify, VPC, Ipv6GatewayId=gateway_id, Name="b")
    assert (show_ipv6(account, gateway_id)["Name"], show_ipv6(account, gateway_id)["Description"]) == (
        "b",
        "d",
    )
    assert account.refusal(modify, VPC, Ipv6GatewayId="none") == ("InvalidIpv6GatewayId.NotFound", 400)
    assert account.refusal(modify, VPC, Ipv6GatewayId=gateway_id, Name="http://") == (
        "IllegalParam.Name",
        400,
    )


def test_gateways_are_found(account):
    first = ipv6_gateway(account, Name="a", Tag=[{"Key": "k", "Value": "v"}])
    vpc_id = account.create_vpc(EnableIpv6=True)
    second = ipv6_gateway(account, vpc_id, Name="b", ResourceGroupId="rg-b")
    assert listed(account) == [second, first]
    assert listed(account, VpcId=vpc_id) == [second]
    assert listed(account, VpcId="vpc-none") == []
    assert listed(account, Ipv6GatewayId=first) == [first]
    assert listed(account, Name="b") == [second]
    assert listed(account, ResourceGroupId="rg-b") == [second]
    assert listed(account, Tags=[{"Key": "k", "Value": "v"}]) == [first]
    assert listed(account, PageSize=1, PageNumber=2) == [first]


def test_tags_and_groups_change(account):
    gateway_id = ipv6_gateway(account)
    of_gateway = {"ResourceType": "IPV6GATEWAY"}
    account.call(
        "TagResources", VPC, ResourceId=[gateway_id], Tag=[{"Key": "k", "Value": "v"}], **of_gateway
    )
    account.call("MoveResourceGroup", VPC, ResourceId=gateway_id, NewResourceGroupId="rg-new", **of_gateway)
    shown = show_ipv6(account, gateway_id)
    assert (shown["Tags"]["Tag"], shown["ResourceGroupId"]) == ([{"Key": "k", "Value": "v"}], "rg-new")


def test_a_gateway_goes_with_the_routes_that_lead_there(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    gateway_id = ipv6_gateway(account, vpc_id)
    table_id = main_table(account, vpc_id)
    params = {"RouteTableId": table_id, "DestinationCidrBlock": "2001:db8::/32"}
    hop = {"NextHopType": "IPv6Gateway", "NextHopId": gateway_id}
    account.call("CreateRouteEntry", VPC, **params, **hop)
    delete = lambda: account.refusal("DeleteIpv6Gateway", VPC, Ipv6GatewayId=gateway_id)  # noqa: E731
    assert delete() == ("OperationFailed.RouteEntryUnstable", 400)
    account.wait()
    account.call("DeleteIpv6Gateway", VPC, Ipv6GatewayId=gateway_id)
    assert show_ipv6(account, gateway_id)["Status"] == "Deleting"
    assert delete() == ("IncorrectStatus.Ipv6Gateway", 400)
    account.wait()
    assert routes(account, table_id) == {}
    assert delete() == ("InvalidIpv6GatewayId.NotFound", 400)
    assert account.refusal("CreateRouteEntry", VPC, **params, **hop) == ("InvalidIpv6Gateway.NotFound", 404)


def test_of_a_gateway_that_is_not_there_everything_is_empty(account):
    shown = show_ipv6(account, "ipv6gw-none")
    del shown["RequestId"]
    assert set(shown) > {"Status", "Ipv6GatewayId"}
    assert not any(shown[name] for name in shown if name != "Tags")
