"""How users call the actions on SSH key pairs with Alibaba Cloud's SDK."""

import json

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key


def _create(account: SdkAccount) -> str:
    request = ecs_models.CreateKeyPairRequest(region_id=REGION, key_pair_name="pair")
    made = account.ecs.create_key_pair(request)
    assert made.private_key_body.startswith("-----BEGIN RSA PRIVATE KEY-----")
    return str(made.key_pair_finger_print)


def _names(account: SdkAccount) -> list[str]:
    request = ecs_models.DescribeKeyPairsRequest(region_id=REGION)
    return [each.key_pair_name for each in account.ecs.describe_key_pairs(request).key_pairs.key_pair]


def create_key_pair(account: SdkAccount) -> None:
    _create(account)
    assert _names(account) == ["pair"]


def import_key_pair(account: SdkAccount) -> None:
    public = draw_key(Generator(1), 1024).public
    request = ecs_models.ImportKeyPairRequest(
        region_id=REGION, key_pair_name="mine", public_key_body=public
    )
    assert len(account.ecs.import_key_pair(request).key_pair_finger_print.split(":")) == 16
    assert _names(account) == ["mine"]


def describe_key_pairs(account: SdkAccount) -> None:
    fingerprint = _create(account)
    request = ecs_models.DescribeKeyPairsRequest(
        region_id=REGION, key_pair_name="pa*", include_public_key=True
    )
    (shown,) = account.ecs.describe_key_pairs(request).key_pairs.key_pair
    assert (shown.key_pair_name, shown.key_pair_finger_print) == ("pair", fingerprint)
    assert shown.public_key.startswith("ssh-rsa AAAA")


def delete_key_pairs(account: SdkAccount) -> None:
    _create(account)
    names = json.dumps(["pair"])
    account.ecs.delete_key_pairs(ecs_models.DeleteKeyPairsRequest(region_id=REGION, key_pair_names=names))
    assert _names(account) == []


def attach_key_pair(account: SdkAccount) -> None:
    _create(account)
    _attach(account)
    assert _key_of(account) == "pair"


def detach_key_pair(account: SdkAccount) -> None:
    _create(account)
    _attach(account)
    answer = account.ecs.detach_key_pair(ecs_models.DetachKeyPairRequest(**_both(account)))
    assert [result.success for result in answer.results.result] == ["true"]
    assert not _key_of(account)


def _both(account: SdkAccount) -> dict[str, str]:
    ids = json.dumps([account.instance_id])
    return {"region_id": REGION, "key_pair_name": "pair", "instance_ids": ids}


def _attach(account: SdkAccount) -> None:
    answer = account.ecs.attach_key_pair(ecs_models.AttachKeyPairRequest(**_both(account)))
    assert (answer.total_count, answer.fail_count) == ("1", "0")


def _key_of(account: SdkAccount) -> str | None:
    ids = json.dumps([account.instance_id])
    request = ecs_models.DescribeInstancesRequest(region_id=REGION, instance_ids=ids)
    (shown,) = account.ecs.describe_instances(request).instances.instance
    name: str | None = shown.key_pair_name
    return name
