"""Elastic public addresses of Tencent Cloud, their tasks, and where they are shown."""

from ipaddress import ip_address, ip_network

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount

from duolect_core.engine.command_fault import CommandFault
from duolect_core.public_addresses.lifecycle import AssociatePublicAddress
from duolect_dialects.tencent.rules import PUBLIC_RANGE

ABSENT = "eip-absent00"


def limited(**limits):
    return TencentAccount.furnished(quotas=limits)


def allocate(account, **wishes):
    """Allocate EIPs and wait until they are there; return their ids."""
    reply = account.call("AllocateAddresses", **wishes)
    account.wait()
    assert result(account, reply) == "SUCCESS"
    return reply["AddressSet"]


def eip(account, **wishes):
    (address_id,) = allocate(account, **wishes)
    return address_id


def result(account, reply):
    task = account.call("DescribeTaskResult", TaskId=int(reply["TaskId"]))
    assert task["TaskId"] == int(reply["TaskId"])
    return task["Result"]


def listed(account, *ids, **params):
    reply = account.call("DescribeAddresses", AddressIds=list(ids) or None, **params)
    assert reply["TotalCount"] >= len(reply["AddressSet"])
    return reply["AddressSet"]


def show(account, address_id):
    (shown,) = listed(account, address_id)
    return shown


def status(account, address_id):
    return show(account, address_id)["AddressStatus"]


def a_card(account, **changes):
    """Return the id of an interface with two addresses, and the addresses."""
    interface_id = account.create_interface(SecondaryPrivateIpAddressCount=1, **changes)
    return interface_id, *(each["PrivateIpAddress"] for each in held(account, interface_id))


def held(account, interface_id):
    """Return the private addresses of an interface."""
    (shown,) = account.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])[
        "NetworkInterfaceSet"
    ]
    return shown["PrivateIpAddressSet"]


def bound(account, **target):
    address_id = eip(account)
    account.call("AssociateAddress", AddressId=address_id, **target)
    account.wait()
    assert status(account, address_id) in {"BIND", "BIND_ENI"}
    return address_id


# -- allocating --------------------------------------------------------------------------------------------


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
        assert (shown["InstanceId"], shown["InstanceType"]) == ("", None)
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
    ("wishes", "code"),
    [
        ({"AddressCount": 0}, "InvalidParameterValue.Range"),
        ({"InternetMaxBandwidthOut": 0}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"InternetMaxBandwidthOut": 101}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"InternetChargeType": "FREE"}, "InvalidParameterValue"),
        ({"InternetChargeType": "BANDWIDTH_PREPAID_BY_MONTH"}, "UnsupportedOperation"),
        ({"AddressChargePrepaid": {"Period": 1}}, "UnsupportedOperation"),
        ({"BandwidthPackageId": "bwp-1"}, "InvalidParameterValue.BandwidthPackageNotFound"),
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
def test_a_wrong_wish_is_refused(account, wishes, code):
    assert account.refusal("AllocateAddresses", **wishes) == code


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


# -- binding -----------------------------------------------------------------------------------------------


def test_an_address_is_bound_to_an_instance(account):
    (instance_id,) = account.run_instances()
    address_id = eip(account)
    reply = account.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    assert (status(account, address_id), result(account, reply)) == ("BINDING", "RUNNING")
    assert account.describe_instance(instance_id)["PublicIpAddresses"] == []
    account.wait()
    assert result(account, reply) == "SUCCESS"
    shown, instance = show(account, address_id), account.describe_instance(instance_id)
    assert (shown["AddressStatus"], shown["InstanceId"]) == ("BIND", instance_id)
    assert (shown["InstanceType"], shown["IsEipDirectConnection"]) == ("CVM", False)
    assert shown["PrivateAddressIp"] == instance["PrivateIpAddresses"][0]
    assert instance["PublicIpAddresses"] == [shown["AddressIp"]]
    assert account.find_instances("public-ip-address", shown["AddressIp"], "8.8.8.8") == {instance_id}
    (primary,) = held(account, shown["NetworkInterfaceId"])
    assert (primary["PublicIpAddress"], primary["AddressId"]) == (shown["AddressIp"], address_id)


