"""Instances of Alibaba Cloud: describing, starting, stopping and deleting them."""

import json

import pytest
from tests.dialects.alibaba.town import Town

from duolect_core.interfaces.lifecycle import DetachInterface


@pytest.fixture
def town():
    return Town()


def one(town, instance_id):
    return town.instances(InstanceIds=json.dumps([instance_id]))[0]


# -- starting, stopping, deleting ------------------------------------------------------------------------


def test_an_instance_stops_and_starts(town):
    (instance_id,) = town.run()
    town.ask("StopInstance", InstanceId=instance_id, StoppedMode="StopCharging", ForceStop=True)
    assert one(town, instance_id)["Status"] == "Stopping"
    town.wait()
    assert one(town, instance_id)["Status"] == "Stopped"
    assert one(town, instance_id)["StoppedMode"] == "StopCharging"
    town.ask("StartInstance", InstanceId=instance_id, InitLocalDisk=True)
    assert one(town, instance_id)["Status"] == "Starting"
    town.wait()
    assert one(town, instance_id)["Status"] == "Running"
    assert one(town, instance_id)["StoppedMode"] == "Not-applicable"


def test_an_instance_keeps_charging_while_it_is_stopped_unless_told_otherwise(town):
    (instance_id,) = town.run()
    town.ask("StopInstance", InstanceId=instance_id)
    town.wait()
    assert one(town, instance_id)["StoppedMode"] == "KeepCharging"


def test_only_a_stopped_instance_starts_and_only_a_running_one_stops(town):
    (instance_id,) = town.run()
    refusal = ("IncorrectInstanceStatus", 403)
    assert town.refused("StartInstance", InstanceId=instance_id) == refusal
    town.ask("StopInstance", InstanceId=instance_id)
    assert town.refused("StartInstance", InstanceId=instance_id) == refusal
    assert town.refused("StopInstance", InstanceId=instance_id) == refusal


@pytest.mark.parametrize("action", ["StartInstance", "StopInstance", "DeleteInstance"])
def test_an_unknown_instance_is_not_found(town, action):
    assert town.refused(action, InstanceId="i-none") == ("InvalidInstanceId.NotFound", 404)


def test_the_region_of_an_instance_is_found_by_its_id():
    town = Town()
    (instance_id,) = town.run()
    town.new_client(region="us-west-1").call("DescribeInstances")
    town.client.call("StopInstance", InstanceId=instance_id, RegionId=None)


def test_a_stopped_instance_is_deleted_and_a_running_one_by_force(town):
    stays, goes = town.run(Amount=2)
    assert town.refused("DeleteInstance", InstanceId=stays) == ("IncorrectInstanceStatus", 403)
    town.ask("DeleteInstance", InstanceId=goes, Force=True, ForceStop=True)
    town.ask("StopInstance", InstanceId=stays)
    town.wait()
    assert [shown["InstanceId"] for shown in town.instances()] == [stays]
    town.ask("DeleteInstance", InstanceId=stays)
    town.wait()
    assert town.instances() == []
    assert town.partition.graph.interfaces == {}


def test_a_protected_instance_is_not_deleted(town):
    (instance_id,) = town.run(DeletionProtection=True)
    assert town.refused("DeleteInstance", InstanceId=instance_id, Force=True) == (
        "InvalidOperation.DeletionProtection",
        403,
    )


def test_a_subscription_is_deleted_only_when_it_is_ended(town):
    (instance_id,) = town.run(InstanceChargeType="PrePaid")
    wanted = {"InstanceId": instance_id, "Force": True}
    assert town.refused("DeleteInstance", **wanted) == ("ChargeTypeViolation", 403)
    town.ask("DeleteInstance", **wanted, TerminateSubscription=True)


def test_dry_runs_check_and_do_nothing(town):
    (instance_id,) = town.run()
    passed = ("DryRunOperation", 400)
    assert town.refused("StopInstance", InstanceId=instance_id, DryRun=True) == passed
    assert town.refused("StartInstance", InstanceId=instance_id, DryRun=True)[1] == 403
    assert town.refused("DeleteInstance", InstanceId=instance_id, DryRun=True, Force=True) == passed
    assert town.refused("DescribeInstances", DryRun=True) == passed
    assert town.refused("StopInstance", InstanceId=instance_id, Hibernate=True)[0] == "UnsupportedParameter"


