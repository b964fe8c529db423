"""Elastic public addresses of Tencent Cloud, their tasks, and where they are shown."""

from ipaddress import ip_address, ip_network

import pytest
from tests.dialects.tencent.rooms import FurnishedRoom

from duolect.settings.settings import CloudSettings
from duolect_core.engine.command_fault import CommandFault
from duolect_core.public_addresses.lifecycle import AssociatePublicAddress
from duolect_dialects.tencent.rules import PUBLIC_RANGE

ABSENT = "eip-absent00"


@pytest.fixture
def room():
    return FurnishedRoom()


def limited(**limits):
    return FurnishedRoom(tencent=CloudSettings(quotas=limits))


def allocate(room, **wishes):
    """Allocate EIPs and wait until they are there; return their ids."""
    reply = room.call("AllocateAddresses", **wishes)
    room.wait()
    assert result(room, reply) == "SUCCESS"
    return reply["AddressSet"]


def eip(room, **wishes):
    (address_id,) = allocate(room, **wishes)
    return address_id


def result(room, reply):
    task = room.call("DescribeTaskResult", TaskId=int(reply["TaskId"]))
    assert task["TaskId"] == int(reply["TaskId"])
    return task["Result"]


def listed(room, *ids, **params):
    reply = room.call("DescribeAddresses", AddressIds=list(ids) or None, **params)
    assert reply["TotalCount"] >= len(reply["AddressSet"])
    return reply["AddressSet"]


def show(room, address_id):
    (shown,) = listed(room, address_id)
    return shown


def status(room, address_id):
    return show(room, address_id)["AddressStatus"]


def a_card(room, **changes):
    """Return the id of an interface with two addresses, and the addresses."""
    interface_id = room.interface(room.vpc_id, room.subnet_id, SecondaryPrivateIpAddressCount=1, **changes)
    return interface_id, *(each["PrivateIpAddress"] for each in held(room, interface_id))


def held(room, interface_id):
    """Return the private addresses of an interface."""
    (shown,) = room.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])[
        "NetworkInterfaceSet"
    ]
    return shown["PrivateIpAddressSet"]


def bound(room, **target):
    address_id = eip(room)
    room.call("AssociateAddress", AddressId=address_id, **target)
    room.wait()
    assert status(room, address_id) in {"BIND", "BIND_ENI"}
    return address_id


# -- allocating --------------------------------------------------------------------------------------------


def test_addresses_are_creating_and_then_unbound(room):
    reply = room.call("AllocateAddresses", AddressCount=2)
    assert len(reply["AddressSet"]) == 2
    assert {each["AddressStatus"] for each in listed(room)} == {"CREATING"}
    assert result(room, reply) == "RUNNING"
    room.wait()
    assert result(room, reply) == "SUCCESS"
    for shown in listed(room):
        assert shown["AddressStatus"] == "UNBIND"
        assert ip_address(shown["AddressIp"]) in ip_network(str(PUBLIC_RANGE))
        assert (shown["InstanceId"], shown["InstanceType"]) == ("", None)
        assert (shown["NetworkInterfaceId"], shown["PrivateAddressIp"]) == (None, None)
        assert (shown["AddressType"], shown["Bandwidth"]) == ("EIP", 1)
        assert (shown["AddressName"], shown["CreatedTime"]) == (
            "\u672a\u547d\u540d",
            "2026-09-21T14:13:20Z",
        )


