"""Instance types as DescribeInstanceTypes lists them.

What is not known of a type (clock rates, processor models, bandwidth) is shown as 0 or an empty text.
"""

from typing import Final

from duolect_core.model.rules import InstanceType
from duolect_dialects.action import Body
from duolect_dialects.alibaba.instances.types import GPUS, NO_GPU

_CATEGORIES: Final = (
    ("ecs.ebm", "ECS Bare Metal"),
    ("ecs.gn", "Compute-optimized with GPU"),
    ("ecs.hf", "High Clock Speed"),
    ("ecs.c", "Compute-optimized"),
    ("ecs.g", "General-purpose"),
    ("ecs.r", "Memory-optimized"),
    ("ecs.u", "Enhanced"),
)
"""How the names of families begin, and the category of each; the others share their processors."""
_SHARED: Final = "Shared"
_CREDITED: Final = ("ecs.t5", "ecs.t6")
_DISKS: Final = 17


def instance_type(shown: InstanceType) -> Body:
    """Return an instance type with its limits on network interfaces."""
    gpus, gpu = GPUS.get(shown.name, NO_GPU)
    category = next((name for start, name in _CATEGORIES if shown.family.startswith(start)), _SHARED)
    threads = 2 if shown.cpu > 1 else 1
    return {
        "InstanceTypeId": shown.name,
        "InstanceTypeFamily": shown.family,
        "InstanceCategory": category,
        "InstanceFamilyLevel": _level(shown.family, category),
        "CpuArchitecture": "X86",
        "CpuCoreCount": shown.cpu,
        "CpuOptions": {
            "Core": shown.cpu // threads,
            "CoreFactor": 1,
            "ThreadsPerCore": threads,
            "HyperThreadingAdjustable": False,
            "NestedVirtualizationSupport": "",
            "SupportedTopologyTypes": {"SupportedTopologyType": []},
        },
        "CpuSpeedFrequency": 0.0,
        "CpuTurboFrequency": 0.0,
        "PhysicalProcessorModel": "",
        "MemorySize": float(shown.memory_gib),
        "GPUAmount": gpus,
        "GPUSpec": gpu,
        "GPUMemorySize": 0.0,
        "BaselineCredit": 0,
        "InitialCredit": 0,
        "DiskQuantity": _DISKS,
        "NvmeSupport": "unsupported",
        "LocalStorageAmount": 0,
        "LocalStorageCapacity": 0,
        "LocalStorageCategory": "",
        "SupportedBootModes": {"SupportedBootMode": ["BIOS"]},
        "SecurityOptions": {"SecureBootSupport": ""},
        "Clock": {"PtpSupport": "unsupported"},
        "Attributes": {"Attribute": []},
        **_network(shown),
    }


def _level(family: str, category: str) -> str:
    if family.startswith(_CREDITED):
        return "CreditEntryLevel"
    return "EntryLevel" if category == _SHARED else "EnterpriseLevel"


def _network(shown: InstanceType) -> Body:
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
        "QueuePairNumber": shown.queue_pairs_per_interface,
        "NetworkCardQuantity": shown.network_cards,
        "NetworkCards": {
            "NetworkCardInfo": [{"NetworkCardIndex": index} for index in range(shown.network_cards)]
        },
        "EnhancedNetwork": {
            "ExpressSupport": False,
            "RssSupport": False,
            "SriovSupport": False,
            "VfQueueNumberPerEni": 0,
        },
        "InstanceBandwidthRx": 0,
        "InstanceBandwidthTx": 0,
        "InstancePpsRx": 0,
        "InstancePpsTx": 0,
        "JumboFrameSupport": False,
        "NetworkEncryptionSupport": False,
        "NetworkInfo": {"BandwidthWeighting": {"WeightingInfos": {"WeightingInfo": []}}},
    }
