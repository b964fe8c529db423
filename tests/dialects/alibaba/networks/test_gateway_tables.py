"""Route tables for gateways of Alibaba Cloud: created, associated, listed, let go."""

from tests.dialects.alibaba.networks.gateways import (
    gateway_table,
    ipv4_gateway,
    ipv6_gateway,
    made,
    show_ipv4,
    show_ipv6,
)
from tests.dialects.alibaba.sdk_models import VPC

ASSOCIATE, DISSOCIATE = "AssociateRouteTableWithGateway", "DissociateRouteTableFromGateway"


def listed_table(account, table_id):
    (found,) = account.call("DescribeRouteTableList", VPC, RouteTableId=table_id)["RouterTableList"][
        "RouterTableListType"
    ]
    return found


def test_an_active_gateway_has_one_route_table(account):
    gateway_id, table_id = ipv4_gateway(account, active=True), gateway_table(account)
    names = {"GatewayId": gateway_id, "RouteTableId": table_id}
    assert listed_table(account, table_id)["AssociateType"] == "Gateway"
    assert account.refusal(ASSOCIATE, VPC, **names, DryRun=True) == ("DryRunOperation", 400)
    account.call(ASSOCIATE, VPC, **names, GatewayType="Ipv4Gateway")
    assert show_ipv4(account, gateway_id)["Status"] == "Modifying"
    account.wait()
    assert show_ipv4(account, gateway_id)["Ipv4GatewayRouteTableId"] == table_id
    assert listed_table(account, table_id)["GatewayIds"] == {"GatewayIds": [gateway_id]}
    assert account.refusal(ASSOCIATE, VPC, **names) == ("ResourceAlreadyAssociated.Ipv4Gateway", 400)
    assert account.refusal("DeleteIpv4Gateway", VPC, Ipv4GatewayId=gateway_id) == (
        "OperationDenied.GatewayAlreadyAssociated",
        400,
    )
    assert account.refusal("DeleteRouteTable", VPC, RouteTableId=table_id) == (
        "OperationDenied.GatewayAssociated",
        400,
    )
    account.call(DISSOCIATE, VPC, **names)
    account.wait()
    assert show_ipv4(account, gateway_id)["Ipv4GatewayRouteTableId"] == ""
    assert account.refusal(DISSOCIATE, VPC, **names) == ("OperationFailed.NotExistAssociateRelation", 400)


