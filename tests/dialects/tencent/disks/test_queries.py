"""Cloud disks, as they come with instances."""

import pytest
from tests.dialects.tencent.rooms import ZONE, FurnishedRoom

CLOUD = {"DiskType": "CLOUD_SSD", "DiskSize": 100, "DiskName": "data", "DeleteWithInstance": False}


@pytest.fixture
def room():
    return FurnishedRoom()


def found(room, *filters, **params):
    named = [{"Name": name, "Values": values} for name, *values in filters]
    return [
        shown["DiskId"] for shown in room.call("DescribeDisks", Filters=named or None, **params)["DiskSet"]
    ]


def test_disks_come_and_go_with_their_instance(room):
    (instance_id,) = room.run(DataDisks=[CLOUD, {"DiskSize": 10}])
    shown = room.show(instance_id)
    reply = room.call("DescribeDisks")
    system, data = reply["DiskSet"][1], reply["DiskSet"][0]
    assert reply["TotalCount"] == 2
    assert system["DiskId"] == shown["SystemDisk"]["DiskId"]
    assert (system["DiskUsage"], system["DiskType"], system["DiskSize"]) == (
        "SYSTEM_DISK",
        "CLOUD_PREMIUM",
        50,
    )
    assert data["DiskId"] == shown["DataDisks"][0]["DiskId"]
    assert (data["DiskUsage"], data["DiskType"], data["DiskSize"]) == ("DATA_DISK", "CLOUD_SSD", 100)
    assert (data["DiskName"], data["DeleteWithInstance"], data["Portable"]) == ("data", False, True)
    assert {disk["InstanceId"] for disk in (system, data)} == {instance_id}
    assert system["CreateTime"] == "2026-09-21 22:13:20"
    assert system["AutoSnapshotPolicyIds"] is None
    room.call("TerminateInstances", InstanceIds=[instance_id])
    room.wait()
    gone = room.call("DescribeDisks")
    assert (gone["TotalCount"], gone["DiskSet"]) == (0, [])


def test_disks_are_found_by_ids_and_by_each_filter(room):
    (one,) = room.run(
        {"PrivateIpAddresses": ["10.0.0.7"]},
        DataDisks=[CLOUD],
        InstanceName="web",
        Placement={"Zone": ZONE, "ProjectId": 7},
    )
    (other,) = room.run()
    system, data = room.show(one)["SystemDisk"]["DiskId"], room.show(one)["DataDisks"][0]["DiskId"]
    last = room.show(other)["SystemDisk"]["DiskId"]
    for name, value, expected in (
        ("disk-usage", "DATA_DISK", [data]),
        ("disk-charge-type", "POSTPAID_BY_HOUR", [last, data, system]),
        ("disk-charge-type", "PREPAID", []),
        ("portable", "TRUE", [data]),
        ("project-id", "7", [data, system]),
        ("disk-id", last, [last]),
        ("disk-name", "data", [data]),
        ("disk-type", "CLOUD_SSD", [data]),
        ("disk-state", "ATTACHED", [last, data, system]),
        ("disk-state", "UNATTACHED", []),
        ("instance-id", other, [last]),
        ("zone", ZONE, [last, data, system]),
        ("instance-ip-address", "10.0.0.7", [data, system]),
        ("instance-name", "web", [data, system]),
        ("tag-key", "a", []),
        ("tag-value", "a", []),
        ("tag:a", "a", []),
        ("dedicated-cluster-id", "cluster-1", []),
        ("cluster-group-id", "group-1", []),
    ):
        assert found(room, (name, value)) == expected, (name, value)
    assert found(room, ("instance-id", one), ("disk-usage", "DATA_DISK")) == [data]
    assert found(room, DiskIds=[system, "disk-absent00"]) == [system]
    assert found(room, Order="ASC", OrderField="CREATE_TIME") == [system, data, last]
    assert found(room, Order="ASC", Offset=1, Limit=1) == [data]


def test_disks_are_found_by_a_public_address(room):
    (instance_id,) = room.run()
    room.run()
    (address_id,) = room.call("AllocateAddresses")["AddressSet"]
    room.wait()
    room.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    room.wait()
    (public,) = room.show(instance_id)["PublicIpAddresses"]
    assert found(room, ("instance-ip-address", public)) == [room.show(instance_id)["SystemDisk"]["DiskId"]]


def test_snapshot_policies_are_shown_where_one_asks(room):
    room.run()
    (shown,) = room.call("DescribeDisks", ReturnBindAutoSnapshotPolicy=True)["DiskSet"]
    assert shown["AutoSnapshotPolicyIds"] == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"DiskIds": ["vol-1"]}, "InvalidParameterValue"),
        ({"DiskIds": ["disk-absent00"] * 101}, "InvalidParameterValue"),
        ({"DiskIds": "disk-absent00"}, "InvalidParameter"),
        ({"Filters": [{"Name": "colour", "Values": ["red"]}]}, "InvalidFilter"),
        ({"Filters": [{"Name": "zone", "Values": [ZONE]}] * 11}, "InvalidParameterValue"),
        ({"Filters": [{"Name": "zone", "Values": [ZONE] * 101}]}, "InvalidParameterValue"),
        ({"Limit": 101}, "InvalidParameterValue"),
        ({"Offset": -1}, "InvalidParameterValue"),
        ({"Order": "UP"}, "InvalidParameterValue"),
        ({"OrderField": "SIZE"}, "InvalidParameterValue"),
        (
            {"DiskIds": ["disk-absent00"], "Filters": [{"Name": "zone", "Values": [ZONE]}]},
            "InvalidParameterValue",
        ),
    ],
)
def test_disks_are_refused_for(room, params, code):
    assert room.refused("DescribeDisks", **params) == code
