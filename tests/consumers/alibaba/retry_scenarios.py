"""What leads to the codes that programs switch on, on Alibaba Cloud."""

from typing import Any

from tests.consumers.refusals import Call
from tests.dialects.alibaba.furnished_account import AlibabaAccount


def attached(account: AlibabaAccount, type_name: str = "", **params: Any) -> dict[str, Any]:
    """Return an interface and the instance that it is attached to."""
    instance = account.add_instance(type_name=type_name or account.type_name)
    eni = account.attach(account.create_interface(**params), instance)
    return {"NetworkInterfaceId": eni, "InstanceId": instance.id}


def full_vswitch(account: AlibabaAccount) -> Call:
    small = account.add_subnet(block="10.0.1.0/29")
    account.create_interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    return "CreateNetworkInterface", account.interface_params(VSwitchId=small.id)


def full_vswitch_on_assign(account: AlibabaAccount) -> Call:
    small = account.add_subnet(block="10.0.1.0/29")
    eni = account.create_interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    return "AssignPrivateIpAddresses", {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}


def full_node(account: AlibabaAccount) -> Call:
    both = attached(account)
    account.attach(account.create_interface(), account.partition.graph.instances[both["InstanceId"]])
    return "AttachNetworkInterface", {**both, "NetworkInterfaceId": account.create_interface()}


def full_interface(account: AlibabaAccount) -> Call:
    eni = attached(account)["NetworkInterfaceId"]
    return "AssignPrivateIpAddresses", {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 6}


def full_of_ipv6(account: AlibabaAccount) -> Call:
    good = account.ipv6_interface_params()
    subnet = account.partition.graph.subnets[good["VSwitchId"]]
    eni = account.attach(account.create_interface(**good), account.add_instance(subnet))
    return "AssignIpv6Addresses", {"NetworkInterfaceId": eni, "Ipv6AddressCount": 7}


def taken_address(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface(PrimaryIpAddress="10.0.0.9")
    return {"PrivateIpAddress": ["10.0.0.9"]}


def primary_of(account: AlibabaAccount) -> dict[str, Any]:
    instance = account.add_instance()
    return {"NetworkInterfaceId": account.primary_interface_id(instance), "InstanceId": instance.id}


def trunk_with_member(account: AlibabaAccount) -> dict[str, Any]:
    both = attached(account, "ecs.g7.xlarge", InstanceType="Trunk")
    instance = account.partition.graph.instances[both["InstanceId"]]
    account.attach(account.create_interface(), instance, both["NetworkInterfaceId"])
    return both


def attaching(account: AlibabaAccount) -> dict[str, Any]:
    """Return an interface on its way and its instance."""
    both = {"NetworkInterfaceId": account.create_interface(), "InstanceId": account.add_instance().id}
    account.call("AttachNetworkInterface", **both)
    return both


def pending_vswitch(account: AlibabaAccount) -> dict[str, Any]:
    return account.interface_params(
        VSwitchId=account.execute(account.subnet_command(block="10.0.1.0/24")).id
    )


def second_vswitch_at_once(account: AlibabaAccount) -> dict[str, Any]:
    account.execute(account.subnet_command(block="10.0.1.0/24"))
    return {"VpcId": account.network.id, "ZoneId": account.subnet.zone, "CidrBlock": "10.0.2.0/24"}


def pending_vpc(account: AlibabaAccount) -> dict[str, Any]:
    vpc_id = account.call("CreateVpc", CidrBlock="10.8.0.0/16")["VpcId"]
    return {"VpcId": vpc_id, "ZoneId": account.subnet.zone, "CidrBlock": "10.8.0.0/24"}


def used_token(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface(ClientToken="t")
    return account.interface_params(ClientToken="t", Description="other")


def unassigning(account: AlibabaAccount, *addresses: str) -> dict[str, Any]:
    made = account.call("CreateNetworkInterface", **account.interface_params(PrimaryIpAddress="10.0.0.7"))
    return {"NetworkInterfaceId": made["NetworkInterfaceId"], "PrivateIpAddress": list(addresses)}


def vpc_of_a_group(account: AlibabaAccount) -> str:
    vpc_id = account.add_network().id
    account.call("CreateSecurityGroup", VpcId=vpc_id)
    return vpc_id


def group_of(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface()
    return {"SecurityGroupId": account.group.id}


def vswitch_of(account: AlibabaAccount) -> dict[str, Any]:
    account.create_interface()
    return {"VSwitchId": account.subnet.id}
