"""What Tencent Cloud shows of a network interface."""

import pytest
from tests.dialects.shapes import shape
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.dialects.tencent.interfaces.outcomes import (
    ATTACH,
    CREATE,
    DELETE,
    DESCRIBE,
    DETACH,
    outcome,
)
from tests.dialects.tencent.public_addresses.eips import bound

TEXT, TRUTH, NUMBER = "str", "bool", "int"
SHOWN = {
    "NetworkInterfaceId": TEXT,
    "NetworkInterfaceName": TEXT,
    "NetworkInterfaceDescription": TEXT,
    "SubnetId": TEXT,
    "VpcId": TEXT,
    "GroupSet": [TEXT],
    "Primary": TRUTH,
    "MacAddress": TEXT,
    "State": TEXT,
    "NetworkInterfaceState": TEXT,
    "PrivateIpAddressSet": [
        {
            "PrivateIpAddress": TEXT,
            "Primary": TRUTH,
            "PublicIpAddress": TEXT,
            "AddressId": TEXT,
            "Description": TEXT,
            "IsWanIpBlocked": TRUTH,
            "State": TEXT,
            "QosLevel": TEXT,
        }
    ],
    "Attachment": "NoneType",
    "Zone": TEXT,
    "CreatedTime": TEXT,
    "Ipv6AddressSet": [],
    "TagSet": [],
    "EniType": NUMBER,
    "Business": TEXT,
    "CdcId": TEXT,
    "AttachType": NUMBER,
    "ResourceId": TEXT,
    "QosLevel": TEXT,
    "Ipv6Addresses": [],
    "Ipv6AddressCount": NUMBER,
}
IPV6 = {
    "Address": TEXT,
    "Primary": TRUTH,
    "AddressId": TEXT,
    "Description": TEXT,
    "IsWanIpBlocked": TRUTH,
    "State": TEXT,
    "PublicIpAddress": TEXT,
    "AddressType": TEXT,
}
ATTACHMENT = {"InstanceId": TEXT, "DeviceIndex": NUMBER, "InstanceAccountId": TEXT, "AttachTime": TEXT}


def test_every_documented_field_is_there_and_of_its_type(account):
    created = account.client.call(CREATE, **account.interface_params())
    assert shape(created) == {"NetworkInterface": SHOWN, "RequestId": TEXT}
    answer = account.client.call(DESCRIBE)
    assert shape(answer) == {"NetworkInterfaceSet": [SHOWN], "TotalCount": NUMBER, "RequestId": TEXT}
    assert answer["TotalCount"] == 1


def test_what_was_empty_is_of_its_type_when_it_is_filled(account):
    good = account.ipv6_interface_params(Ipv6AddressCount=1, Tags=[{"Key": "a", "Value": "b"}])
    eni = account.create_interface(**good)
    subnet = account.partition.graph.subnets[good["SubnetId"]]
    account.attach(eni, account.add_instance(subnet))
    shown = account.describe_interface(eni)
    assert shape(shown["Ipv6AddressSet"]) == shape(shown["Ipv6Addresses"]) == [IPV6]
    assert shape(shown["Attachment"]) == ATTACHMENT
    assert shown["Ipv6AddressCount"] == 1
    assert shown["TagSet"] == [{"Key": "a", "Value": "b"}]


def test_a_page_shows_each_interface_as_it_is_shown_alone(account):
    plain = account.create_interface()
    alone = account.describe_interface(plain)
    good = account.ipv6_interface_params(Ipv6AddressCount=1, Tags=[{"Key": "a", "Value": "b"}])
    account.create_interface(**good, QosLevel="AU")
    described = [{"PrivateIpAddress": "10.0.0.20", "Description": "second"}, {}]
    several = account.create_interface(PrivateIpAddresses=described, QosLevel="PT")
    account.attach(account.create_interface(), account.add_instance())
    coming = account.begin_to_create_interface(SecondaryPrivateIpAddressCount=1)
    for reachable in (None, several):
        if reachable is not None:
            bound(account, NetworkInterfaceId=reachable, PrivateIpAddress="10.0.0.20")
        listed = account.client.call(DESCRIBE)["NetworkInterfaceSet"]
        assert len(listed) == 6
        for shown in listed:
            assert shown == account.describe_interface(shown["NetworkInterfaceId"])
        assert listed[-1] == alone
        states = {each["State"] for each in listed[0]["PrivateIpAddressSet"]}
        assert (listed[0]["NetworkInterfaceId"], states) == (coming, {listed[0]["State"]})
    addresses = [each for shown in listed for each in shown["PrivateIpAddressSet"]]
    assert [each["PrivateIpAddress"] for each in addresses if each["PublicIpAddress"]] == ["10.0.0.20"]


def test_the_answers_of_attach_detach_and_delete_hold_a_request_id_and_nothing_else(account):
    both = {"NetworkInterfaceId": account.create_interface(), "InstanceId": account.add_instance().id}
    for action, params in (
        (ATTACH, both),
        (DETACH, both),
        (DELETE, {"NetworkInterfaceId": both["NetworkInterfaceId"]}),
    ):
        assert set(account.client.call(action, **params)) == {"RequestId"}
        account.wait()


