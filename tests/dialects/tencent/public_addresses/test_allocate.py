"""Elastic public addresses are allocated."""

from ipaddress import ip_address, ip_network

import pytest
from tests.dialects.tencent.public_addresses.eips import (
    allocate,
    eip,
    limited,
    listed,
    result,
    show,
)

from duolect_dialects.tencent.rules import PUBLIC_RANGE


def test_addresses_are_creating_and_then_unbound(account):
    reply = account.call("AllocateAddresses", AddressCount=2)
    assert len(reply["AddressSet"]) == 2
    assert {each["AddressStatus"] for each in listed(account)} == {"CREATING"}
    assert result(account, reply) == "RUNNING"
    account.wait()
    assert result(account, reply) == "SUCCESS"
    for shown in listed(account):
        assert shown["AddressStatus"] == "UNBIND"
        assert ip_address(shown["AddressIp"]) in ip_network(str(PUBLIC_RANGE))
        assert (shown["InstanceId"], shown["InstanceType"]) == (None, None)
        assert (shown["NetworkInterfaceId"], shown["PrivateAddressIp"]) == (None, None)
        assert (shown["AddressType"], shown["Bandwidth"]) == ("EIP", 1)
        assert (shown["AddressName"], shown["CreatedTime"]) == (
            "\u672a\u547d\u540d",
            "2026-09-21T14:13:20Z",
        )


def test_what_an_address_is_allocated_with_is_shown(account):
    tags = [{"Key": "team", "Value": "net"}]
    shown = show(
        account,
        eip(
            account,
            AddressName="web",
            InternetServiceProvider="CTCC",
            InternetChargeType="BANDWIDTH_PACKAGE",
            InternetMaxBandwidthOut=2000,
            AddressType="AntiDDoSEIP",
            AntiDDoSPackageId="bgp-1",
            Egress="center_egress2",
            Tags=tags,
        ),
    )
    assert (shown["AddressName"], shown["InternetServiceProvider"]) == ("web", "CTCC")
    assert (shown["InternetChargeType"], shown["Bandwidth"]) == ("BANDWIDTH_PACKAGE", 2000)
    assert (shown["AddressType"], shown["AntiDDoSPackageId"]) == ("AntiDDoSEIP", "bgp-1")
    assert (shown["Egress"], shown["TagSet"]) == ("center_egress2", tags)


def test_certain_addresses_can_be_had_when_they_are_free(account):
    wanted = [str(PUBLIC_RANGE[77]), str(PUBLIC_RANGE[78])]
    found = [show(account, each)["AddressIp"] for each in allocate(account, VipCluster=wanted)]
    assert found == wanted
    code = "InvalidParameterValue.AddressIpNotAvailable"
    for taken in (wanted[:1], ["8.8.8.8"], ["8.8.8"], [str(PUBLIC_RANGE[1])] * 2):
        assert account.refusal("AllocateAddresses", VipCluster=taken) == code


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"AddressCount": 0}, "InvalidParameterValue.Range"),
        ({"InternetMaxBandwidthOut": 0}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"InternetMaxBandwidthOut": 101}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"InternetChargeType": "FREE"}, "InvalidParameterValue"),
        ({"InternetChargeType": "BANDWIDTH_PREPAID_BY_MONTH"}, "UnsupportedOperation"),
        ({"AddressChargePrepaid": {"Period": 1}}, "UnsupportedOperation"),
        ({"BandwidthPackageId": "bwp-12345678"}, "InvalidParameterValue.BandwidthPackageNotFound"),
        ({"DedicatedClusterId": "cluster-1"}, "InvalidParameterValue.InvalidDedicatedClusterId"),
        ({"Egress": "center_egress9"}, "InvalidParameterValue.InvalidEgress"),
        (
            {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]},
            "InvalidParameterValue.InvalidTag",
        ),
        ({"Tags": [{"Key": "%s"}]}, "InvalidParameterValue.InvalidTag"),
        ({"Tags": [{"Key": "k" * 128}]}, "InvalidParameterValue.InvalidTag"),
        ({"Tags": [{"Key": "qcs:k"}]}, "InvalidParameterValue.InvalidTag"),
        ({"Tags": [{"Key": "k", "Value": "%s"}]}, "InvalidParameterValue.InvalidTag"),
        ({"Tags": [{"Key": f"k{n}", "Value": ""} for n in range(51)]}, "LimitExceeded.TagQuota"),
        ({"Tags": [{"Key": f"k{n}", "Value": ""} for n in range(101)]}, "LimitExceeded.TagQuota"),
    ],
)
def test_a_wrong_allocation_is_refused(account, params, code):
    assert account.refusal("AllocateAddresses", **params) == code


def test_a_region_has_as_many_addresses_as_its_quota():
    account = limited(public_addresses=2)
    assert account.refusal("AllocateAddresses", AddressCount=3) == "AddressQuotaLimitExceeded"
    allocate(account, AddressCount=2)
    assert account.refusal("AllocateAddresses") == "AddressQuotaLimitExceeded"


def test_a_token_allocates_once_with_one_task(account):
    first = account.call("AllocateAddresses", ClientToken="once")
    code = "UnsupportedOperation.IdempotentProcessing"
    assert account.refusal("AllocateAddresses", ClientToken="once") == code
    account.wait()
    again = account.call("AllocateAddresses", ClientToken="once")
    assert (again["AddressSet"], again["TaskId"]) == (first["AddressSet"], first["TaskId"])
    other = account.call("AllocateAddresses")
    assert other["TaskId"] != first["TaskId"]
    assert result(account, first) == "SUCCESS"
    assert result(account, other) == "RUNNING"
