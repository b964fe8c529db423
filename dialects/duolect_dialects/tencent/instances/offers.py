"""Instance types as they are offered: zone by zone, and with stock and price.

Source: the definitions in tccli. All types are offered in all zones of the region that the settings let
sell them. A zone that is sold out is shown with its stock, but not among those in which a type can be
created; what a condition says is sold out is in both lists, as stock comes and goes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Protocol

import attrs

from duolect_core.model.rules import InstanceType
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, regions
from duolect_dialects.tencent.common import CVM, cvm_action, no_filter
from duolect_dialects.tencent.instances import families as instance_families
from duolect_dialects.tencent.instances import types as instance_types
from duolect_dialects.tencent.instances import views as instance_views
from duolect_dialects.tencent.wire import translation
from duolect_dialects.values import Count
from duolect_dialects.wording import Message

_TOO_MANY: Final = "InvalidFilterValue.LimitExceeded"
_SPOT_DISCOUNT: Final = 20.0
"""What is paid for a spot instance, in percent of its price."""


@attrs.frozen
class Offer:
    """One type in one zone, with one way to pay for it."""

    zone: str
    kind: InstanceType
    charge_type: str = instance_views.POSTPAID


_READ: Final[Mapping[str, Callable[[Offer], str]]] = {
    "zone": lambda offer: offer.zone,
    "instance-family": lambda offer: offer.kind.family,
    "instance-type": lambda offer: offer.kind.name,
    "instance-charge-type": lambda offer: offer.charge_type,
}
"""What of an offer each filter compares."""


class _Filter(Protocol):
    @property
    def Name(self) -> str: ...  # noqa: N802 - the vendor's spelling

    @property
    def Values(self) -> tuple[str, ...]: ...  # noqa: N802 - the vendor's spelling


def _matching(offers: Iterable[Offer], filters: Iterable[_Filter]) -> Iterator[Offer]:
    """Yield the offers that match all filters, whose names must be known."""
    wanted = [(_READ[each.Name], frozenset(each.Values)) for each in filters]
    for offer in offers:
        if all(read(offer) in values for read, values in wanted):
            yield offer


def _check(session: Session, filters: Iterable[_Filter], known: Iterable[str]) -> None:
    """Refuse filters that do not exist, zones of other regions and types of the wrong form."""
    region = session.rules.region
    zones = frozenset(regions.zones(region) + regions.sold_out(region))
    for each in filters:
        if each.Name not in known:
            raise no_filter(each.Name, CVM)
        for value in each.Values:
            if each.Name == "zone" and value not in zones:
                raise Refusal("InvalidZone.MismatchRegion", "A zone is not in this region.")
            if each.Name == "instance-type" and not common.INSTANCE_TYPE.accepts(value):
                raise Refusal(
                    "InvalidInstanceType.Malformed",
                    Message("`{value}` is not a value for this filter.", value=value),
                )


# -- where a type can be created ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class SingleFilter:
    """One of Filters, which here takes a single value."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 1), code=_TOO_MANY)


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceTypeConfigs:
    """List the instance types in each zone; filters must all match."""

    Filters: tuple[SingleFilter, ...] = param(Count(0, 10), default=())


@cvm_action()
def describe_instance_type_configs(session: Session, request: DescribeInstanceTypeConfigs) -> Body:
    """List every type in every zone in which it can be created: all types in all open zones."""
    _check(session, request.Filters, ("zone", "instance-family", "instance-type"))
    rules = session.rules
    offers = (
        Offer(zone, kind)
        for zone in rules.zones
        for kind in rules.instance_types.values()
        if rules.sells(kind.name, zone)
    )
    return {
        "InstanceTypeConfigSet": [
            instance_views.instance_type(offer.kind, offer.zone)
            for offer in _matching(offers, request.Filters)
        ]
    }


