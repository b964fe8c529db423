"""Route tables and routes, built in one line each."""

from ipaddress import ip_network

from duolect_core.model.routes import HopKind, NextHop
from duolect_core.routes.entries import Course, CreateRoutes, NewRoute
from duolect_core.routes.tables import CreateRouteTable

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
