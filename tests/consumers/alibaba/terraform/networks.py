"""alicloud_vpc, alicloud_vswitch, alicloud_security_group and alicloud_security_group_rule."""

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State, is_gone
from tests.harness import ApiError


@attrs.frozen
class Vpc:
    provider: Provider
    computed = frozenset(
        {
            "router_id",
            "route_table_id",
            "status",
            "create_time",
            "resource_group_id",
            "system_route_table_name",
        }
    )

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call_again(
            ["TaskConflict"],
            "vpc",
            "CreateVpc",
            ClientToken=provider.token("CreateVpc"),
            CidrBlock=config["cidr_block"],
            EnableIpv6=config.get("enable_ipv6"),
            VpcName=config.get("vpc_name"),
            Description=config.get("description"),
        )
        vpc_id = str(made["VpcId"])
        provider.wait_for(lambda: self._status(vpc_id), "Available")
        provider.tag("vpc", "VPC", vpc_id, config.get("tags", {}))
        return vpc_id

    def read(self, resource_id: str) -> State | None:
        try:
            shown = self.provider.call("vpc", "DescribeVpcAttribute", VpcId=resource_id)
        except ApiError as error:
            if is_gone(error):
                return None
            raise
        tables = self.provider.call("vpc", "DescribeRouteTableList", VpcId=resource_id)
        (table,) = (
            each
            for each in tables["RouterTableList"]["RouterTableListType"]
            if each["RouteTableType"] == "System"
        )
        assert table["ResourceGroupId"] == shown["ResourceGroupId"], "both are one attribute"
        return {
            "cidr_block": shown["CidrBlock"],
            "create_time": shown["CreationTime"],
            "description": shown["Description"],
            "ipv6_cidr_block": shown["Ipv6CidrBlock"],
            "resource_group_id": shown["ResourceGroupId"],
            "route_table_id": table["RouteTableId"],
            "router_id": table["RouterId"],
            "secondary_cidr_blocks": shown["SecondaryCidrBlocks"]["SecondaryCidrBlock"],
            "status": shown["Status"],
            "system_route_table_name": table["RouteTableName"],
            "tags": {each["Key"]: each["Value"] for each in shown.get("Tags", {}).get("Tag", [])},
            "user_cidrs": shown["UserCidrs"]["UserCidr"],
            "vpc_name": shown["VpcName"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        self.provider.call(
            "vpc",
            "ModifyVpcAttribute",
            VpcId=resource_id,
            VpcName=new["vpc_name"] if new.get("vpc_name") != old.get("vpc_name") else None,
            Description=new["description"] if new.get("description") != old.get("description") else None,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "Available")
        if new.get("system_route_table_name", "") not in ("", old.get("system_route_table_name")):
            state = self.read(resource_id)
            assert state is not None
            self.provider.call(
                "vpc",
                "ModifyRouteTableAttributes",
                RouteTableId=state["route_table_id"],
                RouteTableName=new["system_route_table_name"],
            )

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(
            ["DependencyViolation.VSwitch", "DependencyViolation.SecurityGroup", "IncorrectVpcStatus"],
            "vpc",
            "DeleteVpc",
            VpcId=resource_id,
            ClientToken=self.provider.token("DeleteVpc"),
        )
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, vpc_id: str) -> str:
        state = self.read(vpc_id)
        return state["status"] if state else ""


@attrs.frozen
class VSwitch:
    provider: Provider
    computed = frozenset({"create_time", "status"})

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call_again(
            ["TaskConflict", "UnknownError", "InvalidStatus.RouteEntry", "IncorrectVSwitchStatus"],
            "vpc",
            "CreateVSwitch",
            ClientToken=provider.token("CreateVSwitch"),
            VpcId=config["vpc_id"],
            CidrBlock=config["cidr_block"],
            ZoneId=config["zone_id"],
            VSwitchName=config.get("vswitch_name"),
        )
        vswitch_id = str(made["VSwitchId"])
        provider.wait_for(lambda: self._status(vswitch_id), "Available")
        provider.tag("vpc", "VSWITCH", vswitch_id, config.get("tags", {}))
        return vswitch_id

    def read(self, resource_id: str) -> State | None:
        try:
            shown = self.provider.call("vpc", "DescribeVSwitchAttributes", VSwitchId=resource_id)
        except ApiError as error:
            if is_gone(error):
                return None
            raise
        return {
            "cidr_block": shown["CidrBlock"],
            "create_time": shown["CreationTime"],
            "description": shown["Description"],
            "ipv6_cidr_block": shown["Ipv6CidrBlock"],
            "status": shown["Status"],
            "tags": {each["Key"]: each["Value"] for each in shown.get("Tags", {}).get("Tag", [])},
            "vpc_id": shown["VpcId"],
            "vswitch_name": shown["VSwitchName"],
            "zone_id": shown["ZoneId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        self.provider.call(
            "vpc",
            "ModifyVSwitchAttribute",
            VSwitchId=resource_id,
            VSwitchName=new["vswitch_name"] if new["vswitch_name"] != old["vswitch_name"] else None,
            Description=new["description"] if new.get("description") != old.get("description") else None,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "Available")

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(
            ["DependencyViolation", "IncorrectVSwitchStatus", "OperationConflict", "TaskConflict"],
            "vpc",
            "DeleteVSwitch",
            VSwitchId=resource_id,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, vswitch_id: str) -> str:
        state = self.read(vswitch_id)
        return state["status"] if state else ""


@attrs.frozen
class SecurityGroup:
    provider: Provider
    computed = frozenset({"inner_access_policy", "security_group_type", "resource_group_id"})

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call(
            "ecs",
            "CreateSecurityGroup",
            ClientToken=provider.token("CreateSecurityGroup"),
            VpcId=config["vpc_id"],
            SecurityGroupName=config.get("security_group_name"),
            SecurityGroupType="normal",
            Tag=[{"Key": key, "Value": value} for key, value in config.get("tags", {}).items()],
        )
        group_id = str(made["SecurityGroupId"])
        provider.call(
            "ecs",
            "ModifySecurityGroupPolicy",
            SecurityGroupId=group_id,
            InnerAccessPolicy="Accept",
            ClientToken=provider.token("ModifySecurityGroupPolicy"),
        )
        return group_id

    def read(self, resource_id: str) -> State | None:
        try:
            shown = self.provider.call("ecs", "DescribeSecurityGroupAttribute", SecurityGroupId=resource_id)
        except ApiError as error:
            if is_gone(error):
                return None
            raise
        listed = self.provider.call("ecs", "DescribeSecurityGroups", SecurityGroupId=resource_id)
        (group,) = listed["SecurityGroups"]["SecurityGroup"]
        return {
            "description": shown["Description"],
            "inner_access_policy": shown["InnerAccessPolicy"],
            "resource_group_id": group["ResourceGroupId"],
            "security_group_name": shown["SecurityGroupName"],
            "security_group_type": group["SecurityGroupType"],
            "tags": {each["TagKey"]: each["TagValue"] for each in group["Tags"]["Tag"]},
            "vpc_id": shown["VpcId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:  # noqa: ARG002 - sends both
        self.provider.call(
            "ecs",
            "ModifySecurityGroupAttribute",
            SecurityGroupId=resource_id,
            SecurityGroupName=new["security_group_name"],
            Description=new.get("description"),
        )

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(
            ["DependencyViolation"], "ecs", "DeleteSecurityGroup", SecurityGroupId=resource_id
        )
        self.provider.wait_for(lambda: "there" if self.read(resource_id) else "", "")


@attrs.frozen
class SecurityGroupRule:
    """An ingress rule; its id holds all that tells it from others."""

    provider: Provider
    computed = frozenset({"nic_type"})

    def create(self, config: State) -> str:
        self.provider.call("ecs", "AuthorizeSecurityGroup", **self._parameters(config))
        parts = ("ip_protocol", "port_range", "nic_type", "cidr_ip", "policy", "priority")
        return ":".join([config["security_group_id"], "ingress", *(str(config[each]) for each in parts)])

    def read(self, resource_id: str) -> State | None:
        group_id, direction, protocol, ports, nic_type, block, policy, priority = resource_id.split(":")
        try:
            shown = self.provider.call(
                "ecs",
                "DescribeSecurityGroupAttribute",
                SecurityGroupId=group_id,
                Direction=direction,
                NicType=nic_type,
            )
        except ApiError as error:
            if is_gone(error):
                return None
            raise
        for rule in shown["Permissions"]["Permission"]:
            found = {
                "security_group_id": group_id,
                "ip_protocol": rule["IpProtocol"].lower(),
                "port_range": rule["PortRange"],
                "nic_type": rule["NicType"],
                "cidr_ip": rule["SourceCidrIp"],
                "policy": rule["Policy"].lower(),
                "priority": int(rule["Priority"]),
                "description": rule["Description"],
            }
            same = (found["ip_protocol"], found["port_range"], found["cidr_ip"], found["policy"])
            if same == (protocol, ports, block, policy) and found["priority"] == int(priority):
                return found
        return None

    def update(self, resource_id: str, old: State, new: State) -> None:  # noqa: ARG002 - sends all of it
        self.provider.call("ecs", "ModifySecurityGroupRule", **self._parameters(new))

    def delete(self, resource_id: str) -> None:
        state = self.read(resource_id)
        assert state is not None
        self.provider.call("ecs", "RevokeSecurityGroup", **self._parameters(state))
        assert self.read(resource_id) is None

    def _parameters(self, config: State) -> dict[str, object]:
        return {
            "SecurityGroupId": config["security_group_id"],
            "IpProtocol": config["ip_protocol"],
            "PortRange": config["port_range"],
            "NicType": config["nic_type"],
            "SourceCidrIp": config["cidr_ip"],
            "Policy": config["policy"],
            "Priority": config["priority"],
            "Description": config.get("description"),
        }