# -- stock and price ---------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class OfferFilter:
    """One of Filters, which here takes many values."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 100), code=_TOO_MANY)


@attrs.frozen(kw_only=True, slots=False)
class DescribeZoneInstanceConfigInfos:
    """List what is sold in each zone, and what it costs; filters must all match."""

    Filters: tuple[OfferFilter, ...] = param(Count(0, 10), default=())


_SORT: Final = "sort-keys"
_SORT_KEYS: Final[Mapping[str, Callable[[Offer], float]]] = {
    "cpu": lambda offer: offer.kind.cpu,
    "mem": lambda offer: offer.kind.memory_gib,
}


@cvm_action()
def describe_zone_instance_config_infos(session: Session, request: DescribeZoneInstanceConfigInfos) -> Body:
    """List every type in every zone for each way to pay that RunInstances accepts."""
    _check(session, request.Filters, (*_READ, _SORT))
    rules = session.rules
    offers = (
        Offer(zone, kind, charge_type)
        for zone in rules.zones + regions.sold_out(rules.region)
        for kind in rules.instance_types.values()
        for charge_type in instance_views.CHARGE_TYPES
    )
    found = list(_matching(offers, (each for each in request.Filters if each.Name != _SORT)))
    orders = [value for each in request.Filters if each.Name == _SORT for value in each.Values]
    for order in reversed(orders):
        key, backwards = _order(order)
        found.sort(key=key, reverse=backwards)
    in_chinese = session.call.language == translation.LANGUAGE
    return {
        "InstanceTypeQuotaSet": [
            _stock(offer, is_sold_out=_is_sold_out(session, offer), in_chinese=in_chinese)
            for offer in found
        ]
    }


def _is_sold_out(session: Session, offer: Offer) -> bool:
    name, zone, rules = offer.kind.name, offer.zone, session.rules
    return zone not in rules.zones or not rules.sells(name, zone) or session.is_short(name, zone)


def _order(text: str) -> tuple[Callable[[Offer], float], bool]:
    """Return what to sort by, and whether backwards."""
    name, _, direction = text.partition(":")
    if name not in _SORT_KEYS or direction not in {"asc", "desc"}:
        raise Refusal("InvalidFilter", Message("`{value}` is not a value for this filter.", value=text))
    return _SORT_KEYS[name], direction == "desc"


def _stock(offer: Offer, *, is_sold_out: bool, in_chinese: bool) -> Body:
    kind = offer.kind
    gpus = instance_types.speed(kind).gpus
    hardware = instance_types.hardware(kind.family)
    return {
        "Zone": offer.zone,
        "InstanceType": kind.name,
        "InstanceChargeType": offer.charge_type,
        "NetworkCard": hardware.network_card,
        "Externals": {},
        "Cpu": kind.cpu,
        "Memory": int(kind.memory_gib),
        "InstanceFamily": kind.family,
        "TypeName": instance_families.family_name(kind.family, in_chinese=in_chinese),
        "LocalDiskTypeList": [],
        "Status": "SOLD_OUT" if is_sold_out else "SELL",
        "Price": _price(offer),
        "SoldOutReason": "",
        "InstanceBandwidth": instance_families.bandwidth(kind),
        "InstancePps": instance_families.packet_rate(kind),
        "StorageBlockAmount": 0,
        "CpuType": hardware.processor,
        "Gpu": gpus,
        "Fpga": 0,
        "Remark": "",
        "GpuCount": gpus,
        "Frequency": hardware.frequency,
        "StatusCategory": "WithoutStock" if is_sold_out else "EnoughStock",
    }


_OTHER_PRICES: Final[Mapping[str, Any]] = dict.fromkeys(
    (
        "OriginalPrice",
        "DiscountPrice",
        "UnitPriceSecondStep",
        "UnitPriceDiscountSecondStep",
        "UnitPriceThirdStep",
        "UnitPriceDiscountThirdStep",
        "OriginalPriceOneYear",
        "DiscountPriceOneYear",
        "DiscountOneYear",
        "OriginalPriceThreeYear",
        "DiscountPriceThreeYear",
        "DiscountThreeYear",
        "OriginalPriceFiveYear",
        "DiscountPriceFiveYear",
        "DiscountFiveYear",
    ),
    0,
)
"""Prices of what is paid for in advance, or gets cheaper after some days: nothing here does."""


def _price(offer: Offer) -> Body:
    price = instance_families.hourly_price(offer.kind)
    discount = 100.0 if offer.charge_type == instance_views.POSTPAID else _SPOT_DISCOUNT
    return {
        **_OTHER_PRICES,
        "UnitPrice": price,
        "ChargeUnit": "HOUR",
        "Discount": discount,
        "UnitPriceDiscount": round(price * discount / 100, 4),
    }


# -- families ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceFamilyConfigs:
    """List the families of instance types."""


@cvm_action(request=DescribeInstanceFamilyConfigs)
def describe_instance_family_configs(session: Session, _request: DescribeInstanceFamilyConfigs) -> Body:
    """List the families of all types, with the Chinese names that the vendor documents."""
    families = dict.fromkeys(kind.family for kind in session.rules.instance_types.values())
    return {
        "InstanceFamilyConfigSet": [
            {
                "InstanceFamilyName": instance_families.family_name(family, in_chinese=True),
                "InstanceFamily": family,
            }
            for family in families
        ]
    }
