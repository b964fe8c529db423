"""Private IPv4 addresses of an interface: assign, unassign, describe, move."""

import pytest
from tests.dialects.tencent.rooms import FurnishedRoom

from duolect.settings.settings import CloudSettings

ABSENT = "eni-absent00"


class Addresses(FurnishedRoom):
    """A room with an interface in it."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.eni = self.new()

    def new(self, **changes):
        return self.interface(self.vpc_id, self.subnet_id, **changes)

    def described(self, eni=None):
        reply = self.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[eni or self.eni])
        (shown,) = reply["NetworkInterfaceSet"]
        return shown

    def ips(self, eni=None):
        return {each["PrivateIpAddress"]: each for each in self.described(eni)["PrivateIpAddressSet"]}

    def primary(self, eni=None):
        (primary,) = (ip for ip, each in self.ips(eni).items() if each["Primary"])
        return primary

    def assign(self, *texts, **more):
        entries = [{"PrivateIpAddress": text} for text in texts]
        return self.call(
            "AssignPrivateIpAddresses", NetworkInterfaceId=self.eni, PrivateIpAddresses=entries, **more
        )

    def task(self, reply):
        return self.call("DescribeVpcTaskResult", TaskId=reply["RequestId"])["Status"]

    def free(self):
        return self.call("DescribeSubnets", SubnetIds=[self.subnet_id])["SubnetSet"][0][
            "AvailableIpAddressCount"
        ]

    def attach(self, eni, **changes):
        (instance_id,) = self.run(**changes)
        self.call("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
        self.wait()
        return instance_id


@pytest.fixture
def room():
    return Addresses()


def named(*texts, **more):
    return {"PrivateIpAddresses": [{"PrivateIpAddress": text, **more} for text in texts]}


# -- assign ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_exactly_the_wanted_number_is_assigned(room, style):
    reply = room.call(
        "AssignPrivateIpAddresses",
        style=style,
        NetworkInterfaceId=room.eni,
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
    assert len(room.ips()) == 6


def test_assigned_addresses_are_pending_until_their_task_is_done(room):
    before = room.free()
    reply = room.assign("10.0.0.77")
    assert room.task(reply) == "RUNNING"
    assert room.ips()["10.0.0.77"]["State"] == "PENDING"
    assert room.described()["State"] == "AVAILABLE"
    assert room.free() == before - 1
    room.wait()
    assert room.task(reply) == "SUCCESS"
    assert room.ips()["10.0.0.77"]["State"] == "AVAILABLE"


def test_a_count_of_nothing_beside_an_address_is_nothing(room):
    assert len(room.assign("10.0.0.77", SecondaryPrivateIpAddressCount=0)["PrivateIpAddressSet"]) == 1


@pytest.mark.parametrize("nothing", [{}, {"SecondaryPrivateIpAddressCount": 0}, {"PrivateIpAddresses": []}])
def test_nothing_wanted_is_a_missing_parameter(room, nothing):
    code = room.refused("AssignPrivateIpAddresses", NetworkInterfaceId=room.eni, **nothing)
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
        ({"SecondaryPrivateIpAddressCount": 10}, "LimitExceeded"),
        ({"SecondaryPrivateIpAddressCount": "some"}, "InvalidParameter"),
    ],
)
def test_assigning_is_refused_for(room, params, code):
    assert room.refused("AssignPrivateIpAddresses", **{"NetworkInterfaceId": room.eni, **params}) == code


def test_a_taken_address_is_refused(room):
    other = room.new()
    for taken in (room.primary(), room.primary(other)):
        params = {"NetworkInterfaceId": room.eni, **named(taken)}
        assert room.refused("AssignPrivateIpAddresses", **params) == "ResourceInUse"


def test_a_subnet_without_room_is_refused(room):
    room.subnet_id = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/28")
    room.new(SecondaryPrivateIpAddressCount=9)
    eni = room.new()
    code = room.refused(
        "AssignPrivateIpAddresses", NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=3
    )
    assert code == "ResourceInsufficient.Subnet"


def test_an_interface_on_its_way_takes_no_addresses(room):
    params = {"NetworkInterfaceName": "n", "VpcId": room.vpc_id, "SubnetId": room.subnet_id}
    created = room.call("CreateNetworkInterface", **params)["NetworkInterface"]
    code = room.refused(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=created["NetworkInterfaceId"],
        SecondaryPrivateIpAddressCount=1,
    )
    assert code == "UnsupportedOperation.InvalidState"


def test_an_attached_interface_holds_what_its_instance_type_allows(room):
    room.attach(room.eni, InstanceType="S5.2XLARGE16")
    assert len(room.assign(SecondaryPrivateIpAddressCount=19)["PrivateIpAddressSet"]) == 19
    code = room.refused(
        "AssignPrivateIpAddresses", NetworkInterfaceId=room.eni, SecondaryPrivateIpAddressCount=1
    )
    assert code == "LimitExceeded"


def test_a_token_is_good_for_one_assignment(room):
    first = room.assign("10.0.0.77", ClientToken="once")
    params = {"NetworkInterfaceId": room.eni, **named("10.0.0.77"), "ClientToken": "once"}
    running = room.refused("AssignPrivateIpAddresses", **params)
    assert running == "UnsupportedOperation.IdempotentProcessing"
    room.wait()
    again = room.assign("10.0.0.77", ClientToken="once")
    assert again["PrivateIpAddressSet"] == first["PrivateIpAddressSet"]
    assert again["RequestId"] != first["RequestId"]
    assert room.task(again) == "SUCCESS"
    assert len(room.ips()) == 2
    mismatch = room.refused("AssignPrivateIpAddresses", **{**params, **named("10.0.0.78")})
    assert mismatch == "UnsupportedOperation.IdempotentParameterMismatch"


def test_a_token_outlives_its_interface(room):
    first = room.assign("10.0.0.77", ClientToken="once")
    room.wait()
    room.call("DeleteNetworkInterface", NetworkInterfaceId=room.eni)
    room.wait()
    again = room.assign("10.0.0.77", ClientToken="once")
    assert again["PrivateIpAddressSet"] == first["PrivateIpAddressSet"]


# -- unassign ----------------------------------------------------------------------------------------------


def test_unassigned_addresses_are_deleting_and_then_free(room):
    before = room.free()
    room.assign("10.0.0.77", "10.0.0.78")
    room.wait()
    reply = room.call(
        "UnassignPrivateIpAddresses", NetworkInterfaceId=room.eni, **named("10.0.0.77", "10.0.0.78")
    )
    assert room.task(reply) == "RUNNING"
    assert room.ips()["10.0.0.77"]["State"] == "DELETING"
    assert room.free() == before - 2
    room.wait()
    assert room.task(reply) == "SUCCESS"
    assert list(room.ips()) == [room.primary()]
    assert room.free() == before
    room.assign("10.0.0.77")


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
def test_unassigning_is_refused_for(room, params, code):
    assert room.refused("UnassignPrivateIpAddresses", **{"NetworkInterfaceId": room.eni, **params}) == code


def test_the_primary_address_stays(room):
    params = {"NetworkInterfaceId": room.eni, **named(room.primary())}
    assert room.refused("UnassignPrivateIpAddresses", **params) == "UnsupportedOperation"


def test_an_address_on_its_way_is_left_to_its_task(room):
    room.assign("10.0.0.77")
    params = {"NetworkInterfaceId": room.eni, **named("10.0.0.77")}
    running = "UnsupportedOperation.MutexOperationTaskRunning"
    assert room.refused("UnassignPrivateIpAddresses", **params) == running
    room.wait()
    room.call("UnassignPrivateIpAddresses", **params)
    assert room.refused("UnassignPrivateIpAddresses", **params) == running


def test_an_interface_on_its_way_gives_no_addresses_back(room):
    room.assign("10.0.0.77")
    room.wait()
    room.call("DeleteNetworkInterface", NetworkInterfaceId=room.eni)
    params = {"NetworkInterfaceId": room.eni, **named("10.0.0.77")}
    assert room.refused("UnassignPrivateIpAddresses", **params) == "UnsupportedOperation.InvalidState"


# -- describe ----------------------------------------------------------------------------------------------


def test_descriptions_change_at_once_and_nothing_else_does(room):
    room.assign("10.0.0.77", "10.0.0.78")
    room.wait()
    room.call(
        "ModifyPrivateIpAddressesAttribute",
        style="get",
        NetworkInterfaceId=room.eni,
        PrivateIpAddresses=[
            {"PrivateIpAddress": room.primary(), "Description": "first"},
            {"PrivateIpAddress": "10.0.0.77", "Description": "second"},
        ],
    )
    texts = {ip: each["Description"] for ip, each in room.ips().items()}
    assert texts == {room.primary(): "first", "10.0.0.77": "second", "10.0.0.78": ""}
    room.call("ModifyPrivateIpAddressesAttribute", NetworkInterfaceId=room.eni, **named("10.0.0.77"))
    assert room.ips()["10.0.0.77"]["Description"] == "second"
    room.call(
        "ModifyPrivateIpAddressesAttribute",
        NetworkInterfaceId=room.eni,
        **named("10.0.0.77", Description=""),
    )
    assert room.ips()["10.0.0.77"]["Description"] == ""


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
def test_describing_is_refused_for(room, params, code):
    params = {"NetworkInterfaceId": room.eni, **params}
    assert room.refused("ModifyPrivateIpAddressesAttribute", **params) == code


# -- move --------------------------------------------------------------------------------------------------


def moving(room, ip, **changes):
    return {
        "SourceNetworkInterfaceId": room.eni,
        "DestinationNetworkInterfaceId": room.other,
        "PrivateIpAddress": ip,
        **changes,
    }


@pytest.fixture
def pair(room):
    room.other = room.new()
    room.assign("10.0.0.77")
    room.wait()
    return room


def test_an_address_moves_to_another_interface(pair):
    free = pair.free()
    reply = pair.call("MigratePrivateIpAddress", style="get", **moving(pair, "10.0.0.77"))
    assert pair.task(reply) == "RUNNING"
    assert pair.ips()["10.0.0.77"]["State"] == "MIGRATING"
    pair.wait()
    assert pair.task(reply) == "SUCCESS"
    assert "10.0.0.77" not in pair.ips()
    assert pair.ips(pair.other)["10.0.0.77"]["State"] == "AVAILABLE"
    assert pair.ips(pair.other)["10.0.0.77"]["Primary"] is False
    assert pair.free() == free


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
    assert pair.refused("MigratePrivateIpAddress", **moving(pair, "10.0.0.77", **changes)) == code


def test_a_primary_address_does_not_move(pair):
    code = pair.refused("MigratePrivateIpAddress", **moving(pair, pair.primary()))
    assert code == "UnsupportedOperation.PrimaryIp"


def test_an_address_stays_in_its_subnet(pair):
    away = pair.subnet(pair.vpc_id, CidrBlock="10.0.1.0/24")
    pair.other = pair.interface(pair.vpc_id, away)
    code = pair.refused("MigratePrivateIpAddress", **moving(pair, "10.0.0.77"))
    assert code == "UnsupportedOperation"


def test_an_interface_without_room_takes_no_address(pair):
    pair.other = pair.new(SecondaryPrivateIpAddressCount=9)
    assert pair.refused("MigratePrivateIpAddress", **moving(pair, "10.0.0.77")) == "LimitExceeded"


def test_what_is_on_its_way_does_not_move(pair):
    running = "UnsupportedOperation.MutexOperationTaskRunning"
    pair.call("MigratePrivateIpAddress", **moving(pair, "10.0.0.77"))
    assert pair.refused("MigratePrivateIpAddress", **moving(pair, "10.0.0.77")) == running
    pair.wait()
    pair.call("DeleteNetworkInterface", NetworkInterfaceId=pair.eni)
    assert pair.refused("MigratePrivateIpAddress", **moving(pair, "10.0.0.77")) == running


def test_group_members_are_interfaces_not_addresses():
    room = Addresses(tencent=CloudSettings(quotas={"basic_group_members": 1}))
    room.eni = room.new(SecurityGroupIds=[room.group_id])
    assert len(room.assign(SecondaryPrivateIpAddressCount=2)["PrivateIpAddressSet"]) == 2
