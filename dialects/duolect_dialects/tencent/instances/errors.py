"""The vendor's errors for instances: those of vpc, and those of cvm, whose codes name the resource.

A refusal for an instance's state has a code for each state in cvm, so that table goes by the state, not by
the error.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.request_errors import LIMIT, NOT_FOUND, UNSUPPORTED_TYPE

_WRONG_STATE: Final = "The instance `{instance_id}` is {state}; the operation needs {allowed}."
_NO_INTERFACES: Final = "Instances of the type `{instance_type}` take no network interfaces."
_TOO_MANY_INTERFACES: Final = "The type allows {limit} network interfaces per instance."
_NO_TYPE: Final = "The type `{resource_id}` does not exist."

_OTHER_PAYMENT: Final = "The instance `{instance_id}` is paid for in another way."
_PAID_OTHERWISE: Final = ErrorTemplate("UnsupportedOperation.InstanceChargeType", _OTHER_PAYMENT)

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.InstanceNotFound: NOT_FOUND,
        core.InstanceTypeNotFound: NOT_FOUND,
        core.InstanceClassicNetwork: ErrorTemplate(
            "UnsupportedOperation", "The instance `{resource_id}` is in the classic network."
        ),
        core.InstanceWrongState: ErrorTemplate("UnsupportedOperation.InvalidState", _WRONG_STATE),
        core.HotPlugUnsupported: ErrorTemplate(
            "UnsupportedOperation.InvalidState", "The instance `{instance_id}` must be STOPPED."
        ),
        core.InstanceProtected: ErrorTemplate(
            "UnsupportedOperation.InstancesProtected",
            "The instance `{instance_id}` is protected against termination.",
        ),
        core.SubscriptionLapsed: ErrorTemplate(
            "UnsupportedOperation.InstanceStateShutdown", "The instance `{instance_id}` is SHUTDOWN."
        ),
        core.SubscriptionRunning: _PAID_OTHERWISE,
        core.SubscriptionMissing: _PAID_OTHERWISE,
        core.SubscriptionPresent: _PAID_OTHERWISE,
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidParameterValue", "The subnet `{subnet_id}` is in {subnet_zone}, not in {zone}."
        ),
        core.InstanceTypeNotSold: ErrorTemplate(
            "ResourcesSoldOut.SpecifiedInstanceType",
            "The type `{instance_type}` is sold out in the zone {zone}.",
        ),
        core.ZoneNotSold: ErrorTemplate(
            "ResourceInsufficient.AvailabilityZoneSoldOut", "The zone `{zone}` is sold out."
        ),
        core.InterfacesUnsupported: ErrorTemplate(
            "UnsupportedOperation.UnsupportedInstanceFamily", _NO_INTERFACES
        ),
        core.NetworkCardInvalid: UNSUPPORTED_TYPE,
        core.InstanceQuotaExceeded: LIMIT,
        core.InterfacesPerInstanceExceeded: LIMIT,
        core.InstanceHoldsInterfaces: ErrorTemplate(
            "UnsupportedOperation.ElasticNetworkInterface",
            "The network interface `{held_by}` is bound to the instance `{resource_id}`.",
        ),
        core.InstanceHoldsVirtualAddresses: ErrorTemplate(
            "EniNotAllowedChangeSubnet", "The HAVIP `{held_by}` is bound to the instance `{resource_id}`."
        ),
        core.PrimaryHoldsIpv4: ErrorTemplate(
            "EniNotAllowedChangeSubnet", "The network interface `{resource_id}` has secondary addresses."
        ),
        core.PrimaryHoldsIpv6: ErrorTemplate(
            "UnsupportedOperation.IPv6NotSupportVpcMigrate",
            "The network interface `{resource_id}` has IPv6 addresses.",
        ),
    }
)

_OUTSIDE: Final = ErrorTemplate("VpcAddrNotInSubNet", "The address `{address}` is not in the subnet.")
_IN_USE: Final = ErrorTemplate("VpcIpIsUsed", "The address `{address}` is in use.")
_NOT_FREE: Final = ErrorTemplate(
    "InvalidParameterValue.InvalidNetworkInterfaceId",
    "The network interface `{interface_id}` cannot be bound to a new instance.",
)
_GROUP_FULL: Final = ErrorTemplate(
    "LimitExceeded.CvmsVifsPerSecGroupLimitExceeded",
    "The security group `{resource_id}` can have at most {limit} members.",
)

_CVM: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.InstanceNotFound: ErrorTemplate(
            "InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist."
        ),
        core.InstanceTypeNotFound: ErrorTemplate("InvalidParameterValue.InstanceTypeNotFound", _NO_TYPE),
        core.ZoneNotFound: ErrorTemplate(
            "InvalidZone.MismatchRegion", "The zone `{resource_id}` is not in this region."
        ),
        core.NetworkNotFound: ErrorTemplate(
            "InvalidParameterValue.VpcIdNotExist", "The VPC `{resource_id}` does not exist."
        ),
        core.SubnetNotFound: ErrorTemplate(
            "InvalidParameterValue.SubnetNotExist", "The subnet `{resource_id}` does not exist."
        ),
        core.GroupNotFound: ErrorTemplate(
            "InvalidSecurityGroupId.NotFound", "The security group `{resource_id}` does not exist."
        ),
        core.SubnetNetworkMismatch: ErrorTemplate(
            "InvalidParameterValue.VpcIdSubnetIdNotMatch",
            "The subnet `{resource_id}` is in the VPC `{network_id}`, not in `{other_network_id}`.",
        ),
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidParameterValue.SubnetIdZoneIdNotMatch",
            "The subnet `{subnet_id}` is in the zone {subnet_zone}, not in {zone}.",
        ),
        core.AddressOutsideSubnet: _OUTSIDE,
        # No code says "reserved": what the system keeps for itself is used by it.
        core.AddressReserved: _IN_USE,
        core.AddressInUse: _IN_USE,
        core.AddressRepeated: ErrorTemplate(
            "InvalidParameterValue.Duplicate", "The address `{address}` is named more than once."
        ),
        core.SubnetExhausted: ErrorTemplate(
            "FailedOperation.NoAvailableIpAddressCountInSubnet",
            "The subnet `{subnet_id}` has {free} free addresses; {wanted} are wanted.",
        ),
        core.Ipv6Disabled: ErrorTemplate(
            "InvalidParameterValue.VpcNotSupportIpv6Address",
            "The subnet `{subnet_id}` has no IPv6 CIDR block.",
        ),
        core.Ipv6PerInterfaceExceeded: ErrorTemplate(
            "LimitExceeded.IPv6AddressNum", "The instance type allows {limit} IPv6 addresses per interface."
        ),
        core.PublicAddressesExhausted: ErrorTemplate(
            "ResourcesSoldOut.EipInsufficient",
            "There are {free} free public addresses; {wanted} are wanted.",
        ),
        core.InstanceQuotaExceeded: ErrorTemplate(
            "LimitExceeded.InstanceQuota", "The quota of {limit} instances in `{resource_id}` is exhausted."
        ),
        core.GroupsPerInterfaceExceeded: ErrorTemplate(
            "LimitExceeded.AssociateUSGLimitExceeded",
            "An instance can be in at most {limit} security groups.",
        ),
        core.GroupMembersExceeded: _GROUP_FULL,
        core.GroupInterfacesExceeded: _GROUP_FULL,
        core.InterfacesPerInstanceExceeded: ErrorTemplate(
            "LimitExceeded.InstanceEniNumLimit", _TOO_MANY_INTERFACES
        ),
        core.InterfaceNotFound: ErrorTemplate(
            "InvalidParameterValue.InvalidNetworkInterfaceId",
            "The network interface `{resource_id}` does not exist.",
        ),
        core.InterfaceRepeated: ErrorTemplate(
            "InvalidParameterCombination",
            "The network interface `{interface_id}` is named more than once, or for several instances.",
        ),
        core.InterfaceAlreadyAttached: _NOT_FREE,
        core.InterfaceWrongState: _NOT_FREE,
        core.InterfaceKindUnsupported: _NOT_FREE,
        core.NetworkMismatch: ErrorTemplate(
            "InvalidParameterValue.ElasticNetworkVpcSubnetMismatch",
            "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.",
        ),
        core.ZoneMismatch: ErrorTemplate(
            "InvalidParameterValue.ElasticNetworkVpcSubnetMismatch",
            "The network interface is in {interface_zone}, the instance in {instance_zone}.",
        ),
        core.TagQuotaExceeded: ErrorTemplate(
            "InvalidParameterValue.TagQuotaLimitExceeded", "An instance can have at most {limit} tags."
        ),
    }
)
BY_PRODUCT: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {("cvm", error): template for error, template in _CVM.items()}
)

_TOO_MANY_ADDRESSES: Final = ErrorTemplate(
    "LimitExceeded.EniLimitInstanceType", "The type allows {limit} addresses per network interface."
)

_NO_KEY_PAIR: Final = ErrorTemplate(
    "InvalidParameterValue.KeyPairNotFound", "The key pair `{resource_id}` does not exist."
)

_NO_PLACE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        **{
            error: ErrorTemplate("InvalidParameterValue", _CVM[error].template)
            for error in (
                core.NetworkNotFound,
                core.SubnetNotFound,
                core.SubnetNetworkMismatch,
                core.SubnetZoneMismatch,
                core.AddressRepeated,
                core.SubnetExhausted,
            )
        },
        core.InstanceClassicNetwork: ErrorTemplate(
            "UnsupportedOperation.NoVpcNetwork", TABLE[core.InstanceClassicNetwork].template
        ),
    }
)
"""Why instances do not move, in the words of what is said of new ones, and the codes of the list."""

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{("ModifyInstancesVpcAttribute", error): template for error, template in _NO_PLACE.items()},
        ("ModifyInstancesRenewFlag", core.SubscriptionMissing): ErrorTemplate(
            "InvalidInstance.NotSupported", _OTHER_PAYMENT
        ),
        ("RunInstances", core.KeyPairNotFound): _NO_KEY_PAIR,
        ("ResetInstance", core.KeyPairNotFound): _NO_KEY_PAIR,
        ("ResetInstancesType", core.InstanceTypeNotFound): ErrorTemplate(
            "ResourceNotFound.InvalidZoneInstanceType", _NO_TYPE
        ),
        ("ResetInstancesType", core.InterfacesPerInstanceExceeded): ErrorTemplate(
            "LimitExceeded.EniNumLimit", _TOO_MANY_INTERFACES
        ),
        ("ResetInstancesType", core.Ipv4PerInterfaceExceeded): _TOO_MANY_ADDRESSES,
        ("ResetInstancesType", core.Ipv6PerInterfaceExceeded): _TOO_MANY_ADDRESSES,
        ("ResetInstancesType", core.InterfacesUnsupported): ErrorTemplate(
            "UnsupportedOperation.UnsupportedChangeInstanceToThisInstanceFamily", _NO_INTERFACES
        ),
    }
)

_STATE: Final[Mapping[InstanceState, str]] = MappingProxyType(
    {
        InstanceState.PENDING: "Pending",
        InstanceState.STARTING: "Starting",
        InstanceState.RUNNING: "Running",
        InstanceState.STOPPING: "Stopping",
        InstanceState.STOPPED: "Stopped",
        InstanceState.REBOOTING: "Rebooting",
        InstanceState.DELETING: "Terminating",
        InstanceState.LAUNCH_FAILED: "LaunchFailed",
        InstanceState.GONE: "Terminated",
    }
)
"""How an instance's state is spelt in a code."""

