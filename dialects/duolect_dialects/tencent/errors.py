"""The vendor's error for every error of the core.

``TABLE`` holds one entry per core error; ``BY_ACTION`` what differs for an action, above all for the
actions of cvm, which name the resource in the code. A message is a template over the facts that the error
carries. All errors go out with HTTP status 200.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.call import Refusal
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.instances import errors as cvm_errors
from duolect_dialects.tencent.interfaces import errors as vpc_errors
from duolect_dialects.tencent.names import WORDS
from duolect_dialects.tencent.public_addresses import errors as public_address_errors
from duolect_dialects.tencent.security_groups import errors as group_errors
from duolect_dialects.tencent.tags import errors as tag_errors
from duolect_dialects.values import BadValue, Fault, MissingValue, RequestFault
from duolect_dialects.wording import Message, facts

_NOT_FOUND = ErrorTemplate("ResourceNotFound", "The resource `{resource_id}` does not exist.")
_IN_USE = ErrorTemplate("ResourceInUse", "The resource `{resource_id}` is in use by `{held_by}`.")
_LIMIT = ErrorTemplate("LimitExceeded", "The quota of {limit} would be exceeded on `{resource_id}`.")
_UNSUPPORTED_TYPE = ErrorTemplate(
    "UnsupportedOperation", "The instance type `{instance_type}` does not support this operation."
)
_UNSUPPORTED_ENI = ErrorTemplate(
    "UnsupportedOperation", "The network interface `{interface_id}` does not support this operation."
)
_INVALID_STATE = ErrorTemplate(
    "UnsupportedOperation.InvalidState",
    "The network interface `{interface_id}` is {state}; the operation needs {allowed}.",
)
_MANAGED = ErrorTemplate(
    "UnsupportedOperation", "The resource `{resource_id}` belongs to a managed service."
)
_VPC_MISMATCH = ErrorTemplate(
    "UnsupportedOperation.VpcMismatch",
    "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.",
)
_BAD_ADDRESS = ErrorTemplate("InvalidParameterValue", "The value `{address}` is not acceptable.")
_RANGE = ErrorTemplate("InvalidParameterValue.Range", "The address `{address}` is not in the subnet.")
_ADDRESS_IN_USE = ErrorTemplate("ResourceInUse", "The address `{address}` is in use.")

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        **group_errors.TABLE,
        **public_address_errors.TABLE,
        **tag_errors.TABLE,
        core.NetworkNotFound: _NOT_FOUND,
        core.SubnetNotFound: _NOT_FOUND,
        core.GroupNotFound: _NOT_FOUND,
        core.InstanceNotFound: _NOT_FOUND,
        core.InterfaceNotFound: _NOT_FOUND,
        core.TrunkNotFound: _NOT_FOUND,
        core.InstanceTypeNotFound: _NOT_FOUND,
        core.ZoneNotFound: ErrorTemplate(
            "InvalidParameterValue", "The zone `{resource_id}` does not exist."
        ),
        core.PermissionNotFound: _NOT_FOUND,
        core.OperationNotFound: _NOT_FOUND,
        core.RouteTableNotFound: _NOT_FOUND,
        core.SecondaryBlockNotFound: _NOT_FOUND,
        core.InterfaceWrongState: _INVALID_STATE,
        core.InterfaceAlreadyAttached: ErrorTemplate(
            "UnsupportedOperation.AttachmentAlreadyExists",
            "The network interface `{interface_id}` is attached to `{instance_id}`.",
        ),
        core.InterfaceRepeated: ErrorTemplate(
            "InvalidParameterValue",
            "The network interface `{interface_id}` is named more than once, or for several instances.",
        ),
        # The list of Detach has no AttachmentNotFound; clients retry on InvalidState.
        core.InterfaceNotAttached: ErrorTemplate(
            "UnsupportedOperation.InvalidState",
            "The network interface `{interface_id}` is not attached to `{instance_id}`.",
        ),
        core.InterfaceIsPrimary: ErrorTemplate(
            "UnsupportedOperation.InvalidState",
            "The network interface `{interface_id}` is the primary one of `{instance_id}`.",
        ),
        core.InterfaceKindUnsupported: _UNSUPPORTED_ENI,
        core.PrimaryOnlyNamed: _UNSUPPORTED_ENI,
        core.PrimaryQueuesFixed: _UNSUPPORTED_ENI,
        core.LastGroup: _UNSUPPORTED_ENI,
        core.NotInGroup: ErrorTemplate(
            "UnsupportedOperation",
            "The network interface `{interface_id}` is not in the security group `{group_id}`.",
        ),
        core.SubnetMismatch: ErrorTemplate(
            "UnsupportedOperation",
            "`{interface_id}` is in the subnet `{subnet_id}`, `{other_id}` in `{other_subnet_id}`.",
        ),
        core.InterfaceProtected: ErrorTemplate(
            "UnsupportedOperation", "Termination protection is on for `{interface_id}`."
        ),
        core.InterfaceManaged: _MANAGED,
        core.GroupManaged: _MANAGED,
        core.InstanceClassicNetwork: ErrorTemplate(
            "UnsupportedOperation", "The instance `{resource_id}` is in the classic network."
        ),
        core.GroupClassicNetwork: ErrorTemplate(
            "UnsupportedOperation", "The security group `{resource_id}` is in the classic network."
        ),
        core.InstanceWrongState: ErrorTemplate(
            "UnsupportedOperation.InvalidState",
            "The instance `{instance_id}` is {state}; the operation needs {allowed}.",
        ),
        core.HotPlugUnsupported: ErrorTemplate(
            "UnsupportedOperation.InvalidState", "The instance `{instance_id}` must be STOPPED."
        ),
        core.InstanceProtected: ErrorTemplate(
            "UnsupportedOperation.InstancesProtected",
            "The instance `{instance_id}` is protected against termination.",
        ),
        core.NetworkBusy: ErrorTemplate("UnsupportedOperation", "The VPC `{network_id}` is being created."),
        core.SubnetBusy: ErrorTemplate(
            "UnsupportedOperation", "The subnet `{subnet_id}` is being created."
        ),
        core.NetworkHoldsSubnets: _IN_USE,
        core.NetworkHoldsGroups: _IN_USE,
        core.NetworkHoldsInterfaces: _IN_USE,
        core.NetworkHoldsIpv6Subnets: _IN_USE,
        core.BlockHoldsSubnets: _IN_USE,
        core.SubnetHoldsIpv6Addresses: _IN_USE,
        core.SubnetHoldsInterfaces: _IN_USE,
        core.GroupHoldsInterfaces: _IN_USE,
        core.ZoneMismatch: ErrorTemplate(
            "UnsupportedOperation.ZoneMismatch",
            "The network interface is in {interface_zone}, the instance in {instance_zone}.",
        ),
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidParameterValue", "The subnet `{subnet_id}` is in {subnet_zone}, not in {zone}."
        ),
        core.NetworkMismatch: _VPC_MISMATCH,
        core.TrunkNetworkMismatch: _VPC_MISMATCH,
        core.GroupNetworkMismatch: _VPC_MISMATCH,
        # No mismatch code is listed for Create: in the named VPC there is no such subnet.
        core.SubnetNetworkMismatch: ErrorTemplate(
            "ResourceNotFound", "The subnet `{resource_id}` does not exist in `{other_network_id}`."
        ),
        core.GroupKindsMixed: ErrorTemplate(
            "UnsupportedOperation", "The security groups of `{resource_id}` do not fit together."
        ),
        core.GroupKindUnsupported: _UNSUPPORTED_TYPE,
        core.GroupRequired: ErrorTemplate(
            "UnsupportedOperation", "The network interface `{interface_id}` has no security group."
        ),
        core.InterfacesUnsupported: ErrorTemplate(
            "UnsupportedOperation.UnsupportedInstanceFamily",
            "Instances of the type `{instance_type}` take no network interfaces.",
        ),
        core.NetworkCardInvalid: _UNSUPPORTED_TYPE,
        core.Ipv6Unsupported: _UNSUPPORTED_TYPE,
        core.Ipv6Disabled: ErrorTemplate("UnsupportedOperation", "`{subnet_id}` has no IPv6 CIDR block."),
        core.Ipv6AlreadyEnabled: ErrorTemplate(
            "UnsupportedOperation", "`{resource_id}` has an IPv6 CIDR block already."
        ),
        core.TrunkUnsupported: _UNSUPPORTED_TYPE,
        core.NotATrunk: _UNSUPPORTED_ENI,
        core.TrunkNotInUse: _UNSUPPORTED_ENI,
        core.TrunkElsewhere: _UNSUPPORTED_ENI,
        core.CannotBecomeMember: _UNSUPPORTED_ENI,
        core.NotOnTrunk: _UNSUPPORTED_ENI,
        core.TrunkHoldsMembers: ErrorTemplate(
            "ResourceInUse", "`{interface_id}` still has sub interfaces."
        ),
        core.RdmaUnsupported: _UNSUPPORTED_TYPE,
        core.RdmaOnTrunk: _UNSUPPORTED_ENI,
        core.RdmaOnMember: _UNSUPPORTED_ENI,
        core.RdmaWithIpv6: ErrorTemplate(
            "UnsupportedOperation", "An RDMA interface takes no IPv6 address."
        ),
        core.AddressOutsideSubnet: _RANGE,
        core.AddressReserved: ErrorTemplate(
            "InvalidParameterValue.Reserved", "The address `{address}` is reserved by the system."
        ),
        core.AddressInUse: _ADDRESS_IN_USE,
        core.AddressRepeated: ErrorTemplate(
            "InvalidParameterValue", "The address `{address}` is named more than once."
        ),
        core.AddressNotAssigned: ErrorTemplate(
            "ResourceNotFound", "The network interface does not hold the address `{address}`."
        ),
        core.PrimaryAddressFixed: ErrorTemplate(
            "UnsupportedOperation", "`{address}` is the primary address of the network interface."
        ),
        core.AddressBusy: ErrorTemplate(
            "UnsupportedOperation.InvalidState", "The address `{address}` is {state}."
        ),
        core.Ipv6AddressOutsideSubnet: _RANGE,
        core.Ipv6AddressInUse: _ADDRESS_IN_USE,
        core.PrefixMaskInvalid: _BAD_ADDRESS,
        core.PrefixNotStrict: _BAD_ADDRESS,
        core.PrefixOutsideSubnet: _RANGE,
        core.PrefixInUse: _ADDRESS_IN_USE,
        core.BlockInvalid: ErrorTemplate(
            "InvalidParameterValue.Range", "The CIDR block `{address}` is not one a VPC may have."
        ),
        core.BlockMaskInvalid: ErrorTemplate(
            "InvalidParameterValue.Range", "The mask of the CIDR block `{address}` is out of range."
        ),
        core.BlockOutsideNetwork: ErrorTemplate(
            "InvalidParameterValue.SubnetRange", "The CIDR block `{address}` is not in the VPC's."
        ),
        core.BlockOverlap: ErrorTemplate(
            "InvalidParameterValue.SubnetConflict",
            "The CIDR block `{address}` overlaps that of another subnet.",
        ),
        core.NetworkBlockOverlap: ErrorTemplate(
            "InvalidParameterValue.VpcCidrConflict",
            "The CIDR block `{address}` overlaps another one of the VPC.",
        ),
        core.SubnetExhausted: ErrorTemplate(
            "ResourceInsufficient.Subnet",
            "The subnet `{subnet_id}` has {free} free addresses; {wanted} are wanted.",
        ),
        core.NetworkQuotaExceeded: _LIMIT,
        core.Ipv6BlocksExhausted: _LIMIT,
        core.SecondaryBlockQuotaExceeded: _LIMIT,
        core.DefaultNetworkExists: _LIMIT,
        core.DefaultSubnetExists: _LIMIT,
        core.SubnetQuotaExceeded: _LIMIT,
        core.GroupQuotaExceeded: _LIMIT,
        core.InstanceQuotaExceeded: _LIMIT,
        core.InterfaceQuotaExceeded: ErrorTemplate(
            "LimitExceeded.NetworkInterfaceLimitExceeded",
            "The quota of {limit} network interfaces in `{resource_id}` would be exceeded.",
        ),
        core.NetworkInterfaceQuotaExceeded: ErrorTemplate(
            "LimitExceeded.NetworkInterfaceLimitExceeded",
            "The quota of {limit} network interfaces in `{resource_id}` would be exceeded.",
        ),
        core.GroupsPerInterfaceExceeded: _LIMIT,
        core.GroupMembersExceeded: _LIMIT,
        core.GroupInterfacesExceeded: _LIMIT,
        core.TagQuotaExceeded: ErrorTemplate(
            "LimitExceeded.TagKeyPerResourceExceeded", "A resource can have at most {limit} tags."
        ),
        core.DetachedAddressesExceeded: _LIMIT,
        core.InterfacesPerInstanceExceeded: _LIMIT,
        core.Ipv4PerInterfaceExceeded: _LIMIT,
        core.Ipv6PerInterfaceExceeded: _LIMIT,
        core.TrunkFull: _LIMIT,
        core.RdmaInterfacesExceeded: _LIMIT,
        core.QueuesPerInterfaceExceeded: _LIMIT,
        core.QueuesPerInstanceExceeded: _LIMIT,
        core.QueuePairsPerInterfaceExceeded: _LIMIT,
        core.QueuePairsPerInstanceExceeded: _LIMIT,
        core.IdempotencyMismatch: ErrorTemplate(
            "UnsupportedOperation.IdempotentParameterMismatch",
            "The client token `{token}` was used before with other parameters.",
        ),
        core.IdempotencyProcessing: ErrorTemplate(
            "UnsupportedOperation.IdempotentProcessing",
            "The first request with the client token `{token}` is being processed.",
        ),
    }
)

_BAD_BLOCK = ErrorTemplate("InvalidParameterValue", "The CIDR block `{address}` is not one a VPC may have.")
_NOT_A_SUBNET = ErrorTemplate(
    "InvalidParameterValue.SubnetRange", "The CIDR block `{address}` is not one a subnet may have."
)
_NOT_A_ZONE = ErrorTemplate(
    "InvalidParameterValue.ZoneConflict", "The zone `{resource_id}` is not one of this region."
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **cvm_errors.BY_ACTION,
        **vpc_errors.BY_ACTION,
        **group_errors.BY_ACTION,
        **public_address_errors.BY_ACTION,
        **tag_errors.BY_ACTION,
        # The list of Delete has no AttachmentAlreadyExists.
        ("DeleteNetworkInterface", core.InterfaceAlreadyAttached): ErrorTemplate(
            "UnsupportedOperation.InvalidState",
            "The network interface `{interface_id}` is attached to `{instance_id}`.",
        ),
        ("CreateVpc", core.BlockInvalid): _BAD_BLOCK,
        ("CreateVpc", core.BlockMaskInvalid): _BAD_BLOCK,
        ("CreateSubnet", core.BlockMaskInvalid): _NOT_A_SUBNET,
        ("CreateSubnets", core.BlockMaskInvalid): _NOT_A_SUBNET,
        ("CreateSubnet", core.ZoneNotFound): _NOT_A_ZONE,
        ("CreateSubnets", core.ZoneNotFound): _NOT_A_ZONE,
    }
)

_UNUSABLE = ErrorTemplate(
    "UnsupportedOperation.ResourceIsInvalidState", "The instance `{instance_id}` is {state}."
)
BY_STATE: Final[Mapping[tuple[str, InstanceState], ErrorTemplate]] = MappingProxyType(
    {**cvm_errors.BY_STATE, ("AttachNetworkInterface", InstanceState.DELETING): _UNUSABLE}
)
"""What an action says about an instance in a certain wrong state."""

_CODE_OF_FAULT: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        Fault.TYPE: "InvalidParameter",
        Fault.LENGTH: "InvalidParameterValue.TooLong",
        Fault.RANGE: "InvalidParameterValue.Range",
        Fault.FORM: "InvalidParameterValue.Malformed",
        Fault.CHOICE: "InvalidParameterValue",
        Fault.COUNT: "InvalidParameterValue.LimitExceeded",
        Fault.UNSUPPORTED: "UnsupportedOperation",
    }
)
_CVM_CODE_OF_FAULT: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        **dict.fromkeys(Fault, "InvalidParameterValue"),
        Fault.TYPE: "InvalidParameter",
        Fault.COUNT: "InvalidParameterValue.LimitExceeded",
        Fault.UNSUPPORTED: "UnsupportedOperation",
    }
)
"""Actions of the other services share fewer codes; most of their parameters have one of their own."""
_FILTER = re.compile(r"Filters\.\d+")
_FILTER_VALUES = re.compile(r"Filters\.\d+\.Values")


def translate(error: core.CoreError, action: str) -> Refusal:
    """Return a core error in the vendor's terms, as the action words it."""
    says = BY_ACTION.get((action, type(error))) or TABLE[type(error)]
    if isinstance(error, core.InstanceWrongState):
        says = BY_STATE.get((action, error.state), says)
    return Refusal(says.code, Message(says.template, **facts(error, WORDS)))


def in_request(fault: RequestFault, product: str = "vpc") -> Refusal:
    """Return the refusal of a request with a missing, unknown or wrong parameter."""
    name = fault.parameter
    if isinstance(fault, BadValue):
        message = Message("The value of the parameter `{name}` {reason}.", name=name, reason=fault.reason)
        return Refusal(_code(fault, product), message)
    if isinstance(fault, MissingValue):
        message = Message("The request is missing a required parameter `{name}`.", name=name)
        return Refusal("MissingParameter", message)
    message = Message("The parameter `{name}` is not recognized.", name=name)
    return Refusal("UnknownParameter", message, unknown=name)


def _code(fault: BadValue, product: str) -> str:
    """Return the code for a wrong value; in vpc, filters of the wrong type have codes of their own."""
    if product != "vpc":
        return fault.code or _CVM_CODE_OF_FAULT[fault.fault]
    if fault.fault is Fault.TYPE:
        if _FILTER.fullmatch(fault.parameter):
            return "InvalidParameter.FilterNotDict"
        if _FILTER_VALUES.fullmatch(fault.parameter):
            return "InvalidParameter.FilterValuesNotList"
    return fault.code or _CODE_OF_FAULT[fault.fault]
