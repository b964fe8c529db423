"""IPv6 addresses of an interface: assign, unassign, describe."""

from ipaddress import IPv6Address, IPv6Network

import pytest
from tests.dialects.tencent.rooms import ZONE, FurnishedRoom

ABSENT = "eni-absent00"


class Ipv6Room(FurnishedRoom):
    """A room with an interface in a subnet that has an IPv6 block."""

    def __init__(self):
        super().__init__()
        self.eni = self.interface(self.vpc_id, self.subnet_id)
        subnet = self.call("DescribeSubnets", SubnetIds=[self.subnet_id])["SubnetSet"][0]
        self.block = IPv6Network(subnet["Ipv6CidrBlock"])

    def ip(self, number):
        return str(self.block[number])

    def ips(self):
        reply = self.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[self.eni])
        (shown,) = reply["NetworkInterfaceSet"]
        assert shown["Ipv6AddressSet"] == shown["Ipv6Addresses"]
        assert shown["Ipv6AddressCount"] == len(shown["Ipv6AddressSet"])
        return {each["Address"]: each for each in shown["Ipv6AddressSet"]}

    def assign(self, *numbers, **more):
        entries = [{"Address": self.ip(number)} for number in numbers]
        return self.call("AssignIpv6Addresses", NetworkInterfaceId=self.eni, Ipv6Addresses=entries, **more)

    def task(self, reply):
        return self.call("DescribeVpcTaskResult", TaskId=reply["RequestId"])["Status"]


@pytest.fixture
def room():
    return Ipv6Room()


def named(*texts, **more):
    return {"Ipv6Addresses": [{"Address": text, **more} for text in texts]}


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_named_and_free_addresses_are_assigned_together(room, style):
    reply = room.call(
        "AssignIpv6Addresses",
        style=style,
        NetworkInterfaceId=room.eni,
        Ipv6Addresses=[{"Address": room.ip(0x99), "Primary": False, "Description": "named"}],
        Ipv6AddressCount=2,
    )
    given = reply["Ipv6AddressSet"]
    assert [each["Description"] for each in given] == ["named", "", ""]
    assert IPv6Address(given[0]["Address"]) == room.block[0x99]
    assert all(IPv6Address(each["Address"]) in room.block for each in given)
    assert {each["State"] for each in given} == {"PENDING"}
    assert room.task(reply) == "RUNNING"
    room.wait()
    assert room.task(reply) == "SUCCESS"
    assert {each["State"] for each in room.ips().values()} == {"AVAILABLE"}
    assert list(room.ips()) == [each["Address"] for each in given]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "MissingParameter"),
        ({"Ipv6AddressCount": 0}, "MissingParameter"),
        ({"Ipv6AddressCount": 11}, "InvalidParameterValue.Range"),
        (named("2402::g"), "InvalidParameterValue.Malformed"),
        (named("2001:db8::9"), "InvalidParameterValue.Range"),
        (named("2001:db8::9", Primary=True), "UnsupportedOperation"),
        (named(*(f"2001:db8::{n}" for n in range(1, 12))), "InvalidParameterValue"),
        ({"Ipv6AddressCount": 1, "NetworkInterfaceId": ABSENT}, "ResourceNotFound"),
        ({"Ipv6AddressCount": 1, "NetworkInterfaceId": "eni"}, "InvalidParameterValue.Malformed"),
    ],
)
def test_assigning_is_refused_for(room, params, code):
    assert room.refused("AssignIpv6Addresses", **{"NetworkInterfaceId": room.eni, **params}) == code


def test_an_address_is_assigned_once(room):
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9), room.ip(9))}
    assert room.refused("AssignIpv6Addresses", **params) == "InvalidParameterValue"
    room.assign(9)
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9))}
    assert room.refused("AssignIpv6Addresses", **params) == "ResourceInUse.Address"


def test_an_interface_holds_only_so_many(room):
    room.assign(Ipv6AddressCount=10)
    room.wait()
    params = {"NetworkInterfaceId": room.eni, "Ipv6AddressCount": 1}
    assert room.refused("AssignIpv6Addresses", **params) == "LimitExceeded.Address"
    (instance_id,) = room.run()
    room.call("AttachNetworkInterface", NetworkInterfaceId=room.eni, InstanceId=instance_id)
    room.wait()
    assert room.refused("AssignIpv6Addresses", **params) == "LimitExceeded.Address"


