"""alicloud_nat_gateway, alicloud_snat_entry and alicloud_forward_entry."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State, is_gone
from tests.harness import ApiError

_CREATE_AGAIN = ("OperationConflict", "TaskConflict", "UnknownError", "VswitchStatusError")
_DELETE_AGAIN = ("DependencyViolation.BandwidthPackages", "DependencyViolation.EIPS")
_SNAT_AGAIN = (
    "EIP_NOT_IN_GATEWAY",
    "OperationUnsupported.EipNatBWPCheck",
    "OperationUnsupported.EipInBinding",
    "IncorretSnatEntryStatus",
    "OperationConflict",
)
_FORWARD_AGAIN = ("InvalidIp.NotInNatgw", "OperationConflict", "TaskConflict", "UnknownError")


@attrs.frozen
class NatGateway:
    provider: Provider
    computed = frozenset(
        {
            "deletion_protection",
            "eip_bind_mode",
            "forward_table_ids",
            "icmp_reply_enabled",
            "internet_charge_type",
            "network_type",
            "payment_type",
            "snat_table_ids",
            "specification",
            "status",
        }
    )

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call_again(
            _CREATE_AGAIN,
            "vpc",
            "CreateNatGateway",
            ClientToken=provider.token("CreateNatGateway"),
            Description=config.get("description"),
            InternetChargeType=config.get("internet_charge_type"),
            Name=config.get("nat_gateway_name"),
            NatType=config.get("nat_type"),
            InstanceChargeType="PostPaid",
            VSwitchId=config.get("vswitch_id"),
            NetworkType=config.get("network_type"),
            VpcId=config["vpc_id"],
            EipBindMode=config.get("eip_bind_mode"),
        )
        gateway_id = str(made["NatGatewayId"])
        provider.wait_for(lambda: self._status(gateway_id), "Available")
        provider.tag("vpc", "NATGATEWAY", gateway_id, config.get("tags", {}))
        self._protect(gateway_id, {}, config)
        return gateway_id

    def read(self, resource_id: str) -> State | None:
        shown = self._shown(resource_id)
        if not shown:
            return None
        place = {"ResourceType": "NATGATEWAY", "ResourceId": [resource_id]}
        tags = self.provider.call("vpc", "ListTagResources", **place)
        return {
            "deletion_protection": shown["DeletionProtection"],
            "description": shown["Description"],
            "eip_bind_mode": shown["EipBindMode"],
            "forward_table_ids": ",".join(shown["ForwardTableIds"]["ForwardTableId"]),
            "icmp_reply_enabled": shown["IcmpReplyEnabled"],
            "internet_charge_type": shown["InternetChargeType"],
            "nat_gateway_name": shown["Name"],
            "nat_type": shown["NatType"],
            "network_type": shown["NetworkType"],
            "payment_type": {"PostPaid": "PayAsYouGo"}[shown["InstanceChargeType"]],
            "private_link_enabled": shown["PrivateLinkEnabled"],
            "snat_table_ids": ",".join(shown["SnatTableIds"]["SnatTableId"]),
            "specification": shown["Spec"],
            "status": shown["Status"],
            "tags": {each["TagKey"]: each["TagValue"] for each in tags["TagResources"]["TagResource"]},
            "vpc_id": shown["VpcId"],
            "vswitch_id": shown["NatGatewayPrivateInfo"]["VswitchId"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        provider = self.provider
        before, after = old.get("tags", {}), new.get("tags", {})
        if gone := [key for key in before if key not in after]:
            place = {"ResourceType": "NATGATEWAY", "ResourceId": [resource_id]}
            provider.call("vpc", "UnTagResources", TagKey=gone, **place)
        if before != after:
            provider.tag("vpc", "NATGATEWAY", resource_id, after)
        self._protect(resource_id, old, new)
        named = {
            "Description": "description",
            "Name": "nat_gateway_name",
            "EipBindMode": "eip_bind_mode",
            "IcmpReplyEnabled": "icmp_reply_enabled",
        }
        if changed := {
            wire: new.get(own, "") for wire, own in named.items() if new.get(own) != old.get(own)
        }:
            provider.call("vpc", "ModifyNatGatewayAttribute", NatGatewayId=resource_id, **changed)
            provider.wait_for(lambda: self._status(resource_id), "Available")

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(_DELETE_AGAIN, "vpc", "DeleteNatGateway", NatGatewayId=resource_id)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _protect(self, gateway_id: str, old: State, new: State) -> None:
        wanted = new.get("deletion_protection", False)
        if wanted != old.get("deletion_protection", False):
            self.provider.call(
                "vpc",
                "DeletionProtection",
                InstanceId=gateway_id,
                Type="NATGW",
                ProtectionEnable=wanted,
                ClientToken=self.provider.token("DeletionProtection"),
            )

    def _status(self, gateway_id: str) -> str:
        return str(self._shown(gateway_id).get("Status", ""))

    def _shown(self, gateway_id: str) -> dict[str, Any]:
        listed = self.provider.call("vpc", "DescribeNatGateways", NatGatewayId=gateway_id)
        found: list[dict[str, Any]] = listed["NatGateways"]["NatGateway"]
        return found[0] if found else {}


@attrs.frozen
class SnatEntry:
    """Its id is that of the table and its own; the block is shown of a vSwitch, too."""

    provider: Provider
    computed = frozenset({"eip_affinity", "snat_entry_id", "source_cidr", "source_vswitch_id", "status"})

    def create(self, config: State) -> str:
        provider, table_id = self.provider, config["snat_table_id"]
        made = provider.call_again(
            _SNAT_AGAIN,
            "vpc",
            "CreateSnatEntry",
            ClientToken=provider.token("CreateSnatEntry"),
            SnatTableId=table_id,
            SnatIp=config["snat_ip"],
            SourceVSwitchId=config.get("source_vswitch_id"),
            SourceCIDR=config.get("source_cidr"),
            SnatEntryName=config.get("snat_entry_name"),
            EipAffinity=config.get("eip_affinity"),
        )
        entry_id = f"{table_id}:{made['SnatEntryId']}"
        provider.wait_for(lambda: self._status(entry_id), "Available")
        return entry_id

    def read(self, resource_id: str) -> State | None:
        shown = self._shown(resource_id)
        if not shown:
            return None
        return {
            "eip_affinity": int(shown["EipAffinity"]),
            "snat_entry_id": shown["SnatEntryId"],
            "snat_entry_name": shown["SnatEntryName"],
            "snat_ip": shown["SnatIp"],
            "snat_table_id": shown["SnatTableId"],
            "source_cidr": shown["SourceCIDR"],
            "source_vswitch_id": shown["SourceVSwitchId"],
            "status": shown["Status"],
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        table_id, entry_id = resource_id.split(":")
        affinity = new.get("eip_affinity", 0)
        self.provider.call_again(
            _SNAT_AGAIN,
            "vpc",
            "ModifySnatEntry",
            ClientToken=self.provider.token("ModifySnatEntry"),
            SnatTableId=table_id,
            SnatEntryId=entry_id,
            SnatIp=new["snat_ip"],
            SnatEntryName=new.get("snat_entry_name", ""),
            EipAffinity=affinity if affinity != old.get("eip_affinity", 0) else None,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "Available")

    def delete(self, resource_id: str) -> None:
        table_id, entry_id = resource_id.split(":")
        self.provider.call_again(
            _SNAT_AGAIN,
            "vpc",
            "DeleteSnatEntry",
            ClientToken=self.provider.token("DeleteSnatEntry"),
            SnatTableId=table_id,
            SnatEntryId=entry_id,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, resource_id: str) -> str:
        return str(self._shown(resource_id).get("Status", ""))

    def _shown(self, resource_id: str) -> dict[str, Any]:
        table_id, entry_id = resource_id.split(":")
        query = {"SnatTableId": table_id, "SnatEntryId": entry_id, "PageSize": 50, "PageNumber": 1}
        try:
            listed = self.provider.call("vpc", "DescribeSnatTableEntries", **query)
        except ApiError as error:
            if is_gone(error):
                return {}
            raise
        found: list[dict[str, Any]] = listed["SnatTableEntries"]["SnatTableEntry"]
        return found[0] if found else {}


@attrs.frozen
class ForwardEntry:
    """Its id is that of the table and its own."""

    provider: Provider
    computed = frozenset({"forward_entry_id", "forward_entry_name", "status"})
    wire = (
        ("external_ip", "ExternalIp"),
        ("external_port", "ExternalPort"),
        ("forward_entry_name", "ForwardEntryName"),
        ("internal_ip", "InternalIp"),
        ("internal_port", "InternalPort"),
        ("ip_protocol", "IpProtocol"),
    )

    def create(self, config: State) -> str:
        table_id = config["forward_table_id"]
        made = self.provider.call_again(
            _FORWARD_AGAIN,
            "vpc",
            "CreateForwardEntry",
            ForwardTableId=table_id,
            **{wire: config.get(own) for own, wire in self.wire},
        )
        entry_id = f"{table_id}:{made['ForwardEntryId']}"
        self.provider.wait_for(lambda: self._status(entry_id), "Available")
        return entry_id

    def read(self, resource_id: str) -> State | None:
        shown = self._shown(resource_id)
        if not shown:
            return None
        table_id, entry_id = resource_id.split(":")
        return {
            "forward_entry_id": entry_id,
            "forward_table_id": table_id,
            "status": shown["Status"],
            **{own: shown[wire] for own, wire in self.wire},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        table_id, entry_id = resource_id.split(":")
        changed = {wire: new.get(own, "") for own, wire in self.wire if new.get(own) != old.get(own)}
        self.provider.call_again(
            _FORWARD_AGAIN,
            "vpc",
            "ModifyForwardEntry",
            ForwardTableId=table_id,
            ForwardEntryId=entry_id,
            **changed,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "Available")

    def delete(self, resource_id: str) -> None:
        table_id, entry_id = resource_id.split(":")
        self.provider.call_again(
            _FORWARD_AGAIN,
            "vpc",
            "DeleteForwardEntry",
            ForwardTableId=table_id,
            ForwardEntryId=entry_id,
        )
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, resource_id: str) -> str:
        return str(self._shown(resource_id).get("Status", ""))

    def _shown(self, resource_id: str) -> dict[str, Any]:
        table_id, entry_id = resource_id.split(":")
        query = {"ForwardTableId": table_id, "ForwardEntryId": entry_id}
        try:
            listed = self.provider.call("vpc", "DescribeForwardTableEntries", **query)
        except ApiError as error:
            if is_gone(error):
                return {}
            raise
        found: list[dict[str, Any]] = listed["ForwardTableEntries"]["ForwardTableEntry"]
        return found[0] if found else {}
