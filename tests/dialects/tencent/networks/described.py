"""The one VPC or subnet that an account has."""


def described(account, action, **params):
    """Return the only object that a describe action lists."""
    reply = account.call(action, **params)
    (shown,) = reply.get("VpcSet") or reply["SubnetSet"]
    assert reply["TotalCount"] == 1
    return shown
