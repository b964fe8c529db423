"""Disks that are made larger and called something else.

Source: the definitions of ResizeInstanceDisks, ResizeDisk and ModifyDiskAttributes in tccli.
"""

import pytest

ABSENT = "disk-absent00"
DATA = {"DiskType": "CLOUD_SSD", "DiskSize": 100}
ONLINE = {"ResizeOnline": True}


def disks(account, instance_id):
    """Return what cvm and cbs show of an instance's system disk and data disks, by id."""
    shown = account.describe_instance(instance_id)
    held = {disk["DiskId"]: disk for disk in (shown["SystemDisk"], *shown["DataDisks"])}
    listed = {disk["DiskId"]: disk for disk in account.call("DescribeDisks")["DiskSet"]}
    assert held.keys() == listed.keys()
    assert all(held[each]["DiskSize"] == listed[each]["DiskSize"] for each in held)
    return [listed[each] for each in held]


def resize(account, instance_id, size, **params):
    return account.call(
        "ResizeInstanceDisks", InstanceId=instance_id, SystemDisk={"DiskSize": size}, **params
    )


@pytest.mark.parametrize(("how", "state"), [({"ForceStop": True}, "REBOOTING"), (ONLINE, "RUNNING")])
def test_a_system_disk_is_made_larger(account, how, state):
    (instance_id,) = account.run_instances()
    reply = resize(account, instance_id, 80, **how)
    assert account.describe_instance(instance_id)["InstanceState"] == state
    account.wait()
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceState"], shown["SystemDisk"]["DiskSize"]) == ("RUNNING", 80)
    assert (shown["LatestOperation"], shown["LatestOperationState"]) == ("ResizeInstanceDisks", "SUCCESS")
    assert shown["LatestOperationRequestId"] == reply["RequestId"]
    (system,) = disks(account, instance_id)
    assert system["DiskSize"] == 80


def test_the_system_disk_of_a_stopped_instance_needs_no_force(account):
    instance_id = account.run_stopped_instance()
    system = account.describe_instance(instance_id)["SystemDisk"]
    same = {name: system[name] for name in ("DiskId", "DiskType")}
    account.call("ResizeInstanceDisks", InstanceId=instance_id, SystemDisk={"DiskSize": 60, **same})
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceState"], shown["SystemDisk"]["DiskSize"]) == ("STOPPED", 60)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "MissingParameter.AtLeastOne"),
        ({"SystemDisk": {}}, "MissingParameter"),
        ({"SystemDisk": {"DiskSize": 60}}, "UnsupportedOperation.InstanceStateRunning"),
        ({"SystemDisk": {"DiskSize": 40}, **ONLINE}, "InvalidParameterValue"),
        ({"SystemDisk": {"DiskSize": 4000}, **ONLINE}, "InvalidParameterValue"),
        ({"SystemDisk": {"DiskSize": 60, "DiskType": "CLOUD_SSD"}, **ONLINE}, "InvalidParameterValue"),
        ({"SystemDisk": {"DiskSize": 60, "DiskId": ABSENT}, **ONLINE}, "InvalidParameterValue"),
        ({"DataDisks": [{"DiskSize": 200}]}, "UnsupportedOperation.InvalidDataDisk"),
    ],
)
def test_a_system_disk_is_not_resized_for(account, params, code):
    (instance_id,) = account.run_instances()
    assert account.refusal("ResizeInstanceDisks", InstanceId=instance_id, **params) == code


def test_a_system_disk_is_not_resized_where_its_instance_keeps_it_from_that(account):
    larger = {"SystemDisk": {"DiskSize": 60}, "ResizeOnline": True}
    (local,) = account.run_instances(SystemDisk={"DiskType": "LOCAL_BASIC"})
    assert (
        account.refusal("ResizeInstanceDisks", InstanceId=local, **larger) == "InvalidInstance.NotSupported"
    )
    (instance_id,) = account.run_instances()
    account.call("StopInstances", InstanceIds=[instance_id], StoppedMode="STOP_CHARGING")
    code = account.refusal("ResizeInstanceDisks", InstanceId=instance_id, **larger)
    assert code == "UnsupportedOperation.InstanceStateStopping"
    account.wait()
    code = account.refusal("ResizeInstanceDisks", InstanceId=instance_id, **larger)
    assert code == "UnsupportedOperation.StoppedModeStopCharging"
    code = account.refusal("ResizeInstanceDisks", InstanceId="ins-absent00", **larger)
    assert code == "InvalidInstanceId.NotFound"


