"""Whether a subnet, an interface or a security group has the capacity for more."""

from collections.abc import Iterable

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.resources import GroupKind, Interface, SecurityGroup, Subnet
from duolect_core.model.rules import InstanceType, Rules
from duolect_core.relations.address_plans import AddressPlan


def check_subnet(partition: Partition, subnet: Subnet, plan: AddressPlan) -> None:
    """Raise what keeps the subnet from granting the plan.

    Raises:
        SubnetExhausted: the command under way shall find no free address.
        what ``AddressPlan.check`` raises.
    """
    plan.check(partition.graph, subnet)
    if partition.command_fault.exhausted and (wanted := plan.ipv4_count + plan.ipv6_count):
        partition.fault_applied = True
        raise errors.SubnetExhausted(subnet.id, wanted, 0)


def check_groups(
    partition: Partition, groups: Iterable[SecurityGroup], addresses: int, interfaces: int = 1
) -> None:
    """Raise where a security group cannot take the addresses and interfaces that want to join.

    Raises:
        GroupMembersExceeded, GroupInterfacesExceeded: the group is full.
    """
    graph, rules = partition.graph, partition.rules
    for group in groups:
        limit = rules.members_limit(group.kind)
        if limit is not None:
            weight = addresses if rules.members_are_addresses else interfaces
            if graph.group_load[group.id] + weight > limit:
                raise errors.GroupMembersExceeded(group.id, limit)
        if group.kind is GroupKind.BASIC:
            continue
        limit = rules.quotas.enterprise_group_interfaces
        if limit is not None and len(graph.interfaces_by_group.ids(group.id)) + interfaces > limit:
            raise errors.GroupInterfacesExceeded(group.id, limit)


def secondary_interfaces(graph: Graph, network_id: str) -> int:
    """Return how many secondary interfaces a network has, those of NAT gateways not counted."""
    others = len(graph.instances_by_network.ids(network_id))
    for gateway_id in graph.nat_gateways_by_network.ids(network_id):
        others += graph.nat_gateways[gateway_id].interface_id is not None
    return len(graph.interfaces_by_network.ids(network_id)) - others


def check_attached(interface_id: str, instance_type: InstanceType, ipv4: int, ipv6: int) -> None:
    """Raise where the instance type allows an interface fewer addresses, prefixes included.

    Raises:
        Ipv4PerInterfaceExceeded, Ipv6Unsupported, Ipv6PerInterfaceExceeded: there are too many.
    """
    if ipv4 > instance_type.ipv4_per_interface:
        raise errors.Ipv4PerInterfaceExceeded(interface_id, instance_type.ipv4_per_interface)
    if ipv6 and not instance_type.ipv6_per_interface:
        raise errors.Ipv6Unsupported(instance_type.name)
    if ipv6 > instance_type.ipv6_per_interface:
        raise errors.Ipv6PerInterfaceExceeded(interface_id, instance_type.ipv6_per_interface)


def check_detached(rules: Rules, interface_id: str, ipv4: int, ipv6: int) -> None:
    """Raise ``DetachedAddressesExceeded`` where an interface attached to nothing may hold fewer."""
    limit = rules.quotas.ipv4_per_detached_interface
    if limit is not None and ipv4 > limit:
        raise errors.DetachedAddressesExceeded(interface_id, limit)
    limit = rules.quotas.ipv6_per_detached_interface
    if limit is not None and ipv6 > limit:
        raise errors.DetachedAddressesExceeded(interface_id, limit)


def check_more(partition: Partition, interface: Interface, *, ipv4: int = 0, ipv6: int = 0) -> None:
    """Raise where an interface cannot hold that many more addresses, prefixes included.

    An interface that was detached may hold more than a detached one may; it keeps them.

    Raises:
        what ``check_attached`` or ``check_detached`` raises.
    """
    ipv4_total, ipv6_total = interface.ipv4_count + ipv4, interface.ipv6_count + ipv6
    if interface.attachment is None:
        check_detached(partition.rules, interface.id, ipv4_total if ipv4 else 0, ipv6_total if ipv6 else 0)
        return
    instance = partition.graph.instances[interface.attachment.instance_id]
    instance_type = partition.rules.instance_types[instance.type_name]
    check_attached(interface.id, instance_type, ipv4_total, ipv6_total)


def check_move(partition: Partition, source: Interface, destination: Interface) -> None:
    """Raise where ``destination``, or one of its groups, cannot take an IPv4 address of ``source``.

    Raises:
        GroupMembersExceeded: a group of the destination is full.
        what ``check_more`` raises.
    """
    check_more(partition, destination, ipv4=1)
    joined = [group_id for group_id in destination.group_ids if group_id not in source.group_ids]
    check_groups(partition, [partition.graph.groups[group_id] for group_id in joined], 1, 0)
