"""How programs walk through lists on both clouds, and when they stop.

Each loop below is the rule by which a program goes on, so that a wrong echo or a page too many shows here
as it would there: as an endless loop, or as resources that are overlooked. Names of walks and docstrings
tell the programs.
"""

import json
from collections.abc import Iterator
from itertools import count, islice
from typing import Any

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, VPC
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import fold

MANY = 23
"""Interfaces, so that pages of ten are two full ones and a rest."""


@pytest.fixture(scope="module")
def account() -> AlibabaAccount:
    account = AlibabaAccount.furnished()
    for number in range(MANY):
        account.create_interface(Tag=[{"Key": "number", "Value": str(number)}])
    return account


@pytest.fixture(scope="module")
def account() -> TencentAccount:
    account = TencentAccount.furnished()
    for _ in range(MANY):
        account.call(
            "CreateNetworkInterface",
            VpcId=account.vpc_id,
            SubnetId=account.subnet_id,
            NetworkInterfaceName="eni",
        )
    account.wait()
    return account


def ended(walk: Iterator[list[str]]) -> list[list[str]]:
    """Walk, and return the pages; there are fewer than fifty of whatever is listed here."""
    found = list(islice(walk, 50))
    assert len(found) < 50, "the walk has no end"
    return found


def described(account: AlibabaAccount, **wish: Any) -> dict[str, Any]:
    return account.client.call("DescribeNetworkInterfaces", **wish)


def ids(page: dict[str, Any]) -> list[str]:
    return [each["NetworkInterfaceId"] for each in page["NetworkInterfaceSets"]["NetworkInterfaceSet"]]


# -- Alibaba Cloud: how each program walks ----------------------------------------------------------------


def by_number_as_cilium(account: AlibabaAccount, size: int) -> Iterator[list[str]]:
    """Go on until a page is empty, or ends beyond the count by the number and size that it names itself."""
    for number in count(1):
        page = account.client.call("DescribeNetworkInterfaces", PageNumber=number, PageSize=size)
        yield ids(page)
        if not ids(page) or page["TotalCount"] < page["PageNumber"] * page["PageSize"]:
            return


def by_number_as_ali_nuke(account: AlibabaAccount, size: int) -> Iterator[list[str]]:
    """Go on until there are as many as the count says."""
    seen = 0
    for number in count(1):
        page = account.client.call("DescribeNetworkInterfaces", PageNumber=number, PageSize=size)
        yield ids(page)
        seen += len(ids(page))
        if seen >= page["TotalCount"]:
            return


def by_token_as_cilium_and_steampipe(account: AlibabaAccount, size: int) -> Iterator[list[str]]:
    """Go on until the token is empty."""
    token = None
    while True:
        page = account.client.call("DescribeNetworkInterfaces", MaxResults=size, NextToken=token)
        yield ids(page)
        token = page["NextToken"]
        if token == "":
            return


def by_token_as_ccm(account: AlibabaAccount, size: int) -> Iterator[list[str]]:
    """Go on until the token is empty, or the page names a smaller size than was asked for."""
    token = None
    while True:
        page = account.client.call("DescribeNetworkInterfaces", MaxResults=size, NextToken=token)
        yield ids(page)
        token = page["NextToken"]
        if token == "" or page["PageSize"] < size:
            return


def by_token_as_terway(account: AlibabaAccount, size: int) -> Iterator[list[str]]:
    """Go on until a page is not full, or the token is empty."""
    token = None
    while True:
        page = account.client.call("DescribeNetworkInterfaces", MaxResults=size, NextToken=token)
        yield ids(page)
        token = page["NextToken"]
        if len(ids(page)) < size or token == "":
            return


WALKS = [
    by_number_as_cilium,
    by_number_as_ali_nuke,
    by_token_as_cilium_and_steampipe,
    by_token_as_ccm,
    by_token_as_terway,
]


