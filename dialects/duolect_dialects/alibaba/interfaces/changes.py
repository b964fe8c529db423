"""Changing a network interface: its attributes, and the limits of its quality of service.

Sources: the vendor's pages ModifyNetworkInterfaceAttribute, EnableNetworkInterfaceQoS and
DisableNetworkInterfaceQoS (both of 2025-12).
"""

from typing import Any, Final

import attrs

from duolect_core import errors as core
from duolect_core.graph.graph import Graph
from duolect_core.interfaces.extras import StoreExtras
from duolect_core.interfaces.modify import ModifyInterface
from duolect_core.model.lifecycles import STEADY_INTERFACE, InstanceState
from duolect_core.model.resources import Interface, InterfaceKind
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.interfaces import options
from duolect_dialects.alibaba.interfaces.views import DEFAULT_TRACKING
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Fault, Length
from duolect_dialects.wording import Message

_ENHANCED_CODE: Final = "InvalidParameter.EniEnhancedNetwork"


_NOT_OF_PRIMARY: Final = (
    "ConnectionTrackingConfiguration", "EnablePrimaryIPv6", "EnhancedNetwork", "RxQueueSize", "TxQueueSize",
)  # fmt: skip
"""What is only shown again, and cannot be modified of a primary interface."""


@attrs.frozen(kw_only=True, slots=False)
class ConnectionTrackingChange:
    """Seconds after which idle connections are forgotten, where they shall change."""

    TcpClosedAndTimeWaitTimeout: int | None = stored(options.CLOSED_TIMEOUTS, code=options.TRACKING_CODE)
    TcpEstablishedTimeout: int | None = stored(options.ESTABLISHED_TIMEOUTS, code=options.TRACKING_CODE)
    UdpTimeout: int | None = stored(options.UDP_TIMEOUTS, code=options.TRACKING_CODE)


@attrs.frozen(kw_only=True, slots=False)
class EnhancedNetworkChange:
    """Features of the virtual device that no client of this API can see at work."""

    EnableExpress: bool | None = stored()
    EnableRss: bool | None = stored()
    EnableSriov: bool | None = stored()
    VirtualFunctionQuantity: int | None = stored(Between(1, 256), code=_ENHANCED_CODE)
    VirtualFunctionTotalQueueNumber: int | None = stored(Between(1, 2**31 - 1), code=_ENHANCED_CODE)


@attrs.frozen(kw_only=True, slots=False)
class ModifyNetworkInterfaceAttribute:
    """Change attributes of an interface; of a primary one not all.

    Those are its name, description, SourceDestCheck and NetworkInterfaceTrafficConfig: the vendor's own
    controllers set the last two on the primary interface of every node.
    """

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")
    ConnectionTrackingConfiguration: ConnectionTrackingChange | None = stored()
    DeleteOnRelease: bool | None = param()
    Description: str | None = param(Length(2, 255), common.NOT_A_LINK, clearable=True)
    EnablePrimaryIPv6: bool | None = stored()
    EnhancedNetwork: EnhancedNetworkChange | None = stored()
    NetworkInterfaceName: str | None = param(
        Length(2, 128), common.NAME, code="InvalidParams.NetworkInterfaceName", clearable=True
    )
    NetworkInterfaceTrafficConfig: options.TrafficConfig | None = param()
    QueueNumber: int | None = param(options.QUEUES, code="InvalidParameter.InvalidEniQueueNumber")
    RxQueueSize: int | None = stored(options.DEPTHS, code="InvalidParameter.EniQueueSize")
    SecurityGroupId: tuple[str, ...] = param(Count(0, 100), default=(), code="JoinedGroupLimitExceed")
    SourceDestCheck: bool | None = stored()
    TxQueueSize: int | None = stored(options.DEPTHS, code="InvalidParameter.EniQueueSize")


@ecs_action()
def modify_network_interface_attribute(session: Session, request: ModifyNetworkInterfaceAttribute) -> Body:
    """Change them at once: all, or none."""
    if len(set(request.SecurityGroupId)) < len(request.SecurityGroupId):
        message = "The same security group is named more than once."
        raise Refusal("InvalidParameter.SecurityGroupIdRepeated", message, 404)
    traffic = options.traffic_of(request)
    graph = session.graph
    interface = lookup.interface(graph, request.NetworkInterfaceId)
    command = ModifyInterface(
        interface_id=interface.id,
        name=request.NetworkInterfaceName,
        description=request.Description,
        group_ids=request.SecurityGroupId or None,
        delete_on_release=request.DeleteOnRelease,
        queues=traffic.QueueNumber,
        queue_pairs=traffic.QueuePairNumber,
        rdma=_rdma(interface, traffic),
        extras=_extras(graph, interface, request, traffic) or None,
    )
    _check_state(graph, interface, traffic)
    if interface.kind is InterfaceKind.PRIMARY and any(
        getattr(request, name) is not None for name in _NOT_OF_PRIMARY
    ):
        raise core.PrimaryOnlyNamed(interface.id)
    session.execute(command)
    return {}


