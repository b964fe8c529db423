"""How long what takes time takes, in microseconds, and the sets of durations that have names."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.resources import MILLISECOND, SECOND, Instant


@attrs.frozen(eq=False, repr=False)
class Durations(Value):
    """How long each asynchronous change takes, in microseconds."""

    provision_network: Instant
    provision_interface: Instant
    attach: Instant
    detach: Instant
    delete_interface: Instant
    change_addresses: Instant
    boot: Instant
    start: Instant
    stop: Instant
    reboot: Instant
    delete_instance: Instant
    change_public_address: Instant
    change_routes: Instant
    change_virtual_address: Instant
    change_nat_gateway: Instant
    change_nat_rules: Instant
    change_bandwidth_package: Instant
    change_network_acl: Instant
    change_gateway: Instant
    """How long an IPv4 or IPv6 gateway is created, enabled, deleted, or given a route table."""
    change_dhcp_options: Instant
    release_instance: Instant = 0
    """How long the primary interface of an instance that is gone holds on to its subnet and its groups.

    It counts where ``Rules.interface_outlives_instance`` says so.
    """
    delete_network: Instant = 0
    """How long a network or subnet is DELETING.

    It counts where ``Rules.network_deletion_is_asynchronous`` says so.
    """
    create_disk: Instant = 0
    attach_disk: Instant = 0
    detach_disk: Instant = 0
    change_disk: Instant = 0
    """How long a disk is resized, restored, replaced or deleted."""
    create_snapshot: Instant = 0
    """How long a snapshot is created, or an image."""
    copy_image: Instant = 0
    change_target_group: Instant = 0
    """How long a group of route targets is created, modified, switched or deleted."""
    change_list: Instant = 0
    """How long a list of addresses or services is modified or deleted; see ``Rules.slow_lists``."""
    change_flow_log: Instant = 0
    """How long a flow log is created, switched or deleted."""
    change_reservation: Instant = 0
    """How long a reservation in a subnet is created or deleted."""

    @classmethod
    def all_of(cls, duration: Instant) -> "Durations":
        """Return durations that are all ``duration`` microseconds."""
        return cls(*(duration for _ in attrs.fields(cls)))


INSTANT: Final = Durations.all_of(0)
FAST: Final = attrs.evolve(Durations.all_of(200 * MILLISECOND), release_instance=0)
"""Long enough that a poller sees the state between, short enough for a test run.

Nothing outlives its instance.
"""
REALISTIC: Final = Durations(
    provision_network=1 * SECOND,
    provision_interface=1 * SECOND,
    attach=2 * SECOND,
    detach=2 * SECOND,
    delete_interface=1 * SECOND,
    change_addresses=1 * SECOND,
    boot=3 * SECOND,
    start=3 * SECOND,
    stop=3 * SECOND,
    reboot=5 * SECOND,
    delete_instance=3 * SECOND,
    change_public_address=1 * SECOND,
    change_routes=1 * SECOND,
    change_virtual_address=1 * SECOND,
    change_nat_gateway=5 * SECOND,
    change_nat_rules=1 * SECOND,
    change_bandwidth_package=1 * SECOND,
    change_network_acl=1 * SECOND,
    change_gateway=1 * SECOND,
    change_dhcp_options=1 * SECOND,
    release_instance=5 * SECOND,
    delete_network=1 * SECOND,
    create_disk=2 * SECOND,
    attach_disk=2 * SECOND,
    detach_disk=2 * SECOND,
    change_disk=2 * SECOND,
    create_snapshot=5 * SECOND,
    copy_image=10 * SECOND,
    change_target_group=1 * SECOND,
    change_list=1 * SECOND,
    change_flow_log=1 * SECOND,
    change_reservation=1 * SECOND,
)
PRESETS: Final[Mapping[str, Durations]] = MappingProxyType(
    {"instant": INSTANT, "fast": FAST, "realistic": REALISTIC}
)
