"""Commands and tokens that tests of the engine give."""

from ipaddress import IPv4Network

from tests.core.builders import World

from duolect_core.engine.idempotency import Token
from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_core.networks.lifecycle import CreateNetwork

CREATE = CreateNetwork(block=IPv4Network("10.0.0.0/16"))
NOWHERE = CreateNetwork(block=IPv4Network("11.0.0.0/16"))


def token(value="t", fingerprint="f", scope="s"):
    return Token(scope, value, fingerprint)


def attachment(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    return world, AttachInterface(interface_id=interface.id, instance_id=instance.id)
