"""The instance types that the emulator knows, the limits that each sets, and what it runs on.

They stand in ``types.json``: a row each, by family, with the source of every family and the rules by which
what no table has was derived. An interface count includes the primary interface, an address count the
primary address. Types of their own, or other limits, come from the settings and from world files.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.rules import InstanceType
from duolect_dialects.instance_types import read

X86: Final = "X86"
ARM: Final = "ARM"


@attrs.frozen(kw_only=True, slots=False, eq=False, repr=False)
class Hardware(Value):
    """What a type has beside the limits on its interfaces; what is not known is empty or 0.

    ``gbit_per_second`` and ``thousand_packets_per_second`` hold in each direction; the former is the
    baseline, which short bursts may exceed.
    """

    category: str = ""
    level: str = ""
    architecture: str = X86
    processor: str = ""
    clock_ghz: float = 0.0
    turbo_ghz: float = 0.0
    gbit_per_second: float = 0
    thousand_packets_per_second: int = 0
    local_disks: int = 0
    local_disk_gib: int = 0
    local_disk_category: str = ""
    gpus: int = 0
    gpu: str = ""
    gpu_memory_gib: int = 0


_UNKNOWN: Final = Hardware()
_FAMILY_COLUMNS: Final = frozenset({"source", "derived", "types", "stopped_to_attach"})
"""What a family has in the file beside the hardware of its types."""


@cache
def known_types() -> Mapping[str, InstanceType]:
    """Return every known type by name."""
    types = {}
    for family, told in _file()["families"].items():
        stopped = told.get("stopped_to_attach", ())
        for row in told["types"]:
            name, cpu, memory, interfaces, ipv4, ipv6, members, primary, secondary = row[:9]
            types[name] = InstanceType(
                name=name,
                family=family,
                cpu=cpu,
                memory_gib=memory,
                interfaces=interfaces,
                ipv4_per_interface=ipv4,
                ipv6_per_interface=ipv6,
                members=members,
                primary_queues=primary,
                secondary_queues=secondary,
                queues_per_interface=max(primary, secondary),
                queues_total=primary + (interfaces - 1) * secondary,
                hot_plug=name not in stopped,
            )
    return MappingProxyType(dict(sorted(types.items())))


def hardware(shown: InstanceType) -> Hardware:
    """Return what a type runs on; of a type of the user's own nothing is known."""
    return _every_hardware().get(shown.name, _UNKNOWN)


@cache
def _every_hardware() -> Mapping[str, Hardware]:
    columns = _file()["columns"][9:]
    found = {}
    for told in _file()["families"].values():
        of_family = {name: value for name, value in told.items() if name not in _FAMILY_COLUMNS}
        for name, *rest in told["types"]:
            found[name] = Hardware(**of_family, **dict(zip(columns, rest[8:], strict=False)))
    return found


@cache
def _file() -> Mapping[str, Any]:
    return read("duolect_dialects.alibaba.instances", "types.json")
