"""The public bandwidth of instances.

Source: the definition in tccli. An instance without a public address gets none with bandwidth (assumed).
"""

import attrs

from duolect_core.instances.changes import RecordChange
from duolect_core.public_addresses.own_addresses import SetPublicIps
from duolect_dialects.action import Body
from duolect_dialects.declarations import refused, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.instances.parameters import InternetAccessibleParam

_NOTHING_PREPAID = "there is no bandwidth that is paid by the month"


@attrs.frozen(kw_only=True, slots=False)
class ResetInstancesInternetMaxBandwidth:
    """Change the most that instances send to the Internet."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    InternetAccessible: InternetAccessibleParam = required()
    StartTime: str | None = refused(_NOTHING_PREPAID, code="InvalidParameterValue")
    EndTime: str | None = refused(_NOTHING_PREPAID, code="InvalidParameterValue")


@cvm_action()
def reset_instances_internet_max_bandwidth(
    session: Session, request: ResetInstancesInternetMaxBandwidth
) -> Body:
    """Change it at once, for all instances or none; nothing else of InternetAccessible has an effect."""
    wanted = request.InternetAccessible.InternetMaxBandwidthOut
    if wanted is None:
        raise request_errors.missing("InternetAccessible.InternetMaxBandwidthOut")
    for instance in session.check(SetPublicIps(instance_ids=request.InstanceIds)):
        accessible = {**instance.extras.get("InternetAccessible", {}), "InternetMaxBandwidthOut": wanted}
        session.execute(
            SetPublicIps(instance_ids=(instance.id,), extras={"InternetAccessible": accessible})
        )
    session.execute(RecordChange(instance_ids=request.InstanceIds, detail=type(request).__name__))
    return {}
