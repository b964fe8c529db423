"""The vendor's errors for interfaces and their addresses."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.interfaces import virtual_address_errors
from duolect_dialects.tencent.request_errors import (
    LIMIT,
    MANAGED,
    NOT_FOUND,
    UNSUPPORTED_TYPE,
    VPC_MISMATCH,
)

_STATE: Final = "The network interface `{interface_id}` is {state}; the operation needs {allowed}."
_ATTACHED: Final = "The network interface `{interface_id}` is attached to `{instance_id}`."
_NOT_ATTACHED: Final = "The network interface `{interface_id}` is not attached to `{instance_id}`."
_IS_PRIMARY: Final = "The network interface `{interface_id}` is the primary one of `{instance_id}`."
_NO_INTERFACES: Final = "Instances of the type `{instance_type}` take no network interfaces."
_ADDRESS_STATE: Final = "The address `{address}` is {state}."
_REPEATED: Final = "The address `{address}` is named more than once."
_PRIMARY_ADDRESS: Final = "`{address}` is the primary address of the network interface."
_IN_USE: Final = "The address `{address}` is in use."
_UNSUPPORTED_ENI: Final = ErrorTemplate(
    "UnsupportedOperation", "The network interface `{interface_id}` does not support this operation."
)
_TOO_MANY: Final = ErrorTemplate(
    "LimitExceeded.NetworkInterfaceLimitExceeded",
    "The quota of {limit} network interfaces in `{resource_id}` would be exceeded.",
)
_BAD_ADDRESS: Final = ErrorTemplate("InvalidParameterValue", "The value `{address}` is not acceptable.")
_RANGE: Final = ErrorTemplate(
    "InvalidParameterValue.Range", "The address `{address}` is not in the subnet."
)
_ADDRESS_IN_USE: Final = ErrorTemplate("ResourceInUse", _IN_USE)

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        **virtual_address_errors.TABLE,
        core.InterfaceNotFound: NOT_FOUND,
        core.TrunkNotFound: NOT_FOUND,
        core.PermissionNotFound: NOT_FOUND,
        core.InterfaceWrongState: ErrorTemplate("UnsupportedOperation.InvalidState", _STATE),
        core.InterfaceAlreadyAttached: ErrorTemplate(
            "UnsupportedOperation.AttachmentAlreadyExists", _ATTACHED
        ),
        core.InterfaceRepeated: ErrorTemplate(
            "InvalidParameterValue",
            "The network interface `{interface_id}` is named more than once, or for several instances.",
        ),
        # The list of Detach has no AttachmentNotFound; clients retry on InvalidState.
        core.InterfaceNotAttached: ErrorTemplate("UnsupportedOperation.InvalidState", _NOT_ATTACHED),
        core.InterfaceIsPrimary: ErrorTemplate("UnsupportedOperation.InvalidState", _IS_PRIMARY),
        core.InterfaceKindUnsupported: _UNSUPPORTED_ENI,
        core.PrimaryOnlyNamed: _UNSUPPORTED_ENI,
        core.PrimaryQueuesFixed: _UNSUPPORTED_ENI,
        core.LastGroup: _UNSUPPORTED_ENI,
        core.NotInGroup: ErrorTemplate(
            "UnsupportedOperation",
            "The network interface `{interface_id}` is not in the security group `{group_id}`.",
        ),
        core.GroupRequired: ErrorTemplate(
            "UnsupportedOperation", "The network interface `{interface_id}` has no security group."
        ),
        core.InterfaceProtected: ErrorTemplate(
            "UnsupportedOperation", "Termination protection is on for `{interface_id}`."
        ),
        core.InterfaceManaged: MANAGED,
        core.SubnetMismatch: ErrorTemplate(
            "UnsupportedOperation",
            "`{interface_id}` is in the subnet `{subnet_id}`, `{other_id}` in `{other_subnet_id}`.",
        ),
        core.ZoneMismatch: ErrorTemplate(
            "UnsupportedOperation.ZoneMismatch",
            "The network interface is in {interface_zone}, the instance in {instance_zone}.",
        ),
        core.NetworkMismatch: VPC_MISMATCH,
        core.TrunkNetworkMismatch: VPC_MISMATCH,
        core.TrunkUnsupported: UNSUPPORTED_TYPE,
        core.NotATrunk: _UNSUPPORTED_ENI,
        core.TrunkNotInUse: _UNSUPPORTED_ENI,
        core.TrunkElsewhere: _UNSUPPORTED_ENI,
        core.CannotBecomeMember: _UNSUPPORTED_ENI,
        core.NotOnTrunk: _UNSUPPORTED_ENI,
        core.TrunkHoldsMembers: ErrorTemplate(
            "ResourceInUse", "`{interface_id}` still has sub interfaces."
        ),
        core.RdmaUnsupported: UNSUPPORTED_TYPE,
        core.RdmaOnTrunk: _UNSUPPORTED_ENI,
        core.RdmaOnMember: _UNSUPPORTED_ENI,
        core.RdmaWithIpv6: ErrorTemplate(
            "UnsupportedOperation", "An RDMA interface takes no IPv6 address."
        ),
        core.InterfaceQuotaExceeded: _TOO_MANY,
        core.NetworkInterfaceQuotaExceeded: _TOO_MANY,
        core.TrunkFull: LIMIT,
        core.RdmaInterfacesExceeded: LIMIT,
        core.QueuesPerInterfaceExceeded: LIMIT,
        core.QueuesPerInstanceExceeded: LIMIT,
        core.QueuePairsPerInterfaceExceeded: LIMIT,
        core.QueuePairsPerInstanceExceeded: LIMIT,
        # -- addresses --
        core.AddressOutsideSubnet: _RANGE,
        core.AddressReserved: ErrorTemplate(
            "InvalidParameterValue.Reserved", "The address `{address}` is reserved by the system."
        ),
        core.AddressInUse: _ADDRESS_IN_USE,
        core.AddressRepeated: ErrorTemplate("InvalidParameterValue", _REPEATED),
        core.AddressNotAssigned: ErrorTemplate(
            "ResourceNotFound", "The network interface does not hold the address `{address}`."
        ),
        core.PrimaryAddressFixed: ErrorTemplate("UnsupportedOperation", _PRIMARY_ADDRESS),
        core.AddressBusy: ErrorTemplate("UnsupportedOperation.InvalidState", _ADDRESS_STATE),
        core.Ipv6Unsupported: UNSUPPORTED_TYPE,
        core.Ipv6AddressOutsideSubnet: _RANGE,
        core.Ipv6AddressInUse: _ADDRESS_IN_USE,
        core.PrefixMaskInvalid: _BAD_ADDRESS,
        core.PrefixNotStrict: _BAD_ADDRESS,
        core.PrefixOutsideSubnet: _RANGE,
        core.PrefixInUse: _ADDRESS_IN_USE,
        core.DetachedAddressesExceeded: LIMIT,
        core.Ipv4PerInterfaceExceeded: LIMIT,
        core.Ipv6PerInterfaceExceeded: LIMIT,
    }
)

_ADDRESS_LIMIT: Final = ErrorTemplate("LimitExceeded.Address", LIMIT.template)
_DUPLICATE: Final = ErrorTemplate("InvalidParameterValue.DuplicatePara", _REPEATED)
_ADDRESS_BUSY: Final = ErrorTemplate("UnsupportedOperation.MutexOperationTaskRunning", _ADDRESS_STATE)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **virtual_address_errors.BY_ACTION,
        ("CreateAndAttachNetworkInterface", core.InterfaceQuotaExceeded): LIMIT,
        ("CreateAndAttachNetworkInterface", core.NetworkInterfaceQuotaExceeded): LIMIT,
        # The list of Delete has no AttachmentAlreadyExists.
        ("DeleteNetworkInterface", core.InterfaceAlreadyAttached): ErrorTemplate(
            "UnsupportedOperation.InvalidState", _ATTACHED
        ),
        ("MigrateNetworkInterface", core.InterfaceNotAttached): ErrorTemplate(
            "UnsupportedOperation.AttachmentNotFound", _NOT_ATTACHED
        ),
        ("MigrateNetworkInterface", core.InterfaceAlreadyAttached): ErrorTemplate(
            "UnsupportedOperation", _ATTACHED
        ),
        ("MigrateNetworkInterface", core.InterfacesUnsupported): ErrorTemplate(
            "UnsupportedOperation", _NO_INTERFACES
        ),
        ("AssignPrivateIpAddresses", core.AddressRepeated): _DUPLICATE,
        ("UnassignPrivateIpAddresses", core.AddressRepeated): _DUPLICATE,
        ("UnassignPrivateIpAddresses", core.AddressBusy): _ADDRESS_BUSY,
        ("MigratePrivateIpAddress", core.AddressBusy): _ADDRESS_BUSY,
        ("MigratePrivateIpAddress", core.PrimaryAddressFixed): ErrorTemplate(
            "UnsupportedOperation.PrimaryIp", _PRIMARY_ADDRESS
        ),
        # The list has no InvalidState: whatever is not at rest has a task that is running.
        ("MigratePrivateIpAddress", core.InterfaceWrongState): ErrorTemplate(
            "UnsupportedOperation.MutexOperationTaskRunning", _STATE
        ),
        ("AssignIpv6Addresses", core.Ipv6Disabled): ErrorTemplate(
            "UnsupportedOperation.UnassignCidrBlock", "`{subnet_id}` has no IPv6 CIDR block."
        ),
        ("AssignIpv6Addresses", core.Ipv6AddressInUse): ErrorTemplate("ResourceInUse.Address", _IN_USE),
        ("AssignIpv6Addresses", core.Ipv6PerInterfaceExceeded): _ADDRESS_LIMIT,
        ("AssignIpv6Addresses", core.DetachedAddressesExceeded): _ADDRESS_LIMIT,
        ("UnassignIpv6Addresses", core.AddressBusy): _ADDRESS_BUSY,
        ("ModifyIpv6AddressesAttribute", core.AddressRepeated): ErrorTemplate(
            "InvalidParameterValue.Duplicate", _REPEATED
        ),
        ("AssociateNetworkInterfaceSecurityGroups", core.InterfaceIsPrimary): ErrorTemplate(
            "UnsupportedOperation", _IS_PRIMARY
        ),
    }
)
BY_STATE: Final[Mapping[tuple[str, InstanceState], ErrorTemplate]] = MappingProxyType(
    {
        ("AttachNetworkInterface", InstanceState.DELETING): ErrorTemplate(
            "UnsupportedOperation.ResourceIsInvalidState", "The instance `{instance_id}` is {state}."
        )
    }
)
