"""What disks are sold.

Sources: the definition of DescribeDiskConfigQuota in tccli, and how terraform-provider-tencentcloud asks
for the disks of a type (data source ``tencentcloud_instance_types`` with a ``cbs_filter``).
"""

import pytest
from tests.dialects.tencent.furnished_account import ZONE

ALONE = "INQUIRY_CBS_CONFIG"
WITH_INSTANCES = "INQUIRY_CVM_CONFIG"


def offers(account, **params):
    return account.call("DescribeDiskConfigQuota", **params)["DiskConfigSet"]


def test_disks_alone_are_of_no_family(account):
    found = offers(account, InquiryType=ALONE, Zones=[ZONE], DiskTypes=["CLOUD_PREMIUM"])
    assert [each["DiskUsage"] for each in found] == ["SYSTEM_DISK", "DATA_DISK"]
    for each in found:
        assert (each["Zone"], each["InstanceFamily"], each["Available"]) == (ZONE, None, True)
    assert [(each["MinDiskSize"], each["MaxDiskSize"]) for each in found] == [(20, 2048), (10, 32000)]


def test_disks_with_instances_are_asked_for_as_terraform_asks(account):
    asked = {
        "InquiryType": WITH_INSTANCES,
        "Zones": [ZONE],
        "CPU": 2,
        "Memory": 4,
        "InstanceFamilies": ["S5"],
        "DiskTypes": ["CLOUD_SSD", "CLOUD_PREMIUM"],
        "DiskChargeType": "POSTPAID_BY_HOUR",
        "DiskUsage": "SYSTEM_DISK",
    }
    found = offers(account, **asked)
    assert {each["DiskType"] for each in found} == {"CLOUD_SSD", "CLOUD_PREMIUM"}
    assert {(each["InstanceFamily"], each["DiskUsage"]) for each in found} == {("S5", "SYSTEM_DISK")}
    assert offers(account, **asked | {"CPU": 3}) == []
    assert offers(account, **asked | {"DiskChargeType": "PREPAID"}) == []


def test_a_zone_that_is_sold_out_has_none_available(account):
    found = offers(account, InquiryType=ALONE)
    shown = {zone["Zone"]: zone["ZoneState"] for zone in account.call("DescribeZones")["ZoneSet"]}
    assert {(each["Zone"], each["Available"]) for each in found} == {
        (zone, state == "AVAILABLE") for zone, state in shown.items()
    }


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "MissingParameter"),
        ({"InquiryType": "ALL"}, "InvalidParameterValue"),
        ({"InquiryType": ALONE, "DiskUsage": "DISK"}, "InvalidParameterValue"),
        ({"InquiryType": ALONE, "DiskChargeType": "FREE"}, "InvalidParameterValue"),
        ({"InquiryType": ALONE, "CPU": -1}, "InvalidParameterValue"),
        ({"InquiryType": ALONE, "DedicatedClusterId": "cluster-1"}, "UnsupportedOperation"),
    ],
)
def test_offers_are_refused_for(account, params, code):
    assert account.refusal("DescribeDiskConfigQuota", **params) == code
