"""Calls to Alibaba Cloud in every style, and those that name no action that is served."""

import json
import re

import attrs
import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC
from tests.harness import ApiError, fold

from duolect_core.errors import NetworkNotFound
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.exchange import HttpRequest


@pytest.mark.parametrize("style", ["get", "query", "form", "acs3"])
def test_an_action_means_the_same_in_every_style(account, style):
    made = account.client.call(
        "CreateVpc", VPC, style=style, VpcName="ä&b=c", Tag=[{"Key": "a", "Value": "+%"}]
    )
    shown = account.client.call("DescribeVpcs", VPC, style=style, VpcId=made["VpcId"])["Vpcs"]["Vpc"][0]
    assert shown["VpcName"] == "ä&b=c"
    assert shown["Tags"]["Tag"] == [{"Key": "a", "Value": "+%"}]


def test_an_action_may_be_asked_for_in_json(account):
    request = account.client.request("RunInstances", style="acs3")
    body = json.dumps(
        {**account.instance_params(), "RegionId": "cn-hangzhou", "Amount": 2, "UniqueSuffix": True}
    )
    request = attrs.evolve(
        request,
        query=b"",
        headers={**request.headers, "content-type": "application/json; charset=utf-8"},
        body=body.encode(),
    )
    answer = account.emulator.send(request)
    assert len(json.loads(answer.body)["InstanceIdSets"]["InstanceIdSet"]) == 2
    broken = account.emulator.send(attrs.evolve(request, body=b"["))
    assert (broken.status, json.loads(broken.body)["Code"]) == (400, "InvalidParameter")


@pytest.mark.parametrize("action", ["DescribeInstances", "DescribeInstanceTypes", "DescribeZones"])
def test_an_answer_in_xml_holds_every_value_of_the_one_in_json(account, action):
    account.run_instances()
    root = account.client.call_xml(action)
    assert root.tag == f"{action}Response"
    values = [leaf.text or "" for leaf in root.iter() if not len(leaf)]
    for path, value in fold(account.client.call(action), 1).items():
        if path != "RequestId":
            assert (value.lower() if value in {"True", "False"} else value) in values, path


def test_a_refusal_in_xml_has_the_same_fields_as_in_json(account):
    root = account.client.call_xml("DeleteVpc", VPC, VpcId="vpc-none")
    assert root.tag == "Error"
    with pytest.raises(ApiError) as caught:
        account.client.call("DeleteVpc", VPC, VpcId="vpc-none")
    assert {child.tag for child in root} == set(caught.value.body)
    assert caught.value.body["HostId"] == "vpc.cn-hangzhou.aliyuncs.com"
    assert root.findtext("Code") == "InvalidVpcId.NotFound"


@pytest.mark.parametrize(
    ("action", "version", "refusal"),
    [
        ("", "2014-05-26", ("MissingAction", 400)),
        ("RunInstances", "", ("MissingVersion", 400)),
        ("RunInstances", "2000-01-01", ("InvalidVersion", 400)),
        ("RunInstances", "2016-04-28", ("InvalidAction.NotFound", 404)),
        ("Run", "2014-05-26", ("InvalidAction.NotFound", 404)),
    ],
)
def test_what_is_no_action_is_refused(account, action, version, refusal):
    with pytest.raises(ApiError) as caught:
        account.client.call(action, version)
    assert (caught.value.code, caught.value.status) == refusal


def test_a_method_that_is_not_spoken_is_refused(account):
    answer = account.emulator.send(attrs.evolve(account.client.request("DescribeVpcs"), method="PUT"))
    assert (answer.status, json.loads(answer.body)["Code"]) == (403, "UnsupportedHTTPMethod")


def test_names_that_contradict_each_other_are_refused(account):
    request = account.client.request("DescribeVpcs")
    answer = account.emulator.send(attrs.evolve(request, query=request.query + b"&Tag=1&Tag.1.Key=a"))
    assert (answer.status, json.loads(answer.body)["Code"]) == (400, "InvalidParameter")


