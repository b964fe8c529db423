"""CreateInstance: one instance with its primary network interface, which stays stopped.

Source: the vendor's page CreateInstance and the models of its Python SDK.
"""

from typing import Final

import attrs

from duolect_core.instances import creation as commands
from duolect_core.relations.address_plans import AddressPlan, AddressRequest
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.instances import creation as new_instances
from duolect_dialects.alibaba.instances.creation import NO_GUEST, NewInstances
from duolect_dialects.declarations import ignored, required
from duolect_dialects.session import Session

_CLASSIC: Final = "deprecated by the vendor with the classic network"


@attrs.frozen(kw_only=True, slots=False)
class CreateInstance(NewInstances):
    """Create one instance."""

    InstanceType: str = required()
    ClusterId: str | None = ignored(note=_CLASSIC)
    InnerIpAddress: str | None = ignored(note=_CLASSIC)
    NodeControllerId: str | None = ignored(note="in invitational preview on the cloud")
    UseAdditionalService: bool | None = ignored(note=NO_GUEST)
    VlanId: str | None = ignored(note=_CLASSIC)


@ecs_action(idempotent_by="ClientToken")
def create_instance(session: Session, request: CreateInstance) -> Body:
    """Create it: Pending, Stopped."""
    new_instances.check_presence(
        {
            "ImageId": request.ImageId or request.ImageFamily,
            "SecurityGroupId": request.SecurityGroupId,
            "VSwitchId": request.VSwitchId,
        }
    )
    new_instances.check_period(request)
    tags = common.tags(request.Tag)
    term, renews = new_instances.terms(request)
    command = commands.RunInstances(
        type_name=request.InstanceType,
        subnet_id=request.VSwitchId or "",
        names=(request.InstanceName or "",),
        zone=request.ZoneId,
        group_ids=(request.SecurityGroupId or "",),
        addresses=_addresses(request),
        boot=False,
        key_pair_ids=new_instances.key_pairs(session, request),
        placement_group_id=request.DeploymentSetId or "",
        placement_partition=request.DeploymentSetGroupNo or 0,
        description=request.Description or "",
        protected=request.DeletionProtection,
        tags=tags,
        extras=new_instances.extras(session, request),
        extras_of_each=({"HostName": request.HostName},) if request.HostName else (),
        interface_tags=tags,
        disks=new_instances.new_disks(session, request),
        disk_tags=tags,
        term=term,
        renews=renews,
    )
    (created,) = common.execute(session, command, request)
    return {"InstanceId": created.id, "OrderId": "", "TradePrice": 0.0}


def _addresses(request: CreateInstance) -> AddressPlan:
    if request.PrivateIpAddress is None:
        return AddressPlan()
    return AddressPlan(
        primary=AddressRequest(
            common.ipv4(request.PrivateIpAddress, "InvalidPrivateIpAddress.Malformed", 400)
        )
    )
