"""Instance types as they are offered: where, in which stock, at which price."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount


@pytest.fixture
def account():
    return TencentAccount()


def configs(account, **filters):
    listed = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    return account.call("DescribeInstanceTypeConfigs", Filters=listed)["InstanceTypeConfigSet"]


def test_every_type_is_offered_in_every_open_zone(account):
    everything = configs(account)
    kinds = {each["InstanceType"] for each in everything}
    assert len(everything) == len(kinds) * 4
    assert {each["Zone"] for each in everything} == {f"ap-guangzhou-{number}" for number in (3, 4, 6, 7)}


def test_types_are_found_by_each_filter(account):
    here = configs(account, zone="ap-guangzhou-6")
    assert {each["Zone"] for each in here} == {"ap-guangzhou-6"}
    assert {each["InstanceFamily"] for each in configs(account, instance_family="S6")} == {"S6"}
    (found,) = configs(account, zone="ap-guangzhou-6", instance_type="S5.LARGE16")
    assert found["CPU"] == 4
    assert found["Memory"] == 16
    assert found["GPU"] == found["FPGA"] == 0
    assert configs(account, zone="ap-guangzhou-1") == []
    assert configs(account, instance_type="S0.NONE") == []


def test_types_of_the_settings_are_offered():
    kind = {"family": "X1", "cpu": 1, "memory_gib": 1.0, "interfaces": 2, "ipv4_per_interface": 2}
    account = TencentAccount(instance_types={"X1.SMALL1": kind})
    assert {each["InstanceFamily"] for each in configs(account, instance_type="X1.SMALL1")} == {"X1"}


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ([{"Name": "colour", "Values": ["red"]}], "InvalidFilter"),
        ([{"Name": "zone", "Values": ["ap-shanghai-2"]}], "InvalidZone.MismatchRegion"),
        ([{"Name": "zone", "Values": ["ap-guangzhou-3"] * 2}], "InvalidFilterValue.LimitExceeded"),
        ([{"Name": "zone", "Values": []}], "InvalidFilterValue.LimitExceeded"),
        ([{"Name": "zone", "Values": ["ap-guangzhou-3"]}] * 11, "InvalidParameterValue.LimitExceeded"),
        (["zone"], "InvalidParameter"),
        ([{"Values": ["x"]}], "MissingParameter"),
    ],
)
def test_types_are_refused_for(account, filters, code):
    assert account.refusal("DescribeInstanceTypeConfigs", Filters=filters) == code


# -- stock and price ---------------------------------------------------------------------------------------


def stock(account, *filters):
    named = [{"Name": name, "Values": values} for name, *values in filters]
    return account.call("DescribeZoneInstanceConfigInfos", Filters=named or None)["InstanceTypeQuotaSet"]


def test_every_type_is_sold_in_every_zone_in_each_way(account):
    everything = stock(account)
    kinds = {each["InstanceType"] for each in everything}
    assert len(everything) == len(kinds) * 6 * 2
    assert kinds == {each["InstanceType"] for each in configs(account)}


def test_an_offer_tells_stock_price_and_speed(account):
    (shown,) = stock(
        account,
        ("zone", "ap-guangzhou-6"),
        ("instance-type", "S5.MEDIUM2"),
        ("instance-charge-type", "POSTPAID_BY_HOUR"),
    )
    assert (shown["Cpu"], shown["Memory"], shown["NetworkCard"]) == (2, 2, 25)
    assert (shown["InstancePps"], shown["InstanceBandwidth"]) == (30, 1.5)
    assert (shown["Status"], shown["StatusCategory"], shown["SoldOutReason"]) == ("SELL", "EnoughStock", "")
    assert shown["Frequency"] == "2.5GHz/3.1GHz"
    assert shown["Price"]["UnitPrice"] == shown["Price"]["UnitPriceDiscount"] == 0.22
    assert shown["Price"]["ChargeUnit"] == "HOUR"


def test_what_is_bigger_is_faster_and_costs_more(account):
    offers = stock(
        account, ("zone", "ap-guangzhou-6"), ("instance-family", "S5", "SA3"), ("sort-keys", "cpu:asc")
    )
    for name in ("Cpu", "InstancePps", "InstanceBandwidth"):
        values = [each[name] for each in offers]
        assert values == sorted(values)
        assert values[0] < values[-1]
    price = {each["InstanceType"]: each["Price"]["UnitPrice"] for each in offers}
    assert price["S5.MEDIUM2"] < price["S5.MEDIUM4"] < price["S5.LARGE8"] < price["SA3.32XLARGE512"]


def test_a_spot_instance_is_cheaper(account):
    what = (("zone", "ap-guangzhou-6"), ("instance-type", "S5.LARGE8"))
    usual, spot = stock(account, *what)
    assert [each["InstanceChargeType"] for each in (usual, spot)] == ["POSTPAID_BY_HOUR", "SPOTPAID"]
    assert usual["Price"]["UnitPrice"] == spot["Price"]["UnitPrice"]
    assert spot["Price"]["UnitPriceDiscount"] < usual["Price"]["UnitPriceDiscount"]


def test_a_closed_zone_is_sold_out(account):
    closed = stock(account, ("zone", "ap-guangzhou-1"))
    assert {(each["Status"], each["StatusCategory"]) for each in closed} == {("SOLD_OUT", "WithoutStock")}
    assert {each["Status"] for each in stock(account, ("zone", "ap-guangzhou-3", "ap-guangzhou-4"))} == {
        "SELL"
    }


def test_offers_are_sorted_by_each_key_in_turn(account):
    offers = stock(account, ("zone", "ap-guangzhou-6"), ("sort-keys", "cpu:desc", "mem:asc"))
    sizes = [(-each["Cpu"], each["Memory"]) for each in offers]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 5


def test_a_family_is_named_in_the_language_asked_for():
    kind = {"family": "lab", "cpu": 1, "memory_gib": 1.0, "interfaces": 2, "ipv4_per_interface": 2}
    account = TencentAccount(instance_types={"lab.SMALL1": kind})

    def names():
        return {each["InstanceFamily"]: each["TypeName"] for each in stock(account)}

    english = names()
    assert (english["S5"], english["SA2"], english["IT5"]) == ("Standard S5", "Standard SA2", "High IO IT5")
    account.client.language = "zh-CN"
    chinese = names()
    assert (chinese["S5"], chinese["M6"], chinese["IT5"]) == ("标准型S5", "内存型M6", "高IO型IT5")
    assert english["lab"] == chinese["lab"] == "lab"
    families = account.call("DescribeInstanceFamilyConfigs")["InstanceFamilyConfigSet"]
    assert {each["InstanceFamily"]: each["InstanceFamilyName"] for each in families} == chinese


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ([{"Name": "colour", "Values": ["red"]}], "InvalidFilter"),
        ([{"Name": "sort-keys", "Values": ["cpu"]}], "InvalidFilter"),
        ([{"Name": "sort-keys", "Values": ["price:asc"]}], "InvalidFilter"),
        ([{"Name": "zone", "Values": ["ap-shanghai-2"]}], "InvalidZone.MismatchRegion"),
        ([{"Name": "instance-type", "Values": ["large"]}], "InvalidInstanceType.Malformed"),
        ([{"Name": "instance-family", "Values": ["S5"] * 101}], "InvalidFilterValue.LimitExceeded"),
        ([{"Name": "zone", "Values": ["ap-guangzhou-3"]}] * 11, "InvalidParameterValue.LimitExceeded"),
    ],
)
def test_offers_are_refused_for(account, filters, code):
    assert account.refusal("DescribeZoneInstanceConfigInfos", Filters=filters) == code
