"""The vendor's error for every error of the core.

``TABLE`` holds one entry per core error; ``BY_ACTION`` what differs for an action. A message is a template
over the facts that the error carries. Codes and statuses follow the actions' own pages; where those leave
a choice, the choice stands beside the entry.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.instances import errors as instance_errors
from duolect_dialects.alibaba.names import WORDS
from duolect_dialects.alibaba.public_addresses import errors as public_address_errors
from duolect_dialects.alibaba.security_groups import errors as group_errors
from duolect_dialects.alibaba.tags import errors as tag_errors
from duolect_dialects.call import Refusal
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.values import BadValue, Fault, MissingValue, RequestFault
from duolect_dialects.wording import facts

_NO_ENI = ErrorTemplate("InvalidEniId.NotFound", "The network interface {resource_id} does not exist.", 404)
_NO_INSTANCE = ErrorTemplate(
    "InvalidInstanceId.NotFound", "The instance {resource_id} does not exist.", 404
)
_ENI_STATE = ErrorTemplate(
    "InvalidOperation.InvalidEniState",
    "The network interface {interface_id} is {state}; the operation needs {allowed}.",
    400,
)
_IP_INVALID = ErrorTemplate(
    "InvalidVSwitchId.IpInvalid", "The address {address} is not usable in the vSwitch.", 403
)
_QUOTA = "No more than {limit} are allowed"
_BAD_MASK = ErrorTemplate("InvalidParameter", "The mask of the CIDR block {address} is not allowed.", 400)

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        **group_errors.TABLE,
        **public_address_errors.TABLE,
        **tag_errors.TABLE,
        core.NetworkNotFound: ErrorTemplate(
            "InvalidVpcId.NotFound", "The VPC {resource_id} does not exist.", 404
        ),
        core.SubnetNotFound: ErrorTemplate(
            "InvalidVSwitchId.NotFound", "The vSwitch {resource_id} does not exist.", 404
        ),
        core.GroupNotFound: ErrorTemplate(
            "InvalidSecurityGroupId.NotFound", "The security group {resource_id} does not exist.", 404
        ),
        core.InstanceNotFound: _NO_INSTANCE,
        core.InterfaceNotFound: _NO_ENI,
        core.TrunkNotFound: _NO_ENI,
        core.InstanceTypeNotFound: ErrorTemplate(
            "InvalidInstanceType.ValueNotSupported", "The instance type {resource_id} is not offered.", 403
        ),
        core.ZoneNotFound: ErrorTemplate(
            "InvalidZoneId.NotFound", "The zone {resource_id} does not exist.", 404
        ),
        core.PermissionNotFound: ErrorTemplate(
            "InvalidParameter", "The network interface permission {resource_id} does not exist.", 400
        ),
        core.OperationNotFound: ErrorTemplate(
            "InvalidParameter", "The task {resource_id} does not exist.", 400
        ),
        core.RouteTableNotFound: ErrorTemplate(
            "InvalidRouteTableId.NotFound", "The route table {resource_id} does not exist.", 404
        ),
        core.SecondaryBlockNotFound: ErrorTemplate(
            "InvalidParameter", "{resource_id} is no secondary CIDR block of the VPC.", 400
        ),
        core.InterfaceWrongState: _ENI_STATE,
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
        core.GroupManaged: ErrorTemplate(
            "InvalidOperation.ResourceManagedByCloudProduct",
            "The security group {resource_id} belongs to a managed service.",
            403,
        ),
        core.InstanceClassicNetwork: ErrorTemplate(
            "InvalidInstance.NetworkType", "The instance {resource_id} is in the classic network.", 403
        ),
        core.GroupClassicNetwork: ErrorTemplate(
            "InvalidSecurityGroupId.NotVpc",
            "The security group {resource_id} is in the classic network.",
            403,
        ),
        core.InstanceWrongState: ErrorTemplate(
            "InvalidOperation.InvalidEcsState",
            "The instance {instance_id} is {state}; the operation needs {allowed}.",
            400,
        ),
        core.HotPlugUnsupported: ErrorTemplate(
            "InvalidOperation.HotPlugNotSupport",
            "Instances of the type {instance_type} must be Stopped for this operation.",
            403,
        ),
        core.InstanceProtected: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            "The instance {instance_id} is protected against deletion.",
            403,
        ),
        core.NetworkBusy: ErrorTemplate(
            "IncorrectVpcStatus", "The VPC {network_id} is not Available yet.", 400
        ),
        core.SubnetBusy: ErrorTemplate(
            "IncorrectVSwitchStatus", "The vSwitch {subnet_id} is not Available yet.", 400
        ),
        core.NetworkHoldsSubnets: ErrorTemplate(
            "DependencyViolation.VSwitch", "The VPC {resource_id} still has the vSwitch {held_by}.", 400
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
        core.NetworkHoldsIpv6Subnets: ErrorTemplate(
            "DependencyViolation.VSwitch",
            "The vSwitch {held_by} still has a part of the IPv6 CIDR block of the VPC {resource_id}.",
            400,
        ),
        core.BlockHoldsSubnets: ErrorTemplate(
            "DependencyViolation.VSwitch",
            "The vSwitch {held_by} lies in the CIDR block {resource_id} of the VPC.",
            400,
        ),
        core.SubnetHoldsIpv6Addresses: ErrorTemplate(
            "DependencyViolation",
            "The network interface {held_by} still has IPv6 addresses of the vSwitch {resource_id}.",
            400,
        ),
        core.SubnetHoldsInterfaces: ErrorTemplate(
            "DependencyViolation",
            "The vSwitch {resource_id} still has the network interface {held_by}.",
            400,
        ),
        core.GroupHoldsInterfaces: ErrorTemplate(
            "DependencyViolation",
            "There is still the network interface {held_by} in the security group {resource_id}.",
            403,
        ),
        core.ZoneMismatch: ErrorTemplate(
            "InvalidOperation.AvailabilityZoneMismatch",
            "The network interface is in the zone {interface_zone}, the instance in {instance_zone}.",
            403,
        ),
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidParameter.Mismatch",
            "The vSwitch {subnet_id} is in the zone {subnet_zone}, not in {zone}.",
            400,
        ),
        core.NetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            "{resource_id} is in the VPC {network_id}, {other_id} in {other_network_id}.",
            403,
        ),
        core.TrunkNetworkMismatch: ErrorTemplate(
            "InvalidEni.NotSameVpc",
            "The trunk network interface {resource_id} is in another VPC than {other_id}.",
            403,
        ),
        core.GroupNetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            "The security group {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
            403,
        ),
        core.SubnetNetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            "The vSwitch {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
            403,
        ),
        core.GroupKindsMixed: ErrorTemplate(
            "InvalidOperation.MultiGroupType",
            "Basic and enterprise security groups cannot be joined together.",
            403,
        ),
        core.GroupKindUnsupported: ErrorTemplate(
            "InvalidOperation.NotSupportEnterpriseGroup",
            "Instances of the type {instance_type} cannot join enterprise security groups.",
            403,
        ),
        core.GroupRequired: ErrorTemplate(
            "MissingParameter", "A security group is mandatory for this action.", 400
        ),
        core.InterfacesUnsupported: ErrorTemplate(
            "InvalidOperation.InvalidGeneration",
            "Instances of the type {instance_type} take no elastic network interfaces.",
            400,
        ),
        core.NetworkCardInvalid: ErrorTemplate(
            "InvalidParameter.NetworkCardIndexInvalid",
            "The instance type {instance_type} has no network card {index}; it has {cards}.",
            400,
        ),
        core.Ipv6Unsupported: ErrorTemplate(
            "InvalidOperation.Ipv6NotSupport",
            "Instances of the type {instance_type} take no IPv6 addresses.",
            403,
        ),
        core.Ipv6Disabled: ErrorTemplate(
            "InvalidVSwitch.Ipv6NotTurnOn", "IPv6 is not turned on for {subnet_id}.", 403
        ),
        core.Ipv6AlreadyEnabled: ErrorTemplate(
            "InvalidParameter", "The IPv6 CIDR block of {resource_id} cannot be changed.", 400
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
        core.AddressOutsideSubnet: _IP_INVALID,
        core.AddressReserved: _IP_INVALID,
        core.AddressInUse: ErrorTemplate(
            "InvalidPrivateIpAddress.Duplicated", "The address {address} is already in use.", 400
        ),
        core.AddressRepeated: ErrorTemplate(
            "InvalidIp.IpRepeated", "The address {address} is named more than once.", 403
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
        core.Ipv6AddressOutsideSubnet: ErrorTemplate(
            "InvalidIp.Address", "The IPv6 address {address} is not usable in the vSwitch.", 403
        ),
        core.Ipv6AddressInUse: ErrorTemplate(
            "InvalidIp.IpAssigned", "The IPv6 address {address} is already in use.", 403
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
        core.BlockInvalid: ErrorTemplate(
            "InvalidParameter", "The CIDR block {address} is not one a VPC may have.", 400
        ),
        core.BlockMaskInvalid: ErrorTemplate(
            "InvalidCirdrBlock.MaskLength", "The mask of the CIDR block {address} is not allowed.", 400
        ),
        core.BlockOutsideNetwork: ErrorTemplate(
            "InvalidParameter", "The CIDR block {address} is not within that of the VPC.", 400
        ),
        core.BlockOverlap: ErrorTemplate(
            "InvalidCidrBlock.Overlapped",
            "The CIDR block {address} overlaps that of another vSwitch.",
            400,
        ),
        core.NetworkBlockOverlap: ErrorTemplate(
            "InvalidCidrBlock.Overlapped",
            "The CIDR block {address} overlaps another one of the VPC.",
            400,
        ),
        core.SubnetExhausted: ErrorTemplate(
            "InvalidVSwitchId.IpNotEnough",
            "The vSwitch {subnet_id} has {free} free addresses; {wanted} are wanted.",
            403,
        ),
        core.NetworkQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.Vpc", f"{_QUOTA}: VPCs in {{resource_id}}.", 400
        ),
        core.Ipv6BlocksExhausted: ErrorTemplate(
            "QuotaExceeded.Vpc", f"{_QUOTA}: IPv6 CIDR blocks of VPCs in {{resource_id}}.", 400
        ),
        core.SecondaryBlockQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.Vpc", f"{_QUOTA}: secondary CIDR blocks of {{resource_id}}.", 400
        ),
        core.DefaultNetworkExists: ErrorTemplate(
            "QuotaExceeded.Vpc", f"{_QUOTA}: the default VPC is {{resource_id}}.", 400
        ),
        core.DefaultSubnetExists: ErrorTemplate(
            "QuotaExceeded.VSwitch", f"{_QUOTA}: the default vSwitch of the zone is {{resource_id}}.", 400
        ),
        core.SubnetQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.VSwitch", f"{_QUOTA}: vSwitches in {{resource_id}}.", 400
        ),
        core.GroupQuotaExceeded: ErrorTemplate(
            "QuotaExceed.SecurityGroup", f"{_QUOTA}: security groups in {{resource_id}}.", 403
        ),
        core.InstanceQuotaExceeded: ErrorTemplate(
            "QuotaExceed.ElasticQuota", f"{_QUOTA}: instances in {{resource_id}}.", 403
        ),
        core.InterfaceQuotaExceeded: ErrorTemplate(
            "MaxEniCountExceeded", f"{_QUOTA}: network interfaces in {{resource_id}}.", 403
        ),
        core.NetworkInterfaceQuotaExceeded: ErrorTemplate(
            "MaxEniCountExceeded", f"{_QUOTA}: network interfaces in {{resource_id}}.", 403
        ),
        core.GroupsPerInterfaceExceeded: ErrorTemplate(
            "JoinedGroupLimitExceed", f"{_QUOTA}: security groups of a network interface.", 400
        ),
        core.GroupMembersExceeded: ErrorTemplate(
            "SecurityGroupInstanceLimitExceed",
            f"{_QUOTA}: private addresses in the security group {{resource_id}}.",
            403,
        ),
        core.GroupInterfacesExceeded: ErrorTemplate(
            "InvalidOperation.EniCountExceeded",
            f"{_QUOTA}: network interfaces in the enterprise security group {{resource_id}}.",
            403,
        ),
        core.TagQuotaExceeded: ErrorTemplate("QuotaExceed.Tags", f"{_QUOTA}: tags of a resource.", 403),
        core.DetachedAddressesExceeded: ErrorTemplate(
            "MaxEniPrivateIpsCountExceeded", f"{_QUOTA}: addresses of an Available network interface.", 403
        ),
        core.InterfacesPerInstanceExceeded: ErrorTemplate(
            "EniPerInstanceLimitExceeded",
            f"{_QUOTA}: network interfaces of the instance {{resource_id}}.",
            403,
        ),
        core.Ipv4PerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.Ipv4CountExceeded",
            f"{_QUOTA}: IPv4 addresses of a network interface on this instance type.",
            403,
        ),
        core.Ipv6PerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.Ipv6CountExceeded",
            f"{_QUOTA}: IPv6 addresses of a network interface on this instance type.",
            403,
        ),
        core.TrunkFull: ErrorTemplate(
            "InvalidOperation.EniTrunkDeviceFull", f"{_QUOTA}: members of the trunk {{resource_id}}.", 403
        ),
        core.RdmaInterfacesExceeded: ErrorTemplate(
            "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded",
            f"{_QUOTA}: HighPerformance network interfaces of the instance.",
            403,
        ),
        core.QueuesPerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.MaxEniQueueNumberExceeded", f"{_QUOTA}: queues of a network interface.", 403
        ),
        core.QueuesPerInstanceExceeded: ErrorTemplate(
            "InvalidOperation.ExceedInstanceTypeQueueNumber", f"{_QUOTA}: queues of the instance.", 403
        ),
        core.QueuePairsPerInterfaceExceeded: ErrorTemplate(
            "InvalidOperation.MaxEniQueuePairNumberExceed",
            f"{_QUOTA}: queue pairs of a network interface.",
            403,
        ),
        core.QueuePairsPerInstanceExceeded: ErrorTemplate(
            "InvalidOperation.EniQueuePairNumberOverflow", f"{_QUOTA}: queue pairs of the instance.", 403
        ),
        core.IdempotencyMismatch: ErrorTemplate(
            "IdempotentParameterMismatch",
            "The ClientToken {token} was used before with other parameters.",
            400,
        ),
        core.IdempotencyProcessing: ErrorTemplate(
            "IdempotentProcessing", "The first request with the ClientToken {token} is in process.", 403
        ),
    }
)

_NOT_IN_USE = ErrorTemplate(
    "InvalidOperation.InvalidEniState",
    "The network interface {interface_id} is not attached to any instance.",
    400,
)
_MODIFY: Final = "ModifyNetworkInterfaceAttribute"
_NO_ECS = ErrorTemplate("InvalidEcsId.NotFound", "The instance {resource_id} does not exist.", 404)
_INSTANCE_STATUS = ErrorTemplate(
    "IncorrectInstanceStatus", "The instance {instance_id} is {state}; the operation needs {allowed}.", 403
)
_NO_SUCH_GROUP = ErrorTemplate(
    "InvalidSecurityGroup.NotFound", "The security group {resource_id} does not exist.", 404
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
            f"{_QUOTA}: IPv6 addresses of a network interface on this instance type.",
            400,
        ),
        ("AssignPrivateIpAddresses", core.AddressInUse): ErrorTemplate(
            "InvalidIp.IpAssigned", "The address {address} is already in use.", 403
        ),
        ("AssignIpv6Addresses", core.DetachedAddressesExceeded): ErrorTemplate(
            "MaxEniIpv6IpsCountExceeded",
            f"{_QUOTA}: IPv6 addresses of an Available network interface.",
            403,
        ),
        (_MODIFY, core.RdmaUnsupported): ErrorTemplate(
            "InvalidOperation.InstanceTypeNotSupportHighPerformance",
            "Instances of the type {instance_type} do not support the HighPerformance traffic mode.",
            400,
        ),
        (_MODIFY, core.RdmaWithIpv6): ErrorTemplate(
            "InvalidOperation.EniTrafficModeNotSupportIPv6",
            "The network interface {interface_id} holds IPv6 addresses.",
            400,
        ),
        (_MODIFY, core.RdmaInterfacesExceeded): ErrorTemplate(
            "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded",
            f"{_QUOTA}: HighPerformance network interfaces of the instance.",
            400,
        ),
        (_MODIFY, core.QueuePairsPerInterfaceExceeded): ErrorTemplate(
            "InvalidOperation.MaxEniQueuePairNumberExceed",
            f"{_QUOTA}: queue pairs of a network interface.",
            400,
        ),
        (_MODIFY, core.QueuePairsPerInstanceExceeded): ErrorTemplate(
            "InvalidOperation.EniQueuePairNumberOverflow", f"{_QUOTA}: queue pairs of the instance.", 400
        ),
        ("JoinSecurityGroup", core.GroupsPerInterfaceExceeded): ErrorTemplate(
            "InstanceSecurityGroupLimitExceeded", f"{_QUOTA}: security groups of {{resource_id}}.", 400
        ),
        ("JoinSecurityGroup", core.GroupMembersExceeded): ErrorTemplate(
            "SecurityGroupInstanceLimitExceeded",
            f"{_QUOTA}: private addresses in the security group {{resource_id}}.",
            403,
        ),
        ("JoinSecurityGroup", core.GroupInterfacesExceeded): ErrorTemplate(
            "InvalidOperation.NetworkInterfaceCountExceeded",
            f"{_QUOTA}: network interfaces in the enterprise security group {{resource_id}}.",
            403,
        ),
        ("JoinSecurityGroup", core.GroupKindsMixed): ErrorTemplate(
            "InvalidOperation.MultiGroupType",
            "Basic and enterprise security groups cannot be joined together.",
            400,
        ),
        ("JoinSecurityGroup", core.GroupClassicNetwork): ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            "The security group {resource_id} is in the classic network.",
            403,
        ),
        ("JoinSecurityGroup", core.InstanceWrongState): _INSTANCE_STATUS,
        ("LeaveSecurityGroup", core.InstanceWrongState): _INSTANCE_STATUS,
        ("CreateDefaultVSwitch", core.NetworkNotFound): ErrorTemplate(
            "InvalidVpcId.NotFound", "There is no default VPC in the region.", 404
        ),
        ("CreateVpc", core.BlockMaskInvalid): ErrorTemplate(
            "IllegalParam.CidrBlockMask", "The mask of the CIDR block {address} is not allowed.", 400
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
