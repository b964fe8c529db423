"""alicloud_common_bandwidth_package and alicloud_common_bandwidth_package_attachment."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.addresses import describe_address
from tests.consumers.alibaba.terraform.provider import Provider, State

_AGAIN = (
    "BandwidthPackageOperation.conflict",
    "OperationConflict",
    "LastTokenProcessing",
    "IncorrectStatus",
    "SystemBusy",
    "ServiceUnavailable",
    "TaskConflict",
)


def describe_package(provider: Provider, package_id: str) -> dict[str, Any]:
    """Return what the provider finds of a bandwidth package, or nothing."""
    listed = provider.call("vpc", "DescribeCommonBandwidthPackages", BandwidthPackageId=package_id)
    found: list[dict[str, Any]] = listed["CommonBandwidthPackages"]["CommonBandwidthPackage"]
    return found[0] if found else {}


@attrs.frozen
class CommonBandwidthPackage:
    provider: Provider
    computed = frozenset(
        {
            "create_time",
            "deletion_protection",
            "internet_charge_type",
            "isp",
            "payment_type",
            "ratio",
            "resource_group_id",
            "status",
        }
    )

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call_again(
            _AGAIN,
            "vpc",
            "CreateCommonBandwidthPackage",
            ClientToken=provider.token("CreateCommonBandwidthPackage"),
            Description=config.get("description"),
            Bandwidth=config["bandwidth"],
            Ratio=config.get("ratio"),
            ISP=config.get("isp"),
            InternetChargeType=config.get("internet_charge_type"),
            Name=config.get("bandwidth_package_name"),
        )
        package_id = str(made["BandwidthPackageId"])
        provider.wait_for(lambda: self._status(package_id), "Available")
        self.update(package_id, {**config, "deletion_protection": False, "tags": {}}, config)
        return package_id

    def read(self, resource_id: str) -> State | None:
        shown = describe_package(self.provider, resource_id)
        if not shown:
            return None
        place = {"ResourceType": "COMMONBANDWIDTHPACKAGE", "ResourceId": [resource_id]}
        tags = self.provider.call("vpc", "ListTagResources", **place)
        return {
            "bandwidth": shown["Bandwidth"],
            "bandwidth_package_name": shown["Name"],
            "create_time": shown["CreationTime"],
            "deletion_protection": shown["DeletionProtection"],
            "description": shown["Description"],
            "internet_charge_type": shown["InternetChargeType"],
            "isp": shown["ISP"],
            "payment_type": {"PostPaid": "PayAsYouGo"}[shown["InstanceChargeType"]],
            "ratio": shown["Ratio"],
            "resource_group_id": shown["ResourceGroupId"],
            "status": shown["Status"],
            "tags": {each["TagKey"]: each["TagValue"] for each in tags["TagResources"]["TagResource"]},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        provider, named = self.provider, {"BandwidthPackageId": resource_id}
        said = {"Description": "description", "Name": "bandwidth_package_name"}
        if changed := {
            wire: new.get(own, "") for wire, own in said.items() if new.get(own) != old.get(own)
        }:
            provider.call("vpc", "ModifyCommonBandwidthPackageAttribute", **named, **changed)
        if new["bandwidth"] != old["bandwidth"]:
            sized = {"Bandwidth": new["bandwidth"], **named}
            provider.call_again(_AGAIN, "vpc", "ModifyCommonBandwidthPackageSpec", **sized)
            provider.wait_for(lambda: self._status(resource_id), "Available")
        protected = new.get("deletion_protection", False)
        if protected != old.get("deletion_protection", False):
            token = provider.token("DeletionProtection")
            how = {"Type": "CBWP", "ProtectionEnable": protected, "ClientToken": token}
            provider.call("vpc", "DeletionProtection", InstanceId=resource_id, **how)
        before, after = old.get("tags", {}), new.get("tags", {})
        if gone := [key for key in before if key not in after]:
            place = {"ResourceType": "COMMONBANDWIDTHPACKAGE", "ResourceId": [resource_id]}
            provider.call("vpc", "UnTagResources", TagKey=gone, **place)
        if before != after:
            provider.tag("vpc", "COMMONBANDWIDTHPACKAGE", resource_id, after)

    def delete(self, resource_id: str) -> None:
        named = {"BandwidthPackageId": resource_id}
        self.provider.call_again(_AGAIN, "vpc", "DeleteCommonBandwidthPackage", **named)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, package_id: str) -> str:
        return str(describe_package(self.provider, package_id).get("Status", ""))


@attrs.frozen
class CommonBandwidthPackageAttachment:
    """Its id is that of the package and that of the EIP."""

    provider: Provider
    computed = frozenset({"bandwidth_package_bandwidth", "status"})

    def create(self, config: State) -> str:
        provider = self.provider
        package_id, allocation_id = config["bandwidth_package_id"], config["instance_id"]
        provider.call_again(
            (*_AGAIN, "EipOperation.TooFrequently", "IncorrectStatus.Eip"),
            "vpc",
            "AddCommonBandwidthPackageIp",
            BandwidthPackageId=package_id,
            IpInstanceId=allocation_id,
            ClientToken=provider.token("AddCommonBandwidthPackageIp"),
        )
        attachment = f"{package_id}:{allocation_id}"
        provider.wait_for(lambda: self._status(attachment), "Available")
        self.update(attachment, {}, config)
        return attachment

    def read(self, resource_id: str) -> State | None:
        package_id, allocation_id = resource_id.split(":")
        status = self._status(resource_id)
        if not status:
            return None
        return {
            "bandwidth_package_bandwidth": describe_address(self.provider, allocation_id)["Bandwidth"],
            "bandwidth_package_id": package_id,
            "instance_id": allocation_id,
            "status": status,
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        package_id, allocation_id = resource_id.split(":")
        of_eip = {"BandwidthPackageId": package_id, "EipId": allocation_id}
        name = "bandwidth_package_bandwidth"
        if new.get(name) and new.get(name) != old.get(name):
            sized = {"Bandwidth": new[name], **of_eip}
            self.provider.call_again(_AGAIN, "vpc", "ModifyCommonBandwidthPackageIpBandwidth", **sized)
            self.provider.wait_for(lambda: self._status(resource_id), "Available")

    def delete(self, resource_id: str) -> None:
        package_id, allocation_id = resource_id.split(":")
        self.provider.call_again(
            _AGAIN,
            "vpc",
            "RemoveCommonBandwidthPackageIp",
            BandwidthPackageId=package_id,
            IpInstanceId=allocation_id,
            ClientToken=self.provider.token("RemoveCommonBandwidthPackageIp"),
        )
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, resource_id: str) -> str:
        """Return the status of the package, where the EIP is in it."""
        package_id, allocation_id = resource_id.split(":")
        shown = describe_package(self.provider, package_id)
        inside = shown.get("PublicIpAddresses", {}).get("PublicIpAddresse", [])
        return str(shown["Status"]) if allocation_id in {each["AllocationId"] for each in inside} else ""
