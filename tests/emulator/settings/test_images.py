"""Images of the account's own, and others, in the settings and in worlds."""

import pytest
from tests.harness import emulator

from duolect.settings.settings import CloudSettings, SettingsError
from duolect.settings.sources import load
from duolect_dialects.dialect import OfferedImage

GOLDEN = {"name": "golden", "system": "Ubuntu  22.04 64位", "size_gib": 50}


def of_alibaba(client, **criteria):
    return client.call("DescribeImages", RegionId="cn-hangzhou", **criteria)["Images"]["Image"]


def of_tencent(client, kind="PRIVATE_IMAGE"):
    filters = [{"Name": "image-type", "Values": [kind]}]
    return client.call("DescribeImages", Filters=filters, Limit=100)["ImageSet"]


def test_alibaba_cloud_lists_them():
    client = emulator(alibaba=CloudSettings(images={"m-gold": GOLDEN})).alibaba()
    (shown,) = of_alibaba(client, ImageOwnerAlias="self")
    assert (shown["ImageId"], shown["ImageName"], shown["Size"]) == ("m-gold", "golden", 50)
    assert (shown["OSName"], shown["Platform"], shown["OSType"]) == (GOLDEN["system"], "Ubuntu", "linux")
    assert of_alibaba(client, ImageName="gold*") == of_alibaba(client, ImageId="m-gold") == [shown]


def test_tencent_cloud_lists_them():
    golden = {**GOLDEN, "system": "Windows Server 2022"}
    public = {"name": "of everybody", "system": "Ubuntu Server 26.04", "public": True}
    images = {"img-gold0001": golden, "img-public01": public}
    client = emulator(tencent=CloudSettings(images=images)).tencent()
    (shown,) = of_tencent(client)
    assert (shown["ImageId"], shown["ImageName"], shown["ImageSize"]) == ("img-gold0001", "golden", 50)
    assert (shown["OsName"], shown["Platform"]) == ("Windows Server 2022", "Windows")
    assert "img-public01" in [each["ImageId"] for each in of_tencent(client, "PUBLIC_IMAGE")]


def test_what_is_said_of_a_known_one_takes_its_place():
    known = "img-pmqg1cw7"
    client = emulator(tencent=CloudSettings(images={known: GOLDEN})).tencent()
    (shown,) = client.call("DescribeImages", ImageIds=[known])["ImageSet"]
    assert shown["ImageName"] == "golden"
    assert known not in [each["ImageId"] for each in of_tencent(client, "PUBLIC_IMAGE")]


def test_an_instance_is_of_the_image():
    client = emulator(default_vpc=True, alibaba=CloudSettings(images={"m-gold": GOLDEN})).alibaba()
    (vswitch, *_) = client.call("DescribeVSwitches", "2016-04-28")["VSwitches"]["VSwitch"]
    group_id = client.call("CreateSecurityGroup", VpcId=vswitch["VpcId"])["SecurityGroupId"]
    place = {"VSwitchId": vswitch["VSwitchId"], "SecurityGroupId": group_id}
    wanted = {"ImageId": "m-gold", "InstanceType": "ecs.g7.large", **place}
    client.call("RunInstances", **wanted)
    client.emulator.advance()
    (shown,) = client.call("DescribeInstances")["Instances"]["Instance"]
    assert shown["OSName"] == GOLDEN["system"]
    (disk,) = client.call("DescribeDisks")["Disks"]["Disk"]
    assert disk["Size"] == 50


def test_settings_and_worlds_write_them_alike(tmp_path):
    image = 'name = "golden"\nsystem = "Ubuntu"\nsize-gib = 50\narm = true\n'
    settings, world = tmp_path / "settings.toml", tmp_path / "world.toml"
    settings.write_text(f"[alibaba.images.m-gold-1]\n{image}")
    world.write_text(f"[[alibaba]]\n[alibaba.images.m-gold-2]\n{image}")
    told = OfferedImage(name="golden", system="Ubuntu", size_gib=50, arm=True)
    assert load({"config": str(settings)}, {}).of_cloud("alibaba").images == {"m-gold-1": told}
    client = emulator(world=str(world)).alibaba()
    assert client.partition.rules.extras["images"] == {"m-gold-2": told}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([], "images must be a table"),
        ({"m-1": 1}, "images.m-1 must be a table"),
        ({"m-1": {}}, "images.m-1 needs name"),
        ({"m-1": {"name": "", "system": "x"}}, "images.m-1 needs name"),
        ({"m-1": {"name": "x"}}, "images.m-1 needs system"),
        ({"m-1": {**GOLDEN, "size": 1}}, "images.m-1 has no size; it may have name, system"),
        ({"m-1": {**GOLDEN, "arm": 1}}, "images.m-1.arm must be true or false"),
        ({"m-1": {**GOLDEN, "size_gib": "1"}}, "images.m-1.size-gib must be a number"),
        ({"m-1": {**GOLDEN, "name": 1}}, "images.m-1.name must be a text"),
    ],
)
def test_wrong_ones_are_told(wrong, message):
    with pytest.raises(SettingsError, match=message):
        CloudSettings(images=wrong)


@pytest.mark.parametrize("wrong", [[], {"rg-1": 1}])
def test_wrong_names_of_groups_are_told(wrong):
    with pytest.raises(SettingsError, match="resource-groups"):
        CloudSettings(resource_groups=wrong)
