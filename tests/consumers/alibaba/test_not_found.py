"""What programs are told of what is not there."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.consumers.alibaba.interfaces import MISSING, listed
from tests.dialects.alibaba.sdk_models import VPC
from tests.harness import ApiError


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
    params = {"VpcId": vpc_id, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.8.0.0/24"}
    vswitch_id = account.call("CreateVSwitch", **params)["VSwitchId"]
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
