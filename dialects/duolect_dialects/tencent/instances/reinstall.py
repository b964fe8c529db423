"""Giving an instance a system anew: of the same image or another, with new ways to log in.

Source: the definition of ResetInstance in tccli.
"""

from typing import Final

import attrs

from duolect_core.disks.changes import ModifyDisks, ResizeDisk
from duolect_core.errors import InstanceWrongState
from duolect_core.instances.changes import ModifyInstances
from duolect_core.instances.lifecycle import RebootInstances, StartInstances
from duolect_core.key_pairs.binding import BindKeyPairs
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.images import catalog as images
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.instances.disks import KEPT, system_disk
from duolect_dialects.tencent.instances.parameters import (
    HOST_NAME,
    NOT_SHOWN,
    PASSWORD,
    USER_DATA,
    USER_DATA_SIZE,
    EnhancedServiceParam,
    LoginSettingsParam,
    SystemDiskParam,
)
from duolect_dialects.values import AtMost, Coded, Length
from duolect_dialects.wording import Message

_WRONG: Final = "InvalidParameterValue"


@attrs.frozen(kw_only=True, slots=False)
class NewLoginSettingsParam(LoginSettingsParam):
    """How to log in from then on."""

    Password: str | None = ignored(Coded(PASSWORD, "InvalidParameterValue.InvalidPassword"), note=NOT_SHOWN)


@attrs.frozen(kw_only=True, slots=False)
class ResetInstance:
    """Install the system of an instance anew."""

    InstanceId: str = required(common.INSTANCE_ID, code="InvalidInstanceId.Malformed")
    ImageId: str | None = stored(
        common.IMAGE_ID, code="InvalidImageId.Malformed", note="the image that it has where none is named"
    )
    SystemDisk: SystemDiskParam | None = param(note="it can be made larger, and keeps its type")
    LoginSettings: NewLoginSettingsParam | None = param(
        note="without key pairs the instance is opened by none from then on"
    )
    EnhancedService: EnhancedServiceParam | None = ignored(note=NOT_SHOWN)
    HostName: str | None = stored(Length(2, 60), HOST_NAME, code="InvalidParameterValue.IllegalHostName")
    UserData: str | None = stored(
        Coded(AtMost(USER_DATA_SIZE), "InvalidParameterValue.LimitExceeded"), USER_DATA
    )


@cvm_action()
def reset_instance(session: Session, request: ResetInstance) -> Body:
    """Change everything at once. What runs is rebooted, and what is stopped is started."""
    found = lookup.instance(session.graph, request.InstanceId)
    if found.state not in STEADY_INSTANCE:
        raise InstanceWrongState(found.id, found.state, STEADY_INSTANCE)
    if instance_views.stop_mode(found) == "STOP_CHARGING":
        raise Refusal(
            "UnsupportedOperation.StoppedModeStopCharging",
            Message("The instance `{instance_id}` is stopped without charge.", instance_id=found.id),
        )
    images.check_ready(session, request.ImageId)
    ids, extras = (found.id,), common.stored_extras(request)
    extras.pop("SystemDisk", None)
    if request.SystemDisk is not None:
        _check_system_disk(session, found, request.SystemDisk)
    # The only one of the commands that can be refused: it comes first.
    session.execute(BindKeyPairs(instance_ids=ids, key_pair_ids=_keys(session, request, found)))
    session.execute(ModifyInstances(instance_ids=ids, extras=extras))
    if request.SystemDisk is not None:
        _change_system_disk(session, found, request.SystemDisk)
    if found.state is InstanceState.RUNNING:
        session.execute(RebootInstances(ids, detail="ResetInstance"))
    else:
        session.execute(StartInstances(ids, detail="ResetInstance"))
    return {}


def _keys(session: Session, request: ResetInstance, found: Instance) -> tuple[str, ...]:
    """Return the key pairs that shall open the instance, of which Windows takes none."""
    login = request.LoginSettings
    if login is None or not login.KeyIds:
        return ()
    if login.Password is not None:
        message = Message("`{one}` and `{other}` cannot be used together.", one="Password", other="KeyIds")
        raise Refusal("InvalidParameter.ParameterConflict", message)
    image_id = request.ImageId or found.extras.get("ImageId", "")
    if images.of(session, image_id).platform == "Windows":
        raise Refusal("UnsupportedOperation.KeyPairUnsupportedWindows", "Windows takes no key pairs.")
    return login.KeyIds


def _check_system_disk(session: Session, of: Instance, wanted: SystemDiskParam) -> None:
    """Raise what keeps the system disk from being made as large as it shall be."""
    disk = system_disk(session.graph, of)
    if wanted.DiskType not in {None, disk["DiskType"]}:
        raise Refusal(_WRONG, "The system disk has another id or type.")
    size = wanted.DiskSize or disk["DiskSize"]
    if size < disk["DiskSize"]:
        message = Message("The disk has {size} GiB and can only be made larger.", size=disk["DiskSize"])
        raise Refusal(_WRONG, message)
    if size > disk["DiskSize"]:
        session.check(ResizeDisk(disk_id=disk["DiskId"], size=size, at_once=True))


def _change_system_disk(session: Session, of: Instance, wanted: SystemDiskParam) -> None:
    disk = system_disk(session.graph, of)
    if wanted.DiskSize is not None and wanted.DiskSize > disk["DiskSize"]:
        session.execute(ResizeDisk(disk_id=disk["DiskId"], size=wanted.DiskSize, at_once=True))
    kept = {name: value for name, value in common.stored_extras(wanted).items() if name in KEPT}
    session.execute(ModifyDisks(disk_ids=(disk["DiskId"],), name=wanted.DiskName, extras=kept))
