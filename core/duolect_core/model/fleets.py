"""What new instances are made of, where they stand, and in what they come: templates and groups."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.resources import NO_EXTRAS, Instant, Resource


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TemplateVersion(Value):
    """A version of a launch template, which stays as it is.

    ``parameters`` are what it says of new instances, under the cloud's own names. The core never looks
    inside.
    """

    number: int
    created: Instant
    description: str = ""
    parameters: Mapping[str, Any] = NO_EXTRAS


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class LaunchTemplate(Resource):
    """A launch template: what new instances shall be like, in versions that are numbered from 1.

    ``versions`` are those that are there, in the order of their numbers. ``latest`` is the highest number
    that was given out: none is given twice. ``modified`` is when it was changed last, or created.
    """

    versions: tuple[TemplateVersion, ...]
    default: int = 1
    latest: int = 1
    modified: Instant

    def version(self, number: int) -> TemplateVersion | None:
        """Return the version of a number, or None where there is none."""
        return next((each for each in self.versions if each.number == number), None)


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class PlacementGroup(Resource):
    """A placement group: instances that stand apart from each other, or near.

    ``strategy`` is the cloud's own word for how. ``limit`` is how many instances there is room for: in each
    of its ``partitions`` where it has any, and in each zone where the cloud counts so.
    """

    strategy: str
    limit: int
    partitions: int = 0


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProvisioningTask(Value):
    """What a provisioning group has done once to reach its target.

    ``launches`` are what came of each try to launch instances, in the cloud's own words.
    """

    at: Instant
    created_ids: tuple[str, ...] = ()
    removed_ids: tuple[str, ...] = ()
    launches: tuple[Mapping[str, Any], ...] = ()


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class ProvisioningGroup(Resource):
    """A group of instances that were launched together, of several types and in several places.

    ``delivery`` is the cloud's own word for how they come. ``total`` is the capacity that is wanted, of
    which so much at least ``on_demand`` and ``spot``. ``instance_ids`` are those that have come and were
    not let go, some of which may be gone. ``tasks`` are what it has done, oldest first.
    """

    delivery: str
    total: int
    on_demand: int = 0
    spot: int = 0
    instance_ids: tuple[str, ...] = ()
    tasks: tuple[ProvisioningTask, ...] = ()
