"""Two tongues, one brain: what both clouds have in common comes out the same on both.

One machine drives both dialects through real HTTP bodies. After each step both have accepted, or both have
refused for the same reason, and the two core graphs are the same but for ids and addresses. Where the
clouds differ by their rules the machine stays on common ground: it waits until something new is usable,
keeps groups within their network, and never repeats a detach or delete that is under way.
"""

from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from tests.harness import emulator
from tests.parity.drivers import STATUS, AlibabaDriver, TencentDriver, outcome, shape

from duolect.settings import CloudSettings
from duolect_core.invariants import check
from duolect_core.lifecycle import InterfaceState

_LIMITS = {"interfaces": 3, "ipv4_per_interface": 6, "cpu": 2, "memory_gib": 4}

_PREFIXES = {
    "subnet": ("vsw", "subnet"),
    "group": ("sg", "sg"),
    "instance": ("i", "ins"),
    "interface": ("eni", "eni"),
}


def _driven() -> tuple[Any, AlibabaDriver, TencentDriver]:
    world = emulator(
        tencent=CloudSettings(
            instance_types={"PARITY.MEDIUM4": _LIMITS}, quotas={"ipv4_per_detached_interface": 50}
        )
    )
    return world, AlibabaDriver(world.alibaba()), TencentDriver(world.tencent())


class ParityMachine(RuleBasedStateMachine):
    """Both clouds, side by side."""

    networks = Bundle("networks")
    subnets = Bundle("subnets")
    groups = Bundle("groups")
    instances = Bundle("instances")
    interfaces = Bundle("interfaces")

    def __init__(self) -> None:
        super().__init__()
        self.world, self.alibaba, self.tencent = _driven()
        self.count = 0
        self.home: dict[str, str] = {}
        self.zone: dict[str, int] = {}

    def _new(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def _both(self, action: str, *arguments: Any) -> str:
        first = outcome(self.alibaba, action, *arguments)
        second = outcome(self.tencent, action, *arguments)
        assert first == second, f"{action}{arguments}: {first} and {second}"
        return first

    def _made(self, kind: str, action: str, *arguments: Any) -> str:
        """Create something, and let it become usable. The name of what is refused stands for nothing."""
        name = self._new(kind)
        if self._both(action, name, *arguments) != "ok":
            self._stands_for_nothing(name, kind)
        self.world.advance(1_000)
        return name

    def _stands_for_nothing(self, name: str, kind: str) -> str:
        """Give the name ids that are well formed and unknown on both clouds."""
        ours, theirs = _PREFIXES[kind]
        self.alibaba.names[name] = f"{ours}-bp1gone{self.count:013d}"
        self.tencent.names[name] = f"{theirs}-{self.count:08d}"
        return name

    @rule(target=networks)
    def create_network(self) -> str:
        return self._made("network", "create_network")

    @rule(target=subnets, network=networks, zone=st.integers(0, 1), octet=st.integers(0, 3))
    def create_subnet(self, network: str, zone: int, octet: int) -> str:
        name = self._made("subnet", "create_subnet", network, zone, octet * 16)
        self.home[name] = network
        return name

    @rule(target=groups, network=networks)
    def create_group(self, network: str) -> str:
        name = self._made("group", "create_group", network)
        self.home[name] = network
        return name

    def _fits(self, subnet: str, group: str) -> bool:
        """Say whether the group is in the subnet's network: only Alibaba Cloud binds it to one."""
        return self.home[subnet] == self.home[group]

    @rule(target=instances, subnet=subnets, group=groups)
    def run_instance(self, subnet: str, group: str) -> str:
        if not self._fits(subnet, group) or not self._alive(subnet, group):
            return self._stands_for_nothing(self._new("instance"), "instance")
        return self._made("instance", "run_instance", self.home[subnet], subnet, group)

    @rule(target=interfaces, subnet=subnets, group=groups, count=st.integers(0, 6))
    def create_interface(self, subnet: str, group: str, count: int) -> str:
        if not self._fits(subnet, group) or not self._alive(subnet, group):
            return self._stands_for_nothing(self._new("interface"), "interface")
        return self._made("interface", "create_interface", self.home[subnet], subnet, group, count)

    def _alive(self, *names: str) -> bool:
        graph = self.alibaba.client.partition.graph
        return all(any(self.alibaba.names[name] in table for table in graph.tables()) for name in names)

    def _state(self, interface: str) -> InterfaceState | None:
        graph = self.alibaba.client.partition.read(self.world.clock.now())
        found = graph.interfaces.get(self.alibaba.names[interface])
        return None if found is None else found.state

    @rule(interface=interfaces, instance=instances)
    def attach(self, interface: str, instance: str) -> None:
        self._both("attach", interface, instance)

    @rule(interface=interfaces, instance=instances)
    def detach(self, interface: str, instance: str) -> None:
        if self._state(interface) is not InterfaceState.DETACHING:
            self._both("detach", interface, instance)

    @rule(interface=interfaces)
    def delete_interface(self, interface: str) -> None:
        if self._state(interface) is not InterfaceState.DELETING:
            self._both("delete_interface", interface)

    @rule(instance=instances)
    def start(self, instance: str) -> None:
        self._both("start", instance)

    @rule(instance=instances)
    def stop(self, instance: str) -> None:
        self._both("stop", instance)

    @rule(instance=instances)
    def delete_instance(self, instance: str) -> None:
        self._both("delete_instance", instance)

    @rule(subnet=subnets)
    def delete_subnet(self, subnet: str) -> None:
        self._both("delete_subnet", subnet)

    @rule(group=groups)
    def delete_group(self, group: str) -> None:
        self._both("delete_group", group)

    @rule(milliseconds=st.integers(1, 500))
    def wait(self, milliseconds: int) -> None:
        self.world.advance(milliseconds)

    @rule(interface=interfaces)
    def both_show_the_same_state(self, interface: str) -> None:
        shown = (self.alibaba.status(interface), self.tencent.status(interface))
        state = self._state(interface)
        assert shown == ((None, None) if state is None else STATUS[state])

    @invariant()
    def the_graphs_are_isomorphic(self) -> None:
        partitions = []
        for driver in (self.alibaba, self.tencent):
            partition = driver.client.partition
            partition.settle(self.world.clock.now())
            assert check(partition) == []
            partitions.append(shape(partition, driver.names))
        assert partitions[0] == partitions[1]


ParityMachine.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestParity = ParityMachine.TestCase
