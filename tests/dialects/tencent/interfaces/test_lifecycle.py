"""The actions of Tencent Cloud on network interfaces and tasks, as two clients of one account see them."""

import json
from typing import Any

import attrs
import pytest
from tests.dialects.scenes import TencentScene as Scene
from tests.harness import ApiError

from duolect_core.instances.lifecycle import StopInstances
from duolect_dialects.exchange import HttpRequest
from duolect_dialects.tencent.dialect import TencentDialect

DAY = 24 * 3600 * 1000
"""Milliseconds."""
CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
DETACH, DELETE = "DetachNetworkInterface", "DeleteNetworkInterface"
DESCRIBE, TASK = "DescribeNetworkInterfaces", "DescribeVpcTaskResult"
DOCUMENTED = {
    name: TencentDialect().documents(TencentDialect().actions["2017-03-12", name])
    for name in (CREATE, ATTACH, DETACH, DELETE, DESCRIBE, TASK)
}
COMMON = {"MissingParameter", "UnknownParameter", "InvalidParameter", "InvalidAction"}


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
    assert error.status == 200
    assert scene.dump() == before
    if action in DOCUMENTED:
        assert error.code in COMMON or error.code in DOCUMENTED[action]
    return error.code


def listed(scene: Scene, **criteria: Any) -> list[str]:
    """Return the ids that a describe lists."""
    answer = scene.client.call(DESCRIBE, **criteria)
    found = [each["NetworkInterfaceId"] for each in answer["NetworkInterfaceSet"]]
    assert answer["TotalCount"] >= len(found)
    return found


