"""Disks and images of Alibaba Cloud: what instances were created with, and what is offered."""

import json

import pytest
from tests.dialects.alibaba.sdk_models import STS

UBUNTU = "ubuntu_22_04_x64_20G_alibase_20240530.vhd"
WINDOWS = "win2022_21H2_x64_dtc_en-us_40G_alibase_20240711.vhd"


def disks(account, **criteria):
    answer = account.call("DescribeDisks", **criteria)
    return answer["Disks"]["Disk"]


def images(account, **criteria):
    found = []
    for number in (1, 2):
        page = account.call("DescribeImages", PageNumber=number, PageSize=100, **criteria)
        found += page["Images"]["Image"]
    assert len(found) == page["TotalCount"]
    return found


# -- disks -------------------------------------------------------------------------------------------------


def test_an_instance_has_a_system_disk_even_where_none_was_asked_for(account):
    (instance_id,) = account.run_instances(ImageId=UBUNTU)
    (disk,) = disks(account)
    assert (disk["InstanceId"], disk["Type"], disk["Device"]) == (instance_id, "system", "/dev/xvda")
    assert (disk["Category"], disk["Size"], disk["Status"]) == ("cloud_efficiency", 40, "In_use")
    assert (disk["ImageId"], disk["ZoneId"]) == (UBUNTU, account.subnet.zone)
    assert disk["DiskId"].startswith("d-bp1")
    assert disk["IOPS"] == 1800 + 8 * 40


def test_disks_are_those_that_were_asked_for(account):
    first, _ = account.run_instances(
        Amount=2,
        SystemDisk={"Category": "cloud_essd", "Size": 100, "PerformanceLevel": "PL0", "DiskName": "root"},
        DataDisk=[
            {"Category": "cloud_auto", "Size": 50, "ProvisionedIops": 1000, "DeleteWithInstance": False},
            {"Category": "cloud_ssd", "SnapshotId": "s-1", "Device": "/dev/xvdz", "Encrypted": True},
        ],
        Tag=[{"Key": "a", "Value": "b"}],
        StorageSetId="ss-1",
    )
    mine = disks(account, InstanceId=first)
    assert [(disk["Category"], disk["Size"], disk["Device"]) for disk in mine] == [
        ("cloud_essd", 100, "/dev/xvda"),
        ("cloud_auto", 50, "/dev/xvdb"),
        ("cloud_ssd", 20, "/dev/xvdz"),
    ]
    assert [disk["PerformanceLevel"] for disk in mine] == ["PL0", "", ""]
    assert mine[0]["IOPS"] == 1800 + 12 * 100
    assert (mine[1]["ProvisionedIops"], mine[1]["DeleteWithInstance"]) == (1000, False)
    assert (mine[2]["SourceSnapshotId"], mine[2]["Encrypted"]) == ("s-1", True)
    assert [disk["StorageSetId"] for disk in mine] == ["", "ss-1", "ss-1"]
    assert {disk["Tags"]["Tag"][0]["TagKey"] for disk in mine} == {"a"}
    every = disks(account)
    assert len({disk["DiskId"] for disk in every}) == len(every) == 6
    assert disks(account) == every


def test_disks_go_with_their_instance(account):
    (instance_id,) = account.run_instances()
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    assert disks(account) == []


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({"DiskType": "system"}, 2),
        ({"DiskType": "data"}, 1),
        ({"DiskType": "all", "Category": "all", "Status": "All"}, 3),
        ({"Category": "cloud_essd"}, 1),
        ({"DiskName": "da*"}, 1),
        ({"DiskName": "d"}, 0),
        ({"Status": "Available"}, 0),
        ({"Portable": True}, 3),
        ({"DeleteWithInstance": False}, 1),
        ({"Encrypted": True}, 0),
        ({"LockReason": "security"}, 0),
        ({"EnableShared": True}, 0),
        ({"SnapshotId": "s-1"}, 0),
        ({"PerformanceLevel": "PL1"}, 1),
        ({"ZoneId": "cn-hangzhou-none"}, 0),
        ({"Tag": [{"Key": "a"}]}, 2),
        ({"InstanceId": "i-none"}, 0),
    ],
)
def test_disks_are_chosen_by_their_criteria(account, criteria, found):
    account.run_instances()
    account.run_instances(
        DataDisk=[{"Category": "cloud_essd", "Size": 20, "DiskName": "data", "DeleteWithInstance": False}],
        Tag=[{"Key": "a", "Value": "b"}],
    )
    assert len(disks(account, **criteria)) == found


