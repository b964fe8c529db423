"""alicloud_instance, alicloud_ecs_network_interface and alicloud_ecs_network_interface_attachment."""

import json
from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State, is_gone
from tests.harness import ApiError

BUSY = (
    "InvalidOperation.InvalidEniState",
    "InvalidOperation.InvalidEcsState",
    "InvalidOperation.Conflict",
    "OperationConflict",
)


def describe_interface(provider: Provider, interface_id: str) -> dict[str, Any]:
    """Return what the provider finds of an interface, or nothing."""
    shown = provider.call("ecs", "DescribeNetworkInterfaces", NetworkInterfaceId=[interface_id])
    found: list[dict[str, Any]] = shown["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    return found[0] if found else {}


def secondary_addresses(shown: dict[str, Any]) -> list[str]:
    """Return the secondary addresses of an interface; the provider ends where a member is missing."""
    assert shown["Ipv6Sets"]["Ipv6Set"] == []
    assert shown["Ipv4PrefixSets"]["Ipv4PrefixSet"] == []
    return [
        each["PrivateIpAddress"] for each in shown["PrivateIpSets"]["PrivateIpSet"] if not each["Primary"]
    ]


@attrs.frozen
class NetworkInterface:
    provider: Provider
    computed = frozenset(
        {
            "mac",
            "primary_ip_address",
            "private_ip_addresses",
            "secondary_private_ip_address_count",
            "queue_number",
            "status",
            "instance_type",
            "network_interface_traffic_mode",
        }
    )

    def create(self, config: State) -> str:
        made = self.provider.call_again(
            ["IncorrectVSwitchStatus"],
            "ecs",
            "CreateNetworkInterface",
            VSwitchId=config["vswitch_id"],
            SecurityGroupIds=config["security_group_ids"],
            NetworkInterfaceName=config.get("network_interface_name"),
            Description=config.get("description"),
            SecondaryPrivateIpAddressCount=config.get("secondary_private_ip_address_count"),
            Tag=[{"Key": key, "Value": value} for key, value in config.get("tags", {}).items()],
        )
        interface_id = str(made["NetworkInterfaceId"])
        self.provider.wait_for(lambda: self._status(interface_id), "Available")
        return interface_id

    def read(self, resource_id: str) -> State | None:
        shown = describe_interface(self.provider, resource_id)
        if not shown:
            return None
        tags = self.provider.call("ecs", "ListTagResources", ResourceType="eni", ResourceId=[resource_id])
        secondary = secondary_addresses(shown)
        return {
            "description": shown["Description"],
            "instance_type": shown["Type"],
            "mac": shown["MacAddress"],
            "network_interface_name": shown["NetworkInterfaceName"],
            "network_interface_traffic_mode": shown["NetworkInterfaceTrafficMode"],
            "primary_ip_address": shown["PrivateIpAddress"],
            "private_ip_addresses": secondary,
            "queue_number": shown.get("QueueNumber"),
            "resource_group_id": shown["ResourceGroupId"],
            "secondary_private_ip_address_count": len(secondary),
            "security_group_ids": shown["SecurityGroupIds"]["SecurityGroupId"],
            "status": shown["Status"],
            "tags": {each["TagKey"]: each["TagValue"] for each in tags["TagResources"]["TagResource"]},
            "vswitch_id": shown["VSwitchId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        provider = self.provider
        provider.call(
            "ecs",
            "ModifyNetworkInterfaceAttribute",
            NetworkInterfaceId=resource_id,
            NetworkInterfaceName=new["network_interface_name"],
            Description=new.get("description", "")
            if old.get("description") != new.get("description")
            else None,
        )
        count = "secondary_private_ip_address_count"
        more = new.get(count, 0) - old.get(count, 0)
        if more > 0:
            provider.call_again(
                BUSY,
                "ecs",
                "AssignPrivateIpAddresses",
                NetworkInterfaceId=resource_id,
                SecondaryPrivateIpAddressCount=more,
                ClientToken=provider.token("AssignPrivateIpAddresses"),
            )
        if more < 0:
            addresses = secondary_addresses(describe_interface(provider, resource_id))
            provider.call_again(
                BUSY,
                "ecs",
                "UnassignPrivateIpAddresses",
                NetworkInterfaceId=resource_id,
                PrivateIpAddress=addresses[more:],
                ClientToken=provider.token("UnassignPrivateIpAddresses"),
            )
        provider.wait_for(
            lambda: str(len(secondary_addresses(describe_interface(provider, resource_id)))),
            str(new.get(count, 0)),
        )

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(BUSY, "ecs", "DeleteNetworkInterface", NetworkInterfaceId=resource_id)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, interface_id: str) -> str:
        return str(describe_interface(self.provider, interface_id).get("Status", ""))


@attrs.frozen
class NetworkInterfaceAttachment:
    """Its id is that of the interface and that of the instance."""

    provider: Provider
    computed = frozenset[str]()

    def create(self, config: State) -> str:
        self.provider.call_again(
            BUSY,
            "ecs",
            "AttachNetworkInterface",
            InstanceId=config["instance_id"],
            NetworkInterfaceId=config["network_interface_id"],
        )
        self.provider.wait_for(lambda: self._status(config["network_interface_id"]), "InUse")
        return f"{config['network_interface_id']}:{config['instance_id']}"

    def read(self, resource_id: str) -> State | None:
        interface_id, instance_id = resource_id.split(":")
        shown = self.provider.call(
            "ecs", "DescribeNetworkInterfaces", InstanceId=instance_id, MaxResults=100
        )
        for each in shown["NetworkInterfaceSets"]["NetworkInterfaceSet"]:
            if each["NetworkInterfaceId"] == interface_id:
                return {"instance_id": each["InstanceId"], "network_interface_id": interface_id}
        return None

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} is replaced, not changed from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        interface_id, instance_id = resource_id.split(":")
        self.provider.call_again(
            BUSY,
            "ecs",
            "DetachNetworkInterface",
            InstanceId=instance_id,
            NetworkInterfaceId=interface_id,
        )
        self.provider.wait_for(lambda: self._status(interface_id), "Available")

    def _status(self, interface_id: str) -> str:
        return str(describe_interface(self.provider, interface_id).get("Status", ""))


@attrs.frozen
class Instance:
    provider: Provider
    computed = frozenset(
        {
            "availability_zone",
            "cpu",
            "deletion_protection",
            "host_name",
            "internet_charge_type",
            "internet_max_bandwidth_in",
            "instance_charge_type",
            "maintenance_action",
            "memory",
            "network_interface_id",
            "os_name",
            "os_type",
            "primary_ip_address",
            "private_ip",
            "private_pool_options_match_criteria",
            "public_ip",
            "resource_group_id",
            "spot_strategy",
            "status",
            "stopped_mode",
            "system_disk_category",
            "system_disk_id",
            "system_disk_size",
        }
    )

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call_again(
            ["IncorrectVSwitchStatus"],
            "ecs",
            "RunInstances",
            ClientToken=provider.token("RunInstances"),
            ImageId=config["image_id"],
            InstanceType=config["instance_type"],
            VSwitchId=config["vswitch_id"],
            SecurityGroupIds=config["security_groups"],
            InstanceName=config.get("instance_name"),
            InternetMaxBandwidthOut=config.get("internet_max_bandwidth_out", 0),
            InstanceChargeType="PostPaid",
            UserData=config.get("user_data"),
            KeyPairName=config.get("key_name"),
            DryRun=False,
            DeletionProtection=False,
            **{"SystemDisk.Category": "cloud_essd", "SystemDisk.Size": "40"},
            Tag=[{"Key": key, "Value": value} for key, value in config.get("tags", {}).items()],
        )
        (instance_id,) = made["InstanceIdSets"]["InstanceIdSet"]
        provider.wait_for(lambda: self._status(instance_id), "Running")
        return str(instance_id)

    def read(self, resource_id: str) -> State | None:
        """Ask all that the provider asks of an instance; it needs an answer to each."""
        call = self.provider.call
        ids = json.dumps([resource_id])
        listed = call("ecs", "DescribeInstances", InstanceIds=ids)["Instances"]["Instance"]
        if not listed:
            return None
        (shown,) = listed
        disks = call("ecs", "DescribeDisks", InstanceId=resource_id, DiskType="system")
        (disk,) = disks["Disks"]["Disk"]
        user_data = call("ecs", "DescribeUserData", InstanceId=resource_id)
        roles = call("ecs", "DescribeInstanceRamRole", InstanceIds=ids)
        assert roles["InstanceRamRoleSets"]["InstanceRamRoleSet"][0]["RamRoleName"] == ""
        primary, *others = (
            each["NetworkInterfaceId"] for each in shown["NetworkInterfaces"]["NetworkInterface"]
        )
        interface = describe_interface(self.provider, primary)
        assert interface["Type"] == "Primary"
        assert all(describe_interface(self.provider, each) for each in others)
        kept = call("ecs", "DescribeInstanceMaintenanceAttributes", InstanceId=[resource_id])
        (maintenance,) = kept["MaintenanceAttributes"]["MaintenanceAttribute"]
        pools = call("ecs", "DescribeInstanceAttachmentAttributes", InstanceIds=ids)
        (pool,) = pools["Instances"]["Instance"]
        assert call("ecs", "DescribeInstanceAttribute", InstanceId=resource_id)["InstanceId"] == resource_id
        vpc = shown["VpcAttributes"]
        return {
            "availability_zone": shown["ZoneId"],
            "cpu": shown["Cpu"],
            "deletion_protection": shown["DeletionProtection"],
            "description": shown["Description"],
            "host_name": shown["HostName"],
            "image_id": shown["ImageId"],
            "instance_charge_type": shown["InstanceChargeType"],
            "instance_name": shown["InstanceName"],
            "instance_type": shown["InstanceType"],
            "internet_charge_type": shown["InternetChargeType"],
            "internet_max_bandwidth_in": shown["InternetMaxBandwidthIn"],
            "internet_max_bandwidth_out": shown["InternetMaxBandwidthOut"],
            "key_name": shown.get("KeyPairName", ""),
            "maintenance_action": maintenance["ActionOnMaintenance"]["Value"],
            "memory": shown["Memory"],
            "network_interface_id": primary,
            "os_name": shown["OSName"],
            "os_type": shown["OSType"],
            "primary_ip_address": interface["PrivateIpAddress"],
            "private_ip": vpc["PrivateIpAddress"]["IpAddress"][0],
            "private_pool_options_match_criteria": pool["PrivatePoolOptionsMatchCriteria"],
            "public_ip": "".join(shown["PublicIpAddress"]["IpAddress"][:1]),
            "resource_group_id": shown["ResourceGroupId"],
            "security_groups": shown["SecurityGroupIds"]["SecurityGroupId"],
            "spot_strategy": shown["SpotStrategy"],
            "status": shown["Status"],
            "stopped_mode": shown["StoppedMode"],
            "system_disk_category": disk["Category"],
            "system_disk_id": disk["DiskId"],
            "system_disk_size": disk["Size"],
            "tags": {each["TagKey"]: each["TagValue"] for each in shown.get("Tags", {}).get("Tag", [])},
            "user_data": user_data["UserData"],
            "vswitch_id": vpc["VSwitchId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        provider = self.provider
        provider.call(
            "ecs",
            "ModifyInstanceAttribute",
            InstanceId=resource_id,
            InstanceName=new["instance_name"] if new["instance_name"] != old["instance_name"] else None,
            Description=new.get("description", "")
            if new.get("description") != old.get("description")
            else None,
            ClientToken=provider.token("ModifyInstanceAttribute"),
        )
        bandwidth = new.get("internet_max_bandwidth_out", 0)
        before = old.get("internet_max_bandwidth_out", 0)
        if bandwidth != before:
            provider.call(
                "ecs",
                "ModifyInstanceNetworkSpec",
                InstanceId=resource_id,
                ClientToken=provider.token("ModifyInstanceNetworkSpec"),
                InternetMaxBandwidthOut=bandwidth,
            )
            provider.wait_for(lambda: self._bandwidth(resource_id), str(bandwidth))
            if before == 0:
                provider.call("ecs", "AllocatePublicIpAddress", InstanceId=resource_id)

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(
            [
                "IncorrectInstanceStatus",
                "IncorrectInstanceStatus.Initializing",
                "DependencyViolation.RouteEntry",
            ],
            "ecs",
            "DeleteInstance",
            InstanceId=resource_id,
            Force=True,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _listed(self, instance_id: str) -> dict[str, Any]:
        try:
            shown = self.provider.call("ecs", "DescribeInstances", InstanceIds=json.dumps([instance_id]))
        except ApiError as error:
            if is_gone(error):
                return {}
            raise
        return dict(*shown["Instances"]["Instance"])

    def _status(self, instance_id: str) -> str:
        return str(self._listed(instance_id).get("Status", ""))

    def _bandwidth(self, instance_id: str) -> str:
        return str(self._listed(instance_id)["InternetMaxBandwidthOut"])
