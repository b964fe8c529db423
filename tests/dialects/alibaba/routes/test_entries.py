"""Entries of route tables: created, changed and deleted, one by one.

Sources: the vendor's pages CreateRouteEntry, ModifyRouteEntry and DeleteRouteEntry.
"""

import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC

BLOCK = "172.16.0.0/16"


@pytest.fixture
def table_id(account):
    (vpc,) = account.call("DescribeVpcs", VPC, VpcId=account.network.id)["Vpcs"]["Vpc"]
    (found,) = vpc["RouterTableIds"]["RouterTableIds"]
    return found


@pytest.fixture
def instance_id(account):
    (found,) = account.run_instances()
    return found


def entries(account, table_id, **criteria):
    asked = {"RouteTableId": table_id, "RouteEntryType": "Custom", **criteria}
    return account.call("DescribeRouteEntryList", VPC, **asked)["RouteEntrys"]["RouteEntry"]


def create(account, table_id, block=BLOCK, **hop):
    hop = hop or {"NextHopType": "VpnGateway", "NextHopId": "vpn-1"}
    made = account.call("CreateRouteEntry", VPC, RouteTableId=table_id, DestinationCidrBlock=block, **hop)
    account.wait()
    return made["RouteEntryId"]


def refused(account, table_id, block=BLOCK, **hop):
    hop = hop or {"NextHopType": "VpnGateway", "NextHopId": "vpn-1"}
    asked = {"RouteTableId": table_id, "DestinationCidrBlock": block, **hop}
    return account.refusal("CreateRouteEntry", VPC, **asked)


def test_a_new_entry_is_pending_first_and_leads_to_its_instance(account, table_id, instance_id):
    made = account.call(
        "CreateRouteEntry",
        VPC,
        RouteTableId=table_id,
        DestinationCidrBlock="10.1.2.3",
        NextHopId=instance_id,
        RouteEntryName="pod",
        Description="of a node",
    )
    (entry,) = entries(account, table_id)
    assert made["RouteEntryId"].startswith("rte-")
    assert entry == {
        "Description": "of a node",
        "DestinationCidrBlock": "10.1.2.3/32",
        "GmtModified": entry["GmtModified"],
        "IpVersion": "IPv4",
        "NextHops": {"NextHop": [{"Enabled": 1, "NextHopId": instance_id, "NextHopType": "Instance"}]},
        "Origin": "CustomCreate",
        "RouteEntryId": made["RouteEntryId"],
        "RouteEntryName": "pod",
        "RouteTableId": table_id,
        "ServiceType": "",
        "Status": "Pending",
        "Type": "Custom",
    }
    account.wait()
    (table,) = account.call("DescribeRouteTables", VPC, RouteTableId=table_id)["RouteTables"]["RouteTable"]
    (entry, *system) = table["RouteEntrys"]["RouteEntry"]
    assert (entry["InstanceId"], entry["NextHopType"], entry["Status"], entry["Type"]) == (
        instance_id,
        "Instance",
        "Available",
        "Custom",
    )
    assert {each["Type"] for each in system} == {"System"}


def test_entries_lead_to_interfaces_and_gateways(account, table_id):
    interface_id = account.create_interface()
    create(account, table_id, NextHopType="NetworkInterface", NextHopId=interface_id)
    create(account, table_id, "0.0.0.0/0", NextHopType="VpnGateway", NextHopId="vpn-1")
    hops = [each["NextHops"]["NextHop"][0]["NextHopId"] for each in entries(account, table_id)]
    assert hops == ["vpn-1", interface_id]


def test_an_ecmp_route_has_several_router_interfaces(account, table_id):
    several = [{"NextHopId": f"ri-{n}", "NextHopType": "RouterInterface", "Weight": n} for n in (1, 2)]
    entry_id = create(account, table_id, NextHopList=several)
    (entry,) = entries(account, table_id)
    assert entry["NextHops"]["NextHop"] == [
        {"Enabled": 1, "NextHopId": "ri-1", "NextHopType": "RouterInterface", "Weight": 1},
        {"Enabled": 1, "NextHopId": "ri-2", "NextHopType": "RouterInterface", "Weight": 2},
    ]
    (table,) = account.call("DescribeRouteTables", VPC, RouteTableId=table_id)["RouteTables"]["RouteTable"]
    shown = table["RouteEntrys"]["RouteEntry"][0]
    assert (shown["InstanceId"], shown["NextHops"]) == ("", entry["NextHops"])
    account.call(
        "DeleteRouteEntry",
        VPC,
        RouteEntryId=entry_id,
        NextHopList=[{"NextHopId": f"ri-{n}"} for n in (2, 1)],
    )
    for wrong, code in (
        ({"NextHopList": several[:1]}, "InvalidNexthopListSize"),
        ({"NextHopList": [several[0], several[0]]}, "Duplicated.VpcNextHop"),
        ({"NextHopList": several, "NextHopId": "ri-1"}, "InvalidNexthopTypeAndList.BothNotNull"),
        ({"NextHopList": [*several, {"NextHopType": "RouterInterface"}]}, "MissingParameter"),
    ):
        assert refused(account, table_id, **wrong) == (code, 400)


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("here", "InvalidCidrBlock.Malformed"),
        ("172.16.0.1/16", "InvalidCidrBlock.Malformed"),
        ("172.16.0.0/016", "InvalidCidrBlock.Malformed"),
        ("172.16.0.0/255.255.0.0", "InvalidCidrBlock.Malformed"),
        ("fe80::%eth0/128", "InvalidCidrBlock.Malformed"),
        ("100.64.0.0/10", "InvalidCidrBlock"),
        ("100.100.2.0/24", "InvalidCidrBlock"),
        ("2001:db8::/32", "OperationDenied.VpcIpv6NotEnabled"),
        ("pl-1", "ResourceNotFound.PrefixList"),
    ],
)
def test_a_wrong_block_is_refused(account, table_id, block, code):
    assert refused(account, table_id, block) == (code, 400)