_UNDER_WAY: Final = frozenset(
    {
        InstanceState.PENDING,
        InstanceState.STARTING,
        InstanceState.STOPPING,
        InstanceState.REBOOTING,
        InstanceState.DELETING,
    }
)
_NAMED_STATES: Final[Mapping[str, frozenset[InstanceState]]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("StartInstances", "StopInstances", "TerminateInstances"),
            frozenset(_STATE) - {InstanceState.LAUNCH_FAILED},
        ),
        "RebootInstances": _UNDER_WAY | {InstanceState.STOPPED},
        "ModifyInstancesAttribute": _UNDER_WAY,
        "ModifyInstancesProject": frozenset[InstanceState](),
        "RenewInstances": _UNDER_WAY,
        "ModifyInstancesRenewFlag": _UNDER_WAY - {InstanceState.DELETING},
        "ModifyInstancesChargeType": _UNDER_WAY - {InstanceState.PENDING, InstanceState.STARTING},
        "ResetInstancesInternetMaxBandwidth": _UNDER_WAY,
        "ModifyInstancesVpcAttribute": _UNDER_WAY | {InstanceState.RUNNING},
        "ResetInstance": _UNDER_WAY,
        "ResetInstancesType": _UNDER_WAY - {InstanceState.PENDING},
        "ResetInstancesPassword": _UNDER_WAY | {InstanceState.RUNNING},
        "ModifyInstanceDiskType": frozenset(
            {InstanceState.RUNNING, InstanceState.STARTING, InstanceState.STOPPING}
        ),
        "ResizeInstanceDisks": _UNDER_WAY | {InstanceState.RUNNING},
        **dict.fromkeys(
            ("AssociateInstancesKeyPairs", "DisassociateInstancesKeyPairs"),
            _UNDER_WAY | {InstanceState.RUNNING},
        ),
        "CreateImage": _UNDER_WAY - {InstanceState.PENDING},
        "AssociateSecurityGroups": frozenset({InstanceState.PENDING}),
        "DisassociateSecurityGroups": frozenset[InstanceState](),
    }
)
"""The states for which an action's list has a code that names the state."""


def _wrong_state(action: str, state: InstanceState) -> ErrorTemplate:
    """Return the error of an action for a state: the code that names it, or one for all unfit states."""
    if state in _NAMED_STATES[action]:
        return ErrorTemplate(f"UnsupportedOperation.InstanceState{_STATE[state]}", _WRONG_STATE)
    if state in _UNDER_WAY:
        return ErrorTemplate("OperationDenied.InstanceOperationInProgress", _WRONG_STATE)
    if action.endswith("SecurityGroups"):
        return ErrorTemplate("FailedOperation.SecurityGroupActionFailed", _WRONG_STATE)
    return ErrorTemplate("InvalidInstance.NotSupported", _WRONG_STATE)


BY_STATE: Final[Mapping[tuple[str, InstanceState], ErrorTemplate]] = MappingProxyType(
    {(action, state): _wrong_state(action, state) for action in _NAMED_STATES for state in _STATE}
)
