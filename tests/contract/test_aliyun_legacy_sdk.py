"""The life of an interface as users of Alibaba Cloud's older Python SDK live it, in RPC version 1."""

import json
import warnings
from typing import Any

import pytest
from tests.contract.polling import poll
from tests.contract.requirements import require
from tests.contract.sdks.alibaba import OTHER_ZONE, REGION, ZONE, check, ecs_models, vpc_models
from tests.contract.server import SECRET, Server

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    client = require("aliyunsdkcore.client")
    exceptions = require("aliyunsdkcore.acs_exception.exceptions")


class Sdk:
    """The client of one account.

    ``sdk("Ecs", "DescribeVpcs", VpcId=...)`` fills in the SDK's own request class by its setters, and
    returns the answer, held against the models of the new SDK.
    """

    def __init__(self, address: str, access_key: str, secret: str = SECRET) -> None:
        self._client = client.AcsClient(access_key, secret, REGION)
        for product in ("Ecs", "Vpc"):
            self._client.add_endpoint(REGION, product, address)

    def __call__(self, product: str, action: str, **parameters: Any) -> dict[str, Any]:
        version = {"Ecs": "v20140526", "Vpc": "v20160428"}[product]
        module = require(f"aliyunsdk{product.lower()}.request.{version}.{action}Request")
        request = getattr(module, f"{action}Request")()
        for name, value in parameters.items():
            getattr(request, f"set_{name}")(value)
        body: dict[str, Any] = json.loads(self._client.do_action_with_exception(request))
        models = {"Ecs": ecs_models, "Vpc": vpc_models}[product]
        check(getattr(models, f"{action}ResponseBody"), body, request.get_version())
        return body

    def status(self, product: str, action: str, **parameters: Any) -> str | None:
        """Return the status of the one resource that a describe action lists, or None."""
        reply = self(product, action, **parameters)
        (wrapper,) = (value for value in reply.values() if isinstance(value, dict))
        (found,) = wrapper.values()
        return found[0]["Status"] if found else None


@pytest.fixture
def sdk(server: Server, access_key: str) -> Sdk:
    return Sdk(server.address, access_key)


