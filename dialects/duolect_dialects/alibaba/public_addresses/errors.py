"""The vendor's errors for elastic IP addresses (EIPs).

Sources: the pages AllocateEipAddress, AssociateEipAddress, UnassociateEipAddress, ReleaseEipAddress and
ModifyEipAddressAttribute of both products.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.public_addresses import bandwidth_package_errors
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_STATUS: Final = ErrorTemplate(
    "IncorrectEipStatus", "The EIP {address_id} is {state}; the operation needs {allowed}.", 400
)
_NO_PACKAGES: Final = ErrorTemplate("InvalidParameter", "There are no traffic packages here.", 400)
"""Packages of traffic are bought elsewhere on this cloud."""
TABLE: Final[ErrorTable] = MappingProxyType(
    {
        **bandwidth_package_errors.TABLE,
        core.PublicAddressNotFound: not_found("InvalidAllocationId.NotFound", "EIP"),
        core.PublicAddressWrongState: _STATUS,
        core.PublicAddressBusy: _STATUS,
        core.InstanceHasPublicAddress: ErrorTemplate(
            "InvalidAssociation.Duplicated",
            "The instance {instance_id} is associated with the EIP {address_id} already.",
            400,
        ),
        core.InstanceHasOwnPublicAddress: ErrorTemplate(
            "InvalidAssociation.Duplicated",
            "The instance {instance_id} has the public address {address} of its own.",
            400,
        ),
        core.AddressHasPublicAddress: ErrorTemplate(
            "ResourceAlreadyAssociated.IpAddress",
            "The address {address} is associated with the EIP {address_id} already.",
            400,
        ),
        core.PublicAddressUnavailable: ErrorTemplate(
            "ReserveIpFail", "The public address {address} cannot be reserved.", 400
        ),
        core.PublicAddressesExhausted: ErrorTemplate(
            "ReserveIpFail", "The region has {free} free public addresses; {wanted} are wanted.", 400
        ),
        core.SegmentNotFound: ErrorTemplate(
            "OperationFailed.InstanceNotExist",
            "The group of contiguous EIPs {resource_id} does not exist.",
            400,
        ),
        core.SegmentBusy: ErrorTemplate(
            "OperationFailed.EipStatusInvalid",
            "The group of contiguous EIPs {segment_id} is {state}.",
            400,
        ),
        core.TrafficPackageNotFound: _NO_PACKAGES,
        core.TrafficPackageActive: _NO_PACKAGES,
        core.TrafficPackageQuotaExceeded: _NO_PACKAGES,
        core.PublicAddressQuotaExceeded: quota("QuotaExceeded.Eip", "EIPs in {resource_id}", 400),
        core.PublicAddressesPerInstanceExceeded: quota(
            "InvalidEip.EipQuotaExceeded", "EIPs on the instance {resource_id}", 400
        ),
    }
)

_NO_TARGET: Final = ErrorTemplate(
    "InvalidInstanId.NotFound", "The resource {resource_id} to be associated does not exist.", 404
)
OVERRIDES: Final[ErrorTable] = MappingProxyType(
    {
        core.InstanceNotFound: _NO_TARGET,
        core.InterfaceNotFound: _NO_TARGET,
        core.InterfaceWrongState: ErrorTemplate(
            "InvalidStatus.EniStatusNotSupport",
            "The network interface {interface_id} is {state}; the operation needs {allowed}.",
            400,
        ),
        core.InstanceWrongState: ErrorTemplate(
            "IncorrectInstanceStatus",
            "The instance {instance_id} is {state}; the operation needs {allowed}.",
            400,
        ),
        core.InterfaceIsPrimary: ErrorTemplate(
            "InvalidParameter.EniInstanceId",
            "The network interface {interface_id} is the primary one of the instance {instance_id}.",
            400,
        ),
        core.InterfaceManaged: ErrorTemplate(
            "InvalidParameter.EniInstanceId",
            "The network interface {resource_id} belongs to a service of the cloud.",
            400,
        ),
        core.AddressNotAssigned: ErrorTemplate(
            "InvalidParameter", "The network interface does not hold the address {address}.", 400
        ),
    }
)
"""What the actions on EIPs say of what an EIP is associated with."""

_NOT_NOW: Final = ErrorTemplate(
    "IncorrectInstanceStatus", "The instance {instance_id} is {state}; the operation needs {allowed}.", 403
)
_NO_INSTANCE: Final = not_found("InvalidInstanceId.NotFound", "instance")
_SEGMENT_STATUS: Final = ErrorTemplate("OperationFailed.EipStatusInvalid", _STATUS.template, 400)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        **bandwidth_package_errors.BY_ACTION,
        ("AllocateEipSegmentAddress", core.PublicAddressesExhausted): ErrorTemplate(
            "OperationFailed.AllocateEipSegment",
            "The region has no {wanted} free public addresses that follow each other.",
            400,
        ),
        ("ReleaseEipSegmentAddress", core.PublicAddressWrongState): _SEGMENT_STATUS,
        ("ReleaseEipSegmentAddress", core.PublicAddressBusy): _SEGMENT_STATUS,
        ("ReleaseEipSegmentAddress", core.PublicAddressInPackage): ErrorTemplate(
            "OperationFailed.EipInBwp",
            "The EIP {address_id} is in the bandwidth package {package_id}.",
            400,
        ),
        ("AllocatePublicIpAddress", core.InstanceNotFound): _NO_INSTANCE,
        ("AllocatePublicIpAddress", core.InstanceWrongState): _NOT_NOW,
        ("AllocatePublicIpAddress", core.InstanceHasPublicAddress): ErrorTemplate(
            "AllocatedAlready", "The instance {instance_id} is associated with the EIP {address_id}.", 403
        ),
        ("AllocatePublicIpAddress", core.PublicAddressesExhausted): ErrorTemplate(
            "InsufficientPublicIp", "The region has {free} free public addresses; {wanted} are wanted.", 400
        ),
        ("ModifyInstanceNetworkSpec", core.InstanceNotFound): _NO_INSTANCE,
        ("ModifyInstanceNetworkSpec", core.InstanceWrongState): _NOT_NOW,
        ("ModifyInstanceNetworkSpec", core.InstanceHasPublicAddress): ErrorTemplate(
            "InvalidInstance.EipNotSupport",
            "The instance {instance_id} is associated with the EIP {address_id}: unassociate that first.",
            403,
        ),
        ("ModifyInstanceNetworkSpec", core.PublicAddressesExhausted): ErrorTemplate(
            "IpAllocationError", "The region has {free} free public addresses; {wanted} are wanted.", 400
        ),
    }
)
"""What the actions on the public addresses of instances say."""
