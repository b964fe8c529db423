"""What programs that run against Alibaba Cloud rely on, fact by fact.

The docstring of each test names the programs: terway, cilium, karpenter (nodes and pods), ccm
(cloud-provider-alibaba-cloud), terraform (its provider alicloud), cloudmux, bosh, gardener, ali-nuke,
steampipe and ansible. Pages are in test_paging.py, codes in test_retry_codes.py, whole sequences of calls
in test_alibaba_stories.py.
"""

import json
import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import attrs
import pytest
from tests.dialects.alibaba.town import ECS, LOCATION, STS, VPC, Town
from tests.harness import ApiError

MISSING = "eni-bp1missing"
LISTS = {
    "PrivateIpSets": "PrivateIpSet",
    "Ipv6Sets": "Ipv6Set",
    "Ipv4PrefixSets": "Ipv4PrefixSet",
    "Ipv6PrefixSets": "Ipv6PrefixSet",
    "SecurityGroupIds": "SecurityGroupId",
    "Tags": "Tag",
}
TRUNKING = "ecs.g7.xlarge"


@pytest.fixture
def town() -> Town:
    return Town()


def listed(town: Town, **criteria: Any) -> list[dict[str, Any]]:
    """Return the interfaces that DescribeNetworkInterfaces lists."""
    found = town.client.call("DescribeNetworkInterfaces", **criteria)
    return list(found["NetworkInterfaceSets"]["NetworkInterfaceSet"])


def status(town: Town, interface_id: str) -> str:
    """Return the status of an interface, or an empty text where it is gone."""
    return str(town.show(interface_id).get("Status", ""))


def primary_of(town: Town, instance_id: str) -> dict[str, Any]:
    (found,) = listed(town, InstanceId=instance_id, Type="Primary")
    return found


def free_addresses(town: Town) -> int:
    (vswitch,) = town.ask("DescribeVSwitches", VSwitchId=town.subnet.id)["VSwitches"]["VSwitch"]
    return int(vswitch["AvailableIpAddressCount"])


def in_use(town: Town, interface_id: str, instance_id: str, **more: Any) -> str:
    """Attach an interface and wait."""
    wish = {"NetworkInterfaceId": interface_id, "InstanceId": instance_id, **more}
    town.ask("AttachNetworkInterface", **wish)
    town.wait()
    assert status(town, interface_id) == "InUse"
    return interface_id


def trunk_with_member(town: Town) -> tuple[str, str, str]:
    """Return an instance, the trunk on it, and a member of that."""
    (instance_id,) = town.run(InstanceType=TRUNKING)
    trunk_id = in_use(town, town.interface(InstanceType="Trunk"), instance_id)
    member_id = in_use(town, town.interface(), instance_id, TrunkNetworkInstanceId=trunk_id)
    return instance_id, trunk_id, member_id


# -- the shape of an interface ----------------------------------------------------------------------------


def test_every_list_of_an_interface_is_there_even_when_it_is_empty(town):
    """terraform asserts the types of these lists unchecked; cilium and terway read them."""
    eni = town.interface()
    shown = town.show(eni)
    assert {name: list(shown[name]) for name in LISTS} == {name: [inner] for name, inner in LISTS.items()}
    assert {name: len(shown[name][inner]) for name, inner in LISTS.items()} == {
        **dict.fromkeys(LISTS, 0),
        "PrivateIpSets": 1,
        "SecurityGroupIds": 1,
    }


def test_the_reply_to_create_has_the_same_lists_with_the_interface_in_them(town):
    """terway and cilium go on with what it says, and do not describe at once."""
    made = town.ask("CreateNetworkInterface", **town.creating(SecondaryPrivateIpAddressCount=2))
    assert {name: list(made[name]) for name in LISTS} == {name: [inner] for name, inner in LISTS.items()}
    assert [each["Primary"] for each in made["PrivateIpSets"]["PrivateIpSet"]] == [True, False, False]
    assert made["PrivateIpAddress"] == made["PrivateIpSets"]["PrivateIpSet"][0]["PrivateIpAddress"]
    assert re.fullmatch(r"([0-9a-f]{2}:){5}[0-9a-f]{2}", made["MacAddress"])
    assert (made["Type"], made["VSwitchId"], made["VpcId"]) == (
        "Secondary",
        town.subnet.id,
        town.network.id,
    )


def test_every_address_says_with_a_boolean_whether_it_is_the_primary_one(town):
    """terraform and cilium."""
    eni = town.interface(SecondaryPrivateIpAddressCount=3)
    flags = [each["Primary"] for each in town.show(eni)["PrivateIpSets"]["PrivateIpSet"]]
    assert flags.count(True) == 1
    assert flags.count(False) == 3


def test_a_creation_time_is_in_utc_with_seconds_and_a_z(town):
    """terway parses it as 2006-01-02T15:04:05Z and skips what is younger than ten minutes."""
    shown = town.show(town.interface())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown["CreationTime"])


def test_an_interface_shows_what_it_was_created_with(town):
    """terraform compares with its configuration; a difference would be a change at every plan."""
    wishes = {
        "NetworkInterfaceName": "eth1",
        "Description": "interface create by terway",
        "ResourceGroupId": "rg-terway",
        "QueueNumber": 2,
        "NetworkInterfaceTrafficMode": "Standard",
        "SourceDestCheck": True,
        "DeleteOnRelease": False,
    }
    shown = town.show(town.interface(**wishes))
    assert {name: shown[name] for name in wishes} == wishes
    assert shown["Type"] == "Secondary"


