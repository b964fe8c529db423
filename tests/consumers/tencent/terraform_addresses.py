"""What terraform-provider-tencentcloud makes of EIPs and bandwidth packages: its calls, in its order.

Source: resource_tc_eip.go, resource_tc_vpc_bandwidth_package.go and
resource_tc_vpc_bandwidth_package_attachment.go of the provider, all in tencentcloud/services.
"""

from typing import Any

import attrs
from tests.dialects.tencent.furnished_account import TencentAccount

REGION = "ap-guangzhou"
State = dict[str, Any]


@attrs.frozen
class Provider:
    """What all the resources use: tags of the tag service, and waiting."""

    account: TencentAccount

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        return self.account.call(action, **params)

    def tag(self, kind: str, resource_id: str, replace: dict[str, str], *delete: str) -> None:
        self.call(
            "ModifyResourceTags",
            Resource=f"qcs::vpc:{REGION}:uin/:{kind}/{resource_id}",
            ReplaceTags=[{"TagKey": key, "TagValue": value} for key, value in replace.items()] or None,
            DeleteTags=[{"TagKey": key} for key in delete] or None,
        )

    def tags(self, kind: str, resource_id: str) -> dict[str, str]:
        place = {"ServiceType": "vpc", "ResourcePrefix": kind, "ResourceRegion": REGION}
        reply = self.call("DescribeResourceTags", ResourceId=resource_id, Offset=0, Limit=20, **place)
        return {row["TagKey"]: row["TagValue"] for row in reply["Rows"]}

    def finish(self, reply: dict[str, Any]) -> None:
        """Wait for a task by the id of the request that began it."""
        self.account.wait()
        assert self.account.task_status(reply) == "SUCCESS"


@attrs.frozen
class Eip(Provider):
    """The resource ``tencentcloud_eip``."""

    def create(self, name: str) -> str:
        (eip_id,) = self.call("AllocateAddresses", AddressName=name, AddressCount=1)["AddressSet"]
        self.account.wait()
        return str(eip_id)

    def read(self, eip_id: str) -> State | None:
        found = self.call("DescribeAddresses", AddressIds=[eip_id])["AddressSet"]
        return {"public_ip": found[0]["AddressIp"], "status": found[0]["AddressStatus"]} if found else None

    def ip(self, eip_id: str) -> str:
        shown = self.read(eip_id)
        assert shown is not None
        return str(shown["public_ip"])

    def delete(self, eip_id: str) -> None:
        shown = self.read(eip_id)
        assert shown is not None
        assert shown["status"] == "UNBIND", "the provider waits for it before it releases"
        self.call("ReleaseAddresses", AddressIds=[eip_id])
        self.account.wait()
        assert self.read(eip_id) is None


@attrs.frozen
class BandwidthPackage(Provider):
    """``tencentcloud_vpc_bandwidth_package`` and ``tencentcloud_vpc_bandwidth_package_attachment``."""

    def create(self, config: State) -> str:
        made = self.call(
            "CreateBandwidthPackage",
            NetworkType=config["network_type"],
            ChargeType=config["charge_type"],
            BandwidthPackageName=config["bandwidth_package_name"],
            InternetMaxBandwidth=config["internet_max_bandwidth"],
            Tags=[{"Key": key, "Value": value} for key, value in config["tags"].items()],
        )
        package_id = str(made["BandwidthPackageId"])
        self.tag("bandwidthPackage", package_id, config["tags"])
        self.account.wait()
        (shown,) = self.find(package_id)
        assert shown["Status"] == "CREATED"
        return package_id

    def find(self, package_id: str) -> list[State]:
        found = self.call("DescribeBandwidthPackages", BandwidthPackageIds=[package_id])
        shown: list[State] = found["BandwidthPackageSet"]
        return shown

    def read(self, package_id: str) -> State | None:
        for shown in self.find(package_id):
            return {
                "network_type": shown["NetworkType"],
                "charge_type": shown["ChargeType"],
                "bandwidth_package_name": shown["BandwidthPackageName"],
                "internet_max_bandwidth": shown["Bandwidth"],
                "tags": self.tags("bandwidthPackage", package_id),
            }
        return None

    def attach(self, package_id: str, eip_id: str) -> None:
        self.call(
            "AddBandwidthPackageResources",
            ResourceIds=[eip_id],
            BandwidthPackageId=package_id,
            NetworkType="BGP",
            ResourceType="Address",
            Protocol="ipv4",
        )

    def attached(self, package_id: str) -> list[tuple[str, str]]:
        listed = self.call("DescribeBandwidthPackageResources", BandwidthPackageId=package_id)
        return [(each["ResourceId"], each["ResourceType"]) for each in listed["ResourceSet"]]

    def detach(self, package_id: str, eip_id: str) -> None:
        self.call(
            "RemoveBandwidthPackageResources",
            BandwidthPackageId=package_id,
            ResourceIds=[eip_id],
            ResourceType="Address",
        )

    def update(self, package_id: str, old: State, new: State) -> None:
        self.call(
            "ModifyBandwidthPackageAttribute",
            BandwidthPackageId=package_id,
            BandwidthPackageName=new["bandwidth_package_name"],
            ChargeType=new["charge_type"],
        )
        self.call(
            "ModifyBandwidthPackageBandwidth",
            BandwidthPackageId=package_id,
            InternetMaxBandwidth=new["internet_max_bandwidth"],
        )
        self.tag("bandwidthPackage", package_id, new["tags"], *(old["tags"].keys() - new["tags"].keys()))

    def delete(self, package_id: str) -> None:
        self.call("DeleteBandwidthPackage", BandwidthPackageId=package_id)
        self.account.wait()
        assert self.read(package_id) is None
