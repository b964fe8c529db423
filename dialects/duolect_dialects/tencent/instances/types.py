"""The instance types that the emulator knows, and the limits that each sets on its interfaces.

Limits go by the number of vCPUs for all families: the vendor's page on ENI use limits (2022), confirmed by
its container service's page on pod limits. Newer families follow the same rule here. A count of interfaces
includes the primary interface, a count of addresses the primary address.
"""

from collections.abc import Iterator
from typing import Final

from duolect_core.model.rules import InstanceType

_SIZES: Final = {"SMALL": 1, "MEDIUM": 2, "LARGE": 4}

_NAMES: Final = """
S5.SMALL1 S5.SMALL2 S5.SMALL4 S5.MEDIUM2 S5.MEDIUM4 S5.MEDIUM8 S5.LARGE8 S5.LARGE16
S5.2XLARGE16 S5.2XLARGE32 S5.4XLARGE32 S5.4XLARGE64 S5.8XLARGE64 S5.8XLARGE128 S5.16XLARGE256
S6.MEDIUM2 S6.MEDIUM4 S6.MEDIUM8 S6.LARGE8 S6.LARGE16 S6.2XLARGE16 S6.2XLARGE32 S6.4XLARGE64
SA2.SMALL2 SA2.MEDIUM4 SA2.MEDIUM8 SA2.LARGE8 SA2.LARGE16 SA2.2XLARGE32 SA2.4XLARGE64
SA3.MEDIUM4 SA3.LARGE8 SA3.2XLARGE32 SA3.8XLARGE64 SA3.32XLARGE512 SA5.MEDIUM4 SA5.LARGE8 S8.LARGE8
C5.LARGE8 C6.LARGE8 M5.SMALL8 M5.MEDIUM16 M5.LARGE32 M5.3XLARGE96 M6.MEDIUM16 M6.2XLARGE64
D3.2XLARGE32 IT5.4XLARGE64 IT5.8XLARGE128 S1.SMALL1 S1.MEDIUM4 S2.MEDIUM4 S3.LARGE8 S4.LARGE8
"""


def _limits(cpu: int) -> tuple[int, int]:
    """Return interfaces and addresses per interface for a number of vCPUs."""
    for most, interfaces, addresses in ((1, 2, 6), (6, 4, 10), (10, 6, 20)):
        if cpu <= most:
            return interfaces, addresses
    return 8, 30


def _public_addresses(cpu: int) -> int:
    """Return how many public addresses an instance takes: 2, one more for each 6 vCPUs, at most 10."""
    return min(2 + cpu // 6, 10)


def cpu_of(size: str) -> int:
    """Return the vCPUs of a size: SMALL 1, MEDIUM 2, LARGE 4, nXLARGE 4n."""
    return _SIZES.get(size) or 4 * int(size.removesuffix("XLARGE") or 1)


def instance_types() -> Iterator[InstanceType]:
    """Yield every known type. Names are family.SIZEmemory, with the memory in GiB."""
    for name in _NAMES.split():
        family, _, rest = name.partition(".")
        size = rest.rstrip("0123456789")
        cpu = cpu_of(size)
        interfaces, addresses = _limits(cpu)
        yield InstanceType(
            name=name,
            family=family,
            cpu=cpu,
            memory_gib=float(rest.removeprefix(size)),
            interfaces=interfaces,
            ipv4_per_interface=addresses,
            ipv6_per_interface=addresses,
            public_addresses=_public_addresses(cpu),
        )
