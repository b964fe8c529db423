"""alicloud_ecs_prefix_list and alicloud_vpc_prefix_list."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State, is_gone
from tests.harness import ApiError

_AGAIN = (
    "IncorrectStatus.PrefixList",
    "IncorrectStatus.SystemPrefixList",
    "LastTokenProcessing",
    "OperationConflict",
    "OperationFailed.LastTokenProcessing",
    "ServiceUnavailable",
    "SystemBusy",
)


@attrs.frozen
class EcsPrefixList:
    """A prefix list of ECS; its family and its capacity cannot be changed."""

    provider: Provider
    computed: frozenset[str] = frozenset()

    def create(self, config: State) -> str:
        made = self.provider.call(
            "ecs",
            "CreatePrefixList",
            ClientToken=self.provider.token("CreatePrefixList"),
            PrefixListName=config["prefix_list_name"],
            AddressFamily=config["address_family"],
            MaxEntries=config["max_entries"],
            Description=config.get("description"),
            Entry=_entries(config["entry"]),
        )
        return str(made["PrefixListId"])

    def read(self, resource_id: str) -> State | None:
        try:
            shown = self.provider.call("ecs", "DescribePrefixListAttributes", PrefixListId=resource_id)
        except ApiError as error:
            if is_gone(error):
                return None
            raise
        return {
            "prefix_list_name": shown["PrefixListName"],
            "address_family": shown["AddressFamily"],
            "max_entries": shown["MaxEntries"],
            "description": shown["Description"],
            "entry": {each["Cidr"]: each["Description"] for each in shown["Entries"]["Entry"]},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        """Take all entries off that are not as they were, and put those in that shall be."""
        gone, come = _difference(old["entry"], new["entry"])
        self.provider.call(
            "ecs",
            "ModifyPrefixList",
            PrefixListId=resource_id,
            PrefixListName=new["prefix_list_name"],
            Description=new.get("description"),
            RemoveEntry=[{"Cidr": cidr} for cidr in gone] or None,
            AddEntry=_entries(come) or None,
        )

    def delete(self, resource_id: str) -> None:
        self.provider.call("ecs", "DeletePrefixList", PrefixListId=resource_id)


@attrs.frozen
class VpcPrefixList:
    """A prefix list of VPC; it is waited for after each change."""

    provider: Provider
    computed = frozenset({"max_entries", "resource_group_id", "status"})

    def create(self, config: State) -> str:
        made = self.provider.call_again(
            _AGAIN,
            "vpc",
            "CreateVpcPrefixList",
            ClientToken=self.provider.token("CreateVpcPrefixList"),
            PrefixListName=config["prefix_list_name"],
            PrefixListDescription=config.get("prefix_list_description"),
            IpVersion=config.get("ip_version", "IPV4"),
            MaxEntries=config.get("max_entries"),
            ResourceGroupId=config.get("resource_group_id"),
            PrefixListEntries=_vpc_entries(config["entries"]) or None,
        )
        list_id = str(made["PrefixListId"])
        self._wait(list_id)
        self.provider.tag("vpc", "PREFIXLIST", list_id, config.get("tags", {}))
        return list_id

    def read(self, resource_id: str) -> State | None:
        shown = self._find(resource_id)
        if shown is None:
            return None
        call = self.provider.call
        entries = call("vpc", "GetVpcPrefixListEntries", PrefixListId=resource_id, MaxResults=100)
        uses = call("vpc", "GetVpcPrefixListAssociations", PrefixListId=resource_id, MaxResults=100)
        assert uses["PrefixListAssociation"] == []
        return {
            "prefix_list_name": shown["PrefixListName"],
            "prefix_list_description": shown["PrefixListDescription"],
            "ip_version": shown["IpVersion"],
            "max_entries": shown["MaxEntries"],
            "resource_group_id": shown["ResourceGroupId"],
            "status": shown["Status"],
            "entries": {each["Cidr"]: each["Description"] for each in entries["PrefixListEntry"]},
            "tags": {each["Key"]: each["Value"] for each in shown["Tags"]},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        gone, come = _difference(old["entries"], new["entries"])
        self._modify(
            resource_id,
            PrefixListName=new["prefix_list_name"],
            PrefixListDescription=new.get("prefix_list_description"),
            MaxEntries=new.get("max_entries"),
        )
        if gone:
            self._modify(resource_id, RemovePrefixListEntry=[{"Cidr": cidr} for cidr in gone])
        if come:
            self._modify(resource_id, AddPrefixListEntry=_vpc_entries(come))
        if group_id := new.get("resource_group_id"):
            self.provider.call(
                "vpc",
                "MoveResourceGroup",
                ResourceId=resource_id,
                ResourceType="PrefixList",
                NewResourceGroupId=group_id,
            )
        before, after = old.get("tags", {}), new.get("tags", {})
        if lost := [key for key in before if key not in after]:
            place = {"ResourceType": "PREFIXLIST", "ResourceId": [resource_id]}
            self.provider.call("vpc", "UnTagResources", TagKey=lost, **place)
        self.provider.tag("vpc", "PREFIXLIST", resource_id, after)

    def delete(self, resource_id: str) -> None:
        token = self.provider.token("DeleteVpcPrefixList")
        delete = {"ClientToken": token, "PrefixListId": resource_id}
        self.provider.call_again(_AGAIN, "vpc", "DeleteVpcPrefixList", **delete)
        self.provider.wait_for(lambda: self._status(resource_id), "")

    def _modify(self, list_id: str, **changed: Any) -> None:
        token = self.provider.token("ModifyVpcPrefixList")
        changed |= {"ClientToken": token, "PrefixListId": list_id}
        self.provider.call_again(_AGAIN, "vpc", "ModifyVpcPrefixList", **changed)
        self._wait(list_id)

    def _wait(self, list_id: str) -> None:
        self.provider.wait_for(lambda: self._status(list_id), "Created")

    def _status(self, list_id: str) -> str:
        found = self._find(list_id)
        return "" if found is None else str(found["Status"])

    def _find(self, list_id: str) -> dict[str, Any] | None:
        listed = self.provider.call("vpc", "ListPrefixLists", PrefixListIds=[list_id])["PrefixLists"]
        return listed[0] if listed else None


def _entries(entries: dict[str, str]) -> list[dict[str, str]]:
    return [{"Cidr": cidr, "Description": description} for cidr, description in entries.items()]


def _vpc_entries(entries: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"Cidr": cidr, "Description": text} if text else {"Cidr": cidr} for cidr, text in entries.items()
    ]


def _difference(old: dict[str, str], new: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the entries that go, and those that come; one that is described anew does both."""
    gone = {cidr: text for cidr, text in old.items() if new.get(cidr) != text}
    return gone, {cidr: text for cidr, text in new.items() if old.get(cidr) != text}
