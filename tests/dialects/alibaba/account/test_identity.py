"""Who asks, where the services are, and what the account may have."""

import json

import attrs
import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, LOCATION, STS, VPC
from tests.harness import ApiError, emulator

from duolect.access.authentication import Key
from duolect_dialects.alibaba.account.quotas import VENDOR_QUOTAS


def test_the_owner_is_the_account(account):
    told = account.call("GetCallerIdentity", STS)
    account_id = told["AccountId"]
    assert (len(account_id), told["IdentityType"], told["UserId"]) == (16, "Account", account_id)
    assert told["Arn"] == f"acs:ram::{account_id}:root"


def test_a_sub_user_is_named_by_its_key():
    here = emulator()
    here.pipeline.access.authenticator.keys["SUB"] = Key("s", account="OWNER", sub_user=True)
    owner = here.alibaba("OWNER").call("GetCallerIdentity", STS)
    user = here.alibaba("SUB").call("GetCallerIdentity", STS)
    assert user["AccountId"] == owner["AccountId"]
    assert user["UserId"] == user["PrincipalId"] != owner["UserId"]
    assert (user["IdentityType"], user["Arn"]) == ("RAMUser", f"acs:ram::{owner['AccountId']}:user/SUB")
    theirs = here.tencent("SUB").call("GetCallerIdentity")
    assert theirs["Type"] == "CAMUser"
    assert theirs["Arn"] == f"qcs::cam::uin/{theirs['AccountId']}:uin/{theirs['UserId']}"


def test_every_service_is_where_the_emulator_was_asked(account):
    request = account.client.request("DescribeEndpoints", LOCATION, Id="cn-beijing", ServiceCode="vpc")
    answer = account.emulator.send(attrs.evolve(request, headers={"host": "127.0.0.1:4780"}))
    body = json.loads(answer.body)
    (shown,) = body["Endpoints"]["Endpoint"]
    assert (shown["Endpoint"], shown["Id"], shown["SerivceCode"]) == ("127.0.0.1:4780", "cn-beijing", "vpc")
    assert body["Success"] is True


@pytest.mark.parametrize(
    ("params", "code", "message"),
    [
        (
            {"Id": "zz-1", "ServiceCode": "ecs"},
            "InvalidRegionId",
            "The specified region does not exist.",
        ),
        ({"Id": "cn-beijing", "ServiceCode": "cats"}, "Illegal Parameter", "Please check the parameters"),
    ],
)
def test_the_older_sdk_knows_an_error_of_endpoints_by_its_words(account, params, code, message):
    with pytest.raises(ApiError) as refusal:
        account.client.call("DescribeEndpoints", LOCATION, **params)
    assert (refusal.value.code, refusal.value.message) == (code, message)


def attributes(account, *names):
    reply = account.call("DescribeAccountAttributes", ECS, AttributeName=list(names) or None)
    return {
        each["AttributeName"]: [value["Value"] for value in each["AttributeValues"]["ValueItem"]]
        for each in reply["AccountAttributeItems"]["AccountAttributeItem"]
    }


def test_quotas_are_those_in_force_or_a_new_accounts():
    vendors = {
        "max-security-groups": [str(VENDOR_QUOTAS.groups)],
        "max-elastic-network-interfaces": [str(VENDOR_QUOTAS.interfaces)],
    }
    assert attributes(AlibabaAccount.furnished(), *vendors) == vendors
    assert attributes(AlibabaAccount.furnished(quotas={"groups": 7}), "max-security-groups") == {
        "max-security-groups": ["7"]
    }


def test_what_is_used_is_counted_and_all_is_told_where_nothing_is_named(account):
    account.run_instances(Amount=2)
    told = attributes(account)
    assert len(told) == 15
    cpu = account.client.partition.rules.instance_types[account.type_name].cpu
    assert told["used-postpaid-instance-vcpu-count"] == [str(2 * cpu)]
    assert account.type_name in told["supported-postpaid-instance-types"]
    expected = ("InvalidParameter", 400)
    assert account.refusal("DescribeAccountAttributes", ECS, AttributeName=["cats"]) == expected


def test_vpc_lists_regions_too(account):
    shown = account.call("DescribeRegions", VPC, AcceptLanguage="en-US")["Regions"]["Region"]
    assert {"cn-hangzhou", "cn-beijing"} <= {each["RegionId"] for each in shown}
