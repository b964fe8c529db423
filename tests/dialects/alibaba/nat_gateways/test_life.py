"""NAT gateways with their EIPs, SNAT and DNAT entries, from creation to deletion."""

import pytest
from tests.dialects.alibaba.sdk_models import VPC


def gateway(account, **params):
    """Create a NAT gateway and wait; return what CreateNatGateway answered."""
    place = {"VpcId": account.network.id, "VSwitchId": account.subnet.id, "NatType": "Enhanced"}
    made = account.call("CreateNatGateway", VPC, **{**place, **params})
    account.wait()
    return made


def show(account, gateway_id):
    """Return a NAT gateway as DescribeNatGateways lists it."""
    found = account.call("DescribeNatGateways", VPC, NatGatewayId=gateway_id)["NatGateways"]["NatGateway"]
    return found[0] if found else {}


def eip(account, gateway_id):
    """Allocate an EIP and associate it with a gateway; return its id and address."""
    made = account.call("AllocateEipAddress", VPC)
    account.call(
        "AssociateEipAddress",
        VPC,
        AllocationId=made["AllocationId"],
        InstanceId=gateway_id,
        InstanceType="Nat",
    )
    account.wait()
    return made["AllocationId"], made["EipAddress"]


def tables(made):
    """Return the ids of the SNAT and the DNAT table of a gateway."""
    return made["SnatTableIds"]["SnatTableId"][0], made["ForwardTableIds"]["ForwardTableId"][0]


def test_a_gateway_is_created_shown_changed_and_deleted(account):
    made = account.call(
        "CreateNatGateway",
        VPC,
        VpcId=account.network.id,
        VSwitchId=account.subnet.id,
        NatType="Enhanced",
        Name="nat",
        Description="all",
        ClientToken="t",
    )
    gateway_id = made["NatGatewayId"]
    assert show(account, gateway_id)["Status"] == "Creating"
    account.wait()
    shown = show(account, gateway_id)
    assert (shown["Status"], shown["Name"], shown["Description"]) == ("Available", "nat", "all")
    assert (shown["NatType"], shown["VpcId"]) == ("Enhanced", account.network.id)
    assert shown["NatGatewayPrivateInfo"]["VswitchId"] == account.subnet.id
    got = account.call("GetNatGatewayAttribute", VPC, NatGatewayId=gateway_id)
    assert (got["NatGatewayId"], got["Status"]) == (gateway_id, "Available")
    account.call("ModifyNatGatewayAttribute", VPC, NatGatewayId=gateway_id, Name="other")
    assert show(account, gateway_id)["Name"] == "other"
    account.call("DeleteNatGateway", VPC, NatGatewayId=gateway_id)
    assert show(account, gateway_id)["Status"] == "Deleting"
    account.wait()
    assert show(account, gateway_id) == {}


def test_a_gateway_brings_a_default_route_and_takes_it_along(account):
    made = gateway(account)

    def routes():
        entries = account.call(
            "DescribeRouteEntryList",
            VPC,
            RouteTableId=account.network.route_table_id,
            RouteEntryType="Custom",
        )["RouteEntrys"]["RouteEntry"]
        return [
            (each["DestinationCidrBlock"], each["NextHops"]["NextHop"][0]["NextHopType"],
             each["NextHops"]["NextHop"][0]["NextHopId"])
            for each in entries
        ]  # fmt: skip

    assert routes() == [("0.0.0.0/0", "NatGateway", made["NatGatewayId"])]
    second = gateway(account)
    assert len(routes()) == 1
    hop = {"NextHopType": "NatGateway", "NextHopId": second["NatGatewayId"]}
    entry = {"RouteTableId": account.network.route_table_id, "DestinationCidrBlock": "8.8.0.0/16"}
    account.call("CreateRouteEntry", VPC, **entry, **hop)
    account.wait()
    held = account.refusal("DeleteNatGateway", VPC, NatGatewayId=second["NatGatewayId"])
    assert held == ("DependencyViolation.RouterEntry", 400)
    account.call("DeleteNatGateway", VPC, NatGatewayId=made["NatGatewayId"])
    account.wait()
    assert [each[0] for each in routes()] == ["8.8.0.0/16"]
    absent = account.refusal(
        "CreateRouteEntry",
        VPC,
        RouteTableId=account.network.route_table_id,
        DestinationCidrBlock="9.9.0.0/16",
        NextHopType="NatGateway",
        NextHopId="ngw-absent",
    )
    assert absent[0].startswith("InvalidNextHop")


