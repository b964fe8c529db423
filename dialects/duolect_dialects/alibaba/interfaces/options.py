"""What the requests that create and change a network interface share: queues, traffic, device features."""

from typing import Any, Final

import attrs

from duolect_core.by_fields import Value
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, stored
from duolect_dialects.values import Between, OneOf

TRAFFIC_MODES: Final = OneOf("Standard", "HighPerformance")
QUEUES: Final = Between(1, 2048)
QUEUE_PAIRS: Final = Between(1, 2048)
DEPTHS: Final = OneOf(8192, 16384)
CLOSED_TIMEOUTS: Final = Between(3, 15)
ESTABLISHED_TIMEOUTS: Final = OneOf(30, 60, 80, 100, 200, 300, 500, 700, 910)
UDP_TIMEOUTS: Final = OneOf(10, 20, 30, 60, 80, 100)
"""Seconds after which idle connections may be forgotten."""
TRACKING_CODE: Final = "InvalidParameter.EniConnectionTrackingConfiguration"


@attrs.frozen(kw_only=True, slots=False, eq=False, repr=False)
class TrafficConfig(Value):
    """The grouped form of the parameters on traffic mode and queues."""

    NetworkInterfaceTrafficMode: str | None = param(TRAFFIC_MODES, code="InvalidParameter.EniTrafficMode")
    QueueNumber: int | None = param(QUEUES, code="InvalidParameter.InvalidEniQueueNumber")
    QueuePairNumber: int | None = param(QUEUE_PAIRS, code="InvalidParameter.InvalidQueuePairNumber")
    RxQueueSize: int | None = stored(DEPTHS, code="InvalidParameter.EniQueueSize")
    TxQueueSize: int | None = stored(DEPTHS, code="InvalidParameter.EniQueueSize")


_NO_TRAFFIC: Final = TrafficConfig()
_TRAFFIC: Final = tuple(field.name for field in attrs.fields(TrafficConfig))


def traffic_of(request: Any) -> TrafficConfig:  # noqa: ANN401 - of either action
    """Return the traffic parameters of a request, given either flat or as a group.

    Raises:
        Refusal: both are given, or the two queue depths differ.
    """
    flat = {name: given for name in _TRAFFIC if (given := getattr(request, name, None)) is not None}
    grouped: TrafficConfig | None = request.NetworkInterfaceTrafficConfig
    if not flat and grouped is None:
        return _NO_TRAFFIC
    if flat and grouped is not None:
        raise Refusal(
            "InvalidParameter.Conflict",
            f"The parameters NetworkInterfaceTrafficConfig and {min(flat)} cannot be used together.",
            400,
        )
    traffic = grouped or TrafficConfig(**flat)
    if traffic.RxQueueSize != traffic.TxQueueSize:
        raise Refusal("InvalidParameter.EniQueueSize", "RxQueueSize and TxQueueSize must be equal.", 400)
    return traffic


def check_pairs(traffic: TrafficConfig, *, rdma: bool) -> None:
    """Raise ``Refusal`` where queue pairs are wanted for an interface that is not in RDMA mode."""
    if traffic.QueuePairNumber is not None and not rdma:
        raise Refusal(
            "InvalidParameter.QueuePairNumberMustEmpty",
            "QueuePairNumber can be used in the HighPerformance traffic mode only.",
            400,
        )


def given_members(group: Any) -> dict[str, Any]:  # noqa: ANN401 - any group of parameters
    """Return the members of a group of parameters that are there; none where the group is not."""
    return {} if group is None else attrs.asdict(group, filter=lambda _, value: value is not None)
