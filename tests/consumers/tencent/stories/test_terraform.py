"""The life of a network as terraform leads it."""

from tests.consumers.tencent.program_account import TencentProgram
from tests.contract.polling import poll


def test_terraform_applies_changes_and_destroys(account: TencentProgram) -> None:
    vpc_id, subnet_id, group_id = account.create_network()
    node = account.run_node(vpc_id, subnet_id, group_id)
    place = {"VpcId": vpc_id, "SubnetId": subnet_id, "SecurityGroupIds": [group_id]}
    created = account.vpc(
        "CreateNetworkInterface",
        NetworkInterfaceName="tf-eni",
        NetworkInterfaceDescription="of terraform",
        SecondaryPrivateIpAddressCount=9,
        Tags=[{"Key": "created", "Value": "tf"}],
        **place,
    ).NetworkInterface
    eni = created.NetworkInterfaceId
    assert len(created.PrivateIpAddressSet) == 10
    poll(lambda: account.is_available(eni), until=True)
    account.sdk.tag(
        "ModifyResourceTags",
        Resource=f"qcs::vpc:ap-guangzhou:uin/:eni/{eni}",
        ReplaceTags=[{"TagKey": "created", "TagValue": "terraform"}],
    )
    shown = account.describe_interface(eni)
    assert [(tag.Key, tag.Value) for tag in shown.TagSet] == [("created", "terraform")]

    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    assert account.wait_for_task(account.vpc("AttachNetworkInterface", **both)) == "SUCCESS"
    poll(lambda: account.attached_to(eni), node)

    taken = account.private_addresses(eni)[1:4]
    unassign = {"PrivateIpAddresses": [{"PrivateIpAddress": each} for each in taken]}
    reply = account.vpc("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, **unassign)
    assert account.wait_for_task(reply) == "SUCCESS"
    assert not set(taken) & set(account.private_addresses(eni))
    params = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 3}
    assert len(account.vpc("AssignPrivateIpAddresses", **params).PrivateIpAddressSet) == 3
    poll(lambda: account.is_available(eni), until=True)
    assert len(account.private_addresses(eni)) == 10

    assert account.refusal("DeleteSubnet", SubnetId=subnet_id).startswith("ResourceInUse")
    assert account.wait_for_task(account.vpc("DetachNetworkInterface", **both)) == "SUCCESS"
    poll(lambda: account.describe_interface(eni).Attachment, None)
    assert account.refusal("DetachNetworkInterface", **both) == "UnsupportedOperation.InvalidState"
    account.vpc("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: account.describe_interface(eni), None)
    assert account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni) == "ResourceNotFound"

    account.cvm("TerminateInstances", InstanceIds=[node])
    poll(lambda: account.instance_state(node), None)
    asked = account.vpc("DescribeSecurityGroupAssociationStatistics", SecurityGroupIds=[group_id])
    (held,) = asked.SecurityGroupAssociationStatisticsSet
    assert (held.CVM, held.ENI, held.CLB, held.CDB, held.SG) == (0, 0, 0, 0, 0)
    account.vpc("DeleteSecurityGroup", SecurityGroupId=group_id)
    account.vpc("DeleteSubnet", SubnetId=subnet_id)
    assert account.vpc("DescribeSubnets", SubnetIds=[subnet_id]).TotalCount == 0
    account.vpc("DeleteVpc", VpcId=vpc_id)
    assert account.refusal("DeleteVpc", VpcId=vpc_id) == "ResourceNotFound"


def test_terraform_sees_an_attachment_that_failed_by_its_task_and_tries_again(
    account: TencentProgram,
) -> None:
    vpc_id, subnet_id, group_id = account.create_network()
    node = account.run_node(vpc_id, subnet_id, group_id)
    params = {"VpcId": vpc_id, "SubnetId": subnet_id, "NetworkInterfaceName": "eni"}
    eni = account.vpc("CreateNetworkInterface", **params).NetworkInterface.NetworkInterfaceId
    poll(lambda: account.is_available(eni), until=True)
    account.add_fault("AttachNetworkInterface", fail=True, times=1)
    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    assert account.wait_for_task(account.vpc("AttachNetworkInterface", **both)) == "FAILED"
    assert account.describe_interface(eni).Attachment is None
    assert account.wait_for_task(account.vpc("AttachNetworkInterface", **both)) == "SUCCESS"
    assert account.attached_to(eni) == node


def test_terraform_gives_ipv6_addresses_and_takes_them_back_by_their_tasks(account: TencentProgram) -> None:
    vpc_id, subnet_id, _ = account.create_network()
    block = account.vpc("AssignIpv6CidrBlock", VpcId=vpc_id).Ipv6CidrBlock
    part = [{"SubnetId": subnet_id, "Ipv6CidrBlock": block.replace("/56", "/64")}]
    account.vpc("AssignIpv6SubnetCidrBlock", VpcId=vpc_id, Ipv6SubnetCidrBlocks=part)
    params = {"VpcId": vpc_id, "SubnetId": subnet_id, "NetworkInterfaceName": "eni"}
    eni = account.vpc("CreateNetworkInterface", **params).NetworkInterface.NetworkInterfaceId
    poll(lambda: account.is_available(eni), until=True)
    assigned = account.vpc("AssignIpv6Addresses", NetworkInterfaceId=eni, Ipv6AddressCount=2)
    assert account.wait_for_task(assigned) == "SUCCESS"
    held = [each.Address for each in account.describe_interface(eni).Ipv6AddressSet]
    assert sorted(held) == sorted(each.Address for each in assigned.Ipv6AddressSet)
    taken = [{"Address": each} for each in held]
    reply = account.vpc("UnassignIpv6Addresses", NetworkInterfaceId=eni, Ipv6Addresses=taken)
    assert account.wait_for_task(reply) == "SUCCESS"
    assert account.describe_interface(eni).Ipv6AddressSet == []