def test_entries_live_on_the_eips_of_their_gateway(account):
    made = gateway(account)
    gateway_id, (snat, forward) = made["NatGatewayId"], tables(made)
    eip_id, ip = eip(account, gateway_id)
    _, second = eip(account, gateway_id)
    listed = show(account, gateway_id)["IpLists"]["IpList"]
    assert {each["IpAddress"] for each in listed} == {ip, second}
    entry = account.call(
        "CreateSnatEntry", VPC, SnatTableId=snat, SourceVSwitchId=account.subnet.id, SnatIp=ip
    )
    query = {"SnatTableId": snat, "SnatEntryId": entry["SnatEntryId"]}
    shown = account.call("DescribeSnatTableEntries", VPC, **query)["SnatTableEntries"]["SnatTableEntry"]
    assert shown[0]["Status"] == "Pending"
    account.wait()
    (shown,) = account.call("DescribeSnatTableEntries", VPC, **query)["SnatTableEntries"]["SnatTableEntry"]
    assert (shown["Status"], shown["SnatIp"]) == ("Available", ip)
    assert (shown["SourceVSwitchId"], shown["SourceCIDR"]) == (account.subnet.id, str(account.subnet.block))
    account.call("ModifySnatEntry", VPC, SnatTableId=snat, SnatEntryId=shown["SnatEntryId"], SnatIp=second)
    account.wait()
    (shown,) = account.call("DescribeSnatTableEntries", VPC, **query)["SnatTableEntries"]["SnatTableEntry"]
    assert shown["SnatIp"] == second
    rule = {
        "ForwardTableId": forward,
        "ExternalIp": ip,
        "ExternalPort": "80",
        "InternalIp": str(account.subnet.block[9]),
        "InternalPort": "8080",
        "IpProtocol": "tcp",
    }
    forwarded = account.call("CreateForwardEntry", VPC, **rule, ForwardEntryName="web")["ForwardEntryId"]
    account.wait()
    query = {"ForwardTableId": forward, "ForwardEntryId": forwarded}

    def dnat():
        found = account.call("DescribeForwardTableEntries", VPC, **query)
        return found["ForwardTableEntries"]["ForwardTableEntry"]

    (shown,) = dnat()
    assert {name: shown[name] for name in rule} == rule
    assert (shown["Status"], shown["ForwardEntryName"]) == ("Available", "web")
    account.call("ModifyForwardEntry", VPC, **query, InternalPort="8081")
    account.wait()
    assert dnat()[0]["InternalPort"] == "8081"
    assert account.refusal("DeleteNatGateway", VPC, NatGatewayId=gateway_id)[0].startswith(
        "DependencyViolation."
    )
    busy = account.refusal("UnassociateEipAddress", VPC, AllocationId=eip_id)
    assert busy == ("InvalidIpStatus.HasBeenUsedByForwardEntry", 400)
    account.call("DeleteForwardEntry", VPC, **query)
    account.wait()
    assert dnat() == []
    account.call("DeleteSnatEntry", VPC, SnatTableId=snat, SnatEntryId=entry["SnatEntryId"])
    account.wait()
    account.call(
        "UnassociateEipAddress", VPC, AllocationId=eip_id, InstanceType="Nat", InstanceId=gateway_id
    )
    account.wait()
    (free,) = account.call("DescribeEipAddresses", VPC, AllocationId=eip_id)["EipAddresses"]["EipAddress"]
    assert (free["Status"], free["InstanceId"]) == ("Available", "")
    account.call("DeleteNatGateway", VPC, NatGatewayId=gateway_id, Force=True)
    account.wait()
    assert show(account, gateway_id) == {}


def test_a_gateway_keeps_its_vswitch_and_its_vpc(account):
    made = gateway(account)
    assert account.refusal("DeleteVSwitch", VPC, VSwitchId=account.subnet.id)[0] == "DependencyViolation"
    assert account.refusal("DeleteVpc", VPC, VpcId=account.network.id)[0].startswith("DependencyViolation")
    account.call("DeleteNatGateway", VPC, NatGatewayId=made["NatGatewayId"])
    account.wait()
    account.call("DeleteVSwitch", VPC, VSwitchId=account.subnet.id)
    account.wait()


