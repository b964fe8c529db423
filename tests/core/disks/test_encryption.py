"""New disks are encrypted by themselves, with a key."""

from tests.core.builders import World
from tests.core.model.rules import NORTH

from duolect_core import errors
from duolect_core.archive import dump, load
from duolect_core.disks.encryption import EnableDiskEncryption, ModifyDiskEncryption


def test_disks_are_encrypted_once_that_is_enabled():
    world = World(NORTH)
    world.refuses(ModifyDiskEncryption(key_id="k"), errors.DiskEncryptionDisabled)
    assert world.do(EnableDiskEncryption()) == ""
    assert world.graph.disk_encryption == (True, "")
    world.refuses(EnableDiskEncryption(), errors.DiskEncryptionEnabled)
    world.do(ModifyDiskEncryption(key_id="k"))
    assert load(dump(world.partition), NORTH).graph.disk_encryption == (True, "k")


def test_the_key_is_remembered_where_disks_are_encrypted_no_more():
    world = World(NORTH)
    world.do(EnableDiskEncryption())
    world.do(ModifyDiskEncryption(key_id="k"))
    world.do(ModifyDiskEncryption(enabled=False))
    assert world.graph.disk_encryption == (False, "k")
    assert world.do(EnableDiskEncryption()) == "k"
    assert world.do(ModifyDiskEncryption(key_id="")) == ""


def test_an_older_archive_says_nothing_of_it():
    tree = dump(World(NORTH).partition)
    del tree["disk_encryption"]
    assert load(tree, NORTH).graph.disk_encryption == (False, "")
