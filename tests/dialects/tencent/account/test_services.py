"""The services api and cam, and the projects of the tag service."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import emulator


@pytest.fixture
def account():
    return TencentAccount()


def test_zones_are_those_of_the_region_whichever_service_they_are_for(account):
    of_cvm = account.call("DescribeZones")["ZoneSet"]
    for product in ("cvm", "vpc", "clb", "sqlserver"):
        reply = account.call("api.DescribeZones", Product=product)
        assert reply["TotalCount"] == len(of_cvm)
        assert [zone["Zone"] for zone in reply["ZoneSet"]] == [zone["Zone"] for zone in of_cvm]
        assert reply["ZoneSet"][0].items() >= of_cvm[0].items()


def test_each_version_has_its_own_describe_zones(account):
    assert account.refusal("api.DescribeZones") == "MissingParameter"
    assert account.refusal("api.DescribeZones", Product="No Product") == "InvalidParameter"
    assert account.refusal("DescribeZones", Product="cvm") == "UnknownParameter"


def test_products_are_listed_page_by_page(account):
    every = account.call("DescribeProducts")
    names = [product["Name"] for product in every["Products"]]
    assert {"cvm", "vpc", "tag"} <= set(names)
    assert every["TotalCount"] == len(names)
    page = account.call("DescribeProducts", Limit=2, Offset=1)
    assert [product["Name"] for product in page["Products"]] == names[1:3]
    assert account.refusal("DescribeProducts", Limit=101) == "InvalidParameter"


def test_an_account_has_numbers_of_its_own(account):
    shown = account.call("GetUserAppId")
    identity = account.call("GetCallerIdentity")
    assert shown["Uin"] == shown["OwnerUin"] == identity["AccountId"]
    assert len(str(shown["AppId"])) == 10
    other = emulator().tencent("AKIDOTHER").call("GetUserAppId")
    assert other["AppId"] != shown["AppId"]


def test_users_are_shown_by_their_numbers(account):
    own = int(account.call("GetUserAppId")["Uin"])
    assert account.call("DescribeSubAccounts", FilterSubAccountUin=[own, 1])["SubAccounts"] == []
    code = account.refusal("DescribeSubAccounts", FilterSubAccountUin=[1] * 51)
    assert code == "InvalidParameter"


@pytest.mark.parametrize("more", [{}, {"ProjectId": 7}, {"ProjectName": "shop"}])
def test_only_the_default_project_is_there_and_it_is_not_listed(account, more):
    reply = account.call("DescribeProjects", AllList=1, Limit=1000, Offset=0, **more)
    assert (reply["Total"], reply["Projects"]) == (0, [])
    assert account.refusal("DescribeProjects", AllList=2, Limit=1000, Offset=0) == "InvalidParameter"
