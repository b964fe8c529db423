"""The life of an instance as terraform-provider-tencentcloud leads it: its calls, in its order.

Source: tencentcloud/services/cvm/resource_tc_instance.go of the provider: create, read, update, delete.
What it remembers of a read is its state; a plan without changes is a read that gives the same state again.
"""

from typing import Any

import attrs
import pytest
from tests.dialects.tencent.furnished_account import IMAGE, ZONE, TencentAccount

REGION = "ap-guangzhou"
State = dict[str, Any]


@attrs.frozen
class Provider:
    """The resource ``tencentcloud_instance`` of one account."""

    account: TencentAccount

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        return self.account.call(action, **params)

    def find(self, instance_id: str) -> dict[str, Any] | None:
        found = self.call("DescribeInstances", InstanceIds=[instance_id])["InstanceSet"]
        return found[0] if found else None

    def wait_for_state(self, instance_id: str, state: str) -> None:
        for _ in range(10):
            found = self.find(instance_id)
            assert found is not None
            if found["InstanceState"] == state:
                return
            self.account.wait()
        pytest.fail(f"{instance_id} is never {state}")

    def wait_for_operation(self, instance_id: str) -> None:
        """Wait as the provider does: an operation that is null is waited for like one that goes on."""
        self.account.wait()
        found = self.find(instance_id)
        assert found is not None
        assert found["LatestOperationState"] == "SUCCESS"

    # -- create --

    def create(self, **more: Any) -> str:
        account = self.account
        (instance_id,) = self.call(
            "RunInstances",
            ImageId=IMAGE,
            Placement={"Zone": ZONE, "ProjectId": 0},
            InstanceName="tf-instance",
            InstanceType="S5.MEDIUM4",
            InternetAccessible={"InternetMaxBandwidthOut": 0, "PublicIpAssigned": False},
            VirtualPrivateCloud={
                "VpcId": account.vpc_id,
                "SubnetId": account.subnet_id,
                "Ipv6AddressCount": 0,
            },
            SecurityGroupIds=[account.group_id],
            SystemDisk={"DiskType": "CLOUD_PREMIUM", "DiskSize": 50},
            DataDisks=[
                {
                    "DiskType": "CLOUD_PREMIUM",
                    "DiskSize": 50,
                    "ThroughputPerformance": 0,
                    "DeleteWithInstance": True,
                    "Encrypt": False,
                }
            ],
            EnhancedService={
                each: {"Enabled": True}
                for each in ("SecurityService", "MonitorService", "AutomationService")
            },
            LoginSettings={"Password": "Passw0rd-of-tf", "KeepImageLogin": "FALSE"},
            UserData="ZWNobw==",
            DisableApiTermination=False,
            TagSpecification=[{"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "net"}]}],
            ClientToken="terraform-1",
            **more,
        )["InstanceIdSet"]
        self.wait_for_state(instance_id, "RUNNING")
        assert self.tags(instance_id) == {"team": "net"}
        return str(instance_id)

    def tags(self, instance_id: str) -> dict[str, str]:
        place = {"ServiceType": "cvm", "ResourcePrefix": "instance", "ResourceRegion": REGION}
        rows = self.call("DescribeResourceTags", ResourceId=instance_id, Offset=0, Limit=20, **place)[
            "Rows"
        ]
        return {row["TagKey"]: row["TagValue"] for row in rows}

    def disks(self, *ids: str) -> dict[str, dict[str, Any]]:
        reply = self.call("DescribeDisks", DiskIds=list(ids), Limit=100, Offset=0)
        assert {disk["DiskState"] for disk in reply["DiskSet"]} == {"ATTACHED"}
        return {disk["DiskId"]: disk for disk in reply["DiskSet"]}

    # -- read, plan, import --

    def read(self, instance_id: str) -> State:
        """Return the state that a read sets, from the members that it uses."""
        found = self.find(instance_id)
        assert found is not None
        assert found["LatestOperationState"] != "OPERATING"
        images = [image["ImageId"] for image in self.call("DescribeImages")["ImageSet"]]
        assert images
        internet, network = found["InternetAccessible"], found["VirtualPrivateCloud"]
        system = self.disks(found["SystemDisk"]["DiskId"])[found["SystemDisk"]["DiskId"]]
        data_disks = [
            {
                "id": disk["DiskId"],
                "size": self.disks(disk["DiskId"])[disk["DiskId"]]["DiskSize"],
                "name": self.disks(disk["DiskId"])[disk["DiskId"]]["DiskName"],
                "type": disk["DiskType"],
                "delete_with_instance": disk["DeleteWithInstance"],
                "throughput_performance": disk["ThroughputPerformance"],
            }
            for disk in found["DataDisks"]
        ]
        return {
            **{
                name: found[name]
                for name in (
                    "ImageId",
                    "InstanceName",
                    "InstanceType",
                    "InstanceChargeType",
                    "SecurityGroupIds",
                    "InstanceState",
                    "CreatedTime",
                    "ExpiredTime",
                    "CamRoleName",
                    "DisableApiTermination",
                    "CPU",
                    "Memory",
                    "OsName",
                    "HpcClusterId",
                    "IPv6Addresses",
                    "PublicIPv6Addresses",
                    "Uuid",
                    "DisasterRecoverGroupId",
                    "DedicatedClusterId",
                    "RenewFlag",
                )
            },
            "zone": found["Placement"]["Zone"],
            "project": found["Placement"]["ProjectId"],
            "internet_charge_type": internet["InternetChargeType"] or "",
            "internet_max_bandwidth_out": internet["InternetMaxBandwidthOut"],
            "allocate_public_ip": bool(found["PublicIpAddresses"]),
            "network": (network["VpcId"], network["SubnetId"], network["Ipv6AddressCount"]),
            "private_ip": found["PrivateIpAddresses"][0],
            "key_ids": found["LoginSettings"]["KeyIds"] or [],
            "system_disk": (system["DiskType"], system["DiskSize"], system["DiskName"]),
            "data_disks": data_disks,
            "running_flag": found["InstanceState"] != "STOPPED",
            "tags": self.tags(instance_id),
            "user_data": self.user_data(instance_id),
        }

    def user_data(self, instance_id: str) -> str:
        wanted = {"InstanceIds": [instance_id], "Attributes": ["UserData"]}
        (shown,) = self.call("DescribeInstancesAttributes", **wanted)["InstanceSet"]
        return str(shown["Attributes"]["UserData"])

    # -- update --

    def modify(self, instance_id: str, **attributes: Any) -> None:
        self.call("ModifyInstancesAttribute", InstanceIds=[instance_id], **attributes)

    def set_bandwidth(self, instance_id: str, most: int) -> None:
        """Change it, and wait until the latest operation says that it is done."""
        params = {"InstanceIds": [instance_id], "InternetAccessible": {"InternetMaxBandwidthOut": most}}
        self.call("ResetInstancesInternetMaxBandwidth", **params)
        self.wait_for_operation(instance_id)

    def resize_system_disk(self, instance_id: str, size: int) -> None:
        params = {"InstanceId": instance_id, "ForceStop": True}
        self.call(
            "ResizeInstanceDisks", SystemDisk={"DiskSize": size, "DiskType": "CLOUD_PREMIUM"}, **params
        )
        self.wait_for_operation(instance_id)

    def change_type(self, instance_id: str, type_name: str) -> None:
        params = {"InstanceIds": [instance_id], "ForceStop": True}
        self.call("ResetInstancesType", InstanceType=type_name, **params)
        self.wait_for_operation(instance_id)
        self.wait_for_state(instance_id, "RUNNING")

    # -- delete --

    def delete(self, instance_id: str) -> None:
        """Terminate, wait until the instance is gone, and until its address is."""
        found = self.find(instance_id)
        assert found is not None
        self.call("TerminateInstances", InstanceIds=[instance_id], ReleaseAddress=False)
        for _ in range(10):
            if self.find(instance_id) is None:
                break
            self.account.wait()
        else:
            pytest.fail(f"{instance_id} is never gone")
        network = found["VirtualPrivateCloud"]
        place = {"VpcId": network["VpcId"], "SubnetId": network["SubnetId"]}
        used = self.call("DescribeUsedIpAddress", IpAddresses=found["PrivateIpAddresses"], **place)
        assert used["IpAddressStates"] == []


@pytest.fixture
def provider(account: TencentAccount) -> Provider:
    return Provider(account)


def test_an_instance_lives_from_apply_to_destroy(provider: Provider) -> None:
    account = provider.account
    instance_id = provider.create()
    applied = provider.read(instance_id)
    assert provider.read(instance_id) == applied
    assert applied["system_disk"] == ("CLOUD_PREMIUM", 50, "tf-instance_SYSTEM_DISK")
    (data,) = applied["data_disks"]

    other_group = account.create_group()
    provider.modify(instance_id, InstanceName="renamed")
    provider.modify(instance_id, SecurityGroups=[account.group_id, other_group])
    provider.modify(instance_id, UserData="ZWNobyAy")
    provider.wait_for_operation(instance_id)
    provider.set_bandwidth(instance_id, 10)
    provider.call("ModifyInstancesProject", InstanceIds=[instance_id], ProjectId=7)
    provider.call("ResizeDisk", DiskId=data["id"], DiskSize=80)
    provider.call("ModifyDiskAttributes", DiskIds=[data["id"]], DiskName="data")
    provider.resize_system_disk(instance_id, 60)
    provider.change_type(instance_id, "S5.LARGE8")
    provider.call(
        "ModifyResourceTags",
        Resource=f"qcs::cvm:{REGION}:uin/:instance/{instance_id}",
        ReplaceTags=[{"TagKey": "stage", "TagValue": "test"}],
        DeleteTags=[{"TagKey": "team"}],
    )
    changed = provider.read(instance_id)
    assert changed == {
        **applied,
        "InstanceName": "renamed",
        "SecurityGroupIds": [account.group_id, other_group],
        "project": 7,
        "data_disks": [{**data, "size": 80, "name": "data"}],
        "system_disk": ("CLOUD_PREMIUM", 60, "renamed_SYSTEM_DISK"),
        "InstanceType": "S5.LARGE8",
        "CPU": 4,
        "Memory": 8,
        "tags": {"stage": "test"},
        "user_data": "ZWNobyAy",
        "internet_max_bandwidth_out": 10,
    }
    imported = provider.read(instance_id)
    assert imported == changed

    provider.delete(instance_id)
    assert account.refusal("TerminateInstances", InstanceIds=[instance_id]) == "InvalidInstanceId.NotFound"
    assert provider.call("DescribeDisks")["DiskSet"] == []
    assert provider.call("DescribeAddresses")["AddressSet"] == []
    for group_id in (account.group_id, other_group):
        provider.call("DeleteSecurityGroup", SecurityGroupId=group_id)
    provider.call("DeleteSubnet", SubnetId=account.subnet_id)
    provider.call("DeleteVpc", VpcId=account.vpc_id)


def test_an_instance_is_stopped_and_started_by_its_flag(provider: Provider) -> None:
    instance_id = provider.create()
    applied = provider.read(instance_id)
    stop = {"StopType": "SOFT", "StoppedMode": "KEEP_CHARGING"}
    provider.call("StopInstances", InstanceIds=[instance_id], **stop)
    provider.wait_for_state(instance_id, "STOPPED")
    assert provider.read(instance_id) == {**applied, "InstanceState": "STOPPED", "running_flag": False}
    provider.call("StartInstances", InstanceIds=[instance_id])
    provider.wait_for_state(instance_id, "RUNNING")
    assert provider.read(instance_id) == applied


def test_a_protected_instance_is_destroyed_once_it_is_not_protected(provider: Provider) -> None:
    instance_id = provider.create()
    provider.modify(instance_id, DisableApiTermination=True)
    assert provider.read(instance_id)["DisableApiTermination"] is True
    code = provider.account.refusal("TerminateInstances", InstanceIds=[instance_id])
    assert code == "UnsupportedOperation.InstancesProtected"
    provider.modify(instance_id, DisableApiTermination=False)
    provider.delete(instance_id)


def test_a_public_address_outlives_the_instance_that_it_was_bound_to(provider: Provider) -> None:
    instance_id = provider.create()
    (address_id,) = provider.call("AllocateAddresses")["AddressSet"]
    provider.account.wait()
    provider.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    provider.account.wait()
    assert provider.read(instance_id)["allocate_public_ip"] is True
    provider.delete(instance_id)
    (address,) = provider.call("DescribeAddresses", AddressIds=[address_id])["AddressSet"]
    assert address["AddressStatus"] == "UNBIND"


# -- prepaid -----------------------------------------------------------------------------------------------

_PREPAID: dict[str, Any] = {
    "InstanceChargeType": "PREPAID",
    "InstanceChargePrepaid": {"Period": 1, "RenewFlag": "NOTIFY_AND_MANUAL_RENEW"},
}


def _recycle(provider: Provider, instance_id: str) -> None:
    """Terminate a prepaid instance, and wait until it is in the recycle bin."""
    provider.call("TerminateInstances", InstanceIds=[instance_id], ReleaseAddress=False)
    for _ in range(10):
        found = provider.find(instance_id)
        assert found is not None
        if found["InstanceState"] == "SHUTDOWN" and found["LatestOperationState"] != "OPERATING":
            return
        provider.account.wait()
    pytest.fail(f"{instance_id} is never SHUTDOWN")


def test_a_prepaid_instance_is_terminated_twice(provider: Provider) -> None:
    """With ``force_delete``; without it the first time is all, and the cloud destroys it after a week."""
    instance_id = provider.create(**_PREPAID)
    applied = provider.read(instance_id)
    assert provider.read(instance_id) == applied
    assert (applied["InstanceChargeType"], applied["RenewFlag"]) == ("PREPAID", "NOTIFY_AND_MANUAL_RENEW")
    provider.call("ModifyInstancesRenewFlag", InstanceIds=[instance_id], RenewFlag="NOTIFY_AND_AUTO_RENEW")
    provider.wait_for_operation(instance_id)
    assert provider.read(instance_id) == {**applied, "RenewFlag": "NOTIFY_AND_AUTO_RENEW"}
    _recycle(provider, instance_id)
    provider.delete(instance_id)
    (data,) = provider.call("DescribeDisks")["DiskSet"]
    assert data["DiskState"] == "UNATTACHED"
    provider.call("TerminateDisks", DiskIds=[data["DiskId"]])


def test_a_prepaid_instance_becomes_one_that_is_paid_by_the_hour(provider: Provider) -> None:
    instance_id = provider.create(**_PREPAID)
    by_hour = {"InstanceIds": [instance_id], "InstanceChargeType": "POSTPAID_BY_HOUR"}
    provider.call("ModifyInstancesChargeType", **by_hour)
    provider.wait_for_operation(instance_id)
    state = provider.read(instance_id)
    assert (state["InstanceChargeType"], state["ExpiredTime"]) == ("POSTPAID_BY_HOUR", None)
    provider.delete(instance_id)


def test_a_prepaid_instance_that_is_not_destroyed_by_force_goes_by_itself(provider: Provider) -> None:
    instance_id = provider.create(**_PREPAID)
    _recycle(provider, instance_id)
    provider.account.emulator.advance(8 * 86_400_000)
    assert provider.find(instance_id) is None
