"""How a user calls the tag service and sts with the vendor's SDK."""

from collections.abc import Callable
from typing import Any

TEAM = {"TagKey": "team", "TagValue": "net"}
PLACE = {"ServiceType": "vpc", "ResourcePrefix": "eni", "ResourceRegion": "ap-guangzhou"}


def name(scene: Any) -> str:
    """Return the name of an interface, without the account."""
    return f"qcs::vpc:ap-guangzhou:uin/:eni/{scene.interface_id}"


def carried(scene: Any) -> dict[str, str]:
    """Return the tags of the interface, as vpc shows them."""
    (shown,) = scene.interfaces(network_interface_id=scene.interface_id)
    return {tag.Key: tag.Value for tag in shown.TagSet}


def tag_resources(scene: Any) -> None:
    reply = scene.tag("TagResources", ResourceList=[name(scene)], Tags=[TEAM])
    assert reply.FailedResources == []
    assert carried(scene) == {"team": "net"}


def untag_resources(scene: Any) -> None:
    tag_resources(scene)
    absent = "qcs::vpc:ap-guangzhou:uin/:eni/eni-absent00"
    reply = scene.tag("UnTagResources", ResourceList=[name(scene), absent], TagKeys=["team"])
    assert [each.Resource for each in reply.FailedResources] == [absent]
    assert carried(scene) == {}


def add_resource_tag(scene: Any) -> None:
    scene.tag("AddResourceTag", Resource=name(scene), **TEAM)
    assert carried(scene) == {"team": "net"}


def update_resource_tag_value(scene: Any) -> None:
    add_resource_tag(scene)
    scene.tag("UpdateResourceTagValue", Resource=name(scene), TagKey="team", TagValue="ops")
    assert carried(scene) == {"team": "ops"}


def delete_resource_tag(scene: Any) -> None:
    add_resource_tag(scene)
    scene.tag("DeleteResourceTag", Resource=name(scene), TagKey="team")
    assert carried(scene) == {}


def modify_resource_tags(scene: Any) -> None:
    add_resource_tag(scene)
    more = [{"TagKey": "stage", "TagValue": "test"}]
    scene.tag("ModifyResourceTags", Resource=name(scene), ReplaceTags=more, DeleteTags=[{"TagKey": "team"}])
    assert carried(scene) == {"stage": "test"}


def attach_resources_tag(scene: Any) -> None:
    scene.tag("CreateTag", **TEAM)
    scene.tag("AttachResourcesTag", ResourceIds=[scene.interface_id], **PLACE, **TEAM)
    assert carried(scene) == {"team": "net"}


def detach_resources_tag(scene: Any) -> None:
    attach_resources_tag(scene)
    scene.tag("DetachResourcesTag", ResourceIds=[scene.interface_id], TagKey="team", **PLACE)
    assert carried(scene) == {}


def modify_resources_tag_value(scene: Any) -> None:
    attach_resources_tag(scene)
    other = {"TagKey": "team", "TagValue": "ops"}
    scene.tag("CreateTag", **other)
    scene.tag("ModifyResourcesTagValue", ResourceIds=[scene.interface_id], **PLACE, **other)
    assert carried(scene) == {"team": "ops"}


def create_tag(scene: Any) -> None:
    scene.tag("CreateTag", **TEAM)
    (shown,) = scene.tag("DescribeTags").Tags
    assert (shown.TagKey, shown.TagValue, shown.CanDelete) == ("team", "net", 1)


def create_tags(scene: Any) -> None:
    scene.tag("CreateTags", Tags=[TEAM, {"TagKey": "a", "TagValue": "b"}])
    assert scene.tag("DescribeTagsSeq").TotalCount == 2


def delete_tag(scene: Any) -> None:
    create_tag(scene)
    scene.tag("DeleteTag", **TEAM)
    assert scene.tag("DescribeTags").TotalCount == 0


def delete_tags(scene: Any) -> None:
    create_tags(scene)
    scene.tag("DeleteTags", Tags=[TEAM])
    assert scene.tag("DescribeTagKeys").Tags == ["a"]


def describe_tag_values(scene: Any) -> None:
    create_tags(scene)
    for action in ("DescribeTagValues", "DescribeTagValuesSeq"):
        (shown,) = scene.tag(action, TagKeys=["team"]).Tags
        assert (shown.TagKey, shown.TagValue) == ("team", "net")


