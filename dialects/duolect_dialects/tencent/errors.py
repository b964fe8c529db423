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
from duolect_core.lifecycle import InstanceState
from duolect_dialects.dialect import Refusal
from duolect_dialects.tencent import (
    cvm_errors,
    group_errors,
    public_address_errors,
    tag_errors,
    vpc_errors,
)
from duolect_dialects.tencent.names import WORDS
from duolect_dialects.tencent.says import Says
from duolect_dialects.values import BadValue, Fault, MissingValue, RequestFault
from duolect_dialects.wording import Phrase, facts

_NOT_FOUND = Says("ResourceNotFound", "The resource `{resource_id}` does not exist.")
_IN_USE = Says("ResourceInUse", "The resource `{resource_id}` is in use by `{held_by}`.")
_LIMIT = Says("LimitExceeded", "The quota of {limit} would be exceeded on `{resource_id}`.")
_UNSUPPORTED_TYPE = Says(
    "UnsupportedOperation", "The instance type `{instance_type}` does not support this operation."
)
_UNSUPPORTED_ENI = Says(
    "UnsupportedOperation", "The network interface `{interface_id}` does not support this operation."
)
_INVALID_STATE = Says(
    "UnsupportedOperation.InvalidState",
    "The network interface `{interface_id}` is {state}; the operation needs {allowed}.",
)
_MANAGED = Says("UnsupportedOperation", "The resource `{resource_id}` belongs to a managed service.")
_VPC_MISMATCH = Says(
    "UnsupportedOperation.VpcMismatch",
    "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.",
)
_BAD_ADDRESS = Says("InvalidParameterValue", "The value `{address}` is not acceptable.")
_RANGE = Says("InvalidParameterValue.Range", "The address `{address}` is not in the subnet.")
_ADDRESS_IN_USE = Says("ResourceInUse", "The address `{address}` is in use.")

