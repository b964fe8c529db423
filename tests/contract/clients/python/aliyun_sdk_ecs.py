"""Alibaba Cloud's classic SDK for Python: signed with version 1, HMAC-SHA1; XML by a common request."""

import json
import warnings
from typing import Any

from checks import ENDPOINT, KEY, SCHEME, SECRET, Checks, main, watch

warnings.simplefilter("ignore")

from aliyunsdkcore.acs_exception.exceptions import ServerException  # noqa: E402 - warns at import
from aliyunsdkcore.client import AcsClient  # noqa: E402
from aliyunsdkcore.http import protocol_type  # noqa: E402
from aliyunsdkcore.request import CommonRequest  # noqa: E402
from aliyunsdkecs.request.v20140526.AttachNetworkInterfaceRequest import (  # noqa: E402
    AttachNetworkInterfaceRequest,
)
from aliyunsdkecs.request.v20140526.CreateNetworkInterfaceRequest import (  # noqa: E402
    CreateNetworkInterfaceRequest,
)
from aliyunsdkecs.request.v20140526.CreateSecurityGroupRequest import CreateSecurityGroupRequest  # noqa: E402
from aliyunsdkecs.request.v20140526.DeleteInstanceRequest import DeleteInstanceRequest  # noqa: E402
from aliyunsdkecs.request.v20140526.DeleteNetworkInterfaceRequest import (  # noqa: E402
    DeleteNetworkInterfaceRequest,
)
from aliyunsdkecs.request.v20140526.DeleteSecurityGroupRequest import DeleteSecurityGroupRequest  # noqa: E402
from aliyunsdkecs.request.v20140526.DescribeInstancesRequest import DescribeInstancesRequest  # noqa: E402
from aliyunsdkecs.request.v20140526.DescribeNetworkInterfacesRequest import (  # noqa: E402
    DescribeNetworkInterfacesRequest,
)
from aliyunsdkecs.request.v20140526.DetachNetworkInterfaceRequest import (  # noqa: E402
    DetachNetworkInterfaceRequest,
)
from aliyunsdkecs.request.v20140526.RunInstancesRequest import RunInstancesRequest  # noqa: E402
from aliyunsdkvpc.request.v20160428.CreateVpcRequest import CreateVpcRequest  # noqa: E402
from aliyunsdkvpc.request.v20160428.CreateVSwitchRequest import CreateVSwitchRequest  # noqa: E402
from aliyunsdkvpc.request.v20160428.DeleteVpcRequest import DeleteVpcRequest  # noqa: E402
from aliyunsdkvpc.request.v20160428.DeleteVSwitchRequest import DeleteVSwitchRequest  # noqa: E402
from aliyunsdkvpc.request.v20160428.DescribeVpcsRequest import DescribeVpcsRequest  # noqa: E402
from aliyunsdkvpc.request.v20160428.DescribeVSwitchesRequest import DescribeVSwitchesRequest  # noqa: E402

REGION = "cn-hangzhou"
ZONE, OTHER_ZONE = "cn-hangzhou-h", "cn-hangzhou-i"
UNKNOWN = "eni-bp1nowhere0000000000"


def connect(secret: str = SECRET) -> AcsClient:
    """Return a client that finds the emulator under both products."""
    client = AcsClient(KEY, secret, REGION)
    for product in ("Ecs", "Vpc") if ENDPOINT else ():
        client.add_endpoint(REGION, product, ENDPOINT)
    return client


def prepared(request: Any) -> Any:
    """Return a request that goes by https where that is wanted: the SDK's own choice is http.

    It wants its own constant: it asks whether a scheme *is* that, and any other text is http to it.
    """
    request.set_protocol_type(protocol_type.HTTPS if SCHEME == "https" else protocol_type.HTTP)
    return request


