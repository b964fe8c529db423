"""How users ask with Alibaba Cloud's SDKs for regions, endpoints, their limits and who they are."""

import json

from tests.contract.requirements import require
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import (
    IMAGE,
    REGION,
    ZONE,
    ecs_models,
    resource_manager_models,
    vpc_models,
)
from tests.contract.server import SECRET


def ecs_describe_regions(account: SdkAccount) -> None:
    reply = account.ecs.describe_regions(ecs_models.DescribeRegionsRequest(accept_language="en-US"))
    assert REGION in {region.region_id for region in reply.regions.region}


def describe_zones(account: SdkAccount) -> None:
    reply = account.ecs.describe_zones(ecs_models.DescribeZonesRequest(region_id=REGION))
    assert ZONE in {zone.zone_id for zone in reply.zones.zone}


def describe_account_attributes(account: SdkAccount) -> None:
    request = ecs_models.DescribeAccountAttributesRequest(
        region_id=REGION, attribute_name=["max-security-groups", "instance-network-type"]
    )
    shown = account.ecs.describe_account_attributes(request).account_attribute_items.account_attribute_item
    values = {each.attribute_name: each.attribute_values.value_item[0].value for each in shown}
    assert values == {"max-security-groups": "100", "instance-network-type": "vpc"}


def vpc_describe_regions(account: SdkAccount) -> None:
    reply = account.vpc.describe_regions(vpc_models.DescribeRegionsRequest(accept_language="en-US"))
    assert REGION in {region.region_id for region in reply.regions.region}


def get_caller_identity(account: SdkAccount) -> None:
    shown = account.sdk.sts.get_caller_identity().body
    assert shown.identity_type == "Account"
    assert shown.arn == f"acs:ram::{shown.account_id}:root"


def describe_endpoints(account: SdkAccount) -> None:
    """The SDK of 2015 asks for endpoints by itself; here it is made to ask, and to show the answer."""
    client = require("aliyunsdkcore.client").AcsClient(account.sdk.access_key, SECRET, REGION)
    request = require("aliyunsdkcore.request").CommonRequest(
        domain=account.sdk.address, version="2015-06-12", action_name="DescribeEndpoints"
    )
    request.set_accept_format("json")
    request.set_method("POST")
    for name, value in (("Id", REGION), ("ServiceCode", "ecs"), ("Type", "openAPI")):
        request.add_query_param(name, value)
    body = json.loads(client.do_action_with_exception(request))
    (shown,) = body["Endpoints"]["Endpoint"]
    assert (shown["SerivceCode"], shown["Endpoint"]) == ("ecs", account.sdk.address)
    account.sdk.called.add(("2015-06-12", "DescribeEndpoints"))


def describe_image_support_instance_types(account: SdkAccount) -> None:
    request = ecs_models.DescribeImageSupportInstanceTypesRequest(region_id=REGION, image_id=IMAGE)
    found = account.ecs.describe_image_support_instance_types(request).instance_types.instance_type
    assert "ecs.g7.large" in [each.instance_type_id for each in found]


def describe_resources_modification(account: SdkAccount) -> None:
    request = ecs_models.DescribeResourcesModificationRequest(
        region_id=REGION, destination_resource="InstanceType", resource_id=account.instance_id
    )
    (zone,) = account.ecs.describe_resources_modification(request).available_zones.available_zone
    (resource,) = zone.available_resources.available_resource
    values = [each.value for each in resource.supported_resources.supported_resource]
    assert "ecs.g7.xlarge" in values


def join_resource_group(account: SdkAccount) -> None:
    request = ecs_models.JoinResourceGroupRequest(
        region_id=REGION,
        resource_type="instance",
        resource_id=account.instance_id,
        resource_group_id="rg-acfm1",
    )
    assert account.ecs.join_resource_group(request).request_id
    assert account.describe_instance(account.instance_id).resource_group_id == "rg-acfm1"


def list_resource_groups(account: SdkAccount) -> None:
    request = resource_manager_models.ListResourceGroupsRequest(status="OK")
    body = account.sdk.resource_manager.list_resource_groups(request).body
    (default,) = body.resource_groups.resource_group
    assert (body.total_count, default.name, default.status) == (1, "default", "OK")


def get_resource_group(account: SdkAccount) -> None:
    request = resource_manager_models.GetResourceGroupRequest(resource_group_id="rg-team")
    shown = account.sdk.resource_manager.get_resource_group(request).body.resource_group
    assert (shown.id, shown.status) == ("rg-team", "OK")
    assert REGION in {each.region_id for each in shown.region_statuses.region_status}
