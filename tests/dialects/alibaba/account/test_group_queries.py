"""The resource groups that an account has are listed by the resource manager."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import RESOURCE_MANAGER, VPC
from tests.harness import emulator

from duolect.settings.settings import CloudSettings


def listed(account, **criteria):
    answer = account.call("ListResourceGroups", RESOURCE_MANAGER, **criteria)
    return answer["ResourceGroups"]["ResourceGroup"]


def ids(account, **criteria):
    return [shown["Id"] for shown in listed(account, **criteria)]


def test_the_default_group_is_the_one_that_a_vpc_is_in(account):
    """terraform's data source lists groups before it creates anything."""
    (default,) = listed(account)
    (vpc,) = account.call("DescribeVpcs", RegionId="cn-hangzhou")["Vpcs"]["Vpc"]
    assert default["Id"] == vpc["ResourceGroupId"]
    assert (default["Name"], default["Status"]) == ("default", "OK")
    assert default["CreateDate"] == "2020-01-01T08:00:00+08:00"


def test_groups_in_use_in_any_region_are_listed_oldest_first(account):
    other = account.new_client(region="cn-beijing")
    other.call("CreateVpc", VPC, ResourceGroupId="rg-far")
    account.emulator.clock.advance(1_000_000)
    account.run_instance(ResourceGroupId="rg-near")
    default, far, near = ids(account)
    assert (far, near) == ("rg-far", "rg-near")
    assert ids(account, PageSize=1, PageNumber=2) == [far]
    assert ids(account, ResourceGroupId=near) == [near]
    assert ids(account, ResourceGroupIds=[near, default]) == [default, near]
    assert ids(account, Name="fau") == [default]
    assert ids(account, DisplayName="near") == [near]
    assert ids(account, Status="OK") == [default, far, near]
    assert ids(account, Status="PendingDelete") == []
    assert ids(account, Tag=[{"Key": "a"}]) == []


def test_the_settings_name_more():
    account = AlibabaAccount(resource_groups={"rg-team": "team"})
    default, team = listed(account)
    assert (default["Name"], team["Id"], team["Name"]) == ("default", "rg-team", "team")


def test_a_world_names_more_too(tmp_path):
    path = tmp_path / "world.toml"
    path.write_text('[[alibaba]]\nregion = "cn-hangzhou"\n[alibaba.resource-groups]\nrg-a-b = "of two"\n')
    client = emulator(world=str(path), alibaba=CloudSettings(resource_groups={"rg-1": "one"})).alibaba()
    found = client.call("ListResourceGroups", RESOURCE_MANAGER)["ResourceGroups"]["ResourceGroup"]
    assert [(each["Id"], each["Name"]) for each in found[1:]] == [("rg-1", "one"), ("rg-a-b", "of two")]


def test_a_group_is_shown_with_its_regions(account):
    (default,) = listed(account)
    for group_id, name in ((default["Id"], "default"), ("rg-any", "rg-any")):
        answer = account.call("GetResourceGroup", RESOURCE_MANAGER, ResourceGroupId=group_id)
        shown = answer["ResourceGroup"]
        assert (shown["Id"], shown["Name"]) == (group_id, name)
        statuses = shown["RegionStatuses"]["RegionStatus"]
        assert {"RegionId": "cn-beijing", "Status": "OK"} in statuses


@pytest.mark.parametrize(
    ("action", "params", "refusal"),
    [
        ("GetResourceGroup", {"ResourceGroupId": "x"}, ("EntityNotExists.ResourceGroup", 404)),
        ("GetResourceGroup", {}, ("MissingParameter", 400)),
        ("ListResourceGroups", {"PageSize": 101}, ("InvalidParameter", 400)),
        ("ListResourceGroups", {"Status": "Any"}, ("InvalidParameter", 400)),
    ],
)
def test_a_wrong_request_is_refused(account, action, params, refusal):
    assert account.refusal(action, RESOURCE_MANAGER, **params) == refusal
