"""Putting tags on resources and taking them off; tags that are there without any resource."""

from collections.abc import Mapping
from enum import StrEnum

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Resource
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup

Tag = tuple[str, str]
"""Key and value."""


class Keys(StrEnum):
    """What must be true of the keys that are named before their tags change."""

    ANY = "any"
    ABSENT = "absent"
    PRESENT = "present"


@attrs.frozen(kw_only=True)
class ChangeTags:
    """Change the tags of resources of one kind: of all of them, or of none.

    The keys in ``drop`` go (None: every key), then the tags in ``put`` come; a key that is there gets
    its new value.

    Raises:
        what ``lookup.resource`` raises: one of the resources does not exist.
        TagKeyPresent, TagKeyAbsent: a key that is named is there, or is not, against ``keys``.
        TagQuotaExceeded: a resource would carry too many tags.
    """

    kind: ResourceKind
    resource_ids: tuple[str, ...]
    put: Mapping[str, str] = attrs.field(factory=dict)
    drop: tuple[str, ...] | None = ()
    keys: Keys = Keys.ANY

    def apply(self, partition: Partition) -> tuple[Resource, ...]:
        """Return the resources."""
        changed = self.check(partition)
        for resource, tags in changed:
            partition.graph.set_tags(resource, tags)
        return tuple(resource for resource, _ in changed)

    def check(self, partition: Partition) -> list[tuple[Resource, dict[str, str]]]:
        """Return the resources with the tags that each shall have, or raise what stands against it."""
        changed = []
        for resource_id in dict.fromkeys(self.resource_ids):
            resource = lookup.resource(partition.graph, self.kind, resource_id)
            self._check_keys(resource)
            dropped = resource.tags if self.drop is None else self.drop
            kept = {key: value for key, value in resource.tags.items() if key not in dropped}
            tags = {**kept, **self.put}
            lookup.check_tags(partition.rules, tags, resource.id)
            changed.append((resource, tags))
        return changed

    def _check_keys(self, resource: Resource) -> None:
        for key in (*(self.drop or ()), *self.put):
            if self.keys is Keys.ABSENT and key in resource.tags:
                raise errors.TagKeyPresent(resource.id, key)
            if self.keys is Keys.PRESENT and key not in resource.tags:
                raise errors.TagKeyAbsent(resource.id, key)


@attrs.frozen
class CreateTags:
    """Create tags that no resource carries yet, where the cloud has such.

    Raises:
        TagExists: one of them is there.
    """

    tags: tuple[Tag, ...]

    def apply(self, partition: Partition) -> None:
        """Make the tags known."""
        self.check(partition)
        partition.graph.known_tags.update(dict.fromkeys(self.tags))

    def check(self, partition: Partition) -> None:
        """Raise where one of the tags is there."""
        for tag in self.tags:
            if tag in partition.graph.known_tags:
                raise errors.TagExists(*tag)


@attrs.frozen
class DeleteTags:
    """Delete tags that no resource carries any more.

    Raises:
        TagNotFound, TagInUse: one of them cannot be deleted.
    """

    tags: tuple[Tag, ...]

    def apply(self, partition: Partition) -> None:
        """Forget the tags."""
        self.check(partition)
        for tag in dict.fromkeys(self.tags):
            del partition.graph.known_tags[tag]

    def check(self, partition: Partition) -> None:
        """Raise what keeps one of the tags."""
        graph = partition.graph
        for tag in self.tags:
            if tag not in graph.known_tags:
                raise errors.TagNotFound(*tag)
            if graph.is_carried(tag):
                raise errors.TagInUse(*tag)
