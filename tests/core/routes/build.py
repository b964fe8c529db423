"""Route tables and routes, built in one line each."""

from ipaddress import ip_network

from duolect_core.model.routes import HopKind, NextHop, RouteVerdict
from duolect_core.routes.entries import Course, CreateRoutes, NewRoute
from duolect_core.routes.policies import CreateRoutePolicy, NewPolicyEntry
from duolect_core.routes.policy_associations import AssociateRoutePolicies, PolicyOfTable
from duolect_core.routes.publication import PublishRoutes
from duolect_core.routes.tables import CreateRouteTable
from duolect_core.routes.target_groups import CreateRouteTargetGroup, SwitchRouteTarget

GATEWAY = NextHop(kind=HopKind.ELSEWHERE, id="gateway", label="nat")


def main_table(world, network):
    """Return the main route table of a network."""
    return world.graph.route_tables[network.route_table_id]


def table(world, network=None, **more):
    """Return a new route table that is ready."""
    made = world.do(CreateRouteTable(network_id=(network or world.network()).id, **more))
    world.wait()
    return made


def wanted(own, block="172.16.0.0/16", *hops, enabled=True, **more):
    """Return a route of a table to be created."""
    course = Course(
        table_id=own if isinstance(own, str) else own.id,
        block=ip_network(block),
        hops=hops or (GATEWAY,),
        enabled=enabled,
    )
    return NewRoute(course=course, **more)


def creation(own, block="172.16.0.0/16", *hops, **more):
    """Return the command that creates one route."""
    return CreateRoutes(routes=(wanted(own, block, *hops, **more),))


def route(world, own, block="172.16.0.0/16", *hops, **more):
    """Return a new route that is ready."""
    (made,) = world.do(creation(own, block, *hops, **more))
    world.wait()
    return made


# -- groups of route targets, publication and policies --------------------------------------------------

CLOUD = NextHop(kind=HopKind.ELSEWHERE, id="ecr-1", label="ECR")
"""Whom routes are published to."""


def member(name, weight):
    """Return a member of a group of route targets."""
    return NextHop(kind=HopKind.ELSEWHERE, id=name, label="endpoint", weight=weight)


MEMBERS = (member("ep-1", 100), member("ep-2", 0))


def target_group(world, network=None, members=MEMBERS, **more):
    """Return a new group of route targets that is ready."""
    made = world.do(
        CreateRouteTargetGroup(network_id=(network or world.network()).id, members=members, **more)
    )
    world.wait()
    return made


def entry(block="172.16.0.0/12", verdict=RouteVerdict.ACCEPT, **more):
    """Return an entry of a route policy to be created."""
    return NewPolicyEntry(block=ip_network(block), verdict=verdict, **more)


def route_policy(world, *entries, **more):
    """Return a new route policy."""
    return world.do(CreateRoutePolicy(name="policy", entries=entries, **more))


def associated(world, own, policy, priority=1):
    """Associate a route policy with a table."""
    place = PolicyOfTable(table_id=own.id, policy_id=policy.id, priority=priority)
    world.do(AssociateRoutePolicies((place,)))
    return policy


def targets_and_policies(world, own):
    """Let a table have a route to a group that is being switched, a published one, and a policy."""
    group = target_group(world, world.graph.networks[own.network_id], tags={"k": "v"})
    hop = NextHop(kind=HopKind.ROUTE_TARGET_GROUP, id=group.id)
    made = route(world, own, "172.20.0.0/16", hop)
    world.do(PublishRoutes(route_ids=(made.id,), target=CLOUD))
    world.do(SwitchRouteTarget(group.id))
    associated(world, own, route_policy(world, entry(), entry("2001:db8::/32"), tags={"k": "v"}), 7)
