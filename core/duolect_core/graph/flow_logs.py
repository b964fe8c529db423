"""Flow logs, what they watch, and which services of the cloud are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import ServiceState

if TYPE_CHECKING:
    from duolect_core.model.flow_logs import FlowLog


class FlowLogTables(TagTables):
    """The flow logs of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.flow_logs: dict[str, FlowLog] = {}
        self.flow_logs_by_watched: Index[str] = Index()
        self.opened_services: dict[str, None] = {}
        """The services that were opened, by the cloud's names, oldest first. None is ever closed."""

    def add_flow_log(self, log: FlowLog) -> None:
        """Put a new flow log in."""
        self.flow_logs[log.id] = log
        self.flow_logs_by_watched.add(log.watched_id, log.id, log.order)
        self._tag(log)

    def remove_flow_log(self, log: FlowLog) -> None:
        """Take a flow log out; it is GONE then."""
        self._untag(log)
        self.flow_logs_by_watched.discard(log.watched_id, log.id)
        del self.flow_logs[log.id]
        log.state = ServiceState.GONE
