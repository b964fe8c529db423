"""Moving instances to another subnet, perhaps of another VPC, or to another address in their own.

Source: the definition of ModifyInstancesVpcAttribute in tccli.
"""

import attrs

from duolect_core.errors import InstanceWrongState
from duolect_core.instances.changes import RecordChange
from duolect_core.instances.moving import MoveInstances
from duolect_core.model.lifecycles import InstanceState
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.values import Coded, Count, Each
from duolect_dialects.wording import Message


@attrs.frozen(kw_only=True, slots=False)
class NewPlaceParam:
    """The subnet that the primary interfaces move to, and the addresses that they get there."""

    VpcId: str = required(common.VPC_ID, code="InvalidParameterValue.VpcIdMalformed")
    SubnetId: str = required(common.SUBNET_ID, code="InvalidParameterValue.SubnetIdMalformed")
    AsVpcGateway: bool | None = stored()
    PrivateIpAddresses: tuple[str, ...] = param(
        Count(0, 100),
        Coded(Each(common.IPV4), "InvalidParameterValue.IPAddressMalformed"),
        default=(),
        note="the primary address of each instance",
    )
    Ipv6AddressCount: int | None = refused("an instance that moves gets no IPv6 addresses")


@attrs.frozen(kw_only=True, slots=False)
class ModifyInstancesVpcAttribute:
    """Move instances; what is not named of their addresses, the cloud chooses."""

    InstanceIds: tuple[str, ...] = required(*common.INSTANCES)
    VirtualPrivateCloud: NewPlaceParam = required()
    ForceStop: bool = param(default=True, note="what runs is rebooted, which it must allow")
    ReserveHostName: bool = ignored(default=True, note="the names of the hosts stay")


@cvm_action()
def modify_instances_vpc_attribute(session: Session, request: ModifyInstancesVpcAttribute) -> Body:
    """Move all of them at once, or none. What runs is rebooted; what is stopped stays so."""
    place, ids = request.VirtualPrivateCloud, tuple(dict.fromkeys(request.InstanceIds))
    if place.PrivateIpAddresses and len(place.PrivateIpAddresses) != len(ids):
        message = "There must be as many `PrivateIpAddresses` as instances."
        raise Refusal("InvalidParameterValue", message)
    for instance in [lookup.instance(session.graph, each) for each in ids]:
        if instance.state is InstanceState.RUNNING and not request.ForceStop:
            raise InstanceWrongState(instance.id, instance.state, (InstanceState.STOPPED,))
        if instance_views.stop_mode(instance) == "STOP_CHARGING":
            raise Refusal(
                "UnsupportedOperation.StoppedModeStopCharging",
                Message("The instance `{instance_id}` is stopped without charge.", instance_id=instance.id),
            )
    gateway = place.AsVpcGateway
    session.execute(
        MoveInstances(
            instance_ids=ids,
            subnet_id=place.SubnetId,
            network_id=place.VpcId,
            primary_ips=tuple(common.ipv4(text) for text in place.PrivateIpAddresses),
            restart=True,
            extras={} if gateway is None else {"VirtualPrivateCloud": {"AsVpcGateway": gateway}},
            detail="ModifyInstancesVpcAttribute",
        )
    )
    session.execute(RecordChange(instance_ids=ids, detail="ModifyInstancesVpcAttribute"))
    return {}
