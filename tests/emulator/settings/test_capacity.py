"""Instances that are out of stock, by zone and type: a condition that names them."""

import pytest
from tests.emulator.settings.test_not_sold import TYPE, ZONE, account, refusal
from tests.harness import ApiError, emulator

from duolect.access.conditions import Condition, InvalidCondition, validate_condition
from duolect.settings.settings import ConditionSettings
from duolect_dialects.alibaba.dialect import AlibabaDialect

NO_STOCK = "OperationDenied.NoStock"
OTHER = "ecs.g7.xlarge"


def short(zone="*", instance_type="*", code=NO_STOCK, cloud="alibaba", **of):
    return [ConditionSettings(cloud, code, zone=zone, instance_type=instance_type, **of)]


@pytest.mark.parametrize(
    ("zone", "instance_type"), [(ZONE, TYPE), ("*", TYPE), (ZONE, "*")], ids=["both", "type", "zone"]
)
def test_what_is_out_of_stock_is_refused_by_every_action_that_wants_it(zone, instance_type):
    client, wanted = account(conditions=short(zone, instance_type))
    for action in ("RunInstances", "CreateInstance"):
        assert refusal(client, action, **wanted) == (NO_STOCK, 403)
    assert client.call("DescribeInstances")["TotalCount"] == 0


def test_other_types_zones_and_accounts_are_in_stock():
    client, wanted = account(conditions=short(ZONE, TYPE, access_key="poor"))
    client.call("RunInstances", **wanted)
    client, wanted = account(conditions=short(ZONE, OTHER))
    client.call("RunInstances", **wanted)
    client, wanted = account(conditions=short("cn-hangzhou-k", TYPE))
    client.call("RunInstances", **wanted)


def test_other_refusals_come_first():
    client, wanted = account(conditions=short(ZONE))
    assert refusal(client, "RunInstances", **wanted | {"SecurityGroupId": "sg-none"})[1] == 404
    assert refusal(client, "RunInstances", **wanted, DryRun="true") == (NO_STOCK, 403)


def test_a_token_gives_again_what_came_while_there_was_stock():
    client, wanted = account()
    first = client.call("RunInstances", **wanted, ClientToken="t")
    client.emulator.pipeline.access.conditions.append(Condition("alibaba", "*", "*", NO_STOCK, zone=ZONE))
    assert (
        client.call("RunInstances", **wanted, ClientToken="t")["InstanceIdSets"] == first["InstanceIdSets"]
    )
    assert refusal(client, "RunInstances", **wanted) == (NO_STOCK, 403)
    client.emulator.pipeline.access.conditions.drop()
    client.call("RunInstances", **wanted)


def test_a_condition_of_one_action_lets_the_others_pass():
    client, wanted = account(conditions=short(ZONE, action="RunInstances"))
    assert refusal(client, "RunInstances", **wanted) == (NO_STOCK, 403)
    client.call("CreateInstance", **wanted)


def test_an_instance_is_not_resized_to_what_is_out_of_stock():
    client, wanted = account(conditions=short(ZONE, OTHER))
    instance_id = client.call("CreateInstance", **wanted)["InstanceId"]
    client.emulator.advance(5_000)
    change = {"InstanceId": instance_id, "InstanceType": OTHER}
    assert refusal(client, "ModifyInstanceSpec", **change) == (NO_STOCK, 403)
    found = client.call(
        "DescribeResourcesModification", ResourceId=instance_id, DestinationResource="InstanceType"
    )
    (zone,) = found["AvailableZones"]["AvailableZone"]
    stock = zone["AvailableResources"]["AvailableResource"][0]["SupportedResources"]["SupportedResource"]
    assert {each["Status"] for each in stock if each["Value"] == OTHER} == {"SoldOut"}
    assert {each["Status"] for each in stock if each["Value"] != OTHER} == {"Available"}


def test_what_was_stopped_without_charge_may_not_come_up_again():
    client, wanted = account()
    first, second = client.call("RunInstances", **wanted, Amount="2")["InstanceIdSets"]["InstanceIdSet"]
    client.emulator.advance(5_000)
    client.call("StopInstance", InstanceId=first, StoppedMode="StopCharging")
    client.call("StopInstance", InstanceId=second, StoppedMode="KeepCharging")
    client.emulator.advance(5_000)
    client.emulator.pipeline.access.conditions.append(Condition("alibaba", "*", "*", NO_STOCK, zone=ZONE))
    assert refusal(client, "StartInstance", InstanceId=first) == (NO_STOCK, 403)
    answer = client.call("StartInstances", InstanceId=[first, second], BatchOptimization="SuccessFirst")
    codes = [each["Code"] for each in answer["InstanceResponses"]["InstanceResponse"]]
    assert codes == [NO_STOCK, "200"]


