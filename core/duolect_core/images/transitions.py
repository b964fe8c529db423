"""What becomes of images when their creation ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.disk_lifecycles import COPY_LIFECYCLE
from duolect_core.model.lifecycles import ends_of
from duolect_core.model.rules import ResourceKind


def _move_image(partition: Partition, transition: Transition) -> None:
    image = partition.graph.images[transition.resource_id]
    image.state = COPY_LIFECYCLE[(image.state, transition.trigger)]
    image.pending = None


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {ResourceKind.IMAGE: dict.fromkeys(ends_of(COPY_LIFECYCLE), _move_image)}
)
"""The handler of images."""
