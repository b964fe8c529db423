"""alicloud_ecs_key_pair and alicloud_ecs_key_pair_attachment."""

import json
from functools import partial
from typing import Any

import attrs
from tests.consumers.alibaba.terraform.provider import Provider, State


@attrs.frozen
class KeyPair:
    """A key pair goes by its name; only its tags and its resource group can be changed."""

    provider: Provider
    computed = frozenset({"finger_print", "resource_group_id"})

    def create(self, config: State) -> str:
        imported = "public_key" in config
        made = self.provider.call(
            "ecs",
            "ImportKeyPair" if imported else "CreateKeyPair",
            KeyPairName=config["key_pair_name"],
            ResourceGroupId=config.get("resource_group_id"),
            PublicKeyBody=config.get("public_key"),
            Tag=[{"Key": key, "Value": value} for key, value in config.get("tags", {}).items()],
        )
        assert imported or made["PrivateKeyBody"].startswith("-----BEGIN RSA PRIVATE KEY-----")
        return str(made["KeyPairName"])

    def read(self, resource_id: str) -> State | None:
        call = self.provider.call
        listed = call("ecs", "DescribeKeyPairs", KeyPairName=resource_id, PageSize=50, PageNumber=1)
        for shown in listed["KeyPairs"]["KeyPair"]:
            if shown["KeyPairName"] == resource_id:
                break
        else:
            return None
        tags = call("ecs", "ListTagResources", ResourceType="keypair", ResourceId=[resource_id])
        return {
            "key_pair_name": resource_id,
            "finger_print": shown["KeyPairFingerPrint"],
            "resource_group_id": shown["ResourceGroupId"],
            "tags": {each["TagKey"]: each["TagValue"] for each in tags["TagResources"]["TagResource"]},
        }

    def update(self, resource_id: str, old: State, new: State) -> None:
        before, after = old.get("tags", {}), new.get("tags", {})
        gone = [key for key in before if key not in after]
        place = {"ResourceType": "keypair", "ResourceId": [resource_id]}
        if gone:
            self.provider.call("ecs", "UntagResources", TagKey=gone, **place)
        self.provider.tag("ecs", "keypair", resource_id, after)
        if group_id := new.get("resource_group_id"):
            self.provider.call(
                "ecs",
                "JoinResourceGroup",
                ResourceId=resource_id,
                ResourceType="keypair",
                ResourceGroupId=group_id,
            )

    def delete(self, resource_id: str) -> None:
        self.provider.call_again(
            ["InvalidParameter.KeypairAlreadyAttachedInstance", "ServiceUnavailable"],
            "ecs",
            "DeleteKeyPairs",
            KeyPairNames=json.dumps([resource_id]),
        )


@attrs.frozen
class KeyPairAttachment:
    """A key pair on instances; ``force`` reboots those that did not have it."""

    provider: Provider
    computed: frozenset[str] = frozenset()

    def create(self, config: State) -> str:
        ids, name = json.dumps(config["instance_ids"]), config["key_pair_name"]
        new = [each for each in config["instance_ids"] if each not in self._instances("", name)]
        self.provider.call("ecs", "AttachKeyPair", KeyPairName=name, InstanceIds=ids)
        for each in new:
            self.provider.call("ecs", "RebootInstance", InstanceId=each, ForceStop=True)
        for each in new:
            self.provider.wait_for(partial(self._status, each), "Running")
        return f"{name}:{ids}"

    def read(self, resource_id: str) -> State | None:
        name, _, ids = resource_id.partition(":")
        found = self._instances(ids, name)
        return {"key_pair_name": name, "instance_ids": found} if found else None

    def update(self, resource_id: str, old: State, new: State) -> None:
        raise AssertionError(f"{resource_id} is replaced, not changed from {old} to {new}")

    def delete(self, resource_id: str) -> None:
        name, _, ids = resource_id.partition(":")
        self.provider.call("ecs", "DetachKeyPair", KeyPairName=name, InstanceIds=ids)
        assert not self._instances(ids, name)

    def _instances(self, ids: str, name: str) -> list[str]:
        listed = self.provider.call("ecs", "DescribeInstances", InstanceIds=ids or None, KeyPairName=name)
        found: list[dict[str, Any]] = listed["Instances"]["Instance"]
        assert all(each["KeyPairName"] == name for each in found)
        return [str(each["InstanceId"]) for each in found]

    def _status(self, instance_id: str) -> str:
        listed = self.provider.call("ecs", "DescribeInstances", InstanceIds=json.dumps([instance_id]))
        (shown,) = listed["Instances"]["Instance"]
        return str(shown["Status"])
