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
from tests.dialects.alibaba.town import ECS, VPC, Town
from tests.dialects.tencent.rooms import FurnishedRoom, Room
from tests.harness import fold

MANY = 23
"""Interfaces, so that pages of ten are two full ones and a rest."""


@pytest.fixture(scope="module")
def town() -> Town:
    town = Town()
    for number in range(MANY):
        town.interface(Tag=[{"Key": "number", "Value": str(number)}])
    return town


@pytest.fixture(scope="module")
def room() -> FurnishedRoom:
    room = FurnishedRoom()
    for _ in range(MANY):
        room.call(
            "CreateNetworkInterface",
            VpcId=room.vpc_id,
            SubnetId=room.subnet_id,
            NetworkInterfaceName="eni",
        )
    room.wait()
    return room


def ended(walk: Iterator[list[str]]) -> list[list[str]]:
    """Walk, and return the pages; there are fewer than fifty of whatever is listed here."""
    found = list(islice(walk, 50))
    assert len(found) < 50, "the walk has no end"
    return found


def described(town: Town, **wish: Any) -> dict[str, Any]:
    return town.client.call("DescribeNetworkInterfaces", **wish)


def ids(page: dict[str, Any]) -> list[str]:
    return [each["NetworkInterfaceId"] for each in page["NetworkInterfaceSets"]["NetworkInterfaceSet"]]


# -- Alibaba Cloud: how each program walks ----------------------------------------------------------------


def by_number_as_cilium(town: Town, size: int) -> Iterator[list[str]]:
    """Go on until a page is empty, or ends beyond the count by the number and size that it names itself."""
    for number in count(1):
        page = town.client.call("DescribeNetworkInterfaces", PageNumber=number, PageSize=size)
        yield ids(page)
        if not ids(page) or page["TotalCount"] < page["PageNumber"] * page["PageSize"]:
            return


def by_number_as_ali_nuke(town: Town, size: int) -> Iterator[list[str]]:
    """Go on until there are as many as the count says."""
    seen = 0
    for number in count(1):
        page = town.client.call("DescribeNetworkInterfaces", PageNumber=number, PageSize=size)
        yield ids(page)
        seen += len(ids(page))
        if seen >= page["TotalCount"]:
            return


def by_token_as_cilium_and_steampipe(town: Town, size: int) -> Iterator[list[str]]:
    """Go on until the token is empty."""
    token = None
    while True:
        page = town.client.call("DescribeNetworkInterfaces", MaxResults=size, NextToken=token)
        yield ids(page)
        token = page["NextToken"]
        if token == "":
            return


def by_token_as_ccm(town: Town, size: int) -> Iterator[list[str]]:
    """Go on until the token is empty, or the page names a smaller size than was asked for."""
    token = None
    while True:
        page = town.client.call("DescribeNetworkInterfaces", MaxResults=size, NextToken=token)
        yield ids(page)
        token = page["NextToken"]
        if token == "" or page["PageSize"] < size:
            return


