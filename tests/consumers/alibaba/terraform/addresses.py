"""alicloud_eip_address and alicloud_eip_association."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State

BUSY = ("OperationConflict", "IncorrectEipStatus", "IncorrectInstanceStatus", "TaskConflict")


def describe_address(provider: Provider, allocation_id: str) -> dict[str, Any]:
    """Return what the provider finds of an EIP, or nothing."""
    shown = provider.call("vpc", "DescribeEipAddresses", AllocationId=allocation_id)
    found: list[dict[str, Any]] = shown["EipAddresses"]["EipAddress"]
    return found[0] if found else {}


@attrs.frozen
class EipAddress:
    provider: Provider
    computed = frozenset(
        {
            "bandwidth",
            "create_time",
            "deletion_protection",
            "internet_charge_type",
            "ip_address",
            "isp",
            "netmode",
            "payment_type",
            "resource_group_id",
            "status",
        }
    )

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call_again(
            BUSY,
            "vpc",
            "AllocateEipAddress",
            ClientToken=provider.token("AllocateEipAddress"),
            Name=config.get("address_name"),
            Bandwidth=config.get("bandwidth"),
            InternetChargeType=config.get("internet_charge_type"),
            InstanceChargeType="PostPaid",
        )
        allocation_id = str(made["AllocationId"])
        provider.wait_for(lambda: self._status(allocation_id), "Available")
        provider.tag("vpc", "EIP", allocation_id, config.get("tags", {}))
        return allocation_id

    def read(self, resource_id: str) -> State | None:
        shown = describe_address(self.provider, resource_id)
        if not shown:
            return None
        return {
            "address_name": shown["Name"],
            "bandwidth": shown.get("EipBandwidth", shown["Bandwidth"]),
            "create_time": shown["AllocationTime"],
            "deletion_protection": shown["DeletionProtection"],
            "description": shown.get("Description"),
            "internet_charge_type": shown["InternetChargeType"],
            "ip_address": shown["IpAddress"],
            "isp": shown["ISP"],
            "netmode": shown["Netmode"],
            "payment_type": shown["ChargeType"],
            "resource_group_id": shown["ResourceGroupId"],
            "status": shown["Status"],
            "tags": {each["Key"]: each["Value"] for each in shown.get("Tags", {}).get("Tag", [])},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        provider = self.provider
        named = {"Bandwidth": "bandwidth", "Name": "address_name", "Description": "description"}
        changed = {
            parameter: new.get(name, "")
            for parameter, name in named.items()
            if new.get(name) != old.get(name)
        }
        if changed:
            provider.call_again(
                BUSY, "vpc", "ModifyEipAddressAttribute", AllocationId=resource_id, **changed
            )
        if new.get("deletion_protection", False) != old.get("deletion_protection", False):
            provider.call(
                "vpc",
                "DeletionProtection",
                InstanceId=resource_id,
                Type="EIP",
                ProtectionEnable=new.get("deletion_protection", False),
                ClientToken=provider.token("DeletionProtection"),
            )
        provider.wait_for(lambda: self._status(resource_id), "Available")

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(BUSY, "vpc", "ReleaseEipAddress", AllocationId=resource_id)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _status(self, allocation_id: str) -> str:
        return str(describe_address(self.provider, allocation_id).get("Status", ""))


@attrs.frozen
class EipAssociation:
    """Its id is that of the EIP and that of what it is on.

    ``vpc_id`` and ``private_ip_address`` are no computed attributes, and a change of them replaces the
    association: the cloud shows them only where they were given.
    """

    provider: Provider
    computed = frozenset({"mode"})

    def create(self, config: State) -> str:
        provider = self.provider
        allocation_id, instance_id = config["allocation_id"], config["instance_id"]
        provider.call_again(
            BUSY,
            "vpc",
            "AssociateEipAddress",
            AllocationId=allocation_id,
            InstanceId=instance_id,
            InstanceType=config["instance_type"],
            PrivateIpAddress=config.get("private_ip_address"),
            ClientToken=provider.token("AssociateEipAddress"),
        )
        association = f"{allocation_id}:{instance_id}"
        provider.wait_for(lambda: self._status(allocation_id), "InUse")
        return association

    def read(self, resource_id: str) -> State | None:
        allocation_id, instance_id = resource_id.split(":")
        shown = describe_address(self.provider, allocation_id)
        if shown.get("InstanceId") != instance_id:
            return None
        return {
            "allocation_id": allocation_id,
            "instance_id": shown["InstanceId"],
            "instance_type": shown["InstanceType"],
            "mode": shown.get("Mode"),
            "private_ip_address": shown.get("PrivateIpAddress"),
            "vpc_id": shown.get("VpcId"),
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} is replaced, not changed from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        allocation_id, instance_id = resource_id.split(":")
        state = self.read(resource_id)
        assert state is not None
        self.provider.call_again(
            BUSY,
            "vpc",
            "UnassociateEipAddress",
            AllocationId=allocation_id,
            InstanceId=instance_id,
            InstanceType=state["instance_type"],
            ClientToken=self.provider.token("UnassociateEipAddress"),
        )
        self.provider.wait_for(lambda: self._status(allocation_id), "Available")

    def _status(self, allocation_id: str) -> str:
        return str(describe_address(self.provider, allocation_id).get("Status", ""))
