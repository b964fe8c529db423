"""Cloud disks by their ids, as actions on them find them."""

from duolect_core.errors import DiskNotFound
from duolect_core.model.disks import Disk
from duolect_core.relations import lookup
from duolect_dialects.session import Session
from duolect_dialects.tencent.disks.views import is_cloud


def cloud_disk(session: Session, disk_id: str) -> Disk:
    """Return a cloud disk.

    Raises:
        DiskNotFound: there is none of this id; a local disk is none.
    """
    found = lookup.disk(session.graph, disk_id)
    if not is_cloud(found):
        raise DiskNotFound(disk_id)
    return found


def cloud_disks(session: Session, disk_ids: tuple[str, ...]) -> list[Disk]:
    """Return cloud disks, each once.

    Raises:
        DiskNotFound: one of them is not there.
    """
    return [cloud_disk(session, each) for each in dict.fromkeys(disk_ids)]
