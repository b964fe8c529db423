"""Who asks, and who else belongs to the account: the services sts and cam.

Source: the definitions in tccli.
"""

from typing import Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.declarations import required
from duolect_dialects.session import Account, Session
from duolect_dialects.tencent.common import cam_action, sts_action
from duolect_dialects.tencent.names import uin
from duolect_dialects.values import Count

_FIRST_APP: Final = 1_250_000_000
_APPS: Final = 100_000_000
_SUB_USER: Final = 2


@attrs.frozen(kw_only=True)
class GetCallerIdentity:
    """Tell who asks."""


@sts_action(request=GetCallerIdentity)
def get_caller_identity(session: Session, _request: GetCallerIdentity) -> Body:
    """Tell the account, and the user where a sub-user's key is used. There are no roles."""
    owner, user, number = uin(session), session.account.user, _number(session)
    return {
        "Arn": f"qcs::cam::uin/{owner}:" + (f"uin/{number}" if user else "root"),
        "AccountId": owner,
        "UserId": number,
        "PrincipalId": number,
        "Type": "CAMUser" if user else "Root",
    }


def _number(session: Session) -> str:
    """Return the number of who asks: the account's owner, or a user of it."""
    user = session.account.user
    return Account(user).digits(12) if user else uin(session)


@attrs.frozen(kw_only=True)
class GetUserAppId:
    """Tell the numbers of who asks."""


@cam_action(request=GetUserAppId)
def get_user_app_id(session: Session, _request: GetUserAppId) -> Body:
    """Tell them. An AppId has ten digits and begins with 125 or 13, as those of the vendor's examples."""
    app = _FIRST_APP + int(uin(session)) % _APPS
    return {"Uin": _number(session), "OwnerUin": uin(session), "AppId": app}


@attrs.frozen(kw_only=True)
class DescribeSubAccounts:
    """Show users of the account by their numbers."""

    FilterSubAccountUin: tuple[int, ...] = required(Count(0, 50), code="InvalidParameter")


@cam_action()
def describe_sub_accounts(session: Session, request: DescribeSubAccounts) -> Body:
    """Show those that there are: the user who asks, where it is one. It has never been to the console."""
    user, number = session.account.user, int(_number(session))
    if not user or number not in request.FilterSubAccountUin:
        return {"SubAccounts": []}
    return {
        "SubAccounts": [
            {
                "Uin": number,
                "Name": user,
                "Uid": int(Account(user).digits(8)),
                "Remark": "",
                "CreateTime": None,
                "UserType": _SUB_USER,
                "LastLoginIp": "",
                "LastLoginTime": None,
            }
        ]
    }
