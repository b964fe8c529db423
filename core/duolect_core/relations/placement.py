"""Where there is room in a placement group."""

from collections import Counter

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.fleets import PlacementGroup
from duolect_core.relations import lookup


def find_places(
    partition: Partition, group_id: str, number: int, zones: tuple[str, ...], leaving: frozenset[str]
) -> tuple[int, ...]:
    """Return the partition that each of the instances for the ``zones`` gets in a placement group.

    That is the one of the ``number``, or for 0 the one with most room, and 0 where the group has none.
    Instances ``leaving`` do not count.

    Raises:
        PlacementGroupNotFound, PartitionNotFound: what was named.
        PlacementGroupFull: there is no room.
    """
    group = lookup.placement_group(partition.graph, group_id)
    if not 0 <= number <= group.partitions:
        raise errors.PartitionNotFound(group.id, number, group.partitions)
    by_zone = partition.rules.placement_groups_count_by_zone
    used = _used(partition, group, leaving, by_zone=by_zone)
    found = []
    for each in zones:
        zone = each if by_zone else ""
        choices = (number,) if number else range(1, group.partitions + 1) or (0,)
        place = min(choices, key=lambda choice: used[zone, choice])
        if used[zone, place] >= group.limit:
            raise errors.PlacementGroupFull(group.id, group.limit)
        used[zone, place] += 1
        found.append(place)
    return tuple(found)


def _used(
    partition: Partition, group: PlacementGroup, leaving: frozenset[str], *, by_zone: bool
) -> Counter[tuple[str, int]]:
    instances = partition.graph.instances
    members = (
        instances[each]
        for each in partition.graph.instances_by_placement_group.ids(group.id)
        if each not in leaving
    )
    return Counter((member.zone if by_zone else "", member.partition) for member in members)
