"""The vendor's errors for VPCs, subnets, their blocks and network ACLs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.request_errors import IN_USE, LIMIT, NOT_FOUND, VPC_MISMATCH

_BAD_BLOCK: Final = ErrorTemplate(
    "InvalidParameterValue", "The CIDR block `{address}` is not one a VPC may have."
)
_ACL_BUSY: Final = ErrorTemplate("UnsupportedOperation", "The network ACL `{acl_id}` is being changed.")
_MASK: Final = "The mask of the CIDR block `{address}` is not from /{shortest} to /{longest}."

_NO_GATEWAY: Final = ErrorTemplate("UnsupportedOperation", "No VPC has such a gateway.")
"""IPv4 and IPv6 gateways are no resources here."""
_NO_OPTIONS: Final = ErrorTemplate("UnsupportedOperation", "No VPC has a set of DHCP options.")
"""Nor are sets of DHCP options."""
_NO_RESERVATIONS: Final = ErrorTemplate("UnsupportedOperation", "Nothing can be reserved in a subnet.")
"""Nor are reservations in subnets."""

_NO_TRANSIT: Final = ErrorTemplate("UnsupportedOperation", "No VPC is attached to a CCN.")
"""CCNs are listed as none."""

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.NetworkNotFound: NOT_FOUND,
        core.SubnetNotFound: NOT_FOUND,
        core.SecondaryBlockNotFound: NOT_FOUND,
        core.ZoneNotFound: ErrorTemplate(
            "InvalidParameterValue", "The zone `{resource_id}` does not exist."
        ),
        # No mismatch code is listed for Create: in the named VPC there is no such subnet.
        core.SubnetNetworkMismatch: ErrorTemplate(
            "ResourceNotFound", "The subnet `{resource_id}` does not exist in `{other_network_id}`."
        ),
        core.NetworkBusy: ErrorTemplate("UnsupportedOperation", "The VPC `{network_id}` is being created."),
        core.SubnetBusy: ErrorTemplate(
            "UnsupportedOperation", "The subnet `{subnet_id}` is being created."
        ),
        core.NetworkHoldsTransits: IN_USE,
        core.TransitGrantNotFound: NOT_FOUND,
        **dict.fromkeys((core.TransitGranted, core.TransitAttached), _NO_TRANSIT),
        core.NetworkHoldsSubnets: IN_USE,
        core.NetworkHoldsGroups: IN_USE,
        core.NetworkHoldsInterfaces: IN_USE,
        core.NetworkHoldsIpv6Subnets: IN_USE,
        core.BlockHoldsSubnets: IN_USE,
        core.SubnetHoldsIpv6Addresses: IN_USE,
        core.SubnetHoldsInterfaces: IN_USE,
        core.BlockInvalid: _BAD_BLOCK,
        core.BlockMaskInvalid: ErrorTemplate("InvalidParameterValue", _MASK),
        core.BlockOutsideNetwork: ErrorTemplate(
            "InvalidParameterValue.SubnetRange", "The CIDR block `{address}` is not in the VPC's."
        ),
        core.BlockOverlap: ErrorTemplate(
            "InvalidParameterValue.SubnetConflict",
            "The CIDR block `{address}` overlaps that of another subnet.",
        ),
        core.BlockOverlapsRoute: ErrorTemplate(
            "InvalidParameterValue.SubnetOverlapRoute", "A route of the VPC leads into `{address}`."
        ),
        core.NetworkBlockOverlap: ErrorTemplate(
            "InvalidParameterValue.VpcCidrConflict",
            "The CIDR block `{address}` overlaps another one of the VPC.",
        ),
        core.SubnetExhausted: ErrorTemplate(
            "ResourceInsufficient.Subnet",
            "The subnet `{subnet_id}` has {free} free addresses; {wanted} are wanted.",
        ),
        core.Ipv6Disabled: ErrorTemplate("UnsupportedOperation", "`{subnet_id}` has no IPv6 CIDR block."),
        core.Ipv6AlreadyEnabled: ErrorTemplate(
            "UnsupportedOperation", "`{resource_id}` has an IPv6 CIDR block already."
        ),
        core.Ipv6BlocksExhausted: LIMIT,
        core.NetworkQuotaExceeded: LIMIT,
        core.SecondaryBlockQuotaExceeded: LIMIT,
        core.DefaultNetworkExists: LIMIT,
        core.DefaultSubnetExists: LIMIT,
        core.SubnetQuotaExceeded: LIMIT,
        core.Ipv4GatewayNotFound: NOT_FOUND,
        core.Ipv6GatewayNotFound: NOT_FOUND,
        core.DhcpOptionsSetNotFound: NOT_FOUND,
        core.GatewayHoldsRoutes: IN_USE,
        core.GatewayHoldsTable: IN_USE,
        core.RouteTableHoldsGateway: IN_USE,
        core.NetworkHoldsGateways: IN_USE,
        core.DhcpOptionsSetHoldsNetworks: IN_USE,
        core.GatewayTableMismatch: VPC_MISMATCH,
        core.DhcpOptionsSetQuotaExceeded: LIMIT,
        core.DhcpNetworksQuotaExceeded: LIMIT,
        core.NetworkHasGateway: _NO_GATEWAY,
        core.NetworkIpv6Disabled: _NO_GATEWAY,
        core.GatewayEnabled: _NO_GATEWAY,
        core.GatewayNotEnabled: _NO_GATEWAY,
        core.TableLeadsEverywhere: _NO_GATEWAY,
        core.RouteTableForGateways: _NO_GATEWAY,
        core.RouteTableForSubnets: _NO_GATEWAY,
        core.GatewayHasTable: _NO_GATEWAY,
        core.RouteTableHasGateway: _NO_GATEWAY,
        core.GatewayTableNotAssociated: _NO_GATEWAY,
        core.Ipv4GatewayBusy: _NO_GATEWAY,
        core.Ipv6GatewayBusy: _NO_GATEWAY,
        core.DhcpOptionsSetBusy: _NO_OPTIONS,
        core.NetworkHasDhcpOptions: _NO_OPTIONS,
        core.NetworkHasNoDhcpOptions: _NO_OPTIONS,
        core.NetworkHasOtherDhcpOptions: _NO_OPTIONS,
        core.FlowLogNotFound: NOT_FOUND,
        core.FlowLogBusy: ErrorTemplate("UnsupportedOperation", "The flow log `{log_id}` is {state}."),
        core.FlowLogExists: ErrorTemplate(
            "UnsupportedOperation.FlowLogInstanceExisted",
            "The flow log `{log_id}` watches `{watched_id}` in the same way.",
        ),
        core.FlowLogNetworkMismatch: ErrorTemplate(
            "ResourceNotFound", "`{resource_id}` does not exist in `{other_network_id}`."
        ),
        core.FlowLogQuotaExceeded: LIMIT,
        core.CidrReservationNotFound: NOT_FOUND,
        core.ReservationHoldsPrefixes: IN_USE,
        core.SubnetHoldsReservations: IN_USE,
        core.ReservationQuotaExceeded: LIMIT,
        **dict.fromkeys(
            (
                core.CidrReservationBusy,
                core.ReservationMaskInvalid,
                core.ReservationOutsideSubnet,
                core.ReservationTaken,
            ),
            _NO_RESERVATIONS,
        ),
        core.ServiceOpened: ErrorTemplate("UnsupportedOperation", "The service was opened before."),
        core.NetworkAclNotFound: NOT_FOUND,
        core.AclEntryNotFound: NOT_FOUND,
        core.NetworkAclBusy: _ACL_BUSY,
        core.NetworkAclAssociating: _ACL_BUSY,
        core.AclPartsDiffer: ErrorTemplate(
            "InvalidParameter.AclTypeMismatch", "The type of the network ACL `{acl_id}` is the other one."
        ),
        core.AclEntryVersionsMixed: ErrorTemplate(
            "InvalidParameter.Coexist", "An entry is about IPv4 or about IPv6, not about both."
        ),
        core.AclIpv6Disabled: ErrorTemplate(
            "UnsupportedOperation", "`{network_id}` has no IPv6 CIDR block."
        ),
        core.SubnetHasAcl: ErrorTemplate(
            "UnsupportedOperation",
            "The subnet `{subnet_id}` is associated with the network ACL `{acl_id}` already.",
        ),
        core.SubnetHasNoAcl: ErrorTemplate(
            "ResourceNotFound", "The subnet `{subnet_id}` is associated with no network ACL."
        ),
        core.SubnetHasOtherAcl: ErrorTemplate(
            "ResourceNotFound", "The subnet `{subnet_id}` is associated with the network ACL `{acl_id}`."
        ),
        core.NetworkAclMismatch: VPC_MISMATCH,
        core.NetworkAclHoldsSubnets: IN_USE,
        core.NetworkHoldsAcls: IN_USE,
        core.SubnetHoldsAcl: IN_USE,
        core.NetworkAclQuotaExceeded: LIMIT,
        core.AclEntryQuotaExceeded: LIMIT,
    }
)

_NOT_A_SUBNET: Final = ErrorTemplate("InvalidParameterValue.SubnetRange", _MASK)
_NOT_A_ZONE: Final = ErrorTemplate(
    "InvalidParameterValue.ZoneConflict", "The zone `{resource_id}` is not one of this region."
)
_OVERLAPS_ROUTE: Final = ErrorTemplate(
    "InvalidParameterValue.VpcCidrOverlapRoute", "A route of the VPC leads into `{address}`."
)
_HAS_BLOCK: Final = "`{resource_id}` has an IPv6 CIDR block already."
_NO_BLOCK: Final = ErrorTemplate("ResourceNotFound", "`{subnet_id}` has no such IPv6 CIDR block.")

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("CreateSubnet", core.BlockMaskInvalid): _NOT_A_SUBNET,
        ("CreateSubnets", core.BlockMaskInvalid): _NOT_A_SUBNET,
        ("CreateSubnet", core.ZoneNotFound): _NOT_A_ZONE,
        ("CreateSubnets", core.ZoneNotFound): _NOT_A_ZONE,
        ("CreateAssistantCidr", core.BlockOverlapsRoute): _OVERLAPS_ROUTE,
        ("ModifyAssistantCidr", core.BlockOverlapsRoute): _OVERLAPS_ROUTE,
        ("CheckAssistantCidr", core.BlockHoldsSubnets): ErrorTemplate(
            "InvalidParameterValue.SubnetConflict", TABLE[core.BlockHoldsSubnets].template
        ),
        ("CheckDefaultSubnet", core.ZoneNotFound): NOT_FOUND,
        ("CreateDefaultVpc", core.BlockOverlap): ErrorTemplate(
            "ResourceInsufficient.CidrBlock", "The default VPC has no more room for subnets: `{address}`."
        ),
        ("AssignIpv6CidrBlock", core.Ipv6AlreadyEnabled): ErrorTemplate(
            "LimitExceeded.CidrBlock", _HAS_BLOCK
        ),
        ("AssignIpv6CidrBlock", core.Ipv6BlocksExhausted): ErrorTemplate(
            "ResourceInsufficient.CidrBlock", "All {limit} IPv6 CIDR blocks of `{resource_id}` are in use."
        ),
        ("AssignIpv6SubnetCidrBlock", core.Ipv6AlreadyEnabled): ErrorTemplate(
            "LimitExceeded.SubnetCidrBlock", _HAS_BLOCK
        ),
        ("UnassignIpv6CidrBlock", core.Ipv6Disabled): _NO_BLOCK,
        ("UnassignIpv6SubnetCidrBlock", core.Ipv6Disabled): _NO_BLOCK,
    }
)
