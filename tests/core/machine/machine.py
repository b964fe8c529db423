"""One partition under all commands, what it begins with, and what is always true of it."""

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant
from tests.core.engine.dump import dump
from tests.core.machine.addresses import AddressRules
from tests.core.machine.copies import CopyRules
from tests.core.machine.disks import DiskRules
from tests.core.machine.fleets import FleetRules
from tests.core.machine.gateways.gateways import GatewayRules
from tests.core.machine.gateways.ipv6 import Ipv6Rules
from tests.core.machine.gateways.nat_gateways import NatRules
from tests.core.machine.gateways.reservations import ReservationRules
from tests.core.machine.instances import InstanceRules
from tests.core.machine.interfaces import InterfaceRules
from tests.core.machine.key_pairs import KeyPairRules
from tests.core.machine.lists import ListRules
from tests.core.machine.network_acls import AclRules
from tests.core.machine.networks import NetworkRules
from tests.core.machine.others import OtherRules
from tests.core.machine.rare import RareRules
from tests.core.machine.routes.route_policies import RoutePolicyRules
from tests.core.machine.routes.routes import RouteRules
from tests.core.machine.security_groups import GroupRules
from tests.core.machine.set_up import SetUp
from tests.core.machine.strategies import LIFECYCLES, TIGHT
from tests.core.machine.virtual_addresses import VirtualAddressRules
from tests.core.model.reachability import reachable
from tests.core.model.rules import DAY, NORTH, SOUTH, STEPS

from duolect_core.engine.operations import ReleaseOperation
from duolect_core.invariants import check
from duolect_core.model.durations import FAST, INSTANT
from duolect_core.model.resources import INSTANCE_OPERATIONS, SECOND, OperationState
from duolect_core.partitions import new_partition, replay
from duolect_core.security_groups.lists.contents import KINDS


class PartitionMachine(
    SetUp,
    NetworkRules,
    RouteRules,
    RoutePolicyRules,
    GroupRules,
    InstanceRules,
    InterfaceRules,
    AddressRules,
    KeyPairRules,
    ListRules,
    FleetRules,
    VirtualAddressRules,
    NatRules,
    AclRules,
    GatewayRules,
    Ipv6Rules,
    ReservationRules,
    DiskRules,
    CopyRules,
    OtherRules,
    RareRules,
):
    """One partition under all commands."""

    @initialize(
        rules=st.sampled_from([NORTH, SOUTH]),
        durations=st.sampled_from([STEPS, FAST, INSTANT]),
        seed=st.integers(0, 2**64 - 1),
    )
    def start(self, rules, durations, seed):
        self.rules = attrs.evolve(
            rules, quotas=TIGHT, durations=durations, token_lifetime=DAY // 2, operation_lifetime=DAY // 3
        )
        self.seed = seed
        self.entries = []
        self.partition = new_partition(self.rules, seed, self.entries.append)
        self.graph = self.partition.graph
        self.at = 1_000 * SECOND
        self.seen = {}
        self.set_up(rules.zones)
        self.set_up_fleets()
        self.set_up_subscription()

    @invariant()
    def is_sound(self):
        if hasattr(self, "partition"):
            found = check(self.partition)
            assert found == [], found

    @invariant()
    def moves_by_the_lifecycle_tables_only(self):
        if not hasattr(self, "partition"):
            return
        resources = {
            **self.graph.interfaces,
            **self.graph.instances,
            **self.graph.public_addresses,
            **self.graph.route_tables,
            **self.graph.routes,
            **self.graph.virtual_addresses,
            **self.graph.nat_gateways,
            **self.graph.snat_rules,
            **self.graph.dnat_rules,
            **self.graph.bandwidth_packages,
            **self.graph.network_acls,
            **{each.id: each for kind in KINDS for each in self.graph.table(kind).values()},
            **self.graph.ipv4_gateways,
            **self.graph.ipv6_gateways,
            **self.graph.ipv6_addresses,
            **self.graph.ipv6_bandwidths,
            **self.graph.egress_rules,
            **self.graph.public_ipv6_addresses,
            **self.graph.dhcp_options_sets,
            **self.graph.flow_logs,
            **self.graph.cidr_reservations,
            **self.graph.address_segments,
            **self.graph.route_target_groups,
            **self.graph.disks,
            **self.graph.snapshots,
            **self.graph.disk_backups,
            **self.graph.images,
        }
        for resource_id, (resource, before) in self.seen.items():
            assert resource.state in reachable(LIFECYCLES[type(before)], before)
            assert (resource.state.value == "gone") is (resource_id not in resources)
        self.seen = {resource_id: (each, each.state) for resource_id, each in resources.items()}

    @invariant()
    def shows_of_instances_their_own_operations_only(self):
        if hasattr(self, "partition"):
            operations = [each.operation for each in self.graph.instances.values()]
            assert {each.kind for each in operations if each is not None} <= INSTANCE_OPERATIONS

    def teardown(self):
        """Rebuild the partition from its record, then let everything end."""
        if not hasattr(self, "partition"):
            return
        while held := [each for each in self.partition.timeline.pending() if each.operation.held]:
            self.do(ReleaseOperation(operation_id=held[0].operation.id))
        again = replay(self.rules, self.seed, self.entries)
        for partition in (again, self.partition):
            partition.settle(self.partition.now)
        assert dump(again) == dump(self.partition)
        for partition in (again, self.partition):
            partition.settle(self.partition.now + DAY)
            while (due := partition.timeline.next_due) is not None:  # of a term that ended meanwhile
                partition.settle(due)
            assert all(o.state is not OperationState.RUNNING for o in partition.graph.operations.values())
            assert check(partition) == []
        assert dump(again) == dump(self.partition)
