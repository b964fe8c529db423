"""alicloud_vpc_dhcp_options_set, and alicloud_vpc_dhcp_options_set_attachment."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State

_AGAIN = ("OperationConflict", "IncorrectStatus", "ServiceUnavailable", "LastTokenProcessing", "SystemBusy")
_SAID = {
    "dhcp_options_set_name": "DhcpOptionsSetName",
    "dhcp_options_set_description": "DhcpOptionsSetDescription",
    "domain_name": "DomainName",
    "domain_name_servers": "DomainNameServers",
    "lease_time": "LeaseTime",
    "ipv6_lease_time": "Ipv6LeaseTime",
}


def _shown(provider: Provider, set_id: str) -> dict[str, Any]:
    return provider.call("vpc", "GetDhcpOptionsSet", DhcpOptionsSetId=set_id)


def _change(provider: Provider, action: str, **params: Any) -> dict[str, Any]:
    return provider.call_again(_AGAIN, "vpc", action, ClientToken=provider.token(action), **params)


@attrs.frozen
class DhcpOptionsSet:
    """Of one that is gone the cloud shows no status."""

    provider: Provider
    computed = frozenset(
        {"status", "owner_id", "resource_group_id", "lease_time", "ipv6_lease_time", "associate_vpcs"}
    )

    def create(self, config: State) -> str:
        made = _change(
            self.provider,
            "CreateDhcpOptionsSet",
            ResourceGroupId=config.get("resource_group_id"),
            **{wire: config.get(name) for name, wire in _SAID.items()},
        )
        set_id = str(made["DhcpOptionsSetId"])
        self._settle(set_id)
        self.provider.tag("vpc", "DhcpOptionsSet", set_id, config.get("tags", {}))
        return set_id

    def read(self, resource_id: str) -> State | None:
        shown = _shown(self.provider, resource_id)
        if not shown.get("Status"):
            return None
        options = shown["DhcpOptions"]
        return {
            "dhcp_options_set_description": shown["DhcpOptionsSetDescription"],
            "dhcp_options_set_name": shown["DhcpOptionsSetName"],
            "owner_id": shown["OwnerId"],
            "resource_group_id": shown["ResourceGroupId"],
            "status": shown["Status"],
            "domain_name": options.get("DomainName"),
            "domain_name_servers": options.get("DomainNameServers"),
            "lease_time": options.get("LeaseTime"),
            "ipv6_lease_time": options.get("Ipv6LeaseTime"),
            "associate_vpcs": [each["VpcId"] for each in shown["AssociateVpcs"]],
            "tags": {each["Key"]: each["Value"] for each in shown["Tags"]},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        if changed := {
            wire: new.get(name, "") for name, wire in _SAID.items() if old.get(name) != new.get(name)
        }:
            _change(self.provider, "UpdateDhcpOptionsSetAttribute", DhcpOptionsSetId=resource_id, **changed)
            self._settle(resource_id)
        self.provider.tag("vpc", "DhcpOptionsSet", resource_id, new.get("tags", {}))

    def delete(self, resource_id: str) -> None:
        _change(self.provider, "DeleteDhcpOptionsSet", DhcpOptionsSetId=resource_id)
        self.provider.wait_for(lambda: "there" if self.read(resource_id) else "gone", "gone")

    def _settle(self, set_id: str) -> None:
        def state() -> str:
            status = str(_shown(self.provider, set_id).get("Status"))
            return "settled" if status in {"Available", "InUse"} else status

        self.provider.wait_for(state, "settled")


@attrs.frozen
class DhcpOptionsSetAttachment:
    """It is what its id says: a VPC and a set."""

    provider: Provider
    computed = frozenset({"status"})

    def create(self, config: State) -> str:
        vpc_id, set_id = config["vpc_id"], config["dhcp_options_set_id"]
        _change(self.provider, "AttachDhcpOptionsSetToVpc", VpcId=vpc_id, DhcpOptionsSetId=set_id)
        resource_id = f"{vpc_id}:{set_id}"
        self.provider.wait_for(lambda: str((self.read(resource_id) or {}).get("status")), "InUse")
        return resource_id

    def read(self, resource_id: str) -> State | None:
        vpc_id, set_id = resource_id.split(":")
        for each in _shown(self.provider, set_id).get("AssociateVpcs", ()):
            if each["VpcId"] == vpc_id:
                return {
                    "vpc_id": vpc_id,
                    "dhcp_options_set_id": set_id,
                    "status": each["AssociateStatus"],
                }
        return None

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"nothing of {resource_id} can be changed: {old}, {new}")

    def delete(self, resource_id: str) -> None:
        vpc_id, set_id = resource_id.split(":")
        _change(self.provider, "DetachDhcpOptionsSetFromVpc", VpcId=vpc_id, DhcpOptionsSetId=set_id)
        self.provider.wait_for(lambda: "there" if self.read(resource_id) else "gone", "gone")
