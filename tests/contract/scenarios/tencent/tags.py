"""How users call the actions on tags with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount

TEAM = {"TagKey": "team", "TagValue": "net"}
PLACE = {"ServiceType": "vpc", "ResourcePrefix": "eni", "ResourceRegion": "ap-guangzhou"}


def _resource(account: SdkAccount) -> str:
    """Return the name of an interface, without the account."""
    return f"qcs::vpc:ap-guangzhou:uin/:eni/{account.interface_id}"


def _carried(account: SdkAccount) -> dict[str, str]:
    """Return the tags of the interface, as vpc shows them."""
    (shown,) = account.describe_interfaces(network_interface_id=account.interface_id)
    return {tag.Key: tag.Value for tag in shown.TagSet}


def tag_resources(account: SdkAccount) -> None:
    reply = account.tag("TagResources", ResourceList=[_resource(account)], Tags=[TEAM])
    assert reply.FailedResources == []
    assert _carried(account) == {"team": "net"}


def un_tag_resources(account: SdkAccount) -> None:
    tag_resources(account)
    absent = "qcs::vpc:ap-guangzhou:uin/:eni/eni-absent00"
    reply = account.tag("UnTagResources", ResourceList=[_resource(account), absent], TagKeys=["team"])
    assert [each.Resource for each in reply.FailedResources] == [absent]
    assert _carried(account) == {}


def add_resource_tag(account: SdkAccount) -> None:
    account.tag("AddResourceTag", Resource=_resource(account), **TEAM)
    assert _carried(account) == {"team": "net"}


def update_resource_tag_value(account: SdkAccount) -> None:
    add_resource_tag(account)
    account.tag("UpdateResourceTagValue", Resource=_resource(account), TagKey="team", TagValue="ops")
    assert _carried(account) == {"team": "ops"}


def delete_resource_tag(account: SdkAccount) -> None:
    add_resource_tag(account)
    account.tag("DeleteResourceTag", Resource=_resource(account), TagKey="team")
    assert _carried(account) == {}


def modify_resource_tags(account: SdkAccount) -> None:
    add_resource_tag(account)
    more = [{"TagKey": "stage", "TagValue": "test"}]
    account.tag(
        "ModifyResourceTags", Resource=_resource(account), ReplaceTags=more, DeleteTags=[{"TagKey": "team"}]
    )
    assert _carried(account) == {"stage": "test"}


def attach_resources_tag(account: SdkAccount) -> None:
    account.tag("CreateTag", **TEAM)
    account.tag("AttachResourcesTag", ResourceIds=[account.interface_id], **PLACE, **TEAM)
    assert _carried(account) == {"team": "net"}


def detach_resources_tag(account: SdkAccount) -> None:
    attach_resources_tag(account)
    account.tag("DetachResourcesTag", ResourceIds=[account.interface_id], TagKey="team", **PLACE)
    assert _carried(account) == {}


def modify_resources_tag_value(account: SdkAccount) -> None:
    attach_resources_tag(account)
    other = {"TagKey": "team", "TagValue": "ops"}
    account.tag("CreateTag", **other)
    account.tag("ModifyResourcesTagValue", ResourceIds=[account.interface_id], **PLACE, **other)
    assert _carried(account) == {"team": "ops"}


def create_tag(account: SdkAccount) -> None:
    account.tag("CreateTag", **TEAM)
    (shown,) = account.tag("DescribeTags").Tags
    assert (shown.TagKey, shown.TagValue, shown.CanDelete) == ("team", "net", 1)


def describe_tags(account: SdkAccount) -> None:
    create_tag(account)


def create_tags(account: SdkAccount) -> None:
    account.tag("CreateTags", Tags=[TEAM, {"TagKey": "a", "TagValue": "b"}])
    assert account.tag("DescribeTagsSeq").TotalCount == 2


def describe_tags_seq(account: SdkAccount) -> None:
    create_tags(account)


def describe_tag_keys(account: SdkAccount) -> None:
    delete_tags(account)


def delete_tag(account: SdkAccount) -> None:
    create_tag(account)
    account.tag("DeleteTag", **TEAM)
    assert account.tag("DescribeTags").TotalCount == 0


def delete_tags(account: SdkAccount) -> None:
    create_tags(account)
    account.tag("DeleteTags", Tags=[TEAM])
    assert account.tag("DescribeTagKeys").Tags == ["a"]


def describe_tag_values(account: SdkAccount, action: str = "DescribeTagValues") -> None:
    create_tags(account)
    (shown,) = account.tag(action, TagKeys=["team"]).Tags
    assert (shown.TagKey, shown.TagValue) == ("team", "net")


def describe_tag_values_seq(account: SdkAccount) -> None:
    describe_tag_values(account, "DescribeTagValuesSeq")


def get_tags(account: SdkAccount) -> None:
    create_tags(account)
    first = account.tag("GetTags", MaxResults=1)
    second = account.tag("GetTags", MaxResults=1, PaginationToken=first.PaginationToken)
    assert [tag.TagKey for tag in (*first.Tags, *second.Tags)] == ["a", "team"]
    assert second.PaginationToken == ""


def get_tag_keys(account: SdkAccount) -> None:
    create_tags(account)
    assert account.tag("GetTagKeys").TagKeys == ["a", "team"]


def get_tag_values(account: SdkAccount) -> None:
    create_tags(account)
    assert [tag.TagValue for tag in account.tag("GetTagValues", TagKeys=["team"]).Tags] == ["net"]


def describe_resource_tags(account: SdkAccount) -> None:
    add_resource_tag(account)
    (shown,) = account.tag("DescribeResourceTags", ResourceId=account.interface_id).Rows
    assert (shown.TagKey, shown.ResourceId, shown.ServiceType) == ("team", account.interface_id, "vpc")


def describe_resource_tags_by_resource_ids(
    account: SdkAccount, action: str = "DescribeResourceTagsByResourceIds"
) -> None:
    add_resource_tag(account)
    (shown,) = account.tag(action, ResourceIds=[account.interface_id], **PLACE).Tags
    assert (shown.TagKey, shown.TagValue) == ("team", "net")


def describe_resource_tags_by_resource_ids_seq(account: SdkAccount) -> None:
    describe_resource_tags_by_resource_ids(account, "DescribeResourceTagsByResourceIdsSeq")


def describe_resource_tags_by_tag_keys(account: SdkAccount) -> None:
    add_resource_tag(account)
    wanted = {"ResourceIds": [account.interface_id], "TagKeys": ["team"], **PLACE}
    (shown,) = account.tag("DescribeResourceTagsByTagKeys", **wanted).Rows
    assert (shown.ResourceId, shown.TagKeyValues[0].TagValue) == (account.interface_id, "net")


def describe_resources_by_tags(account: SdkAccount, action: str = "DescribeResourcesByTags") -> None:
    add_resource_tag(account)
    filters = [{"TagKey": "team", "TagValue": ["net", "ops"]}]
    (shown,) = account.tag(action, TagFilters=filters).Rows
    assert (shown.ResourceRegion, shown.ResourcePrefix) == ("ap-guangzhou", "eni")


def describe_resources_by_tags_union(account: SdkAccount) -> None:
    describe_resources_by_tags(account, "DescribeResourcesByTagsUnion")


def get_resources(account: SdkAccount) -> None:
    add_resource_tag(account)
    (shown,) = account.tag("GetResources", ResourceList=[_resource(account)]).ResourceTagMappingList
    (again,) = account.tag("GetResources", TagFilters=[{"TagKey": "team"}]).ResourceTagMappingList
    assert shown.Resource == again.Resource
    assert shown.Resource.endswith(f":eni/{account.interface_id}")


def describe_projects(account: SdkAccount) -> None:
    reply = account.tag("DescribeProjects", AllList=0, Limit=1000, Offset=0)
    assert (reply.Total, reply.Projects) == (0, [])
