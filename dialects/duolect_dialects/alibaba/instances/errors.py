"""The vendor's errors for instances.

Sources: the pages of the actions on instances.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_HELD_BY_INTERFACE: Final = "The network interface {held_by} is attached to the instance {resource_id}."
_HELD_BY_HAVIP: Final = "The HaVip {held_by} is associated with the instance {resource_id}."
_HELD_BY_IPV4: Final = "The primary network interface {resource_id} has several private IP addresses."
_HELD_BY_IPV6: Final = "The primary network interface {resource_id} has IPv6 addresses."

_EXPIRED: Final = "The instance {instance_id} has expired."
_BY_USE: Final = "The instance {instance_id} is paid by use."
_SUBSCRIPTION: Final = "The instance {instance_id} is a subscription."

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceNotFound: not_found("InvalidInstanceId.NotFound", "instance"),
        core.InstanceTypeNotFound: ErrorTemplate(
            "InvalidInstanceType.ValueNotSupported", "The instance type {resource_id} is not offered.", 403
        ),
        core.InstanceClassicNetwork: ErrorTemplate(
            "InvalidInstance.NetworkType", "The instance {resource_id} is in the classic network.", 403
        ),
        core.InstanceWrongState: ErrorTemplate(
            "IncorrectInstanceStatus",
            "The instance {instance_id} is {state}; the operation needs {allowed}.",
            403,
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
        core.SubscriptionLapsed: ErrorTemplate("IncorrectInstanceStatus", _EXPIRED, 403),
        core.SubscriptionRunning: ErrorTemplate(
            "ChargeTypeViolation", "The instance {instance_id} is a subscription that is not over.", 403
        ),
        core.SubscriptionMissing: ErrorTemplate("ChargeTypeViolation", _BY_USE, 403),
        core.SubscriptionPresent: ErrorTemplate("ChargeTypeViolation", _SUBSCRIPTION, 403),
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidParameter.Mismatch",
            "The vSwitch {subnet_id} is in the zone {subnet_zone}, not in {zone}.",
            400,
        ),
        core.InstanceTypeNotSold: ErrorTemplate(
            "InvalidResourceType.NotSupported",
            "The instance type {instance_type} is not sold in the zone {zone}; try other types.",
            403,
        ),
        core.ZoneNotSold: ErrorTemplate(
            "Zone.NotOnSale", "Nothing is sold in the zone {zone}; try other zones.", 403
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
        core.InstanceQuotaExceeded: quota("QuotaExceed.ElasticQuota", "instances in {resource_id}", 403),
        core.InstanceHoldsInterfaces: ErrorTemplate("InvalidInstance.AttachedEni", _HELD_BY_INTERFACE, 404),
        core.InstanceHoldsVirtualAddresses: ErrorTemplate("VSwitchIdNotMatch", _HELD_BY_HAVIP, 400),
        core.PrimaryHoldsIpv4: ErrorTemplate("PrimaryEniHasSubIp", _HELD_BY_IPV4, 400),
        core.PrimaryHoldsIpv6: ErrorTemplate("InvalidIp.Ipv6Assigned", _HELD_BY_IPV6, 403),
        core.InterfacesPerInstanceExceeded: quota(
            "EniPerInstanceLimitExceeded", "network interfaces of the instance {resource_id}", 403
        ),
    }
)

_QUOTA: Final = "no more than {limit} are allowed"
_MISMATCH: Final = "{resource_id} is in the VPC {network_id}, not in {other_network_id}."
_UNUSABLE: Final = ErrorTemplate(
    "InvalidPrivateIpAddress", "The address {address} is not usable in the vSwitch.", 400
)
OVERRIDES: Final[ErrorTable] = MappingProxyType(
    {
        # Recorded in 2024: cb-spider issue 1299.
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidVSwitchId.NotFound",
            "The vSwitch {subnet_id} is in the zone {subnet_zone}, not in {zone}.",
            404,
        ),
        core.GroupNetworkMismatch: ErrorTemplate(
            "InvalidParameter.Mismatch", f"The security group {_MISMATCH}", 400
        ),
        core.SubnetNetworkMismatch: ErrorTemplate(
            "InvalidParameter.Mismatch", f"The vSwitch {_MISMATCH}", 400
        ),
        core.SubnetExhausted: ErrorTemplate(
            "QuotaExceeded.PrivateIpAddress",
            "The vSwitch {subnet_id} has {free} free addresses; {wanted} are wanted.",
            400,
        ),
        core.AddressOutsideSubnet: _UNUSABLE,
        core.AddressReserved: _UNUSABLE,
        core.AddressRepeated: ErrorTemplate(
            "InvalidParameter.PrivateIpAddressRepeated",
            "The address {address} is named more than once.",
            403,
        ),
    }
)
"""What the actions on instances say of what comes along with an instance."""

_TOO_SMALL: Final[Mapping[type[core.CoreError], str]] = MappingProxyType(
    {
        core.GroupKindUnsupported: "{instance_type} cannot join enterprise security groups",
        core.InterfacesUnsupported: "{instance_type} takes no elastic network interfaces",
        core.InterfacesPerInstanceExceeded: f"{_QUOTA}, network interfaces of {{resource_id}}",
        core.NetworkCardInvalid: "{instance_type} has no network card {index}",
        core.QueuesPerInterfaceExceeded: f"{_QUOTA}, queues of a network interface",
        core.QueuesPerInstanceExceeded: f"{_QUOTA}, queues of an instance",
        core.RdmaUnsupported: "{instance_type} has no HighPerformance network interfaces",
        core.RdmaInterfacesExceeded: f"{_QUOTA}, HighPerformance network interfaces",
        core.QueuePairsPerInterfaceExceeded: f"{_QUOTA}, queue pairs of a network interface",
        core.QueuePairsPerInstanceExceeded: f"{_QUOTA}, queue pairs of an instance",
        core.TrunkUnsupported: "{instance_type} takes no trunk network interfaces",
        core.TrunkFull: f"{_QUOTA}, members of the trunk {{resource_id}}",
    }
)
"""Why an instance, with what it has, cannot be of a type."""
_SPEC: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceWrongState: ErrorTemplate(
            "InvalidInstanceStatus.NotStopped", "The instance {instance_id} is {state}, not Stopped.", 400
        ),
        core.IdempotencyMismatch: ErrorTemplate(
            "IdempotenceParamNotMatch", "ClientToken {token} was used with other parameters before.", 400
        ),
        **{
            error: ErrorTemplate(
                "DependencyViolation.InstanceType", f"The instance cannot be of this type: {reason}.", 400
            )
            for error, reason in _TOO_SMALL.items()
        },
    }
)
_PREPAID_SPEC: Final[ErrorTable] = MappingProxyType(
    {
        core.SubscriptionLapsed: ErrorTemplate("InvalidInstance.PreInstanceExpired", _EXPIRED, 403),
        core.InstanceTypeNotFound: ErrorTemplate(
            "InvalidInstanceType.ValueNotSupported", "The instance type {resource_id} is not offered.", 400
        ),
        core.IdempotencyMismatch: _SPEC[core.IdempotencyMismatch],
        **{
            error: ErrorTemplate(
                "InvalidInstanceType.NotSupported", f"The instance cannot be of this type: {reason}.", 400
            )
            for error, reason in _TOO_SMALL.items()
        },
    }
)
_RUN: Final[ErrorTable] = MappingProxyType(
    {
        core.PublicAddressesExhausted: ErrorTemplate(
            "OperationDenied.NoStock",
            "The region has {free} free public addresses; {wanted} are wanted.",
            403,
        ),
        core.Ipv4PerInterfaceExceeded: ErrorTemplate(
            "InvalidParam.IpCount",
            f"Of IPv4 addresses of a network interface {_QUOTA} on this type.",
            403,
        ),
        core.Ipv6PerInterfaceExceeded: ErrorTemplate(
            "InvalidParam.IpCount",
            f"Of IPv6 addresses of a network interface {_QUOTA} on this type.",
            403,
        ),
        core.InterfacesPerInstanceExceeded: ErrorTemplate(
            "InvalidParameter.EniNumExceededWithLaunchEcs",
            f"Of network interfaces of an instance {_QUOTA} on this type.",
            403,
        ),
    }
)
_MODIFY: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceClassicNetwork: ErrorTemplate(
            "InvalidNetworkType.NotSupported", "The instance {resource_id} is in the classic network.", 400
        ),
        core.GroupClassicNetwork: ErrorTemplate(
            "InvalidSecurityGroupType.NotSupportClassic",
            "The security group {resource_id} is in the classic network.",
            404,
        ),
        core.GroupKindsMixed: ErrorTemplate(
            "EnterpriseGroupLimited.MutliGroupType",
            "Basic and enterprise security groups cannot be joined together.",
            403,
        ),
        core.GroupNetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch", f"The security group {_MISMATCH}", 403
        ),
    }
)
_ROLES: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceClassicNetwork: ErrorTemplate(
            "InvalidNetworkType.MismatchRamRole",
            "The instance {resource_id} is in the classic network, where no roles are played.",
            403,
        )
    }
)
LEAVING: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceHoldsRoutes: ErrorTemplate(
            "InvalidDependence.NextHopOfCustomRouter",
            "The route entry {held_by} leads to the instance {resource_id}.",
            404,
        ),
        core.InstanceHoldsVirtualAddresses: ErrorTemplate("InvalidDependence.HaVip", _HELD_BY_HAVIP, 404),
        core.PrimaryHoldsIpv4: ErrorTemplate("InvalidIp.MultiPrimaryIp", _HELD_BY_IPV4, 404),
        core.PrimaryHoldsIpv6: ErrorTemplate("InvalidIp.Ipv6", _HELD_BY_IPV6, 404),
    }
)
"""Why an instance does not leave its VPC."""
_OUTSIDE: Final = ErrorTemplate(
    "InvalidPrivateIpAddress.Mismatch", "The address {address} is not usable in the vSwitch.", 400
)
_MOVE: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceWrongState: ErrorTemplate(
            "IncorrectInstanceStatus", "The instance {instance_id} is {state}, not Stopped.", 400
        ),
        core.InstanceClassicNetwork: ErrorTemplate(
            "OperationDenied", "The instance {resource_id} is in the classic network.", 400
        ),
        core.NetworkNotFound: not_found("NoSuchResource", "VPC"),
        core.SubnetNetworkMismatch: ErrorTemplate(
            "InvalidVSwitchId.NotFound", f"The vSwitch {_MISMATCH}", 404
        ),
        core.SubnetZoneMismatch: ErrorTemplate(
            "InvalidVSwitchId.Mismatch",
            "The vSwitch {subnet_id} is in the zone {subnet_zone}, not in {zone}.",
            400,
        ),
        core.SubnetBusy: ErrorTemplate(
            "IncorrectVSwitchStatus", "The vSwitch {subnet_id} is not Available.", 400
        ),
        core.SubnetExhausted: ErrorTemplate(
            "InvalidParameter.NotEnoughIpInVSwitch", "The vSwitch {subnet_id} has no free address.", 404
        ),
        core.AddressOutsideSubnet: _OUTSIDE,
        core.AddressReserved: _OUTSIDE,
        core.AddressInUse: ErrorTemplate(
            "InvalidPrivateIpAddress.Duplicated", "The address {address} is already in use.", 400
        ),
        core.GroupNotFound: not_found("InvalidSecurityGroupId.NotFound", "security group"),
        core.GroupClassicNetwork: _MODIFY[core.GroupClassicNetwork],
        core.GroupKindsMixed: attrs.evolve(_MODIFY[core.GroupKindsMixed], status=404),
        core.GroupNetworkMismatch: ErrorTemplate(
            "InvalidSecurityGroupVpc.NotBelongToOneVpc", f"The security group {_MISMATCH}", 404
        ),
        core.GroupsPerInterfaceExceeded: quota(
            "JoinedGroupLimitExceed", "security groups of an instance", 404
        ),
        core.GroupKindUnsupported: ErrorTemplate(
            "InvalidParameter.ToSecurityGroupId",
            "Instances of the type {instance_type} cannot join enterprise security groups.",
            403,
        ),
    }
)
_PAYMENT: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceNotFound: ErrorTemplate(
            "InvalidParameter.InstanceIds", "The instance {resource_id} does not exist.", 400
        ),
        core.InstanceWrongState: ErrorTemplate(
            "InvalidStatus.ValueNotSupported", "The instance {instance_id} is {state}.", 400
        ),
        core.SubscriptionLapsed: ErrorTemplate("ExpiredInstance", _EXPIRED, 400),
        core.SubscriptionMissing: ErrorTemplate(
            "InvalidInstanceChargeType.ValueNotSupported", _BY_USE, 400
        ),
        core.SubscriptionPresent: ErrorTemplate(
            "InvalidInstanceChargeType.ValueNotSupported", _SUBSCRIPTION, 400
        ),
    }
)
"""What ModifyInstanceChargeType says."""
_NOT_STARTED: Final = ErrorTemplate("InstanceExpired", _EXPIRED, 403)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        **for_actions(["ModifyInstanceChargeType"], _PAYMENT),
        **for_actions(["StartInstance", "StartInstances"], {core.SubscriptionLapsed: _NOT_STARTED}),
        **for_actions(["ModifyPrepayInstanceSpec"], _PREPAID_SPEC),
        ("RenewInstance", core.IdempotencyMismatch): _SPEC[core.IdempotencyMismatch],
        **for_actions(["RunInstances"], _RUN),
        **for_actions(["ModifyInstanceVpcAttribute"], _MOVE),
        **for_actions(["AttachInstanceRamRole", "DetachInstanceRamRole"], _ROLES),
        **for_actions(["ModifyInstanceAttribute"], _MODIFY),
        **for_actions(["ModifyInstanceSpec"], _SPEC),
        ("ModifyInstanceAutoRenewAttribute", core.InstanceNotFound): ErrorTemplate(
            "InvalidParameter.InvalidInstanceId", "The instance {resource_id} does not exist.", 403
        ),
        ("ModifyInstanceAutoReleaseTime", core.InstanceNotFound): not_found("NoSuchResource", "instance"),
    }
)

_INITIALIZING: Final = ErrorTemplate(
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
"""What an action says of an instance in a certain wrong state: many clients wait for just this code."""
