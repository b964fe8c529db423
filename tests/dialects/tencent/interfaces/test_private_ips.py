"""Private IPv4 addresses of an interface: assign, unassign, describe, move."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount

ABSENT = "eni-absent00"


@pytest.fixture
def account():
    account = TencentAccount.furnished()
    assert account.interface_id
    return account


def ips(account, eni=None):
    shown = account.describe_interface(eni or account.interface_id)
    return {each["PrivateIpAddress"]: each for each in shown["PrivateIpAddressSet"]}


def primary_ip(account, eni=None):
    (primary,) = (ip for ip, each in ips(account, eni).items() if each["Primary"])
    return primary


def assign(account, *texts, **more):
    return account.call(
        "AssignPrivateIpAddresses", NetworkInterfaceId=account.interface_id, **named(*texts), **more
    )


def named(*texts, **more):
    return {"PrivateIpAddresses": [{"PrivateIpAddress": text, **more} for text in texts]}


# -- assign ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_exactly_the_wanted_number_is_assigned(account, style):
    reply = account.call(
        "AssignPrivateIpAddresses",
        style=style,
        NetworkInterfaceId=account.interface_id,
        PrivateIpAddresses=[
            {"PrivateIpAddress": "10.0.0.77", "Primary": False, "Description": "named"},
            {"Description": "any"},
        ],
        SecondaryPrivateIpAddressCount=3,
    )
    given = reply["PrivateIpAddressSet"]
    assert len(given) == 5
    assert [each["Description"] for each in given] == ["named", "any", "", "", ""]
    assert given[0]["PrivateIpAddress"] == "10.0.0.77"
    assert {each["State"] for each in given} == {"PENDING"}
    assert {each["Primary"] for each in given} == {False}
    assert {each["QosLevel"] for each in given} == {"DEFAULT"}
    assert len(ips(account)) == 6


def test_assigned_addresses_are_pending_until_their_task_is_done(account):
    before = account.free_addresses()
    reply = assign(account, "10.0.0.77")
    assert account.task_status(reply) == "RUNNING"
    assert ips(account)["10.0.0.77"]["State"] == "PENDING"
    assert account.describe_interface(account.interface_id)["State"] == "AVAILABLE"
    assert account.free_addresses() == before - 1
    account.wait()
    assert account.task_status(reply) == "SUCCESS"
    assert ips(account)["10.0.0.77"]["State"] == "AVAILABLE"


def test_a_count_of_nothing_beside_an_address_is_nothing(account):
    assert len(assign(account, "10.0.0.77", SecondaryPrivateIpAddressCount=0)["PrivateIpAddressSet"]) == 1


@pytest.mark.parametrize("nothing", [{}, {"SecondaryPrivateIpAddressCount": 0}, {"PrivateIpAddresses": []}])
def test_nothing_wanted_is_a_missing_parameter(account, nothing):
    code = account.refusal("AssignPrivateIpAddresses", NetworkInterfaceId=account.interface_id, **nothing)
    assert code == "MissingParameter"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({**named("10.0.0.9"), "NetworkInterfaceId": "eni"}, "InvalidParameterValue.Malformed"),
        (named("10.0.0"), "InvalidParameterValue.Malformed"),
        ({**named("10.0.0.9"), "ClientToken": "\u6807"}, "InvalidParameterValue.Malformed"),
        ({**named("10.0.0.9"), "NetworkInterfaceId": ABSENT}, "ResourceNotFound"),
        (named("10.0.1.9"), "InvalidParameterValue.Range"),
        ({"SecondaryPrivateIpAddressCount": -1}, "InvalidParameterValue.Range"),
        (named("10.0.0.1"), "InvalidParameterValue.Reserved"),
        (named("10.0.0.9", "10.0.0.9"), "InvalidParameterValue.DuplicatePara"),
        (named(*(f"10.0.0.{n}" for n in range(10, 21))), "InvalidParameterValue.LimitExceeded"),
        (named("10.0.0.9", Primary=True), "UnsupportedOperation"),
        ({"SecondaryPrivateIpAddressCount": 50}, "LimitExceeded"),
        ({"SecondaryPrivateIpAddressCount": "some"}, "InvalidParameter"),
    ],
)
def test_assigning_is_refused_for(account, params, code):
    assert (
        account.refusal(
            "AssignPrivateIpAddresses", **{"NetworkInterfaceId": account.interface_id, **params}
        )
        == code
    )


def test_a_taken_address_is_refused(account):
    other = account.create_interface()
    for taken in (primary_ip(account), primary_ip(account, other)):
        params = {"NetworkInterfaceId": account.interface_id, **named(taken)}
        assert account.refusal("AssignPrivateIpAddresses", **params) == "ResourceInUse"


def test_a_subnet_without_room_is_refused(account):
    account.subnet_id = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/28")
    account.create_interface(SecondaryPrivateIpAddressCount=9)
    eni = account.create_interface()
    code = account.refusal(
        "AssignPrivateIpAddresses", NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=3
    )
    assert code == "ResourceInsufficient.Subnet"


def test_an_interface_on_its_way_takes_no_addresses(account):
    params = {"NetworkInterfaceName": "n", "VpcId": account.vpc_id, "SubnetId": account.subnet_id}
    created = account.call("CreateNetworkInterface", **params)["NetworkInterface"]
    code = account.refusal(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=created["NetworkInterfaceId"],
        SecondaryPrivateIpAddressCount=1,
    )
    assert code == "UnsupportedOperation.InvalidState"


def test_an_attached_interface_holds_what_its_instance_type_allows(account):
    account.attach_interface(account.interface_id, *account.run_instances(InstanceType="S5.2XLARGE16"))
    assert len(assign(account, SecondaryPrivateIpAddressCount=19)["PrivateIpAddressSet"]) == 19
    code = account.refusal(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=account.interface_id,
        SecondaryPrivateIpAddressCount=1,
    )
    assert code == "LimitExceeded"


def test_a_token_is_good_for_one_assignment(account):
    first = assign(account, "10.0.0.77", ClientToken="once")
    params = {"NetworkInterfaceId": account.interface_id, **named("10.0.0.77"), "ClientToken": "once"}
    running = account.refusal("AssignPrivateIpAddresses", **params)
    assert running == "UnsupportedOperation.IdempotentProcessing"
    account.wait()
    again = assign(account, "10.0.0.77", ClientToken="once")
    assert again["PrivateIpAddressSet"] == first["PrivateIpAddressSet"]
    assert again["RequestId"] != first["RequestId"]
    assert account.task_status(again) == "SUCCESS"
    assert len(ips(account)) == 2
    mismatch = account.refusal("AssignPrivateIpAddresses", **{**params, **named("10.0.0.78")})
    assert mismatch == "UnsupportedOperation.IdempotentParameterMismatch"


def test_a_token_outlives_its_interface(account):
    first = assign(account, "10.0.0.77", ClientToken="once")
    account.wait()
    account.call("DeleteNetworkInterface", NetworkInterfaceId=account.interface_id)
    account.wait()
    again = assign(account, "10.0.0.77", ClientToken="once")
    assert again["PrivateIpAddressSet"] == first["PrivateIpAddressSet"]


# -- unassign ----------------------------------------------------------------------------------------------


def test_unassigned_addresses_are_deleting_and_then_free(account):
    before = account.free_addresses()
    assign(account, "10.0.0.77", "10.0.0.78")
    account.wait()
    reply = account.call(
        "UnassignPrivateIpAddresses",
        NetworkInterfaceId=account.interface_id,
        **named("10.0.0.77", "10.0.0.78"),
    )
    assert account.task_status(reply) == "RUNNING"
    assert ips(account)["10.0.0.77"]["State"] == "DELETING"
    assert account.free_addresses() == before - 2
    account.wait()
    assert account.task_status(reply) == "SUCCESS"
    assert list(ips(account)) == [primary_ip(account)]
    assert account.free_addresses() == before
    assign(account, "10.0.0.77")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        (named("10.0.0.99"), "ResourceNotFound"),
        ({**named("10.0.0.9"), "NetworkInterfaceId": ABSENT}, "ResourceNotFound"),
        (named("10.0.0"), "InvalidParameterValue.Malformed"),
        (named("10.0.0.9", "10.0.0.9"), "InvalidParameterValue.DuplicatePara"),
        (named(*(f"10.0.0.{n}" for n in range(10, 21))), "InvalidParameterValue.LimitExceeded"),
        ({"PrivateIpAddresses": [{"Description": "d"}]}, "MissingParameter"),
        ({"PrivateIpAddresses": []}, "MissingParameter"),
        ({**named("10.0.0.9"), "InstanceId": "ins-12345678"}, "UnsupportedOperation"),
    ],
)
def test_unassigning_is_refused_for(account, params, code):
    assert (
        account.refusal(
            "UnassignPrivateIpAddresses", **{"NetworkInterfaceId": account.interface_id, **params}
        )
        == code
    )


def test_the_primary_address_stays(account):
    params = {"NetworkInterfaceId": account.interface_id, **named(primary_ip(account))}
    assert account.refusal("UnassignPrivateIpAddresses", **params) == "UnsupportedOperation"


def test_an_address_on_its_way_is_left_to_its_task(account):
    assign(account, "10.0.0.77")
    params = {"NetworkInterfaceId": account.interface_id, **named("10.0.0.77")}
    running = "UnsupportedOperation.MutexOperationTaskRunning"
    assert account.refusal("UnassignPrivateIpAddresses", **params) == running
    account.wait()
    account.call("UnassignPrivateIpAddresses", **params)
    assert account.refusal("UnassignPrivateIpAddresses", **params) == running


def test_an_interface_on_its_way_gives_no_addresses_back(account):
    assign(account, "10.0.0.77")
    account.wait()
    account.call("DeleteNetworkInterface", NetworkInterfaceId=account.interface_id)
    params = {"NetworkInterfaceId": account.interface_id, **named("10.0.0.77")}
    assert account.refusal("UnassignPrivateIpAddresses", **params) == "UnsupportedOperation.InvalidState"


# -- describe ----------------------------------------------------------------------------------------------


def test_descriptions_change_at_once_and_nothing_else_does(account):
    assign(account, "10.0.0.77", "10.0.0.78")
    account.wait()
    account.call(
        "ModifyPrivateIpAddressesAttribute",
        style="get",
        NetworkInterfaceId=account.interface_id,
        PrivateIpAddresses=[
            {"PrivateIpAddress": primary_ip(account), "Description": "first"},
            {"PrivateIpAddress": "10.0.0.77", "Description": "second"},
        ],
    )
    texts = {ip: each["Description"] for ip, each in ips(account).items()}
    assert texts == {primary_ip(account): "first", "10.0.0.77": "second", "10.0.0.78": ""}
    account.call(
        "ModifyPrivateIpAddressesAttribute", NetworkInterfaceId=account.interface_id, **named("10.0.0.77")
    )
    assert ips(account)["10.0.0.77"]["Description"] == "second"
    account.call(
        "ModifyPrivateIpAddressesAttribute",
        NetworkInterfaceId=account.interface_id,
        **named("10.0.0.77", Description=""),
    )
    assert ips(account)["10.0.0.77"]["Description"] == ""


@pytest.mark.parametrize(
    ("params", "code"),
    [
        (named("10.0.0.99", Description="d"), "ResourceNotFound"),
        ({**named("10.0.0.9"), "NetworkInterfaceId": ABSENT}, "ResourceNotFound"),
        (named("10.0.0.9", Description="d" * 61), "InvalidParameterValue.TooLong"),
        (named("10.0.0"), "InvalidParameterValue.Malformed"),
        (named("10.0.0.9", "10.0.0.9"), "InvalidParameterValue"),
        (named(*(f"10.0.0.{n}" for n in range(10, 21))), "InvalidParameterValue.LimitExceeded"),
        ({"PrivateIpAddresses": [{"Description": "d"}]}, "MissingParameter"),
    ],
)
def test_describing_is_refused_for(account, params, code):
    params = {"NetworkInterfaceId": account.interface_id, **params}
    assert account.refusal("ModifyPrivateIpAddressesAttribute", **params) == code


# -- move --------------------------------------------------------------------------------------------------


def moving(account, ip, **changes):
    return {
        "SourceNetworkInterfaceId": account.interface_id,
        "DestinationNetworkInterfaceId": account.other,
        "PrivateIpAddress": ip,
        **changes,
    }


@pytest.fixture
def pair(account):
    account.other = account.create_interface()
    assign(account, "10.0.0.77")
    account.wait()
    return account


def test_an_address_moves_to_another_interface(pair):
    free = pair.free_addresses()
    reply = pair.call("MigratePrivateIpAddress", style="get", **moving(pair, "10.0.0.77"))
    assert pair.task_status(reply) == "RUNNING"
    assert ips(pair)["10.0.0.77"]["State"] == "MIGRATING"
    pair.wait()
    assert pair.task_status(reply) == "SUCCESS"
    assert "10.0.0.77" not in ips(pair)
    assert ips(pair, pair.other)["10.0.0.77"]["State"] == "AVAILABLE"
    assert ips(pair, pair.other)["10.0.0.77"]["Primary"] is False
    assert pair.free_addresses() == free


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"PrivateIpAddress": "10.0.0"}, "InvalidParameterValue.Malformed"),
        ({"PrivateIpAddress": "10.0.0.99"}, "ResourceNotFound"),
        ({"SourceNetworkInterfaceId": "eni"}, "InvalidParameterValue.Malformed"),
        ({"SourceNetworkInterfaceId": ABSENT}, "ResourceNotFound"),
        ({"DestinationNetworkInterfaceId": ABSENT}, "ResourceNotFound"),
    ],
)
def test_moving_is_refused_for(pair, changes, code):
    assert pair.refusal("MigratePrivateIpAddress", **moving(pair, "10.0.0.77", **changes)) == code


def test_a_primary_address_does_not_move(pair):
    code = pair.refusal("MigratePrivateIpAddress", **moving(pair, primary_ip(pair)))
    assert code == "UnsupportedOperation.PrimaryIp"


def test_an_address_stays_in_its_subnet(pair):
    away = pair.create_subnet(pair.vpc_id, CidrBlock="10.0.1.0/24")
    pair.other = pair.create_interface(SubnetId=away)
    code = pair.refusal("MigratePrivateIpAddress", **moving(pair, "10.0.0.77"))
    assert code == "UnsupportedOperation"


def test_an_interface_without_room_takes_no_address(pair):
    pair.other = pair.create_interface(SecondaryPrivateIpAddressCount=49)
    assert pair.refusal("MigratePrivateIpAddress", **moving(pair, "10.0.0.77")) == "LimitExceeded"


def test_what_is_on_its_way_does_not_move(pair):
    running = "UnsupportedOperation.MutexOperationTaskRunning"
    pair.call("MigratePrivateIpAddress", **moving(pair, "10.0.0.77"))
    assert pair.refusal("MigratePrivateIpAddress", **moving(pair, "10.0.0.77")) == running
    pair.wait()
    pair.call("DeleteNetworkInterface", NetworkInterfaceId=pair.interface_id)
    assert pair.refusal("MigratePrivateIpAddress", **moving(pair, "10.0.0.77")) == running


def test_group_members_are_interfaces_not_addresses():
    account = TencentAccount.furnished(quotas={"basic_group_members": 1})
    account.interface_id = account.create_interface(SecurityGroupIds=[account.group_id])
    assert len(assign(account, SecondaryPrivateIpAddressCount=2)["PrivateIpAddressSet"]) == 2


def test_an_interface_on_nothing_holds_more_than_are_assigned_with_one_call(account):
    """terraform-provider-tencentcloud's acceptance test of ENIs asks for thirty, ten at a time."""
    eni = account.create_interface(SecondaryPrivateIpAddressCount=9)
    for _ in range(2):
        account.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=10)
        account.wait()
    assert len(account.describe_interface(eni)["PrivateIpAddressSet"]) == 30