def get_tags(scene: Any) -> None:
    create_tags(scene)
    first = scene.tag("GetTags", MaxResults=1)
    second = scene.tag("GetTags", MaxResults=1, PaginationToken=first.PaginationToken)
    assert [tag.TagKey for tag in (*first.Tags, *second.Tags)] == ["a", "team"]
    assert second.PaginationToken == ""


def get_tag_keys(scene: Any) -> None:
    create_tags(scene)
    assert scene.tag("GetTagKeys").TagKeys == ["a", "team"]


def get_tag_values(scene: Any) -> None:
    create_tags(scene)
    assert [tag.TagValue for tag in scene.tag("GetTagValues", TagKeys=["team"]).Tags] == ["net"]


def describe_resource_tags(scene: Any) -> None:
    add_resource_tag(scene)
    (shown,) = scene.tag("DescribeResourceTags", ResourceId=scene.interface_id).Rows
    assert (shown.TagKey, shown.ResourceId, shown.ServiceType) == ("team", scene.interface_id, "vpc")


def describe_resource_tags_by_ids(scene: Any) -> None:
    add_resource_tag(scene)
    for action in ("DescribeResourceTagsByResourceIds", "DescribeResourceTagsByResourceIdsSeq"):
        (shown,) = scene.tag(action, ResourceIds=[scene.interface_id], **PLACE).Tags
        assert (shown.TagKey, shown.TagValue) == ("team", "net")


def describe_resource_tags_by_keys(scene: Any) -> None:
    add_resource_tag(scene)
    wish = {"ResourceIds": [scene.interface_id], "TagKeys": ["team"], **PLACE}
    (shown,) = scene.tag("DescribeResourceTagsByTagKeys", **wish).Rows
    assert (shown.ResourceId, shown.TagKeyValues[0].TagValue) == (scene.interface_id, "net")


def describe_resources_by_tags(scene: Any) -> None:
    add_resource_tag(scene)
    filters = [{"TagKey": "team", "TagValue": ["net", "ops"]}]
    for action in ("DescribeResourcesByTags", "DescribeResourcesByTagsUnion"):
        (shown,) = scene.tag(action, TagFilters=filters).Rows
        assert (shown.ResourceRegion, shown.ResourcePrefix) == ("ap-guangzhou", "eni")


def get_resources(scene: Any) -> None:
    add_resource_tag(scene)
    (shown,) = scene.tag("GetResources", ResourceList=[name(scene)]).ResourceTagMappingList
    (again,) = scene.tag("GetResources", TagFilters=[{"TagKey": "team"}]).ResourceTagMappingList
    assert shown.Resource == again.Resource
    assert shown.Resource.endswith(f":eni/{scene.interface_id}")


def get_caller_identity(scene: Any) -> None:
    shown = scene.sts("GetCallerIdentity")
    assert (shown.Type, shown.Arn) == ("Root", f"qcs::cam::uin/{shown.AccountId}:root")


CALLS: dict[str, Callable[[Any], None]] = {
    "TagResources": tag_resources,
    "UnTagResources": untag_resources,
    "AddResourceTag": add_resource_tag,
    "UpdateResourceTagValue": update_resource_tag_value,
    "DeleteResourceTag": delete_resource_tag,
    "ModifyResourceTags": modify_resource_tags,
    "AttachResourcesTag": attach_resources_tag,
    "DetachResourcesTag": detach_resources_tag,
    "ModifyResourcesTagValue": modify_resources_tag_value,
    "CreateTag": create_tag,
    "CreateTags": create_tags,
    "DeleteTag": delete_tag,
    "DeleteTags": delete_tags,
    "DescribeTags": create_tag,
    "DescribeTagsSeq": create_tags,
    "DescribeTagKeys": delete_tags,
    "DescribeTagValues": describe_tag_values,
    "DescribeTagValuesSeq": describe_tag_values,
    "GetTagKeys": get_tag_keys,
    "GetTagValues": get_tag_values,
    "GetTags": get_tags,
    "DescribeResourceTags": describe_resource_tags,
    "DescribeResourceTagsByResourceIds": describe_resource_tags_by_ids,
    "DescribeResourceTagsByResourceIdsSeq": describe_resource_tags_by_ids,
    "DescribeResourceTagsByTagKeys": describe_resource_tags_by_keys,
    "DescribeResourcesByTags": describe_resources_by_tags,
    "DescribeResourcesByTagsUnion": describe_resources_by_tags,
    "GetResources": get_resources,
    "GetCallerIdentity": get_caller_identity,
}
