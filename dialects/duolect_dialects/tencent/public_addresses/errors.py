"""The vendor's errors for elastic public addresses (EIPs).

Sources: the lists of codes of the actions in the vendor's SDK for Go. An address that is being changed has
a task that is running; one that is in the wrong state otherwise has a code that differs by action.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.public_addresses import bandwidth_package_errors

_ADDRESS_STATE: Final = "The public address `{address_id}` is {state}; the operation needs {allowed}."
_ENI_TASK: Final = ErrorTemplate(
    "OperationDenied.MutexTaskRunning",
    "The network interface `{interface_id}` is {state}; the operation needs {allowed}.",
)
_CVM_STATE: Final = ErrorTemplate(
    "UnsupportedOperation.InstanceStateNotSupported",
    "The instance `{instance_id}` is {state}; the operation needs {allowed}.",
)
_UNUSABLE: Final = "InvalidParameterValue.ResourceNotSupport"

_NO_SEGMENT: Final = ErrorTemplate("UnsupportedOperation", "There are no contiguous EIPs here.")
TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        **bandwidth_package_errors.TABLE,
        core.PublicAddressNotFound: ErrorTemplate(
            "InvalidAddressId.NotFound", "The public address `{resource_id}` does not exist."
        ),
        core.PublicAddressWrongState: ErrorTemplate(
            "UnsupportedOperation.AddressStatusNotPermit", _ADDRESS_STATE
        ),
        core.PublicAddressBusy: ErrorTemplate("OperationDenied.MutexTaskRunning", _ADDRESS_STATE),
        core.InstanceHasPublicAddress: ErrorTemplate(
            "InvalidInstanceId.AlreadyBindEip",
            "The instance `{instance_id}` is bound to the public address `{address_id}`.",
        ),
        core.InstanceHasOwnPublicAddress: ErrorTemplate(
            "InvalidInstanceId.AlreadyBindEip",
            "The instance `{instance_id}` has the public address `{address}` of its own.",
        ),
        core.AddressHasPublicAddress: ErrorTemplate(
            "InvalidPrivateIpAddress.AlreadyBindEip",
            "The address `{address}` is bound to the public address `{address_id}`.",
        ),
        core.PublicAddressUnavailable: ErrorTemplate(
            "InvalidParameterValue.AddressIpNotAvailable",
            "The public address `{address}` is not available.",
        ),
        core.PublicAddressesExhausted: ErrorTemplate(
            "ResourceInsufficient", "There are {free} free public addresses; {wanted} are wanted."
        ),
        core.SegmentNotFound: _NO_SEGMENT,
        core.SegmentBusy: _NO_SEGMENT,
        core.TrafficPackageNotFound: ErrorTemplate(
            "InvalidParameterValue.TrafficPackageNotFound",
            "The traffic package `{resource_id}` does not exist.",
        ),
        core.TrafficPackageActive: ErrorTemplate(
            "InvalidParameterValue.TrafficPackageNotSupported",
            "The traffic package `{package_id}` has not expired.",
        ),
        core.TrafficPackageQuotaExceeded: ErrorTemplate(
            "LimitExceeded.TrafficPackageQuota",
            "The quota of {limit} traffic packages would be exceeded.",
        ),
        core.PublicAddressQuotaExceeded: ErrorTemplate(
            "AddressQuotaLimitExceeded",
            "The quota of {limit} public addresses in `{resource_id}` would be exceeded.",
        ),
        core.PublicAddressesPerInstanceExceeded: ErrorTemplate(
            "LimitExceeded.InstanceAddressQuota",
            "The instance `{resource_id}` can have at most {limit} public addresses.",
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **bandwidth_package_errors.BY_ACTION,
        ("AllocateAddresses", core.AddressRepeated): ErrorTemplate(
            "InvalidParameterValue.AddressIpNotAvailable",
            "The address `{address}` is named more than once.",
        ),
        ("AllocateAddresses", core.TagQuotaExceeded): ErrorTemplate(
            "LimitExceeded.TagQuota", "A resource can have at most {limit} tags."
        ),
        ("AssociateAddress", core.InstanceNotFound): ErrorTemplate(
            "InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist."
        ),
        ("AssociateAddress", core.InterfaceNotFound): ErrorTemplate(
            "InvalidNetworkInterfaceId.NotFound", "The network interface `{resource_id}` does not exist."
        ),
        ("AssociateAddress", core.InterfaceManaged): ErrorTemplate(
            _UNUSABLE, "The resource `{resource_id}` belongs to a managed service."
        ),
        ("AssociateAddress", core.InstanceClassicNetwork): ErrorTemplate(
            _UNUSABLE, "The instance `{resource_id}` is in the classic network."
        ),
        ("AssociateAddress", core.AddressNotAssigned): ErrorTemplate(
            "InvalidParameterValue.PrivateIpAddressNotMatch",
            "The network interface does not hold the address `{address}`.",
        ),
        ("AssociateAddress", core.AddressBusy): ErrorTemplate(
            "OperationDenied.MutexTaskRunning", "The address `{address}` is {state}."
        ),
        ("AssociateAddress", core.InterfaceWrongState): _ENI_TASK,
        ("AssociateAddress", core.InstanceWrongState): _CVM_STATE,
        ("DisassociateAddress", core.PublicAddressWrongState): ErrorTemplate(
            "InvalidAddressIdStatus.NotPermit", _ADDRESS_STATE
        ),
        ("DisassociateAddress", core.InterfaceWrongState): _ENI_TASK,
        ("DisassociateAddress", core.InstanceWrongState): _CVM_STATE,
        ("ReleaseAddresses", core.PublicAddressWrongState): ErrorTemplate(
            "InvalidAddressState", _ADDRESS_STATE
        ),
        ("DescribeTaskResult", core.OperationNotFound): ErrorTemplate(
            "InvalidParameter", "The task `{resource_id}` does not exist."
        ),
    }
)
