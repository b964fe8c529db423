"""What the cloud offers: regions, zones and instance types.

Sources: the vendor's pages DescribeRegions, DescribeZones and DescribeInstanceTypes, and the models of its
Python SDK.
"""

from operator import ge, le
from typing import Any, Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.alibaba import common, regions
from duolect_dialects.alibaba.common import ecs_action, vpc_action
from duolect_dialects.alibaba.instances.type_views import instance_type
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, declared, ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

_BILLING: Final = "everything is offered under every way of billing"
_DISKS: Final = ("cloud_essd", "cloud_auto", "cloud_ssd", "cloud_efficiency")


_ENDPOINTS: Final = {"cn-hangzhou": "ecs.aliyuncs.com"}
"""Endpoints that do not name their region, in a recorded answer (2024), which has no Status either."""


@attrs.frozen(kw_only=True)
class DescribeRegions:
    """List all regions."""

    AcceptLanguage: str = param(OneOf("zh-CN", "en-US", "ja"), default="zh-CN")
    InstanceChargeType: str | None = ignored(
        OneOf("PrePaid", "PostPaid", "SpotWithPriceLimit", "SpotAsPriceGo"), note=_BILLING
    )
    ResourceType: str | None = ignored(
        OneOf("instance", "disk", "reservedinstance", "scu"), note="everything is offered everywhere"
    )


@ecs_action()
def describe_regions(_session: Session, request: DescribeRegions) -> Body:
    """List them under their vendor's endpoints."""
    return {
        "Regions": {
            "Region": [
                {
                    "RegionId": region_id,
                    "LocalName": regions.region_name(region_id, request.AcceptLanguage),
                    "RegionEndpoint": _ENDPOINTS.get(region_id, f"ecs.{region_id}.aliyuncs.com"),
                }
                for region_id in regions.REGIONS
            ]
        }
    }


@attrs.frozen(kw_only=True)
class DescribeVpcRegions:
    """List all regions, as VPC does."""

    AcceptLanguage: str = param(OneOf("zh-CN", "en-US"), default="zh-CN")
    ProductType: str | None = ignored(note="every product is in every region")


@vpc_action(name="DescribeRegions")
def describe_vpc_regions(_session: Session, request: DescribeVpcRegions) -> Body:
    """List them under their vendor's endpoints."""
    return {
        "Regions": {
            "Region": [
                {
                    "RegionId": region_id,
                    "LocalName": regions.region_name(region_id, request.AcceptLanguage),
                    "RegionEndpoint": f"vpc.{region_id}.aliyuncs.com",
                }
                for region_id in regions.REGIONS
            ]
        }
    }


@attrs.frozen(kw_only=True)
class DescribeZones:
    """List the zones of a region."""

    RegionId: str = required()
    AcceptLanguage: str = param(OneOf("zh-CN", "zh-TW", "en-US", "ja", "fr", "de", "ko"), default="zh-CN")
    InstanceChargeType: str | None = ignored(OneOf("PrePaid", "PostPaid"), note=_BILLING)
    SpotStrategy: str | None = ignored(
        OneOf("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"), note=_BILLING
    )
    Verbose: bool = param(default=True)


@ecs_action()
def describe_zones(session: Session, request: DescribeZones) -> Body:
    """List them with the instance types that are sold there."""
    region = session.call.region
    return {
        "Zones": {
            "Zone": [
                {
                    "ZoneId": zone_id,
                    "LocalName": regions.zone_name(region, zone_id, request.AcceptLanguage),
                    "ZoneType": "AvailabilityZone",
                    **_offer_of(session, zone_id, verbose=request.Verbose),
                }
                for zone_id in session.rules.zones
            ]
        }
    }


def _offer_of(session: Session, zone_id: str, *, verbose: bool) -> dict[str, Any]:
    rules = session.rules
    types = [each for each in rules.instance_types.values() if verbose and rules.sells(each.name, zone_id)]
    disks = list(_DISKS) if types else []
    return _offer([each.name for each in types], sorted({each.family for each in types}), disks)


def _offer(types: list[str], families: list[str], disks: list[str]) -> dict[str, Any]:
    """Return what a zone offers; without types, that is shown as nothing."""
    resources = {
        "IoOptimized": True,
        "InstanceTypes": {"supportedInstanceType": types},
        "InstanceTypeFamilies": {"supportedInstanceTypeFamily": families},
        "InstanceGenerations": {"supportedInstanceGeneration": []},
        "SystemDiskCategories": {"supportedSystemDiskCategory": disks},
        "DataDiskCategories": {"supportedDataDiskCategory": disks},
        "NetworkTypes": {"supportedNetworkCategory": ["vpc"]},
    }
    return {
        "AvailableInstanceTypes": {"InstanceTypes": types},
        "AvailableDiskCategories": {"DiskCategories": disks},
        "AvailableResourceCreation": {
            "ResourceTypes": ["VSwitch", "Instance", "IoOptimized", "Disk"] if types else []
        },
        "AvailableResources": {"ResourcesInfo": [resources] if types else []},
        "AvailableVolumeCategories": {"VolumeCategories": []},
        "AvailableDedicatedHostTypes": {"DedicatedHostType": []},
        "DedicatedHostGenerations": {"DedicatedHostGeneration": []},
    }