def shape(value: Any) -> Any:
    """Return the types of an answer's fields; of a list, its members' one shape."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def task(scene: Scene, task_id: str) -> str:
    """Return how a second client sees a task stand."""
    return str(scene.new_client().call(TASK, TaskId=task_id)["Status"])


# -- a life ----------------------------------------------------------------------------------------------


def test_an_interface_and_its_tasks_are_seen_in_every_state_of_their_lives(scene):
    instance = scene.instance()
    created = scene.client.call(CREATE, **scene.creating())
    eni = created["NetworkInterface"]["NetworkInterfaceId"]
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}

    def seen() -> tuple[str, str, str | None]:
        shown = scene.show(eni)
        bond = shown["Attachment"]
        return shown["State"], shown["NetworkInterfaceState"], bond and bond["InstanceId"]

    assert created["NetworkInterface"] == scene.show(eni)
    for action, params, during, after in (
        (None, created, ("PENDING", "PENDING", None), ("AVAILABLE", "AVAILABLE", None)),
        (ATTACH, both, ("ATTACHING", "ATTACHING", None), ("AVAILABLE", "INUSE", instance.id)),
        (DETACH, both, ("DETACHING", "DETACHING", instance.id), ("AVAILABLE", "AVAILABLE", None)),
        (DELETE, {"NetworkInterfaceId": eni}, ("DELETING", "DELETING", None), None),
    ):
        answer = params if action is None else scene.client.call(action, **params)
        scene.emulator.advance(199)
        assert (seen(), task(scene, answer["RequestId"])) == (during, "RUNNING")
        scene.emulator.advance(1)
        assert task(scene, answer["RequestId"]) == "SUCCESS"
        if after is not None:
            assert seen() == after
    assert scene.show(eni) == {}
    assert outcome(scene, DELETE, NetworkInterfaceId=eni) == "ResourceNotFound"


def test_nothing_changes_because_somebody_looks(scene):
    eni = scene.pending()
    for _ in range(50):
        assert scene.show(eni)["State"] == "PENDING"


def test_addresses_are_pending_as_long_as_their_interface_is(scene):
    eni = scene.pending(SecondaryPrivateIpAddressCount=1)
    for state in ("PENDING", "AVAILABLE"):
        assert [each["State"] for each in scene.show(eni)["PrivateIpAddressSet"]] == [state] * 2
        scene.wait()


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_an_interface_comes_and_goes_while_the_instance_is_running_or_stopped(scene, state):
    instance = scene.instance() if state == "running" else scene.stopped()
    both = {"NetworkInterfaceId": scene.interface(), "InstanceId": instance.id}
    for action in (ATTACH, DETACH):
        scene.client.call(action, **both)
        scene.wait()
    assert scene.show(both["NetworkInterfaceId"])["Attachment"] is None


def test_a_stopped_instance_keeps_its_interfaces(scene):
    instance = scene.instance()
    eni = scene.attached(scene.interface(), instance)
    scene.settled(StopInstances((instance.id,)))
    assert scene.show(eni)["Attachment"]["InstanceId"] == instance.id


def in_state(scene: Scene, state: str) -> tuple[str, str]:
    """Return an interface in this state, and the instance that it is or could be attached to."""
    instance = scene.instance()
    eni = scene.pending() if state == "PENDING" else scene.interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}
    if state == "DELETING":
        scene.client.call(DELETE, NetworkInterfaceId=eni)
    elif state not in {"PENDING", "AVAILABLE"}:
        scene.client.call(ATTACH, **both)
        if state != "ATTACHING":
            scene.wait()
        if state == "DETACHING":
            scene.client.call(DETACH, **both)
    assert scene.show(eni)["NetworkInterfaceState"] == state
    return eni, instance.id


STATE = "UnsupportedOperation.InvalidState"


@pytest.mark.parametrize(
    ("state", "attach", "detach", "delete"),
    [
        ("PENDING", STATE, STATE, STATE),
        ("AVAILABLE", "OK", STATE, "OK"),
        ("ATTACHING", STATE, STATE, STATE),
        ("INUSE", "UnsupportedOperation.AttachmentAlreadyExists", "OK", STATE),
        ("DETACHING", STATE, STATE, STATE),
        ("DELETING", STATE, STATE, STATE),
    ],
)
def test_each_state_allows_what_it_allows(state, attach, detach, delete):
    for action, expected in ((ATTACH, attach), (DETACH, detach), (DELETE, delete)):
        scene = Scene()
        eni, instance_id = in_state(scene, state)
        more = {} if action == DELETE else {"InstanceId": instance_id}
        assert outcome(scene, action, NetworkInterfaceId=eni, **more) == expected


def test_detaching_from_another_instance_is_refused(scene):
    eni, _ = in_state(scene, "INUSE")
    assert outcome(scene, DETACH, NetworkInterfaceId=eni, InstanceId=scene.instance().id) == STATE


@pytest.mark.parametrize(
    ("action", "code"), [(ATTACH, "UnsupportedOperation"), (DETACH, STATE), (DELETE, STATE)]
)
def test_a_primary_interface_stays_with_its_instance(scene, action, code):
    instance = scene.instance()
    more = {} if action == DELETE else {"InstanceId": instance.id}
    assert outcome(scene, action, NetworkInterfaceId=scene.primary(instance), **more) == code


def test_a_primary_interface_is_there_from_the_start(scene):
    instance = scene.booting()
    shown = scene.show(scene.primary(instance))
    assert (shown["Primary"], shown["EniType"], shown["State"]) == (True, 1, "AVAILABLE")
    assert shown["NetworkInterfaceName"] == f"{instance.id} Primary ENI"
    assert (shown["Attachment"]["InstanceId"], shown["Attachment"]["DeviceIndex"]) == (instance.id, 0)


@pytest.mark.parametrize("wish", [True, "true"])
def test_a_protected_interface_is_not_deleted(scene, wish):
    eni = scene.interface(TerminationProtection=wish)
    assert outcome(scene, DELETE, NetworkInterfaceId=eni) == "UnsupportedOperation"


def test_a_secondary_interface_outlives_its_instance_and_the_primary_does_not(scene):
    instance = scene.instance()
    primary, eni = scene.primary(instance), scene.attached(scene.interface(), instance)
    before = scene.show(eni)
    scene.delete(instance)
    after = scene.show(eni)
    assert scene.show(primary) == {}
    assert (after["State"], after["Attachment"], after["ResourceId"]) == ("AVAILABLE", None, "")
    kept = ("PrivateIpAddressSet", "GroupSet", "MacAddress", "SubnetId", "TagSet")
    assert [after[name] for name in kept] == [before[name] for name in kept]


def test_an_attachment_that_is_overtaken_by_the_end_of_its_instance_fails():
    scene = Scene(durations={"delete_instance": 100})
    instance, eni = scene.instance(), scene.interface()
    task_id = scene.client.call(ATTACH, **scene.attaching(eni, instance))["RequestId"]
    scene.delete(instance)
    assert (scene.show(eni)["State"], scene.show(eni)["Attachment"]) == ("AVAILABLE", None)
    answer = scene.client.call(TASK, TaskId=task_id)
    assert answer["Status"] == "FAILED"
    assert instance.id in answer["Output"]


def test_what_is_deleted_gives_its_address_back(scene):
    wish = {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}
    eni = scene.interface(**wish)
    scene.client.call(DELETE, NetworkInterfaceId=eni)
    assert outcome(scene, CREATE, **scene.creating(**wish)) == "ResourceInUse"
    scene.wait()
    assert outcome(scene, CREATE, **scene.creating(**wish)) == "OK"


# -- tasks -----------------------------------------------------------------------------------------------


def test_a_task_is_named_by_the_request_that_began_it(scene):
    task_id = scene.client.call(CREATE, **scene.creating())["RequestId"]
    answer = scene.client.call(TASK, TaskId=task_id)
    assert (answer["Status"], answer["Output"], answer["Result"]) == ("RUNNING", "RUNNING", [])
    scene.wait()
    answer = scene.client.call(TASK, TaskId=task_id)
    assert answer.pop("RequestId") != task_id
    assert answer == {"Status": "SUCCESS", "Output": "SUCCESS", "Result": []}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"TaskId": "absent"}, "ResourceNotFound"),
        ({"TaskId": "11111111-2222-3333-4444-555555555555"}, "ResourceNotFound"),
        ({"TaskId": "t" * 129}, "InvalidParameterValue"),
        ({"TaskId": 7}, "InvalidParameter"),
        ({}, "MissingParameter"),
        ({"TaskId": "absent", "Limit": 1}, "UnknownParameter"),
    ],
    ids=str,
)
def test_a_task_that_is_not_there_is_not_found(scene, params, code):
    assert outcome(scene, TASK, **params) == code


def test_the_request_id_of_a_refusal_or_a_question_names_no_task(scene):
    with pytest.raises(ApiError) as refused:
        scene.client.call(DELETE, NetworkInterfaceId="eni-absent01")
    assert outcome(scene, TASK, TaskId=refused.value.body["RequestId"]) == "ResourceNotFound"
    asked = scene.client.call(DESCRIBE)["RequestId"]
    assert outcome(scene, TASK, TaskId=asked) == "ResourceNotFound"


def test_a_task_is_remembered_for_a_day(scene):
    task_id = scene.client.call(CREATE, **scene.creating())["RequestId"]
    scene.emulator.advance(DAY - 1)
    assert task(scene, task_id) == "SUCCESS"
    scene.emulator.advance(1)
    assert outcome(scene, TASK, TaskId=task_id) == "ResourceNotFound"


def test_a_task_is_the_business_of_its_account_and_region(scene):
    task_id = scene.client.call(CREATE, **scene.creating())["RequestId"]
    for stranger in (scene.new_client(key="AKIDOTHER"), scene.new_client(region="ap-beijing")):
        with pytest.raises(ApiError) as refused:
            stranger.call(TASK, TaskId=task_id)
        assert refused.value.code == "ResourceNotFound"


# -- what is shown ---------------------------------------------------------------------------------------

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
BOND = {"InstanceId": TEXT, "DeviceIndex": NUMBER, "InstanceAccountId": TEXT, "AttachTime": TEXT}


def test_every_documented_field_is_there_and_of_its_type(scene):
    created = scene.client.call(CREATE, **scene.creating())
    assert shape(created) == {"NetworkInterface": SHOWN, "RequestId": TEXT}
    answer = scene.client.call(DESCRIBE)
    assert shape(answer) == {"NetworkInterfaceSet": [SHOWN], "TotalCount": NUMBER, "RequestId": TEXT}
    assert answer["TotalCount"] == 1


def test_what_was_empty_is_of_its_type_when_it_is_filled(scene):
    good = scene.creating_ipv6(Ipv6AddressCount=1, Tags=[{"Key": "a", "Value": "b"}])
    eni = scene.interface(**good)
    subnet = scene.partition.graph.subnets[good["SubnetId"]]
    scene.attached(eni, scene.instance(subnet))
    shown = scene.show(eni)
    assert shape(shown["Ipv6AddressSet"]) == shape(shown["Ipv6Addresses"]) == [IPV6]
    assert shape(shown["Attachment"]) == BOND
    assert shown["Ipv6AddressCount"] == 1
    assert shown["TagSet"] == [{"Key": "a", "Value": "b"}]


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
        NetworkInterfaceName="\u7f51\u5361 1",
        NetworkInterfaceDescription="of the web",
        SecurityGroupIds=[scene.group.id, group.id],
        QosLevel="PT",
        PrivateIpAddresses=[
            {"PrivateIpAddress": "10.0.0.20", "Primary": "false", "Description": "second"},
            {"PrivateIpAddress": "10.0.0.9", "Primary": "true"},
        ],
        SecondaryPrivateIpAddressCount="1",
        Tags=[{"Key": "team", "Value": "web"}, {"Key": "empty"}],
    )
    shown = scene.show(eni)
    expected = {
        "NetworkInterfaceName": "\u7f51\u5361 1",
        "NetworkInterfaceDescription": "of the web",
        "GroupSet": [scene.group.id, group.id],
        "QosLevel": "PT",
        "TagSet": [{"Key": "team", "Value": "web"}, {"Key": "empty", "Value": ""}],
        "VpcId": scene.network.id,
        "SubnetId": scene.subnet.id,
        "Zone": scene.subnet.zone,
        "CreatedTime": "2026-09-21 22:13:24",
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
    ("wishes", "primary", "count"),
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
def test_the_primary_address_is_the_one_marked_else_the_first_else_any(scene, wishes, primary, count):
    addresses = scene.show(scene.interface(**wishes))["PrivateIpAddressSet"]
    assert len(addresses) == count
    assert [each["Primary"] for each in addresses] == [True] + [False] * (count - 1)
    assert primary in {None, addresses[0]["PrivateIpAddress"]}


def test_an_address_is_drawn_from_what_is_free_and_not_reserved(scene):
    small = scene.new_subnet(block="10.0.1.0/28")
    eni = scene.interface(SubnetId=small.id, SecondaryPrivateIpAddressCount=9)
    eni2 = scene.interface(SubnetId=small.id, SecondaryPrivateIpAddressCount=2)
    drawn = {
        each["PrivateIpAddress"] for one in (eni, eni2) for each in scene.show(one)["PrivateIpAddressSet"]
    }
    assert drawn == {f"10.0.1.{n}" for n in range(2, 15)}


def test_the_attachment_tells_where_and_since_when(scene):
    instance = scene.instance()
    for index in (1, 2):
        eni = scene.attached(scene.interface(), instance)
        bond = scene.show(eni)["Attachment"]
        assert (bond["InstanceId"], bond["DeviceIndex"]) == (instance.id, index)
        assert bond["AttachTime"].startswith("2026-09-21 22:13:")
        assert len(bond["InstanceAccountId"]) == 12


def test_an_extension_is_shown_as_such():
    slots = {"cpu": 4, "memory_gib": 8, "interfaces": 1, "ipv4_per_interface": 8, "extension_interfaces": 1}
    scene = Scene(instance_types={"X1.LARGE8": slots})
    instance = scene.instance(scene.subnet, "X1.LARGE8")
    eni, another = scene.interface(), scene.interface()
    assert outcome(scene, ATTACH, **scene.attaching(eni, instance)) == "LimitExceeded"
    scene.client.call(ATTACH, **scene.attaching(eni, instance, AttachType=1))
    scene.wait()
    assert scene.show(eni)["AttachType"] == 1
    assert outcome(scene, ATTACH, **scene.attaching(another, instance, AttachType=1)) == "LimitExceeded"


def test_an_interface_without_a_group_can_be_attached(scene):
    eni = scene.interface(SecurityGroupIds=None)
    assert scene.show(eni)["GroupSet"] == []
    assert outcome(scene, ATTACH, **scene.attaching(eni, scene.instance())) == "OK"


def test_a_group_serves_every_vpc_of_its_region(scene):
    subnet = scene.new_subnet(scene.new_network())
    eni = scene.interface(VpcId=subnet.network_id, SubnetId=subnet.id)
    assert scene.show(eni)["GroupSet"] == [scene.group.id]


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_a_request_means_the_same_in_every_style(scene, style):
    good = scene.creating(
        Tags=[{"Key": "a", "Value": "b"}],
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.9", "Primary": True}, {}],
        SecondaryPrivateIpAddressCount=1,
    )
    shown = scene.client.call(CREATE, style=style, **good)["NetworkInterface"]
    assert shown["PrivateIpAddressSet"][0]["PrivateIpAddress"] == "10.0.0.9"
    assert shown["TagSet"] == [{"Key": "a", "Value": "b"}]


# -- the edges of every parameter ------------------------------------------------------------------------

WRONG, RANGE = "InvalidParameterValue", "InvalidParameterValue.Range"
LONG, MANY = "InvalidParameterValue.TooLong", "InvalidParameterValue.LimitExceeded"
FORM, TYPE = "InvalidParameterValue.Malformed", "InvalidParameter"
KEY, VALUE = "InvalidParameterValue.TagInvalidKey", "InvalidParameterValue.TagInvalidVal"
RESERVED = "UnsupportedOperation.TagSystemReservedTagKey"


def tag(key: str, value: str = "v") -> dict[str, Any]:
    return {"Tags": [{"Key": key, "Value": value}]}


def tags(count: int) -> dict[str, Any]:
    return {"Tags": [{"Key": f"k{number}", "Value": "v"} for number in range(count)]}


def addresses(*texts: str) -> dict[str, Any]:
    return {"PrivateIpAddresses": [{"PrivateIpAddress": text} for text in texts]}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"NetworkInterfaceName": "n"}, "OK"),
        ({"NetworkInterfaceName": ""}, WRONG),
        ({"NetworkInterfaceName": "\u540d" * 60}, "OK"),
        ({"NetworkInterfaceName": "n" * 61}, LONG),
        ({"NetworkInterfaceName": 7}, TYPE),
        ({"NetworkInterfaceDescription": ""}, "OK"),
        ({"NetworkInterfaceDescription": "d" * 60}, "OK"),
        ({"NetworkInterfaceDescription": "d" * 61}, LONG),
        ({"ClientToken": "t" * 64}, "OK"),
        ({"ClientToken": "t" * 65}, LONG),
        ({"ClientToken": "\u6807"}, FORM),
        ({"QosLevel": "PT"}, "OK"),
        ({"QosLevel": "AU"}, "OK"),
        ({"QosLevel": "AG"}, "OK"),
        ({"QosLevel": "DEFAULT"}, "OK"),
        ({"QosLevel": "pt"}, WRONG),
        ({"TrunkingFlag": "Enable"}, "OK"),
        ({"TrunkingFlag": "Disable"}, "OK"),
        ({"TrunkingFlag": "enable"}, WRONG),
        ({"SecondaryPrivateIpAddressCount": 0}, "OK"),
        ({"SecondaryPrivateIpAddressCount": -1}, RANGE),
        ({"SecondaryPrivateIpAddressCount": 9}, "OK"),
        ({"SecondaryPrivateIpAddressCount": 10}, "LimitExceeded"),
        ({"SecondaryPrivateIpAddressCount": "nine"}, TYPE),
        ({"SecondaryPrivateIpAddressCount": 1.5}, TYPE),
        ({"SecondaryPrivateIpAddressCount": True}, TYPE),
        (addresses(*(f"10.0.0.{n}" for n in range(2, 12))), "OK"),
        (addresses(*(f"10.0.0.{n}" for n in range(2, 13))), MANY),
        (addresses("10.0.0.1"), "InvalidParameterValue.Reserved"),
        (addresses("10.0.0.2"), "OK"),
        (addresses("10.0.0.254"), "OK"),
        (addresses("10.0.0.255"), "InvalidParameterValue.Reserved"),
        (addresses("10.0.1.2"), RANGE),
        (addresses("10.0.0.2/32"), FORM),
        (addresses("10.0.0.02"), FORM),
        ({"PrivateIpAddresses": [{"Description": "d" * 60}]}, "OK"),
        ({"PrivateIpAddresses": [{"Description": "d" * 61}]}, LONG),
        ({"PrivateIpAddresses": [{"Primary": "maybe"}]}, TYPE),
        ({"PrivateIpAddresses": [{"Colour": "red"}]}, "UnknownParameter"),
        ({"PrivateIpAddresses": ["10.0.0.9"]}, TYPE),
        ({"PrivateIpAddresses": "10.0.0.9"}, TYPE),
        ({"Ipv6AddressCount": 10}, "OK"),
        ({"Ipv6AddressCount": 11}, RANGE),
        ({"Ipv6Addresses": [{"Address": "2001:db8::1"}] * 11}, MANY),
        ({"Ipv6Addresses": [{}]}, "MissingParameter"),
        ({"SecurityGroupIds": []}, "OK"),
        ({"SecurityGroupIds": "sg-12345678"}, TYPE),
        ({"SecurityGroupIds": ["sg-1"]}, FORM),
        ({"SecurityGroupIds": ["SG-12345678"]}, FORM),
        ({"VpcId": "vpc-12345"}, FORM),
        ({"SubnetId": "subnet_12345678"}, FORM),
        (tag("k" * 127), "OK"),
        (tag("k" * 128), "InvalidParameterValue.TagInvalidKeyLen"),
        (tag("\u952e 1_+-=.:/@()"), "OK"),
        (tag("a&b"), KEY),
        (tag(""), KEY),
        (tag("qcs:a"), RESERVED),
        (tag("project:a"), RESERVED),
        (tag("a", "v" * 255), "OK"),
        (tag("a", "v" * 256), VALUE),
        (tag("a", "a|b"), VALUE),
        (tag("a", ""), "OK"),
        (tags(50), "OK"),
        (tags(51), "LimitExceeded.TagKeyPerResourceExceeded"),
        (tags(100), "LimitExceeded.TagKeyPerResourceExceeded"),
        (tags(101), "LimitExceeded.TagTagsExceeded"),
        ({"IsRdma": "true"}, "OK"),
        ({"IsRdma": "some"}, TYPE),
        ({"TerminationProtection": "1"}, "OK"),
        ({"TerminationProtection": 1}, TYPE),
        ({"TerminationProtection": 2}, TYPE),
        ({"TrafficProtection": "false"}, "OK"),
        ({"Description": "d"}, "UnknownParameter"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_at_the_edge_is_taken_and_what_is_past_it_refused(scene, params, expected):
    good = scene.creating_ipv6() if any(name.startswith("Ipv6") for name in params) else scene.creating()
    assert outcome(scene, CREATE, **{**good, **params}) == expected


# -- tokens ----------------------------------------------------------------------------------------------

PROCESSING = "UnsupportedOperation.IdempotentProcessing"
MISMATCH = "UnsupportedOperation.IdempotentParameterMismatch"


def test_a_token_waits_for_its_task_and_then_gives_the_first_answer_again(scene):
    good = scene.creating(ClientToken="once")
    first = scene.client.call(CREATE, **good)
    scene.emulator.advance(199)
    assert outcome(scene, CREATE, **good) == PROCESSING
    scene.emulator.advance(1)
    again = scene.new_client().call(CREATE, **good)
    assert again["NetworkInterface"] == first["NetworkInterface"]
    assert again["RequestId"] != first["RequestId"]
    assert len(listed(scene)) == 1


def test_every_answer_to_a_token_names_the_one_task(scene):
    good = scene.creating(ClientToken="once")
    ids = [scene.client.call(CREATE, **good)["RequestId"]]
    scene.wait()
    ids.append(scene.client.call(CREATE, **good)["RequestId"])
    assert [task(scene, each) for each in ids] == ["SUCCESS", "SUCCESS"]


@pytest.mark.parametrize("action", [ATTACH, DETACH])
def test_attach_and_detach_take_a_token_too(scene, action):
    eni, instance_id = in_state(scene, "AVAILABLE" if action == ATTACH else "INUSE")
    wish = {"NetworkInterfaceId": eni, "InstanceId": instance_id, "ClientToken": "once"}
    scene.client.call(action, **wish)
    assert outcome(scene, action, **wish) == PROCESSING
    assert outcome(scene, action, **{**wish, "InstanceId": "ins-absent01"}) == MISMATCH
    scene.wait()
    before = scene.show(eni)
    again = scene.client.call(action, **wish)
    assert scene.show(eni) == before
    assert task(scene, again["RequestId"]) == "SUCCESS"


def test_delete_takes_no_token(scene):
    wish = {"NetworkInterfaceId": scene.interface(), "ClientToken": "once"}
    assert outcome(scene, DELETE, **wish) == "UnknownParameter"


@pytest.mark.parametrize(
    "change",
    [
        {"NetworkInterfaceName": "other"},
        {"SecondaryPrivateIpAddressCount": 1},
        {"Tags": [{"Key": "a", "Value": "b"}]},
        {"TerminationProtection": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("ended", [False, True])
def test_a_token_with_other_parameters_is_refused_before_and_after_the_end(scene, change, ended):
    scene.client.call(CREATE, **scene.creating(ClientToken="once"))
    if ended:
        scene.wait()
    assert outcome(scene, CREATE, **scene.creating(ClientToken="once", **change)) == MISMATCH


def test_a_token_is_forgotten_after_a_day(scene):
    first = scene.pending(ClientToken="once")
    scene.emulator.advance(DAY - 1)
    assert scene.pending(ClientToken="once") == first
    scene.emulator.advance(1)
    assert scene.pending(ClientToken="once") != first


def test_a_refusal_is_not_remembered_for_its_token(scene):
    wish = {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}
    eni = scene.interface(**wish)
    good = scene.creating(ClientToken="once", **wish)
    assert outcome(scene, CREATE, **good) == "ResourceInUse"
    scene.client.call(DELETE, NetworkInterfaceId=eni)
    scene.wait()
    assert outcome(scene, CREATE, **good) == "OK"


@pytest.mark.parametrize(("first", "second"), [("once", "Once"), (None, None), ("", "")])
def test_other_tokens_and_none_make_other_interfaces(scene, first, second):
    assert scene.interface(ClientToken=first) != scene.interface(ClientToken=second)


def test_the_same_token_for_another_action_is_another_token(scene):
    eni = scene.interface(ClientToken="once")
    assert outcome(scene, ATTACH, **scene.attaching(eni, scene.instance(), ClientToken="once")) == "OK"


# -- describing ------------------------------------------------------------------------------------------


@attrs.frozen
class Town:
    """Four interfaces that differ in everything a filter can name."""

    scene: Scene
    names: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.names[name]


@pytest.fixture(scope="module")
def town():
    scene = Scene()
    subnet = scene.ipv6_subnet()
    other = scene.new_group()
    instance = scene.instance()
    web = [{"Key": "team", "Value": "web"}]
    names = {
        "instance": instance.id,
        "primary": scene.primary(instance),
        "attached": scene.attached(
            scene.interface(
                NetworkInterfaceName="front one",
                NetworkInterfaceDescription="first of the web",
                PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.123"}],
                Tags=web,
            ),
            instance,
        ),
        "six": scene.interface(
            VpcId=subnet.network_id,
            SubnetId=subnet.id,
            NetworkInterfaceName="front two",
            SecurityGroupIds=[other.id],
            Ipv6Addresses=[{"Address": str(subnet.ipv6_block[0x99])}],
            Tags=[*web, {"Key": "tier", "Value": "front"}],
            PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.77"}],
        ),
        "guarded": scene.interface(
            QosLevel="PT",
            TerminationProtection=True,
            TrafficProtection=True,
            PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.23"}, {"PrivateIpAddress": "10.0.0.24"}],
        ),
        "vpc": scene.network.id,
        "subnet": scene.subnet.id,
        "group": scene.group.id,
        "other vpc": subnet.network_id,
        "other subnet": subnet.id,
        "other group": other.id,
        "ipv6": str(subnet.ipv6_block[0x99]),
    }
    return Town(scene, names)


EVERY = ["guarded", "six", "attached", "primary"]
EXACT = ("ip-exact-match", "true")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], EVERY),
        ([("vpc-id", "vpc")], ["guarded", "attached", "primary"]),
        ([("vpc-id", "vpc", "other vpc")], EVERY),
        ([("vpc-id", "vpc-absent01")], []),
        ([("subnet-id", "other subnet")], ["six"]),
        ([("network-interface-id", "six", "primary", "eni-absent01")], ["six", "primary"]),
        ([("attachment.instance-id", "instance")], ["attached", "primary"]),
        ([("attachment.instance-id", "ins-absent01")], []),
        ([("groups.security-group-id", "group")], ["guarded", "attached", "primary"]),
        ([("groups.security-group-id", "other group")], ["six"]),
        ([("network-interface-name", "front")], ["six", "attached"]),
        ([("network-interface-name", "one", "Primary ENI")], ["attached", "primary"]),
        ([("network-interface-description", "web")], ["attached"]),
        ([("address-ip", "10.0.0.23")], ["guarded"]),
        ([("address-ip", "23"), ("vpc-id", "vpc")], ["guarded", "attached"]),
        ([("address-ip", "10.0.0.23"), EXACT], ["guarded"]),
        ([("address-ip", "23"), EXACT], []),
        ([("address-ip", "10.0.0.24", "10.0.0.77")], ["guarded", "six"]),
        ([("address-ip", "24", "77")], []),
        ([("address-ipv6", "ipv6")], ["six"]),
        ([("address-ipv6", "2001:db8::1")], []),
        ([("tag-key", "team")], ["six", "attached"]),
        ([("tag-key", "tier", "absent")], ["six"]),
        ([("tag:team", "web")], ["six", "attached"]),
        ([("tag:team", "db", "web")], ["six", "attached"]),
        ([("tag:team", "web"), ("tag:tier", "front")], ["six"]),
        ([("tag:team", "db")], []),
        ([("is-primary", "true")], ["primary"]),
        ([("is-primary", "false")], ["guarded", "six", "attached"]),
        ([("eni-type", "1")], ["primary"]),
        ([("eni-type", "0", "2")], ["guarded", "six", "attached"]),
        ([("eni-qos", "PT")], ["guarded"]),
        ([("eni-qos", "DEFAULT")], ["six", "attached", "primary"]),
        ([("termination-protection", "true")], ["guarded"]),
        ([("traffic-protection", "true")], ["guarded"]),
        ([("traffic-protection", "false")], ["six", "attached", "primary"]),
        ([("public-address-ip", "1.2.3.4")], []),
        ([("address-type", "EIP")], []),
        ([("vpc-id", "vpc"), ("is-primary", "false"), ("tag-key", "team")], ["attached"]),
    ],
    ids=str,
)
def test_filters_all_hold_and_of_each_one_value_newest_first(town, filters, found):
    asked = [
        {"Name": name, "Values": [town.names.get(value, value) for value in values]}
        for name, *values in filters
    ]
    ids = listed(town.scene, Filters=asked or None)
    assert ids == [town[name] for name in found]
    if asked:
        flat = town.scene.client.call(DESCRIBE, style="form", Filters=asked)
        assert [each["NetworkInterfaceId"] for each in flat["NetworkInterfaceSet"]] == ids


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["six", "primary"], ["six", "primary"]),
        (["six", "eni-absent01"], ["six"]),
        (["eni-absent01"], []),
        ([], EVERY),
    ],
    ids=str,
)
def test_unknown_ids_are_left_out(town, ids, found):
    asked = [town.names.get(each, each) for each in ids]
    assert listed(town.scene, NetworkInterfaceIds=asked) == [town[name] for name in found]


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ({"NetworkInterfaceIds": ["eni-1"]}, FORM),
        ({"NetworkInterfaceIds": "eni-12345678"}, TYPE),
        ({"NetworkInterfaceIds": ["eni-12345678"] * 101}, MANY),
        ({"Filters": [{"Name": "colour", "Values": ["red"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": ["vpc-id"]}, "InvalidParameter.FilterNotDict"),
        ({"Filters": [{"Name": "vpc-id", "Values": "vpc-1"}]}, "InvalidParameter.FilterValuesNotList"),
        ({"Filters": [{"Name": "vpc-id"}]}, "MissingParameter"),
        ({"Filters": [{"Name": "vpc-id", "Values": ["a"]}] * 11}, MANY),
        (
            {
                "NetworkInterfaceIds": ["eni-12345678"],
                "Filters": [{"Name": "vpc-id", "Values": ["vpc-12345678"]}],
            },
            "InvalidParameter.Coexist",
        ),
        ({"Limit": 0}, RANGE),
        ({"Limit": 101}, RANGE),
        ({"Offset": -1}, RANGE),
        ({"Limit": "ten"}, TYPE),
        ({"Zone": "ap-guangzhou-3"}, "UnknownParameter"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_criterion_that_cannot_be_read_is_refused(town, criteria, code):
    assert outcome(town.scene, DESCRIBE, **criteria) == code


@pytest.fixture(scope="module")
def crowd():
    """Twenty-five interfaces, newest first."""
    scene = Scene()
    return scene, [scene.pending() for _ in range(25)][::-1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, slice(0, 20)),
        ({"Offset": 20}, slice(20, 25)),
        ({"Limit": 100}, slice(0, 25)),
        ({"Offset": "3", "Limit": "2"}, slice(3, 5)),
        ({"Offset": 25}, slice(25, 25)),
        ({"Offset": 1_000_000}, slice(25, 25)),
    ],
    ids=str,
)
def test_a_page_is_what_offset_and_limit_say_and_the_count_is_of_all(crowd, asked, found):
    scene, every = crowd
    answer = scene.client.call(DESCRIBE, **asked)
    assert [each["NetworkInterfaceId"] for each in answer["NetworkInterfaceSet"]] == every[found]
    assert answer["TotalCount"] == 25


def test_an_account_or_region_does_not_see_another(scene):
    eni = scene.interface()
    for stranger in (scene.new_client(key="AKIDOTHER"), scene.new_client(region="ap-beijing")):
        assert stranger.call(DESCRIBE)["TotalCount"] == 0
        with pytest.raises(ApiError) as refused:
            stranger.call(DELETE, NetworkInterfaceId=eni)
        assert refused.value.code == "ResourceNotFound"


# -- wrong input of every kind ---------------------------------------------------------------------------

ENI, INSTANCE = "eni-absent01", "ins-absent01"


@pytest.mark.parametrize(
    ("action", "changes", "code"),
    [
        (ATTACH, {"InstanceId": None}, "MissingParameter"),
        (ATTACH, {"NetworkInterfaceId": 7}, TYPE),
        (ATTACH, {"AttachType": "one"}, TYPE),
        (ATTACH, {"DeviceIndex": 1}, "UnknownParameter"),
        (ATTACH, {}, "ResourceNotFound"),
        (DETACH, {"NetworkInterfaceId": None}, "MissingParameter"),
        (DETACH, {"NetworkInterfaceId": "nic-1"}, FORM),
        (DETACH, {"InstanceId": "i-1"}, FORM),
        (DETACH, {"ClientToken": "t" * 65}, FORM),
        (DETACH, {"Force": True}, "UnknownParameter"),
        (DETACH, {}, "ResourceNotFound"),
        (DELETE, {}, "UnknownParameter"),
        (DELETE, {"InstanceId": None}, "ResourceNotFound"),
        (DELETE, {"InstanceId": None, "NetworkInterfaceId": "eni-" + "1" * 21}, FORM),
        (DELETE, {"InstanceId": None, "NetworkInterfaceId": ["eni-12345678"]}, TYPE),
        ("EatNetworkInterface", {}, "InvalidAction"),
    ],
)
def test_wrong_input_is_refused_with_the_vendors_code_and_leaves_no_trace(scene, action, changes, code):
    params = {"NetworkInterfaceId": ENI, "InstanceId": INSTANCE, **changes}
    assert outcome(scene, action, **params) == code


@pytest.mark.parametrize("name", ["NetworkInterfaceId", "InstanceId"])
def test_the_message_names_what_does_not_exist(scene, name):
    good = scene.attaching(scene.interface(), scene.instance())
    good[name] = ENI if name == "NetworkInterfaceId" else INSTANCE
    with pytest.raises(ApiError) as refused:
        scene.client.call(ATTACH, **good)
    assert good[name] in refused.value.message


@pytest.mark.parametrize("action", [DETACH, DELETE])
def test_a_managed_interface_is_not_the_callers_to_touch(scene, action):
    more = {} if action == DELETE else {"InstanceId": scene.instance().id}
    assert outcome(scene, action, NetworkInterfaceId=scene.managed_interface(), **more) == (
        "UnsupportedOperation"
    )


HEADERS = {
    "x-tc-action": CREATE,
    "x-tc-version": "2017-03-12",
    "x-tc-region": "ap-guangzhou",
    "x-tc-timestamp": "1790000000",
    "content-type": "application/json",
    "authorization": "TC3-HMAC-SHA256 Credential=AKIDTEST/2026-09-21/vpc/tc3_request, "
    "SignedHeaders=content-type;host, Signature=0",
}
URLENCODED = "application/x-www-form-urlencoded"
OLD = b"Action=CreateNetworkInterface&Version=2017-03-12&Region=ap-guangzhou&SecretId=AKIDTEST"


def sent(body: bytes, method: str = "POST", **headers: str | None) -> HttpRequest:
    """Return a request with these headers changed, or left out where None."""
    changed = {**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return HttpRequest(method, "/", b"", {k: v for k, v in changed.items() if v is not None}, body)


def old(body: bytes) -> HttpRequest:
    return HttpRequest("POST", "/", b"", {"content-type": URLENCODED}, body)


UNREADABLE = [
    (sent(b""), "MissingParameter"),
    (sent(b"{}"), "MissingParameter"),
    (sent(b"{"), "InvalidParameter"),
    (sent(b"[]"), "InvalidParameter"),
    (sent(b"null"), "InvalidParameter"),
    (sent(bytes(range(256))), "InvalidParameter"),
    (sent(b'{"VpcId": NaN}'), "InvalidParameter"),
    (sent(b"[" * 100_000), "InvalidParameter"),
    (sent(b'{"VpcId": ' + b"9" * 10_000 + b"}"), "InvalidParameter"),
    (sent(b'{"VpcId": null}'), "MissingParameter"),
    (sent(b"{}", "PUT"), "UnsupportedProtocol"),
    (sent(b"{}", "DELETE"), "UnsupportedProtocol"),
    (sent(b"{}", x_tc_version="2016-01-01"), "NoSuchVersion"),
    (sent(b"{}", x_tc_version=None), "MissingParameter"),
    (sent(b"{}", x_tc_action=None), "MissingParameter"),
    (sent(b"{}", x_tc_action="\u9c7c"), "InvalidAction"),
    (sent(b"{}", x_tc_region=None), "MissingParameter"),
    (sent(b"--x", content_type="multipart/form-data; boundary=x"), "InvalidRequest"),
    (old(OLD), "MissingParameter"),
    (old(OLD + b"&VpcId=%ff"), "InvalidParameter"),
    (old(OLD + b"&Tags=1&Tags.0.Key=a"), "InvalidParameter"),
    (old(OLD + b"&a=1" * 6000), "InvalidParameter"),
]


@pytest.mark.parametrize(("request_", "code"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_answered_in_the_vendors_shape(scene, request_, code):
    before = scene.dump()
    answer = scene.emulator.send(request_)
    response = json.loads(answer.body)["Response"]
    assert (answer.status, response["Error"]["Code"]) == (200, code)
    assert set(response) == {"Error", "RequestId"}
    assert scene.dump() == before


def test_an_unknown_region_is_refused(scene):
    elsewhere = scene.new_client(region="mars")
    with pytest.raises(ApiError) as refused:
        elsewhere.call(DESCRIBE)
    assert refused.value.code == "UnsupportedRegion"
