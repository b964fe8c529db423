"""What an image or an instance leaves of the instance types and disks to choose from.

Sources: the vendor's pages DescribeImageSupportInstanceTypes and DescribeResourcesModification, and the
models of its Python SDK.
"""

from typing import Final

import attrs

from duolect_core.model.rules import InstanceType
from duolect_dialects.action import Body
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.alibaba.instances import disks
from duolect_dialects.alibaba.instances.offers import stock_of
from duolect_dialects.alibaba.instances.type_views import instance_type
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Count, OneOf

_ANY: Final = "every type that is in stock can be had for every change"


@attrs.frozen(kw_only=True)
class ImageFilter:
    """One Filter.N: an image, in another way."""

    Key: str | None = param(OneOf("imageId", "imageid", "imagid", "filter"))
    Value: str | None = param()


@attrs.frozen(kw_only=True)
class DescribeImageSupportInstanceTypes:
    """List the instance types that an image runs on."""

    RegionId: str = required()
    ActionType: str | None = ignored(
        OneOf("CreateEcs", "Upgrade", "Downgrade", "RenewDowngrade"), note=_ANY
    )
    Filter: tuple[ImageFilter, ...] = param(Count(0, 10), default=())
    ImageId: str | None = param(note="without one, every type is listed")


@ecs_action()
def describe_image_support_instance_types(
    session: Session, request: DescribeImageSupportInstanceTypes
) -> Body:
    """List those whose processors the image is made for."""
    image_id = request.ImageId or next((each.Value for each in request.Filter if each.Value), None)
    wanted = None if image_id is None else "ARM" if images.of(session, image_id).arm else "X86"
    return {
        "ImageId": image_id or "",
        "RegionId": session.call.region,
        "InstanceTypes": {
            "InstanceType": [
                {
                    "InstanceTypeId": each.name,
                    "InstanceTypeFamily": each.family,
                    "CpuCoreCount": each.cpu,
                    "MemorySize": float(each.memory_gib),
                }
                for each in session.rules.instance_types.values()
                if wanted in {None, instance_type(each)["CpuArchitecture"]}
            ]
        },
    }


@attrs.frozen(kw_only=True)
class DescribeResourcesModification:
    """List what an instance can be changed into."""

    RegionId: str = required()
    DestinationResource: str = required(
        OneOf("InstanceType", "SystemDisk"), code="Invalid.DestinationResource"
    )
    ResourceId: str = required(note="an instance")
    Conditions: tuple[str, ...] = ignored(Count(0, 10), default=(), note=_ANY)
    Cores: int | None = param()
    InstanceType: str | None = param()
    Memory: float | None = param()
    MigrateAcrossZone: bool | None = ignored(note="an instance stays in its zone")
    OperationType: str | None = ignored(
        OneOf("Upgrade", "Downgrade", "RenewDowngrade", "RenewModify"), note=_ANY
    )
    ZoneId: str | None = param()


@ecs_action()
def describe_resources_modification(session: Session, request: DescribeResourcesModification) -> Body:
    """List it for the zone of the instance: every other type, or every category of system disks."""
    kind = request.DestinationResource
    instance = session.graph.instances.get(request.ResourceId)
    if instance is None:
        raise Refusal(
            "InvalidResourceId.NotFound", f"The resource {request.ResourceId} does not exist.", 404
        )
    if kind == "SystemDisk":
        if request.InstanceType is None:
            raise missing("InstanceType")
        for name in ("Cores", "Memory"):
            if getattr(request, name) is not None:
                raise Refusal(f"InvalidParam.{name}", f"The parameter {name} should be empty.", 403)
        supported = [_supported(name, gives.system, "GiB") for name, gives in disks.CATEGORIES.items()]
    else:
        supported = [
            {
                **_supported(each.name, (0, 0), ""),
                **stock_of(session, each.name, instance.zone),
            }
            for each in session.rules.instance_types.values()
            if each.name != instance.type_name
            and _is_wanted(each, request)
            and session.rules.sells(each.name, instance.zone)
        ]
    zone = {
        "RegionId": session.call.region,
        "ZoneId": instance.zone,
        "Status": "Available",
        "StatusCategory": "WithStock",
        "AvailableResources": {
            "AvailableResource": [
                {
                    "Type": kind,
                    "SupportedResources": {"SupportedResource": supported},
                    "ConditionSupportedResources": {"ConditionSupportedResource": []},
                }
            ]
        },
    }
    here = supported and request.ZoneId in {None, instance.zone}
    return {"AvailableZones": {"AvailableZone": [zone] if here else []}}


def _is_wanted(offered: InstanceType, request: DescribeResourcesModification) -> bool:
    return (
        request.InstanceType in {None, offered.name}
        and request.Cores in {None, offered.cpu}
        and request.Memory in {None, offered.memory_gib}
    )


def _supported(value: str, sizes: tuple[int, int], unit: str) -> Body:
    low, high = sizes
    return {
        "Value": value,
        "Status": "Available",
        "StatusCategory": "WithStock",
        "Min": low,
        "Max": high,
        "Unit": unit,
    }
