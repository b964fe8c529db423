"""What the actions on interfaces and their addresses say where their lists of codes differ from the others.

An entry stands here because the list of the action has a code of its own for the situation, or because it
lacks the usual one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_REPEATED: Final = "The address `{address}` is named more than once."
_DUPLICATE: Final = ErrorTemplate("InvalidParameterValue.DuplicatePara", _REPEATED)
_LIMIT: Final = ErrorTemplate("LimitExceeded", "The quota of {limit} would be exceeded on `{resource_id}`.")
_ADDRESS_LIMIT: Final = ErrorTemplate(
    "LimitExceeded.Address", "The quota of {limit} would be exceeded on `{resource_id}`."
)
_IPV6_IN_USE: Final = ErrorTemplate("ResourceInUse.Address", "The address `{address}` is in use.")
_STATE: Final = "The network interface `{interface_id}` is {state}; the operation needs {allowed}."
_PRIMARY: Final = ErrorTemplate(
    "UnsupportedOperation", "The network interface `{interface_id}` is the primary one of `{instance_id}`."
)
_BAD_BLOCK: Final = ErrorTemplate(
    "InvalidParameterValue", "The CIDR block `{address}` is not one a VPC may have."
)
_HAS_BLOCK: Final = "`{resource_id}` has an IPv6 CIDR block already."
_NO_BLOCK: Final = ErrorTemplate("ResourceNotFound", "`{subnet_id}` has no such IPv6 CIDR block.")
_BUSY: Final = ErrorTemplate(
    "UnsupportedOperation.MutexOperationTaskRunning", "The address `{address}` is {state}."
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("CreateAndAttachNetworkInterface", core.InterfaceQuotaExceeded): _LIMIT,
        ("CreateAndAttachNetworkInterface", core.NetworkInterfaceQuotaExceeded): _LIMIT,
        ("MigrateNetworkInterface", core.InterfaceNotAttached): ErrorTemplate(
            "UnsupportedOperation.AttachmentNotFound",
            "The network interface `{interface_id}` is not attached to `{instance_id}`.",
        ),
        ("MigrateNetworkInterface", core.InterfaceAlreadyAttached): ErrorTemplate(
            "UnsupportedOperation",
            "The network interface `{interface_id}` is attached to `{instance_id}`.",
        ),
        ("MigrateNetworkInterface", core.InterfacesUnsupported): ErrorTemplate(
            "UnsupportedOperation", "Instances of the type `{instance_type}` take no network interfaces."
        ),
        ("DescribeNetworkInterfaceLimit", core.InstanceNotFound): ErrorTemplate(
            "InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist."
        ),
        ("AssignPrivateIpAddresses", core.AddressRepeated): _DUPLICATE,
        ("UnassignPrivateIpAddresses", core.AddressRepeated): _DUPLICATE,
        ("UnassignPrivateIpAddresses", core.AddressBusy): _BUSY,
        ("MigratePrivateIpAddress", core.AddressBusy): _BUSY,
        ("MigratePrivateIpAddress", core.PrimaryAddressFixed): ErrorTemplate(
            "UnsupportedOperation.PrimaryIp", "`{address}` is the primary address of the network interface."
        ),
        # The list has no InvalidState: whatever is not at rest has a task that is running.
        ("MigratePrivateIpAddress", core.InterfaceWrongState): ErrorTemplate(
            "UnsupportedOperation.MutexOperationTaskRunning", _STATE
        ),
        ("AssignIpv6Addresses", core.Ipv6Disabled): ErrorTemplate(
            "UnsupportedOperation.UnassignCidrBlock", "`{subnet_id}` has no IPv6 CIDR block."
        ),
        ("AssignIpv6Addresses", core.Ipv6AddressInUse): _IPV6_IN_USE,
        ("AssignIpv6Addresses", core.Ipv6PerInterfaceExceeded): _ADDRESS_LIMIT,
        ("AssignIpv6Addresses", core.DetachedAddressesExceeded): _ADDRESS_LIMIT,
        ("UnassignIpv6Addresses", core.AddressBusy): _BUSY,
        ("ModifyIpv6AddressesAttribute", core.AddressRepeated): ErrorTemplate(
            "InvalidParameterValue.Duplicate", _REPEATED
        ),
        ("AssociateNetworkInterfaceSecurityGroups", core.InterfaceIsPrimary): _PRIMARY,
        ("AssignIpv6CidrBlock", core.Ipv6AlreadyEnabled): ErrorTemplate(
            "LimitExceeded.CidrBlock", _HAS_BLOCK
        ),
        ("AssignIpv6CidrBlock", core.Ipv6BlocksExhausted): ErrorTemplate(
            "ResourceInsufficient.CidrBlock", "All {limit} IPv6 CIDR blocks of `{resource_id}` are in use."
        ),
        ("AssignIpv6SubnetCidrBlock", core.Ipv6AlreadyEnabled): ErrorTemplate(
            "LimitExceeded.SubnetCidrBlock", _HAS_BLOCK
        ),
        ("CreateDefaultVpc", core.BlockOverlap): ErrorTemplate(
            "ResourceInsufficient.CidrBlock", "The default VPC has no more room for subnets: `{address}`."
        ),
        ("CreateAssistantCidr", core.BlockInvalid): _BAD_BLOCK,
        ("CreateAssistantCidr", core.BlockMaskInvalid): _BAD_BLOCK,
        ("ModifyAssistantCidr", core.BlockInvalid): _BAD_BLOCK,
        ("ModifyAssistantCidr", core.BlockMaskInvalid): _BAD_BLOCK,
        ("UnassignIpv6CidrBlock", core.Ipv6Disabled): _NO_BLOCK,
        ("UnassignIpv6SubnetCidrBlock", core.Ipv6Disabled): _NO_BLOCK,
    }
)
"""What an action says about an error in its own way."""
