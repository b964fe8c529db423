"""What can be bought: families of instance types, and stock.

Every zone has everything in stock that the settings let it sell, but for what a condition says is sold out.

Sources: the vendor's pages DescribeInstanceTypeFamilies and DescribeAvailableResource, and the models of
its Python SDK.
"""

import re
from collections.abc import Iterable, Mapping
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
    types = list(_types(session, request))
    zones = [each for each in session.rules.zones if request.ZoneId in {None, each}]
    shown = [_zone(session, request, zone, types) for zone in zones]
    return {"AvailableZones": {"AvailableZone": [each for each in shown if each]}}


def _zone(
    session: Session, request: DescribeAvailableResource, zone: str, types: list[InstanceType]
) -> Body:
    """Return what a zone has, or nothing where it has nothing; it is sold out where all types are."""
    sold = [each.name for each in types if session.rules.sells(each.name, zone)]
    stock = {name: stock_of(session, name, zone) for name in sold}
    resources = _resources(request, zone, stock)
    if not resources:
        return {}
    return {
        "RegionId": session.call.region,
        "ZoneId": zone,
        **_overall(stock),
        "AvailableResources": {
            "AvailableResource": [
                {
                    "Type": request.DestinationResource,
                    "SupportedResources": {"SupportedResource": resources},
                }
            ]
        },
    }


_IN_STOCK: Final[Body] = {"Status": "Available", "StatusCategory": "WithStock"}
_SOLD_OUT: Final[Body] = {"Status": "SoldOut", "StatusCategory": "WithoutStock"}


def stock_of(session: Session, type_name: str, zone: str) -> Body:
    """Return how answers say whether a type is in stock in a zone."""
    return _SOLD_OUT if session.is_short(type_name, zone) else _IN_STOCK


def _overall(stock: Mapping[str, Body]) -> Body:
    """Return the stock of a zone in which these types have these stocks."""
    return _IN_STOCK if _IN_STOCK in stock.values() else _SOLD_OUT


def _resources(request: DescribeAvailableResource, zone: str, stock: Mapping[str, Body]) -> list[Body]:
    """Return what a zone has of the kind that is asked for; nothing where the rest does not fit."""
    kind = request.DestinationResource
    if not stock or request.IoOptimized == "none" or request.NetworkCategory == "classic":
        return []
    if kind == "InstanceType":
        return [_resource(name, its) for name, its in stock.items()]
    if kind in {"SystemDisk", "DataDisk"}:
        return _disks(kind, request)
    values = {"Zone": zone, "IoOptimized": "optimized", "Network": "vpc"}
    return [_resource(values[kind], _overall(stock))] if kind in values else []


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


def _resource(value: str, stock: Body) -> Body:
    return {
        "Value": value,
        **stock,
        "Min": 0,
        "Max": 0,
        "Unit": "",
    }
