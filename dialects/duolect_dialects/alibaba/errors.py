"""The vendor's error for every error of the core.

``TABLE`` holds one entry per core error; ``BY_ACTION`` what differs for an action. A message is a template
over the facts that the error carries. Codes and statuses follow the actions' own pages; where those leave
a choice, the choice stands beside the entry.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.error_template import ErrorTemplate
from duolect_dialects.alibaba.instances import errors as instance_errors
from duolect_dialects.alibaba.names import WORDS
from duolect_dialects.alibaba.public_addresses import errors as public_address_errors
from duolect_dialects.alibaba.security_groups import errors as group_errors
from duolect_dialects.alibaba.tags import errors as tag_errors
from duolect_dialects.dialect import Refusal
from duolect_dialects.values import BadValue, Fault, MissingValue, RequestFault
from duolect_dialects.wording import facts

_NO_ENI = ErrorTemplate("InvalidEniId.NotFound", 404, "The network interface {resource_id} does not exist.")
_NO_INSTANCE = ErrorTemplate(
    "InvalidInstanceId.NotFound", 404, "The instance {resource_id} does not exist."
)
_ENI_STATE = ErrorTemplate(
    "InvalidOperation.InvalidEniState",
    400,
    "The network interface {interface_id} is {state}; the operation needs {allowed}.",
)
_IP_INVALID = ErrorTemplate(
    "InvalidVSwitchId.IpInvalid", 403, "The address {address} is not usable in the vSwitch."
)
_QUOTA = "No more than {limit} are allowed"
_BAD_MASK = ErrorTemplate("InvalidParameter", 400, "The mask of the CIDR block {address} is not allowed.")

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        **group_errors.TABLE,
        **public_address_errors.TABLE,
        **tag_errors.TABLE,
        core.NetworkNotFound: ErrorTemplate(
            "InvalidVpcId.NotFound", 404, "The VPC {resource_id} does not exist."
        ),
        core.SubnetNotFound: ErrorTemplate(
            "InvalidVSwitchId.NotFound", 404, "The vSwitch {resource_id} does not exist."
        ),
        core.GroupNotFound: ErrorTemplate(
            "InvalidSecurityGroupId.NotFound", 404, "The security group {resource_id} does not exist."
        ),
        core.InstanceNotFound: _NO_INSTANCE,
        core.InterfaceNotFound: _NO_ENI,
        core.TrunkNotFound: _NO_ENI,
        core.InstanceTypeNotFound: ErrorTemplate(
            "InvalidInstanceType.ValueNotSupported", 403, "The instance type {resource_id} is not offered."
        ),
        core.ZoneNotFound: ErrorTemplate(
            "InvalidZoneId.NotFound", 404, "The zone {resource_id} does not exist."
        ),
        core.PermissionNotFound: ErrorTemplate(
            "InvalidParameter", 400, "The network interface permission {resource_id} does not exist."
        ),
        core.OperationNotFound: ErrorTemplate(
            "InvalidParameter", 400, "The task {resource_id} does not exist."
        ),
        core.RouteTableNotFound: ErrorTemplate(
            "InvalidRouteTableId.NotFound", 404, "The route table {resource_id} does not exist."
        ),
        core.SecondaryBlockNotFound: ErrorTemplate(
            "InvalidParameter", 400, "{resource_id} is no secondary CIDR block of the VPC."
        ),
        core.InterfaceWrongState: _ENI_STATE,
        core.InterfaceAlreadyAttached: ErrorTemplate(
            "InvalidOperation.InvalidEniState",
            400,
            "The network interface {interface_id} is InUse on the instance {instance_id}.",
        ),
        core.InterfaceRepeated: ErrorTemplate(
            "InvalidParameter.NetworkInterface",
            403,
            "The network interface {interface_id} is named more than once, or for several instances.",
        ),
        core.InterfaceNotAttached: ErrorTemplate(
            "InvalidParameter.EniNotBelongEcs",
            400,
            "The network interface {interface_id} is not attached to the instance {instance_id}.",
        ),
        core.InterfaceIsPrimary: ErrorTemplate(
            "InvalidOperation.DetachPrimaryEniNotAllowed",
            400,
            "The network interface {interface_id} is the primary one of the instance {instance_id}.",
        ),
        core.PrimaryOnlyNamed: ErrorTemplate(
            "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc",
            404,
            "Only name and description of the primary network interface {interface_id} can be modified.",
        ),
        core.PrimaryQueuesFixed: ErrorTemplate(
            "InvalidOperation.ModifyPrimaryEniQueueNumber",
            403,
            "The queue number of the primary network interface {interface_id} cannot be modified.",
        ),
        core.LastGroup: ErrorTemplate(
            "InvalidOperation.AtLeastInOneGroup",
            403,
            "The network interface {interface_id} must be in at least one security group.",
        ),
        core.NotInGroup: ErrorTemplate(
            "InvalidSecurityGroupAssociation.NotFound",
            400,
            "The network interface {interface_id} is not in the security group {group_id}.",
        ),
        core.SubnetMismatch: ErrorTemplate(
            "InvalidParameter",
            400,
            "{interface_id} is in the vSwitch {subnet_id}, {other_id} in {other_subnet_id}.",
        ),
        core.InterfaceKindUnsupported: ErrorTemplate(
            "InvalidOperation.InvalidEniType",
            403,
            "The operation does not take the network interface {interface_id}, of the type {kind}.",
        ),
        core.InterfaceProtected: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            403,
            "The network interface {interface_id} is protected against deletion.",
        ),
        core.InterfaceManaged: ErrorTemplate(
            "InvalidOperation.EniServiceManaged",
            403,
            "The network interface {resource_id} belongs to a managed service.",
        ),
        core.GroupManaged: ErrorTemplate(
            "InvalidOperation.ResourceManagedByCloudProduct",
            403,
            "The security group {resource_id} belongs to a managed service.",
        ),
        core.InstanceClassicNetwork: ErrorTemplate(
            "InvalidInstance.NetworkType", 403, "The instance {resource_id} is in the classic network."
        ),
        core.GroupClassicNetwork: ErrorTemplate(
            "InvalidSecurityGroupId.NotVpc",
            403,
            "The security group {resource_id} is in the classic network.",
        ),
        core.InstanceWrongState: ErrorTemplate(
            "InvalidOperation.InvalidEcsState",
            400,
            "The instance {instance_id} is {state}; the operation needs {allowed}.",
        ),
        core.HotPlugUnsupported: ErrorTemplate(
            "InvalidOperation.HotPlugNotSupport",
            403,
            "Instances of the type {instance_type} must be Stopped for this operation.",
        ),
        core.InstanceProtected: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            403,
            "The instance {instance_id} is protected against deletion.",
        ),
        core.NetworkBusy: ErrorTemplate(
            "IncorrectVpcStatus", 400, "The VPC {network_id} is not Available yet."
        ),
        core.SubnetBusy: ErrorTemplate(
            "IncorrectVSwitchStatus", 400, "The vSwitch {subnet_id} is not Available yet."
        ),
        core.NetworkHoldsSubnets: ErrorTemplate(
            "DependencyViolation.VSwitch", 400, "The VPC {resource_id} still has the vSwitch {held_by}."
        ),
        core.NetworkHoldsGroups: ErrorTemplate(
            "DependencyViolation.SecurityGroup",
            400,
            "The VPC {resource_id} still has the security group {held_by}.",
        ),
        core.NetworkHoldsInterfaces: ErrorTemplate(
            "DependencyViolation.NetworkInterface",
            400,
            "The VPC {resource_id} still has the network interface {held_by}.",
        ),
        core.NetworkHoldsIpv6Subnets: ErrorTemplate(
            "DependencyViolation.VSwitch",
            400,
            "The vSwitch {held_by} still has a part of the IPv6 CIDR block of the VPC {resource_id}.",
        ),
        core.BlockHoldsSubnets: ErrorTemplate(
            "DependencyViolation.VSwitch",
            400,
            "The vSwitch {held_by} lies in the CIDR block {resource_id} of the VPC.",
        ),
        core.SubnetHoldsIpv6Addresses: ErrorTemplate(
            "DependencyViolation",
            400,
            "The network interface {held_by} still has IPv6 addresses of the vSwitch {resource_id}.",
        ),
        core.SubnetHoldsInterfaces: ErrorTemplate(
            "DependencyViolation",
            400,
            "The vSwitch {resource_id} still has the network interface {held_by}.",
        ),
        core.GroupHoldsInterfaces: ErrorTemplate(
            "DependencyViolation",
            403,
            "There is still the network interface {held_by} in the security group {resource_id}.",
        ),
        core.ZoneMismatch: ErrorTemplate(
            "InvalidOperation.AvailabilityZoneMismatch",
            403,
            "The network interface is in the zone {interface_zone}, the instance in {instance_zone}.",
        ),
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidParameter.Mismatch",
            400,
            "The vSwitch {subnet_id} is in the zone {subnet_zone}, not in {zone}.",
        ),
        core.NetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            403,
            "{resource_id} is in the VPC {network_id}, {other_id} in {other_network_id}.",
        ),
        core.TrunkNetworkMismatch: ErrorTemplate(
            "InvalidEni.NotSameVpc",
            403,
            "The trunk network interface {resource_id} is in another VPC than {other_id}.",
        ),
        core.GroupNetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            403,
            "The security group {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
        ),
        core.SubnetNetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            403,
            "The vSwitch {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
        ),
        core.GroupKindsMixed: ErrorTemplate(
            "InvalidOperation.MultiGroupType",
            403,
            "Basic and enterprise security groups cannot be joined together.",
        ),
        core.GroupKindUnsupported: ErrorTemplate(
            "InvalidOperation.NotSupportEnterpriseGroup",
            403,
            "Instances of the type {instance_type} cannot join enterprise security groups.",
        ),
        core.GroupRequired: ErrorTemplate(
            "MissingParameter", 400, "A security group is mandatory for this action."
        ),
        core.InterfacesUnsupported: ErrorTemplate(
            "InvalidOperation.InvalidGeneration",
            400,
            "Instances of the type {instance_type} take no elastic network interfaces.",
        ),
        core.NetworkCardInvalid: ErrorTemplate(
            "InvalidParameter.NetworkCardIndexInvalid",
            400,
            "The instance type {instance_type} has no network card {index}; it has {cards}.",
        ),
        core.Ipv6Unsupported: ErrorTemplate(
            "InvalidOperation.Ipv6NotSupport",
            403,
            "Instances of the type {instance_type} take no IPv6 addresses.",
        ),
        core.Ipv6Disabled: ErrorTemplate(
            "InvalidVSwitch.Ipv6NotTurnOn", 403, "IPv6 is not turned on for {subnet_id}."
        ),
        core.Ipv6AlreadyEnabled: ErrorTemplate(
            "InvalidParameter", 400, "The IPv6 CIDR block of {resource_id} cannot be changed."
        ),
        core.TrunkUnsupported: ErrorTemplate(
            "InvalidOperation.InstanceTypeNotSupportEniTrunking",
            403,
            "Instances of the type {instance_type} take no trunk network interfaces.",
        ),
        core.NotATrunk: ErrorTemplate(
            "InvalidOperation.EniTypeNotSupportTrunking",
            403,
            "The network interface {interface_id} is of the type {kind}, not Trunk.",
        ),
        core.TrunkNotInUse: ErrorTemplate(
            "InvalidOperation.InvalidTrunkEniStatus",
            403,
            "The trunk network interface {interface_id} is {state}, not InUse.",
        ),
        core.TrunkElsewhere: ErrorTemplate(
            "InvalidParameter.EniNotBelongEcs",
            403,
            "The trunk network interface {interface_id} is not attached to the instance {instance_id}.",
        ),
        core.CannotBecomeMember: ErrorTemplate(
            "InvalidOperation.EniTypeNotSupportAttachToTrunk",
            403,
            "The network interface {interface_id} of the type {kind} cannot be attached to a trunk.",
        ),
        core.NotOnTrunk: ErrorTemplate(
            "InvalidParameter.EniNotBelongTrunk",
            403,
            "The network interface {interface_id} is not attached to the trunk {trunk_id}.",
        ),
        core.TrunkHoldsMembers: ErrorTemplate(
            "InvalidOperation.HasMemberEniAttached",
            403,
            "The trunk network interface {interface_id} still has members.",
        ),
        core.RdmaUnsupported: ErrorTemplate(
            "InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode",
            403,
            "Instances of the type {instance_type} do not support the HighPerformance traffic mode.",
        ),
        core.RdmaOnTrunk: ErrorTemplate(
            "InvalidOperation.HighPerformanceTrafficModeNotSupportTrunkEni",
            403,
            "A trunk network interface cannot use the HighPerformance traffic mode.",
        ),
        core.RdmaOnMember: ErrorTemplate(
            "InvalidOperation.HighPerformanceTrafficModeNotSupportMemberEni",
            403,
            "The network interface {interface_id} in the HighPerformance traffic mode cannot be a member.",
        ),
        core.RdmaWithIpv6: ErrorTemplate(
            "InvalidOperation.EniTrafficModeNotSupportIpv6",
            403,
            "A network interface in the HighPerformance traffic mode cannot hold IPv6 addresses.",
        ),
        core.AddressOutsideSubnet: _IP_INVALID,
        core.AddressReserved: _IP_INVALID,
        core.AddressInUse: ErrorTemplate(
            "InvalidPrivateIpAddress.Duplicated", 400, "The address {address} is already in use."
        ),
        core.AddressRepeated: ErrorTemplate(
            "InvalidIp.IpRepeated", 403, "The address {address} is named more than once."
        ),
        core.AddressNotAssigned: ErrorTemplate(
            "InvalidIp.IpUnassigned", 403, "The network interface does not hold the address {address}."
        ),
        core.PrimaryAddressFixed: ErrorTemplate(
            "InvalidIp.IpUnassigned",
            403,
            "The address {address} is the primary one of the network interface.",
        ),
        core.AddressBusy: ErrorTemplate(
            "InvalidOperation.InvalidEniState", 400, "The address {address} is being changed."
        ),
        core.Ipv6AddressOutsideSubnet: ErrorTemplate(
            "InvalidIp.Address", 403, "The IPv6 address {address} is not usable in the vSwitch."
        ),
        core.Ipv6AddressInUse: ErrorTemplate(
            "InvalidIp.IpAssigned", 403, "The IPv6 address {address} is already in use."
        ),
        core.PrefixMaskInvalid: ErrorTemplate(
            "InvalidIp.IpPrefixMaskInvalid",
            403,
            "The mask of the prefix {address} is not /28 for IPv4 or /80 for IPv6.",
        ),
        core.PrefixNotStrict: ErrorTemplate(
            "InvalidIp.IpPrefixNotStrict", 403, "The prefix {address} has host bits set."
        ),
        core.PrefixOutsideSubnet: ErrorTemplate(
            "InvalidIp.IpPrefixIllegal", 403, "The prefix {address} is not in the vSwitch."
        ),
        core.PrefixInUse: ErrorTemplate(
            "InvalidIp.IpAssigned", 403, "An address of the prefix {address} is already in use."
        ),
        core.BlockInvalid: ErrorTemplate(
            "InvalidParameter", 400, "The CIDR block {address} is not one a VPC may have."
        ),
        core.BlockMaskInvalid: ErrorTemplate(
            "InvalidCirdrBlock.MaskLength", 400, "The mask of the CIDR block {address} is not allowed."
        ),
        core.BlockOutsideNetwork: ErrorTemplate(
            "InvalidParameter", 400, "The CIDR block {address} is not within that of the VPC."
        ),
        core.BlockOverlap: ErrorTemplate(
            "InvalidCidrBlock.Overlapped",
            400,
            "The CIDR block {address} overlaps that of another vSwitch.",
        ),
        core.NetworkBlockOverlap: ErrorTemplate(
            "InvalidCidrBlock.Overlapped",
            400,
            "The CIDR block {address} overlaps another one of the VPC.",
        ),
        core.SubnetExhausted: ErrorTemplate(
            "InvalidVSwitchId.IpNotEnough",
            403,
            "The vSwitch {subnet_id} has {free} free addresses; {wanted} are wanted.",
        ),
        core.NetworkQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.Vpc", 400, f"{_QUOTA}: VPCs in {{resource_id}}."
        ),
        core.Ipv6BlocksExhausted: ErrorTemplate(
            "QuotaExceeded.Vpc", 400, f"{_QUOTA}: IPv6 CIDR blocks of VPCs in {{resource_id}}."
        ),
        core.SecondaryBlockQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.Vpc", 400, f"{_QUOTA}: secondary CIDR blocks of {{resource_id}}."
        ),
        core.DefaultNetworkExists: ErrorTemplate(
            "QuotaExceeded.Vpc", 400, f"{_QUOTA}: the default VPC is {{resource_id}}."
        ),
        core.DefaultSubnetExists: ErrorTemplate(
            "QuotaExceeded.VSwitch", 400, f"{_QUOTA}: the default vSwitch of the zone is {{resource_id}}."
        ),
        core.SubnetQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.VSwitch", 400, f"{_QUOTA}: vSwitches in {{resource_id}}."
        ),
        core.GroupQuotaExceeded: ErrorTemplate(
            "QuotaExceed.SecurityGroup", 403, f"{_QUOTA}: security groups in {{resource_id}}."
        ),
        core.InstanceQuotaExceeded: ErrorTemplate(
            "QuotaExceed.ElasticQuota", 403, f"{_QUOTA}: instances in {{resource_id}}."
        ),
        core.InterfaceQuotaExceeded: ErrorTemplate(
            "MaxEniCountExceeded", 403, f"{_QUOTA}: network interfaces in {{resource_id}}."
        ),
        core.NetworkInterfaceQuotaExceeded: ErrorTemplate(
            "MaxEniCountExceeded", 403, f"{_QUOTA}: network interfaces in {{resource_id}}."
        ),
        core.GroupsPerInterfaceExceeded: ErrorTemplate(
            "JoinedGroupLimitExceed", 400, f"{_QUOTA}: security groups of a network interface."
        ),
        core.GroupMembersExceeded: ErrorTemplate(
            "SecurityGroupInstanceLimitExceed",
            403,
            f"{_QUOTA}: private addresses in the security group {{resource_id}}.",
        ),
        core.GroupInterfacesExceeded: ErrorTemplate(
            "InvalidOperation.EniCountExceeded",
            403,
            f"{_QUOTA}: network interfaces in the enterprise security group {{resource_id}}.",
        ),
        core.TagQuotaExceeded: ErrorTemplate("QuotaExceed.Tags", 403, f"{_QUOTA}: tags of a resource."),
        core.DetachedAddressesExceeded: ErrorTemplate(
            "MaxEniPrivateIpsCountExceeded", 403, f"{_QUOTA}: addresses of an Available network interface."
        ),
        core.InterfacesPerInstanceExceeded: ErrorTemplate(
            "EniPerInstanceLimitExceeded",
            403,
            f"{_QUOTA}: network interfaces of the instance {{resource_id}}.",
        ),
        core.Ipv4PerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.Ipv4CountExceeded",
            403,
            f"{_QUOTA}: IPv4 addresses of a network interface on this instance type.",
        ),
        core.Ipv6PerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.Ipv6CountExceeded",
            403,
            f"{_QUOTA}: IPv6 addresses of a network interface on this instance type.",
        ),
        core.TrunkFull: ErrorTemplate(
            "InvalidOperation.EniTrunkDeviceFull", 403, f"{_QUOTA}: members of the trunk {{resource_id}}."
        ),
        core.RdmaInterfacesExceeded: ErrorTemplate(
            "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded",
            403,
            f"{_QUOTA}: HighPerformance network interfaces of the instance.",
        ),
        core.QueuesPerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.MaxEniQueueNumberExceeded", 403, f"{_QUOTA}: queues of a network interface."
        ),
        core.QueuesPerInstanceExceeded: ErrorTemplate(
            "InvalidOperation.ExceedInstanceTypeQueueNumber", 403, f"{_QUOTA}: queues of the instance."
        ),
        core.QueuePairsPerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.MaxEniQueuePairNumberExceed",
            403,
            f"{_QUOTA}: queue pairs of a network interface.",
        ),
        core.QueuePairsPerInstanceExceeded: ErrorTemplate(
            "InvalidOperation.EniQueuePairNumberOverflow", 403, f"{_QUOTA}: queue pairs of the instance."
        ),
        core.IdempotencyMismatch: ErrorTemplate(
            "IdempotentParameterMismatch",
            400,
            "The ClientToken {token} was used before with other parameters.",
        ),
        core.IdempotencyProcessing: ErrorTemplate(
            "IdempotentProcessing", 403, "The first request with the ClientToken {token} is in process."
        ),
    }
)

_NOT_IN_USE = ErrorTemplate(
    "InvalidOperation.InvalidEniState",
    400,
    "The network interface {interface_id} is not attached to any instance.",
)
_MODIFY: Final = "ModifyNetworkInterfaceAttribute"
_NO_ECS = ErrorTemplate("InvalidEcsId.NotFound", 404, "The instance {resource_id} does not exist.")
_INSTANCE_STATUS = ErrorTemplate(
    "IncorrectInstanceStatus", 403, "The instance {instance_id} is {state}; the operation needs {allowed}."
)
_NO_SUCH_GROUP = ErrorTemplate(
    "InvalidSecurityGroup.NotFound", 404, "The security group {resource_id} does not exist."
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **group_errors.BY_ACTION,
        **instance_errors.BY_ACTION,
        **public_address_errors.BY_ACTION,
        **tag_errors.BY_ACTION,
        # The actions on network interfaces have a code of their own for instances; of the two that the
        # Attach page lists, the 404 is the one that clients take for "gone".
        ("AttachNetworkInterface", core.InstanceNotFound): _NO_ECS,
        ("DetachNetworkInterface", core.InstanceNotFound): _NO_ECS,
        ("AttachNetworkInterface", core.Ipv6PerInterfaceExceeded): ErrorTemplate(
            "InvalidOperation.Ipv6CountExceeded",
            400,
            f"{_QUOTA}: IPv6 addresses of a network interface on this instance type.",
        ),
        ("AssignPrivateIpAddresses", core.AddressInUse): ErrorTemplate(
            "InvalidIp.IpAssigned", 403, "The address {address} is already in use."
        ),
        ("AssignIpv6Addresses", core.DetachedAddressesExceeded): ErrorTemplate(
            "MaxEniIpv6IpsCountExceeded",
            403,
            f"{_QUOTA}: IPv6 addresses of an Available network interface.",
        ),
        (_MODIFY, core.RdmaUnsupported): ErrorTemplate(
            "InvalidOperation.InstanceTypeNotSupportHighPerformance",
            400,
            "Instances of the type {instance_type} do not support the HighPerformance traffic mode.",
        ),
        (_MODIFY, core.RdmaWithIpv6): ErrorTemplate(
            "InvalidOperation.EniTrafficModeNotSupportIPv6",
            400,
            "The network interface {interface_id} holds IPv6 addresses.",
        ),
        (_MODIFY, core.RdmaInterfacesExceeded): ErrorTemplate(
            "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded",
            400,
            f"{_QUOTA}: HighPerformance network interfaces of the instance.",
        ),
        (_MODIFY, core.QueuePairsPerInterfaceExceeded): ErrorTemplate(
            "InvalidOperation.MaxEniQueuePairNumberExceed",
            400,
            f"{_QUOTA}: queue pairs of a network interface.",
        ),
        (_MODIFY, core.QueuePairsPerInstanceExceeded): ErrorTemplate(
            "InvalidOperation.EniQueuePairNumberOverflow", 400, f"{_QUOTA}: queue pairs of the instance."
        ),
        ("JoinSecurityGroup", core.GroupsPerInterfaceExceeded): ErrorTemplate(
            "InstanceSecurityGroupLimitExceeded", 400, f"{_QUOTA}: security groups of {{resource_id}}."
        ),
        ("JoinSecurityGroup", core.GroupMembersExceeded): ErrorTemplate(
            "SecurityGroupInstanceLimitExceeded",
            403,
            f"{_QUOTA}: private addresses in the security group {{resource_id}}.",
        ),
        ("JoinSecurityGroup", core.GroupInterfacesExceeded): ErrorTemplate(
            "InvalidOperation.NetworkInterfaceCountExceeded",
            403,
            f"{_QUOTA}: network interfaces in the enterprise security group {{resource_id}}.",
        ),
        ("JoinSecurityGroup", core.GroupKindsMixed): ErrorTemplate(
            "InvalidOperation.MultiGroupType",
            400,
            "Basic and enterprise security groups cannot be joined together.",
        ),
        ("JoinSecurityGroup", core.GroupClassicNetwork): ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            403,
            "The security group {resource_id} is in the classic network.",
        ),
        ("JoinSecurityGroup", core.InstanceWrongState): _INSTANCE_STATUS,
        ("LeaveSecurityGroup", core.InstanceWrongState): _INSTANCE_STATUS,
        ("CreateDefaultVSwitch", core.NetworkNotFound): ErrorTemplate(
            "InvalidVpcId.NotFound", 404, "There is no default VPC in the region."
        ),
        ("CreateVpc", core.BlockMaskInvalid): ErrorTemplate(
            "IllegalParam.CidrBlockMask", 400, "The mask of the CIDR block {address} is not allowed."
        ),
        ("ModifyVpcAttribute", core.BlockMaskInvalid): _BAD_MASK,
        ("AssociateVpcCidrBlock", core.BlockMaskInvalid): _BAD_MASK,
        ("DeleteSecurityGroup", core.GroupNotFound): _NO_SUCH_GROUP,
    }
)

_FAILED_BEFORE: Final = frozenset(
    {
        "AssignIpv6Addresses",
        "AssignPrivateIpAddresses",
        "CreateInstance",
        "CreateNetworkInterface",
        "RunInstances",
    }
)
"""The actions that say of a refused request's token only that it failed; the others say again how.

