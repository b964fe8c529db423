"""Which addresses of a VPC are in use, and by what."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount

IPV4 = "DescribeVpcPrivateIpAddresses"
IPV6 = "DescribeVpcIpv6Addresses"
USED = "DescribeUsedIpAddress"


@pytest.fixture
def account():
    """An account with an interface and an instance."""
    account = TencentAccount.furnished()
    account.interface_id = account.create_interface(
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.20"}, {"PrivateIpAddress": "10.0.0.10"}],
        Ipv6AddressCount=2,
    )
    (account.instance_id,) = account.run_instances(place={"PrivateIpAddresses": ["10.0.0.15"]})
    return account


def used(account, **params):
    return account.call(USED, VpcId=account.vpc_id, **params)


def holders(account, **params):
    return [(each["IpAddress"], each["ResourceId"]) for each in used(account, **params)["IpAddressStates"]]


# -- IPv4 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["json", "get"])
def test_used_addresses_are_shown_as_they_are_asked_for(account, style):
    asked = ["10.0.0.15", "10.0.0.99", "10.0.0.10", "10.0.0.15"]
    reply = account.call(IPV4, style=style, VpcId=account.vpc_id, PrivateIpAddresses=asked)
    assert reply["VpcPrivateIpAddressSet"] == [
        {
            "PrivateIpAddress": "10.0.0.15",
            "CidrBlock": "10.0.0.0/24",
            "PrivateIpAddressType": "CVM",
            "CreatedTime": "2026-09-21 22:13:21",
        },
        {
            "PrivateIpAddress": "10.0.0.10",
            "CidrBlock": "10.0.0.0/24",
            "PrivateIpAddressType": "ENI",
            "CreatedTime": "2026-09-21 22:13:20",
        },
    ]


def test_an_address_is_in_use_since_it_was_assigned_wherever_it_moves(account):
    other = account.create_interface()
    moving = {"SourceNetworkInterfaceId": account.interface_id, "DestinationNetworkInterfaceId": other}
    new = {
        "NetworkInterfaceId": account.interface_id,
        "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.77"}],
    }
    account.call("AssignPrivateIpAddresses", **new)

    def times():
        asked = ["10.0.0.10", "10.0.0.77"]
        reply = account.call(IPV4, VpcId=account.vpc_id, PrivateIpAddresses=asked)
        return [each["CreatedTime"][-2:] for each in reply["VpcPrivateIpAddressSet"]]

    assert times() == ["20", "23"]
    account.wait()
    for ip in ("10.0.0.10", "10.0.0.77"):
        account.call("MigratePrivateIpAddress", PrivateIpAddress=ip, **moving)
        account.wait()
        assert times() == ["20", "23"]


def test_an_address_is_one_of_its_vpc(account):
    other = account.create_vpc()
    reply = account.call(IPV4, VpcId=other, PrivateIpAddresses=["10.0.0.10"])
    assert reply["VpcPrivateIpAddressSet"] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"VpcId": "vpc"}, "InvalidParameterValue.Malformed"),
        ({"PrivateIpAddresses": ["10.0.0"]}, "InvalidParameterValue.Malformed"),
        ({"PrivateIpAddresses": ["10.0.0.9"] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"PrivateIpAddresses": []}, "MissingParameter"),
    ],
)
def test_private_addresses_are_refused_for(account, changes, code):
    params = {"VpcId": account.vpc_id, "PrivateIpAddresses": ["10.0.0.9"], **changes}
    assert account.refusal(IPV4, **params) == code


# -- IPv6 --------------------------------------------------------------------------------------------------


def ipv6(account, **params):
    return account.call(IPV6, VpcId=account.vpc_id, **params)


def test_ipv6_addresses_are_shown_page_by_page(account):
    reply = ipv6(account)
    assert reply["TotalCount"] == 2
    first, second = reply["Ipv6AddressSet"]
    assert first["Ipv6AddressType"] == "ENI"
    assert first["CidrBlock"].endswith("/64")
    assert first["CreatedTime"] == "2026-09-21 22:13:20"
    page = ipv6(account, Offset=1, Limit=1, style="get")
    assert (page["TotalCount"], page["Ipv6AddressSet"]) == (2, [second])
    named = ipv6(account, Ipv6Addresses=[second["Ipv6Address"], "2402:4e00::1"])
    assert (named["TotalCount"], named["Ipv6AddressSet"]) == (1, [second])


def test_ipv6_addresses_are_narrowed_to_a_subnet(account):
    empty = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24")
    assert ipv6(account, SubnetId=account.subnet_id)["TotalCount"] == 2
    assert ipv6(account, SubnetId=empty)["TotalCount"] == 0
    other = account.create_vpc()
    assert account.refusal(IPV6, VpcId=other, SubnetId=account.subnet_id) == "ResourceNotFound"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"SubnetId": ABSENT["subnet"]}, "ResourceNotFound"),
        ({"SubnetId": "subnet"}, "InvalidParameterValue.Malformed"),
        ({"Ipv6Addresses": ["2402::g"]}, "InvalidParameterValue.Malformed"),
        ({"Ipv6Addresses": ["2402::1"] * 11}, "InvalidParameterValue.Range"),
        ({"Limit": 101}, "InvalidParameterValue.Range"),
        ({"Offset": -1}, "InvalidParameterValue.Range"),
    ],
)
def test_ipv6_addresses_are_refused_for(account, changes, code):
    assert account.refusal(IPV6, **{"VpcId": account.vpc_id, **changes}) == code


# -- who uses what -----------------------------------------------------------------------------------------


def test_every_used_address_names_its_holder(account):
    expected = [
        ("10.0.0.10", account.interface_id),
        ("10.0.0.15", account.instance_id),
        ("10.0.0.20", account.interface_id),
    ]
    assert holders(account) == expected
    assert used(account)["TotalCount"] == 3
    assert used(account, Limit=1, Offset=1)["IpAddressStates"] == [
        {
            "VpcId": account.vpc_id,
            "SubnetId": account.subnet_id,
            "IpAddress": "10.0.0.15",
            "ResourceType": "CVM",
            "ResourceId": account.instance_id,
        }
    ]


def test_used_addresses_are_narrowed(account):
    empty = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24")
    assert holders(account, SubnetId=empty) == []
    assert holders(account, IpAddresses=["10.0.0.20", "10.0.0.99"], style="get") == [
        ("10.0.0.20", account.interface_id)
    ]
    assert holders(account, SubnetId=account.subnet_id, IpAddresses=["10.0.0.99"]) == []
    by_ip = {"Name": "ip-addresses", "Values": ["10.0.0.10", "10.0.0.15"]}
    by_id = {"Name": "resource-id", "Values": [account.interface_id]}
    assert [ip for ip, _ in holders(account, Filters=[by_ip])] == ["10.0.0.10", "10.0.0.15"]
    assert [ip for ip, _ in holders(account, Filters=[by_id])] == ["10.0.0.10", "10.0.0.20"]
    assert [ip for ip, _ in holders(account, Filters=[by_id, by_ip])] == ["10.0.0.10"]
    assert holders(account, Filters=[by_ip, {"Name": "ip-addresses", "Values": ["10.0.0.20"]}]) == []
    assert holders(account, Filters=[by_id, {"Name": "resource-id", "Values": ["eni-other000"]}]) == []


def test_what_is_used_follows_use(account):
    eni = {
        "NetworkInterfaceId": account.interface_id,
        "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.10"}],
    }
    account.call("UnassignPrivateIpAddresses", **eni)
    assert used(account)["TotalCount"] == 3
    account.wait()
    assert [ip for ip, _ in holders(account)] == ["10.0.0.15", "10.0.0.20"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": "vpc"}, "InvalidParameterValue.Malformed"),
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"SubnetId": ABSENT["subnet"]}, "ResourceNotFound"),
        ({"IpAddresses": ["10.0.0"]}, "InvalidParameterValue.Malformed"),
        ({"IpAddresses": ["10.1.0.9"]}, "InvalidParameterValue.ParameterMismatch"),
        ({"IpAddresses": ["10.0.0.9"] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"Filters": [{"Name": "ip-addresses", "Values": ["10.0.0"]}]}, "InvalidParameterValue.Malformed"),
        ({"Limit": 0}, "InvalidParameterValue.Range"),
    ],
)
def test_used_addresses_are_refused_for(account, changes, code):
    assert account.refusal(USED, **{"VpcId": account.vpc_id, **changes}) == code


def test_a_filter_of_used_addresses_that_does_not_exist_is_overlooked(account):
    assert account.interface_id
    unknown = [{"Name": "vpc-id", "Values": ["v"]}]
    every = account.call(USED, VpcId=account.vpc_id)["TotalCount"]
    assert account.call(USED, VpcId=account.vpc_id, Filters=unknown)["TotalCount"] == every > 0


def test_addresses_and_filters_exclude_each_other(account):
    both = {
        "IpAddresses": ["10.0.0.9"],
        "Filters": [{"Name": "resource-id", "Values": [account.interface_id]}],
    }
    assert account.refusal(USED, VpcId=account.vpc_id, **both) == "InvalidParameter.Coexist"


def test_a_subnet_and_its_addresses_belong_to_the_vpc(account):
    mismatch = "InvalidParameterValue.ParameterMismatch"
    other = account.create_vpc()
    assert account.refusal(USED, VpcId=other, SubnetId=account.subnet_id) == mismatch
    away = {"SubnetId": account.subnet_id, "IpAddresses": ["10.0.1.9"]}
    assert account.refusal(USED, VpcId=account.vpc_id, **away) == mismatch
