"""How users call the actions on common bandwidth packages with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, refused, vpc_models


def _create(account: SdkAccount) -> str:
    request = vpc_models.CreateCommonBandwidthPackageRequest(
        region_id=REGION,
        bandwidth="100",
        internet_charge_type="PayByBandwidth",
        name="shared",
        tag=[vpc_models.CreateCommonBandwidthPackageRequestTag(key="team", value="x")],
    )
    package_id: str = account.vpc.create_common_bandwidth_package(request).bandwidth_package_id
    return package_id


def _show(account: SdkAccount, package_id: str) -> Any:
    request = vpc_models.DescribeCommonBandwidthPackagesRequest(
        region_id=REGION, bandwidth_package_id=package_id
    )
    page = account.vpc.describe_common_bandwidth_packages(request)
    found = page.common_bandwidth_packages.common_bandwidth_package
    return found[0] if found else None


def _members(account: SdkAccount, package_id: str) -> list[str]:
    """Return the ids of the EIPs in a package."""
    shown = _show(account, package_id).public_ip_addresses.public_ip_addresse
    return sorted(each.allocation_id for each in shown)


def _filled(account: SdkAccount) -> tuple[str, str]:
    """Return the id of a package, and that of an EIP in it."""
    package_id, (eip_id, _) = _create(account), account.allocate_eip()
    request = vpc_models.AddCommonBandwidthPackageIpRequest(
        region_id=REGION, bandwidth_package_id=package_id, ip_instance_id=eip_id
    )
    account.vpc.add_common_bandwidth_package_ip(request)
    return package_id, eip_id


def create_common_bandwidth_package(account: SdkAccount) -> None:
    shown = _show(account, _create(account))
    assert (shown.name, shown.status, shown.bandwidth) == ("shared", "Available", "100")
    assert (shown.isp, shown.internet_charge_type) == ("BGP", "PayByBandwidth")
    assert shown.public_ip_addresses.public_ip_addresse == []
    assert [(each.key, each.value) for each in shown.tags.tag] == [("team", "x")]


def describe_common_bandwidth_packages(account: SdkAccount) -> None:
    first, second = _create(account), _create(account)
    request = vpc_models.DescribeCommonBandwidthPackagesRequest(
        region_id=REGION, name="shared", page_size=1, page_number=2
    )
    page = account.vpc.describe_common_bandwidth_packages(request)
    assert (page.total_count, page.page_size) == (2, 1)
    listed = page.common_bandwidth_packages.common_bandwidth_package
    assert [each.bandwidth_package_id for each in listed] == [first]
    assert first != second


def modify_common_bandwidth_package_attribute(account: SdkAccount) -> None:
    package_id = _create(account)
    request = vpc_models.ModifyCommonBandwidthPackageAttributeRequest(
        region_id=REGION, bandwidth_package_id=package_id, name="shop", description="of the shop"
    )
    account.vpc.modify_common_bandwidth_package_attribute(request)
    shown = _show(account, package_id)
    assert (shown.name, shown.description) == ("shop", "of the shop")


def modify_common_bandwidth_package_spec(account: SdkAccount) -> None:
    package_id = _create(account)
    request = vpc_models.ModifyCommonBandwidthPackageSpecRequest(
        region_id=REGION, bandwidth_package_id=package_id, bandwidth="200"
    )
    account.vpc.modify_common_bandwidth_package_spec(request)
    poll(lambda: _show(account, package_id).status, "Available")
    assert _show(account, package_id).bandwidth == "200"


def add_common_bandwidth_package_ip(account: SdkAccount) -> None:
    package_id, eip_id = _filled(account)
    assert _members(account, package_id) == [eip_id]
    shown = account.describe_eip(eip_id)
    assert shown.bandwidth_package_id == package_id
    assert (shown.bandwidth_package_type, shown.bandwidth_package_bandwidth) == (
        "CommonBandwidthPackage",
        "100",
    )
    again = vpc_models.AddCommonBandwidthPackageIpRequest(
        region_id=REGION, bandwidth_package_id=_create(account), ip_instance_id=eip_id
    )
    with refused("IpInstanceId.AlreadyInBandwidthPackage"):
        account.vpc.add_common_bandwidth_package_ip(again)


def add_common_bandwidth_package_ips(account: SdkAccount) -> None:
    package_id = _create(account)
    eip_ids = [account.allocate_eip()[0] for _ in range(2)]
    request = vpc_models.AddCommonBandwidthPackageIpsRequest(
        region_id=REGION, bandwidth_package_id=package_id, ip_instance_ids=eip_ids, ip_type="EIP"
    )
    account.vpc.add_common_bandwidth_package_ips(request)
    assert _members(account, package_id) == sorted(eip_ids)


def remove_common_bandwidth_package_ip(account: SdkAccount) -> None:
    package_id, eip_id = _filled(account)
    request = vpc_models.RemoveCommonBandwidthPackageIpRequest(
        region_id=REGION, bandwidth_package_id=package_id, ip_instance_id=eip_id
    )
    account.vpc.remove_common_bandwidth_package_ip(request)
    assert _members(account, package_id) == []
    shown = account.describe_eip(eip_id)
    assert (shown.bandwidth_package_id, shown.bandwidth) == ("", "10")
    with refused("OperationUnsupported.IpNotInCbwp"):
        account.vpc.remove_common_bandwidth_package_ip(request)


def modify_common_bandwidth_package_ip_bandwidth(account: SdkAccount) -> None:
    package_id, eip_id = _filled(account)
    request = vpc_models.ModifyCommonBandwidthPackageIpBandwidthRequest(
        region_id=REGION, bandwidth_package_id=package_id, eip_id=eip_id, bandwidth="50"
    )
    account.vpc.modify_common_bandwidth_package_ip_bandwidth(request)
    assert account.describe_eip(eip_id).bandwidth == "50"
    request.bandwidth = "101"
    with refused("InvalidParameter"):
        account.vpc.modify_common_bandwidth_package_ip_bandwidth(request)


def cancel_common_bandwidth_package_ip_bandwidth(account: SdkAccount) -> None:
    package_id, eip_id = _filled(account)
    unlimited = account.describe_eip(eip_id).bandwidth
    account.vpc.modify_common_bandwidth_package_ip_bandwidth(
        vpc_models.ModifyCommonBandwidthPackageIpBandwidthRequest(
            region_id=REGION, bandwidth_package_id=package_id, eip_id=eip_id, bandwidth="50"
        )
    )
    account.vpc.cancel_common_bandwidth_package_ip_bandwidth(
        vpc_models.CancelCommonBandwidthPackageIpBandwidthRequest(
            region_id=REGION, bandwidth_package_id=package_id, eip_id=eip_id
        )
    )
    assert account.describe_eip(eip_id).bandwidth == unlimited != "50"


def delete_common_bandwidth_package(account: SdkAccount) -> None:
    package_id, eip_id = _filled(account)
    request = vpc_models.DeleteCommonBandwidthPackageRequest(
        region_id=REGION, bandwidth_package_id=package_id
    )
    with refused("OperationFailed.BandwidthPackageNotEmpty"):
        account.vpc.delete_common_bandwidth_package(request)
    request.force = True
    account.protect("CBWP", package_id, on=True)
    assert _show(account, package_id).deletion_protection is True
    with refused("InvalidOperation.DeletionProtection"):
        account.vpc.delete_common_bandwidth_package(request)
    account.protect("CBWP", package_id, on=False)
    account.vpc.delete_common_bandwidth_package(request)
    assert _show(account, package_id) is None
    assert account.describe_eip(eip_id).bandwidth_package_id == ""