class Account:
    """What a user of the SDK writes around it."""

    def __init__(self) -> None:
        self.client = connect()

    def do(self, request: Any, **parameters: Any) -> Any:
        """Set a request's parameters by its setters, send it and read the answer."""
        for name, value in parameters.items():
            getattr(request, f"set_{name}")(value)
        return json.loads(self.client.do_action_with_exception(prepared(request)))

    def network_status(self, vpc_id: str) -> str | None:
        found = self.do(DescribeVpcsRequest(), VpcId=vpc_id)["Vpcs"]["Vpc"]
        return found[0]["Status"] if found else None

    def subnet_status(self, vswitch_id: str) -> str | None:
        found = self.do(DescribeVSwitchesRequest(), VSwitchId=vswitch_id)["VSwitches"]["VSwitch"]
        return found[0]["Status"] if found else None

    def create_subnet(self, vpc_id: str, zone: str, block: str) -> str:
        reply = self.do(CreateVSwitchRequest(), VpcId=vpc_id, ZoneId=zone, CidrBlock=block)
        vswitch_id: str = reply["VSwitchId"]
        watch(lambda: self.subnet_status(vswitch_id), "Available")
        return vswitch_id

    def instance_status(self, instance_id: str) -> str | None:
        reply = self.do(DescribeInstancesRequest(), InstanceIds=json.dumps([instance_id]))
        found = reply["Instances"]["Instance"]
        return found[0]["Status"] if found else None

    def create_interface(self, vswitch_id: str, group_id: str) -> Any:
        return self.do(
            CreateNetworkInterfaceRequest(),
            VSwitchId=vswitch_id,
            SecurityGroupId=group_id,
            Description="it's (50 %) ~ready*!",
            SecondaryPrivateIpAddressCount=1,
            Tags=[{"Key": "team", "Value": "\u7f51\u7edc +"}],
        )

    def find_interface(self, interface_id: str) -> Any:
        reply = self.do(DescribeNetworkInterfacesRequest(), NetworkInterfaceIds=[interface_id])
        found = reply["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        return found[0] if found else None

    def interface_status(self, interface_id: str) -> str | None:
        found = self.find_interface(interface_id)
        return found["Status"] if found else None

    def attach(self, interface_id: str, instance_id: str) -> None:
        self.do(AttachNetworkInterfaceRequest(), NetworkInterfaceId=interface_id, InstanceId=instance_id)

    def delete_interface(self, interface_id: str) -> None:
        self.do(DeleteNetworkInterfaceRequest(), NetworkInterfaceId=interface_id)
        watch(lambda: self.interface_status(interface_id), None)

    def xml(self, action: str, **parameters: str) -> str:
        """Call an action by its name and return the answer as XML."""
        request = CommonRequest(domain=ENDPOINT, version="2014-05-26", action_name=action, product="Ecs")
        request.set_accept_format("XML")
        for name, value in parameters.items():
            request.add_query_param(name, value)
        said: bytes = self.client.do_action(prepared(request))
        return said.decode()


def scenario(checks: Checks, _: None) -> None:  # noqa: PLR0915 - a life, from beginning to end
    """Live the life of an interface."""
    account = Account()

    with checks.check("sign") as told:
        account.do(DescribeNetworkInterfacesRequest())
        error = refusal(
            lambda: connect(f"not {SECRET}").do_action_with_exception(
                prepared(DescribeNetworkInterfacesRequest())
            )
        )
        # The SDK finds its own string to sign in the message, and concludes that the secret is wrong.
        assert error.get_error_code() == "InvalidAccessKeySecret"
        told.append(f"another secret: {error.get_error_code()}")

    with checks.check("success"):
        vpc_id = account.do(CreateVpcRequest(), CidrBlock="192.168.0.0/16")["VpcId"]
        watch(lambda: account.network_status(vpc_id), "Available")
        subnet_id = account.create_subnet(vpc_id, ZONE, "192.168.0.0/24")
        other_subnet_id = account.create_subnet(vpc_id, OTHER_ZONE, "192.168.1.0/24")
        group_id = account.do(CreateSecurityGroupRequest(), VpcId=vpc_id)["SecurityGroupId"]
        started = account.do(
            RunInstancesRequest(),
            ImageId="aliyun_3_x64_20G_alibase_20240528.vhd",
            InstanceType="ecs.g7.large",
            VSwitchId=subnet_id,
            SecurityGroupId=group_id,
        )
        (instance_id,) = started["InstanceIdSets"]["InstanceIdSet"]
        watch(lambda: account.instance_status(instance_id), "Running")

        near = account.create_interface(subnet_id, group_id)
        assert near["Status"] == "Available"
        assert near["ZoneId"] == ZONE
        assert near["Description"] == "it's (50 %) ~ready*!"
        assert near["SecurityGroupIds"] == {"SecurityGroupId": [group_id]}
        assert len(near["PrivateIpSets"]["PrivateIpSet"]) == 2
        assert near["Tags"] == {"Tag": [{"TagKey": "team", "TagValue": "\u7f51\u7edc +"}]}
        near_id = near["NetworkInterfaceId"]
        far_id = account.create_interface(other_subnet_id, group_id)["NetworkInterfaceId"]

    with checks.check("error") as told:
        unknown = refusal(lambda: account.attach(UNKNOWN, instance_id))
        assert (unknown.get_error_code(), unknown.get_http_status()) == ("InvalidEniId.NotFound", 404)
        assert len(unknown.get_request_id()) == 36
        distant = refusal(lambda: account.attach(far_id, instance_id))
        assert distant.get_error_code() == "InvalidOperation.AvailabilityZoneMismatch"
        assert distant.get_http_status() == 403
        assert account.interface_status(far_id) == "Available"
        incomplete = refusal(lambda: account.do(CreateNetworkInterfaceRequest()))
        assert incomplete.get_error_code().startswith("Missing")
        assert incomplete.get_http_status() == 400
        assert "VSwitchId" in incomplete.get_error_msg()
        told += [each.get_error_code() for each in (unknown, distant, incomplete)]

    with checks.check("poll") as told:
        account.attach(near_id, instance_id)
        attaching = watch(lambda: account.interface_status(near_id), "InUse")
        assert attaching == ["Attaching", "InUse"]
        assert account.find_interface(near_id)["Attachment"]["InstanceId"] == instance_id
        account.do(DetachNetworkInterfaceRequest(), NetworkInterfaceId=near_id, InstanceId=instance_id)
        detaching = watch(lambda: account.interface_status(near_id), "Available")
        assert detaching == ["Detaching", "Available"]
        told += [" ".join(attaching), " ".join(detaching)]

    with checks.check("xml") as told:
        said = account.xml("DescribeNetworkInterfaces")
        assert said.startswith("<?xml ")
        assert "<DescribeNetworkInterfacesResponse>" in said
        assert f"<NetworkInterfaceId>{near_id}</NetworkInterfaceId>" in said
        said = account.xml("DeleteNetworkInterface", NetworkInterfaceId=UNKNOWN)
        assert "<Error>" in said
        assert "<Code>InvalidEniId.NotFound</Code>" in said
        told.append("by CommonRequest")

    with checks.check("success") as told:
        account.delete_interface(near_id)
        account.delete_interface(far_id)
        account.do(DeleteInstanceRequest(), InstanceId=instance_id, Force=True)
        watch(lambda: account.instance_status(instance_id), None)
        account.do(DeleteSecurityGroupRequest(), SecurityGroupId=group_id)
        for vswitch_id in (subnet_id, other_subnet_id):
            account.do(DeleteVSwitchRequest(), VSwitchId=vswitch_id)
            watch(lambda: account.subnet_status(vswitch_id), None)  # noqa: B023 - called at once
        account.do(DeleteVpcRequest(), VpcId=vpc_id)
        watch(lambda: account.network_status(vpc_id), None)
        told.append("all deleted")


def refusal(call: Any) -> ServerException:
    """Return what a call is refused with."""
    try:
        call()
    except ServerException as error:
        return error
    raise AssertionError("the call was expected to be refused")


main("aliyun-python-sdk-ecs", {"v1": None}, scenario)