TABLE: Final[Mapping[type[core.CoreError], Says]] = MappingProxyType(
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
        core.ZoneNotFound: Says("InvalidParameterValue", "The zone `{resource_id}` does not exist."),
        core.PermissionNotFound: _NOT_FOUND,
        core.OperationNotFound: _NOT_FOUND,
        core.RouteTableNotFound: _NOT_FOUND,
        core.SecondaryBlockNotFound: _NOT_FOUND,
        core.InterfaceWrongState: _INVALID_STATE,
        core.InterfaceAlreadyAttached: Says(
            "UnsupportedOperation.AttachmentAlreadyExists",
            "The network interface `{interface_id}` is attached to `{instance_id}`.",
        ),
        core.InterfaceRepeated: Says(
            "InvalidParameterValue",
            "The network interface `{interface_id}` is named more than once, or for several instances.",
        ),
        # The list of Detach has no AttachmentNotFound; clients retry on InvalidState.
        core.InterfaceNotAttached: Says(
            "UnsupportedOperation.InvalidState",
            "The network interface `{interface_id}` is not attached to `{instance_id}`.",
        ),
        core.InterfaceIsPrimary: Says(
            "UnsupportedOperation.InvalidState",
            "The network interface `{interface_id}` is the primary one of `{instance_id}`.",
        ),
        core.InterfaceKindUnsupported: _UNSUPPORTED_ENI,
        core.PrimaryOnlyNamed: _UNSUPPORTED_ENI,
        core.PrimaryQueuesFixed: _UNSUPPORTED_ENI,
        core.LastGroup: _UNSUPPORTED_ENI,
        core.NotInGroup: Says(
            "UnsupportedOperation",
            "The network interface `{interface_id}` is not in the security group `{group_id}`.",
        ),
        core.SubnetMismatch: Says(
            "UnsupportedOperation",
            "`{interface_id}` is in the subnet `{subnet_id}`, `{other_id}` in `{other_subnet_id}`.",
        ),
        core.InterfaceProtected: Says(
            "UnsupportedOperation", "Termination protection is on for `{interface_id}`."
        ),
        core.InterfaceManaged: _MANAGED,
        core.GroupManaged: _MANAGED,
        core.InstanceClassicNetwork: Says(
            "UnsupportedOperation", "The instance `{resource_id}` is in the classic network."
        ),
        core.GroupClassicNetwork: Says(
            "UnsupportedOperation", "The security group `{resource_id}` is in the classic network."
        ),
        core.InstanceWrongState: Says(
            "UnsupportedOperation.InvalidState",
            "The instance `{instance_id}` is {state}; the operation needs {allowed}.",
        ),
        core.HotPlugUnsupported: Says(
            "UnsupportedOperation.InvalidState", "The instance `{instance_id}` must be STOPPED."
        ),
        core.InstanceProtected: Says(
            "UnsupportedOperation.InstancesProtected",
            "The instance `{instance_id}` is protected against termination.",
        ),
        core.NetworkBusy: Says("UnsupportedOperation", "The VPC `{network_id}` is being created."),
        core.SubnetBusy: Says("UnsupportedOperation", "The subnet `{subnet_id}` is being created."),
        core.NetworkHoldsSubnets: _IN_USE,
        core.NetworkHoldsGroups: _IN_USE,
        core.NetworkHoldsInterfaces: _IN_USE,
        core.NetworkHoldsIpv6Subnets: _IN_USE,
        core.BlockHoldsSubnets: _IN_USE,
        core.SubnetHoldsIpv6Addresses: _IN_USE,
        core.SubnetHoldsInterfaces: _IN_USE,
        core.GroupHoldsInterfaces: _IN_USE,
        core.ZoneMismatch: Says(
            "UnsupportedOperation.ZoneMismatch",
            "The network interface is in {interface_zone}, the instance in {instance_zone}.",
        ),
        core.SubnetZoneMismatch: Says(
            "InvalidParameterValue", "The subnet `{subnet_id}` is in {subnet_zone}, not in {zone}."
        ),
        core.NetworkMismatch: _VPC_MISMATCH,
        core.TrunkNetworkMismatch: _VPC_MISMATCH,
        core.GroupNetworkMismatch: _VPC_MISMATCH,
        # No mismatch code is listed for Create: in the named VPC there is no such subnet.
        core.SubnetNetworkMismatch: Says(
            "ResourceNotFound", "The subnet `{resource_id}` does not exist in `{other_network_id}`."
        ),
        core.GroupKindsMixed: Says(
            "UnsupportedOperation", "The security groups of `{resource_id}` do not fit together."
        ),
        core.GroupKindUnsupported: _UNSUPPORTED_TYPE,
        core.GroupRequired: Says(
            "UnsupportedOperation", "The network interface `{interface_id}` has no security group."
        ),
        core.InterfacesUnsupported: Says(
            "UnsupportedOperation.UnsupportedInstanceFamily",
            "Instances of the type `{instance_type}` take no network interfaces.",
        ),
        core.NetworkCardInvalid: _UNSUPPORTED_TYPE,
        core.Ipv6Unsupported: _UNSUPPORTED_TYPE,
        core.Ipv6Disabled: Says("UnsupportedOperation", "`{subnet_id}` has no IPv6 CIDR block."),
        core.Ipv6AlreadyEnabled: Says(
            "UnsupportedOperation", "`{resource_id}` has an IPv6 CIDR block already."
        ),
        core.TrunkUnsupported: _UNSUPPORTED_TYPE,
        core.NotATrunk: _UNSUPPORTED_ENI,
        core.TrunkNotInUse: _UNSUPPORTED_ENI,
        core.TrunkElsewhere: _UNSUPPORTED_ENI,
        core.CannotBecomeMember: _UNSUPPORTED_ENI,
        core.NotOnTrunk: _UNSUPPORTED_ENI,
        core.TrunkHoldsMembers: Says("ResourceInUse", "`{interface_id}` still has sub interfaces."),
        core.RdmaUnsupported: _UNSUPPORTED_TYPE,
        core.RdmaOnTrunk: _UNSUPPORTED_ENI,
        core.RdmaOnMember: _UNSUPPORTED_ENI,
        core.RdmaWithIpv6: Says("UnsupportedOperation", "An RDMA interface takes no IPv6 address."),
        core.AddressOutsideSubnet: _RANGE,
        core.AddressReserved: Says(
            "InvalidParameterValue.Reserved", "The address `{address}` is reserved by the system."
        ),
        core.AddressInUse: _ADDRESS_IN_USE,
        core.AddressRepeated: Says(
            "InvalidParameterValue", "The address `{address}` is named more than once."
        ),
        core.AddressNotAssigned: Says(
            "ResourceNotFound", "The network interface does not hold the address `{address}`."
        ),
        core.PrimaryAddressFixed: Says(
            "UnsupportedOperation", "`{address}` is the primary address of the network interface."
        ),
        core.AddressBusy: Says("UnsupportedOperation.InvalidState", "The address `{address}` is {state}."),
        core.Ipv6AddressOutsideSubnet: _RANGE,
        core.Ipv6AddressInUse: _ADDRESS_IN_USE,
        core.PrefixMaskInvalid: _BAD_ADDRESS,
        core.PrefixNotStrict: _BAD_ADDRESS,
        core.PrefixOutsideSubnet: _RANGE,
        core.PrefixInUse: _ADDRESS_IN_USE,
        core.BlockInvalid: Says(
            "InvalidParameterValue.Range", "The CIDR block `{address}` is not one a VPC may have."
        ),
        core.BlockMaskInvalid: Says(
            "InvalidParameterValue.Range", "The mask of the CIDR block `{address}` is out of range."
        ),
        core.BlockOutsideNetwork: Says(
            "InvalidParameterValue.SubnetRange", "The CIDR block `{address}` is not in the VPC's."
        ),
        core.BlockOverlap: Says(
            "InvalidParameterValue.SubnetConflict",
            "The CIDR block `{address}` overlaps that of another subnet.",
        ),
        core.NetworkBlockOverlap: Says(
            "InvalidParameterValue.VpcCidrConflict",
            "The CIDR block `{address}` overlaps another one of the VPC.",
        ),
        core.SubnetExhausted: Says(
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
        core.InterfaceQuotaExceeded: Says(
            "LimitExceeded.NetworkInterfaceLimitExceeded",
            "The quota of {limit} network interfaces in `{resource_id}` would be exceeded.",
        ),
        core.NetworkInterfaceQuotaExceeded: Says(
            "LimitExceeded.NetworkInterfaceLimitExceeded",
            "The quota of {limit} network interfaces in `{resource_id}` would be exceeded.",
        ),
        core.GroupsPerInterfaceExceeded: _LIMIT,
        core.GroupMembersExceeded: _LIMIT,
        core.GroupInterfacesExceeded: _LIMIT,
        core.TagQuotaExceeded: Says(
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
        core.IdempotencyMismatch: Says(
            "UnsupportedOperation.IdempotentParameterMismatch",
            "The client token `{token}` was used before with other parameters.",
        ),
        core.IdempotencyProcessing: Says(
            "UnsupportedOperation.IdempotentProcessing",
            "The first request with the client token `{token}` is being processed.",
        ),
    }
)

_BAD_BLOCK = Says("InvalidParameterValue", "The CIDR block `{address}` is not one a VPC may have.")
_NOT_A_SUBNET = Says(
    "InvalidParameterValue.SubnetRange", "The CIDR block `{address}` is not one a subnet may have."
)
_NOT_A_ZONE = Says(
    "InvalidParameterValue.ZoneConflict", "The zone `{resource_id}` is not one of this region."
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], Says]] = MappingProxyType(
    {
        **cvm_errors.BY_ACTION,
        **vpc_errors.BY_ACTION,
        **group_errors.BY_ACTION,
        **public_address_errors.BY_ACTION,
        **tag_errors.BY_ACTION,
        # The list of Delete has no AttachmentAlreadyExists.
        ("DeleteNetworkInterface", core.InterfaceAlreadyAttached): Says(
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

_UNUSABLE = Says("UnsupportedOperation.ResourceIsInvalidState", "The instance `{instance_id}` is {state}.")
BY_STATE: Final[Mapping[tuple[str, InstanceState], Says]] = MappingProxyType(
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
    return Refusal(says.code, Phrase(says.template, **facts(error, WORDS)))


def in_request(fault: RequestFault, product: str = "vpc") -> Refusal:
    """Return the refusal of a request with a missing, unknown or wrong parameter."""
    name = fault.parameter
    if isinstance(fault, BadValue):
        message = Phrase("The value of the parameter `{name}` {reason}.", name=name, reason=fault.reason)
        return Refusal(_code(fault, product), message)
    if isinstance(fault, MissingValue):
        message = Phrase("The request is missing a required parameter `{name}`.", name=name)
        return Refusal("MissingParameter", message)
    message = Phrase("The parameter `{name}` is not recognized.", name=name)
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
