"""Attributes of instances of Alibaba Cloud: changed by one action and shown by another."""

import json
from base64 import b64encode

import pytest
from tests.dialects.alibaba.town import Town

from duolect_core.model.resources import GroupKind


@pytest.fixture
def town():
    return Town()


@pytest.fixture
def instance_id(town):
    return town.run()[0]


def stop(town, instance_id):
    town.ask("StopInstance", InstanceId=instance_id)
    town.wait()


def one(town):
    return town.instances()[0]


def attribute(town, instance_id):
    return town.ask("DescribeInstanceAttribute", InstanceId=instance_id)


# -- DescribeInstanceAttribute, ModifyInstanceAttribute ----------------------------------------------------


def test_the_attributes_of_an_instance_are_those_that_the_list_shows(town, instance_id):
    shown, listed = attribute(town, instance_id), one(town)
    for name in ("InstanceName", "Status", "VpcAttributes", "SecurityGroupIds", "Memory", "CreationTime"):
        assert shown[name] == listed[name]
    assert shown["IoOptimized"] == "optimized"
    assert shown["NetworkOptions"]["EnableJumboFrame"] is False
    assert town.refused("DescribeInstanceAttribute", InstanceId="i-none") == (
        "InvalidInstanceId.NotFound",
        404,
    )


def test_what_is_named_changes_and_the_rest_stays(town, instance_id):
    town.ask(
        "ModifyInstanceAttribute",
        InstanceId=instance_id,
        InstanceName="new",
        Description="changed",
        HostName="new-host",
        DeletionProtection=True,
        CreditSpecification="Unlimited",
        EnableJumboFrame=True,
        PrivateDnsNameOptions={"HostnameType": "IpBased"},
    )
    shown = attribute(town, instance_id)
    assert (shown["InstanceName"], shown["Description"]) == ("new", "changed")
    assert (shown["HostName"], shown["CreditSpecification"]) == ("new-host", "Unlimited")
    assert shown["EnableJumboFrame"] is shown["NetworkOptions"]["EnableJumboFrame"] is True
    assert one(town)["DeletionProtection"] is True
    assert one(town)["PrivateDnsNameOptions"]["HostnameType"] == "IpBased"
    town.ask(
        "ModifyInstanceAttribute",
        InstanceId=instance_id,
        EnableNetworkEncryption=True,
        PrivateDnsNameOptions={"EnableIpDnsARecord": True},
    )
    shown = attribute(town, instance_id)
    assert (shown["EnableJumboFrame"], shown["EnableNetworkEncryption"]) == (True, True)
    dns = one(town)["PrivateDnsNameOptions"]
    assert (dns["HostnameType"], dns["EnableIpDnsARecord"]) == ("IpBased", True)


def test_new_groups_replace_the_old_ones_and_may_be_of_another_kind(town, instance_id):
    enterprise = town.new_group(kind=GroupKind.ENTERPRISE)
    town.ask("ModifyInstanceAttribute", InstanceId=instance_id, SecurityGroupIds=[enterprise.id])
    assert one(town)["SecurityGroupIds"] == {"SecurityGroupId": [enterprise.id]}
    wanted = {"InstanceId": instance_id, "SecurityGroupIds": [enterprise.id, town.group.id]}
    assert town.refused("ModifyInstanceAttribute", **wanted) == (
        "EnterpriseGroupLimited.MutliGroupType",
        403,
    )
    wanted["SecurityGroupIds"] = ["sg-none"]
    assert town.refused("ModifyInstanceAttribute", **wanted) == ("InvalidSecurityGroupId.NotFound", 404)


def test_groups_that_cannot_take_the_instance_are_refused():
    town = Town(quotas={"basic_group_members": 1})
    (instance_id,) = town.run()
    full = town.new_group()
    town.run(SecurityGroupId=full.id)
    foreign = town.new_group(town.new_subnet(town.new_network()))
    many = [town.new_group().id for _ in range(6)]
    for wanted, refusal in (
        ([full.id], ("SecurityGroupInstanceLimitExceed", 403)),
        ([foreign.id], ("InvalidOperation.VpcMismatch", 403)),
        (many, ("JoinedGroupLimitExceed", 400)),
    ):
        change = {"InstanceId": instance_id, "SecurityGroupIds": wanted}
        assert town.refused("ModifyInstanceAttribute", **change) == refusal


