"""Creating images from instances and snapshots, modifying and deleting them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.disks import making
from duolect_core.disks.transitions import expire
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import Disk, Image, Snapshot
from duolect_core.model.lifecycles import STEADY_INSTANCE, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateImage:
    """Create an image from an instance, or from snapshots that are there.

    From an instance a snapshot of its system disk is created, and of each of those of ``disk_ids``.
    ``source_id`` is the image that the system came from. The ``data_as_system`` snapshot, which may be one
    of a data disk, serves as that of a system disk.

    Raises:
        InstanceNotFound, InstanceWrongState, SystemDiskMissing: the instance.
        DiskNotFound, DiskNotAttached and what ``making.check_snapshots`` raises: its disks.
        SnapshotNotFound, SnapshotBusy, ImageNeedsSystemDisk, ImageSystemDisksMany: the snapshots.
        ImageNameTaken, ImageQuotaExceeded, TagQuotaExceeded: it cannot be had.
    """

    instance_id: str = ""
    disk_ids: tuple[str, ...] = ()
    snapshot_ids: tuple[str, ...] = ()
    data_as_system: str = ""
    source_id: str = ""
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    snapshot_extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Image:
        """Return the image, PENDING."""
        disks, snapshots = self.check(partition)
        graph, extras = partition.graph, self.snapshot_extras
        new = [making.new_snapshot(partition, disk, tags={}, extras=extras) for disk in disks]
        parts = (*new, *snapshots)
        image = Image(
            id=partition.new_id(ResourceKind.IMAGE, graph.images),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            snapshot_ids=tuple(each.id for each in parts),
            size=parts[0].size,
            source_id=self.source_id,
            instance_id=self.instance_id,
        )
        graph.add_image(image)
        duration = partition.rules.durations.create_snapshot
        kind = OperationKind.CREATE_IMAGE
        waiting.begin(partition, kind, Trigger.PROVISIONED, duration, *new, image)
        return image

    def check(self, partition: Partition) -> tuple[tuple[Disk, ...], tuple[Snapshot, ...]]:
        """Return the disks and snapshots that the image is made of, or raise what keeps it from being."""
        check_new(partition, self.name, self.tags)
        if not self.instance_id:
            return (), self._check_snapshots(partition)
        disks = self._disks(partition)
        making.check_snapshots(partition, disks)
        return disks, ()

    def _disks(self, partition: Partition) -> tuple[Disk, ...]:
        graph = partition.graph
        instance = lookup.instance(graph, self.instance_id)
        if instance.state not in STEADY_INSTANCE:
            raise errors.InstanceWrongState(instance.id, instance.state, STEADY_INSTANCE)
        system = graph.system_disk(instance.id)
        if system is None:
            raise errors.SystemDiskMissing(instance.id)
        disks = {system.id: system}
        for disk_id in self.disk_ids:
            disk = lookup.disk(graph, disk_id)
            if disk.attachment is None or disk.attachment.instance_id != instance.id:
                raise errors.DiskNotAttached(disk.id, instance.id)
            disks[disk.id] = disk
        return tuple(disks.values())

    def _check_snapshots(self, partition: Partition) -> tuple[Snapshot, ...]:
        graph = partition.graph
        ids = tuple(dict.fromkeys(self.snapshot_ids))
        found = [lookup.ready_snapshot(graph, each) for each in ids]
        system = [each for each in found if each.kind is DiskKind.SYSTEM or each.id == self.data_as_system]
        if not system:
            raise errors.ImageNeedsSystemDisk(ids)
        if len(system) > 1:
            raise errors.ImageSystemDisksMany(ids)
        return (*system, *(each for each in found if each is not system[0]))


def check_new(partition: Partition, name: str, tags: Mapping[str, str]) -> None:
    """Raise what keeps another image of this name from being.

    Raises:
        ImageNameTaken, ImageQuotaExceeded, TagQuotaExceeded: it cannot be had.
    """
    rules = partition.rules
    _check_name(partition, name)
    limit = rules.quotas.images
    if limit is not None and len(partition.graph.images) >= limit:
        raise errors.ImageQuotaExceeded(rules.region, limit)
    lookup.check_tags(rules, tags)


def _check_name(partition: Partition, name: str) -> None:
    taken_by = partition.graph.images_by_name.get(name)
    if taken_by is not None:
        raise errors.ImageNameTaken(name, taken_by)


@attrs.frozen(kw_only=True)
class ModifyImage:
    """Change what is said of an image, at once; None leaves a value as it is.

    Raises:
        ImageNotFound, ImageNameTaken: there is none to modify, or another one is called so.
    """

    image_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Image:
        """Return the image as it is now."""
        found = self.check(partition)
        if self.name is not None:
            partition.graph.rename_image(found, self.name)
        describe(found, None, self.description, self.extras)
        return found

    def check(self, partition: Partition) -> Image:
        """Return the image, or raise what keeps it as it is."""
        found = lookup.image(partition.graph, self.image_id)
        if self.name is not None and self.name != found.name:
            _check_name(partition, self.name)
        return found


@attrs.frozen(kw_only=True)
class DeleteImages:
    """Delete images: all of them, or none. Instances that came from one stay.

    ``with_snapshots`` deletes the snapshots that they are made of, unless other images are made of these.

    Raises:
        ImageNotFound, ImageBusy, ImageCopying, ImageShared: one of them cannot be deleted.
    """

    image_ids: tuple[str, ...]
    with_snapshots: bool = False

    def apply(self, partition: Partition) -> tuple[Image, ...]:
        """Return the images, GONE."""
        graph = partition.graph
        found = self.check(partition)
        for image in found:
            graph.remove_image(image)
        for snapshot_id in dict.fromkeys(each for image in found for each in image.snapshot_ids):
            if self.with_snapshots and not graph.images_by_snapshot.ids(snapshot_id):
                graph.remove_snapshot(graph.snapshots[snapshot_id])
            else:
                expire(partition, snapshot_id)
        return found

    def check(self, partition: Partition) -> tuple[Image, ...]:
        """Return the images, or raise what keeps one of them."""
        graph = partition.graph
        found = tuple([lookup.image(graph, each) for each in dict.fromkeys(self.image_ids)])
        for image in found:
            making.check_image_goes(image)
        return found
