"""How users call the actions on network interfaces with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount


def create_network_interface(account: SdkAccount) -> None:
    account.stack = "DualStack"
    shown = account.vpc(
        "CreateNetworkInterface",
        VpcId=account.vpc_id,
        SubnetId=account.subnet_id,
        NetworkInterfaceName="named",
        NetworkInterfaceDescription="described",
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.9"}],
        SecondaryPrivateIpAddressCount=1,
        Ipv6AddressCount=1,
        Tags=[{"Key": "team", "Value": "net"}],
    ).NetworkInterface
    assert len(shown.Ipv6AddressSet) == 1
    assert (shown.NetworkInterfaceName, shown.NetworkInterfaceDescription) == ("named", "described")
    assert (shown.State, shown.EniType, shown.Primary) == ("PENDING", 0, False)
    assert shown.PrivateIpAddressSet[0].PrivateIpAddress == "10.0.0.9"


def attach_network_interface(account: SdkAccount) -> None:
    task = account.attach_interface()
    (shown,) = account.describe_interfaces(network_interface_id=account.interface_id)
    assert (shown.State, shown.Attachment) == ("ATTACHING", None)
    account.wait_for_task(task)
    (shown,) = account.describe_interfaces(is_primary="false")
    assert (shown.State, shown.Attachment.InstanceId) == ("AVAILABLE", account.instance_id)


def detach_network_interface(account: SdkAccount) -> None:
    account.wait_for_task(account.attach_interface())
    reply = account.vpc(
        "DetachNetworkInterface", NetworkInterfaceId=account.interface_id, InstanceId=account.instance_id
    )
    account.wait_for_task(reply.RequestId)
    (shown,) = account.describe_interfaces(network_interface_id=account.interface_id)
    assert shown.Attachment is None


def delete_network_interface(account: SdkAccount) -> None:
    account.wait_for_task(
        account.vpc("DeleteNetworkInterface", NetworkInterfaceId=account.interface_id).RequestId
    )
    assert account.describe_interfaces() == []


def describe_network_interfaces(account: SdkAccount) -> None:
    assert account.instance_id
    assert account.interface_id
    assert [each.EniType for each in account.describe_interfaces(vpc_id=account.vpc_id)] == [0, 1]
    page = account.vpc("DescribeNetworkInterfaces", Offset=1, Limit=1)
    assert (page.TotalCount, [each.Primary for each in page.NetworkInterfaceSet]) == (2, [True])


def create_and_attach_network_interface(account: SdkAccount) -> None:
    reply = account.vpc(
        "CreateAndAttachNetworkInterface",
        VpcId=account.vpc_id,
        SubnetId=account.subnet_id,
        InstanceId=account.instance_id,
        NetworkInterfaceName="both",
        SecurityGroupIds=[account.group_id],
        Tags=[CITY],
    )
    shown = reply.NetworkInterface
    assert (shown.State, shown.Attachment.InstanceId) == ("PENDING", account.instance_id)
    account.wait_for_task(reply.RequestId)
    (shown,) = account.describe_interfaces(is_primary="false")
    assert shown.Attachment.InstanceId == account.instance_id


def migrate_network_interface(account: SdkAccount) -> None:
    account.wait_for_task(account.attach_interface())
    other = account.new_instance()
    reply = account.vpc(
        "MigrateNetworkInterface",
        NetworkInterfaceId=account.interface_id,
        SourceInstanceId=account.instance_id,
        DestinationInstanceId=other,
    )
    account.wait_for_task(reply.RequestId)
    (shown,) = account.describe_interfaces(network_interface_id=account.interface_id)
    assert shown.Attachment.InstanceId == other


def modify_network_interface_attribute(account: SdkAccount) -> None:
    account.vpc(
        "ModifyNetworkInterfaceAttribute",
        NetworkInterfaceId=account.interface_id,
        NetworkInterfaceName="renamed",
        NetworkInterfaceDescription="described",
    )
    (shown,) = account.describe_interfaces()
    assert (shown.NetworkInterfaceName, shown.NetworkInterfaceDescription) == ("renamed", "described")


def modify_network_interface_qos(account: SdkAccount) -> None:
    account.vpc("ModifyNetworkInterfaceQos", NetworkInterfaceIds=[account.interface_id], QosLevel="AU")
    assert account.describe_interfaces()[0].QosLevel == "AU"


def describe_network_interface_limit(account: SdkAccount) -> None:
    limit = account.vpc("DescribeNetworkInterfaceLimit", InstanceId=account.instance_id)
    assert (limit.EniQuantity, limit.EniPrivateIpAddressQuantity) == (4, 10)
    limit = account.vpc("DescribeNetworkInterfaceLimit", InstanceId=account.interface_id)
    assert (limit.EniQuantity, limit.EniPrivateIpAddressQuantity) == (0, 50)
