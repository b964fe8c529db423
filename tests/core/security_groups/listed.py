"""What tests of lists have in common: entries of each kind, and lists made in one line."""

from ipaddress import ip_network

from duolect_core.model.lists import AddressSpan, ListEntry, Service
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import Protocol
from duolect_core.security_groups.lists.contents import KINDS, MEMBERS
from duolect_core.security_groups.lists.lifecycle import CreateList


def block(text, description=""):
    """Return the entry of a block of addresses."""
    return ListEntry(content=AddressSpan.of(ip_network(text)), written=text, description=description)


def ports(first, last=None, protocol=None, description=""):
    """Return the entry of a range of ports."""
    text = f"{first}-{last or first}"
    content = Service(protocol, ((first, last or first),))
    return ListEntry(content=content, written=text, description=description)


def member(of, description=""):
    """Return the entry of a list in a group of lists."""
    return ListEntry(content=of.id, written=of.id, description=description)


def created(world, kind=ResourceKind.ADDRESS_LIST, *entries, **more):
    """Return a new list of a kind."""
    return world.do(CreateList(kind=kind, entries=entries, **more))


def one_of_every_kind(world, **more):
    """Return a list of each kind, by kind, with an entry in it."""
    lists = {}
    for kind in KINDS:
        if kind in MEMBERS:
            entry = member(lists[MEMBERS[kind]])
        elif kind is ResourceKind.SERVICE_LIST:
            names = world.partition.rules.services_name_protocols
            entry = ports(80, protocol=Protocol.TCP if names else None)
        else:
            entry = block("172.16.0.0/12")
        lists[kind] = created(world, kind, entry, capacity=2, **more)
    return lists