def test_what_an_address_is_allocated_with_is_shown(room):
    tags = [{"Key": "team", "Value": "net"}]
    shown = show(
        room,
        eip(
            room,
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


def test_certain_addresses_can_be_had_when_they_are_free(room):
    wanted = [str(PUBLIC_RANGE[77]), str(PUBLIC_RANGE[78])]
    found = [show(room, each)["AddressIp"] for each in allocate(room, VipCluster=wanted)]
    assert found == wanted
    code = "InvalidParameterValue.AddressIpNotAvailable"
    for taken in (wanted[:1], ["8.8.8.8"], ["8.8.8"], [str(PUBLIC_RANGE[1])] * 2):
        assert room.refused("AllocateAddresses", VipCluster=taken) == code


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
def test_a_wrong_wish_is_refused(room, wishes, code):
    assert room.refused("AllocateAddresses", **wishes) == code


def test_a_region_has_as_many_addresses_as_its_quota():
    room = limited(public_addresses=2)
    assert room.refused("AllocateAddresses", AddressCount=3) == "AddressQuotaLimitExceeded"
    allocate(room, AddressCount=2)
    assert room.refused("AllocateAddresses") == "AddressQuotaLimitExceeded"


def test_a_token_allocates_once_with_one_task(room):
    first = room.call("AllocateAddresses", ClientToken="once")
    code = "UnsupportedOperation.IdempotentProcessing"
    assert room.refused("AllocateAddresses", ClientToken="once") == code
    room.wait()
    again = room.call("AllocateAddresses", ClientToken="once")
    assert (again["AddressSet"], again["TaskId"]) == (first["AddressSet"], first["TaskId"])
    other = room.call("AllocateAddresses")
    assert other["TaskId"] != first["TaskId"]
    assert result(room, first) == "SUCCESS"
    assert result(room, other) == "RUNNING"


# -- binding -----------------------------------------------------------------------------------------------


def test_an_address_is_bound_to_an_instance(room):
    (instance_id,) = room.run()
    address_id = eip(room)
    reply = room.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    assert (status(room, address_id), result(room, reply)) == ("BINDING", "RUNNING")
    assert room.show(instance_id)["PublicIpAddresses"] == []
    room.wait()
    assert result(room, reply) == "SUCCESS"
    shown, instance = show(room, address_id), room.show(instance_id)
    assert (shown["AddressStatus"], shown["InstanceId"]) == ("BIND", instance_id)
    assert (shown["InstanceType"], shown["IsEipDirectConnection"]) == ("CVM", False)
    assert shown["PrivateAddressIp"] == instance["PrivateIpAddresses"][0]
    assert instance["PublicIpAddresses"] == [shown["AddressIp"]]
    assert room.found("public-ip-address", shown["AddressIp"], "8.8.8.8") == {instance_id}
    (primary,) = held(room, shown["NetworkInterfaceId"])
    assert (primary["PublicIpAddress"], primary["AddressId"]) == (shown["AddressIp"], address_id)


def test_an_address_is_bound_to_one_address_of_an_interface(room):
    interface_id, _, second = a_card(room)
    target = {"NetworkInterfaceId": interface_id, "PrivateIpAddress": second}
    address_id = bound(room, EipDirectConnection=True, **target)
    shown = show(room, address_id)
    assert (shown["AddressStatus"], shown["InstanceType"], shown["InstanceId"]) == ("BIND_ENI", "ENI", "")
    assert (shown["NetworkInterfaceId"], shown["PrivateAddressIp"]) == (interface_id, second)
    assert shown["IsEipDirectConnection"] is True
    assert [each["AddressId"] for each in held(room, interface_id)] == ["", address_id]
    (instance_id,) = room.run()
    room.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    room.wait()
    shown = show(room, address_id)
    assert (shown["AddressStatus"], shown["InstanceType"]) == ("BIND", "CVM")
    assert shown["InstanceId"] == instance_id
    assert room.show(instance_id)["PublicIpAddresses"] == []
    filters = [{"Name": "public-address-ip", "Values": [shown["AddressIp"]]}]
    (found,) = room.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    assert found["NetworkInterfaceId"] == interface_id


def test_a_primary_interface_may_be_named_itself(room):
    (instance_id,) = room.run()
    filters = [{"Name": "attachment.instance-id", "Values": [instance_id]}]
    (primary,) = room.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    ip = primary["PrivateIpAddressSet"][0]["PrivateIpAddress"]
    address_id = bound(room, NetworkInterfaceId=primary["NetworkInterfaceId"], PrivateIpAddress=ip)
    assert show(room, address_id)["InstanceId"] == instance_id


def associating(room, **changes):
    return {"AddressId": eip(room), "InstanceId": room.run()[0], **changes}


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
def test_a_wrong_binding_is_refused(room, changes, code):
    assert room.refused("AssociateAddress", **associating(room, **changes)) == code


def test_only_an_unbound_address_is_bound(room):
    params = associating(room)
    room.call("AssociateAddress", **params)
    assert room.refused("AssociateAddress", **params) == "OperationDenied.MutexTaskRunning"
    room.wait()
    assert room.refused("AssociateAddress", **params) == "UnsupportedOperation.AddressStatusNotPermit"
    again = {**params, "AddressId": eip(room)}
    assert room.refused("AssociateAddress", **again) == "InvalidInstanceId.AlreadyBindEip"


def test_a_private_address_has_one_public_address(room):
    interface_id, first, _ = a_card(room)
    target = {"NetworkInterfaceId": interface_id, "PrivateIpAddress": first}
    bound(room, **target)
    again = {"AddressId": eip(room), **target}
    assert room.refused("AssociateAddress", **again) == "InvalidPrivateIpAddress.AlreadyBindEip"
    again["PrivateIpAddress"] = "10.0.0.200"
    code = "InvalidParameterValue.PrivateIpAddressNotMatch"
    assert room.refused("AssociateAddress", **again) == code


def test_the_state_of_the_target_counts(room):
    (booting,) = room.call("RunInstances", **room.running())["InstanceIdSet"]
    params = {"AddressId": room.call("AllocateAddresses")["AddressSet"][0], "InstanceId": booting}
    assert room.refused("AssociateAddress", **params) == "OperationDenied.MutexTaskRunning"
    room.emulator.advance(250)
    room.wait()
    (booting,) = room.call("RunInstances", **room.running())["InstanceIdSet"]
    params["InstanceId"] = booting
    code = "UnsupportedOperation.InstanceStateNotSupported"
    assert room.refused("AssociateAddress", **params) == code


def test_an_interface_with_a_task_takes_and_gives_no_address(room):
    interface_id, first, second = a_card(room)
    address_id = bound(room, NetworkInterfaceId=interface_id, PrivateIpAddress=first)
    other = room.interface(room.vpc_id, room.subnet_id)
    target = {"AddressId": eip(room), "NetworkInterfaceId": interface_id, "PrivateIpAddress": second}
    room.call(
        "MigratePrivateIpAddress",
        SourceNetworkInterfaceId=interface_id,
        DestinationNetworkInterfaceId=other,
        PrivateIpAddress=second,
    )
    assert room.refused("AssociateAddress", **target) == "OperationDenied.MutexTaskRunning"
    room.wait()
    room.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=room.run()[0])
    target["PrivateIpAddress"] = first
    assert room.refused("AssociateAddress", **target) == "OperationDenied.MutexTaskRunning"
    assert room.refused("DisassociateAddress", AddressId=address_id) == "OperationDenied.MutexTaskRunning"


def test_an_instance_has_as_many_addresses_as_its_size_allows(room):
    (instance_id,) = room.run()
    bound(room, InstanceId=instance_id)
    interface_id, *private = a_card(room)
    room.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    room.wait()
    bound(room, NetworkInterfaceId=interface_id, PrivateIpAddress=private[0])
    target = {"NetworkInterfaceId": interface_id, "PrivateIpAddress": private[1]}
    assert room.refused("AssociateAddress", AddressId=eip(room), **target) == (
        "LimitExceeded.InstanceAddressQuota"
    )


def test_an_address_goes_along_with_its_private_address(room):
    interface_id, _, second = a_card(room)
    address_id = bound(room, NetworkInterfaceId=interface_id, PrivateIpAddress=second)
    other = room.interface(room.vpc_id, room.subnet_id)
    room.call(
        "MigratePrivateIpAddress",
        SourceNetworkInterfaceId=interface_id,
        DestinationNetworkInterfaceId=other,
        PrivateIpAddress=second,
    )
    room.wait()
    assert show(room, address_id)["NetworkInterfaceId"] == other


def test_an_address_outlives_what_it_is_bound_to(room):
    (instance_id,) = room.run()
    interface_id, first, second = a_card(room)
    mine = bound(room, InstanceId=instance_id)
    its, other = (
        bound(room, NetworkInterfaceId=interface_id, PrivateIpAddress=ip) for ip in (first, second)
    )
    named = [{"PrivateIpAddress": second}]
    room.call("UnassignPrivateIpAddresses", NetworkInterfaceId=interface_id, PrivateIpAddresses=named)
    room.wait()
    assert (status(room, other), status(room, its)) == ("UNBIND", "BIND_ENI")
    room.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    room.call("TerminateInstances", InstanceIds=[instance_id])
    assert status(room, mine) == "BIND"
    room.wait()
    assert {each["AddressStatus"] for each in listed(room)} == {"UNBIND"}


# -- unbinding, releasing, modifying -----------------------------------------------------------------------


def test_an_unbound_address_can_be_released(room):
    address_id = bound(room, InstanceId=room.run()[0])
    assert room.refused("ReleaseAddresses", AddressIds=[address_id]) == "InvalidAddressState"
    reply = room.call("DisassociateAddress", AddressId=address_id)
    assert (status(room, address_id), result(room, reply)) == ("UNBINDING", "RUNNING")
    busy = room.refused("ReleaseAddresses", AddressIds=[address_id])
    assert busy == "OperationDenied.MutexTaskRunning"
    room.wait()
    assert status(room, address_id) == "UNBIND"
    reply = room.call("ReleaseAddresses", AddressIds=[address_id])
    assert status(room, address_id) == "OFFLINING"
    room.wait()
    assert result(room, reply) == "SUCCESS"
    assert listed(room, address_id) == []
    assert room.refused("ReleaseAddresses", AddressIds=[address_id]) == "InvalidAddressId.NotFound"


def test_only_a_bound_address_is_unbound(room):
    address_id = eip(room)
    code = "InvalidAddressIdStatus.NotPermit"
    assert room.refused("DisassociateAddress", AddressId=address_id) == code
    assert room.refused("DisassociateAddress", AddressId=ABSENT) == "InvalidAddressId.NotFound"
    code = room.refused("DisassociateAddress", AddressId=address_id, ReallocateNormalPublicIp=True)
    assert code == "UnsupportedOperation"


def test_addresses_are_released_all_or_none(room):
    address_id = eip(room)
    code = room.refused("ReleaseAddresses", AddressIds=[address_id, ABSENT])
    assert code == "InvalidAddressId.NotFound"
    assert room.refused("ReleaseAddresses", AddressIds=[]) == "MissingParameter"
    assert room.refused("ReleaseAddresses", AddressIds=["x"]) == "InvalidParameterValue.AddressIdMalformed"


def test_the_name_of_an_address_can_be_modified(room):
    address_id = eip(room)
    room.call("ModifyAddressAttribute", AddressId=address_id, AddressName="test_eip-1")
    room.call("ModifyAddressAttribute", AddressId=address_id, EipVisibleOnEni=True)
    shown = show(room, address_id)
    assert (shown["AddressName"], shown["EipVisibleOnEni"]) == ("test_eip-1", True)
    for name, code in (
        ("n" * 129, "InvalidParameterValue.TooLong"),
        ("a b", "InvalidParameterValue.Malformed"),
    ):
        assert room.refused("ModifyAddressAttribute", AddressId=address_id, AddressName=name) == code
    assert room.refused("ModifyAddressAttribute", AddressId=ABSENT) == "InvalidAddressId.NotFound"


def test_only_an_address_on_an_instance_has_a_direct_connection(room):
    code = "UnsupportedOperation.AddressStatusNotPermit"
    interface_id, first, _ = a_card(room)
    hanging = bound(room, NetworkInterfaceId=interface_id, PrivateIpAddress=first)
    for address_id in (eip(room), hanging):
        refused = room.refused("ModifyAddressAttribute", AddressId=address_id, EipDirectConnection="TRUE")
        assert refused == code
    address_id = bound(room, InstanceId=room.run()[0])
    for word in ("TRUE", "FALSE"):
        room.call("ModifyAddressAttribute", AddressId=address_id, EipDirectConnection=word)
        assert show(room, address_id)["IsEipDirectConnection"] is (word == "TRUE")


def test_bandwidth_can_be_modified(room):
    ids = allocate(room, AddressCount=2)
    reply = room.call("ModifyAddressesBandwidth", AddressIds=ids, InternetMaxBandwidthOut=100)
    assert result(room, reply) == "SUCCESS"
    assert [each["Bandwidth"] for each in listed(room)] == [100, 100]
    other = room.call("ReleaseAddresses", AddressIds=ids)
    assert other["TaskId"] != reply["TaskId"]
    busy = room.refused("ModifyAddressesBandwidth", AddressIds=ids, InternetMaxBandwidthOut=1)
    assert busy == "OperationDenied.MutexTaskRunning"
    for params, code in (
        ({"AddressIds": ids, "InternetMaxBandwidthOut": 101}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"AddressIds": [ABSENT], "InternetMaxBandwidthOut": 1}, "InvalidAddressId.NotFound"),
    ):
        assert room.refused("ModifyAddressesBandwidth", **params) == code


