"""Creating, modifying and deleting snapshots of disks."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.disks import making
from duolect_core.disks.transitions import expire
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import Disk, Image, Snapshot
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import Instant, OperationKind
from duolect_core.relations import lookup
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateSnapshot:
    """Create a snapshot of a disk, which ``expires`` at an instant, or never.

    Raises:
        DiskNotFound: there is none of this id.
        what ``making.check_snapshots`` raises: it is busy, or has too many.
        TagQuotaExceeded: a limit is reached.
    """

    disk_id: str
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    expires: Instant = 0

    def apply(self, partition: Partition) -> Snapshot:
        """Return the snapshot, PENDING."""
        disk = self.check(partition)
        created = making.new_snapshot(
            partition,
            disk,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            expires=self.expires,
        )
        duration = partition.rules.durations.create_snapshot
        kind, trigger = OperationKind.CREATE_SNAPSHOTS, Trigger.PROVISIONED
        _, (created.pending,) = partition.begin(kind, trigger, duration, created.id)
        return created

    def check(self, partition: Partition) -> Disk:
        """Return the disk, or raise what keeps the snapshot from being created."""
        disk = lookup.disk(partition.graph, self.disk_id)
        making.check_snapshots(partition, (disk,))
        lookup.check_tags(partition.rules, self.tags)
        return disk


@attrs.frozen(kw_only=True)
class ModifySnapshot:
    """Change what is said of a snapshot, at once; None leaves a value as it is.

    It ``expires`` at an instant, or never where that is 0.

    Raises:
        SnapshotNotFound: there is none of this id.
    """

    snapshot_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    expires: Instant | None = None

    def apply(self, partition: Partition) -> Snapshot:
        """Return the snapshot as it is now."""
        found = self.check(partition)
        if self.expires is not None:
            partition.graph.let_expire(found, self.expires)
        describe(found, self.name, self.description, self.extras)
        found.modified = partition.now
        return found

    def check(self, partition: Partition) -> Snapshot:
        """Return the snapshot, or raise where there is none."""
        return lookup.snapshot(partition.graph, self.snapshot_id)


@attrs.frozen(kw_only=True)
class DeleteSnapshots:
    """Delete snapshots: all of them, or none. One that is being created is not created then.

    ``force`` deletes those too from which disks were created, and ``with_images`` the images that are made
    of them.

    Raises:
        SnapshotNotFound, SnapshotBusy, SnapshotLocked: one of them cannot be deleted.
        SnapshotHoldsImages, SnapshotHoldsDisks: something stands on it.
        ImageBusy, ImageCopying, ImageShared: an image that should go along is needed still.
    """

    snapshot_ids: tuple[str, ...]
    force: bool = False
    with_images: bool = False

    def apply(self, partition: Partition) -> tuple[Snapshot, ...]:
        """Return the snapshots, GONE."""
        graph = partition.graph
        found, images = self.check(partition)
        for image in images:
            graph.remove_image(image)
        for each in found:
            remove(partition, each)
        for image in images:
            for snapshot_id in image.snapshot_ids:
                if snapshot_id in graph.snapshots:
                    expire(partition, snapshot_id)
        return found

    def check(self, partition: Partition) -> tuple[tuple[Snapshot, ...], tuple[Image, ...]]:
        """Return the snapshots and the images that go along, or raise what keeps one of them."""
        graph, rules = partition.graph, partition.rules
        found = tuple([lookup.snapshot(graph, each) for each in dict.fromkeys(self.snapshot_ids)])
        images: dict[str, Image] = {}
        for each in found:
            if each.lock is not None and each.lock.ends > partition.now:
                raise errors.SnapshotLocked(each.id)
            if each.state is CopyState.PENDING and not rules.unfinished_snapshots_deletable:
                raise errors.SnapshotBusy(each.id)
            for image_id in graph.images_by_snapshot.ids(each.id):
                if not self.with_images:
                    raise errors.SnapshotHoldsImages(each.id, image_id)
                images[image_id] = graph.images[image_id]
                making.check_image_goes(images[image_id])
            if rules.used_snapshots_stay and not self.force:
                for disk_id in graph.disks_by_snapshot.ids(each.id):
                    raise errors.SnapshotHoldsDisks(each.id, disk_id)
        return found, tuple(images.values())


def remove(partition: Partition, snapshot: Snapshot) -> None:
    """Take a snapshot out; one that is being created is not created then."""
    if snapshot.pending is not None:
        partition.timeline.give_up(snapshot.pending, f"{snapshot.id} was deleted")
        snapshot.pending = None
    partition.graph.remove_snapshot(snapshot)
