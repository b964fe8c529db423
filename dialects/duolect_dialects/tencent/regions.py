"""The regions that the emulator knows, with the numbers of their zones.

Source: the vendor's page on regions and zones; the numbers with which ZoneId strings begin, as seen in
public DescribeZones answers.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs


@attrs.frozen
class Region:
    """A region: its name for people, the first two digits of its ZoneIds, its zones open and sold out."""

    name: str
    number: int
    zones: tuple[int, ...]
    sold_out: tuple[int, ...] = ()

    @property
    def city(self) -> str:
        """The city in the region's name."""
        return self.name.rpartition("(")[2].rstrip(")").partition(",")[0]


REGIONS: Final[Mapping[str, Region]] = MappingProxyType(
    {
        "ap-guangzhou": Region("South China (Guangzhou)", 10, (3, 4, 6, 7), (1, 2)),
        "ap-shanghai": Region("East China (Shanghai)", 20, (2, 3, 4, 5, 8), (1,)),
        "ap-nanjing": Region("East China (Nanjing)", 33, (1, 2, 3)),
        "ap-beijing": Region("North China (Beijing)", 80, (3, 4, 5, 6, 7), (1,)),
        "ap-chengdu": Region("Southwest China (Chengdu)", 16, (1, 2)),
        "ap-chongqing": Region("Southwest China (Chongqing)", 19, (1,)),
        "ap-hongkong": Region("Hong Kong/Macao/Taiwan (Hong Kong, China)", 30, (2, 3), (1,)),
        "ap-singapore": Region("Southeast Asia (Singapore)", 90, (1, 2, 3, 4)),
        "ap-jakarta": Region("Southeast Asia (Jakarta)", 72, (1, 2)),
        "ap-bangkok": Region("Southeast Asia (Bangkok)", 23, (1, 2)),
        "ap-tokyo": Region("Northeast Asia (Tokyo)", 25, (1, 2)),
        "ap-seoul": Region("Northeast Asia (Seoul)", 18, (1, 2)),
        "ap-mumbai": Region("South Asia (Mumbai)", 21, (1, 2)),
        "na-siliconvalley": Region("West US (Silicon Valley)", 15, (1, 2)),
        "na-ashburn": Region("East US (Virginia)", 22, (1, 2)),
        "eu-frankfurt": Region("Europe (Frankfurt)", 17, (1, 2)),
        "sa-saopaulo": Region("South America (Sao Paulo)", 74, (1,)),
    }
)


def zones(region_id: str) -> tuple[str, ...]:
    """Return the names of the zones in which something can be created."""
    return tuple(f"{region_id}-{number}" for number in REGIONS[region_id].zones)


def sold_out(region_id: str) -> tuple[str, ...]:
    """Return the names of the zones in which nothing can be created any more."""
    return tuple(f"{region_id}-{number}" for number in REGIONS[region_id].sold_out)
