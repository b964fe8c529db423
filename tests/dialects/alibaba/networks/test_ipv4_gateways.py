"""IPv4 gateways of Alibaba Cloud: created, activated, described, listed, deleted."""

import pytest
from tests.dialects.alibaba.networks.gateways import ipv4_gateway, made, routes, show_ipv4, vpc
from tests.dialects.alibaba.sdk_models import VPC


def listed(account, **criteria):
    found = account.call("ListIpv4Gateways", VPC, **criteria)["Ipv4GatewayModels"]
    return [each["Ipv4GatewayId"] for each in found]


def test_a_new_gateway_is_creating_then_created_and_not_active(account):
    created = account.call(
        "CreateIpv4Gateway",
        VPC,
        VpcId=account.network.id,
        Ipv4GatewayName="gw",
        Ipv4GatewayDescription="mine",
        ResourceGroupId="rg-mine",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    gateway_id = created["Ipv4GatewayId"]
    assert gateway_id.startswith("ipv4gw-")
    assert created["ResourceGroupId"] == "rg-mine"
    assert show_ipv4(account, gateway_id)["Status"] == "Creating"
    account.wait()
    shown = show_ipv4(account, gateway_id)
    assert (shown["Status"], shown["Enabled"], shown["VpcId"]) == ("Created", False, account.network.id)
    assert (shown["Ipv4GatewayName"], shown["Ipv4GatewayDescription"]) == ("gw", "mine")
    assert (shown["Tags"], shown["ResourceGroupId"]) == ([{"Key": "k", "Value": "v"}], "rg-mine")
    assert shown["Ipv4GatewayRouteTableId"] == ""
    assert vpc(account)["Ipv4GatewayId"] == gateway_id
    (row,) = account.call("ListIpv4Gateways", VPC)["Ipv4GatewayModels"]
    assert row == {
        **{name: value for name, value in shown.items() if name not in {"CreateTime", "RequestId"}},
        "GmtCreate": shown["CreateTime"],
    }


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"VpcId": "vpc-none"}, ("OperationFailed.VpcNotExist", 400)),
        ({"VpcId": None}, ("MissingParameter", 400)),
        ({"Ipv4GatewayName": "http://n"}, ("InvalidParameter", 400)),
        ({"Ipv4GatewayDescription": "d" * 257}, ("InvalidParameter", 400)),
        ({"ResourceGroupId": "none"}, ("IllegalParam.ResourceGroupId", 400)),
        ({"Tag": [{"Key": "k"}, {"Key": "k"}]}, ("Duplicate.TagKey", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
    ],
)
def test_what_is_wrong_with_a_new_gateway(account, changes, refusal):
    params = {"VpcId": account.network.id, **changes}
    assert account.refusal("CreateIpv4Gateway", VPC, **params) == refusal


def test_a_vpc_has_one(account):
    ipv4_gateway(account)
    refusal = account.refusal("CreateIpv4Gateway", VPC, VpcId=account.network.id)
    assert refusal == ("OperationDenied.VpcExistIpv4Gateway", 400)


def test_a_vpc_that_comes_up_has_none(account):
    new = account.call("CreateVpc", VPC)["VpcId"]
    assert account.refusal("CreateIpv4Gateway", VPC, VpcId=new) == ("IncorrectStatus.Vpc", 400)


def test_a_token_makes_one_gateway(account):
    params = {"VpcId": account.network.id, "ClientToken": "t"}
    first, again = (account.call("CreateIpv4Gateway", VPC, **params)["Ipv4GatewayId"] for _ in "12")
    assert first == again


def test_an_activated_gateway_routes_what_was_named(account):
    gateway_id = ipv4_gateway(account)
    table_id = made(account, "CreateRouteTable", "RouteTableId", VpcId=account.network.id)
    params = {"Ipv4GatewayId": gateway_id, "RouteTableList": [table_id]}
    account.call("EnableVpcIpv4Gateway", VPC, **params)
    assert show_ipv4(account, gateway_id)["Status"] == "Activating"
    account.wait()
    shown = show_ipv4(account, gateway_id)
    assert (shown["Status"], shown["Enabled"]) == ("Created", True)
    assert routes(account, table_id) == {"0.0.0.0/0": ("Ipv4Gateway", gateway_id)}
    again = account.refusal("EnableVpcIpv4Gateway", VPC, **params)
    assert again == ("OperationFailed.Ipv4GatewayAlreadyActive.", 400)


def test_what_cannot_be_routed(account):
    gateway_id = ipv4_gateway(account)
    main = account.network.route_table_id
    account.call(
        "CreateRouteEntry",
        VPC,
        RouteTableId=main,
        DestinationCidrBlock="0.0.0.0/0",
        NextHopType="VpnGateway",
        NextHopId="vpn-1",
    )
    account.wait()
    enable = lambda *tables, **more: account.refusal(  # noqa: E731
        "EnableVpcIpv4Gateway", VPC, **{"Ipv4GatewayId": gateway_id, "RouteTableList": tables, **more}
    )
    assert enable(main) == ("OperationDenied.ConflictOfAllZeroRouting", 400)
    assert enable("vtb-none") == ("InvalidRouteTableId.NotFound", 404)
    assert enable(Ipv4GatewayId="ipv4gw-none") == ("ResourceNotFound.Ipv4Gateway", 400)
    assert enable(*(f"vtb-{n}" for n in range(11))) == ("InvalidParameter", 400)
    assert enable(DryRun=True) == ("DryRunOperation", 400)


