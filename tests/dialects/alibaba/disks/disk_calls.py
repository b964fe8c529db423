"""Short ways to what tests of disks need, by calls of the API."""

import json

SOLD = {"DiskCategory": "cloud_efficiency", "Size": 20}


def shown(account, disk_id):
    """Return a disk, or None where there is none."""
    found = account.call("DescribeDisks", DiskIds=json.dumps([disk_id]))["Disks"]["Disk"]
    return found[0] if found else None


def create(account, **params):
    """Return the id of a new disk that is Available."""
    params = {"ZoneId": account.subnet.zone, **SOLD, **params}
    disk_id = account.call("CreateDisk", **params)["DiskId"]
    account.wait()
    return disk_id


def attach(account, disk_id, instance_id, **params):
    account.call("AttachDisk", DiskId=disk_id, InstanceId=instance_id, **params)
    account.wait()
    return disk_id


def snapshot(account, disk_id, **params):
    snapshot_id = account.call("CreateSnapshot", DiskId=disk_id, **params)["SnapshotId"]
    account.wait()
    return snapshot_id


def system_disk(account, instance_id):
    return account.call("DescribeDisks", InstanceId=instance_id, DiskType="system")["Disks"]["Disk"][0][
        "DiskId"
    ]


def stop(account, instance_id):
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()


def later(account, duration):
    """Let time pass, in microseconds."""
    account.emulator.clock.advance(duration)
    account.partition.settle(account.emulator.clock.now())
