"""Making partitions: the engine together with what every subject says of its transitions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from duolect_core.engine.alarms import Alarms
from duolect_core.engine.partition import Entry, Handler, Partition, Recorder, Transitions
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.rules import ResourceKind, Rules


class _Handlers(Mapping[Trigger, Handler]):
    """The handlers of a kind of resource, in the table that a function gives.

    It is asked when the first resource of the kind changes: most subjects are not needed for a start.
    """

    def __init__(self, subject: Callable[[], Transitions], kind: ResourceKind) -> None:
        self._subject = subject
        self._kind = kind

    @cached_property
    def _table(self) -> Mapping[Trigger, Handler]:
        return self._subject()[self._kind]

    def __getitem__(self, trigger: Trigger) -> Handler:
        return self._table[trigger]

    def get(self, trigger: Trigger, default: Any = None) -> Any:  # noqa: ANN401 - as a mapping has it
        return self._table.get(trigger, default)

    def __iter__(self) -> Iterator[Trigger]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def _of_interfaces() -> Transitions:
    from duolect_core.interfaces.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_instances() -> Transitions:
    from duolect_core.instances.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_public_addresses() -> Transitions:
    from duolect_core.public_addresses.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_networks() -> Transitions:
    from duolect_core.networks.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_routes() -> Transitions:
    from duolect_core.routes.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_nat_gateways() -> Transitions:
    from duolect_core.nat_gateways.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_bandwidth_packages() -> Transitions:
    from duolect_core.public_addresses.bandwidth_package_transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_disks() -> Transitions:
    from duolect_core.disks.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_images() -> Transitions:
    from duolect_core.images.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


def _of_security_groups() -> Transitions:
    from duolect_core.security_groups.transitions import TRANSITIONS  # noqa: PLC0415 - a start does without

    return TRANSITIONS


_SUBJECTS: Final[Mapping[Callable[[], Transitions], tuple[ResourceKind, ...]]] = MappingProxyType(
    {
        _of_interfaces: (
            ResourceKind.INTERFACE,
            ResourceKind.VIRTUAL_ADDRESS,
            ResourceKind.IPV6_ADDRESS,
        ),
        _of_instances: (ResourceKind.INSTANCE,),
        _of_public_addresses: (
            ResourceKind.PUBLIC_ADDRESS,
            ResourceKind.PUBLIC_IPV6_ADDRESS,
            ResourceKind.ADDRESS_SEGMENT,
        ),
        _of_networks: (
            ResourceKind.NETWORK,
            ResourceKind.SUBNET,
            ResourceKind.NETWORK_ACL,
            ResourceKind.IPV4_GATEWAY,
            ResourceKind.IPV6_GATEWAY,
            ResourceKind.EGRESS_RULE,
            ResourceKind.DHCP_OPTIONS_SET,
            ResourceKind.FLOW_LOG,
            ResourceKind.CIDR_RESERVATION,
        ),
        _of_routes: (
            ResourceKind.ROUTE_TABLE,
            ResourceKind.ROUTE,
            ResourceKind.ROUTE_TARGET_GROUP,
        ),
        _of_nat_gateways: (
            ResourceKind.NAT_GATEWAY,
            ResourceKind.SNAT_RULE,
            ResourceKind.DNAT_RULE,
        ),
        _of_bandwidth_packages: (
            ResourceKind.BANDWIDTH_PACKAGE,
            ResourceKind.IPV6_BANDWIDTH,
        ),
        _of_disks: (
            ResourceKind.DISK,
            ResourceKind.SNAPSHOT,
            ResourceKind.DISK_BACKUP,
        ),
        _of_images: (ResourceKind.IMAGE,),
        _of_security_groups: (
            ResourceKind.ADDRESS_LIST,
            ResourceKind.ROUTE_LIST,
            ResourceKind.SERVICE_LIST,
            ResourceKind.ADDRESS_LIST_GROUP,
            ResourceKind.SERVICE_LIST_GROUP,
        ),
    }
)
"""Whose table tells of which kinds of resource."""

TRANSITIONS: Final[Transitions] = MappingProxyType(
    {kind: _Handlers(subject, kind) for subject, kinds in _SUBJECTS.items() for kind in kinds}
)
"""What happens to every kind of resource at the end of every operation on it.

The engine looks for a resource in this order: what changes most stands first.
"""


def _of_snapshot(partition: Partition, snapshot_id: str) -> None:
    from duolect_core.disks.transitions import expire  # noqa: PLC0415 - a start does without

    expire(partition, snapshot_id)


def _of_snapshot_policy(partition: Partition, policy_id: str) -> None:
    from duolect_core.disks.transitions import copy_disks  # noqa: PLC0415 - a start does without

    copy_disks(partition, policy_id)


def _of_instance(partition: Partition, instance_id: str) -> None:
    from duolect_core.instances.lapses import end_term  # noqa: PLC0415 - a start does without

    end_term(partition, instance_id)


ALARMS: Final[Alarms] = MappingProxyType(
    {
        ResourceKind.SNAPSHOT: _of_snapshot,
        ResourceKind.SNAPSHOT_POLICY: _of_snapshot_policy,
        ResourceKind.INSTANCE: _of_instance,
    }
)
"""What happens to which kinds of resource by itself."""


def new_partition(rules: Rules, seed: int, recorder: Recorder | None = None) -> Partition:
    """Return an empty partition; ``recorder`` is told of every command."""
    partition = Partition(rules, seed, TRANSITIONS, recorder)
    partition.alarms = ALARMS
    return partition


def replay(rules: Rules, seed: int, entries: Iterable[Entry]) -> Partition:
    """Rebuild a partition from its recorded commands."""
    partition = new_partition(rules, seed)
    for entry in entries:
        partition.repeat(entry)
    return partition
