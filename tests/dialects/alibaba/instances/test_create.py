"""CreateInstance of Alibaba Cloud, and secondary interfaces that come with RunInstances."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.invariants import check
from duolect_core.model.resources import GroupKind


def creating(account, **changes):
    return account.instance_params(**changes)


def create(account, **changes):
    answer = account.call("CreateInstance", **creating(account, **changes))
    assert (answer["OrderId"], answer["TradePrice"]) == ("", 0.0)
    return answer["InstanceId"]


def one(account, instance_id):
    return account.describe_instances(InstanceIds=f'["{instance_id}"]')[0]


# -- CreateInstance --------------------------------------------------------------------------------------


def test_a_created_instance_is_pending_then_stopped_until_it_is_started(account):
    instance_id = create(account)
    states = []
    for _ in range(3):
        states.append(one(account, instance_id)["Status"])
        account.emulator.advance(200)
    assert states == ["Pending", "Stopped", "Stopped"]
    assert one(account, instance_id)["StartTime"] == ""
    account.call("StartInstance", InstanceId=instance_id)
    account.wait()
    assert one(account, instance_id)["Status"] == "Running"


def test_a_created_instance_is_what_was_asked_for(account):
    account.add_key_pair("mine")
    instance_id = create(
        account,
        InstanceName="web",
        HostName="web-1",
        Description="the first",
        PrivateIpAddress="10.0.0.9",
        DeletionProtection=True,
        Tag=[{"Key": "a", "Value": "b"}],
        KeyPairName="mine",
        ZoneId=account.subnet.zone,
        ClusterId="ignored",
    )
    account.wait()
    shown = one(account, instance_id)
    assert (shown["InstanceName"], shown["HostName"], shown["Description"]) == ("web", "web-1", "the first")
    assert (shown["DeletionProtection"], shown["KeyPairName"]) == (True, "mine")
    assert shown["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}
    (interface,) = shown["NetworkInterfaces"]["NetworkInterface"]
    assert interface["PrimaryIpAddress"] == "10.0.0.9"
    tagged = account.describe_interface(interface["NetworkInterfaceId"])["Tags"]["Tag"]
    assert [(tag["TagKey"], tag["TagValue"]) for tag in tagged] == [("a", "b")]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceType": None}, ("MissingParameter", 400)),
        ({"ImageId": None}, ("MissingParameter", 400)),
        ({"VSwitchId": None}, ("OperationDenied.InvalidNetworkType", 403)),
        ({"SecurityGroupId": None}, ("MissingParameter", 400)),
        ({"VSwitchId": "vsw-none"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
        ({"InstanceType": "ecs.none"}, ("InvalidInstanceType.ValueNotSupported", 403)),
        ({"ZoneId": "cn-hangzhou-k"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"PrivateIpAddress": "ten"}, ("InvalidPrivateIpAddress.Malformed", 400)),
        ({"PrivateIpAddress": "10.9.0.9"}, ("InvalidPrivateIpAddress", 400)),
        ({"InternetMaxBandwidthOut": 500}, ("InvalidParameter", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
        ({"UserData": "A" * 60_000}, ("InvalidUserData.SizeExceeded", 400)),
    ],
)
def test_an_instance_is_refused_for_what_is_wrong_with_it(account, wrong, refusal):
    assert account.refusal("CreateInstance", **creating(account, **wrong)) == refusal


def test_an_instance_is_refused_for_what_its_vswitch_and_groups_cannot_give(account):
    foreign = account.add_group(account.add_subnet(account.add_network()))
    small = account.add_subnet(block="10.0.1.0/29")
    create(account, PrivateIpAddress="10.0.0.9")
    for _ in range(4):
        create(account, VSwitchId=small.id)
    for wrong, refusal in (
        ({"SecurityGroupId": foreign.id}, ("InvalidParameter.Mismatch", 400)),
        ({"PrivateIpAddress": "10.0.0.9"}, ("InvalidPrivateIpAddress.Duplicated", 400)),
        ({"VSwitchId": small.id}, ("QuotaExceeded.PrivateIpAddress", 400)),
    ):
        assert account.refusal("CreateInstance", **creating(account, **wrong)) == refusal


def test_an_instance_is_refused_beyond_the_quotas():
    account = AlibabaAccount.furnished(quotas={"instances": 1, "basic_group_members": 1})
    assert account.refusal("RunInstances", **account.instance_params(Amount=2)) == (
        "QuotaExceed.ElasticQuota",
        403,
    )
    create(account)
    assert account.refusal("CreateInstance", **creating(account)) == ("QuotaExceed.ElasticQuota", 403)
    account = AlibabaAccount.furnished(quotas={"basic_group_members": 1})
    create(account)
    refusal = ("SecurityGroupInstanceLimitExceed", 403)
    assert account.refusal("CreateInstance", **creating(account)) == refusal


def test_a_repeated_token_creates_one_instance(account):
    first = create(account, ClientToken="t")
    assert create(account, ClientToken="t") == first
    assert len(account.describe_instances()) == 1


def test_an_image_family_stands_for_its_newest_image(account):
    instance_id = create(account, ImageId=None, ImageFamily="acs:ubuntu_22_04_x64")
    shown = one(account, instance_id)
    assert shown["ImageId"].startswith("ubuntu_22_04_x64")
    assert shown["OSName"] == "Ubuntu  22.04 64位"
    assert one(account, create(account, ImageId=None, ImageFamily="my-own"))["ImageId"] == ""


# -- secondary interfaces --------------------------------------------------------------------------------


def run(account, *secondaries, **changes):
    (instance_id,) = account.run_instances(NetworkInterface=list(secondaries), **changes)
    return account.describe_instances(InstanceIds=f'["{instance_id}"]')[0]


def secondary_of(account, shown):
    found = account.client.call(
        "DescribeNetworkInterfaces", InstanceId=shown["InstanceId"], Type="Secondary"
    )
    return found["NetworkInterfaceSets"]["NetworkInterfaceSet"]


def test_a_secondary_interface_comes_with_the_instance(account):
    shown = run(account, {"NetworkInterfaceName": "back", "Description": "the second", "QueueNumber": 1})
    assert [each["Type"] for each in shown["NetworkInterfaces"]["NetworkInterface"]] == [
        "Primary",
        "Secondary",
    ]
    (interface,) = secondary_of(account, shown)
    assert (interface["NetworkInterfaceName"], interface["Description"]) == ("back", "the second")
    assert (interface["Status"], interface["VSwitchId"]) == ("InUse", account.subnet.id)
    assert interface["SecurityGroupIds"] == {"SecurityGroupId": [account.group.id]}
    assert interface["DeleteOnRelease"] is True
    assert check(account.partition) == []


def test_a_secondary_interface_is_attaching_first(account):
    account.call(
        "RunInstances", **account.instance_params(NetworkInterface=[{"InstanceType": "Secondary"}])
    )
    (shown,) = account.describe_instances()
    assert shown["Status"] == "Pending"
    (interface,) = secondary_of(account, shown)
    assert interface["Status"] == "Attaching"
    account.wait()
    (interface,) = secondary_of(account, shown)
    assert interface["Status"] == "InUse"


def test_a_secondary_interface_has_the_place_addresses_and_end_that_it_was_given(account):
    other = account.add_subnet(block="10.0.1.0/24")
    group = account.add_group()
    wanted = {
        "VSwitchId": other.id,
        "SecurityGroupIds": [group.id],
        "PrimaryIpAddress": "10.0.1.9",
        "SecondaryPrivateIpAddressCount": 2,
        "DeleteOnRelease": False,
    }
    shown = run(account, wanted)
    (interface,) = secondary_of(account, shown)
    assert interface["PrivateIpAddress"] == "10.0.1.9"
    assert len(interface["PrivateIpSets"]["PrivateIpSet"]) == 3
    assert interface["SecurityGroupIds"] == {"SecurityGroupId": [group.id]}
    account.call("DeleteInstance", InstanceId=shown["InstanceId"], Force=True)
    account.wait()
    assert account.describe_interface(interface["NetworkInterfaceId"])["Status"] == "Available"


def test_a_free_interface_is_attached_to_the_new_instance(account):
    interface_id = account.create_interface()
    shown = run(account, {"NetworkInterfaceId": interface_id})
    assert [each["NetworkInterfaceId"] for each in secondary_of(account, shown)] == [interface_id]
    stays = {"NetworkInterfaceId": account.create_interface(), "NetworkInterfaceName": "other"}
    assert account.refusal("RunInstances", **account.instance_params(NetworkInterface=[stays])) == (
        "InvalidParameter.NetworkInterface",
        403,
    )


def test_several_instances_get_their_own_secondary_interfaces(account):
    ids = account.run_instances(Amount=3, NetworkInterface=[{"InstanceType": "Secondary"}])
    owners = [
        each["InstanceId"]
        for each in account.client.call("DescribeNetworkInterfaces", Type="Secondary")[
            "NetworkInterfaceSets"
        ]["NetworkInterfaceSet"]
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
def test_a_secondary_interface_is_refused_for_what_is_wrong_with_it(account, secondaries, changes, refusal):
    wanted = account.instance_params(NetworkInterface=secondaries, **changes)
    wanted["NetworkInterface"] = [{"InstanceType": "Secondary", **each} for each in secondaries]
    assert account.refusal("RunInstances", **wanted) == refusal


def test_a_free_interface_goes_to_one_instance_once(account):
    interface = {"NetworkInterfaceId": account.create_interface()}
    refusal = ("InvalidParameter.NetworkInterface", 403)
    wanted = account.instance_params(NetworkInterface=[interface, interface])
    assert account.refusal("RunInstances", **wanted) == refusal
    wanted = account.instance_params(NetworkInterface=[interface], Amount=2)
    assert account.refusal("RunInstances", **wanted) == refusal


def test_a_secondary_interface_stays_in_the_vpc_zone_and_kind_of_group_of_its_instance(account):
    far = account.add_subnet(account.add_network())
    wanted = {"VSwitchId": far.id, "SecurityGroupId": account.add_group(far).id}
    assert account.refusal("RunInstances", **account.instance_params(NetworkInterface=[wanted])) == (
        "InvalidParameter.Mismatch",
        400,
    )
    enterprise = account.add_group(kind=GroupKind.ENTERPRISE)
    wanted = {"SecurityGroupId": enterprise.id}
    assert account.refusal("RunInstances", **account.instance_params(NetworkInterface=[wanted])) == (
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
def test_what_only_a_secondary_interface_can_be_is_refused_for_a_primary_one(account, changes, refusal):
    primary = {
        "InstanceType": "Primary",
        "VSwitchId": account.subnet.id,
        "SecurityGroupId": account.group.id,
        **changes,
    }
    wanted = account.instance_params(VSwitchId=None, SecurityGroupId=None, NetworkInterface=[primary])
    assert account.refusal("RunInstances", **wanted) == refusal
