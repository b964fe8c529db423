"""The requests that are measured, signed and ready to be sent, after what they need was made."""

from collections.abc import Callable, Sequence

import attrs
from tests.bench.client import load
from tests.bench.clouds import HUGE, Alibaba, Cloud, Tencent

CONNECTIONS = 8
PAGE = 100
CLOUDS: Sequence[Callable[[int, str], Cloud]] = (Alibaba, Tencent)
CONFIG = f"""
timing = "instant"
[alibaba.instance-types."{HUGE["alibaba"]}"]
cpu = 1
memory-gib = 1
interfaces = 1000
ipv4-per-interface = 10
[tencent.instance-types."{HUGE["tencent"]}"]
cpu = 1
memory-gib = 1
interfaces = 1000
ipv4-per-interface = 10
"""
"""Settings of every server that is measured: nothing takes time, and instances have room."""


@attrs.frozen
class Work:
    """Something to be measured: a request for each connection, or several in turn."""

    plans: Sequence[Sequence[bytes]]
    count: int
    size: int
    """Of an answer, in bytes."""


Prepare = Callable[[Cloud, int], Work]


def creating(cloud: Cloud, count: int) -> Work:
    """Return requests that differ in nonce and signature, as many as are sent."""
    cloud.create_network()
    (body,) = load(cloud.port, [[cloud.create()]], 1, keep=True).bodies
    each = -(-count // CONNECTIONS)
    return Work([[cloud.create() for _ in range(each)] for _ in range(CONNECTIONS)], count, len(body))


def attaching(cloud: Cloud, count: int) -> Work:
    """Return attachments, each followed by the detachment that undoes it."""
    cloud.create_network()
    instance = cloud.run_instance()
    plans = [cloud.move(interface, instance) for interface in cloud.populate(CONNECTIONS)]
    (body, _) = load(cloud.port, plans[:1], 2, keep=True).bodies
    return Work(plans, count, len(body))


def describing(cloud: Cloud, count: int) -> Work:
    """Return requests for one interface by its id."""
    cloud.create_network()
    plans = [[cloud.describe(interface)] for interface in cloud.populate(CONNECTIONS)]
    (body,) = load(cloud.port, plans[:1], 1, keep=True).bodies
    return Work(plans, count, len(body))


def paging(cloud: Cloud, count: int) -> Work:
    """Return requests for a page of 100 interfaces: fewer, since each takes as long as many others."""
    cloud.create_network()
    cloud.populate(PAGE)
    plans = [[cloud.describe_page(PAGE)]] * CONNECTIONS
    (body,) = load(cloud.port, plans[:1], 1, keep=True).bodies
    return Work(plans, max(CONNECTIONS, count // 20), len(body))
