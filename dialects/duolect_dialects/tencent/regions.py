"""The regions that the emulator knows, with the numbers of their zones.

Source: the vendor's page on regions and zones; the numbers with which ZoneId strings begin, as seen in
public DescribeZones answers.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.by_fields import Shown

_NUMERALS: Final = "零一二三四五六七八九"


@attrs.frozen(eq=False, repr=False)
class Region(Shown):
    """A region: its names for people, the first two digits of its ZoneIds, its zones open and sold out."""

    name: str
    chinese_name: str
    number: int
    zones: tuple[int, ...]
    sold_out: tuple[int, ...] = ()

    @property
    def city(self) -> str:
        """The city in the region's name."""
        return self.name.rpartition("(")[2].rstrip(")").partition(",")[0]

    def zone_name(self, number: int) -> str:
        """Return the name of a zone for people."""
        return f"{self.city} Zone {number}"

    def chinese_zone_name(self, number: int) -> str:
        """Return the name of a zone for people, in Chinese."""
        city = self.chinese_name.rpartition("(")[2].rstrip(")").removeprefix("中国")
        return f"{city}{_NUMERALS[number]}区"


REGIONS: Final[Mapping[str, Region]] = MappingProxyType(
    {
        "ap-guangzhou": Region("South China (Guangzhou)", "华南地区(广州)", 10, (3, 4, 6, 7), (1, 2)),
        "ap-shanghai": Region("East China (Shanghai)", "华东地区(上海)", 20, (2, 3, 4, 5, 8), (1,)),
        "ap-nanjing": Region("East China (Nanjing)", "华东地区(南京)", 33, (1, 2, 3)),
        "ap-beijing": Region("North China (Beijing)", "华北地区(北京)", 80, (3, 4, 5, 6, 7), (1,)),
        "ap-chengdu": Region("Southwest China (Chengdu)", "西南地区(成都)", 16, (1, 2)),
        "ap-chongqing": Region("Southwest China (Chongqing)", "西南地区(重庆)", 19, (1,)),
        "ap-hongkong": Region(
            "Hong Kong/Macao/Taiwan (Hong Kong, China)", "港澳台地区(中国香港)", 30, (2, 3), (1,)
        ),
        "ap-singapore": Region("Southeast Asia (Singapore)", "亚太东南(新加坡)", 90, (1, 2, 3, 4)),
        "ap-jakarta": Region("Southeast Asia (Jakarta)", "亚太东南(雅加达)", 72, (1, 2)),
        "ap-bangkok": Region("Southeast Asia (Bangkok)", "亚太东南(曼谷)", 23, (1, 2)),
        "ap-tokyo": Region("Northeast Asia (Tokyo)", "亚太东北(东京)", 25, (1, 2)),
        "ap-seoul": Region("Northeast Asia (Seoul)", "亚太东北(首尔)", 18, (1, 2)),
        "ap-mumbai": Region("South Asia (Mumbai)", "亚太南部(孟买)", 21, (1, 2)),
        "na-siliconvalley": Region("West US (Silicon Valley)", "美国西部(硅谷)", 15, (1, 2)),
        "na-ashburn": Region("East US (Virginia)", "美国东部(弗吉尼亚)", 22, (1, 2)),
        "eu-frankfurt": Region("Europe (Frankfurt)", "欧洲地区(法兰克福)", 17, (1, 2)),
        "sa-saopaulo": Region("South America (Sao Paulo)", "南美地区(圣保罗)", 74, (1,)),
    }
)


def zones(region_id: str) -> tuple[str, ...]:
    """Return the names of the zones in which something can be created."""
    return tuple(f"{region_id}-{number}" for number in REGIONS[region_id].zones)


def sold_out(region_id: str) -> tuple[str, ...]:
    """Return the names of the zones in which nothing can be created any more."""
    return tuple(f"{region_id}-{number}" for number in REGIONS[region_id].sold_out)
