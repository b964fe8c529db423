"""The regions that the emulator knows, with their zones and the letters their resource ids begin with.

Sources: the vendor's list of regions; a recorded DescribeRegions (29 regions, 2024) for their order and the
full-width brackets of their Chinese names; zone letters from public use, not a full list; id letters as
seen in public resource ids.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.by_fields import Shown


@attrs.frozen(eq=False, repr=False)
class Region(Shown):
    """A region: its English and Chinese names, the letters of its zones, the letters of its ids."""

    name: str
    chinese: str
    zone_letters: str
    id_letters: str


REGIONS: Final[Mapping[str, Region]] = MappingProxyType(
    {
        "cn-qingdao": Region("China (Qingdao)", "华北1（青岛）", "bc", "m5e"),
        "cn-beijing": Region("China (Beijing)", "华北2（北京）", "abcefghijkl", "2ze"),
        "cn-zhangjiakou": Region("China (Zhangjiakou)", "华北3（张家口）", "abc", "8vb"),
        "cn-huhehaote": Region("China (Hohhot)", "华北5（呼和浩特）", "ab", "hp3"),
        "cn-wulanchabu": Region("China (Ulanqab)", "华北6（乌兰察布）", "abc", "0jl"),
        "cn-hangzhou": Region("China (Hangzhou)", "华东1（杭州）", "befghijk", "bp1"),
        "cn-shanghai": Region("China (Shanghai)", "华东2（上海）", "abfgl", "uf6"),
        "cn-shenzhen": Region("China (Shenzhen)", "华南1（深圳）", "cef", "wz9"),
        "cn-heyuan": Region("China (Heyuan)", "华南2（河源）", "ab", "f8z"),
        "cn-guangzhou": Region("China (Guangzhou)", "华南3（广州）", "ab", "7xv"),
        "cn-chengdu": Region("China (Chengdu)", "西南1（成都）", "ab", "2vc"),
        "cn-hongkong": Region("China (Hong Kong)", "中国香港", "bcd", "j6c"),
        "ap-northeast-1": Region("Japan (Tokyo)", "日本（东京）", "ab", "6we"),
        "ap-southeast-1": Region("Singapore", "新加坡", "abc", "t4n"),
        "ap-southeast-3": Region("Malaysia (Kuala Lumpur)", "马来西亚（吉隆坡）", "ab", "8ps"),
        "ap-southeast-5": Region("Indonesia (Jakarta)", "印度尼西亚（雅加达）", "abc", "k1a"),
        "us-east-1": Region("US (Virginia)", "美国（弗吉尼亚）", "ab", "0xi"),
        "us-west-1": Region("US (Silicon Valley)", "美国（硅谷）", "ab", "rj9"),
        "eu-west-1": Region("UK (London)", "英国（伦敦）", "ab", "d7o"),
        "me-east-1": Region("UAE (Dubai)", "阿联酋（迪拜）", "a", "eb3"),
        "eu-central-1": Region("Germany (Frankfurt)", "德国（法兰克福）", "ab", "gw8"),
    }
)


_BEFORE_CITY: Final = r".*[(（]"


def zones(region_id: str) -> tuple[str, ...]:
    """Return the ids of a region's zones: with a hyphen in China, without one abroad."""
    hyphen = "-" if region_id.startswith("cn-") else ""
    return tuple(f"{region_id}{hyphen}{letter}" for letter in REGIONS[region_id].zone_letters)


def region_name(region_id: str, language: str) -> str:
    """Return a region's name for people, in Chinese (zh-...) or else in English."""
    region = REGIONS[region_id]
    return region.chinese if _is_chinese(language) else region.name


def zone_name(region_id: str, zone_id: str, language: str) -> str:
    """Return a zone's name for people: ``Hangzhou Zone H``."""
    city = re.sub(_BEFORE_CITY, "", region_name(region_id, language)).rstrip(")）")
    zone = "可用区" if _is_chinese(language) else "Zone "
    return f"{city} {zone}{zone_id[-1].upper()}"


def _is_chinese(language: str) -> bool:
    return language.startswith("zh")
