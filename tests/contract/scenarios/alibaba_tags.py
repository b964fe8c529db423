"""How a user calls the actions on tags, the caller's identity and endpoints with the vendor's SDKs."""

import json
from collections.abc import Callable
from typing import Any

from tests.contract.needs import require
from tests.contract.scenarios.alibaba import REGION, ecs_models, vpc_models
from tests.contract.server import SECRET

ECS, VPC, STS, LOCATION = "2014-05-26", "2016-04-28", "2015-04-01", "2015-06-12"


def _tag(scene: Any) -> None:
    tags = [ecs_models.TagResourcesRequestTag(key=key, value="x") for key in ("team", "stage")]
    named = {"region_id": REGION, "resource_type": "eni", "resource_id": [scene.interface_id]}
    assert scene.ecs.tag_resources(ecs_models.TagResourcesRequest(tag=tags, **named)).request_id


def _listed(scene: Any, **wish: Any) -> list[tuple[str, str, str, str]]:
    request = ecs_models.ListTagResourcesRequest(region_id=REGION, resource_type="eni", **wish)
    found = scene.ecs.list_tag_resources(request).tag_resources.tag_resource
    return [(each.resource_id, each.resource_type, each.tag_key, each.tag_value) for each in found]


def tag_resources(scene: Any) -> None:
    _tag(scene)
    request = ecs_models.DescribeNetworkInterfacesRequest(
        region_id=REGION, tag=[ecs_models.DescribeNetworkInterfacesRequestTag(key="team", value="x")]
    )
    (shown,) = scene.ecs.describe_network_interfaces(request).network_interface_sets.network_interface_set
    assert [(each.tag_key, each.tag_value) for each in shown.tags.tag] == [("team", "x"), ("stage", "x")]


def list_tag_resources(scene: Any) -> None:
    _tag(scene)
    both = [(scene.interface_id, "eni", "team", "x"), (scene.interface_id, "eni", "stage", "x")]
    assert _listed(scene, resource_id=[scene.interface_id]) == both
    assert _listed(scene, tag=[ecs_models.ListTagResourcesRequestTag(key="team")]) == both
    assert _listed(scene, tag_filter=[ecs_models.ListTagResourcesRequestTagFilter(tag_key="te*")]) == both
    assert _listed(scene, tag=[ecs_models.ListTagResourcesRequestTag(key="team", value="y")]) == []


def untag_resources(scene: Any) -> None:
    _tag(scene)
    named = {"region_id": REGION, "resource_type": "eni", "resource_id": [scene.interface_id]}
    scene.ecs.untag_resources(ecs_models.UntagResourcesRequest(tag_key=["team"], **named))
    assert [each[2] for each in _listed(scene, resource_id=[scene.interface_id])] == ["stage"]
    scene.ecs.untag_resources(ecs_models.UntagResourcesRequest(all=True, **named))
    assert _listed(scene, resource_id=[scene.interface_id]) == []


def vpc_tag_resources(scene: Any) -> None:
    request = vpc_models.TagResourcesRequest(
        region_id=REGION,
        resource_type="VPC",
        resource_id=[scene.vpc_id],
        tag=[vpc_models.TagResourcesRequestTag(key="team", value="x")],
    )
    assert scene.vpc.tag_resources(request).request_id
    describe = vpc_models.DescribeVpcsRequest(
        region_id=REGION, tag=[vpc_models.DescribeVpcsRequestTag(key="team")]
    )
    (shown,) = scene.vpc.describe_vpcs(describe).vpcs.vpc
    assert [(each.key, each.value) for each in shown.tags.tag] == [("team", "x")]


def vpc_list_tag_resources(scene: Any) -> None:
    vpc_tag_resources(scene)
    request = vpc_models.ListTagResourcesRequest(
        region_id=REGION, resource_type="VPC", resource_id=[scene.vpc_id], max_results=1
    )
    reply = scene.vpc.list_tag_resources(request)
    (shown,) = reply.tag_resources.tag_resource
    assert (shown.resource_id, shown.tag_key, reply.next_token) == (scene.vpc_id, "team", "")


def vpc_untag_resources(scene: Any) -> None:
    vpc_tag_resources(scene)
    named = {"region_id": REGION, "resource_type": "VPC", "resource_id": [scene.vpc_id]}
    scene.vpc.un_tag_resources(vpc_models.UnTagResourcesRequest(all=True, **named))
    listed = scene.vpc.list_tag_resources(vpc_models.ListTagResourcesRequest(**named))
    assert listed.tag_resources.tag_resource == []


