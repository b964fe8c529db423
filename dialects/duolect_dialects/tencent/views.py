"""Core objects as the vendor shows them: every documented field, of its exact type."""

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Final

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import (
    Instant,
    Interface,
    InterfaceKind,
    Network,
    PrivateAddress,
    RouteTable,
    SecurityGroup,
    Subnet,
)
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import (
    ADDRESS_STATE,
    ENI_TYPE,
    INTERFACE_STATE,
    local_time,
    network_interface_state,
)
from duolect_dialects.tencent.public_addresses.views import in_force

_DEFAULT_DNS: Final = ("183.60.83.19", "183.60.82.98")
"""The vendor's own resolvers."""
_SHOWS_ATTACHMENT = frozenset({InterfaceState.IN_USE, InterfaceState.DETACHING})


def uin(session: Session) -> str:
    """Return the account's Uin: 12 digits."""
    return session.account.digits(12)


def tags(of: Mapping[str, str]) -> list[Body]:
    """Return tags."""
    return [{"Key": key, "Value": value} for key, value in of.items()]


def interface(session: Session, shown: Interface) -> Body:
    """Return a network interface."""
    ipv6 = [ipv6_address(address) for address in shown.ipv6]
    return {
        "NetworkInterfaceId": shown.id,
        "NetworkInterfaceName": shown.name,
        "NetworkInterfaceDescription": shown.description,
        "SubnetId": shown.subnet_id,
        "VpcId": shown.network_id,
        "GroupSet": list(shown.group_ids),
        "Primary": shown.kind is InterfaceKind.PRIMARY,
        "MacAddress": shown.mac,
        "State": INTERFACE_STATE[shown.state],
        "NetworkInterfaceState": network_interface_state(shown.state),
        "PrivateIpAddressSet": [private_address(session.graph, shown, address) for address in shown.ipv4],
        "Attachment": _attachment(session, shown),
        "Zone": shown.zone,
        "CreatedTime": local_time(shown.created),
        "Ipv6AddressSet": ipv6,
        "TagSet": tags(shown.tags),
        "EniType": ENI_TYPE[shown.kind],
        "Business": "cvm",
        "CdcId": "",
        "AttachType": int(shown.attachment is not None and shown.attachment.extension),
        "ResourceId": "" if shown.attachment is None else shown.attachment.instance_id,
        "QosLevel": _level(shown),
        "Ipv6Addresses": ipv6,
        "Ipv6AddressCount": len(ipv6),
    }


def _level(of: Interface | None) -> str:
    """Return the service level of an interface, the default one if it is gone."""
    level: str = "DEFAULT" if of is None else of.extras.get("QosLevel", "DEFAULT")
    return level


def private_address(graph: Graph, holder: Interface | None, address: PrivateAddress) -> Body:
    """Return one private IPv4 address of an interface, with the public one that it is bound to."""
    public = None if holder is None else in_force(graph, holder, address.ip)
    return {
        "PrivateIpAddress": format_ipv4(address.ip),
        "Primary": address.primary,
        "PublicIpAddress": "" if public is None else format_ipv4(public.ip),
        "AddressId": "" if public is None else public.id,
        "Description": address.description,
        "IsWanIpBlocked": False,
        "State": ADDRESS_STATE[address.state],
        "QosLevel": _level(holder),
    }


def ipv6_address(address: PrivateAddress) -> Body:
    """Return one IPv6 address of an interface."""
    return {
        "Address": format_ipv6(address.ip),
        "Primary": address.primary,
        "AddressId": "",
        "Description": address.description,
        "IsWanIpBlocked": False,
        "State": ADDRESS_STATE[address.state],
        "PublicIpAddress": "",
        "AddressType": "",
    }


def _attachment(session: Session, shown: Interface) -> Body | None:
    """Return the attachment, which only an interface that is really attached has."""
    bond = shown.attachment
    if bond is None or shown.state not in _SHOWS_ATTACHMENT:
        return None
    return _bond(session, bond.instance_id, bond.device_index, bond.since)


def future_attachment(session: Session, created: Interface) -> Body | None:
    """Return the attachment of an interface that goes on to an instance as soon as it is made."""
    graph, destination = session.graph, created.destination
    made = graph.interfaces.get(created.id)
    if destination is None or (made is not None and made.attachment is not None):
        return _attachment(session, made or created)
    used = graph.used_device_indexes(destination.instance_id)
    index = next(index for index in range(1, len(used) + 2) if index not in used)
    return _bond(session, destination.instance_id, index, created.created)


def _bond(session: Session, instance_id: str, device_index: int, since: Instant) -> Body:
    return {
        "InstanceId": instance_id,
        "DeviceIndex": device_index,
        "InstanceAccountId": uin(session),
        "AttachTime": local_time(since),
    }


