"""Prepaid instances: renewed, renewing by themselves or not, and paid for in another way.

Source: the definitions in tccli. Nothing is charged: every order is paid at once.
"""

from typing import Final

import attrs

from duolect_core.instances import subscriptions as commands
from duolect_core.instances.changes import RecordChange
from duolect_core.model.lifecycles import STEADY_INSTANCE
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.instances import parameters, views
from duolect_dialects.tencent.instances.parameters import InstanceChargePrepaidParam
from duolect_dialects.values import OneOf
from duolect_dialects.wording import Message

_BY_THE_HOUR: Final = "all disks are shown as paid by the hour"


@attrs.frozen(kw_only=True, slots=False)
class RenewInstances:
    """Pay for prepaid instances again."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    InstanceChargePrepaid: InstanceChargePrepaidParam | None = param(
        note="required of all that can be renewed"
    )
    RenewPortableDataDisk: bool | None = ignored(note=_BY_THE_HOUR)


@cvm_action()
def renew_instances(session: Session, request: RenewInstances) -> Body:
    """Renew them from their ends on. Those in the recycle bin are renewed from now on, and STOPPED."""
    prepaid = _prepaid(request.InstanceChargePrepaid)
    command = commands.RenewInstances(
        instance_ids=request.InstanceIds,
        term=prepaid.term,
        renews=prepaid.renews,
        keeps_renewal=False,
        extras={"RenewFlag": prepaid.RenewFlag},
    )
    session.execute(command)
    return _record(session, request.InstanceIds, "RenewInstances")


def _prepaid(given: InstanceChargePrepaidParam | None) -> InstanceChargePrepaidParam:
    if given is None:
        raise request_errors.missing("InstanceChargePrepaid")
    return given


def _record(session: Session, instance_ids: tuple[str, ...], detail: str) -> Body:
    """Show a change as the latest operation of its instances."""
    session.execute(RecordChange(instance_ids=instance_ids, detail=detail))
    return {}


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstancesRenewFlag:
    """Say whether prepaid instances renew when they expire: by a month each time."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    RenewFlag: str = required(parameters.RENEW_FLAG)


@cvm_action()
def modify_instances_renew_flag(session: Session, request: ModifyInstancesRenewFlag) -> Body:
    """Change it at once."""
    command = commands.SetRenewal(
        instance_ids=request.InstanceIds,
        renews=parameters.renewal(request.RenewFlag),
        extras={"RenewFlag": request.RenewFlag},
        allowed=STEADY_INSTANCE,
    )
    session.execute(command)
    return _record(session, request.InstanceIds, "ModifyInstancesRenewFlag")


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstancesChargeType:
    """Let instances be prepaid from now on, or paid by the hour."""

    InstanceIds: tuple[str, ...] = required(*common.instances(20))
    InstanceChargeType: str = required(OneOf(views.PREPAID, views.POSTPAID))
    InstanceChargePrepaid: InstanceChargePrepaidParam | None = param(note="required of prepaid instances")
    ModifyPortableDataDisk: bool | None = ignored(note=_BY_THE_HOUR)


@cvm_action()
def modify_instances_charge_type(session: Session, request: ModifyInstancesChargeType) -> Body:
    """Change it at once."""
    graph, wanted = session.graph, request.InstanceChargeType
    prepaid = _prepaid(request.InstanceChargePrepaid) if wanted == views.PREPAID else None
    for instance in (graph.instances[each] for each in request.InstanceIds if each in graph.instances):
        if views.charge_type(instance) not in {views.PREPAID, views.POSTPAID}:
            message = Message(
                "The instance `{instance_id}` is paid for in another way.", instance_id=instance.id
            )
            raise Refusal("UnsupportedOperation.InstanceChargeType", message)
        if views.stop_mode(instance) == "STOP_CHARGING":
            message = Message(
                "The instance `{instance_id}` is stopped without charge.", instance_id=instance.id
            )
            raise Refusal("InvalidInstance.NotSupported", message)
    command = commands.ChangePayment(
        instance_ids=request.InstanceIds,
        term=None if prepaid is None else prepaid.term,
        renews=None if prepaid is None else prepaid.renews,
        extras={"InstanceChargeType": wanted, "RenewFlag": prepaid and prepaid.RenewFlag},
    )
    session.execute(command)
    return _record(session, request.InstanceIds, "ModifyInstancesChargeType")
