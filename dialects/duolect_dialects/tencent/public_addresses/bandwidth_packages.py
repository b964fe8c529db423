"""Bandwidth packages, which several public addresses can share: there are none here.

Source: the definitions in tccli.
"""

from typing import Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterCodes, vpc_action
from duolect_dialects.values import Count, Each

_CODES: Final = FilterCodes(coexist="InvalidParameterValue", unknown="InvalidParameter.InvalidFilter")
_FILTERS: Final = frozenset(
    {
        "bandwidth-package-id", "bandwidth-package-name", "network-type", "charge-type",
        "resource.resource-type", "resource.resource-id", "resource.address-ip", "tag-key", "tag-value",
    }
)  # fmt: skip


@attrs.frozen(kw_only=True)
class DescribeBandwidthPackages:
    """List bandwidth packages, of which there are none."""

    BandwidthPackageIds: tuple[str, ...] = param(
        Count(0, 100),
        Each(common.id_of("bwp")),
        default=(),
        code="InvalidParameterValue.BandwidthPackageIdMalformed",
    )
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_bandwidth_packages(_session: Session, request: DescribeBandwidthPackages) -> Body:
    """Find none, whichever are asked for."""
    if request.BandwidthPackageIds and request.Filters:
        raise Refusal(_CODES.coexist, "Ids and Filters cannot be used together.")
    for each in request.Filters:
        if each.Name not in _FILTERS and not each.Name.startswith("tag:"):
            raise common.no_filter(each.Name, _CODES)
    return {"TotalCount": 0, "BandwidthPackageSet": []}


@attrs.frozen(kw_only=True)
class DescribeNetworkAccountType:
    """Tell how the account is charged for bandwidth."""


@vpc_action(request=DescribeNetworkAccountType)
def describe_network_account_type(_session: Session, _request: DescribeNetworkAccountType) -> Body:
    """Tell that it is by public address, as with every account that was opened since June 2020."""
    return {"NetworkAccountType": "STANDARD"}
