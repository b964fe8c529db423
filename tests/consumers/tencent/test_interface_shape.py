"""The shape of an interface on which programs rely."""

from tests.consumers.tencent.interfaces import attached


def test_the_reply_to_create_lists_all_addresses_at_once(account):
    """terraform counts them, looks for those it asked for, and fails where one is missing."""
    wanted = [
        {"PrivateIpAddress": "10.0.0.9", "Primary": True},
        {"PrivateIpAddress": "10.0.0.8", "Primary": False},
    ]
    reply = account.call(
        "CreateNetworkInterface",
        **account.interface_params(PrivateIpAddresses=wanted, SecondaryPrivateIpAddressCount=3),
    )
    addresses = reply["NetworkInterface"]["PrivateIpAddressSet"]
    assert len(addresses) == 5
    assert [each["PrivateIpAddress"] for each in addresses[:2]] == ["10.0.0.9", "10.0.0.8"]
    assert [each["Primary"] for each in addresses] == [True, False, False, False, False]


def test_every_address_has_a_state_and_becomes_available_with_its_interface(account):
    """terraform polls both states; an address without one ends it."""
    reply = account.call(
        "CreateNetworkInterface", **account.interface_params(SecondaryPrivateIpAddressCount=2)
    )
    created = reply["NetworkInterface"]
    assert created["State"] == "PENDING"
    assert all(each["State"] for each in created["PrivateIpAddressSet"])
    account.wait()
    shown = account.describe_interface(created["NetworkInterfaceId"])
    assert shown["State"] == "AVAILABLE"
    assert [each["State"] for each in shown["PrivateIpAddressSet"]] == ["AVAILABLE"] * 3


def test_every_list_of_an_interface_is_there_even_when_it_is_empty(account):
    """terraform, cloudmux and bk-bcs range over them."""
    shown = account.describe_interface(account.create_interface())
    assert [shown[name] for name in ("Ipv6AddressSet", "Ipv6Addresses", "TagSet")] == [[], [], []]
    assert shown["GroupSet"] == [account.group_id]
    assert shown["Ipv6AddressCount"] == 0
    assert account.describe_interface(account.create_interface(SecurityGroupIds=None))["GroupSet"] == []


def test_a_count_of_no_secondary_addresses_is_as_good_as_none(account):
    """bk-bcs and terraform send 0; on Alibaba Cloud it is an error."""
    reply = account.call(
        "CreateNetworkInterface", **account.interface_params(SecondaryPrivateIpAddressCount=0)
    )
    assert len(reply["NetworkInterface"]["PrivateIpAddressSet"]) == 1


def test_the_attachment_is_null_until_the_interface_is_attached_and_after_it_was_detached(account):
    """terraform, bk-bcs: an object with empty texts would be taken for an attachment."""
    (instance_id,) = account.run_instances()
    interface_id = account.create_interface()
    params = {"NetworkInterfaceId": interface_id, "InstanceId": instance_id}
    seen = [account.describe_interface(interface_id)["Attachment"]]
    account.call("AttachNetworkInterface", **params)
    seen.append(account.describe_interface(interface_id)["Attachment"])
    account.wait()
    attachment = account.describe_interface(interface_id)["Attachment"]
    account.call("DetachNetworkInterface", **params)
    account.wait()
    seen.append(account.describe_interface(interface_id)["Attachment"])
    assert seen == [None, None, None]
    assert (attachment["InstanceId"], type(attachment["DeviceIndex"])) == (instance_id, int)
    assert attachment["InstanceAccountId"]
    assert attachment["AttachTime"]


def test_an_attached_interface_at_rest_is_available(account):
    """cloudmux and bk-bcs know PENDING, AVAILABLE, ATTACHING, DETACHING and DELETING only."""
    (instance_id,) = account.run_instances()
    interface_id = account.create_interface()
    params = {"NetworkInterfaceId": interface_id, "InstanceId": instance_id}
    states = []
    for action in ("AttachNetworkInterface", "DetachNetworkInterface"):
        account.call(action, **params)
        states.append(account.describe_interface(interface_id)["State"])
        account.wait()
        states.append(account.describe_interface(interface_id)["State"])
    assert states == ["ATTACHING", "AVAILABLE", "DETACHING", "AVAILABLE"]


def test_the_instance_of_an_attachment_is_named_as_cvm_names_instances(account):
    """cloudmux keeps interfaces apart whose instance does not begin with ins-."""
    instance_id, interface_id = attached(account)
    assert account.describe_interface(interface_id)["Attachment"]["InstanceId"] == instance_id
    assert instance_id.startswith("ins-")


def test_the_primary_interface_of_an_instance_says_so(account):
    """terraform, cloudmux: it is neither detached nor deleted."""
    (instance_id,) = account.run_instances()
    params = [{"Name": "attachment.instance-id", "Values": [instance_id]}]
    (shown,) = account.call("DescribeNetworkInterfaces", Filters=params)["NetworkInterfaceSet"]
    assert shown["Primary"] is True
    eni = shown["NetworkInterfaceId"]
    detaching = {"NetworkInterfaceId": eni, "InstanceId": instance_id}
    assert account.refusal("DetachNetworkInterface", **detaching).startswith("UnsupportedOperation")
    assert account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni).startswith(
        "UnsupportedOperation"
    )