def test_disks_are_chosen_by_id_and_listed_page_by_page(account):
    account.run_instances(Amount=3)
    every = [disk["DiskId"] for disk in disks(account)]
    assert [disk["DiskId"] for disk in disks(account, DiskIds=json.dumps(every[:1]))] == every[:1]
    assert account.refusal("DescribeDisks", DiskIds="no list") == ("InvalidDiskIds.ValueNotSupported", 404)
    assert account.refusal("DescribeDisks", DryRun=True) == ("DryRunOperation", 400)
    page = account.call("DescribeDisks", PageNumber=2, PageSize=2)
    assert ([disk["DiskId"] for disk in page["Disks"]["Disk"]], page["TotalCount"]) == (every[2:], 3)
    seen, token = [], None
    while token != "":
        page = account.call("DescribeDisks", MaxResults=2, NextToken=token)
        seen += [disk["DiskId"] for disk in page["Disks"]["Disk"]]
        token = page["NextToken"]
    assert seen == every
    assert account.refusal("DescribeDisks", NextToken="none") == ("InvalidParameter", 400)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"SystemDisk": {"Category": "floppy"}}, ("InvalidSystemDiskCategory.ValueNotSupported", 400)),
        ({"SystemDisk": {"Size": 10}}, ("InvalidSystemDiskSize.LessThanImageSize", 404)),
        (
            {"SystemDisk": {"Category": "cloud_essd", "PerformanceLevel": "PL2", "Size": 100}},
            ("InvalidSystemDiskSize.LessThanMinSize", 404),
        ),
        ({"SystemDisk": {"Size": 9999}}, ("InvalidParameter", 400)),
        ({"SystemDisk": {"Description": "x"}}, ("InvalidDiskDescription.Malformed", 400)),
        ({"SystemDisk": {"DiskName": "1"}}, ("InvalidDiskName.Malformed", 400)),
        ({"DataDisk": [{"Category": "floppy"}]}, ("InvalidDataDiskCategory.ValueNotSupported", 400)),
        ({"DataDisk": [{"Category": "cloud_ssd"}]}, ("MissingParameter", 400)),
        ({"DataDisk": [{"Size": 1}]}, ("InstanceDiskCategoryLimitExceed", 400)),
        ({"DataDisk": [{"Size": 20}] * 17}, ("InvalidParameter", 400)),
    ],
)
def test_disks_that_cannot_be_are_refused(account, wrong, refusal):
    assert account.refusal("RunInstances", **account.instance_params(**wrong)) == refusal
    assert account.refusal("CreateInstance", **account.instance_params(**wrong)) == refusal


# -- images ------------------------------------------------------------------------------------------------


def test_public_images_say_what_they_are(account):
    shown = {each["ImageId"]: each for each in images(account)}
    assert {each["ImageOwnerAlias"] for each in shown.values()} == {"system"}
    ubuntu, windows = shown[UBUNTU], shown[WINDOWS]
    assert (ubuntu["OSName"], ubuntu["Platform"]) == ("Ubuntu  22.04 64位", "Ubuntu")
    assert (ubuntu["ImageFamily"], ubuntu["Size"]) == ("acs:ubuntu_22_04_x64", 20)
    assert (windows["OSType"], windows["Platform"]) == ("windows", "Windows Server 2022")
    assert ubuntu["CreationTime"] == "2024-05-30T00:00:00Z"


def test_an_image_of_an_instance_is_listed_and_told_by_the_instance(account):
    account.run_instances(ImageId="m-bp1mine")
    (mine,) = images(account, ImageOwnerAlias="self")
    assert (mine["ImageId"], mine["Usage"]) == ("m-bp1mine", "instance")
    account.run_instances(ImageId=WINDOWS)
    assert account.describe_instances()[0]["OSType"] == "windows"
    (shown,) = account.describe_instances(ImageId=WINDOWS)
    assert shown["OSName"].startswith("Windows Server  2022 数据中心版")
    assert [each["ImageId"] for each in images(account, Usage="instance")] == [WINDOWS, "m-bp1mine"]
    owner = account.call("GetCallerIdentity", STS)["AccountId"]
    assert images(account, ImageOwnerId=owner) == [mine]
    assert mine not in images(account, ImageOwnerId=0)


def test_every_image_that_is_named_exists(account):
    named = images(account, ImageId=f"{UBUNTU}, m-any")
    assert [each["ImageId"] for each in named] == [UBUNTU, "m-any"]


@pytest.mark.parametrize(
    "criteria",
    [
        {"ImageName": "ubuntu_22_04_x64*"},
        {"ImageFamily": "acs:ubuntu_22_04_x64"},
        {"ImageName": UBUNTU, "Status": "Available,Creating", "Usable": True, "IsSupportCloudinit": True},
        {"ImageName": "ubuntu_22*", "Architecture": "x86_64", "InstanceType": "ecs.g7.large"},
        {"ImageName": "ubuntu_22*", "InstanceType": "ecs.g7.large"},
    ],
)
def test_images_are_chosen_by_their_criteria(account, criteria):
    assert [each["ImageId"] for each in images(account, **criteria)] == [UBUNTU]


@pytest.mark.parametrize(
    "criteria",
    [
        {"Status": "Creating"},
        {"IsPublic": True},
        {"Tag": [{"Key": "a"}]},
        {"SnapshotId": "s-1"},
        {"ResourceGroupId": "rg-1"},
        {"InstanceType": "ecs.none"},
        {"ImageOwnerAlias": "marketplace"},
        {"ImageOwnerId": 1},
    ],
)
def test_nothing_matches_what_no_image_is(account, criteria):
    assert images(account, **criteria) == []


def test_images_are_listed_page_by_page(account):
    every = [each["ImageId"] for each in images(account)]
    page = account.call("DescribeImages", PageNumber=2, PageSize=5)
    assert [each["ImageId"] for each in page["Images"]["Image"]] == every[5:10]
    assert (page["TotalCount"], page["PageNumber"], page["PageSize"]) == (len(every), 2, 5)
    assert account.refusal("DescribeImages", DryRun=True) == ("DryRunOperation", 400)
