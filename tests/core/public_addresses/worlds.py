"""A world with what elastic public addresses are associated with."""

from tests.core.builders import World, certain

from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
)
from duolect_core.public_addresses.segments import AllocateSegment
from duolect_core.relations.address_plans import ANY, AddressPlan

AVAILABLE, IN_USE = PublicAddressState.AVAILABLE, PublicAddressState.IN_USE


class AddressWorld(World):
    """A world with a subnet, a running instance, and a free interface with two addresses."""

    def __init__(self, rules):
        super().__init__(rules)
        self.only_subnet = self.subnet()
        self.only_instance = self.instance(self.only_subnet)
        self.only_interface = self.interface(
            self.only_subnet,
            AddressPlan(primary=certain("10.0.0.9")[0], secondaries=(ANY,)),
            delete_on_release=False,
        )

    @property
    def second_ip(self):
        return self.only_interface.ipv4[1].ip

    def public_address(self, **how):
        (address,) = self.do(AllocatePublicAddresses(**how))
        self.wait()
        assert address.state is AVAILABLE
        return address

    def associate(self, address, **target):
        """Begin to associate a public address, with the second address of the interface by default."""
        target = target or {"interface_id": self.only_interface.id, "ip": self.second_ip}
        return self.do(AssociatePublicAddress(address_id=address.id, **target))

    def associated(self, **target):
        address = self.public_address()
        self.associate(address, **target)
        self.wait()
        assert address.state is IN_USE
        return address

    def latest_operation(self, kind):
        """Return the latest operation of a kind."""
        return [each for each in self.graph.operations.values() if each.kind == kind][-1]


def is_free(address):
    return (address.state, address.association, address.pending) == (AVAILABLE, None, None)


def segment(world, length=31, **more):
    """Return a new segment that is ready."""
    made = world.do(AllocateSegment(length=length, **more))
    world.wait()
    return made