def test_queues_and_processors_change_while_stopped_only(town, instance_id):
    queues = {"InstanceId": instance_id, "NetworkInterfaceQueueNumber": 1}
    layout = {"InstanceId": instance_id, "CpuOptions": {"Core": 1, "ThreadsPerCore": 1}}
    for wanted in (queues, layout):
        assert town.refused("ModifyInstanceAttribute", **wanted) == ("IncorrectInstanceStatus", 403)
    stop(town, instance_id)
    town.ask("ModifyInstanceAttribute", **queues)
    town.ask("ModifyInstanceAttribute", **layout)
    interface_id = one(town)["NetworkInterfaces"]["NetworkInterface"][0]["NetworkInterfaceId"]
    assert town.show(interface_id)["QueueNumber"] == 1
    assert one(town)["CpuOptions"]["ThreadsPerCore"] == 1
    queues["NetworkInterfaceQueueNumber"] = 64
    assert town.refused("ModifyInstanceAttribute", **queues) == (
        "InvalidOperation.MaxEniQueueNumberExceeded",
        403,
    )
    queues["NetworkInterfaceQueueNumber"] = 0
    assert town.refused("ModifyInstanceAttribute", **queues) == ("InvalidParameter", 400)
    queues["NetworkInterfaceQueueNumber"] = -1
    town.ask("ModifyInstanceAttribute", **queues)
    assert town.show(interface_id)["QueueNumber"] == 2


def test_a_password_is_not_changed_while_the_instance_starts(town):
    town.ask("RunInstances", **town.running())
    instance_id = one(town)["InstanceId"]
    wanted = {"InstanceId": instance_id, "Password": "Abcdef-123"}
    assert town.refused("ModifyInstanceAttribute", **wanted) == ("IncorrectInstanceStatus", 403)
    town.wait()
    town.ask("ModifyInstanceAttribute", **wanted)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceName": "1st"}, ("InvalidInstanceName.Malformed", 400)),
        ({"Description": "x"}, ("InvalidDescription.Malformed", 400)),
        ({"HostName": "a_b"}, ("InvalidHostName.Malformed", 400)),
        ({"Password": "short"}, ("InvalidPassword.Malformed", 400)),
        ({"UserData": "A" * 60_000}, ("InvalidUserData.SizeExceeded", 400)),
        ({"UserData": "x y " * 10_000}, ("InvalidUserData.SizeExceeded", 400)),
        ({"Recyclable": True}, ("UnsupportedParameter", 400)),
        ({"RemoteConnectionOptions": {"Type": "vnc"}}, ("UnsupportedParameter", 400)),
        ({"InstanceId": "i-none"}, ("InvalidInstanceId.NotFound", 404)),
    ],
)
def test_a_change_is_refused_for_what_is_wrong_with_it(town, instance_id, wrong, refusal):
    assert town.refused("ModifyInstanceAttribute", **{"InstanceId": instance_id, **wrong}) == refusal


def test_groups_of_a_classic_instance_do_not_change(town):
    instance = town.instance(classic=True)
    wanted = {"InstanceId": instance.id, "SecurityGroupIds": [town.group.id]}
    assert town.refused("ModifyInstanceAttribute", **wanted) == ("InvalidNetworkType.NotSupported", 400)


# -- user data, roles --------------------------------------------------------------------------------------


