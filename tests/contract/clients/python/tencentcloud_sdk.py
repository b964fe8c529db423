"""Tencent Cloud's SDK for Python: signed with TC3-HMAC-SHA256 or with version 1, by POST or by GET."""

from typing import Any

from checks import ENDPOINT, KEY, SCHEME, SECRET, Checks, main, watch
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.cvm.v20170312 import models as cvm_models
from tencentcloud.cvm.v20170312.cvm_client import CvmClient
from tencentcloud.vpc.v20170312 import models as vpc_models
from tencentcloud.vpc.v20170312.vpc_client import VpcClient

REGION = "ap-guangzhou"
ZONE, OTHER_ZONE = "ap-guangzhou-3", "ap-guangzhou-4"
WAYS = {
    "TC3": ("TC3-HMAC-SHA256", "POST"),
    "TC3 GET": ("TC3-HMAC-SHA256", "GET"),
    "HmacSHA1": ("HmacSHA1", "POST"),
    "HmacSHA256 GET": ("HmacSHA256", "GET"),
}
DESCRIPTION = "it's (50 %) ~ready*!"


class Account:
    """What a user of the SDK writes around it."""

    def __init__(self, way: tuple[str, str], secret: str = SECRET) -> None:
        scheme, method = way
        profile = ClientProfile(
            signMethod=scheme,
            httpProfile=HttpProfile(
                protocol=SCHEME if ENDPOINT else None, endpoint=ENDPOINT, reqMethod=method
            ),
        )
        self.vpc = VpcClient(Credential(KEY, secret), REGION, profile)
        self.cvm = CvmClient(Credential(KEY, secret), REGION, profile)

    def create_subnet(self, vpc_id: str, zone: str, block: str) -> str:
        request = vpc_models.CreateSubnetRequest()
        request.VpcId, request.SubnetName, request.Zone, request.CidrBlock = vpc_id, zone, zone, block
        subnet_id: str = self.vpc.CreateSubnet(request).Subnet.SubnetId
        return subnet_id

    def run_instance(self, vpc_id: str, subnet_id: str, group_id: str) -> str:
        request = cvm_models.RunInstancesRequest()
        request.ImageId = "img-487zeit5"
        request.InstanceType = "S5.MEDIUM4"
        request.Placement = cvm_models.Placement()
        request.Placement.Zone = ZONE
        request.VirtualPrivateCloud = cvm_models.VirtualPrivateCloud()
        request.VirtualPrivateCloud.VpcId = vpc_id
        request.VirtualPrivateCloud.SubnetId = subnet_id
        request.SecurityGroupIds = [group_id]
        (instance_id,) = self.cvm.RunInstances(request).InstanceIdSet
        watch(lambda: self.instance_state(instance_id), "RUNNING")
        return str(instance_id)

    def instance_state(self, instance_id: str) -> str | None:
        request = cvm_models.DescribeInstancesRequest()
        request.InstanceIds = [instance_id]
        found = self.cvm.DescribeInstances(request).InstanceSet
        return found[0].InstanceState if found else None

    def create_interface(self, vpc_id: str, subnet_id: str, group_id: str) -> Any:
        tag = vpc_models.Tag()
        tag.Key, tag.Value = "team", "\u7f51\u7edc"
        request = vpc_models.CreateNetworkInterfaceRequest()
        request.VpcId = vpc_id
        request.SubnetId = subnet_id
        request.NetworkInterfaceName = "second"
        request.NetworkInterfaceDescription = DESCRIPTION
        request.SecurityGroupIds = [group_id]
        request.SecondaryPrivateIpAddressCount = 1
        request.Tags = [tag]
        created = self.vpc.CreateNetworkInterface(request).NetworkInterface
        watch(lambda: self.interface_state(created.NetworkInterfaceId), "AVAILABLE")
        return created

    def find_interface(self, interface_id: str) -> Any:
        request = vpc_models.DescribeNetworkInterfacesRequest()
        request.NetworkInterfaceIds = [interface_id]
        found = self.vpc.DescribeNetworkInterfaces(request).NetworkInterfaceSet
        return found[0] if found else None

    def interface_state(self, interface_id: str) -> str | None:
        found = self.find_interface(interface_id)
        return found.State if found else None

    def attach(self, interface_id: str, instance_id: str) -> str:
        request = vpc_models.AttachNetworkInterfaceRequest()
        request.NetworkInterfaceId, request.InstanceId = interface_id, instance_id
        return str(self.vpc.AttachNetworkInterface(request).RequestId)

    def detach(self, interface_id: str, instance_id: str) -> str:
        request = vpc_models.DetachNetworkInterfaceRequest()
        request.NetworkInterfaceId, request.InstanceId = interface_id, instance_id
        return str(self.vpc.DetachNetworkInterface(request).RequestId)

    def task(self, task_id: str) -> str:
        request = vpc_models.DescribeVpcTaskResultRequest()
        request.TaskId = task_id
        return str(self.vpc.DescribeVpcTaskResult(request).Status)

    def delete_interface(self, interface_id: str) -> None:
        request = vpc_models.DeleteNetworkInterfaceRequest()
        request.NetworkInterfaceId = interface_id
        self.vpc.DeleteNetworkInterface(request)
        watch(lambda: self.interface_state(interface_id), None)


