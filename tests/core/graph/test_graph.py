"""The graph's indexes follow every change, and cost nothing where there is nothing."""

from ipaddress import IPv4Network, IPv6Network
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.core.builders import World, ip
from tests.core.model.rules import BOTH, NORTH, SOUTH

from duolect_core.addressing.pools import bounds
from duolect_core.graph.graph import Graph
from duolect_core.graph.index import Index, SoleIndex
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.rules import GroupMembership
from duolect_core.networks.changes import ModifyNetwork
from duolect_core.networks.deletion import DeleteSubnet
from duolect_core.relations.address_plans import ANY, AddressPlan, AddressRequest


def test_bounds_are_the_first_and_last_address_of_either_family():
    assert bounds(IPv4Network("10.0.0.0/30")) == (ip("10.0.0.0"), ip("10.0.0.3"))
    first = int(IPv6Network("2001:db8::/64").network_address)
    assert bounds(IPv6Network("2001:db8::/64")) == (first, first + 2**64 - 1)


# -- an index ----------------------------------------------------------------------------------------


def test_ids_come_in_the_order_in_which_they_were_added():
    index = Index()
    for order, name in enumerate("cab"):
        index.add("k", name, order)
    assert list(index.ids("k")) == ["c", "a", "b"]


def test_an_unknown_key_has_no_ids_and_asking_leaves_no_trace():
    index = Index()
    assert list(index.ids("k")) == []
    assert index.everything() == {}


def test_the_ids_of_a_key_are_a_live_view():
    index = Index()
    index.add("k", "a", 1)
    ids = index.ids("k")
    index.add("k", "b", 1)
    assert list(ids) == ["a", "b"]


def test_ids_know_whether_they_came_in_the_order_of_creation():
    index = Index()
    for name, order in (("a", 1), ("b", 2), ("c", 2)):
        index.add("k", name, order)
    assert index.ids("k").in_order
    index.discard("k", "b")
    assert index.ids("k").in_order
    index.add("k", "late", 1)
    assert not index.ids("k").in_order
    assert list(index.ids("k")) == ["a", "c", "late"]
    index.add("other", "late", 1)
    assert index.ids("other").in_order


def test_a_key_without_ids_is_forgotten():
    index = Index()
    index.add("k", "a", 1)
    index.discard("k", "a")
    assert index.everything() == {}


@pytest.mark.parametrize(("key", "name"), [("k", "b"), ("other", "a")])
def test_discarding_what_is_not_there_is_a_mistake(key, name):
    index = Index()
    index.add("k", "a", 1)
    with pytest.raises(KeyError):
        index.discard(key, name)


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("abc"))))
def test_an_index_is_a_dictionary_of_sets(toggles):
    index, model = Index(), {}
    for key, name in toggles:
        if name in model.get(key, ()):
            index.discard(key, name)
            model[key].remove(name)
        else:
            index.add(key, name, 1)
            model.setdefault(key, set()).add(name)
        assert {key: set(ids) for key, ids in index.everything().items()} == {
            key: names for key, names in model.items() if names
        }


# -- the graph ---------------------------------------------------------------------------------------


BLOCKS = st.builds(
    lambda prefix, place: IPv4Network((ip("10.0.0.0") + (place << (32 - prefix)) % 4096, prefix)),
    st.integers(21, 29),
    st.integers(0, 4095),
)


@given(others=st.lists(BLOCKS, max_size=12), block=BLOCKS)
def test_overlap_is_what_comparing_with_every_block_finds(others, block):
    graph, kept = Graph(GroupMembership.ADDRESSES, NORTH.public_range), []
    graph.blocks["n"] = []
    for other in others:
        if not any(other.overlaps(each) for each in kept):
            kept.append(other)
            graph.blocks["n"] = sorted((*graph.blocks["n"], bounds(other)))
    assert graph.overlaps("n", block) is any(block.overlaps(each) for each in kept)


