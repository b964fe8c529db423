"""What else a security group is created with, and what changes of it."""

from tests.core.builders import World
from tests.core.model.rules import BOTH
from tests.core.security_groups.rules import OUT, peer_rule, ports, tcp

from duolect_core import errors
from duolect_core.model.resources import SECOND, GroupKind
from duolect_core.security_groups.lifecycle import CreateGroup, DeleteGroup, ModifyGroup


@BOTH
def test_a_group_is_created_with_rules(rules):
    world = World(rules)
    group = world.group(rules=(tcp(1), tcp(2, direction=OUT), tcp(3)))
    assert (ports(group), ports(group, OUT), group.version) == ([1, 3], [2], 0)
    world.refuses(CreateGroup(network_id=None, rules=(peer_rule("g"),)), errors.PeerGroupNotFound)


@BOTH
def test_a_group_is_modified(rules):
    world = World(rules)
    group = world.group(name="a", description="b")
    world.at += SECOND
    world.do(ModifyGroup(group_id=group.id, name="c"))
    assert (group.name, group.description, group.trusting, group.modified) == ("c", "b", True, world.at)
    world.do(ModifyGroup(group_id=group.id, description="", trusting=False))
    assert (group.name, group.description, group.trusting) == ("c", "", False)
    world.refuses(ModifyGroup(group_id="g"), errors.GroupNotFound)
    world.refuses(ModifyGroup(group_id=world.group(managed=True).id), errors.GroupManaged)


def test_members_of_an_enterprise_group_never_trust_each_other(north):
    group = north.group(kind=GroupKind.ENTERPRISE)
    assert not group.trusting
    north.refuses(ModifyGroup(group_id=group.id, trusting=True), errors.TrustFixed)


@BOTH
def test_a_default_group_stays(rules):
    world = World(rules)
    world.refuses(DeleteGroup(world.group(default=True).id), errors.GroupIsDefault)
