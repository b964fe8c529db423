"""Which services there are, and in which zones each can be used: the service api.

Source: the definitions in tccli. What can be used in a zone can be used there whichever service it is of.
"""

from types import MappingProxyType
from typing import Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.account import catalog
from duolect_dialects.tencent.common import api_action
from duolect_dialects.values import Between, Form

_PRODUCTS: Final = ("cvm", "vpc", "cbs", "tag", "sts", "cam", "api")
_PRODUCT: Final = Form(r"[a-z][a-z0-9_-]{0,49}", "the name of a product such as cvm")
_NO_PARENT: Final = MappingProxyType(
    {
        "ParentZone": None,
        "ParentZoneId": None,
        "ParentZoneName": None,
        "ZoneType": None,
        "MachineRoomTypeMC": None,
        "ZoneIdMC": None,
    }
)
"""What is said of zones that belong to other zones, and to the console only."""


@attrs.frozen(kw_only=True)
class DescribeProducts:
    """List the services."""

    Limit: int = param(Between(1, 100), default=20, code="InvalidParameter")
    Offset: int = param(common.OFFSET, default=0, code="InvalidParameter")


@api_action(regional=False)
def describe_products(_session: Session, request: DescribeProducts) -> Body:
    """List one page of those that are served here, and the count of all."""
    page = _PRODUCTS[request.Offset : request.Offset + request.Limit]
    return {"TotalCount": len(_PRODUCTS), "Products": [{"Name": name} for name in page]}


@attrs.frozen(kw_only=True)
class DescribeZones:
    """List the zones of the region in which a service can be used."""

    Product: str = required(_PRODUCT, code="InvalidParameter")


@api_action(request=DescribeZones)
def describe_zones(session: Session, _request: DescribeZones) -> Body:
    """List all zones of the region, also for services that are not served here."""
    shown = [{**zone, **_NO_PARENT} for zone in catalog.zones(session)]
    return {"TotalCount": len(shown), "ZoneSet": shown}
