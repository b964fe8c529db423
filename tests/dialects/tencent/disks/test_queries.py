"""Cloud disks, as they come with instances."""

import attrs
import pytest
from tests.dialects.tencent.furnished_account import ZONE

CLOUD = {"DiskType": "CLOUD_SSD", "DiskSize": 100, "DiskName": "data"}

KEPT = CLOUD | {"DeleteWithInstance": False}


def found(account, *filters, **params):
    named = [{"Name": name, "Values": values} for name, *values in filters]
    return [
        shown["DiskId"]
        for shown in account.call("DescribeDisks", Filters=named or None, **params)["DiskSet"]
    ]


def test_disks_come_and_go_with_their_instance(account):
    (instance_id,) = account.run_instances(DataDisks=[CLOUD, KEPT, {"DiskSize": 10}])
    shown = account.describe_instance(instance_id)
    reply = account.call("DescribeDisks")
    kept, data, system = reply["DiskSet"]
    assert reply["TotalCount"] == 3
    assert system["DiskId"] == shown["SystemDisk"]["DiskId"]
    assert (system["DiskUsage"], system["DiskType"], system["DiskSize"]) == (
        "SYSTEM_DISK",
        "CLOUD_PREMIUM",
        50,
    )
    assert data["DiskId"] == shown["DataDisks"][0]["DiskId"]
    assert (data["DiskUsage"], data["DiskType"], data["DiskSize"]) == ("DATA_DISK", "CLOUD_SSD", 100)
    assert (data["DiskName"], data["DeleteWithInstance"], data["Portable"]) == ("data", True, True)
    assert (kept["DeleteWithInstance"], kept["Portable"]) == (False, True)
    assert {disk["InstanceId"] for disk in (system, data)} == {instance_id}
    assert system["CreateTime"] == "2026-09-21 22:13:20"
    assert system["AutoSnapshotPolicyIds"] is None
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    gone = account.call("DescribeDisks")
    assert [disk["DiskId"] for disk in gone["DiskSet"]] == [kept["DiskId"]]
    (left,) = gone["DiskSet"]
    assert (left["DiskState"], left["Attached"], left["InstanceId"]) == ("UNATTACHED", False, "")
    assert (left["InstanceIdList"], left["LastAttachInsId"]) == ([], instance_id)


def test_a_disk_shows_what_was_recorded(account):
    """Source: cloud-custodian, tools/c7n_tencentcloud/tests/cassettes, test_tc_cbs, 2022."""
    (instance_id,) = account.run_instances(InstanceName="web", DataDisks=[CLOUD | {"DiskName": None}])
    data, system = account.call("DescribeDisks")["DiskSet"]
    assert (system["DiskName"], data["DiskName"]) == ("web_SYSTEM_DISK", "Unnamed")
    for disk in (data, system):
        place = disk["Placement"]
        assert (place["CageId"], place["CdcId"], place["CdcName"]) == ("", "", "")
        assert place["DedicatedClusterId"] is None
        assert place["ProjectName"] == "Default Project"
        assert disk["InstanceIdList"] == [instance_id]
        assert (disk["DeadlineTime"], disk["SnapshotAbility"]) == ("", True)
        assert disk["LatestOperation"] == disk["LatestOperationState"] == ""
        assert disk["LatestOperationRequestId"] == ""
    in_chinese = attrs.evolve(account.client, language="zh-CN").call("DescribeDisks")
    assert in_chinese["DiskSet"][0]["Placement"]["ProjectName"] == "默认项目"


def test_disks_are_found_by_ids_and_by_each_filter(account):
    (one,) = account.run_instances(
        {"PrivateIpAddresses": ["10.0.0.7"]},
        DataDisks=[CLOUD],
        InstanceName="web",
        Placement={"Zone": ZONE, "ProjectId": 7},
    )
    (other,) = account.run_instances()
    system, data = (
        account.describe_instance(one)["SystemDisk"]["DiskId"],
        account.describe_instance(one)["DataDisks"][0]["DiskId"],
    )
    last = account.describe_instance(other)["SystemDisk"]["DiskId"]
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
        assert found(account, (name, value)) == expected, (name, value)
    assert found(account, ("instance-id", one), ("disk-usage", "DATA_DISK")) == [data]
    assert found(account, DiskIds=[system, "disk-absent00"]) == [system]
    assert found(account, Order="ASC", OrderField="CREATE_TIME") == [system, data, last]
    assert found(account, Order="ASC", Offset=1, Limit=1) == [data]


def test_disks_are_found_by_a_public_address(account):
    (instance_id,) = account.run_instances()
    account.run_instances()
    (address_id,) = account.call("AllocateAddresses")["AddressSet"]
    account.wait()
    account.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    account.wait()
    (public,) = account.describe_instance(instance_id)["PublicIpAddresses"]
    assert found(account, ("instance-ip-address", public)) == [
        account.describe_instance(instance_id)["SystemDisk"]["DiskId"]
    ]


def test_snapshot_policies_are_shown_where_one_asks(account):
    account.run_instances()
    (shown,) = account.call("DescribeDisks", ReturnBindAutoSnapshotPolicy=True)["DiskSet"]
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
def test_disks_are_refused_for(account, params, code):
    assert account.refusal("DescribeDisks", **params) == code
