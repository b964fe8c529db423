"""Rules of security groups: authorizing and describing them."""

import pytest
from tests.dialects.alibaba.security_groups.rules import (
    FLAT,
    INBOUND,
    OUTBOUND,
    WAYS,
    authorize,
    refused,
    rules,
)


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
                "Priority": 7,
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
        "Priority": 7,
        "NicType": "intranet",
        "Description": "what it is for",
        "CreateTime": "2026-09-21T14:13:23Z",
        f"{far}CidrIp": "10.0.0.0/8",
        f"{near}CidrIp": "192.168.0.9",
    }


@WAYS
def test_a_rule_that_names_a_group_shows_it(account, suffix, near, far, one):  # noqa: ARG001
    peer = account.create_group(SecurityGroupName="peer")
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
    enterprise = account.create_group(
        SecurityGroupName="name", Description="text", SecurityGroupType="enterprise"
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
    group_id, peer = account.create_group(VpcId=None), account.create_group(VpcId=None)
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


def test_an_ipv6_block_is_shown_compressed_with_the_bits_of_its_host(account):
    authorize(account, IpProtocol="tcp", PortRange="80/80", Ipv6SourceCidrIp="2001:0DB8:0000:0::00A1/64")
    (shown,) = rules(account)
    assert shown["Ipv6SourceCidrIp"] == "2001:db8::a1/64"
