"""The vendor's errors for common bandwidth packages.

Sources: the pages of the actions on them.
"""

from types import MappingProxyType
from typing import Final

import attrs

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_BUSY: Final = "The bandwidth package {package_id} is {state}, not Available."
_NO_EIP: Final = not_found("InvalidIpInstanceId.NotFound", "EIP")
_NOT_IN_IT: Final = "OperationUnsupported.IpNotInCbwp"

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.BandwidthPackageNotFound: not_found("InvalidBandwidthPackageId.NotFound", "bandwidth package"),
        core.BandwidthPackageBusy: ErrorTemplate("BandwidthPackageOperation.conflict", _BUSY, 400),
        core.BandwidthPackageProtected: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            "The bandwidth package {package_id} is protected against deletion.",
            400,
        ),
        core.BandwidthPackageHoldsAddresses: ErrorTemplate(
            "OperationFailed.BandwidthPackageNotEmpty",
            "The EIP {held_by} is still in the bandwidth package {resource_id}.",
            400,
        ),
        core.PublicAddressInPackage: ErrorTemplate(
            "IpInstanceId.AlreadyInBandwidthPackage",
            "The EIP {address_id} is in the bandwidth package {package_id} already.",
            400,
        ),
        core.PublicAddressNotInPackage: ErrorTemplate(
            _NOT_IN_IT, "The EIP {address_id} is not in the bandwidth package {package_id}.", 400
        ),
        core.BandwidthPackageQuotaExceeded: quota(
            "BandwidthPackage.QuotaExceeded", "bandwidth packages in {resource_id}", 400
        ),
        core.AddressesPerPackageExceeded: quota(
            "IpInstanceId.QuotaExceeded", "EIPs in the bandwidth package {resource_id}", 400
        ),
    }
)

_OF_EIPS: Final[ErrorTable] = MappingProxyType(
    {
        core.PublicAddressNotFound: _NO_EIP,
        core.PublicAddressBusy: ErrorTemplate(
            "IncorrectStatus.Eip", "The EIP {address_id} is {state}; the operation needs {allowed}.", 400
        ),
    }
)
"""What the actions on bandwidth packages say of EIPs."""
_ABOUT_EIPS: Final = (
    "AddCommonBandwidthPackageIp",
    "AddCommonBandwidthPackageIps",
    "ModifyCommonBandwidthPackageIpBandwidth",
    "CancelCommonBandwidthPackageIpBandwidth",
    "RemoveCommonBandwidthPackageIp",
)
_NONE_THERE: Final = ErrorTemplate(
    _NOT_IN_IT, "The EIP {resource_id} is not in the bandwidth package.", 400
)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("ModifyCommonBandwidthPackageSpec", core.BandwidthPackageBusy): ErrorTemplate(
            "IncorrectStatus.CbwpModifying", _BUSY, 400
        ),
        **for_actions(_ABOUT_EIPS, _OF_EIPS),
        ("AddCommonBandwidthPackageIps", core.PublicAddressNotFound): attrs.evolve(_NO_EIP, status=400),
        ("RemoveCommonBandwidthPackageIp", core.PublicAddressNotFound): _NONE_THERE,
    }
)
