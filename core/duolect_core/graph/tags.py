"""Which resources carry which tags."""

from collections.abc import Iterator, Mapping

from duolect_core.graph.index import Index
from duolect_core.model.resources import Resource


class TagTables:
    """The tags of all resources."""

    def __init__(self, *, tags_remain: bool) -> None:
        """Start empty; ``tags_remain`` keeps tags that no resource carries any more."""
        self.tag_values: Index[tuple[str, ...]] = Index()
        """By the name of a resource's class, and key and value of a tag that it carries."""
        self.tag_keys: Index[tuple[str, ...]] = Index()
        """By the name of a resource's class, and a key that it carries."""
        self.known_tags: dict[tuple[str, str], None] = {}
        """Where tags outlive the resources that carried them: all that there are, oldest first."""
        self._tags_remain = tags_remain

    def set_tags(self, resource: Resource, tags: Mapping[str, str]) -> None:
        """Give a resource these tags in the place of those that it has."""
        self._untag(resource)
        resource.tags = tags
        self._tag(resource)

    def is_carried(self, tag: tuple[str, str]) -> bool:
        """Say whether a resource of any kind carries a tag."""
        return any(self.tag_values.ids((kind.__name__, *tag)) for kind in _kinds(Resource))

    def _tag(self, resource: Resource) -> None:
        kind = type(resource).__name__
        for tag in resource.tag_pairs:
            self.tag_values.add((kind, *tag), resource.id, resource.order)
            self.tag_keys.add((kind, tag[0]), resource.id, resource.order)
            if self._tags_remain:
                self.known_tags[tag] = None

    def _untag(self, resource: Resource) -> None:
        kind = type(resource).__name__
        for tag in resource.tag_pairs:
            self.tag_values.discard((kind, *tag), resource.id)
            self.tag_keys.discard((kind, tag[0]), resource.id)


def _kinds(root: type[Resource]) -> Iterator[type[Resource]]:
    """Iterate over the classes of resources below one."""
    for each in root.__subclasses__():
        yield each
        yield from _kinds(each)
