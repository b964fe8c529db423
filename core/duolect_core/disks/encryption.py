"""Whether new disks are encrypted without being asked for, and with which key."""

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition


@attrs.frozen
class EnableDiskEncryption:
    """Have new disks encrypted from now on, with the key that was used last, or that of the cloud.

    Raises:
        DiskEncryptionEnabled: they are already.
    """

    def apply(self, partition: Partition) -> str:
        """Return the key."""
        self.check(partition)
        _, key_id = partition.graph.disk_encryption
        partition.graph.disk_encryption = True, key_id
        return key_id

    def check(self, partition: Partition) -> None:
        """Raise what keeps it from being enabled."""
        enabled, _ = partition.graph.disk_encryption
        if enabled:
            raise errors.DiskEncryptionEnabled(partition.rules.region)


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
        key_id = before if self.key_id is None else self.key_id
        partition.graph.disk_encryption = self.enabled, key_id
        return key_id

    def check(self, partition: Partition) -> str:
        """Return the key that is used, or raise where disks are not encrypted."""
        enabled, key_id = partition.graph.disk_encryption
        if not enabled:
            raise errors.DiskEncryptionDisabled(partition.rules.region)
        return key_id
