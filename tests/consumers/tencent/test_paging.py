"""How programs walk through lists of Tencent Cloud, and when they stop: see ``tests.consumers.walks``."""

import json
from collections.abc import Iterator
from itertools import count

import pytest
from tests.consumers.walks import MANY, ended
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import fold


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
    params = {"Limit": 50, "Offset": 0, "Filters": [{"Name": "subnet-id", "Values": [account.subnet_id]}]}
    assert "Filters.0.Values.0" in fold(params, 0)
    answers = [
        json.loads(
            account.emulator.send(
                account.client.request("DescribeNetworkInterfaces", style=style, **params)
            ).body
        )["Response"]
        for style in ("form", "json")
    ]
    for answer in answers:
        del answer["RequestId"]
    assert answers[0] == answers[1]
    assert answers[0]["TotalCount"] == MANY
