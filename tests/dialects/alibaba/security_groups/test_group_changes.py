"""Changes of a security group itself, and references to it."""

from tests.dialects.alibaba.security_groups.rules import refused


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
            {"SecurityGroupId": account.create_group(ServiceManaged=True)},
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
    enterprise = account.create_group(SecurityGroupType="enterprise")
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
