"""How elastic public addresses are paid for, and the bandwidth packages that they could share."""

import pytest
from tests.dialects.tencent.public_addresses.eips import eip, show

HOURLY = "BANDWIDTH_POSTPAID_BY_HOUR"
BY_TRAFFIC = "TRAFFIC_POSTPAID_BY_HOUR"


def test_how_an_address_is_paid_for_changes_twice(account):
    address_id = eip(account)
    action = "ModifyAddressInternetChargeType"

    def params(kind, megabits=7):
        return {"AddressId": address_id, "InternetChargeType": kind, "InternetMaxBandwidthOut": megabits}

    unchanged = "InvalidParameterValue.InternetChargeTypeNotChanged"
    assert account.refusal(action, **params(BY_TRAFFIC)) == unchanged
    for kind in (HOURLY, BY_TRAFFIC):
        account.call(action, **params(kind))
        shown = show(account, address_id)
        assert (shown["InternetChargeType"], shown["Bandwidth"], shown["PayMode"]) == (kind, 7, kind)
    too_often = "LimitExceeded.ModifyAddressInternetChargeTypeQuota"
    assert account.refusal(action, **params(HOURLY)) == too_often


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AddressId": "eip-absent00"}, "InvalidAddressId.NotFound"),
        ({"AddressId": "ip-1"}, "InvalidParameterValue.AddressIdMalformed"),
        ({"InternetChargeType": "BANDWIDTH_PREPAID_BY_MONTH"}, "InvalidParameterValue"),
        ({"InternetMaxBandwidthOut": 101}, "InvalidParameterValue.Range"),
        ({"AddressChargePrepaid": {"Period": 1}}, "UnsupportedOperation"),
    ],
)
def test_a_change_of_how_an_address_is_paid_for_is_refused(account, changes, code):
    params = {"AddressId": eip(account), "InternetChargeType": HOURLY, "InternetMaxBandwidthOut": 7}
    assert account.refusal("ModifyAddressInternetChargeType", **{**params, **changes}) == code


def test_there_are_no_bandwidth_packages(account):
    action = "DescribeBandwidthPackages"
    for asked in (
        {},
        {"BandwidthPackageIds": ["bwp-12345678"]},
        {"Filters": [{"Name": "tag:a", "Values": ["b"]}]},
    ):
        reply = account.call(action, **asked)
        assert (reply["TotalCount"], reply["BandwidthPackageSet"]) == (0, [])
    malformed = "InvalidParameterValue.BandwidthPackageIdMalformed"
    assert account.refusal(action, BandwidthPackageIds=["eip-12345678"]) == malformed
    unknown = [{"Name": "colour", "Values": ["red"]}]
    assert account.refusal(action, Filters=unknown) == "InvalidParameter.InvalidFilter"
    assert account.call("DescribeNetworkAccountType")["NetworkAccountType"] == "STANDARD"