def test_a_subnet_without_ipv6_gives_none(room):
    plain = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/24", Zone=ZONE)
    eni = room.interface(room.vpc_id, plain)
    code = room.refused("AssignIpv6Addresses", NetworkInterfaceId=eni, Ipv6AddressCount=1)
    assert code == "UnsupportedOperation.UnassignCidrBlock"


def test_an_interface_on_its_way_takes_no_addresses(room):
    room.call("DeleteNetworkInterface", NetworkInterfaceId=room.eni)
    code = room.refused("AssignIpv6Addresses", NetworkInterfaceId=room.eni, Ipv6AddressCount=1)
    assert code == "UnsupportedOperation.InvalidState"


def test_a_token_is_good_for_one_assignment(room):
    first = room.assign(9, ClientToken="once")
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9)), "ClientToken": "once"}
    running = room.refused("AssignIpv6Addresses", **params)
    assert running == "UnsupportedOperation.IdempotentProcessing"
    room.wait()
    assert room.assign(9, ClientToken="once")["Ipv6AddressSet"] == first["Ipv6AddressSet"]
    mismatch = room.refused("AssignIpv6Addresses", **{**params, **named(room.ip(10))})
    assert mismatch == "UnsupportedOperation.IdempotentParameterMismatch"


def test_unassigned_addresses_are_deleting_and_then_gone(room):
    room.assign(9, 10)
    room.wait()
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9))}
    reply = room.call("UnassignIpv6Addresses", style="get", **params)
    assert room.task(reply) == "RUNNING"
    assert room.ips()[room.ip(9)]["State"] == "DELETING"
    running = room.refused("UnassignIpv6Addresses", **params)
    assert running == "UnsupportedOperation.MutexOperationTaskRunning"
    room.wait()
    assert room.task(reply) == "SUCCESS"
    assert list(room.ips()) == [room.ip(10)]
    room.assign(9)


def test_addresses_stay_with_an_interface_on_its_way(room):
    room.assign(9)
    room.wait()
    room.call("DeleteNetworkInterface", NetworkInterfaceId=room.eni)
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9))}
    assert room.refused("UnassignIpv6Addresses", **params) == "UnsupportedOperation.InvalidState"


@pytest.mark.parametrize("action", ["UnassignIpv6Addresses", "ModifyIpv6AddressesAttribute"])
@pytest.mark.parametrize(
    ("params", "code"),
    [
        (named("2402:4e00::99"), "ResourceNotFound"),
        ({**named("2402:4e00::99"), "NetworkInterfaceId": ABSENT}, "ResourceNotFound"),
        (named("2402::g"), "InvalidParameterValue.Malformed"),
        (named(*(f"2402:4e00::{n}" for n in range(1, 12))), "InvalidParameterValue.LimitExceeded"),
        ({"Ipv6Addresses": [{"Description": "d"}]}, "MissingParameter"),
        ({"Ipv6Addresses": []}, "MissingParameter"),
    ],
)
def test_changing_addresses_is_refused_for(room, action, params, code):
    assert room.refused(action, **{"NetworkInterfaceId": room.eni, **params}) == code


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("UnassignIpv6Addresses", "InvalidParameterValue"),
        ("ModifyIpv6AddressesAttribute", "InvalidParameterValue.Duplicate"),
    ],
)
def test_an_address_is_named_once(room, action, code):
    room.assign(9)
    room.wait()
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9), room.ip(9))}
    assert room.refused(action, **params) == code


def test_descriptions_change_at_once(room):
    room.assign(9, 10)
    room.wait()
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9), Description="said")}
    room.call("ModifyIpv6AddressesAttribute", style="get", **params)
    assert [each["Description"] for each in room.ips().values()] == ["said", ""]
    room.call("ModifyIpv6AddressesAttribute", NetworkInterfaceId=room.eni, **named(room.ip(9)))
    assert [each["Description"] for each in room.ips().values()] == ["said", ""]
    params = {"NetworkInterfaceId": room.eni, **named(room.ip(9), Description="d" * 61)}
    assert room.refused("ModifyIpv6AddressesAttribute", **params) == "InvalidParameterValue.TooLong"


@pytest.mark.parametrize("action", ["UnassignIpv6Addresses", "ModifyIpv6AddressesAttribute"])
def test_a_private_address_written_as_ipv6_is_not_an_ipv6_address(room, action):
    eni = room.interface(
        room.vpc_id, room.subnet_id, PrivateIpAddresses=[{}, {"PrivateIpAddress": "10.0.0.77"}]
    )
    params = {"NetworkInterfaceId": eni, **named("::10.0.0.77", Description="said")}
    assert room.refused(action, **params) == "ResourceNotFound"
