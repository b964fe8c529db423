"""What takes long is prepared once; every test has it in an account of its own, as if nobody else did."""

import pytest
from conftest import ALIBABA

from duolect.testing import Account


@pytest.fixture(scope="module")
def prepared(duolect):
    account = Account(duolect, "prepared")
    account.lay("alibaba", **ALIBABA)
    # ... and whatever takes long: the program's own installation, a thousand interfaces
    return account.snapshot()


@pytest.fixture
def cluster(duolect_account, prepared):
    duolect_account.restore(prepared)
    return duolect_account


@pytest.mark.parametrize("block", ["172.16.0.0/12", "192.168.0.0/16"])
def test_each_begins_with_the_same(cluster, block):
    assert networks(cluster) == ["vpc-main"]
    cluster.lay("alibaba", networks=[{"id": "vpc-more", "CidrBlock": block}])  # no other test sees it
    assert networks(cluster) == ["vpc-main", "vpc-more"]


def networks(account):
    """Return the ids of an account's networks."""
    (partition,) = account.state()["partitions"]
    return [node["id"] for node in partition["nodes"]]
