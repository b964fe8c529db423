"""Common bandwidth packages and the EIPs in them."""

from tests.dialects.alibaba.sdk_models import VPC


def package(account, **params):
    """Create a bandwidth package and wait; return its id."""
    made = account.call("CreateCommonBandwidthPackage", VPC, **{"Bandwidth": 20, **params})
    account.wait()
    return made["BandwidthPackageId"]


def show(account, package_id):
    """Return a package as DescribeCommonBandwidthPackages lists it."""
    found = account.call("DescribeCommonBandwidthPackages", VPC, BandwidthPackageId=package_id)
    listed = found["CommonBandwidthPackages"]["CommonBandwidthPackage"]
    return listed[0] if listed else {}


def address(account, eip_id):
    """Return an EIP as DescribeEipAddresses lists it."""
    found = account.call("DescribeEipAddresses", VPC, AllocationId=eip_id)
    return found["EipAddresses"]["EipAddress"][0]


def test_a_package_is_created_changed_and_deleted(account):
    package_id = package(account, Name="p", InternetChargeType="PayByTraffic", Ratio=100)
    shown = show(account, package_id)
    assert (shown["Status"], shown["Name"], shown["Bandwidth"]) == ("Available", "p", "20")
    assert shown["InternetChargeType"] == "PayByTraffic"
    named = {"BandwidthPackageId": package_id}
    account.call("ModifyCommonBandwidthPackageAttribute", VPC, **named, Name="q", Description="d")
    account.call("ModifyCommonBandwidthPackageSpec", VPC, **named, Bandwidth="30")
    account.wait()
    shown = show(account, package_id)
    assert (shown["Name"], shown["Description"], shown["Bandwidth"]) == ("q", "d", "30")
    account.call("DeleteCommonBandwidthPackage", VPC, **named)
    account.wait()
    assert show(account, package_id) == {}
    gone = account.refusal("DeleteCommonBandwidthPackage", VPC, **named)
    assert gone == ("InvalidBandwidthPackageId.NotFound", 404)


def test_eips_share_a_package(account):
    package_id = package(account)
    one, two = (account.call("AllocateEipAddress", VPC)["AllocationId"] for _ in "12")
    named = {"BandwidthPackageId": package_id}
    account.call("AddCommonBandwidthPackageIp", VPC, **named, IpInstanceId=one)
    account.call("AddCommonBandwidthPackageIps", VPC, **named, IpInstanceIds=[two])
    account.wait()
    listed = show(account, package_id)["PublicIpAddresses"]["PublicIpAddresse"]
    assert {each["AllocationId"] for each in listed} == {one, two}
    shown = address(account, one)
    assert (shown["BandwidthPackageId"], shown["BandwidthPackageType"]) == (
        package_id,
        "CommonBandwidthPackage",
    )
    again = account.refusal("AddCommonBandwidthPackageIp", VPC, **named, IpInstanceId=one)
    assert again == ("IpInstanceId.AlreadyInBandwidthPackage", 400)
    limit = {**named, "EipId": one}
    account.call("ModifyCommonBandwidthPackageIpBandwidth", VPC, **limit, Bandwidth="5")
    assert address(account, one)["Bandwidth"] == "5"
    account.call("CancelCommonBandwidthPackageIpBandwidth", VPC, **limit)
    full = account.refusal("DeleteCommonBandwidthPackage", VPC, **named)
    assert full == ("OperationFailed.BandwidthPackageNotEmpty", 400)
    account.call("RemoveCommonBandwidthPackageIp", VPC, **named, IpInstanceId=one)
    account.wait()
    assert address(account, one)["BandwidthPackageId"] == ""
    outside = account.refusal("RemoveCommonBandwidthPackageIp", VPC, **named, IpInstanceId=one)
    assert outside == ("OperationUnsupported.IpNotInCbwp", 400)
    account.call("DeleteCommonBandwidthPackage", VPC, **named, Force="true")
    account.wait()
    assert address(account, two)["BandwidthPackageId"] == ""


def test_a_protected_package_stays(account):
    package_id = package(account)
    account.call("DeletionProtection", VPC, InstanceId=package_id, Type="CBWP", ProtectionEnable=True)
    refused = account.refusal("DeleteCommonBandwidthPackage", VPC, BandwidthPackageId=package_id)
    assert refused == ("InvalidOperation.DeletionProtection", 400)
