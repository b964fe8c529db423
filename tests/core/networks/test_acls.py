"""Network ACLs from creation to deletion, and which subnets are associated with them."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.networks.acls import ENTRIES, entry, network_acl, use

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.model.lifecycles import AclState
from duolect_core.model.resources import OperationKind
from duolect_core.model.security_rules import Direction
from duolect_core.networks.acls import (
    AssociateNetworkAcl,
    CreateNetworkAcl,
    DeleteNetworkAcl,
    DisassociateNetworkAcl,
    ModifyNetworkAcl,
)
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.networks.lifecycle import CreateNetwork


@BOTH
def test_a_new_acl_has_its_entries_and_no_subnets(rules):
    world = World(rules)
    network = world.network()
    command = CreateNetworkAcl(
        network_id=network.id, name="n", entries=ENTRIES, tags={"k": "v"}, extras={"x": 1}
    )
    acl = world.do(command)
    late = rules.provision_is_asynchronous
    assert acl.state is (AclState.PENDING if late else AclState.AVAILABLE)
    assert (acl.name, acl.tags, acl.extras, acl.subnet_ids) == ("n", {"k": "v"}, {"x": 1}, ())
    assert [each.modified for each in acl.all_entries] == [world.at] * 3
    assert len({each.id for each in acl.all_entries}) == 3
    assert list(world.graph.network_acls_by_network.ids(network.id)) == [acl.id]
    if late:
        world.refuses(DeleteNetworkAcl(acl.id), errors.NetworkAclBusy, acl_id=acl.id)
        world.wait(STEPS.change_network_acl)
        assert acl.state is AclState.AVAILABLE


def test_an_acl_needs_a_network_that_is_there():
    world = World(NORTH)
    world.refuses(CreateNetworkAcl(network_id="absent"), errors.NetworkNotFound, resource_id="absent")
    network = world.do(CreateNetwork(block=world.network().block))
    world.refuses(CreateNetworkAcl(network_id=network.id), errors.NetworkBusy, network_id=network.id)


def test_a_network_has_so_many_acls_of_so_many_entries():
    world = World(limited(SOUTH, network_acls_per_network=1, entries_per_acl=1, tags_per_resource=0))
    network = world.network()
    create = CreateNetworkAcl
    world.refuses(create(network_id=network.id, tags={"k": "v"}), errors.TagQuotaExceeded, limit=0)
    two = {Direction.EGRESS: (entry(), entry())}
    world.refuses(create(network_id=network.id, entries=two), errors.AclEntryQuotaExceeded, limit=1)
    network_acl(world, network, entries={Direction.EGRESS: (entry(), entry("::/0"))})
    full = create(network_id=network.id)
    world.refuses(full, errors.NetworkAclQuotaExceeded, resource_id=network.id, limit=1)
    network_acl(world, world.network())


def test_an_acl_is_renamed_and_described_anew():
    world = World(NORTH)
    acl = network_acl(world)
    assert world.do(ModifyNetworkAcl(acl_id=acl.id, name="n", extras={"x": 1})) is acl
    world.do(ModifyNetworkAcl(acl_id=acl.id, description="d"))
    assert (acl.name, acl.description, acl.extras) == ("n", "d", {"x": 1})
    world.refuses(ModifyNetworkAcl(acl_id="absent"), errors.NetworkAclNotFound, resource_id="absent")


@BOTH
def test_an_acl_that_no_subnet_is_associated_with_is_deleted(rules):
    world = World(rules)
    acl = network_acl(world, entries=ENTRIES)
    assert world.do(DeleteNetworkAcl(acl.id)) is acl
    if rules.provision_is_asynchronous:
        assert acl.state is AclState.DELETING
        world.refuses(DeleteNetworkAcl(acl.id), errors.NetworkAclBusy)
        world.wait(STEPS.change_network_acl)
    assert acl.state is AclState.GONE
    assert world.graph.network_acls == {}
    assert world.graph.network_acls_by_entry == {}


@BOTH
def test_a_subnet_is_associated_with_one_acl_at_most(rules):
    world = World(rules)
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    second = world.subnet(network, "10.0.1.0/24")
    acl, other = network_acl(world, network), network_acl(world, network)
    join = AssociateNetworkAcl(acl_id=acl.id, subnet_ids=(subnet.id, second.id, subnet.id))
    assert world.do(join) is acl
    assert acl.subnet_ids == (subnet.id, second.id)
    if rules.provision_is_asynchronous:
        assert (acl.state, acl.moving) == (AclState.ASSOCIATING, acl.subnet_ids)
        world.refuses(join, errors.NetworkAclAssociating, acl_id=acl.id)
        assert next(reversed(world.graph.operations.values())).kind is OperationKind.MODIFY_NETWORK_ACL
        world.wait(STEPS.change_network_acl)
    assert (acl.state, acl.moving) == (AclState.AVAILABLE, ())
    world.refuses(join, errors.SubnetHasAcl, subnet_id=subnet.id, acl_id=acl.id)
    again = AssociateNetworkAcl(acl_id=other.id, subnet_ids=(second.id,))
    world.refuses(again, errors.SubnetHasAcl, subnet_id=second.id, acl_id=acl.id)
    world.refuses(DeleteNetworkAcl(acl.id), errors.NetworkAclHoldsSubnets, held_by=subnet.id)
    leave = DisassociateNetworkAcl(acl_id=other.id, subnet_ids=(subnet.id,))
    world.refuses(leave, errors.SubnetHasOtherAcl, subnet_id=subnet.id, acl_id=acl.id)
    world.do(DisassociateNetworkAcl(acl_id=acl.id, subnet_ids=(subnet.id, subnet.id)))
    if rules.provision_is_asynchronous:
        assert (acl.state, acl.subnet_ids) == (AclState.DISASSOCIATING, (subnet.id, second.id))
        world.wait(STEPS.change_network_acl)
    assert (acl.state, acl.subnet_ids) == (AclState.AVAILABLE, (second.id,))
    gone = DisassociateNetworkAcl(acl_id=acl.id, subnet_ids=(second.id, subnet.id))
    world.refuses(gone, errors.SubnetHasNoAcl, subnet_id=subnet.id)
    use(world, other, subnet)


def test_what_is_associated_must_be_there_and_in_one_network():
    world = World(NORTH)
    subnet, acl = world.subnet(), network_acl(world)
    for command in (AssociateNetworkAcl, DisassociateNetworkAcl):
        absent = command(acl_id="absent", subnet_ids=(subnet.id,))
        world.refuses(absent, errors.NetworkAclNotFound, resource_id="absent")
        world.refuses(command(acl_id=acl.id, subnet_ids=("absent",)), errors.SubnetNotFound)
    far = AssociateNetworkAcl(acl_id=acl.id, subnet_ids=(subnet.id,))
    world.refuses(far, errors.NetworkAclMismatch, resource_id=acl.id, other_id=subnet.id)
    world.do(DeleteSubnet(subnet.id))
    world.refuses(far, errors.SubnetBusy, subnet_id=subnet.id)


def test_nothing_is_under_way_where_no_subnet_is_named():
    world = World(NORTH)
    acl = network_acl(world)
    for command in (AssociateNetworkAcl, DisassociateNetworkAcl):
        world.do(command(acl_id=acl.id, subnet_ids=()))
        assert acl.state is AclState.AVAILABLE


def test_acls_hold_what_they_stand_on_where_the_cloud_has_it_so():
    world = World(NORTH)
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    acl = network_acl(world, network)
    use(world, acl, subnet)
    world.refuses(DeleteSubnet(subnet.id), errors.SubnetHoldsAcl, resource_id=subnet.id, held_by=acl.id)
    world.do(DisassociateNetworkAcl(acl_id=acl.id, subnet_ids=(subnet.id,)))
    world.wait()
    world.do(DeleteSubnet(subnet.id))
    world.wait()
    world.refuses(
        DeleteNetwork(network.id), errors.NetworkHoldsAcls, resource_id=network.id, held_by=acl.id
    )


def test_acls_go_along_elsewhere():
    world = World(SOUTH)
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    second = world.subnet(network, "10.0.1.0/24")
    acl = network_acl(world, network, entries=ENTRIES)
    use(world, acl, subnet, second)
    world.do(DeleteSubnet(subnet.id))
    assert acl.subnet_ids == (second.id,)
    world.do(DeleteNetwork(network.id))
    assert acl.state is AclState.GONE
    assert world.graph.network_acls == {}


@pytest.mark.parametrize("fails", [False, True])
def test_an_association_that_fails_leaves_everything_as_it_was(fails):
    world = World(NORTH)
    subnet = world.subnet()
    acl = network_acl(world, world.graph.networks[subnet.network_id])
    how = {"command_fault": CommandFault(fails=fails)}
    world.do(AssociateNetworkAcl(acl_id=acl.id, subnet_ids=(subnet.id,)), **how)
    world.wait()
    assert (acl.subnet_ids == ()) is fails
    if not fails:
        world.do(
            DisassociateNetworkAcl(acl_id=acl.id, subnet_ids=(subnet.id,)),
            command_fault=CommandFault(fails=True),
        )
        world.wait()
        assert acl.subnet_ids == (subnet.id,)
    assert (acl.state, acl.moving) == (AclState.AVAILABLE, ())


def test_a_deletion_that_fails_leaves_the_acl():
    world = World(NORTH)
    acl = network_acl(world)
    world.do(DeleteNetworkAcl(acl.id), command_fault=CommandFault(fails=True))
    world.wait()
    assert acl.state is AclState.AVAILABLE
