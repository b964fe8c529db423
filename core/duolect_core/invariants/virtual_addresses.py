"""Virtual addresses with their subnets, and what may carry them."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import VirtualAddressState

_CHANGING = frozenset({VirtualAddressState.ASSOCIATING, VirtualAddressState.DISASSOCIATING})


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    for address in graph.virtual_addresses.values():
        subnet = graph.subnets.get(address.subnet_id)
        if subnet is None or subnet.network_id != address.network_id:
            yield f"{address.id}: not in the network of its subnet"
        if len(set(address.carrier_ids)) < len(address.carrier_ids):
            yield f"{address.id}: carried twice by one"
        for carrier_id in address.carrier_ids:
            carrier = graph.instances.get(carrier_id) or graph.interfaces.get(carrier_id)
            if carrier is None or carrier.subnet_id != address.subnet_id:
                yield f"{address.id}: carried by {carrier_id}, which is not in its subnet"
        interface = graph.interfaces.get(address.interface_id)
        if address.interface_id and (interface is None or interface.subnet_id != address.subnet_id):
            yield f"{address.id}: on an interface that is not in its subnet"
        if bool(address.changing_ids) is not (address.state in _CHANGING):
            yield f"{address.id}: {address.state} does not fit {address.changing_ids}"
        if not {*address.changing_ids} <= {*address.carrier_ids}:
            yield f"{address.id}: {address.changing_ids} change, which do not carry it"
