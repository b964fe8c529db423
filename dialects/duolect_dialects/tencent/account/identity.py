"""Who asks: the service sts. Source: the definitions in tccli."""

import attrs

from duolect_dialects.action import Body
from duolect_dialects.session import Account, Session
from duolect_dialects.tencent.common import sts_action
from duolect_dialects.tencent.views import uin


@attrs.frozen(kw_only=True)
class GetCallerIdentity:
    """Tell who asks."""


@sts_action(request=GetCallerIdentity)
def get_caller_identity(session: Session, _request: GetCallerIdentity) -> Body:
    """Tell the account, and the user where a sub-user's key is used. There are no roles."""
    owner, user = uin(session), session.account.user
    number = Account(user).digits(12) if user else owner
    return {
        "Arn": f"qcs::cam::uin/{owner}:" + (f"uin/{number}" if user else "root"),
        "AccountId": owner,
        "UserId": number,
        "PrincipalId": number,
        "Type": "CAMUser" if user else "Root",
    }
