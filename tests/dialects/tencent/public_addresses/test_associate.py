"""Elastic public addresses are bound to instances and interfaces."""

import pytest
from tests.dialects.tencent.public_addresses.eips import (
    ABSENT,
    an_interface,
    bound,
    eip,
    held,
    listed,
    result,
    show,
    status,
)


def test_an_address_is_bound_to_an_instance(account):
    (instance_id,) = account.run_instances()
    address_id = eip(account)
    reply = account.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    assert (status(account, address_id), result(account, reply)) == ("BINDING", "RUNNING")
    assert account.describe_instance(instance_id)["PublicIpAddresses"] is None
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
    interface_id, _, second = an_interface(account)
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
    assert account.describe_instance(instance_id)["PublicIpAddresses"] is None
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
    interface_id, first, _ = an_interface(account)
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
    interface_id, first, second = an_interface(account)
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
    interface_id, *private = an_interface(account)
    account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    account.wait()
    bound(account, NetworkInterfaceId=interface_id, PrivateIpAddress=private[0])
    target = {"NetworkInterfaceId": interface_id, "PrivateIpAddress": private[1]}
    assert account.refusal("AssociateAddress", AddressId=eip(account), **target) == (
        "LimitExceeded.InstanceAddressQuota"
    )


def test_an_address_goes_along_with_its_private_address(account):
    interface_id, _, second = an_interface(account)
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
    interface_id, first, second = an_interface(account)
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
