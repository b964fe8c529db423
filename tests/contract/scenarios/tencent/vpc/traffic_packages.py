"""How users call the actions on traffic packages with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount

AFTER_A_MONTH = {"DeleteTrafficPackages"}
"""What is granted only when a month has passed: by a server of its own in ``test_tencent_actions``."""


def _new(account: SdkAccount) -> str:
    (made,) = account.vpc("CreateTrafficPackages", TrafficAmount=10).TrafficPackageSet
    package_id: str = made
    return package_id


def create_traffic_packages(account: SdkAccount) -> None:
    reply = account.vpc("CreateTrafficPackages", TrafficAmount=60, TrafficPackageCount=2)
    assert len(reply.TrafficPackageSet) == 2


def describe_traffic_packages(account: SdkAccount) -> None:
    package_id = _new(account)
    (shown,) = account.vpc("DescribeTrafficPackages", TrafficPackageIds=[package_id]).TrafficPackageSet
    assert (shown.TotalAmount, shown.RemainingAmount, shown.Status) == (10, 10, "AVAILABLE")


def describe_specific_traffic_package_used_details(account: SdkAccount) -> None:
    package_id = _new(account)
    reply = account.vpc("DescribeSpecificTrafficPackageUsedDetails", TrafficPackageId=package_id)
    assert (reply.TotalCount, reply.UsedDetailSet) == (0, [])


def delete_traffic_packages(account: SdkAccount) -> None:
    """A package that can still be used stays."""
    package_id = _new(account)
    code = "InvalidParameterValue.TrafficPackageNotSupported"
    assert account.refusal("DeleteTrafficPackages", TrafficPackageIds=[package_id]) == code