# -- describing ------------------------------------------------------------------------------------------


def test_interfaces_are_listed_primary_first_and_only_while_attached(town):
    (instance_id,) = town.run()
    instance = town.partition.graph.instances[instance_id]
    interface_id = town.interface(Ipv4PrefixCount=1)
    town.ask("AttachNetworkInterface", **town.attaching(interface_id, instance))

    def kinds():
        return [each["Type"] for each in one(town, instance_id)["NetworkInterfaces"]["NetworkInterface"]]

    assert kinds() == ["Primary"]
    town.wait()
    assert kinds() == ["Primary", "Secondary"]
    listed = one(town, instance_id)["NetworkInterfaces"]["NetworkInterface"][1]
    assert len(listed["Ipv4PrefixSets"]["Ipv4PrefixSet"]) == 1
    town.do(DetachInterface(interface_id=interface_id, instance_id=instance_id))
    assert kinds() == ["Primary", "Secondary"]
    town.wait()
    assert kinds() == ["Primary"]


def test_instances_are_found_by_each_criterion(town):
    (plain,) = town.run(InstanceName="plain", PrivateIpAddress="10.0.0.9")
    subnet = town.ipv6_subnet()
    group = town.new_group(subnet)
    (other,) = town.run(
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
        InternetChargeType="PayByBandwidth",
        IoOptimized="none",
        Ipv6AddressCount=1,
        ResourceGroupId="rg-2",
        Tag=[{"Key": "a", "Value": "b"}],
    )
    town.ask("StopInstance", InstanceId=other)
    town.wait()
    (interface,) = one(town, other)["NetworkInterfaces"]["NetworkInterface"]
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
        ({"VSwitchId": town.subnet.id}, {plain}),
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
        assert {shown["InstanceId"] for shown in town.instances(**criteria)} == found, criteria


def test_an_interface_that_is_free_leads_to_no_instance(town):
    town.run()
    town.interface(PrimaryIpAddress="10.0.0.77")
    assert town.instances(PrivateIpAddresses='["10.0.0.77"]') == []


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
def test_a_question_that_cannot_be_read_is_refused(town, wrong, refusal):
    assert town.refused("DescribeInstances", **wrong) == refusal


def test_pages_by_number_and_by_token_hold_every_instance_once(town):
    town.run(Amount=7)
    everything = [shown["InstanceId"] for shown in town.instances()]
    assert [len(town.instances(PageNumber=number, PageSize=3)) for number in (1, 2, 3, 4)] == [3, 3, 1, 0]
    seen, token = [], None
    while token != "":
        answer = town.ask("DescribeInstances", MaxResults=3, NextToken=token)
        seen += [shown["InstanceId"] for shown in answer["Instances"]["Instance"]]
        token = answer["NextToken"]
    assert seen == everything


def test_states_are_listed_by_id_and_zone(town):
    first, second = town.run(Amount=2)

    def listed(**criteria):
        answer = town.ask("DescribeInstanceStatus", **criteria)
        return [each["InstanceId"] for each in answer["InstanceStatuses"]["InstanceStatus"]]

    assert listed() == [second, first]
    assert listed(InstanceId=[first, "i-none"]) == [first]
    assert listed(ZoneId="cn-hangzhou-k") == []
    assert listed(PageNumber=2, PageSize=1) == [first]
    assert listed(ClusterId="c") == [second, first]
    assert town.refused("DescribeInstanceStatus", PageSize=51) == ("InvalidParameter", 400)
    status = town.ask("DescribeInstanceStatus")["InstanceStatuses"]["InstanceStatus"][0]
    assert status == {"InstanceId": second, "Status": "Running"}


def test_instances_are_chosen_by_times_of_creation_and_expiry(town):
    (older,) = town.run()
    town.emulator.advance(600_000)
    (newer,) = town.run()
    times = {shown["InstanceId"]: shown["CreationTime"] for shown in town.instances()}

    def found(*filters):
        wanted = [{"Key": key, "Value": value} for key, value in filters]
        return {shown["InstanceId"] for shown in town.instances(Filter=wanted)}

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
def test_a_filter_that_is_not_whole_is_refused(town, wrong):
    assert town.refused("DescribeInstances", Filter=[wrong]) == ("InvalidParameter", 400)
