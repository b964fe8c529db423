"""How users call the actions on SSH key pairs with Tencent Cloud's SDK."""

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import SdkAccount

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key


def _import(account: SdkAccount) -> str:
    tagged = [{"ResourceType": "keypair", "Tags": [{"Key": "of", "Value": "nodes"}]}]
    public = draw_key(Generator(1), 1024).public
    key_id: str = account.cvm(
        "ImportKeyPair", KeyName="mine", ProjectId=0, PublicKey=public, TagSpecification=tagged
    ).KeyId
    return key_id


def create_key_pair(account: SdkAccount) -> None:
    made = account.cvm("CreateKeyPair", KeyName="pair", ProjectId=0).KeyPair
    assert made.PrivateKey.startswith("-----BEGIN RSA PRIVATE KEY-----")
    assert made.PublicKey.startswith("ssh-rsa AAAA")


def import_key_pair(account: SdkAccount) -> None:
    assert _import(account).startswith("skey-")


def describe_key_pairs(account: SdkAccount) -> None:
    key_id = _import(account)
    filters = [{"Name": "key-name", "Values": ["mine"]}]
    reply = account.cvm("DescribeKeyPairs", Filters=filters)
    (shown,) = reply.KeyPairSet
    assert (reply.TotalCount, shown.KeyId, shown.AssociatedInstanceIds) == (1, key_id, [])


def modify_key_pair_attribute(account: SdkAccount) -> None:
    key_id = _import(account)
    account.cvm("ModifyKeyPairAttribute", KeyId=key_id, KeyName="other", Description="of nodes")
    (shown,) = account.cvm("DescribeKeyPairs", KeyIds=[key_id]).KeyPairSet
    assert (shown.KeyName, shown.Description) == ("other", "of nodes")


def delete_key_pairs(account: SdkAccount) -> None:
    account.cvm("DeleteKeyPairs", KeyIds=[_import(account)])
    assert account.cvm("DescribeKeyPairs").TotalCount == 0


def associate_instances_key_pairs(account: SdkAccount) -> None:
    key_id = _import(account)
    _bind(account, "AssociateInstancesKeyPairs", key_id)
    assert _keys(account) == [key_id]


def disassociate_instances_key_pairs(account: SdkAccount) -> None:
    key_id = _import(account)
    _bind(account, "AssociateInstancesKeyPairs", key_id)
    _bind(account, "DisassociateInstancesKeyPairs", key_id)
    assert not _keys(account)


def _bind(account: SdkAccount, action: str, key_id: str) -> None:
    account.cvm(action, InstanceIds=[account.instance_id], KeyIds=[key_id], ForceStop=True)
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")


def _keys(account: SdkAccount) -> list[str]:
    (shown,) = account.cvm("DescribeInstances", InstanceIds=[account.instance_id]).InstanceSet
    return shown.LoginSettings.KeyIds or []