def add_tags(scene: Any) -> None:
    request = ecs_models.AddTagsRequest(
        region_id=REGION,
        resource_type="securitygroup",
        resource_id=scene.group_id,
        tag=[ecs_models.AddTagsRequestTag(key="team", value="x")],
    )
    assert scene.ecs.add_tags(request).request_id


def remove_tags(scene: Any) -> None:
    add_tags(scene)
    request = ecs_models.RemoveTagsRequest(
        region_id=REGION,
        resource_type="securitygroup",
        resource_id=scene.group_id,
        tag=[ecs_models.RemoveTagsRequestTag(key="team", value="x")],
    )
    assert scene.ecs.remove_tags(request).request_id
    listed = ecs_models.DescribeTagsRequest(region_id=REGION)
    assert scene.ecs.describe_tags(listed).total_count == 0


def describe_tags(scene: Any) -> None:
    add_tags(scene)
    (shown,) = scene.ecs.describe_tags(ecs_models.DescribeTagsRequest(region_id=REGION)).tags.tag
    assert (shown.tag_key, shown.tag_value, shown.resource_type_count.securitygroup) == ("team", "x", 1)


def describe_resource_by_tags(scene: Any) -> None:
    add_tags(scene)
    request = ecs_models.DescribeResourceByTagsRequest(
        region_id=REGION, tag=[ecs_models.DescribeResourceByTagsRequestTag(key="team")]
    )
    (shown,) = scene.ecs.describe_resource_by_tags(request).resources.resource
    assert (shown.resource_id, shown.resource_type) == (scene.group_id, "securitygroup")


def describe_account_attributes(scene: Any) -> None:
    request = ecs_models.DescribeAccountAttributesRequest(
        region_id=REGION, attribute_name=["max-security-groups", "instance-network-type"]
    )
    shown = scene.ecs.describe_account_attributes(request).account_attribute_items.account_attribute_item
    values = {each.attribute_name: each.attribute_values.value_item[0].value for each in shown}
    assert values == {"max-security-groups": "100", "instance-network-type": "vpc"}


def vpc_describe_regions(scene: Any) -> None:
    reply = scene.vpc.describe_regions(vpc_models.DescribeRegionsRequest(accept_language="en-US"))
    assert REGION in {region.region_id for region in reply.regions.region}


def get_caller_identity(scene: Any) -> None:
    shown = scene.sdk.sts.get_caller_identity().body
    assert shown.identity_type == "Account"
    assert shown.arn == f"acs:ram::{shown.account_id}:root"


def describe_endpoints(scene: Any) -> None:
    """The SDK of 2015 asks for endpoints by itself; here it is made to ask, and to show the answer."""
    client = require("aliyunsdkcore.client").AcsClient(scene.sdk.access_key, SECRET, REGION)
    request = require("aliyunsdkcore.request").CommonRequest(
        domain=scene.sdk.address, version=LOCATION, action_name="DescribeEndpoints"
    )
    request.set_accept_format("json")
    request.set_method("POST")
    for name, value in (("Id", REGION), ("ServiceCode", "ecs"), ("Type", "openAPI")):
        request.add_query_param(name, value)
    body = json.loads(client.do_action_with_exception(request))
    (shown,) = body["Endpoints"]["Endpoint"]
    assert (shown["SerivceCode"], shown["Endpoint"]) == ("ecs", scene.sdk.address)
    scene.sdk.called.add((LOCATION, "DescribeEndpoints"))


CALLS: dict[tuple[str, str], Callable[[Any], None]] = {
    (ECS, "TagResources"): tag_resources,
    (ECS, "UntagResources"): untag_resources,
    (ECS, "ListTagResources"): list_tag_resources,
    (ECS, "AddTags"): add_tags,
    (ECS, "RemoveTags"): remove_tags,
    (ECS, "DescribeTags"): describe_tags,
    (ECS, "DescribeResourceByTags"): describe_resource_by_tags,
    (ECS, "DescribeAccountAttributes"): describe_account_attributes,
    (VPC, "TagResources"): vpc_tag_resources,
    (VPC, "UnTagResources"): vpc_untag_resources,
    (VPC, "ListTagResources"): vpc_list_tag_resources,
    (VPC, "DescribeRegions"): vpc_describe_regions,
    (STS, "GetCallerIdentity"): get_caller_identity,
    (LOCATION, "DescribeEndpoints"): describe_endpoints,
}
