"""Rules of security groups: revoking and modifying them."""

from tests.dialects.alibaba.security_groups.rules import WAYS, authorize, refused, rules

# -- revoking ------------------------------------------------------------------------------------------


@WAYS
def test_rules_are_revoked_by_what_they_do(account, suffix, near, far, one):  # noqa: ARG001
    authorize(account, suffix, **one, Priority="3", Description="first")
    authorize(account, suffix, **one, Policy="drop")
    action = f"RevokeSecurityGroup{suffix}"
    gone = ("InvalidSecurityGroupRule.RuleNotExist", 400)
    assert refused(account, action, Permissions=[{**one, "PortRange": "81/81"}]) == gone
    assert refused(account, action, **one, Priority="4") == gone
    account.call(action, SecurityGroupId=account.group.id, Permissions=[one])
    (left,) = rules(account)
    assert left["Policy"] == "Drop"
    account.call(action, SecurityGroupId=account.group.id, **one, Policy="Drop", Priority="1")
    assert rules(account) == []


@WAYS
def test_rules_are_revoked_by_their_ids(account, suffix, near, far, one):  # noqa: ARG001
    authorize(account, suffix, Permissions=[one, {**one, "PortRange": "81/81"}])
    second, first = (shown["SecurityGroupRuleId"] for shown in rules(account))
    action, other = f"RevokeSecurityGroup{suffix}", f"RevokeSecurityGroup{'' if suffix else 'Egress'}"
    for params, refusal in (
        ({"SecurityGroupRuleId": [first, "sgr-none"]}, ("InvalidSecurityGroupRuleId.NotFound", 404)),
        ({"SecurityGroupRuleId": ["rule"]}, ("InvalidParam.SecurityGroupRuleId", 400)),
        (
            {"SecurityGroupRuleId": [first, first]},
            ("InvalidParam.SecurityGroupRuleIdRepeated", 400),
        ),
        ({"SecurityGroupRuleId": [first], "Permissions": [one]}, ("InvalidParam.Permissions", 400)),
        ({"SecurityGroupRuleId": [first], "IpProtocol": "tcp"}, ("InvalidParam.Permissions", 400)),
    ):
        assert refused(account, action, **params) == refusal
    assert refused(account, other, SecurityGroupRuleId=[first]) == (
        "InvalidSecurityGroupRuleId.NotFound",
        404,
    )
    account.call(action, SecurityGroupId=account.group.id, SecurityGroupRuleId=[first])
    assert [shown["SecurityGroupRuleId"] for shown in rules(account)] == [second]


# -- modifying -----------------------------------------------------------------------------------------


@WAYS
def test_a_rule_is_modified_by_its_id(account, suffix, near, far, one):
    authorize(account, suffix, **one, Description="old")
    (before,) = rules(account)
    action = f"ModifySecurityGroup{suffix}Rule"
    account.call(
        action,
        SecurityGroupId=account.group.id,
        SecurityGroupRuleId=before["SecurityGroupRuleId"],
        Policy="drop",
        Priority="9",
        PortRange="443/443",
        SourcePortRange="5/6",
        Description="new",
        **{f"{far}CidrIp": "10.1.2.3", f"{near}CidrIp": "10.1.2.4"},
    )
    (after,) = rules(account)
    changed = {name: value for name, value in after.items() if before[name] != value}
    assert changed == {
        "Policy": "Drop",
        "Priority": 9,
        "PortRange": "443/443",
        "SourcePortRange": "5/6",
        "Description": "new",
        f"{far}CidrIp": "10.1.2.3",
        f"{near}CidrIp": "10.1.2.4",
    }


@WAYS
def test_a_rule_without_id_gets_another_description(account, suffix, near, far, one):  # noqa: ARG001
    authorize(account, suffix, **one)
    action = f"ModifySecurityGroup{suffix}Rule"
    account.call(action, SecurityGroupId=account.group.id, **one, Description="new")
    account.call(action, SecurityGroupId=account.group.id, **one)
    assert [shown["Description"] for shown in rules(account)] == ["new"]
    assert refused(account, action, **{**one, "PortRange": "1/1"}, Description="x") == (
        "SecurityGroupRule.NotFound",
        404,
    )


@WAYS
def test_a_rule_cannot_be_modified_into_anything(account, suffix, near, far, one):  # noqa: ARG001
    authorize(account, suffix, Permissions=[one, {**one, "PortRange": "81/81"}])
    rule_id = rules(account)[0]["SecurityGroupRuleId"]
    for params, refusal in (
        ({"SecurityGroupRuleId": "sgr-none"}, ("InvalidSecurityGroupRuleId.NotFound", 404)),
        ({"SecurityGroupRuleId": "rule"}, ("InvalidParam.SecurityGroupRuleId", 400)),
        ({"PortRange": "80/80"}, ("InvalidOperation.RuleDuplicate", 400)),
        ({"IpProtocol": "gre"}, ("InvalidParam.ProtocolAndPortRangeMismatch", 400)),
        ({f"Ipv6{far}CidrIp": "::/0"}, ("InvalidOperation.ModifySgRuleEntityType", 400)),
        ({f"{far}GroupId": account.create_group()}, ("InvalidOperation.ModifySgRuleEntityType", 400)),
        ({"NicType": "internet"}, ("InvalidOperation.ModifyNicType", 400)),
        ({"PortRangeListId": "prl-1"}, ("InvalidPortRangeListId.NotFound", 400)),
        ({f"{far}PrefixListId": "pl-1"}, ("InvalidPrefixListId.NotFound", 404)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
    ):
        action = f"ModifySecurityGroup{suffix}Rule"
        assert refused(account, action, **{"SecurityGroupRuleId": rule_id, **params}) == refusal, params
