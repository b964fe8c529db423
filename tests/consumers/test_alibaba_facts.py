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
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, LOCATION, STS, VPC
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
def account() -> AlibabaAccount:
    return AlibabaAccount.furnished()


def listed(account: AlibabaAccount, **criteria: Any) -> list[dict[str, Any]]:
    """Return the interfaces that DescribeNetworkInterfaces lists."""
    found = account.client.call("DescribeNetworkInterfaces", **criteria)
    return list(found["NetworkInterfaceSets"]["NetworkInterfaceSet"])


def status(account: AlibabaAccount, interface_id: str) -> str:
    """Return the status of an interface, or an empty text where it is gone."""
    return str(account.describe_interface(interface_id).get("Status", ""))


def primary_of(account: AlibabaAccount, instance_id: str) -> dict[str, Any]:
    (found,) = listed(account, InstanceId=instance_id, Type="Primary")
    return found


def free_addresses(account: AlibabaAccount) -> int:
    (vswitch,) = account.call("DescribeVSwitches", VSwitchId=account.subnet.id)["VSwitches"]["VSwitch"]
    return int(vswitch["AvailableIpAddressCount"])


def in_use(account: AlibabaAccount, interface_id: str, instance_id: str, **more: Any) -> str:
    """Attach an interface and wait."""
    wish = {"NetworkInterfaceId": interface_id, "InstanceId": instance_id, **more}
    account.call("AttachNetworkInterface", **wish)
    account.wait()
    assert status(account, interface_id) == "InUse"
    return interface_id


def trunk_with_member(account: AlibabaAccount) -> tuple[str, str, str]:
    """Return an instance, the trunk on it, and a member of that."""
    (instance_id,) = account.run_instances(InstanceType=TRUNKING)
    trunk_id = in_use(account, account.create_interface(InstanceType="Trunk"), instance_id)
    member_id = in_use(account, account.create_interface(), instance_id, TrunkNetworkInstanceId=trunk_id)
    return instance_id, trunk_id, member_id


# -- the shape of an interface ----------------------------------------------------------------------------


def test_every_list_of_an_interface_is_there_even_when_it_is_empty(account):
    """terraform asserts the types of these lists unchecked; cilium and terway read them."""
    eni = account.create_interface()
    shown = account.describe_interface(eni)
    assert {name: list(shown[name]) for name in LISTS} == {name: [inner] for name, inner in LISTS.items()}
    assert {name: len(shown[name][inner]) for name, inner in LISTS.items()} == {
        **dict.fromkeys(LISTS, 0),
        "PrivateIpSets": 1,
        "SecurityGroupIds": 1,
    }


def test_the_reply_to_create_has_the_same_lists_with_the_interface_in_them(account):
    """terway and cilium go on with what it says, and do not describe at once."""
    made = account.call(
        "CreateNetworkInterface", **account.interface_params(SecondaryPrivateIpAddressCount=2)
    )
    assert {name: list(made[name]) for name in LISTS} == {name: [inner] for name, inner in LISTS.items()}
    assert [each["Primary"] for each in made["PrivateIpSets"]["PrivateIpSet"]] == [True, False, False]
    assert made["PrivateIpAddress"] == made["PrivateIpSets"]["PrivateIpSet"][0]["PrivateIpAddress"]
    assert re.fullmatch(r"([0-9a-f]{2}:){5}[0-9a-f]{2}", made["MacAddress"])
    assert (made["Type"], made["VSwitchId"], made["VpcId"]) == (
        "Secondary",
        account.subnet.id,
        account.network.id,
    )


def test_every_address_says_with_a_boolean_whether_it_is_the_primary_one(account):
    """terraform and cilium."""
    eni = account.create_interface(SecondaryPrivateIpAddressCount=3)
    flags = [each["Primary"] for each in account.describe_interface(eni)["PrivateIpSets"]["PrivateIpSet"]]
    assert flags.count(True) == 1
    assert flags.count(False) == 3


def test_a_creation_time_is_in_utc_with_seconds_and_a_z(account):
    """terway parses it as 2006-01-02T15:04:05Z and skips what is younger than ten minutes."""
    shown = account.describe_interface(account.create_interface())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown["CreationTime"])


def test_an_interface_shows_what_it_was_created_with(account):
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
    shown = account.describe_interface(account.create_interface(**wishes))
    assert {name: shown[name] for name in wishes} == wishes
    assert shown["Type"] == "Secondary"


def test_the_groups_of_a_primary_interface_are_those_of_its_instance(account):
    """cilium takes them for its own interfaces where none are configured."""
    (instance_id,) = account.run_instances()
    shown = primary_of(account, instance_id)
    assert shown["SecurityGroupIds"]["SecurityGroupId"] == [account.group.id]
    assert (shown["Type"], shown["InstanceId"], shown["Status"]) == ("Primary", instance_id, "InUse")


