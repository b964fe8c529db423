"""Damage to virtual addresses."""

import pytest
from tests.core.invariants.damage import change, finds, index, limit

from duolect_core.model.lifecycles import VirtualAddressState

CORRUPTIONS = [
    ("not in the network of its subnet", change("virtual", network_id="absent")),
    ("not in the network of its subnet", lambda s: s.graph.subnets.pop(s.subnet.id)),
    (
        "carried twice by one",
        lambda s: setattr(s.virtual, "carrier_ids", (s.instance.id, s.instance.id)),
    ),
    ("which is not in its subnet", lambda s: s.graph.instances.pop(s.instance.id)),
    ("which is not in its subnet", change("virtual", subnet_id="absent")),
    ("on an interface that is not in its subnet", change("virtual", interface_id="absent")),
    ("associating does not fit ()", change("virtual", changing_ids=())),
    ("does not fit ('absent',)", change("other_virtual", changing_ids=("absent",))),
    ("which do not carry it", change("virtual", changing_ids=("absent",))),
    ("the pool's holders are not those that have the addresses", change("other_virtual", ip=1)),
    ("waits for None, which is not its transition", change("virtual", pending=None)),
    ("pending with 0 transitions to come", change("other_virtual", state=VirtualAddressState.PENDING)),
    ("virtual addresses of a network over 1", limit(virtual_addresses_per_network=1)),
    ("carriers of a virtual address over 0", limit(carriers_per_virtual_address=0)),
    ("virtual addresses on a carrier over 0", limit(virtual_addresses_per_carrier=0)),
    ("index virtual addresses by network is not", index("virtual_addresses_by_network")),
    ("index virtual addresses by subnet is not", index("virtual_addresses_by_subnet")),
    ("index virtual addresses by ip is not", index("virtual_addresses_by_ip", 1)),
    ("index virtual addresses by carrier is not", index("virtual_addresses_by_carrier")),
    ("index virtual addresses by interface is not", index("virtual_addresses_by_interface")),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
