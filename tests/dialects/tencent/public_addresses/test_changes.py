"""Elastic public addresses are unbound, released and modified."""

from tests.dialects.tencent.public_addresses.eips import (
    ABSENT,
    allocate,
    an_interface,
    bound,
    eip,
    listed,
    result,
    show,
    status,
)


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
    interface_id, first, _ = an_interface(account)
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
