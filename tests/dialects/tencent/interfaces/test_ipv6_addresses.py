"""IPv6 addresses of an interface: assign, unassign, describe."""

from ipaddress import IPv6Address, IPv6Network

import pytest
from tests.dialects.tencent.furnished_account import ZONE, TencentAccount

ABSENT = "eni-absent00"


@pytest.fixture
def account():
    account = TencentAccount.furnished()
    assert account.interface_id
    return account


def block_of(account):
    (subnet,) = account.call("DescribeSubnets", SubnetIds=[account.subnet_id])["SubnetSet"]
    return IPv6Network(subnet["Ipv6CidrBlock"])


def ip(account, number):
    return str(block_of(account)[number])


def ips(account):
    shown = account.describe_interface(account.interface_id)
    assert shown["Ipv6AddressSet"] == shown["Ipv6Addresses"]
    assert shown["Ipv6AddressCount"] == len(shown["Ipv6AddressSet"])
    return {each["Address"]: each for each in shown["Ipv6AddressSet"]}


def assign(account, *numbers, **more):
    entries = [{"Address": ip(account, number)} for number in numbers]
    return account.call(
        "AssignIpv6Addresses", NetworkInterfaceId=account.interface_id, Ipv6Addresses=entries, **more
    )


def named(*texts, **more):
    return {"Ipv6Addresses": [{"Address": text, **more} for text in texts]}


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_named_and_free_addresses_are_assigned_together(account, style):
    reply = account.call(
        "AssignIpv6Addresses",
        style=style,
        NetworkInterfaceId=account.interface_id,
        Ipv6Addresses=[{"Address": ip(account, 0x99), "Primary": False, "Description": "named"}],
        Ipv6AddressCount=2,
    )
    given = reply["Ipv6AddressSet"]
    assert [each["Description"] for each in given] == ["named", "", ""]
    assert IPv6Address(given[0]["Address"]) == block_of(account)[0x99]
    assert all(IPv6Address(each["Address"]) in block_of(account) for each in given)
    assert {each["State"] for each in given} == {"PENDING"}
    assert account.task_status(reply) == "RUNNING"
    account.wait()
    assert account.task_status(reply) == "SUCCESS"
    assert {each["State"] for each in ips(account).values()} == {"AVAILABLE"}
    assert list(ips(account)) == [each["Address"] for each in given]


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
def test_assigning_is_refused_for(account, params, code):
    assert (
        account.refusal("AssignIpv6Addresses", **{"NetworkInterfaceId": account.interface_id, **params})
        == code
    )


def test_an_address_is_assigned_once(account):
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9), ip(account, 9))}
    assert account.refusal("AssignIpv6Addresses", **params) == "InvalidParameterValue"
    assign(account, 9)
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9))}
    assert account.refusal("AssignIpv6Addresses", **params) == "ResourceInUse.Address"


def test_an_interface_holds_only_so_many(account):
    assign(account, Ipv6AddressCount=10)
    account.wait()
    params = {"NetworkInterfaceId": account.interface_id, "Ipv6AddressCount": 1}
    assert account.refusal("AssignIpv6Addresses", **params) == "LimitExceeded.Address"
    (instance_id,) = account.run_instances()
    account.call("AttachNetworkInterface", NetworkInterfaceId=account.interface_id, InstanceId=instance_id)
    account.wait()
    assert account.refusal("AssignIpv6Addresses", **params) == "LimitExceeded.Address"


def test_a_subnet_without_ipv6_gives_none(account):
    plain = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24", Zone=ZONE)
    eni = account.create_interface(SubnetId=plain)
    code = account.refusal("AssignIpv6Addresses", NetworkInterfaceId=eni, Ipv6AddressCount=1)
    assert code == "UnsupportedOperation.UnassignCidrBlock"


def test_an_interface_on_its_way_takes_no_addresses(account):
    account.call("DeleteNetworkInterface", NetworkInterfaceId=account.interface_id)
    code = account.refusal(
        "AssignIpv6Addresses", NetworkInterfaceId=account.interface_id, Ipv6AddressCount=1
    )
    assert code == "UnsupportedOperation.InvalidState"


def test_a_token_is_good_for_one_assignment(account):
    first = assign(account, 9, ClientToken="once")
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9)), "ClientToken": "once"}
    running = account.refusal("AssignIpv6Addresses", **params)
    assert running == "UnsupportedOperation.IdempotentProcessing"
    account.wait()
    assert assign(account, 9, ClientToken="once")["Ipv6AddressSet"] == first["Ipv6AddressSet"]
    mismatch = account.refusal("AssignIpv6Addresses", **{**params, **named(ip(account, 10))})
    assert mismatch == "UnsupportedOperation.IdempotentParameterMismatch"


def test_unassigned_addresses_are_deleting_and_then_gone(account):
    assign(account, 9, 10)
    account.wait()
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9))}
    reply = account.call("UnassignIpv6Addresses", style="get", **params)
    assert account.task_status(reply) == "RUNNING"
    assert ips(account)[ip(account, 9)]["State"] == "DELETING"
    running = account.refusal("UnassignIpv6Addresses", **params)
    assert running == "UnsupportedOperation.MutexOperationTaskRunning"
    account.wait()
    assert account.task_status(reply) == "SUCCESS"
    assert list(ips(account)) == [ip(account, 10)]
    assign(account, 9)


def test_addresses_stay_with_an_interface_on_its_way(account):
    assign(account, 9)
    account.wait()
    account.call("DeleteNetworkInterface", NetworkInterfaceId=account.interface_id)
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9))}
    assert account.refusal("UnassignIpv6Addresses", **params) == "UnsupportedOperation.InvalidState"


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
def test_changing_addresses_is_refused_for(account, action, params, code):
    assert account.refusal(action, **{"NetworkInterfaceId": account.interface_id, **params}) == code


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("UnassignIpv6Addresses", "InvalidParameterValue"),
        ("ModifyIpv6AddressesAttribute", "InvalidParameterValue.Duplicate"),
    ],
)
def test_an_address_is_named_once(account, action, code):
    assign(account, 9)
    account.wait()
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9), ip(account, 9))}
    assert account.refusal(action, **params) == code


def test_descriptions_change_at_once(account):
    assign(account, 9, 10)
    account.wait()
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9), Description="said")}
    account.call("ModifyIpv6AddressesAttribute", style="get", **params)
    assert [each["Description"] for each in ips(account).values()] == ["said", ""]
    account.call(
        "ModifyIpv6AddressesAttribute", NetworkInterfaceId=account.interface_id, **named(ip(account, 9))
    )
    assert [each["Description"] for each in ips(account).values()] == ["said", ""]
    params = {"NetworkInterfaceId": account.interface_id, **named(ip(account, 9), Description="d" * 61)}
    assert account.refusal("ModifyIpv6AddressesAttribute", **params) == "InvalidParameterValue.TooLong"


@pytest.mark.parametrize("action", ["UnassignIpv6Addresses", "ModifyIpv6AddressesAttribute"])
def test_a_private_address_written_as_ipv6_is_not_an_ipv6_address(account, action):
    eni = account.create_interface(PrivateIpAddresses=[{}, {"PrivateIpAddress": "10.0.0.77"}])
    params = {"NetworkInterfaceId": eni, **named("::10.0.0.77", Description="said")}
    assert account.refusal(action, **params) == "ResourceNotFound"
