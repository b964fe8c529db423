"""SSH key pairs go by their names: created, imported, listed, tagged and deleted."""

import json

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key, read_public

KEY = draw_key(Generator(5), 512).public
FINGERPRINT = read_public(KEY).fingerprint


def create(account, name="pair", **more):
    return account.call("CreateKeyPair", KeyPairName=name, **more)


def imported(account, name="pair", key=KEY, **more):
    return account.call("ImportKeyPair", KeyPairName=name, PublicKeyBody=key, **more)


def described(account, **criteria):
    return account.call("DescribeKeyPairs", **criteria)["KeyPairs"]["KeyPair"]


def names(account, **criteria):
    return [shown["KeyPairName"] for shown in described(account, **criteria)]


def test_a_pair_is_created_with_its_private_key(account):
    made = create(account, ResourceGroupId="rg-1", Tag=[{"Key": "a", "Value": "b"}])
    assert made["KeyPairId"].startswith("ssh-bp1")
    assert len(made["KeyPairId"]) == 24
    assert made["PrivateKeyBody"].startswith("-----BEGIN RSA PRIVATE KEY-----\nMIIE")
    (shown,) = described(account, IncludePublicKey=True)
    public = read_public(shown["PublicKey"])
    assert public.rsa_bits == 2048
    assert shown["KeyPairFingerPrint"] == made["KeyPairFingerPrint"] == public.fingerprint
    assert shown["KeyPairName"] == "pair"
    assert shown["ResourceGroupId"] == "rg-1"
    assert shown["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}
    assert shown["CreationTime"].endswith("Z")
    (shown,) = described(account)
    assert "PublicKey" not in shown


def test_a_key_is_imported_under_several_names(account):
    assert imported(account, key=f" {KEY} me@here\n")["KeyPairFingerPrint"] == FINGERPRINT
    imported(account, "other")
    assert names(account, KeyPairFingerPrint=FINGERPRINT) == ["other", "pair"]
    (_, first) = described(account, IncludePublicKey=True)
    assert first["PublicKey"] == f"{KEY} me@here"


def test_pairs_are_found_by_each_criterion(account):
    for name, group in (("web-1", "rg-1"), ("web-2", "rg-2"), ("data", "rg-1")):
        imported(account, name, ResourceGroupId=group, Tag=[{"Key": "n", "Value": name}])
    for criteria, found in (
        ({}, ["data", "web-2", "web-1"]),
        ({"KeyPairName": "web-1"}, ["web-1"]),
        ({"KeyPairName": "web-*"}, ["web-2", "web-1"]),
        ({"KeyPairName": "*a"}, ["data"]),
        ({"KeyPairName": "eb"}, []),
        ({"KeyPairFingerPrint": "00:11"}, []),
        ({"ResourceGroupId": "rg-1"}, ["data", "web-1"]),
        ({"Tag": [{"Key": "n", "Value": "web-2"}]}, ["web-2"]),
        ({"PageSize": 2, "PageNumber": 2}, ["web-1"]),
    ):
        assert names(account, **criteria) == found
    answer = account.call("DescribeKeyPairs", PageSize=2)
    assert (answer["TotalCount"], answer["PageNumber"], answer["PageSize"]) == (3, 1, 2)


def test_pairs_are_deleted_by_their_names(account):
    for name in ("one", "two", "three"):
        imported(account, name)
    account.call("DeleteKeyPairs", KeyPairNames=json.dumps(["one", "three", "absent"]))
    assert names(account) == ["two"]


def test_tags_are_those_of_a_name(account):
    """terraform-provider-alicloud names the pair, not its id."""
    imported(account)
    which = {"ResourceType": "keypair", "ResourceId": ["pair"]}
    account.call("TagResources", **which, Tag=[{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}])
    account.call("UntagResources", **which, TagKey=["c"])
    shown = {"ResourceId": "pair", "ResourceType": "keypair", "TagKey": "a", "TagValue": "b"}
    assert account.call("ListTagResources", **which)["TagResources"]["TagResource"] == [shown]
    one = {"ResourceType": "keypair", "ResourceId": "pair"}
    account.call("AddTags", **one, Tag=[{"Key": "e", "Value": "f"}])
    account.call("RemoveTags", **one, Tag=[{"Key": "e"}])
    (found,) = account.call("DescribeResourceByTags", ResourceType="keypair")["Resources"]["Resource"]
    assert found["ResourceId"] == "pair"
    (tag,) = account.call("DescribeTags", ResourceId="pair")["Tags"]["Tag"]
    assert (tag["TagKey"], tag["ResourceTypeCount"]["KeyPair"]) == ("a", 1)
    more = {"ResourceType": "keypair", "ResourceId": ["absent"], "Tag": [{"Key": "a", "Value": "b"}]}
    assert account.refusal("TagResources", **more) == ("InvalidResourceId.NotFound", 404)


def test_a_pair_joins_a_resource_group(account):
    imported(account)
    joining = {"ResourceType": "keypair", "ResourceGroupId": "rg-9"}
    account.call("JoinResourceGroup", **joining, ResourceId="pair")
    assert names(account, ResourceGroupId="rg-9") == ["pair"]
    refusal = account.refusal("JoinResourceGroup", **joining, ResourceId="absent")
    assert refusal == ("InvalidResourceId.NotFound", 404)


@pytest.mark.parametrize(
    ("action", "params", "refusal"),
    [
        ("CreateKeyPair", {"KeyPairName": "a"}, ("InvalidKeyPairName.Malformed", 400)),
        ("CreateKeyPair", {"KeyPairName": "1a"}, ("InvalidKeyPairName.Malformed", 400)),
        ("CreateKeyPair", {"KeyPairName": "http://a"}, ("InvalidKeyPairName.Malformed", 400)),
        ("CreateKeyPair", {"KeyPairName": "there"}, ("KeyPair.AlreadyExist", 400)),
        ("CreateKeyPair", {"ResourceGroupId": "x"}, ("InvalidResourceGroup.NotFound", 404)),
        ("CreateKeyPair", {"Tag": [{"Key": "aliyun"}]}, ("InvalidTagKey.Malformed", 400)),
        ("CreateKeyPair", {"Tag": [{"Key": "a"}, {"Key": "a"}]}, ("Duplicate.TagKey", 400)),
        ("ImportKeyPair", {"KeyPairName": "there"}, ("KeyPair.AlreadyExist", 400)),
        ("ImportKeyPair", {"PublicKeyBody": "ABC1234567"}, ("InvalidPublicKeyBody.Malformed", 400)),
        (
            "ImportKeyPair",
            {"PublicKeyBody": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAABGFiY2Q="},
            ("InvalidPublicKeyBody.Malformed", 400),
        ),
        ("DeleteKeyPairs", {"KeyPairNames": "there"}, ("InvalidKeyPairNames.ValueNotSupported", 400)),
        ("DeleteKeyPairs", {"KeyPairNames": "[]"}, ("InvalidKeyPairNames.ValueNotSupported", 400)),
        ("DescribeKeyPairs", {"PageSize": 51}, ("InvalidParameter", 400)),
    ],
)
def test_a_wrong_request_is_refused(account, action, params, refusal):
    account.add_key_pair("there")
    usual = {"KeyPairName": "new-one"} if action in {"CreateKeyPair", "ImportKeyPair"} else {}
    if action == "ImportKeyPair":
        usual["PublicKeyBody"] = KEY
    assert account.refusal(action, **{**usual, **params}) == refusal


def test_a_region_has_so_many_pairs_and_a_pair_so_many_tags():
    account = AlibabaAccount(quotas={"key_pairs": 1, "tags_per_resource": 1})
    tags = [{"Key": "a", "Value": ""}, {"Key": "b", "Value": ""}]
    good = {"KeyPairName": "pair", "PublicKeyBody": KEY}
    assert account.refusal("ImportKeyPair", **good, Tag=tags) == ("QuotaExceed.Tags", 403)
    imported(account)
    good["KeyPairName"] = "another"
    assert account.refusal("ImportKeyPair", **good) == ("QuotaExceed.KeyPair", 403)
