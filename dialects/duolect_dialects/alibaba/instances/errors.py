"""What the actions on instances say where they differ from the others.

Sources: the vendor's pages of the actions.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.error_template import ErrorTemplate

_STATUS = ErrorTemplate(
    "IncorrectInstanceStatus", "The instance {instance_id} is {state}; the operation needs {allowed}.", 403
)
_NOT_STOPPED = ErrorTemplate(
    "InvalidInstanceStatus.NotStopped", "The instance {instance_id} is {state}, not Stopped.", 400
)
_MISMATCH = "{resource_id} is in the VPC {network_id}, not in {other_network_id}."
_TYPE = "The instance cannot be of this type: "
_QUOTA = "no more than {limit} are allowed"
_CREATE: Final = ("RunInstances", "CreateInstance")
_STATES: Final = (
    "StartInstance",
    "StartInstances",
    "StopInstance",
    "StopInstances",
    "RebootInstance",
    "RebootInstances",
    "DeleteInstance",
    "DeleteInstances",
    "ModifyInstanceAttribute",
    "ModifyInstanceMaintenanceAttributes",
)
"""The actions that an instance's state can forbid."""
_SPEC: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.InstanceWrongState: _NOT_STOPPED,
        core.IdempotencyMismatch: ErrorTemplate(
            "IdempotenceParamNotMatch", "ClientToken {token} was used with other parameters before.", 400
        ),
        core.InstanceTypeNotFound: ErrorTemplate(
            "InvalidInstanceType.ValueNotSupported", "The instance type {resource_id} is not offered.", 400
        ),
        **{
            error: ErrorTemplate("DependencyViolation.InstanceType", f"{_TYPE}{reason}.", 400)
            for error, reason in (
                (core.GroupKindUnsupported, "{instance_type} cannot join enterprise security groups"),
                (core.InterfacesUnsupported, "{instance_type} takes no elastic network interfaces"),
                (core.InterfacesPerInstanceExceeded, f"{_QUOTA}, network interfaces of {{resource_id}}"),
                (core.NetworkCardInvalid, "{instance_type} has no network card {index}"),
                (core.QueuesPerInterfaceExceeded, f"{_QUOTA}, queues of a network interface"),
                (core.QueuesPerInstanceExceeded, f"{_QUOTA}, queues of an instance"),
                (core.RdmaUnsupported, "{instance_type} has no HighPerformance network interfaces"),
                (core.RdmaInterfacesExceeded, f"{_QUOTA}, HighPerformance network interfaces"),
                (core.QueuePairsPerInterfaceExceeded, f"{_QUOTA}, queue pairs of a network interface"),
                (core.QueuePairsPerInstanceExceeded, f"{_QUOTA}, queue pairs of an instance"),
                (core.TrunkUnsupported, "{instance_type} takes no trunk network interfaces"),
                (core.TrunkFull, f"{_QUOTA}, members of the trunk {{resource_id}}"),
            )
        },
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{(action, core.InstanceWrongState): _STATUS for action in _STATES},
        **{("ModifyInstanceSpec", error): says for error, says in _SPEC.items()},
        **{
            (action, core.GroupNetworkMismatch): ErrorTemplate(
                "InvalidParameter.Mismatch", f"The security group {_MISMATCH}", 400
            )
            for action in _CREATE
        },
        **{
            (action, core.SubnetExhausted): ErrorTemplate(
                "QuotaExceeded.PrivateIpAddress",
                "The vSwitch {subnet_id} has {free} free addresses; {wanted} are wanted.",
                400,
            )
            for action in _CREATE
        },
        **{
            (action, error): ErrorTemplate(
                "InvalidPrivateIpAddress", "The address {address} is not usable in the vSwitch.", 400
            )
            for action in _CREATE
            for error in (core.AddressOutsideSubnet, core.AddressReserved)
        },
        ("RunInstances", core.SubnetNetworkMismatch): ErrorTemplate(
            "InvalidParameter.Mismatch", f"The vSwitch {_MISMATCH}", 400
        ),
        ("RunInstances", core.AddressRepeated): ErrorTemplate(
            "InvalidParameter.PrivateIpAddressRepeated",
            "The address {address} is named more than once.",
            403,
        ),
        ("RunInstances", core.Ipv4PerInterfaceExceeded): ErrorTemplate(
            "InvalidParam.IpCount", f"Of IPv4 addresses of a network interface {_QUOTA} on this type.", 403
        ),
        ("RunInstances", core.Ipv6PerInterfaceExceeded): ErrorTemplate(
            "InvalidParam.IpCount", f"Of IPv6 addresses of a network interface {_QUOTA} on this type.", 403
        ),
        ("RunInstances", core.InterfacesPerInstanceExceeded): ErrorTemplate(
            "InvalidParameter.EniNumExceededWithLaunchEcs",
            f"Of network interfaces of an instance {_QUOTA} on this type.",
            403,
        ),
        ("ModifyInstanceAttribute", core.InstanceClassicNetwork): ErrorTemplate(
            "InvalidOperation.InvalidEcsState", "The instance {resource_id} is in the classic network.", 400
        ),
    }
)

_INITIALIZING = ErrorTemplate(
    "IncorrectInstanceStatus.Initializing",
    "The instance {instance_id} is {state}; it can be deleted when it is Running or Stopped.",
    403,
)
BY_STATE: Final[Mapping[tuple[str, InstanceState], ErrorTemplate]] = MappingProxyType(
    {
        (action, state): _INITIALIZING
        for action in ("DeleteInstance", "DeleteInstances")
        for state in (InstanceState.PENDING, InstanceState.STARTING)
    }
)
"""What an action says about an instance in a certain wrong state: many clients wait for just this code."""
