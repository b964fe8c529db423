"""What is known of the families of instance types beside the limits on their interfaces.

Sources: the vendor's page on instance types, and public answers of DescribeZoneInstanceConfigInfos and
DescribeInstanceFamilyConfigs. Packets and bandwidth that no table gives, and prices, follow rules that were
fitted to what was recorded for the family S5.
"""

import re
from typing import Final

from duolect_core.model.rules import InstanceType
from duolect_dialects.tencent.instances.types import speed

_KINDS: Final = {
    "S": ("Standard", "标准型"),
    "C": ("Compute Optimized", "计算型"),
    "M": ("Memory Optimized", "内存型"),
    "D": ("Big Data", "大数据型"),
    "I": ("High IO", "高IO型"),
    "IT": ("High IO", "高IO型"),
    "SN": ("Standard", "标准型"),
    "GN": ("GPU Compute", "GPU计算型"),
}
"""What the letters of a family stand for. A second letter A says that the processor is AMD's."""
_LETTERS: Final = re.compile(r"([A-Z]+?)A?\d")
_PER_CPU: Final = 0.0745
_PER_GIB: Final = 0.0374
"""The price of an hour in yuan: what S5.8XLARGE64 (4.78) and S5.16XLARGE256 (14.35) have in common."""


def family_name(family: str, *, in_chinese: bool) -> str:
    """Return a family's name for people; one that follows no known scheme is its own name."""
    found = _LETTERS.match(family)
    kind = _KINDS.get(found[1]) if found else None
    if kind is None:
        return family
    english, chinese = kind
    return chinese + family if in_chinese else f"{english} {family}"


def packet_rate(kind: InstanceType) -> int:
    """Return how many packets an instance can send and receive, in 10,000 per second."""
    if told := speed(kind).packets:
        return told
    for most, packets in ((2, 30), (4, 50), (8, 80), (16, 150)):
        if kind.cpu <= most:
            return packets
    return 10 * kind.cpu


def bandwidth(kind: InstanceType) -> float:
    """Return an instance's bandwidth in its private network, in Gbit per second."""
    return speed(kind).gbit_per_second or max(1.5, kind.cpu / 4)


def hourly_price(kind: InstanceType) -> float:
    """Return what an hour of an instance costs, in yuan."""
    return round(kind.cpu * _PER_CPU + kind.memory_gib * _PER_GIB, 2)
