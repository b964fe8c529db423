"""Lists of elastic public addresses, their quotas and tasks."""

import pytest
from tests.dialects.tencent.public_addresses.eips import (
    ABSENT,
    allocate,
    an_interface,
    bound,
    eip,
    limited,
    listed,
    result,
    show,
)

from duolect_core.engine.command_fault import CommandFault
from duolect_core.public_addresses.lifecycle import AssociatePublicAddress
from duolect_dialects.tencent.rules import PUBLIC_RANGE


def test_addresses_are_found_by_what_they_are(account):
    (instance_id,) = account.run_instances()
    interface_id, first, second = an_interface(account)
    used = bound(account, InstanceId=instance_id)
    hanging = bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=second)
    tags = [{"Key": "k", "Value": "v"}]
    plain = eip(
        account, AddressName="n", InternetServiceProvider="CMCC", AddressType="AnycastEIP", Tags=tags
    )
    address = show(account, used)["AddressIp"]
    primary = show(account, used)["NetworkInterfaceId"]
    everything = [plain, hanging, used]

    def found(**filters):
        chosen = [{"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
        return [each["AddressId"] for each in listed(account, Filters=chosen)]

    assert [each["AddressId"] for each in listed(account)] == everything
    assert [each["AddressId"] for each in listed(account, used, plain, ABSENT)] == [plain, used]
    assert [each["AddressId"] for each in listed(account, Offset=1, Limit=1)] == [hanging]
    assert found(address_id=[used, ABSENT]) == [used]
    assert found(address_name=["n", "other"]) == [plain]
    assert found(address_name=["other", "n"]) == []
    assert found(address_ip=[address, "8.8.8.8", "x"]) == [used]
    assert found(address_status=["BIND", "UNBIND"]) == [plain, used]
    assert found(address_status=["BIND_ENI"]) == [hanging]
    assert found(instance_id=[instance_id]) == [used]
    assert found(network_interface_id=[interface_id, primary]) == [hanging, used]
    assert found(private_ip_address=[second]) == [hanging]
    assert found(private_ip_address=[first]) == []
    assert found(is_arrears=["FALSE"]) == everything
    assert found(is_arrears=["TRUE"]) == []
    assert found(instance_type=["ENI"]) == [hanging]
    assert found(instance_type=["CVM", "NAT"]) == [used]
    assert found(address_type=["AnycastEIP"]) == [plain]
    assert found(address_type=["WanIP"]) == []
    assert found(address_isp=["CMCC"]) == [plain]
    assert found(dedicated_cluster_id=["cluster-1"]) == []
    assert found(tag_key=["k"]) == [plain]
    assert found(tag_value=["v"]) == [plain]
    assert found(**{"tag:k": ["v"]}) == [plain]
    assert found(instance_type=["CVM"], address_status=["UNBIND"]) == []
    filters = [{"Name": "address-status", "Values": ["BIND"]}]
    assert [each["AddressId"] for each in listed(account, used, plain, Filters=filters)] == [used]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"Filters": [{"Name": "colour", "Values": ["red"]}]}, "InvalidParameter.InvalidFilter"),
        ({"Filters": [{"Name": "address-ip", "Values": ["x"]}] * 11}, "LimitExceeded.NumberOfFilters"),
        (
            {"AddressIds": [ABSENT], "Filters": [{"Name": "address-id", "Values": [ABSENT]}]},
            "InvalidParameter",
        ),
        ({"AddressIds": ["x"]}, "InvalidParameterValue.AddressIdMalformed"),
        (
            {"Filters": [{"Name": "address-id", "Values": ["x"]}]},
            "InvalidParameterValue.AddressIdMalformed",
        ),
        (
            {"Filters": [{"Name": "network-interface-id", "Values": ["x"]}]},
            "InvalidParameterValue.NetworkInterfaceIdMalformed",
        ),
        ({"Limit": 101}, "InvalidParameterValue.Range"),
    ],
)
def test_a_wrong_criterion_is_refused(account, params, code):
    assert account.refusal("DescribeAddresses", **params) == code


def test_quotas_are_told_with_what_is_used(account):
    def quotas():
        told = account.call("DescribeAddressQuota")["QuotaSet"]
        assert {each["QuotaGroup"] for each in told} == {"ap-guangzhou"}
        return {each["QuotaId"]: (each["QuotaCurrent"], each["QuotaLimit"]) for each in told}

    assert quotas()["TOTAL_EIP_QUOTA"] == (0, 20)
    allocate(account, AddressCount=2)
    allocate(account, InternetServiceProvider="CTCC")
    eip(account, VipCluster=[str(PUBLIC_RANGE[77])])
    told = quotas()
    assert (told["TOTAL_EIP_QUOTA"], told["DAILY_EIP_APPLY"]) == ((4, 20), (3, 40))
    assert (told["SINGLEISP_EIP_QUOTA"], told["DAILY_SINGLEISP_APPLY"]) == ((1, 6), (1, 12))
    assert told["MONTHLY_RECOVER_QUOTA"] == (1, 3)
    account.emulator.advance(40 * 24 * 3600 * 1000)
    told = quotas()
    assert (told["TOTAL_EIP_QUOTA"], told["DAILY_EIP_APPLY"]) == ((4, 20), (0, 40))
    assert told["MONTHLY_RECOVER_QUOTA"] == (0, 3)


