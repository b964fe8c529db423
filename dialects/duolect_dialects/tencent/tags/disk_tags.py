"""The ids of disks, and their tags.

A disk comes with its instance and has no life of its own here: its id follows from that of the instance,
and its tags are kept among what the instance was run with.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import Instance

DISK_TAGS: Final = "DiskTags"
"""Under this name an instance keeps the tags of its disks, by their ids."""
_LEAVING: Final = frozenset({InstanceState.DELETING, InstanceState.GONE})


def disk_id(of: Instance, number: int) -> str:
    """Return the id of one of an instance's disks; the system disk has number 0."""
    tail = of.id.rpartition("-")[2]
    return f"disk-{tail[:-2]}{number:02d}" if number else f"disk-{tail}"


def disk_ids(of: Instance) -> list[str]:
    """Return the ids of an instance's disks, that of the system disk first."""
    return [disk_id(of, number) for number in range(len(of.extras.get("DataDisks", ())) + 1)]


def disk_tags(of: Instance, wanted: str) -> Mapping[str, str]:
    """Return the tags of one of an instance's disks."""
    tags: Mapping[str, str] = of.extras.get(DISK_TAGS, {}).get(wanted, {})
    return tags


def instance_of_disk(graph: Graph, wanted: str) -> Instance | None:
    """Return the instance that a disk is on, or None where there is no such disk."""
    for instance in graph.instances.values():
        if wanted in disk_ids(instance) and instance.state not in _LEAVING:
            return instance
    return None


def tagged_disks(graph: Graph) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the disks that have tags, each with its tags."""
    for instance in graph.instances.values():
        for found, tags in instance.extras.get(DISK_TAGS, {}).items():
            if tags:
                yield found, tags
