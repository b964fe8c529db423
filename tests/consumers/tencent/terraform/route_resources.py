"""Route tables, their entries and HAVIPs as resources of terraform-provider-tencentcloud: its calls.

Source: resource_tc_route_table.go, resource_tc_route_table_entry.go, resource_tc_ha_vip.go and
service_tencentcloud_vpc.go of the provider, in tencentcloud/services/vpc.
"""

import attrs
from tests.consumers.tencent.nat_resources import Provider, State


@attrs.frozen
class RouteTable(Provider):
    """The resource ``tencentcloud_route_table``."""

    def create(self, config: State) -> str:
        named = {"VpcId": config["vpc_id"], "RouteTableName": config["name"]}
        tags = [{"Key": key, "Value": value} for key, value in config["tags"].items()]
        table_id = str(self.call("CreateRouteTable", Tags=tags, **named)["RouteTable"]["RouteTableId"])
        self.tag("rtb", table_id, config["tags"])
        return table_id

    def find(self, table_id: str, vpc_id: str = "") -> State | None:
        """List by a filter, as for a table, or by that and its VPC, as for the entries of a table."""
        wanted = {"route-table-id": table_id} | ({"vpc-id": vpc_id} if vpc_id else {})
        filters = [{"Name": name, "Values": [value]} for name, value in wanted.items()]
        listed = self.call("DescribeRouteTables", Filters=filters, Offset="0", Limit="100")
        assert len(listed["RouteTableSet"]) < 2
        return dict(listed["RouteTableSet"][0]) if listed["RouteTableSet"] else None

    def read(self, table_id: str) -> State | None:
        shown = self.find(table_id)
        if shown is None:
            return None
        assert not shown["Main"]
        assert shown["CreatedTime"]
        return {
            "vpc_id": shown["VpcId"],
            "name": shown["RouteTableName"],
            "subnet_ids": [each["SubnetId"] for each in shown["AssociationSet"]],
            "tags": self.tags("rtb", table_id),
        }

    def update(self, table_id: str, old: State, new: State) -> None:
        named = {"RouteTableId": table_id, "RouteTableName": new["name"]}
        self.call("ModifyRouteTableAttribute", **named)
        self.tag("rtb", table_id, new["tags"], *(old["tags"].keys() - new["tags"].keys()))

    def delete(self, table_id: str) -> None:
        self.call("DeleteRouteTable", RouteTableId=table_id)
        assert self.read(table_id) is None


@attrs.frozen
class RouteEntry(Provider):
    """The resource ``tencentcloud_route_table_entry``, whose id is a number and that of its table."""

    def create(self, config: State) -> str:
        """Create it enabled, and find its number by what it does; switch it off then, where it shall be."""
        table_id = str(config["route_table_id"])
        route = {
            "DestinationCidrBlock": config["destination_cidr_block"],
            "GatewayType": config["next_type"],
            "GatewayId": config["next_hub"],
            "RouteDescription": config["description"],
            "Enabled": True,
        }
        self.call("CreateRoutes", RouteTableId=table_id, Routes=[route])
        names = ("DestinationCidrBlock", "GatewayType", "GatewayId")
        (number,) = (
            each["RouteId"]
            for each in self._entries(table_id)
            if all(each[name] == route[name] for name in names)
        )
        if config["disabled"]:
            self.call("DisableRoutes", RouteTableId=table_id, RouteIds=[number])
        return f"{number}.{table_id}"

    def _entries(self, table_id: str) -> list[State]:
        tables = RouteTable(self.account)
        shown = tables.find(table_id)
        if shown is None:
            return []
        again = tables.find(table_id, shown["VpcId"])
        assert again is not None
        entries: list[State] = again["RouteSet"]
        return entries

    def read(self, entry_id: str) -> State | None:
        number, table_id = entry_id.split(".")
        for each in self._entries(table_id):
            if str(each["RouteId"]) == number:
                assert each["RouteItemId"]
                return {
                    "description": each["RouteDescription"],
                    "route_table_id": table_id,
                    "destination_cidr_block": each["DestinationCidrBlock"],
                    "next_type": each["GatewayType"],
                    "next_hub": each["GatewayId"],
                    "disabled": not each["Enabled"],
                }
        return None

    def switch(self, entry_id: str, *, disabled: bool) -> None:
        """Disable or enable it, which is all that can be changed."""
        number, table_id = entry_id.split(".")
        action = "DisableRoutes" if disabled else "EnableRoutes"
        self.call(action, RouteTableId=table_id, RouteIds=[int(number)])

    def delete(self, entry_id: str) -> None:
        number, table_id = entry_id.split(".")
        self.call("DeleteRoutes", RouteTableId=table_id, Routes=[{"RouteId": int(number)}])
        assert self.read(entry_id) is None


@attrs.frozen
class HaVip(Provider):
    """The resource ``tencentcloud_ha_vip``."""

    def create(self, config: State) -> str:
        made = self.call(
            "CreateHaVip",
            VpcId=config["vpc_id"],
            SubnetId=config["subnet_id"],
            HaVipName=config["name"],
            Vip=config.get("vip"),
            CheckAssociate=config["check_associate"],
        )
        return str(made["HaVip"]["HaVipId"])

    def read(self, havip_id: str) -> State | None:
        found = self.call("DescribeHaVips", HaVipIds=[havip_id])["HaVipSet"]
        if not found:
            return None
        (shown,) = found
        assert shown["CreatedTime"]
        assert shown["State"]
        return {
            "vpc_id": shown["VpcId"],
            "subnet_id": shown["SubnetId"],
            "name": shown["HaVipName"],
            "vip": shown["Vip"],
            "check_associate": shown["CheckAssociate"],
        }

    def rename(self, havip_id: str, name: str) -> None:
        self.call("ModifyHaVipAttribute", HaVipId=havip_id, HaVipName=name)

    def delete(self, havip_id: str) -> None:
        self.call("DeleteHaVip", HaVipId=havip_id)
        assert self.read(havip_id) is None
