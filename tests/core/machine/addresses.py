"""Any commands on private and public addresses."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.builders import ip
from tests.core.machine.base import Machine
from tests.core.machine.strategies import ADDRESS_REQUESTS, HOW, PICK, PICKS, RARELY, TAGS
from tests.core.model.rules import DAY

from duolect_core.interfaces.private_ips import (
    AssignAddresses,
    MoveAddress,
    SetAddressDescriptions,
    UnassignAddresses,
)
from duolect_core.model.lifecycles import STEADY_INTERFACE
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
    DisassociatePublicAddress,
    ModifyPublicAddresses,
    ReleasePublicAddresses,
)
from duolect_core.public_addresses.segments import AllocateSegment, ReleaseSegment
from duolect_core.public_addresses.traffic_packages import CreateTrafficPackages, DeleteTrafficPackages
from duolect_core.relations.address_plans import ANY, ANY_PREFIX


class AddressRules(Machine):
    """Assigns, moves and takes away private addresses, and public ones."""

    def set_up_segments(self):
        """Let a segment and a traffic package come and go."""
        segment = self.grant(AllocateSegment(length=31))
        (package,) = self.grant(CreateTrafficPackages(amount=1, months=0))
        self.wait(DAY)
        self.grant(ReleaseSegment(segment.id))
        self.grant(DeleteTrafficPackages((package.id,)))
        self.wait(DAY)

    @rule(length=st.sampled_from([30, 31, 32]), how=HOW)
    def allocate_segment(self, length, how):
        self.do(AllocateSegment(length=length), how)

    @rule(pick=PICK, how=HOW)
    def release_segment(self, pick, how):
        self.do(ReleaseSegment(self.one(self.graph.address_segments, pick)), how)

    @rule(months=st.integers(0, 1), count=st.integers(1, 2), how=HOW)
    def create_traffic_packages(self, months, count, how):
        self.do(CreateTrafficPackages(amount=1, months=months, count=count), how)

    @rule(picks=PICKS, how=HOW)
    def delete_traffic_packages(self, picks, how):
        self.do(DeleteTrafficPackages(self.some(self.graph.traffic_packages, picks[:2])), how)

    @rule(
        interface=PICK,
        secondaries=st.lists(ADDRESS_REQUESTS, max_size=3).map(tuple),
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
        """Move an address from where there is one to spare, often to another interface of its subnet."""
        interfaces = self.graph.interfaces
        steady = STEADY_INTERFACE
        rich = [i for i in interfaces.values() if len(i.ipv4) > 1 and (i.state in steady or not near)]
        sources = [i.id for i in rich] or ["absent"]
        source_id = sources[pick % len(sources)]
        source = interfaces.get(source_id)
        if source is None:
            where, what = interfaces, 0
        else:
            others = (i for i in interfaces.values() if i is not source and i.state in steady)
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
        self.do(SetAddressDescriptions(interface_id=interface_id, descriptions=descriptions), how)

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
