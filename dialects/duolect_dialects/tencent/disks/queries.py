"""Cloud disks: those that instances come with. They live and go with their instances.

Source: the definition of DescribeDisks in tccli. Local disks are no cloud disks, and are not listed. What
is empty or null was recorded so from disks that are paid by the hour, in 2022 (cloud-custodian,
tools/c7n_tencentcloud/tests/cassettes, test_tc_cbs).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.resources import Instance
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import chinese, common
from duolect_dialects.tencent.common import cbs_action, no_filter
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.interfaces.public_addresses import public_ips
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.tags.disk_tags import disk_tags
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import Count, Each, OneOf

_WRONG: Final = "InvalidParameterValue"
_CODES: Final = common.FilterCodes(coexist=_WRONG, unknown="InvalidFilter")


@attrs.frozen(kw_only=True)
class DiskFilter:
    """One of Filters: any of its values may match."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 100), code=_WRONG)


@attrs.frozen(kw_only=True)
class DescribeDisks:
    """List cloud disks: by ids, or by filters that must all match."""

    Filters: tuple[DiskFilter, ...] = param(Count(0, 10), default=(), code=_WRONG)
    Limit: int = param(common.LIMIT, default=20, code=_WRONG)
    OrderField: str | None = param(OneOf("CREATE_TIME", "DEADLINE"), note="no disk here has a deadline")
    Offset: int = param(common.OFFSET, default=0, code=_WRONG)
    ReturnBindAutoSnapshotPolicy: bool = param(default=False)
    DiskIds: tuple[str, ...] = param(Count(0, 100), Each(common.id_of("disk")), default=(), code=_WRONG)
    Order: str = param(OneOf("ASC", "DESC"), default="DESC")


@cbs_action()
def describe_disks(session: Session, request: DescribeDisks) -> Body:
    """List one page, newest first unless asked otherwise, and the count of all."""
    if request.DiskIds and request.Filters:
        raise Refusal(_CODES.coexist, "Ids and Filters cannot be used together.")
    found = list(_disks(session))
    if request.DiskIds:
        found = [disk for disk in found if disk.shown["DiskId"] in request.DiskIds]
    for each in request.Filters:
        read = _reading(each.Name)
        found = [disk for disk in found if not {*read(session, disk)}.isdisjoint(each.Values)]
    if request.Order == "DESC":
        found.reverse()
    policies: list[str] | None = [] if request.ReturnBindAutoSnapshotPolicy else None
    return {
        "TotalCount": len(found),
        "DiskSet": [
            {**disk.shown, "AutoSnapshotPolicyIds": policies}
            for disk in found[request.Offset : request.Offset + request.Limit]
        ],
    }


@attrs.frozen
class _Disk:
    """A disk as it is shown, and its instance."""

    shown: Body
    instance: Instance


def _disks(session: Session) -> Iterator[_Disk]:
    """Yield the cloud disks of all instances, oldest first."""
    in_chinese = session.call.language == chinese.LANGUAGE
    for instance in session.graph.instances.values():
        disks = [instance_views.system_disk(instance), *instance_views.data_disks(instance)]
        for number, disk in enumerate(disks):
            if disk["DiskType"].startswith("CLOUD"):
                yield _Disk(_view(instance, disk, is_system=number == 0, in_chinese=in_chinese), instance)


# -- filters -----------------------------------------------------------------------------------------------

_Reading = Callable[[Session, _Disk], Collection[str]]


def _field(name: str) -> _Reading:
    return lambda _session, disk: (str(disk.shown[name]),)


def _nothing(_session: Session, _disk: _Disk) -> Collection[str]:
    """No disk here is in a dedicated cluster."""
    return ()


def _addresses(session: Session, disk: _Disk) -> Collection[str]:
    graph = session.graph
    primary = instance_views.primary_interface(graph, disk.instance)
    return [*(format_ipv4(address.ip) for address in primary.ipv4), *public_ips(graph, primary)]


