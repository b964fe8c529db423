"""What is always true of launch templates, placement groups and provisioning groups."""

from collections import Counter
from collections.abc import Iterator

from duolect_core.engine.partition import Partition


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    for template in partition.graph.launch_templates.values():
        numbers = [version.number for version in template.versions]
        if numbers != sorted(set(numbers)) or not numbers or not 0 < numbers[-1] <= template.latest:
            yield f"the versions of {template.id} are not in order"
        if template.default not in numbers:
            yield f"{template.id} lacks its default version"
    names = [template.name for template in partition.graph.launch_templates.values()]
    if partition.rules.template_names_unique and len({*names}) < len(names):
        yield "two launch templates have one name"
    yield from _check_places(partition)
    for group in partition.graph.provisioning_groups.values():
        if len({*group.instance_ids}) < len(group.instance_ids):
            yield f"{group.id} has an instance twice"
        if not group.total >= group.on_demand + group.spot >= 0:
            yield f"the parts of the capacity of {group.id} are more than all"


def _check_places(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    by_zone = partition.rules.placement_groups_count_by_zone
    used: Counter[tuple[str, str, int]] = Counter()
    for instance in graph.instances.values():
        group = graph.placement_groups.get(instance.placement_group_id)
        if group is None:
            if instance.placement_group_id or instance.partition:
                yield f"{instance.id} is in a placement group that is not there"
            continue
        if instance.partition not in (range(1, group.partitions + 1) or (0,)):
            yield f"{instance.id} is in a partition that its placement group does not have"
        used[group.id, instance.zone if by_zone else "", instance.partition] += 1
    for (group_id, _, _), count in used.items():
        if count > graph.placement_groups[group_id].limit:
            yield f"{group_id} has more instances than it has room for"
