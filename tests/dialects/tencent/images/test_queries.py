"""Images: those that are listed, those that are only known by id, and what runs from them."""

import re

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount, is_chinese

from duolect_dialects.instance_types import read

UBUNTU, WINDOWS, OWN = "img-487zeit5", "img-9id7emv7", "img-mine0000"
PUBLIC = 71


@pytest.fixture
def account():
    return TencentAccount()


def found(account, *filters, **params):
    named = [{"Name": name, "Values": values} for name, *values in filters]
    reply = account.call("DescribeImages", Filters=named or None, **params)
    assert reply["TotalCount"] >= len(reply["ImageSet"])
    return [shown["ImageId"] for shown in reply["ImageSet"]]


def test_the_public_images_are_listed_by_page(account):
    reply = account.call("DescribeImages", Limit=100)
    everything = [shown["ImageId"] for shown in reply["ImageSet"]]
    assert reply["TotalCount"] == len(set(everything)) == PUBLIC
    assert {shown["ImageType"] for shown in reply["ImageSet"]} == {"PUBLIC_IMAGE"}
    assert {shown["ImageState"] for shown in reply["ImageSet"]} == {"NORMAL"}
    page = account.call("DescribeImages", Offset=2, Limit=3)
    assert page["TotalCount"] == PUBLIC
    assert [shown["ImageId"] for shown in page["ImageSet"]] == everything[2:5]
    assert found(account, Offset=PUBLIC) == []
    assert found(account) == everything[:20]


def test_an_image_is_shown_with_its_system(account):
    (shown,) = account.call("DescribeImages", ImageIds=[UBUNTU])["ImageSet"]
    assert shown["OsName"] == shown["ImageName"] == "Ubuntu Server 22.04 LTS 64bit"
    assert (shown["Platform"], shown["Architecture"], shown["ImageSize"]) == ("Ubuntu", "x86_64", 20)
    assert (shown["ImageCreator"], shown["ImageSource"]) == ("tencent", "OFFICIAL")
    account.client.language = "zh-CN"
    (shown,) = account.call("DescribeImages", ImageIds=[UBUNTU])["ImageSet"]
    assert shown["OsName"] == "Ubuntu Server 22.04 LTS 64位"


def test_any_other_id_is_a_private_image_of_the_account(account):
    (shown,) = account.call("DescribeImages", ImageIds=[OWN])["ImageSet"]
    assert (shown["ImageId"], shown["ImageType"], shown["ImageSource"]) == (
        OWN,
        "PRIVATE_IMAGE",
        "CREATE_IMAGE",
    )
    assert len(shown["ImageCreator"]) == 12
    assert found(account, ("image-id", OWN, UBUNTU), ("image-type", "PRIVATE_IMAGE")) == [OWN]
    assert found(account, ("image-id", OWN, UBUNTU), ("image-type", "PUBLIC_IMAGE")) == [UBUNTU]
    assert OWN not in found(account, Limit=100)


def test_the_newest_images_come_first(account):
    """Source: recorded replies of both clouds."""
    reply = account.call("DescribeImages", Limit=100)
    times = [shown["CreatedTime"] for shown in reply["ImageSet"]]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) > 10
    assert found(account, ("image-id", WINDOWS, UBUNTU)) == [UBUNTU, WINDOWS]


