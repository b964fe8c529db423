"""What is always true of instances that are paid for in advance."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import InstanceState


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    awaited = {(due, instance_id) for due, _, instance_id in partition.graph.alarms}
    for instance in partition.graph.instances.values():
        held = instance.subscription
        if held is None:
            continue
        if held.due is not None and (held.due, instance.id) not in awaited:
            yield f"{instance.id}: nobody knows when something happens to its subscription"
        if held.due is not None and held.due < partition.now:
            yield f"{instance.id}: its subscription is overdue"
        if held.is_paid and held.due not in {None, held.expires}:
            yield f"{instance.id}: its subscription does not end when it is over"
        if not held.is_paid and instance.state is InstanceState.RUNNING:
            yield f"{instance.id}: runs although nobody pays for it"
