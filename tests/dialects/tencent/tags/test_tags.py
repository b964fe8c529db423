"""The tag service: six-part names, ids in a region, tags of the account, and what it refuses."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, FurnishedRoom
from tests.harness import ApiError, emulator

TEAM = {"TagKey": "team", "TagValue": "net"}
DESCRIBED = "InvalidParameterValue.ResourceDescriptionError"


@pytest.fixture
def room():
    return FurnishedRoom()


def named(room, region="ap-guangzhou", owner="uin/"):
    return f"qcs::vpc:{region}:{owner}:vpc/{room.vpc_id}"


def ids(room, **changes):
    place = {"ServiceType": "vpc", "ResourcePrefix": "vpc", "ResourceRegion": "ap-guangzhou"}
    return {**place, "ResourceIds": [room.vpc_id], **changes}


def tags_of(room):
    (shown,) = room.call("DescribeVpcs", VpcIds=[room.vpc_id])["VpcSet"]
    return {tag["Key"]: tag["Value"] for tag in shown["TagSet"]}


def test_every_kind_of_resource_is_tagged_by_its_name(room):
    (instance_id,) = room.client.call("RunInstances", **room.running())["InstanceIdSet"]
    address_id = room.call("AllocateAddresses")["AddressSet"][0]
    room.wait()
    graph = room.client.partition.graph
    names = {
        "vpc:vpc": room.vpc_id,
        "vpc:subnet": room.subnet_id,
        "vpc:rtb": next(iter(graph.route_tables)),
        "vpc:eni": next(iter(graph.interfaces)),
        "vpc:eip": address_id,
        "cvm:sg": room.group_id,
        "cvm:instance": instance_id,
    }
    listed = [
        "qcs::{}:ap-guangzhou:uin/:{}/{}".format(*name.split(":"), resource_id)
        for name, resource_id in names.items()
    ]
    assert room.call("TagResources", ResourceList=listed, Tags=[TEAM])["FailedResources"] == []
    for name, resource_id in names.items():
        service, prefix = name.split(":")
        reply = room.call(
            "DescribeResourceTagsByResourceIds",
            **ids(room, ServiceType=service, ResourcePrefix=prefix, ResourceIds=[resource_id]),
        )
        assert [(row["ResourceId"], row["TagKey"]) for row in reply["Tags"]] == [(resource_id, "team")]
    assert len(room.call("GetResources", TagFilters=[{"TagKey": "team"}])["ResourceTagMappingList"]) == 7


@pytest.mark.parametrize("owner", ["uin/", "", "own"])
def test_a_name_may_leave_the_account_out(room, owner):
    uin = room.call("GetCallerIdentity")["AccountId"]
    name = named(room, owner=f"uin/{uin}" if owner == "own" else owner)
    room.call("AddResourceTag", Resource=name, **TEAM)
    assert tags_of(room) == {"team": "net"}


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
def test_a_name_of_nothing_is_refused(room, name):
    assert room.refused("AddResourceTag", Resource=name, **TEAM) == DESCRIBED


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


def test_where_it_fails_is_told_and_the_rest_is_done(room):
    absent = f"qcs::vpc:ap-guangzhou:uin/:vpc/{ABSENT['vpc']}"
    reply = room.call("TagResources", ResourceList=[absent, named(room)], Tags=[TEAM])
    (failed,) = reply["FailedResources"]
    assert (failed["Resource"], failed["Code"]) == (absent, DESCRIBED)
    assert tags_of(room) == {"team": "net"}


def test_why_it_fails_is_told_in_the_callers_language(room):
    room.client.language = "zh-CN"
    absent = f"qcs::vpc:ap-guangzhou:uin/:vpc/{ABSENT['vpc']}"
    (failed,) = room.call("UnTagResources", ResourceList=[absent], TagKeys=["a"])["FailedResources"]
    assert failed["Message"] == f"资源 `{ABSENT['vpc']}` 不存在。"


def test_a_resource_carries_at_most_fifty_tags(room):
    for start in range(0, 50, 10):
        more = [{"TagKey": f"k{number}", "TagValue": ""} for number in range(start, start + 10)]
        room.call("TagResources", ResourceList=[named(room)], Tags=more)
    code = room.refused("AddResourceTag", Resource=named(room), **TEAM)
    assert code == "LimitExceeded.ResourceAttachedTags"
    (failed,) = room.call("TagResources", ResourceList=[named(room)], Tags=[TEAM])["FailedResources"]
    assert failed["Code"] == "LimitExceeded.TagNumPerRequest"
    room.call("TagResources", ResourceList=[named(room)], Tags=[{"TagKey": "k0", "TagValue": "new"}])
    assert tags_of(room)["k0"] == "new"


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
def test_a_bad_key_has_its_code(room, key, code):
    assert room.refused("AddResourceTag", Resource=named(room), TagKey=key, TagValue="v") == code
    assert room.refused("CreateTag", TagKey=key, TagValue="v") == code
    assert room.refused("UnTagResources", ResourceList=[named(room)], TagKeys=[key]) == code


@pytest.mark.parametrize(("value", "code"), BAD_VALUES.items())
def test_a_bad_value_has_its_code(room, value, code):
    assert room.refused("AddResourceTag", Resource=named(room), TagKey="k", TagValue=value) == code
    assert room.refused("CreateTag", TagKey="k", TagValue=value) == code


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
def test_what_cannot_be_answered_is_refused(room, action, params, code):
    assert room.refused(action, **params) == code


def test_what_cannot_be_changed_is_refused(room):
    name = named(room)
    room.call("AddResourceTag", Resource=name, **TEAM)
    assert room.refused("AddResourceTag", Resource=name, **TEAM) == "ResourceInUse.TagKeyAttached"
    assert room.refused("CreateTag", **TEAM) == "ResourceInUse.TagDuplicate"
    assert room.refused("DeleteTags", Tags=[TEAM]) == "FailedOperation.TagAttachedResource"
    other = {"Resource": name, "TagKey": "other"}
    not_there = "ResourceNotFound.AttachedTagKeyNotFound"
    assert room.refused("DeleteResourceTag", **other) == not_there
    assert room.refused("UpdateResourceTagValue", TagValue="v", **other) == not_there
    assert room.refused("ModifyResourceTags", Resource=name) == "InvalidParameter.Tag"
    assert room.refused("ModifyResourceTags", Resource=name, DeleteTags=[]) == "InvalidParameter.Tag"
    both = {"ReplaceTags": [TEAM], "DeleteTags": [{"TagKey": "team"}]}
    code = "InvalidParameterValue.DeleteTagsParamError"
    assert room.refused("ModifyResourceTags", Resource=name, **both) == code
    code = "InvalidParameterValue.TagKeyDuplicate"
    assert room.refused("TagResources", ResourceList=[name], Tags=[TEAM, TEAM]) == code
    assert room.refused("UnTagResources", ResourceList=[name], TagKeys=["a", "a"]) == code
    code = "LimitExceeded.TagNumPerRequest"
    assert room.refused("UnTagResources", ResourceList=[name], TagKeys=ELEVEN) == code
    code = "LimitExceeded.ResourceNumPerRequest"
    assert room.refused("TagResources", ResourceList=[name] * 11, Tags=[TEAM]) == code


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
def test_ids_of_nothing_are_refused(room, change, code):
    room.call("CreateTag", **TEAM)
    wish = {name: value for name, value in ids(room, **change).items() if value is not None}
    assert room.refused("AttachResourcesTag", **wish, **TEAM) == code
    if "ResourceIds" not in change:
        assert room.refused("DetachResourcesTag", **wish, TagKey="team") == code


def test_a_tag_is_attached_by_ids_only_where_it_exists(room):
    assert room.refused("AttachResourcesTag", **ids(room), **TEAM) == "ResourceNotFound.TagNonExist"
    assert room.refused("ModifyResourcesTagValue", **ids(room), **TEAM) == "ResourceNotFound.TagNonExist"
    room.call("CreateTag", **TEAM)
    code = "ResourceNotFound.AttachedTagKeyNotFound"
    assert room.refused("ModifyResourcesTagValue", **ids(room), **TEAM) == code
    assert room.refused("DetachResourcesTag", **ids(room), TagKey="team") == code
    room.call("AttachResourcesTag", **ids(room), **TEAM)
    assert tags_of(room) == {"team": "net"}
    code = "ResourceInUse.TagKeyAttached"
    assert room.refused("AttachResourcesTag", **ids(room), **TEAM) == code


def test_tags_remain_after_what_carried_them(room):
    room.call("AddResourceTag", Resource=named(room), **TEAM)
    (shown,) = room.call("DescribeTags", TagKey="team", TagValue="net")["Tags"]
    assert shown["CanDelete"] == 0
    room.call("DeleteResourceTag", Resource=named(room), TagKey="team")
    (shown,) = room.call("DescribeTags", TagKeys=["team"])["Tags"]
    assert shown["CanDelete"] == 1
    assert room.call("DescribeTags", CreateUin=1)["TotalCount"] == 0
    assert room.call("DescribeTagKeys", Category="System")["Tags"] == []
    assert room.call("DescribeTagKeys", Category="Custom")["Tags"] == ["team"]


def test_resources_are_found_by_all_or_by_one_of_the_filters(room):
    room.call("ModifyResourceTags", Resource=named(room), ReplaceTags=[TEAM])
    there, other = {"TagKey": "team", "TagValue": ["net", "x"]}, {"TagKey": "stage"}

    def found(action, **wish):
        return [row["ResourceId"] for row in room.call(action, **wish)["Rows"]]

    for action, both in (
        ("DescribeResourcesByTags", []),
        ("DescribeResourcesByTagsUnion", [room.vpc_id]),
    ):
        assert found(action, TagFilters=[there]) == [room.vpc_id]
        assert found(action, TagFilters=[there, other]) == both
        assert found(action, TagFilters=[{"TagKey": "team", "TagValue": ["x"]}]) == []
        for wish in ({"ResourcePrefix": "eni"}, {"ResourceRegion": "ap-beijing"}, {"CreateUin": 1}):
            assert found(action, TagFilters=[there], **wish) == []
    assert room.call("DescribeResourceTags", CosResourceId=1)["Rows"] == []
    assert room.call("DescribeResourceTagsByTagKeys", **ids(room), TagKeys=["x"])["Rows"] == []
    absent = f"qcs::vpc:ap-guangzhou:uin/:vpc/{ABSENT['vpc']}"
    reply = room.call("GetResources", ResourceList=[absent, named(room)])
    assert [len(each["Tags"]) for each in reply["ResourceTagMappingList"]] == [1]
    wish = ids(room, ResourceIds=[ABSENT["vpc"]])
    assert room.call("DescribeResourceTagsByResourceIdsSeq", **wish)["Tags"] == []
    assert room.call("DescribeResourceTagsByResourceIds", **ids(room), Category="System")["Tags"] == []


def test_no_region_is_needed():
    client = emulator().tencent(region="")
    client.call("CreateTag", **TEAM)
    assert client.call("DescribeTags")["TotalCount"] == 1


def test_tags_are_listed_page_after_page(room):
    room.call("CreateTags", Tags=[{"TagKey": "k", "TagValue": value} for value in "abc"])
    found, token = [], ""
    for _ in range(2):
        reply = room.call("GetTags", MaxResults=2, PaginationToken=token)
        found += [tag["TagValue"] for tag in reply["Tags"]]
        token = reply["PaginationToken"]
    assert (found, token) == (["a", "b", "c"], "")
    reply = room.call("DescribeTags", Offset=2, Limit=2)
    assert ([tag["TagValue"] for tag in reply["Tags"]], reply["TotalCount"]) == (["c"], 3)
