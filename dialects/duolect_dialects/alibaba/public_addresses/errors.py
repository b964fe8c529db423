"""The vendor's errors for elastic IP addresses (EIPs).

Sources: the pages AllocateEipAddress, AssociateEipAddress, UnassociateEipAddress, ReleaseEipAddress and
ModifyEipAddressAttribute of both products.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_STATUS: Final = ErrorTemplate(
    "IncorrectEipStatus", "The EIP {address_id} is {state}; the operation needs {allowed}.", 400
)
_NO_TARGET: Final = ErrorTemplate(
    "InvalidInstanId.NotFound", "The resource {resource_id} to be associated does not exist.", 404
)
_ENI_STATUS: Final = ErrorTemplate(
    "InvalidStatus.EniStatusNotSupport",
    "The network interface {interface_id} is {state}; the operation needs {allowed}.",
    400,
)
_ECS_STATUS: Final = ErrorTemplate(
    "IncorrectInstanceStatus", "The instance {instance_id} is {state}; the operation needs {allowed}.", 400
)

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PublicAddressNotFound: ErrorTemplate(
            "InvalidAllocationId.NotFound", "The EIP {resource_id} does not exist.", 404
        ),
        core.PublicAddressWrongState: _STATUS,
        core.PublicAddressBusy: _STATUS,
        core.InstanceHasPublicAddress: ErrorTemplate(
            "InvalidAssociation.Duplicated",
            "The instance {instance_id} is associated with the EIP {address_id} already.",
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
        core.PublicAddressQuotaExceeded: ErrorTemplate(
            "QuotaExceeded.Eip", "No more than {limit} are allowed: EIPs in {resource_id}.", 400
        ),
        core.PublicAddressesPerInstanceExceeded: ErrorTemplate(
            "InvalidEip.EipQuotaExceeded",
            "No more than {limit} are allowed: EIPs on the instance {resource_id}.",
            400,
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
            "The network interface {interface_id} is the primary one of the instance {instance_id}.",
            400,
        ),
        ("AssociateEipAddress", core.AddressNotAssigned): ErrorTemplate(
            "InvalidParameter", "The network interface does not hold the address {address}.", 400
        ),
        ("UnassociateEipAddress", core.InterfaceWrongState): _ENI_STATUS,
        ("UnassociateEipAddress", core.InstanceWrongState): _ECS_STATUS,
    }
)
"""What an action says about an error in its own way."""
