"""Any commands at any instants: the partition stays sound, refusals leave no trace, the record rebuilds it.

One state machine drives every command with names that exist, names that do not, tokens, operation ids that
repeat and time that stands still or steps back now and then, in both clouds, with quotas and subnets small
enough to be reached.
"""

from ipaddress import IPv4Network, IPv6Network
from typing import ClassVar

import attrs
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.core.builders import DAY, NORTH, SOUTH, STEPS, ip
from tests.core.dump import dump
from tests.core.model.test_lifecycles import reachable

from duolect.record.commands import commands
from duolect_core.engine.command_fault import NO_FAULT, CommandFault
from duolect_core.engine.durations import SetDurations
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.errors import CoreError, IdempotencyError
from duolect_core.instances.changes import ModifyInstances, ResizeInstances
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, RebootInstances, StartInstances, StopInstances
from duolect_core.interfaces.extras import StoreExtras
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
    DeleteInterface,
    DetachInterface,
)
from duolect_core.interfaces.modify import (
    CreateAndAttachInterface,
    JoinGroups,
    LeaveGroups,
    MigrateInterface,
    ModifyInterface,
)
from duolect_core.interfaces.permissions import GrantPermission, RevokePermission
from duolect_core.interfaces.private_ips import (
    AssignAddresses,
    DescribeAddresses,
    MoveAddress,
    UnassignAddresses,
)
from duolect_core.interfaces.secondaries import Secondary
from duolect_core.invariants import check
from duolect_core.model.lifecycles import (
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    InstanceState,
    InterfaceState,
    PublicAddressState,
)
from duolect_core.model.resources import SECOND, GroupKind, InterfaceKind, OperationState
from duolect_core.model.rules import FAST, INSTANT, Quotas, ResourceKind
from duolect_core.model.security_rules import Direction, GroupRule, Protocol, Verdict
from duolect_core.networks.changes import (
    ChangeBlocks,
    GiveNetworkIpv6,
    GiveSubnetsIpv6,
    ModifyNetwork,
    ModifySubnet,
    TakeNetworkIpv6,
    TakeSubnetsIpv6,
)
from duolect_core.networks.lifecycle import (
    CreateDefaultSubnet,
    CreateNetwork,
    CreateSubnet,
    CreateSubnets,
    DeleteNetwork,
    DeleteSubnet,
)
from duolect_core.partitions import new_partition, replay
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
    DisassociatePublicAddress,
    ModifyPublicAddresses,
    ReleasePublicAddresses,
)
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan, AddressRequest, PrefixRequest
from duolect_core.security_groups.lifecycle import CreateGroup, DeleteGroup, ModifyGroup
from duolect_core.security_groups.rule_changes import (
    AddRules,
    ModifyRule,
    RemoveRules,
    ReplaceRules,
    ResetRules,
)
from duolect_core.tags.tags import ChangeTags, CreateTags, DeleteTags, Keys

TIGHT = Quotas(
    networks=4,
    subnets_per_network=3,
    secondary_blocks_per_network=1,
    groups=4,
    rules_per_group=9,
    rules_per_direction=5,
    naming_rules_per_group=2,
    instances=5,
    interfaces=14,
    interfaces_per_network=8,
    public_addresses=6,
    groups_per_interface=2,
    tags_per_resource=1,
    ipv4_per_detached_interface=6,
    ipv6_per_detached_interface=4,
    basic_group_members=16,
    enterprise_group_members=12,
    enterprise_group_interfaces=4,
)
COMMANDS = set(commands().values())
"""Every command that there is."""
KINDS = (
    ResourceKind.NETWORK,
    ResourceKind.ROUTE_TABLE,
    ResourceKind.SUBNET,
    ResourceKind.GROUP,
    ResourceKind.INSTANCE,
    ResourceKind.INTERFACE,
    ResourceKind.PUBLIC_ADDRESS,
)
"""The kinds of resource that are tagged."""

LIFECYCLES = {
    InterfaceState: INTERFACE_LIFECYCLE,
    InstanceState: INSTANCE_LIFECYCLE,
    PublicAddressState: PUBLIC_ADDRESS_LIFECYCLE,
}

