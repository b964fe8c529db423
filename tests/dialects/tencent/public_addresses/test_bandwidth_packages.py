"""Bandwidth packages and the EIPs in them."""

from tests.dialects.tencent.furnished_account import TencentAccount


def package(account, **params):
    """Create a bandwidth package and wait; return its id."""
    made = account.call("CreateBandwidthPackage", **params)["BandwidthPackageId"]
    account.wait()
    return made


def show(account, package_id):
    """Return a package as DescribeBandwidthPackages lists it."""
    found = account.call("DescribeBandwidthPackages", BandwidthPackageIds=[package_id])
    return found["BandwidthPackageSet"][0] if found["BandwidthPackageSet"] else {}


def address(account, eip_id):
    """Return an EIP as DescribeAddresses lists it."""
    return account.call("DescribeAddresses", AddressIds=[eip_id])["AddressSet"][0]


def test_a_package_is_created_changed_and_deleted(account):
    package_id = package(account, BandwidthPackageName="p", InternetMaxBandwidth=300)
    shown = show(account, package_id)
    assert (shown["Status"], shown["BandwidthPackageName"], shown["Bandwidth"]) == ("CREATED", "p", 300)
    assert (shown["NetworkType"], shown["ChargeType"]) == ("BGP", "ENHANCED95_POSTPAID_BY_MONTH")
    named = {"BandwidthPackageId": package_id}
    account.call(
        "ModifyBandwidthPackageAttribute",
        **named,
        BandwidthPackageName="q",
        ChargeType="TOP5_POSTPAID_BY_MONTH",
    )
    account.call("ModifyBandwidthPackageBandwidth", **named, InternetMaxBandwidth=-1)
    shown = show(account, package_id)
    assert (shown["BandwidthPackageName"], shown["Bandwidth"]) == ("q", -1)
    assert shown["ChargeType"] == "TOP5_POSTPAID_BY_MONTH"
    account.call("DeleteBandwidthPackage", **named)
    account.wait()
    assert show(account, package_id) == {}
    gone = account.refusal("DeleteBandwidthPackage", **named)
    assert gone == "InvalidParameterValue.BandwidthPackageNotFound"


def test_eips_share_a_package(account):
    package_id = package(account)
    named = {"BandwidthPackageId": package_id}
    (born,) = account.call("AllocateAddresses", **named)["AddressSet"]
    (other,) = account.call("AllocateAddresses")["AddressSet"]
    account.wait()
    account.call("AddBandwidthPackageResources", **named, ResourceIds=[other], ResourceType="Address")
    for eip_id in (born, other):
        shown = address(account, eip_id)
        assert (shown["BandwidthPackageId"], shown["InternetChargeType"]) == (
            package_id,
            "BANDWIDTH_PACKAGE",
        )
    listed = account.call("DescribeBandwidthPackageResources", **named)
    assert (listed["TotalCount"], {each["ResourceId"] for each in listed["ResourceSet"]}) == (
        2,
        {born, other},
    )
    chosen = [{"Name": "resource-id", "Values": [other]}]
    assert account.call("DescribeBandwidthPackageResources", **named, Filters=chosen)["TotalCount"] == 1
    by_eip = [{"Name": "resource.resource-id", "Values": [other]}]
    assert account.call("DescribeBandwidthPackages", Filters=by_eip)["TotalCount"] == 1
    again = account.refusal("AddBandwidthPackageResources", **named, ResourceIds=[other])
    assert again == "InvalidParameterValue.ResourceAlreadyExisted"
    full = account.refusal("DeleteBandwidthPackage", **named)
    assert full == "InvalidParameterValue.BandwidthPackageInUse"
    account.call("RemoveBandwidthPackageResources", **named, ResourceIds=[born, other])
    shown = address(account, other)
    assert (shown["BandwidthPackageId"], shown["InternetChargeType"]) == (
        None,
        "TRAFFIC_POSTPAID_BY_HOUR",
    )
    outside = account.refusal("RemoveBandwidthPackageResources", **named, ResourceIds=[other])
    assert outside == "InvalidParameterValue.ResourceNotExisted"


def test_the_quota_is_told():
    account = TencentAccount(vendor_quotas=True)
    package(account, BandwidthPackageCount=2)
    (quota,) = account.call("DescribeBandwidthPackageQuota")["QuotaSet"]
    assert (quota["QuotaCurrent"], quota["QuotaLimit"]) == (2, 20)
    refused = account.refusal("CreateBandwidthPackage", BandwidthPackageCount=19)
    assert refused == "LimitExceeded.BandwidthPackageQuota"


def test_what_is_wrong_is_refused(account):
    prepaid = account.refusal("CreateBandwidthPackage", ChargeType="FIXED_PREPAID_BY_MONTH")
    assert prepaid == "UnsupportedOperation"
    package_id = package(account)
    absent = account.refusal(
        "AddBandwidthPackageResources", BandwidthPackageId=package_id, ResourceIds=["eip-absent00"]
    )
    assert absent == "InvalidParameterValue.ResourceNotFound"
    unnamed = account.refusal("AddBandwidthPackageResources", ResourceIds=["eip-absent00"])
    assert unnamed == "MissingParameter"