def test_the_groups_of_a_primary_interface_are_those_of_its_instance(town):
    """cilium takes them for its own interfaces where none are configured."""
    (instance_id,) = town.run()
    shown = primary_of(town, instance_id)
    assert shown["SecurityGroupIds"]["SecurityGroupId"] == [town.group.id]
    assert (shown["Type"], shown["InstanceId"], shown["Status"]) == ("Primary", instance_id, "InUse")


def test_a_member_of_a_trunk_has_no_instance_id_of_its_own_but_an_attachment(town):
    """terway and terraform fall back to Attachment.InstanceId."""
    instance_id, trunk_id, member_id = trunk_with_member(town)
    shown = town.show(member_id)
    assert (shown["Type"], shown["InstanceId"]) == ("Member", "")
    assert shown["Attachment"]["InstanceId"] == instance_id
    assert shown["Attachment"]["TrunkNetworkInterfaceId"] == trunk_id
    assert type(shown["Attachment"]["DeviceIndex"]) is int
    trunk = town.show(trunk_id)
    assert (trunk["Type"], trunk["InstanceId"]) == ("Trunk", instance_id)
    assert trunk["Attachment"]["TrunkNetworkInterfaceId"] == ""


def test_a_member_that_was_detached_is_an_ordinary_interface_again(town):
    """terway uses it anew."""
    instance_id, trunk_id, member_id = trunk_with_member(town)
    wish = {"NetworkInterfaceId": member_id, "InstanceId": instance_id}
    town.ask("DetachNetworkInterface", TrunkNetworkInstanceId=trunk_id, **wish)
    town.wait()
    shown = town.show(member_id)
    assert (shown["Type"], shown["Status"], shown["InstanceId"]) == ("Secondary", "Available", "")


def test_after_detach_the_interface_names_no_instance(town):
    """terraform, cilium and terway."""
    (instance_id,) = town.run()
    eni = in_use(town, town.interface(), instance_id)
    town.ask("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    town.wait()
    shown = town.show(eni)
    assert (shown["Status"], shown["InstanceId"], shown["Attachment"]["InstanceId"]) == (
        "Available",
        "",
        "",
    )


# -- what is not there ------------------------------------------------------------------------------------


def test_an_interface_that_is_not_there_is_an_empty_list_and_no_error(town):
    """terraform and terway take it for gone, and so does cilium."""
    assert listed(town, NetworkInterfaceId=[MISSING]) == []
    assert town.client.last.status == 200


def test_of_a_list_of_ids_the_unknown_ones_are_left_out(town):
    """cilium asks for up to a hundred ids at once."""
    eni = town.interface()
    found = listed(town, NetworkInterfaceId=[MISSING, eni])
    assert [each["NetworkInterfaceId"] for each in found] == [eni]


def test_the_attribute_of_an_interface_that_is_not_there_is_not_found(town):
    """terway takes this as well as an empty answer for gone; the code is what the page documents."""
    refusal = town.refused(
        "DescribeNetworkInterfaceAttribute", NetworkInterfaceId=MISSING, Attribute="basic"
    )
    assert refusal == ("InvalidEniId.NotFound", 404)


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("AttachNetworkInterface", {"NetworkInterfaceId": MISSING}, "InvalidEniId.NotFound"),
        ("DetachNetworkInterface", {"NetworkInterfaceId": MISSING}, "InvalidEniId.NotFound"),
        ("DeleteNetworkInterface", {"NetworkInterfaceId": MISSING}, "InvalidEniId.NotFound"),
        (
            "UnassignPrivateIpAddresses",
            {"NetworkInterfaceId": MISSING, "PrivateIpAddress": ["10.0.0.9"]},
            "InvalidEniId.NotFound",
        ),
        ("AttachNetworkInterface", {"InstanceId": "i-missing"}, "InvalidEcsId.NotFound"),
        ("DetachNetworkInterface", {"InstanceId": "i-missing"}, "InvalidEcsId.NotFound"),
        ("DeleteInstance", {"InstanceId": "i-missing"}, "InvalidInstanceId.NotFound"),
        ("CreateNetworkInterface", {"VSwitchId": "vsw-missing"}, "InvalidVSwitchId.NotFound"),
        ("CreateNetworkInterface", {"SecurityGroupId": "sg-missing"}, "InvalidSecurityGroupId.NotFound"),
        ("DeleteSecurityGroup", {"SecurityGroupId": "sg-missing"}, "InvalidSecurityGroup.NotFound"),
        (
            "DescribeSecurityGroupAttribute",
            {"SecurityGroupId": "sg-missing"},
            "InvalidSecurityGroupId.NotFound",
        ),
        ("DeleteVSwitch", {"VSwitchId": "vsw-missing"}, "InvalidVSwitchId.NotFound"),
        ("DescribeVSwitchAttributes", {"VSwitchId": "vsw-missing"}, "InvalidVSwitchId.NotFound"),
        ("DeleteVpc", {"VpcId": "vpc-missing"}, "InvalidVpcId.NotFound"),
        ("DescribeVpcAttribute", {"VpcId": "vpc-missing"}, "InvalidVpcId.NotFound"),
        ("ReleaseEipAddress", {"AllocationId": "eip-missing"}, "InvalidAllocationId.NotFound"),
    ],
)
def test_what_is_not_found_is_told_with_404(town, action, params, code):
    """terraform knows it by the status or by NotFound; terway, bosh and cloudmux by the code."""
    good: dict[str, Any] = {}
    if action == "CreateNetworkInterface":
        good = town.creating()
    elif action in {"AttachNetworkInterface", "DetachNetworkInterface"}:
        good = town.attaching(town.interface(), town.instance())
    found, found_status = town.refused(action, VPC if "Eip" in action else "", **{**good, **params})
    assert (found, found_status) == (code, 404)


