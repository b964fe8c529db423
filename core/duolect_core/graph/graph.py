"""The resource graph of a partition, with an index for every way in which it is asked.

Each subject has a class of tables; the graph is all of them. Writing goes through their methods, so that no
index can be forgotten; ``invariants.check`` compares each index with what a scan finds. Dictionaries keep
the order of creation.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from duolect_core.graph.alarms import AlarmTables
from duolect_core.graph.disks import DiskTables
from duolect_core.graph.fleets import FleetTables
from duolect_core.graph.instances import InstanceTables
from duolect_core.graph.interfaces import InterfaceTables
from duolect_core.graph.key_pairs import KeyPairTables
from duolect_core.graph.lists import ListTables
from duolect_core.graph.nat_gateways import NatTables
from duolect_core.graph.networks import NetworkTables
from duolect_core.graph.public_addresses import PublicAddressTables
from duolect_core.graph.security_groups import GroupTables
from duolect_core.graph.tags import TagTables
from duolect_core.graph.virtual_addresses import VirtualAddressTables
from duolect_core.model.resources import Operation, OperationState, Resource
from duolect_core.model.rules import GroupMembership, ResourceKind, Rules

_TABLES: Final[Mapping[ResourceKind, str]] = MappingProxyType(
    {
        ResourceKind.NETWORK: "networks",
        ResourceKind.ROUTE_TABLE: "route_tables",
        ResourceKind.ADDRESS_LIST: "address_lists",
        ResourceKind.ROUTE_LIST: "route_lists",
        ResourceKind.SERVICE_LIST: "service_lists",
        ResourceKind.ADDRESS_LIST_GROUP: "address_list_groups",
        ResourceKind.SERVICE_LIST_GROUP: "service_list_groups",
        ResourceKind.ROUTE: "routes",
        ResourceKind.SUBNET: "subnets",
        ResourceKind.ROUTE_TARGET_GROUP: "route_target_groups",
        ResourceKind.ROUTE_POLICY: "route_policies",
        ResourceKind.NETWORK_ACL: "network_acls",
        ResourceKind.IPV4_GATEWAY: "ipv4_gateways",
        ResourceKind.IPV6_GATEWAY: "ipv6_gateways",
        ResourceKind.IPV6_ADDRESS: "ipv6_addresses",
        ResourceKind.DHCP_OPTIONS_SET: "dhcp_options_sets",
        ResourceKind.GROUP: "groups",
        ResourceKind.KEY_PAIR: "key_pairs",
        ResourceKind.LAUNCH_TEMPLATE: "launch_templates",
        ResourceKind.PLACEMENT_GROUP: "placement_groups",
        ResourceKind.INSTANCE: "instances",
        ResourceKind.SNAPSHOT_POLICY: "snapshot_policies",
        ResourceKind.PROVISIONING_GROUP: "provisioning_groups",
        ResourceKind.DISK: "disks",
        ResourceKind.SNAPSHOT: "snapshots",
        ResourceKind.SNAPSHOT_GROUP: "snapshot_groups",
        ResourceKind.DISK_BACKUP: "disk_backups",
        ResourceKind.IMAGE: "images",
        ResourceKind.INTERFACE: "interfaces",
        ResourceKind.PERMISSION: "permissions",
        ResourceKind.VIRTUAL_ADDRESS: "virtual_addresses",
        ResourceKind.BANDWIDTH_PACKAGE: "bandwidth_packages",
        ResourceKind.IPV6_BANDWIDTH: "ipv6_bandwidths",
        ResourceKind.EGRESS_RULE: "egress_rules",
        ResourceKind.NAT_GATEWAY: "nat_gateways",
        ResourceKind.ADDRESS_SEGMENT: "address_segments",
        ResourceKind.TRAFFIC_PACKAGE: "traffic_packages",
        ResourceKind.PUBLIC_ADDRESS: "public_addresses",
        ResourceKind.FLOW_LOG: "flow_logs",
        ResourceKind.CIDR_RESERVATION: "cidr_reservations",
        ResourceKind.PUBLIC_IPV6_ADDRESS: "public_ipv6_addresses",
        ResourceKind.SNAT_RULE: "snat_rules",
        ResourceKind.DNAT_RULE: "dnat_rules",
    }
)
"""The table of each kind of resource, dependencies first."""


class Graph(InterfaceTables, VirtualAddressTables, NatTables, DiskTables, ListTables, FleetTables):
    """All resources of a partition and the relations between them."""

    def __init__(
        self,
        group_members_count: GroupMembership,
        public_range: IPv4Network,
        *,
        tags_remain: bool = False,
    ) -> None:
        """Start empty; ``group_members_count`` says what a group's load counts."""
        self.operations: OrderedDict[str, Operation] = OrderedDict()
        # In this order archives list the indexes.
        AlarmTables.__init__(self)
        NetworkTables.__init__(self)
        ListTables.__init__(self)
        GroupTables.__init__(self)
        KeyPairTables.__init__(self)
        FleetTables.__init__(self)
        InstanceTables.__init__(self)
        DiskTables.__init__(self)
        InterfaceTables.__init__(self, group_members_count)
        VirtualAddressTables.__init__(self)
        PublicAddressTables.__init__(self, public_range)
        NatTables.__init__(self)
        TagTables.__init__(self, tags_remain=tags_remain)

    def table(self, kind: ResourceKind) -> dict[str, Any]:
        """Return the resources of a kind by id."""
        table: dict[str, Any] = getattr(self, _TABLES[kind])
        return table

    def tables(self) -> Iterator[dict[str, Any]]:
        """Iterate over the table of each kind of resource, dependencies first."""
        return map(self.table, _TABLES)

    def add_operation(self, operation: Operation, rules: Rules) -> None:
        """Put in an operation that begins now, as the newest one of its id.

        Those that are too old are forgotten, and the oldest that has ended where there are many.
        """
        operations, expired = self.operations, operation.started - rules.operation_lifetime
        while operations and next(iter(operations.values())).started <= expired:
            operations.popitem(last=False)
        if len(operations) >= rules.operations_kept:
            ended = (name for name, each in operations.items() if each.state is not OperationState.RUNNING)
            operations.pop(next(ended, ""), None)
        operations.pop(operation.id, None)
        operations[operation.id] = operation

    def holds(self, resource_id: str) -> bool:
        """Say whether there is a resource of any kind with this id."""
        return any(resource_id in table for table in self.tables())

    def resources(self) -> Iterator[Resource]:
        """Iterate over the resources of all kinds, dependencies first."""
        for table in self.tables():
            yield from table.values()

    def created_after(self, order: int) -> tuple[Resource, ...]:
        """Return what was created after the ``order``-th resource and is still there, oldest first.

        It costs what it returns: a table ends with its newest resource.
        """
        found: list[Resource] = []
        for table in self.tables():
            for each in reversed(table.values()):
                if each.order <= order:
                    break
                found.append(each)
        return tuple(found if len(found) == 1 else sorted(found, key=attrgetter("order")))
