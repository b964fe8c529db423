"""A world in which virtual addresses can be carried."""

from tests.core.builders import World

from duolect_core.interfaces.virtual_addresses import (
    AssociateVirtualAddresses,
    Carrying,
    CreateVirtualAddress,
)


class VirtualWorld(World):
    """A world with a subnet, two instances and an interface in it, and an instance elsewhere."""

    def __init__(self, rules):
        super().__init__(rules)
        self.only_subnet = self.subnet()
        self.network_of = self.graph.networks[self.only_subnet.network_id]
        self.other_subnet = self.subnet(self.network_of, "10.0.1.0/24")
        self.first, self.second = self.instances(self.only_subnet, ("a", "b"))
        self.stranger = self.instance(self.other_subnet)
        self.free = self.interface(self.only_subnet)

    def virtual(self, **more):
        """Create a virtual address and wait for it."""
        address = self.do(CreateVirtualAddress(subnet_id=self.only_subnet.id, **more))
        self.wait()
        return address

    def latest_operation(self, kind):
        """Return the latest operation of a kind."""
        return [each for each in self.graph.operations.values() if each.kind == kind][-1]

    def associate(self, address, *carriers, command=AssociateVirtualAddresses, **how):
        """Let instances, or the interface, carry a virtual address, and wait for it."""
        self.do(self.carrying(address, *carriers, command=command), **how)
        self.wait()

    def carrying(self, address, *carriers, command=AssociateVirtualAddresses):
        return command(tuple(carrying_of(address, each) for each in carriers))


def carrying_of(address, carrier):
    return Carrying(address.id, carrier.id, as_interface=carrier.id.startswith(("e-", "interface-")))
