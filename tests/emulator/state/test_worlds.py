"""World files: what accounts have before their first call, and the errors of invalid files."""

from pathlib import Path

import pytest
from tests.harness import ApiError, emulator

from duolect.settings.settings import SettingsError

WORLDS = Path(__file__).parents[3] / "examples" / "worlds"


@pytest.fixture
def world(tmp_path):
    """Write a world file and return its path."""

    def write(text):
        path = tmp_path / "world.toml"
        path.write_text(text)
        return str(path)

    return write


@pytest.mark.parametrize("key", ["one", "two"])
def test_every_account_finds_the_example_on_alibaba_cloud(key):
    client = emulator(world=str(WORLDS / "alibaba.toml")).alibaba(key)
    (vpc,) = client.call("DescribeVpcs", version="2016-04-28")["Vpcs"]["Vpc"]
    assert (vpc["VpcId"], vpc["Status"]) == ("vpc-main", "Available")
    (instance,) = client.call("DescribeInstances")["Instances"]["Instance"]
    assert (instance["InstanceId"], instance["Status"]) == ("i-node1", "Running")
    shown = client.call("DescribeNetworkInterfaces")["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    found = {each["NetworkInterfaceId"]: each for each in shown}
    (managed,) = found.keys() - {"eni-primary1", "eni-pods1"}
    assert found[managed]["Description"] == "ngw-out"
    assert (found["eni-pods1"]["Status"], found["eni-pods1"]["InstanceId"]) == ("InUse", "i-node1")
    assert found["eni-pods1"]["PrivateIpAddress"] == "10.0.1.20"
    assert len(found["eni-pods1"]["PrivateIpSets"]["PrivateIpSet"]) == 4
    eips = client.call("DescribeEipAddresses", version="2016-04-28", PageSize=100)["EipAddresses"][
        "EipAddress"
    ]
    statuses = {eip["AllocationId"]: eip["Status"] for eip in eips if not eip["SegmentInstanceId"]}
    assert statuses == {"eip-front": "InUse", "eip-out": "InUse"}
    assert not list(client.partition.timeline.pending())
    assert client.partition.rules.quotas.interfaces == 50


@pytest.mark.parametrize("key", ["one", "two"])
def test_every_account_finds_the_example_on_tencent_cloud(key):
    client = emulator(world=str(WORLDS / "tencent.toml")).tencent(key)
    (vpc,) = client.call("DescribeVpcs")["VpcSet"]
    assert vpc["VpcId"] == "vpc-main0001"
    (instance,) = client.call("DescribeInstances")["InstanceSet"]
    assert (instance["InstanceId"], instance["InstanceState"]) == ("ins-node0001", "RUNNING")
    found = {
        each["NetworkInterfaceId"]: each
        for each in client.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    }
    assert set(found) == {"eni-prim0001", "eni-pods0001"}
    pods = found["eni-pods0001"]
    assert (pods["State"], pods["Attachment"]["InstanceId"]) == ("AVAILABLE", "ins-node0001")
    eips = client.call("DescribeAddresses")["AddressSet"]
    states = {eip["AddressId"]: eip["AddressStatus"] for eip in eips}
    assert states == {"eip-front001": "BIND", "eip-out00001": "BIND"}


def test_the_example_on_alibaba_cloud_has_disks_gateways_and_routes():
    client = emulator(world=str(WORLDS / "alibaba.toml")).alibaba("one")

    def vpc(action, **params):
        return client.call(action, version="2016-04-28", **params)

    disks = client.call("DescribeDisks", DiskIds='["d-data1"]')["Disks"]["Disk"]
    assert [(each["Status"], each["InstanceId"], each["Size"]) for each in disks] == [
        ("In_use", "i-node1", 40)
    ]
    (snapshot,) = client.call("DescribeSnapshots")["Snapshots"]["Snapshot"]
    assert (snapshot["SnapshotId"], snapshot["Status"]) == ("s-data1", "accomplished")
    (gateway,) = vpc("DescribeNatGateways")["NatGateways"]["NatGateway"]
    assert (gateway["NatGatewayId"], gateway["Status"]) == ("ngw-out", "Available")
    assert [each["IpAddress"] for each in gateway["IpLists"]["IpList"]] == ["198.18.0.9"]
    (snat,) = vpc("DescribeSnatTableEntries", SnatTableId="stb-out")["SnatTableEntries"]["SnatTableEntry"]
    assert (snat["SnatEntryId"], snat["Status"]) == ("snat-out", "Available")
    listed = vpc("DescribeForwardTableEntries", ForwardTableId="ftb-out")
    (forward,) = listed["ForwardTableEntries"]["ForwardTableEntry"]
    assert (forward["ForwardEntryId"], forward["InternalIp"]) == ("fwd-web", "10.0.1.20")
    (virtual,) = vpc("DescribeHaVips")["HaVips"]["HaVip"]
    assert (virtual["HaVipId"], virtual["Status"]) == ("havip-front", "InUse")
    listed = vpc("DescribeCommonBandwidthPackages")
    (package,) = listed["CommonBandwidthPackages"]["CommonBandwidthPackage"]
    members = package["PublicIpAddresses"]["PublicIpAddresse"]
    assert [(package["BandwidthPackageId"], each["AllocationId"]) for each in members] == [
        ("cbwp-shared", "eip-out")
    ]
    listed = vpc("DescribeRouteEntryList", RouteTableId="vtb-pods", RouteEntryType="Custom")
    (route,) = listed["RouteEntrys"]["RouteEntry"]
    assert (route["RouteEntryId"], route["Status"]) == ("rte-pods1", "Available")
    (vswitch,) = vpc("DescribeVSwitches")["VSwitches"]["VSwitch"]
    assert vswitch["RouteTable"]["RouteTableId"] == "vtb-pods"


def test_the_example_on_tencent_cloud_has_disks_gateways_and_routes():
    client = emulator(world=str(WORLDS / "tencent.toml")).tencent("one")
    (disk,) = client.call("DescribeDisks", DiskIds=["disk-data0001"])["DiskSet"]
    assert (disk["DiskState"], disk["InstanceId"]) == ("ATTACHED", "ins-node0001")
    (snapshot,) = client.call("DescribeSnapshots")["SnapshotSet"]
    assert (snapshot["SnapshotId"], snapshot["SnapshotState"]) == ("snap-data0001", "NORMAL")
    (gateway,) = client.call("DescribeNatGateways")["NatGatewaySet"]
    assert (gateway["NatGatewayId"], gateway["State"]) == ("nat-out00001", "AVAILABLE")
    assert [each["AddressId"] for each in gateway["PublicIpAddressSet"]] == ["eip-out00001"]
    (virtual,) = client.call("DescribeHaVips")["HaVipSet"]
    assert [each["InstanceId"] for each in virtual["HaVipAssociationSet"]] == ["ins-node0001"]
    listed = client.call("DescribeBandwidthPackageResources", BandwidthPackageId="bwp-shared01")
    assert [each["ResourceId"] for each in listed["ResourceSet"]] == ["eip-out00001"]
    (table,) = client.call("DescribeRouteTables", RouteTableIds=["rtb-pods0001"])["RouteTableSet"]
    assert [each["SubnetId"] for each in table["AssociationSet"]] == ["subnet-node0001"]
    assert "rti-pods0001" in [each["RouteItemId"] for each in table["RouteSet"]]


def test_one_account_on_both_clouds_and_its_keys():
    both = emulator(world=str(WORLDS / "both.toml"))
    for key in ("company", "pipeline"):
        vpcs = both.alibaba(key, "cn-beijing").call("DescribeVpcs", version="2016-04-28")
        assert [vpc["VpcId"] for vpc in vpcs["Vpcs"]["Vpc"]] == ["vpc-shared"]
        assert both.tencent(key, "ap-beijing").call("DescribeVpcs")["VpcSet"][0]["VpcId"] == "vpc-shared01"
    assert both.alibaba("other", "cn-beijing").call("DescribeVpcs", version="2016-04-28")["TotalCount"] == 0
    keys = both.pipeline.access.authenticator.keys
    assert (keys["company"].secret, keys["pipeline"].sub_user) == ("owner-secret", True)


def test_a_world_is_there_again_after_a_reset_and_never_leaks():
    these = emulator(world=str(WORLDS / "alibaba.toml"))
    client = these.alibaba("one")

    def free():
        (subnet,) = client.call("DescribeVSwitches", version="2016-04-28")["VSwitches"]["VSwitch"]
        return subnet["AvailableIpAddressCount"]

    before = free()
    client.call("DetachNetworkInterface", NetworkInterfaceId="eni-pods1", InstanceId="i-node1")
    these.advance()
    client.call("DeleteNetworkInterface", NetworkInterfaceId="eni-pods1")
    these.advance()
    assert free() == before + 4
    these.pipeline.partitions.forget()
    assert free() == before
    partition = client.partition
    assert these.pipeline.partitions.created_by(("alibaba", "one", "cn-hangzhou"), 0) == partition.created


def test_what_is_made_later_gets_an_id_of_its_own():
    client = emulator(world=str(WORLDS / "alibaba.toml")).alibaba("one")
    made = client.call("CreateVpc", version="2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
    assert made.startswith("vpc-bp1")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[[alibaba]]\nregion = 'mars'", 2, "The region mars does not exist"),
        ("[[tencent]]\nregion = 'mars'", 2, "mars"),
        ("[[azure]]", 1, "there is no azure; there may be keys, alibaba, tencent"),
        ("[alibaba]", 1, "alibaba must be a list of tables: [[alibaba]]"),
        ("[[alibaba]]\ncolour = 'red'", 2, "there is no colour; there may be account, region, quotas"),
        ("[[alibaba]]\naccount = 1", 2, "account must be a text, not '1'"),
        ("[[alibaba]]\n[alibaba.networks]", 2, "networks must be a list of tables: [[alibaba.networks]]"),
        ("[[alibaba]]\n[alibaba.quotas]\nsongs = 1", 2, "quotas has no songs"),
        ("[[alibaba]]\n[alibaba.instance-types.mine]\ncpu = 1", 2, "must be a name with a dot"),
        (
            "[[alibaba]]\n\n[[alibaba.networks]]\nid = 'net-1'",
            4,
            "id must be vpc- and [0-9a-zA-Z]{1,64}, not 'net-1'",
        ),
        (
            "[[tencent]]\n\n[[tencent.networks]]\nid = 'vpc-main'",
            4,
            "id must be vpc- and [0-9a-z]{6,20}, not 'vpc-main'",
        ),
        ("[[alibaba]]\n[[alibaba.networks]]\nid = ''", 3, "id must be a text"),
        ("[[alibaba]]\n[[alibaba.networks]]\nColour = 1", 2, "UnsupportedParameter: The parameter Colour"),
        (
            "[[alibaba]]\n[[alibaba.networks]]\nid = 'vpc-1'\n[[alibaba.networks]]\nid = 'vpc-1'",
            4,
            "the id vpc-1 is taken already",
        ),
        (
            "[[alibaba]]\n[[alibaba.subnets]]\nVpcId='vpc-1'\nZoneId='cn-hangzhou-h'\nCidrBlock='10.0.0.0/24'",
            2,
            "InvalidVpcId.NotFound",
        ),
        ("[[keys]]\nid = 'a'", 1, "secret is missing"),
        ("[[keys]]\nid = 'a'\nsecret = 's'\nsub-user = 1", 4, "sub-user must be true or false"),
        ("[[keys]]\nid = 'a'\nsecret = 's'\nexpires = 'soon'", 4, "expires must be a whole number"),
        ("[[keys]]\nid = 'a'\nsecret = 's'\nsub_user = true", 4, "there is no sub_user"),
        (
            "[[keys]]\nid = 'a'\nsecret = 's'\n[[keys]]\nid = 'a'\nsecret = 't'",
            5,
            "the key a is there already",
        ),
        ("keys = 1", 1, "keys must be a list of tables: [[keys]]"),
    ],
)
def test_the_error_of_an_invalid_file_names_its_line(world, text, line, reason):
    path = world(text)
    with pytest.raises(SettingsError) as refused:
        emulator(world=path)
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "reason"), [("[[alibaba", "at end of document"), ("a = 1\na = 2\nb = 3", "line 2")]
)
def test_a_file_that_is_no_toml_is_an_error(world, text, reason):
    with pytest.raises(SettingsError, match=reason):
        emulator(world=world(text))