Source: an answer recorded in a client's issues, whose message is that the previous idempotent request has
failed, and what clients do about the code: they take a new token.
"""


def translate(error: core.CoreError, action: str) -> Refusal:
    """Return a core error in the vendor's terms, as the action words it."""
    if error.repeated and action in _FAILED_BEFORE:
        message = "An earlier request with the same ClientToken has failed; use another one."
        return Refusal("IdempotentFailed", message, 400)
    says = BY_ACTION.get((action, type(error))) or TABLE[type(error)]
    if isinstance(error, core.InterfaceNotAttached) and error.attached_to is None:
        says = _NOT_IN_USE
    if isinstance(error, core.InstanceWrongState):
        says = instance_errors.BY_STATE.get((action, error.state), says)
    return Refusal(says.code, says.template.format_map(facts(error, WORDS)), says.status)


_STATUS_OF_VALUE_CODES: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys(
        (
            "InvalidIp.Address",
            "InvalidIp.IpPrefixIllegal",
            "InvalidOperation.InvalidEniPageNumber",
            "InvalidParam.IpCount",
            "InvalidParameter.InvalidEniQueueNumber",
            "InvalidParameter.InvalidQueuePairNumber",
            "InvalidParams.NetworkInterfaceName",
            "InvalidVSwitchId.IpInvalid",
            "MaxEniPrivateIpsCountExceeded",
            "QuotaExceed.Tags",
        ),
        403,
    )
)
"""HTTP status of the codes that single parameters declare; all others are 400."""
_UNDOCUMENTED: Final[Mapping[str, int]] = MappingProxyType({})


_MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ResourceId": "MissingParameter.ResourceIds",
        "ResourceType": "MissingParameter.ResourceType",
        "Tag": "MissingParameter.Tags",
    }
)
"""What the actions on tags say where these are missing."""


def in_request(fault: RequestFault, documented: Mapping[str, int] = _UNDOCUMENTED) -> Refusal:
    """Return the refusal of a request with a missing, unknown or wrong parameter.

    ``documented`` holds the codes of the action itself, with their HTTP status.
    """
    name = fault.parameter
    if isinstance(fault, MissingValue):
        code = _MISSING.get(name, "")
        if code not in documented:
            code = "MissingParameter"
        return Refusal(
            code,
            f"The input parameter {name} that is mandatory for this action is not supplied.",
            documented.get(code, 400),
        )
    if isinstance(fault, BadValue) and fault.fault is not Fault.UNSUPPORTED:
        code = fault.code or "InvalidParameter"
        message = f"The specified parameter {name} is not valid: it {fault.reason}."
        return Refusal(code, message, documented.get(code) or _STATUS_OF_VALUE_CODES.get(code, 400))
    if isinstance(fault, BadValue):
        message = f"The parameter {name} is not supported: it {fault.reason}."
        return Refusal("UnsupportedParameter", message, 400)
    return Refusal("UnsupportedParameter", f"The parameter {name} is not supported.", 400, unknown=name)