def test_images_are_found_by_each_filter(account):
    assert found(account, ("image-id", UBUNTU)) == [UBUNTU]
    assert found(account, ("image-id", UBUNTU, WINDOWS), ("image-id", WINDOWS)) == [WINDOWS]
    assert found(account, ("image-id", UBUNTU), ("image-id", WINDOWS)) == []
    assert len(found(account, ("image-type", "PUBLIC_IMAGE"), Limit=100)) == PUBLIC
    assert found(account, ("image-type", "PRIVATE_IMAGE", "SHARED_IMAGE")) == []
    assert found(account, ("image-name", "22.04")) == [UBUNTU]
    assert len(found(account, ("platform", "Ubuntu", "CentOS"), Limit=100)) == 7 + 24
    windows = found(account, ("platform", "Win"))
    assert (WINDOWS in windows, len(windows)) == (True, 12)
    for name in ("tag-key", "tag-value", "tag:city", "dedicated-cluster-id", "cdc-cache-status"):
        assert found(account, (name, "x")) == []
    assert len(found(account, Limit=100, InstanceType="SA3.MEDIUM4")) == PUBLIC


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ImageIds": ["ami-12345678"]}, "InvalidImageId.Malformed"),
        ({"ImageIds": [UBUNTU] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"Filters": [{"Name": "image-id", "Values": ["x"]}]}, "InvalidImageId.Malformed"),
        ({"Filters": [{"Name": "colour", "Values": ["red"]}]}, "InvalidFilter"),
        ({"Filters": [{"Name": "platform", "Values": ["x"] * 6}]}, "InvalidFilterValue.LimitExceeded"),
        ({"Limit": 101}, "InvalidParameterValue.InvalidParameterValueLimit"),
        ({"Offset": -1}, "InvalidParameterValue"),
        ({"InstanceType": "large"}, "InvalidInstanceType.Malformed"),
        ({"InstanceType": "S0.NONE1"}, "InvalidParameterValue.InstanceTypeNotFound"),
        (
            {"ImageIds": [UBUNTU], "Filters": [{"Name": "platform", "Values": ["Ubuntu"]}]},
            "InvalidParameter.InvalidParameterCoexistImageIdsFilters",
        ),
    ],
)
def test_images_are_refused_for(account, params, code):
    assert account.refusal("DescribeImages", **params) == code


@pytest.mark.parametrize(
    ("image_id", "user", "port", "host_name"),
    [
        (UBUNTU, "ubuntu", 22, "VM-0-7-ubuntu"),
        (WINDOWS, "Administrator", 3389, "10_0_0_7"),
        ("img-no59bf11", "root", 22, "VM-0-7-rocky"),
        (OWN, "root", 22, "VM-0-7-tencentos"),
    ],
)
def test_whatever_is_listed_can_be_run_and_shows_its_system(image_id, user, port, host_name):
    account = TencentAccount.furnished()
    (image,) = account.call("DescribeImages", ImageIds=[image_id])["ImageSet"]
    (instance_id,) = account.run_instances({"PrivateIpAddresses": ["10.0.0.7"]}, ImageId=image_id)
    shown = account.describe_instance(instance_id)
    assert (shown["ImageId"], shown["OsName"]) == (image_id, image["OsName"])
    assert (shown["DefaultLoginUser"], shown["DefaultLoginPort"]) == (user, port)
    assert shown["HostName"] == host_name
    account.client.language = "zh-CN"
    assert is_chinese(account.describe_instance(instance_id)["OsName"]) is (image_id != OWN)


# -- the catalogue -----------------------------------------------------------------------------------------


def test_every_public_image_is_told_in_full_once():
    groups = read("duolect_dialects.tencent.images", "catalog.json")["public"]
    images = [each for group in groups for each in group["images"]]
    assert len({each["id"] for each in images}) == len(images) == PUBLIC >= 60
    assert all(group["source"] for group in groups)
    for each in images:
        assert re.fullmatch("img-[a-z0-9]{8}|img-tlinux32", each["id"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", each["created"])
        assert each["os_name"].startswith(NAMES.get(each["platform"], each["platform"]))
        assert each.get("size", 20) == (50 if each["platform"] == "Windows" else 20)


NAMES = {"RedHat": "Red Hat Enterprise Linux"}
"""How the names of systems begin where not with their platform."""


@pytest.mark.parametrize(
    ("name", "image_id"),
    [
        ("TencentOS Server 3.2 (Final)", "img-tlinux32"),
        ("TencentOS Server 3.1 (TK4)", "img-eb30mz89"),
        ("TencentOS Server 2.4", "img-hdt9xxkt"),
        ("OpenCloudOS Server 8", "img-028qly2h"),
        ("OpenCloudOS Server 9", "img-j5e5hadz"),
        ("CentOS 7.6 64bit", "img-9qabwvbn"),
    ],
)
def test_images_of_programs_are_found_by_their_names(account, name, image_id):
    found_ids = found(account, ("image-name", name), ("image-type", "PUBLIC_IMAGE"))
    assert found_ids == [image_id]
    (shown,) = account.call("DescribeImages", ImageIds=[image_id])["ImageSet"]
    assert shown["ImageName"] == shown["OsName"] == name


def test_opencloudos_is_a_platform(account):
    assert set(found(account, ("platform", "OpenCloudOS"))) == {"img-028qly2h", "img-j5e5hadz"}
    assert len(found(account, ("image-name", "OpenCloudOS Server"))) == 2
