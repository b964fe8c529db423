"""Peerings and CCNs of Tencent Cloud: there are none, and what looks for them is checked all the same."""

import pytest

EMPTY = {
    "DescribeCcns": "CcnSet",
    "DescribeCcnAttachedInstances": "InstanceSet",
    "DescribeVpcPeeringConnections": "PeerConnectionSet",
}
UNKNOWN = {"DescribeVpcPeeringConnections": "InvalidParameter"}
IDS = [
    ("DescribeCcns", "CcnIds", "ccn-absent00"),
    ("DescribeVpcPeeringConnections", "PeeringConnectionIds", "pcx-absent00"),
]


@pytest.mark.parametrize("action", EMPTY)
def test_there_is_nothing(account, action):
    found = account.call(action, Offset=0, Limit=100, OrderDirection="DESC")
    assert (found["TotalCount"], found[EMPTY[action]]) == (0, [])


@pytest.mark.parametrize("action", EMPTY)
def test_a_filter_that_does_not_exist(account, action):
    refusal = account.refusal(action, Filters=[{"Name": "colour", "Values": ["x"]}])
    assert refusal == UNKNOWN.get(action, "InvalidParameter.FilterInvalidKey")


@pytest.mark.parametrize(("action", "name", "absent"), IDS)
def test_ids_name_what_does_not_exist(account, action, name, absent):
    assert account.refusal(action, **{name: [absent]}) == "ResourceNotFound"
    assert account.refusal(action, **{name: ["vpc-12345678"]}) == "InvalidParameterValue.Malformed"
    filters = [{"Name": "state", "Values": ["ACTIVE"]}]
    assert account.refusal(action, **{name: [absent]}, Filters=filters) == "InvalidParameter.Coexist"


@pytest.mark.parametrize("action", EMPTY)
def test_pages_have_bounds(account, action):
    assert account.refusal(action, Limit=101) == "InvalidParameterValue.Range"


def test_a_ccn_that_does_not_exist_has_no_networks(account):
    found = account.call("DescribeCcnAttachedInstances", CcnId="ccn-absent00")
    assert found["TotalCount"] == 0
