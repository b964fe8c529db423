"""Damage to gateways, to sets of DHCP options and to flow logs."""

import pytest
from tests.core.builders import World
from tests.core.invariants.damage import change, finds, limit, plan
from tests.core.model.rules import NORTH
from tests.core.networks.gateways import (
    associated,
    flow_log,
    gateway_table,
    ipv4_gateway,
    ipv6_gateway,
    options_set,
)

from duolect_core.invariants import check
from duolect_core.model.lifecycles import ServiceState, Trigger
from duolect_core.networks.dhcp_options import AttachDhcpOptionsSet


class GatewayWorld:
    """A sound partition with gateways, route tables for them and sets of DHCP options."""

    def __init__(self):
        self.world = world = World(NORTH)
        self.partition, self.graph = world.partition, world.graph
        self.subnet = world.subnet(ipv6_index=0)
        self.network = self.graph.networks[self.subnet.network_id]
        self.other = world.network()
        self.first = ipv4_gateway(world, self.network, enabled=True)
        self.second = ipv6_gateway(world, self.network)
        self.table = gateway_table(world, self.network)
        self.spare = gateway_table(world, self.network)
        associated(world, self.first, self.table)
        self.options = options_set(world, self.network)
        self.moving = options_set(world)
        self.log = flow_log(world, self.network)
        world.do(AttachDhcpOptionsSet(set_id=self.moving.id, network_id=self.other.id))


@pytest.fixture
def world():
    return GatewayWorld()


def enabling(world):
    world.first.enabled, world.first.enabling = False, True


CORRUPTIONS = [
    ("of a network that is not there", change("first", network_id="absent")),
    ("of a network without IPv6", change("network", ipv6_block=None)),
    ("its route table is not one for gateways of its network", change("first", route_table_id="absent")),
    ("its route table is not one for gateways of its network", change("table", for_gateways=False)),
    ("its route table is not one for gateways of its network", change("table", network_id="absent")),
    ("available while it is being enabled", enabling),
    ("modifying while it is being enabled", change("first", enabling=True, state=ServiceState.MODIFYING)),
    ("has a route table before it is enabled", change("first", enabled=False)),
    ("the gateways of route tables are not what a scan finds", change("first", route_table_id="")),
    (
        "or one has two",
        lambda s: setattr(s.second, "route_table_id", s.table.id),
    ),
    (
        "the gateways of networks are not what a scan finds",
        lambda s: s.graph.ipv4_gateway_by_network.clear(),
    ),
    (
        "the gateways of networks are not what a scan finds",
        lambda s: s.graph.ipv6_gateway_by_network.clear(),
    ),
    ("leads to a gateway that is not there", lambda s: s.graph.ipv6_gateways.clear()),
    (
        "uses a route table for gateways",
        lambda s: setattr(s.subnet, "route_table_id", s.spare.id),
    ),
    ("the DHCP options of networks are not what a scan finds", change("options", network_ids=())),
    (
        "or one has two sets",
        lambda s: setattr(s.options, "network_ids", s.moving.network_ids),
    ),
    ("attached to absent, which is not there", change("options", network_ids=("absent",))),
    ("available, and absent is on its way", change("options", moving_id="absent")),
    ("modifying, and absent is on its way", change("moving", moving_id="absent")),
    ("no network leaves it", change("options", leaving=True)),
    ("watches absent, which is not there", change("log", watched_id="absent")),
    ("index flow logs by what they watch", change("log", watched_id="absent")),
    ("modifying with 0 transitions to come", change("log", state=ServiceState.MODIFYING)),
    ("1 flow logs over 0", limit(flow_logs=0)),
    ("2 sets of DHCP options over 1", limit(dhcp_options_sets=1)),
    ("1 networks of a set of DHCP options over 0", limit(networks_per_dhcp_options_set=0)),
    ("pending with 0 transitions to come", change("first", state=ServiceState.PENDING)),
    ("deleting with 0 transitions to come", change("second", state=ServiceState.DELETING)),
    ("modifying with 0 transitions to come", change("options", state=ServiceState.MODIFYING)),
    ("available with 1 transitions to come", lambda s: plan(s, s.first.id)),
    ("available with 1 transitions to come", lambda s: plan(s, s.options.id)),
    ("available knows no attached", lambda s: plan(s, s.second.id, Trigger.ATTACHED)),
    ("waits for None, which is not its transition", change("moving", pending=None)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)


def test_a_sound_partition_gives_no_sentence(world):
    assert check(world.partition) == []


@pytest.mark.parametrize(
    "table",
    ["networks", "route_tables", "ipv4_gateways", "ipv6_gateways", "dhcp_options_sets", "flow_logs"],
)
def test_a_whole_table_may_be_gone_and_there_are_still_only_sentences(world, table):
    getattr(world.graph, table).clear()
    assert check(world.partition)
