"""Damage to permissions and public addresses."""

import pytest
from tests.core.invariants.damage import change, finds, limit

from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.public_addresses import Association

CORRUPTIONS = [
    # permissions
    ("a permission on an interface that is not there", change("permission", interface_id="absent")),
    ("an account has two permissions on an interface", change("granted", account="1")),
    # public addresses
    (
        "the holders of public addresses are not those that have them",
        lambda s: s.graph.public_pool.release(s.spare.ip),
    ),
    (
        "the public addresses by private ones are not what a scan finds",
        lambda s: s.graph.public_addresses_by_private.clear(),
    ),
    (
        "index public addresses by interface is not what a scan finds",
        lambda s: s.graph.public_addresses_by_interface.discard(s.interface.id, s.public.id),
    ),
    (
        "a private address has two public ones",
        lambda s: setattr(s.spare, "association", s.public.association),
    ),
    ("available does not fit Association", change("public", state=PublicAddressState.AVAILABLE)),
    ("in-use does not fit None", change("spare", state=PublicAddressState.IN_USE)),
    (
        "associated with an address that is not there",
        lambda s: s.graph.associate(s.spare, Association("absent", 1)),
    ),
    (
        "associated with an address that is not there",
        lambda s: s.graph.associate(s.spare, Association(s.interface.id, 1)),
    ),
    ("2 public addresses over 1", limit(public_addresses=1)),
    ("associating with 0 transitions to come", lambda s: s.partition.timeline.cancel(s.public.pending)),
    ("waits for 98, which is not its transition", change("spare", pending=98)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