def test_user_data_are_shown_as_they_were_given(town):
    text = b64encode(b"#!/bin/sh\necho hello").decode()
    (instance_id,) = town.run(UserData=text)
    assert town.ask("DescribeUserData", InstanceId=instance_id)["UserData"] == text
    town.ask("ModifyInstanceAttribute", InstanceId=instance_id, UserData="plain text")
    assert town.ask("DescribeUserData", InstanceId=instance_id)["UserData"] == "plain text"
    (other,) = town.run()
    assert town.ask("DescribeUserData", InstanceId=other)["UserData"] == ""
    assert town.refused("DescribeUserData", InstanceId="i-none") == ("InvalidInstanceId.NotFound", 404)


def test_roles_are_listed_by_instance_and_by_name(town):
    (plays,) = town.run(RamRoleName="reader")
    (idle,) = town.run()

    def roles(**criteria):
        answer = town.ask("DescribeInstanceRamRole", **criteria)
        assert answer["TotalCount"] == len(answer["InstanceRamRoleSets"]["InstanceRamRoleSet"])
        return {
            each["InstanceId"]: each["RamRoleName"]
            for each in answer["InstanceRamRoleSets"]["InstanceRamRoleSet"]
        }

    assert roles(InstanceIds=json.dumps([plays, idle])) == {plays: "reader", idle: ""}
    assert roles(RamRoleName="reader") == {plays: "reader"}
    assert roles(RamRoleName="writer") == {}
    assert town.refused("DescribeInstanceRamRole") == ("InvalidParameter.AllEmpty", 403)


# -- maintenance, renewal ----------------------------------------------------------------------------------


def test_maintenance_attributes_are_kept_for_each_instance(town):
    first, second = town.run(Amount=2)
    window = {"StartTime": "02:00:00", "EndTime": "05:00:00"}
    wanted = {"InstanceId": [first], "ActionOnMaintenance": "Stop", "MaintenanceWindow": [window]}
    town.ask("ModifyInstanceMaintenanceAttributes", **wanted)
    town.ask("ModifyInstanceMaintenanceAttributes", InstanceId=[first], NotifyOnMaintenance=True)
    answer = town.ask("DescribeInstanceMaintenanceAttributes", InstanceId=[first, second])
    shown = {
        each["InstanceId"]: (
            each["ActionOnMaintenance"]["Value"],
            each["MaintenanceWindows"]["MaintenanceWindow"],
            each["NotifyOnMaintenance"],
        )
        for each in answer["MaintenanceAttributes"]["MaintenanceAttribute"]
    }
    assert shown == {first: ("Stop", [window], True), second: ("AutoRecover", [], False)}
    assert town.ask("DescribeInstanceMaintenanceAttributes", PageSize=1)["TotalCount"] == 2
    refused = {"InstanceId": [first], "MaintenanceWindow": [{"StartTime": "02:00:00"}]}
    assert town.refused("ModifyInstanceMaintenanceAttributes", **refused) == ("InvalidParameter", 400)
    town.ask("DeleteInstance", InstanceId=second, Force=True)
    refused = {"InstanceId": [first, second], "NotifyOnMaintenance": False}
    assert town.refused("ModifyInstanceMaintenanceAttributes", **refused) == (
        "IncorrectInstanceStatus",
        403,
    )
    refused = {"InstanceId": [first, "i-none"], "NotifyOnMaintenance": False}
    assert town.refused("ModifyInstanceMaintenanceAttributes", **refused) == (
        "InvalidInstanceId.NotFound",
        404,
    )


def test_renewal_is_told_of_subscriptions_only(town):
    (renewed,) = town.run(InstanceChargeType="PrePaid", Period=1, AutoRenew=True, AutoRenewPeriod=3)
    (normal,) = town.run(InstanceChargeType="PrePaid", Period=1, PeriodUnit="Month")
    (by_use,) = town.run()

    def renewal(**criteria):
        answer = town.ask("DescribeInstanceAutoRenewAttribute", **criteria)
        return {
            each["InstanceId"]: (each["RenewalStatus"], each["AutoRenewEnabled"], each["Duration"])
            for each in answer["InstanceRenewAttributes"]["InstanceRenewAttribute"]
        }

    every = f"{renewed}, {normal},{by_use}"
    assert renewal(InstanceId=every) == {
        renewed: ("AutoRenewal", True, 3),
        normal: ("Normal", False, 0),
    }
    assert list(renewal(RenewalStatus="AutoRenewal")) == [renewed]
    assert renewal(RenewalStatus="NotRenewal") == {}
    assert town.refused("DescribeInstanceAutoRenewAttribute") == (
        "InvalidParameter.RenewalStatusInstanceId",
        403,
    )