def network(graph: Graph, shown: Network) -> Body:
    """Return a VPC. The ids of what comes with it are those of the VPC with another prefix."""
    extras, ipv6 = shown.extras, "" if shown.ipv6_block is None else str(shown.ipv6_block)
    return {
        "VpcName": shown.name,
        "VpcId": shown.id,
        "CidrBlock": str(shown.block),
        "IsDefault": shown.default,
        "EnableMulticast": extras.get("EnableMulticast", False),
        "CreatedTime": local_time(shown.created),
        "DnsServerSet": list(extras.get("DnsServers") or _DEFAULT_DNS),
        "DomainName": extras.get("DomainName", ""),
        "DhcpOptionsId": _companion("dopt", shown.id),
        "EnableDhcp": True,
        "Ipv6CidrBlock": ipv6,
        "TagSet": tags(shown.tags),
        "AssistantCidrSet": [assistant_cidr(graph, shown, block) for block in shown.secondary_blocks],
        "EnableRouteVpcPublish": extras.get("EnableRouteVpcPublish", False),
        "Ipv6CidrBlockSet": [{"IPv6CidrBlock": ipv6, "ISPType": "BGP", "AddressType": "GUA"}]
        if ipv6
        else [],
        "EnableRouteVpcPublishIpv6": extras.get("EnableRouteVpcPublishIpv6", False),
        "StackType": "DualStack" if ipv6 else "",
    }


def assistant_cidr(graph: Graph, of: Network, block: IPv4Network) -> Body:
    """Return a secondary block of a VPC with the subnets that lie in it."""
    subnets = (graph.subnets[subnet_id] for subnet_id in graph.subnets_by_network.ids(of.id))
    return {
        "VpcId": of.id,
        "CidrBlock": str(block),
        "AssistantType": 0,
        "SubnetSet": [subnet(each) for each in subnets if each.block.subnet_of(block)],
    }


def subnet(shown: Subnet) -> Body:
    """Return a subnet."""
    ipv6 = "" if shown.ipv6_block is None else str(shown.ipv6_block)
    return {
        "VpcId": shown.network_id,
        "SubnetId": shown.id,
        "SubnetName": shown.name,
        "CidrBlock": str(shown.block),
        "IsDefault": shown.default,
        "EnableBroadcast": shown.extras.get("EnableBroadcast", False),
        "Zone": shown.zone,
        "RouteTableId": shown.route_table_id,
        "CreatedTime": local_time(shown.created),
        "AvailableIpAddressCount": shown.pool.free,
        "Ipv6CidrBlock": ipv6,
        "NetworkAclId": "",
        "IsRemoteVpcSnat": False,
        "TotalIpAddressCount": shown.block.num_addresses,
        "TagSet": tags(shown.tags),
        "CdcId": "",
        "IsCdcSubnet": 0,
        "StackType": "DualStack" if ipv6 else "",
    }


def route_table(session: Session, shown: RouteTable) -> Body:
    """Return a route table. The routes within the VPC are not among those that are listed."""
    graph = session.graph
    network = graph.networks[shown.network_id]
    return {
        "VpcId": network.id,
        "RouteTableId": shown.id,
        "RouteTableName": shown.name,
        "AssociationSet": [
            {"SubnetId": subnet_id, "RouteTableId": shown.id}
            for subnet_id in graph.subnets_by_route_table.ids(shown.id)
        ],
        "RouteSet": [],
        "Main": network.route_table_id == shown.id,
        "CreatedTime": local_time(shown.created),
        "TagSet": tags(shown.tags),
        "LocalCidrForCcn": [
            {"Cidr": str(block), "PublishedToVbc": False}
            for block in (network.block, *network.secondary_blocks)
        ],
    }


def _companion(prefix: str, of: str) -> str:
    """Return the id of what comes with a resource and has no life of its own."""
    return f"{prefix}-{of.rpartition('-')[2]}"


def security_group(shown: SecurityGroup) -> Body:
    """Return a security group."""
    created = local_time(shown.created)
    return {
        "SecurityGroupId": shown.id,
        "SecurityGroupName": shown.name,
        "SecurityGroupDesc": shown.description,
        "ProjectId": project(shown),
        "IsDefault": shown.default,
        "CreatedTime": created,
        "TagSet": tags(shown.tags),
        "UpdateTime": local_time(shown.modified),
    }


def project(of: SecurityGroup) -> str:
    """Return the project that a security group belongs to: 0 unless it was created in another."""
    number: str = of.extras.get("ProjectId", "0")
    return number
