"""Custom route tables: created, associated with vSwitches, and what stands in the way.

Sources: the vendor's pages CreateRouteTable, DeleteRouteTable, AssociateRouteTable and
UnassociateRouteTable, and issue 5172 of terraform-provider-alicloud for what an association keeps waiting.
"""

from tests.dialects.alibaba.sdk_models import VPC

OTHER_BLOCK = "192.168.9.0/24"


def own_table(account, **more):
    made = account.call("CreateRouteTable", VPC, VpcId=account.network.id, **more)
    account.wait()
    return made["RouteTableId"]


def shown(account, table_id):
    reply = account.call("DescribeRouteTableList", VPC, RouteTableId=table_id)
    (found,) = reply["RouterTableList"]["RouterTableListType"]
    return found


def associate(account, table_id, vswitch_id, action="AssociateRouteTable"):
    account.call(action, VPC, RouteTableId=table_id, VSwitchId=vswitch_id)
    account.wait()


def test_a_new_route_table_is_custom_and_pending_first(account):
    made = account.call(
        "CreateRouteTable",
        VPC,
        VpcId=account.network.id,
        RouteTableName="own",
        Description="mine",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    found = shown(account, made["RouteTableId"])
    assert made["RouteTableId"].startswith("vtb-")
    assert (found["Status"], found["RouteTableType"], found["VSwitchIds"]) == (
        "Pending",
        "Custom",
        {"VSwitchId": []},
    )
    assert (found["RouteTableName"], found["Description"]) == ("own", "mine")
    assert found["Tags"] == {"Tag": [{"Key": "k", "Value": "v"}]}
    account.wait()
    assert shown(account, made["RouteTableId"])["Status"] == "Available"
    by_type = account.call("DescribeRouteTableList", VPC, RouteTableType="Custom")
    assert [each["RouteTableId"] for each in by_type["RouterTableList"]["RouterTableListType"]] == [
        made["RouteTableId"]
    ]


def test_a_client_token_makes_one_route_table(account):
    first, again = (
        account.call("CreateRouteTable", VPC, VpcId=account.network.id, ClientToken="t") for _ in range(2)
    )
    assert first["RouteTableId"] == again["RouteTableId"]


def test_a_vswitch_is_pending_while_it_changes_its_route_table(account):
    table_id, vswitch_id = own_table(account), account.subnet.id
    account.call("AssociateRouteTable", VPC, RouteTableId=table_id, VSwitchId=vswitch_id)
    vswitch = account.call("DescribeVSwitchAttributes", VPC, VSwitchId=vswitch_id)
    assert (vswitch["Status"], vswitch["RouteTable"]) == (
        "Pending",
        {"RouteTableId": table_id, "RouteTableType": "Custom"},
    )
    refused = account.refusal("CreateNetworkInterface", **account.interface_params())
    assert refused == ("IncorrectVSwitchStatus", 400)
    account.wait()
    assert shown(account, table_id)["VSwitchIds"] == {"VSwitchId": [vswitch_id]}
    associate(account, table_id, vswitch_id, "UnassociateRouteTable")
    assert shown(account, table_id)["VSwitchIds"] == {"VSwitchId": []}
    vswitch = account.call("DescribeVSwitchAttributes", VPC, VSwitchId=vswitch_id)
    assert (vswitch["Status"], vswitch["RouteTable"]["RouteTableType"]) == ("Available", "System")


def test_what_cannot_be_associated_is_refused(account):
    one, other, vswitch_id = own_table(account), own_table(account), account.subnet.id
    (system,) = (
        each["RouteTableId"]
        for each in account.call("DescribeRouteTableList", VPC, RouteTableType="System")["RouterTableList"][
            "RouterTableListType"
        ]
    )
    away = account.call("CreateVpc", CidrBlock="10.0.0.0/8")
    account.wait()
    for action, table_id, refused in (
        ("UnassociateRouteTable", one, ("OperationFailed.VSwitchNotAssociate", 404)),
        ("UnassociateRouteTable", system, ("OperationUnsupported.SystemRouteTable", 404)),
        ("AssociateRouteTable", system, ("ResourceAlreadyAssociated.RouteTable", 400)),
        ("AssociateRouteTable", away["RouteTableId"], ("Forbidden.NotInSameVpc", 404)),
        ("AssociateRouteTable", "vtb-none", ("InvalidRouteTableId.NotFound", 400)),
    ):
        asked = {"RouteTableId": table_id, "VSwitchId": vswitch_id}
        assert account.refusal(action, VPC, **asked) == refused
    associate(account, one, vswitch_id)
    for table_id, refused in (
        (one, ("ResourceAlreadyAssociated.RouteTable", 400)),
        (other, ("Forbidden.VSwitchAlreadyAssociatedRouteTable", 404)),
        (system, ("OperationDenied.SwitchToSystemRouteTable", 400)),
    ):
        asked = {"RouteTableId": table_id, "VSwitchId": vswitch_id}
        assert account.refusal("AssociateRouteTable", VPC, **asked) == refused
    absent = {"RouteTableId": other, "VSwitchId": "vsw-none"}
    assert account.refusal("AssociateRouteTable", VPC, **absent) == ("InvalidVSwitchId.NotFound", 404)
    fresh = account.call("CreateRouteTable", VPC, VpcId=account.network.id)["RouteTableId"]
    early = {"RouteTableId": fresh, "VSwitchId": vswitch_id}
    assert account.refusal("AssociateRouteTable", VPC, **early) == ("IncorrectStatus.RouteTable", 404)


def test_a_route_table_is_deleted_when_nothing_stands_on_it(account):
    table_id, vswitch_id = own_table(account), account.subnet.id
    associate(account, table_id, vswitch_id)
    refused = account.refusal("DeleteRouteTable", VPC, RouteTableId=table_id)
    assert refused == ("DependencyViolation.VSwitch", 400)
    associate(account, table_id, vswitch_id, "UnassociateRouteTable")
    entry = account.call(
        "CreateRouteEntry",
        VPC,
        RouteTableId=table_id,
        DestinationCidrBlock="172.16.0.0/16",
        NextHopType="VpnGateway",
        NextHopId="vpn-1",
    )
    account.wait()
    refused = account.refusal("DeleteRouteTable", VPC, RouteTableId=table_id)
    assert refused == ("IncorrectRouteTableStatus.RouteEntryExist", 400)
    account.call("DeleteRouteEntry", VPC, RouteEntryId=entry["RouteEntryId"])
    account.wait()
    account.call("DeleteRouteTable", VPC, RouteTableId=table_id)
    assert shown(account, table_id)["Status"] == "Deleting"
    refused = account.refusal("DeleteRouteTable", VPC, RouteTableId=table_id)
    assert refused == ("IncorrectRouteTableStatus", 404)
    account.wait()
    refused = account.refusal("DeleteRouteTable", VPC, RouteTableId=table_id)
    assert refused == ("InvalidRouteTableId.NotFound", 404)


def test_the_system_route_table_stays(account):
    (vpc,) = account.call("DescribeVpcs", VPC, VpcId=account.network.id)["Vpcs"]["Vpc"]
    (table_id,) = vpc["RouterTableIds"]["RouterTableIds"]
    refused = account.refusal("DeleteRouteTable", VPC, RouteTableId=table_id)
    assert refused == ("IncorrectRouteTableType", 400)


def test_a_route_table_holds_its_vswitch_and_its_vpc(account):
    vpc_id = account.create_vpc()
    vswitch_id = account.create_vswitch(vpc_id, CidrBlock=OTHER_BLOCK)
    table_id = account.call("CreateRouteTable", VPC, VpcId=vpc_id)["RouteTableId"]
    account.wait()
    associate(account, table_id, vswitch_id)
    refused = account.refusal("DeleteVSwitch", VPC, VSwitchId=vswitch_id)
    assert refused == ("DependencyViolation.RouteTable", 400)
    associate(account, table_id, vswitch_id, "UnassociateRouteTable")
    account.call("DeleteVSwitch", VPC, VSwitchId=vswitch_id)
    account.wait()
    refused = account.refusal("DeleteVpc", VPC, VpcId=vpc_id)
    assert refused == ("DependencyViolation.RouteTable", 400)
    account.call("DeleteRouteTable", VPC, RouteTableId=table_id)
    account.wait()
    account.call("DeleteVpc", VPC, VpcId=vpc_id)


def test_a_vpc_has_ten_route_tables(account):
    for _ in range(9):
        own_table(account)
    refused = account.refusal("CreateRouteTable", VPC, VpcId=account.network.id)
    assert refused == ("QuotaExceeded.RouteTable", 400)


def test_a_wrong_route_table_is_refused(account):
    for wrong, refused in (
        ({"VpcId": "vpc-none"}, ("InvalidVpcId.NotFound", 404)),
        ({"AssociateType": "Other"}, ("InvalidParameter", 400)),
        ({"RouteTableName": "http://x"}, ("InvalidParameter.RouteTableName.Malformed", 400)),
        ({"Description": "https://x"}, ("InvalidParameter.Description.Malformed", 400)),
    ):
        asked = {"VpcId": account.network.id, **wrong}
        assert account.refusal("CreateRouteTable", VPC, **asked) == refused


def test_the_router_of_a_vpc_is_renamed(account):
    (router,) = account.call("DescribeVRouters", VPC)["VRouters"]["VRouter"]
    assert (router["VpcId"], router["VRouterName"]) == (account.network.id, "")
    account.call(
        "ModifyVRouterAttribute", VPC, VRouterId=router["VRouterId"], VRouterName="n", Description="d"
    )
    (again,) = account.call("DescribeVRouters", VPC, VRouterId=router["VRouterId"])["VRouters"]["VRouter"]
    assert again == {**router, "VRouterName": "n", "Description": "d"}
    assert account.call("DescribeVRouters", VPC, VRouterId="vrt-none")["TotalCount"] == 0
    refused = account.refusal("ModifyVRouterAttribute", VPC, VRouterId="vrt-none")
    assert refused == ("InvalidVRouterId.NotFound", 404)
