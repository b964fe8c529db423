"""alicloud_vpc_ipv4_gateway and alicloud_vpc_ipv6_gateway."""

from typing import Any, ClassVar

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State, is_gone
from tests.harness import ApiError

_AGAIN = (
    "IncorrectStatus.Vpc",
    "OperationConflict",
    "IncorrectStatus",
    "ServiceUnavailable",
    "LastTokenProcessing",
    "SystemBusy",
)


@attrs.frozen
class Gateway:
    """What the two have in common: attributes, the resource group, tags, and waits for a status."""

    provider: Provider
    computed = frozenset(
        {"create_time", "status", "resource_group_id", "enabled", "ipv4_gateway_route_table_id"}
        | {"business_status", "instance_charge_type", "expired_time"}
    )
    version = ""
    settled = ""
    said: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The attributes that can be changed, with their names on the wire."""
    modify = ""

    def create(self, config: State) -> str:
        made = self._change(
            f"Create{self.version}Gateway",
            VpcId=config["vpc_id"],
            ResourceGroupId=config.get("resource_group_id"),
            **{wire: config.get(name) for name, wire in self.said},
        )
        gateway_id = str(made[f"{self.version}GatewayId"])
        self._settle(gateway_id)
        unchanged = {name: config.get(name) for name, _ in self.said}
        group = {"resource_group_id": config.get("resource_group_id")}
        self.update(gateway_id, {**unchanged, **group, "tags": {}}, config)
        return gateway_id

    def read(self, resource_id: str) -> State | None:
        raise NotImplementedError

    def update(self, resource_id: str, old: State, new: State) -> None:
        gateway = {f"{self.version}GatewayId": resource_id}
        if changed := {
            wire: new.get(name, "") for name, wire in self.said if old.get(name) != new.get(name)
        }:
            self._change(self.modify, **gateway, **changed)
            self._settle(resource_id)
        kind = f"{self.version.upper()}GATEWAY"
        group = new.get("resource_group_id")
        if group and old.get("resource_group_id") != group:
            moved = {"ResourceType": kind, "ResourceId": resource_id, "NewResourceGroupId": group}
            self.provider.call("vpc", "MoveResourceGroup", **moved)
        self.provider.tag("vpc", kind, resource_id, new.get("tags", {}))
        if gone := [key for key in old.get("tags", {}) if key not in new.get("tags", {})]:
            place = {"ResourceType": kind, "ResourceId": [resource_id]}
            self.provider.call("vpc", "UnTagResources", TagKey=gone, **place)

    def delete(self, resource_id: str) -> None:
        self._change(f"Delete{self.version}Gateway", **{f"{self.version}GatewayId": resource_id})
        self.provider.wait_for(lambda: "there" if self.read(resource_id) else "gone", "gone")

    def _change(self, action: str, **params: Any) -> dict[str, Any]:
        token = self.provider.token(action)
        return self.provider.call_again(_AGAIN, "vpc", action, ClientToken=token, **params)

    def _settle(self, gateway_id: str) -> None:
        self.provider.wait_for(lambda: str((self.read(gateway_id) or {}).get("status")), self.settled)


class Ipv4Gateway(Gateway):
    """Activated where ``enabled`` says so; it is Created then as well."""

    version = "Ipv4"
    settled = "Created"
    said = (
        ("ipv4_gateway_name", "Ipv4GatewayName"),
        ("ipv4_gateway_description", "Ipv4GatewayDescription"),
    )
    modify = "UpdateIpv4GatewayAttribute"

    def read(self, resource_id: str) -> State | None:
        try:
            shown = self.provider.call("vpc", "GetIpv4GatewayAttribute", Ipv4GatewayId=resource_id)
        except ApiError as error:
            if is_gone(error):
                return None
            raise
        return {
            "create_time": shown["CreateTime"],
            "enabled": shown["Enabled"],
            "ipv4_gateway_description": shown["Ipv4GatewayDescription"],
            "ipv4_gateway_name": shown["Ipv4GatewayName"],
            "ipv4_gateway_route_table_id": shown["Ipv4GatewayRouteTableId"],
            "resource_group_id": shown["ResourceGroupId"],
            "status": shown["Status"],
            "vpc_id": shown["VpcId"],
            "tags": {each["Key"]: each["Value"] for each in shown["Tags"]},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        super().update(resource_id, old, new)
        shown = self.read(resource_id)
        assert shown is not None
        if new.get("enabled") and not shown["enabled"]:
            self._change("EnableVpcIpv4Gateway", Ipv4GatewayId=resource_id, DryRun=False)
            self._settle(resource_id)


class Ipv6Gateway(Gateway):
    """Of one that is gone the cloud shows no status."""

    version = "Ipv6"
    settled = "Available"
    said = (("ipv6_gateway_name", "Name"), ("description", "Description"))
    modify = "ModifyIpv6GatewayAttribute"

    def read(self, resource_id: str) -> State | None:
        shown = self.provider.call("vpc", "DescribeIpv6GatewayAttribute", Ipv6GatewayId=resource_id)
        if not shown["Status"]:
            return None
        return {
            "business_status": shown["BusinessStatus"],
            "create_time": shown["CreationTime"],
            "description": shown["Description"],
            "expired_time": shown["ExpiredTime"],
            "instance_charge_type": shown["InstanceChargeType"],
            "ipv6_gateway_name": shown["Name"],
            "resource_group_id": shown["ResourceGroupId"],
            "status": shown["Status"],
            "vpc_id": shown["VpcId"],
            "tags": {each["Key"]: each["Value"] for each in shown["Tags"]["Tag"]},
        }