def test_an_ipv6_gateway_has_one_too(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    gateway_id, table_id = ipv6_gateway(account, vpc_id), gateway_table(account, vpc_id)
    names = {"GatewayId": gateway_id, "RouteTableId": table_id, "GatewayType": "Ipv6Gateway"}
    account.call(ASSOCIATE, VPC, **names)
    account.wait()
    assert show_ipv6(account, gateway_id)["GatewayRouteTableId"] == table_id
    assert account.refusal("DeleteIpv6Gateway", VPC, Ipv6GatewayId=gateway_id) == (
        "DependencyViolation.GatewayRouteTableRelation",
        400,
    )
    other = {**names, "GatewayId": ipv4_gateway(account, VpcId=vpc_id, active=True)}
    refusal = account.refusal(ASSOCIATE, VPC, **{**other, "GatewayType": "Ipv4Gateway"})
    assert refusal == ("ResourceAlreadyAssociated.GatewayRouteTable", 400)
    account.call(DISSOCIATE, VPC, **names)
    account.wait()
    assert show_ipv6(account, gateway_id)["GatewayRouteTableId"] == ""


def test_what_cannot_be_associated(account):
    gateway_id, table_id = ipv4_gateway(account), gateway_table(account)
    names = {"GatewayId": gateway_id, "RouteTableId": table_id}
    refused = lambda **changes: account.refusal(ASSOCIATE, VPC, **{**names, **changes})  # noqa: E731
    assert refused() == ("OperationDenied.Ipv4GatewayNotActive", 400)
    assert refused(GatewayId="none") == ("ResourceNotFound.Ipv4Gateway", 400)
    assert refused(GatewayId="none", GatewayType="Ipv6Gateway") == ("InvalidIpv6GatewayId.NotFound", 400)
    assert refused(GatewayType="Other") == ("IllegalParam.GatewayType", 400)
    account.call("EnableVpcIpv4Gateway", VPC, Ipv4GatewayId=gateway_id)
    assert refused() == ("IncorrectStatus.Ipv4Gateway", 400)
    account.wait()
    assert refused(RouteTableId="none") == ("ResourceNotFound.RouteTable", 400)
    assert refused(RouteTableId=account.network.route_table_id) == (
        "OperationDenied.RouteTableTypeIncorrect",
        400,
    )
    foreign = gateway_table(account, account.create_vpc())
    assert refused(RouteTableId=foreign) == ("OperationDenied.GatewayAndTableNotInOneVpc", 400)
    coming = account.call("CreateRouteTable", VPC, VpcId=account.network.id, AssociateType="Gateway")
    assert refused(RouteTableId=coming["RouteTableId"]) == ("IncorrectStatus.GatewayRouteTable", 400)


def test_nobody_else_uses_it(account):
    table_id = gateway_table(account)
    use = {"RouteTableId": table_id, "VSwitchId": account.subnet.id}
    assert account.refusal("AssociateRouteTable", VPC, **use) == (
        "OperationDenied.AssociateGatewayRouteTable",
        400,
    )
    entry = {"DestinationCidrBlock": "172.16.0.0/16", "NextHopType": "VpnGateway", "NextHopId": "vpn-1"}
    assert account.refusal("CreateRouteEntry", VPC, RouteTableId=table_id, **entry) == (
        "OperationDenied.GatewayRouteTableNotPermitted",
        400,
    )


def test_its_entries_lead_to_the_vswitches_of_the_vpc(account):
    table_id = gateway_table(account)
    block = str(account.subnet.block)
    assert account.refusal("DescribeRouteEntryList", VPC, RouteTableId=table_id) == (
        "OperationDenied.UseGatewayRouteEntryQueryInterface",
        400,
    )
    shown = account.call("ListGatewayRouteTableEntries", VPC, GatewayRouteTableId=table_id)
    (entry,) = shown["GatewayRouteEntryModels"]
    assert (entry["DestinationCidrBlock"], entry["NextHopType"], shown["TotalCount"]) == (
        block,
        "Local",
        "1",
    )
    found = account.call(
        "ListGatewayRouteTableEntries",
        VPC,
        GatewayRouteTableId=table_id,
        DestinationCidrBlock="10.99.0.0/16",
    )
    assert found["GatewayRouteEntryModels"] == []
    for absent in ("none", made(account, "CreateRouteTable", "RouteTableId", VpcId=account.network.id)):
        refusal = account.refusal("ListGatewayRouteTableEntries", VPC, GatewayRouteTableId=absent)
        assert refusal == ("ResourceNotFound.GatewayRouteTable", 400)
    (table,) = account.call("DescribeRouteTables", VPC, RouteTableId=table_id)["RouteTables"]["RouteTable"]
    assert [each["DestinationCidrBlock"] for each in table["RouteEntrys"]["RouteEntry"]] == [block]


def test_its_entries_come_page_by_page(account):
    vpc_id = account.create_vpc()
    for place in (1, 2, 3):
        account.create_vswitch(vpc_id, CidrBlock=f"192.168.{place}.0/24")
    names = {"GatewayRouteTableId": gateway_table(account, vpc_id), "MaxResults": 2}
    first = account.call("ListGatewayRouteTableEntries", VPC, **names)
    second = account.call("ListGatewayRouteTableEntries", VPC, **names, NextToken=first["NextToken"])
    blocks = [
        each["DestinationCidrBlock"] for page in (first, second) for each in page["GatewayRouteEntryModels"]
    ]
    assert blocks == ["192.168.1.0/24", "192.168.2.0/24", "192.168.3.0/24"]
    assert second["NextToken"] == ""
    wrong = account.refusal("ListGatewayRouteTableEntries", VPC, **names, NextToken="x")
    assert wrong == ("IllegalParam.NextToken", 400)
