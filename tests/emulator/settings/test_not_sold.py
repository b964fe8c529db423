"""Instance types and zones that are not sold: a setting, a part of a world, or a fault."""

import pytest
from tests.harness import ApiError, emulator

from duolect.faults.rules import FaultRule
from duolect.settings.settings import CloudSettings, SettingsError

VPC = "2016-04-28"
TYPE, ZONE = "ecs.g7.large", "cn-hangzhou-b"


def account(**settings):
    client = emulator(**settings).alibaba()
    vpc_id = client.call("CreateVpc", VPC, CidrBlock="10.0.0.0/8")["VpcId"]
    client.emulator.advance()
    place = {"VpcId": vpc_id, "ZoneId": ZONE, "CidrBlock": "10.0.0.0/24"}
    vswitch_id = client.call("CreateVSwitch", VPC, **place)["VSwitchId"]
    client.emulator.advance()
    group_id = client.call("CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]
    wanted = {"ImageId": "m-1", "InstanceType": TYPE, "VSwitchId": vswitch_id, "SecurityGroupId": group_id}
    return client, wanted


def refusal(client, action, **params):
    with pytest.raises(ApiError) as caught:
        client.call(action, **params)
    return caught.value.code, caught.value.status


@pytest.mark.parametrize(
    ("not_sold", "expected"),
    [
        ({TYPE: [ZONE]}, ("InvalidResourceType.NotSupported", 403)),
        ({TYPE: ["*"]}, ("InvalidResourceType.NotSupported", 403)),
        ({"*": [ZONE]}, ("Zone.NotOnSale", 403)),
    ],
)
def test_what_is_not_sold_cannot_be_run(not_sold, expected):
    client, wanted = account(alibaba=CloudSettings(not_sold=not_sold))
    for action in ("RunInstances", "CreateInstance"):
        assert refusal(client, action, **wanted) == expected
    zones = {each["ZoneId"]: each for each in client.call("DescribeZones")["Zones"]["Zone"]}
    assert TYPE not in zones[ZONE]["AvailableInstanceTypes"]["InstanceTypes"]


def test_the_same_type_is_sold_elsewhere():
    client, wanted = account(
        alibaba=CloudSettings(not_sold={TYPE: ["cn-hangzhou-k"], "*": ["cn-hangzhou-j"]})
    )
    client.call("RunInstances", **wanted)


@pytest.mark.parametrize("code", ["InstanceType.Offline", "OperationDenied", "Zone.NotOnSale"])
def test_a_fault_gives_the_other_codes(code):
    client, wanted = account(faults=[FaultRule(cloud="alibaba", action="RunInstances", code=code)])
    assert refusal(client, "RunInstances", **wanted) == (code, 403)


def test_a_world_says_it_of_one_account(tmp_path):
    path = tmp_path / "world.toml"
    path.write_text(f'[[alibaba]]\naccount = "poor"\n[alibaba.not-sold]\n"{TYPE}" = ["{ZONE}"]\n')
    made = emulator(world=str(path))
    for key, sold in (("poor", False), ("rich", True)):
        assert made.alibaba(key).partition.rules.sells(TYPE, ZONE) is sold


@pytest.mark.parametrize("wrong", [{TYPE: ZONE}, {TYPE: [1]}, [TYPE]])
def test_wrong_settings_are_told(wrong):
    with pytest.raises(SettingsError, match="not-sold"):
        CloudSettings(not_sold=wrong)


@pytest.mark.parametrize(
    ("not_sold", "code"),
    [
        ({"S5.MEDIUM4": ["*"]}, "ResourcesSoldOut.SpecifiedInstanceType"),
        ({"*": ["ap-guangzhou-3"]}, "ResourceInsufficient.AvailabilityZoneSoldOut"),
    ],
)
def test_tencent_cloud_says_that_it_is_sold_out(not_sold, code):
    client = emulator(tencent=CloudSettings(not_sold=not_sold)).tencent()
    vpc_id = client.call("CreateVpc", VpcName="n", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    place = {"VpcId": vpc_id, "SubnetName": "n", "CidrBlock": "10.0.0.0/24", "Zone": "ap-guangzhou-3"}
    subnet_id = client.call("CreateSubnet", **place)["Subnet"]["SubnetId"]
    client.emulator.advance()
    with pytest.raises(ApiError) as caught:
        client.call(
            "RunInstances",
            Placement={"Zone": "ap-guangzhou-3"},
            ImageId="img-9qabwvbn",
            InstanceType="S5.MEDIUM4",
            VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
        )
    assert caught.value.code == code
