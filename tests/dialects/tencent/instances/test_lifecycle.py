"""Instances that are there: described, started, stopped, terminated."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, ZONE, TencentAccount

BATCH = ("StartInstances", "StopInstances", "TerminateInstances")


def latest(shown):
    return shown["LatestOperation"], shown["LatestOperationState"], shown["LatestOperationRequestId"]


def test_a_life_from_running_to_gone(account):
    reply = account.call("RunInstances", **account.instance_params())
    (instance_id,) = reply["InstanceIdSet"]
    for action, state, then in (
        ("RunInstances", "PENDING", "RUNNING"),
        ("StopInstances", "STOPPING", "STOPPED"),
        ("StartInstances", "STARTING", "RUNNING"),
    ):
        if action != "RunInstances":
            reply = account.call(action, InstanceIds=[instance_id])
        created = action == "RunInstances"
        shown = account.describe_instance(instance_id)
        assert shown["InstanceState"] == state
        assert latest(shown) == ((None,) * 3 if created else (action, "OPERATING", reply["RequestId"]))
        account.wait()
        shown = account.describe_instance(instance_id)
        assert shown["InstanceState"] == then
        assert latest(shown) == ((None,) * 3 if created else (action, "SUCCESS", reply["RequestId"]))
    reply = account.call("TerminateInstances", InstanceIds=[instance_id])
    shown = account.describe_instance(instance_id)
    assert shown["InstanceState"] == "TERMINATING"
    assert latest(shown) == ("TerminateInstances", "OPERATING", reply["RequestId"])
    account.wait()
    assert account.call("DescribeInstances", InstanceIds=[instance_id])["TotalCount"] == 0
    assert account.call("DescribeNetworkInterfaces")["TotalCount"] == 0


def test_stopping_succeeds_before_the_instance_is_stopped():
    """Source: cloud-custodian, test_tc_cvm, 2022: 6 s after StopInstances, 11 s after it, and later.

    The bandwidth stays, and where nothing is charged the ordinary public address is gone with the success;
    that there is another one after a start is assumed.
    """
    account = TencentAccount.furnished(durations={"stop": "1s"})
    (instance_id,) = account.run_instances(InternetAccessible={"InternetMaxBandwidthOut": 5})
    (first,) = account.describe_instance(instance_id)["PublicIpAddresses"]
    account.call("StopInstances", InstanceIds=[instance_id], StoppedMode="STOP_CHARGING")
    seen = []
    for _ in range(3):
        shown = account.describe_instance(instance_id)
        reach = shown["InternetAccessible"]
        seen.append(
            (
                *(shown["InstanceState"], shown["LatestOperationState"], shown["StopChargingMode"]),
                *(shown["PublicIpAddresses"], reach["InternetChargeType"]),
            )
        )
        assert reach["InternetMaxBandwidthOut"] == 5
        account.emulator.advance(500)
    assert seen == [
        ("STOPPING", "OPERATING", "NOT_APPLICABLE", [first], "TRAFFIC_POSTPAID_BY_HOUR"),
        ("STOPPING", "SUCCESS", "NOT_APPLICABLE", None, None),
        ("STOPPED", "SUCCESS", "STOP_CHARGING", None, None),
    ]
    account.call("StartInstances", InstanceIds=[instance_id])
    assert len(account.describe_instance(instance_id)["PublicIpAddresses"]) == 1


def test_an_instance_that_is_charged_for_keeps_its_address(account):
    (instance_id,) = account.run_instances(InternetAccessible={"InternetMaxBandwidthOut": 5})
    before = account.describe_instance(instance_id)["PublicIpAddresses"]
    account.call("StopInstances", InstanceIds=[instance_id])
    account.wait()
    assert account.describe_instance(instance_id)["PublicIpAddresses"] == before


def test_the_wrong_state_has_a_code_of_its_own(account):
    (instance_id,) = account.call("RunInstances", **account.instance_params())["InstanceIdSet"]

    def codes():
        return [
            account.refusal(action, InstanceIds=[instance_id]).removeprefix(
                "UnsupportedOperation.InstanceState"
            )
            for action in BATCH
        ]

    assert codes() == ["Pending"] * 3
    account.wait()
    assert account.refusal("StartInstances", InstanceIds=[instance_id]).endswith("InstanceStateRunning")
    account.call("StopInstances", InstanceIds=[instance_id])
    assert codes() == ["Stopping"] * 3
    account.wait()
    assert account.refusal("StopInstances", InstanceIds=[instance_id]).endswith("InstanceStateStopped")
    account.call("StartInstances", InstanceIds=[instance_id])
    assert codes() == ["Starting"] * 3
    account.wait()
    account.call("TerminateInstances", InstanceIds=[instance_id])
    assert codes() == ["Terminating"] * 3


@pytest.mark.parametrize("action", BATCH)
@pytest.mark.parametrize(
    ("ids", "code"),
    [
        (["ins-absent00"], "InvalidInstanceId.NotFound"),
        (["i-12345678"], "InvalidInstanceId.Malformed"),
        (["ins-absent00"] * 101, "InvalidParameterValue.LimitExceeded"),
        ([], "MissingParameter"),
        (None, "MissingParameter"),
        ("ins-absent00", "InvalidParameter"),
    ],
)
def test_ids_are_refused_for(account, action, ids, code):
    assert account.refusal(action, InstanceIds=ids) == code


@pytest.mark.parametrize("action", BATCH)
def test_a_batch_fails_on_its_first_bad_member(account, action):
    good = account.run_instances() if action != "StartInstances" else [account.run_stopped_instance()]
    assert account.refusal(action, InstanceIds=[*good, ABSENT["ins"]]) == "InvalidInstanceId.NotFound"
    bad = account.run_stopped_instance() if action != "StartInstances" else account.run_instances()[0]
    if action == "TerminateInstances":
        (bad,) = account.run_instances(DisableApiTermination=True)
        code = "UnsupportedOperation.InstancesProtected"
        assert account.refusal(action, InstanceIds=[*good, bad]) == code
    else:
        assert "InstanceState" in account.refusal(action, InstanceIds=[*good, bad])


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_a_batch_moves_together(account, style):
    ids = account.run_instances(InstanceCount=3)
    account.call("StopInstances", style=style, InstanceIds=ids, StopType="HARD")
    account.wait()
    assert account.find_instances("instance-state", "STOPPED") == set(ids)
    account.call("StartInstances", style=style, InstanceIds=ids)
    account.wait()
    account.call("TerminateInstances", style=style, InstanceIds=ids, ReleaseAddress=True)
    account.wait()
    assert account.call("DescribeInstances")["InstanceSet"] == []


def test_an_instance_is_charged_or_not_while_it_is_stopped(account):
    (instance_id,) = account.run_instances()
    for mode in ("STOP_CHARGING", "KEEP_CHARGING"):
        assert account.describe_instance(instance_id)["StopChargingMode"] == "NOT_APPLICABLE"
        stopped = {} if mode == "KEEP_CHARGING" else {"StoppedMode": mode}
        account.call("StopInstances", InstanceIds=[instance_id], **stopped)
        account.wait()
        assert account.describe_instance(instance_id)["StopChargingMode"] == mode
        account.call("StartInstances", InstanceIds=[instance_id])
        account.wait()


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ForceStop": True, "StopType": "HARD"}, "InvalidParameterCombination"),
        ({"StopType": "GENTLY"}, "InvalidParameterValue"),
        ({"StoppedMode": "FREE"}, "InvalidParameterValue"),
    ],
)
def test_stopping_is_refused_for(account, params, code):
    assert account.refusal("StopInstances", InstanceIds=account.run_instances(), **params) == code


def test_secondary_interfaces_outlive_their_instance(account):
    (instance_id,) = account.run_instances()
    interface_id = account.create_interface()
    account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    account.wait()
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    (kept,) = account.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    assert kept["NetworkInterfaceId"] == interface_id
    assert kept["Attachment"] is None
    assert kept["State"] == "AVAILABLE"


def test_an_instance_that_is_gone_holds_its_network_for_a_while():
    """Source: packer, builder/tencentcloud/cvm/step_config_subnet.go: it retries on ResourceInUse."""
    account = TencentAccount.furnished(durations={"release_instance": "1m"})
    (instance_id,) = account.run_instances()
    (address_id,) = account.call("AllocateAddresses")["AddressSet"]
    account.wait()
    account.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    account.wait()
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    assert account.call("DescribeInstances")["TotalCount"] == 0
    (kept,) = account.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    assert (kept["State"], kept["Attachment"]) == ("DELETING", None)
    (address,) = account.call("DescribeAddresses")["AddressSet"]
    assert address["AddressStatus"] == "UNBIND"
    assert account.refusal("DeleteSubnet", SubnetId=account.subnet_id) == "ResourceInUse"
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=account.group_id)
    account.emulator.advance(60_000)
    assert account.call("DescribeNetworkInterfaces")["TotalCount"] == 0
    account.call("DeleteSecurityGroup", SecurityGroupId=account.group_id)
    account.call("DeleteSubnet", SubnetId=account.subnet_id)
    account.call("DeleteVpc", VpcId=account.vpc_id)


def test_an_instance_shows_its_primary_interface(account):
    (instance_id,) = account.run_instances({"Ipv6AddressCount": 1})
    shown = account.describe_instance(instance_id)
    (primary,) = account.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    assert primary["Primary"] is True
    assert primary["NetworkInterfaceName"] == f"{instance_id} Primary ENI"
    assert primary["Attachment"]["InstanceId"] == instance_id
    address = primary["PrivateIpAddressSet"][0]["PrivateIpAddress"]
    assert shown["PrivateIpAddresses"] == [address]
    assert shown["IPv6Addresses"] == [primary["Ipv6AddressSet"][0]["Address"]]
    assert shown["VirtualPrivateCloud"] == {
        "VpcId": account.vpc_id,
        "SubnetId": account.subnet_id,
        "AsVpcGateway": False,
        "PrivateIpAddresses": [address],
        "Ipv6AddressCount": 1,
    }
    assert shown["SecurityGroupIds"] == primary["GroupSet"] == [account.group_id]
    assert shown["Placement"]["Zone"] == ZONE
    assert shown["CreatedTime"] == "2026-09-21T14:13:20Z"


# -- filters ---------------------------------------------------------------------------------------------


def test_instances_are_found_by_each_filter(account):
    other_group, key_id = account.create_group(), account.add_key_pair().id
    subnet = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24", Zone="ap-guangzhou-4")
    (first,) = account.run_instances(
        {"PrivateIpAddresses": ["10.0.0.7"], "Ipv6AddressCount": 1},
        InstanceName="web",
        Placement={"Zone": ZONE, "ProjectId": 7},
        LoginSettings={"KeyIds": [key_id]},
        InstanceType="S5.LARGE8",
        TagSpecification=[{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "1"}]}],
    )
    account.emulator.clock.advance(3600 * 1_000_000)
    (second,) = account.run_instances(
        {"SubnetId": subnet},
        Placement={"Zone": "ap-guangzhou-4"},
        InstanceName="data",
        SecurityGroupIds=[other_group],
        InstanceChargeType="SPOTPAID",
    )
    account.call("StopInstances", InstanceIds=[second])
    account.wait()
    shown = account.describe_instance(first)
    both = {first, second}
    for name, value, expected in (
        ("zone", ZONE, {first}),
        ("zone", "ap-guangzhou-1", set()),
        ("project-id", "7", {first}),
        ("project-id", "0", {second}),
        ("host-id", "host-12345678", set()),
        ("dedicated-cluster-id", "cluster-12345678", set()),
        ("vpc-id", account.vpc_id, both),
        ("subnet-id", subnet, {second}),
        ("instance-id", second, {second}),
        ("uuid", shown["Uuid"], {first}),
        ("security-group-id", other_group, {second}),
        ("instance-name", "eb", {first}),
        ("instance-charge-type", "POSTPAID_BY_HOUR", {first}),
        ("instance-state", "STOPPED", {second}),
        ("instance-type", "S5.LARGE8", {first}),
        ("private-ip-address", "10.0.0.7", {first}),
        ("private-ip-address", "10.0.0.8", set()),
        ("ipv6-address", shown["IPv6Addresses"][0], {first}),
        ("public-ip-address", "10.0.0.7", set()),
        ("public-ipv6-address", "::1", set()),
        ("rdma-ip-address", "10.0.0.7", set()),
        ("login-key-id", key_id, {first}),
        ("tag-key", "a", {first}),
        ("tag-value", "1", {first}),
        ("tag:a", "1", {first}),
        ("creation-start-time", "2026-09-21 22:13:20", both),
        ("creation-start-time", "2026-09-21 22:13:21", {second}),
        ("creation-end-time", "2026-09-21 22:13:20", {first}),
        ("creation-end-time", "2026-09-21 22:13:19", set()),
    ):
        assert account.find_instances(name, value) == expected, (name, value)


def test_a_secondary_address_does_not_find_an_instance(account):
    (instance_id,) = account.run_instances()
    interface_id = account.create_interface(
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.9", "Primary": True}],
        SecurityGroupIds=[account.create_group()],
    )
    account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    account.wait()
    assert account.find_instances("private-ip-address", "10.0.0.9") == set()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("zone", "ap-shanghai-2", "InvalidZone.MismatchRegion"),
        ("host-id", "h", "InvalidHostId.Malformed"),
        ("vpc-id", "v", "InvalidParameterValue.VpcIdMalformed"),
        ("subnet-id", "s", "InvalidParameterValue.SubnetIdMalformed"),
        ("instance-id", "i", "InvalidInstanceId.Malformed"),
        ("uuid", "u", "InvalidParameterValue.UuidMalformed"),
        ("security-group-id", "g", "InvalidSgId.Malformed"),
        ("private-ip-address", "10.0.0", "InvalidParameterValue.IPAddressMalformed"),
        ("public-ip-address", "10.0.0", "InvalidParameterValue.IPAddressMalformed"),
        ("ipv6-address", "10.0.0.1", "InvalidParameterValue.IPv6AddressMalformed"),
        ("creation-start-time", "yesterday", "InvalidParameterValue.InvalidTimeFormat"),
        ("creation-end-time", "0001-01-01 00:00:00", "InvalidParameterValue.InvalidTimeFormat"),
        ("colour", "red", "InvalidFilter"),
    ],
)
def test_a_filter_is_refused_for(account, name, value, code):
    filters = [{"Name": name, "Values": [value]}]
    assert account.refusal("DescribeInstances", Filters=filters) == code


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"InstanceIds": ["i-1"]}, "InvalidInstanceId.Malformed"),
        ({"InstanceIds": ["ins-absent00"] * 101}, "InvalidParameterValue.LimitExceeded"),
        (
            {"InstanceIds": ["ins-absent00"], "Filters": [{"Name": "zone", "Values": [ZONE]}]},
            "InvalidParameter",
        ),
        ({"Filters": [{"Name": "zone", "Values": [ZONE] * 6}]}, "InvalidFilterValue.LimitExceeded"),
        ({"Filters": [{"Name": "zone", "Values": [ZONE]}] * 11}, "InvalidParameterValue.LimitExceeded"),
        ({"Filters": ["zone"]}, "InvalidParameter"),
        ({"Limit": 101}, "InvalidParameterValue"),
        ({"Offset": -1}, "InvalidParameterValue"),
    ],
)
def test_describing_is_refused_for(account, params, code):
    assert account.refusal("DescribeInstances", **params) == code


def test_states_are_told_of_all_or_of_those_named(account):
    ids = account.run_instances(InstanceCount=3)
    account.call("StopInstances", InstanceIds=[ids[0]])
    reply = account.call("DescribeInstancesStatus")
    assert reply["TotalCount"] == 3
    assert reply["InstanceStatusSet"][-1] == {"InstanceId": ids[0], "InstanceState": "STOPPING"}
    reply = account.call("DescribeInstancesStatus", InstanceIds=[ids[1], ABSENT["ins"]])
    assert reply["InstanceStatusSet"] == [{"InstanceId": ids[1], "InstanceState": "RUNNING"}]
    reply = account.call("DescribeInstancesStatus", Offset=1, Limit=1)
    assert (reply["TotalCount"], reply["InstanceStatusSet"][0]["InstanceId"]) == (3, ids[1])


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"InstanceIds": ["i-1"]}, "InvalidInstanceId.Malformed"),
        ({"InstanceIds": ["ins-absent00"] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"Limit": 0}, "InvalidParameterValue"),
        ({"Offset": -1}, "InvalidParameterValue"),
    ],
)
def test_states_are_refused_for(account, params, code):
    assert account.refusal("DescribeInstancesStatus", **params) == code


def test_instances_that_are_paid_by_the_hour_may_change_without_limit(account):
    ids = account.run_instances(InstanceCount=2)
    reply = account.call("DescribeInstancesOperationLimit", InstanceIds=ids, Operation="INSTANCE_DEGRADE")
    assert [each["InstanceId"] for each in reply["InstanceOperationLimitSet"]] == ids
    assert {each["LimitCount"] for each in reply["InstanceOperationLimitSet"]} == {-1}


@pytest.mark.parametrize(
    ("ids", "operation", "code"),
    [
        (["ins-absent00"], "INSTANCE_DEGRADE", "InvalidInstanceId.NotFound"),
        (["i-1"], "INSTANCE_DEGRADE", "InvalidInstanceId.Malformed"),
        (["ins-absent00"] * 101, "INSTANCE_DEGRADE", "InvalidParameterValue.LimitExceeded"),
        (["ins-absent00"], "REINSTALL", "InvalidParameterValue"),
    ],
)
def test_limits_of_changes_are_refused_for(account, ids, operation, code):
    refused = account.refusal("DescribeInstancesOperationLimit", InstanceIds=ids, Operation=operation)
    assert refused == code


def test_unknown_ids_are_left_out(account):
    (instance_id,) = account.run_instances()
    reply = account.call("DescribeInstances", InstanceIds=[ABSENT["ins"], instance_id])
    assert [shown["InstanceId"] for shown in reply["InstanceSet"]] == [instance_id]
    assert reply["TotalCount"] == 1


def test_instances_are_listed_newest_first_by_page(account):
    ids = account.run_instances(InstanceCount=5)
    reply = account.call("DescribeInstances", style="get", Offset=1, Limit="2")
    assert [shown["InstanceId"] for shown in reply["InstanceSet"]] == [ids[3], ids[2]]
    assert reply["TotalCount"] == 5