def test_an_entry_may_hold_a_vswitch_and_not_lie_in_it(account, table_id):
    inside = next(account.subnet.block.subnets(new_prefix=account.subnet.block.prefixlen + 1))
    assert refused(account, table_id, str(account.subnet.block)) == ("InvalidCidrBlock", 400)
    assert refused(account, table_id, str(inside)) == ("InvalidCidrBlock", 400)
    assert create(account, table_id, str(account.subnet.block.supernet()))


def test_an_entry_of_ipv6_needs_ipv6_in_the_vpc(account):
    made = account.call("CreateVpc", VPC, CidrBlock="10.0.0.0/8", EnableIpv6=True)
    account.wait()
    create(account, made["RouteTableId"], "::/0", NextHopType="VpnGateway", NextHopId="vpn-1")
    (entry,) = entries(account, made["RouteTableId"], IpVersion="ipv6")
    assert (entry["IpVersion"], entry["DestinationCidrBlock"]) == ("IPv6", "::/0")


@pytest.mark.parametrize("action", ["DeleteRouteEntry", "ModifyRouteEntry"])
def test_an_entry_of_ipv6_that_is_not_there_is_just_not_there(account, table_id, action):
    named = {"RouteTableId": table_id, "DestinationCidrBlock": "2001:db8::/32"}
    assert account.refusal(action, VPC, **named) == ("InvalidRouteEntry.NotFound", 400)


def test_a_block_has_one_entry_in_a_table(account, table_id):
    create(account, table_id)
    taken = ("InvalidCIDRBlock.Duplicate", 400)
    assert refused(account, table_id) == taken
    assert refused(account, table_id, NextHopType="HaVip", NextHopId="havip-1") == taken


def test_a_next_hop_must_be_there_and_in_the_vpc(account, table_id, instance_id):
    absent = ("InvalidNextHopId.NotFound", 404)
    assert refused(account, table_id, NextHopId="i-none") == absent
    assert refused(account, table_id, NextHopType="NetworkInterface", NextHopId="eni-none") == absent
    assert refused(account, table_id, NextHopType="Elsewhere", NextHopId="x") == ("InvalidNextHopType", 400)
    assert refused(account, table_id, NextHopType="Instance") == ("MissingParameter", 400)
    away = account.call("CreateVpc", CidrBlock="10.0.0.0/8")
    account.wait()
    elsewhere = ("OperationFailed.InstanceDismatchCurrentVpc", 404)
    assert refused(account, away["RouteTableId"], NextHopId=instance_id) == elsewhere


def test_entries_of_a_vpc_come_and_go_one_after_another(account, table_id):
    entry_id = create(account, table_id)
    account.call(
        "CreateRouteEntry",
        VPC,
        RouteTableId=table_id,
        DestinationCidrBlock="172.17.0.0/16",
        NextHopType="VpnGateway",
        NextHopId="vpn-1",
    )
    busy = ("IncorrectRouteEntryStatus", 400)
    assert refused(account, table_id, "172.18.0.0/16") == busy
    assert account.refusal("DeleteRouteEntry", VPC, RouteEntryId=entry_id) == busy
    account.wait()
    account.call(
        "CreateVSwitch", VPC, VpcId=account.network.id, ZoneId="cn-hangzhou-b", CidrBlock="10.0.77.0/24"
    )
    busy = ("IncorrectVSwitchStatus", 400)
    assert refused(account, table_id, "172.18.0.0/16") == busy
    assert account.refusal("DeleteRouteEntry", VPC, RouteEntryId=entry_id) == busy


