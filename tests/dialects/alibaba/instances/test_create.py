"""CreateInstance of Alibaba Cloud, and secondary interfaces that come with RunInstances."""

import pytest
from tests.dialects.alibaba.town import Town

from duolect_core.invariants import check
from duolect_core.model.resources import GroupKind


@pytest.fixture
def town():
    return Town()


def creating(town, **changes):
    return town.running(**changes)


def create(town, **changes):
    answer = town.ask("CreateInstance", **creating(town, **changes))
    assert (answer["OrderId"], answer["TradePrice"]) == ("", 0.0)
    return answer["InstanceId"]


def one(town, instance_id):
    return town.instances(InstanceIds=f'["{instance_id}"]')[0]


# -- CreateInstance --------------------------------------------------------------------------------------


def test_a_created_instance_is_pending_then_stopped_until_it_is_started(town):
    instance_id = create(town)
    states = []
    for _ in range(3):
        states.append(one(town, instance_id)["Status"])
        town.emulator.advance(200)
    assert states == ["Pending", "Stopped", "Stopped"]
    assert one(town, instance_id)["StartTime"] == ""
    town.ask("StartInstance", InstanceId=instance_id)
    town.wait()
    assert one(town, instance_id)["Status"] == "Running"


def test_a_created_instance_is_what_was_asked_for(town):
    instance_id = create(
        town,
        InstanceName="web",
        HostName="web-1",
        Description="the first",
        PrivateIpAddress="10.0.0.9",
        DeletionProtection=True,
        Tag=[{"Key": "a", "Value": "b"}],
        KeyPairName="mine",
        ZoneId=town.subnet.zone,
        ClusterId="ignored",
    )
    town.wait()
    shown = one(town, instance_id)
    assert (shown["InstanceName"], shown["HostName"], shown["Description"]) == ("web", "web-1", "the first")
    assert (shown["DeletionProtection"], shown["KeyPairName"]) == (True, "mine")
    assert shown["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}
    (interface,) = shown["NetworkInterfaces"]["NetworkInterface"]
    assert interface["PrimaryIpAddress"] == "10.0.0.9"
    tagged = town.show(interface["NetworkInterfaceId"])["Tags"]["Tag"]
    assert [(tag["TagKey"], tag["TagValue"]) for tag in tagged] == [("a", "b")]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceType": None}, ("MissingParameter", 400)),
        ({"ImageId": None}, ("MissingParameter", 400)),
        ({"VSwitchId": None}, ("MissingParameter", 400)),
        ({"SecurityGroupId": None}, ("MissingParameter", 400)),
        ({"VSwitchId": "vsw-none"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
        ({"InstanceType": "ecs.none"}, ("InvalidInstanceType.ValueNotSupported", 403)),
        ({"ZoneId": "cn-hangzhou-k"}, ("InvalidParameter.Mismatch", 400)),
        ({"PrivateIpAddress": "ten"}, ("InvalidPrivateIpAddress.Malformed", 400)),
        ({"PrivateIpAddress": "10.9.0.9"}, ("InvalidPrivateIpAddress", 400)),
        ({"InternetMaxBandwidthOut": 5}, ("UnsupportedParameter", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
        ({"UserData": "A" * 60_000}, ("InvalidUserData.SizeExceeded", 400)),
    ],
)
def test_an_instance_is_refused_for_what_is_wrong_with_it(town, wrong, refusal):
    assert town.refused("CreateInstance", **creating(town, **wrong)) == refusal


def test_an_instance_is_refused_for_what_its_vswitch_and_groups_cannot_give(town):
    foreign = town.new_group(town.new_subnet(town.new_network()))
    small = town.new_subnet(block="10.0.1.0/29")
    create(town, PrivateIpAddress="10.0.0.9")
    for _ in range(4):
        create(town, VSwitchId=small.id)
    for wrong, refusal in (
        ({"SecurityGroupId": foreign.id}, ("InvalidParameter.Mismatch", 400)),
        ({"PrivateIpAddress": "10.0.0.9"}, ("InvalidPrivateIpAddress.Duplicated", 400)),
        ({"VSwitchId": small.id}, ("QuotaExceeded.PrivateIpAddress", 400)),
    ):
        assert town.refused("CreateInstance", **creating(town, **wrong)) == refusal


def test_an_instance_is_refused_beyond_the_quotas():
    town = Town(quotas={"instances": 1, "basic_group_members": 1})
    assert town.refused("RunInstances", **town.running(Amount=2)) == ("QuotaExceed.ElasticQuota", 403)
    create(town)
    assert town.refused("CreateInstance", **creating(town)) == ("QuotaExceed.ElasticQuota", 403)
    town = Town(quotas={"basic_group_members": 1})
    create(town)
    refusal = ("SecurityGroupInstanceLimitExceed", 403)
    assert town.refused("CreateInstance", **creating(town)) == refusal


def test_a_repeated_token_creates_one_instance(town):
    first = create(town, ClientToken="t")
    assert create(town, ClientToken="t") == first
    assert len(town.instances()) == 1


def test_an_image_family_stands_for_its_newest_image(town):
    instance_id = create(town, ImageId=None, ImageFamily="acs:ubuntu_22_04_x64")
    shown = one(town, instance_id)
    assert shown["ImageId"].startswith("ubuntu_22_04_x64")
    assert shown["OSName"] == "Ubuntu 22.04 64-bit"
    assert one(town, create(town, ImageId=None, ImageFamily="my-own"))["ImageId"] == ""


# -- secondary interfaces --------------------------------------------------------------------------------


def run(town, *secondaries, **changes):
    (instance_id,) = town.run(NetworkInterface=list(secondaries), **changes)
    return town.instances(InstanceIds=f'["{instance_id}"]')[0]


def secondary_of(town, shown):
    found = town.client.call("DescribeNetworkInterfaces", InstanceId=shown["InstanceId"], Type="Secondary")
    return found["NetworkInterfaceSets"]["NetworkInterfaceSet"]


def test_a_secondary_interface_comes_with_the_instance(town):
    shown = run(town, {"NetworkInterfaceName": "back", "Description": "the second", "QueueNumber": 1})
    assert [each["Type"] for each in shown["NetworkInterfaces"]["NetworkInterface"]] == [
        "Primary",
        "Secondary",
    ]
    (interface,) = secondary_of(town, shown)
    assert (interface["NetworkInterfaceName"], interface["Description"]) == ("back", "the second")
    assert (interface["Status"], interface["VSwitchId"]) == ("InUse", town.subnet.id)
    assert interface["SecurityGroupIds"] == {"SecurityGroupId": [town.group.id]}
    assert interface["DeleteOnRelease"] is True
    assert check(town.partition) == []


def test_a_secondary_interface_is_attaching_first(town):
    town.ask("RunInstances", **town.running(NetworkInterface=[{"InstanceType": "Secondary"}]))
    (shown,) = town.instances()
    assert shown["Status"] == "Pending"
    (interface,) = secondary_of(town, shown)
    assert interface["Status"] == "Attaching"
    town.wait()
    (interface,) = secondary_of(town, shown)
    assert interface["Status"] == "InUse"


def test_a_secondary_interface_has_the_place_addresses_and_end_that_it_was_given(town):
    other = town.new_subnet(block="10.0.1.0/24")
    group = town.new_group()
    wanted = {
        "VSwitchId": other.id,
        "SecurityGroupIds": [group.id],
        "PrimaryIpAddress": "10.0.1.9",
        "SecondaryPrivateIpAddressCount": 2,
        "DeleteOnRelease": False,
    }
    shown = run(town, wanted)
    (interface,) = secondary_of(town, shown)
    assert interface["PrivateIpAddress"] == "10.0.1.9"
    assert len(interface["PrivateIpSets"]["PrivateIpSet"]) == 3
    assert interface["SecurityGroupIds"] == {"SecurityGroupId": [group.id]}
    town.ask("DeleteInstance", InstanceId=shown["InstanceId"], Force=True)
    town.wait()
    assert town.show(interface["NetworkInterfaceId"])["Status"] == "Available"


def test_a_free_interface_is_attached_to_the_new_instance(town):
    interface_id = town.interface()
    shown = run(town, {"NetworkInterfaceId": interface_id})
    assert [each["NetworkInterfaceId"] for each in secondary_of(town, shown)] == [interface_id]
    stays = {"NetworkInterfaceId": town.interface(), "NetworkInterfaceName": "other"}
    assert town.refused("RunInstances", **town.running(NetworkInterface=[stays])) == (
        "InvalidParameter.NetworkInterface",
        403,
    )


def test_several_instances_get_their_own_secondary_interfaces(town):
    ids = town.run(Amount=3, NetworkInterface=[{"InstanceType": "Secondary"}])
    owners = [
        each["InstanceId"]
        for each in town.client.call("DescribeNetworkInterfaces", Type="Secondary")["NetworkInterfaceSets"][
            "NetworkInterfaceSet"
        ]
    ]
    assert sorted(owners) == sorted(ids)


@pytest.mark.parametrize(
    ("secondaries", "changes", "refusal"),
    [
        ([{}] * 3, {}, ("InvalidParameter.EniNumExceededWithLaunchEcs", 403)),
        ([{"VSwitchId": "vsw-none"}], {}, ("InvalidVSwitchId.NotFound", 404)),
        ([{"SecurityGroupId": "sg-none"}], {}, ("InvalidSecurityGroupId.NotFound", 404)),
        ([{"NetworkInterfaceId": "eni-none"}], {}, ("InvalidEniId.NotFound", 404)),
        ([{"PrimaryIpAddress": "10.9.0.9"}], {}, ("InvalidPrivateIpAddress", 400)),
        ([{"PrimaryIpAddress": "ten"}], {}, ("InvalidPrivateIpAddress", 400)),
        (
            [{"PrimaryIpAddress": "10.0.0.9"}] * 2,
            {},
            ("InvalidParameter.PrivateIpAddressRepeated", 403),
        ),
        (
            [{"PrimaryIpAddress": "10.0.0.9"}],
            {"Amount": 2},
            ("InvalidParam.SecondaryNetworkInterface", 400),
        ),
        ([{"NetworkCardIndex": 4}], {}, ("InvalidParameter.NetworkCardIndexInvalid", 400)),
        ([{"SecondaryPrivateIpAddressCount": 40}], {}, ("InvalidParam.IpCount", 403)),
        ([{"QueuePairNumber": 2}], {}, ("InvalidParameter.QueuePairNumberMustEmpty", 403)),
        (
            [{"NetworkInterfaceTrafficMode": "HighPerformance"}],
            {},
            ("InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode", 403),
        ),
        ([{"RxQueueSize": 8192}], {}, ("InvalidParameter", 400)),
        (
            [{"SecurityGroupId": "sg-1", "SecurityGroupIds": ["sg-2"]}],
            {},
            ("InvalidParameter.Conflict", 400),
        ),
    ],
)
def test_a_secondary_interface_is_refused_for_what_is_wrong_with_it(town, secondaries, changes, refusal):
    wanted = town.running(NetworkInterface=secondaries, **changes)
    wanted["NetworkInterface"] = [{"InstanceType": "Secondary", **each} for each in secondaries]
    assert town.refused("RunInstances", **wanted) == refusal


def test_a_free_interface_goes_to_one_instance_once(town):
    interface = {"NetworkInterfaceId": town.interface()}
    refusal = ("InvalidParameter.NetworkInterface", 403)
    wanted = town.running(NetworkInterface=[interface, interface])
    assert town.refused("RunInstances", **wanted) == refusal
    wanted = town.running(NetworkInterface=[interface], Amount=2)
    assert town.refused("RunInstances", **wanted) == refusal


def test_a_secondary_interface_stays_in_the_vpc_zone_and_kind_of_group_of_its_instance(town):
    far = town.new_subnet(town.new_network())
    wanted = {"VSwitchId": far.id, "SecurityGroupId": town.new_group(far).id}
    assert town.refused("RunInstances", **town.running(NetworkInterface=[wanted])) == (
        "InvalidParameter.Mismatch",
        400,
    )
    enterprise = town.new_group(kind=GroupKind.ENTERPRISE)
    wanted = {"SecurityGroupId": enterprise.id}
    assert town.refused("RunInstances", **town.running(NetworkInterface=[wanted])) == (
        "InvalidOperation.MultiGroupType",
        403,
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"NetworkInterfaceId": "eni-1"}, ("InvalidParameter.NetworkInterface", 403)),
        ({"DeleteOnRelease": False}, ("UnsupportedParameter", 400)),
        ({"NetworkCardIndex": 1}, ("InvalidParameter.NetworkCardIndexInvalid", 400)),
    ],
)
def test_what_only_a_secondary_interface_can_be_is_refused_for_a_primary_one(town, changes, refusal):
    primary = {
        "InstanceType": "Primary",
        "VSwitchId": town.subnet.id,
        "SecurityGroupId": town.group.id,
        **changes,
    }
    wanted = town.running(VSwitchId=None, SecurityGroupId=None, NetworkInterface=[primary])
    assert town.refused("RunInstances", **wanted) == refusal
