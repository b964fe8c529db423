"""The instance types that the emulator knows, and the limits that each sets on its interfaces.

Source: the vendor's page on instance families, and recorded DescribeInstanceTypes answers. An interface
count includes the primary interface, an address count the primary address. ``members`` is what remains of
EniTotalQuantity beside EniQuantity on types that support trunks; where the total was not recorded it is
taken as five times EniQuantity. Types of their own, or other limits, come from the settings.
"""

from collections.abc import Iterator

from duolect_core.model.rules import InstanceType

# name, vCPU, GiB, interfaces, IPv4 and IPv6 per interface, trunk members, queues: primary, secondary
_ROWS = (
    ("ecs.c6.4xlarge", 16, 32, 8, 20, 1, 32, 8, 8),
    ("ecs.c6.large", 2, 4, 2, 6, 1, 0, 2, 2),
    ("ecs.c6.xlarge", 4, 8, 3, 10, 1, 12, 4, 4),
    ("ecs.c7.4xlarge", 16, 32, 8, 30, 30, 32, 8, 8),
    ("ecs.c7.large", 2, 4, 3, 6, 6, 12, 2, 2),
    ("ecs.c7.xlarge", 4, 8, 4, 15, 15, 16, 4, 4),
    ("ecs.c8i.xlarge", 4, 8, 4, 15, 15, 16, 4, 4),
    ("ecs.ebmg5.24xlarge", 96, 384, 32, 10, 0, 0, 8, 1),
    ("ecs.ebmg6.26xlarge", 104, 384, 32, 10, 1, 0, 8, 8),
    ("ecs.ebmre7p.32xlarge", 128, 1024, 32, 15, 1, 78, 32, 16),
    ("ecs.g5.2xlarge", 8, 32, 4, 10, 1, 0, 2, 2),
    ("ecs.g5.large", 2, 8, 2, 6, 1, 0, 2, 2),
    ("ecs.g5.xlarge", 4, 16, 3, 10, 1, 0, 2, 2),
    ("ecs.g5ne.2xlarge", 8, 32, 6, 15, 1, 24, 8, 8),
    ("ecs.g5ne.large", 2, 8, 3, 10, 1, 12, 2, 2),
    ("ecs.g5ne.xlarge", 4, 16, 4, 15, 1, 16, 4, 4),
    ("ecs.g6.13xlarge", 52, 192, 7, 20, 1, 28, 32, 32),
    ("ecs.g6.16xlarge", 64, 256, 8, 20, 1, 52, 32, 32),
    ("ecs.g6.26xlarge", 104, 384, 15, 20, 1, 60, 32, 32),
    ("ecs.g6.2xlarge", 8, 32, 4, 10, 1, 16, 8, 8),
    ("ecs.g6.3xlarge", 12, 48, 6, 10, 1, 24, 8, 8),
    ("ecs.g6.4xlarge", 16, 64, 8, 20, 1, 32, 8, 8),
    ("ecs.g6.8xlarge", 32, 128, 8, 20, 1, 32, 16, 16),
    ("ecs.g6.large", 2, 8, 2, 6, 1, 0, 2, 2),
    ("ecs.g6.xlarge", 4, 16, 3, 10, 1, 12, 4, 4),
    ("ecs.g6a.large", 2, 8, 2, 6, 1, 0, 2, 2),
    ("ecs.g6a.xlarge", 4, 16, 3, 15, 1, 0, 4, 4),
    ("ecs.g6e.large", 2, 8, 3, 6, 1, 12, 2, 2),
    ("ecs.g6e.xlarge", 4, 16, 4, 15, 1, 16, 4, 4),
    ("ecs.g7.16xlarge", 64, 256, 8, 30, 30, 32, 32, 32),
    ("ecs.g7.2xlarge", 8, 32, 4, 15, 15, 16, 8, 8),
    ("ecs.g7.32xlarge", 128, 512, 15, 30, 30, 60, 32, 32),
    ("ecs.g7.3xlarge", 12, 48, 8, 15, 15, 32, 8, 8),
    ("ecs.g7.4xlarge", 16, 64, 8, 30, 30, 32, 8, 8),
    ("ecs.g7.8xlarge", 32, 128, 8, 30, 30, 32, 16, 16),
    ("ecs.g7.large", 2, 8, 3, 6, 6, 12, 2, 2),
    ("ecs.g7.xlarge", 4, 16, 4, 15, 15, 16, 4, 4),
    ("ecs.g7ne.large", 2, 8, 3, 10, 10, 12, 2, 2),
    ("ecs.g8i.large", 2, 8, 3, 6, 6, 12, 2, 2),
    ("ecs.g8i.xlarge", 4, 16, 4, 15, 15, 16, 4, 4),
    ("ecs.g8ine.large", 2, 8, 3, 10, 10, 12, 2, 2),
    ("ecs.g9ae.large", 2, 8, 3, 6, 6, 12, 2, 2),
    ("ecs.gn6i-c4g1.xlarge", 4, 15, 2, 10, 1, 0, 2, 2),
    ("ecs.gn6v-c8g1.2xlarge", 8, 32, 4, 10, 1, 0, 4, 4),
    ("ecs.hfg7.large", 2, 8, 2, 6, 6, 8, 2, 2),
    ("ecs.n4.small", 1, 2, 2, 2, 0, 0, 1, 1),
    ("ecs.r6.large", 2, 16, 2, 6, 1, 0, 2, 2),
    ("ecs.r6.xlarge", 4, 32, 3, 10, 1, 12, 4, 4),
    ("ecs.r7.4xlarge", 16, 128, 8, 30, 30, 32, 8, 8),
    ("ecs.r7.large", 2, 16, 3, 6, 6, 12, 2, 2),
    ("ecs.r7.xlarge", 4, 32, 4, 15, 15, 16, 4, 4),
    ("ecs.s6-c1m2.large", 2, 4, 2, 2, 1, 0, 1, 1),
    ("ecs.t5-c1m2.large", 2, 4, 2, 2, 1, 0, 1, 1),
    ("ecs.t5-lc1m2.small", 1, 2, 2, 2, 1, 0, 1, 1),
    ("ecs.t6-c1m1.large", 2, 2, 2, 2, 1, 0, 1, 1),
    ("ecs.t6-c1m2.large", 2, 4, 2, 2, 1, 0, 1, 1),
    ("ecs.t6-c1m4.large", 2, 8, 2, 2, 1, 0, 1, 1),
    ("ecs.t6-c1m4.xlarge", 4, 16, 2, 6, 1, 0, 1, 1),
    ("ecs.u1-c1m4.xlarge", 4, 16, 3, 10, 1, 3, 2, 2),
)

NO_GPU = (0, "")
GPUS = {
    "ecs.gn6i-c4g1.xlarge": (1, "NVIDIA T4"),
    "ecs.gn6v-c8g1.2xlarge": (1, "NVIDIA V100"),
}
"""How many GPUs of which kind a type has."""

_STOP_FIRST = frozenset({"ecs.t5", "ecs.t6", "ecs.s6"})
"""Families whose instances must be stopped before an interface comes or goes."""


def instance_types() -> Iterator[InstanceType]:
    """Yield every known type."""
    for name, cpu, memory, interfaces, ipv4, ipv6, members, primary, secondary in _ROWS:
        family = name.rpartition(".")[0].partition("-")[0]
        yield InstanceType(
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
            hot_plug=family not in _STOP_FIRST,
        )