PICK = st.integers(0, 255)
"""Names one of a table's resources by its place, or now and then none that exists."""
PICKS = st.lists(PICK, max_size=3)
GROUPS = st.sampled_from([0, 1, 1, 1, 1, 2, 3]).flatmap(
    lambda size: st.lists(PICK, min_size=size, max_size=size)
)
NUMBERS = st.lists(st.integers(0, 31), min_size=1, max_size=4)
"""Of rules: see ``rules_of``."""
DIRECTIONS = st.sampled_from(Direction)
VERSIONS = st.sampled_from([None, None, None, 0, 1, 2])
TAGS = st.sampled_from([{}, {}, {"k": "v"}, {"k": "w"}, {"k": "v", "l": "v"}])
RARELY = st.integers(0, 7).map(lambda number: number == 7)
OFTEN = st.integers(0, 7).map(lambda number: number != 7)
PLACES = st.sampled_from(
    ["10.0.2.0/26", "10.0.2.64/28", "10.0.2.0/28", "10.0.0.0/28", "10.9.0.0/28", "10.0.0.0/30"]
)
BLOCKS = ["10.9.0.0/24", "10.9.0.0/24", "10.0.0.0/16", "10.0.0.0/20", "10.0.0.0/30", "11.0.0.0/16"]
INDEXES = st.sampled_from([0, 7, 300])
ADDRESSES = st.integers(ip("10.0.0.0"), ip("10.0.0.40"))
WISHES = st.one_of(st.just(ANY), st.just(ANY), st.builds(AddressRequest, ADDRESSES))
PREFIXES = st.one_of(
    st.just(ANY_PREFIX),
    st.builds(PrefixRequest, st.sampled_from([ip("10.0.0.16"), ip("10.0.1.16")]), st.just(28)),
)
PLANS = st.one_of(
    st.just(AddressPlan()),
    st.just(AddressPlan()),
    st.builds(
        AddressPlan,
        primary=WISHES,
        secondaries=st.lists(WISHES, max_size=5).map(tuple),
        ipv6=st.lists(st.just(ANY), max_size=3).map(tuple),
        ipv4_prefixes=st.lists(PREFIXES, max_size=2).map(tuple),
        ipv6_prefixes=st.lists(st.just(ANY_PREFIX), max_size=2).map(tuple),
    ),
)
DISTURBANCES = st.builds(
    CommandFault,
    fails=st.booleans(),
    holds=st.sampled_from([False, False, True]),
    duration=st.sampled_from([None, None, 0, 20 * SECOND]),
    pace=st.sampled_from([1, 1, 3]),
    exhausted=RARELY,
    interface_limit=st.sampled_from([None, None, None, 1, 2]),
)
HOW = st.tuples(
    st.sampled_from(["", "", "op 1", "op 2"]),
    st.one_of(st.none(), st.none(), st.none(), st.tuples(st.sampled_from("ab"), st.sampled_from("fffg"))),
    st.one_of(st.just(NO_FAULT), st.just(NO_FAULT), st.just(NO_FAULT), DISTURBANCES),
)
"""With which operation id, which token and fingerprint, and how fault_applied a command is carried out."""
PLAIN = ("", None, NO_FAULT)


def refusal_of(command, partition):
    """Return the class of what a command's own check raises, or None."""
    try:
        command.check(partition)
    except CoreError as refusal:
        return type(refusal)
    return None


