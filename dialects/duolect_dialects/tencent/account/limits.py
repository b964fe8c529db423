"""What an account, a VPC, a security group, an instance and an interface may hold.

Sources: the definitions in tccli, and the vendor's pages on quota limits and ENI use limits. Where
the emulator sets no limit it tells that of a new account on the real cloud, as it does for what it has not.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.model.resources import Interface
from duolect_core.model.rules import InstanceType
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.rules import VENDOR_QUOTAS
from duolect_dialects.values import Each, Form, OneOf

# -- of an instance or interface ---------------------------------------------------------------------------

_HOLDER: Final = Form(r"(ins|eni)-[0-9a-z]{6,20}", "an id of the form ins-xxxxxxxx or eni-xxxxxxxx")


@attrs.frozen(kw_only=True)
class DescribeNetworkInterfaceLimit:
    """Show how many interfaces an instance carries, and how many addresses an interface holds."""

    InstanceId: str = required(_HOLDER)


@vpc_action()
def describe_network_interface_limit(session: Session, request: DescribeNetworkInterfaceLimit) -> Body:
    """Show the limits of the instance's type, or the one limit that an interface has where it is now."""
    graph, types = session.graph, session.rules.instance_types
    if request.InstanceId.startswith("ins-"):
        return _of_type(types[lookup.instance(graph, request.InstanceId).type_name])
    shown = lookup.interface(graph, request.InstanceId)
    return _limits(addresses=_addresses_of(session, shown))


def _of_type(known: InstanceType) -> Body:
    return _limits(
        interfaces=known.interfaces,
        addresses=known.ipv4_per_interface,
        extensions=known.extension_interfaces,
        members=known.members,
    )


def _addresses_of(session: Session, shown: Interface) -> int:
    """Return how many addresses an interface may have: those of its instance's type, if it is on one."""
    if shown.attachment is None:
        return _quota(session, "ipv4_per_detached_interface")
    instance = session.graph.instances[shown.attachment.instance_id]
    return session.rules.instance_types[instance.type_name].ipv4_per_interface


def _limits(*, addresses: int, interfaces: int = 0, extensions: int = 0, members: int = 0) -> Body:
    return {
        "EniQuantity": interfaces,
        "EniPrivateIpAddressQuantity": addresses,
        "ExtendEniQuantity": extensions,
        "ExtendEniPrivateIpAddressQuantity": addresses if extensions else 0,
        "SubEniQuantity": members,
        "SubEniPrivateIpAddressQuantity": addresses if members else 0,
    }


# -- of an account or VPC ----------------------------------------------------------------------------------

_QUOTAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "appid-max-vpcs": "networks",
        "vpc-max-subnets": "subnets_per_network",
        "vpc-max-enis": "interfaces_per_network",
        "eni-max-private-ips": "ipv4_per_detached_interface",
        "eni-max-ipv6s": "ipv6_per_detached_interface",
        "vpc-max-assistant_cidrs": "secondary_blocks_per_network",
        "vpc-max-havips": "virtual_addresses_per_network",
        "vpc-max-network-acls": "network_acls_per_network",
        "network-acl-max-inbound-policies": "entries_per_acl",
        "network-acl-max-outbound-policies": "entries_per_acl",
    }
)
"""Limits of what the emulator has, each with the quota that it tells."""
_OTHERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "vpc-max-route-tables": 10,
        "route-table-max-policies": 50,
        "vpc-max-vpn-gateways": 10,
        "appid-max-custom-gateways": 20,
        "appid-max-vpn-connections": 20,
        "custom-gateway-max-vpn-connections": 10,
        "vpn-gateway-max-custom-gateways": 20,
        "vpc-max-vpcpeers": 10,
        "vpc-max-available-vpcpeers": 10,
        "vpc-max-basic-network-interconnections": 100,
        "direct-connection-max-snats": 100,
        "direct-connection-max-dnats": 100,
        "direct-connection-max-snapts": 100,
        "direct-connection-max-dnapts": 100,
        "vpc-max-nat-gateways": 3,
        "nat-gateway-max-eips": 10,
        "nat-gateway-max-dnapts": 200,
        "vpc-max-ipv6s": 500,
        "appid-max-end-point-services": 10,
        "appid-max-end-point-service-white-lists": 20,
        "vpc-max-cmcc-ipv6-cidrs": 1,
        "vpc-max-ctcc-ipv6-cidrs": 1,
        "vpc-max-cucc-ipv6-cidrs": 1,
        "vpc-max-bgp-ipv6-cidrs": 1,
        "vpc-max-custom-ipv6-cidrs": 1,
        "vpc-max-ula-ipv6-cidrs": 1,
    }
)
"""Limits of what the emulator has not. No page lists them all; those it does not list are assumed."""


@attrs.frozen(kw_only=True)
class DescribeVpcLimits:
    """Show limits by name."""

    LimitTypes: tuple[str, ...] = required(*common.non_empty(100), Each(OneOf(*_QUOTAS, *_OTHERS)))


@vpc_action()
def describe_vpc_limits(session: Session, request: DescribeVpcLimits) -> Body:
    """Show each limit that is asked for, once."""
    return {
        "VpcLimitSet": [
            {
                "LimitType": name,
                "LimitValue": _quota(session, _QUOTAS[name]) if name in _QUOTAS else _OTHERS[name],
            }
            for name in dict.fromkeys(request.LimitTypes)
        ]
    }


# -- of security groups ------------------------------------------------------------------------------------

_GROUP_QUOTAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "SecurityGroupLimit": "groups",
        "SecurityGroupPolicyLimit": "rules_per_direction",
        "ReferedSecurityGroupLimit": "naming_rules_per_group",
        "SecurityGroupInstanceLimit": "basic_group_members",
        "InstanceSecurityGroupLimit": "groups_per_interface",
    }
)
"""Limits, each with the quota that it tells."""
_NOT_IN_FORCE: Final[Mapping[str, int]] = MappingProxyType(
    {
        "SecurityGroupExtendedPolicyLimit": 2000,
        "SecurityGroupReferedCvmAndEniLimit": 2000,
        "SecurityGroupReferedSvcLimit": 2000,
    }
)
"""Limits of what policies come to when they are applied, which nothing does here. All are assumed."""


@attrs.frozen(kw_only=True)
class DescribeSecurityGroupLimits:
    """Show what an account may have of security groups, and they of policies and members."""


@vpc_action(request=DescribeSecurityGroupLimits)
def describe_security_group_limits(session: Session, _request: DescribeSecurityGroupLimits) -> Body:
    """Show each limit as it is in force here, or else as a new account has it."""
    limits = {shown: _quota(session, name) for shown, name in _GROUP_QUOTAS.items()}
    return {"SecurityGroupLimitSet": {**limits, **_NOT_IN_FORCE}}


# -- in force ----------------------------------------------------------------------------------------------


def _quota(session: Session, name: str) -> int:
    """Return a quota as it is in force here, or else as a new account has it."""
    limit = getattr(session.rules.quotas, name)
    return int(getattr(VENDOR_QUOTAS, name) if limit is None else limit)
