"""Rules of security groups that are refused."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.security_groups.rules import (
    FLAT,
    INBOUND,
    OUTBOUND,
    authorize,
    refused,
    rules,
)


def sides(far, near):
    """Return what is wrong with a rule's parameters, for one direction."""
    other = {"IpProtocol": "tcp", "PortRange": "80/80"}
    good = {**other, f"{far}CidrIp": "10.0.0.0/8"}
    return [
        ({**good, "IpProtocol": None}, ("InvalidIpProtocol.ValueNotSupported", 400)),
        ({**good, "IpProtocol": "6"}, ("InvalidIpProtocol.ValueNotSupported", 400)),
        ({**good, "PortRange": None}, ("InvalidPortRange.Malformed", 400)),
        ({**good, "PortRange": "80"}, ("InvalidParam.PortRange", 400)),
        ({**good, "PortRange": "80/70"}, ("InvalidParam.PortRange", 400)),
        ({**good, "PortRange": "0/70"}, ("InvalidParam.PortRange", 400)),
        ({**good, "PortRange": "1/65536"}, ("InvalidParam.PortRange", 400)),
        ({**good, "PortRange": "-1/-1"}, ("OperationDenied", 400)),
        ({**good, "IpProtocol": "icmp"}, ("OperationDenied", 400)),
        ({**good, "SourcePortRange": "x/1"}, ("InvalidSourcePortRange.Malformed", 400)),
        ({**good, "SourcePortRange": "9/1"}, ("InvalidSourcePortRange.Malformed", 400)),
        ({**good, "Policy": "allow"}, ("InvalidPolicy.Malformed", 400)),
        ({**good, "Priority": "first"}, ("InvalidPriority.Malformed", 400)),
        ({**good, "Priority": "0"}, ("InvalidPriority.ValueNotSupported", 400)),
        ({**good, "Priority": "101"}, ("InvalidPriority.ValueNotSupported", 400)),
        ({**good, "NicType": "both"}, ("InvalidNicType.ValueNotSupported", 400)),
        ({**good, "Description": "x" * 513}, ("InvalidSecurityGroupDiscription.Malformed", 400)),
        ({**good, f"{far}CidrIp": "10.0.0.0/33"}, (f"Invalid{far}CidrIp.Malformed", 400)),
        ({**good, f"{near}CidrIp": "here"}, (f"InvalidParam.{near}CidrIp", 400)),
        ({**good, f"{near}CidrIp": "10.0.0.0/8"}, ("InvalidParamter.Conflict", 400)),
        ({**good, f"Ipv6{far}CidrIp": "::/0"}, (f"InvalidParam.{far}Ip", 400)),
        (
            {**good, f"{near}CidrIp": "10.0.0.1", f"Ipv6{near}CidrIp": "::/0"},
            (f"InvalidParam.{near}Ip", 400),
        ),
        ({**good, f"Ipv6{near}CidrIp": "::/0"}, ("InvalidParameter.Conflict", 400)),
        ({**other, f"Ipv6{far}CidrIp": "::/200"}, (f"InvalidParam.Ipv6{far}CidrIp", 400)),
        ({**good, f"Ipv6{near}CidrIp": "x"}, (f"InvalidParam.Ipv6{near}CidrIp", 400)),
        (
            {"IpProtocol": "icmp", "PortRange": "-1/-1", f"Ipv6{far}CidrIp": "::/0"},
            ("InvalidParam.Ipv4ProtocolConflictWithIpv6Address", 400),
        ),
        (
            {"IpProtocol": "icmpv6", "PortRange": "-1/-1", f"{far}CidrIp": "10.0.0.1"},
            ("InvalidParam.Ipv6ProtocolConflictWithIpv4Address", 400),
        ),
        (other, (f"MissingParameter.{far}", 400)),
        ({**other, f"{far}PrefixListId": "pl-1"}, ("InvalidPrefixListId.NotFound", 404)),
        (
            {**good, "PortRange": None, "PortRangeListId": "prl-1"},
            ("InvalidPortRangeListId.NotFound", 400),
        ),
        ({**other, f"{far}GroupId": "sg-none"}, (f"Invalid{far}GroupId.NotFound", 404)),
        (
            {**other, f"{far}GroupId": "sg-none", "NicType": "internet"},
            (f"Invalid{far}GroupId.Mismatch", 403),
        ),
    ]


