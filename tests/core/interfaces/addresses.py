"""Interfaces with certain private addresses, and the states of these."""

from tests.core.builders import certain

from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan


def states(interface):
    return [address.state for address in (*interface.ipv4, *interface.ipv6)]


def primary_at(text):
    """Return the plan of an interface with this primary address."""
    return AddressPlan(primary=certain(text)[0])


def interface_with_everything(world):
    """Return an interface that holds some of everything."""
    plan = AddressPlan(
        primary=certain("10.0.0.9")[0],
        secondaries=certain("10.0.0.5", "10.0.0.6"),
        ipv6=(ANY, ANY),
        ipv4_prefixes=(ANY_PREFIX, ANY_PREFIX),
        ipv6_prefixes=(ANY_PREFIX,),
    )
    return world.interface(world.subnet(ipv6_index=0), plan)
