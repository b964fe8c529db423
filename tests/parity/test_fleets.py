"""The same key pairs, launch templates and placement groups come of the same words on both clouds."""

from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from tests.parity.fleets import KEYS, AlibabaFleets, TencentFleets, fleet_shape
from tests.parity.machine import Clouds, thorough

from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState

_PICK = st.integers(0, 5)
_ENOUGH = 4
"""This many of each are made at most."""


class FleetMachine(Clouds):
    """Both clouds, each with two instances, one of them stopped."""

    drivers = (AlibabaFleets, TencentFleets)

    def __init__(self) -> None:
        super().__init__()
        network = self.made("network", "create_network")
        subnet = self.made("subnet", "create_subnet", network, 0, 0)
        self.place = network, subnet, self.made("group", "create_group", network)
        self.instances = [self.made("instance", "run_instance", *self.place) for _ in range(2)]
        self.both("stop", self.instances[0])
        self.world.advance(1_000)
        self.keys: list[str] = []
        self.templates = [self.made("template", "create_template")]
        self.placements = [self.made("placement", "create_placement")]

    def shape(self, partition: Partition, names: dict[str, str]) -> dict[str, Any]:
        return super().shape(partition, names) | fleet_shape(partition, names)

    # -- key pairs ------------------------------------------------------------------------------

    @rule(key=st.integers(0, len(KEYS) - 1), word=st.sampled_from(["one", "two", "three"]))
    def import_key(self, key: int, word: str) -> None:
        """Import a key that no pair has, under a name that another one may have."""
        graph = self.alibaba.client.partition.graph
        if not any(each.public_key == KEYS[key] for each in graph.key_pairs.values()):
            self.keys.append(self.made("key", "import_key", key, word))

    @precondition(lambda self: self.keys)
    @rule(key=_PICK, instance=_PICK)
    def bind_key(self, key: int, instance: int) -> None:
        name = self.instances[instance % len(self.instances)]
        found = self.of_alibaba(name)
        if found is not None and found.state is InstanceState.STOPPED and not found.key_pair_ids:
            self.both("bind_key", self.keys[-1 - key % len(self.keys)], name)
            self.world.advance(1_000)

    @rule(instance=_PICK)
    def unbind_key(self, instance: int) -> None:
        name = self.instances[instance % len(self.instances)]
        found = self.of_alibaba(name)
        if found is not None and found.state is InstanceState.STOPPED and found.key_pair_ids:
            names = {resource_id: each for each, resource_id in self.alibaba.names.items()}
            self.both("unbind_key", names[found.key_pair_ids[0]], name)
            self.world.advance(1_000)

    @precondition(lambda self: self.keys)
    @rule(key=_PICK)
    def delete_key(self, key: int) -> None:
        name = self.keys[-1 - key % len(self.keys)]
        if self.of_alibaba(name) is not None:
            self.both("delete_key", name)

    # -- launch templates -----------------------------------------------------------------------

    @precondition(lambda self: len(self.templates) < _ENOUGH)
    @rule()
    def create_template(self) -> None:
        self.templates.append(self.made("template", "create_template"))

    @rule(template=_PICK)
    def create_version(self, template: int) -> None:
        self.both("create_version", self.templates[template % len(self.templates)])

    @rule(
        template=_PICK,
        number=st.integers(1, 4),
        action=st.sampled_from(["set_default", "delete_version"]),
    )
    def change_version(self, template: int, number: int, action: str) -> None:
        """Change a version that is there: what each cloud says of one that is not differs too much.

        One cloud refuses to make a version the default one that is it already.
        """
        name = self.templates[template % len(self.templates)]
        found = self.of_alibaba(name)
        again = action == "set_default" and found is not None and found.default == number
        if found is not None and found.version(number) is not None and not again:
            self.both(action, name, number)

    @rule(template=_PICK)
    def delete_template(self, template: int) -> None:
        self.both("delete_template", self.templates[template % len(self.templates)])

    # -- placement groups -----------------------------------------------------------------------

    @precondition(lambda self: len(self.placements) < _ENOUGH)
    @rule()
    def create_placement(self) -> None:
        self.placements.append(self.made("placement", "create_placement"))

    @precondition(lambda self: len(self.instances) < 2 * _ENOUGH)
    @rule(placement=_PICK)
    def run_placed(self, placement: int) -> None:
        name = self.placements[placement % len(self.placements)]
        self.instances.append(self.made("instance", "run_placed", *self.place, name))

    @rule(placement=_PICK, name=st.sampled_from(["one", "two"]))
    def rename_placement(self, placement: int, name: str) -> None:
        self.both("rename_placement", self.placements[placement % len(self.placements)], name)

    @rule(placement=_PICK)
    def delete_placement(self, placement: int) -> None:
        name = self.placements[placement % len(self.placements)]
        if self.of_alibaba(name) is not None:
            self.both("delete_placement", name)

    @rule(pick=_PICK, action=st.sampled_from(["start", "stop", "stop", "delete_instance"]))
    def change_instance(self, pick: int, action: str) -> None:
        name = self.instances[pick % len(self.instances)]
        found = self.of_alibaba(name)
        if action != "delete_instance" or (found is not None and found.state in STEADY_INSTANCE):
            self.both(action, name)
            self.world.advance(1_000)


FleetMachine.TestCase.settings = thorough(40)
TestFleets = FleetMachine.TestCase
