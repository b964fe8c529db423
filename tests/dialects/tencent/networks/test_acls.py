"""Network ACLs of Tencent Cloud: created, renamed, associated with subnets, listed and deleted."""

import pytest

ABSENT = "acl-absent00"


def create(account, **changes):
    """Create a network ACL; return its id."""
    params = {"VpcId": account.vpc_id, "NetworkAclName": "demo", **changes}
    return account.call("CreateNetworkAcl", **params)["NetworkAcl"]["NetworkAclId"]


def show(account, acl_id):
    (shown,) = account.call("DescribeNetworkAcls", NetworkAclIds=[acl_id])["NetworkAclSet"]
    return shown


def listed(account, **criteria):
    found = account.call("DescribeNetworkAcls", **criteria)["NetworkAclSet"]
    return [each["NetworkAclId"] for each in found]


def last(side):
    """Return the words by which a client tells the cloud's last entries from others."""
    return [(each["Protocol"], each["CidrBlock"] or each["Ipv6CidrBlock"], each["Action"]) for each in side]


def test_a_new_acl_drops_all_of_ipv4_and_has_no_subnets(account):
    tags = [{"Key": "city", "Value": "shanghai"}]
    made = account.call("CreateNetworkAcl", VpcId=account.vpc_id, NetworkAclName="demo", Tags=tags)
    created = made["NetworkAcl"]
    acl_id = created["NetworkAclId"]
    assert acl_id.startswith("acl-")
    assert (created["IngressEntries"], created["EgressEntries"], created["SubnetSet"]) == ([], [], [])
    assert (created["NetworkAclType"], created["TagSet"]) == ("TRIPLE", tags)
    shown = show(account, acl_id)
    for side in ("IngressEntries", "EgressEntries"):
        assert last(shown[side]) == [("all", "::/0", "Accept"), ("all", "0.0.0.0/0", "Drop")]
    ids = [
        each["NetworkAclIpv4EntryId"] or each["NetworkAclIpv6EntryId"]
        for side in ("IngressEntries", "EgressEntries")
        for each in shown[side]
    ]
    assert len(set(ids)) == 4
    assert {**shown, "IngressEntries": [], "EgressEntries": []} == created


def test_an_acl_of_five_parts_lists_no_entries_of_three(account):
    shown = show(account, create(account, NetworkAclType="QUINTUPLE"))
    assert (shown["NetworkAclType"], shown["IngressEntries"], shown["EgressEntries"]) == (
        "QUINTUPLE",
        [],
        [],
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": "vpc-absent00"}, "ResourceNotFound"),
        ({"VpcId": "absent"}, "InvalidParameterValue.Malformed"),
        ({"VpcId": None}, "MissingParameter"),
        ({"NetworkAclName": "n" * 61}, "InvalidParameterValue.TooLong"),
        ({"NetworkAclName": None}, "MissingParameter"),
        ({"NetworkAclType": "DOUBLE"}, "InvalidParameterValue"),
        ({"Tags": [{"Key": "k"}, {"Key": "k"}]}, "InvalidParameterValue.TagDuplicateKey"),
    ],
)
def test_what_is_wrong_with_a_new_acl(account, changes, code):
    params = {"VpcId": account.vpc_id, "NetworkAclName": "demo", **changes}
    given = {name: value for name, value in params.items() if value is not None}
    assert account.refusal("CreateNetworkAcl", **given) == code


def test_a_vpc_has_fifty_acls(account):
    for _ in range(50):
        create(account)
    refusal = account.refusal("CreateNetworkAcl", VpcId=account.vpc_id, NetworkAclName="demo")
    assert refusal == "LimitExceeded"
    limits = ["vpc-max-network-acls", "network-acl-max-inbound-policies"]
    told = account.call("DescribeVpcLimits", LimitTypes=limits)["VpcLimitSet"]
    assert [each["LimitValue"] for each in told] == [50, 20]


def test_an_acl_is_renamed(account):
    acl_id = create(account)
    account.call("ModifyNetworkAclAttribute", NetworkAclId=acl_id, NetworkAclName="other")
    assert show(account, acl_id)["NetworkAclName"] == "other"
    absent = account.refusal("ModifyNetworkAclAttribute", NetworkAclId=ABSENT, NetworkAclName="other")
    assert absent == "ResourceNotFound"


def test_a_subnet_shows_the_acl_that_it_is_associated_with(account):
    acl_id, other = create(account), create(account)
    params = {"NetworkAclId": acl_id, "SubnetIds": [account.subnet_id]}
    account.call("AssociateNetworkAclSubnets", **params)
    (subnet,) = account.call("DescribeSubnets", SubnetIds=[account.subnet_id])["SubnetSet"]
    assert subnet["NetworkAclId"] == acl_id
    (associated,) = show(account, acl_id)["SubnetSet"]
    assert (associated["SubnetId"], associated["NetworkAclId"]) == (account.subnet_id, acl_id)
    assert account.refusal("AssociateNetworkAclSubnets", **params) == "UnsupportedOperation"
    assert account.refusal("DeleteNetworkAcl", NetworkAclId=acl_id) == "ResourceInUse"
    elsewhere = {**params, "NetworkAclId": other}
    assert account.refusal("DisassociateNetworkAclSubnets", **elsewhere) == "ResourceNotFound"
    account.call("DisassociateNetworkAclSubnets", **params)
    assert account.refusal("DisassociateNetworkAclSubnets", **params) == "ResourceNotFound"
    (subnet,) = account.call("DescribeSubnets", SubnetIds=[account.subnet_id])["SubnetSet"]
    assert (subnet["NetworkAclId"], show(account, acl_id)["SubnetSet"]) == ("", [])
    account.call("DeleteNetworkAcl", NetworkAclId=acl_id)
    assert listed(account) == [other]
    assert account.refusal("DeleteNetworkAcl", NetworkAclId=acl_id) == "ResourceNotFound"


