"""The world of the run: networks, instances and interfaces on Alibaba Cloud, made through the API."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
from tests.bench.client import load
from tests.bench.clouds import HUGE, Alibaba

CONNECTIONS = 8
VPC = "2016-04-28"
CONFIG = f"""
timing = "instant"
[alibaba.quotas]
subnets-per-network = 1000
[alibaba.instance-types."{HUGE["alibaba"]}"]
cpu = 1
memory-gib = 1
interfaces = 10000
ipv4-per-interface = 10
"""
NARROW = 10
"""Each tenth subnet has room for little more than what is put into it."""
RESERVED = 4
WIDE = 16


@attrs.frozen
class Sizes:
    """How large the world is."""

    subnets: int
    instances: int
    interfaces: int

    @property
    def instances_each(self) -> int:
        """How many instances a subnet has."""
        return max(1, self.instances // self.subnets)

    @property
    def interfaces_each(self) -> int:
        """How many interfaces a subnet has, those that come with instances not counted."""
        return max(1, self.interfaces // self.subnets - self.instances_each)

    def host_bits(self, place: int) -> int:
        """Return how large the block of a subnet is."""
        needed = self.interfaces_each + self.instances_each + RESERVED
        return max(3, needed.bit_length()) if self.is_narrow(place) else WIDE

    def is_narrow(self, place: int) -> bool:
        """Say whether a subnet is nearly full: each tenth but the last, which is used on."""
        return place % NARROW == 0 and place + 1 < self.subnets


def build(account: Alibaba, sizes: Sizes, told: Callable[[str], None]) -> Sequence[str]:
    """Make the world, and return the interfaces that did not come with instances."""
    made: list[str] = []
    account.vpc = account.call("CreateVpc", version=VPC, CidrBlock="10.0.0.0/8")["VpcId"]
    for place in range(sizes.subnets):
        block = f"10.{place}.0.0/{32 - sizes.host_bits(place)}"
        made += _fill(account, block, sizes, others=0 if sizes.is_narrow(place) else 2)
        told(f"{len(made):,} interfaces in {place + 1} subnets")
    return made


def _fill(account: Alibaba, block: str, sizes: Sizes, *, others: int) -> Sequence[str]:
    """Make a subnet with instances and interfaces, and attach those to these."""
    subnet = account.call(
        "CreateVSwitch", version=VPC, VpcId=account.vpc, ZoneId="cn-hangzhou-h", CidrBlock=block
    )
    account.vswitch = subnet["VSwitchId"]
    account.group = account.call("CreateSecurityGroup", VpcId=account.vpc)["SecurityGroupId"]
    instances = [account.run_instance() for _ in range(sizes.instances_each)]
    more = {"SecondaryPrivateIpAddressCount": str(others)} if others else {}
    bodies = send(account.port, [create(account, **more) for _ in range(sizes.interfaces_each)])
    made = [account.interface_of(body) for body in bodies]
    pairs = [(each, instances[place % len(instances)]) for place, each in enumerate(made)]
    send(account.port, [account.move(*pair)[0] for pair in pairs])
    return made


def create(account: Alibaba, **more: Any) -> bytes:
    """Return a request for one interface with a tag."""
    return account.request(
        "CreateNetworkInterface",
        VSwitchId=account.vswitch,
        SecurityGroupId=account.group,
        NetworkInterfaceName="scale",
        **{"Tag.1.Key": "made-by", "Tag.1.Value": "scale", **more},
    )


def send(port: int, requests: Sequence[bytes]) -> list[bytes]:
    """Send requests, each once, over some connections, and return the bodies of the answers."""
    plans = [requests[place::CONNECTIONS] for place in range(min(CONNECTIONS, len(requests)))]
    return load(port, plans, len(requests), keep=True).bodies
