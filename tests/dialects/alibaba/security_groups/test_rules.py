"""Rules of security groups of Alibaba Cloud."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

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


def new_group(account, **params):
    return account.call("CreateSecurityGroup", **{"VpcId": account.network.id, **params})["SecurityGroupId"]


# -- authorizing and describing -------------------------------------------------------------------------


@WAYS
def test_a_rule_is_shown_with_all_that_it_was_given(account, suffix, near, far, one):
    authorize(
        account,
        suffix,
        Permissions=[
            {
                **one,
                f"{near}CidrIp": "192.168.0.9",
                "SourcePortRange": "1/9",
                "Policy": "DROP",
                "Priority": "7",
                "NicType": "internet",
                "Description": "what it is for",
                f"{far}GroupId": "sg-ignored",
                f"{far}GroupOwnerAccount": "a@b.c",
                f"{far}PrefixListId": "pl-ignored",
                "PortRangeListId": "prl-ignored",
            }
        ],
    )
    (shown,) = rules(account)
    rule_id = shown.pop("SecurityGroupRuleId")
    assert rule_id.startswith("sgr-")
    filled = {name: value for name, value in shown.items() if value}
    assert filled == {
        "Direction": "egress" if suffix else "ingress",
        "IpProtocol": "TCP",
        "PortRange": "80/80",
        "SourcePortRange": "1/9",
        "Policy": "Drop",
        "Priority": "7",
        "NicType": "intranet",
        "Description": "what it is for",
        "CreateTime": "2026-09-21T14:13:23Z",
        f"{far}CidrIp": "10.0.0.0/8",
        f"{near}CidrIp": "192.168.0.9",
    }


@WAYS
def test_a_rule_that_names_a_group_shows_it(account, suffix, near, far, one):  # noqa: ARG001
    peer = new_group(account, SecurityGroupName="peer")
    authorize(account, suffix, IpProtocol="ALL", PortRange="-1/-1", **{f"{far}GroupId": peer})
    (shown,) = rules(account)
    assert (shown[f"{far}GroupId"], shown[f"{far}GroupName"]) == (peer, "peer")
    assert (shown["IpProtocol"], shown["PortRange"], shown["Policy"]) == ("ALL", "-1/-1", "Accept")
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=peer) == ("DependencyViolation", 403)
    answer = account.call("DescribeSecurityGroupReferences", SecurityGroupId=[peer, account.group.id])
    (reference,) = answer["SecurityGroupReferences"]["SecurityGroupReference"]
    assert reference["SecurityGroupId"] == peer
    (naming,) = reference["ReferencingSecurityGroups"]["ReferencingSecurityGroup"]
    assert naming["SecurityGroupId"] == account.group.id
    (listed,) = account.call("DescribeSecurityGroups", SecurityGroupId=account.group.id)["SecurityGroups"][
        "SecurityGroup"
    ]
    assert (listed["RuleCount"], listed["GroupToGroupRuleCount"]) == (1, 1)


def test_ipv6_addresses_stand_in_fields_of_their_own(account):
    authorize(account, IpProtocol="icmpv6", PortRange="-1/-1", Ipv6SourceCidrIp="2001:db8::/32")
    authorize(account, "Egress", **FLAT, Ipv6DestCidrIp="::1", Ipv6SourceCidrIp="::/0")
    outbound, inbound = rules(account)
    assert (inbound["IpProtocol"], inbound["Ipv6SourceCidrIp"]) == ("ICMPv6", "2001:db8::/32")
    assert (outbound["Ipv6DestCidrIp"], outbound["Ipv6SourceCidrIp"]) == ("::1", "::/0")
    assert inbound["SourceCidrIp"] == outbound["DestCidrIp"] == ""


def test_a_rule_that_is_there_is_not_added_again(account):
    authorize(account, **INBOUND)
    authorize(account, **INBOUND, Description="again")
    authorize(account, **{**INBOUND, "SourceCidrIp": "10.9.9.9/8"}, Priority="1")
    assert [shown["Description"] for shown in rules(account)] == [""]
    authorize(account, **INBOUND, Priority="2")
    assert len(rules(account)) == 2


def test_rules_are_filtered_and_paged(account):
    ports = [f"{port}/{port}" for port in range(1, 13)]
    authorize(account, Permissions=[{**INBOUND, "PortRange": port} for port in ports])
    authorize(account, "Egress", **OUTBOUND)
    assert [shown["PortRange"] for shown in rules(account, Direction="egress")] == ["80/80"]
    assert [shown["PortRange"] for shown in rules(account, Direction="ingress")] == ports[::-1]
    assert len(rules(account, Direction="all", NicType="internet")) == 13
    first = account.call("DescribeSecurityGroupAttribute", SecurityGroupId=account.group.id, MaxResults=10)
    assert first["NextToken"]
    last = account.call(
        "DescribeSecurityGroupAttribute", SecurityGroupId=account.group.id, NextToken=first["NextToken"]
    )
    assert last["NextToken"] == ""
    pages = [page["Permissions"]["Permission"] for page in (first, last)]
    assert [len(page) for page in pages] == [10, 3]
    assert pages[0] + pages[1] == rules(account)


def test_the_attribute_of_a_group_says_what_the_group_is(account):
    enterprise = new_group(
        account, SecurityGroupName="name", Description="text", SecurityGroupType="enterprise"
    )
    answer = account.call(
        "DescribeSecurityGroupAttribute", SecurityGroupId=enterprise, Attribute="snapshotPolicyIds"
    )
    del answer["RequestId"]
    assert answer == {
        "RegionId": "cn-hangzhou",
        "VpcId": account.network.id,
        "SecurityGroupId": enterprise,
        "SecurityGroupName": "name",
        "Description": "text",
        "InnerAccessPolicy": "Drop",
        "Permissions": {"Permission": []},
        "SnapshotPolicyIds": {"SnapshotPolicyId": []},
        "NextToken": "",
    }


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
        ({"SecurityGroupId": "group"}, ("InvalidSecurityGroupId.Malformed", 400)),
        ({"Attribute": "other"}, ("InvalidParameter.AttributeNotSupported", 400)),
        ({"Direction": "up"}, ("InvalidParamter", 400)),
        ({"MaxResults": 9}, ("InvalidParamter", 400)),
        ({"MaxResults": 1001}, ("InvalidParamter", 400)),
        ({"NextToken": "x"}, ("InvalidParamter", 400)),
        ({"NicType": "both"}, ("InvalidNicType.ValueNotSupported", 400)),
    ],
)
def test_describing_is_refused_for(account, wrong, refusal):
    assert refused(account, "DescribeSecurityGroupAttribute", **wrong) == refusal


def test_a_classic_group_has_rules_for_each_card(account):
    group_id, peer = new_group(account, VpcId=None), new_group(account, VpcId=None)
    authorize(account, group_id=group_id, **INBOUND)
    authorize(account, group_id=group_id, **INBOUND, NicType="intranet")
    authorize(account, group_id=group_id, **FLAT, SourceGroupId=peer, NicType="intranet")
    assert [shown["NicType"] for shown in rules(account, group_id)] == ["internet"]
    inner = rules(account, group_id, NicType="intranet")
    assert [shown["SourceGroupId"] for shown in inner] == [peer, ""]
    assert account.refusal(
        "AuthorizeSecurityGroup", SecurityGroupId=group_id, **FLAT, SourceGroupId=peer
    ) == (
        "InvalidSourceGroupId.Mismatch",
        403,
    )
    rule_id = inner[0]["SecurityGroupRuleId"]
    modify = {"SecurityGroupId": group_id, "SecurityGroupRuleId": rule_id}
    assert account.refusal("ModifySecurityGroupRule", **modify, NicType="internet") == (
        "InvalidOperation.ModifyNicType",
        400,
    )
    account.call("ModifySecurityGroupRule", **modify, NicType="intranet", Description="kept")


# -- what is refused ------------------------------------------------------------------------------------


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
    enterprise = new_group(account, SecurityGroupType="enterprise")
    action = f"AuthorizeSecurityGroup{way}"
    for named, refusal in (
        (account.group.id, own),
        (enterprise, ("InvalidGroupAuthParameter.OperationDenied", 400)),
        (new_group(account, VpcId=account.add_network().id), (f"Invalid{far}GroupId.Mismatch", 400)),
        (new_group(account, VpcId=None), (classic, 403)),
    ):
        assert refused(account, action, **FLAT, **{f"{far}GroupId": named}) == refusal
    assert refused(
        account, action, SecurityGroupId=enterprise, **FLAT, **{f"{far}GroupId": account.group.id}
    ) == ("InvalidGroupParameter.OperationDenied", 400)
    other = {f"{far}GroupId": new_group(account), f"{far}GroupOwnerId": 1}
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
    peer = new_group(account)
    authorize(account, **FLAT, SourceGroupId=peer)
    assert refused(account, "AuthorizeSecurityGroupEgress", **FLAT, DestGroupId=peer) == (
        "AuthorizedGroupRule.LimitExceed",
        400,
    )


def test_the_rules_of_a_managed_group_are_not_the_callers(account):
    managed = new_group(account, ServiceManaged=True)
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


# -- revoking -------------------------------------------------------------------------------------------


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


# -- modifying ------------------------------------------------------------------------------------------


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
        "Priority": "9",
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
        ({f"{far}GroupId": new_group(account)}, ("InvalidOperation.ModifySgRuleEntityType", 400)),
        ({"NicType": "internet"}, ("InvalidOperation.ModifyNicType", 400)),
        ({"PortRangeListId": "prl-1"}, ("InvalidPortRangeListId.NotFound", 400)),
        ({f"{far}PrefixListId": "pl-1"}, ("InvalidPrefixListId.NotFound", 404)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
    ):
        action = f"ModifySecurityGroup{suffix}Rule"
        assert refused(account, action, **{"SecurityGroupRuleId": rule_id, **params}) == refusal, params


# -- groups ---------------------------------------------------------------------------------------------


def test_name_and_description_of_a_group_are_modified(account):
    account.call(
        "ModifySecurityGroupAttribute", SecurityGroupId=account.group.id, SecurityGroupName="new.name"
    )
    account.call("ModifySecurityGroupAttribute", SecurityGroupId=account.group.id, Description="new text")
    answer = account.call("DescribeSecurityGroupAttribute", SecurityGroupId=account.group.id)
    assert (answer["SecurityGroupName"], answer["Description"]) == ("new.name", "new text")
    for wrong, refusal in (
        ({"SecurityGroupName": "1st"}, ("InvalidSecurityGroupName.Malformed", 400)),
        ({"Description": "http://x"}, ("InvalidSecurityGroupDiscription.Malformed", 400)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
        (
            {"SecurityGroupId": new_group(account, ServiceManaged=True)},
            ("InvalidOperation.ResourceManagedByCloudProduct", 403),
        ),
    ):
        assert refused(account, "ModifySecurityGroupAttribute", **wrong) == refusal


def test_members_of_a_basic_group_may_be_kept_apart(account):
    def policy():
        return account.call("DescribeSecurityGroupAttribute", SecurityGroupId=account.group.id)[
            "InnerAccessPolicy"
        ]

    assert policy() == "Accept"
    for word in ("drop", "Accept", "DROP"):
        account.call("ModifySecurityGroupPolicy", SecurityGroupId=account.group.id, InnerAccessPolicy=word)
        assert policy() == word.title()
    enterprise = new_group(account, SecurityGroupType="enterprise")
    for wrong, refusal in (
        ({"InnerAccessPolicy": "some"}, ("InvalidPolicy.Malformed", 400)),
        ({"SecurityGroupId": "x"}, ("InvalidSecurityGroupId.Malformed", 400)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
        ({"SecurityGroupId": enterprise}, ("InvalidParameter.InnerAccessPolicy", 404)),
    ):
        found = refused(account, "ModifySecurityGroupPolicy", **{"InnerAccessPolicy": "drop", **wrong})
        assert found == refusal


def test_references_are_asked_of_up_to_ten_groups_that_exist(account):
    for group_ids, refusal in (
        (["sg-none"], ("InvalidSecurityGroupId.NotFound", 404)),
        (["group"], ("InvalidSecurityGroupId.Malformed", 400)),
        ([f"sg-{number}" for number in range(11)], ("InvalidSecurityGroupId.Malformed", 400)),
    ):
        assert account.refusal("DescribeSecurityGroupReferences", SecurityGroupId=group_ids) == refusal
    answer = account.call("DescribeSecurityGroupReferences", SecurityGroupId=[account.group.id])
    assert answer["SecurityGroupReferences"] == {"SecurityGroupReference": []}