def test_an_unknown_region_is_refused(account):
    with pytest.raises(ApiError) as caught:
        account.client.call("DescribeVpcs", VPC, RegionId="mars-1")
    assert (caught.value.code, caught.value.status) == ("InvalidRegionId.NotFound", 404)
    assert caught.value.body["HostId"] == "vpc.aliyuncs.com"


@pytest.mark.parametrize(
    "sent",
    [
        {"headers": {"x-acs-action": "DescribeVpcs"}},
        {"headers": {"authorization": "ACS3-HMAC-SHA256 Credential=a"}},
        {"query": b"AccessKeyId=a"},
        {"query": b"SignatureVersion=1.0"},
        {"query": b"Format=JSON"},
        {"query": b"Action=DescribeVpcs&Version=2016-04-28"},
    ],
)
def test_a_call_is_recognised_by_any_sign_of_the_vendor(sent):
    request = HttpRequest(
        **{"method": "GET", "path": "/", "query": b"", "headers": {}, "body": b"", **sent}
    )
    assert AlibabaDialect().recognises(request, request.parameters())


def test_a_call_of_another_vendor_is_not_recognised():
    request = HttpRequest("POST", "/", b"Action=DescribeVpcs&Version=2017-03-12", {}, b"")
    assert not AlibabaDialect().recognises(request, request.parameters())


def test_the_last_resorts_are_in_the_vendors_shape(account):
    dialect = AlibabaDialect()
    request = account.client.request("DescribeVpcs")
    call = dialect.open(request, request.parameters(), "id")
    answer = dialect.internal_error(call)
    assert (answer.status, json.loads(answer.body)["Code"]) == (500, "InternalError")
    assert dialect.too_large().status == 413
    assert dialect.translate(NetworkNotFound("vpc-1"), call).code == "InvalidVpcId.NotFound"


# -- headers and advice ------------------------------------------------------------------------------------


def test_every_answer_has_the_headers_that_were_recorded(account):
    """Recorded in 2022, 2023 and 2025; the trace id and the etag are different each time."""
    seen = set()
    for _ in range(2):
        account.client.call("DescribeVpcs", VPC)
        headers = account.client.last.headers
        assert headers["access-control-allow-origin"] == headers["access-control-expose-headers"] == "*"
        assert headers["keep-alive"] == "timeout=25"
        assert re.fullmatch(r"[0-9a-f]{32}", headers["x-acs-trace-id"])
        assert len(headers["etag"]) == 24
        seen.add((headers["x-acs-trace-id"], headers["etag"]))
    assert len(seen) == 2


def test_answers_of_ecs_tell_browsers_more(account):
    """Recorded of ECS in 2022; not of other products, in 2023 and 2025."""
    account.client.call("DescribeRegions", ECS)
    headers = account.client.last.headers
    assert headers["access-control-allow-methods"] == "POST, GET, OPTIONS, PUT, DELETE"
    assert headers["access-control-max-age"] == "172800"
    assert "x-acs-version" in headers["access-control-allow-headers"].split(", ")
    account.client.call("DescribeVpcs", VPC)
    assert not {
        name for name in account.client.last.headers if name.startswith("access-control-allow-")
    } - {"access-control-allow-origin"}


@pytest.mark.parametrize(
    ("region", "advice"),
    [
        ("cn-hangzhou", "https://api.aliyun.com/troubleshoot?q="),
        ("me-east-1", "https://api.alibabacloud.com/troubleshoot?intl_lang=EN_US&q="),
    ],
)
def test_advice_is_where_the_reader_is(account, region, advice):
    with pytest.raises(ApiError) as caught:
        account.client.call("DeleteVpc", VPC, VpcId="vpc-none", RegionId=region)
    assert caught.value.body["Recommend"].startswith(advice)


def test_location_has_a_host_of_its_own(account):
    with pytest.raises(ApiError) as caught:
        account.client.call("DescribeEndpoints", "2015-06-12", Id="mars", ServiceCode="ecs")
    assert caught.value.body["HostId"] == "location-readonly.aliyuncs.com"


