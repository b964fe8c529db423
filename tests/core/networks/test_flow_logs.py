"""Flow logs: created, switched, deleted, and gone with what they watch; and services that are opened."""

from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.nat_gateways.build import nat_gateway
from tests.core.networks.gateways import flow_log

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.resources import OperationState
from duolect_core.model.rules import ResourceKind
from duolect_core.nat_gateways.lifecycle import DeleteNatGateway
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.networks.flow_logs import (
    CreateFlowLog,
    DeleteFlowLog,
    ModifyFlowLog,
    OpenService,
    SwitchFlowLogs,
    network_of,
)
from duolect_core.security_groups.lifecycle import DeleteGroup

NETWORK = ResourceKind.NETWORK


@BOTH
def test_a_flow_log_lives_and_goes(rules):
    world = World(rules)
    network = world.network()
    more = {"traffic": "all", "target": "t", "tags": {"k": "v"}, "extras": {"x": 1}}
    create = CreateFlowLog(kind=NETWORK, watched_id=network.id, name="n", description="d", **more)
    log = world.do(create)
    late = rules.provision_is_asynchronous
    assert log.state is (ServiceState.PENDING if late else ServiceState.AVAILABLE)
    assert (log.name, log.description, log.traffic, log.target) == ("n", "d", "all", "t")
    assert (log.active, log.tags, log.extras) == (True, {"k": "v"}, {"x": 1})
    if late:
        world.refuses(DeleteFlowLog(log.id), errors.FlowLogBusy, log_id=log.id, state="pending")
        world.wait(STEPS.change_flow_log)
    assert network_of(world.graph, log) == network.id
    world.do(ModifyFlowLog(log_id=log.id, name="m", extras={"y": 2}))
    assert (log.name, log.description, log.extras) == ("m", "d", {"x": 1, "y": 2})
    world.do(DeleteFlowLog(log.id))
    if late:
        assert log.state is ServiceState.DELETING
        world.wait(STEPS.change_flow_log)
    assert log.state is ServiceState.GONE
    assert world.graph.flow_logs == {}
    world.refuses(ModifyFlowLog(log_id=log.id), errors.FlowLogNotFound, resource_id=log.id)


@BOTH
def test_flow_logs_are_switched(rules):
    world = World(rules)
    log, other = flow_log(world, world.network()), flow_log(world, world.network())
    ids = (log.id, other.id, log.id)
    assert world.do(SwitchFlowLogs(log_ids=ids, active=True)) == (log, other)
    assert {log.state, other.state} == {ServiceState.AVAILABLE}
    world.do(SwitchFlowLogs(log_ids=(other.id,), active=False))
    world.wait()
    world.do(SwitchFlowLogs(log_ids=ids, active=False))
    assert (log.active, other.active, other.state) == (False, False, ServiceState.AVAILABLE)
    if rules.provision_is_asynchronous:
        assert log.state is ServiceState.MODIFYING
        world.refuses(SwitchFlowLogs(log_ids=ids, active=True), errors.FlowLogBusy, log_id=log.id)
        world.wait(STEPS.change_flow_log)
    world.do(SwitchFlowLogs(log_ids=ids, active=True))
    world.wait()
    assert (log.active, log.state) == (True, ServiceState.AVAILABLE)
    world.refuses(SwitchFlowLogs(log_ids=("absent",), active=True), errors.FlowLogNotFound)


def test_a_flow_log_watches_what_is_there_in_the_network_that_is_named():
    world = World(NORTH)
    subnet, other = world.subnet(), world.network()
    for kind, missing in (
        (NETWORK, errors.NetworkNotFound),
        (ResourceKind.SUBNET, errors.SubnetNotFound),
        (ResourceKind.INTERFACE, errors.InterfaceNotFound),
        (ResourceKind.NAT_GATEWAY, errors.NatGatewayNotFound),
    ):
        world.refuses(CreateFlowLog(kind=kind, watched_id="absent"), missing, resource_id="absent")
    wanted = {"kind": ResourceKind.SUBNET, "watched_id": subnet.id}
    world.refuses(
        CreateFlowLog(**wanted, network_id=other.id),
        errors.FlowLogNetworkMismatch,
        resource_id=subnet.id,
        network_id=subnet.network_id,
        other_id=other.id,
    )
    world.refuses(CreateFlowLog(**wanted, network_id="absent"), errors.NetworkNotFound)
    log = world.do(CreateFlowLog(**wanted, network_id=subnet.network_id))
    assert network_of(world.graph, log) == subnet.network_id


def test_there_are_so_many_flow_logs_with_so_many_tags():
    world = World(limited(SOUTH, flow_logs=1, tags_per_resource=0))
    network = world.network()
    create = CreateFlowLog(kind=NETWORK, watched_id=network.id, tags={"k": "v"})
    world.refuses(create, errors.TagQuotaExceeded)
    flow_log(world, network)
    create = CreateFlowLog(kind=NETWORK, watched_id=network.id, traffic="other")
    world.refuses(create, errors.FlowLogQuotaExceeded, resource_id="south", limit=1)


def test_the_same_traffic_goes_to_the_same_place_once_where_that_counts():
    wanted = {"traffic": "all", "target": "t"}
    free = World(NORTH)
    network = free.network()
    assert flow_log(free, network, **wanted) is not flow_log(free, network, **wanted)
    strict = World(SOUTH)
    network = strict.network()
    log = flow_log(strict, network, **wanted)
    again = CreateFlowLog(kind=NETWORK, watched_id=network.id, **wanted)
    strict.refuses(again, errors.FlowLogExists, watched_id=network.id, log_id=log.id)
    flow_log(strict, network, traffic="all", target="u")
    flow_log(strict, network, traffic="some", target="t")
    flow_log(strict, strict.network(), **wanted)


# -- what they watch goes ----------------------------------------------------------------------------


@BOTH
def test_flow_logs_go_with_what_they_watch(rules):
    world = World(rules)
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    interface, gateway = world.interface(subnet), nat_gateway(world, subnet, addresses=0)
    watched = {
        ResourceKind.INTERFACE: (interface, DeleteInterface(interface.id)),
        ResourceKind.NAT_GATEWAY: (gateway, DeleteNatGateway(gateway_id=gateway.id)),
        ResourceKind.SUBNET: (subnet, DeleteSubnet(subnet.id)),
        NETWORK: (network, DeleteNetwork(network.id)),
    }
    logs = {kind: flow_log(world, each, kind) for kind, (each, _) in watched.items()}
    for kind, (_, delete) in watched.items():
        if kind is NETWORK:
            for group_id in tuple(world.graph.groups_by_network.ids(network.id)):
                world.do(DeleteGroup(group_id))
        world.do(delete)
        world.wait()
        assert logs[kind].state is ServiceState.GONE
        assert logs[kind].id not in world.graph.flow_logs


def test_what_is_under_way_with_a_flow_log_fails_when_what_it_watches_is_gone():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    create = CreateFlowLog(kind=ResourceKind.INTERFACE, watched_id=interface.id)
    log = world.do(create, operation_id="op", command_fault=CommandFault(holds=True))
    world.do(DeleteInterface(interface.id))
    world.wait()
    assert log.state is ServiceState.GONE
    assert world.graph.operations["op"].state is OperationState.FAILED


# -- services -----------------------------------------------------------------------------------------


def test_a_service_is_opened_once():
    world = World(NORTH)
    world.do(OpenService("logs"))
    world.refuses(OpenService("logs"), errors.ServiceOpened, service="logs")
    world.do(OpenService("pools"))
    assert [*world.graph.opened_services] == ["logs", "pools"]
