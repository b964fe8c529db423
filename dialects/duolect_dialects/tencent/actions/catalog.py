"""What the cloud offers: regions, zones, instance types.

Source: the definitions in tccli, and the vendor's page on regions and zones. Names are in the language of
the request.
"""

from typing import Final

import attrs

from duolect_dialects.action import Body, param, required
from duolect_dialects.dialect import Refusal
from duolect_dialects.session import Session
from duolect_dialects.tencent import chinese, instance_views, regions
from duolect_dialects.tencent.actions.common import CVM, cvm_action, no_filter
from duolect_dialects.values import Count

_OPEN = "AVAILABLE"


@attrs.frozen(kw_only=True)
class DescribeRegions:
    """List the regions."""


def describe_regions(session: Session, _request: DescribeRegions) -> Body:
    """List all regions that can be used here."""
    in_chinese = session.call.language == chinese.LANGUAGE
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


def describe_zones(session: Session, _request: DescribeZones) -> Body:
    """List all zones, those in which nothing can be created any more as UNAVAILABLE."""
    region_id = session.partition.rules.region
    region = regions.REGIONS[region_id]
    in_chinese = session.call.language == chinese.LANGUAGE
    name_of = region.chinese_zone_name if in_chinese else region.zone_name
    states = {**dict.fromkeys(region.zones, _OPEN), **dict.fromkeys(region.sold_out, "UNAVAILABLE")}
    return {
        "TotalCount": len(states),
        "ZoneSet": [
            {
                "Zone": f"{region_id}-{number}",
                "ZoneName": name_of(number),
                "ZoneId": f"{region.number}{number:04d}",
                "ZoneState": states[number],
            }
            for number in sorted(states)
        ],
    }


@attrs.frozen(kw_only=True)
class SingleFilter:
    """One of Filters, which here takes a single value."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 1), code="InvalidFilterValue.LimitExceeded")


@attrs.frozen(kw_only=True)
class DescribeInstanceTypeConfigs:
    """List the instance types in each zone; filters must all match."""

    Filters: tuple[SingleFilter, ...] = param(Count(0, 10), default=())


_FIELDS: Final = {"zone": "Zone", "instance-family": "InstanceFamily", "instance-type": "InstanceType"}
"""The field of an entry that each filter compares."""


def describe_instance_type_configs(session: Session, request: DescribeInstanceTypeConfigs) -> Body:
    """List every type in every zone in which it can be created: all types in all open zones."""
    rules = session.partition.rules
    known = rules.zones + regions.sold_out(rules.region)
    for each in request.Filters:
        if each.Name not in _FIELDS:
            raise no_filter(each.Name, CVM)
        if each.Name == "zone" and not set(each.Values) <= set(known):
            raise Refusal("InvalidZone.MismatchRegion", "A zone is not in this region.")
    offers = (
        instance_views.instance_type(offered, zone)
        for zone in rules.zones
        for offered in rules.instance_types.values()
    )
    return {
        "InstanceTypeConfigSet": [
            offer
            for offer in offers
            if all(offer[_FIELDS[each.Name]] in each.Values for each in request.Filters)
        ]
    }


ACTIONS: Final = (
    cvm_action(DescribeRegions, describe_regions, regional=False),
    cvm_action(DescribeZones, describe_zones),
    cvm_action(DescribeInstanceTypeConfigs, describe_instance_type_configs),
)
