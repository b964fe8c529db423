"""What happens to resources by itself, because time passes: nobody waits for it."""

from __future__ import annotations

import heapq

from duolect_core.graph.tags import TagTables
from duolect_core.model.resources import Instant, Resource


class AlarmTables(TagTables):
    """The alarms of a partition."""

    def __init__(self) -> None:
        """Start without any."""
        self.alarms: list[tuple[Instant, int, str]] = []
        """When something happens to a resource by itself, soonest first, with its place and id.

        What has changed since an alarm was set is found out when it rings.
        """

    def set_alarm(self, resource: Resource, at: Instant) -> None:
        """Let something happen to a resource at an instant, beside what else its alarms ring for."""
        heapq.heappush(self.alarms, (at, resource.order, resource.id))
