"""Where the cloud is: regions and zones.

Source: the definitions in tccli, and the vendor's page on regions and zones. Names are in the language of
the request.
"""

import attrs

from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent import regions
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.wire import translation

_OPEN = "AVAILABLE"


@attrs.frozen(kw_only=True)
class DescribeRegions:
    """List the regions."""


@cvm_action(request=DescribeRegions, regional=False)
def describe_regions(session: Session, _request: DescribeRegions) -> Body:
    """List all regions that can be used here."""
    in_chinese = session.call.language == translation.LANGUAGE
    return {
        "TotalCount": len(regions.REGIONS),
        "RegionSet": [
            {
                "Region": region_id,
                "RegionName": region.chinese_name if in_chinese else region.name,
                "RegionState": _OPEN,
            }
            for region_id, region in regions.REGIONS.items()
        ],
    }


@attrs.frozen(kw_only=True)
class DescribeZones:
    """List the zones of the region."""


@cvm_action(request=DescribeZones)
def describe_zones(session: Session, _request: DescribeZones) -> Body:
    """List all zones, those in which nothing can be created any more as UNAVAILABLE."""
    shown = zones(session)
    return {"TotalCount": len(shown), "ZoneSet": shown}


def zones(session: Session) -> list[Body]:
    """Return the zones of the call's region, in their order."""
    region_id = session.rules.region
    region = regions.REGIONS[region_id]
    in_chinese = session.call.language == translation.LANGUAGE
    name_of = region.chinese_zone_name if in_chinese else region.zone_name
    states = {**dict.fromkeys(region.zones, _OPEN), **dict.fromkeys(region.sold_out, "UNAVAILABLE")}
    return [
        {
            "Zone": f"{region_id}-{number}",
            "ZoneName": name_of(number),
            "ZoneId": f"{region.number}{number:04d}",
            "ZoneState": states[number],
        }
        for number in sorted(states)
    ]
