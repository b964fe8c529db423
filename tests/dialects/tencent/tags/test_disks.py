"""Tags of disks, and what the tag service leaves out."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT

TEAM = {"TagKey": "team", "TagValue": "net"}
SHOWN = {"Key": "team", "Value": "net"}
DESCRIBED = "InvalidParameterValue.ResourceDescriptionError"


@pytest.fixture
def disks(account):
    """The disks of a running instance: the system disk and a data disk."""
    data = [{"DiskSize": 20, "DiskType": "CLOUD_PREMIUM"}]
    account.run_instances(DataDisks=data)
    return [disk["DiskId"] for disk in account.call("DescribeDisks")["DiskSet"]]


def volume(disk_id):
    """Return the name that terraform-provider-tencentcloud gives a disk."""
    return f"qcs::cvm:ap-guangzhou:uin/:volume/{disk_id}"


def cbs(disk_id):
    """Return the name that cloud-custodian gives a disk."""
    return f"qcs::cbs:ap-guangzhou:uin/:instance/{disk_id}"


def tags_of(account, disk_id):
    (shown,) = account.call("DescribeDisks", DiskIds=[disk_id])["DiskSet"]
    return shown["Tags"]


@pytest.mark.parametrize("name", [volume, cbs])
def test_disks_are_tagged_by_either_of_their_names(account, disks, name):
    one, other = disks
    account.call("ModifyResourceTags", Resource=name(one), ReplaceTags=[TEAM])
    assert (tags_of(account, one), tags_of(account, other)) == ([SHOWN], [])
    uin = account.call("GetCallerIdentity")["AccountId"]
    for listed in (volume, cbs):
        (found,) = account.call("GetResources", ResourceList=[listed(one)])["ResourceTagMappingList"]
        assert found["Tags"][0].items() >= TEAM.items()
        # cloud-custodian's test of disks, which was recorded, finds their tags by the name it asked for.
        assert found["Resource"] == listed(one).replace("uin/", f"uin/{uin}")
    (found,) = account.call("GetResources", TagFilters=[{"TagKey": "team"}])["ResourceTagMappingList"]
    assert found["Resource"].endswith(f":volume/{one}")
    assert account.call("DescribeTags", TagKey="team")["TotalCount"] == 1
    account.call("TagResources", ResourceList=[name(other)], Tags=[TEAM])
    account.call("UnTagResources", ResourceList=[name(one)], TagKeys=["team"])
    assert (tags_of(account, one), tags_of(account, other)) == ([], [SHOWN])


def test_disks_are_tagged_by_their_ids(account, disks):
    where = {"ServiceType": "cvm", "ResourcePrefix": "volume", "ResourceRegion": "ap-guangzhou"}
    account.call("CreateTag", **TEAM)
    account.call("AttachResourcesTag", ResourceIds=disks, **where, **TEAM)
    rows = account.call("DescribeResourceTagsByResourceIds", ResourceIds=disks, **where)["Tags"]
    assert sorted(row["ResourceId"] for row in rows) == sorted(disks)
    code = account.refusal("AttachResourcesTag", ResourceIds=disks, **where, **TEAM)
    assert code == "ResourceInUse.TagKeyAttached"
    other = {"TagKey": "other", "ResourceIds": disks}
    assert account.refusal("DetachResourcesTag", **other, **where) == (
        "ResourceNotFound.AttachedTagKeyNotFound"
    )


def test_a_tag_of_a_disk_is_in_use(account, disks):
    account.call("AddResourceTag", Resource=volume(disks[0]), **TEAM)
    assert account.refusal("DeleteTag", **TEAM) == "FailedOperation.TagAttachedResource"
    account.call("DeleteResourceTag", Resource=volume(disks[0]), TagKey="team")
    account.call("DeleteTag", **TEAM)


def test_a_disk_that_is_not_there_is_not_tagged(account, disks):
    assert len(disks) == 2
    assert account.refusal("AddResourceTag", Resource=volume("disk-absent00"), **TEAM) == DESCRIBED


def test_disks_are_found_by_their_tags(account, disks):
    account.call("AddResourceTag", Resource=volume(disks[1]), **TEAM)
    for name, value in (("tag:team", "net"), ("tag-key", "team"), ("tag-value", "net")):
        reply = account.call("DescribeDisks", Filters=[{"Name": name, "Values": [value]}])
        assert [disk["DiskId"] for disk in reply["DiskSet"]] == [disks[1]]


def test_resources_without_tags_are_left_out_even_where_they_are_named(account):
    """cloud-custodian recorded it (2022-09)."""
    name = f"qcs::vpc:ap-guangzhou:uin/:vpc/{account.vpc_id}"
    assert account.call("GetResources", ResourceList=[name])["ResourceTagMappingList"] == []
    account.call("AddResourceTag", Resource=name, **TEAM)
    assert len(account.call("GetResources", ResourceList=[name])["ResourceTagMappingList"]) == 1


@pytest.mark.parametrize("kind", ["security-group", "clb", "cvm"])
def test_a_name_of_an_unknown_service_or_type_is_overlooked(account, kind):
    """cloud-custodian recorded it of qcs::security-group:... (2023-03)."""
    name = f"qcs::{kind}:ap-guangzhou:uin/:what/{ABSENT['sg']}"
    assert account.call("GetResources", ResourceList=[name])["ResourceTagMappingList"] == []
    assert account.refusal("AddResourceTag", Resource=name, **TEAM) == DESCRIBED
    assert account.refusal("GetResources", ResourceList=["what"]) == DESCRIBED


def test_a_name_of_another_account_finds_nothing(account):
    name = f"qcs::vpc:ap-guangzhou:uin/100000000001:vpc/{account.vpc_id}"
    assert account.call("GetResources", ResourceList=[name])["ResourceTagMappingList"] == []
    assert account.refusal("AddResourceTag", Resource=name, **TEAM) == DESCRIBED
