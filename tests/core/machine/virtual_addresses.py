"""Any commands on virtual addresses."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import ADDRESSES, HOW, OFTEN, PICK, RARELY, TAGS

from duolect_core.interfaces.virtual_addresses import (
    AssociateVirtualAddresses,
    Carrying,
    CreateVirtualAddress,
    DeleteVirtualAddress,
    DisassociateVirtualAddresses,
    ModifyVirtualAddress,
)
from duolect_core.public_addresses.lifecycle import AssociatePublicAddress

CARRYINGS = st.lists(st.tuples(PICK, PICK, st.booleans(), OFTEN), max_size=2)


class VirtualAddressRules(Machine):
    """Creates, changes and deletes virtual addresses."""

    @rule(
        subnet=PICK,
        ip=st.one_of(st.none(), st.none(), ADDRESSES),
        interface=st.one_of(st.none(), PICK),
        elsewhere=RARELY,
        tags=TAGS,
        how=HOW,
    )
    def create_virtual_address(self, subnet, interface, elsewhere, how, **more):
        graph = self.graph
        subnet_id = self.one(graph.subnets, subnet)
        near = self.fit(graph.interfaces, lambda each: each.subnet_id == subnet_id)
        network_id = None
        if subnet_id in graph.subnets:
            network_id = "absent" if elsewhere else graph.subnets[subnet_id].network_id
        self.do(
            CreateVirtualAddress(
                subnet_id=subnet_id,
                network_id=network_id,
                interface_id="" if interface is None else self.one(near, interface),
                **more,
            ),
            how,
        )

    @rule(
        pick=PICK,
        name=st.sampled_from([None, "n"]),
        extras=st.sampled_from([{}, {"x": 1}]),
        how=HOW,
    )
    def modify_virtual_address(self, pick, how, **more):
        self.do(ModifyVirtualAddress(address_id=self.one(self.graph.virtual_addresses, pick), **more), how)

    @rule(places=CARRYINGS, how=HOW)
    def associate_virtual_addresses(self, places, how):
        self.do(AssociateVirtualAddresses(self.carryings(places)), how)

    @rule(places=CARRYINGS, how=HOW)
    def disassociate_virtual_addresses(self, places, how):
        self.do(DisassociateVirtualAddresses(self.carryings(places, associated=True)), how)

    @rule(pick=PICK, how=HOW)
    def delete_virtual_address(self, pick, how):
        self.do(DeleteVirtualAddress(self.one(self.graph.virtual_addresses, pick)), how)

    @rule(public=PICK, pick=PICK, how=HOW)
    def associate_public_with_virtual_address(self, public, pick, how):
        self.do(
            AssociatePublicAddress(
                address_id=self.one(self.graph.public_addresses, public),
                virtual_id=self.one(self.graph.virtual_addresses, pick),
            ),
            how,
        )

    def carryings(self, places, *, associated=False):
        """Return what should carry virtual addresses, or does: most often something in their subnets."""
        graph, found = self.graph, []
        for address, carrier, as_interface, near in places:
            address_id = self.one(graph.virtual_addresses, address)
            virtual = graph.virtual_addresses.get(address_id)
            table = graph.interfaces if as_interface else graph.instances
            if near and virtual is not None:
                subnet_id = virtual.subnet_id
                table = self.fit(table, lambda each, where=subnet_id: each.subnet_id == where)
                table = virtual.carrier_ids if associated and virtual.carrier_ids else table
            found.append(Carrying(address_id, self.one(table, carrier), as_interface=as_interface))
        return tuple(found)
