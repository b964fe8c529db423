"""Disks that are there: made larger, and called something else.

Source: the definitions in tccli. A disk is changed at once; it is never seen EXPANDING. System disks belong
to their instances and are made larger with cvm, data disks are elastic and are made larger with cbs.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from duolect_core.errors import InstanceWrongState
from duolect_core.instances.changes import ModifyInstances, RecordChange, ResizeInstances
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.model.resources import Instance
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cbs_action, cvm_action
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.instances.parameters import GUEST
from duolect_dialects.values import AtMost, Between, Coded, Count, Each
from duolect_dialects.wording import Message

_WRONG: Final = "InvalidParameterValue"
_DISK_ID: Final = common.id_of("disk")
_SIZE: Final = Between(1, 32000)
_LARGEST_SYSTEM: Final = Between(1, 2048)
_RESIZE: Final = "ResizeInstanceDisks"


def _smaller(size: int) -> Refusal:
    message = Message("The disk has {size} GiB and can only be made larger.", size=size)
    return Refusal(_WRONG, message)


# -- with the instance -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ResizedSystemDiskParam:
    """The system disk, of which only the size is changed."""

    DiskSize: int | None = param(_LARGEST_SYSTEM, code=_WRONG)
    DiskId: str | None = param(_DISK_ID, code=_WRONG)
    DiskType: str | None = param(note="must be the type that the disk has")
    CdcId: str | None = refused("there are no dedicated clusters", code=_WRONG)
    DiskName: str | None = ignored(note="only the size is changed")
    Encrypt: bool | None = ignored(note="only the size is changed")
    KmsKeyId: str | None = ignored(note="only the size is changed")


@attrs.frozen(kw_only=True)
class ResizeInstanceDisks:
    """Make the system disk of an instance larger."""

    InstanceId: str = required(common.INSTANCE_ID, code="InvalidInstanceId.Malformed")
    DataDisks: Any = refused(
        "the data disks of instances are elastic", code="UnsupportedOperation.InvalidDataDisk"
    )
    ForceStop: bool = param(default=False, note=GUEST)
    SystemDisk: ResizedSystemDiskParam | None = param(note="required, since no data disk can be changed so")
    ResizeOnline: bool = param(default=False)


@cvm_action()
def resize_instance_disks(session: Session, request: ResizeInstanceDisks) -> Body:
    """Make the disk larger. What runs is rebooted, unless it is done online."""
    if request.SystemDisk is None:
        raise Refusal("MissingParameter.AtLeastOne", "One of `DataDisks` and `SystemDisk` must be named.")
    found = lookup.instance(session.graph, request.InstanceId)
    if found.state not in STEADY_INSTANCE:
        raise InstanceWrongState(found.id, found.state, STEADY_INSTANCE)
    if request.SystemDisk.DiskSize is None:
        raise request_errors.missing("SystemDisk.DiskSize")
    _check_system_disk(found, request.SystemDisk, request.SystemDisk.DiskSize)
    runs = found.state is InstanceState.RUNNING
    if runs and not (request.ForceStop or request.ResizeOnline):
        raise InstanceWrongState(found.id, found.state, (InstanceState.STOPPED,))
    extras = _system_disk(found, {"DiskSize": request.SystemDisk.DiskSize})
    if runs and not request.ResizeOnline:
        session.execute(
            ResizeInstances(
                instance_ids=(found.id,),
                type_name=found.type_name,
                restart=True,
                extras=extras,
                detail=_RESIZE,
            )
        )
    else:
        session.execute(ModifyInstances(instance_ids=(found.id,), extras=extras, allowed=STEADY_INSTANCE))
        session.execute(RecordChange(instance_ids=(found.id,), detail=_RESIZE))
    return {}


def _check_system_disk(of: Instance, wanted: ResizedSystemDiskParam, size: int) -> None:
    """Raise ``Refusal`` where an instance's system disk cannot be made what is wanted."""
    disk = instance_views.system_disk(of)
    if instance_views.stop_mode(of) == "STOP_CHARGING":
        raise Refusal(
            "UnsupportedOperation.StoppedModeStopCharging",
            Message("The instance `{instance_id}` is stopped without charge.", instance_id=of.id),
        )
    if not disk["DiskType"].startswith("CLOUD"):
        raise Refusal("InvalidInstance.NotSupported", "Only cloud disks can be made larger.")
    if wanted.DiskId not in {None, disk["DiskId"]} or wanted.DiskType not in {None, disk["DiskType"]}:
        raise Refusal(_WRONG, "The system disk has another id or type.")
    if size < disk["DiskSize"]:
        raise _smaller(disk["DiskSize"])