def test_a_gateway_is_renamed_and_described_anew(account):
    gateway_id = ipv4_gateway(account, Ipv4GatewayName="a", Ipv4GatewayDescription="d")
    update = "UpdateIpv4GatewayAttribute"
    account.call(update, VPC, Ipv4GatewayId=gateway_id, Ipv4GatewayName="b")
    shown = show_ipv4(account, gateway_id)
    assert (shown["Ipv4GatewayName"], shown["Ipv4GatewayDescription"]) == ("b", "d")
    account.call(update, VPC, Ipv4GatewayId=gateway_id, Ipv4GatewayDescription="")
    assert show_ipv4(account, gateway_id)["Ipv4GatewayDescription"] == ""
    assert account.refusal(update, VPC, Ipv4GatewayId="none") == ("ResourceNotFound.Ipv4Gateway", 400)


def test_gateways_are_found(account):
    other = account.create_vpc()
    first = ipv4_gateway(account, Ipv4GatewayName="a", Tag=[{"Key": "k", "Value": "v"}])
    second = ipv4_gateway(account, VpcId=other, Ipv4GatewayName="b", ResourceGroupId="rg-b")
    assert listed(account) == [second, first]
    assert listed(account, VpcId=other) == [second]
    assert listed(account, VpcId="vpc-none") == []
    assert listed(account, Ipv4GatewayId=first) == [first]
    assert listed(account, Ipv4GatewayName="b") == [second]
    assert listed(account, ResourceGroupId="rg-b") == [second]
    assert listed(account, Tags=[{"Key": "k"}]) == [first]
    page = account.call("ListIpv4Gateways", VPC, MaxResults=1)
    assert (page["TotalCount"], [each["Ipv4GatewayId"] for each in page["Ipv4GatewayModels"]]) == (
        "2",
        [second],
    )
    assert listed(account, MaxResults=1, NextToken=page["NextToken"]) == [first]


def test_tags_and_groups_change(account):
    gateway_id = ipv4_gateway(account)
    of_gateway = {"ResourceType": "IPV4GATEWAY"}
    account.call(
        "TagResources", VPC, ResourceId=[gateway_id], Tag=[{"Key": "k", "Value": "v"}], **of_gateway
    )
    account.call("MoveResourceGroup", VPC, ResourceId=gateway_id, NewResourceGroupId="rg-new", **of_gateway)
    shown = show_ipv4(account, gateway_id)
    assert (shown["Tags"], shown["ResourceGroupId"]) == ([{"Key": "k", "Value": "v"}], "rg-new")


def test_what_holds_a_gateway(account):
    gateway_id = ipv4_gateway(account)
    params = {"RouteTableId": account.network.route_table_id, "DestinationCidrBlock": "0.0.0.0/0"}
    hop = {"NextHopType": "Ipv4Gateway", "NextHopId": gateway_id}
    account.call("CreateRouteEntry", VPC, **params, **hop)
    account.wait()
    assert account.refusal("DeleteIpv4Gateway", VPC, Ipv4GatewayId=gateway_id) == (
        "OperationDenied.RouteEntryExist",
        400,
    )
    account.call("DeleteRouteEntry", VPC, **params)
    account.wait()
    delete = {"Ipv4GatewayId": gateway_id, "InternetMode": "public"}
    account.call("DeleteIpv4Gateway", VPC, **delete)
    assert show_ipv4(account, gateway_id)["Status"] == "Deleting"
    assert account.refusal("DeleteIpv4Gateway", VPC, **delete) == ("IncorrectStatus.Ipv4Gateway", 400)
    assert account.refusal("CreateRouteEntry", VPC, **params, **hop) == ("IncorrectStatus.Ipv4Gateway", 400)
    account.wait()
    gone = account.refusal("GetIpv4GatewayAttribute", VPC, Ipv4GatewayId=gateway_id)
    assert gone == ("ResourceNotFound.Ipv4Gateway", 400)
    assert account.refusal("CreateRouteEntry", VPC, **params, **hop) == (
        "ResourceNotFound.Ipv4Gateway",
        400,
    )


def test_a_route_leads_to_the_gateway_of_its_own_vpc(account):
    gateway_id = ipv4_gateway(account, VpcId=account.create_vpc())
    refusal = account.refusal(
        "CreateRouteEntry",
        VPC,
        RouteTableId=account.network.route_table_id,
        DestinationCidrBlock="0.0.0.0/0",
        NextHopType="Ipv4Gateway",
        NextHopId=gateway_id,
    )
    assert refusal == ("Mismatch.Ipv4GatewayIdAndRouteTableId", 400)


def test_a_vpc_with_a_gateway_goes_by_force_only(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    gateway_id = ipv4_gateway(account, VpcId=vpc_id)
    account.call("CreateIpv6Gateway", VPC, VpcId=vpc_id)
    assert account.refusal("DeleteVpc", VPC, VpcId=vpc_id) == ("OperationDenied", 403)
    assert account.refusal("DeleteVpc", VPC, VpcId=vpc_id, ForceDelete=True) == ("TaskConflict", 400)
    account.wait()
    account.call("DeleteVpc", VPC, VpcId=vpc_id, ForceDelete=True)
    assert show_ipv4(account, gateway_id)["Status"] == "Deleting"
    account.wait()
    assert listed(account) == []
    assert account.refusal("DescribeVpcAttribute", VPC, VpcId=vpc_id) == ("InvalidVpcId.NotFound", 404)