def test_a_member_of_a_trunk_has_no_instance_id_of_its_own_but_an_attachment(account):
    """terway and terraform fall back to Attachment.InstanceId."""
    instance_id, trunk_id, member_id = trunk_with_member(account)
    shown = account.describe_interface(member_id)
    assert (shown["Type"], shown["InstanceId"]) == ("Member", "")
    assert shown["Attachment"]["InstanceId"] == instance_id
    assert shown["Attachment"]["TrunkNetworkInterfaceId"] == trunk_id
    assert type(shown["Attachment"]["DeviceIndex"]) is int
    trunk = account.describe_interface(trunk_id)
    assert (trunk["Type"], trunk["InstanceId"]) == ("Trunk", instance_id)
    assert trunk["Attachment"]["TrunkNetworkInterfaceId"] == ""


def test_a_member_that_was_detached_is_an_ordinary_interface_again(account):
    """terway uses it anew."""
    instance_id, trunk_id, member_id = trunk_with_member(account)
    wish = {"NetworkInterfaceId": member_id, "InstanceId": instance_id}
    account.call("DetachNetworkInterface", TrunkNetworkInstanceId=trunk_id, **wish)
    account.wait()
    shown = account.describe_interface(member_id)
    assert (shown["Type"], shown["Status"], shown["InstanceId"]) == ("Secondary", "Available", "")


def test_after_detach_the_interface_names_no_instance(account):
    """terraform, cilium and terway."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(), instance_id)
    account.call("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.wait()
    shown = account.describe_interface(eni)
    assert (shown["Status"], shown["InstanceId"], shown["Attachment"]["InstanceId"]) == (
        "Available",
        "",
        "",
    )


# -- what is not there ------------------------------------------------------------------------------------


def test_an_interface_that_is_not_there_is_an_empty_list_and_no_error(account):
    """terraform and terway take it for gone, and so does cilium."""
    assert listed(account, NetworkInterfaceId=[MISSING]) == []
    assert account.client.last.status == 200


def test_of_a_list_of_ids_the_unknown_ones_are_left_out(account):
    """cilium asks for up to a hundred ids at once."""
    eni = account.create_interface()
    found = listed(account, NetworkInterfaceId=[MISSING, eni])
    assert [each["NetworkInterfaceId"] for each in found] == [eni]


def test_the_attribute_of_an_interface_that_is_not_there_is_not_found(account):
    """terway takes this as well as an empty answer for gone; the code is what the page documents."""
    refusal = account.refusal(
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
def test_what_is_not_found_is_told_with_404(account, action, params, code):
    """terraform knows it by the status or by NotFound; terway, bosh and cloudmux by the code."""
    good: dict[str, Any] = {}
    if action == "CreateNetworkInterface":
        good = account.interface_params()
    elif action in {"AttachNetworkInterface", "DetachNetworkInterface"}:
        good = account.attachment_params(account.create_interface(), account.add_instance())
    found, found_status = account.refusal(action, VPC if "Eip" in action else "", **{**good, **params})
    assert (found, found_status) == (code, 404)


def test_the_attributes_of_a_deleted_vswitch_and_vpc_are_not_found(account):
    """terraform waits for this, or for an empty id with 200, after it deleted them."""
    vpc_id = account.call("CreateVpc", CidrBlock="10.8.0.0/16")["VpcId"]
    account.wait()
    wish = {"VpcId": vpc_id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.8.0.0/24"}
    vswitch_id = account.call("CreateVSwitch", **wish)["VSwitchId"]
    account.wait()
    assert account.call("DescribeVSwitchAttributes", VSwitchId=vswitch_id)["Status"] == "Available"
    account.call("DeleteVSwitch", VSwitchId=vswitch_id)
    account.wait()
    assert account.refusal("DescribeVSwitchAttributes", VSwitchId=vswitch_id)[1] == 404
    assert account.call("DescribeVpcAttribute", VpcId=vpc_id)["Status"] == "Available"
    account.call("DeleteVpc", VpcId=vpc_id)
    account.wait()
    assert account.refusal("DescribeVpcAttribute", VpcId=vpc_id)[1] == 404


def test_the_body_of_an_error_has_code_message_request_id_host_and_advice(account):
    """terraform reads Code and Data; the shape is that of an answer that was recorded."""
    with pytest.raises(ApiError) as refusal:
        account.client.call("DeleteNetworkInterface", NetworkInterfaceId=MISSING)
    body = refusal.value.body
    assert set(body) == {"Code", "HostId", "Message", "Recommend", "RequestId"}
    assert body["HostId"] == "ecs.cn-hangzhou.aliyuncs.com"
    advice = parse_qs(urlsplit(body["Recommend"]).query)
    assert (advice["q"], advice["product"]) == (["InvalidEniId.NotFound"], ["Ecs"])
    assert MISSING in body["Message"]


# -- criteria ---------------------------------------------------------------------------------------------


def test_criteria_narrow_one_another(account):
    """terway asks by VPC, instance, type, status and tags at once."""
    (instance_id,) = account.run_instances()
    tag = {"Key": "creator", "Value": "terway"}
    eni = in_use(account, account.create_interface(Tag=[tag]), instance_id)
    wanted: dict[str, Any] = {
        "VpcId": account.network.id,
        "InstanceId": instance_id,
        "Type": "Secondary",
        "Status": "InUse",
        "Tag": [tag],
    }
    assert [each["NetworkInterfaceId"] for each in listed(account, **wanted)] == [eni]
    for spoilt in (
        {"VpcId": "vpc-other"},
        {"InstanceId": "i-other"},
        {"Type": "Primary"},
        {"Status": "Available"},
        {"Tag": [{"Key": "creator", "Value": "cilium"}]},
    ):
        assert listed(account, **wanted | spoilt) == []


def test_interfaces_are_found_by_many_addresses_of_either_family(account):
    """ccm looks up to a hundred pods' addresses up in one call."""
    wishes = account.ipv6_interface_params(Ipv6AddressCount=1, SecondaryPrivateIpAddressCount=1)
    one, other = (account.call("CreateNetworkInterface", **wishes) for _ in range(2))
    ids = {one["NetworkInterfaceId"], other["NetworkInterfaceId"]}
    ipv4 = [made["PrivateIpSets"]["PrivateIpSet"][1]["PrivateIpAddress"] for made in (one, other)]
    ipv6 = [made["Ipv6Sets"]["Ipv6Set"][0]["Ipv6Address"] for made in (one, other)]
    for wish in ({"PrivateIpAddress": [*ipv4, "10.0.0.250"]}, {"Ipv6Address": ipv6}):
        found = listed(account, VpcId=one["VpcId"], Status="Available", MaxResults=100, **wish)
        assert {each["NetworkInterfaceId"] for each in found} == ids