def test_an_interface_is_found_by_everything_it_has():
    world = World(NORTH)
    subnet = world.subnet(ipv6_index=0)
    interface = world.interface(subnet, AddressPlan(secondaries=(ANY,), ipv6=(ANY,)), tags={"k": "v"})
    graph = world.graph
    found = [
        graph.interfaces_by_network.ids(interface.network_id),
        graph.interfaces_by_subnet.ids(subnet.id),
        graph.interfaces_by_group.ids(interface.group_ids[0]),
        graph.tag_values.ids(("Interface", "k", "v")),
        *(graph.interfaces_by_ip.ids(each.ip) for each in (*interface.ipv4, *interface.ipv6)),
    ]
    assert [list(ids) for ids in found] == [[interface.id]] * 7
    assert interface.mac in graph.macs


def test_one_address_in_two_networks_leads_to_both_interfaces():
    world = World(NORTH)
    plan = AddressPlan(primary=AddressRequest(ip("10.0.0.9")))
    first, second = (world.interface(world.subnet(), plan) for _ in range(2))
    assert set(world.graph.interfaces_by_ip.ids(ip("10.0.0.9"))) == {first.id, second.id}


def text(value):
    """Return a text that equals another one and is not the same object."""
    return "".join([*value])


def test_an_interface_has_the_very_values_of_the_one_before_it_in_its_subnet_that_equal_its_own():
    world = World(NORTH)
    subnet = world.subnet()
    (group_id,) = world.default_groups(subnet)
    first, second = (
        world.interface(
            subnet,
            group_ids=(text(group_id),),
            tags={text("key"): text("value")},
            description=text("like the others"),
            name=text(f"name {place}"),
            extras={"x": 1},
        )
        for place in range(2)
    )
    for name in ("group_ids", "tag_pairs", "description", "extras"):
        assert getattr(first, name) is getattr(second, name)
    assert (first.name, second.name) == ("name 0", "name 1")
    assert first.group_ids[0] is world.graph.groups[group_id].id
    second.tags = {"key": "another"}
    assert first.tags == {"key": "value"}


class Sole(RuleBasedStateMachine):
    """An index of which most keys have one resource, compared with one that makes no difference."""

    @initialize()
    def start(self):
        self.table = {name: SimpleNamespace(order=order) for order, name in enumerate("abc", 1)}
        self.ours, self.theirs = SoleIndex(self.table), Index()

    @rule(key=st.integers(0, 2), name=st.sampled_from("abc"))
    def add_or_discard(self, key, name):
        for index in (self.ours, self.theirs):
            if name in index.ids(key):
                index.discard(key, name)
            else:
                index.add(key, name, self.table[name].order)

    @invariant()
    def shows_no_difference(self):
        for key in range(3):
            assert list(self.ours.ids(key)) == list(self.theirs.ids(key))
            assert self.ours.newest(key) == self.theirs.newest(key)
        assert self.ours.everything() == self.theirs.everything()
        orders = {key: list(ids) for key, ids in self.ours.several().items()}
        assert orders == {key: ids for key in orders if (ids := list(self.theirs.ids(key)))}
        assert orders.keys() >= {key for key, ids in self.theirs.everything().items() if len(ids) > 1}


TestSole = Sole.TestCase
TestSole.settings = settings(max_examples=50, deadline=None)


@pytest.mark.parametrize(("rules", "weight"), [(NORTH, 3), (SOUTH, 1)], ids=["addresses", "interfaces"])
def test_an_interface_weighs_on_its_groups_what_the_cloud_counts(rules, weight):
    world = World(rules)
    interface = world.interface(world.subnet(), AddressPlan(secondaries=(ANY, ANY)))
    assert world.graph.group_weight(interface) == weight
    assert world.graph.group_load == {interface.group_ids[0]: weight}


def test_the_device_indexes_in_use_are_those_of_the_attached_interfaces():
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    world.attach(world.interface(subnet), instance)
    assert world.graph.used_device_indexes(instance.id) == {0, 1}
    assert world.graph.used_device_indexes("absent") == set()


