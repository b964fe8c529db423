"""Whether new disks are encrypted without being asked for, and with which key."""

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.disks import DiskEncryption


@attrs.frozen
class EnableDiskEncryption:
    """Have new disks encrypted from now on, with the key that was used last, or that of the cloud.

    Raises:
        DiskEncryptionEnabled: they are already.
    """

    def apply(self, partition: Partition) -> str:
        """Return the key."""
        self.check(partition)
        graph = partition.graph
        graph.disk_encryption = attrs.evolve(graph.disk_encryption, enabled=True)
        return graph.disk_encryption.key_id

    def check(self, partition: Partition) -> None:
        """Raise what keeps it from being enabled."""
        if partition.graph.disk_encryption.enabled:
            raise errors.DiskEncryptionEnabled


@attrs.frozen(kw_only=True)
class ModifyDiskEncryption:
    """Have new disks encrypted with another key (an empty one is that of the cloud), or no more.

    Raises:
        DiskEncryptionDisabled: they are not.
    """

    enabled: bool = True
    key_id: str | None = None

    def apply(self, partition: Partition) -> str:
        """Return the key, which is remembered."""
        before = self.check(partition)
        key_id = before.key_id if self.key_id is None else self.key_id
        partition.graph.disk_encryption = DiskEncryption(enabled=self.enabled, key_id=key_id)
        return key_id

    def check(self, partition: Partition) -> DiskEncryption:
        """Return what holds, or raise where disks are not encrypted."""
        found = partition.graph.disk_encryption
        if not found.enabled:
            raise errors.DiskEncryptionDisabled
        return found
