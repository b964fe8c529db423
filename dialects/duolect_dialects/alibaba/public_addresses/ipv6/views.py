"""IPv6 addresses and prefixes as DescribeIpv6Addresses lists them.

Sources: the vendor's page DescribeIpv6Addresses, also in its form of 2019 (AlibabaCloudDocs on GitHub), and
the models of its Python SDK for the VPC product. Assumed: an address of a primary interface shows the
instance, and any other one its interface.
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import IPV6_PREFIX_BITS, format_ipv6
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.gateways import Ipv6Address
from duolect_core.model.lifecycles import AddressState, ServiceState
from duolect_core.model.public_addresses import Ipv6Bandwidth
from duolect_core.model.resources import Instant, Interface, InterfaceKind
from duolect_core.relations import ipv6
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import default_group, group_of, plain_tags
from duolect_dialects.session import Session

ADDRESS: Final = "IPv6Address"
PREFIX: Final = "IPv6Prefix"
_NO_BANDWIDTH: Final = {
    "Bandwidth": 0,
    "BusinessStatus": "",
    "InstanceChargeType": "",
    "InternetChargeType": "",
    "Ipv6InternetBandwidthId": "",
}
_RESERVATION: Final = {
    "HasReservationData": False,
    "ReservationActiveTime": "",
    "ReservationBandwidth": 0,
    "ReservationInternetChargeType": "",
    "ReservationOrderType": "",
}


@attrs.frozen(kw_only=True)
class Listed:
    """An IPv6 address or prefix: whose it is, and what is said of it, if anything is."""

    ip: int
    id: str
    subnet_id: str
    interface: Interface | None
    record: Ipv6Address | None
    bandwidth: Ipv6Bandwidth | None
    is_prefix: bool = False

    @property
    def address(self) -> PrivateAddress | None:
        """The address as its interface has it."""
        held = () if self.interface is None or self.is_prefix else self.interface.ipv6
        return next((each for each in held if each.ip == self.ip), None)

    @property
    def since(self) -> Instant:
        """When it was allocated."""
        if self.interface is None:
            return 0 if self.record is None else self.record.created
        address = self.address
        since = None if address is None else address.since
        return self.interface.created if since is None else since

    @property
    def state(self) -> str:
        """Its state, in the vendor's words."""
        if self.interface is None:
            busy = self.record is not None and self.record.state is not ServiceState.AVAILABLE
        else:
            address = self.address
            busy = address is not None and address.state is not AddressState.AVAILABLE
        return "Pending" if busy else "Available"

    @property
    def associated(self) -> tuple[str, str]:
        """The id and the kind of what has it; nothing has a free one."""
        if self.interface is None:
            return "", ""
        attachment = self.interface.attachment
        if self.interface.kind is InterfaceKind.PRIMARY and attachment is not None:
            return attachment.instance_id, "EcsInstance"
        return self.interface.id, "NetworkInterface"


def listed(session: Session, ip: int, holder_id: str, *, is_prefix: bool = False) -> Listed:
    """Return an IPv6 address or prefix that an interface has, or that is a free one."""
    graph = session.graph
    address_id = ipv6.id_of(session.rules, ip)
    record, interface = graph.ipv6_addresses.get(address_id), graph.interfaces.get(holder_id)
    found = graph.ipv6_bandwidth_by_ip.get(ip)
    return Listed(
        ip=ip,
        id=address_id,
        subnet_id=interface.subnet_id if interface is not None else record.subnet_id if record else "",
        interface=interface,
        record=None if is_prefix else record,
        bandwidth=None if found is None or is_prefix else graph.ipv6_bandwidths[found],
        is_prefix=is_prefix,
    )


def network_type(shown: Listed) -> str:
    """Return whether an address reaches the Internet, in the vendor's words."""
    return "Private" if shown.bandwidth is None else "Public"


def resource_group(session: Session, shown: Listed) -> str:
    """Return the resource group of an address."""
    return default_group(session) if shown.record is None else group_of(session, shown.record)


def ipv6_address(session: Session, shown: Listed) -> Body:
    """Return an address or prefix as it is listed."""
    graph, record = session.graph, shown.record
    network_id = graph.subnets[shown.subnet_id].network_id
    associated_id, associated_type = shown.associated
    text = format_ipv6(shown.ip)
    return {
        "AddressType": PREFIX if shown.is_prefix else ADDRESS,
        "AllocationTime": moment(shown.since),
        "AssociatedInstanceId": associated_id,
        "AssociatedInstanceType": associated_type,
        "Ipv6Address": f"{text}/{128 - IPV6_PREFIX_BITS}" if shown.is_prefix else text,
        "Ipv6AddressDescription": "" if record is None else record.description,
        "Ipv6AddressId": shown.id,
        "Ipv6AddressName": "" if record is None else record.name,
        "Ipv6GatewayId": graph.ipv6_gateway_by_network.get(network_id, ""),
        "Ipv6InternetBandwidth": {**_bandwidth(shown.bandwidth), **_RESERVATION},
        "Ipv6Isp": "BGP",
        "NetworkType": network_type(shown),
        "RealBandwidth": 0 if shown.bandwidth is None else shown.bandwidth.extras["Bandwidth"],
        "ResourceGroupId": resource_group(session, shown),
        "ServiceManaged": 0,
        "Status": shown.state,
        "Tags": plain_tags({} if record is None else record.tags),
        "VSwitchId": shown.subnet_id,
        "VpcId": network_id,
    }


def _bandwidth(shown: Ipv6Bandwidth | None) -> Body:
    if shown is None:
        return _NO_BANDWIDTH
    return {
        "Bandwidth": shown.extras["Bandwidth"],
        "BusinessStatus": "Normal",
        "InstanceChargeType": "PostPaid",
        "InternetChargeType": shown.extras["InternetChargeType"],
        "Ipv6InternetBandwidthId": shown.id,
    }
