"""The network interfaces that instances get from the start: where they are, in which groups, and how many.

Source: the definition of RunInstances in tccli. The vendor opens ``NetworkInterfaces`` to some accounts;
here it is open to all. The default VPC and subnet are created where they are not there yet, as the vendor's
examples ask for no VPC; the default security group is used where there is one.
"""

from typing import Final

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.interfaces.secondaries import Secondary
from duolect_core.model.resources import Subnet
from duolect_core.relations.address_plans import ANY, AddressPlan
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.instances.parameters import DEFAULT, VirtualPrivateCloudParam
from duolect_dialects.tencent.security_groups.views import project as project_of
from duolect_dialects.values import BadValue, Between, Coded, Each, OneOf

_PRIMARY: Final = "PRIMARY"


@attrs.frozen(kw_only=True, slots=False)
class NetworkInterfacesParam:
    """One of the network interfaces of each instance: the primary one, or another."""

    InterfaceType: str = required(OneOf(_PRIMARY, "SECONDARY"))
    VpcId: str = required(common.VPC_ID, code="InvalidParameterValue.VpcIdMalformed")
    SubnetId: str = required(common.SUBNET_ID, code="InvalidParameterValue.SubnetIdMalformed")
    PrivateIpv4AddressCount: int = required(Between(1, 50))
    NetworkInterfaceId: str | None = param(
        common.INTERFACE_ID, code="InvalidParameterValue.InvalidNetworkInterfaceId"
    )
    SecurityGroupIds: tuple[str, ...] = param(
        Coded(Each(common.GROUP_ID), "InvalidSgId.Malformed"), default=()
    )
    DeleteWithInstance: bool = param(default=False, note="a primary one always goes with its instance")


@attrs.frozen
class InterfacesPlan:
    """Where the primary interface is to be, its groups and secondary addresses, and further interfaces."""

    place: VirtualPrivateCloudParam
    group_ids: tuple[str, ...]
    secondary_ips: int = 0
    secondaries: tuple[Secondary, ...] = ()

    @property
    def addresses(self) -> AddressPlan:
        """What the primary interface gets."""
        return AddressPlan(
            secondaries=(ANY,) * self.secondary_ips, ipv6=(ANY,) * self.place.Ipv6AddressCount
        )


def plan_interfaces(
    place: VirtualPrivateCloudParam | None,
    group_ids: tuple[str, ...],
    default_group_ids: tuple[str, ...],
    listed: tuple[NetworkInterfacesParam, ...],
) -> InterfacesPlan:
    """Return the interfaces that a request describes, in one or both of its two ways.

    Raises:
        Refusal: it describes no primary interface, or contradicts itself.
    """
    if place is not None and not listed:
        return InterfacesPlan(place, group_ids or default_group_ids)
    primaries = [each for each in listed if each.InterfaceType == _PRIMARY]
    if len(primaries) != 1:
        message = "There must be one primary among `NetworkInterfaces`."
        raise Refusal("InvalidParameterCombination", message)
    primary = primaries[0]
    if primary.NetworkInterfaceId is not None:
        message = "A primary network interface comes with its instance and cannot be named."
        raise Refusal("InvalidParameterValue.InvalidNetworkInterfaceId", message)
    return InterfacesPlan(
        _primary_place(place, primary),
        primary.SecurityGroupIds or group_ids or default_group_ids,
        primary.PrivateIpv4AddressCount - 1,
        tuple(_secondary(each, default_group_ids) for each in listed if each is not primary),
    )


def wants_default(
    place: VirtualPrivateCloudParam | None, listed: tuple[NetworkInterfacesParam, ...]
) -> bool:
    """Say whether a request wants its instances in the default VPC: it names none, or says ``DEFAULT``."""
    if place is None:
        return not listed
    return (place.VpcId, place.SubnetId) == (DEFAULT, DEFAULT)


def in_subnet(place: VirtualPrivateCloudParam | None, subnet: Subnet) -> VirtualPrivateCloudParam:
    """Return the place that a request wants, in a subnet."""
    found = VirtualPrivateCloudParam(VpcId=subnet.network_id, SubnetId=subnet.id)
    return found if place is None else attrs.evolve(place, VpcId=found.VpcId, SubnetId=found.SubnetId)


def check_ids(place: VirtualPrivateCloudParam) -> None:
    """Refuse ``DEFAULT`` for a VPC or subnet alone, as it is no id then.

    Raises:
        Refusal: only one of the ids is the word for it.
    """
    for name, form, code in (
        ("VpcId", common.VPC_ID, "InvalidParameterValue.VpcIdMalformed"),
        ("SubnetId", common.SUBNET_ID, "InvalidParameterValue.SubnetIdMalformed"),
    ):
        if not form.accepts(getattr(place, name)):
            fault = BadValue(f"VirtualPrivateCloud.{name}", form.fault, form.reason, code)
            raise request_errors.in_request(fault, "cvm")


def default_groups(graph: Graph, project: int) -> tuple[str, ...]:
    """Return the default security group of a project, if it has one."""
    return tuple(
        group.id for group in graph.groups.values() if group.default and project_of(group) == str(project)
    )


def _primary_place(
    place: VirtualPrivateCloudParam | None, primary: NetworkInterfacesParam
) -> VirtualPrivateCloudParam:
    """Return the place of the primary interface, which may be named twice."""
    if place is None:
        return VirtualPrivateCloudParam(VpcId=primary.VpcId, SubnetId=primary.SubnetId)
    if (place.VpcId, place.SubnetId) != (primary.VpcId, primary.SubnetId):
        message = "The primary network interface is not in the subnet of `VirtualPrivateCloud`."
        raise Refusal("InvalidParameterValue.ElasticNetworkVpcSubnetMismatch", message)
    common.check_exclusive(PrivateIpAddresses=place.PrivateIpAddresses or None, NetworkInterfaces=primary)
    return place


def _secondary(listed: NetworkInterfacesParam, default_group_ids: tuple[str, ...]) -> Secondary:
    if listed.NetworkInterfaceId is not None:
        return Secondary(listed.NetworkInterfaceId)
    return Secondary(
        CreateInterface(
            subnet_id=listed.SubnetId,
            network_id=listed.VpcId,
            group_ids=listed.SecurityGroupIds or default_group_ids,
            addresses=AddressPlan(secondaries=(ANY,) * (listed.PrivateIpv4AddressCount - 1)),
            delete_on_release=listed.DeleteWithInstance,
        )
    )
