"""The vendor's errors for elastic IP addresses (EIPs).

Sources: the pages AllocateEipAddress, AssociateEipAddress, UnassociateEipAddress, ReleaseEipAddress and
ModifyEipAddressAttribute of both products.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.error_template import ErrorTemplate

_STATUS: Final = ErrorTemplate(
    "IncorrectEipStatus", 400, "The EIP {address_id} is {state}; the operation needs {allowed}."
)
_NO_TARGET: Final = ErrorTemplate(
    "InvalidInstanId.NotFound", 404, "The resource {resource_id} to be associated does not exist."
)
_ENI_STATUS: Final = ErrorTemplate(
    "InvalidStatus.EniStatusNotSupport",
    400,
    "The network interface {interface_id} is {state}; the operation needs {allowed}.",
)
_ECS_STATUS: Final = ErrorTemplate(
    "IncorrectInstanceStatus", 400, "The instance {instance_id} is {state}; the operation needs {allowed}."
)

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PublicAddressNotFound: ErrorTemplate(
            "InvalidAllocationId.NotFound", 404, "The EIP {resource_id} does not exist."
        ),
        core.PublicAddressWrongState: _STATUS,
        core.PublicAddressBusy: _STATUS,
        core.InstanceHasPublicAddress: ErrorTemplate(
            "InvalidAssociation.Duplicated",
            400,
            "The instance {instance_id} is associated with the EIP {address_id} already.",
        ),
        core.AddressHasPublicAddress: ErrorTemplate(
            "ResourceAlreadyAssociated.IpAddress",
            400,
            "The address {address} is associated with the EIP {address_id} already.",
        ),
        core.PublicAddressUnavailable: ErrorTemplate(
            "ReserveIpFail", 400, "The public address {address} cannot be reserved."
        ),
        core.PublicAddressesExhausted: ErrorTemplate(
            "ReserveIpFail", 400, "The region has {free} free public addresses; {wanted} are wanted."
        ),
        core.PublicAddressQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.Eip", 400, "No more than {limit} are allowed: EIPs in {resource_id}."
        ),
        core.PublicAddressesPerInstanceExceeded: ErrorTemplate(
            "InvalidEip.EipQuotaExceeded",
            400,
            "No more than {limit} are allowed: EIPs on the instance {resource_id}.",
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("AssociateEipAddress", core.InstanceNotFound): _NO_TARGET,
        ("AssociateEipAddress", core.InterfaceNotFound): _NO_TARGET,
        ("AssociateEipAddress", core.InterfaceWrongState): _ENI_STATUS,
        ("AssociateEipAddress", core.InstanceWrongState): _ECS_STATUS,
        ("AssociateEipAddress", core.InterfaceIsPrimary): ErrorTemplate(
            "InvalidParameter.EniInstanceId",
            400,
            "The network interface {interface_id} is the primary one of the instance {instance_id}.",
        ),
        ("AssociateEipAddress", core.AddressNotAssigned): ErrorTemplate(
            "InvalidParameter", 400, "The network interface does not hold the address {address}."
        ),
        ("UnassociateEipAddress", core.InterfaceWrongState): _ENI_STATUS,
        ("UnassociateEipAddress", core.InstanceWrongState): _ECS_STATUS,
    }
)
"""What an action says about an error in its own way."""
