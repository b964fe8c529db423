"""What can be bought: families of instance types, and stock.

Every zone has everything that the region offers in stock.

Sources: the vendor's pages DescribeInstanceTypeFamilies and DescribeAvailableResource, and the models of
its Python SDK.
"""

import re
from collections.abc import Iterable
from typing import Final

import attrs

from duolect_core.model.rules import InstanceType
from duolect_dialects.action import Body
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances import disks
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import OneOf

_BILLING: Final = "everything is offered under every way of billing"
_DISKS: Final = OneOf(*disks.CATEGORIES, "ephemeral_ssd")
_GENERATIONS: Final = ("ecs-1", "ecs-2", "ecs-3", "ecs-4", "ecs-5", "ecs-6")
_OLDEST: Final = 3
"""The generation of families whose number is 4 or less, and of those without one."""
_LAST_OF_OLDEST: Final = 4


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceTypeFamilies:
    """List the families of instance types."""

    RegionId: str = required()
    Generation: str | None = param(OneOf(*_GENERATIONS))


@ecs_action()
def describe_instance_type_families(session: Session, request: DescribeInstanceTypeFamilies) -> Body:
    """List them."""
    families = sorted({each.family for each in session.rules.instance_types.values()})
    shown = [{"InstanceTypeFamilyId": each, "Generation": _generation(each)} for each in families]
    wanted = [each for each in shown if request.Generation in {None, each["Generation"]}]
    return {"InstanceTypeFamilies": {"InstanceTypeFamily": wanted}}


def _generation(family: str) -> str:
    """Return the generation of a family, by the number in its name: ecs.g6 is of ecs-5."""
    number = re.search(r"\d+", family)
    later = max(int(number[0]) - _LAST_OF_OLDEST, 0) if number else 0
    return _GENERATIONS[min(_OLDEST - 1 + later, len(_GENERATIONS) - 1)]


@attrs.frozen(kw_only=True, slots=False)
class DescribeAvailableResource:
    """List what is in stock, zone by zone."""

    RegionId: str = required()
    DestinationResource: str = required(
        OneOf("Zone", "IoOptimized", "InstanceType", "Network", "ddh", "SystemDisk", "DataDisk")
    )
    Cores: int | None = param(note="of instance types")
    DataDiskCategory: str | None = param(_DISKS)
    DedicatedHostId: str | None = ignored(note="every dedicated host exists, and has what its zone has")
    InstanceChargeType: str | None = ignored(OneOf("PrePaid", "PostPaid"), note=_BILLING)
    InstanceType: str | None = param()
    IoOptimized: str = param(OneOf("none", "optimized"), default="optimized")
    Memory: float | None = param(note="of instance types")
    NetworkCategory: str | None = param(OneOf("vpc", "classic"))
    ResourceType: str | None = param(OneOf("instance", "disk", "reservedinstance", "ddh"))
    Scope: str | None = ignored(OneOf("Region", "Zone"), note=_BILLING)
    SpotDuration: int | None = ignored(note=_BILLING)
    SpotStrategy: str | None = ignored(
        OneOf("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"), note=_BILLING
    )
    SystemDiskCategory: str | None = param(_DISKS)
    ZoneId: str | None = param()


@ecs_action()
def describe_available_resource(session: Session, request: DescribeAvailableResource) -> Body:
    """List the zones that have what is asked for. A zone without it is left out."""
    kind = request.DestinationResource
    if kind in {"SystemDisk", "DataDisk"} and request.ResourceType != "disk" and not request.InstanceType:
        raise missing("InstanceType")
    resources = _resources(session, request)
    zones = [each for each in session.rules.zones if request.ZoneId in {None, each}]
    return {
        "AvailableZones": {
            "AvailableZone": [_zone(session, zone, kind, resources) for zone in zones if resources]
        }
    }


def _zone(session: Session, zone: str, kind: str, resources: list[Body]) -> Body:
    mine = [{**each, "Value": zone} for each in resources] if kind == "Zone" else resources
    return {
        "RegionId": session.call.region,
        "ZoneId": zone,
        "Status": "Available",
        "StatusCategory": "WithStock",
        "AvailableResources": {
            "AvailableResource": [{"Type": kind, "SupportedResources": {"SupportedResource": mine}}]
        },
    }


def _resources(session: Session, request: DescribeAvailableResource) -> list[Body]:
    """Return what every zone has of the kind that is asked for; nothing where the rest does not fit."""
    kind = request.DestinationResource
    types = list(_types(session, request))
    if not types or request.IoOptimized == "none" or request.NetworkCategory == "classic":
        return []
    if kind == "InstanceType":
        return [_resource(each.name) for each in types]
    if kind in {"SystemDisk", "DataDisk"}:
        return _disks(kind, request)
    values = {"Zone": "", "IoOptimized": "optimized", "Network": "vpc"}
    return [_resource(values[kind])] if kind in values else []


def _types(session: Session, request: DescribeAvailableResource) -> Iterable[InstanceType]:
    for each in session.rules.instance_types.values():
        if (
            request.InstanceType in {None, each.name}
            and request.Cores in {None, each.cpu}
            and request.Memory in {None, each.memory_gib}
        ):
            yield each


def _disks(kind: str, request: DescribeAvailableResource) -> list[Body]:
    wanted = request.SystemDiskCategory if kind == "SystemDisk" else request.DataDiskCategory
    sizes = {
        name: gives.system if kind == "SystemDisk" else gives.data
        for name, gives in disks.CATEGORIES.items()
    }
    return [
        {"Value": name, "Status": "Available", "Min": low, "Max": high, "Unit": "GiB"}
        for name, (low, high) in sizes.items()
        if wanted in {None, name}
    ]


def _resource(value: str) -> Body:
    return {
        "Value": value,
        "Status": "Available",
        "StatusCategory": "WithStock",
        "Min": 0,
        "Max": 0,
        "Unit": "",
    }
