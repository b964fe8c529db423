"""Short ways to what tests of disks need, by calls of the API."""

from tests.dialects.tencent.furnished_account import ZONE

SOLD = {"DiskType": "CLOUD_PREMIUM", "DiskSize": 20, "DiskChargeType": "POSTPAID_BY_HOUR"}
ABSENT = "disk-absent00"
NO_SNAPSHOT = "snap-absent00"


def shown(account, disk_id):
    """Return a disk, or None where it is not listed."""
    found = account.call("DescribeDisks", DiskIds=[disk_id])["DiskSet"]
    return found[0] if found else None


def state(account, disk_id):
    return shown(account, disk_id)["DiskState"]


def create(account, **params):
    """Return the id of a new disk that is UNATTACHED."""
    params = {"Placement": {"Zone": ZONE}, **SOLD, **params}
    (disk_id,) = account.call("CreateDisks", **params)["DiskIdSet"]
    account.wait()
    return disk_id


def attach(account, disk_id, instance_id, **params):
    account.call("AttachDisks", DiskIds=[disk_id], InstanceId=instance_id, **params)
    account.wait()
    return disk_id


def snapshot(account, disk_id, **params):
    snapshot_id = account.call("CreateSnapshot", DiskId=disk_id, **params)["SnapshotId"]
    account.wait()
    return snapshot_id


def system_disk(account, instance_id):
    return account.describe_instance(instance_id)["SystemDisk"]["DiskId"]


def later(account, duration):
    """Let time pass, in microseconds."""
    account.emulator.clock.advance(duration)
    account.partition.settle(account.emulator.clock.now())
