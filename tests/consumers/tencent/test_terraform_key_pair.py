"""The life of a key pair as terraform-provider-tencentcloud leads it: its calls, in its order.

Source: tencentcloud/services/cvm/resource_tc_key_pair.go and service_tencentcloud_cvm.go of the provider.
"""

from typing import Any

import attrs
import pytest
from tests.dialects.tencent.furnished_account import IMAGE, ZONE, TencentAccount

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key

REGION = "ap-guangzhou"
State = dict[str, Any]


@attrs.frozen
class KeyPair:
    """The resource ``tencentcloud_key_pair`` of one account."""

    account: TencentAccount

    def create(self, name: str, public_key: str = "", **tags: str) -> str:
        named = {"KeyName": name, "ProjectId": 0}
        if public_key:
            key_id = self.account.call("ImportKeyPair", PublicKey=public_key, **named)["KeyId"]
        else:
            key_id = self.account.call("CreateKeyPair", **named)["KeyPair"]["KeyId"]
        if tags:
            self.tag(key_id, tags)
        return str(key_id)

    def tag(self, key_id: str, replace: dict[str, str], *delete: str) -> None:
        self.account.call(
            "ModifyResourceTags",
            Resource=f"qcs::cvm:{REGION}:uin/:keypair/{key_id}",
            ReplaceTags=[{"TagKey": key, "TagValue": value} for key, value in replace.items()],
            DeleteTags=[{"TagKey": key} for key in delete] or None,
        )

    def find(self, key_id: str) -> dict[str, Any] | None:
        found = self.account.call("DescribeKeyPairs", KeyIds=[key_id])["KeyPairSet"]
        return found[0] if found else None

    def read(self, key_id: str) -> State | None:
        shown = self.find(key_id)
        if shown is None:
            return None
        place = {"ServiceType": "cvm", "ResourcePrefix": "keypair", "ResourceRegion": REGION}
        reply = self.account.call("DescribeResourceTags", ResourceId=key_id, Offset=0, Limit=20, **place)
        return {
            "key_name": shown["KeyName"],
            "project_id": shown["ProjectId"],
            "public_key": " ".join(shown["PublicKey"].split(" ")[:2]),
            "tags": {row["TagKey"]: row["TagValue"] for row in reply["Rows"]},
        }

    def delete(self, key_id: str) -> None:
        """Unbind it by force where instances are opened by it, and delete it when they are not."""
        shown = self.find(key_id)
        assert shown is not None
        if bound := shown["AssociatedInstanceIds"]:
            self.account.call(
                "DisassociateInstancesKeyPairs", KeyIds=[key_id], InstanceIds=bound, ForceStop=True
            )
        self.account.call("DeleteKeyPairs", KeyIds=[key_id])


@pytest.mark.parametrize("public_key", ["", draw_key(Generator(1), 1024).public])
def test_a_key_pair_lives_from_apply_to_destroy(account: TencentAccount, public_key: str) -> None:
    pair = KeyPair(account)
    for _ in range(2):
        key_id = pair.create("tf_pair", f"{public_key} mine" if public_key else "", team="net")
        applied = pair.read(key_id)
        assert applied is not None
        assert pair.read(key_id) == applied
        assert applied["public_key"] == public_key or not public_key
        assert (applied["key_name"], applied["tags"]) == ("tf_pair", {"team": "net"})
        account.call("ModifyKeyPairAttribute", KeyId=key_id, KeyName="renamed")
        pair.tag(key_id, {"stage": "test"}, "team")
        changed = pair.read(key_id)
        assert changed == {**applied, "key_name": "renamed", "tags": {"stage": "test"}}
        assert pair.read(key_id) == changed, "an import shows what was applied"
        pair.delete(key_id)
        assert pair.read(key_id) is None


def test_a_key_pair_is_destroyed_that_opens_an_instance_without_a_vpc(account: TencentAccount) -> None:
    pair = KeyPair(account)
    key_id = pair.create("tf_pair")
    (instance_id,) = account.call(
        "RunInstances",
        Placement={"Zone": ZONE, "ProjectId": 0},
        ImageId=IMAGE,
        LoginSettings={"KeyIds": [key_id]},
    )["InstanceIdSet"]
    account.wait()
    assert account.describe_instance(instance_id)["LoginSettings"]["KeyIds"] == [key_id]
    pair.delete(key_id)
    assert pair.read(key_id) is None
    account.wait()
    shown = account.describe_instance(instance_id)
    assert (shown["InstanceState"], shown["LoginSettings"]["KeyIds"]) == ("RUNNING", None)
