"""One account's partitions on one cloud, as a session has them."""

from collections.abc import Mapping

from duolect.state.partitions import Partitions
from duolect_core.engine.partition import Partition
from duolect_dialects.dialect import Dialect


class AccountRegions:
    """One account's partitions on one cloud, as its actions reach them."""

    __slots__ = ("_account", "_dialect", "_partitions")

    def __init__(self, partitions: Partitions, dialect: Dialect, account: str) -> None:
        """Take all partitions, and the cloud and account of which they are."""
        self._partitions = partitions
        self._dialect = dialect
        self._account = account

    def partition(self, region: str) -> Partition:
        """Return the partition of a region, or raise ``Refusal`` where the cloud has no such region."""
        return self._partitions.get(self._dialect, self._account, region)

    def used(self) -> Mapping[str, Partition]:
        """Return the partitions of the regions that the account has used, by region."""
        return self._partitions.of_account(self._dialect, self._account)
