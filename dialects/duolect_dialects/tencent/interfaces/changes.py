"""Changes of an interface: attach a new one at once, move it to another instance, modify it.

Source: the definitions in tccli.
"""

from typing import Final

from duolect_core.by_fields import Value, statically_frozen
from duolect_core.interfaces.modify import CreateAndAttachInterface, MigrateInterface, ModifyInterface
from duolect_dialects.action import Body
from duolect_dialects.declarations import Treatment, param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.interfaces import views
from duolect_dialects.tencent.interfaces.creation import (
    Ipv6AddressParam,
    NewInterface,
    PrivateIpAddressSpecification,
    creation,
)
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, OneOf

_MALFORMED: Final = "InvalidParameterValue.Malformed"
_BAD: Final = "InvalidParameterValue"
_ATTACH_TYPE: Final = OneOf(0, 1)


@statically_frozen(kw_only=True, eq=False, repr=False)
class CreateAndAttachNetworkInterface(NewInterface):
    """Create an interface and attach it to an instance, in one task."""

    InstanceId: str = required(common.INSTANCE_ID)
    PrivateIpAddresses: tuple[PrivateIpAddressSpecification, ...] = param(
        Count(0, 10), default=(), code=_BAD
    )
    Ipv6Addresses: tuple[Ipv6AddressParam, ...] = param(Count(0, 10), default=(), code=_BAD)
    AttachType: int = param(_ATTACH_TYPE, default=0)


@vpc_action(idempotent_by="ClientToken")
def create_and_attach_network_interface(session: Session, request: CreateAndAttachNetworkInterface) -> Body:
    """Return the new interface, whose attachment is shown from the beginning."""
    created = session.execute(
        CreateAndAttachInterface(
            creation(request), instance_id=request.InstanceId, extension=request.AttachType == 1
        ),
    )
    shown = views.new_interface(session, created)
    return {"NetworkInterface": {**shown, "Attachment": views.future_attachment(session, created)}}


@statically_frozen(kw_only=True, eq=False, repr=False)
class MigrateNetworkInterface(Value):
    """Move an interface from one instance to another."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    SourceInstanceId: str = required(common.INSTANCE_ID)
    DestinationInstanceId: str = required(common.INSTANCE_ID)
    AttachType: int = param(_ATTACH_TYPE, default=0, code=_MALFORMED)


@vpc_action()
def migrate_network_interface(session: Session, request: MigrateNetworkInterface) -> Body:
    """Start to move it: DETACHING, ATTACHING, then AVAILABLE with the other Attachment."""
    session.execute(
        MigrateInterface(
            interface_id=request.NetworkInterfaceId,
            source_instance_id=request.SourceInstanceId,
            destination_instance_id=request.DestinationInstanceId,
            extension=request.AttachType == 1,
        )
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class ModifyNetworkInterfaceAttribute(Value):
    """Rename an interface, describe it anew, or put it into other security groups."""

    NetworkInterfaceId: str = required(common.INTERFACE_ID)
    NetworkInterfaceName: str | None = param(Coded(common.NOT_EMPTY, _MALFORMED), AtMost(60))
    NetworkInterfaceDescription: str | None = param(AtMost(60))
    SecurityGroupIds: tuple[str, ...] = param(Each(common.GROUP_ID), default=())
    TrunkingFlag: str | None = stored(OneOf("Enable", "Disable"), code=_MALFORMED)


@vpc_action()
def modify_network_interface_attribute(session: Session, request: ModifyNetworkInterfaceAttribute) -> Body:
    """Change what is given, at once. An empty list of groups is as good as none."""
    session.execute(
        ModifyInterface(
            interface_id=request.NetworkInterfaceId,
            name=request.NetworkInterfaceName,
            description=request.NetworkInterfaceDescription,
            group_ids=request.SecurityGroupIds or None,
            extras={} if request.TrunkingFlag is None else {"TrunkingFlag": request.TrunkingFlag},
        )
    )
    return {}


@statically_frozen(kw_only=True, eq=False, repr=False)
class ModifyNetworkInterfaceQos(Value):
    """Change the quality of service of interfaces."""

    NetworkInterfaceIds: tuple[str, ...] = required(
        *common.non_empty(100), Coded(Each(common.INTERFACE_ID), _BAD)
    )
    QosLevel: str | None = stored(common.QOS)
    DirectSendMaxPort: int | None = param(
        Between(0, 65535),
        code=_BAD,
        treatment=Treatment.IGNORED,
        note="no reply shows it, and the emulator sends no packets",
    )


@vpc_action()
def modify_network_interface_qos(session: Session, request: ModifyNetworkInterfaceQos) -> Body:
    """Change the level of all interfaces at once, or of none where one cannot be changed."""
    level = {} if request.QosLevel is None else {"QosLevel": request.QosLevel}
    changes = [
        ModifyInterface(interface_id=interface_id, extras=level)
        for interface_id in dict.fromkeys(request.NetworkInterfaceIds)
    ]
    for change in changes:
        session.check(change)
    for change in changes:
        session.execute(change)
    return {}
