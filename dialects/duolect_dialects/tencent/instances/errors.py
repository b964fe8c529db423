"""What the actions of cvm say where they differ from those of vpc.

Codes of cvm name the resource and what is wrong with it. A refusal for an instance's state has a code for
each state, so that table goes by the state, not by the error.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.error_template import ErrorTemplate

_BATCH: Final = ("StartInstances", "StopInstances", "TerminateInstances")
_CHANGES: Final = (
    "RebootInstances",
    "ModifyInstancesAttribute",
    "ResetInstancesType",
    "AssociateSecurityGroups",
    "DisassociateSecurityGroups",
)
_NAMING: Final = (*_BATCH, *_CHANGES, "DescribeInstancesOperationLimit")
"""The actions that name instances which must exist."""
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
_NO_INSTANCE = ErrorTemplate("InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist.")
_NO_GROUP = ErrorTemplate(
    "InvalidSecurityGroupId.NotFound", "The security group `{resource_id}` does not exist."
)
_TOO_MANY_GROUPS = ErrorTemplate(
    "LimitExceeded.AssociateUSGLimitExceeded", "An instance can be in at most {limit} security groups."
)
_TOO_MANY_ADDRESSES = ErrorTemplate(
    "LimitExceeded.EniLimitInstanceType", "The type allows {limit} addresses per network interface."
)
_NO_TYPE = ErrorTemplate(
    "InvalidParameterValue.InstanceTypeNotFound", "The type `{resource_id}` does not exist."
)
_OUTSIDE = ErrorTemplate("VpcAddrNotInSubNet", "The address `{address}` is not in the subnet.")
_IN_USE = ErrorTemplate("VpcIpIsUsed", "The address `{address}` is in use.")
_NOT_FREE = ErrorTemplate(
    "InvalidParameterValue.InvalidNetworkInterfaceId",
    "The network interface `{interface_id}` cannot be bound to a new instance.",
)
_GROUP_FULL = ErrorTemplate(
    "LimitExceeded.CvmsVifsPerSecGroupLimitExceeded",
    "The security group `{resource_id}` can have at most {limit} members.",
)
_NO_IPV6 = ErrorTemplate(
    "InvalidParameterValue.VpcNotSupportIpv6Address", "The subnet `{subnet_id}` has no IPv6 CIDR block."
)

_RUN: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.InstanceTypeNotFound: _NO_TYPE,
        core.ZoneNotFound: ErrorTemplate(
            "InvalidZone.MismatchRegion", "The zone `{resource_id}` is not in this region."
        ),
        core.NetworkNotFound: ErrorTemplate(
            "InvalidParameterValue.VpcIdNotExist", "The VPC `{resource_id}` does not exist."
        ),
        core.SubnetNotFound: ErrorTemplate(
            "InvalidParameterValue.SubnetNotExist", "The subnet `{resource_id}` does not exist."
        ),
        core.GroupNotFound: _NO_GROUP,
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
        core.Ipv6Disabled: _NO_IPV6,
        core.Ipv6PerInterfaceExceeded: ErrorTemplate(
            "LimitExceeded.IPv6AddressNum", "The instance type allows {limit} IPv6 addresses per interface."
        ),
        core.InstanceQuotaExceeded: ErrorTemplate(
            "LimitExceeded.InstanceQuota", "The quota of {limit} instances in `{resource_id}` is exhausted."
        ),
        core.GroupsPerInterfaceExceeded: _TOO_MANY_GROUPS,
        core.GroupMembersExceeded: _GROUP_FULL,
        core.GroupInterfacesExceeded: _GROUP_FULL,
        core.InterfacesPerInstanceExceeded: ErrorTemplate(
            "LimitExceeded.InstanceEniNumLimit", "The type allows {limit} network interfaces per instance."
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

_GROUPING: Final = ("ModifyInstancesAttribute", "AssociateSecurityGroups", "DisassociateSecurityGroups")
_JOIN: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.GroupsPerInterfaceExceeded: _TOO_MANY_GROUPS,
        core.GroupMembersExceeded: _GROUP_FULL,
        core.GroupInterfacesExceeded: _GROUP_FULL,
    }
)
_RESIZE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.InstanceTypeNotFound: ErrorTemplate(
            "ResourceNotFound.InvalidZoneInstanceType", "The type `{resource_id}` does not exist."
        ),
        core.InterfacesPerInstanceExceeded: ErrorTemplate(
            "LimitExceeded.EniNumLimit", "The type allows {limit} network interfaces per instance."
        ),
        core.Ipv4PerInterfaceExceeded: _TOO_MANY_ADDRESSES,
        core.Ipv6PerInterfaceExceeded: _TOO_MANY_ADDRESSES,
        core.InterfacesUnsupported: ErrorTemplate(
            "UnsupportedOperation.UnsupportedChangeInstanceToThisInstanceFamily",
            "Instances of the type `{instance_type}` take no network interfaces.",
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{("RunInstances", error): says for error, says in _RUN.items()},
        **{(action, core.InstanceNotFound): _NO_INSTANCE for action in _NAMING},
        **{(action, core.GroupNotFound): _NO_GROUP for action in _GROUPING},
        **{
            (action, error): says
            for action in ("ModifyInstancesAttribute", "AssociateSecurityGroups")
            for error, says in _JOIN.items()
        },
        **{("ResetInstancesType", error): says for error, says in _RESIZE.items()},
        ("DescribeImages", core.InstanceTypeNotFound): _NO_TYPE,
    }
)
"""What an action says about an error in its own way."""

_WRONG_STATE: Final = "The instance `{instance_id}` is {state}; the operation needs {allowed}."
_SPELT: Final[Mapping[str, frozenset[InstanceState]]] = MappingProxyType(
    {
        **dict.fromkeys(_BATCH, frozenset(_STATE) - {InstanceState.LAUNCH_FAILED}),
        "RebootInstances": _UNDER_WAY | {InstanceState.STOPPED},
        "ModifyInstancesAttribute": _UNDER_WAY,
        "ResetInstancesType": _UNDER_WAY - {InstanceState.PENDING},
        "AssociateSecurityGroups": frozenset({InstanceState.PENDING}),
        "DisassociateSecurityGroups": frozenset[InstanceState](),
    }
)
"""The states for which an action's list has a code with the state's name."""


def _wrong_state(action: str, state: InstanceState) -> ErrorTemplate:
    """Return what an action says about a state: its own code, or one for all that is unfit."""
    if state in _SPELT[action]:
        return ErrorTemplate(f"UnsupportedOperation.InstanceState{_STATE[state]}", _WRONG_STATE)
    if state in _UNDER_WAY:
        return ErrorTemplate("OperationDenied.InstanceOperationInProgress", _WRONG_STATE)
    if action.endswith("SecurityGroups"):
        return ErrorTemplate("FailedOperation.SecurityGroupActionFailed", _WRONG_STATE)
    return ErrorTemplate("InvalidInstance.NotSupported", _WRONG_STATE)


BY_STATE: Final[Mapping[tuple[str, InstanceState], ErrorTemplate]] = MappingProxyType(
    {(action, state): _wrong_state(action, state) for action in _SPELT for state in _STATE}
)
"""What an action says about an instance that is in the wrong state."""
