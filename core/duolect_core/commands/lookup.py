"""Finding what a command names, or raising that it does not exist."""

from collections.abc import Iterable, Mapping

from duolect_core.errors import (
    GroupClassicNetwork,
    GroupKindsMixed,
    GroupManaged,
    GroupNetworkMismatch,
    GroupNotFound,
    GroupsPerInterfaceExceeded,
    InstanceNotFound,
    InterfaceNotFound,
    NetworkNotFound,
    PermissionNotFound,
    SubnetBusy,
    SubnetNotFound,
    TagQuotaExceeded,
)
from duolect_core.graph import Graph
from duolect_core.lifecycle import ProvisionState
from duolect_core.model import Instance, Interface, Network, Permission, SecurityGroup, Subnet
from duolect_core.rules import Rules


def network(graph: Graph, network_id: str) -> Network:
    """Return the network, or raise ``NetworkNotFound``."""
    found = graph.networks.get(network_id)
    if found is None:
        raise NetworkNotFound(network_id)
    return found


def subnet(graph: Graph, subnet_id: str) -> Subnet:
    """Return the subnet, or raise ``SubnetNotFound``."""
    found = graph.subnets.get(subnet_id)
    if found is None:
        raise SubnetNotFound(subnet_id)
    return found


def ready_subnet(graph: Graph, subnet_id: str) -> Subnet:
    """Return the subnet, or raise ``SubnetNotFound``, or ``SubnetBusy`` while it is being created."""
    found = subnet(graph, subnet_id)
    if found.state is ProvisionState.PENDING:
        raise SubnetBusy(subnet_id)
    return found


def group(graph: Graph, group_id: str) -> SecurityGroup:
    """Return the security group, or raise ``GroupNotFound``."""
    found = graph.groups.get(group_id)
    if found is None:
        raise GroupNotFound(group_id)
    return found


def instance(graph: Graph, instance_id: str) -> Instance:
    """Return the instance, or raise ``InstanceNotFound``."""
    found = graph.instances.get(instance_id)
    if found is None:
        raise InstanceNotFound(instance_id)
    return found


def interface(graph: Graph, interface_id: str) -> Interface:
    """Return the interface, or raise ``InterfaceNotFound``."""
    found = graph.interfaces.get(interface_id)
    if found is None:
        raise InterfaceNotFound(interface_id)
    return found


def permission(graph: Graph, permission_id: str) -> Permission:
    """Return the permission, or raise ``PermissionNotFound``."""
    found = graph.permissions.get(permission_id)
    if found is None:
        raise PermissionNotFound(permission_id)
    return found


def groups_for(
    graph: Graph, rules: Rules, group_ids: Iterable[str], network_id: str, joiner_id: str
) -> tuple[SecurityGroup, ...]:
    """Return the security groups that an interface in this network wants to join, each once.

    ``joiner_id`` is the interface, or the subnet of a new one.

    Raises:
        GroupNotFound: a group does not exist.
        GroupClassicNetwork, GroupManaged, GroupNetworkMismatch, GroupKindsMixed: it cannot be joined.
        GroupsPerInterfaceExceeded: there are too many.

    """
    groups = tuple(group(graph, group_id) for group_id in dict.fromkeys(group_ids))
    for found in groups:
        if found.classic:
            raise GroupClassicNetwork(found.id)
        if found.managed:
            raise GroupManaged(found.id)
        if found.network_id is not None and found.network_id != network_id:
            raise GroupNetworkMismatch(found.id, found.network_id, joiner_id, network_id)
    if len({found.kind for found in groups}) > 1:
        raise GroupKindsMixed(joiner_id)
    limit = rules.quotas.groups_per_interface
    if limit is not None and len(groups) > limit:
        raise GroupsPerInterfaceExceeded(joiner_id, limit)
    return groups


def check_tags(rules: Rules, tags: Mapping[str, str]) -> None:
    """Raise ``TagQuotaExceeded`` where a resource would carry too many tags."""
    limit = rules.quotas.tags_per_resource
    if limit is not None and len(tags) > limit:
        raise TagQuotaExceeded("", limit)
