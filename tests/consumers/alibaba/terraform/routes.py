"""alicloud_route_table, its attachments and entries, alicloud_vpc_ha_vip and alicloud_havip_attachment."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State

_AGAIN = (
    "IncorrectHaVipStatus",
    "IncorrectInstanceStatus",
    "IncorrectStatus",
    "IncorrectStatus.RouteTable",
    "IncorrectVSwitchStatus",
    "InvalidVip.Status",
    "LastTokenProcessing",
    "OperationConflict",
    "ServiceUnavailable",
    "SystemBusy",
)
_DELETE_TABLE = ("DependencyViolation.RouteEntry", "IncorrectRouteTableStatus", "OperationConflict")
_ROUTE_AGAIN = (
    "IncorrectRouteEntryStatus",
    "IncorrectVpcStatus",
    "IncorrectVSwitchStatus",
    "TaskConflict",
    "Throttling",
)


@attrs.frozen
class RouteTable:
    provider: Provider
    computed = frozenset({"associate_type", "resource_group_id", "route_propagation_enable", "status"})

    def create(self, config: State) -> str:
        made = self.provider.call_again(
            _AGAIN,
            "vpc",
            "CreateRouteTable",
            ClientToken=self.provider.token("CreateRouteTable"),
            Description=config.get("description"),
            RouteTableName=config.get("route_table_name"),
            Tag=[{"Key": key, "Value": value} for key, value in config.get("tags", {}).items()],
            VpcId=config["vpc_id"],
        )
        table_id = str(made["RouteTableId"])
        self.provider.wait_for(lambda: self._status(table_id), "Available")
        assert self._shown(table_id)
        self.provider.tag("vpc", "ROUTETABLE", table_id, config.get("tags", {}))
        return table_id

    def read(self, resource_id: str) -> State | None:
        shown = self._shown(resource_id)
        if not shown:
            return None
        return {
            "associate_type": shown["AssociateType"],
            "description": shown["Description"],
            "resource_group_id": shown["ResourceGroupId"],
            "route_propagation_enable": shown["RoutePropagationEnable"],
            "route_table_name": shown["RouteTableName"],
            "status": shown["Status"],
            "tags": {each["Key"]: each["Value"] for each in shown.get("Tags", {}).get("Tag", [])},
            "vpc_id": shown["VpcId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        names = {"RouteTableName": "route_table_name", "Description": "description"}
        changed = {wire: new.get(own, "") for wire, own in names.items() if new.get(own) != old.get(own)}
        if changed:
            named = {"RouteTableId": resource_id}
            self.provider.call_again(_AGAIN, "vpc", "ModifyRouteTableAttributes", **named, **changed)
        self.provider.tag("vpc", "ROUTETABLE", resource_id, new.get("tags", {}))

    def delete(self, resource_id: str) -> None:
        named = {"RouteTableId": resource_id}
        self.provider.call_again(_DELETE_TABLE, "vpc", "DeleteRouteTable", **named)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, table_id: str) -> str:
        return str(self._shown(table_id).get("Status", ""))

    def _shown(self, table_id: str) -> dict[str, Any]:
        listed = self.provider.call("vpc", "DescribeRouteTableList", RouteTableId=table_id)
        found = listed["RouterTableList"]["RouterTableListType"]
        return dict(found[0]) if found else {}


@attrs.frozen
class RouteTableAttachment:
    """Its id is that of the route table and that of the vSwitch."""

    provider: Provider
    computed = frozenset[str]()

    def create(self, config: State) -> str:
        pair = {"RouteTableId": config["route_table_id"], "VSwitchId": config["vswitch_id"]}
        token = self.provider.token("AssociateRouteTable")
        self.provider.call_again(_AGAIN, "vpc", "AssociateRouteTable", ClientToken=token, **pair)
        attachment_id = f"{pair['RouteTableId']}:{pair['VSwitchId']}"
        self.provider.wait_for(lambda: str(self._vswitches(attachment_id)), "True")
        return attachment_id

    def read(self, resource_id: str) -> State | None:
        table_id, vswitch_id = resource_id.split(":")
        if not self._vswitches(resource_id):
            return None
        return {"route_table_id": table_id, "vswitch_id": vswitch_id}

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} is replaced, not changed from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        table_id, vswitch_id = resource_id.split(":")
        pair = {"RouteTableId": table_id, "VSwitchId": vswitch_id}
        self.provider.call_again(_AGAIN, "vpc", "UnassociateRouteTable", **pair)
        self.provider.wait_for(lambda: str(self._vswitches(resource_id)), "False")

    def _vswitches(self, resource_id: str) -> bool:
        table_id, vswitch_id = resource_id.split(":")
        listed = self.provider.call("vpc", "DescribeRouteTableList", RouteTableId=table_id)
        found = listed["RouterTableList"]["RouterTableListType"]
        return any(vswitch_id in each["VSwitchIds"]["VSwitchId"] for each in found)


@attrs.frozen
class RouteEntry:
    """Its id is all that tells it from others; before each change all entries of its table are at rest."""

    provider: Provider
    computed = frozenset({"router_id"})

    def create(self, config: State) -> str:
        table_id = str(config["route_table_id"])
        (table,) = self.provider.call("vpc", "DescribeRouteTables", RouteTableId=table_id)["RouteTables"][
            "RouteTable"
        ]
        self._rest(table_id)
        hop = {"NextHopType": config["nexthop_type"], "NextHopId": config["nexthop_id"]}
        self.provider.call_again(
            _ROUTE_AGAIN,
            "vpc",
            "CreateRouteEntry",
            ClientToken=self.provider.token("CreateRouteEntry"),
            DestinationCidrBlock=config["destination_cidrblock"],
            RouteTableId=table_id,
            **hop,
        )
        parts = (config["destination_cidrblock"], *hop.values())
        entry_id = ":".join([table_id, table["VRouterId"], *parts])
        self.provider.wait_for(lambda: str((self._shown(entry_id) or {}).get("Status")), "Available")
        return entry_id

    def read(self, resource_id: str) -> State | None:
        shown = self._shown(resource_id)
        if shown is None:
            return None
        hops = shown["NextHops"]["NextHop"]
        return {
            "destination_cidrblock": shown["DestinationCidrBlock"],
            "nexthop_id": hops[0]["NextHopId"],
            "nexthop_type": hops[0]["NextHopType"],
            "route_table_id": shown["RouteTableId"],
            "router_id": resource_id.split(":")[1],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} is replaced, not changed from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        table_id, _, block, _, hop_id = resource_id.split(":")
        self._rest(table_id)
        named = {"RouteTableId": table_id, "DestinationCidrBlock": block, "NextHopId": hop_id}
        self.provider.call_again(_ROUTE_AGAIN, "vpc", "DeleteRouteEntry", **named)
        self.provider.wait_for(lambda: str(self._shown(resource_id)), "None")

    def _entries(self, table_id: str) -> list[dict[str, Any]]:
        listed = self.provider.call("vpc", "DescribeRouteEntryList", RouteTableId=table_id, MaxResult=100)
        found: list[dict[str, Any]] = listed["RouteEntrys"]["RouteEntry"]
        return found

    def _rest(self, table_id: str) -> None:
        self.provider.wait_for(
            lambda: str({each["Status"] for each in self._entries(table_id)} - {"Available"}), "set()"
        )

    def _shown(self, resource_id: str) -> dict[str, Any] | None:
        table_id, _, block, _, hop_id = resource_id.split(":")
        for each in self._entries(table_id):
            hops = [hop["NextHopId"] for hop in each["NextHops"]["NextHop"]]
            if each["DestinationCidrBlock"] == block and hop_id in hops:
                return each
        return None


@attrs.frozen
class HaVip:
    provider: Provider
    computed = frozenset(
        {"associated_instances", "ip_address", "resource_group_id", "status", "vpc_id"},
    )

    def create(self, config: State) -> str:
        made = self.provider.call_again(
            _AGAIN,
            "vpc",
            "CreateHaVip",
            ClientToken=self.provider.token("CreateHaVip"),
            Description=config.get("description"),
            IpAddress=config.get("ip_address"),
            Name=config.get("ha_vip_name"),
            VSwitchId=config["vswitch_id"],
        )
        havip_id = str(made["HaVipId"])
        self.provider.wait_for(lambda: self._status(havip_id), "Available")
        self.provider.tag("vpc", "HAVIP", havip_id, config.get("tags", {}))
        return havip_id

    def read(self, resource_id: str) -> State | None:
        shown = _havip(self.provider, resource_id)
        if not shown:
            return None
        return {
            "associated_instances": shown["AssociatedInstances"]["associatedInstance"],
            "description": shown["Description"],
            "ha_vip_name": shown["Name"],
            "ip_address": shown["IpAddress"],
            "resource_group_id": shown["ResourceGroupId"],
            "status": shown["Status"],
            "tags": {each["Key"]: each["Value"] for each in shown.get("Tags", {}).get("Tag", [])},
            "vpc_id": shown["VpcId"],
            "vswitch_id": shown["VSwitchId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        """Say what is different; what is empty now is not sent."""
        names = {"Name": "ha_vip_name", "Description": "description"}
        changed = {wire: new.get(own) for wire, own in names.items() if new.get(own) != old.get(own)}
        if changed:
            named = {"HaVipId": resource_id, "ClientToken": self.provider.token("ModifyHaVipAttribute")}
            self.provider.call_again(_AGAIN, "vpc", "ModifyHaVipAttribute", **named, **changed)

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(_AGAIN, "vpc", "DeleteHaVip", HaVipId=resource_id)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, havip_id: str) -> str:
        return str(_havip(self.provider, havip_id).get("Status", ""))


def _havip(provider: Provider, havip_id: str) -> dict[str, Any]:
    wanted = [{"Key": "HaVipId", "Value": [havip_id]}]
    listed = provider.call("vpc", "DescribeHaVips", Filter=wanted)["HaVips"]["HaVip"]
    return dict(listed[0]) if listed else {}


@attrs.frozen
class HaVipAttachment:
    """Its id is that of the HaVip and that of what carries it."""

    provider: Provider
    computed = frozenset({"instance_type", "status"})

    def create(self, config: State) -> str:
        pair = {"HaVipId": config["ha_vip_id"], "InstanceId": config["instance_id"]}
        kind = {"InstanceType": config.get("instance_type")}
        self.provider.call_again(_AGAIN, "vpc", "AssociateHaVip", **pair, **kind)
        attachment_id = ":".join(pair.values())
        self.provider.wait_for(lambda: str((self.read(attachment_id) or {}).get("status")), "InUse")
        return attachment_id

    def read(self, resource_id: str) -> State | None:
        havip_id, instance_id = resource_id.split(":")
        shown = _havip(self.provider, havip_id)
        if not shown or instance_id not in shown["AssociatedInstances"]["associatedInstance"]:
            return None
        return {
            "ha_vip_id": havip_id,
            "instance_id": instance_id,
            "instance_type": shown["AssociatedInstanceType"],
            "status": shown["Status"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} is replaced, not changed from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        """Let it go, without waiting for it: what comes next waits where it has to."""
        havip_id, instance_id = resource_id.split(":")
        kind = {"InstanceType": (self.read(resource_id) or {}).get("instance_type")}
        pair = {"HaVipId": havip_id, "InstanceId": instance_id}
        self.provider.call_again(_AGAIN, "vpc", "UnassociateHaVip", **pair, **kind)
