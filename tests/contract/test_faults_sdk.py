"""How the official SDKs take what a fault does to an answer: as they take it from the clouds."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.contract.requirements import require
from tests.contract.server import Server

from duolect.account import Account
from duolect.client import Duolect

Describe = Callable[[], object]


@pytest.fixture
def account(open_server: Server, access_key: str) -> Iterator[Account]:
    made = Account(Duolect(open_server.url), access_key)
    yield made
    made.faults.clear()


@pytest.fixture(params=["alibaba", "tencent"])
def cloud(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def describe(account: Account, cloud: str) -> Describe:
    """Return how a client of the cloud describes its interfaces."""
    if cloud == "tencent":
        require("tencentcloud")
        vpc = account.tencent.vpc()
        return lambda: vpc.call_json("DescribeNetworkInterfaces", {})
    models = require("alibabacloud_ecs20140526.models")
    ecs = account.alibaba.ecs()
    return lambda: ecs.describe_network_interfaces(
        models.DescribeNetworkInterfacesRequest(region_id="cn-hangzhou")
    )


@pytest.mark.parametrize(
    ("effect", "raised"),
    [
        ({"disconnect": True}, {"alibaba": "Connection aborted", "tencent": "ClientNetworkError"}),
        ({"truncate": True}, {"alibaba": "IncompleteRead", "tencent": "IncompleteRead"}),
        ({"http_status": 503}, {"alibaba": "Failed to parse", "tencent": "ServerNetworkError"}),
        ({"throttle": True}, {"alibaba": "Throttling.User", "tencent": "RequestLimitExceeded"}),
        ({"code": "InternalError"}, {"alibaba": "InternalError", "tencent": "InternalError"}),
    ],
    ids=["disconnect", "truncate", "http_status", "throttle", "code"],
)
def test_an_sdk_meets_a_fault_once_and_then_the_cloud_again(
    account: Account, cloud: str, describe: Describe, effect: dict[str, Any], raised: dict[str, str]
) -> None:
    rule = account.faults.add(cloud=cloud, times=1, **effect)
    with pytest.raises(Exception, match=raised[cloud]):
        describe()
    describe()
    assert account.faults.hits(rule) == 1
