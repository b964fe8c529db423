"""Attaching disks to instances, and detaching them."""

import attrs

from duolect_core import errors
from duolect_core.disks import making
from duolect_core.disks.lifecycle import begin
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.disk_lifecycles import DISK_LIFECYCLE, DiskKind, DiskState
from duolect_core.model.disks import Disk, DiskAttachment
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class AttachDisks:
    """Attach disks to an instance, as data disks: all of them, or none.

    A ``device`` names the one disk that is attached; elsewhere each gets the first name that is free.
    ``delete_with_instance`` None leaves what was said of each.

    Raises:
        DiskNotFound, InstanceNotFound: what was named.
        InstanceWrongState, DiskAttached, DiskWrongState: they are not free for it.
        DiskZoneMismatch: a disk and the instance lie in two zones.
        DisksPerInstanceExceeded, DeviceInUse: there is no more room, or not under that name.
    """

    disk_ids: tuple[str, ...]
    instance_id: str
    device: str = ""
    delete_with_instance: bool | None = None

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, now ATTACHING."""
        disks, instance = self.check(partition)
        graph = partition.graph
        taken = _devices(graph, instance.id)
        names = making.devices(partition.rules, {f"{partition.rules.device_prefix}a", *taken})
        for disk in disks:
            disk.state = DISK_LIFECYCLE[(disk.state, Trigger.ATTACH)]
            device = self.device or next(names)
            graph.attach_disk(disk, DiskAttachment(instance.id, device, partition.now))
            if self.delete_with_instance is not None:
                disk.delete_with_instance = self.delete_with_instance
        begin(partition, OperationKind.ATTACH_DISKS, Trigger.ATTACHED, disks)
        return disks

    def check(self, partition: Partition) -> tuple[tuple[Disk, ...], Instance]:
        """Return the disks and the instance, or raise what keeps them apart."""
        graph = partition.graph
        disks = tuple([lookup.disk(graph, disk_id) for disk_id in dict.fromkeys(self.disk_ids)])
        instance = lookup.instance(graph, self.instance_id)
        for disk in disks:
            if disk.attachment is not None:
                raise errors.DiskAttached(disk.id, disk.attachment.instance_id)
            if disk.state is not DiskState.AVAILABLE:
                raise errors.DiskWrongState(disk.id, disk.state, (DiskState.AVAILABLE,))
            if disk.zone != instance.zone:
                raise errors.DiskZoneMismatch(disk.id, disk.zone, instance.id, instance.zone)
        check_steady(instance)
        limit = partition.rules.quotas.disks_per_instance
        held = [disk for disk in graph.disks_of(instance.id) if disk.kind is DiskKind.DATA]
        if limit is not None and len(held) + len(disks) > limit:
            raise errors.DisksPerInstanceExceeded(instance.id, limit)
        if self.device in _devices(graph, instance.id):
            raise errors.DeviceInUse(instance.id, self.device)
        return disks, instance


@attrs.frozen(kw_only=True)
class DetachDisks:
    """Detach data disks from an instance: all of them, or none.

    Where no ``instance_id`` is named, it is the one that the first of them is attached to.

    Raises:
        DiskNotFound, InstanceNotFound: what was named.
        DiskNotAttached: one of them is not attached, or not to that instance.
        DiskIsSystem, DiskNotPortable: one of them stays with its instance.
        DiskWrongState, InstanceWrongState: something is under way with it, or with its instance.
    """

    disk_ids: tuple[str, ...]
    instance_id: str = ""

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, now DETACHING."""
        disks = self.check(partition)
        for disk in disks:
            disk.state = DISK_LIFECYCLE[(disk.state, Trigger.DETACH)]
        begin(partition, OperationKind.DETACH_DISKS, Trigger.DETACHED, disks)
        return disks

    def check(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, or raise what keeps one of them where it is."""
        graph = partition.graph
        disks = tuple([lookup.disk(graph, disk_id) for disk_id in dict.fromkeys(self.disk_ids)])
        instance_id = self.instance_id
        if instance_id:
            lookup.instance(graph, instance_id)
        for disk in disks:
            attached_to = "" if disk.attachment is None else disk.attachment.instance_id
            instance_id = instance_id or attached_to
            if not attached_to or attached_to != instance_id:
                raise errors.DiskNotAttached(disk.id, instance_id)
            if disk.kind is DiskKind.SYSTEM:
                raise errors.DiskIsSystem(disk.id)
            if not disk.portable:
                raise errors.DiskNotPortable(disk.id)
            if disk.state is not DiskState.IN_USE:
                raise errors.DiskWrongState(disk.id, disk.state, (DiskState.IN_USE,))
            check_steady(lookup.instance(graph, attached_to))
        return disks


def _devices(graph: Graph, instance_id: str) -> set[str]:
    """Return the names under which an instance sees its disks."""
    attachments = (disk.attachment for disk in graph.disks_of(instance_id))
    return {each.device for each in attachments if each is not None}


def check_steady(instance: Instance) -> None:
    """Raise ``InstanceWrongState`` where something is under way with an instance."""
    if instance.state not in STEADY_INSTANCE:
        raise errors.InstanceWrongState(instance.id, instance.state, STEADY_INSTANCE)
