"""Network ACLs and their entries, built in one line each."""

from ipaddress import ip_network

from duolect_core.model.network_acls import AclEntry
from duolect_core.model.security_rules import Direction, Protocol, Verdict
from duolect_core.networks.acls import AssociateNetworkAcl, CreateNetworkAcl


def entry(source="10.1.0.0/16", protocol=Protocol.ALL, **more):
    """Return an entry that drops what comes from a block."""
    return AclEntry(**{"protocol": protocol, "verdict": Verdict.DROP, "source": ip_network(source), **more})


WEB = entry(protocol=Protocol.TCP, ports=((80, 90),), verdict=Verdict.ACCEPT, description="web")
ENTRIES = {Direction.INGRESS: (WEB, entry()), Direction.EGRESS: (entry("10.2.0.0/16"),)}


def network_acl(world, network=None, **more):
    """Return a new network ACL that is ready."""
    made = world.do(CreateNetworkAcl(network_id=(network or world.network()).id, **more))
    world.wait()
    return made


def use(world, acl, *subnets):
    """Associate subnets with a network ACL, and wait until they are."""
    world.do(AssociateNetworkAcl(acl_id=acl.id, subnet_ids=tuple(each.id for each in subnets)))
    world.wait()


def sources(acl, direction=Direction.INGRESS):
    """Return the blocks of the entries of a direction, as texts."""
    return [str(each.source) for each in acl.entries.get(direction, ())]
