"""The catalogue of public images, and what the id of an image says of it."""

import re

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.instance_types import read

FILE = read("duolect_dialects.alibaba.images", "catalog.json")
FORM = r"[a-z]+(\d{4})?_[A-Za-z0-9_.-]+_\d+G_[a-z_]*\d{8}\.vhd"


@pytest.fixture(scope="module")
def account():
    return AlibabaAccount.furnished()


def listed(account, **criteria):
    pages = [
        account.call("DescribeImages", PageNumber=number, PageSize=100, **criteria)["Images"]["Image"]
        for number in (1, 2)
    ]
    return [each for page in pages for each in page]


def ids(account, **criteria):
    return [each["ImageId"] for each in listed(account, **criteria)]


def test_there_are_more_than_60_images_each_once():
    assert len(images.public()) == len(set(images.public())) >= 60
    assert all(group["source"] for group in FILE["public"])


@pytest.mark.parametrize("image_id", images.public())
def test_an_id_says_what_the_image_is(image_id):
    shown = images.image(image_id)
    assert re.fullmatch(FORM, image_id)
    assert not shown.own
    assert f"_{shown.size}G_" in image_id
    assert shown.created.replace("-", "").startswith(image_id[-12:-4])
    assert re.fullmatch(
        r"[A-Z][A-Za-z ]+  \d[\d.]*( LTS)? (64位( ARM版)?|数据中心版 64位(中|英)文版)", shown.name
    )
    assert shown.name_in_english.isascii()
    assert shown.arm == ("arm64" in image_id)
    assert shown.windows == image_id.startswith("win")


@pytest.mark.parametrize(
    ("pattern", "some"),
    [
        (r"^ubuntu_18.*64", "ubuntu_18_04_x64_20G_alibase_20240223.vhd"),
        (r"^ubuntu_22.*64", "ubuntu_22_04_x64_20G_alibase_20240530.vhd"),
        (r"^centos_7.*64", "centos_7_9_x64_20G_alibase_20240628.vhd"),
        (r"_scc_", "aliyun_3_x64_20G_scc_alibase_20220225.vhd"),
        (r"^debian_1\d.*64", "debian_12_6_x64_20G_alibase_20240711.vhd"),
    ],
)
def test_programs_find_images_by_patterns_on_names(account, pattern, some):
    """Terraform filters by a pattern what it has listed."""
    found = [each["ImageId"] for each in listed(account) if re.search(pattern, each["ImageName"])]
    assert some in found


def test_images_for_clusters_have_no_family(account):
    clusters = listed(account, ImageName="*_scc_*")
    assert len(clusters) >= 3
    assert {each["ImageFamily"] for each in clusters} == {""}
    assert ids(account, ImageName="aliyun_3_x64_20G_scc_*") == ["aliyun_3_x64_20G_scc_alibase_20220225.vhd"]


def test_a_type_runs_the_images_of_its_processor(account):
    arm = listed(account, InstanceType="ecs.g8y.large")
    assert {(each["Architecture"], each["BootMode"]) for each in arm} == {("arm64", "UEFI")}
    assert {each["Architecture"] for each in listed(account, InstanceType="ecs.g7.large")} == {"x86_64"}
    assert listed(account, InstanceType="ecs.none") == []


def test_families_for_arm_are_those_whose_types_are():
    types = read("duolect_dialects.alibaba.instances", "types.json")["families"]
    arm = {name for name, told in types.items() if told.get("architecture") == "ARM"}
    assert arm == {name for name in FILE["arm_families"] if name in types}


@pytest.mark.parametrize(
    ("image_id", "name", "platform", "family"),
    [
        ("centos_stream_9_x64_20G_alibase_20240222.vhd", "CentOS Stream  9 64位", "CentOS Stream",
         "acs:centos_stream_9_x64"),
        ("freebsd_13_1_x64_30G_alibase_20230302.vhd", "FreeBSD  13.1 64位", "FreeBSD",
         "acs:freebsd_13_1_x64"),
        ("aliyun_3_arm64_20G_alibase_20240528.vhd",
         "Alibaba Cloud Linux  3.2104 LTS 64位 ARM版", "Aliyun", "acs:aliyun_3_arm64"),
        ("win2019_1809_x64_dtc_zh-cn_40G_alibase_20240311.vhd",
         "Windows Server  2019 数据中心版 64位中文版", "Windows Server 2019", ""),
        ("centos_6_10_64_20G_alibase_20201120.vhd", "CentOS  6.10 64位", "CentOS", "acs:centos_6_10_x64"),
    ],
)  # fmt: skip
def test_names_and_platforms_are_read_from_ids(image_id, name, platform, family):
    shown = images.image(image_id)
    assert (shown.name, shown.platform, shown.family) == (name, platform, family)


@pytest.mark.parametrize(
    ("image_id", "chinese", "english"),
    [
        ("aliyun_3_x64_20G_alibase_20240528.vhd",
         "Alibaba Cloud Linux  3.2104 LTS 64位", "Alibaba Cloud Linux  3.2104 LTS 64 bit"),
        ("aliyun_2_1903_x64_20G_alibase_20240628.vhd",
         "Alibaba Cloud Linux  2.1903 LTS 64位", "Alibaba Cloud Linux 2.1903 LTS 64 bit"),
        ("debian_10_12_x64_20G_alibase_20220824.vhd", "Debian  10.12 64位", "Debian  10.12 64 bit"),
        ("centos_7_8_x64_20G_alibase_20211130.vhd", "CentOS  7.8 64位", "CentOS  7.8 64 bit"),
    ],
)  # fmt: skip
def test_names_are_spelt_as_recorded(image_id, chinese, english):
    """Recorded: DescribeImages 2022 and 2024, DescribeInstances 2019 and 2020."""
    shown = images.image(image_id)
    assert (shown.name, shown.name_in_english) == (chinese, english)


def test_the_newest_image_is_listed_first(account):
    """Recorded: DescribeImages 2024."""
    created = [each["CreationTime"] for each in listed(account)]
    assert created == sorted(created, reverse=True)
    assert len(set(created)) > 1


def test_what_was_recorded_absent_or_without_members_is_so(account):
    """Recorded: DescribeImages 2024; the documents list more."""
    page = account.call("DescribeImages")
    shown = page["Images"]["Image"][0]
    assert (page["NextToken"], shown["DetectionOptions"]) == ("", {})
    assert shown["Features"] == {"NvmeSupport": "supported"}
    gone = {"ImageOwnerId", "LicenseType", "SecureBootOptions", "SupplierName", "Usable"}
    assert not shown.keys() & gone


def test_the_newest_of_a_family_is_taken(account):
    newest = account.call("DescribeImageFromFamily", ImageFamily="acs:ubuntu_22_04_x64")["Image"]
    assert newest["ImageId"] == "ubuntu_22_04_x64_20G_alibase_20240530.vhd"
