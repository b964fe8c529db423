"""Finding cloud disks, and how many of them instances have.

Sources: the definitions of DescribeDisks and DescribeInstancesDiskNum in tccli. Local disks are no cloud
disks, and are not listed.
"""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cbs_action, no_filter
from duolect_dialects.tencent.disks import views
from duolect_dialects.tencent.interfaces.public_addresses import public_ips
from duolect_dialects.values import Coded, Count, Each, OneOf

WRONG: Final = "InvalidParameterValue"
CODES: Final = common.FilterCodes(coexist=WRONG, unknown="InvalidFilter")
Reading = Callable[[Session, Body], Collection[str]]
"""What of something shown a filter compares."""


@attrs.frozen(kw_only=True)
class CbsFilter:
    """One of Filters: any of its values may match."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 100), code=WRONG)


@attrs.frozen(kw_only=True)
class DescribeDisks:
    """List cloud disks: by ids, or by filters that must all match."""

    Filters: tuple[CbsFilter, ...] = param(Count(0, 10), default=(), code=WRONG)
    Limit: int = param(common.LIMIT, default=20, code=WRONG)
    OrderField: str | None = param(OneOf("CREATE_TIME", "DEADLINE"), note="no disk here has a deadline")
    Offset: int = param(common.OFFSET, default=0, code=WRONG)
    ReturnBindAutoSnapshotPolicy: bool = param(default=False)
    DiskIds: tuple[str, ...] = param(Count(0, 100), Each(common.DISK_ID), default=(), code=WRONG)
    Order: str = param(OneOf("ASC", "DESC"), default="DESC")


@cbs_action()
def describe_disks(session: Session, request: DescribeDisks) -> Body:
    """List one page, newest first unless asked otherwise, and the count of all."""
    if request.DiskIds and request.Filters:
        raise Refusal(CODES.coexist, "Ids and Filters cannot be used together.")
    disks = session.graph.disks
    held = (
        disks.values()
        if not request.DiskIds
        else [disks[each] for each in disks if each in request.DiskIds]
    )
    found = [views.disk(session, disk) for disk in held if views.is_listed(disk)]
    found = passing(session, found, request.Filters, _READINGS)
    if request.Order == "DESC":
        found.reverse()
    policies: list[str] | None = [] if request.ReturnBindAutoSnapshotPolicy else None
    return {
        "TotalCount": len(found),
        "DiskSet": [
            {**disk, "AutoSnapshotPolicyIds": policies}
            for disk in found[request.Offset : request.Offset + request.Limit]
        ],
    }


# -- filters -----------------------------------------------------------------------------------------------


def passing(
    session: Session, found: list[Body], filters: tuple[CbsFilter, ...], readings: Mapping[str, Reading]
) -> list[Body]:
    """Return what passes all filters.

    Raises:
        Refusal: there is no filter of a name.
    """
    for each in filters:
        read = _reading(each.Name, readings)
        found = [shown for shown in found if not {*read(session, shown)}.isdisjoint(each.Values)]
    return found


def field(name: str) -> Reading:
    """Return a reading of a text or number."""
    return lambda _session, shown: (str(shown[name]),)


def flag(name: str) -> Reading:
    """Return a reading of a truth, which a filter may spell small or large."""
    return lambda _session, shown: (str(shown[name]).upper(), str(shown[name]).lower())


def placed(name: str) -> Reading:
    """Return a reading of where something is."""
    return lambda _session, shown: (str(shown["Placement"][name]),)


def _nothing(_session: Session, _shown: Body) -> Collection[str]:
    """No disk here is in a dedicated cluster."""
    return ()


def _addresses(session: Session, shown: Body) -> Collection[str]:
    graph, instance_id = session.graph, shown["InstanceId"]
    if not instance_id:
        return ()
    primary = graph.interfaces[graph.primary_interfaces[instance_id]]
    return [*(format_ipv4(address.ip) for address in primary.ipv4), *public_ips(graph, primary)]


def _instance_name(session: Session, shown: Body) -> Collection[str]:
    instance_id = shown["InstanceId"]
    return (session.graph.instances[instance_id].name,) if instance_id else ()


_READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {
        "disk-usage": field("DiskUsage"),
        "disk-charge-type": field("DiskChargeType"),
        "portable": flag("Portable"),
        "project-id": placed("ProjectId"),
        "disk-id": field("DiskId"),
        "disk-name": field("DiskName"),
        "disk-type": field("DiskType"),
        "disk-state": field("DiskState"),
        "instance-id": field("InstanceId"),
        "zone": placed("Zone"),
        "instance-ip-address": _addresses,
        "instance-name": _instance_name,
        "tag-key": lambda _session, shown: [tag["Key"] for tag in shown["Tags"]],
        "tag-value": lambda _session, shown: [tag["Value"] for tag in shown["Tags"]],
        "dedicated-cluster-id": _nothing,
        "cluster-group-id": _nothing,
    }
)
"""What of a disk each filter compares."""


def _reading(name: str, readings: Mapping[str, Reading]) -> Reading:
    if name.startswith("tag:"):
        key = name.removeprefix("tag:")
        return lambda _session, shown: [tag["Value"] for tag in shown["Tags"] if tag["Key"] == key]
    if name not in readings:
        raise no_filter(name, CODES)
    return readings[name]


# -- how many ----------------------------------------------------------------------------------------------

_MOST: Final = 20
"""Where the settings set no limit."""


@attrs.frozen(kw_only=True)
class DescribeInstancesDiskNum:
    """Count the data disks of instances."""

    InstanceIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), Each(common.INSTANCE_ID), code=WRONG
    )


@cbs_action()
def describe_instances_disk_num(session: Session, request: DescribeInstancesDiskNum) -> Body:
    """Return how many cloud disks each instance has beside its system disk, and how many it could have."""
    graph, limit = session.graph, session.rules.quotas.disks_per_instance
    return {
        "AttachDetail": [
            {
                "InstanceId": instance.id,
                "AttachedDiskCount": sum(
                    disk.kind is DiskKind.DATA and views.is_cloud(disk)
                    for disk in graph.disks_of(instance.id)
                ),
                "MaxAttachCount": _MOST if limit is None else limit,
            }
            for instance in [lookup.instance(graph, each) for each in dict.fromkeys(request.InstanceIds)]
        ]
    }
