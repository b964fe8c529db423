"""Disks that are initialised anew, get more throughput, or are turned into cloud disks."""

from tests.dialects.tencent.disks.disk_calls import ABSENT, attach, create, shown, snapshot, state

LOCAL = {"DiskType": "LOCAL_BASIC", "DiskSize": 50}
PREMIUM = {"DiskType": "CLOUD_PREMIUM"}


def test_disks_are_initialised(account):
    origin = create(account)
    snapshot_id = snapshot(account, origin)
    of_snapshot = create(account, SnapshotId=snapshot_id)
    account.call("InitializeDisks", DiskIds=[origin, of_snapshot])
    assert state(account, origin) == state(account, of_snapshot) == "ROLLBACKING"
    assert account.refusal("InitializeDisks", DiskIds=[origin]) == "ResourceBusy"
    account.wait()
    assert state(account, origin) == state(account, of_snapshot) == "UNATTACHED"
    (instance_id,) = account.run_instances()
    held = attach(account, create(account), instance_id)
    system = account.describe_instance(instance_id)["SystemDisk"]["DiskId"]
    account.call("StopInstances", InstanceIds=[instance_id])
    account.wait()
    account.call("DeleteSnapshots", SnapshotIds=[snapshot_id])
    for ids, code in (
        ([origin, held], "ResourceBusy"),
        ([system], "ResourceBusy"),
        ([of_snapshot], "ResourceBusy"),
        ([ABSENT], "InvalidDiskId.NotFound"),
        ([origin] * 21, "InvalidParameterValue.LimitExceeded"),
    ):
        assert account.refusal("InitializeDisks", DiskIds=ids) == code


def test_a_disk_gets_more_throughput(account):
    disk_id = create(account, DiskType="CLOUD_HSSD", DiskSize=500)
    account.call("ModifyDiskExtraPerformance", DiskId=disk_id, ThroughputPerformance=300)
    assert shown(account, disk_id)["ThroughputPerformance"] == 300
    for which, code in (
        (create(account), "InvalidDisk.NotSupported"),
        (create(account, DiskType="CLOUD_HSSD", DiskSize=460), "InvalidDisk.NotSupported"),
        (ABSENT, "InvalidDiskId.NotFound"),
        ("disk", "InvalidParameter"),
    ):
        params = {"DiskId": which, "ThroughputPerformance": 1}
        assert account.refusal("ModifyDiskExtraPerformance", **params) == code


def stopped(account, **params):
    (instance_id,) = account.run_instances(**params)
    account.call("StopInstances", InstanceIds=[instance_id])
    account.wait()
    return instance_id


def test_local_disks_are_turned_into_cloud_disks(account):
    instance_id = stopped(account, SystemDisk=LOCAL, DataDisks=[LOCAL])
    params = {"InstanceId": instance_id, "SystemDisk": PREMIUM}
    assert account.refusal("ModifyInstanceDiskType", **params) == "InvalidParameterValue"
    account.call("ModifyInstanceDiskType", **params, DataDisks=[{**PREMIUM, "DiskSize": 50}])
    instance = account.describe_instance(instance_id)
    (data,) = instance["DataDisks"]
    assert {instance["SystemDisk"]["DiskType"], data["DiskType"]} == {"CLOUD_PREMIUM"}
    assert (instance["LatestOperation"], instance["LatestOperationState"]) == (
        "ModifyInstanceDiskType",
        "SUCCESS",
    )
    assert shown(account, data["DiskId"])["Portable"]
    assert not shown(account, instance["SystemDisk"]["DiskId"])["Portable"]
    both = {**params, "DataDisks": [{**PREMIUM, "DiskSize": 50}]}
    assert account.refusal("ModifyInstanceDiskType", **both) == "InvalidParameterValue"


def test_what_keeps_disks_from_being_turned(account):
    local = stopped(account, SystemDisk=LOCAL)
    (running,) = account.run_instances(SystemDisk=LOCAL)
    uncharged = account.run_instances(SystemDisk=LOCAL)[0]
    account.call("StopInstances", InstanceIds=[uncharged], StoppedMode="STOP_CHARGING")
    account.wait()
    wrong = [
        ({"InstanceId": running}, "UnsupportedOperation.InstanceStateRunning"),
        ({"InstanceId": uncharged}, "UnsupportedOperation.StoppedModeStopCharging"),
        ({"InstanceId": "ins-absent00"}, "InvalidInstanceId.NotFound"),
        ({"SystemDisk": {}}, "MissingParameter"),
        ({"SystemDisk": LOCAL}, "InvalidParameterValue"),
        ({"InstanceId": stopped(account), "SystemDisk": None}, "InvalidParameterValue"),
    ]
    for params, code in wrong:
        given = {"InstanceId": local, "SystemDisk": PREMIUM, **params}
        given = {name: value for name, value in given.items() if value is not None}
        assert account.refusal("ModifyInstanceDiskType", **given) == code