def test_the_quota_that_is_told_is_the_one_in_force():
    told = limited(public_addresses=3).call("DescribeAddressQuota")["QuotaSet"]
    assert told[0]["QuotaLimit"] == 3


def test_a_task_that_failed_says_so(account):
    command = AssociatePublicAddress(address_id=eip(account), instance_id=account.run_instances()[0])
    account.client.partition.execute(
        command, account.emulator.clock.now(), operation_id="7", command_fault=CommandFault(fails=True)
    )
    assert result(account, {"TaskId": "7"}) == "RUNNING"
    account.wait()
    assert result(account, {"TaskId": "7"}) == "FAILED"
    assert listed(account)[0]["AddressStatus"] == "UNBIND"


def test_a_task_that_is_not_there_is_refused(account):
    assert account.refusal("DescribeTaskResult", TaskId=1) == "InvalidParameter"
    assert account.refusal("DescribeTaskResult") == "MissingParameter"
    assert account.refusal("DescribeTaskResult", DealName="2026") == "InvalidParameter"


def test_an_address_is_listed_with_what_no_page_documents(account):
    """cloud-custodian recorded these members of an EIP that is bound to nothing (2024-12)."""
    account.call("AllocateAddresses")
    (shown,) = account.call("DescribeAddresses")["AddressSet"]
    assert {
        "ApplicableForCLB": False,
        "BusinessType": "DC",
        "ComplianceStatus": "NORMAL",
        "EndPointId": "",
        "IsActiveAccessEip": True,
        "IsEip": True,
        "IsFromWanIP": False,
        "IsNewGeneration": True,
        "NetworkGroup": "ap-guangzhou",
        "PayMode": "TRAFFIC_POSTPAID_BY_HOUR",
        "Zone": "ap-guangzhou-1",
    }.items() <= shown.items()


def test_addresses_are_found_by_filters_that_no_page_lists(account):
    """terraform-provider-tencentcloud filters by public-ip and business-type."""
    account.call("AllocateAddresses", AddressCount=2)
    ip = account.call("DescribeAddresses")["AddressSet"][0]["AddressIp"]

    def found(name, value):
        reply = account.call("DescribeAddresses", Filters=[{"Name": name, "Values": [value]}])
        return [each["AddressIp"] for each in reply["AddressSet"]]

    assert found("public-ip", ip) == found("address-ip", ip) == [ip]
    assert found("public-ip", "1.1.1.1") == []
    assert len(found("business-type", "DC")) == 2
    assert found("business-type", "other") == []


def test_an_address_tells_when_it_was_changed_last(account):
    """UpdatedTime, which no document has: recorded by cloud-custodian for its test of EIPs, 2024-12."""
    (instance_id,) = account.run_instances()
    address_id = eip(account)
    seen = [show(account, address_id)["UpdatedTime"]]
    for action, params in (
        ("ModifyAddressAttribute", {"AddressName": "n"}),
        ("AssociateAddress", {"InstanceId": instance_id}),
        ("DisassociateAddress", {}),
    ):
        account.emulator.advance(5000)
        account.call(action, AddressId=address_id, **params)
        seen.append(show(account, address_id)["UpdatedTime"])
        account.wait()
    assert seen == sorted(set(seen))
    assert show(account, address_id)["CreatedTime"] <= seen[0]


def test_the_end_of_what_it_is_bound_to_changes_an_address(account):
    interface_id, _, second = an_interface(account)
    address_id = bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=second)
    before = show(account, address_id)["UpdatedTime"]
    account.emulator.advance(5000)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    assert show(account, address_id)["UpdatedTime"] > before


def test_an_address_shows_what_it_was_recorded_to_show(account):
    """Source: cloud-custodian, 2024-12. What its page names besides is for other kinds of addresses."""
    shown = show(account, eip(account))
    assert not {"RenewFlag", "UnVpcId", "DedicatedClusterId", "AntiDDoSPackageId"} & shown.keys()
    protected = show(account, eip(account, AddressType="AntiDDoSEIP", AntiDDoSPackageId="bgp-1"))
    assert protected["AntiDDoSPackageId"] == "bgp-1"
