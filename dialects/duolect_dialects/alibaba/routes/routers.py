"""The routers of VPCs: each has one, which comes and goes with it.

Sources: the vendor's pages DescribeVRouters and ModifyVRouterAttribute, and the models of its Python SDKs
for the VPC product and for ECS, where both are the same.
"""

import attrs

from duolect_core.errors import NetworkNotFound
from duolect_core.model.resources import Network
from duolect_core.networks.changes import ModifyNetwork
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action, vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.networks.views import network_of_router
from duolect_dialects.alibaba.routes import views
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session


@attrs.frozen(kw_only=True)
class DescribeVRouters:
    """List the routers of VPCs, newest first."""

    RegionId: str = required()
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)
    VRouterId: str | None = param()


@vpc_action()
def describe_vrouters(session: Session, request: DescribeVRouters) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[Network] = Criteria(graph)
    if request.VRouterId is not None:
        criteria.ids((network_of_router(request.VRouterId),))
    page, about = common.numbered_page(graph.networks, criteria.selection, request)
    return {
        "VRouters": {"VRouter": [views.router(session, shown) for shown in page.items]},
        **about,
    }


@attrs.frozen(kw_only=True)
class ModifyVRouterAttribute:
    """Rename the router of a VPC, or describe it anew."""

    VRouterId: str = required()
    Description: str | None = param(
        networks.DESCRIPTION_LENGTH,
        common.NOT_A_LINK,
        code="InvalidVRouterDiscription.Malformed",
        clearable=True,
    )
    RegionId: str | None = param()
    VRouterName: str | None = param(
        networks.NAME_LENGTH, common.NOT_A_LINK, code="InvalidVRouterName.Malformed", clearable=True
    )


@vpc_action()
def modify_vrouter_attribute(session: Session, request: ModifyVRouterAttribute) -> Body:
    """Change what is given, at once."""
    try:
        network = lookup.network(session.graph, network_of_router(request.VRouterId))
    except NetworkNotFound:
        message = f"The router {request.VRouterId} does not exist."
        raise Refusal("InvalidVRouterId.NotFound", message, 404) from None
    extras = {views.ROUTER_NAME: request.VRouterName, views.ROUTER_DESCRIPTION: request.Description}
    given = {name: value for name, value in extras.items() if value is not None}
    session.execute(ModifyNetwork(network_id=network.id, extras=given))
    return {}


@ecs_action(name="DescribeVRouters")
def ecs_describe_vrouters(session: Session, request: DescribeVRouters) -> Body:
    """List one page."""
    return describe_vrouters(session, request)


@ecs_action(name="ModifyVRouterAttribute")
def ecs_modify_vrouter_attribute(session: Session, request: ModifyVRouterAttribute) -> Body:
    """Change what is given, at once."""
    return modify_vrouter_attribute(session, request)
