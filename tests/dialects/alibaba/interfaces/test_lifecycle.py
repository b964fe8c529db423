"""The six actions of Alibaba Cloud on network interfaces, as two clients of one account see them."""

import json
from typing import Any

import attrs
import pytest
from tests.dialects.scenes import AlibabaScene as Scene
from tests.harness import ApiError

from duolect_core.instances.lifecycle import StartInstances, StopInstances
from duolect_core.model.resources import GroupKind
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.exchange import HttpRequest

DAY = 24 * 3600 * 1000
"""Milliseconds."""
CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"
DESCRIBE, ATTRIBUTE = "DescribeNetworkInterfaces", "DescribeNetworkInterfaceAttribute"
DOCUMENTED = {
    name: AlibabaDialect().documents(AlibabaDialect().actions["2014-05-26", name])
    for name in (CREATE, ATTACH, DETACH, DELETE, DESCRIBE, ATTRIBUTE)
}
COMMON = {"InvalidRegionId.NotFound"}


@pytest.fixture
def scene():
    return Scene()


def outcome(scene: Scene, action: str, **params: Any) -> str:
    """Return the code with which a request is refused, without a trace, or OK."""
    before = scene.dump()
    try:
        scene.client.call(action, **params)
    except ApiError as refusal:
        error = refusal
    else:
        return "OK"
    assert scene.dump() == before
    if action in DOCUMENTED and error.code not in COMMON:
        assert (error.code, DOCUMENTED[action].get(error.code)) == (error.code, error.status)
    return error.code


def listed(scene: Scene, **criteria: Any) -> list[str]:
    """Return the ids that a describe lists."""
    answer = scene.client.call(DESCRIBE, **criteria)
    found = [each["NetworkInterfaceId"] for each in answer["NetworkInterfaceSets"]["NetworkInterfaceSet"]]
    if "NextToken" not in criteria:
        assert answer["TotalCount"] >= len(found)
    return found


