"""What there is to choose from, and the resource groups that ECS puts its resources into."""

import pytest


@pytest.fixture
def instance_id(account):
    return account.run_instances()[0]


def supported(account, **criteria):
    answer = account.call("DescribeImageSupportInstanceTypes", **criteria)
    return {each["InstanceTypeId"]: each for each in answer["InstanceTypes"]["InstanceType"]}


def test_an_image_runs_on_the_types_with_its_processors(account):
    image_id = "ubuntu_22_04_x64_20G_alibase_20240130.vhd"
    found = supported(account, ImageId=image_id)
    assert found["ecs.g7.large"]["CpuCoreCount"] == 2
    assert found["ecs.g7.large"]["MemorySize"] == 8
    assert supported(account, Filter=[{"Key": "imageId", "Value": image_id}]) == found
    arm = supported(account, ImageId="ubuntu_22_04_arm64_20G_alibase_20240130.vhd")
    assert "ecs.g7.large" not in arm
    assert arm.keys() | found.keys() == supported(account).keys()


def modification(account, resource, **criteria):
    answer = account.call("DescribeResourcesModification", DestinationResource=resource, **criteria)
    return answer["AvailableZones"]["AvailableZone"]


def test_an_instance_can_become_of_every_other_type_in_its_zone(account, instance_id):
    (zone,) = modification(account, "InstanceType", ResourceId=instance_id, Cores=4, Memory=16)
    assert zone["ZoneId"] == account.describe_instances()[0]["ZoneId"]
    (resource,) = zone["AvailableResources"]["AvailableResource"]
    values = [each["Value"] for each in resource["SupportedResources"]["SupportedResource"]]
    assert "ecs.g7.xlarge" in values
    assert "ecs.g7.large" not in values
    assert modification(account, "InstanceType", ResourceId=instance_id, InstanceType="ecs.g7.large") == []
    assert modification(account, "InstanceType", ResourceId=instance_id, ZoneId="cn-hangzhou-k") == []


def test_a_system_disk_has_categories_with_sizes(account, instance_id):
    (zone,) = modification(account, "SystemDisk", ResourceId=instance_id, InstanceType="ecs.g7.large")
    found = zone["AvailableResources"]["AvailableResource"][0]["SupportedResources"]["SupportedResource"]
    assert {"cloud_essd", "cloud_efficiency"} <= {each["Value"] for each in found}


@pytest.mark.parametrize(
    ("criteria", "refusal"),
    [
        (
            {"DestinationResource": "InstanceType", "ResourceId": "i-none"},
            ("InvalidResourceId.NotFound", 404),
        ),
        ({"DestinationResource": "Zone", "ResourceId": "i-none"}, ("Invalid.DestinationResource", 404)),
    ],
)
def test_what_cannot_be_changed_is_told(account, criteria, refusal):
    assert account.refusal("DescribeResourcesModification", **criteria) == refusal


def test_a_system_disk_wants_a_type_and_no_size_of_it(account, instance_id):
    base = {"DestinationResource": "SystemDisk", "ResourceId": instance_id}
    assert account.refusal("DescribeResourcesModification", **base) == ("MissingParameter", 400)
    base["InstanceType"] = "ecs.g7.large"
    for name in ("Cores", "Memory"):
        refusal = account.refusal("DescribeResourcesModification", **base, **{name: 2})
        assert refusal == (f"InvalidParam.{name}", 403)


def joining(kind, resource_id, group="rg-acfm1"):
    return {"ResourceType": kind, "ResourceId": resource_id, "ResourceGroupId": group}


def test_resources_of_ecs_are_put_into_a_resource_group(account, instance_id):
    interface_id, group_id = account.create_interface(), account.group.id
    for kind, found in (("instance", instance_id), ("eni", interface_id), ("securitygroup", group_id)):
        account.call("JoinResourceGroup", **joining(kind, found))
    assert account.describe_instances(ResourceGroupId="rg-acfm1")[0]["ResourceGroupId"] == "rg-acfm1"
    assert account.describe_interface(interface_id)["ResourceGroupId"] == "rg-acfm1"
    groups = account.call("DescribeSecurityGroups", ResourceGroupId="rg-acfm1")
    assert groups["SecurityGroups"]["SecurityGroup"][0]["SecurityGroupId"] == group_id


@pytest.mark.parametrize(
    ("kind", "resource_id", "group", "refusal"),
    [
        ("instance", "i-none", "rg-1", ("InvalidResourceId.NotFound", 404)),
        ("eni", "eni-none", "rg-1", ("InvalidResourceId.NotFound", 404)),
        ("securitygroup", "sg-none", "rg-1", ("InvalidResourceId.NotFound", 404)),
        ("snapshot", "s-none", "rg-1", ("InvalidResourceId.NotFound", 404)),
        ("house", "h-none", "rg-1", ("InvalidResourceType.NotFound", 404)),
        ("instance", "i-none", "none", ("InvalidResourceGroup.NotFound", 404)),
        (None, "i-none", "rg-1", ("MissingParameter", 403)),
    ],
)
def test_what_cannot_be_put_into_a_group_is_told(account, kind, resource_id, group, refusal):
    assert account.refusal("JoinResourceGroup", **joining(kind, resource_id, group)) == refusal
