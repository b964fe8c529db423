"""Auto provisioning groups: created with their instances, listed, modified, deleted."""

import pytest

from duolect.access.conditions import Condition

LARGE, XLARGE = "ecs.g7.large", "ecs.g7.xlarge"
CREATE = "CreateAutoProvisioningGroup"


def option(account, type_name=LARGE, weight=1, subnet=None, **more):
    vswitch_id = (subnet or account.subnet).id
    return {"InstanceType": type_name, "VSwitchId": vswitch_id, "WeightedCapacity": weight, **more}


def wanted(account, *options, **more):
    launch = {"ImageId": "m-1", "SecurityGroupId": account.group.id}
    return {
        "TotalTargetCapacity": 1,
        "AutoProvisioningGroupType": "instant",
        "LaunchConfiguration": launch | more.pop("launch", {}),
        "LaunchTemplateConfig": list(options or (option(account),)),
        **more,
    }


def create(account, *options, **more):
    made = account.call(CREATE, **wanted(account, *options, **more))
    return made["AutoProvisioningGroupId"], made["LaunchResults"]["LaunchResult"]


def refused(account, *options, **more):
    return account.refusal(CREATE, **wanted(account, *options, **more))


def came(results):
    return [(each["InstanceType"], each["Amount"], each["ErrorCode"]) for each in results]


def shown(account, group_id):
    found = account.call("DescribeAutoProvisioningGroups", AutoProvisioningGroupId=[group_id])
    (group,) = found["AutoProvisioningGroups"]["AutoProvisioningGroup"]
    return group


def members(account, group_id):
    found = account.call("DescribeAutoProvisioningGroupInstances", AutoProvisioningGroupId=group_id)
    return found["Instances"]["Instance"]


def history(account, group_id, **more):
    found = account.call("DescribeAutoProvisioningGroupHistory", AutoProvisioningGroupId=group_id, **more)
    return found["AutoProvisioningGroupHistories"]["AutoProvisioningGroupHistory"]


def sell_out(account, **what):
    condition = Condition("alibaba", "*", "*", "OperationDenied.NoStock", **what)
    account.client.emulator.pipeline.access.conditions.append(condition)


def test_a_group_says_at_once_which_instances_came(account):
    group_id, (result,) = create(account, TotalTargetCapacity=2, DefaultTargetCapacityType="PayAsYouGo")
    assert group_id.startswith("apg-bp1")
    assert came([result]) == [(LARGE, 2, "")]
    assert (result["SpotStrategy"], result["ZoneId"]) == ("NoSpot", account.subnet.zone)
    assert shown(account, group_id)["State"] == "pending-fulfillment"
    account.wait()
    instances = account.describe_instances()
    assert sorted(each["InstanceId"] for each in instances) == sorted(result["InstanceIds"]["InstanceId"])
    assert {each["Status"] for each in instances} == {"Running"}
    assert {each["SpotStrategy"] for each in instances} == {"NoSpot"}
    assert [each["InstanceId"] for each in members(account, group_id)] == [
        each["InstanceId"] for each in instances
    ]


