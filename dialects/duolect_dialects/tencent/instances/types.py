"""The instance types that the emulator knows, and the limits that each sets on its interfaces.

They stand in ``types.json``: a row each, by family, with the source of every family. Limits go by the
number of vCPUs for all families: the vendor's page on ENI use limits (2022), confirmed by its container
service's page on pod limits. Newer families follow the same rule here. A count of interfaces includes the
primary interface, a count of addresses the primary address.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.rules import InstanceType
from duolect_dialects.instance_types import read


@attrs.frozen(eq=False, repr=False)
class Hardware(Value):
    """What a family's instances run on, as the vendor writes it; what is not known is empty or 0.

    ``network_card`` is the bandwidth of the card in Gbit per second, ``gpu_memory_gib`` that of one GPU.
    """

    processor: str = ""
    frequency: str = ""
    network_card: int = 0
    gpu: str = ""
    gpu_memory_gib: int = 0


@attrs.frozen(eq=False, repr=False)
class Speed(Value):
    """What the vendor's tables give for a type; 0 where they give nothing.

    ``packets`` are in 10,000 per second, sent and received; ``gbit_per_second`` is of the private network.
    """

    packets: int = 0
    gbit_per_second: float = 0
    gpus: int = 0


_UNKNOWN: Final = Speed()


def _limits(cpu: int) -> tuple[int, int]:
    """Return interfaces and addresses per interface for a number of vCPUs."""
    for most, interfaces, addresses in ((1, 2, 6), (6, 4, 10), (10, 6, 20)):
        if cpu <= most:
            return interfaces, addresses
    return 8, 30


def _public_addresses(cpu: int) -> int:
    """Return how many public addresses an instance takes: 2, one more for each 6 vCPUs, at most 10."""
    return min(2 + cpu // 6, 10)


@cache
def known_types() -> Mapping[str, InstanceType]:
    """Return every known type by name, family by family."""
    types = {}
    for family, told in _file()["families"].items():
        for name, cpu, memory, *_speed in told["types"]:
            interfaces, addresses = _limits(cpu)
            types[name] = InstanceType(
                name=name,
                family=family,
                cpu=cpu,
                memory_gib=float(memory),
                interfaces=interfaces,
                ipv4_per_interface=addresses,
                ipv6_per_interface=addresses,
                public_addresses=_public_addresses(cpu),
            )
    return MappingProxyType(types)


@cache
def hardware(family: str) -> Hardware:
    """Return what a family's instances run on."""
    told = _file()["families"].get(family, {})
    return Hardware(**{name: value for name, value in told.items() if name not in {"source", "types"}})


def speed(kind: InstanceType) -> Speed:
    """Return how fast the vendor's tables call a type; of one of the user's own they say nothing."""
    return _speeds().get(kind.name, _UNKNOWN)


@cache
def _speeds() -> Mapping[str, Speed]:
    return {row[0]: Speed(*row[3:]) for told in _file()["families"].values() for row in told["types"]}


@cache
def _file() -> Mapping[str, Any]:
    return read("duolect_dialects.tencent.instances", "types.json")
