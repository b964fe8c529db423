"""Blocks of subnets that are kept for delegated prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import ServiceState

if TYPE_CHECKING:
    from duolect_core.addressing.pools import AddressPool
    from duolect_core.model.virtual_addresses import CidrReservation


class ReservationTables(TagTables):
    """The reservations of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.cidr_reservations: dict[str, CidrReservation] = {}
        self.reservations_by_subnet: Index[str] = Index()

    def add_cidr_reservation(self, reservation: CidrReservation) -> None:
        """Put a new reservation in, whose prefixes are taken in the subnet's pool."""
        self.cidr_reservations[reservation.id] = reservation
        self.reservations_by_subnet.add(reservation.subnet_id, reservation.id, reservation.order)
        self._tag(reservation)

    def remove_cidr_reservation(self, reservation: CidrReservation, pool: AddressPool) -> None:
        """Take a reservation out and give its prefixes back, of which no interface may hold any."""
        for prefix in reservation.prefixes:
            pool.release_prefix(prefix)
        self._untag(reservation)
        self.reservations_by_subnet.discard(reservation.subnet_id, reservation.id)
        del self.cidr_reservations[reservation.id]
        reservation.state = ServiceState.GONE

    def open_reservations(self, subnet_id: str, pool: AddressPool) -> list[CidrReservation]:
        """Return the reservations in a pool of a subnet that interfaces get prefixes from, oldest first."""
        found = (self.cidr_reservations[each] for each in self.reservations_by_subnet.ids(subnet_id))
        return [
            each
            for each in found
            if each.block.max_prefixlen == pool.width and each.state is ServiceState.AVAILABLE
        ]

    def _release_prefix(self, subnet_id: str, pool: AddressPool, prefix: int) -> None:
        """Give a prefix of an interface back to the reservation that it is in, or to its subnet."""
        for reservation_id in self.reservations_by_subnet.ids(subnet_id):
            reservation = self.cidr_reservations[reservation_id]
            if reservation.block.max_prefixlen == pool.width and prefix in reservation:
                reservation.free.release(reservation.prefixes.index(prefix))
                pool.reassign_prefix(prefix, reservation_id)
                return
        pool.release_prefix(prefix)