def test_instances_are_found_by_private_address_and_by_the_key_of_a_tag(account):
    """ccm names the addresses as JSON and a tag without its value."""
    instance_id, _ = account.run_instances(Amount=2, Tag=[{"Key": "ack.aliyun.com", "Value": "c1"}])
    (shown,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    (address,) = shown["VpcAttributes"]["PrivateIpAddress"]["IpAddress"]
    found = account.describe_instances(PrivateIpAddresses=json.dumps([address]), InstanceNetworkType="vpc")
    assert [each["InstanceId"] for each in found] == [instance_id]
    assert len(account.describe_instances(**{"Tag.1.Key": "ack.aliyun.com"})) == 2
    assert account.describe_instances(**{"Tag.1.Key": "other"}) == []


def test_an_instance_lists_its_interfaces_with_their_type_and_ipv6(account):
    """ccm and cilium."""
    (instance_id,) = account.run_instances(InstanceType="ecs.g7.xlarge")
    eni = in_use(account, account.create_interface(), instance_id)
    (shown,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    found = shown["NetworkInterfaces"]["NetworkInterface"]
    assert {each["NetworkInterfaceId"]: each["Type"] for each in found} == {
        primary_of(account, instance_id)["NetworkInterfaceId"]: "Primary",
        eni: "Secondary",
    }
    assert [each["Ipv6Sets"] for each in found] == [{"Ipv6Set": []}] * 2
    assert shown["EipAddress"]["IpAddress"] == ""


def test_an_interface_is_found_by_its_primary_address_and_vswitch(account):
    """ansible looks for one that is there before it creates another."""
    eni = account.create_interface(PrimaryIpAddress="10.0.0.9")
    account.create_interface(PrivateIpAddress=["10.0.0.10"])
    place = {"VSwitchId": account.subnet.id}
    found = listed(account, PrimaryIpAddress="10.0.0.9", **place)
    assert [each["NetworkInterfaceId"] for each in found] == [eni]
    assert listed(account, PrimaryIpAddress="10.0.0.10", **place) == []


def test_vswitches_and_groups_are_found_by_tags(account):
    """karpenter and cilium choose them so."""
    tag = {"Key": "karpenter.sh/discovery", "Value": "c1"}
    group_id = account.call("CreateSecurityGroup", VpcId=account.network.id, Tag=[tag])["SecurityGroupId"]
    account.call("TagResources", VPC, ResourceType="VSWITCH", ResourceId=[account.subnet.id], Tag=[tag])
    groups = account.call("DescribeSecurityGroups", Tag=[tag])["SecurityGroups"]["SecurityGroup"]
    vswitches = account.call("DescribeVSwitches", Tag=[tag])["VSwitches"]["VSwitch"]
    assert [each["SecurityGroupId"] for each in groups] == [group_id]
    assert [each["VSwitchId"] for each in vswitches] == [account.subnet.id]
    other = [{**tag, "Value": "c2"}]
    assert account.call("DescribeVSwitches", Tag=other)["VSwitches"]["VSwitch"] == []


def test_an_interface_says_whose_it_is_and_where(account):
    """steampipe makes columns of them; cloudmux leaves out what a managed service owns."""
    shown = account.describe_interface(account.create_interface(NetworkInterfaceName="eth1"))
    assert re.fullmatch(r"\d{16}", shown["OwnerId"])
    assert (shown["ZoneId"], shown["NetworkInterfaceName"]) == (account.subnet.zone, "eth1")
    assert shown["ServiceManaged"] is False


def test_the_check_of_source_and_destination_can_be_switched(account):
    """ccm switches it off for nodes that forward."""
    eni = account.create_interface(SourceDestCheck=True)
    account.call("ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, SourceDestCheck=False)
    assert account.describe_interface(eni)["SourceDestCheck"] is False


# -- tags -------------------------------------------------------------------------------------------------


def test_each_product_spells_the_members_of_a_tag_in_its_own_way(account):
    """cilium reads TagKey and TagValue of interfaces, Key and Value of vSwitches."""
    tag = {"Key": "team", "Value": "net"}
    eni = account.create_interface(Tag=[tag])
    (instance_id,) = account.run_instances(Tag=[tag])
    wish = {"VpcId": account.network.id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.9.0/24"}
    vswitch_id = account.call("CreateVSwitch", Tag=[tag], **wish)["VSwitchId"]
    group_id = account.call("CreateSecurityGroup", VpcId=account.network.id, Tag=[tag])["SecurityGroupId"]
    account.wait()
    ecs = [{"TagKey": "team", "TagValue": "net"}]
    assert account.describe_interface(eni)["Tags"]["Tag"] == ecs
    assert account.describe_instances(InstanceIds=json.dumps([instance_id]))[0]["Tags"]["Tag"] == ecs
    groups = account.call("DescribeSecurityGroups", SecurityGroupId=group_id)["SecurityGroups"]
    assert groups["SecurityGroup"][0]["Tags"]["Tag"] == ecs
    vswitches = account.call("DescribeVSwitches", VSwitchId=vswitch_id)["VSwitches"]
    assert vswitches["VSwitch"][0]["Tags"]["Tag"] == [tag]


def test_vpcs_show_no_tags_in_lists_but_their_key_and_value(account):
    """terraform and cilium read Tags.Tag[].Key."""
    tag = {"Key": "team", "Value": "net"}
    vpc_id = account.call("CreateVpc", CidrBlock="10.8.0.0/16", Tag=[tag])["VpcId"]
    (shown,) = account.call("DescribeVpcs", VpcId=vpc_id)["Vpcs"]["Vpc"]
    assert shown["Tags"]["Tag"] == [tag]


def test_tags_of_an_interface_are_listed_under_the_type_eni(account):
    """terraform reads tags by ListTagResources and not from the interface."""
    eni = account.create_interface(Tag=[{"Key": "team", "Value": "net"}])
    found = account.call("ListTagResources", ResourceType="eni", ResourceId=[eni])
    assert found["TagResources"]["TagResource"] == [
        {"ResourceId": eni, "ResourceType": "eni", "TagKey": "team", "TagValue": "net"}
    ]
    assert found["NextToken"] == ""


def test_an_interface_without_tags_lists_none(account):
    """terraform: the wrapper is there."""
    found = account.call("ListTagResources", ResourceType="eni", ResourceId=[account.create_interface()])
    assert found["TagResources"] == {"TagResource": []}


def test_instances_are_found_by_tag_in_the_tag_service(account):
    """cilium narrows itself to the instances with its tags."""
    (instance_id,) = account.run_instances(Tag=[{"Key": "cluster", "Value": "c1"}])
    account.run_instances(Tag=[{"Key": "cluster", "Value": "c2"}])
    wish = {"ResourceType": "instance", "Tag": [{"Key": "cluster", "Value": "c1"}]}
    found = account.call("ListTagResources", **wish)["TagResources"]["TagResource"]
    assert {each["ResourceId"] for each in found} == {instance_id}


# -- states -----------------------------------------------------------------------------------------------


def test_attach_and_detach_pass_through_states_that_a_poller_sees(account):
    """terraform, cilium and terway poll for InUse and Available, and keep polling in any other status."""
    (instance_id,) = account.run_instances()
    eni = account.create_interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance_id}
    account.call("AttachNetworkInterface", **both)
    assert status(account, eni) == "Attaching"
    account.wait()
    assert status(account, eni) == "InUse"
    account.call("DetachNetworkInterface", **both)
    assert status(account, eni) == "Detaching"
    account.wait()
    assert status(account, eni) == "Available"


def test_a_deleted_interface_is_seen_as_deleting_and_then_no_more(account):
    """terway polls until it is gone."""
    eni = account.create_interface()
    account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert status(account, eni) == "Deleting"
    assert [each["NetworkInterfaceId"] for each in listed(account, Status="Deleting")] == [eni]
    account.wait()
    assert listed(account, NetworkInterfaceId=[eni]) == []


def test_a_deletion_and_a_detachment_can_be_asked_for_again_while_they_last(account):
    """terraform repeats both in its retries."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(), instance_id)
    for _ in range(2):
        account.call("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.wait()
    for _ in range(2):
        account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    account.wait()
    assert status(account, eni) == ""


def test_an_interface_that_is_attaching_cannot_be_deleted_and_goes_on_attaching(account):
    """cilium deletes after fifteen seconds without InUse. The pages say 400, older reports 403."""
    (instance_id,) = account.run_instances()
    eni = account.create_interface()
    account.call("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    refusal = account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert refusal == ("InvalidOperation.InvalidEniState", 400)
    account.wait()
    assert status(account, eni) == "InUse"


def test_an_interface_whose_attachment_was_refused_is_available_and_can_be_deleted(account):
    """cilium and terway clean up in this way when a node is full."""
    (instance_id,) = account.run_instances(InstanceType="ecs.t5-lc1m2.small")
    last = account.create_interface()
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()
    in_use(account, last, instance_id)
    eni = account.create_interface()
    refusal = account.refusal("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    assert refusal == ("EniPerInstanceLimitExceeded", 403)
    assert status(account, eni) == "Available"
    account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    account.wait()
    assert status(account, eni) == ""


def test_a_detachment_needs_the_id_of_the_instance(account):
    """ali-nuke leaves it out, overlooks the error, and deletes what is free."""
    (instance_id,) = account.run_instances()
    eni, free = in_use(account, account.create_interface(), instance_id), account.create_interface()
    for each in (eni, free):
        refusal = account.refusal("DetachNetworkInterface", NetworkInterfaceId=each)
        assert refusal == ("MissingParameter", 400)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=free)
    refusal = account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)
    assert refusal == ("InvalidOperation.InvalidEniState", 400)


def test_a_primary_interface_is_neither_detached_nor_deleted(account):
    """ali-nuke and cloudmux leave interfaces of the type Primary out."""
    (instance_id,) = account.run_instances()
    eni = primary_of(account, instance_id)["NetworkInterfaceId"]
    account.refusal("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)


@pytest.mark.parametrize(("wish", "left"), [(True, ""), (False, "Available")])
def test_an_interface_goes_with_its_instance_where_it_is_to_be_deleted_on_release(account, wish, left):
    """terway and gardener rely on true, terraform and bosh on false."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(DeleteOnRelease=wish), instance_id)
    primary = primary_of(account, instance_id)["NetworkInterfaceId"]
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    assert status(account, eni) == left
    assert status(account, primary) == ""


# -- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["CreateNetworkInterface", "AssignPrivateIpAddresses"])
def test_a_count_of_no_secondary_addresses_is_refused(account, action):
    """cilium sends none for that reason."""
    good = (
        {"NetworkInterfaceId": account.create_interface()}
        if action.startswith("Assign")
        else account.interface_params()
    )
    refusal = account.refusal(action, SecondaryPrivateIpAddressCount=0, **good)
    assert refusal == ("InvalidParameter", 400)


def test_assigned_addresses_come_back_in_the_order_of_the_request(account):
    """cloudmux takes the first for the first."""
    eni = account.create_interface()
    wish = ["10.0.0.77", "10.0.0.12", "10.0.0.130"]
    reply = account.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=wish)
    assert reply["AssignedPrivateIpAddressesSet"]["PrivateIpSet"]["PrivateIpAddress"] == wish
    assert reply["AssignedPrivateIpAddressesSet"]["Ipv4PrefixSet"]["Ipv4Prefixes"] == []


def test_assigned_prefixes_come_back_under_their_own_name(account):
    """terway reads Ipv4PrefixSet.Ipv4Prefixes and Ipv6PrefixSets.Ipv6Prefix."""
    eni = account.call("CreateNetworkInterface", **account.ipv6_interface_params())["NetworkInterfaceId"]
    ipv4 = account.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, Ipv4PrefixCount=1)
    ipv6 = account.call("AssignIpv6Addresses", NetworkInterfaceId=eni, Ipv6PrefixCount=1)
    (ipv4_prefix,) = ipv4["AssignedPrivateIpAddressesSet"]["Ipv4PrefixSet"]["Ipv4Prefixes"]
    (ipv6_prefix,) = ipv6["Ipv6PrefixSets"]["Ipv6Prefix"]
    assert ipv4["AssignedPrivateIpAddressesSet"]["PrivateIpSet"] == {"PrivateIpAddress": []}
    assert ipv6["Ipv6Sets"] == {"Ipv6Address": []}
    shown = account.describe_interface(eni)
    assert shown["Ipv4PrefixSets"]["Ipv4PrefixSet"] == [{"Ipv4Prefix": ipv4_prefix}]
    assert shown["Ipv6PrefixSets"]["Ipv6PrefixSet"] == [{"Ipv6Prefix": ipv6_prefix}]
    account.call("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, Ipv4Prefix=[ipv4_prefix])
    account.call("UnassignIpv6Addresses", NetworkInterfaceId=eni, Ipv6Prefix=[ipv6_prefix])
    shown = account.describe_interface(eni)
    assert (shown["Ipv4PrefixSets"]["Ipv4PrefixSet"], shown["Ipv6PrefixSets"]["Ipv6PrefixSet"]) == ([], [])


def test_addresses_and_prefixes_do_not_mix_in_a_request(account):
    """terway asks for them one after the other."""
    eni = account.create_interface()
    wish = {"SecondaryPrivateIpAddressCount": 1, "Ipv4PrefixCount": 1}
    refusal = account.refusal("AssignPrivateIpAddresses", NetworkInterfaceId=eni, **wish)
    assert refusal == ("InvalidParameter.Conflict", 400)


def test_to_take_the_primary_address_away_is_as_if_it_were_not_assigned(account):
    """terway takes InvalidIp.IpUnassigned for success, here as for an address that is not there."""
    made = account.call("CreateNetworkInterface", **account.interface_params())
    eni, primary = made["NetworkInterfaceId"], made["PrivateIpAddress"]
    for address in (primary, "10.0.0.9" if primary != "10.0.0.9" else "10.0.0.10"):
        refusal = account.refusal(
            "UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[address]
        )
        assert refusal == ("InvalidIp.IpUnassigned", 403)


def test_the_free_addresses_of_a_vswitch_fall_and_rise_with_use(account):
    """cilium and karpenter choose the vSwitch by them."""
    free = free_addresses(account)
    made = account.call(
        "CreateNetworkInterface", **account.interface_params(SecondaryPrivateIpAddressCount=3)
    )
    eni = made["NetworkInterfaceId"]
    assert free_addresses(account) == free - 4
    account.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=2)
    assert free_addresses(account) == free - 6
    taken = made["PrivateIpSets"]["PrivateIpSet"][1]["PrivateIpAddress"]
    account.call("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[taken])
    assert free_addresses(account) == free - 5
    (instance_id,) = account.run_instances()
    assert free_addresses(account) == free - 6
    account.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    account.wait()
    assert free_addresses(account) == free - 1
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    assert free_addresses(account) == free


def test_blocks_of_vpcs_and_vswitches_can_be_parsed(account):
    """cilium drops the whole list for one that cannot."""
    (vpc,) = account.call("DescribeVpcs")["Vpcs"]["Vpc"]
    (vswitch,) = account.call("DescribeVSwitches")["VSwitches"]["VSwitch"]
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


def test_every_instance_type_tells_its_limits(account):
    """terway, cilium and karpenter compute the capacity of a node from them."""
    types = account.call("DescribeInstanceTypes", MaxResults=100)["InstanceTypes"]["InstanceType"]
    assert len(types) > 30
    for each in types:
        assert {name: type(each[name]) for name in LIMITS} == LIMITS
        assert each["EniQuantity"] > 0
        assert each["EniPrivateIpAddressQuantity"] > 0
        assert (each["EniTotalQuantity"] > each["EniQuantity"]) is each["EniTrunkSupported"]
        cards = [card["NetworkCardIndex"] for card in each["NetworkCards"]["NetworkCardInfo"]]
        assert cards == list(range(each["NetworkCardQuantity"]))


def limits(account: AlibabaAccount, type_name: str) -> dict[str, Any]:
    (found,) = account.call("DescribeInstanceTypes", InstanceTypes=[type_name])["InstanceTypes"][
        "InstanceType"
    ]
    return dict(found)


def test_a_node_takes_as_many_interfaces_as_its_type_says_and_no_more(account):
    """cilium and terway: EniQuantity counts the primary one."""
    (instance_id,) = account.run_instances()
    for _ in range(limits(account, account.type_name)["EniQuantity"] - 1):
        in_use(account, account.create_interface(), instance_id)
    wish = {"NetworkInterfaceId": account.create_interface(), "InstanceId": instance_id}
    assert account.refusal("AttachNetworkInterface", **wish) == ("EniPerInstanceLimitExceeded", 403)


def test_an_interface_takes_as_many_addresses_as_the_type_says_and_no_more(account):
    """cilium and terway: EniPrivateIpAddressQuantity counts the primary one; terway marks it full."""
    (instance_id,) = account.run_instances()
    eni = in_use(account, account.create_interface(), instance_id)
    wish = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}
    for _ in range(limits(account, account.type_name)["EniPrivateIpAddressQuantity"] - 1):
        account.call("AssignPrivateIpAddresses", **wish)
    refusal = account.refusal("AssignPrivateIpAddresses", **wish)
    assert refusal == ("InvalidOperation.Ipv4CountExceeded", 403)


def test_a_trunk_takes_as_many_members_as_the_type_has_beyond_its_interfaces(account):
    """terway: members are EniTotalQuantity minus EniQuantity where trunks are supported."""
    found = limits(account, TRUNKING)
    assert found["EniTrunkSupported"] is True
    (instance_id,) = account.run_instances(InstanceType=TRUNKING)
    trunk_id = in_use(account, account.create_interface(InstanceType="Trunk"), instance_id)
    onto = {"InstanceId": instance_id, "TrunkNetworkInstanceId": trunk_id}
    for _ in range(found["EniTotalQuantity"] - found["EniQuantity"]):
        account.call("AttachNetworkInterface", NetworkInterfaceId=account.create_interface(), **onto)
    account.wait()
    refusal = account.refusal(
        "AttachNetworkInterface", NetworkInterfaceId=account.create_interface(), **onto
    )
    assert refusal == ("InvalidOperation.EniTrunkDeviceFull", 403)
    members = listed(account, Type="Member", Status="InUse", MaxResults=100)
    indexes = Counter(each["Attachment"]["DeviceIndex"] for each in members)
    assert len(indexes) == found["EniTotalQuantity"] - found["EniQuantity"]


def test_the_capacity_of_a_node_in_pods_is_interfaces_times_addresses(account):
    """karpenter: EniQuantity times EniPrivateIpAddressQuantity, as the public table has it for these."""
    for type_name, capacity in {"ecs.g7.large": 18, "ecs.g7.xlarge": 60, "ecs.g6.4xlarge": 160}.items():
        found = limits(account, type_name)
        assert found["EniQuantity"] * found["EniPrivateIpAddressQuantity"] == capacity


# -- client tokens ----------------------------------------------------------------------------------------


def test_a_token_repeats_the_answer_of_the_call_that_it_was_used_for(account):
    """terway keeps a token until a call with it succeeds, and must not get a second interface."""
    wish = account.interface_params(ClientToken="t-1", SecondaryPrivateIpAddressCount=4)
    made, again = (
        account.call("CreateNetworkInterface", **wish),
        account.call("CreateNetworkInterface", **wish),
    )
    assert again.pop("RequestId") != made.pop("RequestId")
    assert again == made
    assert len(listed(account)) == 1


def test_a_token_with_other_parameters_is_refused_and_makes_nothing(account):
    """terway makes its token of the parameters, so that this never happens to it."""
    account.call("CreateNetworkInterface", **account.interface_params(ClientToken="t-1"))
    refusal = account.refusal(
        "CreateNetworkInterface", **account.interface_params(ClientToken="t-1", Description="other")
    )
    assert refusal == ("IdempotentParameterMismatch", 400)
    assert len(listed(account)) == 1


def test_the_token_of_a_refused_request_is_used_up_and_another_one_is_granted(account):
    """terway keeps a token after any error but IdempotentFailed; then it takes another, as bosh does."""
    small = account.add_subnet(block="10.0.1.0/29")
    other = account.create_interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    wish = account.interface_params(VSwitchId=small.id, ClientToken="t-1")
    refusals = []
    for _ in range(2):
        with pytest.raises(ApiError) as refusal:
            account.client.call("CreateNetworkInterface", **wish)
        refusals.append((refusal.value.code, refusal.value.status))
        account.client.call("UnassignPrivateIpAddresses", **one_secondary(account, other))
    assert refusals == [("InvalidVSwitchId.IpNotEnough", 403), ("IdempotentFailed", 400)]
    account.call("CreateNetworkInterface", **{**wish, "ClientToken": "t-2"})


def one_secondary(account: AlibabaAccount, interface_id: str) -> dict[str, Any]:
    """Return the parameters that take one secondary address of an interface away."""
    address = account.describe_interface(interface_id)["PrivateIpSets"]["PrivateIpSet"][1][
        "PrivateIpAddress"
    ]
    return {"NetworkInterfaceId": interface_id, "PrivateIpAddress": [address]}


def test_the_token_of_a_request_that_came_too_soon_is_not_used_up(account):
    """terraform repeats IncorrectVSwitchStatus with the token that it has."""
    vswitch = account.execute(account.subnet_command(block="10.0.1.0/24"))
    wish = account.interface_params(VSwitchId=vswitch.id, ClientToken="t-1")
    assert account.refusal("CreateNetworkInterface", **wish) == ("IncorrectVSwitchStatus", 400)
    account.wait()
    account.call("CreateNetworkInterface", **wish)


@pytest.mark.parametrize(
    ("action", "wish"),
    [
        ("AssignPrivateIpAddresses", {"Ipv4PrefixCount": 1}),
        ("AssignPrivateIpAddresses", {"SecondaryPrivateIpAddressCount": 1}),
        ("AssignIpv6Addresses", {"Ipv6AddressCount": 1}),
    ],
)
def test_a_token_assigns_once(account, action, wish):
    """terraform sends one with IPv6 and prefixes, terway with all."""
    eni = account.call("CreateNetworkInterface", **account.ipv6_interface_params())["NetworkInterfaceId"]
    first, second = (
        account.call(action, NetworkInterfaceId=eni, ClientToken="t-1", **wish) for _ in range(2)
    )
    assert first.pop("RequestId") != second.pop("RequestId")
    assert first == second


# -- what holds what --------------------------------------------------------------------------------------


def test_a_network_is_taken_down_from_the_inside_out_only(account):
    """terraform and cloudmux repeat a deletion for as long as it is a DependencyViolation."""
    made = account.create_interface()
    group, vswitch, vpc = (
        {"SecurityGroupId": account.group.id},
        {"VSwitchId": account.subnet.id},
        {"VpcId": account.network.id},
    )
    assert account.refusal("DeleteSecurityGroup", **group) == ("DependencyViolation", 403)
    assert account.refusal("DeleteVSwitch", **vswitch) == ("DependencyViolation", 400)
    assert account.refusal("DeleteVpc", **vpc) == ("DependencyViolation.VSwitch", 400)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=made)
    account.wait()
    account.call("DeleteVSwitch", **vswitch)
    account.wait()
    assert account.refusal("DeleteVpc", **vpc) == ("DependencyViolation.SecurityGroup", 400)
    account.call("DeleteSecurityGroup", **group)
    account.call("DeleteVpc", **vpc)
    account.wait()
    assert account.call("DescribeVpcs")["Vpcs"]["Vpc"] == []


