"""The same disks, snapshots and images come of the same words on both clouds."""

from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from tests.parity.disks import AlibabaDisks, TencentDisks, disk_shape
from tests.parity.machine import Clouds, thorough

from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import CopyState, DiskState
from duolect_core.model.lifecycles import STEADY_INSTANCE

_PICK = st.integers(0, 4)
_SIZE = st.integers(2, 6).map(lambda tens: 10 * tens)
_ENOUGH = 5
"""This many of each are made at most."""


class DiskMachine(Clouds):
    """Both clouds, each with an instance in each of two zones, and two disks."""

    drivers = (AlibabaDisks, TencentDisks)

    def __init__(self) -> None:
        super().__init__()
        network = self.made("network", "create_network")
        group = self.made("group", "create_group", network)
        self.instances = []
        for zone in range(2):
            subnet = self.made("subnet", "create_subnet", network, zone, zone)
            self.instances.append(self.made("instance", "run_instance", network, subnet, group))
        self.systems = [self._name_system_disk(each) for each in self.instances]
        self.snapshots: list[str] = []
        self.images: list[str] = []
        self.disks = [self.made("disk", "create_disk", zone, 20, None) for zone in range(2)]

    def _name_system_disk(self, instance: str) -> str:
        for driver in (self.alibaba, self.tencent):
            disk = driver.client.partition.graph.system_disk(driver.names[instance])
            assert disk is not None
            driver.names[f"system of {instance}"] = disk.id
        return f"system of {instance}"

    def shape(self, partition: Partition, names: dict[str, str]) -> dict[str, Any]:
        return super().shape(partition, names) | disk_shape(partition, names)

    def _disk(self, pick: int, *, system: bool = False) -> str:
        disks = [*self.disks, *self.systems] if system else self.disks
        return disks[pick % len(disks)]

    # -- disks ----------------------------------------------------------------------------------

    @precondition(lambda self: len(self.disks) < _ENOUGH)
    @rule(zone=st.integers(0, 1), size=_SIZE)
    def create_disk(self, zone: int, size: int) -> None:
        self.disks.append(self.made("disk", "create_disk", zone, size, None))

    @precondition(lambda self: self.snapshots and len(self.disks) < _ENOUGH + 2)
    @rule(zone=st.integers(0, 1), size=st.one_of(st.none(), _SIZE), pick=_PICK)
    def create_disk_of_a_snapshot(self, zone: int, size: int | None, pick: int) -> None:
        snapshot = self.snapshots[pick % len(self.snapshots)]
        self.disks.append(self.made("disk", "create_disk", zone, size, snapshot))

    @rule(disk=_PICK, instance=_PICK, goes=st.booleans(), system=st.booleans())
    def attach(self, disk: int, instance: int, *, goes: bool, system: bool) -> None:
        name = self._disk(disk, system=system)
        self.both("attach_disk", name, self.instances[instance % 2], goes=goes)

    @rule(pick=_PICK, goes=st.booleans())
    def attach_what_fits(self, pick: int, *, goes: bool) -> None:
        name = self._disk(pick)
        found = self.of_alibaba(name)
        if found is not None:
            place = self.alibaba.client.partition.rules.zones.index(found.zone)
            self.both("attach_disk", name, self.instances[place], goes=goes)

    @rule(disk=st.integers(0, 6), instance=_PICK)
    def detach(self, disk: int, instance: int) -> None:
        self.both("detach_disk", self._disk(disk, system=True), self.instances[instance % 2])

    @rule(disk=st.integers(0, 6))
    def detach_what_is_attached(self, disk: int) -> None:
        name = self._disk(disk, system=True)
        found = self.of_alibaba(name)
        if found is not None and found.attachment is not None:
            names = {resource_id: each for each, resource_id in self.alibaba.names.items()}
            self.both("detach_disk", name, names[found.attachment.instance_id])

    @rule(disk=_PICK, size=_SIZE)
    def resize(self, disk: int, size: int) -> None:
        """Make it larger, and let it become so; one cloud does it online on running instances only."""
        name = self._disk(disk)
        found = self.of_alibaba(name)
        held = None if found is None or found.attachment is None else found.attachment.instance_id
        graph = self.alibaba.client.partition.graph
        if held is None or graph.instances[held].state.value == "running":
            self.both("resize_disk", name, size)
            self.world.advance(1_000)

    @rule(disk=st.integers(0, 6))
    def delete_disk(self, disk: int) -> None:
        name = self._disk(disk, system=True)
        found = self.of_alibaba(name)
        if found is not None and found.state is not DiskState.DELETING:
            self.both("delete_disk", name)

    @rule(
        actions=st.sampled_from(
            [("AttachDisk", "AttachDisks"), ("DetachDisk", "DetachDisks"), ("CreateSnapshot",) * 2]
        )
    )
    def let_the_next_one_fail(self, actions: tuple[str, str]) -> None:
        self.let_fail(*actions)

    # -- snapshots and images -------------------------------------------------------------------

    @precondition(lambda self: len(self.snapshots) < _ENOUGH)
    @rule(disk=st.integers(0, 6))
    def create_snapshot(self, disk: int) -> None:
        """Of a disk that was attached once, which one cloud demands."""
        name = self._disk(disk, system=True)
        found = self.of_alibaba(name)
        if found is None or found.last_instance_id:
            self.snapshots.append(self.made("snapshot", "create_snapshot", name))

    @precondition(lambda self: self.snapshots)
    @rule(pick=_PICK)
    def delete_snapshot(self, pick: int) -> None:
        self.both("delete_snapshot", self.snapshots[pick % len(self.snapshots)])

    @precondition(lambda self: len(self.images) < _ENOUGH)
    @rule(instance=_PICK)
    def create_image(self, instance: int) -> None:
        name = self.made("image", "create_image", self.instances[instance % 2], None)
        self.images.append(name)
        self.snapshots += [each for each in self.alibaba.names if each.startswith(f"{name}'s")]

    @precondition(lambda self: self.snapshots and len(self.images) < _ENOUGH)
    @rule(pick=_PICK)
    def create_image_of_a_snapshot(self, pick: int) -> None:
        snapshot = self.snapshots[pick % len(self.snapshots)]
        self.images.append(self.made("image", "create_image", None, snapshot))

    @precondition(lambda self: self.images)
    @rule(pick=_PICK, name=st.sampled_from(["one", "two"]))
    def rename_image(self, pick: int, name: str) -> None:
        self.both("rename_image", self.images[pick % len(self.images)], name)

    @precondition(lambda self: self.images)
    @rule(pick=_PICK)
    def delete_image(self, pick: int) -> None:
        name = self.images[pick % len(self.images)]
        found = self.of_alibaba(name)
        if found is not None and found.state is not CopyState.PENDING:
            self.both("delete_image", name)

    # -- instances ------------------------------------------------------------------------------

    @rule(pick=_PICK, action=st.sampled_from(["start", "stop", "reboot", "delete_instance"]))
    def change_instance(self, pick: int, action: str) -> None:
        name = self.instances[pick % 2]
        found = self.of_alibaba(name)
        if action != "delete_instance" or (found is not None and found.state in STEADY_INSTANCE):
            self.both(action, name)


DiskMachine.TestCase.settings = thorough(60)
TestDisks = DiskMachine.TestCase
