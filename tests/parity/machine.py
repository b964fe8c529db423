"""What every machine of parity has: both clouds side by side, to which it says the same.

After each step both have accepted, or both have refused for the same reason, and the two core graphs are
the same but for ids and addresses. Where the clouds differ by their rules a machine stays on common ground,
and says where.
"""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from
from tests.harness import emulator
from tests.parity.alibaba_driver import AlibabaDriver
from tests.parity.outcomes import outcome
from tests.parity.shapes import shape
from tests.parity.tencent_driver import TencentDriver

from duolect.faults.rules import FaultRule
from duolect.settings.settings import CloudSettings
from duolect_core.engine.partition import Partition
from duolect_core.invariants import check

LIMITS = {"interfaces": 3, "ipv4_per_interface": 6, "cpu": 2, "memory_gib": 4}
PREFIXES = {
    "subnet": ("vsw", "subnet"),
    "group": ("sg", "sg"),
    "instance": ("i", "ins"),
    "interface": ("eni", "eni"),
    "public": ("eip", "eip"),
    "acl": ("nacl", "acl"),
    "list": ("pl", "ipm"),
    "disk": ("d", "disk"),
    "snapshot": ("s", "snap"),
    "image": ("m", "img"),
    "gateway": ("ngw", "nat"),
    "snat": ("snat", "snat"),
    "dnat": ("fwd", "dnat"),
    "table": ("vtb", "rtb"),
    "route": ("rte", "rti"),
    "vip": ("havip", "havip"),
    "package": ("cbwp", "bwp"),
    "key": ("key", "skey"),
    "template": ("lt", "lt"),
    "placement": ("ds", "ps"),
    "log": ("fl", "fl"),
}
"""How ids of each kind begin on Alibaba Cloud and on Tencent Cloud."""


class Clouds(RuleBasedStateMachine):
    """Both clouds, of the same size, and what is called how on them."""

    drivers: tuple[type[AlibabaDriver], type[TencentDriver]] = (AlibabaDriver, TencentDriver)

    def __init__(self) -> None:
        super().__init__()
        quotas = {"ipv4_per_detached_interface": 50}
        self.world = emulator(
            alibaba=CloudSettings(strict_repeats=True),
            tencent=CloudSettings(instance_types={"PARITY.MEDIUM4": LIMITS}, quotas=quotas),
        )
        ours, theirs = self.drivers
        self.alibaba, self.tencent = ours(self.world.alibaba()), theirs(self.world.tencent())
        self.count = 0

    def both(self, action: str, *arguments: Any, **named: Any) -> str:
        """Say the same to both, and return what both answer."""
        first = outcome(self.alibaba, action, *arguments, **named)
        second = outcome(self.tencent, action, *arguments, **named)
        assert first == second, f"{action}{arguments}{named}: {first} and {second}"
        return first

    def made(self, kind: str, action: str, *arguments: Any, **named: Any) -> str:
        """Create something, and let it become usable. The name of what is refused stands for nothing."""
        self.count += 1
        name = f"{kind}-{self.count}"
        if self.both(action, name, *arguments, **named) != "ok":
            ours, theirs = PREFIXES[kind]
            self.alibaba.names[name] = f"{ours}-bp1gone{self.count:013d}"
            self.tencent.names[name] = f"{theirs}-{self.count:08d}"
        self.world.advance(1_000)
        return name

    def of_alibaba(self, name: str) -> Any:
        """Return what has a name on Alibaba Cloud now, or None. The other cloud has the same."""
        graph = self.alibaba.client.partition.read(self.world.clock.now())
        resource_id = self.alibaba.names[name]
        return next((table[resource_id] for table in graph.tables() if resource_id in table), None)

    def let_fail(self, ours: str, theirs: str) -> None:
        """Let the next such change be accepted and fail in the end."""
        for cloud, action in (("alibaba", ours), ("tencent", theirs)):
            self.world.pipeline.faults.add(FaultRule(cloud=cloud, action=action, fail=True, times=1))

    def shape(self, partition: Partition, names: dict[str, str]) -> dict[str, Any]:
        """Return a partition's graph by the machine's names, without what the clouds choose themselves."""
        return shape(partition, names)

    @rule(milliseconds=sampled_from([50, 250, 500]))
    def wait(self, milliseconds: int) -> None:
        self.world.advance(milliseconds)

    @invariant()
    def the_graphs_are_isomorphic(self) -> None:
        shapes = []
        for driver in (self.alibaba, self.tencent):
            partition = driver.client.partition
            partition.settle(self.world.clock.now())
            assert check(partition) == []
            shapes.append(self.shape(partition, driver.names))
        assert shapes[0] == shapes[1]


def thorough(examples: int) -> settings:
    """Return the settings of a machine that tells so many stories of 40 steps."""
    return settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
