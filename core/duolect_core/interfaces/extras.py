"""Storing what a cloud shows of an interface without any behaviour of the core hanging on it."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.by_fields import Value
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Instant, Interface
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StoreExtras(Value):
    """Store extras of an interface over those that it has, whatever kind it is and state it is in.

    Raises:
        InterfaceNotFound, InterfaceManaged: there is none to store them with.
    """

    interface_id: str
    extras: Mapping[str, Any]

    def apply(self, partition: Partition) -> Interface:
        """Return the interface."""
        interface = self.check(partition)
        interface.extras = {**interface.extras, **self.extras}
        return interface

    def check(self, partition: Partition) -> Interface:
        """Return the interface, or raise what keeps its extras as they are."""
        interface = lookup.interface(partition.graph, self.interface_id)
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        return interface


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SetCreated(Value):
    """Say that an interface was created at another instant than it was, for the beginning of a world.

    Raises:
        InterfaceNotFound: there is none of this id.
    """

    interface_id: str
    created: Instant

    def apply(self, partition: Partition) -> Interface:
        """Return the interface."""
        interface = self.check(partition)
        interface.created = self.created
        return interface

    def check(self, partition: Partition) -> Interface:
        """Return the interface, or raise that it is not there."""
        return lookup.interface(partition.graph, self.interface_id)
