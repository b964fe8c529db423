"""Attributes of instances of Alibaba Cloud: changed by one action and shown by another."""

import json
from base64 import b64encode

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.model.resources import GroupKind


@pytest.fixture
def instance_id(account):
    return account.run_instances()[0]


def stop(account, instance_id):
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()


def one(account):
    return account.describe_instances()[0]


def attribute(account, instance_id):
    return account.call("DescribeInstanceAttribute", InstanceId=instance_id)


# -- DescribeInstanceAttribute, ModifyInstanceAttribute ----------------------------------------------------


def test_the_attributes_of_an_instance_are_those_that_the_list_shows(account, instance_id):
    shown, listed = attribute(account, instance_id), one(account)
    for name in ("InstanceName", "Status", "VpcAttributes", "SecurityGroupIds", "Memory"):
        assert shown[name] == listed[name]
    assert shown["CreationTime"][:16] + "Z" == listed["CreationTime"]
    assert len(shown["CreationTime"]) == len("2020-07-01T00:00:00Z")  # recorded in 2020
    assert shown["IoOptimized"] == "optimized"
    assert shown["NetworkOptions"]["EnableJumboFrame"] is False
    assert account.refusal("DescribeInstanceAttribute", InstanceId="i-none") == (
        "InvalidInstanceId.NotFound",
        404,
    )


