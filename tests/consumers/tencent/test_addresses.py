"""How programs get and give back addresses, how many there are, and what holds what."""

import pytest
from tests.consumers.tencent.interfaces import attached
from tests.dialects.tencent.furnished_account import OTHER_ZONE

# -- addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 10])
def test_as_many_addresses_are_assigned_as_were_asked_for(account, count):
    """terraform assigns in chunks of ten and fails where the reply has another number."""
    interface_id = account.create_interface()
    if count == 10:
        (instance_id,) = account.run_instances(InstanceType="S5.4XLARGE64")
        account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
        account.wait()
    params = {"NetworkInterfaceId": interface_id, "SecondaryPrivateIpAddressCount": count}
    reply = account.call("AssignPrivateIpAddresses", **params)
    assert len({each["PrivateIpAddress"] for each in reply["PrivateIpAddressSet"]}) == count
    account.wait()
    addresses = account.describe_interface(interface_id)["PrivateIpAddressSet"]
    assert [each["State"] for each in addresses] == ["AVAILABLE"] * (count + 1)


def test_more_than_ten_addresses_in_a_request_are_refused(account):
    """terraform and bk-bcs keep to ten."""
    named = [{"PrivateIpAddress": f"10.0.0.{n}"} for n in range(20, 31)]
    params = {"NetworkInterfaceId": account.create_interface(), "PrivateIpAddresses": named}
    assert account.refusal("AssignPrivateIpAddresses", **params) == "InvalidParameterValue.LimitExceeded"


def test_named_addresses_come_back_in_the_order_of_the_request(account):
    """cloudmux and terraform."""
    params = ["10.0.0.77", "10.0.0.12", "10.0.0.130"]
    reply = account.call(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=account.create_interface(),
        PrivateIpAddresses=[{"PrivateIpAddress": each} for each in params],
        SecondaryPrivateIpAddressCount=0,
    )
    assert [each["PrivateIpAddress"] for each in reply["PrivateIpAddressSet"]] == params


def test_the_free_addresses_of_a_subnet_fall_and_rise_with_use(account):
    """terraform's data source and cloudmux show them; a new /24 has 253."""
    free = account.free_addresses()
    assert free == 253
    interface_id = account.create_interface(SecondaryPrivateIpAddressCount=3)
    assert account.free_addresses() == free - 4
    account.call(
        "AssignPrivateIpAddresses", NetworkInterfaceId=interface_id, SecondaryPrivateIpAddressCount=1
    )
    assert account.free_addresses() == free - 5
    account.wait()
    address = account.describe_interface(interface_id)["PrivateIpAddressSet"][1]["PrivateIpAddress"]
    account.call(
        "UnassignPrivateIpAddresses",
        NetworkInterfaceId=interface_id,
        PrivateIpAddresses=[{"PrivateIpAddress": address}],
    )
    account.wait()
    assert account.free_addresses() == free - 4
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    assert account.free_addresses() == free


# -- limits --------------------------------------------------------------------------------------------


def interfaces_by_cores(cores: int) -> int:
    """Return how many interfaces a CVM carries, by the table that bk-bcs has within it."""
    return next(count for most, count in ((1, 2), (4, 4), (10, 6), (10**3, 8)) if cores <= most)


def addresses_by_cores(cores: int, gib: int) -> int:
    """Return how many addresses an interface holds, by the same table.

    It has 2 for one core with 1 GiB, and 20 for four cores with 16 GiB. The vendor's page has 6, and 20 for
    two families only; such types are not asked about here.
    """
    assert (cores, gib) not in {(1, 1), (4, 16)}
    return next(count for most, count in ((1, 6), (4, 10), (8, 20), (10**3, 30)) if cores <= most)


@pytest.mark.parametrize(
    "type_name", ["S5.SMALL4", "S5.MEDIUM4", "S5.LARGE8", "S5.2XLARGE32", "S5.4XLARGE64", "S5.8XLARGE64"]
)
def test_the_limits_of_an_instance_are_those_of_the_public_table(account, type_name):
    """bk-bcs counts by cores and memory; the programs of others ask DescribeNetworkInterfaceLimit."""
    (instance_id,) = account.run_instances(InstanceType=type_name)
    shown = account.describe_instance(instance_id)
    reply = account.call("DescribeNetworkInterfaceLimit", InstanceId=instance_id)
    cores, gib = shown["CPU"], shown["Memory"]
    assert reply["EniQuantity"] == interfaces_by_cores(cores)
    assert reply["EniPrivateIpAddressQuantity"] == addresses_by_cores(cores, gib)


def test_a_node_takes_as_many_interfaces_as_its_limit_says_and_no_more(account):
    """bk-bcs: the primary one counts."""
    (instance_id,) = account.run_instances(InstanceType="S5.SMALL4")
    limit = account.call("DescribeNetworkInterfaceLimit", InstanceId=instance_id)["EniQuantity"]
    for _ in range(limit - 1):
        account.call(
            "AttachNetworkInterface", NetworkInterfaceId=account.create_interface(), InstanceId=instance_id
        )
        account.wait()
    params = {"NetworkInterfaceId": account.create_interface(), "InstanceId": instance_id}
    assert account.refusal("AttachNetworkInterface", **params) == "LimitExceeded"


# -- what holds what -----------------------------------------------------------------------------------


def test_a_network_is_taken_down_from_the_inside_out_only(account):
    """terraform repeats a deletion for as long as the code begins with ResourceInUse."""
    interface_id = account.create_interface()
    for action, params in (
        ("DeleteVpc", {"VpcId": account.vpc_id}),
        ("DeleteSubnet", {"SubnetId": account.subnet_id}),
        ("DeleteSecurityGroup", {"SecurityGroupId": account.group_id}),
    ):
        assert account.refusal(action, **params).partition(".")[0] == "ResourceInUse"
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    account.call("DeleteSubnet", SubnetId=account.subnet_id)
    account.call("DeleteSecurityGroup", SecurityGroupId=account.group_id)
    account.call("DeleteVpc", VpcId=account.vpc_id)
    assert account.call("DescribeVpcs")["TotalCount"] == 0


def test_an_attached_interface_is_not_deleted(account):
    """wecube detaches first; terraform's attachment is a resource of its own."""
    _, interface_id = attached(account)
    code = account.refusal("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    assert code == "UnsupportedOperation.InvalidState"


def test_what_was_attached_stays_when_its_instance_is_terminated(account):
    """terraform destroys the instance and the interface one after the other."""
    instance_id, interface_id = attached(account)
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    shown = account.describe_interface(interface_id)
    assert (shown["State"], shown["Attachment"]) == ("AVAILABLE", None)


# -- zones ---------------------------------------------------------------------------------------------


def test_an_interface_and_an_instance_of_two_zones_do_not_go_together(account):
    """cloudmux, karpenter: a node takes interfaces of its own zone."""
    (instance_id,) = account.run_instances()
    subnet_id = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24", Zone=OTHER_ZONE)
    params = {
        "NetworkInterfaceId": account.create_interface(SubnetId=subnet_id),
        "InstanceId": instance_id,
    }
    assert account.refusal("AttachNetworkInterface", **params) == "UnsupportedOperation.ZoneMismatch"