def test_a_protected_gateway_stays(account):
    gateway_id = gateway(account)["NatGatewayId"]
    account.call("DeletionProtection", VPC, InstanceId=gateway_id, Type="NATGW", ProtectionEnable=True)
    refused = account.refusal("DeleteNatGateway", VPC, NatGatewayId=gateway_id, Force=True)
    assert refused == ("InvalidOperation.DeletionProtection", 400)


def test_tags_are_on_a_gateway(account):
    tag = [{"Key": "k", "Value": "v"}]
    gateway_id = gateway(account, Tag=tag)["NatGatewayId"]
    found = account.call("DescribeNatGateways", VPC, Tag=tag)["NatGateways"]["NatGateway"]
    assert [each["NatGatewayId"] for each in found] == [gateway_id]
    listed = account.call("ListTagResources", VPC, ResourceType="NATGATEWAY", ResourceId=[gateway_id])
    assert listed["TagResources"]["TagResource"][0]["TagKey"] == "k"


def test_the_zones_are_listed(account):
    zones = account.call("ListEnhanhcedNatGatewayAvailableZones", VPC)["Zones"]
    assert zones


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"NatType": "Normal"}, "UnsupportedParameter", 400),
        ({"NetworkType": "intranet"}, "UnsupportedParameter", 400),
        ({"InstanceChargeType": "PrePaid"}, "UnsupportedParameter", 400),
        ({"VSwitchId": "vsw-absent"}, "InvalidVSwitchId.NotFound", 404),
        ({"VpcId": "vpc-absent"}, "InvalidVpcId.NotFound", 404),
        ({"Spec": "Huge"}, "InvalidParameter.Spec.ValueNotSupported", 400),
        ({"Name": "http://x"}, "InvalidNatGatewayName.MalFormed", 400),
        ({"NatIp": "1.2.3.4"}, "InvalidParameter", 400),
    ],
)
def test_a_wrong_gateway_is_refused(account, changes, code, status):
    place = {"VpcId": account.network.id, "VSwitchId": account.subnet.id, "NatType": "Enhanced"}
    assert account.refusal("CreateNatGateway", VPC, **{**place, **changes}) == (code, status)


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"SnatIp": "1.2.3.4"}, "InvalidSnatIp.NotFound", 404),
        ({"SnatIp": "1.2.3"}, "InvalidSnatIp.Malformed", 400),
        ({"SnatTableId": "stb-absent"}, "InvalidSnatTableId.NotFound", 404),
        ({"SourceVSwitchId": "vsw-absent"}, "InvalidVSwitchId.NotFound", 404),
    ],
)
def test_a_wrong_snat_entry_is_refused(account, changes, code, status):
    made = gateway(account)
    _, ip = eip(account, made["NatGatewayId"])
    good = {"SnatTableId": tables(made)[0], "SnatIp": ip, "SourceVSwitchId": account.subnet.id}
    assert account.refusal("CreateSnatEntry", VPC, **{**good, **changes}) == (code, status)


def test_nothing_is_served_twice(account):
    made = gateway(account)
    _, ip = eip(account, made["NatGatewayId"])
    snat, forward = tables(made)
    entry = {"SnatTableId": snat, "SnatIp": ip, "SourceVSwitchId": account.subnet.id}
    account.call("CreateSnatEntry", VPC, **entry)
    account.wait()
    assert account.refusal("CreateSnatEntry", VPC, **entry)[0] == "Forbidden.SourceVSwitchId.Duplicated"
    rule = {
        "ForwardTableId": forward,
        "ExternalIp": ip,
        "ExternalPort": "80",
        "InternalIp": str(account.subnet.block[9]),
        "InternalPort": "80",
        "IpProtocol": "tcp",
    }
    account.call("CreateForwardEntry", VPC, **rule)
    account.wait()
    assert account.refusal("CreateForwardEntry", VPC, **rule)[0] == "Forbidden.Already.Bounded"
    everything = {"ExternalPort": "Any", "InternalPort": "Any", "IpProtocol": "Any"}
    used = account.refusal("CreateForwardEntry", VPC, **{**rule, **everything})
    assert used == ("Forbidden.ExternalIp.UsedInSnatTable", 400)
    outside = account.refusal(
        "CreateForwardEntry", VPC, **{**rule, "ExternalPort": "81", "InternalIp": "1.2.3.4"}
    )
    assert outside == ("Forbidden.DestnationIpOutOfVpcCIDR", 400)
