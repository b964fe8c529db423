"""Flow logs: creating, switching, describing and deleting them; and services that have to be opened."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.flow_logs import FlowLog
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe

KINDS: Final = (
    ResourceKind.NETWORK,
    ResourceKind.SUBNET,
    ResourceKind.INTERFACE,
    ResourceKind.NAT_GATEWAY,
)
"""What can have flow logs."""


def network_of(graph: Graph, log: FlowLog) -> str:
    """Return the network whose traffic, or some of it, a flow log writes down."""
    if log.kind is ResourceKind.NETWORK:
        return log.watched_id
    network_id: str = graph.table(log.kind)[log.watched_id].network_id
    return network_id


@attrs.frozen(kw_only=True)
class CreateFlowLog:
    """Create a flow log of something of one of the ``KINDS``, which is active from the beginning.

    ``network_id`` is the network that it has to be in, where the caller names one.

    Raises:
        NetworkNotFound, SubnetNotFound, InterfaceNotFound, NatGatewayNotFound: there is none.
        FlowLogNetworkMismatch: it is in another network.
        FlowLogExists: the same traffic of it is written to the same target, on a cloud that writes it once.
        FlowLogQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    kind: ResourceKind
    watched_id: str
    network_id: str | None = None
    traffic: str = ""
    target: str = ""
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> FlowLog:
        """Return the new flow log, PENDING where the cloud takes its time over it."""
        self.check(partition)
        rules = partition.rules
        log = FlowLog(
            id=partition.new_id(ResourceKind.FLOW_LOG, partition.graph.flow_logs),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            kind=self.kind,
            watched_id=self.watched_id,
            traffic=self.traffic,
            target=self.target,
        )
        partition.graph.add_flow_log(log)
        if rules.provision_is_asynchronous:
            log.state = ServiceState.PENDING
            duration = rules.durations.change_flow_log
            waiting.begin(partition, OperationKind.CREATE_FLOW_LOG, Trigger.PROVISIONED, duration, log)
        return log

    def check(self, partition: Partition) -> None:
        """Raise what keeps the flow log from being created."""
        graph, rules = partition.graph, partition.rules
        watched: Any = lookup.resource(graph, self.kind, self.watched_id)
        network_id = self.watched_id if self.kind is ResourceKind.NETWORK else watched.network_id
        if self.network_id is not None and network_id != self.network_id:
            network = lookup.network(graph, self.network_id)
            raise errors.FlowLogNetworkMismatch(self.watched_id, network_id, network.id, network.id)
        if rules.flow_logs_unique:
            for log_id in graph.flow_logs_by_watched.ids(self.watched_id):
                log = graph.flow_logs[log_id]
                if (log.traffic, log.target) == (self.traffic, self.target):
                    raise errors.FlowLogExists(self.watched_id, log.id)
        limit = rules.quotas.flow_logs
        if limit is not None and len(graph.flow_logs) >= limit:
            raise errors.FlowLogQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifyFlowLog:
    """Change what is said of a flow log, at once; None leaves a value as it is.

    Raises:
        FlowLogNotFound, FlowLogBusy: there is none to change.
    """

    log_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> FlowLog:
        """Return the flow log as it is now."""
        log = self.check(partition)
        describe(log, self.name, self.description, self.extras)
        return log

    def check(self, partition: Partition) -> FlowLog:
        """Return the flow log, or raise what keeps it as it is."""
        return lookup.ready_flow_log(partition.graph, self.log_id)


@attrs.frozen(kw_only=True)
class SwitchFlowLogs:
    """Let flow logs write, or not; those that do as they should already stay as they are.

    Raises:
        FlowLogNotFound, FlowLogBusy: one of them is not there to be switched.
    """

    log_ids: tuple[str, ...]
    active: bool

    def apply(self, partition: Partition) -> tuple[FlowLog, ...]:
        """Return the flow logs, those that change MODIFYING where the cloud takes its time over it."""
        logs = self.check(partition)
        rules = partition.rules
        changing = [log for log in logs if log.active is not self.active]
        for log in changing:
            log.active = self.active
        if changing and rules.provision_is_asynchronous:
            for log in changing:
                log.state = SERVICE_LIFECYCLE[log.state, Trigger.MODIFY]
            duration = rules.durations.change_flow_log
            waiting.begin(
                partition, OperationKind.SWITCH_FLOW_LOGS, Trigger.PROVISIONED, duration, *changing
            )
        return logs

    def check(self, partition: Partition) -> tuple[FlowLog, ...]:
        """Return the flow logs, each once, or raise what keeps one as it is."""
        graph = partition.graph
        return tuple(lookup.ready_flow_log(graph, log_id) for log_id in dict.fromkeys(self.log_ids))


@attrs.frozen
class DeleteFlowLog:
    """Delete a flow log; what it has written is none of the emulator's business.

    Raises:
        FlowLogNotFound, FlowLogBusy: there is none to delete.
    """

    log_id: str

    def apply(self, partition: Partition) -> FlowLog:
        """Return the flow log, DELETING where the cloud takes its time over it, else GONE."""
        log = self.check(partition)
        rules = partition.rules
        if rules.provision_is_asynchronous:
            log.state = SERVICE_LIFECYCLE[log.state, Trigger.DELETE]
            duration = rules.durations.change_flow_log
            waiting.begin(partition, OperationKind.DELETE_FLOW_LOG, Trigger.DELETED, duration, log)
        else:
            partition.graph.remove_flow_log(log)
        return log

    def check(self, partition: Partition) -> FlowLog:
        """Return the flow log, or raise what keeps it from going."""
        return lookup.ready_flow_log(partition.graph, self.log_id)


@attrs.frozen
class OpenService:
    """Open a service of the cloud, under the cloud's own name for it, once and for all.

    Raises:
        ServiceOpened: it was opened before.
    """

    name: str

    def apply(self, partition: Partition) -> None:
        """Note that the service is open."""
        self.check(partition)
        partition.graph.opened_services[self.name] = None

    def check(self, partition: Partition) -> None:
        """Raise what keeps the service from being opened."""
        if self.name in partition.graph.opened_services:
            raise errors.ServiceOpened(self.name)
