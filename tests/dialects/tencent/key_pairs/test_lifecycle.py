"""SSH key pairs: created, imported, listed, renamed, tagged and deleted."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key, read_public

KEYS = tuple(draw_key(Generator(seed), 512).public for seed in range(3))
TAGS = [{"ResourceType": "keypair", "Tags": [{"Key": "a", "Value": "b"}]}]


def imported(account, name="pair", key=KEYS[0], project=0, **more):
    reply = account.call("ImportKeyPair", KeyName=name, ProjectId=project, PublicKey=key, **more)
    return reply["KeyId"]


def described(account, **criteria):
    return account.call("DescribeKeyPairs", **criteria)["KeyPairSet"]


def test_a_pair_is_created_with_its_private_key(account):
    made = account.call("CreateKeyPair", KeyName="pair_1", ProjectId=3, TagSpecification=TAGS)["KeyPair"]
    assert made["KeyId"].startswith("skey-")
    assert made["PrivateKey"].startswith("-----BEGIN RSA PRIVATE KEY-----\nMIIE")
    assert read_public(made["PublicKey"]).rsa_bits == 2048
    assert made["PublicKey"].endswith(f" {made['KeyId']}")
    (shown,) = described(account)
    assert shown["PrivateKey"] == ""
    assert {**shown, "PrivateKey": made["PrivateKey"]} == made
    assert (shown["KeyName"], shown["ProjectId"], shown["Description"]) == ("pair_1", 3, "")
    assert [(tag["Key"], tag["Value"]) for tag in shown["Tags"]] == [("a", "b")]
    assert shown["AssociatedInstanceIds"] == []


def test_the_journal_keeps_no_private_key(account):
    made = account.call("CreateKeyPair", KeyName="pair_1", ProjectId=0)["KeyPair"]
    records = list(account.emulator.pipeline.journal.records())
    assert made["KeyId"] in str(records)
    assert "PRIVATE" not in str(records)
    assert made["KeyId"] in str(account.dump())
    assert "PRIVATE" not in str(account.dump())


def test_a_key_is_imported_as_it_is_written_and_once_only(account):
    key_id = imported(account, key=f"{KEYS[0]} me@here", TagSpecification=TAGS)
    (shown,) = described(account, KeyIds=[key_id])
    assert shown["PublicKey"] == f"{KEYS[0]} me@here"
    again = {"KeyName": "other", "ProjectId": 0, "PublicKey": KEYS[0]}
    assert account.refusal("ImportKeyPair", **again) == "InvalidPublicKey.Duplicate"


def test_pairs_are_found_by_ids_or_filters(account):
    first = imported(account, "one", KEYS[0], TagSpecification=TAGS)
    second = imported(account, "two", KEYS[1], project=7)
    for name, value, found in (
        ("key-name", "one", [first]),
        ("key-name", "on", []),
        ("project-id", "7", [second]),
        ("tag-key", "a", [first]),
        ("tag-value", "b", [first]),
        ("tag:a", "b", [first]),
    ):
        filters = [{"Name": name, "Values": [value]}]
        assert [shown["KeyId"] for shown in described(account, Filters=filters)] == found
    assert [shown["KeyId"] for shown in described(account, KeyIds=[first, "skey-absent00"])] == [first]
    reply = account.call("DescribeKeyPairs", Limit=1, Offset=1)
    assert (reply["TotalCount"], [shown["KeyId"] for shown in reply["KeyPairSet"]]) == (2, [first])


def test_a_pair_is_renamed_and_described(account):
    key_id = imported(account)
    account.call("ModifyKeyPairAttribute", KeyId=key_id, KeyName="new", Description="of nodes")
    (shown,) = described(account)
    assert (shown["KeyName"], shown["Description"]) == ("new", "of nodes")


def test_pairs_are_deleted_all_or_none(account):
    first, second = imported(account, "one", KEYS[0]), imported(account, "two", KEYS[1])
    refusal = account.refusal("DeleteKeyPairs", KeyIds=[first, "skey-absent00"])
    assert refusal == "InvalidKeyPairId.NotFound"
    account.call("DeleteKeyPairs", KeyIds=[first, second])
    assert described(account) == []


def test_the_tag_service_knows_key_pairs(account):
    """terraform-provider-tencentcloud tags them so."""
    key_id = imported(account)
    name = f"qcs::cvm:ap-guangzhou:uin/:keypair/{key_id}"
    account.call("ModifyResourceTags", Resource=name, ReplaceTags=[{"TagKey": "a", "TagValue": "b"}])
    where = {"ServiceType": "cvm", "ResourcePrefix": "keypair", "ResourceRegion": "ap-guangzhou"}
    rows = account.call("DescribeResourceTagsByResourceIds", ResourceIds=[key_id], **where)["Tags"]
    assert [(row["TagKey"], row["TagValue"], row["ResourceId"]) for row in rows] == [("a", "b", key_id)]
    (shown,) = described(account)
    assert [tag["Key"] for tag in shown["Tags"]] == ["a"]


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("CreateKeyPair", {"KeyName": ""}, "InvalidKeyPairNameEmpty"),
        ("CreateKeyPair", {"KeyName": "a" * 26}, "InvalidKeyPairNameTooLong"),
        ("CreateKeyPair", {"KeyName": "a-b"}, "InvalidKeyPairNameIncludeIllegalChar"),
        ("CreateKeyPair", {"KeyName": "there"}, "InvalidKeyPairName.Duplicate"),
        ("CreateKeyPair", {"ProjectId": -1}, "InvalidParameterValue"),
        ("CreateKeyPair", {"ProjectId": None}, "MissingParameter"),
        (
            "CreateKeyPair",
            {"TagSpecification": [{"ResourceType": "instance", "Tags": []}]},
            "InvalidParameterValue",
        ),
        ("ImportKeyPair", {"PublicKey": "ssh-rsa"}, "InvalidPublicKey.Malformed"),
        (
            "ImportKeyPair",
            {"PublicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAABGFiY2Q="},
            "InvalidPublicKey.Malformed",
        ),
        ("ImportKeyPair", {"KeyName": "there"}, "InvalidKeyPairName.Duplicate"),
        ("DescribeKeyPairs", {"KeyIds": ["x"]}, "InvalidKeyPairId.Malformed"),
        ("DescribeKeyPairs", {"Limit": 0}, "InvalidParameterValueLimit"),
        ("DescribeKeyPairs", {"Offset": -1}, "InvalidParameterValueOffset"),
        ("DescribeKeyPairs", {"Filters": [{"Name": "x", "Values": ["y"]}]}, "InvalidFilter"),
        (
            "DescribeKeyPairs",
            {"KeyIds": ["skey-absent00"], "Filters": [{"Name": "key-name", "Values": ["y"]}]},
            "InvalidParameter",
        ),
        ("ModifyKeyPairAttribute", {"KeyId": "skey-absent00", "KeyName": "a"}, "InvalidKeyPairId.NotFound"),
        ("ModifyKeyPairAttribute", {"KeyId": "x", "KeyName": "a"}, "InvalidKeyPairId.Malformed"),
        ("ModifyKeyPairAttribute", {"KeyId": "skey-absent00"}, "MissingParameter"),
        ("ModifyKeyPairAttribute", {"KeyId": "skey-absent00", "KeyName": "-"}, "InvalidParameterValue"),
        ("DeleteKeyPairs", {"KeyIds": []}, "MissingParameter"),
        ("DeleteKeyPairs", {"KeyIds": ["x"]}, "InvalidKeyPairId.Malformed"),
    ],
)
def test_a_wrong_request_is_refused(account, action, params, code):
    account.add_key_pair("there")
    usual = {"KeyName": "new", "ProjectId": 0} if action in {"CreateKeyPair", "ImportKeyPair"} else {}
    if action == "ImportKeyPair":
        usual["PublicKey"] = KEYS[0]
    assert account.refusal(action, **{**usual, **params}) == code


def test_another_pair_has_the_name(account):
    account.add_key_pair("there")
    params = {"KeyId": imported(account), "KeyName": "there"}
    assert account.refusal("ModifyKeyPairAttribute", **params) == "InvalidKeyPairName.Duplicate"


def test_a_region_has_so_many_pairs_and_a_pair_so_many_tags():
    account = TencentAccount(quotas={"key_pairs": 1, "tags_per_resource": 1})
    tags = [{"ResourceType": "keypair", "Tags": [{"Key": key, "Value": ""} for key in "ab"]}]
    good = {"KeyName": "pair", "ProjectId": 0}
    refusal = account.refusal("CreateKeyPair", **good, TagSpecification=tags)
    assert refusal == "LimitExceeded.TagResourceQuota"
    imported(account, "one")
    assert account.refusal("CreateKeyPair", **good) == "InvalidKeyPair.LimitExceeded"