def test_an_address_is_bound_to_one_address_of_an_interface(account):
    interface_id, _, second = a_card(account)
    target = {"NetworkInterfaceId": interface_id, "PrivateIpAddress": second}
    address_id = bound(account, EipDirectConnection=True, **target)
    shown = show(account, address_id)
    assert (shown["AddressStatus"], shown["InstanceType"], shown["InstanceId"]) == ("BIND_ENI", "ENI", "")
    assert (shown["NetworkInterfaceId"], shown["PrivateAddressIp"]) == (interface_id, second)
    assert shown["IsEipDirectConnection"] is True
    assert [each["AddressId"] for each in held(account, interface_id)] == ["", address_id]
    (instance_id,) = account.run_instances()
    account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    account.wait()
    shown = show(account, address_id)
    assert (shown["AddressStatus"], shown["InstanceType"]) == ("BIND", "CVM")
    assert shown["InstanceId"] == instance_id
    assert account.describe_instance(instance_id)["PublicIpAddresses"] == []
    filters = [{"Name": "public-address-ip", "Values": [shown["AddressIp"]]}]
    (found,) = account.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    assert found["NetworkInterfaceId"] == interface_id


def test_a_primary_interface_may_be_named_itself(account):
    (instance_id,) = account.run_instances()
    filters = [{"Name": "attachment.instance-id", "Values": [instance_id]}]
    (primary,) = account.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    ip = primary["PrivateIpAddressSet"][0]["PrivateIpAddress"]
    address_id = bound(account, NetworkInterfaceId=primary["NetworkInterfaceId"], PrivateIpAddress=ip)
    assert show(account, address_id)["InstanceId"] == instance_id


def associating(account, **changes):
    return {"AddressId": eip(account), "InstanceId": account.run_instances()[0], **changes}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AddressId": "eip_1"}, "InvalidParameterValue.AddressIdMalformed"),
        ({"AddressId": ABSENT}, "InvalidAddressId.NotFound"),
        ({"InstanceId": "vm-1"}, "InvalidParameterValue.InstanceIdMalformed"),
        ({"InstanceId": "ins-absent00"}, "InvalidInstanceId.NotFound"),
        ({"InstanceId": "lb-absent00"}, "InvalidInstanceId.NotFound"),
        ({"InstanceId": None}, "InvalidParameterValue.MissingAssociateEntity"),
        ({"NetworkInterfaceId": "eni-absent00"}, "InvalidParameterConflict"),
        ({"PrivateIpAddress": "10.0.0.9"}, "InvalidParameterValue.Combination"),
        ({"InstanceId": None, "NetworkInterfaceId": "eni-absent00"}, "MissingParameter"),
        (
            {"InstanceId": None, "NetworkInterfaceId": "eni-absent00", "PrivateIpAddress": "10.0.0.9"},
            "InvalidNetworkInterfaceId.NotFound",
        ),
        ({"PrivateIpAddress": "10.0.0"}, "InvalidParameterValue.PrivateIpAddressNotMatch"),
    ],
)
def test_a_wrong_binding_is_refused(account, changes, code):
    assert account.refusal("AssociateAddress", **associating(account, **changes)) == code


def test_only_an_unbound_address_is_bound(account):
    params = associating(account)
    account.call("AssociateAddress", **params)
    assert account.refusal("AssociateAddress", **params) == "OperationDenied.MutexTaskRunning"
    account.wait()
    assert account.refusal("AssociateAddress", **params) == "UnsupportedOperation.AddressStatusNotPermit"
    again = {**params, "AddressId": eip(account)}
    assert account.refusal("AssociateAddress", **again) == "InvalidInstanceId.AlreadyBindEip"


def test_a_private_address_has_one_public_address(account):
    interface_id, first, _ = a_card(account)
    target = {"NetworkInterfaceId": interface_id, "PrivateIpAddress": first}
    bound(account, **target)
    again = {"AddressId": eip(account), **target}
    assert account.refusal("AssociateAddress", **again) == "InvalidPrivateIpAddress.AlreadyBindEip"
    again["PrivateIpAddress"] = "10.0.0.200"
    code = "InvalidParameterValue.PrivateIpAddressNotMatch"
    assert account.refusal("AssociateAddress", **again) == code