@attrs.frozen(kw_only=True)
class DescribeInstanceTypes:
    """List instance types; all criteria must hold."""

    AdditionalAttributes: tuple[str, ...] = ignored(
        default=(), note="selects extra parts; all parts are always shown"
    )
    CpuArchitecture: str | None = param(OneOf("X86", "ARM"))
    CpuArchitectures: tuple[str, ...] = param(Count(0, 100), default=())
    GPUSpec: str | None = param()
    GpuSpecs: tuple[str, ...] = param(Count(0, 100), default=())
    InstanceCategories: tuple[str, ...] = param(Count(0, 100), default=())
    InstanceCategory: str | None = param()
    InstanceFamilyLevel: str | None = param(OneOf("EntryLevel", "EnterpriseLevel", "CreditEntryLevel"))
    InstanceType: str | None = ignored(note=common.UNLISTED)
    InstanceTypeFamilies: tuple[str, ...] = param(Count(0, 100), default=())
    InstanceTypeFamily: str | None = param()
    InstanceTypes: tuple[str, ...] = param(Count(0, 100), default=())
    LocalStorageCategories: tuple[str, ...] = param(Count(0, 100), default=())
    LocalStorageCategory: str | None = param(OneOf("local_hdd_pro", "local_ssd_pro"))
    MaxResults: int = param(Between(1, 100), default=100)
    MaximumCpuCoreCount: int | None = param()
    MaximumCpuSpeedFrequency: float | None = param()
    MaximumCpuTurboFrequency: float | None = param()
    MaximumGPUAmount: int | None = param()
    MaximumMemorySize: float | None = param()
    MinimumBaselineCredit: int | None = param()
    MinimumCpuCoreCount: int | None = param()
    MinimumCpuSpeedFrequency: float | None = param()
    MinimumCpuTurboFrequency: float | None = param()
    MinimumDiskQuantity: int | None = param()
    MinimumEniIpv6AddressQuantity: int | None = param()
    MinimumEniPrivateIpAddressQuantity: int | None = param()
    MinimumEniQuantity: int | None = param()
    MinimumEriQuantity: int | None = param()
    MinimumGPUAmount: int | None = param()
    MinimumInitialCredit: int | None = param()
    MinimumInstanceBandwidthRx: int | None = param()
    MinimumInstanceBandwidthTx: int | None = param()
    MinimumInstancePpsRx: int | None = param()
    MinimumInstancePpsTx: int | None = param()
    MinimumLocalStorageAmount: int | None = param()
    MinimumLocalStorageCapacity: int | None = param()
    MinimumMemorySize: float | None = param()
    MinimumPrimaryEniQueueNumber: int | None = param()
    MinimumQueuePairNumber: int | None = param()
    MinimumSecondaryEniQueueNumber: int | None = param()
    NextToken: str | None = param()
    NvmeSupport: str | None = param(OneOf("required", "unsupported", "supported"))
    PhysicalProcessorModel: str | None = param()
    PhysicalProcessorModels: tuple[str, ...] = param(Count(0, 100), default=())
    SystemDiskCategory: str | None = ignored(note=common.UNLISTED)


_ONE_OF: Final = {
    "CpuArchitectures": "CpuArchitecture",
    "GpuSpecs": "GPUSpec",
    "InstanceCategories": "InstanceCategory",
    "InstanceTypeFamilies": "InstanceTypeFamily",
    "InstanceTypes": "InstanceTypeId",
    "LocalStorageCategories": "LocalStorageCategory",
    "PhysicalProcessorModels": "PhysicalProcessorModel",
}
"""Lists of which the named field of the answer must be a member."""
_EXACT: Final = (
    "CpuArchitecture", "GPUSpec", "InstanceCategory", "InstanceFamilyLevel", "InstanceTypeFamily",
    "LocalStorageCategory", "NvmeSupport", "PhysicalProcessorModel",
)  # fmt: skip
"""Fields that must be as given."""
_BOUNDS: Final = (("Minimum", ge), ("Maximum", le))
"""How a name of a bound begins; the rest of it is the name of the field."""


@ecs_action()
def describe_instance_types(session: Session, request: DescribeInstanceTypes) -> Body:
    """List one page; a token is where the next one begins."""
    named = frozenset(request.InstanceTypes)
    kinds = [each for name, each in session.rules.instance_types.items() if not named or name in named]
    found = [body for each in kinds if _is_wanted(body := instance_type(each), request)]
    start = 0 if request.NextToken is None else common.decode_token(request, request.NextToken)
    if start > len(found):
        raise Refusal("InvalidParameter", "The specified parameter NextToken is not valid.", 400)
    end = start + request.MaxResults
    return {
        "InstanceTypes": {"InstanceType": found[start:end]},
        "NextToken": common.encode_token(request, end) if end < len(found) else "",
    }


def _is_wanted(body: Body, request: DescribeInstanceTypes) -> bool:
    given = {
        field.name: value
        for field in attrs.fields(type(request))
        if declared(field).treatment is Treatment.SERVED
        and (value := getattr(request, field.name)) not in (None, ())
    }
    return (
        all(body[name] == given[name] for name in _EXACT if name in given)
        and all(body[field] in given[name] for name, field in _ONE_OF.items() if name in given)
        and all(
            compare(body.get(name.removeprefix(bound), 0), value)
            for bound, compare in _BOUNDS
            for name, value in given.items()
            if name.startswith(bound)
        )
    )
