"""What snapshots are compared by: dumps of an emulator's partitions, and ways to change them."""

from duolect.snapshots import snapshots
from duolect_core.archive import dump


def dumps(world):
    return {key: dump(partition) for key, partition in world.pipeline.partitions.items()}


def reread(world, scope=snapshots.EVERYTHING):
    """Return a snapshot as it is after it was written to a file and read again."""
    return snapshots.parse(snapshots.write(snapshots.take(world.pipeline.state, scope)))


def change(world):
    """Let something happen in every partition, and in a new one."""
    for client in (world.alibaba("one"), world.alibaba("two")):
        client.call("CreateVpc", "2016-04-28")
    world.tencent("one").call("CreateVpc", VpcName="n", CidrBlock="10.1.0.0/16")
    world.alibaba("three").call("CreateVpc", "2016-04-28")


def vpcs(client):
    return client.call("DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"]