@pytest.mark.parametrize("action", ["AssociateNetworkAclSubnets", "DisassociateNetworkAclSubnets"])
def test_what_is_wrong_with_an_association(account, action):
    acl_id = create(account)
    for acl, subnets, code in (
        (ABSENT, [account.subnet_id], "ResourceNotFound"),
        ("nacl-absent00", [account.subnet_id], "InvalidParameterValue.Malformed"),
        (acl_id, ["subnet-absent00"], "ResourceNotFound"),
        (acl_id, ["absent"], "InvalidParameterValue.Malformed"),
        (acl_id, [], "MissingParameter"),
        (acl_id, [account.subnet_id] * 101, "InvalidParameterValue.LimitExceeded"),
    ):
        assert account.refusal(action, NetworkAclId=acl, SubnetIds=subnets) == code


def test_an_acl_and_its_subnets_are_in_one_vpc(account):
    acl_id = create(account, VpcId=account.create_vpc())
    params = {"NetworkAclId": acl_id, "SubnetIds": [account.subnet_id]}
    assert account.refusal("AssociateNetworkAclSubnets", **params) == "UnsupportedOperation.VpcMismatch"


def test_an_acl_goes_with_its_vpc_and_lets_subnets_go(account):
    vpc_id = account.create_vpc()
    subnet_id = account.create_subnet(vpc_id)
    acl_id = create(account, VpcId=vpc_id)
    account.call("AssociateNetworkAclSubnets", NetworkAclId=acl_id, SubnetIds=[subnet_id])
    (counted,) = account.call("DescribeVpcResourceDashboard", VpcIds=[vpc_id])["ResourceDashboardSet"]
    assert counted["NetworkACL"] == 1
    account.call("DeleteSubnet", SubnetId=subnet_id)
    assert show(account, acl_id)["SubnetSet"] == []
    account.call("DeleteVpc", VpcId=vpc_id)
    assert listed(account) == []


def test_acls_are_found_by_ids_filters_and_in_orders(account):
    vpc_id = account.create_vpc()
    first = create(account, NetworkAclName="b")
    second = create(account, VpcId=vpc_id, NetworkAclName="a", Tags=[{"Key": "k", "Value": "v"}])
    by_id = sorted([first, second])

    def by(name, *values):
        return {"Filters": [{"Name": name, "Values": [*values]}]}

    for criteria, found in (
        ({}, [second, first]),
        ({"Limit": 1}, [second]),
        ({"Limit": 1, "Offset": 1}, [first]),
        ({"NetworkAclIds": [first]}, [first]),
        (by("vpc-id", vpc_id), [second]),
        (by("network-acl-id", first), [first]),
        (by("network-acl-name", "a", "c"), [second]),
        (by("tag:k", "v"), [second]),
        ({"OrderField": "NetworkAclName"}, [second, first]),
        ({"OrderField": "NetworkAclName", "OrderDirection": "DESC"}, [first, second]),
        ({"OrderField": "NetworkAclId"}, by_id),
        ({"OrderField": "CreatedTime", "OrderDirection": "ASC"}, [first, second]),
        ({"OrderField": "ModifyTime", "OrderDirection": "DESC", "Limit": 1, "Offset": 2}, []),
    ):
        assert listed(account, **criteria) == found, criteria
    assert account.call("DescribeNetworkAcls", Limit=1)["TotalCount"] == 2
    for criteria, code in (
        ({"NetworkAclIds": [ABSENT]}, "ResourceNotFound"),
        ({"NetworkAclIds": [first], **by("vpc-id", vpc_id)}, "InvalidParameter.Coexist"),
        (by("state", "x"), "InvalidParameter.FilterInvalidKey"),
        ({"OrderField": "VpcId"}, "InvalidParameterValue"),
        ({"Limit": 101}, "InvalidParameterValue.Range"),
    ):
        assert account.refusal("DescribeNetworkAcls", **criteria) == code


def test_acls_are_tagged_by_the_tag_service(account):
    acl_id = create(account)
    account.call(
        "ModifyResourceTags",
        Resource=f"qcs::vpc:ap-guangzhou:uin/:acl/{acl_id}",
        ReplaceTags=[{"TagKey": "city", "TagValue": "shanghai"}],
    )
    assert show(account, acl_id)["TagSet"] == [{"Key": "city", "Value": "shanghai"}]
    place = {"ServiceType": "vpc", "ResourcePrefix": "acl", "ResourceRegion": "ap-guangzhou"}
    rows = account.call("DescribeResourceTags", ResourceId=acl_id, **place)["Rows"]
    assert [(each["TagKey"], each["TagValue"]) for each in rows] == [("city", "shanghai")]
