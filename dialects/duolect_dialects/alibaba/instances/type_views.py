"""Instance types as DescribeInstanceTypes lists them.

What is not known of a type (clock rates, processor models, bandwidth) is shown as 0 or an empty text.
In recorded answers bandwidths are the baseline of the vendor's table, with 1,024,000 kbit/s to the
Gbit/s. Those of 2025 and 2026 leave out what a type has none of (GPUs' memory, local disks, network
cards, queue pairs), and credits, attributes and secure boot. They show some objects without members,
and whole numbers without a point.
"""

from typing import Final

from duolect_core.model.rules import InstanceType
from duolect_dialects.action import Body
from duolect_dialects.alibaba.instances.types import ARM, Hardware, hardware

_CATEGORIES: Final = (
    ("ecs.ebm", "ECS Bare Metal"),
    ("ecs.gn", "Compute-optimized with GPU"),
    ("ecs.hf", "High Clock Speed"),
    ("ecs.c", "Compute-optimized"),
    ("ecs.g", "General-purpose"),
    ("ecs.r", "Memory-optimized"),
    ("ecs.u", "Enhanced"),
)
"""How the names of families begin, and the category of each; the others share their processors.

This is for types of the user's own: the catalogue has the category of each family.
"""
_SHARED: Final = "Shared"
_CREDITED: Final = ("ecs.t5", "ecs.t6")
_DISKS: Final = 17
_KBIT: Final = 1_024_000
"""How many kbit/s a Gbit/s of bandwidth is shown as."""
_THOUSAND: Final = 1000


def instance_type(shown: InstanceType) -> Body:
    """Return an instance type with its limits on network interfaces."""
    runs_on = hardware(shown)
    category = runs_on.category or _category(shown.family)
    threads = threads_per_core(shown)
    return {
        "InstanceTypeId": shown.name,
        "InstanceTypeFamily": shown.family,
        "InstanceCategory": category,
        "InstanceFamilyLevel": runs_on.level or _level(shown.family, category),
        "CpuArchitecture": runs_on.architecture,
        "CpuCoreCount": shown.cpu,
        "CpuOptions": {
            "Core": shown.cpu // threads,
            "CoreFactor": 1,
            "ThreadsPerCore": threads,
            "HyperThreadingAdjustable": False,
            "SupportedTopologyTypes": {"SupportedTopologyType": []},
        },
        "CpuSpeedFrequency": runs_on.clock_ghz,
        "CpuTurboFrequency": runs_on.turbo_ghz,
        "PhysicalProcessorModel": runs_on.processor,
        "MemorySize": _plain(shown.memory_gib),
        "GPUAmount": runs_on.gpus,
        "GPUSpec": runs_on.gpu,
        **({"GPUMemorySize": _plain(runs_on.gpu_memory_gib)} if runs_on.gpus else {}),
        "DiskQuantity": _DISKS,
        "NvmeSupport": "unsupported",
        **local_disks(runs_on),
        "LocalStorageCategory": runs_on.local_disk_category,
        "SupportedBootModes": {"SupportedBootMode": ["UEFI" if runs_on.architecture == ARM else "BIOS"]},
        "Clock": {},
        **_network(shown, runs_on),
    }


def local_disks(of: Hardware) -> dict[str, int]:
    """Return the local disks of a type; where it has none the members are absent, as recorded in 2024."""
    if not of.local_disks:
        return {}
    return {"LocalStorageAmount": of.local_disks, "LocalStorageCapacity": of.local_disk_gib}


def _plain(amount: float) -> float:
    """Return a number as the cloud writes it: a whole one without a point."""
    return int(amount) if amount == int(amount) else amount


def threads_per_core(shown: InstanceType) -> int:
    """Return how many threads a core of a type has: two, but for ARM processors and single threads."""
    return 1 if shown.cpu == 1 or hardware(shown).architecture == ARM else 2


def _category(family: str) -> str:
    return next((name for start, name in _CATEGORIES if family.startswith(start)), _SHARED)


def _level(family: str, category: str) -> str:
    if family.startswith(_CREDITED):
        return "CreditEntryLevel"
    return "EntryLevel" if category == _SHARED else "EnterpriseLevel"


def _network(shown: InstanceType, runs_on: Hardware) -> Body:
    bandwidth = round(runs_on.gbit_per_second * _KBIT)
    packets = runs_on.thousand_packets_per_second * _THOUSAND
    return {
        "EniQuantity": shown.interfaces,
        "EniTotalQuantity": shown.interfaces + shown.members,
        "EniTrunkSupported": shown.members > 0,
        "EniPrivateIpAddressQuantity": shown.ipv4_per_interface,
        "EniIpv6AddressQuantity": shown.ipv6_per_interface,
        "PrimaryEniQueueNumber": shown.primary_queues,
        "SecondaryEniQueueNumber": shown.secondary_queues,
        "MaximumQueueNumberPerEni": shown.queues_per_interface,
        "TotalEniQueueQuantity": shown.queues_total,
        "EriQuantity": shown.rdma_interfaces,
        **({"QueuePairNumber": shown.queue_pairs_per_interface} if shown.rdma_interfaces else {}),
        **_cards(shown.network_cards),
        "EnhancedNetwork": {},
        "InstanceBandwidthRx": bandwidth,
        "InstanceBandwidthTx": bandwidth,
        "InstancePpsRx": packets,
        "InstancePpsTx": packets,
        "JumboFrameSupport": False,
        "NetworkEncryptionSupport": False,
        "NetworkInfo": {"BandwidthWeighting": {}},
    }


def _cards(count: int) -> Body:
    if not count:
        return {}
    cards = [{"NetworkCardIndex": index} for index in range(count)]
    return {"NetworkCardQuantity": count, "NetworkCards": {"NetworkCardInfo": cards}}