# -- ModifyInstanceSpec ------------------------------------------------------------------------------------


def test_a_stopped_instance_gets_another_type(town, instance_id):
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", "Async": True}
    assert town.refused("ModifyInstanceSpec", **wanted) == ("InvalidInstanceStatus.NotStopped", 400)
    stop(town, instance_id)
    assert town.refused("ModifyInstanceSpec", **wanted, DryRun=True) == ("DryRunOperation", 400)
    town.ask("ModifyInstanceSpec", **wanted)
    shown = one(town)
    assert (shown["InstanceType"], shown["Cpu"], shown["Status"]) == ("ecs.g7.xlarge", 4, "Stopped")


def test_the_bandwidth_in_is_changed_alone(town, instance_id):
    town.ask("ModifyInstanceSpec", InstanceId=instance_id, InternetMaxBandwidthIn=50)
    assert one(town)["InternetMaxBandwidthIn"] == 50
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", "InternetMaxBandwidthIn": 60}
    assert town.refused("ModifyInstanceSpec", **wanted) == ("InvalidParameter.Mismatch", 400)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceType": None}, ("MissingParameter", 400)),
        ({"InstanceType": "ecs.none"}, ("InvalidInstanceType.ValueNotSupported", 400)),
        ({"InstanceId": "i-none"}, ("InvalidInstanceId.NotFound", 404)),
        ({"InternetMaxBandwidthOut": 5}, ("UnsupportedParameter", 400)),
        ({"ModifyMode": "fast"}, ("UnsupportedParameter", 400)),
        ({"Disk": [{"DiskId": "d-1"}]}, ("UnsupportedParameter", 400)),
        ({"Temporary": {"EndTime": "2026-11-21T00Z"}}, ("UnsupportedParameter", 400)),
        ({"InstanceType": "ecs.n4.small"}, ("DependencyViolation.InstanceType", 400)),
    ],
)
def test_a_type_is_refused_for_what_is_wrong_with_it(town, instance_id, wrong, refusal):
    instance = town.partition.graph.instances[instance_id]
    for _ in range(2):
        town.ask("AttachNetworkInterface", **town.attaching(town.interface(), instance))
    town.wait()
    stop(town, instance_id)
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", **wrong}
    assert town.refused("ModifyInstanceSpec", **wanted) == refusal


def test_addresses_that_the_type_does_not_allow_are_told_in_their_own_words(town):
    primary = {"InstanceType": "Primary", "VSwitchId": town.subnet.id, "SecurityGroupId": town.group.id}
    (instance_id,) = town.run(
        VSwitchId=None,
        SecurityGroupId=None,
        NetworkInterface=[{**primary, "SecondaryPrivateIpAddressCount": 4}],
    )
    stop(town, instance_id)
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.n4.small"}
    assert town.refused("ModifyInstanceSpec", **wanted) == ("InvalidOperation.Ipv4CountExceeded", 403)


def test_a_subscription_keeps_its_type_and_a_token_is_for_one_change(town, instance_id):
    (subscription,) = town.run(InstanceChargeType="PrePaid")
    wanted = {"InstanceId": subscription, "InstanceType": "ecs.g7.xlarge"}
    assert town.refused("ModifyInstanceSpec", **wanted) == ("ChargeTypeViolation", 403)
    stop(town, instance_id)
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", "ClientToken": "t"}
    town.ask("ModifyInstanceSpec", **wanted)
    wanted["InstanceType"] = "ecs.g7.2xlarge"
    assert town.refused("ModifyInstanceSpec", **wanted) == ("IdempotenceParamNotMatch", 400)
