"""Instances that are there: described, started, stopped, terminated."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, ZONE, FurnishedRoom

BATCH = ("StartInstances", "StopInstances", "TerminateInstances")


@pytest.fixture
def room():
    return FurnishedRoom()


def latest(shown):
    return shown["LatestOperation"], shown["LatestOperationState"], shown["LatestOperationRequestId"]


def test_a_life_from_running_to_gone(room):
    reply = room.call("RunInstances", **room.running())
    (instance_id,) = reply["InstanceIdSet"]
    for action, state, then in (
        ("RunInstances", "PENDING", "RUNNING"),
        ("StopInstances", "STOPPING", "STOPPED"),
        ("StartInstances", "STARTING", "RUNNING"),
    ):
        if action != "RunInstances":
            reply = room.call(action, InstanceIds=[instance_id])
        shown = room.show(instance_id)
        assert shown["InstanceState"] == state
        assert latest(shown) == (action, "OPERATING", reply["RequestId"])
        room.wait()
        shown = room.show(instance_id)
        assert shown["InstanceState"] == then
        assert latest(shown) == (action, "SUCCESS", reply["RequestId"])
    reply = room.call("TerminateInstances", InstanceIds=[instance_id])
    shown = room.show(instance_id)
    assert shown["InstanceState"] == "TERMINATING"
    assert latest(shown) == ("TerminateInstances", "OPERATING", reply["RequestId"])
    room.wait()
    assert room.call("DescribeInstances", InstanceIds=[instance_id])["TotalCount"] == 0
    assert room.call("DescribeNetworkInterfaces")["TotalCount"] == 0


def test_the_wrong_state_has_a_code_of_its_own(room):
    (instance_id,) = room.call("RunInstances", **room.running())["InstanceIdSet"]

    def codes():
        return [
            room.refused(action, InstanceIds=[instance_id]).removeprefix(
                "UnsupportedOperation.InstanceState"
            )
            for action in BATCH
        ]

    assert codes() == ["Pending"] * 3
    room.wait()
    assert room.refused("StartInstances", InstanceIds=[instance_id]).endswith("InstanceStateRunning")
    room.call("StopInstances", InstanceIds=[instance_id])
    assert codes() == ["Stopping"] * 3
    room.wait()
    assert room.refused("StopInstances", InstanceIds=[instance_id]).endswith("InstanceStateStopped")
    room.call("StartInstances", InstanceIds=[instance_id])
    assert codes() == ["Starting"] * 3
    room.wait()
    room.call("TerminateInstances", InstanceIds=[instance_id])
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
def test_ids_are_refused_for(room, action, ids, code):
    assert room.refused(action, InstanceIds=ids) == code


@pytest.mark.parametrize("action", BATCH)
def test_a_batch_fails_on_its_first_bad_member(room, action):
    good = room.run() if action != "StartInstances" else [room.stopped()]
    assert room.refused(action, InstanceIds=[*good, ABSENT["ins"]]) == "InvalidInstanceId.NotFound"
    bad = room.stopped() if action != "StartInstances" else room.run()[0]
    if action == "TerminateInstances":
        (bad,) = room.run(DisableApiTermination=True)
        code = "UnsupportedOperation.InstancesProtected"
        assert room.refused(action, InstanceIds=[*good, bad]) == code
    else:
        assert "InstanceState" in room.refused(action, InstanceIds=[*good, bad])


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_a_batch_moves_together(room, style):
    ids = room.run(InstanceCount=3)
    room.call("StopInstances", style=style, InstanceIds=ids, StopType="HARD")
    room.wait()
    assert room.found("instance-state", "STOPPED") == set(ids)
    room.call("StartInstances", style=style, InstanceIds=ids)
    room.wait()
    room.call("TerminateInstances", style=style, InstanceIds=ids, ReleaseAddress=True)
    room.wait()
    assert room.call("DescribeInstances")["InstanceSet"] == []


def test_an_instance_is_charged_or_not_while_it_is_stopped(room):
    (instance_id,) = room.run()
    for mode in ("STOP_CHARGING", "KEEP_CHARGING"):
        assert room.show(instance_id)["StopChargingMode"] == "NOT_APPLICABLE"
        stopped = {} if mode == "KEEP_CHARGING" else {"StoppedMode": mode}
        room.call("StopInstances", InstanceIds=[instance_id], **stopped)
        room.wait()
        assert room.show(instance_id)["StopChargingMode"] == mode
        room.call("StartInstances", InstanceIds=[instance_id])
        room.wait()


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ForceStop": True, "StopType": "HARD"}, "InvalidParameterCombination"),
        ({"StopType": "GENTLY"}, "InvalidParameterValue"),
        ({"StoppedMode": "FREE"}, "InvalidParameterValue"),
    ],
)
def test_stopping_is_refused_for(room, params, code):
    assert room.refused("StopInstances", InstanceIds=room.run(), **params) == code


def test_secondary_interfaces_outlive_their_instance(room):
    (instance_id,) = room.run()
    interface_id = room.interface(room.vpc_id, room.subnet_id)
    room.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    room.wait()
    room.call("TerminateInstances", InstanceIds=[instance_id])
    room.wait()
    (kept,) = room.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    assert kept["NetworkInterfaceId"] == interface_id
    assert kept["Attachment"] is None
    assert kept["State"] == "AVAILABLE"


def test_an_instance_shows_its_primary_interface(room):
    (instance_id,) = room.run({"Ipv6AddressCount": 1})
    shown = room.show(instance_id)
    (primary,) = room.call("DescribeNetworkInterfaces")["NetworkInterfaceSet"]
    assert primary["Primary"] is True
    assert primary["NetworkInterfaceName"] == f"{instance_id} Primary ENI"
    assert primary["Attachment"]["InstanceId"] == instance_id
    address = primary["PrivateIpAddressSet"][0]["PrivateIpAddress"]
    assert shown["PrivateIpAddresses"] == [address]
    assert shown["IPv6Addresses"] == [primary["Ipv6AddressSet"][0]["Address"]]
    assert shown["VirtualPrivateCloud"] == {
        "VpcId": room.vpc_id,
        "SubnetId": room.subnet_id,
        "AsVpcGateway": False,
        "PrivateIpAddresses": [address],
        "Ipv6AddressCount": 1,
    }
    assert shown["SecurityGroupIds"] == primary["GroupSet"] == [room.group_id]
    assert shown["Placement"]["Zone"] == ZONE
    assert shown["CreatedTime"] == "2026-09-21T14:13:20Z"


# -- filters ---------------------------------------------------------------------------------------------


def test_instances_are_found_by_each_filter(room):
    other_group = room.group()
    subnet = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/24", Zone="ap-guangzhou-4")
    (first,) = room.run(
        {"PrivateIpAddresses": ["10.0.0.7"], "Ipv6AddressCount": 1},
        InstanceName="web",
        Placement={"Zone": ZONE, "ProjectId": 7},
        LoginSettings={"KeyIds": ["skey-1"]},
        InstanceType="S5.LARGE8",
        TagSpecification=[{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "1"}]}],
    )
    room.emulator.clock.advance(3600 * 1_000_000)
    (second,) = room.run(
        {"SubnetId": subnet},
        Placement={"Zone": "ap-guangzhou-4"},
        InstanceName="data",
        SecurityGroupIds=[other_group],
        InstanceChargeType="SPOTPAID",
    )
    room.call("StopInstances", InstanceIds=[second])
    room.wait()
    shown = room.show(first)
    both = {first, second}
    for name, value, expected in (
        ("zone", ZONE, {first}),
        ("zone", "ap-guangzhou-1", set()),
        ("project-id", "7", {first}),
        ("project-id", "0", {second}),
        ("host-id", "host-12345678", set()),
        ("dedicated-cluster-id", "cluster-12345678", set()),
        ("vpc-id", room.vpc_id, both),
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
        ("login-key-id", "skey-1", {first}),
        ("tag-key", "a", {first}),
        ("tag-value", "1", {first}),
        ("tag:a", "1", {first}),
        ("creation-start-time", "2026-09-21 22:13:20", both),
        ("creation-start-time", "2026-09-21 22:13:21", {second}),
        ("creation-end-time", "2026-09-21 22:13:20", {first}),
        ("creation-end-time", "2026-09-21 22:13:19", set()),
    ):
        assert room.found(name, value) == expected, (name, value)


def test_a_secondary_address_does_not_find_an_instance(room):
    (instance_id,) = room.run()
    interface_id = room.interface(
        room.vpc_id,
        room.subnet_id,
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.9", "Primary": True}],
        SecurityGroupIds=[room.group()],
    )
    room.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    room.wait()
    assert room.found("private-ip-address", "10.0.0.9") == set()


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
def test_a_filter_is_refused_for(room, name, value, code):
    filters = [{"Name": name, "Values": [value]}]
    assert room.refused("DescribeInstances", Filters=filters) == code


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
def test_describing_is_refused_for(room, params, code):
    assert room.refused("DescribeInstances", **params) == code


def test_states_are_told_of_all_or_of_those_named(room):
    ids = room.run(InstanceCount=3)
    room.call("StopInstances", InstanceIds=[ids[0]])
    reply = room.call("DescribeInstancesStatus")
    assert reply["TotalCount"] == 3
    assert reply["InstanceStatusSet"][-1] == {"InstanceId": ids[0], "InstanceState": "STOPPING"}
    reply = room.call("DescribeInstancesStatus", InstanceIds=[ids[1], ABSENT["ins"]])
    assert reply["InstanceStatusSet"] == [{"InstanceId": ids[1], "InstanceState": "RUNNING"}]
    reply = room.call("DescribeInstancesStatus", Offset=1, Limit=1)
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
def test_states_are_refused_for(room, params, code):
    assert room.refused("DescribeInstancesStatus", **params) == code


def test_instances_that_are_paid_by_the_hour_may_change_without_limit(room):
    ids = room.run(InstanceCount=2)
    reply = room.call("DescribeInstancesOperationLimit", InstanceIds=ids, Operation="INSTANCE_DEGRADE")
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
def test_limits_of_changes_are_refused_for(room, ids, operation, code):
    refused = room.refused("DescribeInstancesOperationLimit", InstanceIds=ids, Operation=operation)
    assert refused == code


def test_unknown_ids_are_left_out(room):
    (instance_id,) = room.run()
    reply = room.call("DescribeInstances", InstanceIds=[ABSENT["ins"], instance_id])
    assert [shown["InstanceId"] for shown in reply["InstanceSet"]] == [instance_id]
    assert reply["TotalCount"] == 1


def test_instances_are_listed_newest_first_by_page(room):
    ids = room.run(InstanceCount=5)
    reply = room.call("DescribeInstances", style="get", Offset=1, Limit="2")
    assert [shown["InstanceId"] for shown in reply["InstanceSet"]] == [ids[3], ids[2]]
    assert reply["TotalCount"] == 5