def test_a_file_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.toml: No such file"):
        emulator(world=str(tmp_path / "nowhere.toml"))


def test_api_errors_are_not_hidden_by_worlds(world):
    client = emulator(world=world("[[alibaba]]\n")).alibaba("one")
    with pytest.raises(ApiError, match="MissingParameter"):
        client.call("CreateNetworkInterface")


WITH_AGES = """
[[alibaba]]
[[alibaba.networks]]
id = "vpc-1"
CidrBlock = "10.0.0.0/8"
[[alibaba.subnets]]
id = "vsw-1"
VpcId = "vpc-1"
ZoneId = "cn-hangzhou-b"
CidrBlock = "10.0.0.0/24"
[[alibaba.groups]]
id = "sg-1"
VpcId = "vpc-1"
[[alibaba.interfaces]]
id = "eni-old"
age-seconds = 3600
VSwitchId = "vsw-1"
SecurityGroupId = "sg-1"
[[alibaba.interfaces]]
id = "eni-new"
VSwitchId = "vsw-1"
SecurityGroupId = "sg-1"
"""


def test_interfaces_may_be_older_than_the_world(world):
    """Leak collectors, such as terway's and cilium's, skip what is younger than ten minutes."""
    client = emulator(world=world(WITH_AGES)).alibaba()
    shown = client.call("DescribeNetworkInterfaces")["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    created = {each["NetworkInterfaceId"]: each["CreationTime"] for each in shown}
    assert created == {"eni-old": "2026-09-21T13:13:20Z", "eni-new": "2026-09-21T14:13:20Z"}


@pytest.mark.parametrize(("age", "reason"), [("-1", "from 0 to"), ('"1h"', "a whole number")])
def test_a_wrong_age_is_told_with_its_line(world, age, reason):
    with pytest.raises(SettingsError, match=f":16: .*{reason}"):
        emulator(world=world(WITH_AGES.replace("age-seconds = 3600", f"age-seconds = {age}")))


WITH_CENS = """
[[alibaba]]
[[alibaba.networks]]
id = "vpc-1"
CidrBlock = "10.0.0.0/8"
transit-networks = [{ id = "cen-own" }, { id = "cen-other", owner = 123 }]
[[alibaba.networks]]
id = "vpc-2"
[[alibaba.cen-grants]]
CenId = "cen-1"
CenOwnerId = 7
InstanceId = "vpc-2"
InstanceType = "VPC"
"""
VPC = {"version": "2016-04-28"}


def test_a_vpc_may_be_attached_to_cens_which_keep_it(world):
    client = emulator(world=world(WITH_CENS)).alibaba()
    listed = client.call("DescribeVpcs", **VPC)["Vpcs"]["Vpc"]
    assert {each["VpcId"]: each["CenStatus"] for each in listed} == {
        "vpc-1": "Attached",
        "vpc-2": "Detached",
    }
    shown = client.call("DescribeVpcAttribute", **VPC, VpcId="vpc-1")
    cens = [("cen-own", shown["OwnerId"]), ("cen-other", 123)]
    assert shown["AssociatedCens"]["AssociatedCen"] == [
        {"CenId": cen_id, "CenOwnerId": owner, "CenStatus": "Attached"} for cen_id, owner in cens
    ]
    with pytest.raises(ApiError, match="cen-own") as refused:
        client.call("DeleteVpc", **VPC, VpcId="vpc-1")
    assert refused.value.code == "DependencyViolation.RouterInterface"
    of_vpc = {"InstanceId": "vpc-1", "InstanceType": "VPC"}
    (rule,) = client.call("DescribeGrantRulesToCen", **VPC, **of_vpc)["CenGrantRules"]["CbnGrantRule"]
    assert (rule["CenInstanceId"], rule["CenOwnerId"]) == ("cen-other", 123)
    with pytest.raises(ApiError, match="cen-other") as refused:
        client.call("RevokeInstanceFromCen", **VPC, **of_vpc, CenId="cen-other", CenOwnerId=123)
    assert refused.value.code == "IncorrectStatus"
    granted = client.call("DescribeGrantRulesToCen", **VPC, **of_vpc | {"InstanceId": "vpc-2"})
    assert granted["TotalCount"] == 1
    client.call("DeleteVpc", **VPC, VpcId="vpc-2")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("[{ owner = 1 }]", "id is missing"),
        ('[{ id = "cen-1", owner = "1" }]', "a whole number"),
        ('[{ id = "cen-1", owner = -1 }]', "below 0"),
        ('[{ id = "cen-1" }, { id = "cen-1" }]', "named twice"),
        ('[{ id = "cen-1", name = "n" }]', "there is no name"),
        ('"cen-1"', "a list of tables"),
    ],
)
def test_a_wrong_transit_network_is_told_with_its_line(world, wrong, reason):
    text = WITH_CENS.replace('[{ id = "cen-own" }, { id = "cen-other", owner = 123 }]', wrong)
    with pytest.raises(SettingsError, match=f":6: .*{reason}"):
        emulator(world=world(text))


def test_tencent_cloud_has_no_networks_that_are_attached(world):
    named = '\nVpcName = "n"\nCidrBlock = "10.0.0.0/8"\n'
    text = '[[tencent]]\n[[tencent.networks]]\ntransit-networks = [{ id = "ccn-1" }]' + named
    with pytest.raises(SettingsError, match="transit-networks"):
        emulator(world=world(text))
