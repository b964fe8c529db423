"""A new interface that is attached at once."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, OTHER_ZONE, TencentAccount

TAGS = [{"Key": "city", "Value": "shanghai"}]
NO_ENI = "eni-absent00"


@pytest.fixture
def account():
    account = TencentAccount.furnished()
    assert account.instance_id
    return account


def creation_params(account, **changes):
    """Return the parameters of a good CreateAndAttachNetworkInterface, with changes."""
    return {"InstanceId": account.instance_id, **account.interface_params(**changes)}


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_a_new_interface_is_created_and_attached_in_one_task(account, style):
    reply = account.call(
        "CreateAndAttachNetworkInterface",
        style=style,
        **creation_params(
            account,
            NetworkInterfaceDescription="described",
            PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.77", "Primary": True}],
            SecondaryPrivateIpAddressCount=1,
            Ipv6AddressCount=1,
            SecurityGroupIds=[account.group_id],
            QosLevel="AU",
            Tags=TAGS,
        ),
    )
    created = reply["NetworkInterface"]
    assert created["State"] == created["NetworkInterfaceState"] == "PENDING"
    assert created["NetworkInterfaceDescription"] == "described"
    assert created["PrivateIpAddressSet"][0]["PrivateIpAddress"] == "10.0.0.77"
    assert len(created["PrivateIpAddressSet"]) == 2
    assert len(created["Ipv6AddressSet"]) == 1
    assert (created["GroupSet"], created["QosLevel"], created["TagSet"]) == ([account.group_id], "AU", TAGS)
    assert created["Attachment"]["InstanceId"] == account.instance_id
    assert (created["Zone"], created["CreatedTime"]) == ("", ""), "as in the vendor's example"
    assert account.task_status(reply) == "RUNNING"
    eni = created["NetworkInterfaceId"]
    assert account.describe_interface(eni)["Attachment"] is None
    account.emulator.advance(200)
    assert account.describe_interface(eni)["State"] == "ATTACHING"
    assert account.task_status(reply) == "RUNNING"
    account.wait()
    assert account.task_status(reply) == "SUCCESS"
    shown = account.describe_interface(eni)
    assert (shown["State"], shown["NetworkInterfaceState"]) == ("AVAILABLE", "INUSE")
    for name in ("InstanceId", "DeviceIndex", "InstanceAccountId"):
        assert shown["Attachment"][name] == created["Attachment"][name]


def test_interfaces_that_are_created_together_get_the_next_places(account):
    account.call("CreateAndAttachNetworkInterface", **creation_params(account))
    account.wait()
    second = account.call("CreateAndAttachNetworkInterface", **creation_params(account))["NetworkInterface"]
    assert second["Attachment"]["DeviceIndex"] == 2


def test_a_token_creates_and_attaches_once(account):
    good = creation_params(account, ClientToken="once")
    first = account.call("CreateAndAttachNetworkInterface", **good)
    running = account.refusal("CreateAndAttachNetworkInterface", **good)
    assert running == "UnsupportedOperation.IdempotentProcessing"
    account.wait()
    again = account.call("CreateAndAttachNetworkInterface", **good)
    for name in ("NetworkInterfaceId", "PrivateIpAddressSet"):
        assert again["NetworkInterface"][name] == first["NetworkInterface"][name]
    assert again["NetworkInterface"]["Attachment"]["InstanceId"] == account.instance_id
    assert account.task_status(again) == "SUCCESS"
    mismatch = account.refusal("CreateAndAttachNetworkInterface", **{**good, "NetworkInterfaceName": "x"})
    assert mismatch == "UnsupportedOperation.IdempotentParameterMismatch"


def ip(*texts, **more):
    return {"PrivateIpAddresses": [{"PrivateIpAddress": text, **more} for text in texts]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"InstanceId": "i-12345678"}, "InvalidParameterValue.Malformed"),
        ({"InstanceId": ABSENT["ins"]}, "ResourceNotFound"),
        ({"SubnetId": ABSENT["subnet"]}, "ResourceNotFound"),
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"SecurityGroupIds": [ABSENT["sg"]]}, "ResourceNotFound"),
        ({"NetworkInterfaceName": ""}, "InvalidParameterValue"),
        ({"NetworkInterfaceName": "n" * 61}, "InvalidParameterValue.TooLong"),
        ({"AttachType": 2}, "InvalidParameterValue"),
        ({"AttachType": 1}, "UnsupportedOperation.UnsupportedInstanceFamily"),
        (ip("10.0.1.9"), "InvalidParameterValue.Range"),
        (ip("10.0.0.1"), "InvalidParameterValue.Reserved"),
        (ip(*(f"10.0.0.{n}" for n in range(10, 21))), "InvalidParameterValue"),
        ({"Ipv6Addresses": [{"Address": "::1"}] * 11}, "InvalidParameterValue"),
        ({"SecondaryPrivateIpAddressCount": 10}, "LimitExceeded"),
        ({"Tags": TAGS * 2}, "InvalidParameterValue.TagDuplicateKey"),
        ({"Tags": [{"Key": "a*"}]}, "InvalidParameterValue.TagInvalidKey"),
        ({"Tags": [{"Key": "k" * 128}]}, "InvalidParameterValue.TagInvalidKeyLen"),
        ({"Tags": [{"Key": "k", "Value": "<"}]}, "InvalidParameterValue.TagInvalidVal"),
        ({"Tags": [{"Key": "qcs:k"}]}, "UnsupportedOperation.TagSystemReservedTagKey"),
        ({"Tags": [{"Key": f"k{n}"} for n in range(51)]}, "LimitExceeded.TagKeyPerResourceExceeded"),
        ({"Tags": [{"Key": f"k{n}"} for n in range(101)]}, "LimitExceeded.TagTagsExceeded"),
        ({"IsRdma": True}, "UnsupportedOperation"),
        ({"TrunkingFlag": "Enable"}, "UnknownParameter"),
    ],
)
def test_creating_and_attaching_is_refused_for(account, changes, code):
    assert account.refusal("CreateAndAttachNetworkInterface", **creation_params(account, **changes)) == code


def test_a_taken_address_is_not_created(account):
    account.create_interface(**ip("10.0.0.77"))
    code = account.refusal("CreateAndAttachNetworkInterface", **creation_params(account, **ip("10.0.0.77")))
    assert code == "ResourceInUse"


def test_a_subnet_without_room_creates_nothing(account):
    small = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/28")
    account.create_interface(SubnetId=small, SecondaryPrivateIpAddressCount=9)
    params = creation_params(account, SubnetId=small, SecondaryPrivateIpAddressCount=3)
    code = account.refusal("CreateAndAttachNetworkInterface", **params)
    assert code == "ResourceInsufficient.Subnet"


def test_an_instance_without_room_gets_no_new_interface(account):
    for _ in range(3):
        account.create_attached_interface()
    assert account.refusal("CreateAndAttachNetworkInterface", **creation_params(account)) == "LimitExceeded"


def test_a_new_interface_goes_to_an_instance_in_its_own_place(account):
    vpc = account.create_vpc()
    params = creation_params(account, VpcId=vpc, SubnetId=account.create_subnet(vpc))
    code = account.refusal("CreateAndAttachNetworkInterface", **params)
    assert code == "UnsupportedOperation.VpcMismatch"
    there = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24", Zone=OTHER_ZONE)
    code = account.refusal("CreateAndAttachNetworkInterface", **creation_params(account, SubnetId=there))
    assert code == "UnsupportedOperation.ZoneMismatch"


def test_an_instance_on_its_way_gets_no_new_interface(account):
    account.call("StopInstances", InstanceIds=[account.instance_id])
    code = account.refusal("CreateAndAttachNetworkInterface", **creation_params(account))
    assert code == "UnsupportedOperation.InvalidState"


def test_the_quota_of_interfaces_counts_for_attached_ones_too():
    account = TencentAccount.furnished(quotas={"interfaces_per_network": 1})
    assert account.instance_id
    account.create_interface()
    assert account.refusal("CreateAndAttachNetworkInterface", **creation_params(account)) == "LimitExceeded"
