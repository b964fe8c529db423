"""A program that waits by itself, on a clock that stands still: minutes of waiting take no time.

The program takes what it waits with as arguments; the test gives it the emulator's clock. Where a program
calls ``time.sleep`` itself, ``monkeypatch.setattr(time, "sleep", account.clock.sleep)`` does the same.
"""

import asyncio
import time

import pytest
from alibabacloud_ecs20140526 import models
from conftest import ALIBABA


class Operator:
    """An operator: it attaches an interface, and polls every five seconds until it is attached."""

    def __init__(self, ecs, sleep=time.sleep, now=time.time, patience=120):
        self.ecs, self.sleep, self.now, self.patience = ecs, sleep, now, patience

    def attach(self, interface, instance):
        place = {"region_id": "cn-hangzhou", "network_interface_id": interface}
        self.ecs.attach_network_interface(
            models.AttachNetworkInterfaceRequest(**place, instance_id=instance)
        )
        late = self.now() + self.patience
        while self.status(interface) != "InUse":
            if self.now() >= late:
                raise TimeoutError(f"{interface} is still {self.status(interface)}")
            self.sleep(5)

    def status(self, interface):
        look = models.DescribeNetworkInterfaceAttributeRequest(
            region_id="cn-hangzhou", network_interface_id=interface
        )
        return self.ecs.describe_network_interface_attribute(look).body.status


@pytest.fixture
def operator(duolect_account):
    interface = {"id": "eni-pods", "VSwitchId": "vsw-a", "SecurityGroupId": "sg-nodes"}
    duolect_account.lay("alibaba", **ALIBABA, interfaces=[interface])
    clock = duolect_account.clock
    return Operator(duolect_account.alibaba.ecs(), sleep=clock.sleep, now=clock.time)


def test_a_slow_attachment_is_waited_for(duolect_account, operator):
    duolect_account.faults.add(cloud="alibaba", action="AttachNetworkInterface", delay_ms=60_000)
    began = duolect_account.clock.time()
    operator.attach("eni-pods", "i-node")
    assert 60 <= duolect_account.clock.time() - began < 70


def test_an_attachment_that_never_ends_is_given_up(duolect_account, operator):
    duolect_account.faults.add(cloud="alibaba", action="AttachNetworkInterface", hang=True)
    with pytest.raises(TimeoutError, match="eni-pods is still Attaching"):
        operator.attach("eni-pods", "i-node")


def test_tasks_of_asyncio_wait_too(duolect_account):
    clock, log = duolect_account.clock, []
    began = clock.time()

    async def reconcile(name, every):
        for _ in range(2):
            await clock.sleep_async(every)
            log.append((name, round(clock.time() - began)))

    async def program():
        await asyncio.gather(reconcile("nodes", 60), reconcile("pods", 25))

    asyncio.run(program())
    assert log == [("pods", 25), ("pods", 50), ("nodes", 60), ("nodes", 120)]
