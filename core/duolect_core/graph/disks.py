"""Disks, who uses them, their snapshots, and the images that are made of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState

if TYPE_CHECKING:
    from duolect_core.model.disks import Disk, DiskAttachment, Image, Snapshot


class DiskTables(TagTables):
    """The disks, snapshots and images of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.disks: dict[str, Disk] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.images: dict[str, Image] = {}
        self.system_disks: dict[str, str] = {}
        """The system disk of each instance that has one."""
        self.disks_by_instance: Index[str] = Index()
        self.disks_by_snapshot: Index[str] = Index()
        self.snapshots_by_disk: Index[str] = Index()
        self.images_by_snapshot: Index[str] = Index()
        self.images_by_name: dict[str, str] = {}
        """The image of each name: no two have the same, but many may have none."""
        self.former_images: dict[str, None] = {}
        """The images that were deleted: of any other id nobody can say that there is no image."""

    # -- disks ---------------------------------------------------------------------------------

    def add_disk(self, disk: Disk) -> None:
        """Put a new disk in."""
        self.disks[disk.id] = disk
        if disk.snapshot_id:
            self.disks_by_snapshot.add(disk.snapshot_id, disk.id, disk.order)
        if disk.attachment is not None:
            self._index_attachment_of_disk(disk, disk.attachment)
        self._tag(disk)

    def attach_disk(self, disk: Disk, attachment: DiskAttachment | None) -> None:
        """Say how a disk is attached from now on, or that it is not."""
        before, disk.attachment = disk.attachment, attachment
        if before is not None:
            self.disks_by_instance.discard(before.instance_id, disk.id)
            if self.system_disks.get(before.instance_id) == disk.id:
                del self.system_disks[before.instance_id]
        if attachment is not None:
            disk.last_instance_id = attachment.instance_id
            self._index_attachment_of_disk(disk, attachment)

    def _index_attachment_of_disk(self, disk: Disk, attachment: DiskAttachment) -> None:
        self.disks_by_instance.add(attachment.instance_id, disk.id, disk.order)
        if disk.kind is DiskKind.SYSTEM:
            self.system_disks[attachment.instance_id] = disk.id

    def remove_disk(self, disk: Disk) -> None:
        """Take a disk out; it is GONE then. Its snapshots stay."""
        self._untag(disk)
        self.attach_disk(disk, None)
        if disk.snapshot_id:
            self.disks_by_snapshot.discard(disk.snapshot_id, disk.id)
        del self.disks[disk.id]
        disk.state = DiskState.GONE

    def disks_of(self, instance_id: str) -> list[Disk]:
        """Return the disks of an instance, the system disk first, then by their devices."""
        found = [self.disks[disk_id] for disk_id in self.disks_by_instance.ids(instance_id)]
        return sorted(found, key=_place_of)

    def system_disk(self, instance_id: str) -> Disk | None:
        """Return the system disk of an instance, or None where it has none."""
        disk_id = self.system_disks.get(instance_id)
        return None if disk_id is None else self.disks[disk_id]

    # -- snapshots -----------------------------------------------------------------------------

    def add_snapshot(self, snapshot: Snapshot) -> None:
        """Put a new snapshot in, whose disk may be gone."""
        self.snapshots[snapshot.id] = snapshot
        self.snapshots_by_disk.add(snapshot.disk_id, snapshot.id, snapshot.order)
        self._tag(snapshot)

    def remove_snapshot(self, snapshot: Snapshot) -> None:
        """Take a snapshot out, of which no image is made; it is GONE then."""
        self._untag(snapshot)
        self.snapshots_by_disk.discard(snapshot.disk_id, snapshot.id)
        del self.snapshots[snapshot.id]
        snapshot.state = CopyState.GONE

    def running_snapshot(self, disk_id: str) -> Snapshot | None:
        """Return the snapshot of a disk that is being created: there is one at a time, the newest."""
        newest = self.snapshots_by_disk.newest(disk_id)
        found = None if newest is None else self.snapshots[newest]
        return found if found is not None and found.state is CopyState.PENDING else None

    # -- images --------------------------------------------------------------------------------

    def add_image(self, image: Image) -> None:
        """Put a new image in."""
        self.images[image.id] = image
        for snapshot_id in image.snapshot_ids:
            self.images_by_snapshot.add(snapshot_id, image.id, image.order)
        if image.name:
            self.images_by_name[image.name] = image.id
        self._tag(image)

    def rename_image(self, image: Image, name: str) -> None:
        """Give an image another name, which no other one has."""
        if image.name:
            del self.images_by_name[image.name]
        image.name = name
        if name:
            self.images_by_name[name] = image.id

    def remove_image(self, image: Image) -> None:
        """Take an image out; it is GONE then. Its snapshots stay."""
        self._untag(image)
        self.rename_image(image, "")
        for snapshot_id in image.snapshot_ids:
            self.images_by_snapshot.discard(snapshot_id, image.id)
        del self.images[image.id]
        self.former_images[image.id] = None
        image.state = CopyState.GONE


def _place_of(disk: Disk) -> tuple[bool, int, str, int]:
    device = "" if disk.attachment is None else disk.attachment.device
    return disk.kind is not DiskKind.SYSTEM, len(device), device, disk.order
