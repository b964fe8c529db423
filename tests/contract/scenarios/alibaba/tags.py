"""How users call the actions on tags with Alibaba Cloud's SDKs, in both products."""

from typing import Any

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models, vpc_models


def _tag(account: SdkAccount) -> None:
    tags = [ecs_models.TagResourcesRequestTag(key=key, value="x") for key in ("team", "stage")]
    named = {"region_id": REGION, "resource_type": "eni", "resource_id": [account.interface_id]}
    assert account.ecs.tag_resources(ecs_models.TagResourcesRequest(tag=tags, **named)).request_id


def _listed(account: SdkAccount, **wanted: Any) -> list[tuple[str, str, str, str]]:
    request = ecs_models.ListTagResourcesRequest(region_id=REGION, resource_type="eni", **wanted)
    found = account.ecs.list_tag_resources(request).tag_resources.tag_resource
    return [(each.resource_id, each.resource_type, each.tag_key, each.tag_value) for each in found]


def ecs_tag_resources(account: SdkAccount) -> None:
    _tag(account)
    request = ecs_models.DescribeNetworkInterfacesRequest(
        region_id=REGION, tag=[ecs_models.DescribeNetworkInterfacesRequestTag(key="team", value="x")]
    )
    (shown,) = account.ecs.describe_network_interfaces(request).network_interface_sets.network_interface_set
    assert [(each.tag_key, each.tag_value) for each in shown.tags.tag] == [("team", "x"), ("stage", "x")]


def ecs_list_tag_resources(account: SdkAccount) -> None:
    _tag(account)
    both = [(account.interface_id, "eni", "team", "x"), (account.interface_id, "eni", "stage", "x")]
    assert _listed(account, resource_id=[account.interface_id]) == both
    assert _listed(account, tag=[ecs_models.ListTagResourcesRequestTag(key="team")]) == both
    assert _listed(account, tag_filter=[ecs_models.ListTagResourcesRequestTagFilter(tag_key="te*")]) == both
    assert _listed(account, tag=[ecs_models.ListTagResourcesRequestTag(key="team", value="y")]) == []


def ecs_untag_resources(account: SdkAccount) -> None:
    _tag(account)
    named = {"region_id": REGION, "resource_type": "eni", "resource_id": [account.interface_id]}
    account.ecs.untag_resources(ecs_models.UntagResourcesRequest(tag_key=["team"], **named))
    assert [each[2] for each in _listed(account, resource_id=[account.interface_id])] == ["stage"]
    account.ecs.untag_resources(ecs_models.UntagResourcesRequest(all=True, **named))
    assert _listed(account, resource_id=[account.interface_id]) == []


def vpc_tag_resources(account: SdkAccount) -> None:
    request = vpc_models.TagResourcesRequest(
        region_id=REGION,
        resource_type="VPC",
        resource_id=[account.vpc_id],
        tag=[vpc_models.TagResourcesRequestTag(key="team", value="x")],
    )
    assert account.vpc.tag_resources(request).request_id
    describe = vpc_models.DescribeVpcsRequest(
        region_id=REGION, tag=[vpc_models.DescribeVpcsRequestTag(key="team")]
    )
    (shown,) = account.vpc.describe_vpcs(describe).vpcs.vpc
    assert [(each.key, each.value) for each in shown.tags.tag] == [("team", "x")]


def vpc_list_tag_resources(account: SdkAccount) -> None:
    vpc_tag_resources(account)
    request = vpc_models.ListTagResourcesRequest(
        region_id=REGION, resource_type="VPC", resource_id=[account.vpc_id], max_results=1
    )
    reply = account.vpc.list_tag_resources(request)
    (shown,) = reply.tag_resources.tag_resource
    assert (shown.resource_id, shown.tag_key, reply.next_token) == (account.vpc_id, "team", "")


def vpc_un_tag_resources(account: SdkAccount) -> None:
    vpc_tag_resources(account)
    named = {"region_id": REGION, "resource_type": "VPC", "resource_id": [account.vpc_id]}
    account.vpc.un_tag_resources(vpc_models.UnTagResourcesRequest(all=True, **named))
    listed = account.vpc.list_tag_resources(vpc_models.ListTagResourcesRequest(**named))
    assert listed.tag_resources.tag_resource == []


def add_tags(account: SdkAccount) -> None:
    request = ecs_models.AddTagsRequest(
        region_id=REGION,
        resource_type="securitygroup",
        resource_id=account.group_id,
        tag=[ecs_models.AddTagsRequestTag(key="team", value="x")],
    )
    assert account.ecs.add_tags(request).request_id


def remove_tags(account: SdkAccount) -> None:
    add_tags(account)
    request = ecs_models.RemoveTagsRequest(
        region_id=REGION,
        resource_type="securitygroup",
        resource_id=account.group_id,
        tag=[ecs_models.RemoveTagsRequestTag(key="team", value="x")],
    )
    assert account.ecs.remove_tags(request).request_id
    listed = ecs_models.DescribeTagsRequest(region_id=REGION)
    assert account.ecs.describe_tags(listed).total_count == 0


def describe_tags(account: SdkAccount) -> None:
    add_tags(account)
    (shown,) = account.ecs.describe_tags(ecs_models.DescribeTagsRequest(region_id=REGION)).tags.tag
    assert (shown.tag_key, shown.tag_value, shown.resource_type_count.securitygroup) == ("team", "x", 1)


def describe_resource_by_tags(account: SdkAccount) -> None:
    add_tags(account)
    request = ecs_models.DescribeResourceByTagsRequest(
        region_id=REGION, tag=[ecs_models.DescribeResourceByTagsRequestTag(key="team")]
    )
    (shown,) = account.ecs.describe_resource_by_tags(request).resources.resource
    assert (shown.resource_id, shown.resource_type) == (account.group_id, "securitygroup")