def test_the_state_of_the_target_counts(account):
    (booting,) = account.call("RunInstances", **account.instance_params())["InstanceIdSet"]
    params = {"AddressId": account.call("AllocateAddresses")["AddressSet"][0], "InstanceId": booting}
    assert account.refusal("AssociateAddress", **params) == "OperationDenied.MutexTaskRunning"
    account.emulator.advance(250)
    account.wait()
    (booting,) = account.call("RunInstances", **account.instance_params())["InstanceIdSet"]
    params["InstanceId"] = booting
    code = "UnsupportedOperation.InstanceStateNotSupported"
    assert account.refusal("AssociateAddress", **params) == code


def test_an_interface_with_a_task_takes_and_gives_no_address(account):
    interface_id, first, second = a_card(account)
    address_id = bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=first)
    other = account.create_interface()
    target = {"AddressId": eip(account), "NetworkInterfaceId": interface_id, "PrivateIpAddress": second}
    account.call(
        "MigratePrivateIpAddress",
        SourceNetworkInterfaceId=interface_id,
        DestinationNetworkInterfaceId=other,
        PrivateIpAddress=second,
    )
    assert account.refusal("AssociateAddress", **target) == "OperationDenied.MutexTaskRunning"
    account.wait()
    account.call(
        "AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=account.run_instances()[0]
    )
    target["PrivateIpAddress"] = first
    assert account.refusal("AssociateAddress", **target) == "OperationDenied.MutexTaskRunning"
    assert (
        account.refusal("DisassociateAddress", AddressId=address_id) == "OperationDenied.MutexTaskRunning"
    )


def test_an_instance_has_as_many_addresses_as_its_size_allows(account):
    (instance_id,) = account.run_instances()
    bound(account, InstanceId=instance_id)
    interface_id, *private = a_card(account)
    account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    account.wait()
    bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=private[0])
    target = {"NetworkInterfaceId": interface_id, "PrivateIpAddress": private[1]}
    assert account.refusal("AssociateAddress", AddressId=eip(account), **target) == (
        "LimitExceeded.InstanceAddressQuota"
    )


def test_an_address_goes_along_with_its_private_address(account):
    interface_id, _, second = a_card(account)
    address_id = bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=second)
    other = account.create_interface()
    account.call(
        "MigratePrivateIpAddress",
        SourceNetworkInterfaceId=interface_id,
        DestinationNetworkInterfaceId=other,
        PrivateIpAddress=second,
    )
    account.wait()
    assert show(account, address_id)["NetworkInterfaceId"] == other


def test_an_address_outlives_what_it_is_bound_to(account):
    (instance_id,) = account.run_instances()
    interface_id, first, second = a_card(account)
    mine = bound(account, InstanceId=instance_id)
    its, other = (
        bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=ip) for ip in (first, second)
    )
    named = [{"PrivateIpAddress": second}]
    account.call("UnassignPrivateIpAddresses", NetworkInterfaceId=interface_id, PrivateIpAddresses=named)
    account.wait()
    assert (status(account, other), status(account, its)) == ("UNBIND", "BIND_ENI")
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.call("TerminateInstances", InstanceIds=[instance_id])
    assert status(account, mine) == "BIND"
    account.wait()
    assert {each["AddressStatus"] for each in listed(account)} == {"UNBIND"}


# -- unbinding, releasing, modifying -----------------------------------------------------------------------


def test_an_unbound_address_can_be_released(account):
    address_id = bound(account, InstanceId=account.run_instances()[0])
    assert account.refusal("ReleaseAddresses", AddressIds=[address_id]) == "InvalidAddressState"
    reply = account.call("DisassociateAddress", AddressId=address_id)
    assert (status(account, address_id), result(account, reply)) == ("UNBINDING", "RUNNING")
    busy = account.refusal("ReleaseAddresses", AddressIds=[address_id])
    assert busy == "OperationDenied.MutexTaskRunning"
    account.wait()
    assert status(account, address_id) == "UNBIND"
    reply = account.call("ReleaseAddresses", AddressIds=[address_id])
    assert status(account, address_id) == "OFFLINING"
    account.wait()
    assert result(account, reply) == "SUCCESS"
    assert listed(account, address_id) == []
    assert account.refusal("ReleaseAddresses", AddressIds=[address_id]) == "InvalidAddressId.NotFound"


