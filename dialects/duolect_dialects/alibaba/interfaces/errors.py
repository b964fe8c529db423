"""The vendor's errors for network interfaces and their addresses.

Sources: the pages of the actions on network interfaces. Where those leave a choice, it stands beside the
entry.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.interfaces import virtual_address_errors
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_NO_INTERFACE: Final = not_found("InvalidEniId.NotFound", "network interface")
_UNUSABLE: Final = ErrorTemplate(
    "InvalidVSwitchId.IpInvalid", "The address {address} is not usable in the vSwitch.", 403
)
TABLE: Final[ErrorTable] = MappingProxyType(
    {
        **virtual_address_errors.TABLE,
        core.InterfaceNotFound: _NO_INTERFACE,
        core.TrunkNotFound: _NO_INTERFACE,
        core.PermissionNotFound: ErrorTemplate(
            "InvalidParameter", "The network interface permission {resource_id} does not exist.", 400
        ),
        core.InterfaceWrongState: ErrorTemplate(
            "InvalidOperation.InvalidEniState",
            "The network interface {interface_id} is {state}; the operation needs {allowed}.",
            400,
        ),
        core.InterfaceAlreadyAttached: ErrorTemplate(
            "InvalidOperation.InvalidEniState",
            "The network interface {interface_id} is InUse on the instance {instance_id}.",
            400,
        ),
        core.InterfaceRepeated: ErrorTemplate(
            "InvalidParameter.NetworkInterface",
            "The network interface {interface_id} is named more than once, or for several instances.",
            403,
        ),
        core.InterfaceNotAttached: ErrorTemplate(
            "InvalidParameter.EniNotBelongEcs",
            "The network interface {interface_id} is not attached to the instance {instance_id}.",
            400,
        ),
        core.InterfaceIsPrimary: ErrorTemplate(
            "InvalidOperation.DetachPrimaryEniNotAllowed",
            "The network interface {interface_id} is the primary one of the instance {instance_id}.",
            400,
        ),
        core.PrimaryOnlyNamed: ErrorTemplate(
            "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc",
            "Only name and description of the primary network interface {interface_id} can be modified.",
            404,
        ),
        core.PrimaryQueuesFixed: ErrorTemplate(
            "InvalidOperation.ModifyPrimaryEniQueueNumber",
            "The queue number of the primary network interface {interface_id} cannot be modified.",
            403,
        ),
        core.InterfaceKindUnsupported: ErrorTemplate(
            "InvalidOperation.InvalidEniType",
            "The operation does not take the network interface {interface_id}, of the type {kind}.",
            403,
        ),
        core.InterfaceProtected: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            "The network interface {interface_id} is protected against deletion.",
            403,
        ),
        core.InterfaceManaged: ErrorTemplate(
            "InvalidOperation.EniServiceManaged",
            "The network interface {resource_id} belongs to a managed service.",
            403,
        ),
        core.ZoneMismatch: ErrorTemplate(
            "InvalidOperation.AvailabilityZoneMismatch",
            "The network interface is in the zone {interface_zone}, the instance in {instance_zone}.",
            403,
        ),
        core.TrunkNetworkMismatch: ErrorTemplate(
            "InvalidEni.NotSameVpc",
            "The trunk network interface {resource_id} is in another VPC than {other_id}.",
            403,
        ),
        core.GroupRequired: ErrorTemplate(
            "MissingParameter", "A security group is mandatory for this action.", 400
        ),
        core.LastGroup: ErrorTemplate(
            "InvalidOperation.AtLeastInOneGroup",
            "The network interface {interface_id} must be in at least one security group.",
            403,
        ),
        core.NotInGroup: ErrorTemplate(
            "InvalidSecurityGroupAssociation.NotFound",
            "The network interface {interface_id} is not in the security group {group_id}.",
            400,
        ),
        core.SubnetMismatch: ErrorTemplate(
            "InvalidParameter",
            "{interface_id} is in the vSwitch {subnet_id}, {other_id} in {other_subnet_id}.",
            400,
        ),
        core.TrunkUnsupported: ErrorTemplate(
            "InvalidOperation.InstanceTypeNotSupportEniTrunking",
            "Instances of the type {instance_type} take no trunk network interfaces.",
            403,
        ),
        core.NotATrunk: ErrorTemplate(
            "InvalidOperation.EniTypeNotSupportTrunking",
            "The network interface {interface_id} is of the type {kind}, not Trunk.",
            403,
        ),
        core.TrunkNotInUse: ErrorTemplate(
            "InvalidOperation.InvalidTrunkEniStatus",
            "The trunk network interface {interface_id} is {state}, not InUse.",
            403,
        ),
        core.TrunkElsewhere: ErrorTemplate(
            "InvalidParameter.EniNotBelongEcs",
            "The trunk network interface {interface_id} is not attached to the instance {instance_id}.",
            403,
        ),
        core.CannotBecomeMember: ErrorTemplate(
            "InvalidOperation.EniTypeNotSupportAttachToTrunk",
            "The network interface {interface_id} of the type {kind} cannot be attached to a trunk.",
            403,
        ),
        core.NotOnTrunk: ErrorTemplate(
            "InvalidParameter.EniNotBelongTrunk",
            "The network interface {interface_id} is not attached to the trunk {trunk_id}.",
            403,
        ),
        core.TrunkHoldsMembers: ErrorTemplate(
            "InvalidOperation.HasMemberEniAttached",
            "The trunk network interface {interface_id} still has members.",
            403,
        ),
        core.RdmaUnsupported: ErrorTemplate(
            "InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode",
            "Instances of the type {instance_type} do not support the HighPerformance traffic mode.",
            403,
        ),
        core.RdmaOnTrunk: ErrorTemplate(
            "InvalidOperation.HighPerformanceTrafficModeNotSupportTrunkEni",
            "A trunk network interface cannot use the HighPerformance traffic mode.",
            403,
        ),
        core.RdmaOnMember: ErrorTemplate(
            "InvalidOperation.HighPerformanceTrafficModeNotSupportMemberEni",
            "The network interface {interface_id} in the HighPerformance traffic mode cannot be a member.",
            403,
        ),
        core.RdmaWithIpv6: ErrorTemplate(
            "InvalidOperation.EniTrafficModeNotSupportIpv6",
            "A network interface in the HighPerformance traffic mode cannot hold IPv6 addresses.",
            403,
        ),
        core.InterfaceQuotaExceeded: quota(
            "MaxEniCountExceeded", "network interfaces in {resource_id}", 403
        ),
        core.NetworkInterfaceQuotaExceeded: quota(
            "MaxEniCountExceeded", "network interfaces in {resource_id}", 403
        ),
        core.TrunkFull: quota(
            "InvalidOperation.EniTrunkDeviceFull", "members of the trunk {resource_id}", 403
        ),
        core.RdmaInterfacesExceeded: quota(
            "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded",
            "HighPerformance network interfaces of the instance",
            403,
        ),
        core.QueuesPerInterfaceExceeded: quota(
            "InvalidOperation.MaxEniQueueNumberExceeded", "queues of a network interface", 403
        ),
        core.QueuesPerInstanceExceeded: quota(
            "InvalidOperation.ExceedInstanceTypeQueueNumber", "queues of the instance", 403
        ),
        core.QueuePairsPerInterfaceExceeded: quota(
            "InvalidOperation.MaxEniQueuePairNumberExceed", "queue pairs of a network interface", 403
        ),
        core.QueuePairsPerInstanceExceeded: quota(
            "InvalidOperation.EniQueuePairNumberOverflow", "queue pairs of the instance", 403
        ),
        core.Ipv6Unsupported: ErrorTemplate(
            "InvalidOperation.Ipv6NotSupport",
            "Instances of the type {instance_type} take no IPv6 addresses.",
            403,
        ),
        core.AddressOutsideSubnet: _UNUSABLE,
        core.AddressReserved: _UNUSABLE,
        core.AddressInUse: ErrorTemplate(
            "InvalidPrivateIpAddress.Duplicated", "The address {address} is already in use.", 400
        ),
        core.AddressRepeated: ErrorTemplate(
            "InvalidIp.IpRepeated", "The address {address} is named more than once.", 403
        ),
        core.Ipv6AddressOutsideSubnet: ErrorTemplate(
            "InvalidIp.Address", "The IPv6 address {address} is not usable in the vSwitch.", 403
        ),
        core.Ipv6AddressInUse: ErrorTemplate(
            "InvalidIp.IpAssigned", "The IPv6 address {address} is already in use.", 403
        ),
        core.AddressNotAssigned: ErrorTemplate(
            "InvalidIp.IpUnassigned", "The network interface does not hold the address {address}.", 403
        ),
        core.PrimaryAddressFixed: ErrorTemplate(
            "InvalidIp.IpUnassigned",
            "The address {address} is the primary one of the network interface.",
            403,
        ),
        core.AddressBusy: ErrorTemplate(
            "InvalidOperation.InvalidEniState", "The address {address} is being changed.", 400
        ),
        core.PrefixMaskInvalid: ErrorTemplate(
            "InvalidIp.IpPrefixMaskInvalid",
            "The mask of the prefix {address} is not /28 for IPv4 or /80 for IPv6.",
            403,
        ),
        core.PrefixNotStrict: ErrorTemplate(
            "InvalidIp.IpPrefixNotStrict", "The prefix {address} has host bits set.", 403
        ),
        core.PrefixOutsideSubnet: ErrorTemplate(
            "InvalidIp.IpPrefixIllegal", "The prefix {address} is not in the vSwitch.", 403
        ),
        core.PrefixInUse: ErrorTemplate(
            "InvalidIp.IpAssigned", "An address of the prefix {address} is already in use.", 403
        ),
        core.SubnetExhausted: ErrorTemplate(
            "InvalidVSwitchId.IpNotEnough",
            "The vSwitch {subnet_id} has {free} free addresses; {wanted} are wanted.",
            403,
        ),
        core.DetachedAddressesExceeded: quota(
            "MaxEniPrivateIpsCountExceeded", "addresses of an Available network interface", 403
        ),
        core.Ipv4PerInterfaceExceeded: quota(
            "InvalidOperation.Ipv4CountExceeded",
            "IPv4 addresses of a network interface on this instance type",
            403,
        ),
        core.Ipv6PerInterfaceExceeded: quota(
            "InvalidOperation.Ipv6CountExceeded",
            "IPv6 addresses of a network interface on this instance type",
            403,
        ),
    }
)

OVERRIDES: Final[ErrorTable] = MappingProxyType(
    {
        # Of the two codes that the Attach page lists, the 404 is the one that clients take for "gone".
        core.InstanceNotFound: not_found("InvalidEcsId.NotFound", "instance"),
        core.InstanceWrongState: ErrorTemplate(
            "InvalidOperation.InvalidEcsState",
            "The instance {instance_id} is {state}; the operation needs {allowed}.",
            400,
        ),
    }
)
"""What the actions on network interfaces say of instances."""

BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        **virtual_address_errors.BY_ACTION,
        ("AssignPrivateIpAddresses", core.AddressInUse): ErrorTemplate(
            "InvalidIp.IpAssigned", "The address {address} is already in use.", 403
        ),
        ("AssignIpv6Addresses", core.DetachedAddressesExceeded): quota(
            "MaxEniIpv6IpsCountExceeded", "IPv6 addresses of an Available network interface", 403
        ),
        **for_actions(
            ["ModifyNetworkInterfaceAttribute"],
            {
                core.RdmaUnsupported: ErrorTemplate(
                    "InvalidOperation.InstanceTypeNotSupportHighPerformance",
                    "Instances of the type {instance_type} do not support the "
                    "HighPerformance traffic mode.",
                    400,
                ),
                core.RdmaWithIpv6: ErrorTemplate(
                    "InvalidOperation.EniTrafficModeNotSupportIPv6",
                    "The network interface {interface_id} holds IPv6 addresses.",
                    400,
                ),
            },
        ),
    }
)
NOT_IN_USE: Final = ErrorTemplate(
    "InvalidOperation.InvalidEniState",
    "The network interface {interface_id} is not attached to any instance.",
    400,
)
"""What is said of an interface that shall be detached and is attached to nothing."""
