"""The public address that an instance has of its own, and its public bandwidth.

It is shown as PublicIpAddress of the instance and is not among the EIPs. RunInstances gives one to an
instance with outbound bandwidth; CreateInstance gives none, and AllocatePublicIpAddress does later.

Sources: the vendor's pages AllocatePublicIpAddress and ModifyInstanceNetworkSpec, and the models of its
Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.addressing.pools import format_ipv4
from duolect_core.public_addresses.own_addresses import SetPublicIps
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, OneOf

_TEMPORARY: Final = "bandwidth for a time is not modelled"


@attrs.frozen(kw_only=True)
class AllocatePublicIpAddress:
    """Give an instance with outbound bandwidth a public address."""

    InstanceId: str = required()
    IpAddress: str | None = refused("for users in a white list on the cloud")
    VlanId: str | None = ignored(note="deprecated by the vendor")


@ecs_action()
def allocate_public_ip_address(session: Session, request: AllocatePublicIpAddress) -> Body:
    """Give it one; one that has an address is answered with that."""
    instance = lookup.instance(session.graph, request.InstanceId)
    if not instance.extras.get("InternetMaxBandwidthOut"):
        raise Refusal(
            "AllocateIpInvalidInstanceBandwidth",
            f"The instance {instance.id} has no outbound public bandwidth.",
            400,
        )
    (found,) = session.execute(SetPublicIps(instance_ids=(instance.id,), wanted=True))
    return {"IpAddress": "" if found.public_ip is None else format_ipv4(found.public_ip)}


@attrs.frozen(kw_only=True)
class ModifyInstanceNetworkSpec:
    """Change the public bandwidth of an instance, and perhaps give it a public address."""

    InstanceId: str = required()
    AllocatePublicIp: bool | None = param(note="false leaves an address that is there")
    AutoPay: bool | None = ignored(note="billing is not modelled")
    ClientToken: str | None = param(*common.TOKEN)
    EndTime: str | None = refused(_TEMPORARY)
    ISP: str | None = stored()
    InternetMaxBandwidthIn: int | None = stored(
        Between(1, 200), code="InvalidInternetMaxBandwidthIn.ValueNotSupported"
    )
    InternetMaxBandwidthOut: int | None = param(
        Between(0, 200),
        code="InvalidInternetMaxBandwidthOut.ValueNotSupported",
        note="0 takes the instance's own public address away",
    )
    NetworkChargeType: str | None = stored(
        OneOf("PayByBandwidth", "PayByTraffic"), code="InvalidInternetChargeType.ValueNotSupported"
    )
    StartTime: str | None = refused(_TEMPORARY)


@ecs_action(idempotent_by="ClientToken")
def modify_instance_network_spec(session: Session, request: ModifyInstanceNetworkSpec) -> Body:
    """Change it at once. A subscription with its first bandwidth gets an address without asking."""
    instance = lookup.instance(session.graph, request.InstanceId)
    before = instance.extras.get("InternetMaxBandwidthOut") or 0
    wanted = request.InternetMaxBandwidthOut
    out = before if wanted is None else wanted
    if request.AllocatePublicIp and not out:
        raise Refusal(
            "InvalidParam.AllocatePublicIp", "An address can be had with outbound bandwidth only.", 400
        )
    subscribed = instance.extras.get("InstanceChargeType") == "PrePaid"
    given = {
        "InternetMaxBandwidthIn": request.InternetMaxBandwidthIn,
        "InternetMaxBandwidthOut": wanted,
        "InternetChargeType": request.NetworkChargeType,
        "ISP": request.ISP,
    }
    extras: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    address = None if out else False
    if request.AllocatePublicIp or (subscribed and out and not before):
        address = True
    session.execute(SetPublicIps(instance_ids=(instance.id,), wanted=address, extras=extras))
    return {"OrderId": ""}
