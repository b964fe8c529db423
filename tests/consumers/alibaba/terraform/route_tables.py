"""alicloud_route_table, alicloud_route_table_attachment and alicloud_route_entry.

Source: alicloud/resource_alicloud_route_table.go, resource_alicloud_route_table_attachment.go and
resource_alicloud_route_entry.go, and service_alicloud_vpc.go.
"""

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State

BUSY = ("OperationConflict", "IncorrectVSwitchStatus", "IncorrectStatus.RouteTableStatus", "TaskConflict")


@attrs.frozen
class RouteTable:
    provider: Provider
    computed = frozenset({"status", "route_table_type"})

    def create(self, config: State) -> str:
        made = self.provider.call_again(
            BUSY,
            "vpc",
            "CreateRouteTable",
            VpcId=config["vpc_id"],
            RouteTableName=config["route_table_name"],
            ClientToken=self.provider.token("CreateRouteTable"),
        )
        table_id = str(made["RouteTableId"])
        self.provider.wait_for(lambda: self._status(table_id), "Available")
        return table_id

    def read(self, resource_id: str) -> State | None:
        listed = self.provider.call("vpc", "DescribeRouteTableList", RouteTableId=resource_id)
        for shown in listed["RouterTableList"]["RouterTableListType"]:
            return {
                "description": shown["Description"],
                "route_table_name": shown["RouteTableName"],
                "route_table_type": shown["RouteTableType"],
                "status": shown["Status"],
                "vpc_id": shown["VpcId"],
            }
        return None

    def update(self, resource_id: str, old: State, new: State) -> None:  # noqa: ARG002 - sends both
        change = {"RouteTableName": new["route_table_name"], "Description": new.get("description")}
        self.provider.call("vpc", "ModifyRouteTableAttributes", RouteTableId=resource_id, **change)

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(BUSY, "vpc", "DeleteRouteTable", RouteTableId=resource_id)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, table_id: str) -> str:
        state = self.read(table_id)
        return str(state["status"]) if state else ""


@attrs.frozen
class RouteTableAttachment:
    """Its id is that of the table and that of the vSwitch."""

    provider: Provider
    computed = frozenset({"status"})

    def create(self, config: State) -> str:
        table_id, vswitch_id = config["route_table_id"], config["vswitch_id"]
        both = {"RouteTableId": table_id, "VSwitchId": vswitch_id}
        self.provider.call_again(BUSY, "vpc", "AssociateRouteTable", **both)
        resource_id = f"{table_id}:{vswitch_id}"
        self.provider.wait_for(lambda: str(self.read(resource_id) is not None), "True")
        return resource_id

    def read(self, resource_id: str) -> State | None:
        table_id, vswitch_id = resource_id.split(":")
        listed = self.provider.call("vpc", "DescribeRouteTableList", RouteTableId=table_id)
        for shown in listed["RouterTableList"]["RouterTableListType"]:
            if vswitch_id in shown["VSwitchIds"]["VSwitchId"]:
                return {"route_table_id": table_id, "vswitch_id": vswitch_id, "status": shown["Status"]}
        return None

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} is replaced, not changed from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        table_id, vswitch_id = resource_id.split(":")
        both = {"RouteTableId": table_id, "VSwitchId": vswitch_id}
        self.provider.call_again(BUSY, "vpc", "UnassociateRouteTable", **both)
        self.provider.wait_for(lambda: str(self.read(resource_id) is None), "True")


@attrs.frozen
class RouteEntry:
    """Its id is that of the table, the block, and where it leads."""

    provider: Provider
    computed = frozenset[str]()

    def create(self, config: State) -> str:
        self.provider.call_again(
            (*BUSY, "IncorrectRouteEntryStatus", "Forbbiden"),
            "vpc",
            "CreateRouteEntry",
            RouteTableId=config["route_table_id"],
            DestinationCidrBlock=config["destination_cidrblock"],
            NextHopType=config["nexthop_type"],
            NextHopId=config["nexthop_id"],
            RouteEntryName=config["name"],
            ClientToken=self.provider.token("CreateRouteEntry"),
        )
        resource_id = f"{config['route_table_id']}:{config['destination_cidrblock']}"
        self.provider.wait_for(lambda: self._status(resource_id), "Available")
        return resource_id

    def read(self, resource_id: str) -> State | None:
        shown = self._shown(resource_id)
        if not shown:
            return None
        (hop,) = shown["NextHops"]["NextHop"]
        return {
            "route_table_id": shown["RouteTableId"],
            "destination_cidrblock": shown["DestinationCidrBlock"],
            "nexthop_type": hop["NextHopType"],
            "nexthop_id": hop["NextHopId"],
            "name": shown["RouteEntryName"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:  # noqa: ARG002 - sends the name
        change = {"RouteEntryId": self._shown(resource_id)["RouteEntryId"], "RouteEntryName": new["name"]}
        self.provider.call("vpc", "ModifyRouteEntry", **change)

    def delete(self, resource_id: str) -> None:
        state = self.read(resource_id)
        assert state is not None
        self.provider.call_again(
            (*BUSY, "IncorrectRouteEntryStatus"),
            "vpc",
            "DeleteRouteEntry",
            RouteTableId=state["route_table_id"],
            DestinationCidrBlock=state["destination_cidrblock"],
            NextHopId=state["nexthop_id"],
        )
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _shown(self, resource_id: str) -> State:
        table_id, block = resource_id.split(":")
        wanted = {"RouteTableId": table_id, "DestinationCidrBlock": block, "RouteEntryType": "Custom"}
        listed = self.provider.call("vpc", "DescribeRouteEntryList", **wanted)
        return dict(*listed["RouteEntrys"]["RouteEntry"])

    def _status(self, resource_id: str) -> str:
        return str(self._shown(resource_id).get("Status", ""))
