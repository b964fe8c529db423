"""Key pairs come, change and go."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.invariants import check
from duolect_core.key_pairs.binding import BindKeyPairs
from duolect_core.key_pairs.lifecycle import CreateKeyPair, DeleteKeyPairs, ImportKeyPair, ModifyKeyPair


@pytest.fixture
def world():
    return World(NORTH)


def create(name="a", **more):
    return CreateKeyPair(name=name, bits=64, **more)


def test_a_pair_is_made_and_its_private_half_kept_nowhere(world):
    key_pair, private = world.do(create(tags={"k": "v"}, extras={"x": 1}, comment="of {id}"))
    assert private.pem.startswith("-----BEGIN RSA PRIVATE KEY-----\n")
    assert "PRIVATE" not in f"{private} {private!r}"
    assert key_pair.public_key.startswith("ssh-rsa AAAA")
    assert key_pair.public_key.endswith(f" of {key_pair.id}")
    assert (key_pair.name, key_pair.tags, key_pair.extras) == ("a", {"k": "v"}, {"x": 1})
    assert list(world.graph.tag_values.ids(("KeyPair", "k", "v"))) == [key_pair.id]
    assert not any(private.pem in str(value) for value in vars(world.partition).values())
    other, _ = world.do(create("b"))
    assert other.public_key.split()[1] != key_pair.public_key.split()[1]


def test_a_public_key_is_imported_as_it_was_written(world):
    key_pair = world.do(ImportKeyPair(name="a", public_key="k 1 mine"))
    assert key_pair.public_key == "k 1 mine"


def test_names_are_unique(world):
    key_pair, _ = world.do(create())
    world.refuses(create(), errors.KeyPairNameTaken, name="a", taken_by=key_pair.id)
    world.refuses(ImportKeyPair(name="a", public_key="k 1"), errors.KeyPairNameTaken)


def test_a_public_key_is_imported_once_in_the_south():
    for rules, taken in ((NORTH, False), (SOUTH, True)):
        world = World(rules)
        first = world.do(ImportKeyPair(name="a", public_key="k 1"))
        again = ImportKeyPair(name="b", public_key="k  1 with a comment")
        if taken:
            world.refuses(again, errors.PublicKeyTaken, taken_by=first.id)
            world.do(DeleteKeyPairs((first.id,)))
        world.do(again)


def test_limits():
    world = World(limited(NORTH, key_pairs=1, tags_per_resource=1))
    world.refuses(create(tags={"k": "", "l": ""}), errors.TagQuotaExceeded)
    world.do(create())
    world.refuses(create("b"), errors.KeyPairQuotaExceeded, limit=1)


def test_a_pair_is_renamed_and_described(world):
    key_pair, _ = world.do(create(extras={"x": 1}))
    world.do(create("b"))
    world.do(ModifyKeyPair(key_pair_id=key_pair.id, name="c", description="d", extras={"y": 2}))
    assert (key_pair.name, key_pair.description, key_pair.extras) == ("c", "d", {"x": 1, "y": 2})
    world.do(ModifyKeyPair(key_pair_id=key_pair.id, name="c"))
    world.refuses(ModifyKeyPair(key_pair_id=key_pair.id, name="b"), errors.KeyPairNameTaken)
    world.refuses(ModifyKeyPair(key_pair_id="absent"), errors.KeyPairNotFound)
    world.do(create())
    assert check(world.partition) == []


def test_all_go_or_none(world):
    first, _ = world.do(create())
    second, _ = world.do(create("b"))
    instance = world.instance(world.subnet())
    world.do(BindKeyPairs(instance_ids=(instance.id,), key_pair_ids=(second.id,)))
    world.refuses(
        DeleteKeyPairs((first.id, second.id)),
        errors.KeyPairInUse,
        resource_id=second.id,
        held_by=instance.id,
    )
    world.refuses(DeleteKeyPairs((first.id, "absent")), errors.KeyPairNotFound)
    world.do(DeleteKeyPairs((first.id, first.id)))
    assert list(world.graph.key_pairs) == [second.id]