def by_token_as_terway(town: Town, size: int) -> Iterator[list[str]]:
    """Go on until a page is not full, or the token is empty."""
    token = None
    while True:
        page = town.client.call("DescribeNetworkInterfaces", MaxResults=size, NextToken=token)
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
def test_a_walk_sees_each_interface_once(town, walk, size):
    found = ended(walk(town, size))
    seen = [each for page in found for each in page]
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == MANY
    assert [len(page) for page in found[: MANY // size]] == [size] * (MANY // size)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 100])
def test_number_and_size_of_a_page_are_echoed_and_a_page_past_the_end_is_empty(town, number):
    """cilium computes with the echoed ones; ccm and terraform ask on until a page is empty."""
    page = described(town, PageNumber=number, PageSize=10)
    echoed = {name: page[name] for name in ("PageNumber", "PageSize", "TotalCount", "NextToken")}
    assert echoed == {"PageNumber": number, "PageSize": 10, "TotalCount": MANY, "NextToken": ""}
    assert len(ids(page)) == {1: 10, 2: 10, 3: 3}.get(number, 0)


def test_a_page_that_follows_a_token_echoes_max_results_as_its_size(town):
    """ccm drops all further pages where it is smaller."""
    page = described(town, MaxResults=20)
    assert (page["PageSize"], page["PageNumber"], page["TotalCount"]) == (20, 1, MANY)
    rest = described(town, MaxResults=20, NextToken=page["NextToken"])
    assert (rest["PageSize"], rest["NextToken"], len(ids(rest))) == (20, "", 3)


def test_a_page_of_500_and_one_of_1000_are_granted(town):
    """cilium and terway ask for 500 at a time, cilium for 1000 by number."""
    assert len(ids(described(town, MaxResults=500))) == MANY
    assert described(town, PageSize=1000, PageNumber=1)["PageSize"] == 1000


def test_interfaces_that_come_and_go_move_nothing_to_another_page():
    """terway and cilium walk while others work: what was there all the time is seen once."""
    town = Town()
    made = [town.interface() for _ in range(12)]
    first = described(town, MaxResults=10)
    town.interface()
    town.client.call("DeleteNetworkInterface", NetworkInterfaceId=ids(first)[0])
    town.wait()
    rest = described(town, MaxResults=10, NextToken=first["NextToken"])
    assert sorted([*ids(first), *ids(rest)]) == sorted(made)


def test_the_list_of_an_account_without_interfaces_is_a_page_without_end_marks():
    """All: no token, a count of 0, and the wrapper of the list."""
    page = described(Town(), MaxResults=100)
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
def test_every_other_list_echoes_its_page_and_ends_empty(town, action, version, wrapper):
    """cilium walks VPCs, vSwitches and groups by fifties with its one rule; terraform too."""
    outer, inner = wrapper
    for number in (1, 2):
        page = town.ask(action, version, PageNumber=number, PageSize=50)
        assert (page["PageNumber"], page["PageSize"]) == (number, 50)
        assert len(page[outer][inner]) == (page["TotalCount"] if number == 1 else 0)
    assert page["TotalCount"] == (0 if action == "DescribeInstances" else 1)


@pytest.mark.parametrize(
    ("action", "wish", "wrapper"),
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
def test_every_list_with_tokens_ends_with_an_empty_one(town, action, wish, wrapper):
    """terway, cilium and karpenter walk instance types; cilium tags; ccm instances."""
    outer, inner = wrapper

    def walk() -> Iterator[list[str]]:
        token = None
        while token != "":
            page = town.ask(action, NextToken=token, **wish)
            yield [json.dumps(each, sort_keys=True) for each in page[outer][inner]]
            token = page["NextToken"]

    seen = [each for page in ended(walk()) for each in page]
    assert len(seen) == len(set(seen))
    assert len(seen) >= {"DescribeInstanceTypes": 300, "ListTagResources": MANY}.get(action, 0)


# -- Tencent Cloud: how each program walks ----------------------------------------------------------------


def until_a_page_is_short_as_terraform(room: Room, size: int) -> Iterator[list[str]]:
    for number in count():
        page = room.call("DescribeNetworkInterfaces", Limit=size, Offset=number * size)[
            "NetworkInterfaceSet"
        ]
        yield [each["NetworkInterfaceId"] for each in page]
        if len(page) < size:
            return


def until_the_count_is_reached_as_cloudmux(room: Room, size: int) -> Iterator[list[str]]:
    seen = 0
    while True:
        page = room.call("DescribeNetworkInterfaces", Limit=size, Offset=seen)
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
def test_a_walk_by_offset_sees_each_interface_once(room, walk, size):
    """terraform takes an id that comes twice for an error."""
    seen = [each for page in ended(walk(room, size)) for each in page]
    assert len(seen) == len(set(seen)) == MANY


def test_a_page_has_twenty_entries_unless_it_is_told_otherwise(room):
    """bk-bcs and users of the SDK, who are surprised by it."""
    page = room.call("DescribeNetworkInterfaces")
    assert (len(page["NetworkInterfaceSet"]), page["TotalCount"]) == (20, MANY)


def test_a_page_past_the_end_is_empty_and_keeps_the_count(room):
    """terraform: 100 interfaces of 100 are followed by an empty page."""
    page = room.call("DescribeNetworkInterfaces", Offset=MANY, Limit=100)
    assert (page["NetworkInterfaceSet"], page["TotalCount"]) == ([], MANY)


def test_an_empty_list_has_a_count_of_0(room):
    """bk-bcs reads it through a pointer."""
    page = room.call("DescribeNetworkInterfaces", NetworkInterfaceIds=["eni-missing0"])
    assert (page["NetworkInterfaceSet"], page["TotalCount"]) == ([], 0)


@pytest.mark.parametrize("action", ["DescribeVpcs", "DescribeSubnets", "DescribeRouteTables"])
def test_vpcs_subnets_and_route_tables_page_by_texts(room, action):
    """terraform sends "100" and "0" to these three."""
    outer = {
        "DescribeVpcs": "VpcSet",
        "DescribeSubnets": "SubnetSet",
        "DescribeRouteTables": "RouteTableSet",
    }
    page = room.call(action, Limit="100", Offset="0")
    assert len(page[outer[action]]) == page["TotalCount"] == 1
    assert room.call(action, Limit="100", Offset="1")[outer[action]] == []


def test_interfaces_page_by_numbers(room):
    """terraform and bk-bcs."""
    page = room.call("DescribeNetworkInterfaces", Limit=5, Offset=20)
    assert len(page["NetworkInterfaceSet"]) == 3


def test_a_form_with_flat_lists_asks_the_same_as_json(room):
    """cloudmux signs in the older way and writes Filters.0.Values.0."""
    wish = {"Limit": 50, "Offset": 0, "Filters": [{"Name": "subnet-id", "Values": [room.subnet_id]}]}
    assert "Filters.0.Values.0" in fold(wish, 0)
    answers = [
        json.loads(
            room.emulator.send(room.client.request("DescribeNetworkInterfaces", style=style, **wish)).body
        )["Response"]
        for style in ("form", "json")
    ]
    for answer in answers:
        del answer["RequestId"]
    assert answers[0] == answers[1]
    assert answers[0]["TotalCount"] == MANY
