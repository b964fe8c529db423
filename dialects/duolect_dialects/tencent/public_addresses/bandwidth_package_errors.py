"""The vendor's errors for bandwidth packages.

Source: the lists of codes of the actions in the vendor's SDK for Go.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_NO_EIP: Final = ErrorTemplate(
    "InvalidParameterValue.ResourceNotFound", "The public address `{resource_id}` does not exist."
)
_EIP_STATE: Final = "The public address `{address_id}` is {state}; the operation needs {allowed}."
_DELETE: Final = "DeleteBandwidthPackage"

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.BandwidthPackageNotFound: ErrorTemplate(
            "InvalidParameterValue.BandwidthPackageNotFound",
            "The bandwidth package `{resource_id}` does not exist.",
        ),
        core.BandwidthPackageBusy: ErrorTemplate(
            "UnsupportedOperation.BandwidthPackageIdNotSupported",
            "The bandwidth package `{package_id}` is being changed.",
        ),
        core.BandwidthPackageProtected: ErrorTemplate(
            "UnsupportedOperation.BandwidthPackageIdNotSupported",
            "The bandwidth package `{package_id}` is protected against deletion.",
        ),
        core.BandwidthPackageHoldsAddresses: ErrorTemplate(
            "InvalidParameterValue.BandwidthPackageInUse",
            "The public address `{held_by}` is in the bandwidth package `{resource_id}`.",
        ),
        core.PublicAddressInPackage: ErrorTemplate(
            "InvalidParameterValue.ResourceAlreadyExisted",
            "The public address `{address_id}` is in the bandwidth package `{package_id}`.",
        ),
        core.PublicAddressNotInPackage: ErrorTemplate(
            "InvalidParameterValue.ResourceNotExisted",
            "The public address `{address_id}` is not in the bandwidth package `{package_id}`.",
        ),
        core.BandwidthPackageQuotaExceeded: ErrorTemplate(
            "LimitExceeded.BandwidthPackageQuota",
            "The quota of {limit} bandwidth packages in `{resource_id}` would be exceeded.",
        ),
        core.AddressesPerPackageExceeded: ErrorTemplate(
            "LimitExceeded.BandwidthPackageResourceQuota",
            "The bandwidth package `{resource_id}` can have at most {limit} public addresses.",
        ),
    }
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("CreateBandwidthPackage", core.TagQuotaExceeded): ErrorTemplate(
            "InvalidParameterValue.TagNotExisted", "A resource can have at most {limit} tags."
        ),
        ("AddBandwidthPackageResources", core.PublicAddressNotFound): _NO_EIP,
        ("RemoveBandwidthPackageResources", core.PublicAddressNotFound): _NO_EIP,
        ("AddBandwidthPackageResources", core.PublicAddressBusy): ErrorTemplate(
            "UnsupportedOperation.InstanceStateNotSupported", _EIP_STATE
        ),
        ("RemoveBandwidthPackageResources", core.PublicAddressBusy): ErrorTemplate(
            "FailedOperation.IpTypeNotPermit", _EIP_STATE
        ),
    }
)