# -- describing --------------------------------------------------------------------------------------------


def test_addresses_are_found_by_what_they_are(room):
    (instance_id,) = room.run()
    interface_id, first, second = a_card(room)
    used = bound(room, InstanceId=instance_id)
    hanging = bound(room, NetworkInterfaceId=interface_id, PrivateIpAddress=second)
    tags = [{"Key": "k", "Value": "v"}]
    plain = eip(room, AddressName="n", InternetServiceProvider="CMCC", AddressType="AnycastEIP", Tags=tags)
    address = show(room, used)["AddressIp"]
    primary = show(room, used)["NetworkInterfaceId"]
    everything = [plain, hanging, used]

    def found(**filters):
        chosen = [{"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
        return [each["AddressId"] for each in listed(room, Filters=chosen)]

    assert [each["AddressId"] for each in listed(room)] == everything
    assert [each["AddressId"] for each in listed(room, used, plain, ABSENT)] == [plain, used]
    assert [each["AddressId"] for each in listed(room, Offset=1, Limit=1)] == [hanging]
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
    assert [each["AddressId"] for each in listed(room, used, plain, Filters=filters)] == [used]


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
def test_a_wrong_criterion_is_refused(room, params, code):
    assert room.refused("DescribeAddresses", **params) == code


def test_quotas_are_told_with_what_is_used(room):
    def quotas():
        told = room.call("DescribeAddressQuota")["QuotaSet"]
        assert {each["QuotaGroup"] for each in told} == {"ap-guangzhou"}
        return {each["QuotaId"]: (each["QuotaCurrent"], each["QuotaLimit"]) for each in told}

    assert quotas()["TOTAL_EIP_QUOTA"] == (0, 20)
    allocate(room, AddressCount=2)
    allocate(room, InternetServiceProvider="CTCC")
    eip(room, VipCluster=[str(PUBLIC_RANGE[77])])
    told = quotas()
    assert (told["TOTAL_EIP_QUOTA"], told["DAILY_EIP_APPLY"]) == ((4, 20), (3, 40))
    assert (told["SINGLEISP_EIP_QUOTA"], told["DAILY_SINGLEISP_APPLY"]) == ((1, 6), (1, 12))
    assert told["MONTHLY_RECOVER_QUOTA"] == (1, 3)
    room.emulator.advance(40 * 24 * 3600 * 1000)
    told = quotas()
    assert (told["TOTAL_EIP_QUOTA"], told["DAILY_EIP_APPLY"]) == ((4, 20), (0, 40))
    assert told["MONTHLY_RECOVER_QUOTA"] == (0, 3)


def test_the_quota_that_is_told_is_the_one_in_force():
    told = limited(public_addresses=3).call("DescribeAddressQuota")["QuotaSet"]
    assert told[0]["QuotaLimit"] == 3


def test_a_task_that_failed_says_so(room):
    command = AssociatePublicAddress(address_id=eip(room), instance_id=room.run()[0])
    room.client.partition.execute(
        command, room.emulator.clock.now(), operation_id="7", command_fault=CommandFault(fails=True)
    )
    assert result(room, {"TaskId": "7"}) == "RUNNING"
    room.wait()
    assert result(room, {"TaskId": "7"}) == "FAILED"
    assert listed(room)[0]["AddressStatus"] == "UNBIND"


def test_a_task_that_is_not_there_is_refused(room):
    assert room.refused("DescribeTaskResult", TaskId=1) == "InvalidParameter"
    assert room.refused("DescribeTaskResult") == "MissingParameter"
    assert room.refused("DescribeTaskResult", DealName="2026") == "InvalidParameter"
