"""alicloud_network_acl, with the vSwitches that it is associated with."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State, is_gone
from tests.harness import ApiError

_AGAIN = ("OperationConflict", "IncorrectStatus", "LastTokenProcessing", "SystemBusy")
_SIDES = {
    "ingress_acl_entries": ("Ingress", "SourceCidrIp"),
    "egress_acl_entries": ("Egress", "DestinationCidrIp"),
}
_NAMES = {
    "description": "Description",
    "entry_type": "EntryType",
    "ip_version": "IpVersion",
    "network_acl_entry_name": "NetworkAclEntryName",
    "policy": "Policy",
    "port": "Port",
    "protocol": "Protocol",
}


@attrs.frozen
class NetworkAcl:
    """Entries of the system are hidden; where none are configured, those that are there stay."""

    provider: Provider
    computed = frozenset(
        {"create_time", "status", "region_id", "ingress_acl_entries", "egress_acl_entries", "resources"}
    )

    def create(self, config: State) -> str:
        made = self._change(
            "CreateNetworkAcl",
            VpcId=config["vpc_id"],
            NetworkAclName=config.get("network_acl_name"),
            Description=config.get("description"),
        )
        acl_id = str(made["NetworkAclAttribute"]["NetworkAclId"])
        self._settle(acl_id)
        self.update(acl_id, {**config, **dict.fromkeys(_SIDES), "resources": [], "tags": {}}, config)
        return acl_id

    def read(self, resource_id: str) -> State | None:
        try:
            shown = self._shown(resource_id)
        except ApiError as error:
            if is_gone(error):
                return None
            raise
        return {
            "create_time": shown["CreationTime"],
            "description": shown["Description"],
            "network_acl_name": shown["NetworkAclName"],
            "region_id": shown["RegionId"],
            "status": shown["Status"],
            "vpc_id": shown["VpcId"],
            "resources": [each["ResourceId"] for each in shown["Resources"]["Resource"]],
            "tags": {each["Key"]: each["Value"] for each in shown["Tags"]["Tag"]},
            **{name: self._entries(shown, name) for name in _SIDES},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        acl = {"NetworkAclId": resource_id}
        said = {"NetworkAclName": "network_acl_name", "Description": "description"}
        if changed := {
            wire: new.get(name, "") for wire, name in said.items() if old.get(name) != new.get(name)
        }:
            self._change("ModifyNetworkAclAttributes", **acl, **changed)
            self._settle(resource_id)
        entries: dict[str, Any] = {}
        for name, (side, _) in _SIDES.items():
            if old.get(name) != new.get(name):
                entries[f"Update{side}AclEntries"] = "true"
                entries[f"{side}AclEntries"] = [self._entry(name, each) for each in new.get(name) or ()]
        if entries:
            self._change("UpdateNetworkAclEntries", **acl, **entries)
            self._settle(resource_id)
        before, after = old.get("resources") or [], new.get("resources") or []
        for action, one, other in (
            ("UnassociateNetworkAcl", before, after),
            ("AssociateNetworkAcl", after, before),
        ):
            if moved := [each for each in one if each not in other]:
                resource = [{"ResourceType": "VSwitch", "ResourceId": each} for each in moved]
                self._change(action, **acl, Resource=resource)
                self._settle(resource_id)
        self.provider.tag("vpc", "NETWORKACL", resource_id, new.get("tags", {}))
        if gone := [key for key in old.get("tags", {}) if key not in new.get("tags", {})]:
            place = {"ResourceType": "NETWORKACL", "ResourceId": [resource_id]}
            self.provider.call("vpc", "UnTagResources", TagKey=gone, **place)

    def delete(self, resource_id: str) -> None:
        shown = self.read(resource_id)
        assert shown is not None
        self.update(resource_id, shown, {**shown, "resources": []})
        self._change("DeleteNetworkAcl", NetworkAclId=resource_id)
        self.provider.wait_for(lambda: "there" if self.read(resource_id) else "gone", "gone")

    def _change(self, action: str, **params: Any) -> dict[str, Any]:
        token = self.provider.token(action)
        return self.provider.call_again(_AGAIN, "vpc", action, ClientToken=token, **params)

    def _settle(self, acl_id: str) -> None:
        self.provider.wait_for(lambda: str(self._shown(acl_id)["Status"]), "Available")

    def _shown(self, acl_id: str) -> dict[str, Any]:
        answer = self.provider.call("vpc", "DescribeNetworkAclAttributes", NetworkAclId=acl_id)
        found: dict[str, Any] = answer["NetworkAclAttribute"]
        return found

    def _entry(self, name: str, entry: State) -> State:
        """Return an entry as it is sent: a name and a description only where there are some."""
        sent = {wire: entry.get(own) for own, wire in _NAMES.items() if entry.get(own)}
        return {**sent, _SIDES[name][1]: entry["cidr_ip"]}

    def _entries(self, shown: State, name: str) -> list[State]:
        side, block = _SIDES[name]
        return [
            {**{own: each[wire] for own, wire in _NAMES.items() if each[wire]}, "cidr_ip": each[block]}
            for each in shown[f"{side}AclEntries"][f"{side}AclEntry"]
            if each["EntryType"] not in {"service", "system"}
        ]