def test_the_life_of_an_interface(sdk: Sdk) -> None:
    vpc_id = sdk("Vpc", "CreateVpc", CidrBlock="172.16.0.0/12", VpcName="shop")["VpcId"]
    poll(lambda: sdk.status("Vpc", "DescribeVpcs", VpcId=vpc_id), "Available")
    vswitches = []
    for octet, zone in enumerate((ZONE, OTHER_ZONE)):
        reply = sdk("Vpc", "CreateVSwitch", VpcId=vpc_id, ZoneId=zone, CidrBlock=f"172.16.{octet}.0/24")
        vswitches.append(reply["VSwitchId"])
        poll(lambda: sdk.status("Vpc", "DescribeVSwitches", VSwitchId=vswitches[-1]), "Available")
    group_id = sdk("Ecs", "CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]

    instances = []
    for vswitch_id in vswitches:
        reply = sdk(
            "Ecs",
            "RunInstances",
            ImageId="aliyun_3_x64_20G_alibase_20240528.vhd",
            InstanceType="ecs.g6.large",
            VSwitchId=vswitch_id,
            SecurityGroupId=group_id,
        )
        instances.extend(reply["InstanceIdSets"]["InstanceIdSet"])

    def instance_status(instance_id: str) -> str | None:
        return sdk.status("Ecs", "DescribeInstances", InstanceIds=json.dumps([instance_id]))

    for instance_id in instances:
        assert poll(lambda: instance_status(instance_id), "Running")[-1] == "Running"  # noqa: B023
    near, far = instances

    created = sdk(
        "Ecs",
        "CreateNetworkInterface",
        VSwitchId=vswitches[0],
        SecurityGroupIdss=[group_id],
        SecondaryPrivateIpAddressCount=1,
        Tags=[{"Key": "team", "Value": "net"}],
    )
    interface_id = created["NetworkInterfaceId"]
    assert created["Status"] == "Available"
    assert created["Tags"] == {"Tag": [{"TagKey": "team", "TagValue": "net"}]}
    assert len(created["PrivateIpSets"]["PrivateIpSet"]) == 2

    def interface() -> dict[str, Any] | None:
        reply = sdk("Ecs", "DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])
        found = reply["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        return found[0] if found else None

    def status() -> str | None:
        shown = interface()
        return shown["Status"] if shown else None

    with pytest.raises(exceptions.ServerException) as refused:
        sdk("Ecs", "AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=far)
    assert refused.value.get_error_code() == "InvalidOperation.AvailabilityZoneMismatch"
    assert refused.value.get_http_status() == 403
    assert refused.value.get_error_msg()
    assert len(refused.value.get_request_id()) == 36

    sdk("Ecs", "AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=near)
    assert poll(status, "InUse") == ["Attaching", "InUse"]
    shown = interface()
    assert shown is not None
    assert shown["Attachment"]["InstanceId"] == near

    sdk("Ecs", "DetachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=near)
    assert poll(status, "Available") == ["Detaching", "Available"]
    sdk("Ecs", "DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    poll(status, None)

    for instance_id in instances:
        sdk("Ecs", "DeleteInstance", InstanceId=instance_id, Force=True)
    for instance_id in instances:
        poll(lambda: instance_status(instance_id), None)  # noqa: B023 - called at once
    sdk("Ecs", "DeleteSecurityGroup", SecurityGroupId=group_id)
    for vswitch_id in vswitches:
        sdk("Vpc", "DeleteVSwitch", VSwitchId=vswitch_id)
        poll(
            lambda: sdk("Vpc", "DescribeVSwitches", VSwitchId=vswitch_id)["TotalCount"],  # noqa: B023
            0,
        )
    sdk("Vpc", "DeleteVpc", VpcId=vpc_id)
    poll(lambda: sdk("Vpc", "DescribeVpcs")["TotalCount"], 0)


def test_an_unknown_interface_is_not_found_with_404(sdk: Sdk) -> None:
    with pytest.raises(exceptions.ServerException) as refused:
        sdk("Ecs", "DeleteNetworkInterface", NetworkInterfaceId="eni-bp1nowhere0000000000")
    assert refused.value.get_error_code() == "InvalidEniId.NotFound"
    assert refused.value.get_http_status() == 404


def test_a_missing_parameter_is_refused_by_name(sdk: Sdk) -> None:
    with pytest.raises(exceptions.ServerException) as refused:
        sdk("Ecs", "CreateNetworkInterface")
    assert refused.value.get_http_status() == 400
    assert refused.value.get_error_code().startswith("Missing")
    assert "VSwitchId" in refused.value.get_error_msg()


def test_xml_is_the_default_where_no_format_is_asked_for(server: Server, access_key: str) -> None:
    """The SDK's deprecated ``do_action`` sends ``Format=None``."""
    asked = client.AcsClient(access_key, SECRET, REGION)
    request = require("aliyunsdkecs.request.v20140526.DescribeNetworkInterfacesRequest")
    describe = request.DescribeNetworkInterfacesRequest()
    describe.set_endpoint(server.address)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = asked.do_action(describe).decode()
    assert body.lstrip().startswith("<?xml")
    assert "<DescribeNetworkInterfacesResponse>" in body


def test_a_wrong_secret_is_found_out(server: Server, access_key: str) -> None:
    """The SDK reads the string to sign out of the message, and says that the secret is wrong."""
    with pytest.raises(exceptions.ServerException) as refused:
        Sdk(server.address, access_key, "another secret")("Vpc", "DescribeVpcs")
    assert refused.value.get_error_code() == "InvalidAccessKeySecret"
    assert refused.value.get_http_status() == 400
