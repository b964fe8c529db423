"""Which resources a call is about: those that its parameters name, and what those are related to."""

from collections.abc import Iterator, Mapping
from typing import Any

from duolect.faults.rules import ResourceFilter
from duolect_core.graph.graph import Graph
from duolect_core.model.instances import Instance
from duolect_core.model.resources import Interface, Resource, Subnet
from duolect_dialects.exchange import Tree


class CallFacts:
    """What a call is about, found out once for all rules that ask."""

    def __init__(self, parameters: Tree, graph: Graph) -> None:
        """Take the parameters of the call, and the graph that it finds."""
        texts = list(_texts("", parameters))
        self._ids = {text for _, text in texts}
        named: list[Resource] = [
            table[value] for table in graph.tables() for value in self._ids if value in table
        ]
        self._names = {text for name, text in texts if name.endswith("Name")} | {
            each.name for each in named
        }
        self._instances = self._ids | set(_instances(named))
        self._subnets = self._ids | set(_subnets(named))
        self._zones = self._ids | set(_zones(named))
        self._tags = [*_given_tags(parameters), *(each.tags for each in named)]

    def match(self, resource_filter: ResourceFilter) -> bool:
        """Say whether the call is about a resource that a filter selects."""
        return (
            (resource_filter.id is None or resource_filter.id in self._ids)
            and (resource_filter.name is None or resource_filter.name in self._names)
            and (resource_filter.instance is None or resource_filter.instance in self._instances)
            and (resource_filter.subnet is None or resource_filter.subnet in self._subnets)
            and (resource_filter.zone is None or resource_filter.zone in self._zones)
            and (resource_filter.tag is None or _has_tag(resource_filter.tag, self._tags))
        )


def _texts(name: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - part of a tree
    """Yield each text of a tree with the name of the parameter that holds it."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _texts(key if not key.isdecimal() else name, member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(name, member)
    elif isinstance(value, str):
        yield name, value


def _instances(named: list[Resource]) -> Iterator[str]:
    for each in named:
        if isinstance(each, Interface):
            yield from (
                attachment.instance_id
                for attachment in (each.attachment, each.destination)
                if attachment is not None
            )


def _subnets(named: list[Resource]) -> Iterator[str]:
    return (each.subnet_id for each in named if isinstance(each, Interface | Instance))


def _zones(named: list[Resource]) -> Iterator[str]:
    return (each.zone for each in named if isinstance(each, Interface | Instance | Subnet))


def _given_tags(value: Any) -> Iterator[Mapping[str, str]]:  # noqa: ANN401 - part of a tree
    """Yield the tags that a tree gives: each an object with a Key and perhaps a Value."""
    members = value.values() if isinstance(value, Mapping) else value
    if isinstance(value, Mapping) and isinstance(value.get("Key"), str):
        yield {value["Key"]: str(value.get("Value", ""))}
    elif isinstance(value, Mapping | list):
        for member in members:
            yield from _given_tags(member)


def _has_tag(tag: str, tag_sets: list[Mapping[str, str]]) -> bool:
    key, equals, value = tag.partition("=")
    return any(key in tags and (not equals or tags[key] == value) for tags in tag_sets)