def test_a_data_disk_is_made_larger(account):
    (instance_id,) = account.run_instances(DataDisks=[DATA, DATA])
    _, _, second = disks(account, instance_id)
    account.call("ResizeDisk", DiskId=second["DiskId"], DiskSize=200)
    held = disks(account, instance_id)
    assert [disk["DiskState"] for disk in held] == ["ATTACHED", "ATTACHED", "EXPANDING"]
    assert [disk["DiskSize"] for disk in held] == [50, 100, 100]
    account.wait()
    assert disks(account, instance_id)[2]["DiskState"] == "ATTACHED"
    assert [disk["DiskSize"] for disk in disks(account, instance_id)] == [50, 100, 200]


def test_a_data_disk_is_not_resized_for(account):
    (instance_id,) = account.run_instances(DataDisks=[DATA])
    system, data = (disk["DiskId"] for disk in disks(account, instance_id))
    for disk_id, size, code in (
        (data, 100, "InvalidParameterValue"),
        (data, 40000, "InvalidParameterValue"),
        (system, 100, "InvalidDisk.NotSupported"),
        (ABSENT, 100, "InvalidDiskId.NotFound"),
        ("vol-1", 100, "InvalidParameterValue"),
        (None, 100, "MissingParameter"),
    ):
        assert account.refusal("ResizeDisk", DiskId=disk_id, DiskSize=size) == code, (disk_id, size)
    account.call("StopInstances", InstanceIds=[instance_id])
    assert account.refusal("ResizeDisk", DiskId=data, DiskSize=200) == "InvalidDisk.Busy"


def test_disks_are_called_something_else(account):
    (instance_id,) = account.run_instances(DataDisks=[DATA, DATA])
    ids = [disk["DiskId"] for disk in disks(account, instance_id)]
    account.call("ModifyDiskAttributes", DiskIds=[*ids[:2], ids[0]], DiskName="renamed")
    account.call("ModifyDiskAttributes", DiskIds=ids[1:], DeleteWithInstance=False)
    shown = disks(account, instance_id)
    assert [disk["DiskName"] for disk in shown] == ["renamed", "renamed", "Unnamed"]
    assert [disk["DeleteWithInstance"] for disk in shown] == [True, False, False]
    assert [disk["DiskSize"] for disk in shown] == [50, 100, 100]


def test_disks_are_not_changed_for(account):
    (instance_id,) = account.run_instances(DataDisks=[DATA])
    system, data = (disk["DiskId"] for disk in disks(account, instance_id))
    for ids, changes, code in (
        ([data], {}, "MissingParameter"),
        ([], {"DiskName": "n"}, "MissingParameter"),
        ([data, ABSENT], {"DiskName": "n"}, "InvalidDiskId.NotFound"),
        ([data], {"DiskName": "n" * 61}, "InvalidParameterValue"),
        ([system], {"ProjectId": 7}, "ResourceUnavailable.NotSupported"),
        ([data], {"Portable": True}, "ResourceUnavailable.NotSupported"),
        ([data], {"DiskType": "CLOUD_SSD"}, "InvalidDisk.NotSupported"),
        ([system], {"DeleteWithInstance": False}, "ResourceUnavailable.NotSupported"),
    ):
        assert account.refusal("ModifyDiskAttributes", DiskIds=ids, **changes) == code, changes
    account.call("TerminateInstances", InstanceIds=[instance_id])
    code = account.refusal("ModifyDiskAttributes", DiskIds=[data], DiskName="n")
    assert code == "ResourceUnavailable.NotSupported"
