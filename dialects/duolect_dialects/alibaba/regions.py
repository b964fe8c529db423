"""The regions that the emulator knows, with their zones and the letters their resource ids begin with.

Source: the vendor's list of regions; zone letters from public use, not a full list; id letters as seen in
public resource ids.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs


@attrs.frozen
class Region:
    """A region: its name for people, the letters of its zones, the letters of its ids."""

    name: str
    zone_letters: str
    id_letters: str


REGIONS: Final[Mapping[str, Region]] = MappingProxyType(
    {
        "cn-hangzhou": Region("China (Hangzhou)", "befghijk", "bp1"),
        "cn-shanghai": Region("China (Shanghai)", "abfgl", "uf6"),
        "cn-beijing": Region("China (Beijing)", "abcefghijkl", "2ze"),
        "cn-shenzhen": Region("China (Shenzhen)", "cef", "wz9"),
        "cn-zhangjiakou": Region("China (Zhangjiakou)", "abc", "8vb"),
        "cn-huhehaote": Region("China (Hohhot)", "ab", "hp3"),
        "cn-wulanchabu": Region("China (Ulanqab)", "abc", "0jl"),
        "cn-qingdao": Region("China (Qingdao)", "bc", "m5e"),
        "cn-chengdu": Region("China (Chengdu)", "ab", "2vc"),
        "cn-guangzhou": Region("China (Guangzhou)", "ab", "7xv"),
        "cn-heyuan": Region("China (Heyuan)", "ab", "f8z"),
        "cn-hongkong": Region("China (Hong Kong)", "bcd", "j6c"),
        "ap-southeast-1": Region("Singapore", "abc", "t4n"),
        "ap-southeast-3": Region("Malaysia (Kuala Lumpur)", "ab", "8ps"),
        "ap-southeast-5": Region("Indonesia (Jakarta)", "abc", "k1a"),
        "ap-northeast-1": Region("Japan (Tokyo)", "ab", "6we"),
        "us-west-1": Region("US (Silicon Valley)", "ab", "rj9"),
        "us-east-1": Region("US (Virginia)", "ab", "0xi"),
        "eu-central-1": Region("Germany (Frankfurt)", "ab", "gw8"),
        "eu-west-1": Region("UK (London)", "ab", "d7o"),
        "me-east-1": Region("UAE (Dubai)", "a", "eb3"),
    }
)


def zones(region_id: str) -> tuple[str, ...]:
    """Return the ids of a region's zones: with a hyphen in China, without one abroad."""
    hyphen = "-" if region_id.startswith("cn-") else ""
    return tuple(f"{region_id}{hyphen}{letter}" for letter in REGIONS[region_id].zone_letters)


def zone_name(region_id: str, zone_id: str) -> str:
    """Return a zone's name for people: ``Hangzhou Zone H``."""
    city = REGIONS[region_id].name.rpartition("(")[2].rstrip(")")
    return f"{city} Zone {zone_id[-1].upper()}"