def test_what_is_named_changes_and_the_rest_stays(account, instance_id):
    account.call(
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
    shown = attribute(account, instance_id)
    assert (shown["InstanceName"], shown["Description"]) == ("new", "changed")
    assert (shown["HostName"], shown["CreditSpecification"]) == ("new-host", "Unlimited")
    assert shown["EnableJumboFrame"] is shown["NetworkOptions"]["EnableJumboFrame"] is True
    assert one(account)["DeletionProtection"] is True
    assert one(account)["PrivateDnsNameOptions"]["HostnameType"] == "IpBased"
    account.call(
        "ModifyInstanceAttribute",
        InstanceId=instance_id,
        EnableNetworkEncryption=True,
        PrivateDnsNameOptions={"EnableIpDnsARecord": True},
    )
    shown = attribute(account, instance_id)
    assert (shown["EnableJumboFrame"], shown["EnableNetworkEncryption"]) == (True, True)
    dns = one(account)["PrivateDnsNameOptions"]
    assert (dns["HostnameType"], dns["EnableIpDnsARecord"]) == ("IpBased", True)


def test_new_groups_replace_the_old_ones_and_may_be_of_another_kind(account, instance_id):
    enterprise = account.add_group(kind=GroupKind.ENTERPRISE)
    account.call("ModifyInstanceAttribute", InstanceId=instance_id, SecurityGroupIds=[enterprise.id])
    assert one(account)["SecurityGroupIds"] == {"SecurityGroupId": [enterprise.id]}
    wanted = {"InstanceId": instance_id, "SecurityGroupIds": [enterprise.id, account.group.id]}
    assert account.refusal("ModifyInstanceAttribute", **wanted) == (
        "EnterpriseGroupLimited.MutliGroupType",
        403,
    )
    wanted["SecurityGroupIds"] = ["sg-none"]
    assert account.refusal("ModifyInstanceAttribute", **wanted) == ("InvalidSecurityGroupId.NotFound", 404)


def test_groups_that_cannot_take_the_instance_are_refused():
    account = AlibabaAccount.furnished(quotas={"basic_group_members": 1})
    (instance_id,) = account.run_instances()
    full = account.add_group()
    account.run_instances(SecurityGroupId=full.id)
    foreign = account.add_group(account.add_subnet(account.add_network()))
    many = [account.add_group().id for _ in range(6)]
    for wanted, refusal in (
        ([full.id], ("SecurityGroupInstanceLimitExceed", 403)),
        ([foreign.id], ("InvalidOperation.VpcMismatch", 403)),
        (many, ("JoinedGroupLimitExceed", 400)),
    ):
        change = {"InstanceId": instance_id, "SecurityGroupIds": wanted}
        assert account.refusal("ModifyInstanceAttribute", **change) == refusal


def test_queues_and_processors_change_while_stopped_only(account, instance_id):
    queues = {"InstanceId": instance_id, "NetworkInterfaceQueueNumber": 1}
    layout = {"InstanceId": instance_id, "CpuOptions": {"Core": 1, "ThreadsPerCore": 1}}
    for wanted in (queues, layout):
        assert account.refusal("ModifyInstanceAttribute", **wanted) == ("IncorrectInstanceStatus", 403)
    stop(account, instance_id)
    account.call("ModifyInstanceAttribute", **queues)
    account.call("ModifyInstanceAttribute", **layout)
    interface_id = one(account)["NetworkInterfaces"]["NetworkInterface"][0]["NetworkInterfaceId"]
    assert account.describe_interface(interface_id)["QueueNumber"] == 1
    assert one(account)["CpuOptions"]["ThreadsPerCore"] == 1
    queues["NetworkInterfaceQueueNumber"] = 64
    assert account.refusal("ModifyInstanceAttribute", **queues) == (
        "InvalidOperation.MaxEniQueueNumberExceeded",
        403,
    )
    queues["NetworkInterfaceQueueNumber"] = 0
    assert account.refusal("ModifyInstanceAttribute", **queues) == ("InvalidParameter", 400)
    queues["NetworkInterfaceQueueNumber"] = -1
    account.call("ModifyInstanceAttribute", **queues)
    assert account.describe_interface(interface_id)["QueueNumber"] == 2


def test_a_password_is_not_changed_while_the_instance_starts(account):
    account.call("RunInstances", **account.instance_params())
    instance_id = one(account)["InstanceId"]
    wanted = {"InstanceId": instance_id, "Password": "Abcdef-123"}
    assert account.refusal("ModifyInstanceAttribute", **wanted) == ("IncorrectInstanceStatus", 403)
    account.wait()
    account.call("ModifyInstanceAttribute", **wanted)


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
def test_a_change_is_refused_for_what_is_wrong_with_it(account, instance_id, wrong, refusal):
    assert account.refusal("ModifyInstanceAttribute", **{"InstanceId": instance_id, **wrong}) == refusal


def test_groups_of_a_classic_instance_do_not_change(account):
    instance = account.add_instance(classic=True)
    wanted = {"InstanceId": instance.id, "SecurityGroupIds": [account.group.id]}
    assert account.refusal("ModifyInstanceAttribute", **wanted) == ("InvalidNetworkType.NotSupported", 400)


# -- user data, roles --------------------------------------------------------------------------------------


def test_user_data_are_shown_as_they_were_given(account):
    text = b64encode(b"#!/bin/sh\necho hello").decode()
    (instance_id,) = account.run_instances(UserData=text)
    assert account.call("DescribeUserData", InstanceId=instance_id)["UserData"] == text
    account.call("ModifyInstanceAttribute", InstanceId=instance_id, UserData="plain text")
    assert account.call("DescribeUserData", InstanceId=instance_id)["UserData"] == "plain text"
    (other,) = account.run_instances()
    assert account.call("DescribeUserData", InstanceId=other)["UserData"] == ""
    assert account.refusal("DescribeUserData", InstanceId="i-none") == ("InvalidInstanceId.NotFound", 404)


def test_roles_are_listed_by_instance_and_by_name(account):
    (plays,) = account.run_instances(RamRoleName="reader")
    (idle,) = account.run_instances()

    def roles(**criteria):
        answer = account.call("DescribeInstanceRamRole", **criteria)
        assert answer["TotalCount"] == len(answer["InstanceRamRoleSets"]["InstanceRamRoleSet"])
        return {
            each["InstanceId"]: each["RamRoleName"]
            for each in answer["InstanceRamRoleSets"]["InstanceRamRoleSet"]
        }

    assert roles(InstanceIds=json.dumps([plays, idle])) == {plays: "reader", idle: ""}
    assert roles(RamRoleName="reader") == {plays: "reader"}
    assert roles(RamRoleName="writer") == {}
    assert account.refusal("DescribeInstanceRamRole") == ("InvalidParameter.AllEmpty", 403)
    gone = account.refusal("DescribeInstanceRamRole", InstanceIds='["i-gone"]')
    assert gone == ("InvalidInstanceId.NotFound", 404)


# -- maintenance, renewal ----------------------------------------------------------------------------------


def test_maintenance_attributes_are_kept_for_each_instance(account):
    first, second = account.run_instances(Amount=2)
    window = {"StartTime": "02:00:00", "EndTime": "05:00:00"}
    wanted = {"InstanceId": [first], "ActionOnMaintenance": "Stop", "MaintenanceWindow": [window]}
    account.call("ModifyInstanceMaintenanceAttributes", **wanted)
    account.call("ModifyInstanceMaintenanceAttributes", InstanceId=[first], NotifyOnMaintenance=True)
    answer = account.call("DescribeInstanceMaintenanceAttributes", InstanceId=[first, second])
    shown = {
        each["InstanceId"]: (
            each["ActionOnMaintenance"]["Value"],
            each["MaintenanceWindows"]["MaintenanceWindow"],
            each["NotifyOnMaintenance"],
        )
        for each in answer["MaintenanceAttributes"]["MaintenanceAttribute"]
    }
    assert shown == {first: ("Stop", [window], True), second: ("AutoRecover", [], False)}
    assert account.call("DescribeInstanceMaintenanceAttributes", PageSize=1)["TotalCount"] == 2
    refused = {"InstanceId": [first], "MaintenanceWindow": [{"StartTime": "02:00:00"}]}
    assert account.refusal("ModifyInstanceMaintenanceAttributes", **refused) == ("InvalidParameter", 400)
    account.call("DeleteInstance", InstanceId=second, Force=True)
    refused = {"InstanceId": [first, second], "NotifyOnMaintenance": False}
    assert account.refusal("ModifyInstanceMaintenanceAttributes", **refused) == (
        "IncorrectInstanceStatus",
        403,
    )
    refused = {"InstanceId": [first, "i-none"], "NotifyOnMaintenance": False}
    assert account.refusal("ModifyInstanceMaintenanceAttributes", **refused) == (
        "InvalidInstanceId.NotFound",
        404,
    )


def test_renewal_is_told_of_subscriptions_only(account):
    (renewed,) = account.run_instances(
        InstanceChargeType="PrePaid", Period=1, AutoRenew=True, AutoRenewPeriod=3
    )
    (normal,) = account.run_instances(InstanceChargeType="PrePaid", Period=1, PeriodUnit="Month")
    (by_use,) = account.run_instances()

    def renewal(**criteria):
        answer = account.call("DescribeInstanceAutoRenewAttribute", **criteria)
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
    assert account.refusal("DescribeInstanceAutoRenewAttribute") == (
        "InvalidParameter.RenewalStatusInstanceId",
        403,
    )


# -- ModifyInstanceSpec ------------------------------------------------------------------------------------


def test_a_stopped_instance_gets_another_type(account, instance_id):
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", "Async": True}
    assert account.refusal("ModifyInstanceSpec", **wanted) == ("InvalidInstanceStatus.NotStopped", 400)
    stop(account, instance_id)
    assert account.refusal("ModifyInstanceSpec", **wanted, DryRun=True) == ("DryRunOperation", 400)
    account.call("ModifyInstanceSpec", **wanted)
    shown = one(account)
    assert (shown["InstanceType"], shown["Cpu"], shown["Status"]) == ("ecs.g7.xlarge", 4, "Stopped")


def test_the_bandwidth_in_is_changed_alone(account, instance_id):
    account.call("ModifyInstanceSpec", InstanceId=instance_id, InternetMaxBandwidthIn=50)
    assert one(account)["InternetMaxBandwidthIn"] == 50
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", "InternetMaxBandwidthIn": 60}
    assert account.refusal("ModifyInstanceSpec", **wanted) == ("InvalidParameter.Mismatch", 400)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceType": None}, ("MissingParameter", 400)),
        ({"InstanceType": "ecs.none"}, ("InvalidInstanceType.ValueNotSupported", 400)),
        ({"InstanceId": "i-none"}, ("InvalidInstanceId.NotFound", 404)),
        ({"InternetMaxBandwidthOut": 500}, ("InvalidParameter.Bandwidth", 400)),
        ({"ModifyMode": "fast"}, ("UnsupportedParameter", 400)),
        ({"Disk": [{"DiskId": "d-1"}]}, ("UnsupportedParameter", 400)),
        ({"Temporary": {"EndTime": "2026-11-21T00Z"}}, ("UnsupportedParameter", 400)),
        ({"InstanceType": "ecs.n4.small"}, ("DependencyViolation.InstanceType", 400)),
    ],
)
def test_a_type_is_refused_for_what_is_wrong_with_it(account, instance_id, wrong, refusal):
    instance = account.partition.graph.instances[instance_id]
    for _ in range(2):
        account.call(
            "AttachNetworkInterface", **account.attachment_params(account.create_interface(), instance)
        )
    account.wait()
    stop(account, instance_id)
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", **wrong}
    assert account.refusal("ModifyInstanceSpec", **wanted) == refusal


