"""Any commands on reservations in subnets, from which interfaces get their prefixes."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, PICK, RARELY, TAGS
from tests.core.model.rules import DAY

from duolect_core.networks.reservations import (
    CreateCidrReservation,
    DeleteCidrReservation,
    ModifyCidrReservation,
)


class ReservationRules(Machine):
    """Keeps blocks of subnets for prefixes, and gives them up."""

    def set_up_reservations(self, network):
        """Start after a reservation that is gone."""
        of_network = self.graph.subnets_by_network.ids(network.id)
        subnets = [each for each in self.graph.subnets.values() if each.id in of_network]
        subnet = next(each for each in subnets if each.ipv6_pool is not None)
        first = self.grant(CreateCidrReservation(subnet_id=subnet.id, mask=80, ipv6=True))
        self.wait(DAY)
        self.grant(ModifyCidrReservation(reservation_id=first.id, name="n"))
        self.grant(DeleteCidrReservation(first.id))
        self.wait(DAY)

    @rule(subnet=PICK, mask=st.sampled_from([27, 28]), ipv6=RARELY, tags=TAGS, how=HOW)
    def create_cidr_reservation(self, subnet, mask, ipv6, tags, how):
        subnet_id, mask = self.one(self.graph.subnets, subnet), 79 if ipv6 else mask
        self.do(CreateCidrReservation(subnet_id=subnet_id, mask=mask, ipv6=ipv6, tags=tags), how)

    @rule(pick=PICK, of_block=RARELY, how=HOW)
    def reserve_part(self, pick, how, *, of_block):
        subnet = self.graph.subnets.get(self.one(self.graph.subnets, pick))
        if subnet is not None and subnet.block.prefixlen <= 26:
            parts = list(subnet.block.subnets(new_prefix=max(27, subnet.block.prefixlen + of_block)))
            self.do(CreateCidrReservation(subnet_id=subnet.id, block=parts[pick % len(parts)]), how)

    @rule(pick=PICK, name=st.sampled_from([None, "n"]), how=HOW)
    def modify_cidr_reservation(self, pick, name, how):
        reservation_id = self.one(self.graph.cidr_reservations, pick)
        self.do(ModifyCidrReservation(reservation_id=reservation_id, name=name), how)

    @rule(pick=PICK, how=HOW)
    def delete_cidr_reservation(self, pick, how):
        self.do(DeleteCidrReservation(self.one(self.graph.cidr_reservations, pick)), how)