def test_only_a_bound_address_is_unbound(account):
    address_id = eip(account)
    code = "InvalidAddressIdStatus.NotPermit"
    assert account.refusal("DisassociateAddress", AddressId=address_id) == code
    assert account.refusal("DisassociateAddress", AddressId=ABSENT) == "InvalidAddressId.NotFound"
    code = account.refusal("DisassociateAddress", AddressId=address_id, ReallocateNormalPublicIp=True)
    assert code == "UnsupportedOperation"


def test_addresses_are_released_all_or_none(account):
    address_id = eip(account)
    code = account.refusal("ReleaseAddresses", AddressIds=[address_id, ABSENT])
    assert code == "InvalidAddressId.NotFound"
    assert account.refusal("ReleaseAddresses", AddressIds=[]) == "MissingParameter"
    assert (
        account.refusal("ReleaseAddresses", AddressIds=["x"]) == "InvalidParameterValue.AddressIdMalformed"
    )


def test_the_name_of_an_address_can_be_modified(account):
    address_id = eip(account)
    account.call("ModifyAddressAttribute", AddressId=address_id, AddressName="test_eip-1")
    account.call("ModifyAddressAttribute", AddressId=address_id, EipVisibleOnEni=True)
    shown = show(account, address_id)
    assert (shown["AddressName"], shown["EipVisibleOnEni"]) == ("test_eip-1", True)
    for name, code in (
        ("n" * 129, "InvalidParameterValue.TooLong"),
        ("a b", "InvalidParameterValue.Malformed"),
    ):
        assert account.refusal("ModifyAddressAttribute", AddressId=address_id, AddressName=name) == code
    assert account.refusal("ModifyAddressAttribute", AddressId=ABSENT) == "InvalidAddressId.NotFound"


def test_only_an_address_on_an_instance_has_a_direct_connection(account):
    code = "UnsupportedOperation.AddressStatusNotPermit"
    interface_id, first, _ = a_card(account)
    hanging = bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=first)
    for address_id in (eip(account), hanging):
        refused = account.refusal(
            "ModifyAddressAttribute", AddressId=address_id, EipDirectConnection="TRUE"
        )
        assert refused == code
    address_id = bound(account, InstanceId=account.run_instances()[0])
    for word in ("TRUE", "FALSE"):
        account.call("ModifyAddressAttribute", AddressId=address_id, EipDirectConnection=word)
        assert show(account, address_id)["IsEipDirectConnection"] is (word == "TRUE")


def test_bandwidth_can_be_modified(account):
    ids = allocate(account, AddressCount=2)
    reply = account.call("ModifyAddressesBandwidth", AddressIds=ids, InternetMaxBandwidthOut=100)
    assert result(account, reply) == "SUCCESS"
    assert [each["Bandwidth"] for each in listed(account)] == [100, 100]
    other = account.call("ReleaseAddresses", AddressIds=ids)
    assert other["TaskId"] != reply["TaskId"]
    busy = account.refusal("ModifyAddressesBandwidth", AddressIds=ids, InternetMaxBandwidthOut=1)
    assert busy == "OperationDenied.MutexTaskRunning"
    for params, code in (
        ({"AddressIds": ids, "InternetMaxBandwidthOut": 101}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"AddressIds": [ABSENT], "InternetMaxBandwidthOut": 1}, "InvalidAddressId.NotFound"),
    ):
        assert account.refusal("ModifyAddressesBandwidth", **params) == code


# -- describing --------------------------------------------------------------------------------------------


def test_addresses_are_found_by_what_they_are(account):
    (instance_id,) = account.run_instances()
    interface_id, first, second = a_card(account)
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
