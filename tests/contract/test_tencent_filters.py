"""Every filter that a definition names is served: who reads the vendor's pages is not refused."""

import re

import pytest
from tests.dialects.tencent.definitions import by_name, members, request_object, service_of
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError

from duolect_dialects.tencent.actions import ACTIONS

LISTED = re.compile(
    r"(?:<li>|^|\n)\s*(?:<strong>)?\s*([a-z][a-z0-9]*(?:[-.:][A-Za-z0-9_-]+)*)"
    r"\s*(?:</strong>)?(?:</li>)?\s*(?=[-<\u2013\uff1a\uff0c:\s,])"
)
"""How a definition's list of filters tells the name of one."""
BESIDE = {"next-hop-type": {"route-table-id": "rtb-12345678", "vpc-id": "vpc-12345678"}}
"""What a filter wants beside it."""


def documented():
    """Yield each action with each filter that its definition names."""
    for action in by_name(ACTIONS):
        filters = members(service_of(action), request_object(action)).get("Filters", {})
        for name in dict.fromkeys(LISTED.findall(filters.get("document", ""))):
            yield action, name


@pytest.fixture(scope="module")
def account():
    return TencentAccount.furnished()


@pytest.fixture(scope="module")
def beside(account):
    """What an action wants beside its filters, by the action's name."""
    made = account.call("CreateNatGateway", NatGatewayName="nat", VpcId=account.vpc_id, AddressCount=1)
    package_id = account.call("CreateBandwidthPackage")["BandwidthPackageId"]
    gateway_id = made["NatGatewaySet"][0]["NatGatewayId"]
    return {
        "DescribeUsedIpAddress": {"VpcId": account.vpc_id},
        "DescribeNatGatewaySourceIpTranslationNatRules": {"NatGatewayId": gateway_id},
        "DescribeBandwidthPackageResources": {"BandwidthPackageId": package_id},
    }


def test_the_definitions_are_read():
    found = list(documented())
    assert len(found) > 150
    assert {("DescribeAddresses", "address-isp"), ("DescribeInstances", "uuid")} <= {*found}
    assert len({action for action, _ in found}) >= 19


@pytest.mark.parametrize(("action", "name"), list(documented()))
def test_a_filter_of_the_definition_is_known(account, beside, action, name):
    """A value may have the wrong form; the name has not."""
    filters = [
        {"Name": each, "Values": [value]} for each, value in {name: "x", **BESIDE.get(name, {})}.items()
    ]
    of_group = "Policies" in action
    more = {"SecurityGroupId": account.group_id} if of_group else beside.get(action, {})
    reason = ""
    try:
        account.client.call(action, Filters=filters, **more)
    except ApiError as refusal:
        reason = str(refusal)
    assert "does not exist" not in reason
