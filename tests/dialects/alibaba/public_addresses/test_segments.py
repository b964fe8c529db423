"""Contiguous EIPs of Alibaba Cloud: allocated, listed and released together."""

import pytest
from tests.dialects.alibaba.public_addresses.eips import associate, listed, show
from tests.dialects.alibaba.sdk_models import VPC

ALLOCATE, RELEASE = "AllocateEipSegmentAddress", "ReleaseEipSegmentAddress"


def allocate(account, **changes):
    """Allocate a group that is Allocated; return its id."""
    made = account.call(ALLOCATE, VPC, **{"EipMask": "28", **changes})["EipSegmentInstanceId"]
    account.wait()
    return made


def segments(account, **criteria):
    return account.call("DescribeEipSegment", VPC, **criteria)["EipSegments"]["EipSegment"]


def test_a_group_is_allocating_then_allocated(account):
    made = account.call(
        ALLOCATE,
        VPC,
        EipMask="28",
        Bandwidth="7",
        InternetChargeType="PayByTraffic",
        Isp="BGP_PRO",
        Netmode="public",
        ResourceGroupId="rg-mine",
        Zone="cn-hangzhou-h",
    )["EipSegmentInstanceId"]
    assert made.startswith("eipsg-")
    (shown,) = segments(account)
    assert shown.pop("CreationTime").endswith("Z")
    assert shown == {
        "Descritpion": "",
        "InstanceId": made,
        "IpCount": "16",
        "Name": "",
        "RegionId": "cn-hangzhou",
        "Segment": "198.18.0.0/28",
        "Status": "Allocating",
        "Zone": "cn-hangzhou-h",
    }
    account.wait()
    assert segments(account, SegmentInstanceId=made)[0]["Status"] == "Allocated"
    eips = listed(account, SegmentInstanceId=made, PageSize=100)
    assert len(eips) == 16
    assert {each["SegmentInstanceId"] for each in eips} == {made}
    first = eips[-1]
    assert (first["IpAddress"], first["Bandwidth"], first["ISP"]) == ("198.18.0.0", "7", "BGP_PRO")
    assert (first["InternetChargeType"], first["ResourceGroupId"]) == ("PayByTraffic", "rg-mine")
    assert (first["Status"], first["Zone"]) == ("Available", "cn-hangzhou-h")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"EipMask": None}, ("MissingParameter", 400)),
        ({"EipMask": "29"}, ("IllegalParam.EipMask", 400)),
        ({"Bandwidth": "501"}, ("InvalidBandwidth.Malformed", 400)),
        ({"Bandwidth": "x"}, ("InvalidBandwidth.Malformed", 400)),
        ({"InternetChargeType": "Free"}, ("InvalidParameter", 400)),
        ({"Isp": "Other"}, ("InvalidParameter", 400)),
        ({"ResourceGroupId": "none"}, ("InvalidResourceGroupId", 400)),
        ({"Zone": "cn-nowhere-a"}, ("IllegalParam.Zone", 400)),
    ],
)
def test_what_is_wrong_with_a_new_group(account, changes, refusal):
    assert account.refusal(ALLOCATE, VPC, **{"EipMask": "28", **changes}) == refusal
    assert segments(account) == []


def test_a_group_is_released_with_its_eips(account):
    made, other = allocate(account), allocate(account, EipMask="27")
    assert [each["IpCount"] for each in segments(account)] == ["32", "16"]
    account.call(RELEASE, VPC, SegmentInstanceId=made)
    (shown,) = segments(account, SegmentInstanceId=made)
    assert shown["Status"] == "Releasing"
    assert {each["Status"] for each in listed(account, SegmentInstanceId=made)} == {"Releasing"}
    refused = account.refusal(RELEASE, VPC, SegmentInstanceId=made)
    assert refused == ("OperationFailed.EipStatusInvalid", 400)
    account.wait()
    assert [each["InstanceId"] for each in segments(account)] == [other]
    refused = account.refusal(RELEASE, VPC, SegmentInstanceId=made)
    assert refused == ("OperationFailed.InstanceNotExist", 400)


def test_what_is_in_use_or_protected_keeps_a_group(account):
    made = allocate(account)
    eips = [each["AllocationId"] for each in listed(account, SegmentInstanceId=made, PageSize=100)]
    release = lambda: account.refusal(RELEASE, VPC, SegmentInstanceId=made)  # noqa: E731
    protect = {"InstanceId": eips[0], "Type": "EIP"}
    account.call("DeletionProtection", VPC, ProtectionEnable=True, **protect)
    assert release() == ("InvalidOperation.DeletionProtection", 400)
    account.call("DeletionProtection", VPC, ProtectionEnable=False, **protect)
    associate(account, eips[1], account.create_interface())
    account.wait()
    assert release() == ("OperationFailed.EipStatusInvalid", 400)
    account.call("UnassociateEipAddress", VPC, AllocationId=eips[1])
    account.wait()
    package = account.call("CreateCommonBandwidthPackage", VPC, Bandwidth=5)["BandwidthPackageId"]
    account.wait()
    account.call("AddCommonBandwidthPackageIp", VPC, BandwidthPackageId=package, IpInstanceId=eips[2])
    account.wait()
    assert release() == ("OperationFailed.EipInBwp", 400)


def test_an_eip_of_a_group_may_go_before(account):
    made = allocate(account)
    eip_id = listed(account, SegmentInstanceId=made)[0]["AllocationId"]
    assert show(account, eip_id)["SegmentInstanceId"] == made
    account.call("ReleaseEipAddress", VPC, AllocationId=eip_id)
    account.wait()
    assert segments(account)[0]["IpCount"] == "15"


def test_groups_are_listed_page_by_page(account):
    first, second = allocate(account), allocate(account)
    page = account.call("DescribeEipSegment", VPC, PageSize=1, PageNumber=2)
    assert (page["TotalCount"], page["PageNumber"], page["PageSize"]) == (2, 2, 1)
    assert [each["InstanceId"] for each in page["EipSegments"]["EipSegment"]] == [first]
    assert [each["InstanceId"] for each in segments(account, SegmentInstanceId=second)] == [second]
    assert segments(account, SegmentInstanceId="eipsg-none") == []
    assert account.refusal("DescribeEipSegment", VPC, PageSize=51) == ("InvalidParameter", 400)
