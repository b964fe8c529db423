"""Finding the lists of addresses and services that a command names, or raising that they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core import errors
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.rules import ResourceKind
from duolect_core.relations.existing import named

if TYPE_CHECKING:
    from duolect_core.graph.graph import Graph
    from duolect_core.model.lists import (
        AddressList,
        AddressListGroup,
        RouteList,
        ServiceList,
        ServiceListGroup,
        ValueList,
    )


def address_list(graph: Graph, list_id: str) -> AddressList:
    """Return the list of addresses, or raise ``AddressListNotFound``."""
    return named(graph.address_lists, list_id, errors.AddressListNotFound)


def route_list(graph: Graph, list_id: str) -> RouteList:
    """Return the list for routes, or raise ``RouteListNotFound``."""
    return named(graph.route_lists, list_id, errors.RouteListNotFound)


def ready_route_list(graph: Graph, list_id: str) -> RouteList:
    """Return the list for routes, or raise ``RouteListNotFound``, or ``ListBusy`` while it changes."""
    found = route_list(graph, list_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.ListBusy(list_id)
    return found


def service_list(graph: Graph, list_id: str) -> ServiceList:
    """Return the list of services, or raise ``ServiceListNotFound``."""
    return named(graph.service_lists, list_id, errors.ServiceListNotFound)


def address_list_group(graph: Graph, group_id: str) -> AddressListGroup:
    """Return the group of lists of addresses, or raise ``AddressListGroupNotFound``."""
    return named(graph.address_list_groups, group_id, errors.AddressListGroupNotFound)


def service_list_group(graph: Graph, group_id: str) -> ServiceListGroup:
    """Return the group of lists of services, or raise ``ServiceListGroupNotFound``."""
    return named(graph.service_list_groups, group_id, errors.ServiceListGroupNotFound)


def ready_list(graph: Graph, kind: ResourceKind, list_id: str) -> ValueList:
    """Return the list of a kind that a group of lists wants to stand for.

    Raises:
        the ``NotFound`` of its kind: there is none, or it is being deleted.
    """
    of_addresses = kind is ResourceKind.ADDRESS_LIST
    found: ValueList = (address_list if of_addresses else service_list)(graph, list_id)
    if found.state is ServiceState.DELETING:
        raise (errors.AddressListNotFound if of_addresses else errors.ServiceListNotFound)(list_id)
    return found


def peer_list(graph: Graph, list_id: str) -> ValueList:
    """Return the list of addresses, or the group of such, that a rule wants to name.

    Raises:
        AddressListNotFound: there is none, or it is being deleted.
    """
    found: ValueList | None = (
        graph.address_lists.get(list_id)
        or graph.route_lists.get(list_id)
        or graph.address_list_groups.get(list_id)
    )
    if found is None or found.state is ServiceState.DELETING:
        raise errors.AddressListNotFound(list_id)
    return found


def services_of_rule(graph: Graph, list_id: str) -> ValueList:
    """Return the list of services, or the group of such, that a rule wants to name.

    Raises:
        ServiceListNotFound: there is none, or it is being deleted.
    """
    found: ValueList | None = graph.service_lists.get(list_id) or graph.service_list_groups.get(list_id)
    if found is None or found.state is ServiceState.DELETING:
        raise errors.ServiceListNotFound(list_id)
    return found