_READINGS: Final[Mapping[str, _Reading]] = MappingProxyType(
    {
        "disk-usage": _field("DiskUsage"),
        "disk-charge-type": _field("DiskChargeType"),
        "portable": lambda _session, disk: (str(disk.shown["Portable"]).upper(),),
        "project-id": lambda _session, disk: (str(disk.shown["Placement"]["ProjectId"]),),
        "disk-id": _field("DiskId"),
        "disk-name": _field("DiskName"),
        "disk-type": _field("DiskType"),
        "disk-state": _field("DiskState"),
        "instance-id": _field("InstanceId"),
        "zone": lambda _session, disk: (disk.instance.zone,),
        "instance-ip-address": _addresses,
        "instance-name": lambda _session, disk: (disk.instance.name,),
        "tag-key": lambda _session, disk: [tag["Key"] for tag in disk.shown["Tags"]],
        "tag-value": lambda _session, disk: [tag["Value"] for tag in disk.shown["Tags"]],
        "dedicated-cluster-id": _nothing,
        "cluster-group-id": _nothing,
    }
)
"""What of a disk each filter compares."""


def _reading(name: str) -> _Reading:
    if name.startswith("tag:"):
        key = name.removeprefix("tag:")
        return lambda _session, disk: [tag["Value"] for tag in disk.shown["Tags"] if tag["Key"] == key]
    if name not in _READINGS:
        raise no_filter(name, _CODES)
    return _READINGS[name]


# -- the view ----------------------------------------------------------------------------------------------

_EVERY_DISK: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "RenewFlag": "",
        "DiskState": "ATTACHED",
        "SnapshotCount": 0,
        "AutoRenewFlagError": False,
        "Rollbacking": False,
        "BackupDisk": False,
        "Tags": [],
        "AttachMode": "PF",
        "Migrating": False,
        "SnapshotSize": 0,
        "IsReturnable": False,
        "DeadlineTime": "",
        "Attached": True,
        "MigratePercent": 0,
        "DiskChargeType": instance_views.POSTPAID,
        "SnapshotAbility": True,
        "DeadlineError": False,
        "RollbackPercent": 0,
        "DifferDaysOfDeadline": None,
        # A disk that is paid for by the hour cannot be given back.
        "ReturnFailCode": 10,
        "Shareable": False,
        "DeleteSnapshot": 0,
        "DiskBackupQuota": 0,
        "DiskBackupCount": 0,
        "InstanceType": "CVM",
        "ErrorPrompt": "",
        "EncryptType": "",
        # No document has these three; nothing has been done with a disk that came with its instance.
        "LatestOperation": "",
        "LatestOperationState": "",
        "LatestOperationRequestId": "",
    }
)
_UNNAMED: Final = "Unnamed"
_DEFAULT_PROJECT: Final = 0


def _view(of: Instance, disk: Body, *, is_system: bool, in_chinese: bool) -> Body:
    project = instance_views.project(of)
    return {
        **_EVERY_DISK,
        "DiskId": disk["DiskId"],
        "DiskName": disk["DiskName"] or _default_name(of, is_system=is_system),
        "DiskType": disk["DiskType"],
        "DiskSize": disk["DiskSize"],
        "DiskUsage": "SYSTEM_DISK" if is_system else "DATA_DISK",
        "Portable": not is_system,
        "DeleteWithInstance": disk.get("DeleteWithInstance", True),
        "Encrypt": disk["Encrypt"],
        "KmsKeyId": disk["KmsKeyId"] or "",
        "ThroughputPerformance": disk.get("ThroughputPerformance") or 0,
        "BurstPerformance": disk.get("BurstPerformance", False),
        "Tags": tags(disk_tags(of, disk["DiskId"])),
        "CreateTime": local_time(of.created),
        "InstanceId": of.id,
        "InstanceIdList": [of.id],
        "LastAttachInsId": of.id,
        "Placement": {
            "Zone": of.zone,
            "CageId": "",
            "CdcId": "",
            "CdcName": "",
            "DedicatedClusterId": None,
            "ProjectId": project,
            "ProjectName": _project_name(project, in_chinese=in_chinese),
        },
    }


def _default_name(of: Instance, *, is_system: bool) -> str:
    """Return what a disk is called that was given no name: a system disk is called after its instance.

    Both forms were recorded; that the second is for what has no name at all is assumed.
    """
    is_named = is_system and of.name != instance_views.DEFAULT_NAME
    return f"{of.name}_SYSTEM_DISK" if is_named else _UNNAMED


def _project_name(project: int, *, in_chinese: bool) -> str:
    """Return the name of a project: only the default one has one here."""
    if project != _DEFAULT_PROJECT:
        return ""
    return "默认项目" if in_chinese else "Default Project"