def test_what_was_asked_for_is_what_is_shown(account):
    group = account.add_group()
    eni = account.create_interface(
        NetworkInterfaceName="\u7f51\u5361 1",
        NetworkInterfaceDescription="of the web",
        SecurityGroupIds=[account.group.id, group.id],
        QosLevel="PT",
        PrivateIpAddresses=[
            {"PrivateIpAddress": "10.0.0.20", "Primary": "false", "Description": "second"},
            {"PrivateIpAddress": "10.0.0.9", "Primary": "true"},
        ],
        SecondaryPrivateIpAddressCount="1",
        Tags=[{"Key": "team", "Value": "web"}, {"Key": "empty"}],
    )
    shown = account.describe_interface(eni)
    expected = {
        "NetworkInterfaceName": "\u7f51\u5361 1",
        "NetworkInterfaceDescription": "of the web",
        "GroupSet": [account.group.id, group.id],
        "QosLevel": "PT",
        "TagSet": [{"Key": "team", "Value": "web"}, {"Key": "empty", "Value": ""}],
        "VpcId": account.network.id,
        "SubnetId": account.subnet.id,
        "Zone": account.subnet.zone,
        "CreatedTime": "2026-09-21 22:13:21",
        "Primary": False,
        "EniType": 0,
    }
    assert {name: shown[name] for name in expected} == expected
    first, second, third = shown["PrivateIpAddressSet"]
    assert (first["PrivateIpAddress"], first["Primary"], first["QosLevel"]) == ("10.0.0.9", True, "PT")
    assert (second["PrivateIpAddress"], second["Description"]) == ("10.0.0.20", "second")
    assert (second["Primary"], third["Primary"]) == (False, False)
    assert shown["MacAddress"].startswith("20:90:6F:")


@pytest.mark.parametrize(
    ("params", "primary", "count"),
    [
        ({}, None, 1),
        ({"SecondaryPrivateIpAddressCount": 9}, None, 10),
        ({"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}, "10.0.0.9", 1),
        ({"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}, {}]}, "10.0.0.9", 2),
        (
            {
                "PrivateIpAddresses": [{}, {"PrivateIpAddress": "10.0.0.9", "Primary": True}],
                "SecondaryPrivateIpAddressCount": 2,
            },
            "10.0.0.9",
            4,
        ),
    ],
    ids=str,
)
def test_the_primary_address_is_the_one_marked_else_the_first_else_any(account, params, primary, count):
    addresses = account.describe_interface(account.create_interface(**params))["PrivateIpAddressSet"]
    assert len(addresses) == count
    assert [each["Primary"] for each in addresses] == [True] + [False] * (count - 1)
    assert primary in {None, addresses[0]["PrivateIpAddress"]}


def test_an_address_is_drawn_from_what_is_free_and_not_reserved(account):
    small = account.add_subnet(block="10.0.1.0/28")
    eni = account.create_interface(SubnetId=small.id, SecondaryPrivateIpAddressCount=9)
    eni2 = account.create_interface(SubnetId=small.id, SecondaryPrivateIpAddressCount=2)
    drawn = {
        each["PrivateIpAddress"]
        for one in (eni, eni2)
        for each in account.describe_interface(one)["PrivateIpAddressSet"]
    }
    assert drawn == {f"10.0.1.{n}" for n in range(2, 15)}


def test_the_attachment_tells_where_and_since_when(account):
    instance = account.add_instance()
    for index in (1, 2):
        eni = account.attach(account.create_interface(), instance)
        attachment = account.describe_interface(eni)["Attachment"]
        assert (attachment["InstanceId"], attachment["DeviceIndex"]) == (instance.id, index)
        assert attachment["AttachTime"].startswith("2026-09-21 22:13:")
        assert len(attachment["InstanceAccountId"]) == 12


def test_an_extension_is_shown_as_such():
    slots = {"cpu": 4, "memory_gib": 8, "interfaces": 1, "ipv4_per_interface": 8, "extension_interfaces": 1}
    account = TencentAccount.furnished(instance_types={"X1.LARGE8": slots})
    instance = account.add_instance(account.subnet, "X1.LARGE8")
    eni, another = account.create_interface(), account.create_interface()
    assert outcome(account, ATTACH, **account.attachment_params(eni, instance)) == "LimitExceeded"
    account.client.call(ATTACH, **account.attachment_params(eni, instance, AttachType=1))
    account.wait()
    assert account.describe_interface(eni)["AttachType"] == 1
    assert (
        outcome(account, ATTACH, **account.attachment_params(another, instance, AttachType=1))
        == "LimitExceeded"
    )


def test_an_interface_without_a_group_can_be_attached(account):
    eni = account.create_interface(SecurityGroupIds=None)
    assert account.describe_interface(eni)["GroupSet"] == []
    assert outcome(account, ATTACH, **account.attachment_params(eni, account.add_instance())) == "OK"


def test_a_group_serves_every_vpc_of_its_region(account):
    subnet = account.add_subnet(account.add_network())
    eni = account.create_interface(VpcId=subnet.network_id, SubnetId=subnet.id)
    assert account.describe_interface(eni)["GroupSet"] == [account.group.id]


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_a_request_means_the_same_in_every_style(account, style):
    good = account.interface_params(
        Tags=[{"Key": "a", "Value": "b"}],
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.9", "Primary": True}, {}],
        SecondaryPrivateIpAddressCount=1,
    )
    shown = account.client.call(CREATE, style=style, **good)["NetworkInterface"]
    assert shown["PrivateIpAddressSet"][0]["PrivateIpAddress"] == "10.0.0.9"
    assert shown["TagSet"] == [{"Key": "a", "Value": "b"}]
