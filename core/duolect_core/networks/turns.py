"""Whose turn it is: on some clouds the subnets of a network are created and deleted one after the other."""

from duolect_core import errors
from duolect_core.engine.partition import Partition


def check_others_idle(partition: Partition, network_id: str) -> None:
    """Raise ``SubnetBusy`` while a subnet is under way, where the cloud takes them one by one."""
    if partition.rules.subnets_one_by_one:
        for other_id in partition.graph.subnets_busy.ids(network_id):
            raise errors.SubnetBusy(other_id)