def test_the_attributes_of_a_deleted_vswitch_and_vpc_are_not_found(town):
    """terraform waits for this, or for an empty id with 200, after it deleted them."""
    vpc_id = town.ask("CreateVpc", CidrBlock="10.8.0.0/16")["VpcId"]
    town.wait()
    wish = {"VpcId": vpc_id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.8.0.0/24"}
    vswitch_id = town.ask("CreateVSwitch", **wish)["VSwitchId"]
    town.wait()
    assert town.ask("DescribeVSwitchAttributes", VSwitchId=vswitch_id)["Status"] == "Available"
    town.ask("DeleteVSwitch", VSwitchId=vswitch_id)
    town.wait()
    assert town.refused("DescribeVSwitchAttributes", VSwitchId=vswitch_id)[1] == 404
    assert town.ask("DescribeVpcAttribute", VpcId=vpc_id)["Status"] == "Available"
    town.ask("DeleteVpc", VpcId=vpc_id)
    town.wait()
    assert town.refused("DescribeVpcAttribute", VpcId=vpc_id)[1] == 404


def test_the_body_of_an_error_has_code_message_request_id_host_and_advice(town):
    """terraform reads Code and Data; the shape is that of an answer that was recorded."""
    with pytest.raises(ApiError) as refusal:
        town.client.call("DeleteNetworkInterface", NetworkInterfaceId=MISSING)
    body = refusal.value.body
    assert set(body) == {"Code", "HostId", "Message", "Recommend", "RequestId"}
    assert body["HostId"] == "ecs.cn-hangzhou.aliyuncs.com"
    advice = parse_qs(urlsplit(body["Recommend"]).query)
    assert (advice["q"], advice["product"]) == (["InvalidEniId.NotFound"], ["Ecs"])
    assert MISSING in body["Message"]


# -- criteria ---------------------------------------------------------------------------------------------


def test_criteria_narrow_one_another(town):
    """terway asks by VPC, instance, type, status and tags at once."""
    (instance_id,) = town.run()
    tag = {"Key": "creator", "Value": "terway"}
    eni = in_use(town, town.interface(Tag=[tag]), instance_id)
    wanted: dict[str, Any] = {
        "VpcId": town.network.id,
        "InstanceId": instance_id,
        "Type": "Secondary",
        "Status": "InUse",
        "Tag": [tag],
    }
    assert [each["NetworkInterfaceId"] for each in listed(town, **wanted)] == [eni]
    for spoilt in (
        {"VpcId": "vpc-other"},
        {"InstanceId": "i-other"},
        {"Type": "Primary"},
        {"Status": "Available"},
        {"Tag": [{"Key": "creator", "Value": "cilium"}]},
    ):
        assert listed(town, **wanted | spoilt) == []


def test_interfaces_are_found_by_many_addresses_of_either_family(town):
    """ccm looks up to a hundred pods' addresses up in one call."""
    wishes = town.creating_ipv6(Ipv6AddressCount=1, SecondaryPrivateIpAddressCount=1)
    one, other = (town.ask("CreateNetworkInterface", **wishes) for _ in range(2))
    ids = {one["NetworkInterfaceId"], other["NetworkInterfaceId"]}
    ipv4 = [made["PrivateIpSets"]["PrivateIpSet"][1]["PrivateIpAddress"] for made in (one, other)]
    ipv6 = [made["Ipv6Sets"]["Ipv6Set"][0]["Ipv6Address"] for made in (one, other)]
    for wish in ({"PrivateIpAddress": [*ipv4, "10.0.0.250"]}, {"Ipv6Address": ipv6}):
        found = listed(town, VpcId=one["VpcId"], Status="Available", MaxResults=100, **wish)
        assert {each["NetworkInterfaceId"] for each in found} == ids


def test_instances_are_found_by_private_address_and_by_the_key_of_a_tag(town):
    """ccm names the addresses as JSON and a tag without its value."""
    instance_id, _ = town.run(Amount=2, Tag=[{"Key": "ack.aliyun.com", "Value": "c1"}])
    (shown,) = town.instances(InstanceIds=json.dumps([instance_id]))
    (address,) = shown["VpcAttributes"]["PrivateIpAddress"]["IpAddress"]
    found = town.instances(PrivateIpAddresses=json.dumps([address]), InstanceNetworkType="vpc")
    assert [each["InstanceId"] for each in found] == [instance_id]
    assert len(town.instances(**{"Tag.1.Key": "ack.aliyun.com"})) == 2
    assert town.instances(**{"Tag.1.Key": "other"}) == []


def test_an_instance_lists_its_interfaces_with_their_type_and_ipv6(town):
    """ccm and cilium."""
    (instance_id,) = town.run(InstanceType="ecs.g7.xlarge")
    eni = in_use(town, town.interface(), instance_id)
    (shown,) = town.instances(InstanceIds=json.dumps([instance_id]))
    found = shown["NetworkInterfaces"]["NetworkInterface"]
    assert {each["NetworkInterfaceId"]: each["Type"] for each in found} == {
        primary_of(town, instance_id)["NetworkInterfaceId"]: "Primary",
        eni: "Secondary",
    }
    assert [each["Ipv6Sets"] for each in found] == [{"Ipv6Set": []}] * 2
    assert shown["EipAddress"]["IpAddress"] == ""


def test_an_interface_is_found_by_its_primary_address_and_vswitch(town):
    """ansible looks for one that is there before it creates another."""
    eni = town.interface(PrimaryIpAddress="10.0.0.9")
    town.interface(PrivateIpAddress=["10.0.0.10"])
    place = {"VSwitchId": town.subnet.id}
    found = listed(town, PrimaryIpAddress="10.0.0.9", **place)
    assert [each["NetworkInterfaceId"] for each in found] == [eni]
    assert listed(town, PrimaryIpAddress="10.0.0.10", **place) == []


def test_vswitches_and_groups_are_found_by_tags(town):
    """karpenter and cilium choose them so."""
    tag = {"Key": "karpenter.sh/discovery", "Value": "c1"}
    group_id = town.ask("CreateSecurityGroup", VpcId=town.network.id, Tag=[tag])["SecurityGroupId"]
    town.ask("TagResources", VPC, ResourceType="VSWITCH", ResourceId=[town.subnet.id], Tag=[tag])
    groups = town.ask("DescribeSecurityGroups", Tag=[tag])["SecurityGroups"]["SecurityGroup"]
    vswitches = town.ask("DescribeVSwitches", Tag=[tag])["VSwitches"]["VSwitch"]
    assert [each["SecurityGroupId"] for each in groups] == [group_id]
    assert [each["VSwitchId"] for each in vswitches] == [town.subnet.id]
    other = [{**tag, "Value": "c2"}]
    assert town.ask("DescribeVSwitches", Tag=other)["VSwitches"]["VSwitch"] == []


def test_an_interface_says_whose_it_is_and_where(town):
    """steampipe makes columns of them; cloudmux leaves out what a managed service owns."""
    shown = town.show(town.interface(NetworkInterfaceName="eth1"))
    assert re.fullmatch(r"\d{16}", shown["OwnerId"])
    assert (shown["ZoneId"], shown["NetworkInterfaceName"]) == (town.subnet.zone, "eth1")
    assert shown["ServiceManaged"] is False


def test_the_check_of_source_and_destination_can_be_switched(town):
    """ccm switches it off for nodes that forward."""
    eni = town.interface(SourceDestCheck=True)
    town.ask("ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, SourceDestCheck=False)
    assert town.show(eni)["SourceDestCheck"] is False


# -- tags -------------------------------------------------------------------------------------------------


def test_each_product_spells_the_members_of_a_tag_in_its_own_way(town):
    """cilium reads TagKey and TagValue of interfaces, Key and Value of vSwitches."""
    tag = {"Key": "team", "Value": "net"}
    eni = town.interface(Tag=[tag])
    (instance_id,) = town.run(Tag=[tag])
    wish = {"VpcId": town.network.id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.9.0/24"}
    vswitch_id = town.ask("CreateVSwitch", Tag=[tag], **wish)["VSwitchId"]
    group_id = town.ask("CreateSecurityGroup", VpcId=town.network.id, Tag=[tag])["SecurityGroupId"]
    town.wait()
    ecs = [{"TagKey": "team", "TagValue": "net"}]
    assert town.show(eni)["Tags"]["Tag"] == ecs
    assert town.instances(InstanceIds=json.dumps([instance_id]))[0]["Tags"]["Tag"] == ecs
    groups = town.ask("DescribeSecurityGroups", SecurityGroupId=group_id)["SecurityGroups"]
    assert groups["SecurityGroup"][0]["Tags"]["Tag"] == ecs
    vswitches = town.ask("DescribeVSwitches", VSwitchId=vswitch_id)["VSwitches"]
    assert vswitches["VSwitch"][0]["Tags"]["Tag"] == [tag]


def test_vpcs_show_no_tags_in_lists_but_their_key_and_value(town):
    """terraform and cilium read Tags.Tag[].Key."""
    tag = {"Key": "team", "Value": "net"}
    vpc_id = town.ask("CreateVpc", CidrBlock="10.8.0.0/16", Tag=[tag])["VpcId"]
    (shown,) = town.ask("DescribeVpcs", VpcId=vpc_id)["Vpcs"]["Vpc"]
    assert shown["Tags"]["Tag"] == [tag]


def test_tags_of_an_interface_are_listed_under_the_type_eni(town):
    """terraform reads tags by ListTagResources and not from the interface."""
    eni = town.interface(Tag=[{"Key": "team", "Value": "net"}])
    found = town.ask("ListTagResources", ResourceType="eni", ResourceId=[eni])
    assert found["TagResources"]["TagResource"] == [
        {"ResourceId": eni, "ResourceType": "eni", "TagKey": "team", "TagValue": "net"}
    ]
    assert found["NextToken"] == ""


def test_an_interface_without_tags_lists_none(town):
    """terraform: the wrapper is there."""
    found = town.ask("ListTagResources", ResourceType="eni", ResourceId=[town.interface()])
    assert found["TagResources"] == {"TagResource": []}


def test_instances_are_found_by_tag_in_the_tag_service(town):
    """cilium narrows itself to the instances with its tags."""
    (instance_id,) = town.run(Tag=[{"Key": "cluster", "Value": "c1"}])
    town.run(Tag=[{"Key": "cluster", "Value": "c2"}])
    wish = {"ResourceType": "instance", "Tag": [{"Key": "cluster", "Value": "c1"}]}
    found = town.ask("ListTagResources", **wish)["TagResources"]["TagResource"]
    assert {each["ResourceId"] for each in found} == {instance_id}


# -- states -----------------------------------------------------------------------------------------------


def test_attach_and_detach_pass_through_states_that_a_poller_sees(town):
    """terraform, cilium and terway poll for InUse and Available, and keep polling in any other status."""
    (instance_id,) = town.run()
    eni = town.interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance_id}
    town.ask("AttachNetworkInterface", **both)
    assert status(town, eni) == "Attaching"
    town.wait()
    assert status(town, eni) == "InUse"
    town.ask("DetachNetworkInterface", **both)
    assert status(town, eni) == "Detaching"
    town.wait()
    assert status(town, eni) == "Available"


def test_a_deleted_interface_is_seen_as_deleting_and_then_no_more(town):
    """terway polls until it is gone."""
    eni = town.interface()
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert status(town, eni) == "Deleting"
    assert [each["NetworkInterfaceId"] for each in listed(town, Status="Deleting")] == [eni]
    town.wait()
    assert listed(town, NetworkInterfaceId=[eni]) == []


def test_a_deletion_and_a_detachment_can_be_asked_for_again_while_they_last(town):
    """terraform repeats both in its retries."""
    (instance_id,) = town.run()
    eni = in_use(town, town.interface(), instance_id)
    for _ in range(2):
        town.ask("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    town.wait()
    for _ in range(2):
        town.ask("DeleteNetworkInterface", NetworkInterfaceId=eni)
    town.wait()
    assert status(town, eni) == ""


def test_an_interface_that_is_attaching_cannot_be_deleted_and_goes_on_attaching(town):
    """cilium deletes after fifteen seconds without InUse. The pages say 400, older reports 403."""
    (instance_id,) = town.run()
    eni = town.interface()
    town.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    refusal = town.refused("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert refusal == ("InvalidOperation.InvalidEniState", 400)
    town.wait()
    assert status(town, eni) == "InUse"


def test_an_interface_whose_attachment_was_refused_is_available_and_can_be_deleted(town):
    """cilium and terway clean up in this way when a node is full."""
    (instance_id,) = town.run(InstanceType="ecs.t5-lc1m2.small")
    last = town.interface()
    town.ask("StopInstance", InstanceId=instance_id)
    town.wait()
    in_use(town, last, instance_id)
    eni = town.interface()
    refusal = town.refused("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    assert refusal == ("EniPerInstanceLimitExceeded", 403)
    assert status(town, eni) == "Available"
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=eni)
    town.wait()
    assert status(town, eni) == ""


def test_a_detachment_needs_the_id_of_the_instance(town):
    """ali-nuke leaves it out, overlooks the error, and deletes what is free."""
    (instance_id,) = town.run()
    eni, free = in_use(town, town.interface(), instance_id), town.interface()
    for each in (eni, free):
        refusal = town.refused("DetachNetworkInterface", NetworkInterfaceId=each)
        assert refusal == ("MissingParameter", 400)
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=free)
    refusal = town.refused("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert refusal == ("InvalidOperation.InvalidEniState", 400)


def test_a_primary_interface_is_neither_detached_nor_deleted(town):
    """ali-nuke and cloudmux leave interfaces of the type Primary out."""
    (instance_id,) = town.run()
    eni = primary_of(town, instance_id)["NetworkInterfaceId"]
    town.refused("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    town.refused("DeleteNetworkInterface", NetworkInterfaceId=eni)


@pytest.mark.parametrize(("wish", "left"), [(True, ""), (False, "Available")])
def test_an_interface_goes_with_its_instance_where_it_is_to_be_deleted_on_release(town, wish, left):
    """terway and gardener rely on true, terraform and bosh on false."""
    (instance_id,) = town.run()
    eni = in_use(town, town.interface(DeleteOnRelease=wish), instance_id)
    primary = primary_of(town, instance_id)["NetworkInterfaceId"]
    town.ask("DeleteInstance", InstanceId=instance_id, Force=True)
    town.wait()
    assert status(town, eni) == left
    assert status(town, primary) == ""


# -- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["CreateNetworkInterface", "AssignPrivateIpAddresses"])
def test_a_count_of_no_secondary_addresses_is_refused(town, action):
    """cilium sends none for that reason."""
    good = {"NetworkInterfaceId": town.interface()} if action.startswith("Assign") else town.creating()
    refusal = town.refused(action, SecondaryPrivateIpAddressCount=0, **good)
    assert refusal == ("InvalidParameter", 400)


def test_assigned_addresses_come_back_in_the_order_of_the_request(town):
    """cloudmux takes the first for the first."""
    eni = town.interface()
    wish = ["10.0.0.77", "10.0.0.12", "10.0.0.130"]
    reply = town.ask("AssignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=wish)
    assert reply["AssignedPrivateIpAddressesSet"]["PrivateIpSet"]["PrivateIpAddress"] == wish
    assert reply["AssignedPrivateIpAddressesSet"]["Ipv4PrefixSet"]["Ipv4Prefixes"] == []


def test_assigned_prefixes_come_back_under_their_own_name(town):
    """terway reads Ipv4PrefixSet.Ipv4Prefixes and Ipv6PrefixSets.Ipv6Prefix."""
    eni = town.ask("CreateNetworkInterface", **town.creating_ipv6())["NetworkInterfaceId"]
    ipv4 = town.ask("AssignPrivateIpAddresses", NetworkInterfaceId=eni, Ipv4PrefixCount=1)
    ipv6 = town.ask("AssignIpv6Addresses", NetworkInterfaceId=eni, Ipv6PrefixCount=1)
    (ipv4_prefix,) = ipv4["AssignedPrivateIpAddressesSet"]["Ipv4PrefixSet"]["Ipv4Prefixes"]
    (ipv6_prefix,) = ipv6["Ipv6PrefixSets"]["Ipv6Prefix"]
    assert ipv4["AssignedPrivateIpAddressesSet"]["PrivateIpSet"] == {"PrivateIpAddress": []}
    assert ipv6["Ipv6Sets"] == {"Ipv6Address": []}
    shown = town.show(eni)
    assert shown["Ipv4PrefixSets"]["Ipv4PrefixSet"] == [{"Ipv4Prefix": ipv4_prefix}]
    assert shown["Ipv6PrefixSets"]["Ipv6PrefixSet"] == [{"Ipv6Prefix": ipv6_prefix}]
    town.ask("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, Ipv4Prefix=[ipv4_prefix])
    town.ask("UnassignIpv6Addresses", NetworkInterfaceId=eni, Ipv6Prefix=[ipv6_prefix])
    shown = town.show(eni)
    assert (shown["Ipv4PrefixSets"]["Ipv4PrefixSet"], shown["Ipv6PrefixSets"]["Ipv6PrefixSet"]) == ([], [])


def test_addresses_and_prefixes_do_not_mix_in_a_request(town):
    """terway asks for them one after the other."""
    eni = town.interface()
    wish = {"SecondaryPrivateIpAddressCount": 1, "Ipv4PrefixCount": 1}
    refusal = town.refused("AssignPrivateIpAddresses", NetworkInterfaceId=eni, **wish)
    assert refusal == ("InvalidParameter.Conflict", 400)


def test_to_take_the_primary_address_away_is_as_if_it_were_not_assigned(town):
    """terway takes InvalidIp.IpUnassigned for success, here as for an address that is not there."""
    made = town.ask("CreateNetworkInterface", **town.creating())
    eni, primary = made["NetworkInterfaceId"], made["PrivateIpAddress"]
    for address in (primary, "10.0.0.9" if primary != "10.0.0.9" else "10.0.0.10"):
        refusal = town.refused(
            "UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[address]
        )
        assert refusal == ("InvalidIp.IpUnassigned", 403)


def test_the_free_addresses_of_a_vswitch_fall_and_rise_with_use(town):
    """cilium and karpenter choose the vSwitch by them."""
    free = free_addresses(town)
    made = town.ask("CreateNetworkInterface", **town.creating(SecondaryPrivateIpAddressCount=3))
    eni = made["NetworkInterfaceId"]
    assert free_addresses(town) == free - 4
    town.ask("AssignPrivateIpAddresses", NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=2)
    assert free_addresses(town) == free - 6
    taken = made["PrivateIpSets"]["PrivateIpSet"][1]["PrivateIpAddress"]
    town.ask("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[taken])
    assert free_addresses(town) == free - 5
    (instance_id,) = town.run()
    assert free_addresses(town) == free - 6
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=eni)
    town.wait()
    assert free_addresses(town) == free - 1
    town.ask("DeleteInstance", InstanceId=instance_id, Force=True)
    town.wait()
    assert free_addresses(town) == free


def test_blocks_of_vpcs_and_vswitches_can_be_parsed(town):
    """cilium drops the whole list for one that cannot."""
    (vpc,) = town.ask("DescribeVpcs")["Vpcs"]["Vpc"]
    (vswitch,) = town.ask("DescribeVSwitches")["VSwitches"]["VSwitch"]
    assert (vpc["CidrBlock"], vpc["SecondaryCidrBlocks"]) == ("10.0.0.0/16", {"SecondaryCidrBlock": []})
    assert (vswitch["CidrBlock"], vswitch["VpcId"]) == ("10.0.0.0/24", vpc["VpcId"])


# -- limits -----------------------------------------------------------------------------------------------

LIMITS = {
    "EniQuantity": int,
    "EniTotalQuantity": int,
    "EniPrivateIpAddressQuantity": int,
    "EniIpv6AddressQuantity": int,
    "EniTrunkSupported": bool,
    "EriQuantity": int,
    "InstanceBandwidthRx": int,
    "InstanceBandwidthTx": int,
    "CpuCoreCount": int,
    "MemorySize": float,
}


def test_every_instance_type_tells_its_limits(town):
    """terway, cilium and karpenter compute the capacity of a node from them."""
    types = town.ask("DescribeInstanceTypes", MaxResults=100)["InstanceTypes"]["InstanceType"]
    assert len(types) > 30
    for each in types:
        assert {name: type(each[name]) for name in LIMITS} == LIMITS
        assert each["EniQuantity"] > 0
        assert each["EniPrivateIpAddressQuantity"] > 0
        assert (each["EniTotalQuantity"] > each["EniQuantity"]) is each["EniTrunkSupported"]
        cards = [card["NetworkCardIndex"] for card in each["NetworkCards"]["NetworkCardInfo"]]
        assert cards == list(range(each["NetworkCardQuantity"]))


def limits(town: Town, type_name: str) -> dict[str, Any]:
    (found,) = town.ask("DescribeInstanceTypes", InstanceTypes=[type_name])["InstanceTypes"]["InstanceType"]
    return dict(found)


def test_a_node_takes_as_many_interfaces_as_its_type_says_and_no_more(town):
    """cilium and terway: EniQuantity counts the primary one."""
    (instance_id,) = town.run()
    for _ in range(limits(town, town.type_name)["EniQuantity"] - 1):
        in_use(town, town.interface(), instance_id)
    wish = {"NetworkInterfaceId": town.interface(), "InstanceId": instance_id}
    assert town.refused("AttachNetworkInterface", **wish) == ("EniPerInstanceLimitExceeded", 403)


def test_an_interface_takes_as_many_addresses_as_the_type_says_and_no_more(town):
    """cilium and terway: EniPrivateIpAddressQuantity counts the primary one; terway marks it full."""
    (instance_id,) = town.run()
    eni = in_use(town, town.interface(), instance_id)
    wish = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}
    for _ in range(limits(town, town.type_name)["EniPrivateIpAddressQuantity"] - 1):
        town.ask("AssignPrivateIpAddresses", **wish)
    refusal = town.refused("AssignPrivateIpAddresses", **wish)
    assert refusal == ("InvalidOperation.Ipv4CountExceeded", 403)


def test_a_trunk_takes_as_many_members_as_the_type_has_beyond_its_interfaces(town):
    """terway: members are EniTotalQuantity minus EniQuantity where trunks are supported."""
    found = limits(town, TRUNKING)
    assert found["EniTrunkSupported"] is True
    (instance_id,) = town.run(InstanceType=TRUNKING)
    trunk_id = in_use(town, town.interface(InstanceType="Trunk"), instance_id)
    onto = {"InstanceId": instance_id, "TrunkNetworkInstanceId": trunk_id}
    for _ in range(found["EniTotalQuantity"] - found["EniQuantity"]):
        town.ask("AttachNetworkInterface", NetworkInterfaceId=town.interface(), **onto)
    town.wait()
    refusal = town.refused("AttachNetworkInterface", NetworkInterfaceId=town.interface(), **onto)
    assert refusal == ("InvalidOperation.EniTrunkDeviceFull", 403)
    members = listed(town, Type="Member", Status="InUse", MaxResults=100)
    indexes = Counter(each["Attachment"]["DeviceIndex"] for each in members)
    assert len(indexes) == found["EniTotalQuantity"] - found["EniQuantity"]


def test_the_capacity_of_a_node_in_pods_is_interfaces_times_addresses(town):
    """karpenter: EniQuantity times EniPrivateIpAddressQuantity, as the public table has it for these."""
    for type_name, capacity in {"ecs.g7.large": 18, "ecs.g7.xlarge": 60, "ecs.g6.4xlarge": 160}.items():
        found = limits(town, type_name)
        assert found["EniQuantity"] * found["EniPrivateIpAddressQuantity"] == capacity


# -- client tokens ----------------------------------------------------------------------------------------


def test_a_token_repeats_the_answer_of_the_call_that_it_was_used_for(town):
    """terway keeps a token until a call with it succeeds, and must not get a second interface."""
    wish = town.creating(ClientToken="t-1", SecondaryPrivateIpAddressCount=4)
    made, again = town.ask("CreateNetworkInterface", **wish), town.ask("CreateNetworkInterface", **wish)
    assert again.pop("RequestId") != made.pop("RequestId")
    assert again == made
    assert len(listed(town)) == 1


def test_a_token_with_other_parameters_is_refused_and_makes_nothing(town):
    """terway makes its token of the parameters, so that this never happens to it."""
    town.ask("CreateNetworkInterface", **town.creating(ClientToken="t-1"))
    refusal = town.refused(
        "CreateNetworkInterface", **town.creating(ClientToken="t-1", Description="other")
    )
    assert refusal == ("IdempotentParameterMismatch", 400)
    assert len(listed(town)) == 1


def test_the_token_of_a_refused_request_is_used_up_and_another_one_is_granted(town):
    """terway keeps a token after any error but IdempotentFailed; then it takes another, as bosh does."""
    small = town.new_subnet(block="10.0.1.0/29")
    other = town.interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    wish = town.creating(VSwitchId=small.id, ClientToken="t-1")
    refusals = []
    for _ in range(2):
        with pytest.raises(ApiError) as refusal:
            town.client.call("CreateNetworkInterface", **wish)
        refusals.append((refusal.value.code, refusal.value.status))
        town.client.call("UnassignPrivateIpAddresses", **one_secondary(town, other))
    assert refusals == [("InvalidVSwitchId.IpNotEnough", 403), ("IdempotentFailed", 400)]
    town.ask("CreateNetworkInterface", **{**wish, "ClientToken": "t-2"})


def one_secondary(town: Town, interface_id: str) -> dict[str, Any]:
    """Return the parameters that take one secondary address of an interface away."""
    address = town.show(interface_id)["PrivateIpSets"]["PrivateIpSet"][1]["PrivateIpAddress"]
    return {"NetworkInterfaceId": interface_id, "PrivateIpAddress": [address]}


def test_the_token_of_a_request_that_came_too_soon_is_not_used_up(town):
    """terraform repeats IncorrectVSwitchStatus with the token that it has."""
    vswitch = town.do(town.a_subnet(block="10.0.1.0/24"))
    wish = town.creating(VSwitchId=vswitch.id, ClientToken="t-1")
    assert town.refused("CreateNetworkInterface", **wish) == ("IncorrectVSwitchStatus", 400)
    town.wait()
    town.ask("CreateNetworkInterface", **wish)


@pytest.mark.parametrize(
    ("action", "wish"),
    [
        ("AssignPrivateIpAddresses", {"Ipv4PrefixCount": 1}),
        ("AssignPrivateIpAddresses", {"SecondaryPrivateIpAddressCount": 1}),
        ("AssignIpv6Addresses", {"Ipv6AddressCount": 1}),
    ],
)
def test_a_token_assigns_once(town, action, wish):
    """terraform sends one with IPv6 and prefixes, terway with all."""
    eni = town.ask("CreateNetworkInterface", **town.creating_ipv6())["NetworkInterfaceId"]
    first, second = (town.ask(action, NetworkInterfaceId=eni, ClientToken="t-1", **wish) for _ in range(2))
    assert first.pop("RequestId") != second.pop("RequestId")
    assert first == second


# -- what holds what --------------------------------------------------------------------------------------


def test_a_network_is_taken_down_from_the_inside_out_only(town):
    """terraform and cloudmux repeat a deletion for as long as it is a DependencyViolation."""
    made = town.interface()
    group, vswitch, vpc = (
        {"SecurityGroupId": town.group.id},
        {"VSwitchId": town.subnet.id},
        {"VpcId": town.network.id},
    )
    assert town.refused("DeleteSecurityGroup", **group) == ("DependencyViolation", 403)
    assert town.refused("DeleteVSwitch", **vswitch) == ("DependencyViolation", 400)
    assert town.refused("DeleteVpc", **vpc) == ("DependencyViolation.VSwitch", 400)
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=made)
    town.wait()
    town.ask("DeleteVSwitch", **vswitch)
    town.wait()
    assert town.refused("DeleteVpc", **vpc) == ("DependencyViolation.SecurityGroup", 400)
    town.ask("DeleteSecurityGroup", **group)
    town.ask("DeleteVpc", **vpc)
    town.wait()
    assert town.ask("DescribeVpcs")["Vpcs"]["Vpc"] == []


def test_a_group_of_an_instance_cannot_be_deleted_until_the_instance_is_gone(town):
    """packer and terraform: the race after the deletion of an instance."""
    (instance_id,) = town.run()
    town.ask("DeleteInstance", InstanceId=instance_id, Force=True)
    refusal = town.refused("DeleteSecurityGroup", SecurityGroupId=town.group.id)
    assert refusal == ("DependencyViolation", 403)
    town.wait()
    town.ask("DeleteSecurityGroup", SecurityGroupId=town.group.id)


# -- the ways of asking -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["cilium-query", "terraform-form-beside-query", "ali-nuke-acs3"])
def test_one_port_takes_every_way_of_asking(town, way):
    """terway and cilium send a query, terraform a form beside a query, ali-nuke and karpenter ACS3."""
    eni = town.interface()
    client = town.client
    styles = {"cilium-query": "query", "ali-nuke-acs3": "acs3"}
    wish = {"NetworkInterfaceId": [eni]}
    request = client.request("DescribeNetworkInterfaces", ECS, style=styles.get(way, "query"), **wish)
    if way == "terraform-form-beside-query":
        own = {"NetworkInterfaceId.1": eni, "RegionId": client.region}
        query = client.request("DescribeNetworkInterfaces", ECS, style="query").query
        query = query.replace(f"&RegionId={client.region}".encode(), b"")
        assert b"RegionId" not in query
        headers = {"content-type": "application/x-www-form-urlencoded"}
        request = attrs.evolve(request, query=query, headers=headers, body=urlencode(own).encode())
    answer = town.emulator.send(request)
    assert answer.status == 200
    sets = json.loads(answer.body)["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    assert [each["NetworkInterfaceId"] for each in sets] == [eni]


def test_a_product_that_is_not_here_is_refused_at_once(town):
    """terraform asks BssOpenApi for its account's site when it is configured, and overlooks an error."""
    with pytest.raises(ApiError) as refusal:
        town.client.call("QueryAvailableInstances", "2017-12-14")
    assert refusal.value.status in {400, 404}


def test_who_asks_and_where_products_are_can_be_asked(town):
    """terraform: AccountId of the caller, and the endpoint of a product that has none configured."""
    caller = town.ask("GetCallerIdentity", STS)
    assert re.fullmatch(r"\d{16}", caller["AccountId"])
    wish = {"Id": "cn-hangzhou", "ServiceCode": "ecs", "Type": "openAPI"}
    request = town.client.request("DescribeEndpoints", LOCATION, **wish)
    answer = town.emulator.send(attrs.evolve(request, headers={"host": "127.0.0.1:4780"}))
    endpoints = json.loads(answer.body)["Endpoints"]["Endpoint"]
    assert [each["Endpoint"] for each in endpoints] == ["127.0.0.1:4780"]
