"""What is always true of launch templates."""

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