# -- disks by themselves -----------------------------------------------------------------------------------


@attrs.frozen
class _Place:
    """Where a disk is: in which instance, and at which place; the system disk is at 0."""

    instance: Instance
    number: int
    disk: Body

    @property
    def is_system(self) -> bool:
        return self.number == 0

    def change(self, session: Session, changes: Mapping[str, Any]) -> None:
        """Store something over what is stored of the disk."""
        of = self.instance
        extras = _system_disk(of, changes) if self.is_system else _data_disk(of, self.number, changes)
        session.execute(ModifyInstances(instance_ids=(of.id,), extras=extras))


def _system_disk(of: Instance, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {"SystemDisk": {**of.extras.get("SystemDisk", {}), **changes}}


def _data_disk(of: Instance, number: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    disks = [dict(disk) for disk in of.extras["DataDisks"]]
    disks[number - 1].update(changes)
    return {"DataDisks": disks}


def _find(session: Session, disk_id: str) -> _Place:
    """Return where a cloud disk is.

    Raises:
        Refusal: there is none of this id.
    """
    for place in _places(session):
        if place.disk["DiskId"] == disk_id and place.disk["DiskType"].startswith("CLOUD"):
            return place
    message = Message("The disk `{disk_id}` does not exist.", disk_id=disk_id)
    raise Refusal("InvalidDiskId.NotFound", message)


def _places(session: Session) -> Iterator[_Place]:
    for instance in session.graph.instances.values():
        disks = [instance_views.system_disk(instance), *instance_views.data_disks(instance)]
        for number, disk in enumerate(disks):
            yield _Place(instance, number, disk)


@attrs.frozen(kw_only=True)
class ResizeDisk:
    """Make a data disk larger."""

    DiskSize: int = required(_SIZE, code=_WRONG)
    DiskId: str | None = param(_DISK_ID, code=_WRONG, note="required")


@cbs_action()
def resize_disk(session: Session, request: ResizeDisk) -> Body:
    """Make the disk larger at once."""
    if request.DiskId is None:
        raise request_errors.missing("DiskId")
    place = _find(session, request.DiskId)
    if place.is_system:
        message = Message("The disk `{disk_id}` is not elastic.", disk_id=request.DiskId)
        raise Refusal("InvalidDisk.NotSupported", message)
    if place.instance.state not in STEADY_INSTANCE:
        raise Refusal("InvalidDisk.Busy", Message("The disk `{disk_id}` is busy.", disk_id=request.DiskId))
    if request.DiskSize <= place.disk["DiskSize"]:
        raise _smaller(place.disk["DiskSize"])
    place.change(session, {"DiskSize": request.DiskSize})
    return {}


@attrs.frozen(kw_only=True)
class ModifyDiskAttributes:
    """Change what is said of disks; at least one attribute must be named."""

    DiskIds: tuple[str, ...] = required(
        Coded(common.NonEmpty(), "MissingParameter"), Count(0, 100), Each(_DISK_ID), code=_WRONG
    )
    DiskName: str | None = param(AtMost(60), code=_WRONG)
    Portable: bool | None = refused("disks stay elastic or not", code="ResourceUnavailable.NotSupported")
    ProjectId: int | None = refused(
        "disks of instances follow their instance's project", code="ResourceUnavailable.NotSupported"
    )
    DeleteWithInstance: bool | None = param(note="of data disks; shown, and without effect")
    DiskType: str | None = refused("disks keep their type", code="InvalidDisk.NotSupported")
    BurstPerformanceOperation: str | None = refused(
        "no disk has bursts of performance", code="InvalidDisk.NotSupported"
    )


@cbs_action()
def modify_disk_attributes(session: Session, request: ModifyDiskAttributes) -> Body:
    """Change all of the disks at once, or none."""
    changes = {"DiskName": request.DiskName, "DeleteWithInstance": request.DeleteWithInstance}
    changes = {name: value for name, value in changes.items() if value is not None}
    if not changes:
        raise request_errors.missing("DiskName")
    ids = tuple(dict.fromkeys(request.DiskIds))
    for place in (_find(session, disk_id) for disk_id in ids):
        if place.instance.state is InstanceState.DELETING or (
            place.is_system and request.DeleteWithInstance is not None
        ):
            message = Message("The disk `{disk_id}` cannot be changed.", disk_id=place.disk["DiskId"])
            raise Refusal("ResourceUnavailable.NotSupported", message)
    for disk_id in ids:
        _find(session, disk_id).change(session, changes)
    return {}
