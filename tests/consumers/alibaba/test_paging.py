"""How programs walk through lists of Alibaba Cloud, and when they stop: see ``tests.consumers.walks``."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from tests.consumers.walks import MANY, ended
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, VPC


@pytest.fixture(scope="module")
def account() -> AlibabaAccount:
    account = AlibabaAccount.furnished()
    for number in range(MANY):
        account.create_interface(Tag=[{"Key": "number", "Value": str(number)}])
    return account


def described(account: AlibabaAccount, **params: Any) -> dict[str, Any]:
    return account.client.call("DescribeNetworkInterfaces", **params)


def ids(page: dict[str, Any]) -> list[str]:
    return [each["NetworkInterfaceId"] for each in page["NetworkInterfaceSets"]["NetworkInterfaceSet"]]


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
    echoed = {name: page[name] for name in ("PageNumber", "PageSize", "TotalCount")}
    assert echoed == {"PageNumber": number, "PageSize": 10, "TotalCount": MANY}
    assert bool(page["NextToken"]) is (number < 3)
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
    ("action", "params", "wrapper"),
    [
        ("DescribeInstanceTypes", {"MaxResults": 50}, ("InstanceTypes", "InstanceType")),
        (
            "ListTagResources",
            {"ResourceType": "eni", "Tag": [{"Key": "number"}]},
            ("TagResources", "TagResource"),
        ),
        ("DescribeInstances", {"MaxResults": 10}, ("Instances", "Instance")),
        ("DescribeSecurityGroups", {"MaxResults": 10}, ("SecurityGroups", "SecurityGroup")),
    ],
)
def test_every_list_with_tokens_ends_with_an_empty_one(account, action, params, wrapper):
    """terway, cilium and karpenter walk instance types; cilium tags; ccm instances."""
    outer, inner = wrapper

    def walk() -> Iterator[list[str]]:
        token = None
        while token != "":
            page = account.call(action, NextToken=token, **params)
            yield [json.dumps(each, sort_keys=True) for each in page[outer][inner]]
            token = page["NextToken"]

    seen = [each for page in ended(walk()) for each in page]
    assert len(seen) == len(set(seen))
    assert len(seen) >= {"DescribeInstanceTypes": 300, "ListTagResources": MANY}.get(action, 0)
