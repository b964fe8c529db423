"""Key pairs open instances."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH

from duolect_core import errors
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.key_pairs.binding import BindKeyPairs, UnbindKeyPairs
from duolect_core.key_pairs.lifecycle import CreateKeyPair, DeleteKeyPairs
from duolect_core.model.lifecycles import InstanceState


class KeyWorld(World):
    """A world with two instances and two key pairs."""

    def __init__(self, rules=NORTH):
        super().__init__(rules)
        self.first, self.second = self.instances(self.subnet(), ("a", "b"))
        self.keys = tuple(self.do(CreateKeyPair(name=name, bits=64))[0].id for name in "ab")

    def bind(self, *places, command=BindKeyPairs, **more):
        keys = tuple(self.keys[place] for place in places)
        return command(instance_ids=(self.first.id,), key_pair_ids=keys, **more)


@pytest.fixture
def world():
    return KeyWorld()


def test_what_is_bound_takes_the_place_of_what_was(world):
    world.do(world.bind(0))
    assert world.first.key_pair_ids == world.keys[:1]
    world.do(world.bind(1, 1))
    assert world.first.key_pair_ids == world.keys[1:]
    assert not world.graph.instances_by_key_pair.ids(world.keys[0])
    assert list(world.graph.instances_by_key_pair.ids(world.keys[1])) == [world.first.id]


def test_the_others_stay_where_some_are_unbound(world):
    world.do(world.bind(0, 1))
    world.do(world.bind(0, command=UnbindKeyPairs))
    assert world.first.key_pair_ids == world.keys[1:]
    world.do(world.bind(0, command=UnbindKeyPairs))
    assert world.first.key_pair_ids == world.keys[1:]


@pytest.mark.parametrize("command", [BindKeyPairs, UnbindKeyPairs])
def test_what_is_running_is_rebooted_for_it_where_that_is_asked_for(world, command):
    world.do(StopInstances((world.second.id,)))
    world.wait()
    ids = (world.first.id, world.second.id)
    world.do(command(instance_ids=ids, key_pair_ids=world.keys, restart=True, detail="keys"))
    assert (world.first.state, world.second.state) == (InstanceState.REBOOTING, InstanceState.STOPPED)
    assert world.first.operation.detail == "keys"
    world.wait()
    assert world.first.state is InstanceState.RUNNING


@pytest.mark.parametrize("command", [BindKeyPairs, UnbindKeyPairs])
def test_what_is_named_must_be_there_and_at_rest(world, command):
    def make(instance_id, key_pair_id, **more):
        return command(instance_ids=(instance_id,), key_pair_ids=(key_pair_id,), **more)

    world.refuses(make("absent", world.keys[0]), errors.InstanceNotFound)
    world.refuses(make(world.first.id, "absent"), errors.KeyPairNotFound)
    only_stopped = make(world.first.id, world.keys[0], allowed=(InstanceState.STOPPED,))
    world.refuses(only_stopped, errors.InstanceWrongState)
    world.do(StopInstances((world.first.id,)))
    world.refuses(make(world.first.id, world.keys[0]), errors.InstanceWrongState)


@BOTH
def test_a_new_instance_is_opened_by_the_keys_that_are_named(rules):
    world = KeyWorld(rules)
    subnet = world.graph.subnets[world.first.subnet_id]
    instance = world.instance(subnet, key_pair_ids=(*world.keys, world.keys[0]))
    assert instance.key_pair_ids == world.keys
    more = {"type_name": "large", "subnet_id": subnet.id, "names": ("c",)}
    groups = world.default_groups(subnet)
    absent = RunInstances(**more, group_ids=groups, key_pair_ids=("absent",))
    world.refuses(absent, errors.KeyPairNotFound)
    world.refuses(DeleteKeyPairs(world.keys), errors.KeyPairInUse, held_by=instance.id)
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    world.do(DeleteKeyPairs(world.keys))