def test_a_group_shows_what_it_was_told(account):
    group_id, _ = create(
        account,
        option(account, weight=2, MaxPrice=0.5, Priority=1),
        option(account, XLARGE, weight=4),
        AutoProvisioningGroupName="nodes",
        Description="of nodes",
        TotalTargetCapacity=8,
        PayAsYouGoTargetCapacity=2,
        SpotTargetCapacity=4,
        MaxSpotPrice=2,
        ResourceGroupId="rg-1",
        TerminateInstances="true",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    account.wait()
    group = shown(account, group_id)
    assert (group["AutoProvisioningGroupName"], group["AutoProvisioningGroupType"]) == ("nodes", "instant")
    assert (group["Status"], group["State"], group["ResourceGroupId"]) == ("active", "fulfilled", "rg-1")
    assert group["TargetCapacitySpecification"] == {
        "DefaultTargetCapacityType": "Spot",
        "PayAsYouGoTargetCapacity": 2,
        "SpotTargetCapacity": 4,
        "TotalTargetCapacity": 8,
    }
    assert group["CapacitySpecification"]["PayAsYouGoCapacity"] == 2
    assert group["CapacitySpecification"]["SpotCapacity"] == 6
    assert group["LaunchTemplateConfigs"]["LaunchTemplateConfig"][0] == {
        "InstanceType": LARGE,
        "MaxPrice": 0.5,
        "Priority": 1,
        "VSwitchId": account.subnet.id,
        "WeightedCapacity": 2,
    }
    assert (group["TerminateInstances"], group["MaxSpotPrice"]) == (True, 2)
    assert group["Tags"] == {"Tag": [{"TagKey": "k", "TagValue": "v"}]}


def test_spot_instances_have_the_lower_of_both_prices(account):
    launch = {"SpotDuration": 1}
    create(account, option(account, MaxPrice=3), MaxSpotPrice=2, launch=launch)
    (instance,) = account.describe_instances()
    assert (instance["SpotStrategy"], instance["SpotPriceLimit"]) == ("SpotWithPriceLimit", 2)
    assert (instance["SpotDuration"], instance["SpotInterruptionBehavior"]) == (1, "Terminate")
    _, (result,) = create(account, SpotInstanceInterruptionBehavior="stop")
    assert result["SpotStrategy"] == "SpotAsPriceGo"
    assert account.describe_instances()[0]["SpotInterruptionBehavior"] == "Stop"


def test_the_configuration_says_what_instances_are_like(account):
    account.add_key_pair()
    create(
        account,
        launch={
            "InstanceName": "node-[1,3]",
            "InstanceDescription": "a node",
            "KeyPairName": "pair",
            "SystemDiskSize": 60,
            "SystemDiskName": "root",
            "SystemDisk": {"Encrypted": "true"},
            "DataDisk": [{"Size": 30, "KmsKeyId": "key", "Encrypted": "true"}],
            "Tag": [{"Key": "k", "Value": "v"}],
            "UserData": "ZWNobw==",
        },
        SystemDiskConfig=[{"DiskCategory": "cloud_essd"}],
        DataDiskConfig=[{"DiskCategory": "cloud_ssd"}, {"DiskCategory": "cloud_essd"}],
        TotalTargetCapacity=2,
    )
    instances = account.describe_instances()
    assert sorted(each["InstanceName"] for each in instances) == ["node-001", "node-002"]
    assert {(each["Description"], each["KeyPairName"]) for each in instances} == {("a node", "pair")}
    assert instances[0]["Tags"]["Tag"] == [{"TagKey": "k", "TagValue": "v"}]
    disks = account.call("DescribeDisks", InstanceId=instances[0]["InstanceId"])["Disks"]["Disk"]
    kinds = {each["Type"]: (each["Category"], each["Size"], each["Encrypted"]) for each in disks}
    assert kinds == {"system": ("cloud_essd", 60, True), "data": ("cloud_ssd", 30, True)}


def test_a_launch_template_wins_over_the_configuration(account):
    template = account.call(
        "CreateLaunchTemplate",
        LaunchTemplateName="template",
        ImageId="m-2",
        SecurityGroupId=account.group.id,
        InstanceType=XLARGE,
        ZoneId="cn-hangzhou-k",
    )["LaunchTemplateId"]
    group_id, _ = create(account, LaunchTemplateId=template)
    (instance,) = account.describe_instances()
    assert (instance["ImageId"], instance["InstanceType"]) == ("m-2", LARGE)
    group = shown(account, group_id)
    assert (group["LaunchTemplateId"], group["LaunchTemplateVersion"]) == (template, "1")
    version = "InvalidLaunchTemplateVersion.ValueNotSupported"
    assert refused(account, LaunchTemplateId=template, LaunchTemplateVersion="2") == (version, 400)
    assert refused(account, LaunchTemplateId=template, LaunchTemplateVersion="x") == (version, 400)
    bare = account.call("CreateLaunchTemplate", LaunchTemplateName="bare")["LaunchTemplateId"]
    code = "InvalidLaunchTemplate.ValueNotSupported"
    assert refused(account, LaunchTemplateId=bare) == (code, 400)
    assert refused(account, LaunchTemplateId="lt-none") == ("MissingParameter", 400)


@pytest.mark.parametrize(
    ("strategy", "first"), [("prioritized", XLARGE), ("lowest-price", LARGE)], ids=["priority", "price"]
)
def test_options_are_tried_in_the_order_of_the_strategy(account, strategy, first):
    _, results = create(
        account,
        option(account, Priority=2),
        option(account, XLARGE, Priority=1),
        PayAsYouGoAllocationStrategy=strategy,
        DefaultTargetCapacityType="PayAsYouGo",
    )
    assert came(results) == [(first, 1, "")]


def test_a_weight_makes_fewer_instances_do(account):
    _, results = create(account, option(account, weight=3), TotalTargetCapacity=7)
    assert came(results) == [(LARGE, 3, "")]


@pytest.mark.parametrize(
    ("strategy", "pools", "amounts"),
    [
        ("diversified", None, [2, 2, 1]),
        ("lowest-price", 2, [3, 2]),
        ("lowest-price", None, [5]),
        ("capacity-optimized", None, [5]),
    ],
)
def test_spot_instances_are_spread_as_the_strategy_says(account, strategy, pools, amounts):
    more = {} if pools is None else {"SpotInstancePoolsToUseCount": pools}
    options = [option(account, name) for name in (LARGE, "ecs.c7.large", "ecs.r7.large")]
    _, results = create(account, *options, TotalTargetCapacity=5, SpotAllocationStrategy=strategy, **more)
    assert [each["Amount"] for each in results] == amounts


def test_what_is_out_of_stock_is_told_and_the_next_option_is_tried(account):
    other = account.add_subnet(block="10.0.1.0/24", zone=3)
    sell_out(account, zone=account.subnet.zone, instance_type=LARGE)
    group_id, results = create(
        account, option(account), option(account, subnet=other), TotalTargetCapacity=2
    )
    assert came(results) == [(LARGE, 0, "OperationDenied.NoStock"), (LARGE, 2, "")]
    assert [each["ZoneId"] for each in results] == [account.subnet.zone, other.zone]
    (task,) = history(account, group_id)
    details = task["ActivityDetails"]["ActivityDetail"]
    assert [each["Status"] for each in details] == ["Failed", "Successful"]
    assert details[0]["ErrorMessages"]["ErrorMessage"][0]["Code"] == "OperationDenied.NoStock"
    assert (task["Status"], task["TaskId"].startswith("apg-task-")) == ("success", True)


def test_a_group_that_gets_nothing_is_there_all_the_same(account):
    sell_out(account, instance_type=LARGE)
    group_id, results = create(account)
    assert came(results) == [(LARGE, 0, "OperationDenied.NoStock")]
    assert shown(account, group_id)["State"] == "error"
    assert history(account, group_id)[0]["Status"] == "failed"
    lasting, results = create(account, AutoProvisioningGroupType="maintain")
    assert results == []
    assert shown(account, lasting)["State"] == "pending-fulfillment"


def test_other_reasons_are_told_in_the_words_of_run_instances(account):
    _, results = create(account, launch={"SecurityGroupId": "sg-none"})
    assert came(results) == [(LARGE, 0, "InvalidSecurityGroupId.NotFound")]
    _, results = create(account, launch={"KeyPairName": "none"})
    assert came(results) == [(LARGE, 0, "InvalidKeyPairName.NotFound")]
    small = account.add_subnet(block="10.0.99.0/29")
    _, results = create(account, option(account, subnet=small), TotalTargetCapacity=9)
    assert came(results) == [(LARGE, 4, "QuotaExceeded.PrivateIpAddress")]
    _, results = create(account, launch={"SystemDiskCategory": "none"})
    assert came(results)[0][1] == 0


def test_less_than_the_least_capacity_is_nothing(account):
    small = account.add_subnet(block="10.0.99.0/29")
    options = (option(account, subnet=small),)
    assert refused(account, *options, TotalTargetCapacity=9, MinTargetCapacity=5) == (
        "InvalidParameter",
        400,
    )
    assert account.describe_instances() == []
    _, results = create(account, *options, TotalTargetCapacity=9, MinTargetCapacity=4)
    assert came(results)[0][1] == 4


def test_host_names_go_one_by_one(account):
    names = ["a-1", "b-2", "c-3"]
    create(account, TotalTargetCapacity=3, launch={"HostNames": names})
    assert sorted(each["HostName"] for each in account.describe_instances()) == names
    assert refused(account, launch={"HostNames": names}) == ("InvalidParameter", 400)


def test_a_token_gives_the_same_group_again(account):
    params = wanted(account, ClientToken="t")
    first, again = (account.call(CREATE, **params) for _ in "12")
    assert first["LaunchResults"] == again["LaunchResults"]
    assert first["AutoProvisioningGroupId"] == again["AutoProvisioningGroupId"]
    assert len(account.describe_instances()) == 1
    other = {**params, "TotalTargetCapacity": 2}
    assert account.refusal(CREATE, **other) == ("IdempotentParameterMismatch", 400)


def test_types_are_chosen_by_what_they_are_like(account):
    chosen = {
        "VSwitchId": account.subnet.id,
        "WeightedCapacity": 1,
        "Cores": [2],
        "Memories": [8],
        "Architectures": ["X86"],
        "InstanceFamilyLevel": "EnterpriseLevel",
        "BurstablePerformance": "Exclude",
        "ExcludedInstanceTypes": ["ecs.g6*"],
    }
    ((name, amount, code),) = came(create(account, chosen)[1])
    kind = account.partition.rules.instance_types[name]
    assert (kind.cpu, kind.memory_gib, amount, code) == (2, 8, 1, "")
    assert not name.startswith("ecs.g6")
    nothing = {**chosen, "Cores": [3]}
    assert refused(account, nothing) == ("InvalidInstanceType.ValueNotSupported", 400)
    bare = {"VSwitchId": account.subnet.id, "WeightedCapacity": 1}
    assert refused(account, bare) == ("MissingParameter", 400)


@pytest.mark.parametrize(
    ("changed", "code", "status"),
    [
        ({"TotalTargetCapacity": 0}, "TotalTargetCapacityLimitExceed", 403),
        ({"TotalTargetCapacity": 2001}, "TotalTargetCapacityLimitExceed", 403),
        ({"PayAsYouGoTargetCapacity": 2001}, "PayAsYouGoTargetCapacityLimitExceed", 403),
        ({"PayAsYouGoTargetCapacity": 1, "SpotTargetCapacity": 1}, "InvalidParameter.TargetCapacity", 400),
        ({"MinTargetCapacity": 2}, "InvalidParameter.TargetCapacity", 400),
        ({"MaxSpotPrice": 0}, "InvalidParameter.MaxPrice", 400),
        ({"AutoProvisioningGroupName": "1"}, "InvalidAutoProvisioningGroupName.Malformed", 400),
        ({"AutoProvisioningGroupType": "x"}, "InvalidAutoProvisioningGroupType.ValueNotSupported", 400),
        ({"SpotAllocationStrategy": "x"}, "InvalidSpotAllocationStrategy.ValueNotSupported", 400),
        ({"SpotInstancePoolsToUseCount": 2}, "InvalidParameter.SpotInstancePoolsToUseCount", 400),
        ({"ValidFrom": "2099-01-01T00:00:00Z"}, "InvalidValidTime.MalFormed", 400),
        ({"ValidUntil": "2001-01-01T00:00:00Z"}, "InvalidValidTime.MalFormed", 400),
        ({"LaunchTemplateConfig": []}, "MissingParameter.LaunchTemplateConfigs", 400),
        ({"LaunchConfiguration": {}}, "MissingParameter", 400),
        ({"LaunchConfiguration": {"ImageId": "m-1"}}, "MissingParameter", 400),
        (
            {"LaunchConfiguration": {"ImageId": "m-1", "ImageFamily": "family"}},
            "InvalidImageFamily.Confict",
            400,
        ),
        (
            {"SystemDiskConfig": [{"DiskCategory": "cloud"}, {"DiskCategory": "cloud"}]},
            "Duplicate.DiskCategory",
            400,
        ),
        ({"ResourcePoolOptions": {"Strategy": "Any"}}, "Invalid.ResourcePoolOptions.Strategy", 400),
        (
            {"ResourcePoolOptions": {"Strategy": "PrivatePoolOnly"}},
            "MissingParameter.ResourcePoolOptions.PrivatePoolIds",
            400,
        ),
        (
            {"ResourcePoolOptions": {"PrivatePoolIds": ["eap-1"]}},
            "InvalidResourcePoolOptionsPrivatePoolIds.NotFound",
            404,
        ),
    ],
)
def test_a_group_that_cannot_be_is_refused_and_launches_nothing(account, changed, code, status):
    assert account.refusal(CREATE, **{**wanted(account), **changed}) == (code, status)
    assert account.describe_instances() == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"VSwitchId": "vsw-none"}, "InvalidVSwitchId.NotFound"),
        ({"VSwitchId": ""}, "MissingParameter"),
        ({"InstanceType": "ecs.none"}, "InvalidInstanceType.ValueNotSupported"),
        ({"WeightedCapacity": ""}, "MissingParameter.WeightedCapacity"),
        ({"WeightedCapacity": 0}, "InvalidParameter.WeightedCapacityBeyondRange"),
        ({"MaxPrice": 0}, "InvalidParameter.MaxPrice"),
    ],
)
def test_an_option_that_cannot_be_is_refused(account, changed, code):
    assert refused(account, option(account, **changed)) == (code, 400)
