"""Copying images, within a region or from another one."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.by_fields import Value
from duolect_core.engine.partition import Partition
from duolect_core.images.lifecycle import check_new
from duolect_core.model.disk_lifecycles import CopyState, DiskKind
from duolect_core.model.disks import Image, Snapshot
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import NO_EXTRAS, OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ImagePart(Value):
    """What a snapshot of an image tells the copy of it; ``size`` is in GiB."""

    kind: DiskKind
    size: int
    extras: Mapping[str, Any] = NO_EXTRAS


@attrs.frozen
class Original:
    """See an image as the original of a copy; this can only be checked."""

    image_id: str

    def check(self, partition: Partition) -> tuple[Image, tuple[Snapshot, ...]]:
        """Return the image and the snapshots that it is made of.

        Raises:
            ImageNotFound, ImageBusy: there is none that could be copied.
        """
        found = lookup.image(partition.graph, self.image_id)
        if found.state is not CopyState.AVAILABLE:
            raise errors.ImageBusy(found.id)
        return found, tuple(partition.graph.snapshots[each] for each in found.snapshot_ids)


@attrs.frozen(kw_only=True)
class CopyImage:
    """Make a copy of an image, with snapshots of its own, in the region where it shall be.

    The original may be in another region, so the command tells all that the copy takes over from it:
    ``parts`` are of its snapshots, in their order; ``source_id`` is the image that its system came from.

    Raises:
        ImageNameTaken, ImageQuotaExceeded, SnapshotQuotaExceeded, TagQuotaExceeded: it cannot be had.
        ImageCopyRunning: another copy of the image is being made in the region.
    """

    original_id: str
    parts: tuple[ImagePart, ...]
    source_id: str = ""
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Image:
        """Return the copy, PENDING."""
        self.check(partition)
        graph = partition.graph
        snapshots = [_new_snapshot(partition, part) for part in self.parts]
        image = Image(
            id=partition.new_id(ResourceKind.IMAGE, graph.images),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            snapshot_ids=tuple(each.id for each in snapshots),
            size=self.parts[0].size,
            source_id=self.source_id,
            copied_from=self.original_id,
        )
        graph.add_image(image)
        kind, duration = OperationKind.COPY_IMAGE, partition.rules.durations.copy_image
        waiting.begin(partition, kind, Trigger.PROVISIONED, duration, *snapshots, image)
        return image

    def check(self, partition: Partition) -> None:
        """Raise what keeps the copy from being made."""
        check_new(partition, self.name, self.tags)
        rules, graph = partition.rules, partition.graph
        for image in graph.images.values():
            if image.copied_from == self.original_id and image.state is CopyState.PENDING:
                raise errors.ImageCopyRunning(self.original_id, image.id)
        limit = rules.quotas.snapshots
        if limit is not None and len(graph.snapshots) + len(self.parts) > limit:
            raise errors.SnapshotQuotaExceeded(rules.region, limit)


def _new_snapshot(partition: Partition, part: ImagePart) -> Snapshot:
    graph = partition.graph
    snapshot = Snapshot(
        id=partition.new_id(ResourceKind.SNAPSHOT, graph.snapshots),
        order=partition.next_order(),
        created=partition.now,
        extras=part.extras,
        disk_id="",
        kind=part.kind,
        size=part.size,
        zone=partition.rules.zones[0],
        modified=partition.now,
    )
    graph.add_snapshot(snapshot)
    return snapshot


@attrs.frozen
class CancelImageCopy:
    """End the making of a copy; it is gone then, with its snapshots, and the original stays as it is.

    Raises:
        ImageNotFound, ImageNotCopied, ImageCopyEnded: no copy of this id is being made.
    """

    image_id: str

    def apply(self, partition: Partition) -> Image:
        """Return the image, GONE."""
        image = self.check(partition)
        graph = partition.graph
        snapshots = [graph.snapshots[each] for each in image.snapshot_ids]
        waiting_ones: tuple[Image | Snapshot, ...] = (image, *snapshots)
        for each in waiting_ones:
            if each.pending is not None:
                partition.timeline.give_up(each.pending, f"{image.id} was cancelled")
                each.pending = None
        graph.remove_image(image)
        for snapshot in snapshots:
            graph.remove_snapshot(snapshot)
        return image

    def check(self, partition: Partition) -> Image:
        """Return the image, or raise what keeps its copying from being cancelled."""
        image = lookup.image(partition.graph, self.image_id)
        if not image.copied_from:
            raise errors.ImageNotCopied(image.id)
        if image.state is not CopyState.PENDING:
            raise errors.ImageCopyEnded(image.id)
        return image
