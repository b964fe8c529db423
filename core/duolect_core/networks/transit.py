"""Transit networks, which connect networks: who may attach a network to one, and which it is attached to.

They are a product of their own, so that here they are names. A network is attached to one over there, which
a world can tell of.
"""

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Network, TransitLink
from duolect_core.relations import lookup


@attrs.frozen
class GrantTransit:
    """Let the account that owns a transit network attach a network to it.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created, or deleted.
        TransitGranted: that is so already.
    """

    network_id: str
    transit_id: str
    owner: int

    def apply(self, partition: Partition) -> Network:
        """Return the network."""
        network = self.check(partition)
        link = (self.transit_id, self.owner, partition.now)
        network.transit_grants = (*network.transit_grants, link)
        return network

    def check(self, partition: Partition) -> Network:
        """Return the network, or raise what keeps it from being granted."""
        network = lookup.ready_network(partition.graph, self.network_id)
        if _find(network.transit_grants, self.transit_id, self.owner) is not None:
            raise errors.TransitGranted(network.id, self.transit_id)
        return network


@attrs.frozen
class RevokeTransit:
    """Take back what lets an account attach a network to a transit network.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created, or deleted.
        TransitGrantNotFound: there is no such grant.
        TransitAttached: the network is attached by it.
    """

    network_id: str
    transit_id: str
    owner: int

    def apply(self, partition: Partition) -> Network:
        """Return the network."""
        network, grant = self.check(partition)
        network.transit_grants = tuple(each for each in network.transit_grants if each is not grant)
        return network

    def check(self, partition: Partition) -> tuple[Network, TransitLink]:
        """Return the network and the grant, or raise what keeps it."""
        network = lookup.ready_network(partition.graph, self.network_id)
        grant = _find(network.transit_grants, self.transit_id, self.owner)
        if grant is None:
            raise errors.TransitGrantNotFound(self.transit_id)
        if _find(network.transit_attachments, self.transit_id, self.owner) is not None:
            raise errors.TransitAttached(network.id, self.transit_id)
        return network, grant


@attrs.frozen
class AttachTransit:
    """Say that a network is attached to a transit network; of another account's, it is granted too.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created, or deleted.
        TransitAttached: that is so already.
    """

    network_id: str
    transit_id: str
    owner: int = 0

    def apply(self, partition: Partition) -> Network:
        """Return the network."""
        network = self.check(partition)
        link = (self.transit_id, self.owner, partition.now)
        network.transit_attachments = (*network.transit_attachments, link)
        if self.owner and _find(network.transit_grants, self.transit_id, self.owner) is None:
            network.transit_grants = (*network.transit_grants, link)
        return network

    def check(self, partition: Partition) -> Network:
        """Return the network, or raise what keeps it from being attached."""
        network = lookup.ready_network(partition.graph, self.network_id)
        if any(each[0] == self.transit_id for each in network.transit_attachments):
            raise errors.TransitAttached(network.id, self.transit_id)
        return network


def _find(links: tuple[TransitLink, ...], transit_id: str, owner: int) -> TransitLink | None:
    return next((each for each in links if each[:2] == (transit_id, owner)), None)


def check_detached(network: Network) -> None:
    """Raise ``NetworkHoldsTransits`` where a network is attached to a transit network."""
    for transit_id, _, _ in network.transit_attachments:
        raise errors.NetworkHoldsTransits(network.id, transit_id)
