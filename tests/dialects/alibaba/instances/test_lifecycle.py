"""Instances of Alibaba Cloud: describing, starting, stopping and deleting them."""

import json

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.interfaces.lifecycle import DetachInterface


def one(account, instance_id):
    return account.describe_instances(InstanceIds=json.dumps([instance_id]))[0]


# -- starting, stopping, deleting ------------------------------------------------------------------------


def test_an_instance_stops_and_starts(account):
    (instance_id,) = account.run_instances()
    account.call("StopInstance", InstanceId=instance_id, StoppedMode="StopCharging", ForceStop=True)
    assert one(account, instance_id)["Status"] == "Stopping"
    account.wait()
    assert one(account, instance_id)["Status"] == "Stopped"
    assert one(account, instance_id)["StoppedMode"] == "StopCharging"
    account.call("StartInstance", InstanceId=instance_id, InitLocalDisk=True)
    assert one(account, instance_id)["Status"] == "Starting"
    account.wait()
    assert one(account, instance_id)["Status"] == "Running"
    assert one(account, instance_id)["StoppedMode"] == "Not-applicable"


def test_an_instance_that_costs_nothing_while_it_is_stopped_loses_its_public_address(account):
    """Source: the vendor's page on the economical mode. That the bandwidth stays is assumed."""
    (instance_id,) = account.run_instances(InternetMaxBandwidthOut=5)
    account.call("StopInstance", InstanceId=instance_id, StoppedMode="StopCharging")
    account.wait()
    assert one(account, instance_id)["PublicIpAddress"] == {"IpAddress": []}
    assert one(account, instance_id)["InternetMaxBandwidthOut"] == 5
    account.call("StartInstance", InstanceId=instance_id)
    (address,) = one(account, instance_id)["PublicIpAddress"]["IpAddress"]
    account.wait()
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()
    assert one(account, instance_id)["PublicIpAddress"] == {"IpAddress": [address]}


def test_an_instance_keeps_charging_while_it_is_stopped_unless_told_otherwise(account):
    (instance_id,) = account.run_instances()
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()
    assert one(account, instance_id)["StoppedMode"] == "KeepCharging"


def test_only_a_stopped_instance_starts_and_only_a_running_one_stops(account):
    (instance_id,) = account.run_instances()
    refusal = ("IncorrectInstanceStatus", 403)
    assert account.refusal("StartInstance", InstanceId=instance_id) == refusal
    account.call("StopInstance", InstanceId=instance_id)
    assert account.refusal("StartInstance", InstanceId=instance_id) == refusal
    assert account.refusal("StopInstance", InstanceId=instance_id) == refusal


@pytest.mark.parametrize("action", ["StartInstance", "StopInstance", "DeleteInstance"])
def test_an_unknown_instance_is_not_found(account, action):
    assert account.refusal(action, InstanceId="i-none") == ("InvalidInstanceId.NotFound", 404)


def test_the_region_of_an_instance_is_found_by_its_id():
    account = AlibabaAccount.furnished()
    (instance_id,) = account.run_instances()
    account.new_client(region="us-west-1").call("DescribeInstances")
    account.client.call("StopInstance", InstanceId=instance_id, RegionId=None)


def test_a_stopped_instance_is_deleted_and_a_running_one_by_force(account):
    stays, goes = account.run_instances(Amount=2)
    assert account.refusal("DeleteInstance", InstanceId=stays) == ("IncorrectInstanceStatus", 403)
    account.call("DeleteInstance", InstanceId=goes, Force=True, ForceStop=True)
    account.call("StopInstance", InstanceId=stays)
    account.wait()
    assert [shown["InstanceId"] for shown in account.describe_instances()] == [stays]
    account.call("DeleteInstance", InstanceId=stays)
    account.wait()
    assert account.describe_instances() == []
    assert account.partition.graph.interfaces == {}


def test_a_protected_instance_is_not_deleted(account):
    (instance_id,) = account.run_instances(DeletionProtection=True)
    assert account.refusal("DeleteInstance", InstanceId=instance_id, Force=True) == (
        "InvalidOperation.DeletionProtection",
        403,
    )


def test_a_subscription_is_deleted_only_when_it_is_ended(account):
    (instance_id,) = account.run_instances(InstanceChargeType="PrePaid", Period=1)
    wanted = {"InstanceId": instance_id, "Force": True}
    assert account.refusal("DeleteInstance", **wanted) == ("ChargeTypeViolation", 403)
    ended = {**wanted, "TerminateSubscription": True}
    assert account.refusal("DeleteInstance", **ended) == ("ChargeTypeViolation", 403)
    account.emulator.advance(32 * 86_400_000)
    assert account.refusal("DeleteInstance", **wanted) == ("ChargeTypeViolation", 403)
    account.call("DeleteInstance", **ended)


