"""The vendor's errors for VPCs and what belongs to them as a whole.

Sources: the pages of the actions on them, of the VPC product.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.networks.gateways import errors as gateways
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_MODIFYING: Final = "NetworkStatus.Modifying"
_ASSOCIATING: Final = "vSwitches of the network ACL {acl_id} are being associated or let go."
_HOLDS_ACL: Final = "DependencyViolation.NetworkAcl"
_HAS_OPTIONS: Final = "The DHCP options set {set_id} is attached to the VPC {network_id} already."
_BAD_MASK: Final = "The mask of the CIDR block {address} is not from /{shortest} to /{longest}."
TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.ZoneNotFound: not_found("InvalidZoneId.NotFound", "zone"),
        core.NetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            "{resource_id} is in the VPC {network_id}, {other_id} in {other_network_id}.",
            403,
        ),
        core.NetworkNotFound: not_found("InvalidVpcId.NotFound", "VPC"),
        core.SubnetNotFound: not_found("InvalidVSwitchId.NotFound", "vSwitch"),
        core.SecondaryBlockNotFound: ErrorTemplate(
            "InvalidParameter", "{resource_id} is no secondary CIDR block of the VPC.", 400
        ),
        core.NetworkBusy: ErrorTemplate(
            "IncorrectVpcStatus", "The VPC {network_id} is not Available.", 400
        ),
        core.SubnetBusy: ErrorTemplate(
            "IncorrectVSwitchStatus", "The vSwitch {subnet_id} is not Available.", 400
        ),
        core.NetworkHoldsSubnets: ErrorTemplate(
            "DependencyViolation.VSwitch", "The VPC {resource_id} still has the vSwitch {held_by}.", 400
        ),
        core.NetworkHoldsTransits: ErrorTemplate(
            "DependencyViolation.RouterInterface",
            "The VPC {resource_id} is still attached to the CEN instance {held_by}.",
            400,
        ),
        core.TransitGrantNotFound: not_found("InvalidInstanceId.NotFound", "grant to the CEN instance"),
        core.TransitGranted: ErrorTemplate(
            "IncorrectStatus",
            "The VPC {network_id} is granted to the CEN instance {transit_id} already.",
            400,
        ),
        core.TransitAttached: ErrorTemplate(
            "IncorrectStatus", "The VPC {network_id} is attached to the CEN instance {transit_id}.", 400
        ),
        core.NetworkHoldsGroups: ErrorTemplate(
            "DependencyViolation.SecurityGroup",
            "The VPC {resource_id} still has the security group {held_by}.",
            400,
        ),
        core.NetworkHoldsInterfaces: ErrorTemplate(
            "DependencyViolation.NetworkInterface",
            "The VPC {resource_id} still has the network interface {held_by}.",
            400,
        ),
        core.SubnetHoldsInterfaces: ErrorTemplate(
            "DependencyViolation",
            "The vSwitch {resource_id} still has the network interface {held_by}.",
            400,
        ),
        core.NetworkHoldsIpv6Subnets: ErrorTemplate(
            "DependencyViolation.VSwitch",
            "The vSwitch {held_by} still has a part of the IPv6 CIDR block of the VPC {resource_id}.",
            400,
        ),
        core.SubnetHoldsIpv6Addresses: ErrorTemplate(
            "DependencyViolation",
            "The network interface {held_by} still has IPv6 addresses of the vSwitch {resource_id}.",
            400,
        ),
        core.BlockHoldsSubnets: ErrorTemplate(
            "DependencyViolation.VSwitch",
            "The vSwitch {held_by} lies in the CIDR block {resource_id} of the VPC.",
            400,
        ),
        core.SubnetNetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            "The vSwitch {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
            403,
        ),
        core.Ipv6Disabled: ErrorTemplate(
            "InvalidVSwitch.Ipv6NotTurnOn", "IPv6 is not turned on for {subnet_id}.", 403
        ),
        core.Ipv6AlreadyEnabled: ErrorTemplate(
            "InvalidParameter", "The IPv6 CIDR block of {resource_id} cannot be changed.", 400
        ),
        core.BlockInvalid: ErrorTemplate(
            "InvalidParameter", "The CIDR block {address} is not one a VPC may have.", 400
        ),
        core.BlockMaskInvalid: ErrorTemplate("InvalidCirdrBlock.MaskLength", _BAD_MASK, 400),
        core.BlockOutsideNetwork: ErrorTemplate(
            "InvalidParameter", "The CIDR block {address} is not within that of the VPC.", 400
        ),
        core.BlockOverlap: ErrorTemplate(
            "InvalidCidrBlock.Overlapped", "The CIDR block {address} overlaps that of another vSwitch.", 400
        ),
        core.BlockOverlapsRoute: ErrorTemplate(
            "InvalidCidrBlock.Overlapped", "A route of the VPC leads into the CIDR block {address}.", 400
        ),
        core.NetworkBlockOverlap: ErrorTemplate(
            "InvalidCidrBlock.Overlapped", "The CIDR block {address} overlaps another one of the VPC.", 400
        ),
        core.NetworkQuotaExceeded: quota("QuotaExceeded.Vpc", "VPCs in {resource_id}", 400),
        core.Ipv6BlocksExhausted: quota(
            "QuotaExceeded.Vpc", "IPv6 CIDR blocks of VPCs in {resource_id}", 400
        ),
        core.SecondaryBlockQuotaExceeded: quota(
            "QuotaExceeded.Vpc", "secondary CIDR blocks of {resource_id}", 400
        ),
        core.DefaultNetworkExists: quota("QuotaExceeded.Vpc", "the default VPC is {resource_id}", 400),
        core.DefaultSubnetExists: quota(
            "QuotaExceeded.VSwitch", "the default vSwitch of the zone is {resource_id}", 400
        ),
        core.SubnetQuotaExceeded: quota("QuotaExceeded.VSwitch", "vSwitches in {resource_id}", 400),
        core.NetworkAclNotFound: ErrorTemplate(
            "InvalidNetworkAcl.NotFound", "The network ACL {resource_id} does not exist.", 400
        ),
        core.AclEntryNotFound: ErrorTemplate(
            "IllegalParam.IngressAclEntryId",
            "The entry {resource_id} does not exist, or is named twice.",
            400,
        ),
        core.NetworkAclBusy: ErrorTemplate(_MODIFYING, "The network ACL {acl_id} is being changed.", 400),
        core.NetworkAclAssociating: ErrorTemplate(_MODIFYING, _ASSOCIATING, 400),
        core.AclPartsDiffer: ErrorTemplate(
            "NotSupport.NetworkAcl", "The network ACL {acl_id} has entries of another form.", 400
        ),
        core.AclEntryVersionsMixed: ErrorTemplate(
            "IllegalParam.IpVersion", "The entry {entry_id} is about IPv4 and IPv6.", 400
        ),
        core.AclIpv6Disabled: ErrorTemplate(
            "OperationDenied.VpcIpv6NotEnabled", "IPv6 is not turned on for the VPC {network_id}.", 400
        ),
        core.SubnetHasAcl: ErrorTemplate(
            "InvalidResource.BindingExist",
            "The vSwitch {subnet_id} is associated with the network ACL {acl_id} already.",
            400,
        ),
        core.SubnetHasNoAcl: ErrorTemplate(
            "InvalidResource.NotBinding", "The vSwitch {subnet_id} is associated with no network ACL.", 400
        ),
        core.SubnetHasOtherAcl: ErrorTemplate(
            "Mismatch.NetworkAclAndVSwitch",
            "The vSwitch {subnet_id} is associated with the network ACL {acl_id}.",
            400,
        ),
        core.NetworkAclMismatch: ErrorTemplate(
            "InvalidResource.VpcError",
            "{resource_id} is in the VPC {network_id}, {other_id} in {other_network_id}.",
            400,
        ),
        core.NetworkAclHoldsSubnets: ErrorTemplate(
            "NetworkAclExistBinding",
            "The network ACL {resource_id} is still associated with the vSwitch {held_by}.",
            400,
        ),
        core.NetworkHoldsAcls: ErrorTemplate(
            _HOLDS_ACL, "The VPC {resource_id} still has the network ACL {held_by}.", 400
        ),
        core.SubnetHoldsAcl: ErrorTemplate(
            _HOLDS_ACL,
            "The vSwitch {resource_id} is still associated with the network ACL {held_by}.",
            400,
        ),
        core.NetworkAclQuotaExceeded: quota("QuotaExceed.NetworkAcl", "network ACLs of {resource_id}", 400),
        core.AclEntryQuotaExceeded: quota(
            "QuotaExceed.NetworkAclEntry", "entries of {resource_id} in one direction", 400
        ),
        core.FlowLogNotFound: ErrorTemplate(
            "INVALID_PARAMETER", "The flow log {resource_id} does not exist.", 400
        ),
        core.FlowLogBusy: ErrorTemplate(
            "IncorrectStatus.flowlog", "The flow log {log_id} is {state}.", 400
        ),
        core.FlowLogExists: ErrorTemplate(
            "INVALID_PARAMETER", "The flow log {log_id} watches {watched_id} in the same way.", 400
        ),
        core.FlowLogNetworkMismatch: ErrorTemplate(
            "INVALID_PARAMETER", "{resource_id} is in the VPC {network_id}, not in {other_network_id}.", 400
        ),
        core.FlowLogQuotaExceeded: quota("QuotaExceeded", "flow logs in {resource_id}", 400),
        core.CidrReservationNotFound: not_found("InvalidResourceId.NotFound", "reserved CIDR block"),
        core.CidrReservationBusy: ErrorTemplate(
            "IncorrectStatus", "The reserved CIDR block {reservation_id} is {state}.", 400
        ),
        core.ReservationMaskInvalid: ErrorTemplate(
            "InvalidCirdrBlock.MaskLength",
            "The mask {mask} is not from {shortest} to {longest} for the vSwitch {subnet_id}.",
            400,
        ),
        core.ReservationOutsideSubnet: ErrorTemplate(
            "InvalidParameter",
            "The CIDR block {block} is outside of the vSwitch {subnet_id}, or has addresses of the system.",
            400,
        ),
        core.ReservationTaken: ErrorTemplate(
            "InvalidCidrBlock.Overlapped",
            "{block} of the vSwitch {subnet_id} is reserved or in use already.",
            400,
        ),
        core.ReservationHoldsPrefixes: ErrorTemplate(
            "DependencyViolation.IpPrefix",
            "The network interface {held_by} still has a prefix of {resource_id}.",
            400,
        ),
        core.SubnetHoldsReservations: ErrorTemplate(
            "DependencyViolation",
            "The vSwitch {resource_id} still has the reserved CIDR block {held_by}.",
            400,
        ),
        core.ReservationQuotaExceeded: quota(
            "QuotaExceeded", "reserved CIDR blocks in {resource_id} of one IP version", 400
        ),
        core.ServiceOpened: ErrorTemplate(
            "OperationFailed.ExceedPurchaseLimit", "The service {service} was opened before.", 400
        ),
        **gateways.TABLE,
        core.DhcpOptionsSetNotFound: ErrorTemplate(
            "InvalidDhcpOptionsSetId.NotFound", "The DHCP options set {resource_id} does not exist.", 400
        ),
        core.DhcpOptionsSetBusy: ErrorTemplate(
            "IncorrectStatus.DhcpOptionsSet", "The DHCP options set {set_id} is {state}.", 400
        ),
        core.NetworkHasDhcpOptions: ErrorTemplate("OperationFailed.AttachmentExist", _HAS_OPTIONS, 400),
        core.NetworkHasNoDhcpOptions: ErrorTemplate(
            "OperationFailed.AttachmentNotExist", "The VPC {network_id} has no DHCP options set.", 400
        ),
        core.NetworkHasOtherDhcpOptions: ErrorTemplate(
            "AttrMismatching.VpcDhcpOptionsSetId",
            "The DHCP options set {set_id} is attached to the VPC {network_id}.",
            400,
        ),
        core.DhcpOptionsSetHoldsNetworks: ErrorTemplate(
            "DependencyViolation.VpcAttachment",
            "The DHCP options set {resource_id} is still attached to the VPC {held_by}.",
            400,
        ),
        core.DhcpOptionsSetQuotaExceeded: quota(
            "QuotaExceeded.RegionDhcpOptionsSet", "DHCP options sets in {resource_id}", 400
        ),
        core.DhcpNetworksQuotaExceeded: quota(
            "QuotaExceeded.AttachVpcNumber", "VPCs of the DHCP options set {resource_id}", 400
        ),
    }
)

BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("CreateDefaultVSwitch", core.NetworkNotFound): ErrorTemplate(
            "InvalidVpcId.NotFound", "There is no default VPC in the region.", 404
        ),
        **for_actions(
            ["AssociateVpcCidrBlock"],
            {
                core.NetworkNotFound: ErrorTemplate(
                    "InvalidVpc.NotFound", "The VPC {resource_id} does not exist.", 400
                ),
                core.NetworkBusy: ErrorTemplate(
                    "IncorrectStatus.Vpc", "The VPC {network_id} is not Available.", 400
                ),
                core.BlockMaskInvalid: ErrorTemplate(
                    "OperationDenied.MaskOfCidrIsNotAllowed", _BAD_MASK, 400
                ),
                core.SecondaryBlockQuotaExceeded: quota(
                    "QuotaExceeded.VpcMultiCidr", "secondary CIDR blocks of {resource_id}", 400
                ),
            },
        ),
        **for_actions(
            ["AssociateNetworkAcl", "UnassociateNetworkAcl"],
            {
                core.SubnetNotFound: ErrorTemplate(
                    "InvalidResource.NotFound", "The vSwitch {resource_id} does not exist.", 400
                ),
                core.SubnetBusy: ErrorTemplate(
                    "ResourceStatus.Error", "The vSwitch {subnet_id} is not Available.", 400
                ),
            },
        ),
        ("UpdateNetworkAclEntries", core.NetworkAclAssociating): ErrorTemplate(
            "OperationDenied.NetworkAclAttachmentInMiddleStatus", _ASSOCIATING, 400
        ),
        **for_actions(
            ["AttachDhcpOptionsSetToVpc", "DetachDhcpOptionsSetFromVpc", "ReplaceVpcDhcpOptionsSet"],
            {
                core.NetworkBusy: ErrorTemplate(
                    "TaskConflict", "The VPC {network_id} is not Available.", 400
                )
            },
        ),
        **for_actions(
            ["GrantInstanceToCen", "RevokeInstanceFromCen"],
            {
                core.NetworkNotFound: not_found("InvalidInstanceId.NotFound", "VPC"),
                core.NetworkBusy: ErrorTemplate(
                    "IncorrectStatus", "The VPC {network_id} is not Available.", 400
                ),
            },
        ),
        ("ReplaceVpcDhcpOptionsSet", core.NetworkHasDhcpOptions): ErrorTemplate(
            "AttrMismatching.VpcDhcpOptionsSetId", _HAS_OPTIONS, 400
        ),
        **for_actions(
            ["CreateFlowLog"],
            dict.fromkeys(
                (core.NetworkNotFound, core.SubnetNotFound, core.InterfaceNotFound),
                ErrorTemplate("INVALID_PARAMETER", "The resource {resource_id} does not exist.", 400),
            ),
        ),
        ("CreateVSwitchCidrReservation", core.SubnetBusy): ErrorTemplate(
            "IncorrectStatus", "The vSwitch {subnet_id} is not Available.", 400
        ),
        **for_actions(
            ["MoveResourceGroup"],
            dict.fromkeys(
                (
                    core.FlowLogNotFound,
                    core.BandwidthPackageNotFound,
                    core.Ipv4GatewayNotFound,
                    core.Ipv6GatewayNotFound,
                    core.Ipv6AddressNotFound,
                    core.RouteTargetGroupNotFound,
                    core.DhcpOptionsSetNotFound,
                ),
                not_found("InvalidResourceId.NotFound", "resource"),
            ),
        ),
        **gateways.BY_ACTION,
        ("CreateVpc", core.BlockMaskInvalid): ErrorTemplate("IllegalParam.CidrBlockMask", _BAD_MASK, 400),
        ("ModifyVpcAttribute", core.BlockMaskInvalid): ErrorTemplate("InvalidParameter", _BAD_MASK, 400),
    }
)
