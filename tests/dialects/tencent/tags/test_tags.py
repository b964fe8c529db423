"""The tag service: six-part names, ids in a region, tags of the account, and what it refuses."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT
from tests.harness import ApiError, emulator

from duolect_dialects.tencent.tags.resource_names import NAMES

TEAM = {"TagKey": "team", "TagValue": "net"}
DESCRIBED = "InvalidParameterValue.ResourceDescriptionError"


def named(account, region="ap-guangzhou", owner="uin/"):
    return f"qcs::vpc:{region}:{owner}:vpc/{account.vpc_id}"


def ids(account, **changes):
    place = {"ServiceType": "vpc", "ResourcePrefix": "vpc", "ResourceRegion": "ap-guangzhou"}
    return {**place, "ResourceIds": [account.vpc_id], **changes}


def tags_of(account):
    (shown,) = account.call("DescribeVpcs", VpcIds=[account.vpc_id])["VpcSet"]
    return {tag["Key"]: tag["Value"] for tag in shown["TagSet"]}


def test_every_kind_of_resource_is_tagged_by_its_name(account):
    (instance_id,) = account.client.call("RunInstances", **account.instance_params())["InstanceIdSet"]
    address_id = account.call("AllocateAddresses")["AddressSet"][0]
    account.wait()
    graph = account.client.partition.graph
    names = {
        "vpc:vpc": account.vpc_id,
        "vpc:subnet": account.subnet_id,
        "vpc:rtb": next(iter(graph.route_tables)),
        "vpc:eni": next(iter(graph.interfaces)),
        "vpc:eip": address_id,
        "cvm:sg": account.group_id,
        "cvm:instance": instance_id,
    }
    listed = [
        "qcs::{}:ap-guangzhou:uin/:{}/{}".format(*name.split(":"), resource_id)
        for name, resource_id in names.items()
    ]
    assert account.call("TagResources", ResourceList=listed, Tags=[TEAM])["FailedResources"] == []
    for name, resource_id in names.items():
        service, prefix = name.split(":")
        reply = account.call(
            "DescribeResourceTagsByResourceIds",
            **ids(account, ServiceType=service, ResourcePrefix=prefix, ResourceIds=[resource_id]),
        )
        assert [(row["ResourceId"], row["TagKey"]) for row in reply["Tags"]] == [(resource_id, "team")]
    assert len(account.call("GetResources", TagFilters=[{"TagKey": "team"}])["ResourceTagMappingList"]) == 7


@pytest.mark.parametrize("owner", ["uin/", "", "own"])
def test_a_name_may_leave_the_account_out(account, owner):
    uin = account.call("GetCallerIdentity")["AccountId"]
    name = named(account, owner=f"uin/{uin}" if owner == "own" else owner)
    account.call("AddResourceTag", Resource=name, **TEAM)
    assert tags_of(account) == {"team": "net"}


@pytest.mark.parametrize(
    "name",
    [
        "",
        "eni-12345678",
        "qcs::vpc:ap-guangzhou:uin/:vpc",
        "qcs::vpc:ap-guangzhou:uin/:vpc/",
        "qcs::vpc:ap-guangzhou:uin/:cat/vpc-12345678",
        "qcs::cos:ap-guangzhou:uin/:vpc/vpc-12345678",
        "qcs::vpc:ap-nowhere:uin/:vpc/vpc-12345678",
        "qcs::vpc:ap-guangzhou:uin/1:vpc/vpc-12345678",
        "acs::vpc:ap-guangzhou:uin/:vpc/vpc-12345678",
        f"qcs::vpc:ap-guangzhou:uin/:vpc/{ABSENT['vpc']}",
    ],
)
def test_a_name_of_nothing_is_refused(account, name):
    assert account.refusal("AddResourceTag", Resource=name, **TEAM) == DESCRIBED


def test_the_region_in_the_name_counts_not_that_of_the_call():
    both = emulator()
    south, north = both.tencent(), both.tencent(region="ap-beijing")
    vpc_id = north.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    name = f"qcs::vpc:ap-beijing:uin/:vpc/{vpc_id}"
    south.call("AddResourceTag", Resource=name, **TEAM)
    (shown,) = north.call("DescribeVpcs")["VpcSet"]
    assert shown["TagSet"] == [{"Key": "team", "Value": "net"}]
    (row,) = south.call("DescribeResourceTags")["Rows"]
    assert row["ResourceId"] == vpc_id
    with pytest.raises(ApiError, match="TagAttachedResource"):
        south.call("DeleteTag", **TEAM)
    south.call("DeleteResourceTag", Resource=name, TagKey="team")
    south.call("DeleteTag", **TEAM)
    assert north.call("DescribeTags")["Tags"] == []


def test_another_account_sees_nothing_of_it():
    both = emulator()
    both.tencent("A").call("CreateTag", **TEAM)
    assert both.tencent("B").call("DescribeTags")["TotalCount"] == 0


def test_where_it_fails_is_told_and_the_rest_is_done(account):
    absent = f"qcs::vpc:ap-guangzhou:uin/:vpc/{ABSENT['vpc']}"
    reply = account.call("TagResources", ResourceList=[absent, named(account)], Tags=[TEAM])
    (failed,) = reply["FailedResources"]
    assert (failed["Resource"], failed["Code"]) == (absent, DESCRIBED)
    assert tags_of(account) == {"team": "net"}


def test_why_it_fails_is_told_in_the_callers_language(account):
    account.client.language = "zh-CN"
    absent = f"qcs::vpc:ap-guangzhou:uin/:vpc/{ABSENT['vpc']}"
    (failed,) = account.call("UnTagResources", ResourceList=[absent], TagKeys=["a"])["FailedResources"]
    assert failed["Message"] == f"资源 `{ABSENT['vpc']}` 不存在。"


def test_a_resource_carries_at_most_fifty_tags(account):
    for start in range(0, 50, 10):
        more = [{"TagKey": f"k{number}", "TagValue": ""} for number in range(start, start + 10)]
        account.call("TagResources", ResourceList=[named(account)], Tags=more)
    code = account.refusal("AddResourceTag", Resource=named(account), **TEAM)
    assert code == "LimitExceeded.ResourceAttachedTags"
    (failed,) = account.call("TagResources", ResourceList=[named(account)], Tags=[TEAM])["FailedResources"]
    assert failed["Code"] == "LimitExceeded.TagNumPerRequest"
    account.call("TagResources", ResourceList=[named(account)], Tags=[{"TagKey": "k0", "TagValue": "new"}])
    assert tags_of(account)["k0"] == "new"


ELEVEN = [f"k{number}" for number in range(11)]
BAD_KEYS = {
    "": "InvalidParameterValue.TagKeyEmpty",
    "k" * 128: "InvalidParameterValue.TagKeyLengthExceeded",
    "k!": "InvalidParameterValue.TagKeyCharacterIllegal",
    "qcs:k": "InvalidParameter.ReservedTagKey",
    "project": "InvalidParameter.ReservedTagKey",
}
BAD_VALUES = {
    "v" * 256: "InvalidParameterValue.TagValueLengthExceeded",
    "v!": "InvalidParameterValue.TagValueCharacterIllegal",
}


@pytest.mark.parametrize(("key", "code"), BAD_KEYS.items())
def test_a_bad_key_has_its_code(account, key, code):
    assert account.refusal("AddResourceTag", Resource=named(account), TagKey=key, TagValue="v") == code
    assert account.refusal("CreateTag", TagKey=key, TagValue="v") == code
    assert account.refusal("UnTagResources", ResourceList=[named(account)], TagKeys=[key]) == code


@pytest.mark.parametrize(("value", "code"), BAD_VALUES.items())
def test_a_bad_value_has_its_code(account, value, code):
    assert account.refusal("AddResourceTag", Resource=named(account), TagKey="k", TagValue=value) == code
    assert account.refusal("CreateTag", TagKey="k", TagValue=value) == code


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("CreateTag", {"TagKey": "k", "TagValue": ""}, "InvalidParameterValue.TagValueEmpty"),
        ("DeleteTag", {"TagKey": "k", "TagValue": "v"}, "ResourceNotFound.TagNonExist"),
        ("DescribeTags", {"Offset": 1}, "InvalidParameterValue"),
        ("DescribeTagsSeq", {"Offset": 1}, "InvalidParameterValue.OffsetInvalid"),
        ("GetTags", {"PaginationToken": "x"}, "InvalidParameter.PaginationTokenInvalid"),
        ("GetTags", {"PaginationToken": "ZnJvbSB4"}, "InvalidParameter.PaginationTokenInvalid"),
        ("GetTags", {"TagKeys": ["k"] * 21}, "LimitExceeded"),
        ("DescribeTagValues", {"TagKeys": []}, "InvalidParameterValue.TagKeyEmpty"),
        ("TagResources", {"ResourceList": [], "Tags": [TEAM]}, "MissingParameter"),
        ("GetResources", {"ResourceList": ["x"] * 11}, "LimitExceeded.ResourceNumPerRequest"),
        ("GetResources", {"TagFilters": [{"TagKey": "k"}] * 2}, "InvalidParameterValue.TagKeyDuplicate"),
        (
            "DescribeResourcesByTags",
            {"TagFilters": [{"TagKey": "k"}] * 7},
            "InvalidParameterValue.TagFiltersLengthExceeded",
        ),
        (
            "DescribeResourcesByTags",
            {"TagFilters": [{"TagKey": ""}]},
            "InvalidParameterValue.TagFilters",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused(account, action, params, code):
    assert account.refusal(action, **params) == code


def test_what_cannot_be_changed_is_refused(account):
    name = named(account)
    account.call("AddResourceTag", Resource=name, **TEAM)
    assert account.refusal("AddResourceTag", Resource=name, **TEAM) == "ResourceInUse.TagKeyAttached"
    assert account.refusal("CreateTag", **TEAM) == "ResourceInUse.TagDuplicate"
    assert account.refusal("DeleteTags", Tags=[TEAM]) == "FailedOperation.TagAttachedResource"
    other = {"Resource": name, "TagKey": "other"}
    not_there = "ResourceNotFound.AttachedTagKeyNotFound"
    assert account.refusal("DeleteResourceTag", **other) == not_there
    assert account.refusal("UpdateResourceTagValue", TagValue="v", **other) == not_there
    assert account.refusal("ModifyResourceTags", Resource=name) == "InvalidParameter.Tag"
    assert account.refusal("ModifyResourceTags", Resource=name, DeleteTags=[]) == "InvalidParameter.Tag"
    both = {"ReplaceTags": [TEAM], "DeleteTags": [{"TagKey": "team"}]}
    code = "InvalidParameterValue.DeleteTagsParamError"
    assert account.refusal("ModifyResourceTags", Resource=name, **both) == code
    code = "InvalidParameterValue.TagKeyDuplicate"
    assert account.refusal("TagResources", ResourceList=[name], Tags=[TEAM, TEAM]) == code
    assert account.refusal("UnTagResources", ResourceList=[name], TagKeys=["a", "a"]) == code
    code = "LimitExceeded.TagNumPerRequest"
    assert account.refusal("UnTagResources", ResourceList=[name], TagKeys=ELEVEN) == code
    code = "LimitExceeded.ResourceNumPerRequest"
    assert account.refusal("TagResources", ResourceList=[name] * 11, Tags=[TEAM]) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ServiceType": "cos"}, "InvalidParameterValue.ServiceTypeInvalid"),
        ({"ResourcePrefix": "cat"}, "InvalidParameterValue.ResourcePrefixInvalid"),
        ({"ResourcePrefix": None}, "InvalidParameterValue.ResourcePrefixInvalid"),
        ({"ResourceRegion": "nowhere"}, "InvalidParameterValue.RegionInvalid"),
        ({"ResourceRegion": None}, "InvalidParameterValue.RegionInvalid"),
        ({"ResourceIds": [ABSENT["vpc"]]}, "InvalidParameterValue.ResourceIdInvalid"),
        ({"ResourceIds": ["x"] * 51}, "LimitExceeded.ResourceNumPerRequest"),
    ],
)
def test_ids_of_nothing_are_refused(account, change, code):
    account.call("CreateTag", **TEAM)
    params = {name: value for name, value in ids(account, **change).items() if value is not None}
    assert account.refusal("AttachResourcesTag", **params, **TEAM) == code
    if "ResourceIds" not in change:
        assert account.refusal("DetachResourcesTag", **params, TagKey="team") == code


def test_a_tag_is_attached_by_ids_only_where_it_exists(account):
    assert account.refusal("AttachResourcesTag", **ids(account), **TEAM) == "ResourceNotFound.TagNonExist"
    assert (
        account.refusal("ModifyResourcesTagValue", **ids(account), **TEAM) == "ResourceNotFound.TagNonExist"
    )
    account.call("CreateTag", **TEAM)
    code = "ResourceNotFound.AttachedTagKeyNotFound"
    assert account.refusal("ModifyResourcesTagValue", **ids(account), **TEAM) == code
    assert account.refusal("DetachResourcesTag", **ids(account), TagKey="team") == code
    account.call("AttachResourcesTag", **ids(account), **TEAM)
    assert tags_of(account) == {"team": "net"}
    code = "ResourceInUse.TagKeyAttached"
    assert account.refusal("AttachResourcesTag", **ids(account), **TEAM) == code


def test_tags_remain_after_what_carried_them(account):
    account.call("AddResourceTag", Resource=named(account), **TEAM)
    (shown,) = account.call("DescribeTags", TagKey="team", TagValue="net")["Tags"]
    assert shown["CanDelete"] == 0
    account.call("DeleteResourceTag", Resource=named(account), TagKey="team")
    (shown,) = account.call("DescribeTags", TagKeys=["team"])["Tags"]
    assert shown["CanDelete"] == 1
    assert account.call("DescribeTags", CreateUin=1)["TotalCount"] == 0
    assert account.call("DescribeTagKeys", Category="System")["Tags"] == []
    assert account.call("DescribeTagKeys", Category="Custom")["Tags"] == ["team"]


def test_resources_are_found_by_all_or_by_one_of_the_filters(account):
    account.call("ModifyResourceTags", Resource=named(account), ReplaceTags=[TEAM])
    there, other = {"TagKey": "team", "TagValue": ["net", "x"]}, {"TagKey": "stage"}

    def found(action, **params):
        return [row["ResourceId"] for row in account.call(action, **params)["Rows"]]

    for action, both in (
        ("DescribeResourcesByTags", []),
        ("DescribeResourcesByTagsUnion", [account.vpc_id]),
    ):
        assert found(action, TagFilters=[there]) == [account.vpc_id]
        assert found(action, TagFilters=[there, other]) == both
        assert found(action, TagFilters=[{"TagKey": "team", "TagValue": ["x"]}]) == []
        for params in ({"ResourcePrefix": "eni"}, {"ResourceRegion": "ap-beijing"}, {"CreateUin": 1}):
            assert found(action, TagFilters=[there], **params) == []
    assert account.call("DescribeResourceTags", CosResourceId=1)["Rows"] == []
    assert account.call("DescribeResourceTagsByTagKeys", **ids(account), TagKeys=["x"])["Rows"] == []
    absent = f"qcs::vpc:ap-guangzhou:uin/:vpc/{ABSENT['vpc']}"
    reply = account.call("GetResources", ResourceList=[absent, named(account)])
    assert [len(each["Tags"]) for each in reply["ResourceTagMappingList"]] == [1]
    params = ids(account, ResourceIds=[ABSENT["vpc"]])
    assert account.call("DescribeResourceTagsByResourceIdsSeq", **params)["Tags"] == []
    assert (
        account.call("DescribeResourceTagsByResourceIds", **ids(account), Category="System")["Tags"] == []
    )


def test_no_region_is_needed():
    client = emulator().tencent(region="")
    client.call("CreateTag", **TEAM)
    assert client.call("DescribeTags")["TotalCount"] == 1


def test_tags_are_listed_page_after_page(account):
    account.call("CreateTags", Tags=[{"TagKey": "k", "TagValue": value} for value in "abc"])
    found, token = [], ""
    for _ in range(2):
        reply = account.call("GetTags", MaxResults=2, PaginationToken=token)
        found += [tag["TagValue"] for tag in reply["Tags"]]
        token = reply["PaginationToken"]
    assert (found, token) == (["a", "b", "c"], "")
    reply = account.call("DescribeTags", Offset=2, Limit=2)
    assert ([tag["TagValue"] for tag in reply["Tags"]], reply["TotalCount"]) == (["c"], 3)


@pytest.mark.parametrize("kind", NAMES)
def test_whatever_the_kind_of_a_resource_that_is_not_there_its_name_is_wrong(account, kind):
    service, prefix = NAMES[kind]
    name = f"qcs::{service}:ap-guangzhou:uin/:{prefix}/absent"
    for action, params in (("TagResources", {"Tags": [TEAM]}), ("UnTagResources", {"TagKeys": ["team"]})):
        (failed,) = account.call(action, ResourceList=[name], **params)["FailedResources"]
        assert (failed["Resource"], failed["Code"]) == (name, DESCRIBED)
    assert account.refusal("AddResourceTag", Resource=name, **TEAM) == DESCRIBED
    assert account.refusal("DeleteResourceTag", Resource=name, TagKey="team") == DESCRIBED
    account.call("CreateTag", **TEAM)
    place = {"ServiceType": service, "ResourcePrefix": prefix, "ResourceRegion": "ap-guangzhou"}
    code = account.refusal("AttachResourcesTag", ResourceIds=["absent"], **place, **TEAM)
    assert code == "InvalidParameterValue.ResourceIdInvalid"
