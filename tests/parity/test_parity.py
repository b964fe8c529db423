"""Two tongues, one brain: what both clouds have in common comes out the same on both.

One machine drives both dialects through real HTTP bodies. After each step both have accepted, or both have
refused for the same reason, and the two core graphs are the same but for ids and addresses. Where the
clouds differ by their rules the machine stays on common ground: it waits until something new is usable,
keeps groups within their network and subnets roomy, and never repeats a detach or delete under way.
"""

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from tests.parity.address_lists import ListRules
from tests.parity.flow_logs import FlowLogRules
from tests.parity.machine import thorough
from tests.parity.network_acls import AclRules
from tests.parity.outcomes import STATUS
from tests.parity.payments import PaymentRules

from duolect_core.model.lifecycles import InterfaceState

_PICK = st.integers(0, 4)
"""Which of the things there are: a rule takes this number modulo their count."""
_CHANGES = ("start", "stop", "stop", "reboot", "reboot", "delete_instance")
_ENOUGH = 6
"""This many subnets and groups are made at most, so that there is time for what happens in them."""


class ParityMachine(AclRules, FlowLogRules, ListRules, PaymentRules):
    """Both clouds, side by side.

    Each begins with two networks, three subnets in two zones, a group in each network, an instance in each
    zone and two interfaces.
    """

    def __init__(self) -> None:
        super().__init__()
        self.home: dict[str, str] = {}
        self.subnets: list[str] = []
        self.groups: list[str] = []
        self.instances: list[str] = []
        self.interfaces: list[str] = []
        self.rules: set[tuple[str, int, str | None, bool]] = set()
        """The rules of groups that were added and not removed again."""
        self.publics: list[str] = []
        self.networks = [self.made("network", "create_network") for _ in range(2)]
        for network, zone, octet in ((0, 0, 0), (0, 1, 1), (1, 0, 0)):
            self.create_subnet(network, zone, octet)
        for network in range(2):
            self.create_group(network)
        for subnet in range(2):
            self.run_instance(subnet, 0)
            self.create_interface(subnet, 0, subnet)
        for _ in range(2):
            self.allocate()

    def _place(self, subnet: int, group: int) -> tuple[str, str, str] | None:
        """Return network, subnet and group, all alive and at home in one network, or None."""
        graph = self.alibaba.client.partition.graph
        name = self.subnets[subnet % len(self.subnets)]
        neighbours = [
            each
            for each in self.groups
            if self.home[each] == self.home[name] and self.alibaba.names[each] in graph.groups
        ]
        if not neighbours or self.alibaba.names[name] not in graph.subnets:
            return None
        return self.home[name], name, neighbours[group % len(neighbours)]

    def _state(self, interface: str) -> InterfaceState | None:
        graph = self.alibaba.client.partition.read(self.world.clock.now())
        found = graph.interfaces.get(self.alibaba.names[interface])
        return None if found is None else found.state

    # -- building -------------------------------------------------------------------------------

    @precondition(lambda self: len(self.subnets) < _ENOUGH)
    @rule(network=_PICK, zone=st.integers(0, 1), octet=st.integers(0, 9))
    def create_subnet(self, network: int, zone: int, octet: int) -> None:
        home = self.networks[network % len(self.networks)]
        self.subnets.append(self.made("subnet", "create_subnet", home, zone, octet))
        self.home[self.subnets[-1]] = home

    @precondition(lambda self: len(self.groups) < _ENOUGH)
    @rule(network=_PICK)
    def create_group(self, network: int) -> None:
        home = self.networks[network % len(self.networks)]
        self.groups.append(self.made("group", "create_group", home))
        self.home[self.groups[-1]] = home

    @rule(subnet=_PICK, group=_PICK)
    def run_instance(self, subnet: int, group: int) -> None:
        if place := self._place(subnet, group):
            self.instances.append(self.made("instance", "run_instance", *place))

    @rule(subnet=_PICK, group=_PICK)
    def run_instance_with_another_interface(self, subnet: int, group: int) -> None:
        if place := self._place(subnet, group):
            self.instances.append(self.made("instance", "run_instance_with", *place, None))
            other = f"{self.instances[-1]}'s other"
            if other in self.alibaba.names:
                self.interfaces.append(other)

    @precondition(lambda self: self.interfaces)
    @rule(subnet=_PICK, group=_PICK, interface=_PICK)
    def run_instance_with_a_free_interface(self, subnet: int, group: int, interface: int) -> None:
        if place := self._place(subnet, group):
            graph = self.alibaba.client.partition.read(self.world.clock.now())
            name = self.interfaces[-1 - interface % len(self.interfaces)]
            found = graph.interfaces.get(self.alibaba.names[name])
            # One cloud has one code for another zone and another network; the zone is the same here.
            if found is None or found.zone == graph.subnets[self.alibaba.names[place[1]]].zone:
                self.instances.append(self.made("instance", "run_instance_with", *place, name))

    @rule(subnet=_PICK, group=_PICK, count=st.integers(0, 6))
    def create_interface(self, subnet: int, group: int, count: int) -> None:
        if place := self._place(subnet, group):
            self.interfaces.append(self.made("interface", "create_interface", *place, count))

    # -- changing -------------------------------------------------------------------------------

    @rule(
        pick=st.integers(0, 40),
        key=st.sampled_from("abc"),
        value=st.sampled_from([None, None, "x", "y"]),
    )
    def change_tags(self, pick: int, key: str, value: str | None) -> None:
        """Put a tag on something, or take one off, be it there or not."""
        names = [*self.networks, *self.subnets, *self.groups, *self.instances, *self.interfaces]
        named = [name for name in names if "'" not in name]
        name = named[pick % len(named)]
        if value is None:
            self.both("untag", name, key)
        else:
            self.both("tag", name, key, value)

    @rule(action=st.sampled_from([f"{verb}NetworkInterface" for verb in ("Attach", "Detach", "Delete")]))
    def let_the_next_one_fail(self, action: str) -> None:
        """A change that is accepted and fails in the end leaves the same behind."""
        self.let_fail(action, action)

    @precondition(lambda self: self.interfaces and self.instances)
    @rule(interface=_PICK, instance=_PICK)
    def attach(self, interface: int, instance: int) -> None:
        self.both(
            "attach",
            self.interfaces[-1 - interface % len(self.interfaces)],
            self.instances[-1 - instance % len(self.instances)],
        )

    @precondition(lambda self: self.interfaces and self.instances)
    @rule(interface=_PICK, instance=_PICK)
    def detach(self, interface: int, instance: int) -> None:
        name = self.interfaces[-1 - interface % len(self.interfaces)]
        if self._state(name) is not InterfaceState.DETACHING:
            self.both("detach", name, self.instances[-1 - instance % len(self.instances)])

    @rule(pick=_PICK)
    def detach_what_is_attached(self, pick: int) -> None:
        graph = self.alibaba.client.partition.read(self.world.clock.now())
        names = {resource_id: name for name, resource_id in self.alibaba.names.items()}
        bonds = [
            (names[each.id], names[each.attachment.instance_id])
            for each in graph.interfaces.values()
            if each.id in names and each.attachment and each.state is InterfaceState.IN_USE
        ]
        if bonds:
            self.both("detach", *bonds[pick % len(bonds)])

    @precondition(lambda self: self.interfaces)
    @rule(interface=_PICK)
    def delete_interface(self, interface: int) -> None:
        name = self.interfaces[-1 - interface % len(self.interfaces)]
        if self._state(name) is not InterfaceState.DELETING:
            self.both("delete_interface", name)

    @precondition(lambda self: self.interfaces)
    @rule(interface=_PICK, count=st.integers(1, 4))
    def assign(self, interface: int, count: int) -> None:
        self.both("assign", self.interfaces[-1 - interface % len(self.interfaces)], count)
        self.world.advance(1_000)

    @precondition(lambda self: self.interfaces)
    @rule(interface=_PICK, place=st.integers(1, 3))
    def unassign(self, interface: int, place: int) -> None:
        """Take a secondary address back; what a primary one is called differs too much to compare."""
        name = self.interfaces[-1 - interface % len(self.interfaces)]
        found = self.alibaba.client.partition.graph.interfaces.get(self.alibaba.names[name])
        if found is None or place < len(found.ipv4):
            self.both("unassign", name, place)
            self.world.advance(1_000)

    @precondition(lambda self: self.instances)
    @rule(instance=_PICK, action=st.sampled_from(_CHANGES))
    def change_instance(self, instance: int, action: str) -> None:
        self.both(action, self.instances[-1 - instance % len(self.instances)])

    @precondition(lambda self: self.instances)
    @rule(instance=_PICK, group=_PICK)
    def regroup(self, instance: int, group: int) -> None:
        """Put an instance into another group of its network."""
        graph = self.alibaba.client.partition.read(self.world.clock.now())
        name = self.instances[-1 - instance % len(self.instances)]
        found = graph.instances.get(self.alibaba.names[name])
        groups = [
            each
            for each in self.groups
            if (known := graph.groups.get(self.alibaba.names[each])) is not None
            and (found is None or known.network_id == found.network_id)
        ]
        if groups:
            self.both("regroup", name, groups[group % len(groups)])

    @precondition(lambda self: len(self.publics) < _ENOUGH)
    @rule()
    def allocate(self) -> None:
        self.publics.append(self.made("public", "allocate"))

    @rule(public=_PICK, interface=_PICK, place=st.integers(0, 2))
    def associate(self, public: int, interface: int, place: int) -> None:
        name = self.interfaces[-1 - interface % len(self.interfaces)]
        self.both("associate", self.publics[public % len(self.publics)], name, place)

    @precondition(lambda self: self.instances)
    @rule(public=_PICK, instance=_PICK)
    def associate_instance(self, public: int, instance: int) -> None:
        self.both(
            "associate_instance",
            self.publics[public % len(self.publics)],
            self.instances[-1 - instance % len(self.instances)],
        )

    @rule(pick=_PICK)
    def disassociate_what_is_bound(self, pick: int) -> None:
        graph = self.alibaba.client.partition.read(self.world.clock.now())
        bound = [
            name
            for name in self.publics
            if (found := graph.public_addresses.get(self.alibaba.names[name])) and found.association
        ]
        if bound:
            self.both("disassociate", bound[pick % len(bound)])

    @rule(public=_PICK, action=st.sampled_from(["disassociate", "release"]))
    def let_go(self, public: int, action: str) -> None:
        self.both(action, self.publics[public % len(self.publics)])

    @rule(pick=st.integers(0, 30), action=st.sampled_from(["delete_subnet", "delete_group"]))
    def delete_ground(self, pick: int, action: str) -> None:
        ground = self.subnets if action == "delete_subnet" else self.groups
        name = ground[pick % len(ground)]
        if self.alibaba.names[name] not in self.alibaba.client.partition.graph.network_acl_by_subnet:
            self.both(action, name)
        if action == "delete_subnet":
            self.world.advance(1_000)

    @rule(group=_PICK, port=st.integers(1, 3), peer=st.one_of(st.none(), _PICK), outbound=st.booleans())
    def add_rule(self, group: int, port: int, peer: int | None, *, outbound: bool) -> None:
        """Add a rule that is not there yet, which may name another group of the network."""
        name = self.groups[group % len(self.groups)]
        self._change_rules("add_rule", name, port, peer, outbound=outbound)

    @rule(group=_PICK, port=st.integers(1, 3), peer=st.one_of(st.none(), _PICK), outbound=st.booleans())
    def remove_rule(self, group: int, port: int, peer: int | None, *, outbound: bool) -> None:
        name = self.groups[group % len(self.groups)]
        self._change_rules("remove_rule", name, port, peer, outbound=outbound)

    @rule(group=_PICK)
    def ask_who_names_a_group(self, group: int) -> None:
        name = self.groups[group % len(self.groups)]
        if self.alibaba.names[name] in self.alibaba.client.partition.graph.groups:
            found = []
            for driver in (self.alibaba, self.tencent):
                named = {resource_id: each for each, resource_id in driver.names.items()}
                found.append([named[naming] for naming in driver.naming(name)])
            assert found[0] == found[1]

    def _change_rules(self, action: str, name: str, port: int, peer: int | None, *, outbound: bool) -> None:
        others = [each for each in self.groups if self.home[each] == self.home[name] and each != name]
        named = others[peer % len(others)] if peer is not None and others else None
        known = (name, port, named, outbound)
        if action == "add_rule" and known in self.rules:
            return
        if self.both(action, name, port, named, outbound=outbound) == "ok":
            (self.rules.add if action == "add_rule" else self.rules.discard)(known)

    @rule(network=_PICK, octet=st.integers(0, 7), remove=st.booleans())
    def change_secondary_blocks(self, network: int, octet: int, remove: bool) -> None:  # noqa: FBT001
        """Give a network a secondary block, or take the oldest that it has away."""
        name = self.networks[network % len(self.networks)]
        found = self.alibaba.client.partition.graph.networks[self.alibaba.names[name]]
        if remove and found.secondary_blocks:
            self.both("remove_block", name, str(found.secondary_blocks[0]))
        else:
            self.both("add_block", name, f"192.168.{octet}.0/24")

    @rule(network=_PICK)
    def switch_ipv6_of_a_network(self, network: int) -> None:
        """Give a network IPv6, or take it away; what giving it twice is called differs too much."""
        name = self.networks[network % len(self.networks)]
        found = self.alibaba.client.partition.graph.networks[self.alibaba.names[name]]
        self.both("switch_network_ipv6", name, on=found.ipv6_block is None)

    @rule(subnet=_PICK, index=st.integers(0, 1))
    def switch_ipv6_of_a_subnet(self, subnet: int, index: int) -> None:
        """Give a subnet of a network with IPv6 a part of it, or take it away, and let it come to rest."""
        name = self.subnets[subnet % len(self.subnets)]
        graph = self.alibaba.client.partition.graph
        found = graph.subnets.get(self.alibaba.names[name])
        if found is not None and found.ipv6_block is not None:
            self.both("take_subnet_ipv6", self.home[name], name)
        elif graph.networks[self.alibaba.names[self.home[name]]].ipv6_block is not None:
            self.both("give_subnet_ipv6", self.home[name], name, index)
        self.world.advance(1_000)

    # -- what must be the same --------------------------------------------------------------------

    @precondition(lambda self: self.interfaces)
    @rule(interface=_PICK)
    def both_show_the_same_state(self, interface: int) -> None:
        name = self.interfaces[-1 - interface % len(self.interfaces)]
        shown = (self.alibaba.status(name), self.tencent.status(name))
        state = self._state(name)
        assert shown == ((None, None) if state is None else STATUS[state])


ParityMachine.TestCase.settings = thorough(150)
TestParity = ParityMachine.TestCase