def _rdma(interface: Interface, traffic: options.TrafficConfig) -> bool | None:
    """Return whether the interface shall be in RDMA mode; None leaves it as it is."""
    mode = traffic.NetworkInterfaceTrafficMode
    if interface.rdma and mode == "Standard":
        message = "The traffic mode cannot go back from HighPerformance to Standard."
        raise Refusal("InvalidTrafficMode.ModifyToStandardNotSupported", message, 400)
    wanted = None if mode is None else mode == "HighPerformance"
    options.check_pairs(traffic, rdma=interface.rdma if wanted is None else wanted)
    return wanted


def _check_state(graph: Graph, interface: Interface, traffic: options.TrafficConfig) -> None:
    """Raise unless the interface is at rest, and its instance Stopped where its queues shall change."""
    if interface.state not in STEADY_INTERFACE:
        raise core.InterfaceWrongState(interface.id, interface.state, STEADY_INTERFACE)
    if interface.attachment is None or traffic.QueueNumber is None:
        return
    if interface.kind is InterfaceKind.PRIMARY:
        return  # its queues never change, and that is what the core answers
    instance = graph.instances[interface.attachment.instance_id]
    if instance.state is not InstanceState.STOPPED:
        message = f"The instance {instance.id} must be Stopped for another queue number."
        raise Refusal("InvalidOperation.InvalidEniState", message, 400)


def _extras(
    graph: Graph,
    interface: Interface,
    request: ModifyNetworkInterfaceAttribute,
    traffic: options.TrafficConfig,
) -> dict[str, Any]:
    """Return what is only shown again, as it shall be."""
    tracking = options.given_members(request.ConnectionTrackingConfiguration)
    given = {
        "SourceDestCheck": request.SourceDestCheck,
        "EnablePrimaryIPv6": request.EnablePrimaryIPv6,
        "RxQueueSize": traffic.RxQueueSize,
        "TxQueueSize": traffic.TxQueueSize,
        "ConnectionTrackingConfiguration": tracking
        and {**interface.extras.get("ConnectionTrackingConfiguration", DEFAULT_TRACKING), **tracking},
        "EnhancedNetwork": _enhanced(graph, interface, options.given_members(request.EnhancedNetwork)),
    }
    return {name: value for name, value in given.items() if value not in (None, {})}


def _enhanced(graph: Graph, interface: Interface, given: dict[str, Any]) -> dict[str, Any]:
    """Return the features of the device as they shall be.

    Raises:
        Refusal: virtual functions without SR-IOV, or while it is on; SR-IOV for a trunk with members.
    """
    held = interface.extras.get("EnhancedNetwork", {})
    functions = {name for name in given if name.startswith("VirtualFunction")}
    if functions and not given.get("EnableSriov", held.get("EnableSriov")):
        message = f"{min(functions)} can be used together with EnableSriov only."
        raise Refusal(_ENHANCED_CODE, message, 400)
    if functions and held.get("EnableSriov"):
        message = f"{min(functions)} cannot change while SR-IOV is enabled."
        raise Refusal("InvalidOperation.NotSupportModifyVFQueueNumberAndVFQuantity", message, 400)
    if given.get("EnableSriov") and graph.interfaces_by_trunk.ids(interface.id):
        message = f"The trunk network interface {interface.id} still has members."
        raise Refusal("InvalidOperation.TrunkAttachmentMustEmpty", message, 400)
    return {**held, **given} if given else {}


# -- quality of service -----------------------------------------------------------------------------------


@attrs.frozen
class Steps:
    """A number of at least ``low``, in steps of ``step``."""

    low: int
    step: int
    fault = Fault.RANGE

    def accepts(self, value: int) -> bool:
        """Compare with the lower end, and divide."""
        return value >= self.low and value % self.step == 0

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must be at least {low}, in steps of {step}", low=self.low, step=self.step)


_BANDWIDTH: Final = Steps(50_000, 1_000)
_COUNT: Final = Steps(10_000, 10_000)


@attrs.frozen(kw_only=True, slots=False)
class QualityOfService:
    """Limits of an interface, in kbit/s, in packets per second and in connections."""

    BandwidthRx: int | None = stored(_BANDWIDTH)
    BandwidthTx: int | None = stored(_BANDWIDTH)
    ConcurrentConnections: int | None = stored(_COUNT)
    PpsRx: int | None = stored(_COUNT)
    PpsTx: int | None = stored(_COUNT)


@attrs.frozen(kw_only=True, slots=False)
class EnableNetworkInterfaceQoS:
    """Limit an interface, or change its limits."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")
    QoS: QualityOfService | None = stored()


@ecs_action()
def enable_network_interface_qos(session: Session, request: EnableNetworkInterfaceQoS) -> Body:
    """Store the limits that are given over those that it has."""
    interface = lookup.interface(session.graph, request.NetworkInterfaceId)
    limits = {**(interface.extras.get("QoS") or {}), **options.given_members(request.QoS)}
    session.execute(StoreExtras(interface_id=interface.id, extras={"QoS": limits}))
    return {}


@attrs.frozen(kw_only=True, slots=False)
class DisableNetworkInterfaceQoS:
    """Lift all limits of an interface."""

    RegionId: str = required()
    NetworkInterfaceId: str = required(common.INTERFACE_ID, code="InvalidParams.EniId")


@ecs_action()
def disable_network_interface_qos(session: Session, request: DisableNetworkInterfaceQoS) -> Body:
    """Forget the limits; an interface without any stays as it is."""
    session.execute(StoreExtras(interface_id=request.NetworkInterfaceId, extras={"QoS": None}))
    return {}
