"""Traffic packages of Tencent Cloud: created, listed, and deleted once they have expired."""

import pytest

ABSENT = "tfp-absent00"


def create(account, **changes):
    """Create traffic packages; return their ids."""
    return account.call("CreateTrafficPackages", **{"TrafficAmount": 10, **changes})["TrafficPackageSet"]


def listed(account, **criteria):
    found = account.call("DescribeTrafficPackages", **criteria)["TrafficPackageSet"]
    return [each["TrafficPackageId"] for each in found]


def expire(account):
    """Let a month pass."""
    account.emulator.advance(32 * 24 * 3600 * 1000)


def test_new_packages_can_be_used_for_a_month(account):
    first, second = create(account, TrafficPackageCount=2, DeductType="IDLE_TIME")
    assert first.startswith("tfp-")
    (shown,) = account.call("DescribeTrafficPackages", TrafficPackageIds=[first])["TrafficPackageSet"]
    created, deadline = shown.pop("CreatedTime"), shown.pop("Deadline")
    assert created < deadline
    assert shown == {
        "TrafficPackageId": first,
        "TrafficPackageName": "未命名",
        "TotalAmount": 10,
        "RemainingAmount": 10,
        "UsedAmount": 0,
        "Status": "AVAILABLE",
        "DeductType": "IDLE_TIME",
        "TagSet": [],
    }
    assert listed(account) == [second, first]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"TrafficAmount": None}, "MissingParameter"),
        ({"TrafficAmount": 11}, "InvalidParameterValue"),
        ({"TrafficPackageCount": 21}, "InvalidParameterValue"),
        ({"DeductType": "SOMETIMES"}, "InvalidParameterValue"),
    ],
)
def test_what_is_wrong_with_new_packages(account, changes, code):
    refused = account.refusal("CreateTrafficPackages", **{"TrafficAmount": 10, **changes})
    assert refused.startswith(code)
    assert listed(account) == []


def test_packages_are_deleted_once_they_have_expired(account):
    short, long = *create(account), *create(account, TrafficAmount=60)
    delete = lambda *ids: account.refusal("DeleteTrafficPackages", TrafficPackageIds=[*ids])  # noqa: E731
    assert delete(short) == "InvalidParameterValue.TrafficPackageNotSupported"
    assert delete(ABSENT) == "InvalidParameterValue.TrafficPackageNotFound"
    assert delete("x") == "InvalidParameterValue.TrafficPackageIdMalformed"
    assert delete() == "MissingParameter"
    expire(account)
    assert delete(short, long) == "InvalidParameterValue.TrafficPackageNotSupported"
    assert listed(account, Filters=[{"Name": "status", "Values": ["EXPIRED"]}]) == [short]
    account.call("DeleteTrafficPackages", TrafficPackageIds=[short])
    assert listed(account) == [long]


def test_packages_are_found(account):
    first, second = *create(account), *create(account)
    for name, values, found in (
        ("traffic-package_id", [first], [first]),
        ("traffic-package-name", ["未命名"], [second, first]),
        ("status", ["AVAILABLE"], [second, first]),
        ("status", ["EXHAUSTED"], []),
    ):
        assert listed(account, Filters=[{"Name": name, "Values": values}]) == found
    assert listed(account, Limit=1, Offset=1) == [first]
    assert listed(account, TrafficPackageIds=[ABSENT]) == []
    refusal = lambda **how: account.refusal("DescribeTrafficPackages", **how)  # noqa: E731
    assert refusal(Filters=[{"Name": "colour", "Values": ["x"]}]) == "InvalidParameter.InvalidFilter"
    both = {"TrafficPackageIds": [first], "Filters": [{"Name": "status", "Values": ["EXPIRED"]}]}
    assert refusal(**both) == "InvalidParameter.InvalidFilter"
    assert refusal(TrafficPackageIds=["x"]) == "InvalidParameterValue.TrafficPackageIdMalformed"


def test_nothing_uses_any_traffic(account):
    (package_id,) = create(account)
    details = "DescribeSpecificTrafficPackageUsedDetails"
    of_type = {"Name": "resource-type", "Values": ["EIP"]}
    of_eip = {"Name": "resource-id", "Values": ["eip-12345678"]}
    more = {"OrderField": "deduction", "OrderType": 1, "StartTime": "2026-01-01 00:00:00"}
    found = account.call(details, TrafficPackageId=package_id, Filters=[of_type, of_eip], **more)
    assert (found["TotalCount"], found["UsedDetailSet"]) == (0, [])
    refusal = lambda **how: account.refusal(details, **{"TrafficPackageId": package_id, **how})  # noqa: E731
    assert refusal(TrafficPackageId=ABSENT) == "InvalidParameterValue.TrafficPackageNotFound"
    assert refusal(TrafficPackageId="x") == "InvalidParameterValue.TrafficPackageIdMalformed"
    assert refusal(Filters=[{"Name": "colour", "Values": ["x"]}]) == "InvalidParameter.InvalidFilter"
    wrong = {**of_eip, "Values": ["ins-12345678"]}
    assert refusal(Filters=[wrong]) == "InvalidParameterValue.TrafficPackageResourceIdMalformed"
