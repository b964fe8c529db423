"""What Alibaba Cloud shows of a network interface."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.interfaces.outcomes import (
    ATTACH,
    ATTRIBUTE,
    CREATE,
    DELETE,
    DESCRIBE,
    DETACH,
    outcome,
)
from tests.dialects.alibaba.public_addresses.eips import bound
from tests.dialects.shapes import shape

TEXT, TRUTH, NUMBER = "str", "bool", "int"
PUBLIC_IP: dict[str, str] = {}
"""As recorded, of an interface that is Available."""
CREATED = {
    "RequestId": TEXT,
    "Description": TEXT,
    "Ipv4PrefixSets": {"Ipv4PrefixSet": []},
    "Ipv6PrefixSets": {"Ipv6PrefixSet": []},
    "Ipv6Sets": {"Ipv6Set": []},
    "MacAddress": TEXT,
    "NetworkInterfaceId": TEXT,
    "NetworkInterfaceName": TEXT,
    "OwnerId": TEXT,
    "PrivateIpAddress": TEXT,
    "PrivateIpSets": {"PrivateIpSet": [{"Primary": TRUTH, "PrivateIpAddress": TEXT}]},
    "ResourceGroupId": TEXT,
    "SecurityGroupIds": {"SecurityGroupId": [TEXT]},
    "ServiceID": NUMBER,
    "ServiceManaged": TRUTH,
    "SourceDestCheck": TRUTH,
    "Status": TEXT,
    "Tags": {"Tag": []},
    "Type": TEXT,
    "VSwitchId": TEXT,
    "VpcId": TEXT,
    "ZoneId": TEXT,
}
LISTED = {
    **{name: kind for name, kind in CREATED.items() if name != "RequestId"},
    "AssociatedPublicIp": PUBLIC_IP,
    "Attachment": {},
    "CreationTime": TEXT,
    "DeleteOnRelease": TRUTH,
    "InstanceId": TEXT,
    "NetworkInterfaceTrafficMode": TEXT,
    "PrivateIpSets": {
        "PrivateIpSet": [
            {
                "AssociatedPublicIp": PUBLIC_IP,
                "Primary": TRUTH,
                "PrivateDnsName": TEXT,
                "PrivateIpAddress": TEXT,
            }
        ]
    },
}
SHOWN = {
    **LISTED,
    "RequestId": TEXT,
    "BondInterfaceSpecification": {
        "BondMode": TEXT,
        "SlaveInterfaceSpecification": {"SlaveInterfaceSpecificationSet": []},
    },
    "ConnectionTrackingConfiguration": {
        "TcpClosedAndTimeWaitTimeout": NUMBER,
        "TcpEstablishedTimeout": NUMBER,
        "UdpTimeout": NUMBER,
    },
    "EnhancedNetwork": {},
    "NetworkInterfaceTrafficConfig": {"NetworkInterfaceTrafficMode": TEXT},
    "PrivateIpSets": {
        "PrivateIpSet": [{"AssociatedPublicIp": PUBLIC_IP, "Primary": TRUTH, "PrivateIpAddress": TEXT}]
    },
    "QoSConfig": {
        "EnableQoS": TRUTH,
        "QoS": dict.fromkeys(
            ("BandwidthRx", "BandwidthTx", "ConcurrentConnections", "PpsRx", "PpsTx"), NUMBER
        ),
    },
    "SlaveInterfaceSpecification": dict.fromkeys(
        ("BondNetworkInterfaceId", "SlaveNetworkInterfaceId", "WorkState"), TEXT
    ),
    "TcpOptionAddressEnabled": TEXT,
}


def test_every_documented_field_is_there_and_of_its_type(account):
    created = account.client.call(CREATE, **account.interface_params())
    assert shape(created) == CREATED
    eni = created["NetworkInterfaceId"]
    assert shape(account.describe_interface(eni)) == LISTED
    assert shape(account.client.call(ATTRIBUTE, NetworkInterfaceId=eni)) == SHOWN
    account.attach(eni, account.add_instance())
    attached = {"DeviceIndex": NUMBER, "InstanceId": TEXT, "TrunkNetworkInterfaceId": TEXT}
    assert shape(account.describe_interface(eni)["Attachment"]) == attached
    members = {"MemberNetworkInterfaceIds": {"MemberNetworkInterfaceId": []}}
    shown = account.client.call(ATTRIBUTE, NetworkInterfaceId=eni)
    assert shape(shown["Attachment"]) == {**attached, **members}


def test_every_list_is_wrapped_and_of_its_type_when_it_is_filled(account):
    good = account.ipv6_interface_params(
        Ipv6AddressCount=1, Ipv4PrefixCount=1, Ipv6PrefixCount=1, Tag=[{"Key": "a", "Value": "b"}]
    )
    eni = account.create_interface(**good, QueueNumber=2)
    for shown in (account.describe_interface(eni), account.client.call(ATTRIBUTE, NetworkInterfaceId=eni)):
        assert shape(shown["Ipv4PrefixSets"]) == {"Ipv4PrefixSet": [{"Ipv4Prefix": TEXT}]}
        assert shape(shown["Ipv6PrefixSets"]) == {"Ipv6PrefixSet": [{"Ipv6Prefix": TEXT}]}
        assert shape(shown["Ipv6Sets"]) == {"Ipv6Set": [{"Ipv6Address": TEXT, "Primary": TRUTH}]}
        assert shown["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}
        assert shown["QueueNumber"] == 2


def test_a_page_shows_each_interface_as_it_is_shown_alone(account):
    plain = account.create_interface()
    alone = account.describe_interface(plain)
    good = account.ipv6_interface_params(
        Ipv6AddressCount=2, Ipv4PrefixCount=1, Ipv6PrefixCount=1, Tag=[{"Key": "a", "Value": "b"}]
    )
    extras = {"ResourceGroupId": "rg-web", "SourceDestCheck": "true", "QueueNumber": 2}
    full = account.create_interface(**good, **extras)
    account.create_interface(NetworkInterfaceTrafficMode="HighPerformance", QueuePairNumber=4)
    several = account.create_interface(SecondaryPrivateIpAddressCount=2)
    attached = account.attach(account.create_interface(), account.add_instance())
    for eni in (full, attached):
        account.client.call(ATTRIBUTE, NetworkInterfaceId=eni)
    for reachable in (None, several):
        if reachable is not None:
            bound(account, reachable)
        listed = account.client.call(DESCRIBE)["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        assert len(listed) == 6
        for shown in listed:
            assert shown == account.describe_interface(shown["NetworkInterfaceId"])
        assert listed[-1] == alone
    (address,) = (each["AssociatedPublicIp"] for each in listed if each["AssociatedPublicIp"])
    assert shape(address) == {"AllocationId": TEXT, "PublicIpAddress": TEXT}


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
        SecurityGroupId=None,
        SecurityGroupIds=[account.group.id, group.id],
        NetworkInterfaceName="eni-web:1",
        Description="of the web",
        PrimaryIpAddress="10.0.0.9",
        PrivateIpAddress=["10.0.0.20", "10.0.0.10"],
        ResourceGroupId="rg-web",
        SourceDestCheck="true",
        ConnectionTrackingConfiguration={"UdpTimeout": 60},
        Tag=[{"Key": "team", "Value": "web"}, {"Key": "empty", "Value": ""}],
    )
    shown = account.client.call(ATTRIBUTE, NetworkInterfaceId=eni)
    expected = {
        "NetworkInterfaceName": "eni-web:1",
        "Description": "of the web",
        "PrivateIpAddress": "10.0.0.9",
        "ResourceGroupId": "rg-web",
        "SourceDestCheck": True,
        "SecurityGroupIds": {"SecurityGroupId": [account.group.id, group.id]},
        "Tags": {"Tag": [{"TagKey": "team", "TagValue": "web"}, {"TagKey": "empty", "TagValue": ""}]},
        "VpcId": account.network.id,
        "VSwitchId": account.subnet.id,
        "ZoneId": account.subnet.zone,
        "CreationTime": "2026-09-21T14:13:24Z",
        "ConnectionTrackingConfiguration": {
            "TcpClosedAndTimeWaitTimeout": 3,
            "TcpEstablishedTimeout": 910,
            "UdpTimeout": 60,
        },
    }
    assert {name: shown[name] for name in expected} == expected
    addresses = [(a["PrivateIpAddress"], a["Primary"]) for a in shown["PrivateIpSets"]["PrivateIpSet"]]
    assert addresses == [("10.0.0.9", True), ("10.0.0.20", False), ("10.0.0.10", False)]
    assert shown["MacAddress"].startswith("00:16:3e:")
    assert len(shown["OwnerId"]) == 16


def test_unset_names_are_empty_texts(account):
    shown = account.describe_interface(account.create_interface())
    assert (shown["NetworkInterfaceName"], shown["Description"], shown["ResourceGroupId"]) == ("", "", "")


def test_an_address_is_drawn_from_what_is_free_and_not_reserved(account):
    small = account.add_subnet(block="10.0.1.0/29")
    drawn = {
        account.describe_interface(account.create_interface(VSwitchId=small.id))["PrivateIpAddress"]
        for _ in range(4)
    }
    assert drawn == {f"10.0.1.{n}" for n in (1, 2, 3, 4)}


def test_prefixes_are_whole_blocks_of_the_vswitch(account):
    good = account.ipv6_interface_params(Ipv4Prefix=["10.0.0.32/28"], Ipv6PrefixCount=2, Ipv6AddressCount=3)
    shown = account.describe_interface(account.create_interface(**good))
    assert shown["Ipv4PrefixSets"]["Ipv4PrefixSet"] == [{"Ipv4Prefix": "10.0.0.32/28"}]
    prefixes = [each["Ipv6Prefix"] for each in shown["Ipv6PrefixSets"]["Ipv6PrefixSet"]]
    assert len(set(prefixes)) == 2
    assert all(prefix.endswith("/80") for prefix in prefixes)
    assert len(shown["Ipv6Sets"]["Ipv6Set"]) == 3


@pytest.mark.parametrize(("wanted", "primary"), [(None, [False, False]), ("true", [True, False])])
def test_the_first_ipv6_address_is_primary_where_that_is_asked_for(account, wanted, primary):
    good = account.ipv6_interface_params(Ipv6AddressCount=2, EnablePrimaryIPv6=wanted)
    shown = account.describe_interface(account.create_interface(**good))
    assert [each["Primary"] for each in shown["Ipv6Sets"]["Ipv6Set"]] == primary


def test_queue_numbers_are_those_of_the_type_once_in_use_unless_set(account):
    instance = account.add_instance()
    plain, chosen = account.create_interface(), account.create_interface(QueueNumber=1)
    assert "QueueNumber" not in account.describe_interface(plain)
    assert account.describe_interface(chosen)["QueueNumber"] == 1
    for eni in (plain, chosen):
        account.attach(eni, instance)
    assert [account.describe_interface(eni)["QueueNumber"] for eni in (plain, chosen)] == [2, 1]


@pytest.mark.parametrize("grouped", [False, True])
def test_traffic_parameters_are_taken_flat_or_grouped_but_not_both(account, grouped):
    traffic = {"NetworkInterfaceTrafficMode": "HighPerformance", "QueuePairNumber": 4}
    eni = account.create_interface(**({"NetworkInterfaceTrafficConfig": traffic} if grouped else traffic))
    shown = account.client.call(ATTRIBUTE, NetworkInterfaceId=eni)
    assert shown["NetworkInterfaceTrafficConfig"] == traffic
    assert shown["NetworkInterfaceTrafficMode"] == "HighPerformance"
    both = account.interface_params(NetworkInterfaceTrafficConfig=traffic, QueueNumber=1)
    assert outcome(account, CREATE, **both) == "InvalidParameter.Conflict"


def test_a_trunk_shows_its_members_and_a_member_its_trunk(account):
    instance = account.add_instance()
    trunk = account.attach(account.create_interface(InstanceType="Trunk"), instance)
    member = account.create_interface()
    both = {"NetworkInterfaceId": member, "InstanceId": instance.id, "TrunkNetworkInstanceId": trunk}
    account.client.call(ATTACH, **both)
    account.wait()
    shown = account.describe_interface(member)
    assert (shown["Type"], shown["Status"], shown["InstanceId"]) == ("Member", "InUse", "")
    assert shown["Attachment"]["TrunkNetworkInterfaceId"] == trunk
    assert shown["Attachment"]["InstanceId"] == instance.id
    by_instance = account.client.call("DescribeNetworkInterfaces", InstanceId=instance.id)
    found = by_instance["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    assert {each["NetworkInterfaceId"] for each in found} == {account.primary_interface_id(instance), trunk}
    of_vpc = account.client.call("DescribeNetworkInterfaces", VpcId=account.network.id, Type="Member")
    assert of_vpc["TotalCount"] == 1
    shown = account.client.call(ATTRIBUTE, NetworkInterfaceId=trunk)
    assert shown["Type"] == "Trunk"
    assert shown["Attachment"]["MemberNetworkInterfaceIds"] == {"MemberNetworkInterfaceId": [member]}
    of_trunk = {"NetworkInterfaceId": trunk, "InstanceId": instance.id}
    assert outcome(account, DETACH, **of_trunk) == "InvalidOperation.HasMemberEniAttached"
    account.client.call(DETACH, **both)
    account.wait()
    assert account.describe_interface(member)["Type"] == "Secondary"


def test_the_network_card_is_shown_when_it_was_named():
    cards = {"cpu": 8, "memory_gib": 8, "interfaces": 8, "ipv4_per_interface": 8, "network_cards": 2}
    account = AlibabaAccount.furnished(instance_types={"ecs.cards.large": cards})
    instance = account.add_instance(account.subnet, "ecs.cards.large")
    eni = account.create_interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}
    assert (
        outcome(account, ATTACH, **both, NetworkCardIndex=2) == "InvalidParameter.NetworkCardIndexInvalid"
    )
    account.client.call(ATTACH, **both, NetworkCardIndex=1)
    assert account.describe_interface(eni)["Attachment"]["NetworkCardIndex"] == 1


def test_parameters_that_the_vendor_ignores_change_nothing(account):
    eni = account.create_interface(BusinessType="x", Visible="true")
    both = {"NetworkInterfaceId": eni, "InstanceId": account.add_instance().id}
    assert outcome(account, ATTACH, **both, WaitForNetworkConfigurationReady="true") == "OK"


@pytest.mark.parametrize("style", ["get", "query", "form", "acs3"])
def test_a_request_means_the_same_in_every_style(account, style):
    good = account.interface_params(
        Tag=[{"Key": "a", "Value": "b"}], PrivateIpAddress=["10.0.0.9", "10.0.0.10"]
    )
    created = account.client.call(CREATE, style=style, **good)
    assert len(created["PrivateIpSets"]["PrivateIpSet"]) == 3
    assert created["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}


def test_an_answer_in_xml_holds_the_same_as_in_json(account):
    eni = account.create_interface(Tag=[{"Key": "a", "Value": "b"}])
    root = account.client.call_xml(DESCRIBE, NetworkInterfaceId=[eni])
    assert root.tag == "DescribeNetworkInterfacesResponse"
    found = root.find("NetworkInterfaceSets/NetworkInterfaceSet")
    shown = account.describe_interface(eni)
    assert {element.tag for element in found} == set(shown)
    for path, value in (
        ("Status", "Available"),
        ("ServiceManaged", "false"),
        ("PrivateIpSets/PrivateIpSet/PrivateIpAddress", shown["PrivateIpAddress"]),
        ("Tags/Tag/TagKey", "a"),
    ):
        assert found.findtext(path) == value
