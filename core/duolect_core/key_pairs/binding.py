"""Which key pairs open which instances."""

import attrs

from duolect_core.engine.partition import Partition
from duolect_core.instances import operations
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.model.resources import OperationKind
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class BindKeyPairs:
    """Let key pairs open instances, in the place of those that did: all of them, or none.

    With ``restart`` what is running is rebooted for it, as an operation that ``detail`` names in the
    cloud's own words; what is stopped is not. ``allowed`` names the states that they may be in.

    Raises:
        InstanceNotFound, InstanceWrongState, KeyPairNotFound: what was named, and the states.
    """

    instance_ids: tuple[str, ...]
    key_pair_ids: tuple[str, ...]
    restart: bool = False
    detail: str = ""
    allowed: tuple[InstanceState, ...] = STEADY_INSTANCE

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances."""
        found, key_pair_ids = self.check(partition), tuple(dict.fromkeys(self.key_pair_ids))
        for instance in found:
            partition.graph.set_keys(instance, key_pair_ids)
        if self.restart:
            _restart(partition, found, self.detail)
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them as they are."""
        return _check(partition, self.instance_ids, self.key_pair_ids, self.allowed)


@attrs.frozen(kw_only=True)
class UnbindKeyPairs:
    """Let key pairs open instances no more; those that opened one of them not make no difference.

    ``restart``, ``detail`` and ``allowed`` are as in ``BindKeyPairs``.

    Raises:
        InstanceNotFound, InstanceWrongState, KeyPairNotFound: what was named, and the states.
    """

    instance_ids: tuple[str, ...]
    key_pair_ids: tuple[str, ...]
    restart: bool = False
    detail: str = ""
    allowed: tuple[InstanceState, ...] = STEADY_INSTANCE

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances."""
        found = self.check(partition)
        for instance in found:
            kept = tuple(each for each in instance.key_pair_ids if each not in self.key_pair_ids)
            partition.graph.set_keys(instance, kept)
        if self.restart:
            _restart(partition, found, self.detail)
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them as they are."""
        return _check(partition, self.instance_ids, self.key_pair_ids, self.allowed)


def _check(
    partition: Partition,
    instance_ids: tuple[str, ...],
    key_pair_ids: tuple[str, ...],
    allowed: tuple[InstanceState, ...],
) -> tuple[Instance, ...]:
    found = operations.find(partition, instance_ids, allowed)
    for key_pair_id in key_pair_ids:
        lookup.key_pair(partition.graph, key_pair_id)
    return found


def _restart(partition: Partition, instances: tuple[Instance, ...], detail: str) -> None:
    running = tuple(instance for instance in instances if instance.state is InstanceState.RUNNING)
    operations.reboot(partition, OperationKind.MODIFY_INSTANCES, running, detail)
