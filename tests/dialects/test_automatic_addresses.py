"""Private addresses that nobody named: drawn with the seed, or the lowest free ones by a setting."""

from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.tencent.furnished_account import TencentAccount


def tencent(account, **params):
    shown = account.describe_interface(account.create_interface(**params))
    return [each["PrivateIpAddress"] for each in shown["PrivateIpAddressSet"]]


def test_the_lowest_ones_of_tencent_cloud():
    account = TencentAccount.furnished(addresses="lowest")
    assert tencent(account) == ["10.0.0.2"]
    assert tencent(account, PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.4"}]) == ["10.0.0.4"]
    assert tencent(account, SecondaryPrivateIpAddressCount=2) == ["10.0.0.3", "10.0.0.5", "10.0.0.6"]


def test_an_address_that_is_given_back_is_the_next_one():
    account = TencentAccount.furnished(addresses="lowest")
    first = account.create_interface()
    assert tencent(account) == ["10.0.0.3"]
    account.call("DeleteNetworkInterface", NetworkInterfaceId=first)
    account.wait()
    assert tencent(account) == ["10.0.0.2"]


def test_the_lowest_ones_of_alibaba_cloud():
    account = AlibabaAccount.furnished(addresses="lowest")
    found = []
    for _ in range(2):
        eni = account.create_interface()
        found.append(account.describe_interface(eni)["PrivateIpAddress"])
    low = int(found[0].rpartition(".")[2])
    assert low < 3
    assert found[1] == f"{found[0].rpartition('.')[0]}.{low + 1}"


def test_they_are_drawn_with_the_seed_unless_told_otherwise():
    (one,), (same,), (other,) = (
        tencent(TencentAccount.furnished(**settings))
        for settings in ({}, {"addresses": "random"}, {"seed": 2})
    )
    assert one == same
    assert one != other
