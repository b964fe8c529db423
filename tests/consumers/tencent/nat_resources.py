"""NAT gateways, EIPs and bandwidth packages as resources of terraform-provider-tencentcloud: its calls.

Source: resource_tc_nat_gateway.go, resource_tc_nat_gateway_snat.go, resource_tc_dnat.go,
resource_tc_eip.go, resource_tc_vpc_bandwidth_package.go and
resource_tc_vpc_bandwidth_package_attachment.go of the provider, all in tencentcloud/services.
"""

from typing import Any

import attrs
from tests.dialects.tencent.furnished_account import TencentAccount

REGION = "ap-guangzhou"
SNAT = "NatGatewaySourceIpTranslationNatRule"
DNAT = "NatGatewayDestinationIpPortTranslationNatRule"
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


@attrs.frozen
class NatGateway(Provider):
    """The resource ``tencentcloud_nat_gateway``."""

    def create(self, vpc_id: str, config: State) -> str:
        made = self.call(
            "CreateNatGateway",
            VpcId=vpc_id,
            NatGatewayName=config["name"],
            InternetMaxBandwidthOut=config["bandwidth"],
            MaxConcurrentConnection=config["max_concurrent"],
            PublicIpAddresses=config["assigned_eip_set"],
            Tags=[{"Key": key, "Value": value} for key, value in config["tags"].items()],
        )
        gateway_id = str(made["NatGatewaySet"][0]["NatGatewayId"])
        self.tag("nat", gateway_id, config["tags"])
        self.account.wait()
        (shown,) = self.find(gateway_id)
        assert shown["State"] == "AVAILABLE"
        return gateway_id

    def find(self, gateway_id: str) -> list[State]:
        shown: list[State] = self.call("DescribeNatGateways", NatGatewayIds=[gateway_id])["NatGatewaySet"]
        return shown

    def read(self, gateway_id: str) -> State | None:
        for shown in self.find(gateway_id):
            assert shown["CreatedTime"]
            assert shown["Zone"]
            return {
                "name": shown["NatGatewayName"],
                "max_concurrent": shown["MaxConcurrentConnection"],
                "bandwidth": shown["InternetMaxBandwidthOut"],
                "assigned_eip_set": [each["PublicIpAddress"] for each in shown["PublicIpAddressSet"]],
                "tags": self.tags("nat", gateway_id),
            }
        return None

    def update(self, gateway_id: str, old: State, new: State) -> None:
        """Change what differs; of addresses that all change one leaves only when new ones have come."""
        named = {"NatGatewayId": gateway_id}
        self.call(
            "ModifyNatGatewayAttribute",
            NatGatewayName=new["name"],
            InternetMaxBandwidthOut=new["bandwidth"],
            **named,
        )
        if new["max_concurrent"] != old["max_concurrent"]:
            self.call("ResetNatGatewayConnection", MaxConcurrentConnection=new["max_concurrent"], **named)
            self.account.wait()
        before, after = old["assigned_eip_set"], new["assigned_eip_set"]
        leaving = [each for each in before if each not in after]
        last = leaving.pop() if len(leaving) == len(before) else None
        coming = [each for each in after if each not in before]
        for action, ips in (
            ("DisassociateNatGatewayAddress", leaving),
            ("AssociateNatGatewayAddress", coming),
            ("DisassociateNatGatewayAddress", [last] if last else []),
        ):
            if ips:
                self.finish(self.call(action, PublicIpAddresses=ips, **named))
        self.tag("nat", gateway_id, new["tags"], *(old["tags"].keys() - new["tags"].keys()))

    def delete(self, gateway_id: str) -> None:
        self.call("DeleteNatGateway", NatGatewayId=gateway_id)
        self.account.wait()
        assert self.read(gateway_id) is None


@attrs.frozen
class Snat(Provider):
    """The resource ``tencentcloud_nat_gateway_snat``, whose id is the gateway's and the resource's."""

    def create(self, gateway_id: str, config: State) -> None:
        self.call(f"Create{SNAT}", NatGatewayId=gateway_id, SourceIpTranslationNatRules=[config])
        filters = [
            {"Name": "resource-id", "Values": [config["ResourceId"]]},
            {"Name": "public-ip-address", "Values": config["PublicIpAddresses"]},
            {"Name": "description", "Values": [config["Description"]]},
        ]
        assert len(self.rules(gateway_id, Filters=filters)) == 1

    def rules(self, gateway_id: str, **params: Any) -> list[State]:
        listed = self.call(f"Describe{SNAT}s", NatGatewayId=gateway_id, Offset=0, Limit=100, **params)
        found: list[State] = listed["SourceIpTranslationNatRuleSet"]
        return found

    def read(self, gateway_id: str, resource_id: str) -> State | None:
        for shown in self.rules(gateway_id):
            if shown["ResourceId"] == resource_id:
                assert shown["CreatedTime"]
                assert shown["NatGatewayId"] == gateway_id
                names = ("ResourceType", "PrivateIpAddress", "PublicIpAddresses", "Description")
                return {"ResourceId": resource_id, **{name: shown[name] for name in names}}
        return None

    def id_of(self, gateway_id: str, resource_id: str) -> str:
        (rule,) = (each for each in self.rules(gateway_id) if each["ResourceId"] == resource_id)
        return str(rule["NatGatewaySnatId"])

    def update(self, gateway_id: str, new: State) -> None:
        wanted = {**new, "NatGatewaySnatId": self.id_of(gateway_id, new["ResourceId"])}
        self.call(f"Modify{SNAT}", NatGatewayId=gateway_id, SourceIpTranslationNatRule=wanted)

    def delete(self, gateway_id: str, resource_id: str) -> None:
        ids = [self.id_of(gateway_id, resource_id)]
        self.call(f"Delete{SNAT}", NatGatewayId=gateway_id, NatGatewaySnatIds=ids)
        assert self.read(gateway_id, resource_id) is None


@attrs.frozen
class Dnat(Provider):
    """The resource ``tencentcloud_dnat``; of it only the description is changed."""

    def create(self, gateway_id: str, config: State) -> None:
        named = {"NatGatewayId": gateway_id}
        self.call(f"Create{DNAT}", DestinationIpPortTranslationNatRules=[config], **named)

    def read(self, gateway_id: str, config: State) -> State | None:
        filters = {
            "nat-gateway-id": gateway_id,
            "vpc-id": self.account.vpc_id,
            "public-ip-address": config["PublicIpAddress"],
            "public-port": str(config["PublicPort"]),
        }
        wanted = [{"Name": name, "Values": [value]} for name, value in filters.items()]
        listed = self.call(f"Describe{DNAT}s", Filters=wanted)
        for shown in listed["NatGatewayDestinationIpPortTranslationNatRuleSet"]:
            assert (shown["VpcId"], shown["NatGatewayId"]) == (self.account.vpc_id, gateway_id)
            return {name: shown[name] for name in config}
        return None

    def describe(self, gateway_id: str, config: State, description: str) -> None:
        self.call(
            f"Modify{DNAT}",
            NatGatewayId=gateway_id,
            SourceNatRule=self.read(gateway_id, config),
            DestinationNatRule={**config, "Description": description},
        )

    def delete(self, gateway_id: str, config: State) -> None:
        shown = self.read(gateway_id, config)
        assert shown is not None
        target = {name: value for name, value in shown.items() if name != "Description"}
        named = {"NatGatewayId": gateway_id}
        self.call(f"Delete{DNAT}", DestinationIpPortTranslationNatRules=[target], **named)
        assert self.read(gateway_id, config) is None
