"""How users ask with Alibaba Cloud's SDK for instance types and where they can be had."""

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ZONE, ecs_models


def describe_instance_type_families(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstanceTypeFamiliesRequest(region_id=REGION)
    found = account.ecs.describe_instance_type_families(request).instance_type_families
    assert "ecs.g7" in {each.instance_type_family_id for each in found.instance_type_family}


def describe_available_resource(account: SdkAccount) -> None:
    request = ecs_models.DescribeAvailableResourceRequest(
        region_id=REGION, destination_resource="InstanceType", instance_type="ecs.g7.large", zone_id=ZONE
    )
    (zone,) = account.ecs.describe_available_resource(request).available_zones.available_zone
    (resource,) = zone.available_resources.available_resource
    assert [each.value for each in resource.supported_resources.supported_resource] == ["ecs.g7.large"]


def describe_instance_types(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstanceTypesRequest(instance_types=["ecs.g7.large"])
    (shown,) = account.ecs.describe_instance_types(request).instance_types.instance_type
    assert (shown.eni_quantity, shown.eni_private_ip_address_quantity) == (3, 6)
    page = ecs_models.DescribeInstanceTypesRequest(max_results=10)
    assert len(account.ecs.describe_instance_types(page).instance_types.instance_type) == 10
