"""Who asks, and where the cloud's services are: STS and Location.

Sources: the vendor's page GetCallerIdentity, the models of its Python SDKs for STS and Location, and the
resolver of its older SDK, which tells two errors by their very words.
"""

from typing import Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.alibaba import regions, views
from duolect_dialects.alibaba.common import location_action, sts_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Account, Session
from duolect_dialects.values import OneOf

_SERVICES: Final = ("ecs", "vpc", "sts", "location", "resourcemanager")


@attrs.frozen(kw_only=True)
class GetCallerIdentity:
    """Tell who asks."""


@sts_action(request=GetCallerIdentity)
def get_caller_identity(session: Session, _request: GetCallerIdentity) -> Body:
    """Tell the account, and the user where a sub-user's key is used. There are no roles (no RoleId)."""
    account, user = views.owner(session), session.account.user
    number = Account(user).digits(18) if user else account
    return {
        "IdentityType": "RAMUser" if user else "Account",
        "AccountId": account,
        "PrincipalId": number,
        "UserId": number,
        "Arn": f"acs:ram::{account}:" + (f"user/{user}" if user else "root"),
    }


@attrs.frozen(kw_only=True)
class DescribeEndpoints:
    """Tell where a service of a region is."""

    Id: str = required()
    ServiceCode: str = required()
    Type: str = param(OneOf("openAPI", "innerAPI"), default="openAPI")


@location_action()
def describe_endpoints(session: Session, request: DescribeEndpoints) -> Body:
    """Name the address under which this emulator was asked: every service is there."""
    if request.Id not in regions.REGIONS:
        raise Refusal("InvalidRegionId", "The specified region does not exist.", 404)
    if request.ServiceCode.lower() not in _SERVICES:
        raise Refusal("Illegal Parameter", "Please check the parameters", 400)
    endpoint = {
        "Type": request.Type,
        "Namespace": "",
        "SerivceCode": request.ServiceCode,
        "Id": request.Id,
        "Endpoint": session.call.request.headers.get("host", ""),
        "Protocols": {"Protocols": ["HTTP"]},
    }
    return {"Success": True, "Endpoints": {"Endpoint": [endpoint]}}