def test_dry_runs_check_and_do_nothing(account):
    (instance_id,) = account.run_instances()
    passed = ("DryRunOperation", 400)
    assert account.refusal("StopInstance", InstanceId=instance_id, DryRun=True) == passed
    assert account.refusal("StartInstance", InstanceId=instance_id, DryRun=True)[1] == 403
    assert account.refusal("DeleteInstance", InstanceId=instance_id, DryRun=True, Force=True) == passed
    assert account.refusal("DescribeInstances", DryRun=True) == passed
    assert (
        account.refusal("StopInstance", InstanceId=instance_id, Hibernate=True)[0] == "UnsupportedParameter"
    )


# -- describing ------------------------------------------------------------------------------------------


def test_interfaces_are_listed_primary_first_and_only_while_attached(account):
    (instance_id,) = account.run_instances()
    instance = account.partition.graph.instances[instance_id]
    interface_id = account.create_interface(Ipv4PrefixCount=1)
    account.call("AttachNetworkInterface", **account.attachment_params(interface_id, instance))

    def kinds():
        return [each["Type"] for each in one(account, instance_id)["NetworkInterfaces"]["NetworkInterface"]]

    assert kinds() == ["Primary"]
    account.wait()
    assert kinds() == ["Primary", "Secondary"]
    listed = one(account, instance_id)["NetworkInterfaces"]["NetworkInterface"][1]
    assert len(listed["Ipv4PrefixSets"]["Ipv4PrefixSet"]) == 1
    account.execute(DetachInterface(interface_id=interface_id, instance_id=instance_id))
    assert kinds() == ["Primary", "Secondary"]
    account.wait()
    assert kinds() == ["Primary"]


def test_instances_are_found_by_each_criterion(account):
    (plain,) = account.run_instances(InstanceName="plain", PrivateIpAddress="10.0.0.9")
    subnet = account.add_ipv6_subnet()
    group = account.add_group(subnet)
    account.add_key_pair("pair")
    (other,) = account.run_instances(
        VSwitchId=subnet.id,
        SecurityGroupId=group.id,
        InstanceName="other-1",
        InstanceType="ecs.c7.large",
        ImageId="m-2",
        KeyPairName="pair",
        HpcClusterId="hpc-1",
        HttpTokens="required",
        HttpEndpoint="disabled",
        HttpPutResponseHopLimit=2,
        InstanceChargeType="PrePaid",
        Period=1,
        InternetChargeType="PayByBandwidth",
        IoOptimized="none",
        Ipv6AddressCount=1,
        ResourceGroupId="rg-2",
        Tag=[{"Key": "a", "Value": "b"}],
    )
    account.call("StopInstance", InstanceId=other)
    account.wait()
    (interface,) = one(account, other)["NetworkInterfaces"]["NetworkInterface"]
    ipv6 = interface["Ipv6Sets"]["Ipv6Set"][0]["Ipv6Address"]
    both = {plain, other}
    for criteria, found in (
        ({}, both),
        ({"InstanceIds": json.dumps([other, "i-none"])}, {other}),
        ({"InstanceName": "other-1"}, {other}),
        ({"InstanceName": "oth*"}, {other}),
        ({"InstanceName": "oth"}, set()),
        ({"InstanceName": "*"}, both),
        ({"InstanceName": "o.her-1"}, set()),
        ({"InstanceNetworkType": "vpc"}, both),
        ({"InstanceNetworkType": "classic"}, set()),
        ({"InstanceType": "ecs.c7.large"}, {other}),
        ({"InstanceTypeFamily": "ecs.g7"}, {plain}),
        ({"ImageId": "m-2"}, {other}),
        ({"KeyPairName": "pair"}, {other}),
        ({"HpcClusterId": "hpc-1"}, {other}),
        ({"HttpTokens": "required"}, {other}),
        ({"HttpEndpoint": "enabled"}, {plain}),
        ({"HttpPutResponseHopLimit": 2}, {other}),
        ({"InstanceChargeType": "PostPaid"}, {plain}),
        ({"InternetChargeType": "PayByBandwidth"}, {other}),
        ({"IoOptimized": False}, {other}),
        ({"ResourceGroupId": "rg-2"}, {other}),
        ({"VpcId": subnet.network_id}, {other}),
        ({"VSwitchId": account.subnet.id}, {plain}),
        ({"SecurityGroupId": group.id}, {other}),
        ({"SecurityGroupId": "sg-none"}, set()),
        ({"ZoneId": "cn-hangzhou-b"}, both),
        ({"ZoneId": "cn-hangzhou-k"}, set()),
        ({"Status": "Stopped"}, {other}),
        ({"PrivateIpAddresses": '["10.0.0.9", "1.1.1.1", "x"]'}, {plain}),
        ({"PrivateIpAddresses": '["1.1.1.1"]'}, set()),
        ({"Ipv6Address": [ipv6]}, {other}),
        ({"EipAddresses": '["1.1.1.1"]'}, set()),
        ({"PublicIpAddresses": '["1.1.1.1"]'}, set()),
        ({"InnerIpAddresses": '["1.1.1.1"]'}, set()),
        ({"RdmaIpAddresses": '["1.1.1.1"]'}, set()),
        ({"DeviceAvailable": True}, both),
        ({"DeviceAvailable": False}, set()),
        ({"LockReason": "financial"}, set()),
        ({"NeedSaleCycle": True, "AdditionalAttributes": ["META_OPTIONS"]}, both),
        ({"Tag": [{"Key": "a", "Value": "b"}]}, {other}),
        ({"Tag": [{"Key": "a"}], "Status": "Running"}, set()),
    ):
        assert {shown["InstanceId"] for shown in account.describe_instances(**criteria)} == found, criteria