def stock_in(client, **asked):
    found = client.call("DescribeAvailableResource", DestinationResource="InstanceType", **asked)
    zones = {}
    for zone in found["AvailableZones"]["AvailableZone"]:
        types = zone["AvailableResources"]["AvailableResource"][0]["SupportedResources"][
            "SupportedResource"
        ]
        stock = {each["Value"]: (each["Status"], each["StatusCategory"]) for each in types}
        zones[zone["ZoneId"]] = (zone["Status"], zone["StatusCategory"]), stock
    return zones


SOLD_OUT, IN_STOCK = ("SoldOut", "WithoutStock"), ("Available", "WithStock")


def test_the_list_of_what_is_in_stock_shows_it_sold_out():
    client, _ = account(conditions=short(ZONE, TYPE))
    zones = stock_in(client)
    assert zones[ZONE][0] == IN_STOCK
    assert zones[ZONE][1][TYPE] == SOLD_OUT
    assert zones[ZONE][1][OTHER] == IN_STOCK
    assert zones["cn-hangzhou-k"][1][TYPE] == IN_STOCK
    assert stock_in(client, InstanceType=TYPE, ZoneId=ZONE)[ZONE] == (SOLD_OUT, {TYPE: SOLD_OUT})


def test_a_zone_in_which_all_is_sold_out_is_shown_so():
    client, _ = account(conditions=short(ZONE))
    found = client.call("DescribeAvailableResource", DestinationResource="Zone", ZoneId=ZONE)
    (zone,) = found["AvailableZones"]["AvailableZone"]
    (resource,) = zone["AvailableResources"]["AvailableResource"][0]["SupportedResources"][
        "SupportedResource"
    ]
    assert (zone["Status"], resource["Status"]) == ("SoldOut", "SoldOut")


SHORT = {"zone": "ap-guangzhou-3", "instance_type": "S5.MEDIUM4", "cloud": "tencent"}


@pytest.mark.parametrize(
    "code",
    [
        "ResourceInsufficient.SpecifiedInstanceType",
        "ResourcesSoldOut.SpecifiedInstanceType",
        "ResourceInsufficient.AvailabilityZoneSoldOut",
    ],
)
def test_tencent_cloud_refuses_it_with_any_of_its_codes(code):
    client = emulator(conditions=short(code=code, **SHORT)).tencent()
    vpc_id = client.call("CreateVpc", VpcName="n", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    place = {"VpcId": vpc_id, "SubnetName": "n", "CidrBlock": "10.0.0.0/24", "Zone": "ap-guangzhou-3"}
    subnet_id = client.call("CreateSubnet", **place)["Subnet"]["SubnetId"]
    client.emulator.advance()
    wanted = {
        "Placement": {"Zone": "ap-guangzhou-3"},
        "ImageId": "img-9qabwvbn",
        "VirtualPrivateCloud": {"VpcId": vpc_id, "SubnetId": subnet_id},
    }
    with pytest.raises(ApiError) as caught:
        client.call("RunInstances", **wanted, InstanceType="S5.MEDIUM4")
    assert caught.value.code == code
    made = client.call("RunInstances", **wanted, InstanceType="S5.MEDIUM2")["InstanceIdSet"]
    client.emulator.advance(5_000)
    found = client.call("DescribeInstancesModification", InstanceIds=made)["InstanceTypeConfigStatusSet"]
    states = {each["InstanceTypeConfig"]["InstanceType"]: each["Status"] for each in found}
    assert (states["S5.MEDIUM4"], states["S5.LARGE8"]) == ("SOLD_OUT", "SELL")


def test_tencent_cloud_shows_it_sold_out():
    client = emulator(conditions=short(code="ResourcesSoldOut.SpecifiedInstanceType", **SHORT)).tencent()
    filters = [{"Name": "instance-type", "Values": ["S5.MEDIUM4"]}]
    found = client.call("DescribeZoneInstanceConfigInfos", Filters=filters)["InstanceTypeQuotaSet"]
    stock = {each["Zone"]: (each["Status"], each["StatusCategory"]) for each in found}
    assert stock["ap-guangzhou-3"] == ("SOLD_OUT", "WithoutStock")
    assert stock["ap-guangzhou-4"] == ("SELL", "EnoughStock")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"zone": "cn-hangzou-b"}, "has no zone"),
        ({"code": "NoStock"}, "does not document"),
        ({"action": "DeleteVpc"}, "does not document"),
        ({"instance_type": ""}, "instance type is missing"),
    ],
)
def test_a_condition_that_could_refuse_nothing_is_refused_itself(changed, reason):
    given = {"dialect": "alibaba", "access_key": "*", "action": "*", "code": NO_STOCK, "zone": ZONE}
    with pytest.raises(InvalidCondition, match=reason):
        validate_condition(Condition(**given | changed), [AlibabaDialect()])
