"""The entries of network ACLs: replaced, added, changed, removed and copied."""

from ipaddress import IPv6Network, ip_network

import attrs
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.networks.acls import ENTRIES, WEB, entry, network_acl, sources

from duolect_core import errors
from duolect_core.model.lifecycles import AclState
from duolect_core.model.security_rules import Direction, Protocol
from duolect_core.networks.acl_entries import (
    AclEntryChange,
    AddAclEntries,
    ChangeAclEntries,
    CopyAclEntries,
    RemoveAclEntries,
    ReplaceAclEntries,
)

IN, OUT = Direction.INGRESS, Direction.EGRESS


@BOTH
def test_entries_take_the_place_of_those_of_the_named_directions(rules):
    world = World(rules)
    acl = network_acl(world, entries=ENTRIES)
    kept, _ = acl.entries[IN]
    before = acl.entries[OUT]
    command = ReplaceAclEntries(acl_id=acl.id, entries={IN: (entry("10.9.0.0/16"), kept)})
    assert world.do(command) is acl
    assert acl.entries[OUT] == before
    assert sources(acl) == ["10.9.0.0/16", "10.1.0.0/16"]
    assert acl.entries[IN][1] is kept
    assert acl.entries[IN][0].modified == world.at
    if rules.provision_is_asynchronous:
        assert acl.state is AclState.MODIFYING
        world.refuses(command, errors.NetworkAclBusy)
        world.wait(STEPS.change_network_acl)
    assert acl.state is AclState.AVAILABLE


def test_an_entry_with_an_id_is_changed_and_keeps_it():
    world = World(SOUTH)
    acl = network_acl(world, entries=ENTRIES)
    first, second = acl.entries[IN]
    world.wait()
    changed = attrs.evolve(first, description="other")
    world.do(ReplaceAclEntries(acl_id=acl.id, entries={IN: (changed,)}))
    assert acl.entries[IN] == (attrs.evolve(changed, modified=world.at),)
    for entries in ({IN: (second,)}, {OUT: (first,)}, {IN: (first, first)}):
        gone = ReplaceAclEntries(acl_id=acl.id, entries=entries)
        world.refuses(gone, errors.AclEntryNotFound)


def test_entries_are_added_after_those_that_are_there():
    world = World(limited(SOUTH, entries_per_acl=2))
    acl = network_acl(world, entries={IN: (entry(),)})
    world.do(AddAclEntries(acl_id=acl.id, entries={IN: (entry("10.9.0.0/16"),), OUT: (WEB,)}))
    assert sources(acl) == ["10.1.0.0/16", "10.9.0.0/16"]
    assert len(acl.entries[OUT]) == 1
    more = AddAclEntries(acl_id=acl.id, entries={IN: (entry(),)})
    world.refuses(more, errors.AclEntryQuotaExceeded, resource_id=acl.id, limit=2)


def test_entries_are_changed_and_moved():
    world = World(SOUTH)
    acl = network_acl(world, entries={IN: (WEB, entry("10.2.0.0/16"), entry("10.3.0.0/16"))})
    first, second, third = acl.entries[IN]
    world.wait()
    changes = (
        AclEntryChange(entry_id=third.id, place=1),
        AclEntryChange(entry_id=first.id, protocol=Protocol.ICMP, description="d"),
    )
    world.do(ChangeAclEntries(acl_id=acl.id, changes={IN: changes}))
    assert [each.id for each in acl.entries[IN]] == [third.id, first.id, second.id]
    changed = acl.entries[IN][1]
    assert (changed.protocol, changed.ports, changed.description) == (Protocol.ICMP, (), "d")
    assert changed.modified == world.at
    absent = ChangeAclEntries(acl_id=acl.id, changes={OUT: (AclEntryChange(entry_id=first.id),)})
    world.refuses(absent, errors.AclEntryNotFound, resource_id=first.id)


def test_the_sides_of_an_entry_are_of_one_version():
    world = World(SOUTH)
    acl = network_acl(world, five_part=True)
    mixed = entry(destination=IPv6Network("::/0"))
    command = AddAclEntries(acl_id=acl.id, entries={IN: (mixed,)}, five_part=True)
    world.refuses(command, errors.AclEntryVersionsMixed)
    both = entry(destination=ip_network("10.0.0.0/8"))
    world.do(AddAclEntries(acl_id=acl.id, entries={IN: (both,)}, five_part=True))


def test_entries_are_removed_all_or_none():
    world = World(SOUTH)
    acl = network_acl(world, entries=ENTRIES)
    first, second = acl.entries[IN]
    wrong = RemoveAclEntries(acl_id=acl.id, entry_ids={IN: (first.id, "absent")})
    world.refuses(wrong, errors.AclEntryNotFound, resource_id="absent")
    world.do(RemoveAclEntries(acl_id=acl.id, entry_ids={IN: (first.id,)}))
    assert acl.entries[IN] == (second,)


def test_entries_are_copied_under_ids_of_their_own():
    world = World(SOUTH)
    source, acl = network_acl(world, entries=ENTRIES), network_acl(world, entries={IN: (entry(),)})
    world.do(CopyAclEntries(acl_id=acl.id, source_id=source.id))
    assert sources(acl) == sources(source)
    assert sources(acl, OUT) == sources(source, OUT)
    assert {each.id for each in acl.all_entries}.isdisjoint(each.id for each in source.all_entries)
    world.refuses(CopyAclEntries(acl_id=acl.id, source_id="absent"), errors.NetworkAclNotFound)


def test_entries_of_three_parts_and_of_five_do_not_mix():
    world = World(SOUTH)
    three, five = network_acl(world), network_acl(world, five_part=True)
    for command in (
        ReplaceAclEntries(acl_id=five.id, entries=ENTRIES),
        AddAclEntries(acl_id=three.id, entries=ENTRIES, five_part=True),
        ChangeAclEntries(acl_id=five.id, changes={}),
        RemoveAclEntries(acl_id=five.id, entry_ids={}),
        CopyAclEntries(acl_id=five.id, source_id=three.id),
    ):
        world.refuses(command, errors.AclPartsDiffer, acl_id=command.acl_id)


@BOTH
def test_entries_of_ipv6_need_a_block_where_the_cloud_has_it_so(rules):
    world = World(rules)
    acl, other = network_acl(world), network_acl(world, world.network(ipv6=True))
    wanted = {IN: (entry("::/0"),)}
    world.do(ReplaceAclEntries(acl_id=other.id, entries=wanted))
    command = ReplaceAclEntries(acl_id=acl.id, entries=wanted)
    if rules is NORTH:
        world.refuses(command, errors.AclIpv6Disabled, network_id=acl.network_id)
    else:
        world.do(command)
