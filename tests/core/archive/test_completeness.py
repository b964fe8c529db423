"""Nothing new that a graph, a partition or a record has is forgotten by archives."""

from typing import get_args, get_origin, get_type_hints

import attrs
import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH

from duolect.record.commands import commands
from duolect_core.addressing.generator import Generator
from duolect_core.archive import TABLES, dump
from duolect_core.archive.codec import codec, fields_of, records
from duolect_core.engine.timeline import Timeline
from duolect_core.errors import CoreError
from duolect_core.graph.graph import Graph
from duolect_core.graph.index import Index
from duolect_core.partitions import new_partition

REMADE = {
    "alarms",
    "_group_members_count",
    "_tags_remain",
    "blocks",
    "default_network",
    "default_subnets",
    "dhcp_options_by_network",
    "egress_rule_by_ip",
    "gateway_by_route_table",
    "group_load",
    "group_primaries",
    "groups_by_rule",
    "images_by_name",
    "instance_names",
    "interface_names",
    "ipv4_gateway_by_network",
    "ipv6_bandwidth_by_ip",
    "ipv6_gateway_by_network",
    "key_pairs_by_name",
    "macs",
    "network_acl_by_subnet",
    "network_acls_by_entry",
    "primary_interfaces",
    "public_addresses_by_private",
    "public_ipv6_by_ip",
    "public_ipv6_by_private",
    "route_policies_by_entry",
    "system_disks",
}
"""What the graph's own methods make again of the resources, as it does the indexes."""
PASSING = {
    "_ids",
    "_operation",
    "_operation_id",
    "command_fault",
    "fault_applied",
    "tokens_forgotten",
    "recorders",
    "alarms",
    "_handlers",
    "_transitions",
    "rules",
    "graph",
}
"""What belongs to the command under way or to whoever loads."""


def test_an_archive_keeps_all_that_a_graph_has():
    """If this fails, add a table in ``archive.TABLES``, a value in ``archive.dump`` or a name above."""
    graph = Graph(NORTH.group_members_count, NORTH.public_range)
    kept = {*TABLES, "operations", "public_pool", "known_tags", "former_images", *REMADE}
    kept |= {"opened_services", "disk_encryption"}
    assert {name for name, value in vars(graph).items() if not isinstance(value, Index)} == kept
    assert [getattr(graph, name) for name in TABLES] == list(graph.tables())


def test_an_archive_keeps_all_that_a_partition_has():
    kept = {"seed", "now", "created", "generator", "ipv6_blocks", "timeline", "idempotency", *PASSING}
    assert set(vars(new_partition(NORTH, 1))) == kept
    assert Generator.__slots__ == ("state",)
    assert Timeline.__slots__ == ("_heap", "_next", "_pending", "watcher")


def results():
    """Return what each command's ``apply`` says that it returns."""
    for name, each in commands().items():
        yield pytest.param(get_type_hints(each.apply)["return"], id=name)


@pytest.mark.parametrize("kind", [*results()])
def test_an_archive_can_keep_the_result_of_every_command(kind):
    """If this fails, the result is of a class that ``archive.codec.records`` does not know."""
    for each in (kind, *get_args(kind)):
        assert (
            each in {..., None, type(None), int, str}
            or get_origin(each)
            or records().get(each.__name__) is each
        )


@pytest.mark.parametrize("kind", [*records().values()], ids=lambda kind: kind.__name__)
def test_an_archive_can_keep_every_field_of_a_record(kind):
    """If this fails, ``archive.codec.codec`` must learn how to write a new kind of value."""
    names = kind.facts if issubclass(kind, CoreError) else (field.alias for field in attrs.fields(kind))
    assert [*fields_of(kind)] == [*names]


def test_what_an_archive_cannot_keep_is_a_mistake_of_the_program():
    world = World(NORTH)
    world.network(extras={"x": {1, 2}})
    with pytest.raises(TypeError, match="cannot keep"):
        dump(world.partition)
    with pytest.raises(TypeError, match="cannot keep"):
        codec(set[int])