def scenario(checks: Checks, way: tuple[str, str]) -> None:  # noqa: PLR0915 - a life, from beginning to end
    """Live the life of an interface."""
    account = Account(way)
    vpc = account.vpc

    with checks.check("sign") as told:
        request = vpc_models.DescribeNetworkInterfacesRequest()
        vpc.DescribeNetworkInterfaces(request)
        error = refusal(lambda: Account(way, f"not{SECRET}").vpc.DescribeNetworkInterfaces(request))
        assert error.code == "AuthFailure.SignatureFailure"
        told.append(f"another secret: {error.code}")

    with checks.check("success"):
        request = vpc_models.CreateVpcRequest()
        request.VpcName, request.CidrBlock = "shop", "10.0.0.0/16"
        vpc_id = vpc.CreateVpc(request).Vpc.VpcId
        subnet_id = account.create_subnet(vpc_id, ZONE, "10.0.0.0/24")
        other_subnet_id = account.create_subnet(vpc_id, OTHER_ZONE, "10.0.1.0/24")
        request = vpc_models.CreateSecurityGroupRequest()
        request.GroupName, request.GroupDescription = "web", "web servers"
        group_id = vpc.CreateSecurityGroup(request).SecurityGroup.SecurityGroupId
        instance_id = account.run_instance(vpc_id, subnet_id, group_id)

        near = account.create_interface(vpc_id, subnet_id, group_id)
        assert near.State == "PENDING"
        assert near.Zone == ""  # known only later
        assert near.Attachment is None
        assert near.NetworkInterfaceDescription == DESCRIPTION
        assert near.GroupSet == [group_id]
        assert [each.Primary for each in near.PrivateIpAddressSet] == [True, False]
        assert [(tag.Key, tag.Value) for tag in near.TagSet] == [("team", "\u7f51\u7edc")]
        near_id = near.NetworkInterfaceId
        far_id = account.create_interface(vpc_id, other_subnet_id, group_id).NetworkInterfaceId

    with checks.check("error") as told:
        unknown = refusal(lambda: account.attach("eni-nowhere0", instance_id))
        assert unknown.code == "ResourceNotFound"
        assert len(unknown.requestId) == 36
        distant = refusal(lambda: account.attach(far_id, instance_id))
        assert distant.code == "UnsupportedOperation.ZoneMismatch"
        assert account.interface_state(far_id) == "AVAILABLE"
        request = vpc_models.CreateNetworkInterfaceRequest()
        request.VpcId = vpc_id
        incomplete = refusal(lambda: vpc.CreateNetworkInterface(request))
        assert incomplete.code == "MissingParameter"
        assert "NetworkInterfaceName" in incomplete.message
        told += [unknown.code, distant.code, incomplete.code]

    with checks.check("poll") as told:
        attached = account.attach(near_id, instance_id)
        assert account.interface_state(near_id) == "ATTACHING"
        attaching = watch(lambda: account.task(attached), "SUCCESS")
        assert attaching == ["RUNNING", "SUCCESS"]
        shown = account.find_interface(near_id)
        assert shown.State == "AVAILABLE"
        assert shown.Attachment.InstanceId == instance_id
        assert shown.Attachment.DeviceIndex == 1
        detached = account.detach(near_id, instance_id)
        detaching = watch(lambda: account.task(detached), "SUCCESS")
        assert detaching == ["RUNNING", "SUCCESS"]
        assert account.find_interface(near_id).Attachment is None
        told += [" ".join(attaching), " ".join(detaching)]

    with checks.check("success") as told:
        account.delete_interface(near_id)
        account.delete_interface(far_id)
        request = cvm_models.TerminateInstancesRequest()
        request.InstanceIds = [instance_id]
        account.cvm.TerminateInstances(request)
        watch(lambda: account.instance_state(instance_id), None)
        request = vpc_models.DeleteSecurityGroupRequest()
        request.SecurityGroupId = group_id
        vpc.DeleteSecurityGroup(request)
        for each in (subnet_id, other_subnet_id):
            request = vpc_models.DeleteSubnetRequest()
            request.SubnetId = each
            vpc.DeleteSubnet(request)
        request = vpc_models.DeleteVpcRequest()
        request.VpcId = vpc_id
        vpc.DeleteVpc(request)
        assert refusal(lambda: vpc.DeleteVpc(request)).code == "ResourceNotFound"
        told.append("all deleted")


def refusal(call: Any) -> TencentCloudSDKException:
    """Return what a call is refused with."""
    try:
        call()
    except TencentCloudSDKException as error:
        return error
    raise AssertionError("the call was expected to be refused")


main("tencentcloud-sdk-python", WAYS, scenario)
