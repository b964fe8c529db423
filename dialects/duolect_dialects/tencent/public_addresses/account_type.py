"""How the account is charged for the bandwidth of its public addresses."""

import attrs

from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.common import vpc_action


@attrs.frozen(kw_only=True)
class DescribeNetworkAccountType:
    """Tell how the account is charged for bandwidth."""


@vpc_action(request=DescribeNetworkAccountType)
def describe_network_account_type(_session: Session, _request: DescribeNetworkAccountType) -> Body:
    """Tell that it is by public address, as with every account that was opened since June 2020."""
    return {"NetworkAccountType": "STANDARD"}
