"""Which cloud disks are sold, alone and with instances.

Sources: the definition of DescribeDiskConfigQuota in tccli; sizes from the vendor's page on the types of
cloud disks (362/2353). All types of disks are offered in all zones and with all families; a zone that is
sold out has none available. Nothing here is paid for in advance, so no such offer is listed.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import regions
from duolect_dialects.tencent.common import cbs_action
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.values import Between, OneOf
from duolect_dialects.wording import Message

_WITH_INSTANCES: Final = "INQUIRY_CVM_CONFIG"
_SYSTEM: Final = "SYSTEM_DISK"
_USAGES: Final = (_SYSTEM, "DATA_DISK")
SMALLEST: Final[Mapping[str, int]] = MappingProxyType(
    {"CLOUD_PREMIUM": 10, "CLOUD_BSSD": 10, "CLOUD_SSD": 20, "CLOUD_HSSD": 20}
)
"""The types of disks that are sold, with the smallest size of a data disk in GiB."""
_SMALLEST_SYSTEM: Final = 20
_LARGEST_SYSTEM: Final = 2048
_LARGEST_DATA: Final = 32000
_COUNT: Final = Between(0, 2**31 - 1)
_WRONG: Final = "InvalidParameterValue"

_PRICE: Final[Mapping[str, Any]] = MappingProxyType(
    dict.fromkeys(
        (
            "UnitPrice",
            "UnitPriceDiscount",
            "UnitPriceHigh",
            "UnitPriceDiscountHigh",
            "OriginalPrice",
            "OriginalPriceHigh",
            "DiscountPrice",
            "DiscountPriceHigh",
            "ChargeUnit",
        )
    )
)
"""No public answer shows what disks cost; the definition allows null for each."""


@attrs.frozen(kw_only=True)
class DescribeDiskConfigQuota:
    """List what disks are sold."""

    InquiryType: str = required(OneOf("INQUIRY_CBS_CONFIG", _WITH_INSTANCES), code=_WRONG)
    DiskChargeType: str | None = param(OneOf("PREPAID", instance_views.POSTPAID), code=_WRONG)
    InstanceFamilies: tuple[str, ...] = param(default=())
    DiskTypes: tuple[str, ...] = param(default=())
    Zones: tuple[str, ...] = param(default=())
    Memory: int | None = param(_COUNT, code=_WRONG)
    DiskUsage: str | None = param(OneOf(*_USAGES), code=_WRONG)
    CPU: int | None = param(_COUNT, code=_WRONG)
    DedicatedClusterId: str | None = refused("there are no dedicated clusters")


@cbs_action()
def describe_disk_config_quota(session: Session, request: DescribeDiskConfigQuota) -> Body:
    """List each type of disk in each zone; with instances, also for each family that has a fitting type."""
    region = session.rules.region
    zones = _wanted((*session.rules.zones, *regions.sold_out(region)), request.Zones)
    usages = _wanted(_USAGES, (request.DiskUsage,) if request.DiskUsage else ())
    return {
        "DiskConfigSet": [
            _offer(zone, family, disk_type, usage, is_available=zone in session.rules.zones)
            for zone in zones
            for family in _families(session, request)
            for disk_type in _wanted(SMALLEST, request.DiskTypes)
            for usage in usages
            if request.DiskChargeType in {None, instance_views.POSTPAID}
        ]
    }


def check_size(disk_type: str, size: int) -> None:
    """Raise ``Refusal`` where no data disk of a type is of a size."""
    low = SMALLEST[disk_type]
    if not low <= size <= _LARGEST_DATA:
        message = Message("Such a disk must have {low} to {high} GiB.", low=low, high=_LARGEST_DATA)
        raise Refusal(_WRONG, message)


def _wanted(known: Iterable[str], named: tuple[str, ...]) -> list[str]:
    """Return what is known and, where something is named, named too."""
    return [each for each in known if not named or each in named]


def _families(session: Session, request: DescribeDiskConfigQuota) -> list[str] | list[None]:
    """Return the families that are asked for; None where a disk is wanted alone."""
    if request.InquiryType != _WITH_INSTANCES:
        return [None]
    kinds = session.rules.instance_types.values()
    fitting = dict.fromkeys(
        kind.family
        for kind in kinds
        if request.CPU in {None, kind.cpu} and request.Memory in {None, kind.memory_gib}
    )
    return _wanted(fitting, request.InstanceFamilies)


def _offer(zone: str, family: str | None, disk_type: str, usage: str, *, is_available: bool) -> Body:
    is_system = usage == _SYSTEM
    return {
        "Available": is_available,
        "DiskChargeType": instance_views.POSTPAID,
        "Zone": zone,
        "InstanceFamily": family,
        "DiskType": disk_type,
        "StepSize": 1,
        "ExtraPerformanceRange": None,
        "DeviceClass": None,
        "DiskUsage": usage,
        "MinDiskSize": _SMALLEST_SYSTEM if is_system else SMALLEST[disk_type],
        "MaxDiskSize": _LARGEST_SYSTEM if is_system else _LARGEST_DATA,
        "Price": dict(_PRICE),
    }
