"""The filters by which programs find interfaces and instances."""

import pytest
from tests.consumers.tencent.interfaces import filtered


@pytest.mark.parametrize(
    "name",
    [
        "vpc-id",
        "subnet-id",
        "network-interface-id",
        "attachment.instance-id",
        "groups.security-group-id",
        "network-interface-name",
        "network-interface-description",
        "address-ip",
        "tag:team",
    ],
)
def test_a_filter_finds_the_interface(account, name):
    """terraform's data source, bk-bcs and cloudmux."""
    (instance_id,) = account.run_instances()
    interface_id = account.create_interface(
        SecurityGroupIds=[account.create_group()],
        Tags=[{"Key": "team", "Value": "net"}],
        NetworkInterfaceName="cni-1",
        NetworkInterfaceDescription="of a node",
    )
    account.call("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    account.wait()
    shown = account.describe_interface(interface_id)
    value = {
        "vpc-id": shown["VpcId"],
        "subnet-id": shown["SubnetId"],
        "network-interface-id": interface_id,
        "attachment.instance-id": instance_id,
        "groups.security-group-id": shown["GroupSet"][0],
        "network-interface-name": "cni-1",
        "network-interface-description": "of a node",
        "address-ip": shown["PrivateIpAddressSet"][0]["PrivateIpAddress"],
        "tag:team": "net",
    }[name]
    params = [{"Name": name, "Values": [value]}]
    reply = account.call("DescribeNetworkInterfaces", Filters=params, Limit=100)
    assert interface_id in [each["NetworkInterfaceId"] for each in reply["NetworkInterfaceSet"]]
    none = [{"Name": name, "Values": ["203.0.113.9" if name == "address-ip" else "other"]}]
    assert account.call("DescribeNetworkInterfaces", Filters=none)["TotalCount"] == 0


def test_an_interface_is_found_by_its_name_and_made_once(account):
    """bk-bcs looks the name up before it creates, and so repeats itself without a token."""
    assert filtered(account, network_interface_name="bcs-10.0.0.4", subnet_id=account.subnet_id) == []
    interface_id = account.create_interface(NetworkInterfaceName="bcs-10.0.0.4")
    found = filtered(account, network_interface_name="bcs-10.0.0.4", subnet_id=account.subnet_id)
    assert found == [interface_id]


def test_an_instance_is_found_by_its_private_address(account):
    """bk-bcs: the node that it runs on."""
    (instance_id,) = account.run_instances()
    (address,) = account.describe_instance(instance_id)["PrivateIpAddresses"]
    assert account.find_instances("private-ip-address", address) == {instance_id}