@pytest.mark.parametrize("way", ["", "Egress"], ids=["ingress", "egress"])
def test_a_rule_is_refused_for_what_is_wrong_with_it(account, way):
    far, near = ("Dest", "Source") if way else ("Source", "Dest")
    for params, refusal in sides(far, near):
        permission = {name: value for name, value in params.items() if value is not None}
        for given in ({"Permissions": [permission]}, permission):
            if "PortRangeListId" in given:
                continue
            found = refused(account, f"AuthorizeSecurityGroup{way}", **given)
            assert found == refusal, params


@pytest.mark.parametrize("way", ["", "Egress"], ids=["ingress", "egress"])
def test_a_rule_is_refused_for_the_group_that_it_names(account, way):
    far = "Dest" if way else "Source"
    own = {"": ("InvalidParamter.Conflict", 403), "Egress": ("InvalidSecurityGroup.IsSame", 403)}[way]
    classic = "InvalidNetworkType.Conflict" if way else "InvalidNetworkType.Mismatch"
    enterprise = account.create_group(SecurityGroupType="enterprise")
    action = f"AuthorizeSecurityGroup{way}"
    for named, refusal in (
        (account.group.id, own),
        (enterprise, ("InvalidGroupAuthParameter.OperationDenied", 400)),
        (account.create_group(VpcId=account.add_network().id), (f"Invalid{far}GroupId.Mismatch", 400)),
        (account.create_group(VpcId=None), (classic, 403)),
    ):
        assert refused(account, action, **FLAT, **{f"{far}GroupId": named}) == refusal
    assert refused(
        account, action, SecurityGroupId=enterprise, **FLAT, **{f"{far}GroupId": account.group.id}
    ) == ("InvalidGroupParameter.OperationDenied", 400)
    other = {f"{far}GroupId": account.create_group(), f"{far}GroupOwnerId": 1}
    assert refused(account, action, **FLAT, **other) == (f"Invalid{far}GroupId.NotFound", 404)


def test_permissions_stand_alone_and_differ(account):
    assert refused(account, "AuthorizeSecurityGroup", Permissions=[INBOUND], IpProtocol="tcp") == (
        "InvalidParam.Permissions",
        400,
    )
    assert refused(account, "AuthorizeSecurityGroup", Permissions=[INBOUND, INBOUND]) == (
        "InvalidParam.DuplicatePermissions",
        400,
    )
    many = [INBOUND] * 101
    assert refused(account, "AuthorizeSecurityGroup", Permissions=many) == ("InvalidParam.Permissions", 400)


def test_without_any_parameter_of_a_rule_the_protocol_is_missed(account):
    for action in ("AuthorizeSecurityGroup", "RevokeSecurityGroupEgress"):
        assert refused(account, action) == ("InvalidIpProtocol.ValueNotSupported", 400)


def test_rules_are_a_quota(account):
    ports = [{**INBOUND, "PortRange": f"{port}/{port}"} for port in range(1, 101)]
    authorize(account, Permissions=ports)
    authorize(account, Permissions=[{**each, "Policy": "drop"} for each in ports])
    assert refused(account, "AuthorizeSecurityGroupEgress", **OUTBOUND) == ("AuthorizationLimitExceed", 403)
    assert len(rules(account)) == 200


def test_rules_that_name_groups_are_a_quota():
    account = AlibabaAccount.furnished(quotas={"naming_rules_per_group": 1})
    peer = account.create_group()
    authorize(account, **FLAT, SourceGroupId=peer)
    assert refused(account, "AuthorizeSecurityGroupEgress", **FLAT, DestGroupId=peer) == (
        "AuthorizedGroupRule.LimitExceed",
        400,
    )


def test_the_rules_of_a_managed_group_are_not_the_callers(account):
    managed = account.create_group(ServiceManaged=True)
    code = ("InvalidOperation.ResourceManagedByCloudProduct", 403)
    for action in ("AuthorizeSecurityGroup", "RevokeSecurityGroup"):
        assert refused(account, action, SecurityGroupId=managed, **INBOUND) == code


def test_a_repeated_token_adds_once(account):
    for _ in range(2):
        authorize(account, **INBOUND, ClientToken="t")
    assert len(rules(account)) == 1
    assert refused(account, "AuthorizeSecurityGroup", **INBOUND, Priority="2", ClientToken="t") == (
        "IdempotentParameterMismatch",
        400,
    )
