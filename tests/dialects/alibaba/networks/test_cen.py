"""Grants of VPCs to CEN instances of other accounts on Alibaba Cloud."""

import pytest
from tests.dialects.alibaba.sdk_models import VPC

GRANT, REVOKE, LIST = "GrantInstanceToCen", "RevokeInstanceFromCen", "DescribeGrantRulesToCen"
CEN = {"CenId": "cen-1", "CenOwnerId": 1234567890123456}
ABSENT = "vpc-absent"


@pytest.fixture
def vpc_id(account):
    """Return the id of a VPC."""
    return account.create_vpc()


def of_vpc(vpc_id, **more):
    return {"InstanceId": vpc_id, "InstanceType": "VPC", **more}


def granted(account, vpc_id, **more):
    answer = account.call(LIST, VPC, **of_vpc(vpc_id, **more))
    return [(each["CenInstanceId"], each["CenOwnerId"]) for each in answer["CenGrantRules"]["CbnGrantRule"]]


def test_a_vpc_is_granted_listed_and_revoked(account, vpc_id):
    assert granted(account, vpc_id) == []
    assert account.call(GRANT, VPC, **of_vpc(vpc_id), **CEN).keys() == {"RequestId"}
    answer = account.call(LIST, VPC, **of_vpc(vpc_id))
    (rule,) = answer["CenGrantRules"]["CbnGrantRule"]
    assert rule.keys() == {"CenInstanceId", "CenOwnerId", "CreationTime"}
    assert (answer["TotalCount"], answer["PageNumber"], answer["PageSize"]) == (1, 1, 10)
    shown = account.call("DescribeVpcAttribute", VPC, VpcId=vpc_id)
    assert shown["AssociatedCens"] == {"AssociatedCen": []}
    account.call(REVOKE, VPC, **of_vpc(vpc_id), **CEN)
    assert granted(account, vpc_id) == []


def test_a_token_grants_once(account, vpc_id):
    first = of_vpc(vpc_id, ClientToken="t", **CEN)
    account.call(GRANT, VPC, **first)
    account.call(GRANT, VPC, **first)
    assert granted(account, vpc_id) == [("cen-1", CEN["CenOwnerId"])]


def test_grants_are_listed_by_page_and_resource_group(account, vpc_id):
    for number in range(3):
        account.call(GRANT, VPC, **of_vpc(vpc_id, CenId=f"cen-{number}", CenOwnerId=7))
    assert granted(account, vpc_id, PageSize=2) == [("cen-0", 7), ("cen-1", 7)]
    assert granted(account, vpc_id, PageSize=2, PageNumber=2) == [("cen-2", 7)]
    assert granted(account, vpc_id, ResourceGroupId="rg-other") == []
    shown = account.call("DescribeVpcAttribute", VPC, VpcId=vpc_id)
    assert len(granted(account, vpc_id, ResourceGroupId=shown["ResourceGroupId"], ClientToken="t")) == 3


@pytest.mark.parametrize("kind", ["VBR", "CCN"])
def test_there_are_no_other_instances(account, vpc_id, kind):
    answer = account.call(LIST, VPC, **of_vpc(vpc_id, InstanceType=kind))
    assert (answer["TotalCount"], answer["CenGrantRules"]) == (0, {"CbnGrantRule": []})
    assert account.call(LIST, VPC, InstanceId=ABSENT, InstanceType="VPC")["TotalCount"] == 0


@pytest.mark.parametrize(
    ("action", "wrong", "code"),
    [
        (GRANT, {"InstanceId": ABSENT}, ("InvalidInstanceId.NotFound", 404)),
        (GRANT, {"InstanceType": "VBR"}, ("InvalidInstanceId.NotFound", 404)),
        (GRANT, {"InstanceType": "CCN"}, ("InvalidParameter", 400)),
        (GRANT, {"CenOwnerId": 0}, ("InvalidParameter", 400)),
        (GRANT, {"CenId": None}, ("MissingParameter", 400)),
        (REVOKE, {}, ("InvalidInstanceId.NotFound", 404)),
        (REVOKE, {"InstanceId": ABSENT}, ("InvalidInstanceId.NotFound", 404)),
        (REVOKE, {"InstanceType": "CCN"}, ("InvalidInstanceId.NotFound", 404)),
        (LIST, {"InstanceType": "ECS"}, ("InvalidParameter", 400)),
        (LIST, {"PageSize": 51}, ("InvalidParameter", 400)),
    ],
)
def test_what_is_wrong_is_told(account, vpc_id, action, wrong, code):
    parameters = of_vpc(vpc_id) | (CEN if action != LIST else {}) | wrong
    given = {name: value for name, value in parameters.items() if value is not None}
    assert account.refusal(action, VPC, **given) == code
    assert granted(account, vpc_id) == []


def test_a_vpc_is_granted_to_a_cen_once(account, vpc_id):
    account.call(GRANT, VPC, **of_vpc(vpc_id), **CEN)
    assert account.refusal(GRANT, VPC, **of_vpc(vpc_id), **CEN) == ("IncorrectStatus", 400)


def test_a_vpc_that_is_still_being_created_is_not_granted(account):
    new = account.call("CreateVpc", VPC)["VpcId"]
    assert account.refusal(GRANT, VPC, **of_vpc(new), **CEN) == ("IncorrectStatus", 400)