def test_a_group_of_an_instance_cannot_be_deleted_until_the_instance_is_gone(account):
    """packer and terraform: the race after the deletion of an instance."""
    (instance_id,) = account.run_instances()
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    refusal = account.refusal("DeleteSecurityGroup", SecurityGroupId=account.group.id)
    assert refusal == ("DependencyViolation", 403)
    account.wait()
    account.call("DeleteSecurityGroup", SecurityGroupId=account.group.id)


# -- the ways of asking -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["cilium-query", "terraform-form-beside-query", "ali-nuke-acs3"])
def test_one_port_takes_every_way_of_asking(account, way):
    """terway and cilium send a query, terraform a form beside a query, ali-nuke and karpenter ACS3."""
    eni = account.create_interface()
    client = account.client
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
    answer = account.emulator.send(request)
    assert answer.status == 200
    sets = json.loads(answer.body)["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    assert [each["NetworkInterfaceId"] for each in sets] == [eni]


def test_a_product_that_is_not_here_is_refused_at_once(account):
    """terraform asks BssOpenApi for its account's site when it is configured, and overlooks an error."""
    with pytest.raises(ApiError) as refusal:
        account.client.call("QueryAvailableInstances", "2017-12-14")
    assert refusal.value.status in {400, 404}


def test_who_asks_and_where_products_are_can_be_asked(account):
    """terraform: AccountId of the caller, and the endpoint of a product that has none configured."""
    caller = account.call("GetCallerIdentity", STS)
    assert re.fullmatch(r"\d{16}", caller["AccountId"])
    wish = {"Id": "cn-hangzhou", "ServiceCode": "ecs", "Type": "openAPI"}
    request = account.client.request("DescribeEndpoints", LOCATION, **wish)
    answer = account.emulator.send(attrs.evolve(request, headers={"host": "127.0.0.1:4780"}))
    endpoints = json.loads(answer.body)["Endpoints"]["Endpoint"]
    assert [each["Endpoint"] for each in endpoints] == ["127.0.0.1:4780"]