@pytest.mark.parametrize("style", ["get", "query", "form", "acs3"])
def test_an_empty_text_clears_what_an_action_modifies_and_says_nothing_elsewhere(account, style):
    """As programs clear a name or a description; the vendor's Terraform provider does."""
    vpc = account.create_vpc(VpcName="named", Description="described")
    eni = account.create_interface(NetworkInterfaceName="named", Description="described")
    for action, version, params in (
        ("ModifyVpcAttribute", VPC, {"VpcId": vpc, "VpcName": "", "Description": ""}),
        (
            "ModifyNetworkInterfaceAttribute",
            ECS,
            {"NetworkInterfaceId": eni, "NetworkInterfaceName": "", "Description": "", "QueueNumber": ""},
        ),
        (
            "ModifySecurityGroupAttribute",
            ECS,
            {"SecurityGroupId": account.group.id, "SecurityGroupName": "", "Description": ""},
        ),
    ):
        account.client.call(action, version, style=style, **params)
    graph = account.partition.graph
    for found in (graph.networks[vpc], graph.interfaces[eni], account.group):
        assert (found.name, found.description) == ("", "")
    shown = account.client.call("DescribeVpcs", VPC, style=style, VpcName="")
    assert shown["TotalCount"] == 2


def test_an_empty_text_clears_a_vswitch_an_eip_and_a_rule(account):
    vswitch = account.create_vswitch(account.create_vpc(), VSwitchName="named", Description="described")
    account.call("ModifyVSwitchAttribute", VSwitchId=vswitch, VSwitchName="", Description="")
    account.wait()
    eip = account.client.call("AllocateEipAddress", VPC, Name="named", Description="described")
    allocation = eip["AllocationId"]
    account.call("ModifyEipAddressAttribute", VPC, AllocationId=allocation, Name="", Description="")
    graph = account.partition.graph
    for found in (graph.subnets[vswitch], graph.public_addresses[allocation]):
        assert (found.name, found.description) == ("", "")
    rule = {"IpProtocol": "tcp", "PortRange": "80/80", "SourceCidrIp": "10.0.0.0/8"}
    of_group = {"SecurityGroupId": account.group.id}
    account.call("AuthorizeSecurityGroup", **of_group, **rule, Description="described")
    account.call("ModifySecurityGroupRule", **of_group, **rule, Description="")
    assert [each.description for each in account.group.all_rules] == [""]


def test_a_client_token_is_overlooked_where_an_action_has_none(account):
    """The vendor's Terraform provider sends one with whatever changes something."""
    eni = account.create_interface(SecondaryPrivateIpAddressCount=1)
    held = account.describe_interface(eni)["PrivateIpSets"]["PrivateIpSet"]
    ips = [each["PrivateIpAddress"] for each in held if not each["Primary"]]
    account.call(
        "UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=ips, ClientToken="t"
    )
    account.call(
        "ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, Description="new", ClientToken="t"
    )
    account.call("DeleteNetworkInterface", NetworkInterfaceId=eni, ClientToken="t")
    with pytest.raises(ApiError) as refused:
        account.client.call("DeleteNetworkInterface", NetworkInterfaceId=eni, Token="t")
    assert refused.value.code == "UnsupportedParameter"


def test_a_nil_of_go_says_nothing(account):
    """The vendor's Terraform provider sends NicType=<nil> for rules that have none."""
    rule = {"IpProtocol": "tcp", "PortRange": "80/80", "SourceCidrIp": "10.0.0.0/8", "NicType": "<nil>"}
    account.call("AuthorizeSecurityGroup", SecurityGroupId=account.group.id, **rule)
    assert len(account.group.all_rules) == 1


def test_permissions_may_come_as_one_text_of_json(account):
    """Newer versions of the vendor's Terraform provider write them so."""
    one = {"IpProtocol": "tcp", "PortRange": "80/80", "SourceCidrIp": "10.0.0.0/8", "Priority": 7}
    two = {**one, "PortRange": "81/81", "Description": None}
    account.call(
        "AuthorizeSecurityGroup", SecurityGroupId=account.group.id, Permissions=json.dumps([one, two])
    )
    assert [rule.priority for rule in account.group.all_rules] == [7, 7]
    with pytest.raises(ApiError) as refused:
        account.client.call("AuthorizeSecurityGroup", SecurityGroupId=account.group.id, Permissions="[{")
    assert (refused.value.code, refused.value.status) == ("InvalidParameter", 400)
