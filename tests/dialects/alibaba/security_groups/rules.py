"""How tests write the rules of security groups, and what becomes of them."""

import pytest

FLAT = {"IpProtocol": "tcp", "PortRange": "80/80"}
INBOUND = {**FLAT, "SourceCidrIp": "10.0.0.0/8"}
OUTBOUND = {**FLAT, "DestCidrIp": "10.0.0.0/8"}
WAYS = pytest.mark.parametrize(
    ("suffix", "near", "far", "one"),
    [("", "Dest", "Source", INBOUND), ("Egress", "Source", "Dest", OUTBOUND)],
    ids=["ingress", "egress"],
)


def rules(account, group_id=None, **criteria):
    """Return the rules that are shown of a group."""
    answer = account.call(
        "DescribeSecurityGroupAttribute", SecurityGroupId=group_id or account.group.id, **criteria
    )
    return answer["Permissions"]["Permission"]


def authorize(account, suffix="", group_id=None, **params):
    account.call(f"AuthorizeSecurityGroup{suffix}", SecurityGroupId=group_id or account.group.id, **params)


def refused(account, action, **params):
    return account.refusal(action, **{"SecurityGroupId": account.group.id, **params})