def test_an_entry_holds_the_instance_that_it_leads_to_and_its_vpc(account, table_id, instance_id):
    entry_id = create(account, table_id, NextHopId=instance_id)
    going = {"InstanceId": instance_id, "Force": True}
    assert account.refusal("DeleteInstance", ECS, **going) == ("DependencyViolation.RouteEntry", 400)
    account.call("DeleteRouteEntry", VPC, RouteEntryId=entry_id)
    account.wait()
    account.call("DeleteInstance", ECS, **going)
    made = account.call("CreateVpc", CidrBlock="10.0.0.0/8")
    account.wait()
    create(account, made["RouteTableId"])
    assert account.refusal("DeleteVpc", VPC, VpcId=made["VpcId"]) == (
        "DependencyViolation.RouteEntry",
        400,
    )


def test_a_dry_run_creates_changes_and_deletes_nothing(account, table_id):
    assert refused(account, table_id, NextHopType="VpcPeer", NextHopId="pcc-1", DryRun=True) == (
        "DryRunOperation",
        400,
    )
    entry_id = create(account, table_id)
    assert refused(account, table_id, NextHopType="VpcPeer", NextHopId="pcc-1", DryRun=True) == (
        "InvalidCIDRBlock.Duplicate",
        400,
    )
    for action in ("ModifyRouteEntry", "DeleteRouteEntry"):
        asked = {"RouteEntryId": entry_id, "DryRun": True}
        assert account.refusal(action, VPC, **asked) == ("DryRunOperation", 400)


def test_an_entry_gets_another_name_and_another_next_hop(account, table_id, instance_id):
    entry_id = create(account, table_id)
    account.call("ModifyRouteEntry", VPC, RouteEntryId=entry_id, RouteEntryName="n", Description="d")
    (entry,) = entries(account, table_id)
    assert (entry["RouteEntryName"], entry["Description"], entry["Status"]) == ("n", "d", "Available")
    named = {"RouteTableId": table_id, "DestinationCidrBlock": BLOCK}
    account.call(
        "ModifyRouteEntry",
        VPC,
        **named,
        NewNextHopType="Instance",
        NewNextHopId=instance_id,
        Description="",
    )
    (entry,) = entries(account, table_id)
    assert (entry["Status"], entry["NextHops"]["NextHop"][0]["NextHopId"], entry["Description"]) == (
        "Modifying",
        instance_id,
        "",
    )
    for wrong, code in (
        ({"RouteEntryId": "rte-none"}, "InvalidRouteEntryId.NotFound"),
        ({"RouteTableId": table_id}, "MissingParameter"),
        ({"DestinationCidrBlock": BLOCK}, "MissingParameter"),
        ({"RouteEntryId": entry_id, "NewNextHopType": "HaVip"}, "MissingParameter"),
        ({**named, "DestinationCidrBlock": "100.64.0.0/10"}, "OperationDenied"),
    ):
        assert account.refusal("ModifyRouteEntry", VPC, **wrong) == (code, 400)


def test_an_entry_is_deleted_by_its_id_or_by_its_block(account, table_id):
    first, second = create(account, table_id), create(account, table_id, "172.17.0.0/16")
    account.call("DeleteRouteEntry", VPC, RouteEntryId=first, NextHopId="vpn-1")
    assert [each["Status"] for each in entries(account, table_id)] == ["Available", "Deleting"]
    account.wait()
    named = {"RouteTableId": table_id, "DestinationCidrBlock": "172.17.0.0/16"}
    for wrong, code in (
        ({**named, "NextHopId": "vpn-2"}, "InvalidRouteEntry.NotFound"),
        ({**named, "DestinationCidrBlock": BLOCK}, "InvalidRouteEntry.NotFound"),
        ({**named, "DestinationCidrBlock": str(account.subnet.block)}, "OperationDenied"),
        ({"RouteEntryId": first}, "InvalidRouteEntryId.NotFound"),
        (
            {"RouteEntryId": second, **named},
            "ParamExclusive.RouteEntryIdAndRouteTableIdOrDestCidrBlock",
        ),
        (
            {**named, "NextHopId": "x", "NextHopList": [{"NextHopId": "y"}]},
            "ParamExclusive.NextHopIdAndList",
        ),
    ):
        assert account.refusal("DeleteRouteEntry", VPC, **wrong) == (code, 400)
    account.call("DeleteRouteEntry", VPC, **named)
    account.wait()
    assert entries(account, table_id) == []


def test_the_versions_of_ecs_do_the_same(account, table_id, instance_id):
    asked = {"RouteTableId": table_id, "DestinationCidrBlock": BLOCK, "NextHopId": instance_id}
    account.call("CreateRouteEntry", ECS, **asked)
    account.wait()
    (entry,) = entries(account, table_id)
    assert entry["NextHops"]["NextHop"][0]["NextHopId"] == instance_id
    account.call("DeleteRouteEntry", ECS, **asked)
    account.wait()
    assert entries(account, table_id) == []
