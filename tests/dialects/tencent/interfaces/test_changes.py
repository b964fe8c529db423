"""Changes of an interface: attach a new one at once, move it to another instance, modify it."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, OTHER_ZONE, FurnishedRoom

from duolect.settings.settings import CloudSettings
from duolect_core.addressing.pools import parse_ipv4
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.relations.address_plans import AddressPlan, AddressRequest

TAGS = [{"Key": "city", "Value": "shanghai"}]
NO_ENI = "eni-absent00"


class Changes(FurnishedRoom):
    """A room with an instance in it."""

    def __init__(self, **settings):
        super().__init__(**settings)
        (self.instance_id,) = self.run()

    def new(self, **changes):
        return self.interface(self.vpc_id, self.subnet_id, **changes)

    def both(self, **changes):
        """Return the parameters of a good CreateAndAttachNetworkInterface, with changes."""
        return {
            "VpcId": self.vpc_id,
            "SubnetId": self.subnet_id,
            "NetworkInterfaceName": "both",
            "InstanceId": self.instance_id,
            **changes,
        }

    def described(self, eni):
        (shown,) = self.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[eni])["NetworkInterfaceSet"]
        return shown

    def task(self, reply):
        return self.call("DescribeVpcTaskResult", TaskId=reply["RequestId"])["Status"]

    def attached(self, **changes):
        eni = self.new(**changes)
        self.call("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=self.instance_id)
        self.wait()
        return eni

    def primary(self):
        filters = [{"Name": "is-primary", "Values": ["true"]}]
        (shown,) = self.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
        return shown["NetworkInterfaceId"]


@pytest.fixture
def room():
    return Changes()


# -- create and attach -------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_a_new_interface_is_created_and_attached_in_one_task(room, style):
    reply = room.call(
        "CreateAndAttachNetworkInterface",
        style=style,
        **room.both(
            NetworkInterfaceDescription="described",
            PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.77", "Primary": True}],
            SecondaryPrivateIpAddressCount=1,
            Ipv6AddressCount=1,
            SecurityGroupIds=[room.group_id],
            QosLevel="AU",
            Tags=TAGS,
        ),
    )
    created = reply["NetworkInterface"]
    assert created["State"] == created["NetworkInterfaceState"] == "PENDING"
    assert created["NetworkInterfaceDescription"] == "described"
    assert created["PrivateIpAddressSet"][0]["PrivateIpAddress"] == "10.0.0.77"
    assert len(created["PrivateIpAddressSet"]) == 2
    assert len(created["Ipv6AddressSet"]) == 1
    assert (created["GroupSet"], created["QosLevel"], created["TagSet"]) == ([room.group_id], "AU", TAGS)
    assert created["Attachment"]["InstanceId"] == room.instance_id
    assert room.task(reply) == "RUNNING"
    eni = created["NetworkInterfaceId"]
    assert room.described(eni)["Attachment"] is None
    room.emulator.advance(200)
    assert room.described(eni)["State"] == "ATTACHING"
    assert room.task(reply) == "RUNNING"
    room.wait()
    assert room.task(reply) == "SUCCESS"
    shown = room.described(eni)
    assert (shown["State"], shown["NetworkInterfaceState"]) == ("AVAILABLE", "INUSE")
    for name in ("InstanceId", "DeviceIndex", "InstanceAccountId"):
        assert shown["Attachment"][name] == created["Attachment"][name]


def test_interfaces_that_are_created_together_get_the_next_places(room):
    room.call("CreateAndAttachNetworkInterface", **room.both())
    room.wait()
    second = room.call("CreateAndAttachNetworkInterface", **room.both())["NetworkInterface"]
    assert second["Attachment"]["DeviceIndex"] == 2


def test_a_token_creates_and_attaches_once(room):
    good = room.both(ClientToken="once")
    first = room.call("CreateAndAttachNetworkInterface", **good)
    running = room.refused("CreateAndAttachNetworkInterface", **good)
    assert running == "UnsupportedOperation.IdempotentProcessing"
    room.wait()
    again = room.call("CreateAndAttachNetworkInterface", **good)
    for name in ("NetworkInterfaceId", "PrivateIpAddressSet"):
        assert again["NetworkInterface"][name] == first["NetworkInterface"][name]
    assert again["NetworkInterface"]["Attachment"]["InstanceId"] == room.instance_id
    assert room.task(again) == "SUCCESS"
    mismatch = room.refused("CreateAndAttachNetworkInterface", **{**good, "NetworkInterfaceName": "x"})
    assert mismatch == "UnsupportedOperation.IdempotentParameterMismatch"


def ip(*texts, **more):
    return {"PrivateIpAddresses": [{"PrivateIpAddress": text, **more} for text in texts]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"InstanceId": "i-12345678"}, "InvalidParameterValue.Malformed"),
        ({"InstanceId": ABSENT["ins"]}, "ResourceNotFound"),
        ({"SubnetId": ABSENT["subnet"]}, "ResourceNotFound"),
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"SecurityGroupIds": [ABSENT["sg"]]}, "ResourceNotFound"),
        ({"NetworkInterfaceName": ""}, "InvalidParameterValue"),
        ({"NetworkInterfaceName": "n" * 61}, "InvalidParameterValue.TooLong"),
        ({"AttachType": 2}, "InvalidParameterValue"),
        ({"AttachType": 1}, "UnsupportedOperation.UnsupportedInstanceFamily"),
        (ip("10.0.1.9"), "InvalidParameterValue.Range"),
        (ip("10.0.0.1"), "InvalidParameterValue.Reserved"),
        (ip(*(f"10.0.0.{n}" for n in range(10, 21))), "InvalidParameterValue"),
        ({"Ipv6Addresses": [{"Address": "::1"}] * 11}, "InvalidParameterValue"),
        ({"SecondaryPrivateIpAddressCount": 10}, "LimitExceeded"),
        ({"Tags": TAGS * 2}, "InvalidParameterValue.TagDuplicateKey"),
        ({"Tags": [{"Key": "a*"}]}, "InvalidParameterValue.TagInvalidKey"),
        ({"Tags": [{"Key": "k" * 128}]}, "InvalidParameterValue.TagInvalidKeyLen"),
        ({"Tags": [{"Key": "k", "Value": "<"}]}, "InvalidParameterValue.TagInvalidVal"),
        ({"Tags": [{"Key": "qcs:k"}]}, "UnsupportedOperation.TagSystemReservedTagKey"),
        ({"Tags": [{"Key": f"k{n}"} for n in range(51)]}, "LimitExceeded.TagKeyPerResourceExceeded"),
        ({"Tags": [{"Key": f"k{n}"} for n in range(101)]}, "LimitExceeded.TagTagsExceeded"),
        ({"IsRdma": True}, "UnsupportedOperation"),
        ({"TrunkingFlag": "Enable"}, "UnknownParameter"),
    ],
)
def test_creating_and_attaching_is_refused_for(room, changes, code):
    assert room.refused("CreateAndAttachNetworkInterface", **room.both(**changes)) == code


def test_a_taken_address_is_not_created(room):
    room.new(**ip("10.0.0.77"))
    code = room.refused("CreateAndAttachNetworkInterface", **room.both(**ip("10.0.0.77")))
    assert code == "ResourceInUse"


def test_a_subnet_without_room_creates_nothing(room):
    small = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/28")
    room.interface(room.vpc_id, small, SecondaryPrivateIpAddressCount=9)
    wish = room.both(SubnetId=small, SecondaryPrivateIpAddressCount=3)
    code = room.refused("CreateAndAttachNetworkInterface", **wish)
    assert code == "ResourceInsufficient.Subnet"


def test_an_instance_without_room_gets_no_new_interface(room):
    for _ in range(3):
        room.attached()
    assert room.refused("CreateAndAttachNetworkInterface", **room.both()) == "LimitExceeded"


def test_a_new_interface_goes_to_an_instance_in_its_own_place(room):
    vpc = room.vpc()
    wish = room.both(VpcId=vpc, SubnetId=room.subnet(vpc))
    code = room.refused("CreateAndAttachNetworkInterface", **wish)
    assert code == "UnsupportedOperation.VpcMismatch"
    there = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/24", Zone=OTHER_ZONE)
    code = room.refused("CreateAndAttachNetworkInterface", **room.both(SubnetId=there))
    assert code == "UnsupportedOperation.ZoneMismatch"


def test_an_instance_on_its_way_gets_no_new_interface(room):
    room.call("StopInstances", InstanceIds=[room.instance_id])
    code = room.refused("CreateAndAttachNetworkInterface", **room.both())
    assert code == "UnsupportedOperation.InvalidState"


def test_the_quota_of_interfaces_counts_for_attached_ones_too():
    room = Changes(tencent=CloudSettings(quotas={"interfaces_per_network": 1}))
    room.new()
    assert room.refused("CreateAndAttachNetworkInterface", **room.both()) == "LimitExceeded"


# -- migrate -----------------------------------------------------------------------------------------------


def moving(room, eni, **changes):
    return {
        "NetworkInterfaceId": eni,
        "SourceInstanceId": room.instance_id,
        "DestinationInstanceId": room.other,
        **changes,
    }


@pytest.fixture
def pair(room):
    (room.other,) = room.run()
    room.eni = room.attached()
    return room


def test_an_interface_moves_from_one_instance_to_another(pair):
    reply = pair.call("MigrateNetworkInterface", style="get", **moving(pair, pair.eni))
    assert pair.task(reply) == "RUNNING"
    shown = pair.described(pair.eni)
    assert (shown["State"], shown["Attachment"]["InstanceId"]) == ("DETACHING", pair.instance_id)
    pair.emulator.advance(200)
    shown = pair.described(pair.eni)
    assert (shown["State"], shown["Attachment"]) == ("ATTACHING", None)
    assert pair.task(reply) == "RUNNING"
    pair.wait()
    assert pair.task(reply) == "SUCCESS"
    shown = pair.described(pair.eni)
    assert (shown["State"], shown["Attachment"]["InstanceId"]) == ("AVAILABLE", pair.other)


def test_an_interface_whose_destination_fills_up_meanwhile_ends_free(pair):
    reply = pair.call("MigrateNetworkInterface", **moving(pair, pair.eni))
    pair.call("TerminateInstances", InstanceIds=[pair.other])
    pair.wait()
    assert pair.task(reply) == "FAILED"
    shown = pair.described(pair.eni)
    assert (shown["State"], shown["Attachment"]) == ("AVAILABLE", None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NetworkInterfaceId": "eni"}, "InvalidParameterValue.Malformed"),
        ({"SourceInstanceId": "ins"}, "InvalidParameterValue.Malformed"),
        ({"AttachType": 2}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceId": NO_ENI}, "ResourceNotFound"),
        ({"SourceInstanceId": ABSENT["ins"]}, "ResourceNotFound"),
        ({"DestinationInstanceId": ABSENT["ins"]}, "ResourceNotFound"),
        ({"AttachType": 1}, "UnsupportedOperation"),
    ],
)
def test_migrating_is_refused_for(pair, changes, code):
    assert pair.refused("MigrateNetworkInterface", **moving(pair, pair.eni, **changes)) == code


def test_only_what_is_attached_to_the_source_migrates(pair):
    code = "UnsupportedOperation.AttachmentNotFound"
    assert pair.refused("MigrateNetworkInterface", **moving(pair, pair.new())) == code
    swapped = {"SourceInstanceId": pair.other, "DestinationInstanceId": pair.instance_id}
    assert pair.refused("MigrateNetworkInterface", **moving(pair, pair.eni, **swapped)) == code


def test_an_interface_does_not_migrate_to_where_it_is(pair):
    same = moving(pair, pair.eni, DestinationInstanceId=pair.instance_id)
    assert pair.refused("MigrateNetworkInterface", **same) == "UnsupportedOperation"


def test_a_primary_interface_does_not_migrate(pair):
    filters = [{"Name": "attachment.instance-id", "Values": [pair.instance_id]}]
    shown = pair.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    (primary,) = (each["NetworkInterfaceId"] for each in shown if each["Primary"])
    assert pair.refused("MigrateNetworkInterface", **moving(pair, primary)) == "UnsupportedOperation"


def test_an_interface_stays_in_its_zone(pair):
    there = pair.subnet(pair.vpc_id, CidrBlock="10.0.1.0/24", Zone=OTHER_ZONE)
    (away,) = pair.run(place={"SubnetId": there}, Placement={"Zone": OTHER_ZONE})
    code = pair.refused("MigrateNetworkInterface", **moving(pair, pair.eni, DestinationInstanceId=away))
    assert code == "UnsupportedOperation.ZoneMismatch"


def test_a_full_instance_takes_no_interface_over(pair):
    for _ in range(3):
        pair.call("CreateAndAttachNetworkInterface", **pair.both(InstanceId=pair.other))
        pair.wait()
    assert pair.refused("MigrateNetworkInterface", **moving(pair, pair.eni)) == "LimitExceeded"


def test_an_interface_migrates_within_its_vpc(pair):
    vpc = pair.vpc()
    (away,) = pair.run(place={"VpcId": vpc, "SubnetId": pair.subnet(vpc)})
    code = pair.refused("MigrateNetworkInterface", **moving(pair, pair.eni, DestinationInstanceId=away))
    assert code == "UnsupportedOperation.VpcMismatch"


def test_what_is_on_its_way_does_not_migrate(pair):
    pair.call("MigrateNetworkInterface", **moving(pair, pair.eni))
    code = pair.refused("MigrateNetworkInterface", **moving(pair, pair.eni))
    assert code == "UnsupportedOperation.InvalidState"


# -- modify ------------------------------------------------------------------------------------------------


def modify(room, eni, **changes):
    room.call("ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, **changes)
    return room.described(eni)


@pytest.mark.parametrize("attached", [False, True])
def test_name_description_and_groups_change_at_once(room, attached):
    eni = room.attached() if attached else room.new()
    before = room.described(eni)
    shown = modify(room, eni, NetworkInterfaceName="n" * 60, NetworkInterfaceDescription="d" * 60)
    assert shown == {
        **before,
        "NetworkInterfaceName": "n" * 60,
        "NetworkInterfaceDescription": "d" * 60,
    }
    groups = [room.group(), room.group()]
    assert modify(room, eni, SecurityGroupIds=groups, style="get")["GroupSet"] == groups
    assert modify(room, eni, SecurityGroupIds=[room.group_id])["GroupSet"] == [room.group_id]
    assert modify(room, eni, SecurityGroupIds=[], TrunkingFlag="Enable")["GroupSet"] == [room.group_id]
    assert modify(room, eni, NetworkInterfaceDescription="")["NetworkInterfaceDescription"] == ""
    assert room.described(eni)["NetworkInterfaceName"] == "n" * 60


def test_a_primary_interface_can_be_modified_too(room):
    eni, group = room.primary(), room.group()
    shown = modify(room, eni, NetworkInterfaceName="first", SecurityGroupIds=[group])
    assert (shown["NetworkInterfaceName"], shown["GroupSet"]) == ("first", [group])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NetworkInterfaceId": "eni"}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceId": NO_ENI}, "ResourceNotFound"),
        ({"NetworkInterfaceName": "n" * 61}, "InvalidParameterValue.TooLong"),
        ({"NetworkInterfaceName": ""}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceDescription": "d" * 61}, "InvalidParameterValue.TooLong"),
        ({"SecurityGroupIds": ["group"]}, "InvalidParameterValue.Malformed"),
        ({"SecurityGroupIds": [ABSENT["sg"]]}, "ResourceNotFound"),
        ({"TrunkingFlag": "On"}, "InvalidParameterValue.Malformed"),
    ],
)
def test_modifying_is_refused_for(room, changes, code):
    params = {"NetworkInterfaceId": room.new(), **changes}
    assert room.refused("ModifyNetworkInterfaceAttribute", **params) == code


def test_an_interface_is_in_at_most_five_groups(room):
    groups = [room.group() for _ in range(6)]
    params = {"NetworkInterfaceId": room.new(), "SecurityGroupIds": groups}
    assert room.refused("ModifyNetworkInterfaceAttribute", **params) == "LimitExceeded"


# -- quality of service ------------------------------------------------------------------------------------


def test_the_service_level_of_many_changes_together(room):
    enis = [room.new(), room.attached(QosLevel="PT")]
    room.call(
        "ModifyNetworkInterfaceQos",
        style="get",
        NetworkInterfaceIds=enis,
        QosLevel="AG",
        DirectSendMaxPort=1024,
    )
    for eni in enis:
        shown = room.described(eni)
        assert shown["QosLevel"] == "AG"
        assert {each["QosLevel"] for each in shown["PrivateIpAddressSet"]} == {"AG"}
    room.call("ModifyNetworkInterfaceQos", NetworkInterfaceIds=enis, DirectSendMaxPort=0)
    assert room.described(enis[0])["QosLevel"] == "AG"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NetworkInterfaceIds": [NO_ENI]}, "ResourceNotFound"),
        ({"NetworkInterfaceIds": ["eni"]}, "InvalidParameterValue"),
        ({"NetworkInterfaceIds": []}, "MissingParameter"),
        ({"NetworkInterfaceIds": "eni-12345678"}, "InvalidParameter"),
        ({"NetworkInterfaceIds": [NO_ENI] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"QosLevel": "GOLD"}, "InvalidParameterValue"),
        ({"DirectSendMaxPort": 65536}, "InvalidParameterValue"),
    ],
)
def test_changing_the_level_is_refused_for(room, changes, code):
    params = {"NetworkInterfaceIds": [room.new()], "QosLevel": "PT", **changes}
    assert room.refused("ModifyNetworkInterfaceQos", **params) == code


def test_all_levels_change_or_none(room):
    eni = room.new()
    params = {"NetworkInterfaceIds": [eni, NO_ENI], "QosLevel": "PT"}
    assert room.refused("ModifyNetworkInterfaceQos", **params) == "ResourceNotFound"
    assert room.described(eni)["QosLevel"] == "DEFAULT"


# -- what is not the caller's ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("ModifyNetworkInterfaceAttribute", {"NetworkInterfaceName": "mine"}),
        ("AssignPrivateIpAddresses", {"SecondaryPrivateIpAddressCount": 1}),
        ("UnassignPrivateIpAddresses", {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}),
        ("ModifyPrivateIpAddressesAttribute", {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}),
        ("AssignIpv6Addresses", {"Ipv6AddressCount": 1}),
        ("UnassignIpv6Addresses", {"Ipv6Addresses": [{"Address": "2402:4e00::9"}]}),
        ("ModifyNetworkInterfaceQos", {"QosLevel": "AU"}),
        ("AssociateNetworkInterfaceSecurityGroups", {}),
        ("DisassociateNetworkInterfaceSecurityGroups", {}),
    ],
)
def test_an_interface_of_a_managed_service_is_not_the_callers_to_change(room, action, params):
    own = room.new()
    address = AddressPlan(primary=AddressRequest(parse_ipv4("10.0.0.9")))
    command = CreateInterface(subnet_id=room.subnet_id, managed=True, addresses=address)
    managed = room.client.partition.execute(command, room.emulator.clock.now()).id
    room.wait()
    named = {"NetworkInterfaceId": managed}
    if action == "ModifyNetworkInterfaceQos" or "SecurityGroups" in action:
        named = {"NetworkInterfaceIds": [own, managed]}
    if "SecurityGroups" in action:
        named["SecurityGroupIds"] = [room.group_id]
    assert room.refused(action, **named, **params) == "UnsupportedOperation"
