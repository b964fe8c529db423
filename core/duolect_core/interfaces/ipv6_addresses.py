"""IPv6 addresses as resources of their own: free ones that no interface has, and what is said of any."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.gateways import Ipv6Address
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.resources import OperationKind, Subnet
from duolect_core.relations import ipv6, lookup, waiting
from duolect_core.relations.address_plans import AddressPlan, AddressRequest
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class AllocateIpv6Address:
    """Allocate a free IPv6 address of a subnet, which stays nobody's: the one of this ``ip``, or any.

    Raises:
        SubnetNotFound, SubnetBusy: there is none, or it is on its way.
        Ipv6Disabled, Ipv6AddressOutsideSubnet, Ipv6AddressInUse, SubnetExhausted: it cannot give it.
        TagQuotaExceeded: there are too many tags.
    """

    subnet_id: str
    ip: int | None = None
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Ipv6Address:
        """Return the address, PENDING where the cloud takes its time over it."""
        pool = self.check(partition).ipv6_pool
        assert pool is not None  # noqa: S101 - else the check has raised
        ip = pool.take_any(partition.address_generator, "") if self.ip is None else self.ip
        if self.ip is not None:
            pool.take(ip, "")
        address_id = ipv6.id_of(partition.rules, ip)
        pool.reassign(ip, address_id)
        takes_time = partition.takes_time(partition.rules.provision_is_asynchronous)
        address = Ipv6Address(
            id=address_id,
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            subnet_id=self.subnet_id,
            ip=ip,
            free=True,
            state=ServiceState.PENDING if takes_time else ServiceState.AVAILABLE,
        )
        partition.graph.add_ipv6_address(address)
        if takes_time:
            duration = partition.rules.durations.change_addresses
            kind = OperationKind.ALLOCATE_IPV6_ADDRESS
            waiting.begin(partition, kind, Trigger.PROVISIONED, duration, address)
        return address

    def check(self, partition: Partition) -> Subnet:
        """Return the subnet, or raise what keeps it from giving the address."""
        subnet = lookup.ready_subnet(partition.graph, self.subnet_id)
        AddressPlan(primary=None, ipv6=(AddressRequest(self.ip),)).check(partition.graph, subnet)
        lookup.check_tags(partition.rules, self.tags)
        return subnet


@attrs.frozen
class ReleaseIpv6Address:
    """Give a free IPv6 address back.

    Raises:
        Ipv6AddressNotFound, Ipv6AddressBusy: nobody has it, or it is on its way.
        Ipv6AddressNotFree: an interface has it.
        Ipv6AddressHoldsBandwidth: it has Internet bandwidth.
    """

    address_id: str

    def apply(self, partition: Partition) -> Ipv6Address:
        """Return the address, DELETING where the cloud takes its time over it, else GONE."""
        address = self.check(partition)
        if not partition.takes_time(partition.rules.provision_is_asynchronous):
            remove(partition, address)
            return address
        address.state = SERVICE_LIFECYCLE[address.state, Trigger.DELETE]
        duration = partition.rules.durations.change_addresses
        waiting.begin(partition, OperationKind.RELEASE_IPV6_ADDRESS, Trigger.DELETED, duration, address)
        return address

    def check(self, partition: Partition) -> Ipv6Address:
        """Return the address, or raise what keeps it."""
        ip = ipv6.named(partition.rules, self.address_id)
        _, interface = ipv6.steady(partition, ip)
        if interface is not None:
            raise errors.Ipv6AddressNotFree(self.address_id, interface.id)
        bandwidth_id = partition.graph.ipv6_bandwidth_by_ip.get(ip)
        if bandwidth_id is not None:
            raise errors.Ipv6AddressHoldsBandwidth(self.address_id, bandwidth_id)
        return partition.graph.ipv6_addresses[self.address_id]


@attrs.frozen(kw_only=True)
class ModifyIpv6Addresses:
    """Change what is said of IPv6 addresses, at once: of all, or none. None leaves a value as it is.

    From then on each is a resource that can be named and tagged, even where nothing is said yet.

    Raises:
        Ipv6AddressNotFound, Ipv6AddressBusy: nobody has one of them, or it is on its way.
    """

    address_ids: tuple[str, ...]
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Ipv6Address, ...]:
        """Return what is said of the addresses now."""
        found = tuple(ipv6.note(partition, ip, subnet.id) for ip, subnet in self.check(partition).items())
        for address in found:
            describe(address, self.name, self.description, self.extras)
        return found

    def check(self, partition: Partition) -> dict[int, Subnet]:
        """Return the addresses with their subnets, or raise what keeps one as it is."""
        ips = [ipv6.named(partition.rules, each) for each in self.address_ids]
        return {ip: ipv6.steady(partition, ip)[0] for ip in ips}


def remove(partition: Partition, address: Ipv6Address) -> None:
    """Take a free IPv6 address out, and give it back to its subnet."""
    pool = partition.graph.subnets[address.subnet_id].ipv6_pool
    if pool is not None:
        pool.release(address.ip)
    partition.graph.remove_ipv6_address(address)