def test_an_interface_that_is_free_leads_to_no_instance(account):
    account.run_instances()
    account.create_interface(PrimaryIpAddress="10.0.0.77")
    assert account.describe_instances(PrivateIpAddresses='["10.0.0.77"]') == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceIds": "i-1"}, ("InvalidInstanceIds.ValueNotSupported", 403)),
        ({"InstanceIds": '"i-1"'}, ("InvalidInstanceIds.ValueNotSupported", 403)),
        ({"InstanceIds": json.dumps(["i-1"] * 101)}, ("InvalidInstanceIds.ValueNotSupported", 403)),
        ({"PrivateIpAddresses": "10.0.0.1"}, ("InvalidParameter", 400)),
        ({"EipAddresses": "[1]"}, ("InvalidParameter", 400)),
        ({"Status": "running"}, ("InvalidParameter", 400)),
        ({"PageSize": 101}, ("InvalidParameter", 400)),
        ({"PageNumber": 0}, ("InvalidParameter", 400)),
        ({"NextToken": "x"}, ("InvalidParameter", 400)),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(account, wrong, refusal):
    assert account.refusal("DescribeInstances", **wrong) == refusal


def test_pages_by_number_and_by_token_hold_every_instance_once(account):
    account.run_instances(Amount=7)
    everything = [shown["InstanceId"] for shown in account.describe_instances()]
    assert [len(account.describe_instances(PageNumber=number, PageSize=3)) for number in (1, 2, 3, 4)] == [
        3,
        3,
        1,
        0,
    ]
    seen, token = [], None
    while token != "":
        answer = account.call("DescribeInstances", MaxResults=3, NextToken=token)
        seen += [shown["InstanceId"] for shown in answer["Instances"]["Instance"]]
        token = answer["NextToken"]
    assert seen == everything


def test_states_are_listed_by_id_and_zone(account):
    first, second = account.run_instances(Amount=2)

    def listed(**criteria):
        answer = account.call("DescribeInstanceStatus", **criteria)
        return [each["InstanceId"] for each in answer["InstanceStatuses"]["InstanceStatus"]]

    assert listed() == [second, first]
    assert listed(InstanceId=[first, "i-none"]) == [first]
    assert listed(ZoneId="cn-hangzhou-k") == []
    assert listed(PageNumber=2, PageSize=1) == [first]
    assert listed(ClusterId="c") == [second, first]
    assert account.refusal("DescribeInstanceStatus", PageSize=51) == ("InvalidParameter", 400)
    status = account.call("DescribeInstanceStatus")["InstanceStatuses"]["InstanceStatus"][0]
    assert status == {"InstanceId": second, "Status": "Running"}


def test_instances_are_chosen_by_times_of_creation_and_expiry(account):
    (older,) = account.run_instances()
    account.emulator.advance(600_000)
    (newer,) = account.run_instances()
    times = {shown["InstanceId"]: shown["CreationTime"] for shown in account.describe_instances()}

    def found(*filters):
        wanted = [{"Key": key, "Value": value} for key, value in filters]
        return {shown["InstanceId"] for shown in account.describe_instances(Filter=wanted)}

    assert found(("CreationStartTime", times[newer])) == {newer}
    assert found(("CreationEndTime", times[older])) == {older}
    assert found(("CreationStartTime", times[older]), ("CreationEndTime", times[newer])) == {older, newer}
    assert found(("ExpiredStartTime", "2099-01-01T00:00Z")) == {older, newer}
    assert found(("ExpiredEndTime", "2099-01-01T00:00Z")) == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"Key": "CreationStartTime"},
        {"Value": "2026-11-21T08:00Z"},
        {"Key": "Colour", "Value": "2026-11-21T08:00Z"},
        {"Key": "CreationStartTime", "Value": "today"},
    ],
)
def test_a_filter_that_is_not_whole_is_refused(account, wrong):
    assert account.refusal("DescribeInstances", Filter=[wrong]) == ("InvalidParameter", 400)
