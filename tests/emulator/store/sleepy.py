"""An emulator whose accounts are put away, by a machine's time that a test sets."""

import asyncio

from duolect.calls.idle import IdleAccounts
from duolect.state.archives import archived
from duolect.store.housekeeping import Housekeeping

NETWORK = {"VpcName": "v", "CidrBlock": "10.0.0.0/16"}
HOUR = 3600.0


class Machine:
    """The machine's time, in seconds."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


class Sleepy:
    """An emulator whose accounts are put away after an hour."""

    def __init__(self, one):
        self.one = one
        self.pipeline = one.pipeline
        self.machine = Machine()
        keeper = self.pipeline.keeper
        self.idle = IdleAccounts(self.pipeline, HOUR, keeper and Housekeeping(keeper), self.machine)

    @property
    def partitions(self):
        return self.pipeline.partitions

    def sleep(self, hours=1.0):
        self.machine.seconds += hours * HOUR
        asyncio.run(self.idle.sweep())

    def there(self):
        return {placed.key[1] for placed in self.partitions.placed() if placed.partition is not None}


def texts(one):
    return {key: archived(partition) for key, partition in one.pipeline.partitions.items()}


def work(one, accounts=("AKA", "AKB"), *, clouds=True):
    for number, name in enumerate(accounts):
        one.emulator.tencent(name).call("CreateVpc", **NETWORK)
        if clouds:
            client = one.emulator.alibaba(name)
            vpc = client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
            one.emulator.advance()
            for place in range(number + 1):
                client.call("CreateSecurityGroup", VpcId=vpc, SecurityGroupName=f"g-{place}")
            one.emulator.alibaba(name, "cn-beijing").call("DescribeVpcs", "2016-04-28")