def test_addresses_that_the_type_does_not_allow_are_told_in_their_own_words(account):
    primary = {
        "InstanceType": "Primary",
        "VSwitchId": account.subnet.id,
        "SecurityGroupId": account.group.id,
    }
    (instance_id,) = account.run_instances(
        VSwitchId=None,
        SecurityGroupId=None,
        NetworkInterface=[{**primary, "SecondaryPrivateIpAddressCount": 4}],
    )
    stop(account, instance_id)
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.n4.small"}
    assert account.refusal("ModifyInstanceSpec", **wanted) == ("InvalidOperation.Ipv4CountExceeded", 403)


def test_a_subscription_keeps_its_type_and_a_token_is_for_one_change(account, instance_id):
    (subscription,) = account.run_instances(InstanceChargeType="PrePaid", Period=1)
    wanted = {"InstanceId": subscription, "InstanceType": "ecs.g7.xlarge"}
    assert account.refusal("ModifyInstanceSpec", **wanted) == ("ChargeTypeViolation", 403)
    stop(account, instance_id)
    wanted = {"InstanceId": instance_id, "InstanceType": "ecs.g7.xlarge", "ClientToken": "t"}
    account.call("ModifyInstanceSpec", **wanted)
    wanted["InstanceType"] = "ecs.g7.2xlarge"
    assert account.refusal("ModifyInstanceSpec", **wanted) == ("IdempotenceParamNotMatch", 400)
