"""Networks, their subnets, and which blocks these have."""

from bisect import bisect_left, bisect_right, insort
from ipaddress import IPv4Network, IPv6Network

from duolect_core.addressing.pools import AddressPool, bounds
from duolect_core.graph.dhcp_options import DhcpTables
from duolect_core.graph.flow_logs import FlowLogTables
from duolect_core.graph.gateways import GatewayTables
from duolect_core.graph.index import Index
from duolect_core.graph.network_acls import NetworkAclTables
from duolect_core.graph.reservations import ReservationTables
from duolect_core.graph.routes import RouteTables
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import Network, Subnet


def subnet_bounds(subnet: Subnet) -> list[tuple[int, int]]:
    """Return the bounds of the blocks that a subnet has."""
    return [bounds(block) for block in (subnet.block, subnet.ipv6_block) if block is not None]


class NetworkTables(
    RouteTables, NetworkAclTables, GatewayTables, DhcpTables, FlowLogTables, ReservationTables
):
    """The networks and subnets of a partition, with what belongs to them as a whole."""

    def __init__(self) -> None:
        """Start empty."""
        RouteTables.__init__(self)
        NetworkAclTables.__init__(self)
        GatewayTables.__init__(self)
        DhcpTables.__init__(self)
        FlowLogTables.__init__(self)
        ReservationTables.__init__(self)
        self.networks: dict[str, Network] = {}
        self.subnets: dict[str, Subnet] = {}
        self.subnets_by_network: Index[str] = Index()
        self.subnets_busy: Index[str] = Index()
        """The subnets of each network that are being created, modified or deleted."""
        self.blocks: dict[str, list[tuple[int, int]]] = {}
        """First and last address of each block of a network's subnets, in order of address.

        IPv6 blocks stand among the IPv4 blocks; as integers they lie far beyond them.
        """
        self.default_network: str | None = None
        self.default_subnets: dict[str, str] = {}
        """The default subnet of each zone that has one."""

    def add_network(self, network: Network) -> None:
        """Put a new network in; its main route table is added on its own."""
        self.networks[network.id] = network
        self.blocks[network.id] = []
        if network.default:
            self.default_network = network.id
        self._tag(network)

    def remove_network(self, network: Network) -> None:
        """Take a network out with its route tables and network ACLs; nothing else may stand on it.

        It leaves its set of DHCP options behind.
        """
        self.detach_dhcp_options(network.id)
        for acl_id in tuple(self.network_acls_by_network.ids(network.id)):
            self.remove_network_acl(self.network_acls[acl_id])
        for table_id in tuple(self.route_tables_by_network.ids(network.id)):
            self.remove_route_table(self.route_tables[table_id])
        self._untag(network)
        if network.default:
            self.default_network = None
        del self.blocks[network.id]
        del self.networks[network.id]

    def add_subnet(self, subnet: Subnet) -> None:
        """Put a new subnet in."""
        self.subnets[subnet.id] = subnet
        for block in subnet_bounds(subnet):
            insort(self.blocks[subnet.network_id], block)
        self.subnets_by_network.add(subnet.network_id, subnet.id, subnet.order)
        self.subnets_by_route_table.add(subnet.route_table_id, subnet.id, subnet.order)
        if subnet.state is not ProvisionState.AVAILABLE:
            self.subnets_busy.add(subnet.network_id, subnet.id, subnet.order)
        if subnet.default:
            self.default_subnets[subnet.zone] = subnet.id
        self._tag(subnet)

    def remove_subnet(self, subnet: Subnet) -> None:
        """Take a subnet out; nothing may stand on it."""
        self._forget_subnet(subnet.id)
        self._untag(subnet)
        if subnet.default:
            del self.default_subnets[subnet.zone]
        for block in subnet_bounds(subnet):
            self.blocks[subnet.network_id].remove(block)
        self.subnets_by_route_table.discard(subnet.route_table_id, subnet.id)
        self.subnets_by_network.discard(subnet.network_id, subnet.id)
        if subnet.state is not ProvisionState.AVAILABLE:
            self.subnets_busy.discard(subnet.network_id, subnet.id)
        del self.subnets[subnet.id]

    def set_subnet_state(self, subnet: Subnet, state: ProvisionState) -> None:
        """Note that a subnet has become available, or is being modified or deleted."""
        subnet.state = state
        if state is ProvisionState.AVAILABLE:
            self.subnets_busy.discard(subnet.network_id, subnet.id)
        else:
            self.subnets_busy.add(subnet.network_id, subnet.id, subnet.order)

    def give_ipv6_block(self, subnet: Subnet, block: IPv6Network, pool: AddressPool) -> None:
        """Give a subnet an IPv6 block and the pool of its addresses."""
        insort(self.blocks[subnet.network_id], bounds(block))
        subnet.ipv6_block, subnet.ipv6_pool = block, pool

    def take_ipv6_block(self, subnet: Subnet) -> None:
        """Take a subnet's IPv6 block away, of which no address may be in use."""
        if subnet.ipv6_block is not None:
            self.blocks[subnet.network_id].remove(bounds(subnet.ipv6_block))
        subnet.ipv6_block = subnet.ipv6_pool = None

    def use_route_table(self, subnet: Subnet, table_id: str) -> None:
        """Let a subnet use another route table of its network."""
        self.subnets_by_route_table.discard(subnet.route_table_id, subnet.id)
        subnet.route_table_id = table_id
        self.subnets_by_route_table.add(table_id, subnet.id, subnet.order)

    def is_within_subnet(self, network_id: str, block: IPv4Network | IPv6Network) -> bool:
        """Say whether a subnet of the network has all of ``block``."""
        blocks = self.blocks[network_id]
        first, last = bounds(block)
        place = bisect_right(blocks, (first, 1 << 128))
        return place > 0 and blocks[place - 1][1] >= last

    def overlaps(self, network_id: str, block: IPv4Network | IPv6Network) -> bool:
        """Say whether ``block`` overlaps that of a subnet of the network."""
        blocks = self.blocks[network_id]
        first, last = bounds(block)
        place = bisect_left(blocks, (first, last))
        return (place < len(blocks) and blocks[place][0] <= last) or (
            place > 0 and blocks[place - 1][1] >= first
        )
