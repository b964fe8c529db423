"""EIPs are allocated."""

from ipaddress import ip_address, ip_network

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.public_addresses.eips import (
    ALLOCATE,
    BOTH,
    MODIFY,
    RELEASE,
    allocated,
    eip,
    show,
)
from tests.dialects.alibaba.sdk_models import VPC

from duolect_dialects.alibaba.account.rules import PUBLIC_RANGE


@BOTH
def test_an_eip_is_available_at_once(account, version):
    body = allocated(account, version)
    assert ip_address(body["EipAddress"]) in ip_network(str(PUBLIC_RANGE))
    shown = show(account, body["AllocationId"], version)
    assert (shown["Status"], shown["IpAddress"]) == ("Available", body["EipAddress"])
    assert (shown["Bandwidth"], shown["InternetChargeType"]) == ("5", "PayByBandwidth")
    assert (shown["ChargeType"], shown["AllocationTime"]) == ("PostPaid", "2026-09-21T14:13:23Z")
    assert (shown["InstanceId"], shown["InstanceType"]) == ("", "")


def test_what_an_eip_is_allocated_with_is_shown(account):
    eip_id = eip(
        account,
        Name="web",
        Description="front",
        Bandwidth="200",
        InternetChargeType="PayByTraffic",
        ISP="BGP_PRO",
        Netmode="public",
        ResourceGroupId="rg-1",
        SecurityProtectionTypes=["AntiDDoS_Enhanced"],
        Zone="cn-hangzhou-h",
        Tag=[{"Key": "team", "Value": "net"}],
    )
    shown = show(account, eip_id)
    assert (shown["Name"], shown["Description"], shown["Bandwidth"]) == ("web", "front", "200")
    assert (shown["InternetChargeType"], shown["ISP"]) == ("PayByTraffic", "BGP_PRO")
    assert (shown["ResourceGroupId"], shown["Zone"]) == ("rg-1", "cn-hangzhou-h")
    assert shown["SecurityProtectionTypes"] == {"SecurityProtectionType": ["AntiDDoS_Enhanced"]}
    assert shown["Tags"] == {"Tag": [{"Key": "team", "Value": "net"}]}


def test_a_subscription_is_told_by_its_order_and_cannot_be_released_or_widened(account):
    body = allocated(account, InstanceChargeType="PrePaid", Bandwidth="1000", Period=1, AutoPay=True)
    assert set(body) == {"RequestId", "AllocationId", "OrderId"}
    assert show(account, body["AllocationId"])["ChargeType"] == "PrePaid"
    for action, more in ((RELEASE, {}), (MODIFY, {"Bandwidth": "1"})):
        refused = account.refusal(action, VPC, AllocationId=body["AllocationId"], **more)
        assert refused == ("Forbidden.ChargeTypeIsPrepaid", 400)
    account.call(MODIFY, VPC, AllocationId=body["AllocationId"], Name="named")


def test_a_certain_address_can_be_had_when_it_is_free(account):
    wanted = str(PUBLIC_RANGE[77])
    assert allocated(account, IpAddress=wanted)["EipAddress"] == wanted
    for taken in (wanted, "8.8.8.8"):
        assert account.refusal(ALLOCATE, VPC, IpAddress=taken) == ("ReserveIpFail", 400)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"Bandwidth": "0"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "fast"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "501"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "201", "InternetChargeType": "PayByTraffic"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "1001", "InstanceChargeType": "PrePaid", "Period": 1}, "InvalidBandwidth.Malformed"),
        ({"InstanceChargeType": "PrePaid"}, "MissingParameter"),
        ({"InternetChargeType": "Free"}, "InvalidParameter"),
        ({"InternetChargeType": "PayByTraffic", "InstanceChargeType": "PrePaid"}, "InvalidParameter"),
        ({"ISP": "PigeonPost"}, "InvalidParameter"),
        ({"Name": "http://x"}, "InvalidParameter"),
        ({"Description": "d" * 257}, "InvalidParameter"),
        ({"IpAddress": "8.8.8"}, "InvalidParameter"),
        ({"InstanceId": "eip-1"}, "UnsupportedParameter"),
        ({"PublicIpAddressPoolId": "pippool-1"}, "UnsupportedParameter"),
    ],
)
def test_a_wrong_allocation_is_refused(account, params, code):
    assert account.refusal(ALLOCATE, VPC, **params) == (code, 400)


def test_an_account_has_as_many_eips_as_its_quota():
    account = AlibabaAccount.furnished(quotas={"public_addresses": 1})
    eip(account)
    assert account.refusal(ALLOCATE, VPC) == ("QuotaExceeded.Eip", 400)


@BOTH
def test_a_token_allocates_once(account, version):
    first, again = (allocated(account, version, ClientToken="once") for _ in range(2))
    assert first["AllocationId"] == again["AllocationId"]
    refused = account.refusal(ALLOCATE, version, ClientToken="once", Bandwidth="7")
    assert refused == ("IdempotentParameterMismatch", 400)
