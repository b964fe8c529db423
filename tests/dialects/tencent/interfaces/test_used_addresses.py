"""Which addresses of a VPC are in use, and by what."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, FurnishedRoom

IPV4 = "DescribeVpcPrivateIpAddresses"
IPV6 = "DescribeVpcIpv6Addresses"
USED = "DescribeUsedIpAddress"


class UsedRoom(FurnishedRoom):
    """A room with an interface and an instance."""

    def __init__(self):
        super().__init__()
        self.eni = self.interface(
            self.vpc_id,
            self.subnet_id,
            PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.20"}, {"PrivateIpAddress": "10.0.0.10"}],
            Ipv6AddressCount=2,
        )
        (self.instance_id,) = self.run(
            place={"PrivateIpAddresses": ["10.0.0.15"]},
        )

    def used(self, **params):
        return self.call(USED, VpcId=self.vpc_id, **params)

    def whose(self, **params):
        return [(each["IpAddress"], each["ResourceId"]) for each in self.used(**params)["IpAddressStates"]]


@pytest.fixture
def room():
    return UsedRoom()


# -- IPv4 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["json", "get"])
def test_used_addresses_are_shown_as_they_are_asked_for(room, style):
    asked = ["10.0.0.15", "10.0.0.99", "10.0.0.10", "10.0.0.15"]
    reply = room.call(IPV4, style=style, VpcId=room.vpc_id, PrivateIpAddresses=asked)
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


def test_an_address_is_in_use_since_it_was_assigned_wherever_it_moves(room):
    other = room.interface(room.vpc_id, room.subnet_id)
    moving = {"SourceNetworkInterfaceId": room.eni, "DestinationNetworkInterfaceId": other}
    new = {"NetworkInterfaceId": room.eni, "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.77"}]}
    room.call("AssignPrivateIpAddresses", **new)

    def times():
        asked = ["10.0.0.10", "10.0.0.77"]
        reply = room.call(IPV4, VpcId=room.vpc_id, PrivateIpAddresses=asked)
        return [each["CreatedTime"][-2:] for each in reply["VpcPrivateIpAddressSet"]]

    assert times() == ["20", "23"]
    room.wait()
    for ip in ("10.0.0.10", "10.0.0.77"):
        room.call("MigratePrivateIpAddress", PrivateIpAddress=ip, **moving)
        room.wait()
        assert times() == ["20", "23"]


def test_an_address_is_one_of_its_vpc(room):
    other = room.vpc()
    reply = room.call(IPV4, VpcId=other, PrivateIpAddresses=["10.0.0.10"])
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
def test_private_addresses_are_refused_for(room, changes, code):
    params = {"VpcId": room.vpc_id, "PrivateIpAddresses": ["10.0.0.9"], **changes}
    assert room.refused(IPV4, **params) == code


# -- IPv6 --------------------------------------------------------------------------------------------------


def ipv6(room, **params):
    return room.call(IPV6, VpcId=room.vpc_id, **params)


def test_ipv6_addresses_are_shown_page_by_page(room):
    reply = ipv6(room)
    assert reply["TotalCount"] == 2
    first, second = reply["Ipv6AddressSet"]
    assert first["Ipv6AddressType"] == "ENI"
    assert first["CidrBlock"].endswith("/64")
    assert first["CreatedTime"] == "2026-09-21 22:13:20"
    page = ipv6(room, Offset=1, Limit=1, style="get")
    assert (page["TotalCount"], page["Ipv6AddressSet"]) == (2, [second])
    named = ipv6(room, Ipv6Addresses=[second["Ipv6Address"], "2402:4e00::1"])
    assert (named["TotalCount"], named["Ipv6AddressSet"]) == (1, [second])


def test_ipv6_addresses_are_narrowed_to_a_subnet(room):
    empty = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/24")
    assert ipv6(room, SubnetId=room.subnet_id)["TotalCount"] == 2
    assert ipv6(room, SubnetId=empty)["TotalCount"] == 0
    other = room.vpc()
    assert room.refused(IPV6, VpcId=other, SubnetId=room.subnet_id) == "ResourceNotFound"


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
def test_ipv6_addresses_are_refused_for(room, changes, code):
    assert room.refused(IPV6, **{"VpcId": room.vpc_id, **changes}) == code


# -- who uses what -----------------------------------------------------------------------------------------


def test_every_used_address_names_its_holder(room):
    expected = [("10.0.0.10", room.eni), ("10.0.0.15", room.instance_id), ("10.0.0.20", room.eni)]
    assert room.whose() == expected
    assert room.used()["TotalCount"] == 3
    assert room.used(Limit=1, Offset=1)["IpAddressStates"] == [
        {
            "VpcId": room.vpc_id,
            "SubnetId": room.subnet_id,
            "IpAddress": "10.0.0.15",
            "ResourceType": "CVM",
            "ResourceId": room.instance_id,
        }
    ]


def test_used_addresses_are_narrowed(room):
    empty = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/24")
    assert room.whose(SubnetId=empty) == []
    assert room.whose(IpAddresses=["10.0.0.20", "10.0.0.99"], style="get") == [("10.0.0.20", room.eni)]
    assert room.whose(SubnetId=room.subnet_id, IpAddresses=["10.0.0.99"]) == []
    by_ip = {"Name": "ip-addresses", "Values": ["10.0.0.10", "10.0.0.15"]}
    by_id = {"Name": "resource-id", "Values": [room.eni]}
    assert [ip for ip, _ in room.whose(Filters=[by_ip])] == ["10.0.0.10", "10.0.0.15"]
    assert [ip for ip, _ in room.whose(Filters=[by_id])] == ["10.0.0.10", "10.0.0.20"]
    assert [ip for ip, _ in room.whose(Filters=[by_id, by_ip])] == ["10.0.0.10"]
    assert room.whose(Filters=[by_ip, {"Name": "ip-addresses", "Values": ["10.0.0.20"]}]) == []
    assert room.whose(Filters=[by_id, {"Name": "resource-id", "Values": ["eni-other000"]}]) == []


def test_what_is_used_follows_use(room):
    eni = {"NetworkInterfaceId": room.eni, "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.10"}]}
    room.call("UnassignPrivateIpAddresses", **eni)
    assert room.used()["TotalCount"] == 3
    room.wait()
    assert [ip for ip, _ in room.whose()] == ["10.0.0.15", "10.0.0.20"]


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
        ({"Filters": [{"Name": "vpc-id", "Values": ["v"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Limit": 0}, "InvalidParameterValue.Range"),
    ],
)
def test_used_addresses_are_refused_for(room, changes, code):
    assert room.refused(USED, **{"VpcId": room.vpc_id, **changes}) == code


def test_addresses_and_filters_exclude_each_other(room):
    both = {"IpAddresses": ["10.0.0.9"], "Filters": [{"Name": "resource-id", "Values": [room.eni]}]}
    assert room.refused(USED, VpcId=room.vpc_id, **both) == "InvalidParameter.Coexist"


def test_a_subnet_and_its_addresses_belong_to_the_vpc(room):
    mismatch = "InvalidParameterValue.ParameterMismatch"
    other = room.vpc()
    assert room.refused(USED, VpcId=other, SubnetId=room.subnet_id) == mismatch
    away = {"SubnetId": room.subnet_id, "IpAddresses": ["10.0.1.9"]}
    assert room.refused(USED, VpcId=room.vpc_id, **away) == mismatch
