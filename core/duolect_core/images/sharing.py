"""Sharing images with other accounts."""

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import Image
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class ShareImage:
    """Share an image with accounts, or no more; ``public`` shares it with all, None leaves that as it is.

    An account that has it already keeps it since it has it, and one that does not have it is none to take
    it from.

    Raises:
        ImageNotFound, ImageBusy: there is none that could be shared.
        ImageAccountsExceeded: it would be shared with too many.
    """

    image_id: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    public: bool | None = None

    def apply(self, partition: Partition) -> Image:
        """Return the image as it is now."""
        found = self.check(partition)
        kept = {name: since for name, since in found.shared_since.items() if name not in self.remove}
        found.shared_since = {**kept, **{name: partition.now for name in self.add if name not in kept}}
        if self.public is not None:
            found.public = self.public
        return found

    def check(self, partition: Partition) -> Image:
        """Return the image, or raise what keeps it from being shared so."""
        found = lookup.image(partition.graph, self.image_id)
        if found.state is not CopyState.AVAILABLE:
            raise errors.ImageBusy(found.id)
        limit = partition.rules.quotas.accounts_per_image
        with_all = {*found.shared_since.keys() - {*self.remove}, *self.add}
        if limit is not None and self.add and len(with_all) > limit:
            raise errors.ImageAccountsExceeded(found.id, limit)
        return found
