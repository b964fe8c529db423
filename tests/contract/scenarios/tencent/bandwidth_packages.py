"""How users call the actions on bandwidth packages with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount


def _package(account: SdkAccount) -> str:
    """Create a bandwidth package and wait until it can be used."""
    made = account.vpc(
        "CreateBandwidthPackage",
        NetworkType="BGP",
        ChargeType="TOP5_POSTPAID_BY_MONTH",
        BandwidthPackageName="shared",
        InternetMaxBandwidth=300,
        Tags=[CITY],
    )
    package_id: str = made.BandwidthPackageId
    assert made.BandwidthPackageIds == [package_id]
    poll(lambda: _show(account, package_id).Status, "CREATED")
    return package_id


def _show(account: SdkAccount, package_id: str) -> Any:
    found = account.vpc("DescribeBandwidthPackages", BandwidthPackageIds=[package_id]).BandwidthPackageSet
    return found[0] if found else None


def _eip(account: SdkAccount) -> str:
    (address_id,) = account.vpc("AllocateAddresses").AddressSet
    poll(lambda: _address(account, address_id).AddressStatus, "UNBIND")
    return str(address_id)


def _address(account: SdkAccount, address_id: str) -> Any:
    return account.vpc("DescribeAddresses", AddressIds=[address_id]).AddressSet[0]


def _held(account: SdkAccount, package_id: str) -> list[str]:
    """Return the ids of what is in a package."""
    reply = account.vpc("DescribeBandwidthPackageResources", BandwidthPackageId=package_id)
    return [each.ResourceId for each in reply.ResourceSet]


def create_bandwidth_package(account: SdkAccount) -> None:
    shown = _show(account, _package(account))
    assert (shown.BandwidthPackageName, shown.NetworkType, shown.Bandwidth) == ("shared", "BGP", 300)
    assert (shown.ChargeType, shown.ResourceSet) == ("TOP5_POSTPAID_BY_MONTH", [])
    prepaid = {"ChargeType": "FIXED_PREPAID_BY_MONTH"}
    assert account.refusal("CreateBandwidthPackage", **prepaid) == "UnsupportedOperation"


def describe_bandwidth_packages(account: SdkAccount) -> None:
    address_id = add_bandwidth_package_resources(account)
    _package(account)
    for name, value, count in (
        ("network-type", "BGP", 2),
        ("tag:city", "shanghai", 2),
        ("resource.resource-id", address_id, 1),
        ("charge-type", "BANDWIDTH_POSTPAID_BY_DAY", 0),
    ):
        filters = [{"Name": name, "Values": [value]}]
        page = account.vpc("DescribeBandwidthPackages", Filters=filters, Offset=0, Limit=1)
        assert (page.TotalCount, len(page.BandwidthPackageSet)) == (count, min(count, 1))


def describe_bandwidth_package_quota(account: SdkAccount) -> None:
    _package(account)
    (quota,) = account.vpc("DescribeBandwidthPackageQuota").QuotaSet
    assert (quota.QuotaId, quota.QuotaGroup) == ("TOTAL_BANDWIDTHPKG_QUOTA", "ap-guangzhou")
    assert (quota.QuotaCurrent, quota.QuotaLimit) == (1, 20)


def modify_bandwidth_package_attribute(account: SdkAccount) -> None:
    package_id = _package(account)
    change = {"BandwidthPackageName": "shop", "ChargeType": "ENHANCED95_POSTPAID_BY_MONTH"}
    account.vpc("ModifyBandwidthPackageAttribute", BandwidthPackageId=package_id, **change)
    shown = _show(account, package_id)
    assert {name: getattr(shown, name) for name in change} == change


def modify_bandwidth_package_bandwidth(account: SdkAccount) -> None:
    package_id = _package(account)
    change = {"BandwidthPackageId": package_id, "InternetMaxBandwidth": 100}
    account.vpc("ModifyBandwidthPackageBandwidth", **change)
    assert _show(account, package_id).Bandwidth == 100


def add_bandwidth_package_resources(account: SdkAccount) -> str:
    package_id, address_id = _package(account), _eip(account)
    added = {"BandwidthPackageId": package_id, "ResourceIds": [address_id], "ResourceType": "Address"}
    account.vpc("AddBandwidthPackageResources", **added)
    eip = _address(account, address_id)
    assert (eip.BandwidthPackageId, eip.InternetChargeType) == (package_id, "BANDWIDTH_PACKAGE")
    (held,) = _show(account, package_id).ResourceSet
    assert (held.ResourceType, held.ResourceId, held.AddressIp) == ("Address", address_id, eip.AddressIp)
    twice = "InvalidParameterValue.ResourceAlreadyExisted"
    assert account.refusal("AddBandwidthPackageResources", **added) == twice
    return address_id


def describe_bandwidth_package_resources(account: SdkAccount) -> None:
    first = add_bandwidth_package_resources(account)
    package_id = _address(account, first).BandwidthPackageId
    (second,) = account.vpc("AllocateAddresses", BandwidthPackageId=package_id).AddressSet
    assert sorted(_held(account, package_id)) == sorted([first, second])
    reply = account.vpc(
        "DescribeBandwidthPackageResources",
        BandwidthPackageId=package_id,
        Filters=[{"Name": "resource-id", "Values": [first]}],
    )
    assert (reply.TotalCount, reply.ResourceSet[0].ResourceId) == (1, first)


def remove_bandwidth_package_resources(account: SdkAccount) -> None:
    address_id = add_bandwidth_package_resources(account)
    package_id = _address(account, address_id).BandwidthPackageId
    removed = {"BandwidthPackageId": package_id, "ResourceIds": [address_id], "ResourceType": "Address"}
    account.vpc("RemoveBandwidthPackageResources", **removed)
    shown = _address(account, address_id)
    assert (shown.BandwidthPackageId, shown.InternetChargeType) == (None, "TRAFFIC_POSTPAID_BY_HOUR")
    assert _held(account, package_id) == []
    outside = "InvalidParameterValue.ResourceNotExisted"
    assert account.refusal("RemoveBandwidthPackageResources", **removed) == outside


def delete_bandwidth_package(account: SdkAccount) -> None:
    address_id = add_bandwidth_package_resources(account)
    package_id = _address(account, address_id).BandwidthPackageId
    in_use = "InvalidParameterValue.BandwidthPackageInUse"
    named = {"BandwidthPackageId": package_id}
    assert account.refusal("DeleteBandwidthPackage", **named) == in_use
    account.vpc("RemoveBandwidthPackageResources", ResourceIds=[address_id], **named)
    account.vpc("DeleteBandwidthPackage", **named)
    poll(lambda: _show(account, package_id), None)
    gone = "InvalidParameterValue.BandwidthPackageNotFound"
    assert account.refusal("DeleteBandwidthPackage", **named) == gone