def shape(value: Any) -> Any:
    """Return the types of an answer's fields; of a list, its members' one shape."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


# -- a life ----------------------------------------------------------------------------------------------


def test_an_interface_is_seen_in_every_state_of_its_life(scene):
    instance = scene.instance()
    eni = scene.interface()

    def seen() -> tuple[str, str, str, str]:
        shown = scene.show(eni)
        bond = shown["Attachment"]
        return shown["Status"], shown["Type"], shown["InstanceId"], bond["InstanceId"]

    alone, bound = ("Secondary", "", ""), ("Secondary", instance.id, instance.id)
    assert seen() == ("Available", *alone)
    scene.client.call(ATTACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    scene.emulator.advance(199)
    assert seen() == ("Attaching", *bound)
    scene.emulator.advance(1)
    assert seen() == ("InUse", *bound)
    scene.client.call(DETACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    scene.emulator.advance(199)
    assert seen() == ("Detaching", *bound)
    scene.emulator.advance(1)
    assert seen() == ("Available", *alone)
    scene.client.call(DELETE, NetworkInterfaceId=eni)
    scene.emulator.advance(199)
    assert seen() == ("Deleting", *alone)
    scene.emulator.advance(1)
    assert scene.show(eni) == {}
    assert outcome(scene, ATTRIBUTE, NetworkInterfaceId=eni) == "InvalidEniId.NotFound"


def test_nothing_changes_because_somebody_looks(scene):
    eni = scene.interface()
    scene.client.call(ATTACH, NetworkInterfaceId=eni, InstanceId=scene.instance().id)
    for _ in range(50):
        assert scene.show(eni)["Status"] == "Attaching"


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_an_interface_comes_and_goes_while_the_instance_is_running_or_stopped(scene, state):
    instance = scene.instance() if state == "running" else scene.stopped()
    eni = scene.interface()
    scene.client.call(ATTACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    scene.wait()
    scene.client.call(DETACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    scene.wait()
    assert scene.show(eni)["Status"] == "Available"


def test_a_stopped_instance_keeps_its_interfaces_in_use(scene):
    instance = scene.instance()
    eni = scene.attached(scene.interface(), instance)
    scene.settled(StopInstances((instance.id,)))
    assert scene.show(eni)["Status"] == "InUse"


def in_state(scene: Scene, status: str) -> tuple[str, str]:
    """Return an interface in this state, and the instance that it is or could be attached to."""
    instance, eni = scene.instance(), scene.interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}
    if status == "Deleting":
        scene.client.call(DELETE, NetworkInterfaceId=eni)
    elif status != "Available":
        scene.client.call(ATTACH, **both)
        if status != "Attaching":
            scene.wait()
        if status == "Detaching":
            scene.client.call(DETACH, **both)
    assert scene.show(eni)["Status"] == status
    return eni, instance.id


STATE = "InvalidOperation.InvalidEniState"


@pytest.mark.parametrize(
    ("status", "attach", "detach", "delete"),
    [
        ("Available", "OK", STATE, "OK"),
        ("Attaching", STATE, STATE, STATE),
        ("InUse", STATE, "OK", STATE),
        ("Detaching", STATE, "OK", STATE),
        ("Deleting", STATE, STATE, "OK"),
    ],
)
def test_each_state_allows_what_it_allows(status, attach, detach, delete):
    for action, expected in ((ATTACH, attach), (DETACH, detach), (DELETE, delete)):
        scene = Scene()
        eni, instance_id = in_state(scene, status)
        more = {} if action == DELETE else {"InstanceId": instance_id}
        assert outcome(scene, action, NetworkInterfaceId=eni, **more) == expected


@pytest.mark.parametrize(("status", "action"), [("Detaching", DETACH), ("Deleting", DELETE)])
def test_a_repeated_request_changes_nothing_and_delays_nothing(scene, status, action):
    eni, instance_id = in_state(scene, status)
    scene.emulator.advance(150)
    more = {} if action == DELETE else {"InstanceId": instance_id}
    scene.client.call(action, NetworkInterfaceId=eni, **more)
    scene.emulator.advance(50)
    assert scene.show(eni).get("Status", "gone") == {DETACH: "Available", DELETE: "gone"}[action]


def test_detaching_from_another_instance_is_refused(scene):
    eni, _ = in_state(scene, "InUse")
    wrong = {"NetworkInterfaceId": eni, "InstanceId": scene.instance().id}
    assert outcome(scene, DETACH, **wrong) == "InvalidParameter.EniNotBelongEcs"
    assert scene.client.last.status == 400


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (ATTACH, "InvalidOperation.InvalidEniType"),
        (DETACH, "InvalidOperation.DetachPrimaryEniNotAllowed"),
        (DELETE, "InvalidOperation.DetachPrimaryEniNotAllowed"),
    ],
)
def test_a_primary_interface_stays_with_its_instance(scene, action, code):
    instance = scene.instance()
    more = {} if action == DELETE else {"InstanceId": instance.id}
    assert outcome(scene, action, NetworkInterfaceId=scene.primary(instance), **more) == code


def test_a_primary_interface_is_shown_in_use_from_the_start(scene):
    instance = scene.booting()
    shown = scene.show(scene.primary(instance))
    assert (shown["Type"], shown["Status"], shown["InstanceId"]) == ("Primary", "InUse", instance.id)
    assert shown["Attachment"]["DeviceIndex"] == 0


@pytest.mark.parametrize(
    ("wish", "status"), [(None, None), ("true", None), ("false", "Available"), (False, "Available")]
)
def test_an_interface_goes_with_its_instance_unless_told_to_stay(scene, wish, status):
    instance = scene.instance()
    eni = scene.attached(scene.interface(DeleteOnRelease=wish), instance)
    before = scene.show(eni)
    scene.delete(instance)
    after = scene.show(eni)
    assert after.get("Status") == status
    if status is not None:
        kept = ("PrivateIpAddress", "SecurityGroupIds", "MacAddress", "Tags", "VSwitchId")
        assert [after[name] for name in kept] == [before[name] for name in kept]
        assert (after["InstanceId"], after["DeleteOnRelease"]) == ("", False)
    assert listed(scene, Type="Primary") == []


def test_what_is_deleted_gives_its_address_back(scene):
    eni = scene.interface(PrimaryIpAddress="10.0.0.9")
    scene.client.call(DELETE, NetworkInterfaceId=eni)
    taken = scene.creating(PrimaryIpAddress="10.0.0.9")
    assert outcome(scene, CREATE, **taken) == "InvalidPrivateIpAddress.Duplicated"
    scene.wait()
    assert outcome(scene, CREATE, **taken) == "OK"


# -- what is shown ---------------------------------------------------------------------------------------

TEXT, TRUTH, NUMBER = "str", "bool", "int"
PUBLIC_IP = {"AllocationId": TEXT, "PublicIpAddress": TEXT}
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
    "Attachment": {"DeviceIndex": NUMBER, "InstanceId": TEXT, "TrunkNetworkInterfaceId": TEXT},
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
    "Attachment": {
        **LISTED["Attachment"],
        "MemberNetworkInterfaceIds": {"MemberNetworkInterfaceId": []},
    },
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


def test_every_documented_field_is_there_and_of_its_type(scene):
    created = scene.client.call(CREATE, **scene.creating())
    assert shape(created) == CREATED
    eni = created["NetworkInterfaceId"]
    assert shape(scene.show(eni)) == LISTED
    assert shape(scene.client.call(ATTRIBUTE, NetworkInterfaceId=eni)) == SHOWN


def test_every_list_is_wrapped_and_of_its_type_when_it_is_filled(scene):
    good = scene.creating_ipv6(
        Ipv6AddressCount=1, Ipv4PrefixCount=1, Ipv6PrefixCount=1, Tag=[{"Key": "a", "Value": "b"}]
    )
    eni = scene.interface(**good, QueueNumber=2)
    for shown in (scene.show(eni), scene.client.call(ATTRIBUTE, NetworkInterfaceId=eni)):
        assert shape(shown["Ipv4PrefixSets"]) == {"Ipv4PrefixSet": [{"Ipv4Prefix": TEXT}]}
        assert shape(shown["Ipv6PrefixSets"]) == {"Ipv6PrefixSet": [{"Ipv6Prefix": TEXT}]}
        assert shape(shown["Ipv6Sets"]) == {"Ipv6Set": [{"Ipv6Address": TEXT, "Primary": TRUTH}]}
        assert shown["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}
        assert shown["QueueNumber"] == 2


def test_the_answers_of_attach_detach_and_delete_hold_a_request_id_and_nothing_else(scene):
    both = {"NetworkInterfaceId": scene.interface(), "InstanceId": scene.instance().id}
    for action, params in (
        (ATTACH, both),
        (DETACH, both),
        (DELETE, {"NetworkInterfaceId": both["NetworkInterfaceId"]}),
    ):
        assert set(scene.client.call(action, **params)) == {"RequestId"}
        scene.wait()


def test_what_was_asked_for_is_what_is_shown(scene):
    group = scene.new_group()
    eni = scene.interface(
        SecurityGroupId=None,
        SecurityGroupIds=[scene.group.id, group.id],
        NetworkInterfaceName="eni-web:1",
        Description="of the web",
        PrimaryIpAddress="10.0.0.9",
        PrivateIpAddress=["10.0.0.20", "10.0.0.10"],
        ResourceGroupId="rg-web",
        SourceDestCheck="true",
        ConnectionTrackingConfiguration={"UdpTimeout": 60},
        Tag=[{"Key": "team", "Value": "web"}, {"Key": "empty", "Value": ""}],
    )
    shown = scene.client.call(ATTRIBUTE, NetworkInterfaceId=eni)
    expected = {
        "NetworkInterfaceName": "eni-web:1",
        "Description": "of the web",
        "PrivateIpAddress": "10.0.0.9",
        "ResourceGroupId": "rg-web",
        "SourceDestCheck": True,
        "SecurityGroupIds": {"SecurityGroupId": [scene.group.id, group.id]},
        "Tags": {"Tag": [{"TagKey": "team", "TagValue": "web"}, {"TagKey": "empty", "TagValue": ""}]},
        "VpcId": scene.network.id,
        "VSwitchId": scene.subnet.id,
        "ZoneId": scene.subnet.zone,
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


def test_unset_names_are_empty_texts(scene):
    shown = scene.show(scene.interface())
    assert (shown["NetworkInterfaceName"], shown["Description"], shown["ResourceGroupId"]) == ("", "", "")


def test_an_address_is_drawn_from_what_is_free_and_not_reserved(scene):
    small = scene.new_subnet(block="10.0.1.0/29")
    drawn = {scene.show(scene.interface(VSwitchId=small.id))["PrivateIpAddress"] for _ in range(4)}
    assert drawn == {f"10.0.1.{n}" for n in (1, 2, 3, 4)}


def test_prefixes_are_whole_blocks_of_the_vswitch(scene):
    good = scene.creating_ipv6(Ipv4Prefix=["10.0.0.32/28"], Ipv6PrefixCount=2, Ipv6AddressCount=3)
    shown = scene.show(scene.interface(**good))
    assert shown["Ipv4PrefixSets"]["Ipv4PrefixSet"] == [{"Ipv4Prefix": "10.0.0.32/28"}]
    prefixes = [each["Ipv6Prefix"] for each in shown["Ipv6PrefixSets"]["Ipv6PrefixSet"]]
    assert len(set(prefixes)) == 2
    assert all(prefix.endswith("/80") for prefix in prefixes)
    assert len(shown["Ipv6Sets"]["Ipv6Set"]) == 3


@pytest.mark.parametrize(("wish", "primary"), [(None, [False, False]), ("true", [True, False])])
def test_the_first_ipv6_address_is_primary_where_that_is_wished(scene, wish, primary):
    good = scene.creating_ipv6(Ipv6AddressCount=2, EnablePrimaryIPv6=wish)
    shown = scene.show(scene.interface(**good))
    assert [each["Primary"] for each in shown["Ipv6Sets"]["Ipv6Set"]] == primary


def test_queue_numbers_are_those_of_the_type_once_in_use_unless_set(scene):
    instance = scene.instance()
    plain, wished = scene.interface(), scene.interface(QueueNumber=1)
    assert "QueueNumber" not in scene.show(plain)
    assert scene.show(wished)["QueueNumber"] == 1
    for eni in (plain, wished):
        scene.attached(eni, instance)
    assert [scene.show(eni)["QueueNumber"] for eni in (plain, wished)] == [2, 1]


@pytest.mark.parametrize("grouped", [False, True])
def test_traffic_parameters_are_taken_flat_or_grouped_but_not_both(scene, grouped):
    traffic = {"NetworkInterfaceTrafficMode": "HighPerformance", "QueuePairNumber": 4}
    eni = scene.interface(**({"NetworkInterfaceTrafficConfig": traffic} if grouped else traffic))
    shown = scene.client.call(ATTRIBUTE, NetworkInterfaceId=eni)
    assert shown["NetworkInterfaceTrafficConfig"] == traffic
    assert shown["NetworkInterfaceTrafficMode"] == "HighPerformance"
    both = scene.creating(NetworkInterfaceTrafficConfig=traffic, QueueNumber=1)
    assert outcome(scene, CREATE, **both) == "InvalidParameter.Conflict"


def test_a_trunk_shows_its_members_and_a_member_its_trunk(scene):
    instance = scene.instance()
    trunk = scene.attached(scene.interface(InstanceType="Trunk"), instance)
    member = scene.interface()
    both = {"NetworkInterfaceId": member, "InstanceId": instance.id, "TrunkNetworkInstanceId": trunk}
    scene.client.call(ATTACH, **both)
    scene.wait()
    shown = scene.show(member)
    assert (shown["Type"], shown["Status"], shown["InstanceId"]) == ("Member", "InUse", "")
    assert shown["Attachment"]["TrunkNetworkInterfaceId"] == trunk
    assert shown["Attachment"]["InstanceId"] == instance.id
    shown = scene.client.call(ATTRIBUTE, NetworkInterfaceId=trunk)
    assert shown["Type"] == "Trunk"
    assert shown["Attachment"]["MemberNetworkInterfaceIds"] == {"MemberNetworkInterfaceId": [member]}
    of_trunk = {"NetworkInterfaceId": trunk, "InstanceId": instance.id}
    assert outcome(scene, DETACH, **of_trunk) == "InvalidOperation.HasMemberEniAttached"
    scene.client.call(DETACH, **both)
    scene.wait()
    assert scene.show(member)["Type"] == "Secondary"


def test_the_network_card_is_shown_when_it_was_named():
    cards = {"cpu": 8, "memory_gib": 8, "interfaces": 8, "ipv4_per_interface": 8, "network_cards": 2}
    scene = Scene(instance_types={"ecs.cards.large": cards})
    instance = scene.instance(scene.subnet, "ecs.cards.large")
    eni = scene.interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}
    assert outcome(scene, ATTACH, **both, NetworkCardIndex=2) == "InvalidParameter.NetworkCardIndexInvalid"
    scene.client.call(ATTACH, **both, NetworkCardIndex=1)
    assert scene.show(eni)["Attachment"]["NetworkCardIndex"] == 1


def test_parameters_that_the_vendor_ignores_change_nothing(scene):
    eni = scene.interface(BusinessType="x", Visible="true")
    both = {"NetworkInterfaceId": eni, "InstanceId": scene.instance().id}
    assert outcome(scene, ATTACH, **both, WaitForNetworkConfigurationReady="true") == "OK"


@pytest.mark.parametrize("style", ["get", "query", "form", "acs3"])
def test_a_request_means_the_same_in_every_style(scene, style):
    good = scene.creating(Tag=[{"Key": "a", "Value": "b"}], PrivateIpAddress=["10.0.0.9", "10.0.0.10"])
    created = scene.client.call(CREATE, style=style, **good)
    assert len(created["PrivateIpSets"]["PrivateIpSet"]) == 3
    assert created["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}


def test_an_answer_in_xml_holds_the_same_as_in_json(scene):
    eni = scene.interface(Tag=[{"Key": "a", "Value": "b"}])
    root = scene.client.call_xml(DESCRIBE, NetworkInterfaceId=[eni])
    assert root.tag == "DescribeNetworkInterfacesResponse"
    found = root.find("NetworkInterfaceSets/NetworkInterfaceSet")
    shown = scene.show(eni)
    assert {element.tag for element in found} == set(shown)
    for path, value in (
        ("Status", "Available"),
        ("ServiceManaged", "false"),
        ("PrivateIpSets/PrivateIpSet/PrivateIpAddress", shown["PrivateIpAddress"]),
        ("Tags/Tag/TagKey", "a"),
    ):
        assert found.findtext(path) == value


# -- the edges of every parameter ------------------------------------------------------------------------

INVALID, CONFLICT = "InvalidParameter", "InvalidParameter.Conflict"
NAME, KEY = "InvalidParams.NetworkInterfaceName", "InvalidTagKey.Malformed"
VALUE, TRACKING = "InvalidTagValue.Malformed", "InvalidParameter.EniConnectionTrackingConfiguration"
QUEUES, SIZE = "InvalidParameter.InvalidEniQueueNumber", "InvalidParameter.EniQueueSize"


def tracking(**seconds: int) -> dict[str, Any]:
    return {"ConnectionTrackingConfiguration": seconds}


def tag(key: str, value: str = "v") -> dict[str, Any]:
    return {"Tag": [{"Key": key, "Value": value}]}


def queue_size(receive: int, send: int) -> dict[str, Any]:
    return {"RxQueueSize": receive, "TxQueueSize": send}


def many(count: int) -> dict[str, Any]:
    return {"Tag": [{"Key": f"k{number}", "Value": "v"} for number in range(count)]}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"NetworkInterfaceName": "ab"}, "OK"),
        ({"NetworkInterfaceName": "a"}, NAME),
        ({"NetworkInterfaceName": "a" * 128}, "OK"),
        ({"NetworkInterfaceName": "a" * 129}, NAME),
        ({"NetworkInterfaceName": "a1:_-.z"}, "OK"),
        ({"NetworkInterfaceName": "\u7f51\u5361\u4e00"}, "OK"),
        ({"NetworkInterfaceName": "\u00c5ngstr\u00f6m"}, "OK"),
        ({"NetworkInterfaceName": "http-proxy"}, "OK"),
        ({"NetworkInterfaceName": "http://a"}, NAME),
        ({"NetworkInterfaceName": "https://a"}, NAME),
        ({"NetworkInterfaceName": "1a"}, NAME),
        ({"NetworkInterfaceName": "_a"}, NAME),
        ({"NetworkInterfaceName": "a b"}, NAME),
        ({"NetworkInterfaceName": "a/b"}, NAME),
        ({"Description": "ab"}, "OK"),
        ({"Description": "a"}, INVALID),
        ({"Description": "d" * 256}, "OK"),
        ({"Description": "d" * 257}, INVALID),
        ({"Description": "1: any sign & \u5b57, even\nlines, see http://a"}, "OK"),
        ({"Description": "http://a"}, INVALID),
        ({"Description": "https://a"}, INVALID),
        ({"ClientToken": "t" * 64}, "OK"),
        ({"ClientToken": "t" * 65}, INVALID),
        ({"ClientToken": "\u6807\u8bb0"}, INVALID),
        (tag("k" * 128), "OK"),
        (tag("k" * 129), KEY),
        (tag("aliyun.com"), KEY),
        (tag("acs:a"), KEY),
        (tag("my-aliyun"), "OK"),
        (tag("see http://a"), KEY),
        (tag("see https://a"), KEY),
        (tag("a", "v" * 128), "OK"),
        (tag("a", "v" * 129), VALUE),
        (tag("a", "aliyun.com"), VALUE),
        (tag("a", "acs:a"), VALUE),
        (tag("a", "see http://a"), VALUE),
        (tag("\u952e", "\u503c"), "OK"),
        (many(20), "OK"),
        (many(21), "QuotaExceed.Tags"),
        (many(101), "QuotaExceed.Tags"),
        ({"SecondaryPrivateIpAddressCount": 1}, "OK"),
        ({"SecondaryPrivateIpAddressCount": 0}, INVALID),
        ({"SecondaryPrivateIpAddressCount": -1}, INVALID),
        ({"SecondaryPrivateIpAddressCount": 49}, "OK"),
        ({"SecondaryPrivateIpAddressCount": 50}, "MaxEniPrivateIpsCountExceeded"),
        ({"SecondaryPrivateIpAddressCount": 1001}, "MaxEniPrivateIpsCountExceeded"),
        ({"PrivateIpAddress": [f"10.0.0.{n}" for n in range(1, 50)]}, "OK"),
        ({"PrivateIpAddress": [f"10.0.0.{n}" for n in range(1, 51)]}, "MaxEniPrivateIpsCountExceeded"),
        ({"PrimaryIpAddress": "10.0.0.1"}, "OK"),
        ({"PrimaryIpAddress": "10.0.0.0"}, "InvalidVSwitchId.IpInvalid"),
        ({"PrimaryIpAddress": "10.0.0.252"}, "OK"),
        ({"PrimaryIpAddress": "10.0.0.253"}, "InvalidVSwitchId.IpInvalid"),
        ({"PrimaryIpAddress": "010.0.0.9"}, "InvalidVSwitchId.IpInvalid"),
        ({"PrimaryIpAddress": "10.0.0.9/24"}, "InvalidVSwitchId.IpInvalid"),
        ({"Ipv4PrefixCount": 1}, "OK"),
        ({"Ipv4PrefixCount": 0}, INVALID),
        ({"Ipv4PrefixCount": 10}, "OK"),
        ({"Ipv4PrefixCount": 11}, INVALID),
        ({"Ipv6AddressCount": 10}, "OK"),
        ({"Ipv6AddressCount": 0}, INVALID),
        ({"Ipv6AddressCount": 11}, INVALID),
        ({"Ipv6Address": ["2001:db8::9"] * 11}, INVALID),
        ({"Ipv6PrefixCount": 10}, "OK"),
        ({"Ipv6PrefixCount": 11}, INVALID),
        ({"Ipv4Prefix": ["10.0.0.32/28"], "Ipv4PrefixCount": 1}, CONFLICT),
        ({"Ipv6Address": ["2001:db8::9"], "Ipv6AddressCount": 1}, CONFLICT),
        ({"Ipv6Prefix": ["2001:db8::/80"], "Ipv6PrefixCount": 1}, CONFLICT),
        ({"PrivateIpAddress": ["10.0.0.9"], "SecondaryPrivateIpAddressCount": 1}, CONFLICT),
        ({"SecurityGroupIds": ["sg-1"]}, CONFLICT),
        ({"QueueNumber": 1}, "OK"),
        ({"QueueNumber": 0}, QUEUES),
        ({"QueueNumber": 2048}, "OK"),
        ({"QueueNumber": 2049}, QUEUES),
        ({"QueueNumber": "two"}, INVALID),
        (queue_size(8192, 8192), "OK"),
        (queue_size(16384, 16384), "OK"),
        (queue_size(4096, 4096), SIZE),
        (queue_size(32768, 32768), SIZE),
        (queue_size(10000, 10000), SIZE),
        ({"TxQueueSize": 8192}, SIZE),
        (tracking(TcpClosedAndTimeWaitTimeout=3), "OK"),
        (tracking(TcpClosedAndTimeWaitTimeout=2), TRACKING),
        (tracking(TcpClosedAndTimeWaitTimeout=15), "OK"),
        (tracking(TcpClosedAndTimeWaitTimeout=16), TRACKING),
        (tracking(TcpEstablishedTimeout=910), "OK"),
        (tracking(TcpEstablishedTimeout=31), TRACKING),
        (tracking(UdpTimeout=10), "OK"),
        (tracking(UdpTimeout=110), TRACKING),
        ({"NetworkInterfaceTrafficMode": "Standard"}, "OK"),
        ({"NetworkInterfaceTrafficMode": "Fast"}, "InvalidParameter.EniTrafficMode"),
        ({"NetworkInterfaceTrafficMode": "Standard", "QueuePairNumber": 1},
         "InvalidParameter.QueuePairNumberMustEmpty"),
        ({"InstanceType": "Secondary"}, "OK"),
        ({"InstanceType": "Member"}, INVALID),
        ({"DeleteOnRelease": "TRUE"}, "OK"),
        ({"DeleteOnRelease": "yes"}, INVALID),
        ({"ResourceGroupId": "rg-a1"}, "OK"),
        ({"ResourceGroupId": "a1"}, "InvalidResourceGroup.NotFound"),
        ({"EnhancedNetwork": {"EnableSriov": "true", "VirtualFunctionQuantity": 4}}, "OK"),
        ({"EnhancedNetwork": {"EnableSriov": "some"}}, INVALID),
        ({"EnhancedNetwork": {"Colour": "red"}}, "UnsupportedParameter"),
        ({"EnhancedNetwork": "all"}, INVALID),
        ({"Tag": "a"}, INVALID),
        ({"Tag": {"one": {"Key": "a"}}}, INVALID),
        ({"PrivateIpAddress": [["10.0.0.9"]]}, INVALID),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_what_is_at_the_edge_is_taken_and_what_is_past_it_refused(scene, params, expected):
    good = scene.creating_ipv6() if any(name.startswith("Ipv6") for name in params) else scene.creating()
    assert outcome(scene, CREATE, **{**good, **params}) == expected


# -- tokens ----------------------------------------------------------------------------------------------


def without_request_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "RequestId"}


def test_a_token_gives_the_same_answer_again_and_one_interface(scene):
    good = scene.creating(ClientToken="once", SecondaryPrivateIpAddressCount=2)
    first, again = scene.client.call(CREATE, **good), scene.new_client().call(CREATE, **good)
    assert without_request_id(again) == without_request_id(first)
    assert again["RequestId"] != first["RequestId"]
    assert listed(scene) == [first["NetworkInterfaceId"]]


def test_a_token_gives_the_first_answer_even_when_the_interface_has_changed_or_gone(scene):
    good = scene.creating(ClientToken="once")
    first = scene.client.call(CREATE, **good)
    eni = scene.attached(first["NetworkInterfaceId"], scene.instance())
    again = scene.client.call(CREATE, **good)
    assert without_request_id(again) == without_request_id(first)
    assert scene.show(eni)["Status"] == "InUse"


@pytest.mark.parametrize(
    ("first", "second"),
    [("once", "Once"), ("once", "twice"), (None, None), ("", "")],
)
def test_other_tokens_and_none_make_other_interfaces(scene, first, second):
    made = {scene.interface(ClientToken=first), scene.interface(ClientToken=second)}
    assert len(made) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"NetworkInterfaceName": "other"},
        {"PrimaryIpAddress": "10.0.0.9"},
        {"Tag": [{"Key": "a", "Value": "b"}]},
        {"DeleteOnRelease": "false"},
    ],
)
def test_a_token_with_other_parameters_is_refused(scene, change):
    scene.interface(ClientToken="once")
    changed = scene.creating(ClientToken="once", **change)
    assert outcome(scene, CREATE, **changed) == "IdempotentParameterMismatch"


def test_a_token_is_forgotten_after_a_day(scene):
    first = scene.interface(ClientToken="once")
    scene.emulator.advance(DAY - 1)
    assert scene.interface(ClientToken="once") == first
    scene.emulator.advance(1)
    assert scene.interface(ClientToken="once") != first


@pytest.mark.parametrize("who", [{"key": "AKOTHER"}, {"region": "cn-beijing"}])
def test_a_token_counts_for_one_account_and_region(scene, who):
    first = scene.interface(ClientToken="once")
    scene.client = scene.new_client(**who)
    scene.network = scene.new_network()
    scene.subnet = scene.new_subnet()
    scene.group = scene.new_group()
    assert scene.interface(ClientToken="once") != first


def test_the_token_of_a_refused_request_has_failed_even_when_the_cause_is_gone(scene):
    eni = scene.interface(PrimaryIpAddress="10.0.0.9")
    wish = scene.creating(PrimaryIpAddress="10.0.0.9", ClientToken="once")
    with pytest.raises(ApiError):
        scene.client.call(CREATE, **wish)
    scene.client.call(DELETE, NetworkInterfaceId=eni)
    scene.wait()
    assert outcome(scene, CREATE, **wish) == "IdempotentFailed"
    assert outcome(scene, CREATE, **{**wish, "ClientToken": "anew"}) == "OK"


def test_where_no_code_says_that_a_token_has_failed_the_refusal_is_repeated(scene):
    wish = {"VpcId": "vpc-bp1absent", "ClientToken": "once"}
    for _ in range(2):
        with pytest.raises(ApiError) as refusal:
            scene.client.call("CreateSecurityGroup", **wish)
        assert (refusal.value.code, refusal.value.status) == ("InvalidVpcId.NotFound", 404)


def test_a_refusal_that_asks_to_wait_is_not_repeated(scene):
    subnet = scene.do(scene.a_subnet(block="10.0.1.0/24"))
    wish = scene.creating(VSwitchId=subnet.id, ClientToken="once")
    assert outcome(scene, CREATE, **wish) == "IncorrectVSwitchStatus"
    scene.wait()
    assert outcome(scene, CREATE, **wish) == "OK"


@pytest.mark.parametrize("action", [ATTACH, DETACH, DELETE])
def test_the_other_actions_take_no_token(scene, action):
    params = {"NetworkInterfaceId": scene.interface(), "ClientToken": "once"}
    if action != DELETE:
        params["InstanceId"] = scene.instance().id
    assert outcome(scene, action, **params) == "UnsupportedParameter"


# -- describing ------------------------------------------------------------------------------------------


@attrs.frozen
class Town:
    """Five interfaces that differ in everything a criterion can name."""

    scene: Scene
    names: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.names[name]


@pytest.fixture(scope="module")
def town():
    scene = Scene()
    subnet = scene.ipv6_subnet()
    other = scene.new_group(subnet)
    instance = scene.instance()
    web = [{"Key": "team", "Value": "web"}]
    names = {
        "instance": instance.id,
        "primary": scene.primary(instance),
        "attached": scene.attached(
            scene.interface(PrimaryIpAddress="10.0.0.9", NetworkInterfaceName="first", Tag=web), instance
        ),
        "six": scene.interface(
            VSwitchId=subnet.id,
            SecurityGroupId=other.id,
            Ipv6Address=[str(subnet.ipv6_block[0x99])],
            Tag=[*web, {"Key": "tier", "Value": "front"}],
        ),
        "trunk": scene.interface(
            InstanceType="Trunk", ResourceGroupId="rg-1", PrivateIpAddress=["10.0.0.20"]
        ),
        "managed": scene.managed_interface(),
        "vpc": scene.network.id,
        "vswitch": scene.subnet.id,
        "group": scene.group.id,
        "other vpc": subnet.network_id,
        "other vswitch": subnet.id,
        "other group": other.id,
        "ipv6": str(subnet.ipv6_block[0x99]),
    }
    return Town(scene, names)


EVERY = ["managed", "trunk", "six", "attached", "primary"]


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({}, EVERY),
        ({"VpcId": "vpc"}, ["managed", "trunk", "attached", "primary"]),
        ({"VpcId": "other vpc"}, ["six"]),
        ({"VSwitchId": "vswitch"}, ["managed", "trunk", "attached", "primary"]),
        ({"VSwitchId": "other vswitch"}, ["six"]),
        ({"VSwitchId": "vsw-absent"}, []),
        ({"SecurityGroupId": "group"}, ["managed", "trunk", "attached"]),
        ({"SecurityGroupId": "other group"}, ["six"]),
        ({"InstanceId": "instance"}, ["attached", "primary"]),
        ({"InstanceId": "i-absent"}, []),
        ({"NetworkInterfaceId": ["six", "trunk"]}, ["trunk", "six"]),
        ({"NetworkInterfaceId": ["six", "eni-absent"]}, ["six"]),
        ({"NetworkInterfaceId": ["eni-absent"]}, []),
        ({"NetworkInterfaceName": "first"}, ["attached"]),
        ({"NetworkInterfaceName": "fir"}, []),
        ({"PrimaryIpAddress": "10.0.0.9"}, ["attached"]),
        ({"PrimaryIpAddress": "10.0.0.20"}, []),
        ({"PrivateIpAddress": ["10.0.0.20"]}, ["trunk"]),
        ({"PrivateIpAddress": ["10.0.0.20", "10.0.0.9", "10.0.0.77"]}, ["trunk", "attached"]),
        ({"PrivateIpAddress": ["here"]}, []),
        ({"Ipv6Address": ["ipv6"]}, ["six"]),
        ({"Ipv6Address": ["2001:db8::9"]}, []),
        ({"ResourceGroupId": "rg-1"}, ["trunk"]),
        ({"ServiceManaged": "true"}, ["managed"]),
        ({"ServiceManaged": False}, ["trunk", "six", "attached", "primary"]),
        ({"Status": "Available"}, ["managed", "trunk", "six"]),
        ({"Status": "InUse"}, ["attached", "primary"]),
        ({"Status": "Deleting"}, []),
        ({"Type": "Primary"}, ["primary"]),
        ({"Type": "Secondary"}, ["managed", "six", "attached"]),
        ({"Type": "Trunk"}, ["trunk"]),
        ({"Tag": [{"Key": "team"}]}, ["six", "attached"]),
        ({"Tag": [{"Key": "team", "Value": "web"}]}, ["six", "attached"]),
        ({"Tag": [{"Key": "team", "Value": "db"}]}, []),
        ({"Tag": [{"Key": "team", "Value": "web"}, {"Key": "tier"}]}, ["six"]),
        ({"InstanceId": "instance", "Type": "Secondary"}, ["attached"]),
        ({"VpcId": "vpc", "Status": "Available", "Tag": [{"Key": "team"}]}, []),
        ({"Status": ""}, EVERY),
    ],
    ids=str,
)
def test_each_criterion_finds_what_it_names_newest_first(town, criteria, found):
    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(each) for each in value]
        return town.names.get(value, value) if isinstance(value, str) else value

    asked = {name: resolve(value) for name, value in criteria.items()}
    assert listed(town.scene, **asked) == [town[name] for name in found]


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ({"Status": "Ready"}, INVALID),
        ({"Type": "Bond"}, INVALID),
        ({"PageNumber": 0}, "InvalidOperation.InvalidEniPageNumber"),
        ({"PageSize": 0}, "InvalidOperation.InvalidEniPageNumber"),
        ({"PageSize": 1001}, "InvalidOperation.InvalidEniPageNumber"),
        ({"PageSize": "all"}, INVALID),
        ({"MaxResults": "all"}, INVALID),
        ({"NextToken": "there"}, INVALID),
        ({"NetworkInterfaceId": ["eni_1"]}, INVALID),
        ({"NetworkInterfaceId": [f"eni-{n}" for n in range(101)]}, INVALID),
        ({"PrivateIpAddress": ["10.0.0.9"] * 101}, INVALID),
        ({"Tag": [{"Key": "k" * 129}]}, INVALID),
        ({"Tag": [{"Value": "v"}]}, INVALID),
        ({"RegionId": None}, "MissingParameter"),
        ({"Zone": "cn-hangzhou-h"}, "UnsupportedParameter"),
    ],
    ids=str,
)
def test_a_criterion_that_cannot_be_read_is_refused(town, criteria, code):
    assert outcome(town.scene, DESCRIBE, **criteria) == code


@pytest.fixture(scope="module")
def crowd():
    """Twenty-five interfaces, newest first."""
    scene = Scene()
    return scene, [scene.interface() for _ in range(25)][::-1]


def page(scene: Scene, **params: Any) -> tuple[list[str], dict[str, Any]]:
    answer = scene.client.call(DESCRIBE, **params)
    sets = answer.pop("NetworkInterfaceSets")["NetworkInterfaceSet"]
    del answer["RequestId"]
    return [each["NetworkInterfaceId"] for each in sets], answer


@pytest.mark.parametrize(
    ("asked", "number", "size", "found"),
    [
        ({}, 1, 10, slice(0, 10)),
        ({"PageNumber": 3}, 3, 10, slice(20, 25)),
        ({"PageSize": 1000}, 1, 1000, slice(0, 25)),
        ({"PageNumber": 2, "PageSize": 20}, 2, 20, slice(20, 25)),
        ({"PageNumber": 4}, 4, 10, slice(25, 25)),
        ({"PageNumber": 1000000, "PageSize": 1000}, 1000000, 1000, slice(25, 25)),
    ],
)
def test_numbered_pages_echo_their_number_and_size_and_end_in_an_empty_one(
    crowd, asked, number, size, found
):
    scene, every = crowd
    ids, rest = page(scene, **asked)
    assert ids == every[found]
    assert rest == {"PageNumber": number, "PageSize": size, "TotalCount": 25, "NextToken": ""}


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"MaxResults": 10}, 10),
        ({"MaxResults": 1}, 10),
        ({"MaxResults": 12}, 12),
        ({"MaxResults": 501}, 500),
    ],
)
def test_pages_by_token_hold_everything_once_and_the_last_has_no_token(crowd, asked, size):
    scene, every = crowd
    found, rest = page(scene, **asked)
    while rest["NextToken"]:
        assert rest["PageSize"] == size
        ids, rest = page(scene, NextToken=rest["NextToken"], **asked)
        found += ids
    assert found == every
    assert (rest["PageSize"], rest["TotalCount"], rest["NextToken"]) == (size, 25, "")


def test_a_token_wins_over_a_page_number(crowd):
    scene, every = crowd
    ids, _ = page(scene, MaxResults=10, PageNumber=2)
    assert ids == every[:10]


def test_pages_by_token_stay_in_step_while_interfaces_come_and_go():
    scene = Scene()
    every = [scene.interface() for _ in range(20)][::-1]
    ids, rest = page(scene, MaxResults=10)
    scene.interface()
    scene.client.call(DELETE, NetworkInterfaceId=every[3])
    scene.wait()
    more, rest = page(scene, MaxResults=10, NextToken=rest["NextToken"])
    assert ids + more == every
    assert rest["NextToken"] == ""


def test_an_account_or_region_does_not_see_another(scene):
    eni = scene.interface()
    for stranger in (scene.new_client(key="AKOTHER"), scene.new_client(region="cn-beijing")):
        assert stranger.call(DESCRIBE)["TotalCount"] == 0
        with pytest.raises(ApiError) as refused:
            stranger.call(ATTRIBUTE, NetworkInterfaceId=eni)
        assert refused.value.code == "InvalidEniId.NotFound"


# -- wrong input of every kind ---------------------------------------------------------------------------

ENI, INSTANCE = "eni-bp1absent", "i-bp1absent"
WRONG = [
    (ATTACH, {"InstanceId": None}, "MissingParameter"),
    (ATTACH, {"NetworkInterfaceId": "eni"}, "InvalidParams.EniId"),
    (ATTACH, {}, "InvalidEniId.NotFound"),
    (DETACH, {"NetworkInterfaceId": None}, "MissingParameter"),
    (DETACH, {"RegionId": None}, "MissingParameter"),
    (DETACH, {"NetworkInterfaceId": "nic-1"}, "InvalidParams.EniId"),
    (DETACH, {"InstanceId": "host"}, "InvalidInstanceID.Malformed"),
    (DETACH, {"TrunkNetworkInstanceId": "trunk"}, "InvalidParams.EniId"),
    (DETACH, {"Force": "true"}, "UnsupportedParameter"),
    (DETACH, {}, "InvalidEniId.NotFound"),
    (DELETE, {"InstanceId": None, "NetworkInterfaceId": None}, "MissingParameter"),
    (DELETE, {"InstanceId": None, "NetworkInterfaceId": "eni-" + "1" * 65}, "InvalidParams.EniId"),
    (DELETE, {}, "UnsupportedParameter"),
    (DELETE, {"InstanceId": None}, "InvalidEniId.NotFound"),
    (DELETE, {"InstanceId": None, "NetworkInterfaceId": ["a", "b"]}, INVALID),
    (ATTRIBUTE, {"InstanceId": None, "NetworkInterfaceId": None}, "MissingParameter"),
    (ATTRIBUTE, {"InstanceId": None, "NetworkInterfaceId": "eni"}, INVALID),
    (ATTRIBUTE, {"InstanceId": None}, "InvalidEniId.NotFound"),
    (ATTRIBUTE, {}, "UnsupportedParameter"),
    (ATTACH, {"RegionId": "mars"}, "InvalidRegionId.NotFound"),
    ("EatNetworkInterface", {}, "InvalidAction.NotFound"),
]


@pytest.mark.parametrize(("action", "changes", "code"), WRONG, ids=[f"{w[0]}-{w[2]}" for w in WRONG])
def test_wrong_input_is_refused_with_the_vendors_code_and_leaves_no_trace(scene, action, changes, code):
    params = {"NetworkInterfaceId": ENI, "InstanceId": INSTANCE, **changes}
    assert outcome(scene, action, **params) == code


@pytest.mark.parametrize("name", ["InstanceId", "TrunkNetworkInstanceId", "NetworkInterfaceId"])
def test_what_does_not_exist_is_not_found_with_status_404(scene, name):
    good = scene.attaching(scene.interface(), scene.instance())
    outcome(scene, ATTACH, **{**good, name: INSTANCE if name == "InstanceId" else ENI})
    assert scene.client.last.status == 404


@pytest.mark.parametrize("action", [DETACH, DELETE])
def test_a_managed_interface_is_not_the_callers_to_touch(scene, action):
    more = {} if action == DELETE else {"InstanceId": scene.instance().id}
    eni = scene.managed_interface()
    assert outcome(scene, action, NetworkInterfaceId=eni, **more) == "InvalidOperation.EniServiceManaged"


def test_an_instance_that_must_be_stopped_first_gives_nothing_back_while_running(scene):
    instance = scene.stopped(scene.subnet, "ecs.t5-lc1m2.small")
    both = {"NetworkInterfaceId": scene.attached(scene.interface(), instance), "InstanceId": instance.id}
    scene.settled(StartInstances((instance.id,)))
    assert outcome(scene, DETACH, **both) == "InvalidOperation.HotPlugNotSupport"
    scene.settled(StopInstances((instance.id,)))
    assert outcome(scene, DETACH, **both) == "OK"


GET = {"Action": CREATE, "Version": "2014-05-26", "Format": "JSON", "AccessKeyId": "AKTEST"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
ACS3 = {
    "x-acs-action": CREATE,
    "x-acs-version": "2014-05-26",
    "x-acs-signature-nonce": "n",
    "authorization": "ACS3-HMAC-SHA256 Credential=AKTEST,SignedHeaders=host,Signature=0",
}
QUERY = "&".join(f"{name}={value}" for name, value in GET.items()).encode()


def sent(method: str, query: bytes, headers: dict[str, str], body: bytes = b"") -> HttpRequest:
    return HttpRequest(method, "/", query, headers, body)


JSON = {**ACS3, "content-type": "application/json"}


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (sent("PUT", QUERY, {}), 403, "UnsupportedHTTPMethod"),
        (sent("DELETE", QUERY, {}), 403, "UnsupportedHTTPMethod"),
        (sent("GET", QUERY, {}), 400, "MissingParameter"),
        (sent("POST", QUERY, {}), 400, "MissingParameter"),
        (sent("POST", QUERY, FORM, b""), 400, "MissingParameter"),
        (sent("POST", QUERY, FORM, bytes(range(256))), 400, "InvalidParameter"),
        (sent("POST", QUERY, FORM, b"RegionId=%ff%fe"), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&RegionId=%C3%28", {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&a=1" * 6000, {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&Tag=1&Tag.1.Key=a", {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&" + b"a." * 50 + b"a=1", {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&RegionId=cn-hangzhou%00&VSwitchId=v&SecurityGroupId=s", {}), 404,
         "InvalidRegionId.NotFound"),
        (sent("POST", b"", ACS3), 400, "MissingParameter"),
        (sent("POST", b"", JSON, b"{"), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b"[]"), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b"\xff\xfe\x00"), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b"[" * 100_000), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b'{"RegionId": 1e999}'), 400, "MissingParameter"),
        (sent("GET", QUERY.replace(b"2014", b"2013"), {}), 400, "InvalidVersion"),
        (sent("GET", QUERY.replace(b"Version=2014-05-26", b""), {}), 400, "MissingVersion"),
        (sent("GET", QUERY.replace(b"Action=" + CREATE.encode(), b""), {}), 400, "MissingAction"),
        (sent("GET", QUERY.replace(CREATE.encode(), b"%F0%9F%90%9F"), {}), 404, "InvalidAction.NotFound"),
    ],
    ids=range(22),
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_the_vendors_shape(scene, request_, status, code):
    before = scene.dump()
    answer = scene.emulator.send(request_)
    if answer.headers["content-type"].startswith("application/json"):
        found = json.loads(answer.body)
    else:
        found = {"Code": answer.body.decode().partition("<Code>")[2].partition("<")[0]}
    assert (answer.status, found["Code"]) == (status, code)
    assert scene.dump() == before


def test_an_enterprise_group_alone_is_as_good_as_a_basic_one(scene):
    group = scene.new_group(kind=GroupKind.ENTERPRISE)
    instance = scene.instance(scene.subnet, "", group.id)
    eni = scene.interface(SecurityGroupId=group.id)
    assert outcome(scene, ATTACH, NetworkInterfaceId=eni, InstanceId=instance.id) == "OK"