def test_detaching_what_is_attached_to_nothing_changes_nothing():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    world.graph.detach(interface)
    assert (interface.state, interface.attachment) == (InterfaceState.AVAILABLE, None)


def test_an_interface_that_is_still_attached_can_be_taken_out_whole():
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    trunk = world.trunk(instance)
    member = world.attach(world.interface(subnet), instance, trunk_id=trunk.id)
    world.graph.remove_interface(member)
    assert list(world.graph.interfaces_by_instance.ids(instance.id)) == [
        world.primary(instance).id,
        trunk.id,
    ]
    assert not world.graph.interfaces_by_trunk.ids(trunk.id)


def test_the_tables_hold_every_kind_of_resource_dependencies_first():
    graph = World(NORTH).graph
    tables = (
        graph.networks,
        graph.route_tables,
        graph.address_lists,
        graph.route_lists,
        graph.service_lists,
        graph.address_list_groups,
        graph.service_list_groups,
        graph.routes,
        graph.subnets,
        graph.route_target_groups,
        graph.route_policies,
        graph.network_acls,
        graph.ipv4_gateways,
        graph.ipv6_gateways,
        graph.ipv6_addresses,
        graph.dhcp_options_sets,
        graph.groups,
        graph.key_pairs,
        graph.launch_templates,
        graph.placement_groups,
        graph.instances,
        graph.snapshot_policies,
        graph.provisioning_groups,
        graph.disks,
        graph.snapshots,
        graph.snapshot_groups,
        graph.disk_backups,
        graph.images,
        graph.interfaces,
        graph.permissions,
        graph.virtual_addresses,
        graph.bandwidth_packages,
        graph.ipv6_bandwidths,
        graph.egress_rules,
        graph.nat_gateways,
        graph.address_segments,
        graph.traffic_packages,
        graph.public_addresses,
        graph.flow_logs,
        graph.cidr_reservations,
        graph.public_ipv6_addresses,
        graph.snat_rules,
        graph.dnat_rules,
    )
    assert all(table is own for table, own in zip(graph.tables(), tables, strict=True))


# -- what is new -------------------------------------------------------------------------------------


@BOTH
def test_what_was_created_after_an_order_is_told_oldest_first(rules):
    world = World(rules)
    subnet = world.subnet()
    before = world.partition.created
    instance = world.instance(subnet)
    interface = world.interface(subnet)
    assert [each.id for each in world.graph.created_after(before)] == [
        *world.default_groups(subnet),
        instance.id,
        world.primary(instance).id,
        interface.id,
    ]
    assert world.graph.created_after(interface.order - 1) == (interface,)
    assert {each.id for each in world.graph.created_after(0)} == {
        each.id for each in world.graph.resources()
    }


def test_nothing_is_new_where_nothing_was_created(north):
    assert north.graph.created_after(0) == ()
    network = north.network()
    order = north.partition.created
    assert north.graph.created_after(order) == ()
    north.do(ModifyNetwork(network_id=network.id, ipv6=True))
    assert north.graph.created_after(order) == ()


def test_what_is_gone_again_is_not_told(north):
    network = north.network()
    order = north.partition.created
    subnet = north.subnet(network)
    north.do(DeleteSubnet(subnet.id))
    north.wait()
    assert north.graph.created_after(order) == ()


def test_looking_for_what_is_new_looks_at_one_that_is_old(north):
    for _ in range(3):
        north.network()
    order = north.partition.created
    north.network()
    seen = []

    class Watched(dict):
        """A table that notes what is looked at."""

        def values(self):
            return self

        def __reversed__(self):
            for resource in reversed([*dict.values(self)]):
                seen.append(resource)
                yield resource

    north.graph.networks = Watched(north.graph.networks)
    assert len(north.graph.created_after(order)) == 2
    assert len(seen) == 2