@pytest.mark.parametrize("size", [10, MANY, 100])
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_a_walk_sees_each_interface_once(account, walk, size):
    found = ended(walk(account, size))
    seen = [each for page in found for each in page]
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == MANY
    assert [len(page) for page in found[: MANY // size]] == [size] * (MANY // size)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 100])
def test_number_and_size_of_a_page_are_echoed_and_a_page_past_the_end_is_empty(account, number):
    """cilium computes with the echoed ones; ccm and terraform ask on until a page is empty."""
    page = described(account, PageNumber=number, PageSize=10)
    echoed = {name: page[name] for name in ("PageNumber", "PageSize", "TotalCount", "NextToken")}
    assert echoed == {"PageNumber": number, "PageSize": 10, "TotalCount": MANY, "NextToken": ""}
    assert len(ids(page)) == {1: 10, 2: 10, 3: 3}.get(number, 0)


def test_a_page_that_follows_a_token_echoes_max_results_as_its_size(account):
    """ccm drops all further pages where it is smaller."""
    page = described(account, MaxResults=20)
    assert (page["PageSize"], page["PageNumber"], page["TotalCount"]) == (20, 1, MANY)
    rest = described(account, MaxResults=20, NextToken=page["NextToken"])
    assert (rest["PageSize"], rest["NextToken"], len(ids(rest))) == (20, "", 3)


def test_a_page_of_500_and_one_of_1000_are_granted(account):
    """cilium and terway ask for 500 at a time, cilium for 1000 by number."""
    assert len(ids(described(account, MaxResults=500))) == MANY
    assert described(account, PageSize=1000, PageNumber=1)["PageSize"] == 1000


def test_interfaces_that_come_and_go_move_nothing_to_another_page():
    """terway and cilium walk while others work: what was there all the time is seen once."""
    account = AlibabaAccount.furnished()
    made = [account.create_interface() for _ in range(12)]
    first = described(account, MaxResults=10)
    account.create_interface()
    account.client.call("DeleteNetworkInterface", NetworkInterfaceId=ids(first)[0])
    account.wait()
    rest = described(account, MaxResults=10, NextToken=first["NextToken"])
    assert sorted([*ids(first), *ids(rest)]) == sorted(made)


def test_the_list_of_an_account_without_interfaces_is_a_page_without_end_marks():
    """All: no token, a count of 0, and the wrapper of the list."""
    page = described(AlibabaAccount.furnished(), MaxResults=100)
    assert (page["TotalCount"], page["NextToken"], ids(page)) == (0, "", [])


@pytest.mark.parametrize(
    ("action", "version", "wrapper"),
    [
        ("DescribeVpcs", VPC, ("Vpcs", "Vpc")),
        ("DescribeVSwitches", VPC, ("VSwitches", "VSwitch")),
        ("DescribeSecurityGroups", ECS, ("SecurityGroups", "SecurityGroup")),
        ("DescribeInstances", ECS, ("Instances", "Instance")),
    ],
)
def test_every_other_list_echoes_its_page_and_ends_empty(account, action, version, wrapper):
    """cilium walks VPCs, vSwitches and groups by fifties with its one rule; terraform too."""
    outer, inner = wrapper
    for number in (1, 2):
        page = account.call(action, version, PageNumber=number, PageSize=50)
        assert (page["PageNumber"], page["PageSize"]) == (number, 50)
        assert len(page[outer][inner]) == (page["TotalCount"] if number == 1 else 0)
    assert page["TotalCount"] == (0 if action == "DescribeInstances" else 1)


@pytest.mark.parametrize(
    ("action", "wish", "wrapper"),
    [
        ("DescribeInstanceTypes", {"MaxResults": 10}, ("InstanceTypes", "InstanceType")),
        (
            "ListTagResources",
            {"ResourceType": "eni", "Tag": [{"Key": "number"}]},
            ("TagResources", "TagResource"),
        ),
        ("DescribeInstances", {"MaxResults": 10}, ("Instances", "Instance")),
        ("DescribeSecurityGroups", {"MaxResults": 10}, ("SecurityGroups", "SecurityGroup")),
    ],
)
def test_every_list_with_tokens_ends_with_an_empty_one(account, action, wish, wrapper):
    """terway, cilium and karpenter walk instance types; cilium tags; ccm instances."""
    outer, inner = wrapper

    def walk() -> Iterator[list[str]]:
        token = None
        while token != "":
            page = account.call(action, NextToken=token, **wish)
            yield [json.dumps(each, sort_keys=True) for each in page[outer][inner]]
            token = page["NextToken"]

    seen = [each for page in ended(walk()) for each in page]
    assert len(seen) == len(set(seen))
    assert len(seen) >= {"DescribeInstanceTypes": 30, "ListTagResources": MANY}.get(action, 0)


# -- Tencent Cloud: how each program walks ----------------------------------------------------------------


def until_a_page_is_short_as_terraform(account: TencentAccount, size: int) -> Iterator[list[str]]:
    for number in count():
        page = account.call("DescribeNetworkInterfaces", Limit=size, Offset=number * size)[
            "NetworkInterfaceSet"
        ]
        yield [each["NetworkInterfaceId"] for each in page]
        if len(page) < size:
            return


def until_the_count_is_reached_as_cloudmux(account: TencentAccount, size: int) -> Iterator[list[str]]:
    seen = 0
    while True:
        page = account.call("DescribeNetworkInterfaces", Limit=size, Offset=seen)
        yield [each["NetworkInterfaceId"] for each in page["NetworkInterfaceSet"]]
        seen += len(page["NetworkInterfaceSet"])
        if seen >= page["TotalCount"]:
            return


@pytest.mark.parametrize("size", [10, MANY, 50, 100])
@pytest.mark.parametrize(
    "walk",
    [until_a_page_is_short_as_terraform, until_the_count_is_reached_as_cloudmux],
    ids=lambda walk: walk.__name__,
)
def test_a_walk_by_offset_sees_each_interface_once(account, walk, size):
    """terraform takes an id that comes twice for an error."""
    seen = [each for page in ended(walk(account, size)) for each in page]
    assert len(seen) == len(set(seen)) == MANY


def test_a_page_has_twenty_entries_unless_it_is_told_otherwise(account):
    """bk-bcs and users of the SDK, who are surprised by it."""
    page = account.call("DescribeNetworkInterfaces")
    assert (len(page["NetworkInterfaceSet"]), page["TotalCount"]) == (20, MANY)


def test_a_page_past_the_end_is_empty_and_keeps_the_count(account):
    """terraform: 100 interfaces of 100 are followed by an empty page."""
    page = account.call("DescribeNetworkInterfaces", Offset=MANY, Limit=100)
    assert (page["NetworkInterfaceSet"], page["TotalCount"]) == ([], MANY)


def test_an_empty_list_has_a_count_of_0(account):
    """bk-bcs reads it through a pointer."""
    page = account.call("DescribeNetworkInterfaces", NetworkInterfaceIds=["eni-missing0"])
    assert (page["NetworkInterfaceSet"], page["TotalCount"]) == ([], 0)


@pytest.mark.parametrize("action", ["DescribeVpcs", "DescribeSubnets", "DescribeRouteTables"])
def test_vpcs_subnets_and_route_tables_page_by_texts(account, action):
    """terraform sends "100" and "0" to these three."""
    outer = {
        "DescribeVpcs": "VpcSet",
        "DescribeSubnets": "SubnetSet",
        "DescribeRouteTables": "RouteTableSet",
    }
    page = account.call(action, Limit="100", Offset="0")
    assert len(page[outer[action]]) == page["TotalCount"] == 1
    assert account.call(action, Limit="100", Offset="1")[outer[action]] == []


def test_interfaces_page_by_numbers(account):
    """terraform and bk-bcs."""
    page = account.call("DescribeNetworkInterfaces", Limit=5, Offset=20)
    assert len(page["NetworkInterfaceSet"]) == 3


def test_a_form_with_flat_lists_asks_the_same_as_json(account):
    """cloudmux signs in the older way and writes Filters.0.Values.0."""
    wish = {"Limit": 50, "Offset": 0, "Filters": [{"Name": "subnet-id", "Values": [account.subnet_id]}]}
    assert "Filters.0.Values.0" in fold(wish, 0)
    answers = [
        json.loads(
            account.emulator.send(
                account.client.request("DescribeNetworkInterfaces", style=style, **wish)
            ).body
        )["Response"]
        for style in ("form", "json")
    ]
    for answer in answers:
        del answer["RequestId"]
    assert answers[0] == answers[1]
    assert answers[0]["TotalCount"] == MANY