class PartitionMachine(RuleBasedStateMachine):
    """One partition under all commands."""

    steps = 0
    granted: ClassVar[set[type]] = set()
    refused: ClassVar[set[type]] = set()

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
        self.furnish(rules.zones)

    def furnish(self, zones):
        """Start with instances and interfaces in two zones, rules, and a spare network, nearly empty."""
        network = self.lay(CreateNetwork(block=IPv4Network("10.0.0.0/16"), ipv6=True))
        self.wait(DAY)
        group = self.lay(CreateGroup(network_id=network.id))
        for place, zone in enumerate(zones[:2]):
            subnet = self.lay(
                CreateSubnet(
                    network_id=network.id,
                    zone=zone,
                    block=IPv4Network(f"10.0.{place}.0/26"),
                    ipv6_index=place,
                )
            )
            self.wait(DAY)
            where = {"subnet_id": subnet.id, "group_ids": (group.id,)}
            self.lay(RunInstances(type_name="large", names=("a", "b")[place:], **where))
            for kind in (InterfaceKind.SECONDARY, InterfaceKind.TRUNK, InterfaceKind.SECONDARY)[place:]:
                self.lay(CreateInterface(kind=kind, addresses=AddressPlan(secondaries=(ANY,)), **where))
        spare = self.lay(CreateNetwork(block=IPv4Network("10.0.0.0/16"), default=True))
        self.wait(DAY)
        for change in (GiveNetworkIpv6, TakeNetworkIpv6, GiveNetworkIpv6):
            self.lay(change(spare.id))
        self.lay(ChangeBlocks(network_id=spare.id, add=(IPv4Network("10.8.0.0/24"),)))
        block = IPv4Network("10.0.9.0/28")
        place = CreateSubnet(network_id=spare.id, zone=zones[0], block=block)
        (subnet,) = self.lay(CreateSubnets((place,)))
        self.wait(DAY)
        for index in (7, 0):
            self.lay(GiveSubnetsIpv6(spare.id, {subnet.id: index}))
            self.lay(TakeSubnetsIpv6(spare.id, {subnet.id: None}))
        self.lay(GiveSubnetsIpv6(spare.id, {subnet.id: 0}))
        self.lay(CreateDefaultSubnet(zone=zones[0], mask=28))
        for each in (group, self.lay(CreateGroup(network_id=spare.id))):
            for direction in Direction:
                rules = self.rules_of(direction, (0, 1))
                self.lay(AddRules(group_id=each.id, direction=direction, rules=rules))
        self.wait(DAY)
        self.attach_what_probably_fits(0, trunk_named=False, how=PLAIN)
        bound, *_ = self.lay(AllocatePublicAddresses(count=2))
        self.wait(DAY)
        self.lay(AssociatePublicAddress(address_id=bound.id, instance_id=next(iter(self.graph.instances))))
        self.wait(DAY)
        self.lay(GrantPermission(interface_id=next(iter(self.graph.interfaces)), account="1"))
        self.lay(CreateNetwork(block=IPv4Network("10.0.0.0/16")))

    def lay(self, command):
        """Carry out a command that is granted."""
        return self.partition.execute(command, self.at)

    # -- how everything is done --------------------------------------------------------------

    def do(self, command, how=PLAIN):
        """Carry a command out; a refusal must leave everything as it was."""
        PartitionMachine.steps += 1
        partition, (operation_id, named, command_fault) = self.partition, how
        token = None if named is None else Token(type(command).__name__, *named)
        partition.settle(self.at)
        before, recorded = dump(partition), len(self.entries)
        foreseen = refusal_of(command, partition) if hasattr(command, "check") else None
        assert dump(partition) == before
        try:
            result = partition.execute(
                command, self.at, operation_id=operation_id, token=token, command_fault=command_fault
            )
        except CoreError as error:
            refusal = error
        else:
            assert foreseen is None or token is not None
            PartitionMachine.granted.add(type(command))
            assert [entry.command for entry in self.entries[recorded:]] == [command]
            return result
        unforeseeable = token is not None or not hasattr(command, "check") or partition.fault_applied
        assert foreseen is type(refusal) or unforeseeable
        PartitionMachine.refused.add(type(refusal))
        after = dump(partition)
        if len(self.entries) > recorded:
            assert self.rules.token_repeats_refusals
            assert token is not None
            assert not refusal.transient
            assert not isinstance(refusal, IdempotencyError)
            assert before.pop("idempotency") != after.pop("idempotency")
        assert after == before
        return None

    def one(self, table, pick):
        """Return the id of a resource of a table, often the newest, or now and then of none."""
        ids = list(table)
        if not ids or pick % 16 == 15:
            return "absent"
        return ids[-1 - (pick // 4 % len(ids) if pick % 4 else 0)]

    def some(self, table, picks):
        return tuple(self.one(table, pick) for pick in picks)

    def fit(self, table, fitting):
        """Return the ids of those of a table's resources that fit, or all where none does."""
        return [resource_id for resource_id, each in table.items() if fitting(each)] or table

    def groups(self, subnet_id, picks):
        """Return ids of groups, as a rule such as an interface in the subnet may join."""
        table = self.graph.groups
        if subnet_id in self.graph.subnets and sum(picks) % 8:
            network_id = self.graph.subnets[subnet_id].network_id
            table = {
                group.id: group
                for group in table.values()
                if group.network_id in {None, network_id} and not group.managed and not group.classic
            }
        return self.some(table, picks)

    def rules_of(self, direction, numbers):
        """Return rules by number: of ports, such that name groups, and now and then one that is wrong."""
        return tuple(self.rule_of(direction, number) for number in numbers)

    def rule_of(self, direction, number):
        if number < 16:
            block, port = IPv4Network("10.0.0.0/8"), (number % 8 + 1,) * 2
            verdict = Verdict.ACCEPT if number < 8 else Verdict.DROP
            return GroupRule(
                direction=direction, protocol=Protocol.TCP, ports=(port,), peer=block, verdict=verdict
            )
        if number < 30:
            peer = self.one(self.graph.groups, number - 16)
            return GroupRule(direction=direction, protocol=Protocol.ALL, peer_group_id=peer)
        protocol = Protocol.ICMP if number == 30 else Protocol.UDP
        return GroupRule(direction=direction, protocol=protocol, peer=IPv6Network("::/0"))

    def ruled(self, direction, pick):
        """Return the id of a group, most often of one with rules of the direction."""
        return self.one(self.fit(self.graph.groups, lambda each: each.rules.get(direction)), pick)

    def rules_there(self, group_id, direction):
        group = self.graph.groups.get(group_id)
        return () if group is None else group.rules.get(direction, ())

    # -- time --------------------------------------------------------------------------------

    @rule(duration=st.sampled_from([0, 1, SECOND, 3 * SECOND, 30 * SECOND, 30 * SECOND, DAY // 4, -SECOND]))
    def wait(self, duration):
        self.at += duration
        self.partition.settle(self.at)

    # -- commands ----------------------------------------------------------------------------

    @rule(durations=st.sampled_from([STEPS, FAST, INSTANT]), how=HOW)
    def set_durations(self, durations, how):
        self.do(SetDurations(durations), how)

    @rule(pick=PICK, fails=st.booleans())
    def release_operation(self, pick, fails):
        pending = self.partition.timeline.pending()
        held = {each.operation.id: None for each in pending if each.operation.held}
        self.do(ReleaseOperation(operation_id=self.one(held, pick), fails=fails))

    @rule(
        block=st.sampled_from(["10.0.0.0/16", "10.0.0.0/30", "11.0.0.0/16"]),
        ipv6=RARELY,
        default=RARELY,
        tags=TAGS,
        how=HOW,
    )
    def create_network(self, block, how, **more):
        self.do(CreateNetwork(block=IPv4Network(block), **more), how)

    @rule(zone=st.integers(0, 2), mask=st.sampled_from([26, 28, 30]), with_ipv6=RARELY, how=HOW)
    def create_default_subnet(self, zone, mask, how, *, with_ipv6):
        command = CreateDefaultSubnet(
            zone=(*self.rules.zones, "absent")[zone], mask=mask, ipv6_index=7 if with_ipv6 else None
        )
        self.do(command, how)

    @rule(
        network=PICK,
        zone=st.integers(0, 2),
        block=PLACES,
        ipv6_index=st.sampled_from([None, 0, 0, 7, 300]),
        tags=TAGS,
        how=HOW,
    )
    def create_subnet(self, network, zone, block, how, **more):
        command = CreateSubnet(
            network_id=self.one(self.graph.networks, network),
            zone=(*self.rules.zones, "absent")[zone],
            block=IPv4Network(block),
            **more,
        )
        self.do(command, how)

    @rule(
        network=PICK, zone=st.integers(0, 2), places=st.lists(PLACES, max_size=2), any_ipv6=RARELY, how=HOW
    )
    def create_subnets(self, network, zone, places, how, *, any_ipv6):
        command = CreateSubnets(
            tuple(
                CreateSubnet(
                    network_id=self.one(self.graph.networks, network),
                    zone=(*self.rules.zones, "absent")[zone],
                    block=IPv4Network(block),
                    any_ipv6=any_ipv6,
                )
                for block in places
            )
        )
        self.do(command, how)

    @rule(
        network=PICK,
        name=st.sampled_from([None, "n"]),
        block=st.sampled_from([None, None, *BLOCKS]),
        ipv6=st.sampled_from([None, None, True, False]),
        extras=st.sampled_from([{}, {"x": 1}]),
        how=HOW,
    )
    def modify_network(self, network, block, how, **more):
        wanted = None if block is None else IPv4Network(block)
        self.do(ModifyNetwork(network_id=self.one(self.graph.networks, network), block=wanted, **more), how)

    @rule(network=PICK, add=st.booleans(), block=st.sampled_from(BLOCKS), stray=RARELY, how=HOW)
    def change_blocks(self, network, block, how, *, add, stray):
        """Give a network a secondary block, or take those that it has away, or both."""
        network_id = self.one(self.graph.networks, network)
        found = self.graph.networks.get(network_id)
        secondary = () if found is None else found.secondary_blocks
        wanted = (IPv4Network(block),)
        command = ChangeBlocks(
            network_id=network_id,
            add=wanted if add else (),
            remove=wanted if stray and not add else secondary,
        )
        self.do(command, how)

    @rule(network=PICK, bare=st.booleans(), stray=RARELY, how=HOW)
    def change_ipv6_of_network(self, network, how, *, bare, stray):
        """Take the IPv6 block of a network if it has one, else give it one; now and then not.

        Often it is one of those whose subnets have no part of it.
        """
        graph, table = self.graph, self.graph.networks
        if bare:
            having = {s.network_id for s in graph.subnets.values() if s.ipv6_block is not None}
            table = [network_id for network_id in table if network_id not in having]
        network_id = self.one(table, network)
        found = graph.networks.get(network_id)
        has_one = found is not None and found.ipv6_block is not None
        self.do((TakeNetworkIpv6 if has_one is not stray else GiveNetworkIpv6)(network_id), how)

    @rule(subnet=PICK, without_ipv6=RARELY, ipv6_index=st.one_of(st.none(), INDEXES), how=HOW)
    def modify_subnet(self, subnet, how, **more):
        self.do(ModifySubnet(subnet_id=self.one(self.graph.subnets, subnet), name="n", **more), how)

    @rule(give=st.booleans(), network=PICK, picks=PICKS, index=INDEXES, how=HOW)
    def change_ipv6_of_subnets(self, network, picks, index, how, *, give):
        network_id = self.one(self.graph.networks, network)
        table = self.graph.subnets_by_network.ids(network_id) if sum(picks) % 8 else self.graph.subnets
        named = self.some(table, picks)
        if give:
            command = GiveSubnetsIpv6(network_id, dict.fromkeys(named, index))
        else:
            command = TakeSubnetsIpv6(network_id, dict.fromkeys(named))
        self.do(command, how)

    @rule(
        network=st.one_of(st.none(), PICK),
        kind=st.sampled_from(GroupKind),
        managed=RARELY,
        classic=RARELY,
        tags=TAGS,
        how=HOW,
    )
    def create_group(self, network, how, **more):
        network_id = None if network is None else self.one(self.graph.networks, network)
        self.do(CreateGroup(network_id=network_id, **more), how)

    @rule(
        group=PICK,
        name=st.sampled_from([None, "n"]),
        trusting=st.sampled_from([None, True, False]),
        how=HOW,
    )
    def modify_group(self, group, how, **more):
        self.do(ModifyGroup(group_id=self.one(self.graph.groups, group), **more), how)

    @rule(
        group=PICK,
        direction=DIRECTIONS,
        numbers=NUMBERS,
        place=st.sampled_from([None, None, 0, 1, 9]),
        version=VERSIONS,
        how=HOW,
    )
    def add_rules(self, group, direction, numbers, how, **more):
        group_id = self.one(self.graph.groups, group)
        rules = self.rules_of(direction, numbers)
        self.do(AddRules(group_id=group_id, direction=direction, rules=rules, **more), how)

    @rule(
        group=PICK, direction=DIRECTIONS, way=st.sampled_from("ipl"), pick=PICK, version=VERSIONS, how=HOW
    )
    def remove_rules(self, group, direction, way, pick, how, **more):
        group_id = self.ruled(direction, group)
        there = self.rules_there(group_id, direction)
        if way == "i":
            more["rule_ids"] = (self.one({rule.id: rule for rule in there}, pick),)
        elif way == "p":
            more["places"] = (pick % 4,)
        else:
            more["like"] = self.rules_of(direction, [pick % 16]) if pick % 8 == 7 else there[:1]
        self.do(RemoveRules(group_id=group_id, direction=direction, **more), how)

    @rule(
        group=PICK,
        direction=DIRECTIONS,
        pick=PICK,
        numbers=NUMBERS,
        version=VERSIONS,
        how=HOW,
    )
    def replace_rules(self, group, direction, pick, numbers, how, **more):
        group_id = self.ruled(direction, group)
        there = len(self.rules_there(group_id, direction))
        place = pick % (there + 1)
        rules = tuple(enumerate(self.rules_of(direction, numbers[: max(1, there - place)]), place))
        self.do(ReplaceRules(group_id=group_id, direction=direction, rules=rules, **more), how)

    @rule(
        group=PICK,
        ingress=st.one_of(st.none(), NUMBERS, st.just([])),
        egress=st.one_of(st.none(), NUMBERS),
        sort=st.booleans(),
        how=HOW,
    )
    def reset_rules(self, group, ingress, egress, how, *, sort):
        directions = {
            direction.value: self.rules_of(direction, numbers)
            for direction, numbers in ((Direction.INGRESS, ingress), (Direction.EGRESS, egress))
            if numbers is not None
        }
        group_id = self.one(self.graph.groups, group)
        self.do(ResetRules(group_id=group_id, sort=sort, **directions), how)

    @rule(
        group=PICK, direction=DIRECTIONS, pick=PICK, number=st.integers(0, 31), by_id=st.booleans(), how=HOW
    )
    def modify_rule(self, group, direction, pick, number, how, *, by_id):
        group_id = self.ruled(direction, group)
        there = {rule.id: rule for rule in self.rules_there(group_id, direction)}
        rule_id = self.one(there, pick)
        named = {"rule_id": rule_id} if by_id or rule_id not in there else {"like": there[rule_id]}
        wanted = self.rule_of(direction, number)
        changes = {name: getattr(wanted, name) for name in ("protocol", "ports", "peer", "peer_group_id")}
        self.do(ModifyRule(group_id=group_id, direction=direction, changes=changes, **named), how)

    @rule(network=PICK, empty=OFTEN, how=HOW)
    def delete_network(self, network, empty, how):
        table = self.graph.networks
        if empty:
            graph = self.graph
            taken = {each.network_id for each in (*graph.subnets.values(), *graph.groups.values())}
            table = self.fit(table, lambda each: each.id not in taken)
        self.do(DeleteNetwork(self.one(table, network)), how)

    @rule(subnet=PICK, how=HOW)
    def delete_subnet(self, subnet, how):
        self.do(DeleteSubnet(self.one(self.graph.subnets, subnet)), how)

    @rule(group=PICK, how=HOW)
    def delete_group(self, group, how):
        self.do(DeleteGroup(self.one(self.graph.groups, group)), how)

    @rule(
        type_name=st.sampled_from(["large"] * 6 + ["small", "cold", "bare", "plain", "absent"]),
        subnet=PICK,
        count=st.sampled_from([0, 1, 1, 1, 2, 3]),
        certain=st.one_of(st.none(), st.none(), st.lists(ADDRESSES, min_size=3, max_size=3)),
        groups=GROUPS,
        addresses=PLANS,
        boot=st.booleans(),
        queues=st.sampled_from([None, None, 1, 9]),
        protected=RARELY,
        classic=RARELY,
        beside=st.lists(
            st.tuples(PICK, st.booleans(), WISHES, st.sampled_from([None, None, None, 0, 2])), max_size=2
        ),
        tags=TAGS,
        how=HOW,
    )
    def run_instances(self, subnet, count, certain, groups, how, *, beside, **more):
        subnet_id = self.one(self.graph.subnets, subnet)
        command = RunInstances(
            secondaries=tuple(self.secondary(subnet_id, groups, each) for each in beside),
            subnet_id=subnet_id,
            names=("a", "b", "c")[:count],
            primary_ips=() if certain is None else tuple(certain[:count]),
            group_ids=self.groups(subnet_id, groups),
            **more,
        )
        self.do(command, how)

    def secondary(self, subnet_id, groups, how):
        """Return an interface to come with an instance: a new one near it, or often a free one."""
        pick, new, wish, card = how
        if not new:
            free = [i.id for i in self.graph.interfaces.values() if i.state is InterfaceState.AVAILABLE]
            return Secondary(self.one(free if pick % 8 else self.graph.interfaces, pick), card=card)
        if pick % 8 == 0:
            subnet_id = self.one(self.graph.subnets, pick)
        plan = AddressPlan(primary=wish, secondaries=(ANY,) * (pick % 2))
        create = CreateInterface(
            subnet_id=subnet_id,
            group_ids=self.groups(subnet_id, groups),
            addresses=plan,
            kind=InterfaceKind.TRUNK if pick % 5 == 0 else InterfaceKind.SECONDARY,
            managed=pick % 16 == 3,
        )
        return Secondary(create, card=card)

    @rule(
        command=st.sampled_from([StartInstances, StopInstances, RebootInstances]), instances=PICKS, how=HOW
    )
    def move_instances(self, command, instances, how):
        """Start, stop or reboot instances, most often those that are in the state for it."""
        table = self.graph.instances
        if sum(instances) % 4:
            begins = InstanceState.STOPPED if command is StartInstances else InstanceState.RUNNING
            table = self.fit(table, lambda each: each.state is begins)
        self.do(command(self.some(table, instances)), how)

    @rule(
        instances=PICKS,
        name=st.sampled_from([None, "n"]),
        protected=st.sampled_from([None, None, True, False]),
        groups=st.one_of(st.none(), GROUPS),
        queues=st.sampled_from([None, None, 0, 2, 9]),
        extras=st.sampled_from([None, {"x": 1}]),
        how=HOW,
    )
    def modify_instances(self, instances, groups, how, **more):
        instance_ids = self.some(self.graph.instances, instances)
        first = self.graph.instances.get((*instance_ids, "absent")[0])
        subnet_id = "absent" if first is None else first.subnet_id
        group_ids = None if groups is None else self.groups(subnet_id, groups)
        self.do(ModifyInstances(instance_ids=instance_ids, group_ids=group_ids, **more), how)

    @rule(
        instances=PICKS,
        type_name=st.sampled_from(["large", "large", "small", "cold", "bare", "plain", "absent"]),
        restart=st.booleans(),
        how=HOW,
    )
    def resize_instances(self, instances, how, **more):
        self.do(ResizeInstances(instance_ids=self.some(self.graph.instances, instances), **more), how)

    @rule(instances=PICKS, force=st.booleans(), how=HOW)
    def delete_instances(self, instances, force, how):
        command = DeleteInstances(instance_ids=self.some(self.graph.instances, instances), force=force)
        self.do(command, how)

    @rule(
        subnet=PICK,
        groups=GROUPS,
        kind=st.sampled_from([*InterfaceKind] + [InterfaceKind.SECONDARY, InterfaceKind.TRUNK] * 4),
        addresses=PLANS,
        tags=TAGS,
        delete_on_release=st.sampled_from([None, True, False]),
        protected=RARELY,
        managed=RARELY,
        rdma=RARELY,
        queues=st.sampled_from([None, 1, 5]),
        queue_pairs=st.sampled_from([None, 1, 8]),
        how=HOW,
    )
    def create_interface(self, subnet, groups, how, **more):
        subnet_id = self.one(self.graph.subnets, subnet)
        command = CreateInterface(
            subnet_id=subnet_id,
            group_ids=self.groups(subnet_id, groups),
            **more,
        )
        self.do(command, how)

    @rule(
        interface=PICK,
        instance=PICK,
        trunk=st.one_of(st.none(), st.none(), PICK),
        card=st.sampled_from([None, None, 0, 2]),
        extension=RARELY,
        how=HOW,
    )
    def attach_interface(self, interface, instance, trunk, how, **more):
        command = AttachInterface(
            interface_id=self.one(self.graph.interfaces, interface),
            instance_id=self.one(self.graph.instances, instance),
            trunk_id=None if trunk is None else self.one(self.graph.interfaces, trunk),
            **more,
        )
        self.do(command, how)

    @rule(pick=PICK, trunk_named=st.booleans(), how=HOW)
    def attach_what_probably_fits(self, pick, trunk_named, how):
        """Attach one of the available interfaces to an instance of its zone, on its trunk if it has one."""
        graph = self.graph
        available = [i for i in graph.interfaces.values() if i.state is InterfaceState.AVAILABLE]
        if not available:
            return
        interface = available[pick % len(available)]
        instances = [i.id for i in graph.instances.values() if i.zone == interface.zone] or ["absent"]
        instance_id = instances[pick % len(instances)]
        trunks = [
            i
            for i in graph.interfaces_by_instance.ids(instance_id)
            if graph.interfaces[i].kind is InterfaceKind.TRUNK
        ]
        trunk_id = trunks[0] if trunks and trunk_named else None
        command = AttachInterface(interface_id=interface.id, instance_id=instance_id, trunk_id=trunk_id)
        self.do(command, how)

    @rule(interface=PICK, instance=PICK, trunk=st.one_of(st.none(), st.none(), PICK), how=HOW)
    def detach_interface(self, interface, instance, trunk, how):
        command = DetachInterface(
            interface_id=self.one(self.graph.interfaces, interface),
            instance_id=self.one(self.graph.instances, instance),
            trunk_id=None if trunk is None else self.one(self.graph.interfaces, trunk),
        )
        self.do(command, how)

    @rule(pick=PICK, trunk_named=st.booleans(), how=HOW)
    def detach_what_is_probably_attached(self, pick, trunk_named, how):
        """Detach one of the attached interfaces, newest first, so that members go before their trunk."""
        attached = [
            i
            for i in self.graph.interfaces.values()
            if i.attachment and i.kind is not InterfaceKind.PRIMARY
        ]
        if not attached:
            return
        interface = attached[-1 - pick % 4 % len(attached)]
        command = DetachInterface(
            interface_id=interface.id,
            instance_id=interface.attachment.instance_id,
            trunk_id=interface.attachment.trunk_id if trunk_named else None,
        )
        self.do(command, how)

    @rule(
        interface=PICK,
        secondaries=st.lists(WISHES, max_size=3).map(tuple),
        ipv6=st.lists(st.just(ANY), max_size=2).map(tuple),
        ipv4_prefixes=st.sampled_from([(), (), (ANY_PREFIX,)]),
        ipv6_prefixes=st.sampled_from([(), (), (ANY_PREFIX,)]),
        how=HOW,
    )
    def assign_addresses(self, interface, how, **more):
        self.do(AssignAddresses(interface_id=self.one(self.graph.interfaces, interface), **more), how)

    def held(self, interface_id, picks):
        """Return IPv4 and IPv6 addresses, IPv4 and IPv6 prefixes that an interface, or none, holds."""
        interface = self.graph.interfaces.get(interface_id)
        if interface is None:
            return [(), (), (), ()]
        lists = (
            [address.ip for address in interface.ipv4[1:]],
            [address.ip for address in interface.ipv6],
            interface.ipv4_prefixes,
            interface.ipv6_prefixes,
        )
        return [tuple(ips[-1 - pick % len(ips)] for pick in picks if pick % 3 and ips) for ips in lists]

    @rule(interface=PICK, picks=PICKS, primary=RARELY, stray=RARELY, how=HOW)
    def unassign_addresses(self, interface, picks, primary, stray, how):
        interface_id = self.one(self.graph.interfaces, interface)
        ipv4, ipv6, ipv4_prefixes, ipv6_prefixes = self.held(interface_id, picks)
        if primary and interface_id in self.graph.interfaces:
            ipv4 += (self.graph.interfaces[interface_id].primary_ip,)
        command = UnassignAddresses(
            interface_id=interface_id,
            ipv4=ipv4,
            ipv6=ipv6,
            ipv4_prefixes=ipv4_prefixes + (ip("10.0.0.16"),) * stray,
            ipv6_prefixes=ipv6_prefixes,
        )
        self.do(command, how)

    @rule(pick=PICK, destination=PICK, near=st.booleans(), primary=RARELY, how=HOW)
    def move_address(self, pick, destination, near, primary, how):
        """Move an address from where there is one to spare, often to a neighbour."""
        interfaces = self.graph.interfaces
        at_rest = {InterfaceState.AVAILABLE, InterfaceState.IN_USE}
        rich = [i for i in interfaces.values() if len(i.ipv4) > 1 and (i.state in at_rest or not near)]
        sources = [i.id for i in rich] or ["absent"]
        source_id = sources[pick % len(sources)]
        source = interfaces.get(source_id)
        if source is None:
            where, what = interfaces, 0
        else:
            others = (i for i in interfaces.values() if i is not source and i.state in at_rest)
            close = [i.id for i in others if i.subnet_id == source.subnet_id]
            where = close if near else interfaces
            what = source.ipv4[0 if primary else -1].ip
        command = MoveAddress(source_id=source_id, destination_id=self.one(where, destination), ip=what)
        self.do(command, how)

    @rule(interface=PICK, picks=PICKS, stray=RARELY, how=HOW)
    def describe_addresses(self, interface, picks, stray, how):
        interface_id = self.one(self.graph.interfaces, interface)
        ipv4, ipv6, *_ = self.held(interface_id, picks)
        ips = (*ipv4, *ipv6, *(ip("10.0.0.0"),) * stray)
        descriptions = {each: f"d{place}" for place, each in enumerate(ips)}
        self.do(DescribeAddresses(interface_id=interface_id, descriptions=descriptions), how)

    @rule(
        interface=PICK,
        name=st.sampled_from([None, "n"]),
        groups=st.one_of(st.none(), st.none(), GROUPS),
        delete_on_release=st.sampled_from([None, None, True, False]),
        queues=st.sampled_from([None, None, None, 1, 5, 9]),
        queue_pairs=st.sampled_from([None, None, None, 1, 8]),
        rdma=st.sampled_from([None, None, None, True, False]),
        protected=st.sampled_from([None, None, None, True, False]),
        extras=st.sampled_from([None, None, {"x": 1}]),
        how=HOW,
    )
    def modify_interface(self, interface, groups, how, **more):
        interface_id = self.one(self.graph.interfaces, interface)
        group_ids = None if groups is None else self.joinable(interface_id, groups)
        self.do(ModifyInterface(interface_id=interface_id, group_ids=group_ids, **more), how)

    def joinable(self, interface_id, picks):
        interface = self.graph.interfaces.get(interface_id)
        return self.groups("absent" if interface is None else interface.subnet_id, picks)

    @rule(interfaces=PICKS, groups=GROUPS, how=HOW)
    def join_groups(self, interfaces, groups, how):
        interface_ids = self.some(self.graph.interfaces, interfaces)
        group_ids = self.joinable((*interface_ids, "absent")[0], groups)
        self.do(JoinGroups(interface_ids=interface_ids, group_ids=group_ids), how)

    @rule(interfaces=PICKS, groups=GROUPS, how=HOW)
    def leave_groups(self, interfaces, groups, how):
        """Let interfaces leave groups, most often such as the first one is in."""
        rich = self.fit(self.graph.interfaces, lambda each: len(each.group_ids) > 1)
        interface_ids = self.some(rich if sum(groups) % 4 else self.graph.interfaces, interfaces)
        first = self.graph.interfaces.get((*interface_ids, "absent")[0])
        group_ids = self.some(self.graph.groups if first is None else first.group_ids, groups)
        self.do(LeaveGroups(interface_ids=interface_ids, group_ids=group_ids), how)

    @rule(pick=PICK, source=PICK, destination=PICK, extension=RARELY, how=HOW)
    def migrate_interface(self, pick, source, destination, how, *, extension):
        """Migrate one of the attached interfaces, often to another instance of its zone."""
        graph = self.graph
        attached = [
            i
            for i in graph.interfaces.values()
            if i.state is InterfaceState.IN_USE and i.kind is not InterfaceKind.PRIMARY
        ]
        if pick % 16 == 15 or not attached:
            interface_id = self.one(graph.interfaces, pick)
            source_id, instances = self.one(graph.instances, source), graph.instances
        else:
            interface = attached[pick % len(attached)]
            interface_id, source_id = interface.id, interface.attachment.instance_id
            near = (i.id for i in graph.instances.values() if i.zone == interface.zone)
            instances = [instance_id for instance_id in near if instance_id != source_id]
        command = MigrateInterface(
            interface_id=interface_id,
            source_instance_id=source_id,
            destination_instance_id=self.one(instances, destination),
            extension=extension,
        )
        self.do(command, how)

    @rule(
        instance=PICK,
        near=OFTEN,
        subnet=PICK,
        groups=GROUPS,
        addresses=PLANS,
        kind=st.sampled_from([InterfaceKind.SECONDARY, InterfaceKind.SECONDARY, InterfaceKind.TRUNK]),
        managed=RARELY,
        rdma=RARELY,
        extension=RARELY,
        how=HOW,
    )
    def create_and_attach_interface(self, instance, subnet, groups, how, **more):
        near, extension = more.pop("near"), more.pop("extension")
        at_rest = {InstanceState.RUNNING, InstanceState.STOPPED}
        instances = self.fit(self.graph.instances, lambda each: not near or each.state in at_rest)
        instance_id = self.one(instances, instance)
        subnet_id = self.one(self.graph.subnets, subnet)
        if near and instance_id in self.graph.instances:
            subnet_id = self.graph.instances[instance_id].subnet_id
        create = CreateInterface(subnet_id=subnet_id, group_ids=self.groups(subnet_id, groups), **more)
        command = CreateAndAttachInterface(create, instance_id=instance_id, extension=extension)
        self.do(command, how)

    @rule(interface=PICK, free=st.booleans(), how=HOW)
    def delete_interface(self, interface, free, how):
        table = self.graph.interfaces
        if free:
            table = [i.id for i in table.values() if i.state is InterfaceState.AVAILABLE]
        self.do(DeleteInterface(self.one(table, interface)), how)

    # -- public addresses --------------------------------------------------------------------

    @rule(
        count=st.sampled_from([0, 1, 1, 2]),
        certain=st.sampled_from([(), (), (0,), (1, 2), (1, 1)]),
        tags=TAGS,
        how=HOW,
    )
    def allocate_public_addresses(self, count, certain, tags, how):
        first = self.graph.public_pool.first
        ips = tuple(first + place for place in certain)
        self.do(AllocatePublicAddresses(count=count, ips=ips, tags=tags), how)

    @rule(
        address=PICK,
        holder=PICK,
        place=st.integers(0, 2),
        way=st.fixed_dictionaries({"by_instance": RARELY, "stray": RARELY}),
        how=HOW,
    )
    def associate_public_address(self, address, holder, place, way, how):
        """Associate an address, often a free one, with one of an interface's, or with an instance."""
        graph = self.graph
        free = [each.id for each in graph.public_addresses.values() if each.association is None]
        address_id = self.one(free if holder % 4 else graph.public_addresses, address)
        if way["by_instance"]:
            instance_id = self.one(graph.instances, holder)
            command = AssociatePublicAddress(address_id=address_id, instance_id=instance_id)
        else:
            interface_id = self.one(graph.interfaces, holder)
            found = graph.interfaces.get(interface_id)
            held = None if found is None or way["stray"] else found.ipv4[place % len(found.ipv4)].ip
            command = AssociatePublicAddress(
                address_id=address_id,
                interface_id=interface_id,
                ip=ip("10.0.0.0") if way["stray"] else held,
            )
        self.do(command, how)

    @rule(address=PICK, how=HOW)
    def disassociate_public_address(self, address, how):
        bound = [each.id for each in self.graph.public_addresses.values() if each.association]
        self.do(DisassociatePublicAddress(self.one(bound, address)), how)

    @rule(addresses=PICKS, how=HOW)
    def release_public_addresses(self, addresses, how):
        self.do(ReleasePublicAddresses(self.some(self.graph.public_addresses, addresses)), how)

    @rule(addresses=PICKS, name=st.sampled_from([None, "n"]), how=HOW)
    def modify_public_addresses(self, addresses, name, how):
        address_ids = self.some(self.graph.public_addresses, addresses)
        self.do(ModifyPublicAddresses(address_ids=address_ids, name=name, extras={"x": 1}), how)

    # -- tags, permissions, extras -----------------------------------------------------------

    @rule(
        kind=st.sampled_from(list(KINDS)),
        resources=PICKS,
        put=TAGS,
        drop=st.tuples(
            st.sampled_from([(), (), ("k",), ("k", "l"), None]),
            st.sampled_from([Keys.ANY, Keys.ANY, Keys.ABSENT, Keys.PRESENT]),
        ),
        how=HOW,
    )
    def change_tags(self, kind, resources, put, drop, how):
        resource_ids = self.some(self.graph.table(kind), resources)
        drop, keys = drop
        command = ChangeTags(kind=kind, resource_ids=resource_ids, put=put, drop=drop, keys=keys)
        self.do(command, how)

    @rule(tags=st.lists(st.sampled_from([("k", "v"), ("k", "w"), ("m", "v")]), max_size=2), how=HOW)
    def create_tags(self, tags, how):
        self.do(CreateTags(tuple(tags)), how)

    @rule(tags=st.lists(st.sampled_from([("k", "v"), ("k", "w"), ("m", "v")]), max_size=2), how=HOW)
    def delete_tags(self, tags, how):
        self.do(DeleteTags(tuple(tags)), how)

    @rule(interface=PICK, account=st.sampled_from("12"), how=HOW)
    def grant_permission(self, interface, account, how):
        interface_id = self.one(self.graph.interfaces, interface)
        self.do(GrantPermission(interface_id=interface_id, account=account), how)

    @rule(permission=PICK, how=HOW)
    def revoke_permission(self, permission, how):
        self.do(RevokePermission(self.one(self.graph.permissions, permission)), how)

    @rule(interface=PICK, value=st.integers(0, 3), how=HOW)
    def store_extras(self, interface, value, how):
        interface_id = self.one(self.graph.interfaces, interface)
        self.do(StoreExtras(interface_id=interface_id, extras={"x": value}), how)

    # -- what is always true -----------------------------------------------------------------

    @invariant()
    def is_sound(self):
        if hasattr(self, "partition"):
            assert check(self.partition) == []

    @invariant()
    def moves_by_the_lifecycle_tables_only(self):
        if not hasattr(self, "partition"):
            return
        resources = {
            **self.graph.interfaces,
            **self.graph.instances,
            **self.graph.public_addresses,
        }
        for resource_id, (resource, before) in self.seen.items():
            assert resource.state in reachable(LIFECYCLES[type(before)], before)
            assert (resource.state.value == "gone") is (resource_id not in resources)
        self.seen = {resource_id: (each, each.state) for resource_id, each in resources.items()}

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
            assert partition.timeline.next_due is None
            assert all(o.state is not OperationState.RUNNING for o in partition.graph.operations.values())
            assert check(partition) == []
        assert dump(again) == dump(self.partition)


LEAST, MOST = 3, 9
"""How many rounds are walked: more than the least only until each command was granted once."""


def test_no_sequence_of_commands_breaks_a_partition():
    for number in range(MOST):
        machine = type("Machine", (PartitionMachine,), {})
        run_state_machine_as_test(
            seed(number)(machine) if settings.default.derandomize else machine,
            settings=settings(
                max_examples=25,
                stateful_step_count=100,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
        if number + 1 >= LEAST and PartitionMachine.granted == COMMANDS:
            break
    assert PartitionMachine.granted == COMMANDS
    assert PartitionMachine.steps >= 3_000
    assert len(PartitionMachine.refused) >= 30
