"""What both clouds answer, in common words."""

from typing import Any

from tests.harness import ApiError
from tests.parity.driver import Driver

from duolect_core.model.lifecycles import InterfaceState

MEANINGS = {
    "InvalidResourceId.NotFound": "gone",
    "InvalidParameterValue.ResourceDescriptionError": "gone",
    "InvalidEniId.NotFound": "gone",
    "InvalidEcsId.NotFound": "gone",
    "InvalidInstanceId.NotFound": "gone",
    "InvalidVSwitchId.NotFound": "gone",
    "InvalidVpcId.NotFound": "gone",
    "InvalidSecurityGroupId.NotFound": "gone",
    "InvalidSecurityGroup.NotFound": "gone",
    "InvalidSecurityGroupRule.RuleNotExist": "gone",
    "InvalidSourceGroupId.NotFound": "gone",
    "InvalidDestGroupId.NotFound": "gone",
    "ResourceNotFound": "gone",
    "InvalidParameterValue.SubnetNotExist": "gone",
    "InvalidParameterValue.VpcIdNotExist": "gone",
    "InvalidOperation.InvalidEniState": "state",
    "InvalidOperation.InvalidEcsState": "state",
    "InvalidOperation.DetachPrimaryEniNotAllowed": "state",
    "InvalidParameter.EniNotBelongEcs": "state",
    "IncorrectInstanceStatus": "state",
    "InvalidStatus.ValueNotSupported": "state",
    "OperationDenied.InstanceOperationInProgress": "state",
    "IncorrectInstanceStatus.Initializing": "state",
    "UnsupportedOperation.InvalidState": "state",
    "UnsupportedOperation.ResourceIsInvalidState": "state",
    "UnsupportedOperation.AttachmentAlreadyExists": "state",
    "UnsupportedOperation.InstanceStatePending": "state",
    "UnsupportedOperation.InstanceStateStarting": "state",
    "UnsupportedOperation.InstanceStateStopping": "state",
    "UnsupportedOperation.InstanceStateStopped": "state",
    "UnsupportedOperation.InstanceStateRunning": "state",
    "UnsupportedOperation.InstanceStateRebooting": "state",
    "UnsupportedOperation.InstanceStateTerminating": "state",
    "InvalidInstanceState.Terminating": "state",
    "InvalidParameterValue.ElasticNetworkVpcSubnetMismatch": "network",
    "InvalidParameter.EniNumExceededWithLaunchEcs": "limit",
    "LimitExceeded.InstanceEniNumLimit": "limit",
    "LimitExceeded.EniLimitInstanceType": "limit",
    "InvalidParam.IpCount": "limit",
    "InvalidOperation.InvalidEniType": "kind",
    "UnsupportedOperation": "kind",
    "InvalidOperation.AvailabilityZoneMismatch": "zone",
    "UnsupportedOperation.ZoneMismatch": "zone",
    "InvalidOperation.VpcMismatch": "network",
    "UnsupportedOperation.VpcMismatch": "network",
    "EniPerInstanceLimitExceeded": "limit",
    "LimitExceeded": "limit",
    "InvalidOperation.Ipv4CountExceeded": "limit",
    "MaxEniPrivateIpsCountExceeded": "limit",
    "InvalidVSwitchId.IpNotEnough": "exhausted",
    "QuotaExceeded.PrivateIpAddress": "exhausted",
    "ResourceInsufficient.Subnet": "exhausted",
    "FailedOperation.NoAvailableIpAddressCountInSubnet": "exhausted",
    "DependencyViolation": "held",
    "DependencyViolation.VSwitch": "held",
    "DependencyViolation.SecurityGroup": "held",
    "ResourceInUse": "held",
    "InvalidAllocationId.NotFound": "gone",
    "InvalidInstanId.NotFound": "gone",
    "InvalidAddressId.NotFound": "gone",
    "InvalidNetworkInterfaceId.NotFound": "gone",
    "IncorrectEipStatus": "state",
    "InvalidStatus.EniStatusNotSupport": "state",
    "InvalidAddressState": "state",
    "InvalidAddressIdStatus.NotPermit": "state",
    "OperationDenied.MutexTaskRunning": "state",
    "UnsupportedOperation.AddressStatusNotPermit": "state",
    "UnsupportedOperation.InstanceStateNotSupported": "state",
    "InvalidAssociation.Duplicated": "taken",
    "ResourceAlreadyAssociated.IpAddress": "taken",
    "InvalidInstanceId.AlreadyBindEip": "taken",
    "InvalidPrivateIpAddress.AlreadyBindEip": "taken",
    "InvalidCidrBlock.Overlapped": "overlap",
    "InvalidParameterValue.SubnetConflict": "overlap",
    "InvalidParameterValue.VpcCidrConflict": "overlap",
    "QuotaExceeded.Vpc": "limit",
    "InvalidNetworkAcl.NotFound": "gone",
    "InvalidResource.NotFound": "gone",
    "InvalidResource.NotBinding": "gone",
    "Mismatch.NetworkAclAndVSwitch": "gone",
    "InvalidResource.VpcError": "network",
    "InvalidResource.BindingExist": "taken",
    "NetworkAclExistBinding": "held",
    "InvalidPrefixListId.NotFound": "gone",
    "NotAllowed.AssociationExist": "held",
}
"""What each vendor's code means in common. A code that is missing here fails the machine."""
BY_CALL = {
    ("delete_group", "UnsupportedOperation"): "held",
    ("prepay", "InvalidParameter.InstanceIds"): "gone",
    ("join_acl", "UnsupportedOperation"): "taken",
    ("run_instance_with", "InvalidEniId.NotFound"): "not free",
    ("run_instance_with", "InvalidOperation.InvalidEniState"): "not free",
    ("run_instance_with", "InvalidParameterValue.InvalidNetworkInterfaceId"): "not free",
}
"""What a code means in common where a certain method of a driver gets it."""
STATUS = {
    InterfaceState.AVAILABLE: ("Available", "AVAILABLE"),
    InterfaceState.ATTACHING: ("Attaching", "ATTACHING"),
    InterfaceState.IN_USE: ("InUse", "INUSE"),
    InterfaceState.DETACHING: ("Detaching", "DETACHING"),
    InterfaceState.DELETING: ("Deleting", "DELETING"),
}
"""What Alibaba Cloud and Tencent Cloud call the state of an interface."""


def outcome(driver: Driver, action: str, *arguments: Any, **named: Any) -> str:
    """Call a driver's method and return ``ok`` or what its refusal means in common."""
    try:
        getattr(driver, action)(*arguments, **named)
    except ApiError as error:
        return BY_CALL.get((action, error.code)) or MEANINGS[error.code]
    return "ok"
