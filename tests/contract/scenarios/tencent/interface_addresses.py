"""How users call the actions on addresses of interfaces and of VPCs with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount


def assign_private_ip_addresses(account: SdkAccount) -> list[str]:
    reply = account.vpc(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=account.interface_id,
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.77", "Primary": False}],
        SecondaryPrivateIpAddressCount=1,
    )
    given = reply.PrivateIpAddressSet
    assert [each.State for each in given] == ["PENDING", "PENDING"]
    account.wait_for_task(reply.RequestId)
    return [each.PrivateIpAddress for each in given]


def unassign_private_ip_addresses(account: SdkAccount) -> None:
    named = [{"PrivateIpAddress": ip} for ip in assign_private_ip_addresses(account)]
    reply = account.vpc(
        "UnassignPrivateIpAddresses", NetworkInterfaceId=account.interface_id, PrivateIpAddresses=named
    )
    account.wait_for_task(reply.RequestId)
    assert len(account.describe_interfaces()[0].PrivateIpAddressSet) == 1


def modify_private_ip_addresses_attribute(account: SdkAccount) -> None:
    ip = assign_private_ip_addresses(account)[0]
    named = [{"PrivateIpAddress": ip, "Description": "said"}]
    account.vpc(
        "ModifyPrivateIpAddressesAttribute",
        NetworkInterfaceId=account.interface_id,
        PrivateIpAddresses=named,
    )
    assert [each.Description for each in account.describe_interfaces()[0].PrivateIpAddressSet] == [
        "",
        "said",
        "",
    ]


def migrate_private_ip_address(account: SdkAccount) -> None:
    ip = assign_private_ip_addresses(account)[0]
    other = account.new_interface()
    reply = account.vpc(
        "MigratePrivateIpAddress",
        SourceNetworkInterfaceId=account.interface_id,
        DestinationNetworkInterfaceId=other,
        PrivateIpAddress=ip,
    )
    account.wait_for_task(reply.RequestId)
    (shown,) = account.describe_interfaces(address_ip=ip)
    assert shown.NetworkInterfaceId == other


def assign_ipv6_addresses(account: SdkAccount) -> str:
    account.stack = "DualStack"
    reply = account.vpc("AssignIpv6Addresses", NetworkInterfaceId=account.interface_id, Ipv6AddressCount=1)
    (given,) = reply.Ipv6AddressSet
    assert given.State == "PENDING"
    account.wait_for_task(reply.RequestId)
    address: str = given.Address
    return address


def modify_ipv6_addresses_attribute(account: SdkAccount) -> None:
    named = [{"Address": assign_ipv6_addresses(account), "Description": "said"}]
    account.vpc(
        "ModifyIpv6AddressesAttribute", NetworkInterfaceId=account.interface_id, Ipv6Addresses=named
    )
    assert [each.Description for each in account.describe_interfaces()[0].Ipv6AddressSet] == ["said"]


def unassign_ipv6_addresses(account: SdkAccount) -> None:
    named = [{"Address": assign_ipv6_addresses(account)}]
    reply = account.vpc(
        "UnassignIpv6Addresses", NetworkInterfaceId=account.interface_id, Ipv6Addresses=named
    )
    account.wait_for_task(reply.RequestId)
    assert account.describe_interfaces()[0].Ipv6AddressSet == []


def describe_vpc_private_ip_addresses(account: SdkAccount) -> None:
    ip = assign_private_ip_addresses(account)[0]
    reply = account.vpc(
        "DescribeVpcPrivateIpAddresses", VpcId=account.vpc_id, PrivateIpAddresses=[ip, "10.0.0.250"]
    )
    (shown,) = reply.VpcPrivateIpAddressSet
    assert (shown.PrivateIpAddress, shown.CidrBlock) == (ip, "10.0.0.0/24")


def describe_vpc_ipv6_addresses(account: SdkAccount) -> None:
    address = assign_ipv6_addresses(account)
    reply = account.vpc("DescribeVpcIpv6Addresses", VpcId=account.vpc_id)
    assert (reply.TotalCount, reply.Ipv6AddressSet[0].Ipv6Address) == (1, address)


def describe_used_ip_address(account: SdkAccount) -> None:
    assert account.interface_id
    reply = account.vpc("DescribeUsedIpAddress", VpcId=account.vpc_id, SubnetId=account.subnet_id)
    (shown,) = reply.IpAddressStates
    assert (shown.ResourceType, shown.ResourceId) == ("ENI", account.interface_id)
